"""Certificates in other words and other places than ours: each says the same, and must be read the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dossier.json_form import value_json
from dossier.kinds import FIELDS, Kind
from extractors.kinds.certificate import read
from extractors.leaf import Leaf
from tests.extractors.set_pages import placed, unsigned, white

SAID = {
    "trainee_last_name": "BENALI",
    "trainee_first_name": "Karim",
    "employer_name": "Dupont et Fils",
    "provider_name": "Atelier du Savoir",
    "training_title": "Conduite de chariots en sécurité",
    "start_date": "2026-01-12",
    "end_date": "2026-01-23",
    "hours": "63.50",
    "issued_on": "2026-01-26",
}

LINES: dict[str, tuple[str, ...]] = {
    "dots": (
        "CERTIFICAT DE REALISATION",
        "ORGANISME .......... : Atelier du Savoir",
        "STAGIAIRE .......... : BENALI Karim",
        "EMPLOYEUR .......... : Dupont et Fils",
        "STAGE .............. : Conduite de chariots en sécurité",
        "DU ................. : 12/01/2026",
        "AU ................. : 23/01/2026",
        "DUREE PREVUE ....... : 70 heures",
        "DUREE REALISEE ..... : 63 heures 30",
        "FAIT A RENNES LE 26/01/2026",
    ),
    "dots_nocolon": (
        "Certificat de réalisation",
        "Organisme ............ Atelier du Savoir",
        "Stagiaire ............ BENALI Karim",
        "Employeur ............ Dupont et Fils",
        "Formation ............ Conduite de chariots en sécurité",
        "Du ............ 12/01/2026",
        "Au ............ 23/01/2026",
        "Durée prévue ......... 70 h",
        "Durée effective ...... 63,5 h",
        "Fait à Rennes, le 26/01/2026",
    ),
    "arrows": (
        "Attestation de fin de formation",
        "Organisme → Atelier du Savoir",
        "Stagiaire → Karim BENALI",
        "Employeur → Dupont et Fils",
        "Intitulé → Conduite de chariots en sécurité",
        "Dates → 12/01/2026 au 23/01/2026",
        "Heures réellement effectuées par le stagiaire → 63 h 30",
        "Heures conventionnées → 70 h",
        "Rennes, le 26 janvier 2026",
    ),
    "dash": (
        "Attestation de fin de formation",
        "Organisme – Atelier du Savoir",
        "Stagiaire – Karim BENALI",
        "Employeur – Dupont et Fils",
        "Intitulé – Conduite de chariots en sécurité",
        "Dates – du 12/01/2026 au 23/01/2026",
        "Total des heures suivies – 63 h 30 sur 70 h prévues",
        "Rennes, le 26 janvier 2026",
    ),
    "sentence_inter": (
        "Atelier du Savoir",
        "Certificat de réalisation intermédiaire",
        "Bénéficiaire : Monsieur Karim BENALI",
        "Employeur : Dupont et Fils",
        "Action : Conduite de chariots en sécurité",
        "Durée totale conventionnée : 70 heures.",
        "Le dispensateur certifie que, du 12/01/2026 au 23/01/2026, le bénéficiaire a effectivement",
        "suivi 63 heures 30 de formation.",
        "Fait à Rennes",
        "Le 26/01/2026",
        "Atelier du Savoir – 3 rue du Port, 35000 Rennes – SIRET 44721136800066 – NDA 76692062981",
    ),
    "modules": (
        "Certificat de réalisation",
        "Organisme de formation : Atelier du Savoir",
        "Participant : BENALI Karim",
        "Entreprise : Dupont et Fils",
        "Intitulé de la formation : Conduite de chariots en sécurité",
        "Période : du 12 au 23 janvier 2026",
        "Module | Heures prévues | Heures réalisées",
        "Théorie | 35 h | 35 h",
        "Pratique | 28 h | 21 h 30",
        "Évaluation | 7 h | 7 h",
        "Total | 70 h | 63 h 30",
        "Fait à Rennes, le 26/01/2026",
    ),
    "modules_nototal": (
        "Certificat de réalisation",
        "Organisme de formation : Atelier du Savoir",
        "Participant : BENALI Karim",
        "Entreprise : Dupont et Fils",
        "Intitulé de la formation : Conduite de chariots en sécurité",
        "Période : du 12 au 23 janvier 2026",
        "Module | Durée prévue | Durée réalisée",
        "Théorie | 35 h | 35 h",
        "Pratique | 28 h | 21 h 30",
        "Évaluation | 7 h | 7 h",
        "Fait à Rennes, le 26/01/2026",
    ),
    "prevu_realise": (
        "Certificat de réalisation",
        "Organisme de formation : Atelier du Savoir",
        "Participant : BENALI Karim",
        "Entreprise : Dupont et Fils",
        "Intitulé de la formation : Conduite de chariots en sécurité",
        "Période : du 12 au 23 janvier 2026",
        "Heures | Prévues | Réalisées",
        "Présentiel | 70 h | 63 h 30",
        "Fait à Rennes, le 26/01/2026",
    ),
    "sur": (
        "ATTESTATION",
        "Nous, Atelier du Savoir, organisme de formation,",
        "attestons que M. Karim BENALI, salarié de la société Dupont et Fils,",
        "a suivi 63 h 30 sur les 70 h prévues de la formation « Conduite de chariots en sécurité »",
        "entre le 12 janvier 2026 et le 23 janvier 2026.",
        "Fait à Rennes, le 26 janvier 2026",
    ),
    "placeholders": (
        "Certificat de réalisation",
        "Je soussigné(e), représentant légal (prénom et nom)",
        "Véronique BÂCLE",
        "Dispensateur de l'action (raison sociale)",
        "Atelier du Savoir",
        "atteste que :",
        "Bénéficiaire (nom et prénom)",
        "Karim BENALI",
        "Salarié(e) de l'entreprise",
        "Dupont et Fils",
        "a suivi l'action (intitulé)",
        "Conduite de chariots en sécurité",
        "Date de début | Date de fin | Durée réalisée",
        "12/01/2026 | 23/01/2026 | 63,50 heures",
        "Fait à | Le",
        "Le Mans | 26/01/2026",
    ),
    "hints_under": (
        "Certificat de réalisation",
        "Je soussigné(e) Véronique BÂCLE",
        "(prénom et nom)",
        "représentant légal du dispensateur de l'action concourant au développement des compétences",
        "Atelier du Savoir",
        "(raison sociale du dispensateur de formation ou de l'employeur en cas de formation interne)",
        "atteste que :",
        "M. Karim BENALI",
        "(prénom et nom du bénéficiaire)",
        "salarié(e) de l'entreprise Dupont et Fils",
        "(raison sociale de l'entreprise)",
        "a suivi l'action Conduite de chariots en sécurité",
        "(intitulé de l'action)",
        "Nature de l'action concourant au développement des compétences :",
        "qui s'est déroulée du 12 janvier 2026 au 23 janvier 2026",
        "pour une durée de 63h30",
        "Fait à : Rennes",
        "Le : 26 janvier 2026",
    ),
    "hint": (
        "Certificat de réalisation",
        "Je soussigné(e) (prénom et nom) : Véronique BÂCLE",
        "représentant légal du dispensateur (raison sociale) : Atelier du Savoir",
        "atteste que M./Mme (prénom et nom) : Karim BENALI",
        "salarié(e) de l'entreprise (raison sociale) : Dupont et Fils",
        "a suivi l'action (intitulé de l'action) : Conduite de chariots en sécurité",
        "qui s'est déroulée (dates) du 12/01/2026 au 23/01/2026",
        "pour une durée (en heures) de : 63,50 heures",
        "Fait à Rennes Le 26/01/2026",
    ),
    "letter": (
        "Atelier du Savoir",
        "3 rue du Port",
        "35000 Rennes",
        "Attestation de présence",
        "Je soussignée Véronique BÂCLE, directrice de l'organisme de formation Atelier du Savoir,",
        "certifie que Monsieur BENALI Karim, employé par la société Dupont et Fils,",
        "a été présent à la formation",
        "« Conduite de chariots en sécurité » organisée du 12/01/2026 au 23/01/2026,",
        "soit 63 heures 30 de présence effective sur 70 heures programmées.",
        "Rennes, le 26 janvier 2026",
    ),
    "absence": (
        "Certificat de réalisation",
        "Organisme de formation : Atelier du Savoir",
        "Stagiaire : BENALI Karim",
        "Employeur : Dupont et Fils",
        "Formation suivie : Conduite de chariots en sécurité",
        "Du 12/01/2026 au 23/01/2026",
        "Nombre d'heures inscrites au programme : 70,00",
        "Nombre d'heures d'absence : 6,50",
        "Nombre d'heures de présence effective : 63,50",
        "Fait à Rennes, le 26/01/2026",
    ),
    "numbered": (
        "Certificat de réalisation",
        "1. Organisme de formation : Atelier du Savoir",
        "2. Stagiaire : BENALI Karim",
        "3. Employeur : Dupont et Fils",
        "4. Action : Conduite de chariots en sécurité",
        "5. Dates : du 12/01/2026 au 23/01/2026",
        "6. Durée de la formation au contrat : 70 heures",
        "7. Durée effectivement suivie par le bénéficiaire : 63 heures 30 minutes",
        "Fait à Rennes, le 26/01/2026",
    ),
    "inclusive": (
        "Attestation de formation",
        "Organisme·e de formation : Atelier du Savoir",
        "Apprenant·e : BENALI Karim",
        "Salarié·e de : Dupont et Fils",
        "Action de formation suivie : Conduite de chariots en sécurité",
        "Début de l'action : 12/01/2026",
        "Fin de l'action : 23/01/2026",
        "Nbre total d'heures réellement suivies : 63h30",
        "Établi à Rennes le 26/01/2026",
    ),
    "stage": (
        "ATTESTATION DE STAGE",
        "Le centre de formation Atelier du Savoir certifie que",
        "BENALI Karim",
        "de l'entreprise Dupont et Fils",
        "a participé au stage",
        "Conduite de chariots en sécurité",
        "du 12 janvier au 23 janvier 2026",
        "Durée : 63 heures 30",
        "Fait pour servir et valoir ce que de droit, à Rennes, le 26 janvier 2026",
    ),
    "letter2": (
        "Atelier du Savoir",
        "Organisme de formation – NDA 76692062981",
        "Rennes, le 26 janvier 2026",
        "Objet : attestation de suivi de formation",
        "Nous soussignés, Atelier du Savoir, certifions que Mme/M. Karim BENALI, employé(e) par",
        "Dupont et Fils, a bien suivi la formation « Conduite de chariots en sécurité » dispensée",
        "du 12 janvier au 23 janvier 2026.",
        "Durée prévue : 70 heures. Durée effectivement suivie : 63 heures et 30 minutes (6 h 30 d'absence).",
    ),
    "planned_par": (
        "Certificat de réalisation",
        "Prestataire : Atelier du Savoir",
        "Apprenant : M. Karim BENALI",
        "Salarié de la société : Dupont et Fils",
        "Action : Conduite de chariots en sécurité",
        "Période du 12/01/2026 au 23/01/2026",
        "Nombre d'heures suivies (sur 70 h prévues) : 63 h 30",
        "Établi le 26/01/2026 à Rennes",
    ),
    "days": (
        "Certificat de réalisation",
        "Organisme : Atelier du Savoir",
        "Stagiaire : Karim BENALI",
        "Entreprise : Dupont et Fils",
        "Stage : Conduite de chariots en sécurité",
        "Dates : les 12, 13 et 23 janvier 2026",
        "Du 12/01/2026 au 23/01/2026",
        "Durée : 9 jours, soit 63 heures 30",
        "Fait le 26/01/2026 à Rennes",
    ),
    "rate": (
        "CERTIFICAT DE RÉALISATION",
        "Organisme de formation : Atelier du Savoir",
        "Bénéficiaire : BENALI Karim",
        "Employeur : Dupont et Fils",
        "Formation : Conduite de chariots en sécurité",
        "Date de début : 12/01/2026",
        "Date de fin : 23/01/2026",
        "Durée totale de la formation : 70 h",
        "Total des heures réalisées : 63 h 30",
        "Taux de présence : 90,7 %",
        "Fait à Rennes, le 26/01/2026",
    ),
    "mixed": (
        "CERTIFICAT DE RÉALISATION",
        "Entreprise : Dupont et Fils | N° de dossier : CIPI-2026-004512",
        "Stagiaire : BENALI Karim | Né(e) le : 03/04/1990",
        "Organisme : Atelier du Savoir | NDA : 76692062981",
        "Intitulé : Conduite de chariots en sécurité",
        "Début : lundi 12 janvier 2026 | Fin : vendredi 23 janvier 2026",
        "Heures prévues : 70,00 | Heures réalisées : 63,50",
        "Fait à : Rennes | Date : 26/01/2026",
    ),
    "english_total": (
        "Attestation d'assiduité",
        "Organisme : Atelier du Savoir",
        "Participant : BENALI Karim",
        "Entreprise : Dupont et Fils",
        "Formation : Conduite de chariots en sécurité",
        "Période : 12/01/2026 au 23/01/2026",
        "Date | Horaires | Durée",
        "12/01/2026 | 9h00-17h00 | 7h00",
        "13/01/2026 | 9h00-17h00 | 7h00",
        "23/01/2026 | 9h00-12h30 | 3h30",
        "Total heures de présence : 63h30",
        "Fait à Rennes, le 26/01/2026",
    ),
    "accord": (
        "Certificat de réalisation",
        "Organisme prestataire : Atelier du Savoir",
        "Nom et prénom : BENALI Karim",
        "Employeur : Dupont et Fils",
        "Libellé de l'action : Conduite de chariots en sécurité",
        "Date d'entrée : 12/01/2026 – Date de sortie : 23/01/2026",
        "Nombre d'heures accordées par l'OPCO : 70",
        "Nombre d'heures effectuées : 63,50",
        "Date d'émission du certificat : 26/01/2026",
    ),
}

PLACES: dict[str, tuple[tuple[float, float, str], ...]] = {
    "under": (
        (0.1, 0.06, "Certificat de réalisation"),
        (0.1, 0.12, "BENALI Karim"),
        (0.5, 0.12, "Dupont et Fils"),
        (0.1, 0.134, "nom et prénom du stagiaire"),
        (0.5, 0.134, "entreprise"),
        (0.1, 0.18, "Conduite de chariots en sécurité"),
        (0.1, 0.194, "intitulé de la formation"),
        (0.1, 0.24, "12/01/2026"),
        (0.4, 0.24, "23/01/2026"),
        (0.7, 0.24, "63 h 30"),
        (0.1, 0.254, "date de début"),
        (0.4, 0.254, "date de fin"),
        (0.7, 0.254, "durée réalisée"),
        (0.1, 0.3, "Atelier du Savoir"),
        (0.1, 0.314, "organisme de formation"),
        (0.1, 0.5, "Fait à Rennes, le 26/01/2026"),
    ),
    "english_col": (
        (0.08, 0.06, "CERTIFICAT DE RÉALISATION"),
        (0.08, 0.14, "STAGIAIRE"),
        (0.08, 0.156, "BENALI Karim"),
        (0.5, 0.14, "EMPLOYEUR"),
        (0.5, 0.156, "Dupont et Fils"),
        (0.08, 0.2, "FORMATION"),
        (0.08, 0.216, "Conduite de chariots en sécurité"),
        (0.08, 0.26, "ORGANISME"),
        (0.08, 0.276, "Atelier du Savoir"),
        (0.08, 0.32, "PÉRIODE"),
        (0.08, 0.336, "12/01/2026 → 23/01/2026"),
        (0.5, 0.32, "PRÉVU"),
        (0.5, 0.336, "70 h"),
        (0.7, 0.32, "RÉALISÉ"),
        (0.7, 0.336, "63 h 30"),
        (0.08, 0.5, "Fait à Rennes, le 26/01/2026"),
    ),
    "table_h": (
        (0.08, 0.05, "CERTIFICAT DE RÉALISATION"),
        (0.08, 0.1, "Organisme : Atelier du Savoir"),
        (0.08, 0.2, "Stagiaire"),
        (0.3, 0.2, "Entreprise"),
        (0.5, 0.2, "Du"),
        (0.65, 0.2, "Au"),
        (0.8, 0.2, "Heures suivies"),
        (0.08, 0.22, "BENALI Karim"),
        (0.3, 0.22, "Dupont et Fils"),
        (0.5, 0.22, "12/01/2026"),
        (0.65, 0.22, "23/01/2026"),
        (0.8, 0.22, "63,50"),
        (0.08, 0.27, "Formation : Conduite de chariots en sécurité"),
        (0.08, 0.5, "Fait à Rennes, le 26/01/2026"),
    ),
    "quad": (
        (0.05, 0.05, "Certificat de réalisation"),
        (0.05, 0.12, "1. Le bénéficiaire"),
        (0.05, 0.14, "Nom : BENALI"),
        (0.3, 0.14, "Prénom : Karim"),
        (0.05, 0.16, "Employeur : Dupont et Fils"),
        (0.55, 0.12, "2. L'organisme"),
        (0.55, 0.14, "Raison sociale : Atelier du Savoir"),
        (0.55, 0.16, "SIRET : 447 211 368 00066"),
        (0.05, 0.22, "3. L'action"),
        (0.05, 0.24, "Intitulé : Conduite de chariots en sécurité"),
        (0.05, 0.26, "Date de début : 12/01/2026"),
        (0.4, 0.26, "Date de fin : 23/01/2026"),
        (0.05, 0.28, "Durée totale : 63 h 30"),
        (0.05, 0.5, "Fait à Rennes, le 26/01/2026"),
    ),
}


def _check(page: Leaf) -> None:
    fields = read([page]).fields
    said = {
        name: value_json(fields[name].value, FIELDS[Kind.CERTIFICATE][name])
        for name in SAID
        if name in fields
    }
    assert said == SAID


@pytest.mark.parametrize("layout", sorted(LINES))
def test_lines(layout: str) -> None:
    _check(unsigned(*LINES[layout]))


@pytest.mark.parametrize("layout", sorted(PLACES))
def test_places(layout: str) -> None:
    _check(Leaf(replace(placed(*PLACES[layout]).page, see=white)))


def test_two_durations_at_one_label() -> None:
    fields = read([unsigned("Durée (prévue / réalisée) : 70 h / 63 h 30")]).fields
    assert fields["hours"].value == 63 * 60 + 30
    assert fields["planned_hours"].value == 70 * 60


def test_dates_of_a_hint_for_two_values() -> None:
    fields = read([unsigned("Dates (début / fin) : 12/01/2026 – 23/01/2026")]).fields
    assert str(fields["end_date"].value) == "2026-01-23"


def test_a_house_whose_last_word_wraps_to_a_line_of_its_own_is_whole() -> None:
    fields = read(
        [
            unsigned(
                "CERTIFICAT DE RÉALISATION",
                "Je soussigné(e) Florence Duvivier",
                (
                    "représentant légal du dispensateur de l'action concourant au développement "
                    "des compétences Cap Savoir",
                    9.0,
                ),
                "Formation",
                "atteste que :",
                "M. Karim Mansouri",
                "salarié(e) de l'entreprise Job Avenir",
            )
        ]
    ).fields
    assert fields["provider_name"].value == "Cap Savoir Formation"
