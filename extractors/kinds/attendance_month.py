"""Days that stand without their dates: figures under "Mars 2026", weekdays under "Semaine du 02/03/2026"."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.french.letters import fold
from extractors.kinds.attendance_cells import Meaning, Sort
from extractors.kinds.attendance_words import Column, Day, weekday_in

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


def no_page_number(cells: Sequence[Meaning], page: int) -> list[Meaning]:
    """A table's first row without the number of its page, "1/6", taken for its one day."""
    dated = [m for m in cells if m.days]
    if (
        len(dated) != 1
        or re.fullmatch(rf"\W*(?:page\s)?{page}\s?/\s?\d{{1,2}}\W*", fold(dated[0].text)) is None
    ):
        return list(cells)
    return [replace(m, sort=Sort.TEXT, days=()) if m is dated[0] else m for m in cells]


def of_week(cells: Sequence[Meaning], monday: dt.date | None) -> list[Meaning]:
    """The row with its weekdays, that say no date, as days of the week that begins on ``monday``."""
    if monday is None:
        return list(cells)
    return [_in_week(said, monday) for said in cells]


def _in_week(said: Meaning, monday: dt.date) -> Meaning:
    bare = fold(said.text).strip(" .:")
    if (
        said.days
        or re.fullmatch(r"(?:lun|mar|mer|jeu|ven|sam|dim)(?:di|credi|dredi|edi|anche)?", bare) is None
    ):
        return said
    at = weekday_in(bare)
    if at is None:
        return said
    day = Day(monday + dt.timedelta(days=at), said.text, at, _SURE)
    return replace(said, sort=Sort.DAY, days=(day,), column=None, person="", status=None)
