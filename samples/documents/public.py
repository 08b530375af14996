"""Papers about the person: disability notice, proof of situation, end of contract, tutor's certificate, bank details."""

from __future__ import annotations

import datetime as dt
import random

from dossier.kinds import Kind
from samples.facts import Facts
from samples.identifiers import spaced
from samples.paper import Content, Signatory, fait, layouts
from samples.telling import Telling


def _day(day: dt.date | None) -> dt.date:
    assert day is not None  # noqa: S101
    return day


def notice_rqth(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """The commission's decision on the quality of disabled worker."""
    return Content(
        head=None,
        title="NOTIFICATION DE DÉCISION",
        subtitle=f"Maison départementale des personnes handicapées – {facts.employer.town}",
        addressee=(facts.trainee.first_last,),
        lead="La commission des droits et de l'autonomie des personnes handicapées (CDAPH), après examen de votre demande, a pris la décision suivante.",
        rows=(
            ("Nom et prénom", tell.person(facts.trainee)),
            ("Décision", "Reconnaissance de la qualité de travailleur handicapé (RQTH) : accord"),
            ("Valable du", tell.date("valid_from", _day(facts.valid_from))),
            ("Valable jusqu'au", tell.date("valid_to", _day(facts.valid_to))),
        ),
        articles=(("Recours", "Un recours administratif préalable peut être formé dans les deux mois."),),
        signatories=(Signatory("Le président de la commission", facts.trainer, True),),
    )  # fmt: skip


def notice_letter(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """The same decision as a letter."""
    return Content(
        head=None,
        title="Avis de la CDAPH",
        lead=(
            f"Madame, Monsieur <b>{tell.person(facts.trainee, order=1)}</b>,<br/><br/>La qualité de travailleur handicapé vous est reconnue pour la période "
            f"du {tell.date('valid_from', _day(facts.valid_from))} au {tell.date('valid_to', _day(facts.valid_to))}. Votre orientation est le marché du "
            "travail. Cet avis est à conserver."
        ),
        closing=fait(rng, facts.employer.town, tell.day(_day(facts.valid_from))),
    )  # fmt: skip


def situation_registered(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """The employment service's attestation."""
    return Content(
        head=None,
        title=rng.choice(("ATTESTATION D'INSCRIPTION", "Attestation de situation – demandeur d'emploi")),
        subtitle=rng.choice(("France Travail", "Pôle emploi – direction régionale")),
        rows=(("Nom, prénom", tell.person(facts.trainee)), ("Identifiant", f"{rng.randrange(10**6, 10**7)}K"), ("Catégorie", "1"),
              ("Inscrit(e) depuis le", tell.day(facts.start - dt.timedelta(days=rng.randint(200, 900))))),
        articles=(("Objet", "Attestation délivrée à la demande de l'intéressé(e) pour servir et valoir ce que de droit."),),
        closing=fait(rng, facts.employer.town, tell.day(facts.issued_on)),
    )  # fmt: skip


def situation_benefit(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """The family allowance fund's attestation of a minimum income."""
    return Content(
        head=None,
        title="ATTESTATION DE PAIEMENT",
        subtitle="Caisse d'allocations familiales",
        lead=(
            f"Le directeur de la caisse certifie que <b>{tell.person(facts.trainee, order=1)}</b>, né(e) le {tell.day(facts.trainee.birth)}, bénéficie du "
            "revenu de solidarité active (RSA) à la date de la présente attestation."
        ),
        table=(("Prestation", "Montant", "Mois"), ("RSA", f"{rng.randint(480, 607)},00 €", f"{facts.issued_on:%m/%Y}")),
        closing=fait(rng, facts.employer.town, tell.day(facts.issued_on)),
    )  # fmt: skip


def termination_form(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """The declaration of an early end, as a form."""
    return Content(
        head=facts.employer,
        title="ATTESTATION DE RUPTURE DE CONTRAT",
        subtitle="Contrat de professionnalisation – rupture anticipée",
        rows=(("Salarié(e)", tell.person(facts.trainee)), ("Employeur", facts.employer.name), ("Début du contrat", tell.day(facts.start)),
              ("Date de la rupture", tell.date("terminated_on", _day(facts.happened_on))),
              ("Motif", rng.choice(("Accord des parties", "Démission", "Fin de période d'essai")))),
        closing=fait(rng, facts.employer.town, tell.day(facts.issued_on)),
        signatories=(Signatory("L'employeur", facts.employer.manager, True, facts.employer), Signatory("Le salarié", facts.trainee, True)),
    )  # fmt: skip


def termination_letter(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """The same in a sentence."""
    return Content(
        head=facts.employer,
        title="Rupture anticipée du contrat de professionnalisation",
        lead=(
            f"Nous attestons que le contrat de professionnalisation conclu avec <b>{tell.person(facts.trainee, order=1)}</b> a été rompu d'un commun accord "
            f"à effet du <b>{tell.date('terminated_on', _day(facts.happened_on))}</b>. L'opérateur de compétences et l'administration en sont informés."
        ),
        closing=fait(rng, facts.employer.town, tell.day(facts.issued_on)),
        signatories=(Signatory("La direction", facts.employer.manager, True, facts.employer),),
    )  # fmt: skip


def tutor_attestation(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """That the tutor was trained, in rows."""
    assert facts.work is not None and facts.minutes is not None  # noqa: S101
    tutor = facts.work.tutor
    return Content(
        head=facts.provider,
        title=rng.choice(("ATTESTATION DE FORMATION DE TUTEUR", "Attestation – formation tutorale")),
        rows=(("Tuteur / tutrice", f"{tell.text('tutor_last_name', tutor.last)} {tutor.first}"), ("Entreprise", facts.employer.name),
              ("Formation", "Exercer la fonction de tuteur en entreprise"), (rng.choice(("Formé(e) le", "Date de fin de la formation")),
              tell.date("trained_on", _day(facts.happened_on))), ("Durée", tell.hours("hours", facts.minutes))),
        closing=fait(rng, facts.provider.town, tell.day(facts.issued_on)),
        signatories=(Signatory("L'organisme", facts.provider.manager, True, facts.provider),),
    )  # fmt: skip


def tutor_prose(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """The same in a sentence."""
    assert facts.work is not None and facts.minutes is not None  # noqa: S101
    tutor = facts.work.tutor
    return Content(
        head=facts.provider,
        title="Certificat de formation au tutorat",
        lead=(
            f"Nous certifions que <b>{tutor.first} {tell.text('tutor_last_name', tutor.last)}</b>, de l'entreprise {facts.employer.name.replace('&', '&amp;')}, a "
            f"suivi la formation de tuteur achevée le {tell.date('trained_on', _day(facts.happened_on))}, d'une durée de "
            f"{tell.hours('hours', facts.minutes)}."
        ),
        closing=fait(rng, facts.provider.town, tell.day(facts.issued_on)),
        signatories=(Signatory("Le responsable", facts.provider.manager, True, facts.provider),),
    )  # fmt: skip


def rib_table(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """Bank details with the parts of the account."""
    iban = facts.provider.iban
    return Content(
        head=None,
        title="RELEVÉ D'IDENTITÉ BANCAIRE",
        subtitle="Document à remettre à vos débiteurs ou créanciers",
        rows=(("Titulaire du compte", tell.text("holder_name", facts.provider.name)), ("Domiciliation", f"Agence de {facts.provider.town}")),
        table=(("Banque", "Guichet", "N° de compte", "Clé"), (iban[4:9], iban[9:14], iban[14:25], iban[25:27]), ("IBAN", tell.text("iban", iban, spaced(iban, 4)), "BIC", "AGRIFRPP835")),
    )  # fmt: skip


def rib_lines(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """Bank details as an online bank prints them."""
    iban = facts.provider.iban
    return Content(
        head=None,
        title="RIB",
        rows=(("IBAN", tell.text("iban", iban, spaced(iban, 4))), ("BIC", "CEPAFRPP513"), ("Titulaire", tell.text("holder_name", facts.provider.name)),
              ("Adresse", facts.provider.address), ("Devise", "EUR")),
    )  # fmt: skip


def other_letter(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """A covering letter."""
    return Content(
        head=facts.employer,
        title="Bordereau d'envoi",
        lead="Madame, Monsieur,<br/><br/>Veuillez trouver ci-joint les pièces relatives au dossier cité en référence. Nous restons à votre disposition. "
        "<br/><br/>Bien cordialement,",
        signatories=(Signatory("Le service administratif", facts.employer.manager, True),),
    )  # fmt: skip


def other_cv(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """A trainer's curriculum vitae."""
    return Content(
        head=None,
        title=facts.trainer.first_last,
        subtitle="Curriculum vitæ",
        articles=(("Expérience", "Depuis 2015 : intervenant technique. 2006-2015 : chef d'atelier. 2001-2006 : technicien de maintenance."),
                  ("Diplômes", "BTS maintenance industrielle ; titre de formateur professionnel d'adultes."), ("Langues", "Anglais courant, espagnol scolaire.")),
    )  # fmt: skip


def other_map(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """How to come to the training centre."""
    return Content(
        head=facts.provider,
        title="Plan d'accès et livret d'accueil",
        bullets=(
            "Bus lignes 4 et 12, arrêt Zone industrielle",
            "Parking gratuit devant le bâtiment B",
            "Restauration sur place de 12 h à 13 h 30",
        ),
        articles=(
            (
                "Règlement",
                "Le port des équipements de protection est obligatoire dans les ateliers. Il est interdit de fumer dans les locaux.",
            ),
        ),
    )


KINDS = {
    Kind.DISABILITY_NOTICE: layouts(notice_rqth, notice_letter),
    Kind.SITUATION_PROOF: layouts(situation_registered, situation_benefit),
    Kind.TERMINATION: layouts(termination_form, termination_letter),
    Kind.TUTOR_CERTIFICATE: layouts(tutor_attestation, tutor_prose),
    Kind.BANK_DETAILS: layouts(rib_table, rib_lines),
    Kind.OTHER: layouts(other_letter, other_cv, other_map),
}
