"""Trust: readings too unsure to decide, and signals that a person should look at."""

from __future__ import annotations

import hashlib
from itertools import combinations

from dossier.case import Piece
from dossier.decision import Effect, Evidence
from dossier.kinds import Kind
from dossier.reading import Session
from validators.answers import Answer, broken, duration, holds, listed
from validators.doubt import hours_doubts
from validators.facts import Facts
from validators.facts_pieces import evidence_of_piece, evidence_of_session
from validators.names import plain
from validators.registry import ALL, rule

SECTION = "Confiance"
JUDGED = "Choix de la maison"
UNCERTAIN = "reading.uncertain"
PERSONAL = (
    Kind.CERTIFICATE,
    Kind.MISSION_CONTRACT,
    Kind.CIPI_CONTRACT,
    Kind.CERFA,
    Kind.DISABILITY_NOTICE,
    Kind.DISTANCE_EVIDENCE,
    Kind.TERMINATION,
    Kind.CERTIFICATION_RECORD,
    Kind.SITUATION_PROOF,
)
"""Kinds that serve one person's request alone; a programme, a group's sheet or a tutor's proof serves
several.
"""


def values_named(evidence: tuple[Evidence, ...]) -> str:
    """Which values, where, for the finding's message."""
    return listed(
        f"« {one.text} » ({one.file.rsplit('/', 1)[-1]}, page {one.page})"
        if one.text
        else f"{one.file.rsplit('/', 1)[-1]}, page {one.page}"
        for one in evidence
    )


@rule(
    UNCERTAIN,
    Effect.REVIEW,
    title="Chaque valeur qui décide est lue avec assez de certitude",
    source=JUDGED,
    family=ALL,
    section=SECTION,
)
def uncertain(facts: Facts) -> Answer | None:
    """The hours paid. What else a finding rests on is added by `validators.decide`."""
    threshold = facts.value("reading.deciding_confidence")
    doubts = hours_doubts(facts) if facts.asks_hours and facts.has_proof else ()
    if not doubts:
        return holds(f"{threshold.value} au moins", parameter=threshold)
    low, high = (duration(facts.payable(one)) for one in (facts.proven.low, facts.proven.high))
    return broken(
        f"Des valeurs qui décident du paiement se lisent mal : {values_named(doubts)}. Selon leur lecture, "
        f"de {low} à "
        f"{high} sont payables. Les lire sur la pièce.",
        f"{threshold.value} au moins",
        str(min(one.confidence for one in doubts)),
        doubts,
        parameter=threshold,
    )


@rule(
    "signal.duplicate_piece",
    Effect.REVIEW,
    title="Pièce non utilisée pour un autre dossier",
    source=JUDGED,
    family=ALL,
    section=SECTION,
)
def duplicate_piece(facts: Facts) -> Answer | None:
    personal = {piece.file: piece for piece in facts.case.pieces if piece.part.kind in PERSONAL}
    if not personal:
        return None
    twice = sorted(
        (use for use in facts.case.surroundings.uses if use.of in personal), key=lambda u: (u.request, u.of)
    )
    if not twice:
        return holds("une pièce pour un dossier")
    requests = listed(use.request for use in twice)
    files = listed(use.of.rsplit("/", 1)[-1] for use in twice)
    return broken(
        f"La même pièce ({files}) est déposée dans un autre dossier ({requests}). Vérifier lequel elle "
        "concerne.",
        "une pièce pour un dossier",
        requests,
        [evidence_of_piece(personal[name]) for name in dict.fromkeys(use.of for use in twice)],
    )


@rule(
    "signal.edited_pdf",
    Effect.REVIEW,
    title="PDF non modifié après signature électronique",
    source="ISO 32000-1, § 12.8 (octets couverts par une signature)",
    family=ALL,
    section=SECTION,
)
def edited_pdf(facts: Facts) -> Answer | None:
    altered = [piece for piece in facts.case.pieces if piece.part.altered]
    if not altered:
        return holds("un fichier signé n’est plus modifié")
    files = listed(sorted({piece.file.rsplit("/", 1)[-1] for piece in altered}))
    return broken(
        f"Un fichier a été modifié après avoir été signé électroniquement : {files}. Comparer ce qui est "
        "affiché avec ce qui a été signé.",
        "un fichier signé n’est plus modifié",
        files,
        [evidence_of_piece(piece) for piece in altered],
    )


def digest_of(ink: str) -> int | None:
    """A digest as a number, None where it is none."""
    try:
        return int(ink, 16)
    except ValueError:
        return None


def copies(rows: list[Session], most: int) -> list[tuple[Session, Session]]:
    """Pairs of hand signatures of different people that are copies of one another: ``most`` bits apart."""
    # a group's sheet has ten thousands of pairs: names and digests are brought to their form once
    known = [
        (row, plain(row.trainee), len(row.ink), digest)
        for row in rows
        if (digest := digest_of(row.ink)) is not None
    ]
    return [
        (one, other)
        for (one, name, size, digest), (other, its_name, its_size, its_digest) in combinations(known, 2)
        if size == its_size and (digest ^ its_digest).bit_count() <= most and name != its_name
    ]


@rule(
    "signal.same_signature",
    Effect.REVIEW,
    title="Signatures manuscrites différentes d’une personne à l’autre",
    source="CAA Nantes, 2021 (signatures imitées ou copiées)",
    family=ALL,
    section=SECTION,
)
def same_signature(facts: Facts) -> Answer | None:
    most, pairs = facts.value("signature.max_distance"), facts.value("signature.min_pairs")
    looked = False
    found: list[tuple[Piece, Session]] = []
    for sheet in facts.pieces.of(Kind.ATTENDANCE_SHEET):
        inked = [row for row in sheet.part.sessions if row.trainee_signed and row.ink]
        looked = looked or bool(inked)
        alike = copies(inked, most.whole)
        if len(alike) >= pairs.whole:
            found += [(sheet, row) for row in dict.fromkeys(row for pair in alike for row in pair)]
    if not looked:
        return None
    if not found:
        return holds("des signatures différentes", parameter=most)
    people = listed(row.trainee for _, row in found)
    return broken(
        f"Les signatures de plusieurs personnes sont des copies l’une de l’autre : {people}. Vérifier la "
        "feuille et "
        "signaler au service de contrôle.",
        "des signatures différentes",
        people,
        [evidence_of_session(sheet, row) for sheet, row in found],
        parameter=most,
    )


@rule(
    "sample.reinforced",
    Effect.REVIEW,
    title="Non tirée au sort pour un contrôle renforcé",
    source="Code du travail, art. R6332-26 ; choix du financeur",
    family=ALL,
    section=SECTION,
)
def reinforced(facts: Facts) -> Answer | None:
    """The draw depends on the claim's number alone, so that a replay draws the same."""
    share = facts.value("sample.reinforced_share")
    drawn = int.from_bytes(hashlib.sha256(facts.claim.id.encode()).digest()[:8], "big") / 2**64
    if drawn >= share.decimal:
        return holds("non tirée au sort", parameter=share)
    return broken(
        "La demande est tirée au sort pour un contrôle renforcé. Faire le second examen prévu.",
        "non tirée au sort",
        "tirée au sort",
        parameter=share,
    )
