"""Names of houses, cut out of the sentence around them."""

from __future__ import annotations

import pytest

from extractors.french.organisations import organisation_of


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Cap Intérim", "Cap Intérim"),
        ("Cap Intérim, 3 rue des Halles, 35000 Rennes", "Cap Intérim"),
        ("Cap Intérim 3 bis avenue Foch", "Cap Intérim"),
        ("l'entreprise Dupont et Fils, représentée par M. X", "Dupont et Fils"),
        ("la société Cap Intérim – SIRET 732 829 320 00074", "Cap Intérim"),
        ("Alizé Insertion à Brest", "Alizé Insertion"),
        ("Ifocop' Campus (organisme de formation)", "Ifocop' Campus"),
        ("Cap Intérim et Mme Léa PETIT, née le", "Cap Intérim"),
        ("Cap Intérim et PETIT Léa, salariée", "Cap Intérim"),
        ("Menuiserie Ostermann : Léa PETIT, pour une mission", "Menuiserie Ostermann"),
        ("Néo Conseil & Formation atteste que", "Néo Conseil & Formation"),
    ],
)
def test_the_name_alone(text: str, name: str) -> None:
    found = organisation_of(text)
    assert found is not None
    assert found.name == name
    assert text[found.start : found.end] == name


@pytest.mark.parametrize("text", ["", "  ", "12 345", "– :"])
def test_no_name(text: str) -> None:
    assert organisation_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "SIRET 506 811 595 00020",
        "96 rue de l'Abbé-Grégoire",
        "12 bis, avenue Foch – 75016 Paris",
        "77100 Meaux",
        "Tél. 01 09 66 49 62",
        "Déclaration d'activité n° 32 62 50411 62",
    ],
)
def test_what_stands_under_a_name_is_no_name(text: str) -> None:
    assert organisation_of(text) is None
