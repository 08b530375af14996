"""Cards: a person's name and their place to sign in one box, under the half-day that all cards share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.french.letters import tight
from extractors.kinds import attendance_words as words
from extractors.kinds.attendance_cells import Meaning, Sort, name_sureness, named, titled
from extractors.kinds.attendance_facts import Facts
from extractors.kinds.attendance_status import status_of
from extractors.kinds.attendance_words import Role
from extractors.table import Cell

_ROOM = 1.0
"""Heights of a line that a place to sign has under a name."""

_BESIDE = 0.4
"""The share of its box that a place to sign has right of a name."""

_LEAST = 0.6
"""The least share of a row's boxes whose names OCR made out, for the row to be one of cards."""

_MARKS = (Sort.BLANK, Sort.STAMP, Sort.STATUS)


@dataclass(frozen=True, slots=True)
class Card:
    """Whose card it is, and the cell that shows whether they signed."""

    facts: Facts
    cell: Cell


def cards(cells: Sequence[Meaning], below: Sequence[Meaning], goes_on: bool) -> tuple[tuple[Card, ...], bool]:
    """The cards of a row of them, and whether their places to sign are the cells below.

    Every cell of the row that says anything names a person; two do, or one and its signature. Where every
    cell does, or the row above is one of cards and this one ``goes_on``, people may sign beside their names.
    """
    said = [m for m in cells if m.sort is not Sort.BLANK]
    held = [(m, facts) for m in said if (facts := _whose(m)).person]
    worn = len(held) > 1 and any(word.confidence < 1 for m in said for word in m.cell.words)
    if not held or len(held) < (_LEAST if worn else 1) * len(said):
        return (), False
    if not goes_on and all(_signs_beside(m, cells) for m, _ in held):
        return (), False
    if any(len(m.cell.lines) > 1 and _shows(m) for m, _ in held):
        return tuple(Card(facts, m.cell) for m, facts in held), False
    more = [m for m in below if m.sort is not Sort.BLANK]
    signed_within = (bool(more) or not below) and all(_whose(m).person for m in more)
    beside = goes_on or len(said) == len(cells) > 1
    if signed_within and all(_roomy(m.cell, beside) for m, _ in held):
        return tuple(Card(facts, m.cell) for m, facts in held), False
    under = {m.cell.col: m for m in below}
    places = [under.get(m.cell.col) for m, _ in held]
    if len(held) < 2 or not all(place is not None and place.sort in _MARKS for place in places):
        return (), False
    if any(m.sort not in _MARKS for m in below):
        return (), False
    pairs = zip(held, places, strict=True)
    return tuple(Card(facts, place.cell) for (_, facts), place in pairs if place is not None), True


def _whose(said: Meaning) -> Facts:
    """The person whom the first lines of a cell name, with their role."""
    lines = said.cell.lines
    role = words.role_of(lines[0]) or words.role_of(tight(lines[0]))  # OCR parts letters set apart
    caption = role is not None and not titled(lines[0])
    captioned = caption and len(lines) > 1 and " " in named(lines[1])
    first, second = (*lines[captioned:], "", "")[:2]
    person = titled(first) or named(first)
    if not person or " " not in person or status_of(first) is not None:
        return Facts()
    role = role or words.role_of(first) or words.role_of(second) or Role.TRAINEE
    return Facts(person=person, role=role, named=name_sureness(said.cell))


def _signs_beside(said: Meaning, cells: Sequence[Meaning]) -> bool:
    """Whether the cell right of a name is one to sign in: the name stands in a list, on no card."""
    at = cells.index(said) + 1
    return len(said.cell.lines) == 1 and at < len(cells) and cells[at].sort in _MARKS


def _roomy(cell: Cell, beside: bool) -> bool:
    """Whether the box has room to sign under what it says, or ``beside`` it."""
    tall = max(word.box.y1 - word.box.y0 for word in cell.words)
    below = cell.box.y1 - max(word.box.y1 for word in cell.words)
    right = cell.box.x1 - max(word.box.x1 for word in cell.words)
    return below > _ROOM * tall or (beside and right > _BESIDE * (cell.box.x1 - cell.box.x0))


def _shows(said: Meaning) -> bool:
    """Whether the cell says something of a signature under the name, or whose card it is above it."""
    lines = said.cell.lines
    rest = " ".join(lines[1:])
    return status_of(rest) is not None or words.has_stamp(rest) or words.role_of(lines[0]) is not None
