"""Tutors of a contrat de professionnalisation: the function and their own training."""

from __future__ import annotations

from dossier.decision import Effect
from dossier.kinds import Kind
from dossier.quantities import hours_text
from dossier.requests import LineKind
from validators.answers import Answer, broken, cannot_tell, day, duration, euros, holds, listed, span
from validators.doubt import doubtful
from validators.due import (
    flat_due,
    functions_allowed,
    month_amount,
    months_due,
    pasts_of,
    ratio_kept,
    small_enough,
    trained_dates,
    trained_in_time,
    trained_window,
    tutor_hours,
    tutor_minutes_due,
)
from validators.facts import Facts
from validators.registry import PRO, rule

SECTION = "Tutorat"
ADEFIM = "ADEFIM LR, contrat de professionnalisation, règles 2017"
DECREE = f"{ADEFIM} ; décret n° 2010-60"


def tutored(facts: Facts) -> bool:
    line = facts.line(LineKind.TUTORING)
    return line is not None and bool(line.months) and facts.request.contract is not None


@rule(
    "tutoring.headcount",
    Effect.REDUCE,
    title="Moins de 300 salariés, ou un groupement d’employeurs",
    source=ADEFIM,
    family=PRO,
    section=SECTION,
)
def headcount(facts: Facts) -> Answer | None:
    if not tutored(facts):
        return None
    below, staff = facts.value("tutoring.headcount_below"), facts.request.employer.headcount
    expected = f"moins de {below.whole} salariés"
    if small_enough(facts):
        return holds(expected, str(staff), parameter=below)
    return broken(
        f"L’entreprise compte {staff} salariés ; la fonction tutorale est prise en charge au-dessous de "
        f"{below.whole}. "
        "Elle n’est pas due.",
        expected,
        str(staff),
        parameter=below,
    )


@rule(
    "tutoring.trained",
    Effect.REDUCE,
    title="Tuteur formé dans les trois ans avant le contrat ou les trois mois après",
    source=ADEFIM,
    family=PRO,
    section=SECTION,
)
def trained(facts: Facts) -> Answer | None:
    window = trained_window(facts)
    if not tutored(facts) or window is None:
        return None
    reads = trained_dates(facts)
    parameter = facts.value("tutoring.trained_years_before")
    expected = f"une formation {span(*window)}"
    if not reads:
        return cannot_tell(
            f"La date de formation du tuteur ne peut pas être lue. Il faut {expected}.",
            decides=facts.pieces.has(Kind.TUTOR_CERTIFICATE),
            expected=expected,
            parameter=parameter,
        )
    places = [read.evidence for read in reads]
    found = listed(day(read.value) for read in reads if read.value)
    unsure = doubtful(facts, places)
    if trained_in_time(facts):
        if len(unsure) == len(places):
            return cannot_tell(
                f"La date de formation du tuteur se lit mal ({found}). Il faut {expected}.",
                places,
                decides=True,
                expected=expected,
                found=found,
                parameter=parameter,
            )
        return holds(expected, found, places, parameter)
    return broken(
        f"Le tuteur a été formé le {found} ; il faut {expected}. La fonction tutorale n’est pas due.",
        expected,
        found,
        places,
        doubtful=unsure,
        parameter=parameter,
    )


@rule(
    "tutoring.cap",
    Effect.REDUCE,
    title="Montant par mois et mois au plus",
    source=DECREE,
    family=PRO,
    section=SECTION,
)
def cap(facts: Facts) -> Answer | None:
    line = facts.line(LineKind.TUTORING)
    if line is None or not line.months or facts.request.contract is None:
        return None
    most = facts.value("tutoring.months_max")
    pasts = pasts_of(facts)
    due = sorted({months_due(facts, past) for past in pasts})
    if len(due) != 1:
        return cannot_tell(
            "Des montants ont déjà été payés en plus des heures : vérifier combien de mois de tutorat l’ont "
            "été.",
            decides=True,
            expected=f"{most.whole} mois au plus",
            found=f"{line.months} mois",
            parameter=most,
        )
    if line.months <= due[0]:
        return holds(f"{most.whole} mois au plus", f"{line.months} mois", parameter=most)
    amount = due[0] * month_amount(facts)
    return broken(
        f"{line.months} mois de tutorat sont demandés ; {most.whole} sont pris en charge au plus, mois déjà "
        "payés compris. "
        f"{due[0]} mois sont retenus, soit {euros(amount)}.",
        f"{due[0]} mois",
        f"{line.months} mois",
        parameter=most,
    )


@rule(
    "tutoring.group_ratio",
    Effect.REDUCE,
    title="Groupement d’employeurs : une fonction tutorale pour trois contrats",
    source=ADEFIM,
    family=PRO,
    section=SECTION,
)
def group_ratio(facts: Facts) -> Answer | None:
    contract = facts.request.contract
    if not tutored(facts) or contract is None or not contract.employers_group:
        return None
    ratio = facts.value("tutoring.contracts_per_function")
    allowed = functions_allowed(facts)
    if allowed is None or contract.group is None:
        return cannot_tell(
            "Le nombre de contrats et de fonctions tutorales du groupement n’est pas connu. Le vérifier.",
            decides=True,
            expected=f"une fonction pour {ratio.whole} contrats",
            parameter=ratio,
        )
    funded = contract.group.tutor_functions_funded
    expected = f"{allowed} fonctions au plus pour {contract.group.contracts} contrats"
    kept = {ratio_kept(facts, past) for past in pasts_of(facts)}
    if kept == {True}:
        return holds(expected, str(funded), parameter=ratio)
    if len(kept) != 1:
        return cannot_tell(
            "Il n’est pas certain que la fonction tutorale de ce contrat soit déjà comptée. Le vérifier.",
            decides=True,
            expected=expected,
            found=str(funded),
            parameter=ratio,
        )
    return broken(
        f"Le groupement accueille {contract.group.contracts} contrats et {funded} fonctions tutorales sont "
        "déjà prises "
        f"en charge ; {allowed} le sont au plus. La fonction n’est pas due.",
        expected,
        str(funded),
        parameter=ratio,
    )


@rule(
    "tutor_training.cap",
    Effect.REDUCE,
    title="Formation du tuteur : taux et heures au plus",
    source=ADEFIM,
    family=PRO,
    section=SECTION,
)
def training_cap(facts: Facts) -> Answer | None:
    line = facts.line(LineKind.TUTOR_TRAINING)
    if line is None or not line.hours:
        return None
    most = facts.value("tutor_training.hours_max")
    due = sorted({tutor_minutes_due(facts, past) for past in pasts_of(facts)})
    if len(due) != 1:
        return cannot_tell(
            "Des montants ont déjà été payés en plus des heures : vérifier les heures de formation du "
            "tuteur payées.",
            decides=True,
            expected=f"{most.whole} h au plus",
            found=hours_text(line.hours),
            parameter=most,
        )
    shown = tutor_hours(facts)
    places = [shown.evidence] if shown is not None else []
    if line.hours <= due[0]:
        return holds(f"{most.whole} h au plus", hours_text(line.hours), places, most)
    amount = flat_due(facts, LineKind.TUTOR_TRAINING)[0]
    by_proof = shown is not None and shown.value == due[0]
    limit = (
        "l’attestation en montre moins"
        if by_proof
        else f"{most.whole} h sont prises en charge au plus, heures déjà payées comprises"
    )
    return broken(
        f"{duration(line.hours)} de formation du tuteur sont demandées ; {limit}. {duration(due[0])} sont "
        f"retenues, soit {euros(amount)}.",
        hours_text(due[0]),
        hours_text(line.hours),
        places,
        doubtful=doubtful(facts, places) if by_proof else (),
        parameter=most,
    )
