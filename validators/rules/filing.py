"""Filing: the request for funds (DRF) and the contract, of temporary work (CIPI, CDPI)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from dossier.decision import Effect, Evidence
from dossier.requests import FundReservation
from validators.answers import Answer, broken, cannot_tell, day, holds
from validators.doubt import Wrong, judged
from validators.facts import Facts
from validators.parameters import NoValueError
from validators.registry import TEMPORARY, rule
from validators.working_time import after_working_hours

SECTION = "Dépôt de la demande"
AKTO = "AKTO, page CIPI du 22/09/2021"
FAQ = f"{AKTO} ; FAQ Mon Espace travail temporaire, dépôts rétroactifs"


def drf_of(facts: Facts) -> FundReservation | None:
    return facts.request.drf


def moment(at: dt.datetime) -> str:
    return at.strftime("%d/%m/%Y à %H:%M")


def as_date(value: Any) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))


def opening(facts: Facts) -> Mapping[str, Any] | None:
    """The dated opening that lets this training be filed after its start, if there is one."""
    drf, start = drf_of(facts), facts.request.training.start
    if drf is None:
        return None
    try:
        openings = facts.value("windows.openings").value
    except NoValueError:
        return None
    for one in openings:
        in_it = as_date(one["start_from"]) <= start <= as_date(one["start_to"])
        if in_it and drf.submitted_at.date() <= as_date(one["filed_until"]):
            return dict(one)
    return None


def lifted(facts: Facts) -> Answer | None:
    """Holds by an opening, with the parameter that says so."""
    found = opening(facts)
    if found is None:
        return None
    until = as_date(found["filed_until"])
    return holds(f"dépôt admis jusqu’au {day(until)}", parameter=facts.value("windows.openings"))


def other_first_days(facts: Facts) -> list[Evidence]:
    """Where the certificate's first day is read, when the first day proven is another one."""
    first, written = facts.first_day, facts.certificates.first
    if first is None or written is None or written.value is None or written.value == first.value:
        return []
    return [written.evidence]


@rule(
    "drf.before_start",
    Effect.REJECT,
    title="DRF déposée avant le premier jour de formation",
    source=FAQ,
    family=TEMPORARY,
    section=SECTION,
)
def before_start(facts: Facts) -> Answer | None:
    drf, first = drf_of(facts), facts.first_day
    if drf is None or first is None or first.value is None:
        return None
    filed = drf.submitted_at.date()
    expected = f"un premier jour après le {day(filed)}"
    if first.value > filed:
        return holds(expected, day(first.value), [first.evidence])
    if (by_opening := lifted(facts)) is not None:
        return by_opening
    message = (
        f"La demande de réservation de fonds a été déposée le {moment(drf.submitted_at)}, alors que la "
        "formation a "
        "commencé le {found}. Elle devait l’être avant le premier jour de formation : la demande ne peut "
        "pas être "
        "prise en charge."
    )
    answer = judged(facts, [Wrong(day(first.value), first.evidence)], message, expected, noise_too=True)
    written = facts.certificates.first
    if other_first_days(facts) and written and written.value and written.value > filed:
        return judged_in_conflict(facts, answer)
    return answer


def judged_in_conflict(facts: Facts, answer: Answer) -> Answer:
    """Sheet and certificate name different first days and only one breaks the rule: a person must look."""
    both = (*answer.evidence, *other_first_days(facts))
    return broken(
        answer.message, answer.expected, answer.found, both, doubtful=both, parameter=answer.parameter
    )


@rule(
    "drf.not_too_early",
    Effect.REVIEW,
    title="DRF déposée au plus tôt quatre semaines avant le début prévu",
    source=AKTO,
    family=TEMPORARY,
    section=SECTION,
)
def not_too_early(facts: Facts) -> Answer | None:
    drf, start = drf_of(facts), facts.request.training.start
    if drf is None:
        return None
    most = facts.value("filing.earliest_days")
    ahead = (start - drf.submitted_at.date()).days
    expected = f"{most.whole} jours au plus"
    if ahead <= most.whole:
        return holds(expected, f"{ahead} jours", parameter=most)
    return broken(
        f"La demande de réservation de fonds a été déposée {ahead} jours avant le début prévu le "
        f"{day(start)}, plus "
        f"tôt que les {most.whole} jours admis. Vérifier si elle peut être retenue.",
        expected,
        f"{ahead} jours",
        parameter=most,
    )


@rule(
    "drf.not_too_late",
    Effect.REVIEW,
    title="DRF déposée au plus tard 48 heures ouvrées avant le début prévu",
    source=FAQ,
    family=TEMPORARY,
    section=SECTION,
)
def not_too_late(facts: Facts) -> Answer | None:
    drf, start = drf_of(facts), facts.request.training.start
    if drf is None:
        return None
    if (by_opening := lifted(facts)) is not None:
        return by_opening
    hours = facts.value("filing.latest_working_hours")
    earliest = after_working_hours(drf.submitted_at, hours.whole)
    expected = f"un début le {day(earliest.date())} au plus tôt"
    # "48 heures ouvrées" are two working days and no hour of start is agreed: the day they end on will do
    if earliest.date() <= start:
        return holds(expected, day(start), parameter=hours)
    return broken(
        f"La demande de réservation de fonds a été déposée le {moment(drf.submitted_at)}, moins de "
        f"{hours.whole} "
        f"heures ouvrées avant le début prévu le {day(start)}. Vérifier si elle peut être retenue.",
        expected,
        day(start),
        parameter=hours,
    )


@rule(
    "drf.filing_open",
    Effect.REVIEW,
    title="DRF déposée hors des périodes de fermeture",
    source=AKTO,
    family=TEMPORARY,
    section=SECTION,
)
def filing_open(facts: Facts) -> Answer | None:
    drf = drf_of(facts)
    if drf is None:
        return None
    filed = drf.submitted_at.date()
    closed = facts.value("windows.closed")
    for period in closed.value:
        start, end = as_date(period["from"]), as_date(period["to"])
        if start <= filed <= end:
            return broken(
                f"La demande de réservation de fonds a été déposée le {day(filed)}, dans une période où le "
                "dépôt "
                f"était suspendu (du {day(start)} au {day(end)} inclus). Vérifier si elle peut être retenue.",
                f"un dépôt hors du {day(start)} au {day(end)}",
                day(filed),
                parameter=closed,
            )
    return holds("", day(filed), parameter=closed)


@rule(
    "drf.start_shift",
    Effect.REJECT,
    title="Premier jour de formation au plus quatre semaines après l’accord",
    source=AKTO,
    family=TEMPORARY,
    section=SECTION,
)
def start_shift(facts: Facts) -> Answer | None:
    drf, first = drf_of(facts), facts.first_day
    # a later instalment does not show how the training began
    if drf is None or first is None or first.value is None or facts.later_instalment:
        return None
    most = facts.value("filing.max_shift_days")
    granted, start = drf.granted_at.date(), facts.request.training.start
    latest = max(granted + dt.timedelta(days=most.whole), start)
    expected = f"un premier jour le {day(latest)} au plus tard"
    if first.value <= latest:
        return holds(expected, day(first.value), [first.evidence], parameter=most)
    message = (
        f"La formation a commencé le {{found}}, plus de {most.whole} jours après l’accord du "
        f"{day(granted)}. Une "
        "nouvelle demande de réservation de fonds était nécessaire : la demande ne peut pas être prise en "
        "charge."
    )
    answer = judged(
        facts, [Wrong(day(first.value), first.evidence)], message, expected, parameter=most, noise_too=True
    )
    written = facts.certificates.first
    if other_first_days(facts) and written and written.value and written.value <= latest:
        return judged_in_conflict(facts, answer)
    return answer


@rule(
    "drf.answered_in_time",
    Effect.INFORM,
    title="DRF accordée sous 48 heures ouvrées",
    source=AKTO,
    family=TEMPORARY,
    section=SECTION,
)
def answered_in_time(facts: Facts) -> Answer | None:
    drf = drf_of(facts)
    if drf is None:
        return None
    hours = facts.value("filing.answer_working_hours")
    latest = after_working_hours(drf.submitted_at, hours.whole)
    if drf.granted_at <= latest:
        return holds(moment(latest), moment(drf.granted_at), parameter=hours)
    return broken(
        f"L’accord a été donné le {moment(drf.granted_at)}, plus de {hours.whole} heures ouvrées après le "
        "dépôt de la "
        "demande. C’est sans conséquence sur le paiement.",
        moment(latest),
        moment(drf.granted_at),
        parameter=hours,
    )


@rule(
    "contract.sent_in_time",
    Effect.REVIEW,
    title="Contrat et données du stagiaire transmis sous 30 jours calendaires",
    source=AKTO,
    family=TEMPORARY,
    section=SECTION,
)
def contract_sent_in_time(facts: Facts) -> Answer | None:
    drf, sent = drf_of(facts), facts.request.contract_sent_at
    if drf is None:
        return None
    most = facts.value("filing.contract_days")
    latest = drf.granted_at.date() + dt.timedelta(days=most.whole)
    if sent is None:
        return cannot_tell(
            "La date de transmission du contrat n’est pas connue. Vérifier qu’il a été transmis dans les "
            f"{most.whole} jours de l’accord, au plus tard le {day(latest)}.",
            decides=True,
            expected=day(latest),
            parameter=most,
        )
    if sent.date() <= latest:
        return holds(day(latest), day(sent.date()), parameter=most)
    return broken(
        f"Le contrat a été transmis le {day(sent.date())}, plus de {most.whole} jours après l’accord du "
        f"{day(drf.granted_at.date())} (au plus tard le {day(latest)}). Vérifier s’il peut être retenu.",
        day(latest),
        day(sent.date()),
        parameter=most,
    )
