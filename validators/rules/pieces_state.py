"""Pieces: that they are signed and that they can be read."""

from __future__ import annotations

from dossier.decision import Effect, Outcome
from dossier.kinds import Kind
from dossier.reading import PageState
from validators.answers import Answer, broken, cannot_tell, holds, listed
from validators.doubt import Signature, signature_of
from validators.facts import Facts
from validators.facts_pieces import KIND_NAMES
from validators.registry import ALL, RULES, rule
from validators.rules.pieces import ADEFIM, AKTO, CSF, SECTION

SIGNED_WHERE_IT_SHOWS = (
    Kind.COMMITMENT_CHARTER,
    Kind.PARTIES_COMMITMENT,
    Kind.AFEST_PROTOCOL,
    Kind.CERTIFICATION_RECORD,
)
"""Kinds whose signature is checked where a place for it was found, and not missed where none was."""


@rule(
    "pieces.unsigned",
    Effect.MISSING,
    title="Pièces signées",
    source=f"{AKTO} ; {ADEFIM} ; CAA Nantes, 2021",
    family=ALL,
    section=SECTION,
)
def unsigned(facts: Facts) -> Answer | None:
    missing: list[tuple[Kind, Signature]] = []
    unknown: list[tuple[Kind, Signature]] = []
    seen: list[Signature] = []
    for kind in (*facts.request.scheme.must_be_signed, *SIGNED_WHERE_IT_SHOWS):
        pieces = [
            piece
            for piece in facts.pieces.of(kind)
            if kind not in SIGNED_WHERE_IT_SHOWS or "signed" in piece.part.fields
        ]
        looked = [signature_of(facts, piece) for piece in pieces]
        seen += looked
        # of several copies one that is signed will do
        if not looked or any(one.signed for one in looked):
            continue
        unclear = [one for one in looked if one.signed is None]
        (unknown if unclear else missing).append((kind, unclear[0] if unclear else looked[0]))
    if missing:
        names = listed(KIND_NAMES[kind] for kind, _ in missing)
        return broken(
            f"Pièce non signée : {names}. Merci de la transmettre signée par toutes les parties.",
            f"{names}, signé",
            "sans signature",
            [one.evidence for _, one in missing],
        )
    if unknown:
        names = listed(KIND_NAMES[kind] for kind, _ in unknown)
        return cannot_tell(
            f"La signature se voit mal : {names}. Vérifier que la pièce est signée.",
            [one.evidence for _, one in unknown],
            decides=True,
            expected=f"{names}, signé",
        )
    return holds("pièces signées", evidence=[one.evidence for one in seen]) if seen else None


ASKED_FOR = (
    "pieces.cipi_contract",
    "pieces.training_agreement",
    "pieces.programme",
    "pieces.attendance_proof",
    "pieces.mission_contract",
    "pieces.overrun_invoice",
    "pieces.commitment_charter",
    "pieces.disability_notice",
    "pieces.parties_commitment",
    "pieces.afest_protocol",
    "pieces.cerfa",
    "pieces.calendar",
    "pieces.situation_proof",
    "pieces.invoice",
    "pieces.tutor_certificate",
    "pieces.certification_record",
)


def lacks_something(facts: Facts) -> bool:
    """A piece is missing, or the hours proven fall short of those declared."""
    answers = (RULES[id].ask(facts) for id in ASKED_FOR)
    if any(answer is not None and answer.outcome is Outcome.BROKEN for answer in answers):
        return True
    return facts.payable_hours < min(facts.declared, facts.remaining)


@rule(
    "reading.unreadable",
    Effect.MISSING,
    title="Pages lisibles",
    source=f"{CSF} ; choix de la maison",
    family=ALL,
    section=SECTION,
)
def unreadable(facts: Facts) -> Answer | None:
    unread = facts.case.unread
    if not unread:
        return holds("des pages lisibles")
    places = listed(
        f"{one.file.rsplit('/', 1)[-1]}" + (f", page {one.page}" if one.page else "")
        for one in sorted(unread, key=lambda one: (one.file, one.page or 0))
    )
    blank = all(one.state is PageState.BLANK for one in unread)
    what = "ne contient que des pages blanches" if blank else "ne peut pas être lu"
    needed = lacks_something(facts)
    ask = "Merci d’en transmettre une copie lisible." if needed else "Les autres pièces suffisent."
    return broken(
        f"Un document transmis {what} : {places}. {ask}",
        "des pages lisibles",
        places,
        effect=None if needed else Effect.INFORM,
    )
