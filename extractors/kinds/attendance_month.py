"""Days that head the columns of a month's grid as figures alone: 2, 3, 4, 5, 6 under "Mars 2026"."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.kinds.attendance_cells import Meaning, Sort
from extractors.kinds.attendance_words import Column, Day

_LEAST = 3
"""So many figures in order, at least, are days."""

_SURE = 0.75
_OPENS = (Sort.BLANK, Sort.HEAD, Sort.ROLE, Sort.TEXT)


def numbered(cells: Sequence[Meaning], month: tuple[int, int] | None) -> list[Meaning]:
    """The row with its figures as days of ``month`` (year, month), where it is one of days; else as it is."""
    held = [m for m in cells[1:] if re.fullmatch(r"\d{1,2}", m.text)]
    figures = [int(m.text) for m in held]
    rest = [m for m in cells[1:] if m not in held and m.sort is not Sort.BLANK]
    first = cells[0] if cells else None
    if month is None or month[1] == 0 or len(held) < _LEAST or first is None:
        return list(cells)
    if first.sort not in _OPENS or first.person or first.column in (Column.HOURS, Column.TOTAL):
        return list(cells)
    if not all(a < b for a, b in itertools.pairwise(figures)) or len(rest) > len(held):
        return list(cells)
    days = {}
    for said, figure in zip(held, figures, strict=True):
        try:
            date = dt.date(*month, figure)
        except ValueError:
            return list(cells)
        day = Day(date, said.text, None, _SURE)
        days[said] = replace(said, sort=Sort.DAY, days=(day,), minutes=None, status=None)
    return [days.get(m, m) for m in cells]
