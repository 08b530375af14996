"""A table that holds no places and tells of those under it: "Date | De | À | Durée" over their values."""

from __future__ import annotations

from dataclasses import replace

from extractors.kinds import attendance_words as words
from extractors.kinds.attendance_cells import named
from extractors.kinds.attendance_facts import Facts
from extractors.kinds.attendance_page import said
from extractors.kinds.attendance_status import status_of
from extractors.kinds.attendance_words import Column
from extractors.table import Table

_SAID = 3
_ROWS = 2
"""So many rows at most tell of one half-day."""


def told(table: Table, month: tuple[int, int] | None) -> Facts | None:
    """The day, half and times of a filled table of one half-day; None for any other table.

    Labels stand over their values, in their cell or in one of their own, or beside them.
    """
    if not table.ruled or table.rows > _ROWS or table.columns < 2 or not all(c.words for c in table.cells):
        return None
    texts = [cell.text for cell in table.cells]
    if any(words.column_of(text) is Column.SIGNATURE or status_of(text) is not None for text in texts):
        return None
    if any(named(text) and words.role_of(text) is None and not _timed(text) for text in texts):
        return None
    if any(words.role_of(text) is not None and len(text.split()) < _SAID for text in texts):
        return None  # captions of places to sign
    across = sorted(table.cells, key=lambda cell: (cell.col, cell.row))
    facts = said(" ".join(cell.text for cell in across), month)
    if facts.day is None or (facts.half is None and not facts.spans):
        return None
    if facts.half is None and len(facts.spans) == 1:
        return replace(facts, half=words.half_of_span(facts.spans[0]))
    return facts


def _timed(text: str) -> bool:
    return bool(words.days_in(text)) or any(c.isdigit() for c in text)
