"""A claim's pieces as the page shows them: pages with boxes, values with their place, half-days."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

from desk.acts import ClaimFile, CorrectionShown, Shelved
from desk.web.field_titles import CHOICES, HALF_DAYS, MARKS, choice, field_title
from dossier.json_form import value_json
from dossier.kinds import FIELDS, Kind, Type
from dossier.quantities import Minutes, hours_text
from dossier.reading import Box, Document, Field, Part, Session, Value
from publishing.privacy import masked
from publishing.wording import KINDS, duration, euros, readable, refusal_text, short_date
from records.keys import words_of

SURE, FAIR = 0.9, 0.6
_A4 = (595, 842)


@dataclass(frozen=True, slots=True)
class Marked:
    """A box on a page, and the value that it leads to and comes from."""

    anchor: str
    label: str
    sureness: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class PageShown:
    document: int
    number: int
    width: int
    height: int
    note: str
    marks: tuple[Marked, ...]

    @property
    def anchor(self) -> str:
        return f"p-{self.document}-{self.number}"


@dataclass(frozen=True, slots=True)
class ValueShown:
    """One value: as it counts, and as it was read where a person corrected it."""

    anchor: str
    name: str
    title: str
    text: str
    typed: str  # as the form takes it back
    type: str
    page: int
    page_anchor: str
    sureness: str
    percent: int
    raw: str
    correction: CorrectionShown | None
    was: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class HalfDayShown:
    anchor: str
    number: int
    trainee: str
    date: str
    date_typed: str
    half_day: str
    half_day_value: str
    hours: str
    hours_typed: str
    trainee_mark: str
    trainer_mark: str
    proven: bool
    page_anchor: str
    sureness: str
    correction: CorrectionShown | None


@dataclass(frozen=True, slots=True)
class PartShown:
    anchor: str
    sha256: str
    number: int
    file: str
    kind: Kind
    title: str
    pages: tuple[int, ...]
    page_anchor: str
    sureness: str
    percent: int
    values: tuple[ValueShown, ...]
    others: tuple[tuple[str, str], ...]  # fields that the kind has and nothing was read of
    half_days: tuple[HalfDayShown, ...]
    half_days_of_others: tuple[HalfDayShown, ...]
    kind_correction: CorrectionShown | None
    pages_correction: CorrectionShown | None
    disagreements: tuple[tuple[str, str, str], ...]
    part: Part


@dataclass(frozen=True, slots=True)
class FileShown:
    document: int
    name: str
    path: str
    refused: str
    pages: tuple[PageShown, ...]
    parts: tuple[PartShown, ...] = field(default=())


def files_shown(claim: ClaimFile) -> tuple[FileShown, ...]:
    """The files of a claim, as they count with what was corrected. Of a group's sheet, others' half-days are
    told apart from the trainee's.
    """
    trainee = frozenset(words_of(claim.request.trainee.last_name))
    made: dict[tuple[str, int, str], CorrectionShown] = {
        (one.sha256, one.part, one.name): one for one in claim.corrections
    }
    return tuple(_file(shelved, made, trainee) for shelved in claim.files)


def files_shown_of_document(document: int, reading: Document) -> FileShown:
    """A file of no claim, as it was read."""
    numbers = tuple(range(1, len(reading.parts) + 1))
    return _file(Shelved(document, reading.file, reading.sha256, reading, reading, numbers), {}, frozenset())


def _file(
    shelved: Shelved, made: dict[tuple[str, int, str], CorrectionShown], trainee: frozenset[str]
) -> FileShown:
    parts = tuple(
        _part(shelved, number, part, made, trainee)
        for number, part in zip(shelved.numbers, shelved.counts.parts, strict=True)
    )
    marks = defaultdict(list)
    for part in parts:
        for page, mark in _marks(part):
            marks[page].append(mark)
    counts = shelved.counts
    accounts = {account.number: account for account in counts.accounts}
    pages = tuple(
        PageShown(
            shelved.document,
            number,
            (accounts[number].width if number in accounts else 0) or _A4[0],
            (accounts[number].height if number in accounts else 0) or _A4[1],
            _STATES.get(accounts[number].state.value, "") if number in accounts else "",
            tuple(marks[number]),
        )
        for number in range(1, counts.pages + 1)
    )
    refused = refusal_text(counts.reason) if counts.status.value == "refused" else ""
    return FileShown(shelved.document, _short(shelved.file), shelved.file, refused, pages, parts)


_STATES = {"blank": "page blanche", "unreadable": "page illisible"}


def _short(path: str) -> str:
    return path.rsplit("/", 1)[-1]


def _part(
    shelved: Shelved,
    number: int,
    part: Part,
    made: dict[tuple[str, int, str], CorrectionShown],
    trainee: frozenset[str],
) -> PartShown:
    anchor = f"d{shelved.document}-{number}"
    types = FIELDS[part.kind]

    def correction(name: str) -> CorrectionShown | None:
        return made.get((shelved.sha256, number, name))

    half_days = tuple(
        _half_day(shelved.document, anchor, place, session, correction(f"sessions.{place}"))
        for place, session in enumerate(part.sessions)
    )
    own = tuple(one for one in half_days if not one.trainee or trainee <= set(words_of(one.trainee)))
    own = own or half_days  # a name that was misread hides nothing
    return PartShown(
        anchor=anchor,
        sha256=shelved.sha256,
        number=number,
        file=_short(shelved.file),
        kind=part.kind,
        title=KINDS[part.kind],
        pages=part.pages,
        page_anchor=f"p-{shelved.document}-{min(part.pages, default=1)}",
        sureness=sureness(part.confidence),
        percent=round(100 * part.confidence),
        values=tuple(
            _value(shelved.document, anchor, name, one, types[name], correction(name))
            for name, one in part.fields.items()
        ),
        others=tuple((name, field_title(name)) for name in types if name not in part.fields),
        half_days=own,
        half_days_of_others=tuple(one for one in half_days if one not in own),
        kind_correction=correction("kind"),
        pages_correction=correction("pages"),
        disagreements=tuple((field_title(d.name), d.on_page, d.in_xml) for d in part.disagreements),
        part=part,
    )


def _value(
    document: int, anchor: str, name: str, read: Field, type_: Type, correction: CorrectionShown | None
) -> ValueShown:
    typed = value_json(read.value, type_)
    return ValueShown(
        anchor=f"{anchor}-{name}",
        name=name,
        title=field_title(name),
        text=choice(name, said(read.value, type_)),
        typed="" if typed is None else str(typed).lower() if type_ is Type.FLAG else str(typed),
        type=type_.value,
        page=read.page,
        page_anchor=f"p-{document}-{read.page}",
        sureness=sureness(read.confidence),
        percent=round(100 * read.confidence),
        raw=masked(" ".join(read.raw.split())),
        correction=correction,
        was=choice(name, masked(_was(correction.read))) if correction else "",
        choices=tuple(CHOICES.get(name, {}).items()),
    )


def _was(read: Any) -> str:
    """What was read, out of its JSON form: a field's whole form or its bare value."""
    value = read.get("value") if isinstance(read, dict) else read
    match value:
        case None | "":
            return "rien"
        case bool():
            return "oui" if value else "non"
        case _:
            return readable(str(value))


def _half_day(
    document: int, anchor: str, place: int, session: Session, correction: CorrectionShown | None
) -> HalfDayShown:
    return HalfDayShown(
        anchor=f"{anchor}-s{place}",
        number=place,
        trainee=session.trainee,
        date=short_date(session.date) if session.date else session.raw_date or "–",
        date_typed=session.date.isoformat() if session.date else "",
        half_day=HALF_DAYS[session.half_day],
        half_day_value=session.half_day.value,
        hours=duration(session.minutes) if session.minutes is not None else "–",
        hours_typed=hours_text(session.minutes) if session.minutes is not None else "",
        trainee_mark=MARKS[session.trainee_mark],
        trainer_mark=MARKS[session.trainer_mark],
        proven=session.trainee_signed and session.trainer_signed,
        page_anchor=f"p-{document}-{session.page}",
        sureness=sureness(session.confidence),
        correction=correction,
    )


def _marks(part: PartShown) -> Iterator[tuple[int, Marked]]:
    for value in part.values:
        read = part.part.fields[value.name]
        yield read.page, _mark(value.anchor, f"{value.title} : {value.text}", value.sureness, read.box)
    for half_day in (*part.half_days, *part.half_days_of_others):
        session = part.part.sessions[half_day.number]
        label = f"{half_day.date}, {half_day.half_day}, {half_day.trainee}"
        yield session.page, _mark(half_day.anchor, label, half_day.sureness, session.box)


_MARGIN = 0.003


def _mark(anchor: str, label: str, sure: str, box: Box) -> Marked:
    """A little wider than what was read, so that the line does not lie over it; thousandths of the page."""
    left, top = max(0.0, min(box.x0, box.x1) - _MARGIN), max(0.0, min(box.y0, box.y1) - _MARGIN)
    right, bottom = min(1.0, max(box.x0, box.x1) + _MARGIN), min(1.0, max(box.y0, box.y1) + _MARGIN)
    sides = (left, top, max(right - left, 0.002), max(bottom - top, 0.002))
    x, y, width, height = (f"{1000 * side:.1f}" for side in sides)
    return Marked(anchor, label, sure, x, y, width, height)


def sureness(confidence: float) -> str:
    """``sure``, ``fair`` or ``doubtful``."""
    return "sure" if confidence >= SURE else "fair" if confidence >= FAIR else "doubtful"


def said(value: Value | None, type_: Type) -> str:
    """A value as French people write it."""
    if value is None:
        return "illisible"
    match type_:
        case Type.FLAG:
            return "oui" if value else "non"
        case Type.DATE:
            return short_date(cast(dt.date, value))
        case Type.HOURS:
            return duration(cast(Minutes, value))
        case Type.AMOUNT:
            return euros(cast(Decimal, value))
        case Type.TEXT:
            return masked(str(value))


def place_of(files: Iterable[FileShown], path: str, page: int) -> str:
    """The anchor of a page named by a finding's evidence, empty where the file is not among these."""
    for one in files:
        if one.path == path and any(shown.number == page for shown in one.pages):
            return f"p-{one.document}-{page}"
    return ""
