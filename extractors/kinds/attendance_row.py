"""What one line of an attendance sheet says of itself: whose it is, its day, its times."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dossier.quantities import Minutes
from dossier.reading import HalfDay
from extractors.french.letters import tight
from extractors.kinds import attendance_words as words
from extractors.kinds.attendance_cells import Meaning, Sort, duration_of, name_sureness
from extractors.kinds.attendance_facts import Facts, Head
from extractors.kinds.attendance_words import Column, Role, Span
from extractors.table import Cell

_HALF, _LUNCH = 6 * 60, 60
"""Minutes of a half-day at most; minutes by which times are short that are those of half a day."""


_AT_ODDS = 0.6
"""How sure times are at most that stand in the other half than the one that is said, on a worn page."""


class Row:
    """What one body row says of itself, by half where its columns tell halves apart."""

    def __init__(self, heads: Sequence[Head]) -> None:
        self.heads = heads
        self.own = Facts()
        self.minutes: dict[HalfDay | None, Minutes] = {}
        self.spans: dict[HalfDay | None, tuple[Span, ...]] = {}
        self.start: dict[HalfDay | None, dt.time | None] = {}
        self.end: dict[HalfDay | None, dt.time | None] = {}
        self.doubts: dict[HalfDay | None, float] = {}
        self.first_name = ""
        self.silent = False

    def take(self, said: Meaning, kind: Column) -> None:
        head = self.heads[said.cell.col]
        half = head.facts.half
        if said.role is not None and said.cell.colspan > 1 and said.column in (None, Column.SIGNATURE):
            self._named_role(said)  # over the rows' numbers and names
            return
        match kind:
            case Column.NAME:
                self._name(said)
            case Column.FIRST_NAME:
                self.first_name = said.text
            case Column.START:
                self.start[half] = words.time_in(said.text)
                self.doubts[half] = min(self.doubts.get(half, 1.0), said.sure)
            case Column.END:
                self.end[half] = words.time_in(said.text)
                self.doubts[half] = min(self.doubts.get(half, 1.0), said.sure)
            case Column.TIMES | Column.HOURS if said.spans:  # "Heures" over times of day, too
                self.spans[half] = said.spans
                self._dated(said if half is None else replace(said, spans=()))
            case Column.HOURS:
                found = duration_of(said.text)
                if found is not None:
                    self.minutes[half] = found
                    self.doubts[half] = min(self.doubts.get(half, 1.0), said.sure)
            case Column.SIGNATURE | Column.STATUS | Column.STAMP | Column.TOTAL:
                if said.column is Column.SIGNATURE and said.sort is Sort.HEAD and said.cell.col < 2:
                    self._named_role(said)
            case Column.OTHER if head.labelled and (said.role is None or said.cell.colspan == 1):
                pass
            case _:
                self._dated(said)
                self._named_role(said)
                if said.spans:
                    self.spans[half] = said.spans
                if said.sort is Sort.PERSON and not self.own.person:
                    self.own = replace(self.own, person=said.person, named=name_sureness(said.cell))

    def _name(self, said: Meaning) -> None:
        if said.role is Role.TRAINER:
            self.own = replace(self.own, role=Role.TRAINER, person=said.person or self.own.person)
        elif said.person and not self.own.person:
            self.own = replace(self.own, person=said.person, named=name_sureness(said.cell))
        elif said.column in (Column.HOURS, Column.TOTAL):
            self.silent = True
        elif said.role is Role.TRAINEE and said.sort is Sort.HEAD:
            self.own = replace(self.own, role=Role.TRAINEE)
        elif said.sort is Sort.TEXT and len(tight(said.text)) >= 4:
            self.own = replace(self.own, person=said.text, named=min(0.6, name_sureness(said.cell)))
        elif said.days:
            self._dated(said)

    def _named_role(self, said: Meaning) -> None:
        if said.column is Column.OTHER or (said.column is Column.NAME and said.role is None):
            self.silent = self.silent or (said.column is Column.OTHER and said.cell.col < 2)
        elif said.column is Column.NAME and said.sort is Sort.HEAD and said.role is Role.TRAINER:
            self.silent = True
        elif said.role is not None:
            self.own = replace(self.own, role=said.role, person=self.own.person or said.person)

    def _dated(self, said: Meaning) -> None:
        if said.spans or said.minutes is not None:
            self.own = replace(self.own, sure=min(self.own.sure, said.sure))
        if said.days:
            self.own = replace(self.own, day=said.day)
        if said.half is not None:
            self.own = replace(self.own, half=said.half)
        if said.minutes is not None and said.sort in (Sort.DAY, Sort.HALF, Sort.SPAN, Sort.DURATION):
            self.minutes.setdefault(None, said.minutes)
        if said.spans:
            self.spans.setdefault(None, said.spans)

    def finish(self) -> None:
        for half, start in self.start.items():
            end = self.end.get(half)
            if start is not None and end is not None and words.DAWN <= start < end:
                self.spans.setdefault(half, (Span(start, end),))
        if self.own.person and self.first_name:
            self.own = replace(self.own, person=f"{self.own.person} {self.first_name}")
        whole = self.minutes.get(None, self.minutes.get(HalfDay.DAY, Minutes(0)))
        for half in (None, HalfDay.DAY):
            held = self.spans.get(half, ())
            if len(held) == 1 and whole > max(_HALF, held[0].minutes + _LUNCH):
                self.spans[half] = ()  # the times of the other half were not read
        spans = self.spans.get(None, ())
        if len(spans) == 1 and (self.own.half is None or words.in_other_half(spans[0], self.own.half)):
            worn = self.own.half is not None and min(self.own.sure, *self.doubts.values(), 1.0) < 1
            sure = min(self.own.sure, _AT_ODDS) if worn else self.own.sure  # the word says the other half
            self.own = replace(self.own, half=words.half_of_span(spans[0]), sure=sure)
        start, end = self.start.get(None), self.end.get(None)
        if self.own.half is None and not spans:  # one of the two was not read
            if start is not None:
                self.own = replace(self.own, half=HalfDay.AM if start < words.NOON else HalfDay.PM)
            elif end is not None and end <= words.LUNCH:
                self.own = replace(self.own, half=HalfDay.AM)

    def _halves(self) -> set[HalfDay]:
        return {h.facts.half for h in self.heads if h.facts.half is not None and h.marked}

    def minutes_of(self, half: HalfDay | None, column_half: HalfDay | None) -> Minutes | None:
        """A duration without half counts only where the row holds no two halves."""
        if half in self.minutes:
            return self.minutes[half]
        if column_half is not None and len(self._halves()) > 1:
            return None
        if half is None and None not in self.minutes and self.minutes:
            return Minutes(sum(self.minutes.values()))  # of both halves, over one signature
        return self.minutes.get(None)

    def spans_of(self, half: HalfDay | None) -> tuple[Span, ...]:
        if half in self.spans:
            return self.spans[half]
        spans = self.spans.get(None, ())
        if half is None and not spans:
            return tuple(span for held in self.spans.values() for span in held)
        if half in (HalfDay.AM, HalfDay.PM):
            return tuple(span for span in spans if words.half_of_span(span) in (half, HalfDay.DAY))
        return spans

    def half_without_hours(self, half: HalfDay | None) -> bool:
        """The columns hold hours or times of this half, and this row has none there."""
        kinds = (Column.HOURS, Column.TIMES, Column.START)
        expected = (
            any(head.kind in kinds and head.facts.half is half for head in self.heads) and half is not None
        )
        return expected and half not in self.minutes and half not in self.spans


def day_without_hours(heads: Sequence[Head], head: Head) -> bool:
    """Whether other days of this half have their times in their column, and this one has none."""
    if head.facts.day is None or head.facts.spans or head.facts.minutes is not None:
        return False
    return any(
        other.facts.day is not None and other.facts.half is head.facts.half and other.facts.spans
        for other in heads
    )


def head_of(heads: Sequence[Head], cell: Cell) -> Head:
    """The head of a cell: of several columns that it covers, the one to sign in."""
    held = heads[cell.col : cell.col + cell.colspan]
    return next((head for head in held if head.kind is Column.SIGNATURE), held[0])


def grouped(heads: Sequence[Head], cells: Sequence[Meaning]) -> Iterator[tuple[Meaning, ...]]:
    """The row's marked cells, those of one event together: signature, status and time stamp.

    A status that no role claims goes with the trainee's signature, wherever the two columns stand.
    """
    groups = list(_beside(heads, cells))
    homes = [_homes(heads, group, groups) for group in groups]
    for group, home in zip(groups, homes, strict=True):
        if len(home) != 1:
            guests = [other for other, its in zip(groups, homes, strict=True) if its == [group]]
            yield tuple(itertools.chain(group, *guests))


def _homes(
    heads: Sequence[Head], group: Sequence[Meaning], groups: Sequence[tuple[Meaning, ...]]
) -> list[tuple[Meaning, ...]]:
    """For a status alone, the trainees' signatures of its half-day."""
    found = [head_of(heads, said.cell) for said in group]
    if any(head.kind is Column.SIGNATURE or head.facts.role is not None for head in found):
        return []
    own = found[0].facts
    return [
        other
        for other in groups
        for head in (head_of(heads, other[0].cell),)
        if head.kind is Column.SIGNATURE and head.facts.role is not Role.TRAINER
        if (head.facts.day, head.facts.half, head.facts.slot) == (own.day, own.half, own.slot)
    ]


def _beside(heads: Sequence[Head], cells: Sequence[Meaning]) -> Iterator[tuple[Meaning, ...]]:
    key: object = None
    group: list[Meaning] = []
    for said in cells:
        head = head_of(heads, said.cell)
        if not head.marked or _labels_row(said):
            continue
        facts = head.facts
        new = (facts.role, facts.day, facts.half, facts.slot)
        joins = bool(group) and new == key and head.kind is not Column.SIGNATURE
        if group and new == key and not joins:
            before = heads[group[-1].cell.col]
            under_one = head.labelled and head.origin == before.origin  # a streak cut one cell in two
            joins = under_one or all(heads[m.cell.col].kind is not Column.SIGNATURE for m in group)
        if group and not joins:
            yield tuple(group)
            group = []
        key = new
        group.append(said)
    if group:
        yield tuple(group)


def _labels_row(said: Meaning) -> bool:
    """A cell in a marked column that heads its row: "Signature du formateur" in a sheet on its side."""
    return said.column is Column.SIGNATURE and said.sort is Sort.HEAD and said.cell.col < 2
