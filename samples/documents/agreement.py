"""The convention de formation between provider and employer."""

from __future__ import annotations

import random

from dossier.kinds import Kind
from dossier.quantities import price_of
from samples.facts import Facts
from samples.identifiers import spaced
from samples.paper import Content, Signatory, fait, layouts
from samples.telling import Telling

KIND = Kind.TRAINING_AGREEMENT


def _signatories(facts: Facts, tell: Telling) -> tuple[Signatory, ...]:
    """Both parties; an unsigned one lacks the employer's signature."""
    signed = tell.flag("signed", facts.signed)
    return (
        Signatory(
            "Pour l'organisme de formation",
            facts.provider.manager,
            True,
            facts.provider if facts.stamped else None,
        ),
        Signatory(
            "Pour l'entreprise",
            facts.employer.manager,
            signed,
            facts.employer if signed and facts.stamped else None,
        ),
    )


def _blocks(facts: Facts, rng: random.Random, tell: Telling) -> tuple[tuple[str, tuple[str, ...]], ...]:
    siret = tell.text(
        "provider_siret",
        facts.provider.siret,
        spaced(facts.provider.siret, 3, 3, 3, 5) if rng.random() < 0.4 else facts.provider.siret,
    )
    return (
        ("L'organisme de formation", (tell.text("provider_name", facts.provider.name), facts.provider.address, f"SIRET {siret}",
                                      f"Déclaration d'activité n° {facts.provider.nda}")),
        ("Le bénéficiaire", (tell.text("customer_name", facts.employer.name), facts.employer.address, f"SIRET {facts.employer.siret}")),
    )  # fmt: skip


def by_rows(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """The essentials as labelled values, then short articles."""
    price = price_of(facts.planned, facts.price)
    return Content(
        head=facts.provider,
        title=rng.choice(("CONVENTION DE FORMATION PROFESSIONNELLE", "Convention de formation")),
        subtitle="Articles L. 6353-1 et D. 6353-1 du code du travail",
        blocks=_blocks(facts, rng, tell),
        rows=(
            (rng.choice(("Intitulé de l'action", "Action de formation")), tell.text("training_title", facts.title)),
            ("Stagiaire", facts.trainee.first_last),
            ("Dates", f"du {tell.date('start_date', facts.start)} au {tell.date('end_date', facts.end)}"),
            ("Durée", tell.hours("hours", facts.planned)),
            ("Lieu", "À distance" if facts.distance else facts.provider.town),
            (rng.choice(("Prix net de taxe", "Coût pédagogique HT")), tell.money("net_amount", price)),
        ),
        articles=(
            ("Article 1 – Suivi", "L'assiduité est attestée par des feuilles d'émargement signées par demi-journée par le stagiaire et le formateur."),
            ("Article 2 – Règlement", "Le prix est payable à réception de la facture, à l'issue de l'action. Les heures non suivies ne sont pas facturées au titre de la formation."),
            ("Article 3 – Différend", "À défaut d'accord amiable, le tribunal compétent est celui du siège de l'organisme."),
        ),
        closing=fait(rng, facts.provider.town, tell.day(facts.issued_on)),
        signatories=_signatories(facts, tell),
    )  # fmt: skip


def by_articles(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """Everything inside numbered articles."""
    price = tell.money("net_amount", price_of(facts.planned, facts.price))
    return Content(
        head=None,
        title="CONVENTION SIMPLIFIÉE DE FORMATION" if rng.random() < 0.4 else "CONVENTION DE FORMATION",
        subtitle="Partie VI, livre III du code du travail",
        lead="Il est convenu ce qui suit, en application des dispositions relatives à la formation professionnelle continue.",
        blocks=_blocks(facts, rng, tell),
        articles=(
            ("Article 1 : objet", f"L'organisme organise l'action de formation intitulée « {tell.text('training_title', facts.title)} » au profit de "
             f"{facts.trainee.first_last}."),
            ("Article 2 : dates et durée", f"L'action se déroule du {tell.date('start_date', facts.start)} au {tell.date('end_date', facts.end)}, pour une durée "
             f"totale de {tell.hours('hours', facts.planned)}."),
            ("Article 3 : moyens", "Salle équipée, plateau technique, supports remis au stagiaire. Effectif : 12 personnes au plus."),
            ("Article 4 : sanction", "Un certificat de réalisation est remis à l'issue de l'action."),
            ("Article 5 : dispositions financières", f"Le coût pédagogique s'élève à {price} net de taxe. Les absences ne sont pas facturées comme formation."),
            ("Article 6 : interruption", "En cas de cessation anticipée du fait de l'organisme, les sommes indûment perçues sont remboursées (art. L. 6354-1)."),
        ),
        closing=fait(rng, facts.employer.town, tell.day(facts.issued_on)),
        signatories=_signatories(facts, tell),
    )  # fmt: skip


LAYOUTS = layouts(by_rows, by_articles)
