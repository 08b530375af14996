"""A table that holds no places and tells of those under it: "Date | De | À | Durée" over their values, or the
frame of a page's head: "Organisme | FEUILLE DE PRÉSENCE | Date : 07/07/2025"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.french.letters import fold
from extractors.kinds import attendance_words as words
from extractors.kinds.attendance_cells import named
from extractors.kinds.attendance_facts import Facts
from extractors.kinds.attendance_page import said
from extractors.kinds.attendance_status import status_of
from extractors.kinds.attendance_words import Column
from extractors.table import Table

_DATED = re.compile(r"\W*(?:dates?|jour|journee(?: du)?|seance(?: du)?|formation du)\b\W*(?:[a-z]+\.? )?\d")
"""A cell that says nothing but its date, with a label."""

_DAY_LABEL = re.compile(
    r"\W*(?:dates?|jour|journee|seance)(?: d[eu](?: la)?)?(?: (?:seance|session|formation|journee|jour))?\W*"
)
"""A cell that is the label of the page's day, in a head of labels and their values."""

_SAID = 3
_PAIRS = (2, 4)
"""Columns of labels and their values."""

_ROWS = 2
"""So many rows at most tell of one half-day."""


def told(table: Table, month: tuple[int, int] | None) -> Facts | None:
    """The day, half and times of a filled table of one half-day, or the day alone that a labelled cell of
    it says; None for any other table.

    Labels stand over their values, in their cell or in one of their own, or beside them.
    """
    if not table.ruled or table.columns < 2 or not all(cell.words for cell in table.cells):
        return None
    texts = [cell.text for cell in table.cells]
    if any(words.column_of(text) is Column.SIGNATURE or status_of(text) is not None for text in texts):
        return None
    if table.rows > _ROWS:
        return _labelled(table, month) if table.columns in _PAIRS else None
    lone = _dated(texts, month)
    if any(named(text) and words.role_of(text) is None and not _timed(text) for text in texts):
        return lone
    if any(words.role_of(text) is not None and len(text.split()) < _SAID for text in texts):
        return None  # captions of places to sign
    across = sorted(table.cells, key=lambda cell: (cell.col, cell.row))
    facts = said(" ".join(cell.text for cell in across), month)
    if facts.day is None or (facts.half is None and not facts.spans):
        return lone
    if facts.half is None and len(facts.spans) == 1:
        return replace(facts, half=words.half_of_span(facts.spans[0]))
    return facts


def _dated(texts: Sequence[str], month: tuple[int, int] | None) -> Facts | None:
    """The one day that the cells say, where a label says that it is the page's."""
    days = [(text, words.days_in(text, month)) for text in texts]
    held = [(text, found) for text, found in days if found]
    if len(held) != 1 or len(held[0][1]) != 1 or _DATED.match(fold(held[0][0])) is None:
        return None
    return Facts(day=held[0][1][0])


def _labelled(table: Table, month: tuple[int, int] | None) -> Facts | None:
    """The one day that a label of a head of several lines says, in the cell right of it."""
    days = []
    for row in range(table.rows):
        cells = table.row(row)
        for label, value in pairwise(cells):
            if _DAY_LABEL.fullmatch(fold(label.text)):
                days.append(words.days_in(value.text, month))
    return Facts(day=days[0][0]) if len(days) == 1 and len(days[0]) == 1 else None


def _timed(text: str) -> bool:
    return bool(words.days_in(text)) or any(c.isdigit() for c in text)
