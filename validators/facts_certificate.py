"""What the certificates of a claim say of the hours done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise

from dossier.case import Piece
from dossier.decision import Evidence
from dossier.kinds import Kind
from dossier.quantities import Minutes
from dossier.requests import Period, Trainee
from validators.facts_pieces import Pieces, Read, date, hours, text, value
from validators.names import same_full_name, same_person
from validators.printed import by_eye, prints_person


@dataclass(frozen=True, slots=True)
class Certificates:
    """The certificates that bear on the claim's period, the trainee's own where there are some.

    ``minutes`` are the hours done by them together, None where none says so; ``least`` and ``most`` what they
    can be when it is doubtful whether hours paid before are among them. ``unsettled`` where two of them cover
    the same days with different hours. ``first`` and ``last`` are the days they name.
    """

    pieces: tuple[Piece, ...]
    minutes: Minutes | None
    least: Minutes
    most: Minutes
    evidence: tuple[Evidence, ...]
    confidence: float
    unsettled: bool
    first: Read[dt.date] | None
    last: Read[dt.date] | None


def names_trainee(piece: Piece, trainee: Trainee) -> bool | None:
    """Whether the piece names the trainee; None where it names nobody that could be read.

    Where it names nobody it may still print the trainee's whole name, and so where it names another: but then
    what a proof of hours says may be the other's.
    """
    if piece.part.names:
        return any(same_full_name(name, trainee.last_name, trainee.first_name) for name in piece.part.names)
    told = _named(piece, trainee)
    others = told is False and piece.part.kind in PROOFS
    if told or others or by_eye(piece, "trainee_last_name", "trainee_first_name"):
        return told
    return True if prints_person(piece, trainee) else told


PROOFS = frozenset({Kind.CERTIFICATE, Kind.DISTANCE_EVIDENCE})
"""Pieces whose hours are those of whom they name."""


def _named(piece: Piece, trainee: Trainee) -> bool | None:
    last, first = value(text(piece, "trainee_last_name")), value(text(piece, "trainee_first_name"))
    if not last:
        return None
    return same_person(last, first or "", trainee.last_name, trainee.first_name)


def period_of(piece: Piece) -> tuple[dt.date | None, dt.date | None]:
    return value(date(piece, "start_date")), value(date(piece, "end_date"))


def touches(piece: Piece, period: Period) -> bool:
    """Whether the piece's days meet the period; a piece that names no days does."""
    start, end = period_of(piece)
    return (start is None or start <= period.end) and (end is None or end >= period.start)


def disjoint(pieces: tuple[Piece, ...]) -> bool:
    """Each piece's days are read and no two pieces share a day."""
    days = [(start, end) for start, end in map(period_of, pieces) if start and end]
    if len(days) < len(pieces):
        return False
    days.sort()
    return all(before[1] < after[0] for before, after in pairwise(days))


def certificates_of(
    pieces: Pieces, trainee: Trainee, period: Period, already: Minutes, threshold: float
) -> Certificates:
    """``already``: hours paid on earlier claims, taken off a certificate that began before this claim's
    period. A start read below ``threshold``, or not at all, leaves both possible.
    """
    found = pieces.of(Kind.CERTIFICATE)
    own = tuple(piece for piece in found if names_trainee(piece, trainee))
    kept = own or found
    bearing = tuple(piece for piece in kept if touches(piece, period)) or kept
    said = [(piece, read) for piece in bearing if (read := hours(piece, "hours")) and read.value is not None]
    values = [read.value for _, read in said if read.value is not None]
    unsettled = False
    if not values:
        minutes = None
    elif len(set(values)) == 1 and not (len(values) > 1 and disjoint(tuple(p for p, _ in said))):
        minutes = values[0]
    elif disjoint(tuple(piece for piece, _ in said)):
        minutes = Minutes(sum(values))
    else:
        minutes, unsettled = Minutes(min(values)), True
    firsts = [day for piece in bearing if (day := date(piece, "start_date")) and day.value]
    lasts = [day for piece in bearing if (day := date(piece, "end_date")) and day.value]
    first = min(firsts, key=lambda read: read.value or dt.date.max, default=None)
    raw = minutes or Minutes(0)
    rest = Minutes(max(0, raw - already))
    if minutes is not None and already and first and first.value and first.value < period.start:
        minutes = rest
    open_start = already > 0 and (first is None or first.confidence < threshold)
    evidence = tuple(read.evidence for _, read in said)
    return Certificates(
        pieces=bearing,
        minutes=minutes,
        least=rest if open_start else minutes or Minutes(0),
        most=raw if open_start else minutes or Minutes(0),
        evidence=(*evidence, first.evidence) if open_start and first is not None else evidence,
        confidence=min((read.confidence for _, read in said), default=0.0),
        unsettled=unsettled,
        first=first,
        last=max(lasts, key=lambda read: read.value or dt.date.min, default=None),
    )
