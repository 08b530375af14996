"""Names of people: the last name told from the first where the page lets it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.french.people import named_with_civility, person_of

LASTS = (
    "DUPONT",
    "LE GOFF",
    "D'ALMEIDA",
    "O'BRIEN-FAYÇAL",
    "N'DIAYE",
    "DE LA FONTAINE",
    "NGUYEN VAN",
    "SAINT-MARTIN",
)
FIRSTS = ("Léa", "Jean-Noël", "Marie-Thérèse", "Aïcha", "Loïc")


@given(
    st.sampled_from(LASTS),
    st.sampled_from(FIRSTS),
    st.booleans(),
    st.sampled_from(["", "M. ", "Mme ", "Mme/M. "]),
)
def test_capitals_tell_the_last_name_in_either_order(
    last: str, first: str, last_first: bool, civility: str
) -> None:
    name = f"{last} {first}" if last_first else f"{first} {last}"
    found = person_of(f"{civility}{name}, salarié de l'entreprise")
    assert found is not None
    assert (found.last, found.first, found.sure) == (last, first, True)
    assert found.civility is bool(civility)


def test_without_capitals_the_label_says_the_order_and_nothing_is_sure() -> None:
    by_label, in_prose = person_of("Petit Léa", True), person_of("Léa Petit", False)
    assert by_label is not None and in_prose is not None
    assert (by_label.last, by_label.first) == (in_prose.last, in_prose.first) == ("Petit", "Léa")
    assert not by_label.sure and not in_prose.sure


@pytest.mark.parametrize("text", ["", "12 rue des Halles", "le stagiaire", "salarié de"])
def test_nobody(text: str) -> None:
    assert person_of(text) is None


def test_all_with_a_civility_are_found() -> None:
    found = named_with_civility("Entre M. Karim BENALI et Mme Léa PETIT, il est convenu")
    assert [(p.last, p.first) for p in found] == [("BENALI", "Karim"), ("PETIT", "Léa")]


@pytest.mark.parametrize("text", ["Aucun", "Tout public", "Néant", "Tous les salariés"])
def test_who_is_nobody(text: str) -> None:
    assert person_of(text) is None
