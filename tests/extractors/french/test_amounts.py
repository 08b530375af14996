"""Any amount, as French or English programs print it, parses back to itself."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.french.amounts import amounts_in

CENTS = st.integers(min_value=0, max_value=99_999_999).map(lambda cents: Decimal(cents) / 100)


def french(amount: Decimal, blank: str) -> str:
    return f"{amount:,.2f}".replace(",", blank).replace(".", ",")


@given(
    CENTS,
    st.sampled_from((" ", "\u00a0", "\u202f", "\u2009", "")),
    st.sampled_from((" €", "€", " EUR", " euros", "")),
)
def test_french_writing_parses_back(amount: Decimal, blank: str, unit: str) -> None:
    (found,) = amounts_in(f"Total : {french(amount, blank)}{unit}")
    assert found.amount == amount
    assert found.marked


@given(CENTS)
def test_points_between_thousands_parse_back(amount: Decimal) -> None:
    (found,) = amounts_in(f"{amount:,.2f}".translate(str.maketrans(",.", ".,")))
    assert found.amount == amount


@given(CENTS)
def test_english_writing_parses_back(amount: Decimal) -> None:
    (found,) = amounts_in(f"€{amount:,.2f}")
    assert found.amount == amount


@given(CENTS, st.sampled_from(("-{}", "- {}", "−{}", "({})")))
def test_negative_writings_parse_back(amount: Decimal, form: str) -> None:
    (found,) = amounts_in(form.format(french(amount, " ")))
    assert found.amount == -amount


@pytest.mark.parametrize("text", ["12/03/2026", "10.10.2025", "art. 261.4.4°", "FR7612", "2?548,00 €"])
def test_dates_references_and_torn_numbers_are_no_amounts(text: str) -> None:
    assert [found for found in amounts_in(text) if found.marked] == []


def test_two_columns_on_one_line_are_two_amounts() -> None:
    assert [str(found.amount) for found in amounts_in("28,00 1 960,00")] == ["28.00", "1960.00"]


@pytest.mark.parametrize("text", ["2352,00C", "2 352,00 C", "2 352,00 E"])
def test_a_euro_sign_read_as_a_letter_still_marks_an_amount(text: str) -> None:
    (found,) = amounts_in(text)
    assert (found.amount, found.marked) == (Decimal("2352.00"), True)


def test_a_whole_number_is_marked_by_its_currency_alone() -> None:
    assert [found.marked for found in amounts_in("12 € et 12")] == [True, False]


@given(st.text(max_size=60))
def test_no_text_makes_it_fail(text: str) -> None:
    for found in amounts_in(text):
        assert 0 <= found.start < found.end <= len(text)
