"""Who wants to know how far a night is: the command line does, the schedule has Prefect's logs and
artifacts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import Protocol


class Stage(StrEnum):
    INTAKE = "intake"
    READ = "read"
    DECIDE = "decide"
    PUBLISH = "publish"
    DRAW = "draw"


class Watcher(Protocol):
    """Told of a night's progress, from several threads."""

    def began(self, stage: Stage, total: int | None) -> None:
        """A stage began with so many things to do, None where nobody knows yet."""

    def advanced(self, stage: Stage, by: int = 1) -> None:
        """So many things more are done."""

    def ended(self, stage: Stage, counts: Mapping[str, int]) -> None:
        """A stage is through, and this is what it counted."""


class Nobody:
    """Watches nothing."""

    def began(self, stage: Stage, total: int | None) -> None:
        return None

    def advanced(self, stage: Stage, by: int = 1) -> None:
        return None

    def ended(self, stage: Stage, counts: Mapping[str, int]) -> None:
        return None


_NOBODY = Nobody()
_WATCHER: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


@contextmanager
def watched_by(watcher: Watcher) -> Iterator[None]:
    """Nights that begin in this block tell ``watcher``."""
    token = _WATCHER.set(watcher)
    try:
        yield
    finally:
        _WATCHER.reset(token)


def watcher() -> Watcher:
    return _WATCHER.get() or _NOBODY
