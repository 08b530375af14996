"""What the columns of an attendance sheet hold: said by their headings, else told by what stands below."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dossier.reading import HalfDay
from extractors.french.letters import fold
from extractors.kinds import attendance_words as words
from extractors.kinds.attendance_cells import Meaning, Sort, name_sureness
from extractors.kinds.attendance_facts import Head
from extractors.kinds.attendance_words import Column, Role, half_of_span, in_other_half

_HEAD = 8
"""Rows of a table among which its headings stand."""

_LEGIBLE = 0.6
"""The least confidence of the best word of a cell that holds writing rather than a signature."""


def lone_caption(cells: Sequence[Meaning]) -> bool:
    """Whether a row has one cell with words, which head a column: "Date" level with the middle of others."""
    said = [m for m in cells if m.sort is not Sort.BLANK]
    return len(said) == 1 and said[0].sort is Sort.HEAD and not said[0].person


def is_heading(cells: Sequence[Meaning], heads: Sequence[Head]) -> bool:
    """Whether a row only announces: days, halves, times, roles. ``heads``: those that hold above it."""
    first, others = cells[0], cells[1:]
    if not others:
        return False
    several = len({(m.days[:1], m.half) for m in others if m.sort in (Sort.DAY, Sort.HALF)}) > 1
    across = first.column in (Column.DATE, Column.HALF, Column.TIMES)  # people stand across, days below
    named_first = [m for m in cells if m.sort is Sort.PERSON and m.cell.col < 2]
    if any(" " in m.text or not several for m in named_first) and not (across and first.sort is Sort.HEAD):
        return False
    if any(m.sort is Sort.STAMP for m in cells) and any(" " in m.person for m in others):
        return False  # who signed when
    if _days_alone(cells):
        return True
    if first.sort in (Sort.DAY, Sort.STATUS, Sort.STAMP, Sort.TIME, Sort.DURATION):
        return False
    if any(m.sort is Sort.DAY and m.cell.col < 2 for m in others) and first.sort not in (
        Sort.BLANK,
        Sort.HEAD,
    ):
        return False
    signed = any(head.kind is Column.SIGNATURE and head.labelled for head in heads)
    timed = others[0].column is Column.TIMES and others[0].sort is Sort.HEAD  # "Matin | Horaires | …"
    spans = [m for m in others if m.sort is not Sort.BLANK]
    of_days = first.half is not None and first.column is Column.TIMES
    timed = timed or (len(spans) > (not of_days) and all(m.sort is Sort.SPAN for m in spans))  # of each day
    if first.sort is Sort.HALF and all(m.sort is Sort.SPAN for m in spans) and _of_each_day(others, heads):
        return True
    if (first.sort is Sort.HALF and first.cell.rowspan > 1) or (timed and of_days):
        return timed
    if first.sort is Sort.HALF and signed and first.column is None and not timed:
        return False
    said = [m for m in others if m.sort is not Sort.BLANK]
    named = first.column in (Column.NAME, Column.FIRST_NAME)  # over lengths of half-days
    marks = sum(
        m.announces or (across and m.sort is Sort.PERSON) or (named and m.sort is Sort.DURATION) for m in said
    )
    if (
        said
        and first.column in (Column.DATE, Column.NAME)
        and all(m.days or m.half is not None for m in said)
    ):
        return True  # the last half-days of a sheet leave columns blank
    blanks = len(others) - len(said)
    return (
        marks >= 1 and marks >= 0.5 * len(said) and (marks > blanks or (first.announces and marks >= blanks))
    )


def column_below(col: int, rows: Sequence[Sequence[Meaning]], heads: Sequence[Head]) -> list[Meaning]:
    """The cells of a column down to the next heading; rows that only part others are none."""
    found: list[Meaning] = []
    for cells in rows:
        if is_heading(cells, heads):
            break
        if all(said.sort is Sort.BLANK for said in cells):
            continue
        for said in cells:
            if said.cell.col == col and said.cell.colspan == 1 and said not in found:
                found.append(said)
    return found


def _of_each_day(others: Sequence[Meaning], heads: Sequence[Head]) -> bool:
    """Whether what a row says stands in the columns that have a day, and each of these says something."""
    dated = [m for m in others if m.cell.col < len(heads) and heads[m.cell.col].facts.day is not None]
    said = [m for m in others if m.sort is not Sort.BLANK]
    return bool(dated) and said == dated


def heads_itself(rows: Sequence[Sequence[Meaning]]) -> bool:
    """Whether a table that may go on from another begins with a head of labels over headings of its own."""
    first = next((m for m in rows[0] if m.sort is not Sort.BLANK), None)
    if first is None or first.sort in (Sort.PERSON, Sort.DAY, Sort.HALF, Sort.SPAN):
        return False
    return any(
        is_heading(cells, ()) and any(m.column in (Column.NAME, Column.DATE) for m in cells[:2])
        for cells in rows[1:_HEAD]
    )


def dates_corner(cells: Sequence[Meaning], below: Sequence[Meaning]) -> bool:
    """Whether the first cell of a heading says the half-day of those whom the rows below it name."""
    first, others = cells[0], cells[1:]
    if first.sort is not Sort.DAY or not others or not below or not below[0].person:
        return False
    kinds = {m.column for m in others}
    return Column.SIGNATURE in kinds and all(
        m.column is not None and m.cell.row == first.cell.row and not m.person for m in others
    )


def _days_alone(cells: Sequence[Meaning]) -> bool:
    """A row of half-days and nothing else heads the boxes below it."""
    said = [m for m in cells if m.sort is not Sort.BLANK]
    announced = {(day.date, m.half, m.spans) for m in said for day in m.days[:1]}
    return len(said) >= 2 and all(m.sort is Sort.DAY for m in said) and len(announced) == len(said)


def headed(head: Head, said: Meaning, half: HalfDay | None) -> Head:
    """A column's head with what one more cell of a heading says; ``half``: that of the cell's whole row."""
    other_half = head.facts.day is not None if head.facts.half is None else head.facts.half is not half
    if said.sort is Sort.BLANK and half is not None and other_half:
        return replace(head, facts=replace(head.facts, half=half, spans=(), minutes=None))
    if said.sort in (Sort.BLANK, Sort.TEXT) or (said.sort is Sort.PERSON and " " not in said.person):
        return head
    if said.column in (Column.START, Column.END) and said.cell.colspan > 1:
        return head  # one time heads one column
    facts = head.facts
    if said.sort is Sort.PERSON:
        read = name_sureness(said.cell)
        who = replace(facts, person=said.person, role=Role.TRAINEE, named=read, once=True)
        return Head(Column.SIGNATURE, who, True, (said.cell.row, said.cell.col))
    if said.days:
        facts = replace(facts, day=said.day, half=None, spans=(), minutes=None, sure=1.0)
    if said.half or half:
        facts = replace(facts, half=said.half or half, spans=(), minutes=None)
    if said.spans:
        facts = replace(facts, spans=said.spans)
    timed = said.sort is Sort.SPAN or (said.sort is Sort.DAY and said.half is None)
    lone = said.spans[0] if timed and len(said.spans) == 1 else None
    if lone is not None and (facts.half is None or in_other_half(lone, facts.half)):
        facts = replace(facts, half=half_of_span(lone))
    if said.minutes is not None and said.sort is not Sort.TIME:
        facts = replace(facts, minutes=said.minutes)
    if said.role is not None:
        facts = replace(facts, role=said.role, person=said.person if " " in said.person else facts.person)
    if said.sort is Sort.SLOT:
        facts = replace(facts, slot=True)
    if said.sort is Sort.WEEKDAY:
        facts = replace(facts, weekday=words.weekday_in(fold(said.text)))
    if said.spans or said.minutes is not None:
        facts = replace(facts, sure=said.sure)
    return Head(said.column or head.kind, facts, True, (said.cell.row, said.cell.col))


def settled(given: Sequence[Head], bodies: Sequence[Sequence[Meaning]]) -> list[Head]:
    """What each column holds, where its heading leaves that open: told by ``bodies``, the cells below it."""
    heads = list(given)
    for col, (head, below) in enumerate(zip(given, bodies, strict=True)):
        said = [m for m in below if m.sort is not Sort.BLANK]
        usual = _majority(m.sort for m in said)
        full = len(said) > 0.5 * len(below)
        if usual is Sort.HALF and full and head.facts.half is HalfDay.DAY and not head.facts.day:
            head = replace(head, kind=Column.HALF, facts=replace(head.facts, half=None))  # "Journée"
            heads[col] = head
        kind = head.kind
        if kind is Column.NAME or (kind is None and head.facts.role is not None and not head.facts.day):
            people = sum(m.sort is Sort.PERSON and " " in m.person and _legible(m) for m in below)
            if people < 0.4 * max(1, len(below)) and (kind is None or head.facts.role is not None):
                roles = sum(m.sort in (Sort.ROLE, Sort.HEAD) for m in below)
                kind = Column.NAME if roles > 0.5 * len(below) else Column.SIGNATURE
            elif kind is None:
                kind = Column.OTHER
        elif kind is None and full and usual is Sort.TIME and col and heads[col - 1].kind is Column.START:
            kind = Column.END
        elif kind is Column.SIGNATURE and not head.facts.placed and _lists_people(col, heads, below):
            kind = Column.NAME  # "Signatures" over the whole table
        elif kind is None and _numbers_rows(said):
            kind = Column.OTHER
        elif kind is None and not head.labelled and full and _roles(said):
            kind = Column.NAME  # "Participant", "Formateur": whose the signatures beside them are
        elif kind is None and usual is Sort.SPAN:
            kind = Column.TIMES
        elif kind is Column.HOURS and full and usual is Sort.TIME and _length_follows(given[col + 1 :]):
            kind = Column.START  # "Heure | Durée"
        elif kind is Column.HOURS and full and usual is Sort.TIME and _signed_at(said):
            kind = Column.STAMP  # "Heure" of the signature
        elif kind is None and full and usual is Sort.DURATION and not head.facts.day:
            kind = Column.HOURS
        elif kind is None and full and _lists(usual, said) and not head.facts.placed:
            people = sum(bool(m.person) for m in below)
            kind = Column.NAME if people >= 0.3 * len(below) else Column.DATE
        elif kind is None and not head.labelled and full and _mostly(said, Sort.STATUS, Sort.STAMP):
            kind = Column.STATUS if usual is Sort.STATUS else Column.STAMP
        elif kind is Column.STATUS and not any(m.sort is Sort.STATUS for m in said):
            kind = Column.TOTAL if full and usual is Sort.DURATION else Column.SIGNATURE
        if kind is not head.kind:
            heads[col] = replace(head, kind=kind)
    _spread_halves(heads)
    _open_places(heads)
    return heads


def _lists_people(col: int, heads: Sequence[Head], below: Sequence[Meaning]) -> bool:
    """Whether a column holds the names of a table that has them nowhere else."""
    elsewhere = any(head.kind is Column.NAME or head.facts.person for head in heads)
    people = sum(bool(m.person) and " " in m.person for m in below)
    return col < 2 and not elsewhere and people >= max(2, 0.6 * len(below))


def _lists(usual: Sort | None, said: Sequence[Meaning]) -> bool:
    """Whether a column lists days or people, with their roles or without."""
    return usual in (Sort.DAY, Sort.PERSON) or sum(bool(m.person) for m in said) > 0.5 * len(said)


def _roles(said: Sequence[Meaning]) -> bool:
    """Whether cells say of each person what they are there, and nothing else."""
    return all(m.role is not None and not m.person and m.column in (None, Column.NAME) for m in said)


def _length_follows(heads: Sequence[Head]) -> bool:
    return bool(heads) and heads[0].kind is Column.HOURS and heads[0].facts.half is None


def _signed_at(said: Sequence[Meaning]) -> bool:
    """Whether times of day tell when people signed: none is the length of a half-day, not all are that of a
    day, to the quarter of an hour."""
    figures = [m.text for m in said if any(c.isdigit() for c in m.text)]
    times = [words.time_alone(text) if _WITH_MINUTES.search(text) else None for text in figures]
    odd = any(time is not None and (time >= _LATE or time.minute % 5) for time in times)
    return odd and all(time is not None and time >= _EARLY for time in times)


_EARLY, _LATE = dt.time(6), dt.time(10, 30)
_WITH_MINUTES = re.compile(r"\d\D+\d")


def _numbers_rows(said: Sequence[Meaning]) -> bool:
    """Whether cells count the rows: 1, 2, 3, …"""
    figures = [m.text.strip(" .°") for m in said]
    return len(figures) > 1 and figures == [str(at) for at in range(1, len(figures) + 1)]


def _spread_halves(heads: list[Head]) -> None:
    """A column without half takes the last one said to its left, where places to sign repeat.

    So reads "Matin | stagiaire | formateur | Après-midi | stagiaire | formateur".
    """
    roles = [head.facts.role for head in heads if head.kind is Column.SIGNATURE and head.facts.half is None]
    if len(roles) < 2 or len(set(roles)) == len(roles):
        return
    half = None
    for col, head in enumerate(heads):
        if head.facts.half is not None:
            half = head.facts.half
        elif head.kind is Column.SIGNATURE and half is not None:
            heads[col] = replace(head, facts=replace(head.facts, half=half))


def _open_places(heads: list[Head]) -> None:
    """Columns with a day, a half or a slot are places to sign; without heads, all but the names."""
    labelled = any(head.labelled for head in heads)
    signed = any(head.kind is Column.SIGNATURE and head.facts.role is not None for head in heads)
    listed = any(head.kind in (Column.NAME, Column.DATE) for head in heads)
    for col, head in enumerate(heads):
        facts = head.facts
        dated = facts.day is not None or facts.weekday is not None
        if head.kind is None and facts.half and not dated and not facts.role and signed:
            heads[col] = replace(head, kind=Column.HOURS)  # the half's length, beside its signatures
            continue
        if head.kind is None:
            opens = facts.placed
            opens = opens or (not labelled and listed and col > 0)
        else:
            opens = head.kind in (Column.TIMES, Column.HALF) and facts.day is not None
        if opens:
            heads[col] = replace(head, kind=Column.SIGNATURE)


def _legible(said: Meaning) -> bool:
    """Whether a word of the cell was read as such: OCR makes words of scribbles, none of them surely."""
    return max(word.confidence for word in said.cell.words) >= _LEGIBLE


def _mostly(said: Sequence[Meaning], *sorts: Sort) -> bool:
    return len(said) >= 3 and any(sum(m.sort is sort for m in said) >= 0.6 * len(said) for sort in sorts)


def _majority(sorts: Iterable[Sort]) -> Sort | None:
    return next((sort for sort, _ in Counter(sorts).most_common(1)), None)
