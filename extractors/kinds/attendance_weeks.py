"""Grids of weeks: a row for each, "S05 du 26/01 au 30/01/2026", and its weekdays across."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from extractors.kinds.attendance_cells import Meaning
from extractors.kinds.attendance_facts import Facts, Head
from extractors.kinds.attendance_words import Day

_SURE = 0.93
"""How sure a date is that a week and a weekday come to."""


def week_of(cells: Sequence[Meaning], heads: Sequence[Head]) -> tuple[Day, dt.date] | None:
    """The first and last day of the week that a row under weekdays names, by both or by the first alone."""
    if not any(head.facts.weekday is not None for head in heads):
        return None
    days = next((said.days for said in cells if said.days), ())
    first, last = (days[0].date, days[-1].date) if days else (None, None)
    if first is None or last is None or not 0 <= (last - first).days < 7:
        return None
    return days[0], last if last > first else first + dt.timedelta(days=6 - first.weekday())


def on_weekday(facts: Facts) -> Facts:
    """What holds for one weekday of the week that ``facts`` begin; without a day where it has none."""
    day, weekday = facts.day, facts.weekday
    if day is None or day.date is None or weekday is None or facts.until is None:
        return replace(facts, day=None)
    date = day.date + dt.timedelta(days=weekday - day.date.weekday())
    if not day.date <= date <= facts.until:
        return replace(facts, day=None)
    return replace(facts, day=Day(date, day.raw, None, min(day.sure, _SURE)), until=None)
