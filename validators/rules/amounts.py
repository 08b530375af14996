"""Amounts of all schemes: the rate, the overrun, ceilings, a claim paid before."""

from __future__ import annotations

from decimal import Decimal

from dossier.decision import Effect
from dossier.quantities import amount_text, cents
from dossier.requests import LineKind
from validators.answers import Answer, broken, cannot_tell, euros, holds, listed
from validators.doubt import doubtful, hours_doubts
from validators.due import ceiling_left, lines_before_ceiling, overrun_of, total
from validators.facts import Facts
from validators.parameters import NoValueError
from validators.registry import ALL, TEMPORARY, rule

SECTION = "Montants"
FPETT = "FPETT, conditions de prise en charge, conseil du 16/05/2024"
AKTO = "AKTO, page CIPI du 22/09/2021"
CSF = "Code du travail, art. R6332-26 (contrôle de service fait)"
FORMULA = f"{AKTO} ; {FPETT} (base horaire et part du surcoût)"


def percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f} %".replace(".", ",")


@rule(
    "rate.by_date",
    Effect.REVIEW,
    title="Taux horaire et part du surcoût du barème, à la date de dépôt de la DRF",
    source=FPETT,
    family=TEMPORARY,
    section=SECTION,
)
def by_date(facts: Facts) -> Answer | None:
    granted = facts.request.granted
    try:
        hourly, share = facts.value("rate.hourly"), facts.value("rate.overrun_share")
    except NoValueError:
        return broken(
            "Le barème n’a pas de valeur établie à la date de dépôt de la DRF : le taux accordé est retenu.",
            "un barème à la date de dépôt",
            f"{euros(granted.hourly_rate)}/h",
            effect=Effect.INFORM,
        )
    rates = [Decimal(rate) for rate in hourly.value]
    expected = " ou ".join(f"{euros(rate)}/h" for rate in rates) + f", {percent(share.decimal)} du surcoût"
    found = f"{euros(granted.hourly_rate)}/h"
    if granted.overrun_share is not None:
        found += f", {percent(granted.overrun_share)} du surcoût"
    if granted.hourly_rate in rates and granted.overrun_share in (None, share.decimal):
        return holds(expected, found, parameter=hourly)
    return broken(
        f"Le taux accordé ({found}) n’est pas celui du barème à la date de dépôt de la DRF ({expected}). "
        "Vérifier "
        "l’accord.",
        expected,
        found,
        parameter=hourly if granted.hourly_rate not in rates else share,
    )


@rule(
    "overrun.granted",
    Effect.REDUCE,
    title="Surcoût prévu à l’accord",
    source=AKTO,
    family=ALL,
    section=SECTION,
)
def overrun_granted(facts: Facts) -> Answer | None:
    line = facts.line(LineKind.OVERRUN)
    if line is None or line.amount is None:
        return None
    if facts.request.granted.overrun_share is not None:
        return holds("un surcoût accordé", percent(facts.request.granted.overrun_share))
    return broken(
        f"Un surcoût de {euros(line.amount)} est demandé et aucun n’a été accordé : il n’est pas dû.",
        "0.00",
        amount_text(line.amount),
    )


@rule(
    "overrun.evidenced",
    Effect.REDUCE,
    title="Surcoût prouvé par la facture",
    source=FORMULA,
    family=TEMPORARY,
    section=SECTION,
)
def overrun_evidenced(facts: Facts) -> Answer | None:
    overrun = overrun_of(facts)
    if overrun is None or not facts.invoices.serving:
        return None
    names = ("net_amount", "hours", "not_training_amount")
    places = facts.invoices.evidence(*names) or facts.invoices.evidence("total_amount")
    declared, evidenced = overrun.declared, overrun.evidenced
    if evidenced is None:
        return cannot_tell(
            "Le coût de la formation ne peut pas être lu sur la facture. Lire le montant HT et les heures.",
            places,
            decides=True,
            expected=amount_text(declared),
        )
    unsure = doubtful(facts, places)
    if declared - evidenced <= facts.cent_tolerance:
        if unsure:
            return cannot_tell(
                "Le montant ou les heures de la facture se lisent mal et le surcoût en dépend. Les vérifier.",
                unsure,
                decides=True,
                expected=amount_text(declared),
                found=amount_text(evidenced),
            )
        return holds(amount_text(declared), amount_text(evidenced), places, facts.value("tolerance.amount"))
    return broken(
        f"Le surcoût demandé est de {euros(declared)} ; la facture et les heures prouvées en montrent "
        f"{euros(evidenced)}. Ce dernier montant est retenu.",
        amount_text(declared),
        amount_text(evidenced),
        places,
        doubtful=(*unsure, *hours_doubts(facts)),
        parameter=facts.value("tolerance.amount"),
    )


@rule(
    "overrun.ceiling",
    Effect.REDUCE,
    title="Part du surcoût dans le plafond accordé",
    source=FPETT,
    family=TEMPORARY,
    section=SECTION,
)
def overrun_ceiling(facts: Facts) -> Answer | None:
    overrun = overrun_of(facts)
    if overrun is None or overrun.evidenced is None:
        return None
    if overrun.left is None:
        return cannot_tell("L’accord ne dit pas de plafond du surcoût.")
    share = overrun.before_ceiling
    if share <= overrun.left:
        return holds(amount_text(overrun.left), amount_text(share))
    return broken(
        f"La part du surcoût est de {euros(share)} et le plafond accordé en laisse {euros(overrun.left)} : "
        "ce dernier "
        "montant est retenu.",
        amount_text(overrun.left),
        amount_text(share),
    )


@rule(
    "amount.total_ceiling",
    Effect.REDUCE,
    title="Paiements dans le plafond du dossier",
    source=CSF,
    family=ALL,
    section=SECTION,
)
def total_ceiling(facts: Facts) -> Answer | None:
    left, asked = ceiling_left(facts), cents(total(lines_before_ceiling(facts)))
    if asked <= left:
        return holds(amount_text(left), amount_text(asked))
    return broken(
        f"Le montant calculé est de {euros(asked)} et le plafond du dossier en laisse {euros(left)} : ce "
        "dernier montant "
        "est retenu.",
        amount_text(left),
        amount_text(asked),
    )


@rule(
    "amount.already_paid",
    Effect.REJECT,
    title="Demande non payée",
    source="Choix de la maison (paiement unique)",
    family=ALL,
    section=SECTION,
)
def already_paid(facts: Facts) -> Answer | None:
    claim = facts.claim.id
    listed_before = [past for past in facts.request.paid if past.claim == claim]
    if not listed_before and claim not in facts.case.surroundings.paid:
        return holds("une demande non payée")
    when = listed(past.paid_on.strftime("%d/%m/%Y") for past in listed_before)
    on = f" le {when}" if when else ""
    return broken(
        f"La demande {claim} a déjà été payée{on} : elle ne peut pas l’être une seconde fois.",
        "une demande non payée",
        f"payée{on}",
    )
