"""Whom a paper names beside a word for what he is, and who is only there in office."""

from __future__ import annotations

import pytest

from extractors.kinds.notice_roles import beside_role
from tests.extractors.set_pages import leaf


@pytest.mark.parametrize(
    "line",
    [
        "Entre Loïc MÜLLER, l'agence Sud Emploi et la mission locale.",
        "Le dossier de Loïc MÜLLER, candidat(e) au titre, est examiné ce jour.",
        "Pour : Loïc MÜLLER – CQPM Ajusteur",
        "La structure accompagne le jeune Loïc MÜLLER pendant son parcours.",
        "Concerne M. Loïc MÜLLER, action de soudage organisée en atelier.",
    ],
)
def test_a_role_or_a_topic_names_the_trainee(line: str) -> None:
    (named,) = beside_role([leaf(line, "Le jury : Mme Inès DUPONT, présidente")], "trainee")
    assert (named.person.last, named.person.first) == ("MÜLLER", "Loïc")


def test_who_holds_an_office_is_not_the_trainee() -> None:
    page = leaf("Le centre est représenté par M. Loïc MÜLLER, directeur du centre.")
    assert beside_role([page], "trainee") == ()


def test_the_only_person_named_is_doubtful() -> None:
    (named,) = beside_role([leaf("Loïc MÜLLER effectue huit modules.")], "trainee")
    assert named.person.last == "MÜLLER"
    assert named.sure < 0.8


def test_two_people_named_without_a_role_are_nobody() -> None:
    assert beside_role([leaf("Loïc MÜLLER et ensuite Inès DUPONT visitent l'atelier.")], "trainee") == ()
