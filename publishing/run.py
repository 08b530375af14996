"""The run that a publication speaks of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One nightly run. ``rules`` is the digest of the dated parameters; ``counts`` is what the run counted.

    ``as_of`` is the day that deadlines were counted to; ``finished_at`` is None while the run still goes on.
    """

    id: str
    as_of: dt.date
    started_at: dt.datetime
    finished_at: dt.datetime | None
    software: str
    rules: str
    counts: Mapping[str, int]
