"""From a table to the places where people sign: whose, on which day, which half of it, how long.

Rows are read downwards. A row that only announces (days, halves, times, roles) becomes the context of its
columns until another one replaces it, so a grid, a list, a sheet on its side and one with its headings
repeated are all read by the same walk. A row that names a person, a role or a day holds places to sign.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import replace

from dossier.quantities import Minutes
from dossier.reading import Box, HalfDay
from extractors.french.letters import fold
from extractors.kinds import attendance_words as words
from extractors.kinds.attendance_answers import answered
from extractors.kinds.attendance_banner import (
    alone,
    banner_of,
    captions,
    dates,
    is_banner,
    names_section,
    trainer_signs,
)
from extractors.kinds.attendance_cards import cards
from extractors.kinds.attendance_cells import Meaning, Sort, duration_of, meaning, trainer_in
from extractors.kinds.attendance_facts import MARKED, Facts, Head, Place
from extractors.kinds.attendance_halves import halves_of
from extractors.kinds.attendance_headings import (
    column_below,
    dates_corner,
    headed,
    heads_itself,
    is_heading,
    lone_caption,
    settled,
)
from extractors.kinds.attendance_laid import Laid, State
from extractors.kinds.attendance_legend import NO_LEGEND, Legend, coded
from extractors.kinds.attendance_month import no_page_number, numbered, of_week
from extractors.kinds.attendance_row import Row, day_without_hours, grouped, head_of
from extractors.kinds.attendance_status import says_none
from extractors.kinds.attendance_weeks import on_weekday, week_of
from extractors.kinds.attendance_words import Column, Role
from extractors.layout import around
from extractors.table import Cell, Table, edges

_BOTH = {HalfDay.AM, HalfDay.PM}


class Layout:
    """The walk over one table."""

    def __init__(
        self,
        table: Table,
        at: tuple[int, int],
        context: Facts,
        month: tuple[int, int] | None,
        before: Laid | None = None,
        monday: dt.date | None = None,
        legend: Legend = NO_LEGEND,
    ) -> None:
        """``at``: the page's number and the table's on it; ``before``: the table it may go on from;
        ``monday``: of the week that the page is about; ``legend``: what codes in headings stand for."""
        self.monday, self.legend = monday, legend
        self.table, self.context = table, context
        self.halves = halves_of(table)
        self.page, self.number = at
        self.state = State([Head()] * table.columns, month=month)
        self.carried = Facts()
        if before is not None and before.heads_over(table, context.day is not None):
            self.state.heads = list(before.heads)
            self.state.banner = Facts() if context.person or context.day else before.banner
            if self.page != before.page and before.banner.day is not None:
                self.carried = self.state.banner
        self.meanings: dict[Cell, Meaning] = {}
        self.months: dict[int, tuple[int, int]] = {}
        self.places: list[Place] = []
        self.totals: list[tuple[Cell, Minutes]] = []
        self.trainers: list[tuple[Cell, str]] = []
        self.leads = 1.0  # where the headings over this row begin
        self.begun: float | None = None  # and those over the first place, of some day if any is
        self.captioned = 0
        self.dealt: set[int] = set()
        self.settled = False
        self.pending: dict[tuple[int, int], Minutes] = {}

    def read(self) -> Laid:
        rows = [self._dated(row) for row in range(self.table.rows)]
        if any(head.labelled for head in self.state.heads) and heads_itself(rows):
            self.state.heads = [Head()] * self.table.columns
        for index, cells in enumerate(rows):
            self._step(index, cells, rows)
        places = tuple(self._with_minutes(place) for place in self.places)
        return Laid(
            places,
            tuple(self.state.heads),
            self.state.banner,
            edges(self.table),
            self._signed(),
            self.page,
            tuple(self.totals),
            tuple(self.trainers),
            self.table.ruled,
        )

    def _dated(self, row: int) -> list[Meaning]:
        """A row with the days that only the page's month or week completes."""
        cells = self._row(row) if row else no_page_number(self._row(row), self.page)
        return coded(of_week(numbered(cells, self.state.month), self.monday), self.legend)

    def _signed(self) -> Box:
        """The part of the table that is signed, its headings included: what stands there labels no field."""
        box = self.table.box
        return Box(box.x0, self.begun if self.begun is not None else box.y1, box.x1, box.y1)

    def _row(self, row: int) -> list[Meaning]:
        found = []
        for cell in self.table.row(row):
            if not cell.words and cell.rowspan == self.table.rows > 1:
                continue  # what stands between two boxes side by side
            if cell not in self.meanings:
                said = meaning(cell, self.state.month)
                if cell in self.halves:
                    said = Meaning(cell, said.text, Sort.HALF, half=self.halves[cell], sure=said.sure)
                if said.month is not None:
                    self.state.month = said.month
                    self.months[row] = said.month
                self.meanings[cell] = said
            found.append(self.meanings[cell])
        return found

    def _step(self, index: int, cells: list[Meaning], rows: list[list[Meaning]]) -> None:
        state = self.state
        state.banner_month = self.months.get(index, state.banner_month)
        below = rows[index + 1] if index + 1 < len(rows) else ()
        head = state.heads[0]
        corner = dates_corner(cells, below)
        apart = not corner and not trainer_signs(cells, state.heads)
        if self.dealt and not below and self._deal(index, cells, below):
            return  # the trainer's, over the whole width
        if (apart and is_banner(cells, below, self.table.columns, head)) or names_section(
            cells, below, state.heads
        ):
            self.leads = min(self.leads, cells[0].cell.box.y0) if dates(cells) else 1.0
            self._banner(index, cells)
            return
        if index in self.dealt or self._deal(index, cells, below) or self._sign_captions(index, cells, below):
            return
        amid = state.in_heading and bool(below) and lone_caption(cells) and is_heading(below, state.heads)
        if (corner or amid or is_heading(cells, state.heads)) and index + 1 < len(rows):
            self.leads = min(self.leads, cells[0].cell.box.y0)
            if not state.in_heading:
                state.block += 1
            begins, state.in_heading = not state.in_heading, True
            self._heading(index, cells[corner:], begins)
            if corner:
                self._banner(index, cells[:1])
            if index + 1 >= len(rows) or not is_heading(rows[index + 1], state.heads):
                self._settle(index + 1, rows)
            return
        if state.in_heading or not (self.settled or any(head.labelled for head in state.heads)):
            self._settle(index, rows)
        state.in_heading = False
        self._body(index, answered(self.table, cells, state.heads))
        self.leads = 1.0

    def _sign_captions(self, index: int, cells: Sequence[Meaning], below: Sequence[Meaning]) -> bool:
        """Places in cells that say whose they are: headed by their half-day, or in a row that says it."""
        held = captions(cells, below, self.state.heads)
        row = Row([Head()] * self.table.columns)
        for said in cells if held else ():
            if said not in held and said.sort is not Sort.BLANK:
                row.take(said, Column.OTHER)
        row.finish()
        half, own = row.own.half, row.own
        if own.half is not None or own.day is not None or own.spans:
            own = replace(own, role=None, spans=row.spans_of(half), minutes=row.minutes_of(half, None))
            own = own.under(self.state.banner.under(self.context).of_half(half))
            headed = [own for _ in held]
        else:
            outer = self.state.banner if self.table.columns == 1 else Facts()
            if len(held) == len(cells) > 1 and alone(below):
                outer = self.state.banner.under(self.context)
            headed = [self.state.heads[m.cell.col].facts.under(outer) for m in held]
        if not held or any(facts.day is None for facts in headed):
            return False
        for one, facts in zip(held, headed, strict=True):
            columns = tuple(range(one.cell.col, one.cell.col + one.cell.colspan))
            mine = replace(facts, role=one.role).under(self.context)
            self._add(mine, ((one.cell, Column.SIGNATURE),), index, columns, True)
        return True

    def _deal(self, index: int, cells: Sequence[Meaning], below: Sequence[Meaning]) -> bool:
        """Cards side by side, each a person's place for the half-day that stands above them all."""
        told = self.state.banner.under(self.context)
        if told.day is None or any(head.labelled for head in self.state.heads):
            return False
        held, signed_below = cards(cells, below, index - 1 in self.dealt)
        for card in held:
            columns = tuple(range(card.cell.col, card.cell.col + card.cell.colspan))
            self._add(card.facts.under(told), ((card.cell, Column.SIGNATURE),), index, columns, True)
            self.dealt.add(index + 1 if signed_below else index)
        return bool(held)

    # ------------------------------------------------------------ headings

    def _heading(self, index: int, cells: Sequence[Meaning], begins: bool) -> None:
        labelled = any(head.labelled for head in self.state.heads)
        repeated = labelled and any(m.column in (Column.NAME, Column.DATE) for m in cells)
        fresh = [m for m in cells if m.cell.row == index]
        if index == 0 or (repeated and begins and cells[0].cell.row == index):
            self.state.heads = [Head()] * self.table.columns
        if index == 0:
            self.state.banner = self.carried  # the headings repeated overleaf
        row_half = fresh[0].half if fresh and fresh[0].cell.col == 0 and len(fresh) > 1 else None
        for said in fresh:
            for col in range(said.cell.col, said.cell.col + said.cell.colspan):
                own = row_half if said.cell.col > 0 else None
                self.state.heads[col] = headed(self.state.heads[col], said, own)

    def _settle(self, start: int, rows: Sequence[Sequence[Meaning]]) -> None:
        heads = self.state.heads
        self.settled = True
        self.state.heads = settled(
            heads, [column_below(col, rows[start:], heads) for col in range(len(heads))]
        )

    # ------------------------------------------------------------ banners

    def _banner(self, index: int, cells: Sequence[Meaning]) -> None:
        first = next(m for m in cells if m.sort is not Sort.BLANK)
        state = self.state
        told = banner_of(cells, state.banner)
        if told is None:
            return
        state.banner = told
        if not dates(cells):
            return
        state.block += 1
        state.last = Facts()
        shown = [m for m in cells if m is not first]
        self.trainers.extend((m.cell, m.person) for m in shown if m.sort is Sort.PERSON)
        marks = tuple((m.cell, self._kind(m)) for m in shown if self._kind(m) in MARKED)
        if marks and any(m.sort is not Sort.BLANK for m in shown):
            facts = replace(state.banner, role=Role.TRAINER)
            self._add(facts, marks, index, tuple(range(self.table.columns)))

    def _kind(self, said: Meaning) -> Column:
        return head_of(self.state.heads, said.cell).kind or Column.OTHER

    # ------------------------------------------------------------ bodies

    def _body(self, index: int, cells: Sequence[Meaning]) -> None:
        lead = next((m for m in cells if m.sort is not Sort.BLANK), None)
        if lead is None:
            self._captioned(index, cells)
            return
        week = week_of(cells, self.state.heads)
        if week is None and lead.sort is Sort.DAY and words.NO_DAY.search(fold(lead.text)):
            return
        if lead.column in (Column.HOURS, Column.TOTAL) and self._kind(lead) not in (
            Column.HOURS,
            Column.TOTAL,
        ):
            self._hours_row(cells, lead)
            return
        if (
            lead.column in (Column.OTHER, Column.TIMES)
            and lead.sort is Sort.HEAD
            and not any(m.column is Column.SIGNATURE for m in cells[:3])
        ):
            return
        row = self._row_facts(cells)
        if week is not None:
            row.own = replace(row.own, day=week[0], until=week[1])
            row.minutes.clear()  # those of the week
        told = row.own.person or row.own.role or row.own.day or row.own.half or row.own.spans
        if row.silent or not told:
            return
        if row.own.role is Role.TRAINER:
            named = ((m.cell, trainer_in(m.text)) for m in cells if m.role is Role.TRAINER)
            self.trainers.extend((cell, name) for cell, name in named if name)
        for columns in grouped(self.state.heads, cells):
            self._place(index, row, columns)

    def _captioned(self, index: int, cells: Sequence[Meaning]) -> None:
        """A blank row right under captions that say whose place it is: what a box for one half-day holds."""
        heads = [self.state.heads[said.cell.col] for said in cells]
        if self.state.block == self.captioned or not all(h.marked and h.facts.role for h in heads):
            return
        row = Row(self.state.heads)
        for columns in grouped(self.state.heads, cells):
            self._place(index, row, columns)
        self.captioned = self.state.block

    def _hours_row(self, cells: Sequence[Meaning], lead: Meaning) -> None:
        lengths = [words.minutes_in(m.text, labelled=True) for m in cells if m.sort is not Sort.BLANK][1:]
        if len(lengths) > 2 and lengths[-1] is not None and sum(n or 0 for n in lengths[:-1]) == lengths[-1]:
            self.totals.append((cells[-1].cell, lengths[-1]))
        for said in cells:
            if said is lead:
                continue
            if lead.column is Column.TOTAL and self.state.heads[said.cell.col].facts.day is None:
                whole = words.minutes_in(said.text, labelled=True)
                if whole:
                    self.totals.append((said.cell, whole))
                continue
            found = duration_of(said.text)
            if found is None:
                continue
            for col in range(said.cell.col, said.cell.col + said.cell.colspan):
                self.pending[self.state.block, col] = found

    def _row_facts(self, cells: Sequence[Meaning]) -> Row:
        row = Row(self.state.heads)
        for said in cells:
            if said.sort is not Sort.BLANK:
                row.take(said, self._kind(said))
        last = self.state.last
        if row.own.day is None:
            parts = [m.text for m in cells if self._kind(m) is Column.DATE and m.sort is not Sort.BLANK]
            row.own = replace(row.own, day=words.day_of(parts, self.state.month))
        if row.own.day is None and (row.own.half or row.own.spans or row.start):
            row.own = replace(row.own, day=last.day)
        row.finish()
        day, month = row.own.day, self.state.banner_month
        if day is not None and day.date is not None and month not in (None, (day.date.year, day.date.month)):
            row.own = replace(row.own, day=replace(day, sure=min(day.sure, 0.4)))
        self.state.last = row.own
        return row

    def _place(self, index: int, row: Row, group: Sequence[Meaning]) -> None:
        head = head_of(self.state.heads, group[0].cell)
        role = head.facts.role or row.own.role
        if row.own.role is Role.TRAINER:
            role = Role.TRAINER
        half = head.facts.half or row.own.half
        own = replace(
            row.own,
            role=role,
            half=half,
            minutes=row.minutes_of(half, head.facts.half),
            spans=row.spans_of(half),
            sure=min(row.own.sure, row.doubts.get(half, 1.0), row.doubts.get(None, 1.0)),
        )
        outer = replace(self.context, role=None) if own.person else self.context
        told = self.state.banner.under(outer)
        if told.half is None and {said.half for said in self.meanings.values()} >= _BOTH:
            told = replace(told, minutes=None)  # those of the whole day
        facts = own.under(head.facts).under(told.of_half(half))
        if head.facts.day is not None:
            facts = replace(facts, day=head.facts.day)
        if head.facts.weekday is not None:
            facts = on_weekday(facts)
            if facts.day is None:
                return
        timed = not row.half_without_hours(half) and not day_without_hours(self.state.heads, head)
        timed = timed and (bool(facts.spans) or not told.spans)
        marks = tuple((said.cell, self._kind(said)) for said in group)
        columns = tuple(
            itertools.chain.from_iterable(range(s.cell.col, s.cell.col + s.cell.colspan) for s in group)
        )
        self._add(facts, marks, index, columns, timed)

    def _add(
        self,
        facts: Facts,
        marks: tuple[tuple[Cell, Column], ...],
        row: int,
        columns: tuple[int, ...],
        timed: bool = True,
    ) -> None:
        if facts.role is Role.TRAINER and facts.person == self.context.person:
            facts = replace(facts, person="")  # that of the trainee whom the table is about
        if all(says_none(cell.text) for cell, _ in marks):
            return  # there was no such half-day
        box = around(cell.box for cell, _ in marks)
        dated = any(place.facts.day is not None for place in self.places)
        if self.begun is None or (facts.day is not None and not dated):
            self.begun = min(self.leads, box.y0)
        where = (self.number, row, columns, self.state.block, box, self.page)
        self.places.append(Place(facts, marks, *where, timed))

    def _with_minutes(self, place: Place) -> Place:
        if place.facts.minutes is not None:
            return place
        found = next(
            (self.pending[key] for col in place.columns if (key := (place.block, col)) in self.pending), None
        )
        spans = place.facts.spans
        if found is None or (spans and found > sum(span.minutes for span in spans)):
            return place  # or the length of the day, whose half this is
        return replace(place, facts=replace(place.facts, minutes=found))
