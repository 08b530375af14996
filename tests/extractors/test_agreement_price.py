"""The price of a course, told from that of an hour; and its customer, told from who signs for it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from dossier.reading import ReadBy
from extractors.kinds import agreement
from extractors.leaf import Leaf
from tests.extractors.set_pages import leaf, unsigned, white


@pytest.mark.parametrize(
    "lines",
    [
        ["4 – Prix", "70 h × 29,00 € = 2 030,00 € net de taxes."],
        ["Prix | 70 heures à 29,00 €, soit 2 030,00 €"],
        ["Coût de la formation : 29,00 €/h | Total HT : 2 030,00 €"],
        ["Dispositions financières : coût horaire 29,00 €, coût total HT de l'action 2 030,00 €."],
        ["Prix : 70 h x 29,00 € | 2 030,00 € net de taxes"],
        ["Le coût est fixé à raison de 29,00 € par heure, soit un total de 2 030,00 € HT."],
    ],
)
def test_the_price_of_an_hour_is_not_that_of_the_course(lines: list[str]) -> None:
    page = unsigned("Convention de formation", "Durée | 70 heures", *lines, "Fait à Lyon le 20/01/2025")
    assert agreement.read([page]).fields["net_amount"].value == Decimal("2030.00")


def test_the_price_of_an_hour_alone_is_no_price() -> None:
    page = unsigned(
        "Convention de formation", "Durée | 70 heures", "Prix | 29,00 €", "Fait à Lyon le 20/01/2025"
    )
    assert "net_amount" not in agreement.read([page]).fields


def test_who_signs_for_the_customer_is_not_the_customer() -> None:
    page = unsigned(
        "Organisme de formation | Sillon Formation",
        "Client | Tandem Emploi",
        "Fait en deux exemplaires, le 12 janvier 2026.",
        "L'organisme – M. Mehdi Vigneron | Le client – M. Régis Dieng",
    )
    assert agreement.read([page]).fields["customer_name"].value == "Tandem Emploi"


def _pixels(*lines: str) -> Leaf:
    return Leaf(replace(leaf(*lines, read_by=ReadBy.OCR).page, see=white))


def test_hours_that_no_label_tells_follow_from_the_price() -> None:
    page = _pixels("Convention de formation", "140h", "Tarif horaire | 28,00 €", "Coût total HT | 3 920,00 €")
    assert agreement.read([page]).fields["hours"].value == 140 * 60


def test_hours_that_the_price_contradicts_are_doubtful() -> None:
    lines = (
        "Convention de formation",
        "Durée | {} h",
        "Tarif horaire | 30,00 €",
        "Coût total HT | 3 780,00 €",
    )
    worn, whole = (
        agreement.read([_pixels(*(line.format(hours) for line in lines))]).fields["hours"]
        for hours in (26, 126)
    )
    assert worn.confidence <= 0.5
    assert whole.value == 126 * 60 and whole.confidence >= 0.9
