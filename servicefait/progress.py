"""How far the night is: bars on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol

from flows.watching import Stage, Watcher

TITLES = {
    Stage.INTAKE: "Taking in",
    Stage.READ: "Reading",
    Stage.DECIDE: "Deciding",
    Stage.PUBLISH: "Writing",
    Stage.DRAW: "Drawing",
}
SECONDS_BETWEEN_LINES = 15.0


class SayingWatcher(Watcher, Protocol):
    """A watcher that can also be told a word of its own."""

    def say(self, word: str) -> None: ...


@contextmanager
def progress_of() -> Iterator[SayingWatcher]:
    """Bars where standard error is a terminal, else lines. Standard output is for the results."""
    if not sys.stderr.isatty():
        yield Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description:<10}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[note]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=False) as bars:
        yield Bars(bars)


class Lines:
    """Plain lines: one at a stage's beginning and end, one each quarter of a minute between."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._done = 0
        self._total: int | None = None
        self._said = 0.0

    def say(self, word: str) -> None:
        self._write(word)

    def began(self, stage: Stage, total: int | None) -> None:
        with self._lock:
            self._done, self._total, self._said = 0, total, time.monotonic()
        self._write(f"{TITLES[stage].lower()}{f' {total}' if total else ''}")

    def advanced(self, stage: Stage, by: int = 1) -> None:
        with self._lock:
            self._done += by
            if time.monotonic() - self._said < SECONDS_BETWEEN_LINES:
                return
            self._said = time.monotonic()
            done = self._done
        self._write(f"{TITLES[stage].lower()} {done} of {self._total}")

    def ended(self, stage: Stage, counts: Mapping[str, int]) -> None:
        if told := _told(counts):
            self._write(f"{TITLES[stage].lower()}: {told}")

    def _write(self, text: str) -> None:
        sys.stderr.write(f"servicefait: {text}\n")
        sys.stderr.flush()


class Bars:
    """One bar a stage, on a terminal."""

    def __init__(self, bars: object) -> None:
        from rich.progress import Progress, TaskID

        assert isinstance(bars, Progress)  # noqa: S101
        self._bars = bars
        self._tasks: dict[Stage, TaskID] = {}

    def say(self, word: str) -> None:
        self._bars.console.print(f"[dim]{word}[/]")

    def began(self, stage: Stage, total: int | None) -> None:
        self._tasks[stage] = self._bars.add_task(TITLES[stage], total=total, note="")

    def advanced(self, stage: Stage, by: int = 1) -> None:
        self._bars.advance(self._tasks[stage], by)

    def ended(self, stage: Stage, counts: Mapping[str, int]) -> None:
        task = self._tasks[stage]
        if self._bars.tasks[task].total is None:
            self._bars.update(task, total=1, completed=1)
        self._bars.update(task, note=_told(counts))


def _told(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in counts.items())
