"""The zone in which all local times of the house are. Rules never ask what day it is: it is given to them."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def today() -> dt.date:
    """The day in Paris, for the edges of the house alone: commands and pages."""
    return dt.datetime.now(PARIS).date()
