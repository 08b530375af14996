"""Whether two spellings name the same person, organisation, training or request."""

from __future__ import annotations

import pytest

from validators.names import same_organisation, same_person, same_reference, same_title


@pytest.mark.parametrize(
    ("last", "first", "agreed_last", "agreed_first", "same"),
    [
        ("DIALLO", "Aminata", "DIALLO", "Aminata", True),
        ("Diallo", "AMINATA", "DIALLO", "Aminata", True),
        ("DIALLO", "", "DIALLO", "Aminata", True),
        ("AMINATA", "DIALLO", "DIALLO", "Aminata", True),
        ("LEFEVRE", "Helene", "LEFÈVRE", "Hélène", True),
        ("LE GOFF", "Maelle", "LE GOFF", "Maëlle", True),
        ("LEGOFF", "Maëlle", "LE GOFF", "Maëlle", True),
        ("N DIAYE", "Aïcha", "N'DIAYE", "Aïcha", True),
        ("CHEVALIER épouse LE GOFF", "Françoise", "CHEVALIER", "Françoise", True),
        ("LE GOFF née CHEVALIER", "Françoise", "CHEVALIER", "Françoise", True),
        ("BENOIT-LEMAITRE", "Yann", "BENOÎT", "Yann", True),
        ("J0NCQUEMONT", "Dimitri", "JONCQUEMONT", "Dimitri", True),
        ("DIALLO", "Fatoumata", "DIALLO", "Aminata", False),
        ("DIABY", "Aminata", "DIALLO", "Aminata", False),
        ("MARTIN", "Paul", "DIALLO", "Aminata", False),
        ("RIOU", "Theo", "ROUX", "Théo", False),
    ],
)
def test_people(last: str, first: str, agreed_last: str, agreed_first: str, same: bool) -> None:
    assert same_person(last, first, agreed_last, agreed_first) is same


@pytest.mark.parametrize(
    ("found", "agreed", "same"),
    [
        ("ALPHA FORMATION SAS", "Alpha Formation", True),
        ("Alpha Formation, 12 rue du Port 29200 Brest", "Alpha Formation", True),
        ("Alpha Conseil et Formation", "Alpha Conseil & Formation", True),
        ("Form'Ouest Savoirs", "FORM OUEST SAVOIRS", True),
        ("Alpha Compétences", "Alpha Formation", False),
        ("Afpi Prévention", "Afpi Formation", False),
    ],
)
def test_organisations(found: str, agreed: str, same: bool) -> None:
    assert same_organisation(found, agreed) is same


@pytest.mark.parametrize(
    ("found", "agreed", "same"),
    [
        ("CACES R 489 catégories 1A, 3 et 5", "CACES R489 catégories 1A 3 et 5", True),
        ("Soudage semi-automatique MAG 135", "Soudage semi-automatique MAG 135 – initiation", True),
        ("CACES R486 catégorie B", "CACES R489 catégories 1A 3 et 5", False),
        ("Français langue étrangère – niveau B1", "Français langue étrangère – niveau A2", False),
        ("Anglais professionnel", "Soudage", False),
    ],
)
def test_titles(found: str, agreed: str, same: bool) -> None:
    assert same_title(found, agreed) is same


@pytest.mark.parametrize(
    ("found", "same"),
    [
        ("CIPI-2026-004512", True),
        ("CIPI 2026 004512", True),
        ("CIPI-2O26-OO4512", True),
        ("CIPI-2026-004512-2", True),
        ("CIPI-2026-004513", False),
    ],
)
def test_references(found: str, same: bool) -> None:
    assert same_reference(found, "CIPI-2026-004512") is same
