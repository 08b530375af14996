"""A table of one day whose heading was not read, among tables that each have their day above them.

Such a table would take the day of the one before it, and its half-days would be those again. The strip over
it is read once more by the second engine; where that makes out no day either, its half-days have no date.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    """The day that the second engine reads between a table of a worn page and the one above it."""
    if not leaf.ocr:
        return None
    floor = max((t.box.y1 for t in tables if t.box.y1 <= table.box.y0 + 0.005), default=0.0)
    strip = Box(table.box.x0, max(floor, table.box.y0 - _TALLEST), table.box.x1, table.box.y0)
    for word in reversed(lines_read(leaf.page, strip)):
        day = said(word.text, month).day
        if day is not None and day.date is not None:
            return replace(day, sure=min(day.sure, _AGAIN, word.confidence))
    return None
