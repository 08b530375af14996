"""From places to sign to sessions: the trainer's signature found, slots summed, doubts weighed."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dossier.quantities import Minutes
from dossier.reading import HalfDay, Mark, ReadBy, Session
from extractors.french.dates import dates_in
from extractors.kinds import attendance_words as words
from extractors.kinds.attendance_below import Below
from extractors.kinds.attendance_facts import Facts, Named, Place
from extractors.kinds.attendance_marks import Seen, Sheet
from extractors.kinds.attendance_mended import ASTRAY
from extractors.kinds.attendance_names import alike, two
from extractors.kinds.attendance_order import halves_in_order
from extractors.kinds.attendance_page import Around
from extractors.kinds.attendance_words import Role, Span

_NO_TRAINER = Seen(Mark.BLANK, 0.85)
"""No place for a trainer's signature was found: nobody signed for the half-day."""

_UNSEEN_TRAINER = Seen(Mark.BLANK, 0.75)
"""None was found on a page of pixels, where it may have been lost."""

_AGREED = 0.95
"""How sure a value is that the page says twice."""

_USUAL = 0.93
"""How sure times are that the sheet repeats, or a date beside its weekday."""

_IN_ORDER = 0.86
"""How sure a date is that stands in order between its neighbours."""

_OFTEN = 5
"""A name spelled alike so often on one sheet was read right."""

_LONGEST_HALF, _LONGEST_DAY = 6 * 60, 10 * 60
"""Minutes beyond which a half-day, or a day, was hardly read right."""

_UNLIKELY = 0.8
"""How sure a worn day is that falls on a weekend, or a worn length that no other half-day has."""
_BY_ORDER = 0.75
"""How sure a half-day is at most that only the order of two columns tells."""

_AT_ODDS = 0.6
"""How sure a value is at most that another one on the page contradicts."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A trainee's place with what was found for it."""

    place: Place
    read_by: ReadBy
    half: HalfDay
    spans: tuple[Span, ...]
    minutes: Minutes | None
    shown: Seen
    by: Seen

    @property
    def date(self) -> dt.date | None:
        return self.place.facts.day.date if self.place.facts.day is not None else None


def sessions_of(
    pages: Sequence[tuple[Sheet, Around]],
    marks: Mapping[Place, Seen],
    under: Below,
    trainees: Mapping[int, Named],
) -> tuple[Session, ...]:
    """The sessions of one part in the order of its pages.

    ``under``: trainers' signatures outside the tables. ``trainees``: whom each page of an
    individual sheet is about.
    """
    trainers = [p for sheet, _ in pages for p in sheet.places if p.facts.role is Role.TRAINER]
    drafts = [draft for page in pages for draft in _drafts(page, trainers, marks, under)]
    usual = Counter((d.half, d.spans, d.minutes) for d in drafts)
    in_order = _in_order(drafts)
    often = Counter(d.place.facts.person for d in drafts)
    told = _AT_ODDS if _of_another(often, set(trainees.values())) else 1.0
    halved = any(draft.half is not HalfDay.DAY for draft in drafts)
    made = [
        _session(draft, trainees.get(draft.place.page, Named()), usual, in_order, often) for draft in drafts
    ]
    made = [
        replace(s, confidence=min(s.confidence, told, _odd(d, halved)))
        for d, s in zip(drafts, made, strict=True)
    ]
    return tuple(_once(_summed(zip(drafts, made, strict=True))))


def _drafts(
    page: tuple[Sheet, Around], trainers: Sequence[Place], marks: Mapping[Place, Seen], under: Below
) -> Iterator[Draft]:
    sheet, around = page
    in_order = halves_in_order(sheet.places, around.times)
    for place in sheet.places:
        if place.facts.role is Role.TRAINER:
            continue
        told = place
        if place in in_order:
            facts = replace(place.facts, half=in_order[place], minutes=None)
            facts = replace(facts.of_half(facts.half), sure=min(facts.sure, _BY_ORDER))
            told = replace(place, facts=facts)
        half, spans, minutes = _timed(told.facts, around)
        trainer = _trainer(place, half, trainers, in_order)
        nobody = _UNSEEN_TRAINER if sheet.leaf.ocr else _NO_TRAINER
        outside = under.get((place.page, half), under.get((place.page, None), nobody))
        shown, by = marks[place], marks[trainer] if trainer is not None else outside
        if trainer is not None:
            of_day = in_order.get(trainer, trainer.facts.half) is None
        else:
            of_day = (place.page, half) not in under
        if not place.timed and shown.mark is Mark.BLANK and (by.mark is Mark.BLANK or of_day):
            continue  # the line has this half's columns and nothing in them: there was no such half-day
        yield Draft(told, sheet.leaf.page.read_by, half, spans, minutes, shown, by)


def _timed(facts: Facts, around: Around) -> tuple[HalfDay, tuple[Span, ...], Minutes | None]:
    """The half-day that a place stands for, its times, its length; a whole day where one signature is."""
    half, spans, minutes = facts.half, facts.spans, facts.minutes
    if half is None:
        half = words.half_of_span(spans[0]) if len(spans) == 1 else HalfDay.DAY
    if not spans and half in around.times:
        spans = around.times[half]
    if not spans and half is HalfDay.DAY and minutes is None:
        spans = tuple(s for h in (HalfDay.AM, HalfDay.PM) for s in around.times.get(h, ()))
    if minutes is None and facts.slot and around.slot is not None:
        minutes = around.slot
    if minutes is None and spans:
        minutes = Minutes(sum(span.minutes for span in spans))
    return half, spans, minutes


def _trainer(
    place: Place, half: HalfDay, trainers: Sequence[Place], in_order: Mapping[Place, HalfDay]
) -> Place | None:
    """The trainer's signature that counts for a place: on its line, in its column, over its half-day.

    ``in_order``: the halves of places that their order alone tells.
    """

    def distance(other: Place) -> tuple[int, int, int] | None:
        away = abs(other.page - place.page)
        f = other.facts
        same_day = f.day is not None and place.facts.day is not None and f.holds(place.facts.day.date)
        own = in_order.get(other, f.half)
        same_half = own in (half, None) or own is HalfDay.DAY
        if not same_day or not same_half:
            return None
        near = away == 0 and other.table == place.table
        shared = bool(set(other.columns) & set(place.columns))
        if near and other.row == place.row:
            return (0, 0 if own is half else 1, 0)
        if near and other.block == place.block and shared:
            return (1, abs(other.row - place.row), 0)
        return (2 if own is half else 3, away, abs(other.row - place.row))

    ranked = [(rank, index) for index, other in enumerate(trainers) if (rank := distance(other)) is not None]
    return trainers[min(ranked)[1]] if ranked else None


# ---------------------------------------------------------------- how sure


def _in_order(drafts: Sequence[Draft]) -> set[dt.date]:
    """Dates that stand in order on the sheet, on working days, near those before and after them."""
    listed = [d.date for d in drafts if d.date is not None]
    dates = [date for at, date in enumerate(listed) if at == 0 or date != listed[at - 1]]
    found = set()
    for at, date in enumerate(dates):
        near = [dates[i] for i in (at - 1, at + 1) if 0 <= i < len(dates)]
        ahead = at == 0 or 0 <= (date - dates[at - 1]).days <= 14
        behind = at == len(dates) - 1 or 0 <= (dates[at + 1] - date).days <= 14
        if near and ahead and behind and date.weekday() < 5:
            found.add(date)
    return found


def _date_sure(draft: Draft, in_order: set[dt.date]) -> float:
    day = draft.place.facts.day
    if day is None or day.date is None:
        return 0.3
    if draft.read_by is not ReadBy.OCR:
        return day.sure
    if day.weekday is not None and day.weekday != day.date.weekday():
        return min(day.sure, _AT_ODDS)
    if day.sure <= ASTRAY:
        return day.sure
    stamped = any(found.date == day.date for cell, _ in draft.place.marks for found in dates_in(cell.text))
    if stamped:
        return max(day.sure, _AGREED)
    if day.weekday is not None:
        return max(day.sure, _USUAL)
    if day.date.weekday() >= 5:
        return min(day.sure, _UNLIKELY)
    return max(day.sure, _IN_ORDER) if day.date in in_order and day.sure > 0.55 else day.sure


def _hours_sure(draft: Draft, usual: Counter[tuple[HalfDay, tuple[Span, ...], Minutes | None]]) -> float:
    facts = draft.place.facts
    if draft.minutes is None:
        return 0.5
    told = Minutes(sum(span.minutes for span in draft.spans)) if draft.spans else None
    ocr = draft.read_by is ReadBy.OCR
    if facts.minutes is not None and told is not None and facts.minutes != told:
        return min(facts.sure, _AT_ODDS if ocr else 0.85)  # a break taken off, or a figure misread
    if not ocr:
        return facts.sure
    if facts.minutes is not None and told is not None:
        return max(facts.sure, _AGREED)
    times = usual[draft.half, draft.spans, draft.minutes]
    alike = sum(count for (half, _, _), count in usual.items() if half is draft.half)
    if told is None and times == 1 and alike >= 4:
        return min(facts.sure, _UNLIKELY)
    return max(facts.sure, _USUAL) if times >= 4 and times >= 0.5 * alike else facts.sure


def _of_another(people: Collection[str], trainees: Collection[Named]) -> bool:
    """Whether the half-days are all one person's, and not of the one whom the sheet is about."""
    if len(people) != 1 or len(trainees) != 1:
        return False
    (only,), (trainee,) = people, trainees
    return trainee.whole and only != "" and not alike(only, trainee.name)


def _odd(draft: Draft, halved: bool) -> float:
    """1, or less for a length that no half-day has, and for a day that no words say among half-days."""
    longest = _LONGEST_DAY if draft.half is HalfDay.DAY else _LONGEST_HALF
    long = draft.minutes is not None and draft.minutes > longest
    facts = draft.place.facts
    unsaid = draft.half is HalfDay.DAY and facts.half is None and len(facts.spans) != 1
    return _AT_ODDS if long or (unsaid and halved) else 1.0


def _session(
    draft: Draft,
    trainee: Named,
    usual: Counter[tuple[HalfDay, tuple[Span, ...], Minutes | None]],
    in_order: set[dt.date],
    often: Counter[str],
) -> Session:
    place = draft.place
    day = place.facts.day
    person = place.facts.person
    named = place.facts.named if person else max(trainee.sure, _AT_ODDS)
    if person and often[person] >= _OFTEN and not place.facts.once:
        named = max(named, _USUAL)
    if draft.read_by is ReadBy.OCR and two(person or trainee.name):
        named = _AT_ODDS
    sure = min(
        named,
        draft.shown.confidence,
        draft.by.confidence,
        _date_sure(draft, in_order),
        _hours_sure(draft, usual),
    )
    return Session(
        trainee=person or trainee.name,
        date=draft.date,
        half_day=draft.half,
        minutes=draft.minutes,
        trainee_mark=draft.shown.mark,
        trainer_mark=draft.by.mark,
        page=place.page,
        box=place.box,
        read_by=draft.read_by,
        confidence=round(sure, 3),
        raw_date=day.raw if day is not None else "",
        weekday=day.weekday if day is not None else None,
        start=draft.spans[0].start if draft.spans else None,
        end=draft.spans[-1].end if draft.spans else None,
        ink=draft.shown.digest,
    )


# ---------------------------------------------------------------- slots


def _summed(pairs: Iterable[tuple[Draft, Session]]) -> Iterator[Session]:
    """Slots of one half-day (H1, H2, …) with the same marks are one session of their summed length."""
    slots: dict[object, list[Session]] = defaultdict(list)
    order: list[Session | object] = []
    for draft, session in pairs:
        if not draft.place.facts.slot:
            order.append(session)
            continue
        key = (session.trainee, session.date, session.half_day, session.trainee_mark, session.trainer_mark)
        if key not in slots:
            order.append(key)
        slots[key].append(session)
    for one in order:
        yield one if isinstance(one, Session) else _one_of(slots[one])


def _once(sessions: Iterable[Session]) -> Iterator[Session]:
    """A half-day that a person has had already is doubted: a row cut in two, a page that came twice."""
    had: set[tuple[str, dt.date | None, HalfDay, dt.time | None]] = set()
    held = list(sessions)
    days = Counter((s.trainee, s.date) for s in held if s.half_day is HalfDay.DAY)
    for session in held:
        if days[session.trainee, session.date] > 1:  # whole days, of which there is one a date
            yield replace(session, confidence=min(session.confidence, _AT_ODDS))
            continue
        key = (session.trainee, session.date, session.half_day, session.start)
        yield replace(session, confidence=min(session.confidence, _AT_ODDS)) if key in had else session
        had.add(key)


def _one_of(held: Sequence[Session]) -> Session:
    known = [session.minutes for session in held if session.minutes is not None]
    starts = [session.start for session in held if session.start is not None]
    ends = [session.end for session in held if session.end is not None]
    return replace(
        held[0],
        minutes=Minutes(sum(known)) if len(known) == len(held) else None,
        start=min(starts, default=None),
        end=max(ends, default=None),
        confidence=min(session.confidence for session in held),
    )
