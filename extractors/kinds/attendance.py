"""The attendance sheet (feuille d'émargement): who was there, on which half-day, how long, who signed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dossier.quantities import Minutes
from dossier.reading import Box, Mark, ReadBy, Session
from extractors import seek
from extractors.bands import recut
from extractors.candidate import NEAR, Candidate, Reading, candidate
from extractors.grid import tables
from extractors.kinds import attendance_words as words
from extractors.kinds.attendance_again import reread
from extractors.kinds.attendance_bands import under_bands
from extractors.kinds.attendance_below import below
from extractors.kinds.attendance_beside import apart
from extractors.kinds.attendance_facts import Facts, Place
from extractors.kinds.attendance_fields import Questions
from extractors.kinds.attendance_laid import Laid
from extractors.kinds.attendance_layout import Layout
from extractors.kinds.attendance_legend import Legend, legend_of
from extractors.kinds.attendance_lost import recovered
from extractors.kinds.attendance_marks import Sheet, seen
from extractors.kinds.attendance_mended import mended
from extractors.kinds.attendance_names import spellings
from extractors.kinds.attendance_own_day import again, day_over
from extractors.kinds.attendance_page import Around, around
from extractors.kinds.attendance_pairs import paired
from extractors.kinds.attendance_sessions import sessions_of
from extractors.kinds.attendance_shaded import unshaded
from extractors.kinds.attendance_split import split
from extractors.kinds.attendance_told import told
from extractors.kinds.attendance_turned import turned
from extractors.kinds.attendance_words import Day, Role
from extractors.leaf import Leaf
from extractors.page import Page
from extractors.table import Cell, Table, without_margins

_SIGNING = re.compile(
    r"\b(?:signatures?|signee?s?|emarg\w+|visas?|paraphes?|presences?|presente?s?|absen(?:te?s?|ces?)"
    r"|format(?:eur|rice)s?|intervenante?s?|animat(?:eur|rice)s?)\b"
)
_PRESENCE = re.compile(
    r"\b(?:attestations?|certificats?)\s(?:\w+\s){0,3}?(?:d['’]\s?)?(?:presences?|assiduite)\b"
)
_NAMED_TRAINER = 0.85
"""How sure a trainer is whom the table names where they sign."""

_FEW = 3
"""Places to sign from which a table is one of half-days."""
_RESPELLED = 0.85
"""How sure a half-day is at most whose person was spelled otherwise where it stands."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """One page of the part: its tables read, and what stands around them."""

    sheet: Sheet
    around: Around
    totals: tuple[Candidate, ...]
    trainers: tuple[Candidate, ...]


def read(leaves: seek.Leaves) -> Reading:
    """Fields of `dossier.kinds.FIELDS` for attendance sheets; a session for each half-day printed."""
    opened = list(_opened(leaves))
    marks = seen([page.sheet for page in opened])
    ask = Questions(leaves, [page.sheet.signed for page in opened])
    trainees = ask.trainees()
    under = below([page.sheet for page in opened])
    sessions = sessions_of([(page.sheet, page.around) for page in opened], marks, under, trainees)
    sessions = unshaded(leaves, [session for session in sessions if not _idle(session)])
    if any(leaf.ocr for leaf in leaves):
        spelled = spellings(session.trainee for session in sessions)
        sessions = tuple(_spelled(session, spelled) for session in sessions)
    trainers = [one for page in opened for one in (*page.trainers, *_signing(page.sheet))]
    totals = [one for page in opened for one in page.totals]
    names = tuple(dict.fromkeys(session.trainee for session in sessions))
    fields = ask.fields(trainers, totals, _sums(sessions), names)
    return Reading(fields, names, sessions)


def is_signed_daily(leaf: Leaf) -> bool:
    """Whether an attestation of presence is a sheet: its table has places to sign on several days."""
    if not _PRESENCE.search(leaf.folded) or not _SIGNING.search(leaf.folded):
        return False
    days = {place.facts.day.date for place in _signed_for([leaf]) if place.facts.day is not None}
    return len(days) >= _FEW


def _signed_for(leaves: seek.Leaves) -> list[Place]:
    places = [place for page in _opened(leaves) for place in page.sheet.places]
    return [place for place in places if place.facts.role is not Role.TRAINER]


def is_signed(leaf: Leaf) -> bool:
    """Whether a page that no title names has tables in which people sign for their half-days."""
    if not _SIGNING.search(leaf.folded):
        return False
    places = [place for page in _opened([leaf]) for place in page.sheet.places if place.facts.day is not None]
    trainees = [place for place in places if place.facts.role is not Role.TRAINER]
    return len(trainees) >= _FEW or (len(trainees) >= 1 and len(trainees) < len(places))


def _spelled(session: Session, spelled: Mapping[str, str]) -> Session:
    """The half-day under its person's usual spelling; one read otherwise is less sure."""
    name = spelled.get(session.trainee, session.trainee)
    if name == session.trainee:
        return session
    return replace(session, trainee=name, confidence=min(session.confidence, _RESPELLED))


def _opened(leaves: seek.Leaves) -> Iterator[_Opened]:
    last: Laid | None = None
    carried: Day | None = None
    had: list[Place] = []
    month = None
    for leaf in leaves:
        found = tuple(under_bands(leaf.page, [split(without_margins(table)) for table in tables(leaf.page)]))
        found = tuple(apart(leaf, found))
        if not leaf.ocr and len(found) > 1:
            found = tuple(
                table for table in found if table.ruled or _signed_in(leaf.page, table, last, month)
            )
        context = around(leaf, found, month)
        month = context.month
        legend = legend_of(leaf, found, month)
        kept: list[Table] = []
        places: list[Place] = []
        signed: list[Box] = []
        totals: list[Candidate] = []
        trainers: list[Candidate] = []
        day = carried
        head = Facts()
        for number, (table, own) in enumerate(zip(found, context.above, strict=True)):
            at = (leaf.page.number, number)
            if last is not None and _goes_on(leaf.page, table, last):
                table = recut(leaf.page, table, last.edges)
            elif last is not None and table.ruled and leaf.ocr and last.page != leaf.page.number:
                table = recovered(table, last.edges)
            table = reread(leaf, turned(leaf, table), month)
            half_day = told(table, month)
            if half_day is not None:
                head = half_day.under(own)
                continue
            facts = _under(own, table, last, leaf).under(head).under(Facts(day=day))
            laid = _laid(table, at, facts, context, last, legend)
            if own.day is None and head.day is None and _without_day(laid, facts, had):
                facts = replace(facts, day=day_over(leaf, table, found, month))
                undated = replace(last, banner=replace(last.banner, day=None)) if last is not None else None
                laid = _laid(table, at, facts, context, undated, legend)
            day = facts.day
            totals.extend(_summed(leaf, cell, minutes) for cell, minutes in laid.totals)
            dated = [place for place in laid.places if place.facts.day is not None]
            dated = mended(dated) if leaf.ocr else dated
            dayless = [place for place in laid.places if table.ruled and _of_some_day(place)]
            if not dated and len(dayless) > 1:
                kept.append(table)
                places.extend(dayless)
            if dated:
                last = laid
                kept.append(table)
                signed.append(laid.signed)
                places.extend(dated)
                had.extend(dated)
                carried = facts.day
                trainers.extend(_in_table(leaf, cell, name) for cell, name in laid.trainers)
        yield _Opened(
            Sheet(leaf, tuple(kept), tuple(places), tuple(signed)), context, tuple(totals), tuple(trainers)
        )


def _laid(
    table: Table, at: tuple[int, int], facts: Facts, context: Around, last: Laid | None, legend: Legend
) -> Laid:
    return (
        paired(table, at, facts, context.month)
        or Layout(table, at, facts, context.month, last, context.monday, legend).read()
    )


def _without_day(laid: Laid, facts: Facts, had: Sequence[Place]) -> bool:
    """Whether a table without a day above it lost its heading: it would be of the same half-days again."""
    if facts.day is None and all(place.facts.day is None for place in laid.places):
        return any(map(_of_some_day, laid.places))
    return again(laid.places, had)


def _of_some_day(place: Place) -> bool:
    """Whether a trainee signs here for a half-day whose date was not read."""
    facts = place.facts
    timed = facts.half is not None or bool(facts.spans) or facts.minutes is not None
    return timed and facts.day is None and facts.role is not Role.TRAINER


def _idle(session: Session) -> bool:
    """No day is read there and nobody signed: the table need not be one of half-days at all."""
    return session.date is None and not session.raw_date and session.trainee_mark is not Mark.SIGNED


def _under(facts: Facts, table: Table, last: Laid | None, leaf: Leaf) -> Facts:
    """What holds for a table: for a row of boxes of its own, what the banner before it said, too."""
    said = {cell.row for cell in table.cells if cell.words}
    if facts.day is not None or last is None or len(said) > 1 or last.page != leaf.page.number:
        return facts
    over = last.banner
    held = {(place.facts.day, place.facts.half, place.facts.spans) for place in last.places}
    if over.day is None and len(held) == 1:  # the row of boxes before it, all of one half-day
        day, half, spans = held.pop()
        over = Facts(day=day, half=half, spans=spans)
    return facts.under(replace(over, person="", role=None))


def _signed_in(page: Page, table: Table, last: Laid | None, month: tuple[int, int] | None) -> bool:
    """Whether lines that stand like a table hold places to sign; else they say what stands around tables."""
    if last is not None and _goes_on(page, table, last):
        table = recut(page, table, last.edges)
    return bool(Layout(table, (0, 0), Facts(), month, last).read().places)


def _in_table(leaf: Leaf, cell: Cell, name: str) -> Candidate:
    """A trainer's name in a table; labels outside it come first."""
    passage = leaf.view.passage(cell.words)
    at = max(0, passage.text.find(name))
    return candidate(name, passage, at, at + len(name), NEAR, "", 2)


def _signing(sheet: Sheet) -> Iterator[Candidate]:
    """The trainer whom a place to sign names."""
    for place in sheet.places:
        facts = place.facts
        if facts.role is Role.TRAINER and " " in facts.person:
            read_by, sure = sheet.leaf.page.read_by, min(_NAMED_TRAINER, facts.named)
            yield Candidate(facts.person, facts.person, place.page, place.box, read_by, sure, standing=2)


def _summed(leaf: Leaf, cell: Cell, minutes: Minutes) -> Candidate:
    """A total in the last row of a table."""
    passage = leaf.view.passage(cell.words)
    return candidate(minutes, passage, 0, len(passage.text), NEAR, "", 1)


def _sums(sessions: Sequence[Session]) -> frozenset[Minutes]:
    """The hours of each person's half-days, signed or not."""
    held: dict[str, int] = defaultdict(int)
    for session in sessions:
        held[session.trainee] += session.minutes or 0
    return frozenset(Minutes(minutes) for minutes in held.values())


def _goes_on(page: Page, table: Table, last: Laid) -> bool:
    """Whether an unruled table has the extent of the one before it, and no headings of its own.

    Rules that the one before it has are lost on pages of pixels alone.
    """
    if table.ruled or (last.ruled and page.read_by is not ReadBy.OCR):
        return False
    rows = range(min(table.rows, _FEW))
    most = max(_headings([words.column_of(cell.text) for cell in table.row(row)]) for row in rows)
    shared = min(table.box.x1, last.edges[-1]) - max(table.box.x0, last.edges[0])
    alike = shared > 0.8 * max(table.box.x1 - table.box.x0, last.edges[-1] - last.edges[0])
    return alike and most < 2


def _headings(columns: Sequence[words.Column | None]) -> int:
    return sum(column is not None for column in columns)
