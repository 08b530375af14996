"""What was read: values with their evidence, attendance sessions, parts, documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from dossier.kinds import Kind
from dossier.quantities import Minutes

Value = str | bool | Decimal | dt.date | Minutes
"""The value of a field, of the Python type that `dossier.kinds.FIELDS` gives for its name."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in fractions of the page, from the top left of the upright page."""

    x0: float
    y0: float
    x1: float
    y1: float


WHOLE_PAGE = Box(0.0, 0.0, 1.0, 1.0)


class ReadBy(StrEnum):
    """How a value came off the page."""

    TEXT = "text"
    OCR = "ocr"
    XML = "xml"


@dataclass(frozen=True, slots=True)
class Field:
    """One value read, with where and how surely.

    ``value`` is None where the label stands but the value could not be read. ``note`` says in a few English
    words what made the confidence what it is ("31/02 is no date", "net + VAT = gross").
    """

    value: Value | None
    raw: str
    page: int
    box: Box
    read_by: ReadBy
    confidence: float
    note: str = ""


class HalfDay(StrEnum):
    AM = "am"
    PM = "pm"
    DAY = "day"


class Mark(StrEnum):
    """What a signature cell shows."""

    SIGNED = "signed"
    BLANK = "blank"
    ABSENT = "absent"
    CROSSED = "crossed"
    DASH = "dash"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Session:
    """One person's half-day (or day) as printed on an attendance sheet, blank ones too.

    ``date`` is None when a date stands there that no calendar has or that could not be read; ``raw_date``
    keeps what was. ``weekday`` is the weekday printed beside the date, 0 for Monday. ``ink`` is a short
    perceptual digest of the trainee's hand signature on an image page; empty in electronic sheets.
    """

    trainee: str
    date: dt.date | None
    half_day: HalfDay
    minutes: Minutes | None
    trainee_mark: Mark
    trainer_mark: Mark
    page: int
    box: Box
    read_by: ReadBy
    confidence: float
    raw_date: str = ""
    weekday: int | None = None
    start: dt.time | None = None
    end: dt.time | None = None
    ink: str = ""

    @property
    def trainee_signed(self) -> bool:
        return self.trainee_mark is Mark.SIGNED

    @property
    def trainer_signed(self) -> bool:
        return self.trainer_mark is Mark.SIGNED


@dataclass(frozen=True, slots=True)
class Part:
    """One document inside a file: the pages it covers (from 1, in reading order), its kind and what it says.

    ``names`` are all people whom the part names as trainees, when it names more than one. ``disagreements``
    holds what an embedded e-invoice says otherwise than the visible page. ``fingerprint`` is a digest of the
    words read, the same for the same content filed twice in different bytes. ``altered``: the PDF was changed
    after it was signed electronically. ``texts`` are the words of each page, by its number, a cell or
    paragraph a line: where an agreed name is looked for that no field gives.
    """

    pages: tuple[int, ...]
    kind: Kind
    confidence: float
    fields: Mapping[str, Field]
    sessions: tuple[Session, ...] = ()
    names: tuple[str, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    fingerprint: str = ""
    altered: bool = False
    texts: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An embedded e-invoice and the visible page that say different things of one field."""

    name: str
    on_page: str
    in_xml: str


class PageState(StrEnum):
    """What became of a page."""

    READ = "read"
    BLANK = "blank"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class PageAccount:
    """One page of a file: that it came in and what became of it. Each page of each file has exactly one.

    ``read_by`` is None where nothing was read; ``width`` and ``height`` are those of the upright page, in
    points; ``turned`` by how many degrees clockwise it had to be turned.
    """

    number: int
    state: PageState
    read_by: ReadBy | None
    width: int
    height: int
    turned: int = 0
    note: str = ""


class Status(StrEnum):
    READ = "read"
    REFUSED = "refused"
    DUPLICATE = "duplicate"


class Refusal(StrEnum):
    """Why a file was refused; the first word of a document's reason."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_PAGES = "too_many_pages"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    NOT_A_DOCUMENT = "not_a_document"
    HOSTILE = "hostile"
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out_of_memory"
    CRASHED = "crashed"


@dataclass(frozen=True, slots=True)
class Document:
    """One file as it came, or a member of an archive or mail (``archive.zip!member.pdf``)."""

    file: str
    sha256: str
    pages: int
    status: Status
    reason: str | None = None
    parts: tuple[Part, ...] = ()
    accounts: tuple[PageAccount, ...] = field(default=())
