"""Hours and money at the contract's edge."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.quantities import Minutes, NotANumber, amount_text, decimal_of, hours_text, minutes_of, price_of


@given(st.integers(0, 100_000))
def test_minutes_survive_their_two_decimal_text_within_the_rounding(minutes: int) -> None:
    # two decimals of an hour are 36 seconds apart, so every whole minute comes back
    assert minutes_of(hours_text(Minutes(minutes))) == minutes


@pytest.mark.parametrize(
    ("text", "minutes"), [("3.50", 210), ("0", 0), ("140.00", 8400), ("3.33", 200), ("0.01", 1)]
)
def test_minutes_of(text: str, minutes: int) -> None:
    assert minutes_of(text) == minutes


@pytest.mark.parametrize("text", ["", "70 h", "NaN", "Infinity", "1,5", "douze"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(NotANumber):
        decimal_of(text)


@given(st.decimals(0, 1_000_000, places=4))
def test_amounts_are_rounded_half_up_to_the_cent(amount: Decimal) -> None:
    text = amount_text(amount)
    assert text[-3] == "."
    assert abs(Decimal(text) - amount) <= Decimal("0.005")


def test_half_a_cent_goes_up() -> None:
    assert amount_text(Decimal("2.675")) == "2.68"


@given(st.integers(0, 20_000), st.decimals(0, 200, places=2))
def test_a_price_is_within_half_a_cent_of_the_exact_product(minutes: int, rate: Decimal) -> None:
    assert abs(price_of(Minutes(minutes), rate) - Decimal(minutes) * rate / 60) <= Decimal("0.005")
