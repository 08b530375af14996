"""Working hours, months, ages, and the keys of identifiers."""

from __future__ import annotations

import datetime as dt

import pytest

from validators.identifiers import good_iban, good_nda, good_siret, siren_of
from validators.months import age_on, months_later, years_earlier
from validators.working_time import after_working_hours, is_closed, is_working, working_days


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("filed", "over"),
    [
        ("2026-03-03T09:14", "2026-03-05T09:14"),  # Tuesday to Thursday
        ("2026-03-05T09:14", "2026-03-09T09:14"),  # over a weekend
        ("2026-03-07T10:00", "2026-03-11T00:00"),  # filed on a Saturday: from Monday's first hour
        ("2026-04-03T09:00", "2026-04-08T09:00"),  # Good Friday is worked, Easter Monday is not
        ("2025-12-31T23:30", "2026-01-05T23:30"),  # New Year's Day
    ],
)
def test_48_working_hours(filed: str, over: str) -> None:
    assert after_working_hours(at(filed), 48) == at(over)


def test_closed_days() -> None:
    assert is_closed(dt.date(2026, 7, 14)) and is_closed(dt.date(2026, 3, 22))
    assert not is_closed(dt.date(2026, 3, 21)) and not is_working(dt.date(2026, 3, 21))
    assert working_days(dt.date(2026, 3, 16), dt.date(2026, 3, 22)) == 6


def test_months_and_ages() -> None:
    assert months_later(dt.date(2025, 11, 30), 3) == dt.date(2026, 2, 28)
    assert years_earlier(dt.date(2024, 2, 29), 3) == dt.date(2021, 2, 28)
    assert age_on(dt.date(1999, 9, 2), dt.date(2025, 9, 1)) == 25
    assert age_on(dt.date(1999, 9, 1), dt.date(2025, 9, 1)) == 26


@pytest.mark.parametrize(
    ("siret", "good"),
    [
        ("53350812300015", True),
        ("533 508 123 00015", True),
        ("533508123", True),
        ("53350812300016", False),
        ("35600000049837", True),
        ("35600000049838", False),
        ("00000000000000", False),
        ("5335081230001", False),
    ],
)
def test_siret(siret: str, good: bool) -> None:
    assert good_siret(siret) is good


def test_nda_and_iban() -> None:
    assert good_nda("53 35 08123 35") and not good_nda("5335081233")
    assert good_iban("FR76 3000 6000 0000 0000 0000 264")
    assert not good_iban("FR75 3000 6000 0000 0000 0000 264") and not good_iban("FR7630006")
    assert siren_of("53350812300015") == "533508123" and siren_of("12") == ""
