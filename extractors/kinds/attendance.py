"""The attendance sheet (feuille d'émargement): who was there, on which half-day, how long, who signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dossier.quantities import Minutes
from dossier.reading import Box, HalfDay, Mark, Session
from extractors import seek
from extractors.bands import recut
from extractors.candidate import Reading
from extractors.grid import tables
from extractors.kinds import attendance_words as words
from extractors.kinds.attendance_again import reread
from extractors.kinds.attendance_fields import Questions
from extractors.kinds.attendance_layout import Facts, Laid, Layout, Place
from extractors.kinds.attendance_marks import Seen, Sheet, seen
from extractors.kinds.attendance_names import spellings
from extractors.kinds.attendance_page import Around, around
from extractors.kinds.attendance_words import Role, Span
from extractors.leaf import Leaf
from extractors.table import Table

_NO_TRAINER = Seen(Mark.BLANK, 0.85)
"""No place for a trainer's signature was found: nobody signed for the half-day."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """One page of the part: its tables read, and what stands around them."""

    sheet: Sheet
    around: Around
    totals: tuple[Minutes, ...]
    trainers: tuple[str, ...]


def read(leaves: seek.Leaves) -> Reading:
    """Fields of `dossier.kinds.FIELDS` for attendance sheets; a session for each half-day printed."""
    opened = list(_opened(leaves))
    marks = seen([page.sheet for page in opened])
    ask = Questions(leaves, [page.sheet.signed for page in opened])
    trainee = ask.trainee()
    trainers = [p for page in opened for p in page.sheet.places if p.facts.role is Role.TRAINER]
    sessions = tuple(session for page in opened for session in _sessions(page, trainers, marks, trainee))
    if any(leaf.ocr for leaf in leaves):
        spelled = spellings(session.trainee for session in sessions)
        sessions = tuple(replace(s, trainee=spelled.get(s.trainee, s.trainee)) for s in sessions)
    fields = ask.fields(tuple(t for page in opened for t in page.trainers))
    names = tuple(dict.fromkeys(session.trainee for session in sessions))
    return Reading(fields, names, sessions)


def _opened(leaves: seek.Leaves) -> Iterator[_Opened]:
    last: Laid | None = None
    before, month = Facts(), None
    for leaf in leaves:
        found = tables(leaf.page)
        context = around(leaf, found, before, month)
        month = context.month
        kept: list[Table] = []
        places: list[Place] = []
        signed: list[Box] = []
        totals: list[Minutes] = []
        trainers: list[str] = []
        for number, (table, facts) in enumerate(zip(found, context.above, strict=True)):
            at = (leaf.page.number, number)
            if last is not None and not table.ruled and _goes_on(table, last):
                table = recut(leaf.page, table, last.edges)
            table = reread(leaf, table, month)
            laid = Layout(table, at, facts, month, last).read()
            totals.extend(minutes for _, minutes in laid.totals)
            dated = [place for place in laid.places if place.facts.day is not None]
            if dated:
                last = laid
                kept.append(table)
                signed.append(laid.signed)
                places.extend(dated)
                before = Facts(day=facts.day)
                trainers.extend(said.person for said in laid.trainers)
        yield _Opened(
            Sheet(leaf, tuple(kept), tuple(places), tuple(signed)), context, tuple(totals), tuple(trainers)
        )


def _goes_on(table: Table, last: Laid) -> bool:
    """Whether an unruled table has the extent of the one before it, and no headings of its own."""
    first = [words.column_of(cell.text) for cell in table.row(0)]
    shared = min(table.box.x1, last.edges[-1]) - max(table.box.x0, last.edges[0])
    alike = shared > 0.8 * max(table.box.x1 - table.box.x0, last.edges[-1] - last.edges[0])
    return alike and sum(column is not None for column in first) < 2


def _sessions(
    page: _Opened, trainers: Sequence[Place], marks: Mapping[Place, Seen], trainee: str
) -> Iterator[Session]:
    places = page.sheet.places
    for place in places:
        if place.facts.role is Role.TRAINER:
            continue
        for half, spans, minutes in _halves(place.facts, page.around):
            trainer = _trainer(place, half, trainers)
            shown = marks[place]
            by = marks[trainer] if trainer is not None else _NO_TRAINER
            if not place.timed and shown.mark is Mark.BLANK and by.mark is Mark.BLANK:
                continue  # the line has this half's columns and nothing in them: there was no such half-day
            yield _session(page.sheet.leaf, place, half, spans, minutes, shown, by, trainee)


def _halves(facts: Facts, context: Around) -> Iterator[tuple[HalfDay, tuple[Span, ...], Minutes | None]]:
    """The half-day that a place stands for, its times and length; a whole day where one signature is."""
    half = facts.half
    spans = facts.spans
    if half is None and len(spans) == 1:
        half = words.half_of_span(spans[0])
    if half is None:
        half = HalfDay.DAY
    if not spans and half in context.times:
        spans = context.times[half]
    if not spans and half is HalfDay.DAY:
        spans = tuple(s for h in (HalfDay.AM, HalfDay.PM) for s in context.times.get(h, ()))
    minutes = facts.minutes
    if minutes is None and facts.slot and context.slot is not None:
        minutes = context.slot
    if minutes is None and spans:
        minutes = Minutes(sum(span.minutes for span in spans))
    yield half, spans, minutes


def _trainer(place: Place, half: HalfDay, trainers: Sequence[Place]) -> Place | None:
    """The trainer's signature that counts for a place: on its line, in its column, over its half-day."""

    def distance(other: Place) -> tuple[int, int, int] | None:
        away = abs(other.page - place.page)
        f = other.facts
        same_day = f.day is not None and place.facts.day is not None and f.day.date == place.facts.day.date
        same_half = f.half in (half, None) or f.half is HalfDay.DAY
        if not same_day or not same_half:
            return None
        near = away == 0 and other.table == place.table
        if near and other.row == place.row:
            return (0, 0 if f.half is half else 1, 0)
        shared = bool(set(other.columns) & set(place.columns))
        if near and other.block == place.block and shared:
            return (1, abs(other.row - place.row), 0)
        return (2 if f.half is half else 3, away, abs(other.row - place.row))

    ranked = [(rank, index) for index, other in enumerate(trainers) if (rank := distance(other)) is not None]
    return trainers[min(ranked)[1]] if ranked else None


def _session(
    leaf: Leaf,
    place: Place,
    half: HalfDay,
    spans: tuple[Span, ...],
    minutes: Minutes | None,
    shown: Seen,
    by: Seen,
    trainee: str,
) -> Session:
    day = place.facts.day
    assert day is not None  # noqa: S101 (places without a day were left out)
    sure = min(shown.confidence, by.confidence, day.sure, place.facts.sure)
    return Session(
        trainee=place.facts.person or trainee,
        date=day.date,
        half_day=half,
        minutes=minutes,
        trainee_mark=shown.mark,
        trainer_mark=by.mark,
        page=leaf.page.number,
        box=place.box,
        read_by=leaf.page.read_by,
        confidence=round(sure, 3),
        raw_date=day.raw,
        weekday=day.weekday,
        start=spans[0].start if spans else None,
        end=spans[-1].end if spans else None,
        ink=shown.digest,
    )
