"""Whose account a RIB is of, and its number, however the print breaks it."""

from __future__ import annotations

import pytest

from dossier.reading import Field, ReadBy
from extractors.kinds.bank_account import french_iban, rib_key
from extractors.kinds.bank_details import read_bank
from tests.extractors.set_pages import Line, leaf

IBAN = "FR7630001007941234567890185"


def bank(*lines: Line) -> tuple[Field | None, Field | None]:
    fields = read_bank([leaf(*lines)]).fields
    return fields.get("iban"), fields.get("holder_name")


def test_a_labelled_account() -> None:
    iban, holder = bank(("RIB", 18), "Titulaire du compte : Delta Formation", f"IBAN : {IBAN}")
    assert iban is not None
    assert (iban.value, iban.confidence >= 0.9) == (IBAN, True)
    assert holder is not None
    assert holder.value == "Delta Formation"


def test_an_iban_in_fours_without_a_label_and_a_holder_over_his_address() -> None:
    iban, holder = bank(
        ("RELEVÉ D'IDENTITÉ BANCAIRE", 15),
        "Delta Formation",
        "56 rue Émile-Zola",
        "77100 Meaux",
        "FR76 3000 1007 9412 3456 7890 185",
    )
    assert iban is not None
    assert iban.value == IBAN
    assert holder is not None
    assert holder.value == "Delta Formation"
    assert holder.confidence < 0.7  # nothing announces it


def test_an_iban_with_a_wrong_key_is_doubted() -> None:
    iban, _ = bank(("RIB", 18), f"IBAN : {IBAN[:-1]}6")
    assert iban is None or iban.confidence < 0.9


@pytest.mark.parametrize(
    "lines",
    [
        ("IBAN | FR76 3000 1007 9412", " | 3456 7890 185"),
        ("IBAN | FR76 3000 1007 9412 | BIC | BDFEFRPPCCT", " | 3456 7890 185"),
        ("IBAN | FR76 | 3000 | 1007 | 9412 | 3456 | 7890 | 185",),
        ("IBAN | FR76 | 3000 | 1007 | 9412", " | 3456 | 7890 | 185"),
        (" | ".join(("IBAN", *IBAN[:16])), " | ".join(("", *IBAN[16:]))),
    ],
)
def test_an_iban_in_pieces(lines: tuple[Line, ...]) -> None:
    iban, _ = bank(("RIB", 18), *lines)
    assert iban is not None
    assert (iban.value, iban.confidence >= 0.9) == (IBAN, True)


def test_pieces_whose_key_is_wrong_are_not_put_together() -> None:
    iban, _ = bank(("RIB", 18), "IBAN | FR76 3000 1007 9412 | BIC | BDFEFRPPCCT", "Agence | 3456 7890 186")
    assert iban is None


@pytest.mark.parametrize(
    "lines",
    [
        ("Banque | Guichet | N° de compte | Clé", "30001 | 00794 | 12345678901 | 85"),
        ("Code banque : 30001 | Code guichet : 00794", "N° de compte : 12345678901 | Clé RIB : 85"),
    ],
)
def test_a_rib_makes_its_iban_with_some_doubt_and_proves_one_that_is_printed(lines: tuple[Line, ...]) -> None:
    iban, _ = bank(("RIB", 18), *lines)
    assert iban is not None
    assert (iban.value, iban.confidence) == (IBAN, 0.9)
    proven, _ = bank(("RIB", 18), *lines, f"IBAN : {IBAN}")
    assert proven is not None
    assert (proven.value, proven.note) == (IBAN, "the RIB makes the same")


def test_a_rib_that_makes_another_iban_is_told() -> None:
    other = french_iban("20041010050500013M02606")
    iban, _ = bank(
        ("RIB", 18), "Banque | Guichet | N° de compte | Clé", "30001 | 00794 | 12345678901 | 85", other
    )
    assert iban is not None
    assert (iban.value, iban.confidence, iban.note) == (other, 0.5, "the RIB makes another")


def test_letters_count_in_the_key_of_a_rib() -> None:
    assert rib_key("20041", "01005", "0500013M026") == 6


def test_cells_that_a_scan_wore_are_given_by_their_place() -> None:
    page = leaf(("RIB", 18), "IBAN", "IFR | 7 6 30001 | 0079 4123 | o][1 | 567", read_by=ReadBy.OCR)
    iban = read_bank([page]).fields["iban"]
    assert (iban.value, iban.raw) == (None, "IFR 7 6 30001 0079 4123 o][1 567")


def test_a_holder_may_begin_like_a_label_set_a_little_further_in() -> None:
    page = leaf(("RIB", 18), "Titulaire", "  Centre de Formation du Pont", "Adresse", f"IBAN : {IBAN}")
    assert read_bank([page]).fields["holder_name"].value == "Centre de Formation du Pont"
