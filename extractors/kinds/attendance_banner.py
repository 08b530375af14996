"""Rows that hold for those below them: a day, a half-day, a person; captions in whose own cells one signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.french.letters import fold
from extractors.french.people import person_of
from extractors.kinds import attendance_words as words
from extractors.kinds.attendance_cells import Meaning, Sort, name_sureness, told_first
from extractors.kinds.attendance_facts import Facts, Head
from extractors.kinds.attendance_headings import is_heading
from extractors.kinds.attendance_words import Column, Role

_LENGTH = re.compile(r"\W*(?:duree|soit|total)\b.{0,12}\d")
_BESIDE = 45
"""Letters that a banner may have beside the name that it is about."""

_NUMBER = re.compile(r"\s*(?:[–—|·(,-]\s*)(?:\w+\.?\s?){0,3}(?:n\s?[°º]\s*)?:?\s*\d[\d\s.-]*\)?$")
"""A person's number behind their name."""

_SHOWN = (Sort.STAMP, Sort.PERSON, Sort.STATUS)


def is_banner(cells: Sequence[Meaning], below: Sequence[Meaning], columns: int, head: Head) -> bool:
    """Whether a row holds for those below it. ``columns``: of the table; ``head``: of its first one."""
    first = cells[0]
    if first.column is Column.TOTAL:
        return False
    if first.cell.colspan > max(1, 0.6 * columns) and first.sort is not Sort.BLANK:
        return True
    if first.sort is Sort.MONTH and all(m.sort is Sort.BLANK for m in cells[1:]):
        return True
    if columns == 1:
        return first.sort in (Sort.DAY, Sort.HALF, Sort.SPAN)
    dated = first.sort is Sort.DAY and (first.half is not None or bool(first.spans))
    signed = [m for m in below if m.sort is not Sort.BLANK]
    if (
        dated
        and signed
        and all(_captions(m) for m in signed)
        and all(m.sort is Sort.BLANK for m in cells[1:])
    ):
        return True
    lone = dated and all(m.sort is Sort.BLANK for m in cells[1:])
    if lone and (not head.labelled or first.cell.colspan > 1) and below and is_heading(below, ()):
        return True  # over headings of its own
    lengths = [m for m in cells[1:] if m.sort not in (Sort.BLANK, Sort.DURATION)]
    listed = bool(below) and bool(below[0].person or (below[0].role and below[1:] and below[1].person))
    lone = not head.labelled and listed and all(_LENGTH.match(fold(m.text)) for m in lengths)
    return dated and (head.kind is Column.NAME or lone)


def trainer_signs(cells: Sequence[Meaning], heads: Sequence[Head]) -> bool:
    """Whether a trainer, named across several columns, signs in the one behind them."""
    last = cells[-1]
    head = heads[last.cell.col]
    return (
        cells[0].role is Role.TRAINER
        and head.labelled
        and head.kind is Column.SIGNATURE
        and len(cells) > 1
        and (last.sort in (Sort.BLANK, Sort.STAMP, Sort.STATUS) or _scrawled(last))
    )


def _scrawled(said: Meaning) -> bool:
    """Whether a cell to sign in may hold what OCR made of a signature."""
    worn = any(word.confidence < 1 for word in said.cell.words)
    return worn and said.sort in (Sort.TEXT, Sort.PERSON, Sort.DURATION, Sort.ROLE, Sort.HEAD)


def names_section(cells: Sequence[Meaning], below: Sequence[Meaning], heads: Sequence[Head]) -> bool:
    """A person alone on a row, before their half-days under headings of days."""
    first, head = cells[0], heads[0]
    if not first.person or any(m.sort is not Sort.BLANK for m in cells[1:]):
        return False
    headed = len(below) > 1 and is_heading(below, heads)
    days = (Column.DATE, Column.TIMES)
    return (headed and below[0].column in days) or (first.cell.colspan > 1 and head.kind in days)


def banner_of(cells: Sequence[Meaning], held: Facts) -> Facts | None:
    """What a banner says; None where it leaves ``held``, what the one before it said."""
    first = next(m for m in cells if m.sort is not Sort.BLANK)
    if first.month is not None:
        return None
    if words.NO_DAY.search(fold(first.text)):
        person = told_first(first.text)
        if not person:
            return None
        sure = min(0.85, name_sureness(first.cell))
        return Facts(person=person, role=Role.TRAINEE, named=sure, once=True)
    if first.days or first.half is not None or first.sort is Sort.SPAN:
        told = Facts(day=first.day or held.day)
        if first.sort is Sort.SPAN:
            other = held.half is not None and words.in_other_half(first.spans[0], held.half)
            told = replace(told, half=words.half_of_span(first.spans[0]) if other else held.half)
        for said in cells:
            if said.sort not in _SHOWN:
                told = told.under(
                    Facts(half=said.half, spans=said.spans, minutes=said.minutes, sure=said.sure)
                )
        return told
    person = first.person or _numbered(first.text)
    alone = len(first.text) <= len(person) + _BESIDE
    if person and alone and (first.role is not Role.TRAINER or ":" not in first.text):
        role = first.role or Role.TRAINEE
        return replace(held, person=person, role=role, named=name_sureness(first.cell), once=True)
    return None


def _numbered(text: str) -> str:
    """The person before a dash or a bracket and their number: "Sébastien PAILLARD – matricule 82806"."""
    match = _NUMBER.search(text)
    lead = text[: match.start()] if match is not None else ""
    person = person_of(lead)
    return lead if person is not None and person.sure and person.whole and person.end == len(lead) else ""


def dates(cells: Sequence[Meaning]) -> bool:
    """Whether a banner begins a day or a half-day."""
    first = next(m for m in cells if m.sort is not Sort.BLANK)
    told = first.month is None and not words.NO_DAY.search(fold(first.text))
    return told and bool(first.days or first.half is not None or first.sort is Sort.SPAN)


def captions(
    cells: Sequence[Meaning], below: Sequence[Meaning], heads: Sequence[Head]
) -> tuple[Meaning, ...]:
    """The cells of a row that say whose place they are, and are that place themselves.

    The whole row may be such captions under a half-day, or it says its half-day in its other cells. Where
    the row below is blank, people sign there; where it has no captions, these ones head it. Under ``heads``
    with columns to sign in, and beside a name, a role is a value.
    """
    said = [m for m in cells if m.sort is not Sort.BLANK]
    held = tuple(m for m in said if _captions(m))
    if not held or (below and all(m.sort is Sort.BLANK for m in below)):
        return ()
    others = [m for m in said if m not in held]
    if not others:
        return held if all(m.sort in (Sort.HEAD, Sort.ROLE) for m in held) else ()
    if any(m.person for m in others) or any(head.marked and head.labelled for head in heads):
        return ()
    timed = any(m.half is not None or m.spans or m.days for m in others)
    places = [m.cell.col for m in held]
    repeated = not below or [m.cell.col for m in below if _captions(m)] == places
    return held if timed and repeated and held[0] is not said[0] else ()


def alone(below: Sequence[Meaning]) -> bool:
    """Whether a row of captions heads nothing: it is the last one, or the next half-day begins below it."""
    said = [m for m in below if m.sort is not Sort.BLANK]
    ends = (said[0].sort is Sort.DAY and dates(below)) or said[0].column is Column.TOTAL if said else False
    return not below or (len(said) == 1 and ends)


def _captions(said: Meaning) -> bool:
    return (
        said.role is not None and " " not in said.person and said.sort in (Sort.HEAD, Sort.ROLE, Sort.STATUS)
    )
