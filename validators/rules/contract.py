"""The contrat de professionnalisation: public, duration, training's share, renewal, CERFA, rate."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from dossier.case import Piece
from dossier.decision import Effect
from dossier.kinds import Kind
from dossier.quantities import Minutes, amount_text, hours_text, minutes_of
from dossier.requests import LineKind, ProContract, TraineeStatus
from validators.answers import Answer, broken, cannot_tell, day, duration, euros, holds
from validators.doubt import Wrong, judged
from validators.due import flat_due
from validators.facts import Facts
from validators.facts_certificate import names_trainee
from validators.facts_pieces import Read, date, hours, text
from validators.identifiers import good_siret, siren_of
from validators.months import age_on
from validators.names import plain, same_organisation, same_title
from validators.parameters import NoValueError
from validators.printed import printed_instead, title_instead
from validators.registry import PRO, rule

SECTION = "Contrat de professionnalisation"
ADEFIM = "ADEFIM LR, contrat de professionnalisation, règles 2017"
STATUSES = {
    "interimaire": "intérimaire",
    "cdii": "CDI intérimaire",
    "jobseeker": "demandeur d’emploi",
    "minimum_income": "bénéficiaire de minima sociaux",
    "disabled": "travailleur handicapé",
    "youth_without_bac": "jeune sans baccalauréat",
    "employee": "salarié",
}


def contract_of(facts: Facts) -> ProContract | None:
    return facts.request.contract


def age(facts: Facts, contract: ProContract) -> int:
    return age_on(facts.request.trainee.birth_date, contract.start)


def extended(facts: Facts, contract: ProContract) -> bool:
    """One of the listed cases in which a longer contract and more training are allowed."""
    status = facts.request.trainee.status
    by_kind = contract.qualification_kind in facts.value("contract.extended_qualifications").texts
    by_status = status.value in facts.value("contract.extended_statuses").texts
    older = age(facts, contract) > facts.value("contract.age_to").whole
    return by_kind or by_status or (status is TraineeStatus.JOBSEEKER and older)


@rule(
    "contract.public",
    Effect.REVIEW,
    title="Public du contrat : 16 à 25 ans, ou un statut qui l’ouvre",
    source=f"{ADEFIM} ; code du travail, art. L6325-1",
    family=PRO,
    section=SECTION,
)
def public(facts: Facts) -> Answer | None:
    contract = contract_of(facts)
    if contract is None:
        return None
    youngest, oldest = facts.value("contract.age_from"), facts.value("contract.age_to")
    years, status = age(facts, contract), facts.request.trainee.status.value
    opens = status in facts.value("contract.open_statuses").texts
    expected = f"de {youngest.whole} à {oldest.whole} ans, ou un statut qui ouvre le contrat"
    found = f"{years} ans, {STATUSES[status]}"
    if years >= youngest.whole and (years <= oldest.whole or opens):
        return holds(expected, found, parameter=oldest)
    return broken(
        f"Le bénéficiaire a {years} ans au début du contrat et son statut ({STATUSES[status]}) n’ouvre pas "
        "le contrat. "
        "Vérifier sa situation.",
        expected,
        found,
        parameter=oldest,
    )


@rule(
    "contract.duration",
    Effect.REVIEW,
    title="Durée du contrat ou de l’action",
    source=f"{ADEFIM} ; code du travail, art. L6325-11 et L6325-12",
    family=PRO,
    section=SECTION,
)
def contract_duration(facts: Facts) -> Answer | None:
    contract = contract_of(facts)
    if contract is None:
        return None
    least, most = facts.value("contract.months_min"), facts.value("contract.months_max")
    if extended(facts, contract):
        most = facts.value("contract.months_extended")
    if facts.request.trainee.status.value in facts.value("contract.priority_statuses").texts:
        longest = facts.value("contract.months_priority")
        most = longest if longest.whole > most.whole else most
    expected, found = f"de {least.whole} à {most.whole} mois", f"{contract.months} mois"
    if least.whole <= contract.months <= most.whole:
        return holds(expected, found, parameter=most)
    return broken(
        f"Le contrat ou l’action dure {contract.months} mois ; la durée admise est {expected} pour ce "
        "bénéficiaire et "
        "cette qualification. Vérifier le contrat.",
        expected,
        found,
        parameter=most if contract.months > most.whole else least,
    )


def share_bounds(facts: Facts, contract: ProContract) -> tuple[Minutes, Minutes]:
    """The least and most training that a contract of that length may hold."""
    year = Decimal(facts.value("contract.year_hours").whole) * contract.months / 12
    least = max(
        year * facts.value("contract.share_min").decimal, Decimal(facts.value("contract.hours_min").whole)
    )
    wider = extended(facts, contract)
    most = year * facts.value("contract.share_extended" if wider else "contract.share_max").decimal
    return minutes_of(least), minutes_of(max(most, least))


@rule(
    "contract.training_share",
    Effect.REVIEW,
    title="Part de la formation dans le contrat",
    source=f"{ADEFIM} ; code du travail, art. L6325-13 et L6325-14",
    family=PRO,
    section=SECTION,
)
def training_share(facts: Facts) -> Answer | None:
    contract = contract_of(facts)
    if contract is None:
        return None
    least, most = share_bounds(facts, contract)
    tolerance = facts.value("contract.share_tolerance")
    training = facts.request.training.hours
    expected = f"de {hours_text(least)} à {hours_text(most)}"
    if least - tolerance.whole <= training <= most + tolerance.whole:
        return holds(expected, hours_text(training), parameter=tolerance)
    return broken(
        f"La formation compte {duration(training)} ; pour un contrat de {contract.months} mois elle en "
        "compte de "
        f"{duration(least)} à {duration(most)}. Vérifier le contrat.",
        expected,
        hours_text(training),
        parameter=facts.value("contract.share_min" if training < least else "contract.share_max"),
    )


@rule(
    "contract.renewal",
    Effect.REVIEW,
    title="Renouvelé une fois, pour un motif admis",
    source=f"{ADEFIM} ; code du travail, art. L6325-7",
    family=PRO,
    section=SECTION,
)
def renewal(facts: Facts) -> Answer | None:
    contract = contract_of(facts)
    if contract is None or contract.renewal is None:
        return None
    motives = facts.value("contract.renewal_motives")
    if contract.renewal.motive not in motives.texts:
        return broken(
            f"Le motif du renouvellement ({contract.renewal.motive}) n’est pas admis. Vérifier le contrat.",
            "un motif admis",
            contract.renewal.motive,
            parameter=motives,
        )
    before = facts.case.surroundings.renewed
    if before is None:
        return cannot_tell(
            "Le contrat renouvelé n’est pas connu : son propre renouvellement n’est pas vérifiable."
        )
    if before.contract is not None and before.contract.renewal is not None:
        return broken(
            f"Le contrat renouvelle celui du dossier {before.ref}, lui-même renouvellement du dossier "
            f"{before.contract.renewal.of}. Un contrat ne se renouvelle qu’une fois : vérifier.",
            "un seul renouvellement",
            "deux renouvellements",
            parameter=motives,
        )
    return holds("un seul renouvellement", before.ref, parameter=motives)


Disagreeing = Callable[[Facts, ProContract, Piece], list[Wrong]]


def said(label: str, read: Read[str] | None) -> str:
    return f"{label} {read.value}" if read and read.value else label


def parties_wrong(facts: Facts, contract: ProContract, cerfa: Piece) -> list[Wrong]:
    """Employer and provider, by SIREN or by name. A wrong key beside the right name is a misreading."""
    found = []
    for party, agreed in (("employer", facts.request.employer), ("provider", facts.request.provider)):
        label = "employeur" if party == "employer" else "organisme"
        number, name = text(cerfa, f"{party}_siret"), text(cerfa, f"{party}_name")
        same_name = bool(name and name.value and same_organisation(name.value, agreed.name))
        if number and number.value and siren_of(number.value):
            misread = same_name and (not good_siret(number.value) or number.confidence < facts.threshold)
            if siren_of(number.value) != siren_of(agreed.siret) and not misread:
                found.append(Wrong(said(label, number), number.evidence))
        elif (
            name and name.value and not same_name and not printed_instead(cerfa, agreed.name, f"{party}_name")
        ):
            found.append(Wrong(said(label, name), name.evidence))
    return found


def person_wrong(facts: Facts, contract: ProContract, cerfa: Piece) -> list[Wrong]:
    found = []
    last, first, born = (
        text(cerfa, "trainee_last_name"),
        text(cerfa, "trainee_first_name"),
        date(cerfa, "birth_date"),
    )
    given = first.value or "" if first else ""
    if last and last.value and names_trainee(cerfa, facts.request.trainee) is False:
        found.append(Wrong(f"salarié {last.value} {given}".strip(), last.evidence))
    if born and born.value and born.value != facts.request.trainee.birth_date:
        found.append(Wrong(f"né le {day(born.value)}", born.evidence))
    return found


def dates_wrong(facts: Facts, contract: ProContract, cerfa: Piece) -> list[Wrong]:
    """The days of the contract; for an open-ended one the agreed end is the action's."""
    wanted = (("start_date", contract.start, "début"), ("end_date", contract.end, "fin"))
    found = []
    for name, agreed, label in wanted:
        read = date(cerfa, name)
        if read and read.value and read.value != agreed:
            found.append(Wrong(f"{label} {day(read.value)}", read.evidence))
    return found


def content_wrong(facts: Facts, contract: ProContract, cerfa: Piece) -> list[Wrong]:
    found = []
    training, qualification = hours(cerfa, "training_hours"), text(cerfa, "qualification")
    kind = text(cerfa, "contract_kind")
    tolerance = facts.value("contract.share_tolerance").whole
    if (
        training
        and training.value is not None
        and abs(training.value - facts.request.training.hours) > tolerance
    ):
        found.append(Wrong(f"{duration(training.value)} de formation", training.evidence))
    titles = (contract.qualification, facts.request.training.title)
    if (
        qualification
        and qualification.value
        and not any(same_title(qualification.value, title) for title in titles)
        and not title_instead(cerfa, titles, "qualification")
    ):
        found.append(Wrong(f"« {qualification.value} »", qualification.evidence))
    if (
        kind
        and kind.value
        and plain(kind.value) in ("cdd", "cdi")
        and plain(kind.value) != plain(contract.kind)
    ):
        found.append(Wrong(kind.value.upper(), kind.evidence))
    return found


COMPARED: tuple[Disagreeing, ...] = (parties_wrong, person_wrong, dates_wrong, content_wrong)


@rule(
    "contract.cerfa_agrees",
    Effect.REVIEW,
    title="CERFA et dossier concordent",
    source=ADEFIM,
    family=PRO,
    section=SECTION,
)
def cerfa_agrees(facts: Facts) -> Answer | None:
    contract, forms = contract_of(facts), facts.pieces.of(Kind.CERFA)
    if contract is None or not forms:
        return None
    wrong = [one for form in forms for compare in COMPARED for one in compare(facts, contract, form)]
    expected = "parties, salarié, dates, heures et qualification du dossier"
    if not wrong:
        return holds(expected)
    return judged(
        facts, wrong, "Le CERFA ne concorde pas avec le dossier : {found}. Vérifier le contrat.", expected
    )


@rule(
    "rate.pathway",
    Effect.REVIEW,
    title="Taux horaire du barème du parcours (action courte ou longue)",
    source=f"{ADEFIM} ; avenant métallurgie du 10/01/2017",
    family=PRO,
    section=SECTION,
)
def pathway(facts: Facts) -> Answer | None:
    contract = contract_of(facts)
    if contract is None:
        return None
    year = Decimal(facts.value("contract.year_hours").whole) * contract.months / 12
    within = facts.request.training.hours <= minutes_of(year * facts.value("contract.share_max").decimal)
    short = contract.months <= facts.value("contract.months_max").whole and within
    name = "action courte" if short else "action longue"
    granted = facts.request.granted.hourly_rate
    try:
        most = facts.value("rate.short_max" if short else "rate.long_max")
    except NoValueError:
        return broken(
            f"Le barème n’a pas de valeur établie à la date de signature pour une {name} : le taux accordé, "
            f"{euros(granted)}/h, est retenu.",
            f"un barème ({name})",
            f"{euros(granted)}/h",
            effect=Effect.INFORM,
        )
    if granted <= most.decimal:
        return holds(f"{euros(most.decimal)}/h au plus ({name})", f"{euros(granted)}/h", parameter=most)
    return broken(
        f"Le taux accordé, {euros(granted)}/h, dépasse le barème d’une {name}, {euros(most.decimal)}/h. "
        "Vérifier l’accord.",
        f"{euros(most.decimal)}/h au plus ({name})",
        f"{euros(granted)}/h",
        parameter=most,
    )


@rule(
    "certification.flat",
    Effect.REDUCE,
    title="Forfait de certification, une fois, pour un CQPM ou un CQPI",
    source=ADEFIM,
    family=PRO,
    section=SECTION,
)
def certification(facts: Facts) -> Answer | None:
    contract, line = contract_of(facts), facts.line(LineKind.CERTIFICATION)
    if contract is None or line is None or not line.count:
        return None
    flat, kinds = facts.value("certification.flat_amount"), facts.value("certification.qualifications")
    asked = amount_text(line.count * flat.decimal)
    if contract.qualification_kind not in kinds.texts:
        return broken(
            "Le forfait de certification est réservé aux CQPM et CQPI ; la qualification du contrat n’en "
            "est pas un. "
            "Il n’est pas dû.",
            "0.00",
            asked,
            parameter=kinds,
        )
    due, certain = flat_due(facts, LineKind.CERTIFICATION)
    if not certain:
        return cannot_tell(
            "Des montants ont déjà été payés en plus des heures : vérifier que le forfait de certification "
            "ne l’a pas "
            "été.",
            decides=True,
            expected=amount_text(flat.decimal),
            parameter=flat,
        )
    if line.count * flat.decimal <= due:
        return holds(amount_text(due), asked, parameter=flat)
    return broken(
        f"Le forfait de certification est dû une fois par contrat : {euros(due)} sont retenus.",
        amount_text(due),
        asked,
        parameter=flat,
    )
