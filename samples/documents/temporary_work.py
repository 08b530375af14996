"""Papers of temporary work: the contrat type and the lettre type of a CIPI or CDPI, the contract of the mission."""

from __future__ import annotations

import random

from dossier.kinds import Kind
from samples.drawn import Layout
from samples.facts import Facts
from samples.paper import Content, Signatory, fait, layouts
from samples.telling import Telling

SCHEMES = {
    "CIPI": "Contrat d'insertion professionnelle intérimaire",
    "CDPI": "Contrat de développement professionnel intérimaire",
}


def _scheme(facts: Facts) -> str:
    return "CDPI" if facts.ref.startswith("CDPI") else "CIPI"


def _both(facts: Facts, tell: Telling) -> tuple[Signatory, ...]:
    """Agency and worker; an unsigned paper lacks the worker's signature."""
    signed = tell.flag("signed", facts.signed)
    return (
        Signatory(
            "L'entreprise de travail temporaire",
            facts.employer.manager,
            True,
            facts.employer if facts.stamped else None,
        ),
        Signatory("Le ou la salarié(e)", facts.trainee, signed),
    )


def contract_form(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """The contrat type as a form."""
    short = _scheme(facts)
    return Content(
        head=facts.employer if rng.random() < 0.5 else None,
        title=f"CONTRAT TYPE {short}",
        subtitle=f"{SCHEMES[short]} – accord du 29 novembre 2019",
        blocks=(
            ("L'entreprise de travail temporaire", (tell.text("employer_name", facts.employer.name), facts.employer.address, f"SIRET {facts.employer.siret}")),
            ("L'intérimaire", (tell.person(facts.trainee, order=1), f"né(e) le {tell.day(facts.trainee.birth)}")),
        ),
        rows=(
            ("Formation visée", facts.title),
            ("Organisme de formation", facts.provider.name),
            ("Début du parcours", tell.date("start_date", facts.start)),
            ("Fin du parcours", tell.date("end_date", facts.end)),
            (rng.choice(("Heures de formation", "Durée de la formation")), tell.hours("hours", facts.planned)),
            ("Mission prévue après la formation", f"chez {facts.client.name}, 70 heures au moins"),
        ),
        articles=(
            ("Rémunération", "Pendant la formation, la rémunération est au moins égale au SMIC ou au salaire de la dernière mission."),
            ("Engagements", "Le salarié s'engage à suivre la formation avec assiduité et à signer les feuilles d'émargement."),
        ),
        closing=fait(rng, facts.employer.town, tell.day(facts.issued_on)),
        signatories=_both(facts, tell),
    )  # fmt: skip


def contract_prose(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """The contrat type as a text."""
    short = _scheme(facts)
    who = tell.person(facts.trainee)
    return Content(
        head=facts.employer,
        title=SCHEMES[short],
        lead=(
            f"Entre la société de travail temporaire <b>{tell.text('employer_name', facts.employer.name).replace('&', '&amp;')}</b> et "
            f"<b>{who}</b>, salarié(e) intérimaire, il est conclu un {short} dans les conditions suivantes."
        ),
        articles=(
            ("1. Formation", f"Le salarié suit l'action « {facts.title} » d'une durée de {tell.hours('hours', facts.planned)} dispensée par {facts.provider.name}."),
            ("2. Période", f"La formation a lieu du {tell.date('start_date', facts.start)} au {tell.date('end_date', facts.end)} inclus."),
            ("3. Mission", f"Elle est suivie d'une mission auprès de l'entreprise utilisatrice {facts.client.name}."),
            ("4. Statut", "Le salarié conserve pendant la formation le statut de salarié de l'entreprise de travail temporaire."),
        ),
        closing=fait(rng, facts.employer.town, tell.day(facts.issued_on)),
        signatories=_both(facts, tell),
    )  # fmt: skip


def letter(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """The lettre type sent to who holds a CDI intérimaire."""
    short = _scheme(facts)
    who = tell.person(facts.trainee, order=1)
    tell.text("employer_name", facts.employer.name)
    return Content(
        head=facts.employer,
        addressee=(who, facts.client.address),
        title=f"Lettre type {short} – CDI intérimaire",
        subtitle=f"Objet : {SCHEMES[short].lower()}",
        lead=(
            "Madame, Monsieur,<br/><br/>Titulaire d'un contrat à durée indéterminée intérimaire au sein de notre agence "
            f"{facts.employer.name.replace('&', '&amp;')}, vous suivrez entre deux missions la formation « {facts.title} » auprès de "
            f"{facts.provider.name.replace('&', '&amp;')}, du {tell.date('start_date', facts.start)} au {tell.date('end_date', facts.end)}, pour "
            f"{tell.hours('hours', facts.planned)}.<br/><br/>Cette période est suivie d'une lettre de mission en rapport avec la formation. Nous vous "
            "remercions de nous retourner un exemplaire signé, précédé de la mention « lu et approuvé »."
        ),
        closing=fait(rng, facts.employer.town, tell.day(facts.issued_on)),
        signatories=_both(facts, tell),
    )  # fmt: skip


def mission_form(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """The contrat de mission as a form."""
    return Content(
        head=facts.employer,
        title=rng.choice(("CONTRAT DE MISSION", "CONTRAT DE TRAVAIL TEMPORAIRE – contrat de mission")),
        subtitle=f"N° M{facts.employer.siret[3:8]}-{facts.start:%y%m}",
        blocks=(
            ("Employeur (ETT)", (tell.text("employer_name", facts.employer.name), facts.employer.address)),
            ("Entreprise utilisatrice", (tell.text("user_company", facts.client.name), facts.client.address)),
        ),
        rows=(
            ("Salarié(e)", tell.person(facts.trainee, order=rng.randrange(2))),
            ("Motif du recours", rng.choice(("Accroissement temporaire d'activité", "Remplacement d'un salarié absent"))),
            ("Début de la mission", tell.date("start_date", facts.start)),
            ("Terme", tell.date("end_date", facts.end)),
            ("Poste", rng.choice(("Opérateur de production", "Préparateur de commandes", "Agent polyvalent"))),
            ("Horaires", "35 heures par semaine"),
            ("Taux horaire brut", f"{rng.choice(('12,10', '12,35', '12,84'))} €"),
        ),
        articles=(("Période d'essai", "Deux jours travaillés. Souplesse : art. L. 1251-30 du code du travail."),),
        closing=fait(rng, facts.employer.town, tell.day(facts.issued_on)),
        signatories=_both(facts, tell),
    )  # fmt: skip


def mission_prose(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """The contrat de mission as clauses."""
    who = tell.person(facts.trainee, order=1)
    return Content(
        head=facts.employer,
        title="Contrat de mission temporaire",
        lead=(
            f"La société {tell.text('employer_name', facts.employer.name).replace('&', '&amp;')} met à la disposition de l'entreprise utilisatrice "
            f"<b>{tell.text('user_company', facts.client.name).replace('&', '&amp;')}</b> : <b>{who}</b>, pour une mission du "
            f"{tell.date('start_date', facts.start)} au {tell.date('end_date', facts.end)}."
        ),
        articles=(
            ("Caractéristiques du poste", "Poste sans risque particulier ; équipements de protection fournis par l'entreprise utilisatrice."),
            ("Lieu", f"{facts.client.address}."),
            ("Rémunération", "Égale à celle d'un salarié de qualification équivalente, indemnité de fin de mission de 10 %."),
            ("Retraite et prévoyance", "AG2R Agirc-Arrco, Intérimaires Prévoyance."),
        ),
        closing=fait(rng, facts.employer.town, tell.day(facts.issued_on)),
        signatories=_both(facts, tell),
    )  # fmt: skip


CIPI_LAYOUTS: dict[str, Layout] = layouts(contract_form, contract_prose)
LETTER_LAYOUTS: dict[str, Layout] = {
    k: v for k, v in layouts(letter).items() if not k.endswith(("boxed", "tabular"))
}
MISSION_LAYOUTS: dict[str, Layout] = layouts(mission_form, mission_prose)
KINDS = {Kind.CIPI_CONTRACT: {**CIPI_LAYOUTS, **LETTER_LAYOUTS}, Kind.MISSION_CONTRACT: MISSION_LAYOUTS}
