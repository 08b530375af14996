"""What is known of a place to sign, and what a column of places announces."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from dossier.quantities import Minutes
from dossier.reading import Box, HalfDay
from extractors.kinds.attendance_words import Column, Day, Role, Span, half_of_span
from extractors.table import Cell

MARKED = (Column.SIGNATURE, Column.STATUS, Column.STAMP)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a place to sign; what is not known yet is empty or None."""

    person: str = ""
    role: Role | None = None
    day: Day | None = None
    half: HalfDay | None = None
    spans: tuple[Span, ...] = ()
    minutes: Minutes | None = None
    slot: bool = False
    weekday: int | None = None
    """Of a column of weeks that rows name, from 0 for Monday."""
    until: dt.date | None = None
    """The last day of the week that begins on ``day``, for a place that counts for all of it."""
    sure: float = 1.0
    """How surely the times and the length were read; the day has a sureness of its own."""
    named: float = 1.0
    """How surely the person's name was read."""
    once: bool = False
    """Whether one line names the person for many places: it was read once, however often it counts."""

    @property
    def placed(self) -> bool:
        """Whether a column of these facts is one to sign in."""
        return self.day is not None or self.half is not None or self.slot or self.weekday is not None

    def holds(self, date: dt.date | None) -> bool:
        """Whether a place of these facts counts for ``date``."""
        own = self.day.date if self.day is not None else None
        if own is None or date is None or self.until is None:
            return own == date
        return own <= date <= self.until

    def of_half(self, half: HalfDay | None) -> Facts:
        """These facts for one half of a day for which they may tell the times of both."""
        if half not in (HalfDay.AM, HalfDay.PM) or not self.spans:
            return self
        held = tuple(span for span in self.spans if half_of_span(span) in (half, HalfDay.DAY))
        return replace(self, spans=held, minutes=self.minutes if held == self.spans else None)

    def under(self, context: Facts) -> Facts:
        """These facts, completed by a wider context."""
        return Facts(
            self.person or context.person,
            self.role or context.role,
            self.day or context.day,
            self.half or context.half,
            self.spans or context.spans,
            self.minutes if self.minutes is not None else context.minutes,
            self.slot or context.slot,
            self.weekday if self.weekday is not None else context.weekday,
            self.until or context.until,
            min(self.sure, context.sure),
            self.named if self.person else context.named,
            self.once if self.person else context.once,
        )


@dataclass(frozen=True, slots=True)
class Named:
    """The one trainee of an individual sheet, as printed above its table; "" for none.

    ``sure``: how surely the letters were read; ``whole``: a last name in capitals and a first name.
    """

    name: str = ""
    sure: float = 0.0
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A place to sign. ``marks`` are the cells that tell whether it was, with what their column announces.

    ``block`` counts the stretches of a table between headings: a trainer's row counts for its own block.
    """

    facts: Facts
    marks: tuple[tuple[Cell, Column], ...]
    table: int
    row: int
    columns: tuple[int, ...]
    block: int
    box: Box
    page: int
    timed: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """What a column announces."""

    kind: Column | None = None
    facts: Facts = Facts()
    labelled: bool = False
    origin: tuple[int, int] = (-1, -1)

    @property
    def marked(self) -> bool:
        return self.kind in MARKED
