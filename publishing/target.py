"""Days on which euro transfers are settled: TARGET, the Eurosystem's payment system."""

from __future__ import annotations

import datetime as dt

import holidays


def target_day(on_or_after: dt.date) -> dt.date:
    """The first TARGET business day from ``on_or_after``.

    Closed: Saturdays, Sundays, 1 January, Good Friday, Easter Monday, 1 May, 25 and 26 December
    (European Central Bank, TARGET calendar); the French bank holidays besides are open.
    """
    closed = holidays.financial_holidays("XECB")
    day = on_or_after
    while day.weekday() >= 5 or day in closed:
        day += dt.timedelta(days=1)
    return day
