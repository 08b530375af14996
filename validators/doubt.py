"""How doubt in a reading changes what a rule says.

Three cases by the confidence of what was read. Below `reading.noise_confidence` a reading says nothing: a
difference found there is no difference. Below the deciding confidence it is heard, and a person looks. Above
it the rule stands on its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dossier.case import Piece
from dossier.decision import Effect, Evidence
from validators.answers import Answer, broken, cannot_tell
from validators.facts import Facts
from validators.facts_pieces import KIND_NAMES, evidence_of_piece, flag
from validators.facts_sheets import Why


@dataclass(frozen=True, slots=True)
class Wrong:
    """One reading that breaks a rule: what it says and where."""

    said: str
    evidence: Evidence


def noise(facts: Facts) -> float:
    return float(facts.value("reading.noise_confidence").decimal)


def signature_threshold(facts: Facts) -> float:
    return float(facts.value("reading.signature_confidence").decimal)


def doubtful(facts: Facts, evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Of the readings that a finding rests on, those too unsure to decide."""
    return tuple(one for one in evidence if one.confidence < facts.threshold)


def judged(
    facts: Facts,
    wrong: Sequence[Wrong],
    message: str,
    expected: str = "",
    *,
    effect: Effect | None = None,
    parameter: object = "",
    noise_too: bool = False,
) -> Answer:
    """Broken by the readings in ``wrong``, of which there is at least one; any sure one is enough.

    ``{found}`` in the message stands for what was read. ``noise_too``: even a reading that says nothing by
    itself is heard, for what it would break is worth a person's look.
    """
    floor = 0.0 if noise_too else noise(facts)
    heard = [one for one in wrong if one.evidence.confidence >= floor]
    if not heard:
        return cannot_tell(
            "La lecture est trop incertaine pour être comparée.",
            [one.evidence for one in wrong],
            expected=expected,
        )
    said = ", ".join(dict.fromkeys(one.said for one in heard))
    places = [one.evidence for one in heard]
    unsure = doubtful(facts, places)
    return broken(
        message.replace("{found}", said),
        expected,
        said,
        places,
        effect=effect,
        doubtful=unsure if len(unsure) == len(places) else (),
        parameter=parameter,
    )


def only_proof(facts: Facts, wrong: Sequence[Wrong]) -> bool:
    """One of the readings stands on a certificate that proves the hours alone: even noise there is heard."""
    if facts.shown is not None or facts.sheets_alone:
        return False
    files = {(piece.file, page) for piece in facts.certificates.pieces for page in piece.part.pages}
    return any((one.evidence.file, one.evidence.page) in files for one in wrong)


@dataclass(frozen=True, slots=True)
class Signature:
    """Whether a piece is signed: ``signed`` is None where it can't be told."""

    signed: bool | None
    evidence: Evidence


def signature_of(facts: Facts, piece: Piece, name: str = "signed") -> Signature:
    """A signature that was not looked for, or that was read below its threshold, can't be told."""
    seen = flag(piece, name)
    if seen is None:
        return Signature(None, evidence_of_piece(piece))
    sure = seen.value is not None and seen.confidence >= signature_threshold(facts)
    return Signature(seen.value if sure else None, seen.evidence)


def hours_doubts(facts: Facts) -> tuple[Evidence, ...]:
    """The readings that could change the hours paid, none where the doubtful ones change nothing."""
    paid = {facts.payable(one) for one in (facts.proven.low, facts.proven.best, facts.proven.high)}
    if len(paid) == 1:
        return ()
    unsure = [
        half.evidence
        for half in facts.halves
        if half.why is not Why.REPEATED and (not half.sure or half.minutes is None)
    ]
    certificates = facts.certificates
    if certificates.unsettled:
        unsure += certificates.evidence
    far = [facts.distance.evidence] if facts.distance else []
    unread = [replace(evidence_of_piece(sheet), confidence=0.0) for sheet in facts.silent]
    found = (*unread, *unsure, *doubtful(facts, [*certificates.evidence, *far]))
    return tuple(dict.fromkeys(found)) or facts.proven_from


def piece_name(piece: Piece) -> str:
    return KIND_NAMES[piece.part.kind]
