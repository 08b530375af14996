"""Hours: what is proven, half-day by half-day, against what is declared and what was granted."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from dossier.decision import Effect, Evidence
from dossier.quantities import Minutes, hours_text
from dossier.reading import Mark
from validators.answers import Answer, broken, cannot_tell, day, duration, holds, listed
from validators.doubt import hours_doubts
from validators.facts import Facts
from validators.facts_pieces import HALF_DAYS
from validators.facts_sheets import Half, Why
from validators.registry import ALL, rule

SECTION = "Heures"
CSF = "Code du travail, art. R6332-26 (contrôle de service fait)"
FOLLOWED = f"Code du travail, art. L6354-1 (heures non suivies) ; {CSF}"
AKTO = "AKTO, page CIPI du 22/09/2021"
SIGNED = "CAA Nantes, 2021 ; CAA Nantes, 2018 (émargement par demi-journée)"


def slot(half: Half) -> str:
    session = half.session
    when = day(session.date) if session.date else session.raw_date or "date illisible"
    return f"{when} {HALF_DAYS[session.half_day]}"


def places(halves: Iterable[Half]) -> tuple[Evidence, ...]:
    return tuple(half.evidence for half in halves)


def less_is_paid(facts: Facts) -> bool:
    """The hours proven fall short of those that would be paid on the declaration alone."""
    return facts.payable_hours < min(facts.declared, facts.remaining)


def reduced(facts: Facts) -> Effect | None:
    """A half-day left out that changes no payment is only told."""
    return None if less_is_paid(facts) else Effect.INFORM


@rule(
    "hours.evidenced",
    Effect.REDUCE,
    title="Les heures prouvées couvrent les heures déclarées",
    source=f"{FOLLOWED} ; {AKTO}",
    family=ALL,
    section=SECTION,
)
def evidenced(facts: Facts) -> Answer | None:
    if not facts.asks_hours or not facts.has_proof:
        return None
    proven, declared = facts.proven.best, facts.declared
    expected, found = hours_text(declared), hours_text(proven)
    if proven + facts.tolerance >= declared:
        return holds(expected, found, facts.proven_from, facts.value("tolerance.hours"))
    said = (
        f"{duration(declared)} sont déclarées et {duration(proven)} sont prouvées pour la période demandée."
    )
    least = facts.value("tolerance.gross_share")
    gross = 0 < proven < least.decimal * declared
    # so wide a gap is more often a piece forgotten or a claim mistyped than hours not followed
    what = "L’écart est trop grand pour un simple règlement partiel : vérifier la demande et les pièces."
    return broken(
        f"{said} {what if gross else 'Le règlement est ramené aux heures prouvées.'}",
        expected,
        found,
        facts.proven_from,
        effect=Effect.REVIEW if gross else None,
        doubtful=hours_doubts(facts),
        parameter=least if gross else facts.value("tolerance.hours"),
    )


@rule(
    "hours.under_declared",
    Effect.INFORM,
    title="Les heures déclarées ne sont pas inférieures aux heures prouvées",
    source="Choix de la maison",
    family=ALL,
    section=SECTION,
)
def under_declared(facts: Facts) -> Answer | None:
    if not facts.asks_hours or not facts.has_proof:
        return None
    proven, declared = facts.proven.best, facts.declared
    if proven <= declared + facts.tolerance:
        return holds(hours_text(declared), hours_text(proven), parameter=facts.value("tolerance.hours"))
    return broken(
        f"{duration(proven)} sont prouvées et {duration(declared)} seulement sont déclarées. Les heures "
        "déclarées "
        "sont payées ; les autres peuvent faire l’objet d’une autre demande.",
        hours_text(declared),
        hours_text(proven),
        facts.proven_from,
        parameter=facts.value("tolerance.hours"),
    )


@rule(
    "hours.grant",
    Effect.REDUCE,
    title="Heures déclarées et déjà payées dans la limite de l’accord",
    source=CSF,
    family=ALL,
    section=SECTION,
)
def grant(facts: Facts) -> Answer | None:
    if not facts.asks_hours:
        return None
    granted, paid, declared = facts.request.training.hours, facts.already_paid, facts.declared
    if declared + paid <= granted:
        return holds(hours_text(granted), hours_text(Minutes(declared + paid)))
    left = facts.remaining
    rest = (
        f"Il reste {duration(left)}, qui sont payées au plus."
        if left
        else "Il ne reste aucune heure à payer."
    )
    already = f", {duration(paid)} sont déjà payées" if paid else ""
    return broken(
        f"L’accord porte sur {duration(granted)}{already} et {duration(declared)} sont déclarées. {rest}",
        hours_text(left),
        hours_text(declared),
    )


@rule(
    "hours.sheet_unsigned",
    Effect.REDUCE,
    title="Chaque demi-journée comptée porte la signature du stagiaire",
    source=SIGNED,
    family=ALL,
    section=SECTION,
)
def sheet_unsigned(facts: Facts) -> Answer | None:
    if not facts.halves:
        return None
    if facts.contradicted:
        names = listed(slot(half) for half in facts.contradicted)
        return broken(
            f"Une feuille porte la signature du stagiaire et une autre le dit absent : {names}. Vérifier "
            "les feuilles.",
            "des feuilles concordantes",
            names,
            places(facts.contradicted),
            effect=Effect.REVIEW,
        )
    without = [half for half in facts.halves if half.why is Why.UNSIGNED]
    if not without:
        return holds("chaque demi-journée signée", evidence=places(facts.counted))
    names = listed(slot(half) for half in without)
    unsure = [half for half in without if not half.sure]
    # where the unsure cells could not change what is paid, they are not worth a person's time
    doubts = places(unsure) if unsure and hours_doubts(facts) else ()
    return broken(
        f"La signature du stagiaire manque : {names}. Ces demi-journées ne sont pas comptées.",
        "la signature du stagiaire",
        names,
        places(without),
        effect=reduced(facts),
        doubtful=doubts,
    )


@rule(
    "hours.trainer_unsigned",
    Effect.MISSING,
    title="Chaque demi-journée comptée porte la signature du formateur",
    source=SIGNED,
    family=ALL,
    section=SECTION,
)
def trainer_unsigned(facts: Facts) -> Answer | None:
    counted = facts.counted
    if not counted:
        return None
    without = [
        h for h in counted if not h.session.trainer_signed and h.session.trainer_mark is not Mark.UNKNOWN
    ]
    unknown = [half for half in counted if half.session.trainer_mark is Mark.UNKNOWN]
    if without:
        names = listed(slot(half) for half in without)
        sure = any(half.sure for half in without)
        return broken(
            f"La signature du formateur manque : {names}. Merci de transmettre une feuille signée par le "
            "formateur.",
            "la signature du formateur",
            names,
            places(without),
            doubtful=() if sure else places(without),
        )
    if unknown:
        return cannot_tell(
            f"La signature du formateur se voit mal : {listed(slot(h) for h in unknown)}. Vérifier la "
            "feuille.",
            places(unknown),
            decides=True,
            expected="la signature du formateur",
        )
    return holds("la signature du formateur", evidence=places(counted))


@rule(
    "hours.certificate_exceeds_sheets",
    Effect.REVIEW,
    title="Le certificat ne dépasse pas les feuilles signées",
    source="CAA Nantes, 2018 (certificat et absences) ; choix de la maison",
    family=ALL,
    section=SECTION,
)
def certificate_exceeds_sheets(facts: Facts) -> Answer | None:
    said, shown = facts.certificates.minutes, facts.shown
    if said is None or shown is None:
        return None
    if said <= shown.best + facts.tolerance:
        return holds(hours_text(shown.best), hours_text(said), facts.certificates.evidence)
    return broken(
        f"Le certificat dit {duration(said)} et les feuilles signées {duration(shown.best)}. Vérifier "
        "l’écart avec "
        "l’organisme de formation.",
        hours_text(shown.best),
        hours_text(said),
        facts.certificates.evidence,
        doubtful=hours_doubts(facts) if said <= shown.high + facts.tolerance else (),
        parameter=facts.value("tolerance.hours"),
    )


@rule(
    "hours.outside_period",
    Effect.REDUCE,
    title="Chaque demi-journée est dans la période accordée",
    source=f"{CSF} ; {AKTO}",
    family=ALL,
    section=SECTION,
)
def outside_period(facts: Facts) -> Answer | None:
    if not facts.halves:
        return None
    agreed = facts.window.agreed
    expected = f"du {day(agreed.start)} au {day(agreed.end)}"
    outside = [h for h in facts.halves if h.why is Why.OUTSIDE_AGREED and h.session.trainee_signed]
    if not outside:
        return holds(expected, evidence=places(facts.counted))
    names = listed(slot(half) for half in outside)
    unsure = [half for half in outside if not half.sure]
    return broken(
        f"Des demi-journées sont hors de la période accordée, {expected} : {names}. Elles ne sont pas "
        "comptées.",
        expected,
        names,
        places(outside),
        effect=reduced(facts),
        doubtful=places(unsure) if unsure and hours_doubts(facts) else (),
    )


@rule(
    "hours.none",
    Effect.REJECT,
    title="Au moins une heure est prouvée",
    source=f"{FOLLOWED} ; {AKTO}",
    family=ALL,
    section=SECTION,
)
def none(facts: Facts) -> Answer | None:
    if not facts.asks_hours or not facts.has_proof:
        return None
    if facts.proven.best > 0:
        return holds("au moins une heure", hours_text(facts.proven.best), facts.proven_from)
    of_period = [
        half for half in facts.halves if half.why in (Why.UNSIGNED, Why.NO_DATE, Why.AFTER_TERMINATION)
    ]
    said_nothing = facts.certificates.minutes == 0
    if not of_period and not said_nothing:
        # no proof speaks of these days, or none names the trainee: another rule asks for one or for a person
        return cannot_tell("Aucune preuve ne porte sur la période demandée.")
    evidence = places(of_period) or facts.certificates.evidence
    return broken(
        "Aucune heure de formation n’est prouvée pour la période demandée : la demande ne peut pas être "
        "prise en "
        "charge.",
        "au moins une heure",
        "0.00",
        evidence,
        doubtful=hours_doubts(facts),
    )


def by_day(halves: Iterable[Half]) -> dict[dt.date, list[Half]]:
    days: dict[dt.date, list[Half]] = defaultdict(list)
    for half in halves:
        if half.session.date is not None:
            days[half.session.date].append(half)
    return days


@rule(
    "hours.after_termination",
    Effect.REDUCE,
    title="Aucune heure après la rupture du contrat",
    source="ADEFIM LR, contrat de professionnalisation, règles 2017",
    family=ALL,
    section=SECTION,
)
def after_termination(facts: Facts) -> Answer | None:
    ended = facts.terminated_on
    if ended is None or ended.value is None:
        return None
    expected = f"aucune heure après le {day(ended.value)}"
    after = [h for h in facts.halves if h.why is Why.AFTER_TERMINATION and h.session.trainee_signed]
    if not after:
        return holds(expected, evidence=[ended.evidence])
    names = listed(slot(half) for half in after)
    return broken(
        f"Le contrat a été rompu le {day(ended.value)} et des demi-journées sont postérieures : {names}. "
        "Elles ne "
        "sont pas comptées.",
        expected,
        names,
        [ended.evidence, *places(after)],
        effect=reduced(facts),
        doubtful=[ended.evidence] if ended.confidence < facts.threshold else (),
    )
