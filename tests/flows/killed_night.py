"""A night without Prefect around it, that kills itself where it is told to.

``python -m tests.flows.killed_night DAY [FUNCTION CALL before|after]``

The stages are the flow's own; a kill -9 is a kill -9 whoever orchestrates.
"""

from __future__ import annotations

import datetime as dt
import importlib
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import flows.deciding
import flows.intake
import flows.publishing
import flows.reading
from flows.at_work import at_work
from flows.settings import Settings
from records import readings


def die_at(path: str, call: int, after: bool) -> None:
    """Kill this process at that call of a function, before it does its work or after."""
    module, _, name = path.rpartition(".")
    home = importlib.import_module(module)
    real: Callable[..., Any] = getattr(home, name)
    seen = 0

    def dying(*args: Any, **kwargs: Any) -> Any:
        nonlocal seen
        seen += 1
        if seen == call and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        done = real(*args, **kwargs)
        if seen == call:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    setattr(home, name, dying)


def night(day: dt.date) -> None:
    with at_work(Settings.of(os.environ), day, day) as at:
        flows.intake.take_in(at)
        for batch in flows.reading.batches(readings.waiting(at.holding)):
            flows.reading.read_batch(at, batch)
        flows.deciding.decide_all(at)
        flows.publishing.release(at)
        flows.publishing.publish(at)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        die_at(sys.argv[2], int(sys.argv[3]), sys.argv[4] == "after")
    night(dt.date.fromisoformat(sys.argv[1]))
