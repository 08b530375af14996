"""What bills of other hands do: letters, one row for all, wrapped cells, narrow columns, credits."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from dossier.reading import ReadBy, Value
from extractors.candidate import Reading
from extractors.kinds.invoice import read
from extractors.kinds.invoice_labels import says
from tests.extractors import test_invoice
from tests.extractors.set_pages import Line, leaf


def reading(*lines: Line) -> Reading:
    return read([leaf(*lines)])


def value(made: Reading, name: str) -> Value | None:
    return made.fields[name].value if name in made.fields else None


@pytest.mark.parametrize(
    ("label", "meant"),
    [
        ("Total H.T.", {"net"}),
        ("Coût pédagogique HT", {"net"}),
        ("Montant dû, net de taxe", {"net", "gross"}),
        ("Montant total de la formation net de taxes", {"net", "gross"}),
        ("TOTAL À RÉGLER TTC (EUR)", {"gross"}),
        ("Net à votre crédit", {"gross"}),
        ("Net en votre faveur", {"gross"}),
        ("TVA (20 %)", {"vat"}),
        ("dont TVA", {"vat"}),
        ("N° TVA", set()),
        ("Prix de l'heure", set()),
        ("Total heures", set()),
        ("Acompte versé", set()),
        ("Reste à payer avant le", set()),
    ],
)
def test_an_amounts_label_is_told_by_its_words(label: str, meant: set[str]) -> None:
    assert says(label)[0] == meant


def test_a_letter_tells_its_sum_its_hours_and_their_price() -> None:
    made = reading(
        "Objet : facture n° 2026/043 – dossier n° CIPI-2026-004512",
        "Nous vous adressons la facture de l'action « Soudage », suivie par Madame Floriane Crépin",
        "du 3 mars 2026 au 16 mars 2026, soit 21 heures réalisées au tarif horaire de 35,00 € net de taxe.",
        "Elle s'élève à la somme de 735,00 € (sept cent trente-cinq euros).",
        "Exonération de TVA, article 261-4-4° a du CGI. Retard : indemnité forfaitaire de 40,00 €.",
    )
    assert (value(made, "hours"), value(made, "unit_price")) == (21 * 60, Decimal("35.00"))
    assert (value(made, "net_amount"), value(made, "total_amount")) == (Decimal("735.00"), Decimal("735.00"))
    assert value(made, "trainee_last_name") == "Crépin"


def test_one_row_may_be_the_whole_bill() -> None:
    made = reading(
        ("FACTURE", 18),
        "Prix de l'heure | Total hors taxes | Total TTC",
        "27,00 € | 2.268,00 € | 2.721,60 €",
    )
    assert (value(made, "net_amount"), value(made, "total_amount")) == (
        Decimal("2268.00"),
        Decimal("2721.60"),
    )


def test_an_amount_wrapped_beside_its_label_is_its_own() -> None:
    made = reading(
        ("AVOIR n° AV-7", 18),
        (" | 1 260,00", 11.0, 0.400), ("Total HT", 11.0, 0.407), (" | EUR", 11.0, 0.414),
        (" | 252,00", 11.0, 0.450), ("TVA (20 %)", 11.0, 0.457), (" | EUR", 11.0, 0.464),
        (" | 1 512,00", 11.0, 0.500), ("Net à votre crédit", 11.0, 0.507), (" | EUR", 11.0, 0.514),
    )  # fmt: skip
    assert value(made, "total_amount") == Decimal("1512.00")
    assert value(made, "vat_amount") == Decimal("252.00")


def test_meals_are_no_hours_and_cells_off_their_line_make_the_product() -> None:
    made = reading(
        ("FACTURE FV-68606", 18),
        ("Désignation | Qté | PU | Total HT", 11.0, 0.300),
        ("Heures de formation, du 03-04-2026 au", 9.0, 0.340), (" | 70 | 35,00 | 2.450,00", 9.0, 0.346),
        ("28-04-2026 | h", 9.0, 0.354),
        ("Restauration | 10 | 18,00 | 180,00", 9.0, 0.400),
    )  # fmt: skip
    assert (value(made, "hours"), value(made, "unit_price")) == (70 * 60, Decimal("35.00"))


def test_the_day_under_the_title_is_the_issue_date_and_a_deposits_is_not() -> None:
    made = reading(
        ("Facture FC-2026-40", 18),
        "du 13 mai 2026",
        "Total TTC : 1 255,80 €",
        "Acompte versé le 12/03/2026 : 376,74 €",
        "Reste à payer : 879,06 €",
    )
    assert value(made, "issue_date") == dt.date(2026, 5, 13)
    assert value(made, "total_amount") == Decimal("1255.80")


def test_a_number_made_like_a_day_is_read_at_its_label_and_doubted() -> None:
    made = reading(("FACTURE", 18), "N° de facture : 07-07-2026", "Date de facturation : 08/07/2026")
    assert (value(made, "number"), value(made, "issue_date")) == ("07-07-2026", dt.date(2026, 7, 8))
    assert made.fields["number"].confidence < 0.9


def test_initials_of_a_logo_are_no_part_of_the_name() -> None:
    made = reading(
        ("FACTURE | S Sémaphore Conseil", 12),
        " | 85 impasse du Moulin",
        " | 93200 Saint-Denis",
        " | SIRET 732 829 320 00074",
        " | NDA 44930554093",
    )
    assert value(made, "supplier_name") == "Sémaphore Conseil"


def test_the_house_whose_activity_stands_in_its_column_bills_the_other() -> None:
    made = reading(
        "FACTURE FV-68606 |  | Kéops Formation",
        "SARL Relais Insertion |  | 136 rue Élisée-Reclus",
        "156 allée des Érables |  | 21300 Chenôve",
        "87000 Limoges",
        " |  | Prestataire de formation",
        " |  | n° 52 21 11077 21",
    )
    assert value(made, "supplier_name") == "Kéops Formation"
    assert value(made, "customer_name") == "SARL Relais Insertion"
    assert value(made, "supplier_nda") == "52211107721"


def test_hours_and_minutes_apart_are_one_quantity() -> None:
    made = reading(
        ("FACTURE FA-1234", 18),
        "Nombre d'heures | Prix horaire | Montant net de taxe",
        "35 h 30 | 32,00 € | 1136,00 €",
    )
    assert (value(made, "hours"), value(made, "net_amount")) == (35 * 60 + 30, Decimal("1136.00"))


@pytest.mark.parametrize(
    "line", ["Heures réalisées |  | COURRIER 2026", "Heures réalisées |  | cour R ER 2026"]
)
def test_a_year_in_a_stamp_beside_a_label_is_no_duration(line: str) -> None:
    made = reading(
        ("FACTURE FA-1234", 18),
        (line, 11.0, 0.400),
        ("84 h", 11.0, 0.418),
    )
    assert value(made, "hours") == 84 * 60


def test_a_title_may_open_a_long_line_of_cells() -> None:
    made = reading(
        "Facture n° A2509229 – Date : 22/09/2025 – Dossier : CP-2025-649075 – Nombre de stagiaires : 2"
    )
    assert (value(made, "number"), value(made, "credit_note")) == ("A2509229", False)


def test_a_large_name_takes_two_lines() -> None:
    made = reading(
        ("École du Geste", 18),
        ("Technique", 18),
        ("148 ter chemin de la Plaine", 10),
        ("64100 Bayonne", 10),
        ("SIRET 732 829 320 00074 – NDA 11 64 57430 64", 10),
        ("FACTURE FA-1234", 14, 0.3),
    )
    assert value(made, "supplier_name") == "École du Geste Technique"


def test_the_day_of_the_bill_that_a_credit_corrects_is_not_its_own() -> None:
    made = reading(
        ("AVOIR", 18),
        "n° AV24-066",
        "12/08/2024",
        "Avoir sur la facture FA24-107 du 01/08/2024 – heures non réalisées – dossier CDPI-2024-155507",
    )
    assert value(made, "issue_date") == dt.date(2024, 8, 12)
    assert (value(made, "number"), value(made, "credit_note")) == ("AV24-066", True)


def test_an_identifier_with_a_digit_too_many_is_left_to_a_second_reading() -> None:
    lines = ("Clé Conseil & Formation", "159 boulevard de la Liberté", "77100 Meaux", "NDA 111771481177")
    made = read([leaf(("FACTURE", 18), *lines, read_by=ReadBy.OCR)])
    assert (made.fields["supplier_nda"].value, made.fields["supplier_nda"].raw) == (None, "111771481177")


def test_hours_under_a_label_that_nobody_can_read_are_proven_by_their_price() -> None:
    made = reading(
        ("FACTURE FA-1234", 18),
        "Coût horaire HT : 31,50 EUR",
        "Nombr d't rés : 70 heures",
        "Montant total HT : 2 205,00 EUR",
        "Ouvert 35 heures par semaine",
    )
    assert value(made, "hours") == 70 * 60
    assert made.fields["hours"].confidence >= 0.9


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("CIP1-2026-900187", "CIPI-2026-900187"),
        ("CIPI-2026-9001 87", "CIPI-2026-900187"),
        ("CDPI1-2024-436286", "CDPI1-2024-436286"),
    ],
)
def test_what_a_scan_does_to_a_serial_number_is_mended_with_doubt(printed: str, told: str) -> None:
    made = read([leaf(("FACTURE FA-1234", 18), f"N° de dossier : {printed}", read_by=ReadBy.OCR)])
    assert value(made, "request_ref") == told
    assert told == printed or made.fields["request_ref"].confidence < 0.9


def test_a_large_name_stands_over_a_line_of_address_and_numbers() -> None:
    made = reading(
        ("Centre du Pont-Neuf", 18),
        "73 place de la Halle, 72100 Le Mans - Siret 73282932000074 - Déclaration d'activité 52723004172",
        "Facture F-2026-787",
    )
    assert (value(made, "supplier_name"), value(made, "supplier_siret")) == (
        "Centre du Pont-Neuf",
        "73282932000074",
    )


def test_a_bill_that_prints_no_currency_is_in_euros_with_doubt() -> None:
    made = reading(("FACTURE FA-1234", 18), "Total HT : 100,00", "TVA 20 % : 20,00", "Total TTC : 120,00")
    currency = made.fields["currency"]
    assert (currency.value, currency.confidence, currency.note) == ("EUR", 0.7, "no currency is printed")


def test_the_hours_counted_over_the_totals_are_no_line() -> None:
    made = test_invoice.reading((*test_invoice.PLAIN, (390, 314, "Nombre d'heures"), (490, 314, "140,00")))
    assert value(made, "lines_amount") == Decimal("4200.00")
