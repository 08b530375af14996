"""Where somebody is asked to sign."""

from __future__ import annotations

import pytest

from extractors.captions import captions_of
from tests.extractors.set_pages import unsigned


@pytest.mark.parametrize(
    "row", ["Organisme de formation | Centre Vauban Formation", "Employeur | Société Lavergne"]
)
def test_a_row_of_parties_in_a_form_over_the_captions_is_no_place_to_sign(row: str) -> None:
    page = unsigned(
        ("Contrat de professionnalisation", 11.0, 0.4),
        row,
        "Date de fin | 19/01/2026",
        "Contrat signé le 02/09/2025 à Pau",
        "Signature de l'employeur | Signature du salarié",
    )
    assert [[run.text for run in group] for group in captions_of(page)] == [
        ["Signature de l'employeur"],
        ["Signature du salarié"],
    ]


def test_parties_side_by_side_over_the_closing_line_are_places_to_sign() -> None:
    page = unsigned(("Lu et accepté.", 11.0, 0.4), "L'employeur | Le salarié", "Fait à Pau, le 02/09/2025")
    assert ["L'employeur"] in [[run.text for run in group] for group in captions_of(page)]
