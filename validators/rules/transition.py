"""What the projet de transition professionnelle alone asks: public, invoice, monthly certificate, caps."""

from __future__ import annotations

from dossier.decision import Effect
from dossier.quantities import amount_text
from validators.answers import Answer, broken, cannot_tell, euros, holds, listed, span
from validators.facts import Facts
from validators.facts_pieces import date, evidence_of_piece
from validators.registry import rule
from validators.rules import pieces_pro
from validators.rules.contract import STATUSES

FAMILY = "transition"
SECTION = "Projet de transition professionnelle"


@rule(
    "transition.public",
    Effect.REVIEW,
    title="Le bénéficiaire est salarié",
    source="Code du travail, art. L6323-17-1",
    family=FAMILY,
    section=SECTION,
)
def public(facts: Facts) -> Answer | None:
    opening = facts.value("transition.statuses")
    status = facts.request.trainee.status.value
    expected = listed(STATUSES[one] for one in sorted(opening.texts))
    if status in opening.texts:
        return holds(expected, STATUSES[status], parameter=opening)
    return broken(
        f"Le projet de transition professionnelle est ouvert aux salariés ; le bénéficiaire est déclaré "
        f"{STATUSES[status]}. Vérifier sa situation.",
        expected,
        STATUSES[status],
        parameter=opening,
    )


@rule(
    "transition.invoice",
    Effect.MISSING,
    title="Facture de l’organisme de formation",
    source="Arrêté du 21/12/2018, art. 1 (pièces du contrôle de service fait)",
    family=FAMILY,
    section=SECTION,
)
def invoice(facts: Facts) -> Answer | None:
    return pieces_pro.invoice(facts)


@rule(
    "transition.monthly_certificate",
    Effect.MISSING,
    title="Certificat de réalisation transmis chaque mois",
    source="Arrêté du 21/12/2018, modèle de certificat de réalisation, note 1",
    family=FAMILY,
    section=SECTION,
)
def monthly_certificate(facts: Facts) -> Answer | None:
    pieces = facts.certificates.pieces
    if not pieces:
        return None
    most = facts.value("transition.certificate_days")
    expected = f"{most.whole} jours au plus par certificat"
    longer, said, doubts, unread = [], [], [], []
    for piece in pieces:
        start, end = date(piece, "start_date"), date(piece, "end_date")
        if start is None or end is None or start.value is None or end.value is None:
            unread.append(evidence_of_piece(piece))
        elif (end.value - start.value).days + 1 > most.whole:
            said.append(span(start.value, end.value))
            longer += [start.evidence, end.evidence]
            doubts += [read.evidence for read in (start, end) if read.confidence < facts.threshold]
    if longer:
        found = listed(said)
        return broken(
            f"Le certificat de réalisation porte sur plus d’un mois ({found}) : dans un projet de transition "
            "professionnelle il est transmis chaque mois. Merci de transmettre un certificat par mois.",
            expected,
            found,
            longer,
            doubtful=doubts,
            parameter=most,
        )
    if unread:
        return cannot_tell(
            "Les dates du certificat de réalisation se lisent mal. Vérifier qu’il porte sur un mois au plus.",
            unread,
            decides=True,
            expected=expected,
            parameter=most,
        )
    return holds(expected, parameter=most)


@rule(
    "transition.ceilings",
    Effect.REVIEW,
    title="Taux et coût accordés dans les plafonds",
    source="Transitions Pro, conditions de prise en charge (Promeo, présentation du dispositif 2023)",
    family=FAMILY,
    section=SECTION,
)
def ceilings(facts: Facts) -> Answer | None:
    granted = facts.request.granted
    hourly, whole = facts.value("transition.hourly_max"), facts.value("transition.total_max")
    expected = f"{euros(hourly.decimal)}/h et {euros(whole.decimal)} au plus"
    found = f"{euros(granted.hourly_rate)}/h et {euros(granted.total_ceiling)}"
    if granted.hourly_rate <= hourly.decimal and granted.total_ceiling <= whole.decimal:
        return holds(expected, found, parameter=hourly)
    over = hourly if granted.hourly_rate > hourly.decimal else whole
    return broken(
        f"L’accord prévoit {found}, hors taxes ; les plafonds sont de {expected}. Vérifier l’accord.",
        amount_text(over.decimal),
        amount_text(granted.hourly_rate if over is hourly else granted.total_ceiling),
        parameter=over,
    )
