"""Candidates for a field's value, and how one of them is settled on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from dossier.reading import Box, Field, ReadBy, Session, Value
from extractors.french.letters import tight
from extractors.view import Passage

LABELLED = 0.98
"""A well-formed value at its label on a trusted text layer."""

NEAR = 0.94
"""A value under its label, or at a label that goes on with unknown words."""

GUESSED = 0.6
"""A value that nothing announces."""

OCR_BEST = 0.97


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible value. ``standing`` ranks what announces it: 0 is best."""

    value: Value | None
    raw: str
    page: int
    box: Box
    read_by: ReadBy
    confidence: float
    note: str = ""
    standing: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What one kind's reader found in a part."""

    fields: Mapping[str, Field]
    names: tuple[str, ...] = ()
    sessions: tuple[Session, ...] = field(default=())


def worn(base: float, read_by: ReadBy, sureness: float) -> float:
    """The confidence of a value whose least sure word has ``sureness``; a text layer keeps ``base``."""
    if read_by is not ReadBy.OCR:
        return base
    return min(OCR_BEST, base) * (0.45 + 0.55 * max(0.0, min(1.0, sureness)))


def candidate(
    value: Value | None,
    passage: Passage,
    start: int,
    end: int,
    base: float,
    note: str = "",
    standing: int = 0,
) -> Candidate:
    """A value read at ``start:end`` of a passage."""
    return Candidate(
        value,
        passage.text[start:end].strip(),
        passage.page,
        passage.box(start, end),
        passage.read_by,
        worn(base, passage.read_by, passage.sureness(start, end)),
        note,
        standing,
    )


def _same(value: Value | None) -> object:
    return tight(value) if isinstance(value, str) else value


def settle(candidates: Iterable[Candidate]) -> Field | None:
    """The best candidate of the best standing. Another value of the same standing makes it doubtful.

    A value found twice gains nothing but its certainty that it stands unopposed.
    """
    held = [c for c in candidates if c.value is not None] or None
    if held is None:
        return None
    top = min(c.standing for c in held)
    peers = [c for c in held if c.standing == top]
    best = max(peers, key=lambda c: c.confidence)
    votes = sum(_same(c.value) == _same(best.value) for c in peers)
    others = [c for c in peers if _same(c.value) != _same(best.value)]
    rivals = [c for c in others if c.confidence > best.confidence - 0.15]
    confidence, note = best.confidence, best.note
    if rivals:
        strongest = max(sum(_same(o.value) == _same(r.value) for o in peers) for r in rivals)
        if votes <= strongest:
            confidence, note = min(confidence, 0.7), joined(note, "another value stands beside it")
        else:
            confidence, note = min(confidence, 0.85), joined(note, "outvotes another value")
    return Field(best.value, best.raw, best.page, best.box, best.read_by, confidence, note)


def unread(candidates: Iterable[Candidate]) -> Field | None:
    """The field of a label whose value could not be read: value None, with its place and note."""
    for c in candidates:
        if c.value is None:
            return Field(None, c.raw, c.page, c.box, c.read_by, c.confidence, c.note)
    return None


def settled(candidates: Iterable[Candidate]) -> Field | None:
    """`settle`, or `unread` when nothing could be."""
    held = list(candidates)
    return settle(held) or unread(held)


def joined(*notes: str) -> str:
    return "; ".join(note for note in notes if note)


def surer(found: Field, confidence: float, note: str) -> Field:
    """A field that arithmetic or a check digit confirms: never below what it was."""
    return replace(found, confidence=max(found.confidence, confidence), note=joined(found.note, note))


def less_sure(found: Field, confidence: float, note: str) -> Field:
    return replace(found, confidence=min(found.confidence, confidence), note=joined(found.note, note))


def amount(found: Field | None) -> Decimal | None:
    return found.value if found is not None and isinstance(found.value, Decimal) else None


def date(found: Field | None) -> dt.date | None:
    return found.value if found is not None and isinstance(found.value, dt.date) else None
