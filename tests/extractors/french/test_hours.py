"""Durations: every spelling to whole minutes; what may be read in two ways keeps both."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.french.hours import hours_in, hours_of

SPELLINGS = {
    "7h30": 450, "7 h 30": 450, "7H30": 450, "07h30": 450, "7h30min": 450, "3 h 30 min": 210,
    "17h 00min": 1020,
    "7:30": 450, "7,5": 450, "7,50 h": 450, "7.5h": 450, "3,25": 195, "35h00": 2100, "35 heures": 2100,
    "trente-cinq heures (35 h)": 2100, "450 min": 450, "2 jours (14h)": 840, "2 j x 7 h": 840,
    "10 UC × 1,5 h": 900, "2 jours soit 14 heures": 840, "2 jours de 7 heures": 840,
    "70 heures et 30 min": 4230, "1 050 heures": 63000, "1 234,50 h": 74070, "0h45": 45,
    "quatre-vingt-onze heures": 5460, "soixante et onze heures": 4260,
}  # fmt: skip


@pytest.mark.parametrize(("text", "minutes"), SPELLINGS.items())
def test_spelling(text: str, minutes: int) -> None:
    found = hours_of(text)
    assert found is not None
    assert (found.minutes, found.other) == (minutes, None)


@pytest.mark.parametrize("text", ["7,30", "7.30", "7,30 h", "7,30 heures"])
def test_decimals_that_may_be_minutes_stay_doubtful(text: str) -> None:
    found = hours_of(text)
    assert found is not None
    assert found.doubtful
    assert {found.minutes, found.other} == {438, 450}


@given(
    st.integers(0, 1500),
    st.integers(0, 59),
    st.sampled_from(
        (
            "{h}h{m:02d}",
            "{h} h {m:02d}",
            "{h}H{m:02d}",
            "{h} heures {m:02d}",
            "{h}h{m:02d}min",
            "{h} h {m} min",
        )
    ),
)
def test_hours_and_minutes_parse_back(hours: int, minutes: int, form: str) -> None:
    found = hours_of(form.format(h=hours, m=minutes))
    assert found is not None
    assert found.minutes == 60 * hours + minutes
    assert not found.doubtful


@given(st.integers(0, 1500), st.sampled_from((0, 25, 50, 75)), st.sampled_from((" h", "h", " heures")))
def test_quarters_of_hours_parse_back(hours: int, hundredths: int, unit: str) -> None:
    found = hours_of(f"{hours},{hundredths:02d}{unit}")
    assert found is not None
    assert found.minutes == 60 * hours + hundredths * 60 // 100


def test_a_number_without_unit_is_a_duration_only_where_a_label_says_so() -> None:
    assert hours_in("84,00") == ()
    found = hours_of("84,00")
    assert found is not None
    assert found.bare


@given(st.text(max_size=60))
def test_no_text_makes_it_fail(text: str) -> None:
    for found in hours_in(text):
        assert 0 <= found.start < found.end <= len(text)
    hours_of(text)


@pytest.mark.parametrize("text", ["31,50 EUR de l'heure", "30,00 €", "2 100 euros"])
def test_euros_are_no_hours(text: str) -> None:
    assert hours_of(text) is None
