"""Pieces of the contrat de professionnalisation."""

from __future__ import annotations

from dossier.decision import Effect, Outcome
from dossier.kinds import Kind
from dossier.requests import LineKind, PayeeKind, TraineeStatus
from validators.answers import Answer, broken, cannot_tell, holds, listed
from validators.doubt import signature_of
from validators.facts import Facts
from validators.facts_pieces import KIND_NAMES, date, evidence_of_piece, text, value
from validators.names import plain, same_person
from validators.registry import PRO, rule
from validators.rules.pieces import ADEFIM, SECTION, present


@rule(
    "pieces.cerfa",
    Effect.MISSING,
    title="CERFA du contrat de professionnalisation",
    source=ADEFIM,
    family=PRO,
    section=SECTION,
)
def cerfa(facts: Facts) -> Answer | None:
    return present(facts, Kind.CERFA, "le CERFA signé du contrat de professionnalisation")


@rule(
    "pieces.calendar",
    Effect.MISSING,
    title="Calendrier annexé à la convention",
    source=ADEFIM,
    family=PRO,
    section=SECTION,
)
def calendar(facts: Facts) -> Answer | None:
    return present(facts, Kind.CALENDAR, KIND_NAMES[Kind.CALENDAR])


@rule(
    "pieces.situation_proof",
    Effect.MISSING,
    title="Justificatif de la situation du bénéficiaire",
    source=ADEFIM,
    family=PRO,
    section=SECTION,
)
def situation_proof(facts: Facts) -> Answer | None:
    status = facts.request.trainee.status
    kinds: tuple[Kind, ...] = (Kind.SITUATION_PROOF,)
    if status is TraineeStatus.DISABLED:
        kinds = (Kind.SITUATION_PROOF, Kind.DISABILITY_NOTICE)
    elif status not in (TraineeStatus.JOBSEEKER, TraineeStatus.MINIMUM_INCOME):
        return None
    name = "le justificatif de la situation du bénéficiaire (France Travail, CAF, travailleur handicapé…)"
    return present(facts, kinds, name)


@rule("pieces.invoice", Effect.MISSING, title="Facture", source=ADEFIM, family=PRO, section=SECTION)
def invoice(facts: Facts) -> Answer | None:
    if not facts.asks_hours:
        return None
    if facts.invoices.serving:
        return holds("la facture", evidence=[evidence_of_piece(piece) for piece in facts.invoices.serving])
    if facts.invoices.credit_notes:
        return cannot_tell("Il n’y a qu’un avoir : voir invoice.real.")
    employer = facts.request.payee is PayeeKind.EMPLOYER
    name = (
        "la facture acquittée de l’organisme de formation"
        if employer
        else "la facture de l’organisme de formation"
    )
    return broken(f"Il manque {name}. Merci de transmettre cette pièce.", name, "aucune facture")


@rule(
    "invoice.paid_mention",
    Effect.MISSING,
    title="Mention « facture acquittée le … », datée et signée",
    source=ADEFIM,
    family=PRO,
    section=SECTION,
)
def paid_mention(facts: Facts) -> Answer | None:
    if facts.request.payee is not PayeeKind.EMPLOYER or not facts.asks_hours or not facts.invoices.serving:
        return None
    expected = "« facture acquittée le … », avec date et signature"
    ask = (
        "L’entreprise indique sur la facture « facture acquittée le … », avec la date et sa signature. "
        "Merci de la transmettre ainsi."
    )
    unsure = []
    for piece in facts.invoices.serving:
        paid, place = date(piece, "paid_on"), evidence_of_piece(piece)
        if paid is None:
            return broken(
                f"La facture ne porte pas la mention « facture acquittée ». {ask}",
                expected,
                "sans mention",
                [place],
            )
        signed = signature_of(facts, piece)
        if signed.signed is False:
            return broken(
                f"La mention « facture acquittée » n’est pas signée. {ask}",
                expected,
                "sans signature",
                [signed.evidence],
            )
        if paid.value is None or paid.confidence < facts.threshold:
            unsure.append(paid.evidence)
        elif signed.signed is None:
            unsure.append(signed.evidence)
    if unsure:
        return cannot_tell(
            "La mention « facture acquittée », sa date ou sa signature se lit mal. Vérifier sur la facture.",
            unsure,
            decides=True,
            expected=expected,
        )
    return holds(expected, evidence=facts.invoices.evidence("paid_on"))


@rule(
    "pieces.termination",
    Effect.MISSING,
    title="Attestation de rupture",
    source=ADEFIM,
    family=PRO,
    section=SECTION,
)
def termination(facts: Facts) -> Answer | None:
    pieces = facts.pieces.of(Kind.TERMINATION)
    name = "l’attestation de rupture, avec sa date"
    if pieces:
        if facts.terminated_on is not None:
            return holds(name, evidence=[facts.terminated_on.evidence])
        return cannot_tell(
            "La date de la rupture ne peut pas être lue sur l’attestation. Vérifier les heures postérieures.",
            [evidence_of_piece(piece) for piece in pieces],
            decides=True,
            expected=name,
        )
    # a breach is known by its attestation; without one only the request's comment can speak of it
    said = set(plain(facts.request.comment or "").split()) & {
        "rupture",
        "rompu",
        "rompue",
        "demission",
        "licenciement",
    }
    if not said:
        return None
    return broken(
        "La demande signale la rupture du contrat et l’attestation de rupture manque. Merci de la "
        "transmettre.",
        name,
        "aucune pièce",
    )


@rule(
    "pieces.tutor_certificate",
    Effect.MISSING,
    title="Preuve de la formation du tuteur",
    source=ADEFIM,
    family=PRO,
    section=SECTION,
)
def tutor_certificate(facts: Facts) -> Answer | None:
    if not (facts.line(LineKind.TUTORING) or facts.line(LineKind.TUTOR_TRAINING)):
        return None
    name = "l’attestation de formation du tuteur"
    answer = present(facts, Kind.TUTOR_CERTIFICATE, name)
    tutor = facts.request.contract.tutor if facts.request.contract else None
    if answer.outcome is not Outcome.HOLDS or tutor is None:
        return answer
    names = [text(piece, "tutor_last_name") for piece in facts.pieces.of(Kind.TUTOR_CERTIFICATE)]
    others = [
        read
        for read in names
        if read and read.value and not same_person(read.value, "", tutor.last_name, tutor.first_name)
    ]
    if len(others) < len(names):
        return answer
    doubt = [read.evidence for read in others if read.confidence < facts.threshold]
    return broken(
        f"L’attestation de formation ne nomme pas le tuteur du contrat, {tutor.first_name} "
        f"{tutor.last_name}. Merci "
        "de transmettre la sienne.",
        f"{tutor.last_name} {tutor.first_name}",
        listed(value(read) or "" for read in others),
        [read.evidence for read in others],
        doubtful=doubt,
    )


@rule(
    "pieces.certification_record",
    Effect.MISSING,
    title="Procès-verbal d’évaluation du CQPM ou CQPI",
    source=f"{ADEFIM} ; choix de la maison",
    family=PRO,
    section=SECTION,
)
def certification_record(facts: Facts) -> Answer | None:
    contract = facts.request.contract
    if facts.line(LineKind.CERTIFICATION) is None or contract is None:
        return None
    if contract.qualification_kind not in facts.value("certification.qualifications").texts:
        return None  # the line is not due: nothing to ask for
    return present(facts, Kind.CERTIFICATION_RECORD, KIND_NAMES[Kind.CERTIFICATION_RECORD])
