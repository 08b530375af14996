"""What is known when one claim is decided: the request, the claim, its pieces, what lies around it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dossier.reading import PageState, Part, Session, Status
from dossier.requests import Claim, Request


@dataclass(frozen=True, slots=True)
class Piece:
    """A part that serves this claim, and the file it stands in."""

    file: str
    sha256: str
    part: Part


@dataclass(frozen=True, slots=True)
class Unread:
    """A file or a page that should carry a piece and could not be read."""

    file: str
    page: int | None
    state: PageState | Status
    reason: str


@dataclass(frozen=True, slots=True)
class OtherSession:
    """A signed half-day of the same trainee, read in another request's pieces."""

    request: str
    file: str
    session: Session


@dataclass(frozen=True, slots=True)
class OtherSheet:
    """A sheet of the same trainee's other request on which no half-day could be read.

    ``start`` and ``end`` are that request's training.
    """

    request: str
    file: str
    start: dt.date
    end: dt.date


@dataclass(frozen=True, slots=True)
class OtherInvoice:
    """An invoice of the same supplier and number seen elsewhere. ``paid``: its claim was paid."""

    request: str
    claim: str | None
    supplier_siren: str
    number: str
    paid: bool


@dataclass(frozen=True, slots=True)
class OtherUse:
    """A file or part with the same bytes or the same content, filed for another request."""

    request: str
    file: str
    of: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What other dossiers say that bears on this claim. ``paid``: claims whose payment was released.

    ``renewed`` is the request whose contract this one renews, None where there is none or none is known.
    """

    sessions: tuple[OtherSession, ...] = ()
    unread_sheets: tuple[OtherSheet, ...] = ()
    invoices: tuple[OtherInvoice, ...] = ()
    uses: tuple[OtherUse, ...] = ()
    paid: frozenset[str] = frozenset()
    renewed: Request | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """The facts of one claim on the day of the run. ``as_of`` is that day; nothing here asks a clock."""

    request: Request
    claim: Claim
    pieces: tuple[Piece, ...]
    unread: tuple[Unread, ...]
    surroundings: Surroundings
    as_of: dt.date
