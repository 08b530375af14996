"""Numbers with separators, and numbers in words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.french.numbers import number_in_words, plain_decimal

UNITS = [
    "", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
    "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
]  # fmt: skip
TENS = {
    2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 7: "soixante",
    8: "quatre-vingt", 9: "quatre-vingt",
}  # fmt: skip


def spelt(number: int) -> str:
    """A number from 1 to 999 in words, as France writes it, folded."""
    if number >= 100:
        hundreds, rest = divmod(number, 100)
        head = "cent" if hundreds == 1 else f"{UNITS[hundreds]} cent{'' if rest else 's'}"
        return f"{head} {spelt(rest)}".strip() if rest else head
    if number < 20:
        return UNITS[number]
    ten, rest = divmod(number, 10)
    if ten in (7, 9):
        rest += 10
    if not rest:
        return f"{TENS[ten]}{'s' if ten == 8 else ''}"
    joint = " et " if rest in (1, 11) and ten not in (8, 9) else "-"
    return f"{TENS[ten]}{joint}{UNITS[rest]}"


@given(st.integers(1, 999))
def test_words_count_back(number: int) -> None:
    assert number_in_words(spelt(number)) == number


@pytest.mark.parametrize(
    ("words", "number"), [("mille deux cents", 1200), ("deux mille", 2000), ("septante-cinq", 75)]
)
def test_thousands_and_neighbours(words: str, number: int) -> None:
    assert number_in_words(words) == number


def test_other_words_are_no_number() -> None:
    assert number_in_words("trente formations") is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("1 234,50", "1234.50"), ("1.234,50", "1234.50"), ("1,234.50", "1234.50"),
        ("1234.5", "1234.5"), ("1.234", "1234"), ("3,25", "3.25"), ("0.125", "0.125")],
)  # fmt: skip
def test_separators(text: str, number: str) -> None:
    assert plain_decimal(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "12a", "1,,2", "-3", "€"])
def test_anything_else_is_no_number(text: str) -> None:
    assert plain_decimal(text) is None
