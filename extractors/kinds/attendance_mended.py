"""Days of a worn sheet that one misread figure puts out of order, or on another weekday than is printed.

Half-days are listed one after the other. Where most stand in order, one that does not was misread; where a
single day fits its place and differs from it by one figure, that day is meant. It stays doubtful unless the
weekday printed beside it bears it out; what was read is kept beside it.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dossier.reading import HalfDay
from extractors.kinds.attendance_facts import Place
from extractors.kinds.attendance_words import Day, Role

_FEW = 4
"""Half-days of one person from which an order shows."""

_MOST = 0.6
"""The least share of half-days that stand in order."""

_NEAR = 7
"""Days from the first or the last half-day in order within which one before or after it is looked for."""

ASTRAY, _MENDED, _AGREES = 0.5, 0.55, 0.8
"""How sure a day out of order is at most; one put right; one put right that its weekday bears out."""

_Key = tuple[dt.date, int]


def mended(places: Sequence[Place]) -> list[Place]:
    """The places of one table of a worn page, in reading order, with the days that order puts right."""
    rows: dict[object, list[int]] = defaultdict(list)
    seen: set[tuple[str, int]] = set()
    for at, place in enumerate(places):
        mine = (place.facts.person, id(place.facts.day))  # a column's day is read once for all its rows
        if place.facts.role is not Role.TRAINER and mine not in seen:
            seen.add(mine)
            rows[place.facts.person].append(at)
    days: dict[int, Day] = {}
    for listed in rows.values():
        keys = [_key(places[at]) for at in listed]
        held = [(at, key) for at, key in zip(listed, keys, strict=True) if key is not None]
        if len(held) >= _FEW:
            days.update(_put_right([places[at] for at, _ in held], [key for _, key in held]))
    return [_with(place, days) for place in places]


def _key(place: Place) -> _Key | None:
    day, half = place.facts.day, place.facts.half
    if day is None or day.date is None:
        return None
    return day.date, 1 if half is HalfDay.PM else 0


def _put_right(places: Sequence[Place], keys: Sequence[_Key]) -> Iterator[tuple[int, Day]]:
    """Days by the identity of the one read, which the places of one row or column share."""
    true = [at for at in range(len(keys)) if not _contradicted(places[at])]
    kept = [true[at] for at in _ordered([keys[at] for at in true])]
    if len(kept) < _MOST * len(keys):
        return
    for at, place in enumerate(places):
        day = place.facts.day
        if at in kept or day is None or day.date is None:
            continue
        before = max((keys[k] for k in kept if k < at), default=None)
        after = min((keys[k] for k in kept if k > at), default=None)
        fitting = [date for date in _between(before, after, keys[at][1]) if _alike(date, day)]
        if len(fitting) == 1:
            sure = _AGREES if day.weekday is not None else _MENDED
            yield id(day), replace(day, date=fitting[0], sure=min(day.sure, sure))
        else:
            yield id(day), replace(day, sure=min(day.sure, ASTRAY))


def _contradicted(place: Place) -> bool:
    """Whether the weekday printed beside a date is another one."""
    day = place.facts.day
    return day is not None and day.date is not None and day.weekday not in (None, day.date.weekday())


def _ordered(keys: Sequence[_Key]) -> list[int]:
    """The longest run of positions whose keys never go back."""
    tails: list[_Key] = []
    ends: list[int] = []
    before: list[int | None] = []
    for at, key in enumerate(keys):
        place = bisect_right(tails, key)
        before.append(ends[place - 1] if place else None)
        if place == len(tails):
            tails.append(key)
            ends.append(at)
        else:
            tails[place], ends[place] = key, at
    found: list[int] = []
    last: int | None = ends[-1] if ends else None
    while last is not None:
        found.append(last)
        last = before[last]
    return found[::-1]


def _between(before: _Key | None, after: _Key | None, half: int) -> Iterator[dt.date]:
    """Working days on which a half-day between two others may be; near the one, where there is but one."""
    if before is None and after is None:
        return
    first = before[0] if before is not None else after[0] - dt.timedelta(days=_NEAR) if after else dt.date.min
    last = after[0] if after is not None else first + dt.timedelta(days=_NEAR)
    for ahead in range(min((last - first).days, 31) + 1):
        date = first + dt.timedelta(days=ahead)
        free = (before is None or before < (date, half)) and (after is None or (date, half) < after)
        if free and date.weekday() < 5:
            yield date


def _alike(date: dt.date, day: Day) -> bool:
    """Whether one figure of day, month and year sets two dates apart, and the weekday is the printed one."""
    if day.date is None or day.weekday not in (None, date.weekday()):
        return False
    return sum(a != b for a, b in zip(f"{date:%d%m%y}", f"{day.date:%d%m%y}", strict=True)) == 1


def _with(place: Place, days: Mapping[int, Day]) -> Place:
    day = days.get(id(place.facts.day))
    return place if day is None else replace(place, facts=replace(place.facts, day=day))
