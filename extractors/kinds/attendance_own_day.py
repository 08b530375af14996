"""A table of one day whose heading was not read, among tables that each have their day above them.

Such a table would take the day of the one before it, and its half-days would be those again. The strip over
it is read once more by the second engine; where that makes out no day either, its half-days have no date.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dossier.reading import Box
from extractors.kinds.attendance_again import lines_read
from extractors.kinds.attendance_facts import Place
from extractors.kinds.attendance_names import alike
from extractors.kinds.attendance_page import said
from extractors.kinds.attendance_words import Day, Role
from extractors.leaf import Leaf
from extractors.table import Table

_TALLEST = 0.12
"""Height of the strip over a table in which its heading may stand, of the page's."""

_LINE = 0.035
"""Height of the strip in which one line stands."""

_WIDE, _HEAD = 0.6, 3
"""The share of a table's columns that such a row spans, at least; the rows of its head."""

_AGAIN = 0.8
"""How sure a day is at most that only the second engine read."""


def again(places: Sequence[Place], before: Sequence[Place]) -> bool:
    """Whether each half-day of a table is one that its people had in ``before``: on the same day, then."""
    mine = [place for place in places if place.facts.role is not Role.TRAINER]
    return bool(mine) and all(any(_same(one, other) for other in before) for one in mine)


def _same(one: Place, other: Place) -> bool:
    mine, its = one.facts, other.facts
    if mine.day != its.day or mine.half != its.half or mine.spans != its.spans or its.role is Role.TRAINER:
        return False
    return mine.person == its.person or alike(mine.person, its.person)


def day_over(leaf: Leaf, table: Table, tables: Sequence[Table], month: tuple[int, int] | None) -> Day | None:
    """The day that the second engine reads on a worn page between a table and the one above it, or in a row
    over its whole width of which nothing was read: white on a dark ground."""
    if not leaf.ocr:
        return None
    for strip in _strips(table, tables):
        for word in reversed(lines_read(leaf.page, strip)):
            day = said(word.text, month).day
            if day is not None and day.date is not None:
                return replace(day, sure=min(day.sure, _AGAIN, word.confidence))
    return None


def _strips(table: Table, tables: Sequence[Table]) -> Iterator[Box]:
    box = table.box
    yield from (
        cell.box
        for cell in table.cells
        if not cell.words and cell.rowspan == 1 and cell.colspan > _WIDE * table.columns and cell.row < _HEAD
    )
    floor = max((t.box.y1 for t in tables if t.box.y1 <= box.y0 + 0.005), default=0.0)
    for tall in (_LINE, _TALLEST):
        if floor < box.y0 - _LINE or tall == _LINE:
            yield Box(box.x0, max(floor, box.y0 - tall), box.x1, box.y0)
