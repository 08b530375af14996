"""When a training takes place: half-days on working days, no Sunday, no French holiday."""

from __future__ import annotations

import datetime as dt
import random
from functools import cache

import holidays

from dossier.quantities import Minutes
from dossier.reading import HalfDay
from samples.facts import Slot

Times = tuple[dt.time, dt.time, dt.time, dt.time]
RHYTHMS: tuple[Times, ...] = (
    (dt.time(9), dt.time(12, 30), dt.time(13, 30), dt.time(17)),
    (dt.time(8, 30), dt.time(12), dt.time(13), dt.time(16, 30)),
    (dt.time(8, 45), dt.time(12), dt.time(13, 15), dt.time(17)),
    (dt.time(8), dt.time(12), dt.time(13), dt.time(16)),
)
"""Morning and afternoon of a day of seven hours."""


@cache
def _closed(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("FR", years=year))


def is_open(day: dt.date) -> bool:
    """A weekday from Monday to Friday that is no public holiday."""
    return day.weekday() < 5 and day not in _closed(day.year)


def next_open(day: dt.date, steps: int = 0) -> dt.date:
    """The first open day from ``day`` on, then ``steps`` open days further (backwards when negative)."""
    way = dt.timedelta(days=-1 if steps < 0 else 1)
    while not is_open(day):
        day += way
    for _ in range(abs(steps)):
        day += way
        while not is_open(day):
            day += way
    return day


def half_days(
    rng: random.Random, start: dt.date, minutes: Minutes, weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
) -> tuple[Slot, ...]:
    """Half-days from ``start`` on that make ``minutes`` in all: whole days of seven hours, then what is left."""
    times = rng.choice(RHYTHMS)
    out: list[Slot] = []
    day, left = start, int(minutes)
    while left > 0:
        if is_open(day) and day.weekday() in weekdays:
            for half, begin, end in ((HalfDay.AM, times[0], times[1]), (HalfDay.PM, times[2], times[3])):
                slot = Slot(day, half, begin, end)
                if left <= 0:
                    break
                if slot.minutes > left:
                    last = (dt.datetime.combine(day, begin) + dt.timedelta(minutes=left)).time()
                    slot = Slot(day, half, begin, last)
                out.append(slot)
                left -= slot.minutes
        day += dt.timedelta(days=1)
    return tuple(out)
