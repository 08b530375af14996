"""Half-days that a table tells as a form does: a label, and beside it what it labels, signatures included.

"Date | 21/06/2024 | Durée | 4 h" over "Signature du stagiaire | … | Signature du formateur | …".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractors.french.letters import fold
from extractors.kinds import attendance_words as words
from extractors.kinds.attendance_cells import Meaning, Sort, duration_of, meaning, name_sureness
from extractors.kinds.attendance_facts import Facts, Place
from extractors.kinds.attendance_laid import Laid
from extractors.kinds.attendance_words import Column, Role, Span
from extractors.table import Cell, Table, edges

_TOLD = (Sort.DAY, Sort.SPAN, Sort.DURATION, Sort.TIME, Sort.PERSON, Sort.STAMP, Sort.STATUS, Sort.BLANK)


@dataclass(slots=True)
class _Form:
    """What the labels of one half-day said."""

    facts: Facts = field(default_factory=Facts)
    start: Meaning | None = None
    end: Meaning | None = None
    signed: list[tuple[Role, Cell]] = field(default_factory=list)


def paired(table: Table, at: tuple[int, int], context: Facts, month: tuple[int, int] | None) -> Laid | None:
    """The half-days of a table of labels and values; None for any other table.

    ``at``: the page's number and the table's on it; ``context``: what stands above it.
    """
    if table.columns < 4 or not any(_dates(table, cell) for cell in table.cells):
        return None
    rows = [[meaning(cell, month) for cell in table.row(row)] for row in range(table.rows)]
    if sum(bool(_pairs(row)) for row in rows) < 2:
        return None
    trainers: list[tuple[Cell, str]] = []
    forms = [_Form()]
    for row in rows:
        pairs = _pairs(row)
        again = any(label.column is Column.DATE for label, _ in pairs) and forms[-1].signed
        if again or (not pairs and forms[-1].signed):
            forms.append(_Form())
        for label, value in pairs:
            if label.role is Role.TRAINER and value.person and label.column is not Column.SIGNATURE:
                trainers.append((value.cell, value.person))
            else:
                _take(forms[-1], label, value)
    page, number = at
    places = tuple(
        place for block, form in enumerate(forms) for place in _places(form, context, (number, block, page))
    )
    if not any(place.facts.day is not None and place.facts.role is Role.TRAINEE for place in places):
        return None
    return Laid(places, (), Facts(), edges(table), table.box, page, (), tuple(trainers))


def _dates(table: Table, label: Cell) -> bool:
    """Whether a cell is the label of a date, which stands right of it."""
    if not label.words or not re.match(r"dates?\b|jour\b", fold(label.words[0].text)):
        return False
    value = table.at(label.row, label.col + label.colspan)
    return value is not None and any(c.isdigit() for word in value.words for c in word.text)


def _pairs(row: Sequence[Meaning]) -> tuple[tuple[Meaning, Meaning], ...]:
    """Labels with what stands right of them; nothing for a row that is not made of such pairs."""
    if len(row) < 4 or len(row) % 2:
        return ()
    pairs = tuple(zip(row[::2], row[1::2], strict=True))
    labels = [label for label, _ in pairs]
    if not all(label.sort in (Sort.HEAD, Sort.ROLE, Sort.TEXT, Sort.HALF) for label in labels):
        return ()
    known = [pair for pair in pairs if pair[0].column is not None or pair[0].role is not None]
    told = all(value.sort in _TOLD or value.half is not None for label, value in known if _timed(label))
    return pairs if known and told else ()


def _timed(label: Meaning) -> bool:
    kinds = (Column.DATE, Column.TIMES, Column.START, Column.END, Column.HOURS, Column.SIGNATURE)
    return label.column in kinds


def _take(form: _Form, label: Meaning, value: Meaning) -> None:
    """What one pair says goes to the form's facts or its places to sign."""
    facts = form.facts
    match label.column:
        case Column.SIGNATURE:
            form.signed.append((label.role or Role.TRAINEE, value.cell))
        case Column.DATE:
            facts = replace(facts, day=value.day or facts.day, half=value.half or facts.half)
            facts = facts.under(Facts(spans=value.spans))
        case Column.TIMES | Column.HALF:
            facts = replace(facts, spans=value.spans or facts.spans, half=value.half or facts.half)
        case Column.START:
            form.start = value
        case Column.END:
            form.end = value
        case Column.HOURS:
            facts = replace(facts, minutes=duration_of(value.text))
        case _ if label.role is Role.TRAINEE and value.person:
            facts = replace(facts, person=value.person, named=name_sureness(value.cell), once=True)
        case _ if label.role is not None and value.sort in (Sort.BLANK, Sort.STAMP, Sort.STATUS):
            form.signed.append((label.role, value.cell))
        case _:
            pass
    form.facts = facts


def _places(form: _Form, context: Facts, where: tuple[int, int, int]) -> Iterator[Place]:
    table, block, page = where
    facts = form.facts
    start = words.time_in(form.start.text) if form.start is not None else None
    end = words.time_in(form.end.text) if form.end is not None else None
    if not facts.spans and start is not None and end is not None and start < end:
        facts = replace(facts, spans=(Span(start, end),))
    if facts.half is None and len(facts.spans) == 1:
        facts = replace(facts, half=words.half_of_span(facts.spans[0]))
    facts = facts.under(context.of_half(facts.half))
    for role, cell in form.signed:
        own = replace(facts, role=role)
        yield Place(
            own, ((cell, Column.SIGNATURE),), table, block, (cell.col,), block, cell.box, page, timed=True
        )
