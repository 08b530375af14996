"""Whom the lesser papers name."""

from __future__ import annotations

import pytest

from extractors.kinds.others import read_named
from tests.extractors.set_pages import leaf


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


def test_an_only_name_beside_no_word_for_who_it_is_stays_a_guess() -> None:
    fields = read_named([leaf(("PROGRAMME", 15), "CFPI Jean-Mermoz", "Objectifs : souder à plat")]).fields
    assert fields.get("trainee_last_name") is None or fields["trainee_last_name"].confidence < 0.4
