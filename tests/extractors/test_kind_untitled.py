"""The kind of a page whose title says little, or something else: told by what the page holds."""

from __future__ import annotations

import pytest

from dossier.kinds import Kind
from extractors.kind import kind_of
from tests.extractors.set_pages import Line, leaf
from tests.extractors.test_kind import HEAD

CASES: list[tuple[Kind, str, tuple[Line, ...]]] = [
    (
        Kind.PROGRAMME,
        "no title but the training's, parts counted up",
        (
            ("Agent de sécurité", 14),
            "Institut Nova · 63 h",
            "Module 1 | Module 3",
            "Règles de sécurité | Gestes du métier",
            "Module 2 | Module 4",
            "Vocabulaire | Synthèse et évaluation finale",
            "Modalités d'évaluation : quiz, bilan individuel.",
        ),
    ),
    (
        Kind.PROGRAMME,
        "no title but the training's, a table of what is taught",
        (
            ("Monteur en structures métalliques", 14),
            "77 h en centre",
            "Bloc | Thème | Compétences",
            "A | Règles de sécurité | Organiser son poste",
            "B | Documents du métier | Rendre compte de son activité",
            "C | Gestes fondamentaux | Appliquer les consignes",
        ),
    ),
    (
        Kind.PROGRAMME,
        "no title, headings over what is taught; sheets are mentioned",
        (
            *HEAD,
            "A. OBJECTIFS",
            "Communiquer avec son équipe",
            "B. CONTENU",
            "Lecture de schémas, assemblage, contrôle",
            "C. DURÉE : 77 heures",
            "D. MÉTHODES : active, démonstrative",
            "E. SUIVI ET ÉVALUATION : feuilles d'émargement, tests, bilan",
        ),
    ),
    (
        Kind.PROGRAMME,
        "one word of a title before the training, an entrance test among its lines",
        (
            ("Greta des Vallées", 9),
            ("PROGRAMME : Agent de service hospitalier", 12),
            "Public : salariés",
            "Évaluation",
            "Positionnement à l'entrée, bilan à la sortie",
        ),
    ),
    (
        Kind.ATTENDANCE_SHEET,
        "an attestation of assiduity over half-days to sign for",
        (
            ("Université de Haute-Gascogne", 12),
            ("Attestation mensuelle d'assiduité", 14),
            "Date | Horaires | Enseignement | Signature du stagiaire | Signature de l'enseignant",
            "lundi 13 octobre 2025 | 8h45 à 12h15 | UE 1",
            "mardi 14 octobre 2025 | 8h45 à 12h15 | UE 2",
            "lundi 20 octobre 2025 | 8h45 à 12h15 | UE 3",
        ),
    ),
    (
        Kind.TRAINING_AGREEMENT,
        "a title that was not read; sheets are mentioned",
        (
            *HEAD,
            "Client : Delta Intérim, 52 rue Denis-Papin, 91000 Évry",
            "Dates : du 05/02/2026 au 20/02/2026 - Durée : 84 h",
            "Prix de l'heure : 30,00 € - prix total net de taxe : 2 520,00 €",
            "Modalités : feuilles d'émargement par demi-journée signées matin et après-midi",
            "Date : 23/01/2026",
            "Pour l'organisme de formation | Pour l'entreprise",
        ),
    ),
    (
        Kind.MISSION_CONTRACT,
        "the mission first",
        (
            ("Mission d'intérim — contrat individuel", 14),
            "Intérimaire : Maud Vasseur",
            "Client : Bois Vosgien",
        ),
    ),
    (
        Kind.MISSION_CONTRACT,
        "half of its title",
        (
            ("CONTRAT DE TRAVAIL", 14),
            "Société utilisatrice : Cartonnages Bessière",
            "Motif : accroissement temporaire d'activité, période d'essai 2 jours",
        ),
    ),
    (
        Kind.INVOICE,
        "half-days that are billed",
        (
            "Facture 04/2313 – émise le 08-04-2025 – feuillet 1/2",
            "Jour | Date | Matin | Après-midi | Coût HT",
            "1 | Mardi 4 mars 2025 | 08:30–12:00 | 13:00–16:30 | 266,00 €",
            "2 | Mercredi 5 mars 2025 | 08:30–12:00 | 13:00–16:30 | 266,00 €",
            "3 | Jeudi 6 mars 2025 | 08:30–12:00 | 13:00–16:30 | 266,00 €",
            "Total HT 798,00 €, règlement par virement, IBAN FR76",
        ),
    ),
    (
        Kind.OTHER,
        "a quality label",
        (("CERTIFICAT QUALIOPI", 16), "délivré au titre de la catégorie : actions de formation"),
    ),
]


@pytest.mark.parametrize(
    ("kind", "lines"), [(kind, lines) for kind, _, lines in CASES], ids=[c[1] for c in CASES]
)
def test_kind(kind: Kind, lines: tuple[Line, ...]) -> None:
    assert kind_of(leaf(*lines)).kind is kind


def test_the_insertion_contract_of_an_agency_is_no_mission_contract() -> None:
    page = leaf(
        "Relais Missions",
        ("Contrat d'insertion professionnelle intérimaire", 16.0),
        "Entre la société de travail temporaire Relais Missions et BOUVET Anaïs, salariée intérimaire.",
        "Le salarié suit l'action « Conduite d'installations » d'une durée de 77h00 dispensée par Compétys.",
        "Elle est suivie d'une mission auprès de l'entreprise utilisatrice Transports Quillerou.",
        "Le salarié conserve le statut de salarié de l'entreprise de travail temporaire.",
    )
    assert kind_of(page).kind is Kind.CIPI_CONTRACT
