"""Half-days of the trainee on the attendance sheets: which count for the claim, and why the others don't."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from dossier.case import Piece
from dossier.decision import Evidence
from dossier.quantities import Minutes
from dossier.reading import HalfDay, Mark, Session
from dossier.requests import Period, Trainee
from validators.facts_pieces import evidence_of_session
from validators.names import person_words, same_full_name


class Why(StrEnum):
    """Why a half-day counts or does not. ``PENDING``: not settled yet."""

    COUNTED = "counted"
    UNSIGNED = "unsigned"
    OUTSIDE_AGREED = "outside_agreed"
    OUTSIDE_CLAIM = "outside_claim"
    AFTER_TERMINATION = "after_termination"
    REPEATED = "repeated"
    NO_DATE = "no_date"


@dataclass(frozen=True, slots=True)
class Half:
    """One half-day of the trainee. ``minutes`` is None where no duration could be read.

    ``sure``: its date, duration and signature were read surely enough to decide.
    """

    piece: Piece
    session: Session
    minutes: Minutes | None
    sure: bool
    why: Why = Why.COUNTED

    @property
    def evidence(self) -> Evidence:
        return evidence_of_session(self.piece, self.session)

    @property
    def counts(self) -> bool:
        return self.why is Why.COUNTED


@dataclass(frozen=True, slots=True)
class Window:
    """The days in which a half-day may lie: the agreed period shifted as allowed, and the claim's own
    period.
    """

    agreed: Period
    claim: Period
    terminated_on: dt.date | None

    def why(self, day: dt.date) -> Why:
        if not self.agreed.start <= day <= self.agreed.end:
            return Why.OUTSIDE_AGREED
        if not self.claim.start <= day <= self.claim.end:
            return Why.OUTSIDE_CLAIM
        if self.terminated_on is not None and day > self.terminated_on:
            return Why.AFTER_TERMINATION
        return Why.COUNTED


def is_exactly(name: str, trainee: Trainee) -> bool:
    return sorted(person_words(name)) == sorted(person_words(f"{trainee.last_name} {trainee.first_name}"))


def rows_of(sheet: Piece, trainee: Trainee) -> tuple[list[Session], bool]:
    """The trainee's rows on one sheet, and whether two people there could both be meant.

    Beside a row with the very name, a name that is merely alike on the same page and half-day is a
    colleague's.
    """
    names = dict.fromkeys(session.trainee for session in sheet.part.sessions)
    alike = [name for name in names if same_full_name(name, trainee.last_name, trainee.first_name)]
    exact = [name for name in alike if is_exactly(name, trainee)]
    cells = {name: {cell(s) for s in sheet.part.sessions if s.trainee == name} for name in alike}
    taken = set().union(*(cells[name] for name in exact)) if exact else set()
    meant = list(exact)
    ambiguous = False
    for name in alike:
        if name in exact:
            continue
        if cells[name] & taken:
            ambiguous = ambiguous or not exact
            continue
        taken |= cells[name]
        meant.append(name)
    return [session for session in sheet.part.sessions if session.trainee in meant], ambiguous


def unnamed_of(sheet: Piece, rows: Iterable[Session]) -> list[Session]:
    """Half-days of nobody on a sheet with ``rows`` of the trainee, at times when they have none: perhaps
    theirs, their name unread.
    """
    own = list(rows)
    had = {(one.date, one.half_day) for one in own}
    days = {one.date for one in own if one.half_day is HalfDay.DAY}
    return [
        replace(one, trainee_mark=Mark.UNKNOWN)
        for one in sheet.part.sessions
        if own and not one.trainee and (one.date, one.half_day) not in had and one.date not in days
    ]


def cell(session: Session) -> tuple[int, dt.date | None, HalfDay, dt.time | None]:
    return session.page, session.date, session.half_day, session.start


def minutes_of(session: Session) -> Minutes | None:
    """The duration printed; else the time between the hours printed."""
    if session.minutes is not None:
        return session.minutes
    if session.start is None or session.end is None or session.end <= session.start:
        return None
    return Minutes((session.end.hour - session.start.hour) * 60 + session.end.minute - session.start.minute)


FAR = dt.timedelta(days=366)
"""A session farther than this from the agreed training has more likely a year misread than been held then."""


def halves_of(
    sheet: Piece, rows: Iterable[Session], threshold: float, agreed: Period | None = None
) -> list[Half]:
    """``agreed`` is the training's own period: a date a year and more away from it is doubted."""
    halves = []
    for session in rows:
        if agreed is not None and session.date is not None and far_from(session.date, agreed):
            session = replace(session, confidence=min(session.confidence, threshold - 0.2))
        sure = (
            session.confidence >= threshold
            and session.trainee_mark is not Mark.UNKNOWN
            and session.date is not None
        )
        halves.append(Half(sheet, session, minutes_of(session), sure))
    return halves


def far_from(day: dt.date, agreed: Period) -> bool:
    return day < agreed.start - FAR or day > agreed.end + FAR


def same_slot(a: Half, b: Half) -> bool:
    """The same half-day of the same day, unless one sheet prints two times of day that do not meet."""
    one, two = a.session, b.session
    if one.date is None or one.date != two.date:
        return False
    if one.half_day is not two.half_day and HalfDay.DAY not in (one.half_day, two.half_day):
        return False
    if a.piece is b.piece and one.start and one.end and two.start and two.end:
        return one.start < two.end and two.start < one.end
    return True


BEST_FIRST = {Mark.SIGNED: 0, Mark.UNKNOWN: 1, Mark.BLANK: 2, Mark.DASH: 3, Mark.CROSSED: 4, Mark.ABSENT: 5}


def rank(half: Half) -> tuple[object, ...]:
    """Among copies of one half-day: the signed one, by both, the surely read, the shorter."""
    session = half.session
    return (
        BEST_FIRST[session.trainee_mark],
        BEST_FIRST[session.trainer_mark],
        not half.sure,
        session.half_day is HalfDay.DAY,
        half.minutes if half.minutes is not None else 24 * 60,
        half.piece.file,
        session.page,
        session.box.y0,
        session.box.x0,
    )


def settled(halves: list[Half], window: Window) -> tuple[Half, ...]:
    """Each half-day with why it counts or not, in the order of the days. A half-day on two sheets counts
    once. Signed twice on one sheet and doubted, it may be of another day, whose date was not read.
    """
    kept: list[Half] = []
    out: list[Half] = []
    for half in sorted(halves, key=rank):
        session = half.session
        same = [other for other in kept if same_slot(half, other)]
        if same:
            misread = any(of_another_row(half, other) for other in same)
            out.append(with_why(half, Why.NO_DATE if misread else Why.REPEATED))
            continue
        kept.append(half)
        if session.date is None:
            why = Why.UNSIGNED if half_unsigned(half) else Why.NO_DATE
        else:
            why = window.why(session.date)
            if why is Why.COUNTED and not session.trainee_signed:
                why = Why.UNSIGNED
        out.append(with_why(half, why))
    return tuple(sorted(out, key=in_time))


def of_another_row(half: Half, other: Half) -> bool:
    """Whether a doubted half-day is signed on the sheet where its double is, in a row of its own."""
    one, two = half.session, other.session
    if half.sure or not one.trainee_signed or half.piece is not other.piece:
        return False
    return one.page != two.page or one.box.y0 >= two.box.y1 or two.box.y0 >= one.box.y1


def half_unsigned(half: Half) -> bool:
    return not half.session.trainee_signed and half.session.trainee_mark is not Mark.UNKNOWN


def with_why(half: Half, why: Why) -> Half:
    return Half(half.piece, half.session, half.minutes, half.sure, why)


def in_time(half: Half) -> tuple[object, ...]:
    session = half.session
    order = (HalfDay.AM, HalfDay.DAY, HalfDay.PM).index(session.half_day)
    return session.date or dt.date.max, order, half.piece.file, session.page, session.box.y0


def contradictions(halves: Iterable[Half]) -> list[Half]:
    """Half-days said signed on one sheet and absent or crossed out on another."""
    by_slot: dict[tuple[dt.date, HalfDay], list[Half]] = {}
    for half in halves:
        if half.session.date is not None:
            by_slot.setdefault((half.session.date, half.session.half_day), []).append(half)
    return [
        half
        for same in by_slot.values()
        if {Mark.SIGNED} < {h.session.trainee_mark for h in same}
        and any(h.session.trainee_mark in (Mark.ABSENT, Mark.CROSSED) for h in same)
        for half in same
        if half.session.trainee_mark in (Mark.ABSENT, Mark.CROSSED)
    ]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Minutes by the best reading, and what they can be at least and at most given doubtful readings."""

    best: Minutes
    low: Minutes
    high: Minutes


def bounds_of(halves: Iterable[Half], ceiling: Minutes) -> Bounds:
    """``ceiling`` stands for the duration of a signed half-day that could not be read at all."""
    best = low = high = 0
    for half in halves:
        if half.why is Why.COUNTED:
            best += half.minutes or 0
            low += half.minutes if half.sure and half.minutes is not None else 0
            high += half.minutes if half.minutes is not None else ceiling
        elif half.why is Why.NO_DATE or (half.why is not Why.REPEATED and not half.sure):
            high += half.minutes if half.minutes is not None else ceiling
    return Bounds(Minutes(best), Minutes(low), Minutes(high))
