"""Agreements in other words: parties without "entre", titles in clauses, names over places to sign."""

from __future__ import annotations

from datetime import date

import pytest

from dossier.reading import ReadBy
from extractors.captions import captions_of
from extractors.kinds.agreement import read
from extractors.leaf import Leaf
from tests.extractors.test_certificate import at_places, seen

CLOSING = ("Roanne, le 10/02/2026", "Pour l'organisme de formation | Pour l'entreprise")


@pytest.mark.parametrize("heading", ["Article 1 – Parties", "1. Les parties", "I - Parties contractantes"])
def test_parties_under_a_numbered_heading(heading: str) -> None:
    fields = read(
        [
            seen(
                ("CONVENTION DE FORMATION", 14),
                heading,
                "Tremplin du Limousin, 136 allée Ampère, 42300 Roanne, déclaration d'activité n° 84 42",
                "83566 42, représenté par Mme Nadia Aubertin, gérante ; et Groupe Solène Intérim,",
                "23 chemin des Vignes, 71200 Le Creusot, représentée par M. Kylian Noblet.",
                "2. Objet de la convention",
                "Formation « Plaquiste », au profit de Mme Ingrid YILDIZ.",
                *CLOSING,
            )
        ]
    ).fields
    assert fields["provider_name"].value == "Tremplin du Limousin"
    assert fields["customer_name"].value == "Groupe Solène Intérim"


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("1. Objet : Opérateur de découpe", "Opérateur de découpe"),
        ("Art. 2 - Objet : Pilote d'installation", "Pilote d'installation"),
        ("Art. 1 — Le réseau assure la formation : Ouvrier du paysage.", "Ouvrier du paysage"),
        ("Il s'engage à organiser l'action Maçon coffreur au profit de Jérémie LAPORTE.", "Maçon coffreur"),
        ("L'université accueille M. Abel RÉMOND dans la formation BUT Génie civil, parcours innovation.",
         "BUT Génie civil, parcours innovation"),
        ("Elle confie à Élan Pro la formation de M. Jim TRAORÉ : Conduite de pelle d'une durée de 35 h",
         "Conduite de pelle"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("read_by", [ReadBy.TEXT, ReadBy.OCR])
def test_titles_in_clauses(line: str, title: str, read_by: ReadBy) -> None:
    page = seen(("CONVENTION DE FORMATION", 14), line, *CLOSING, read_by=read_by)
    assert read([page]).fields["training_title"].value == title


def test_the_subject_of_the_paper_itself_is_no_title() -> None:
    page = seen(("CONVENTION DE FORMATION", 14), "Objet : Réalisation d'une formation", *CLOSING)
    assert "training_title" not in read([page]).fields


def test_hours_for_each_trainee_and_days_in_and_out() -> None:
    fields = read(
        [
            seen(
                ("CONVENTION DE FORMATION", 14),
                "3. Nombre d'heures par stagiaire : 308,00",
                "Entrée | Sortie prévue",
                "29/09/2025 | 20/02/2026",
                *CLOSING,
            )
        ]
    ).fields
    assert fields["hours"].value == 308 * 60
    assert (fields["start_date"].value, fields["end_date"].value) == (date(2025, 9, 29), date(2026, 2, 20))


def test_parties_called_centre_and_company_without_quotes() -> None:
    fields = read(
        [
            seen(
                ("CONVENTION DE FORMATION", 14),
                "Conclue entre Centre Afor Grand Sud, 90 rue du Pont-Neuf, 74200 Thonon-",
                "les-Bains, déclaration d'activité 84 74 74185 74, ci-après le centre et Tandem RH",
                "Intérim, 112 avenue de la Gare, 74200 Thonon-les-Bains, ci-après l'entreprise",
                *CLOSING,
                read_by=ReadBy.OCR,
            )
        ]
    ).fields
    assert fields["provider_name"].value == "Centre Afor Grand Sud"
    assert fields["customer_name"].value == "Tandem RH Intérim"


def letter(left: str, right: str) -> Leaf:
    return at_places(
        (0.10, 0.10, "Agir et Former 86"),
        (0.10, 0.16, "Fil d'Or Intérim"),
        (0.10, 0.18, "12 rue Basse"),
        (0.10, 0.20, "35300 Fougères"),
        (0.10, 0.30, "La présente, signée des deux parties, tient lieu de convention."),
        (0.10, 0.50, left),
        (0.55, 0.50, right),
    )


@pytest.mark.parametrize("end", ["", " :"])
def test_the_names_of_both_parties_say_where_they_sign(end: str) -> None:
    page = letter(f"Agir et Former 86{end}", f"Fil d'Or Intérim{end}")
    assert [[run.text for run in group] for group in captions_of(page)] == [
        [f"Agir et Former 86{end}"],
        [f"Fil d'Or Intérim{end}"],
    ]


@pytest.mark.parametrize(("left", "right"), [("35300 Fougères", "12 rue Basse"), ("Tarif", "Durée")])
def test_no_other_words_side_by_side_do(left: str, right: str) -> None:
    assert not captions_of(letter(left, right))
