"""Half-days told apart by codes, S1, S2, …, whose dates and times a legend on the page says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.french.letters import fold, tight
from extractors.kinds import attendance_words as words
from extractors.kinds.attendance_cells import Meaning, Sort
from extractors.kinds.attendance_facts import Facts
from extractors.kinds.attendance_page import said
from extractors.kinds.attendance_words import Column
from extractors.leaf import Leaf
from extractors.table import Table

_LEAST = 2
_IN_ORDER = 0.75
"""How sure a half-day is whose code was not read and that its place between the others tells."""

_CODE = re.compile(r"[a-z]{0,3}\d{1,2}|[a-z]{1,3}\w{0,2}")
_LINE = re.compile(r"\W*(?P<code>[A-Za-z]{1,3}\s?\d{1,2})\s*(?:[:=–-]|\s)\s*")
_OPENS = (Sort.BLANK, Sort.HEAD, Sort.ROLE, Sort.TEXT)


@dataclass(frozen=True, slots=True)
class Legend:
    """The half-days that codes stand for, in the legend's order."""

    codes: tuple[str, ...] = ()
    facts: tuple[Facts, ...] = ()


NO_LEGEND = Legend()


def legend_of(leaf: Leaf, tables: Sequence[Table], month: tuple[int, int] | None) -> Legend:
    """What the page's legend says: a table of codes with their dates and times, or lines of them."""
    for table in tables:
        if table.columns >= 2 and table.rows > _LEAST:
            found = _legend(_rows(table), month)
            if found.codes:
                return found
    lines = ((match, run.text) for run in leaf.view.runs if (match := _LINE.match(run.text)) is not None)
    return _legend([(match["code"], text[match.end() :]) for match, text in lines], month)


def coded(cells: Sequence[Meaning], legend: Legend) -> list[Meaning]:
    """The row with its codes as the half-days that they stand for, where it is a heading of them."""
    first = cells[0] if cells else None
    if len(legend.codes) < _LEAST or first is None or first.sort not in _OPENS or first.person:
        return list(cells)
    held = [m for m in cells if _may_be_code(m)]
    known = [m for m in held if tight(m.text) in legend.codes]
    if len(known) < max(_LEAST, 0.5 * len(held)):
        return list(cells)
    whole = len(held) == len(legend.codes)
    found = {}
    for at, one in enumerate(held):
        code = tight(one.text)
        if code in legend.codes:
            found[one] = _as_day(one, legend.facts[legend.codes.index(code)])
        elif whole:
            facts = legend.facts[at]
            day = replace(facts.day, sure=_IN_ORDER) if facts.day is not None else None
            found[one] = _as_day(one, replace(facts, day=day))
    return [found.get(one, one) for one in cells]


def _as_day(one: Meaning, facts: Facts) -> Meaning:
    days = (facts.day,) if facts.day is not None else ()
    bare = replace(one, sort=Sort.DAY, days=days, half=facts.half, spans=facts.spans, minutes=facts.minutes)
    return replace(bare, column=None, role=None, person="", status=None)


def _may_be_code(one: Meaning) -> bool:
    known = one.column in (Column.NAME, Column.TOTAL, Column.HOURS, Column.SIGNATURE) or one.role is not None
    return not known and one.cell.colspan == 1 and _CODE.fullmatch(tight(one.text)) is not None


def _rows(table: Table) -> Iterator[tuple[str, str]]:
    """The first cell of each row, and the text of the others."""
    for row in range(table.rows):
        cells = table.row(row)
        if len(cells) > 1 and all(cell.words for cell in cells):
            yield cells[0].text, " · ".join(cell.text for cell in cells[1:])


def _legend(
    rows: Iterator[tuple[str, str]] | Sequence[tuple[str, str]], month: tuple[int, int] | None
) -> Legend:
    codes, held = [], []
    for code, text in rows:
        facts = said(text, month)
        if _CODE.fullmatch(tight(code)) is None or facts.day is None or not _timed(facts):
            continue
        if words.role_of(fold(text)) is not None:
            return Legend()
        if facts.half is None and len(facts.spans) == 1:
            facts = replace(facts, half=words.half_of_span(facts.spans[0]))
        codes.append(tight(code))
        held.append(facts)
    whole = len(codes) >= _LEAST and len(set(codes)) == len(codes) and any(c.isalpha() for c in codes[0])
    return Legend(tuple(codes), tuple(held)) if whole else Legend()


def _timed(facts: Facts) -> bool:
    return facts.half is not None or bool(facts.spans)
