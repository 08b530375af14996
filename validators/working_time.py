"""Working hours and days in France: Monday to Friday, national holidays out."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import holidays

DAY = dt.timedelta(days=1)


@lru_cache(maxsize=64)
def holidays_of(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("FR", years=year))


def is_holiday(day: dt.date) -> bool:
    """A public holiday of metropolitan France, those of Alsace-Moselle left out."""
    return day in holidays_of(day.year)


def is_working(day: dt.date) -> bool:
    return day.weekday() < 5 and not is_holiday(day)


def is_closed(day: dt.date) -> bool:
    """A Sunday or a public holiday: no training takes place."""
    return day.weekday() == 6 or is_holiday(day)


def after_working_hours(moment: dt.datetime, hours: int) -> dt.datetime:
    """The moment when ``hours`` hours of working days have passed, a working day counting its 24 hours.

    "48 heures ouvrées" are two working days: filed on a Tuesday at 9:14, over on the Thursday at 9:14. What
    is filed on a day that is not worked counts from the next working day's first hour.
    """
    if not is_working(moment.date()):
        moment = dt.datetime.combine(moment.date(), dt.time())
        while not is_working(moment.date()):
            moment += DAY
    left = dt.timedelta(hours=hours)
    while True:
        midnight = dt.datetime.combine(moment.date() + DAY, dt.time())
        if is_working(moment.date()):
            if moment + left <= midnight:
                return moment + left
            left -= midnight - moment
        moment = midnight


def working_days(start: dt.date, end: dt.date) -> int:
    """Days of the period, both ends included, on which training may take place (Sundays and holidays out)."""
    return sum(not is_closed(start + n * DAY) for n in range((end - start).days + 1))
