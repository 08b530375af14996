"""Whom the lesser papers name, and whose account a RIB is of."""

from __future__ import annotations

import pytest

from dossier.reading import Field
from extractors.kinds.others import read_bank, read_named
from tests.extractors.set_pages import Line, leaf

IBAN = "FR7630001007941234567890185"


def bank(*lines: Line) -> tuple[Field | None, Field | None]:
    fields = read_bank([leaf(*lines)]).fields
    return fields.get("iban"), fields.get("holder_name")


@pytest.mark.parametrize(
    "line",
    ["Stagiaire : BEN AMAR Inès", "Nom et prénom : BEN AMAR Inès", "Alternante : Inès BEN AMAR"],
)
def test_a_label_names_the_trainee(line: str) -> None:
    fields = read_named([leaf(("CALENDRIER DE L'ALTERNANCE", 15), line, "sept. 2025 | oct. 2025")]).fields
    assert fields["trainee_last_name"].value == "BEN AMAR"
    assert fields["trainee_first_name"].value == "Inès"


def test_a_paper_that_names_nobody_says_nothing() -> None:
    assert (
        read_named([leaf(("PROGRAMME", 15), "Objectifs : souder à plat. Public : opérateurs")]).fields == {}
    )


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
