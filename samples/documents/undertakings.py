"""Undertakings: the charter Mission Jeunes, the parties' commitment, the AFEST protocol."""

from __future__ import annotations

import random

from dossier.kinds import Kind
from samples.facts import Facts
from samples.paper import Content, Signatory, fait, layouts
from samples.telling import Telling


def charter_list(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """The charter with its list of undertakings."""
    return Content(
        head=facts.employer,
        title="CHARTE D'ENGAGEMENT MISSION JEUNES",
        lead=f"Entre <b>{tell.person(facts.trainee, order=1)}</b>, l'agence {facts.employer.name.replace('&', '&amp;')} et la mission locale.",
        bullets=("Je m'engage à suivre l'intégralité de la formation", "L'agence s'engage à proposer une mission à l'issue du parcours",
                 "La mission locale assure un accompagnement régulier"),
        closing=fait(rng, facts.employer.town, tell.day(facts.issued_on)),
        signatories=(Signatory("Le jeune", facts.trainee, True), Signatory("L'agence", facts.employer.manager, True, facts.employer), Signatory("La mission locale", facts.trainer, True)),
    )  # fmt: skip


def charter_rows(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """The charter as a form."""
    return Content(
        head=None,
        title="Programme Mission Jeunes",
        subtitle="Charte d'engagement tripartite",
        rows=(("Jeune", tell.person(facts.trainee)), ("Entreprise de travail temporaire", facts.employer.name), ("Parcours", facts.title)),
        articles=(("Engagements réciproques", "Assiduité, suivi individualisé, proposition d'une mission en rapport avec la formation."),),
        closing=fait(rng, facts.employer.town, tell.day(facts.issued_on)),
        signatories=(Signatory("Signature du jeune", facts.trainee, True), Signatory("Signature de l'ETT", facts.employer.manager, True, facts.employer)),
    )  # fmt: skip


def _parties(facts: Facts) -> tuple[Signatory, ...]:
    return (
        Signatory("L'entreprise de travail temporaire", facts.employer.manager, True, facts.employer),
        Signatory("L'entreprise utilisatrice", facts.client.manager, True, facts.client),
        Signatory("Le salarié", facts.trainee, True),
    )


def parties_text(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """The parties' commitment for a training inside the client company."""
    return Content(
        head=facts.employer,
        title="ENGAGEMENT DES PARTIES",
        subtitle="Formation réalisée au sein de l'entreprise utilisatrice, hors production",
        lead=f"Concerne <b>{tell.person(facts.trainee, order=1)}</b>, action « {facts.title} » organisée chez {facts.client.name.replace('&', '&amp;')}.",
        articles=(("Lieu dédié", "La formation se déroule dans une salle dédiée, à l'écart des postes de production."),
                  ("Non-productivité", "Le salarié n'est affecté à aucune tâche de production pendant les heures de formation.")),
        closing=fait(rng, facts.client.town, tell.day(facts.issued_on)),
        signatories=_parties(facts),
    )  # fmt: skip


def parties_rows(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """The same as a form."""
    return Content(
        head=None,
        title="Engagement des parties – formation en entreprise utilisatrice",
        rows=(("Intérimaire", tell.person(facts.trainee)), ("Agence", facts.employer.name), ("Entreprise utilisatrice", facts.client.name), ("Action", facts.title)),
        bullets=("Salle dédiée, hors production", "Formateur externe à l'équipe", "Émargement par demi-journée"),
        closing=fait(rng, facts.client.town, tell.day(facts.issued_on)),
        signatories=_parties(facts),
    )  # fmt: skip


def afest_text(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """The AFEST protocol in articles."""
    return Content(
        head=facts.employer,
        title="PROTOCOLE DE FORMATION AFEST",
        subtitle="Action de formation en situation de travail – article D. 6313-3-2 du code du travail",
        lead=f"Bénéficiaire : <b>{tell.person(facts.trainee)}</b>",
        articles=(("Analyse de l'activité", f"L'activité de travail est analysée chez {facts.client.name} et adaptée à des fins pédagogiques."),
                  ("Référent AFEST", f"{facts.trainer.first_last} exerce la fonction tutorale."),
                  ("Phases réflexives", "Chaque mise en situation est suivie d'une phase réflexive tracée dans le livret."),
                  ("Évaluation", "Évaluations spécifiques des acquis en cours et à l'issue de l'action.")),
        closing=fait(rng, facts.client.town, tell.day(facts.issued_on)),
        signatories=_parties(facts),
    )  # fmt: skip


def afest_table(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """The AFEST protocol as a table of sequences."""
    return Content(
        head=None,
        title="Protocole individuel AFEST",
        rows=(("Apprenant", tell.person(facts.trainee)), ("Référent", facts.trainer.first_last), ("Entreprise utilisatrice", facts.client.name)),
        table=(("Séquence", "Situation de travail", "Phase réflexive"), ("1", "Approvisionner le poste", "Entretien de 30 min"), ("2", "Régler la machine", "Entretien de 45 min"),
               ("3", "Contrôler les pièces", "Entretien de 30 min")),
        closing=fait(rng, facts.client.town, tell.day(facts.issued_on)),
        signatories=_parties(facts),
    )  # fmt: skip


KINDS = {
    Kind.COMMITMENT_CHARTER: layouts(charter_list, charter_rows),
    Kind.PARTIES_COMMITMENT: layouts(parties_text, parties_rows),
    Kind.AFEST_PROTOCOL: layouts(afest_text, afest_table),
}
