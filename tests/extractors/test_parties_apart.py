"""Whose number, whose name, which sum: where a paper has one for each party, or a price for each hour."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.kinds import agreement, cerfa, temporary_work
from extractors.leaf import Leaf
from tests.extractors.set_pages import unsigned as leaf

_OURS, _THEIRS = "732 829 320 00074", "552 100 554 00013"


@pytest.mark.parametrize(
    "lines",
    [
        (f"SIRET OF : {_OURS}", f"SIRET client : {_THEIRS}"),
        (f"SIRET client : {_THEIRS}", f"SIRET OF : {_OURS}"),
        (f"SIRET entreprise : {_THEIRS}", f"SIRET organisme : {_OURS}"),
    ],
)
def test_a_number_whose_label_says_whose(lines: tuple[str, str]) -> None:
    page = leaf("CONVENTION", "Client : Fonderie Lemaire", "OF : Atelier du Geste", *lines)
    assert agreement.read([page]).fields["provider_siret"].value == _OURS.replace(" ", "")


def test_the_number_under_the_customers_name_is_not_the_providers() -> None:
    page = leaf(
        "CONVENTION", "Organisme | Atelier du Geste", "Client | Fonderie Lemaire", f"SIRET | {_THEIRS}"
    )
    assert "provider_siret" not in agreement.read([page]).fields


@pytest.mark.parametrize(
    "price",
    [
        "Coût de la formation : 27,00 € x 70 h = 1 890,00 € HT",
        "Prix : 27,00 € × 70 heures, soit 1 890,00 € HT",
        "Montant : 1 890,00 € x 1 stagiaire",
    ],
)
def test_a_price_times_its_hours_is_not_the_whole(price: str) -> None:
    page = leaf("CONVENTION", "Organisme : Atelier du Geste", "Client : Fonderie Lemaire", price)
    assert agreement.read([page]).fields["net_amount"].value == Decimal("1890.00")


def test_the_only_duration_of_a_paper_is_a_doubtful_one() -> None:
    page = leaf("CIPI", "Objet : parcours de soudage de 70 h, chez Atelier du Geste")
    hours = temporary_work.read_cipi([page]).fields["hours"]
    assert hours.value == 70 * 60 and hours.confidence < 0.8


@pytest.mark.parametrize(
    "line", ["Horaires : 9h-12h30", "70 h de formation et 35 h de mission", "35 h par semaine"]
)
def test_times_and_other_durations_are_not_the_courses(line: str) -> None:
    found = temporary_work.read_cipi([leaf("CIPI", "Parcours de soudage", line)]).fields.get("hours")
    assert found is None or found.value == 70 * 60


def test_parties_after_entre_and_a_colon() -> None:
    page = leaf(
        "CDPI", "Entre : Tempo Emploi (ETT)", "Et : Laurent Gégout (salarié)", "Objet : soudage, 70 heures"
    )
    fields = temporary_work.read_cipi([page]).fields
    assert fields["employer_name"].value == "Tempo Emploi"
    assert fields["trainee_last_name"].value == "Gégout"


def _form(*lines: str) -> Leaf:
    return leaf("CONTRAT DE PROFESSIONNALISATION", *lines)


def test_a_form_without_headings_has_its_blocks_from_its_labels() -> None:
    fields = cerfa.read(
        [
            _form(
                "Entreprise | Fonderie Lemaire",
                f"N° SIRET | {_THEIRS}",
                "Alternant | GÉGOUT Thomas",
                "Date de naissance | 04/05/2001",
                "Tuteur | ROY Anne",
                "Date de début du contrat | 01/09/2025",
                "Certification visée | CQPM Soudeur",
                "Organisme de formation | Atelier du Geste",
                f"SIRET / NDA | {_OURS} / 53350812335",
                "Contrat signé le 25/08/2025 à Nantes",
            )
        ]
    ).fields
    told = {name: str(field.value) for name, field in fields.items()}
    assert told["employer_name"] == "Fonderie Lemaire"
    assert told["employer_siret"] == _THEIRS.replace(" ", "")
    assert told["trainee_last_name"] == "GÉGOUT"
    assert told["birth_date"] == "2001-05-04"
    assert told["tutor_last_name"] == "ROY"
    assert told["qualification"] == "CQPM Soudeur"
    assert told["provider_siret"] == _OURS.replace(" ", "")
    assert told["provider_nda"] == "53350812335"
    assert told["signed_on"] == "2025-08-25"


def test_a_qualification_asked_in_the_contracts_block() -> None:
    page = _form(
        "LE CONTRAT",
        "Date de début du contrat : 10/09/2025",
        "Qualification visée : CQPM Opérateur-régleur",
        "LA FORMATION",
        "Date de début de la formation : 16/09/2025",
    )
    fields = cerfa.read([page]).fields
    assert fields["qualification"].value == "CQPM Opérateur-régleur"
    assert str(fields["start_date"].value) == "2025-09-10"
