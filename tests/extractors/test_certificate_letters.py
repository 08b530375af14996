"""Certificates told in letters, diplomas, numbered lines and tables, with no label for what matters most."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dossier.json_form import value_json
from dossier.kinds import FIELDS, Kind
from extractors.kinds.certificate import read
from extractors.leaf import Leaf
from tests.extractors.set_pages import placed, unsigned, white
from tests.extractors.test_certificate_layouts import SAID

LINES: dict[str, tuple[str, ...]] = {
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
    "passive": (
        "Atelier du Savoir",
        "Attestation n° 118",
        "Il est certifié que Karim BENALI, en poste chez Dupont et Fils, a accompli 63h30 de formation",
        "dans le cadre de l'action Conduite de chariots en sécurité, entre le 2026-01-12 et le 2026-01-23.",
        "Document émis le 2026-01-26.",
        "Signé électroniquement par Lise MARTIN",
    ),
    "letter": (
        "Atelier du Savoir",
        "Attestation d'assiduité",
        "Nous vous confirmons que votre salarié, Monsieur Karim BENALI (société Dupont et Fils), a suivi",
        "entre le lundi 12 janvier 2026 et le vendredi 23 janvier 2026 notre stage Conduite de chariots en",
        "sécurité.",
        "Le temps de présence relevé sur nos feuilles est de 63,5 (soixante-trois et demie) heures.",
        "Rennes, le 26 janvier 2026",
    ),
    "numbered": (
        "ATTESTATION DE PRÉSENCE",
        "établie par Atelier du Savoir",
        "1. Identité : BENALI Karim",
        "2. Rattachement : Dupont et Fils",
        "3. Formation : Conduite de chariots en sécurité",
        "4. Calendrier : 12 janv. 26 au 23 janv. 26",
        "5. Heures théoriques : 70 h",
        "6. Heures d'absence : 6 h 30",
        "7. Heures de présence : 63 h 30",
        "Certifié exact, le 26 janv. 26",
    ),
    "driver": (
        "Atelier du Savoir - École de conduite",
        "ATTESTATION DE STAGE",
        "Cariste : BENALI Karim",
        "Entreprise : Dupont et Fils",
        "Stage : Conduite de chariots en sécurité",
        "Jours de formation : 12/01/2026, 16/01/2026 et 23/01/2026",
        "Volume : 63 h 30 (théorie 7 h comprise)",
        "Attestation établie le 26/01/2026. Le testeur : Alain VIDAL",
    ),
    "months": (
        "Atelier du Savoir",
        "ATTESTATION D'ASSIDUITÉ",
        "Bénéficiaire : Karim BENALI (Dupont et Fils)",
        "Parcours : Conduite de chariots en sécurité",
        "Entrée en formation : 12 janvier 2026",
        "Sortie de formation : 23 janvier 2026",
        "d'une durée réalisée de 63:30 (hh:mm)",
        "Établi le 26 janvier 2026 par Luc LEMAÎTRE, coordinateur",
    ),
    "listed": (
        "Atelier du Savoir",
        "ATTESTATION DE FORMATION",
        "Nous attestons que M. Karim BENALI, salarié de la société Dupont et Fils, a participé",
        "les 12, 13 et 23 janvier 2026 à la formation « Conduite de chariots en sécurité »,",
        "pour un total de 63 h 30.",
        "Fait à Rennes, le 26/01/2026",
    ),
    "signed_for": (
        "ATTESTATION DE FIN DE FORMATION",
        "M. Karim BENALI",
        "mis à disposition par Dupont et Fils",
        "a suivi en intégralité le programme",
        "Conduite de chariots en sécurité",
        "du lundi 12 au vendredi 23 janvier 2026, soit 63,5 heures",
        "Rennes, le 26 janvier 2026",
        "Pour Atelier du Savoir",
        "La directrice, Lise MARTIN",
    ),
    "director": (
        "CERTIFICAT DE RÉALISATION",
        "Je soussignée, Lise MARTIN, directrice d'Atelier du Savoir, certifie que BENALI Karim,",
        "employé par Dupont et Fils, a participé à l'action Conduite de chariots en sécurité qui a eu",
        "lieu du 12.01.2026 au 23.01.2026. Sur 70 h prévues, 63,5 h ont été suivies.",
        "Fait à Rennes, le 26.01.2026",
    ),
    "comma": (
        "CERTIFICAT DE RÉALISATION",
        "Bénéficiaire : Monsieur BENALI, Karim",
        "Société : Dupont et Fils",
        "A suivi : Conduite de chariots en sécurité",
        "Dates de la formation : 12-23 janvier 2026",
        "Durée réalisée : 63 heures et 30 minutes",
        "Rennes, le 26/01/2026",
        "Atelier du Savoir - SAS - 12 rue des Lices 35000 Rennes - SIRET 48533351200039 - NDA 53350012345",
    ),
    "course_first": (
        "CERTIFICAT",
        "La formation Conduite de chariots en sécurité, dispensée par Atelier du Savoir",
        "à Monsieur Karim BENALI, salarié de Dupont et Fils, s'est tenue du 12 janvier au 23 janvier 2026.",
        "63 heures 30 ont été effectuées.",
        "Fait le 26/01/2026 à Rennes",
    ),
}

PLACES: dict[str, tuple[tuple[float, float, str], ...]] = {
    "heads": (
        (0.7, 0.05, "Atelier du Savoir"),
        (0.1, 0.08, "Attestation de suivi de formation"),
        (0.02, 0.13, "Nom"),
        (0.11, 0.13, "Prénom"),
        (0.21, 0.13, "Société"),
        (0.46, 0.13, "Formation"),
        (0.74, 0.13, "Du"),
        (0.88, 0.13, "Au"),
        (0.02, 0.155, "BENALI"),
        (0.11, 0.155, "Karim"),
        (0.19, 0.155, "Dupont et Fils"),
        (0.36, 0.155, "Conduite de chariots en sécurité"),
        (0.7, 0.155, "12/01/2026"),
        (0.85, 0.155, "23/01/2026"),
        (0.1, 0.18, "Heures suivies : 63 h 30"),
        (0.1, 0.2, "Pour valoir ce que de droit, Rennes, le 26/01/2026."),
    ),
    "diploma": (
        (0.4, 0.05, "Atelier du Savoir"),
        (0.4, 0.1, "Certificat de formation"),
        (0.46, 0.16, "décerné à"),
        (0.45, 0.2, "Karim Benali"),
        (0.42, 0.24, "collaborateur de Dupont et Fils"),
        (0.43, 0.28, "qui a suivi avec assiduité"),
        (0.37, 0.33, "Conduite de chariots en sécurité"),
        (0.3, 0.38, "63,5 heures de formation, du 12 janvier 2026 au 23 janvier 2026"),
        (0.1, 0.5, "Délivré à Rennes"),
        (0.1, 0.52, "le 26 janvier 2026"),
    ),
    "columns": (
        (0.1, 0.06, "Attestation de fin de stage"),
        (0.1, 0.14, "L'ORGANISME"),
        (0.55, 0.14, "LE STAGIAIRE"),
        (0.1, 0.156, "Atelier du Savoir"),
        (0.55, 0.156, "BENALI Karim"),
        (0.1, 0.172, "35000 Rennes"),
        (0.55, 0.21, "SON EMPLOYEUR"),
        (0.55, 0.226, "Dupont et Fils"),
        (0.1, 0.24, "LA FORMATION"),
        (0.1, 0.256, "Conduite de chariots en sécurité"),
        (0.1, 0.272, "du 12/01/2026 au 23/01/2026, 63,5 h"),
        (0.55, 0.5, "Rennes, le 26/01/2026"),
    ),
}


def _check(page: Leaf) -> None:
    fields = read([page]).fields
    said = {
        name: value_json(fields[name].value, FIELDS[Kind.CERTIFICATE][name])
        for name in SAID
        if name in fields
    }
    said["trainee_last_name"] = str(said.get("trainee_last_name")).upper()
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
