"""The sum of a bill, told from the price of one hour that stands at the same label."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.kinds import invoice
from tests.extractors.set_pages import placed, unsigned

_HEAD = (
    "FACTURE n° F-2026-12",
    "Phare Formation | Client : Escale Intérim",
    "Stagiaire : DUPONT Léa du 02/03/2026 au 13/03/2026",
)


@pytest.mark.parametrize(
    "lines",
    [
        ["Montant HT : 70 h × 29,00 € = 2 030,00 €", "TVA : exonérée"],
        ["Coût pédagogique HT | 2 030,00 € (29,00 € de l'heure)", "Total TTC | 2 030,00 €"],
        ["Coût de la formation : 29,00 €/h | Total HT : 2 030,00 €"],
        ["70 h x 29 € = 2030 € HT", "TVA non applicable"],
        ["Total HT (70 h × 29,00 €) | 2 030,00 €"],
    ],
)
def test_the_price_of_an_hour_is_not_the_sum_of_a_bill(lines: list[str]) -> None:
    fields = invoice.read([unsigned(*_HEAD, *lines)]).fields
    assert fields["net_amount"].value == Decimal(2030)


@pytest.mark.parametrize(
    "foot",
    [
        [("TVA", "0,00"), ("TOTAL", "2 030,00 €")],
        [("HT", "2 030,00 €"), ("TVA", "0,00 €"), ("À payer", "2 030,00 €")],
        [("T.V.A. 0 %", "0,00 €"), ("Net à régler en euros", "2 030,00 €")],
    ],
)
def test_rows_of_totals_are_no_lines(foot: list[tuple[str, str]]) -> None:
    runs = [(0.1, 0.1, "FACTURE n° F-2026-12"), (0.1, 0.13, "Phare Formation")]
    runs += [(0.1, 0.2, "Libellé"), (0.5, 0.2, "Heures"), (0.65, 0.2, "PU"), (0.86, 0.2, "Total")]
    runs += [(0.1, 0.22, "Soudage"), (0.5, 0.22, "70,00"), (0.65, 0.22, "29,00"), (0.83, 0.22, "2 030,00")]
    for row, (label, amount) in enumerate(foot):
        runs += [(0.52, 0.27 + 0.02 * row, label), (0.83, 0.27 + 0.02 * row, amount)]
    fields = invoice.read([placed(*runs)]).fields
    assert fields["lines_amount"].value == Decimal(2030)
