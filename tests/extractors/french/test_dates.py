"""Dates: any valid one parses back from any spelling; one that no calendar has is found and has no value."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.french.dates import dates_in, periods_in

MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
          "novembre", "décembre")  # fmt: skip
SHORT = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


def spellings(day: dt.date) -> tuple[str, ...]:
    first = "1er" if day.day == 1 else str(day.day)
    return (
        f"{day:%d/%m/%Y}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d-%m-%Y}",
        f"{day:%d.%m.%Y}",
        f"{day:%d / %m / %Y}",
        f"{day:%Y-%m-%d}",
        f"{first} {MONTHS[day.month - 1]} {day.year}",
        f"{first} {MONTHS[day.month - 1].upper()} {day.year}",
        f"{day:%d} {SHORT[day.month - 1]} {day.year}",
        f"{day:%d %m %Y}",
        " ".join(f"{day:%d%m%Y}"),
        f"{day:%d/%m/%y}",
    )


DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2069, 12, 31))


@given(DAYS, st.integers(0, 11), st.sampled_from(["", "le ", "Fait à Rennes, le ", "né(e) le : "]))
def test_any_day_in_any_spelling_parses_back(day: dt.date, spelling: int, before: str) -> None:
    text = spellings(day)[spelling]
    (found,) = dates_in(before + text + ".")
    assert found.date == day
    assert (before + text)[found.start : found.end] == text


@given(DAYS, st.integers(0, 400), st.integers(0, 8))
def test_any_period_parses_back(first: dt.date, length: int, spelling: int) -> None:
    last = first + dt.timedelta(days=length)
    (found,) = periods_in(f"du {spellings(first)[spelling]} au {spellings(last)[spelling]}")
    assert (found.first.date, found.last.date) == (first, last)


@pytest.mark.parametrize(
    "text", ["31/02/2026", "30 février 2026", "29/02/2025", "31.04.2026", "00/01/2026", "12/13/2026"]
)
def test_a_day_that_no_calendar_has_keeps_its_place_and_has_no_value(text: str) -> None:
    (found,) = dates_in(f"le {text}")
    assert found.date is None
    assert "no date" in found.note


def test_a_short_first_day_takes_month_and_year_of_the_last() -> None:
    (found,) = periods_in("du 3 au 14 mars 2026")
    assert (found.first.date, found.last.date) == (dt.date(2026, 3, 3), dt.date(2026, 3, 14))


def test_letters_read_as_digits_are_doubted() -> None:
    (found,) = dates_in("l2/O3/2026")
    assert found.date == dt.date(2026, 3, 12)
    assert found.doubtful


@pytest.mark.parametrize("text", ["02 98 76 54 32", "3 270,00", "2026", "7/8", "SIRET 732 829 320 00074"])
def test_what_is_no_date(text: str) -> None:
    assert dates_in(text) == ()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("12 au 23 janvier 2026", dt.date(2026, 1, 12), dt.date(2026, 1, 23)),
        ("du lundi 12 au vendredi 23 janvier 2026", dt.date(2026, 1, 12), dt.date(2026, 1, 23)),
        ("12/01 au 23/01/2026", dt.date(2026, 1, 12), dt.date(2026, 1, 23)),
        ("du 1er au 12.03.2026", dt.date(2026, 3, 1), dt.date(2026, 3, 12)),
        ("du 22 décembre au 9 janvier 2026", dt.date(2025, 12, 22), dt.date(2026, 1, 9)),
    ],
)
def test_the_last_day_gives_the_first_its_month_and_year(text: str, first: dt.date, last: dt.date) -> None:
    (found,) = periods_in(text)
    assert (found.first.date, found.last.date) == (first, last)


@pytest.mark.parametrize(
    "text", ["Article 12 - 23 janvier 2026", "70 h au 23 janvier 2026", "14,00 au 12/03/2026"]
)
def test_a_number_before_a_day_begins_no_period(text: str) -> None:
    assert periods_in(text) == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20 avrit 2026", dt.date(2026, 4, 20)),
        ("le 3 juln 2026", dt.date(2026, 6, 3)),
        ("4 novernbre 2025", dt.date(2025, 11, 4)),
        ("4 jaov1er 2026", dt.date(2026, 1, 4)),
    ],
)
def test_a_month_of_which_a_letter_was_misread_is_doubtful(text: str, day: dt.date) -> None:
    (found,) = dates_in(text)
    assert found.date == day and found.doubtful


@pytest.mark.parametrize("text", ["12 jours 2026", "35 heures 2025", "12 mots 2025", "module 3 bloc 2026"])
def test_any_word_between_two_numbers_is_no_month(text: str) -> None:
    assert dates_in(text) == ()
