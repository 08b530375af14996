"""The pieces of a case: by kind, in an order that does not depend on how they came, with typed values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar, cast

from dossier.case import Case, Piece
from dossier.decision import Evidence
from dossier.kinds import Kind
from dossier.quantities import Minutes
from dossier.reading import WHOLE_PAGE, Field, HalfDay, Session

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Read(Generic[T_co]):
    """A value as read, with its evidence. ``value`` is None where something stands there and can't be
    read.
    """

    value: T_co | None
    evidence: Evidence

    @property
    def confidence(self) -> float:
        return self.evidence.confidence


def evidence_of(piece: Piece, field: Field) -> Evidence:
    return Evidence(piece.file, field.page, field.box, field.raw or str(field.value or ""), field.confidence)


def evidence_of_piece(piece: Piece) -> Evidence:
    """The piece as a whole: its first page. The confidence is that of its kind."""
    return Evidence(piece.file, piece.part.pages[0], WHOLE_PAGE, "", piece.part.confidence)


HALF_DAYS = {HalfDay.AM: "matin", HalfDay.PM: "après-midi", HalfDay.DAY: "journée"}


def evidence_of_session(piece: Piece, session: Session) -> Evidence:
    text = " ".join(filter(None, [session.raw_date or str(session.date or ""), HALF_DAYS[session.half_day]]))
    return Evidence(piece.file, session.page, session.box, text, session.confidence)


def read(piece: Piece, name: str) -> Read[object] | None:
    field = piece.part.fields.get(name)
    return None if field is None else Read(field.value, evidence_of(piece, field))


def text(piece: Piece, name: str) -> Read[str] | None:
    return cast("Read[str] | None", read(piece, name))


def date(piece: Piece, name: str) -> Read[dt.date] | None:
    return cast("Read[dt.date] | None", read(piece, name))


def hours(piece: Piece, name: str) -> Read[Minutes] | None:
    return cast("Read[Minutes] | None", read(piece, name))


def amount(piece: Piece, name: str) -> Read[Decimal] | None:
    return cast("Read[Decimal] | None", read(piece, name))


def flag(piece: Piece, name: str) -> Read[bool] | None:
    return cast("Read[bool] | None", read(piece, name))


def value(found: Read[T] | None) -> T | None:
    return None if found is None else found.value


def evidences(*found: Read[object] | Read[str] | None) -> tuple[Evidence, ...]:
    return tuple(one.evidence for one in found if one is not None)


@dataclass(frozen=True, slots=True)
class Pieces:
    """All pieces, each once: the same content filed twice is one piece."""

    all: tuple[Piece, ...]

    def of(self, *kinds: Kind) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.all if piece.part.kind in kinds)

    def has(self, *kinds: Kind) -> bool:
        return any(piece.part.kind in kinds for piece in self.all)


def once(pieces: Iterable[Piece]) -> Iterable[Piece]:
    """Pieces without those whose content came before. A part without a fingerprint is told by its file's
    bytes.
    """
    seen = set()
    for piece in pieces:
        part = piece.part
        mark = (part.kind, part.fingerprint) if part.fingerprint else (piece.sha256, part.pages, part.kind)
        if mark not in seen:
            seen.add(mark)
            yield piece


def pieces_of(case: Case) -> Pieces:
    ordered = sorted(case.pieces, key=lambda piece: (piece.file, piece.part.pages, piece.part.kind))
    return Pieces(tuple(once(ordered)))


KIND_NAMES: dict[Kind, str] = {
    Kind.CERTIFICATE: "le certificat de réalisation",
    Kind.ATTENDANCE_SHEET: "la feuille d’émargement",
    Kind.INVOICE: "la facture",
    Kind.CERFA: "le CERFA du contrat de professionnalisation",
    Kind.TRAINING_AGREEMENT: "la convention de formation",
    Kind.MISSION_CONTRACT: "le contrat de mission",
    Kind.CIPI_CONTRACT: "le contrat type ou la lettre type",
    Kind.DISABILITY_NOTICE: "l’avis CDAPH ou la RQTH",
    Kind.DISTANCE_EVIDENCE: "le relevé d’assiduité à distance",
    Kind.TERMINATION: "l’attestation de rupture",
    Kind.TUTOR_CERTIFICATE: "l’attestation de formation du tuteur",
    Kind.PROGRAMME: "le programme de formation",
    Kind.CALENDAR: "le calendrier de la formation",
    Kind.COMMITMENT_CHARTER: "la charte d’engagement Mission Jeunes",
    Kind.PARTIES_COMMITMENT: "l’engagement des parties",
    Kind.AFEST_PROTOCOL: "le protocole AFEST",
    Kind.CERTIFICATION_RECORD: "le procès-verbal d’évaluation",
    Kind.SITUATION_PROOF: "le justificatif de situation",
    Kind.BANK_DETAILS: "le RIB",
    Kind.OTHER: "un autre document",
}
