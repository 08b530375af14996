"""Labels that stand beside the middle of their values, and labels of several numbers at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from dossier.reading import ReadBy
from extractors.french.identifiers import ndas_in
from extractors.kinds import certificate, temporary_work
from extractors.kinds.agreement import read
from extractors.labels import Labels
from extractors.leaf import Leaf
from extractors.page import Stroke
from tests.extractors.set_pages import leaf, placed, unsigned, white

_LINE = 0.0145


def _cell(left: float, top: float, *lines: str) -> list[tuple[float, float, str]]:
    return [(left, top + index * _LINE, line) for index, line in enumerate(lines)]


def _values(labels: Labels, concept: str) -> list[str]:
    return [value.passage.text for mark in labels.of(concept) for value in labels.values(mark)]


@pytest.mark.parametrize(
    "lines",
    [
        ("Atelier du Geste", "12 rue Hoche", "35000 Rennes"),
        ("Atelier du Geste", "Bâtiment C", "12 rue Hoche", "35000 Rennes"),
        ("Atelier du Geste", "Bâtiment C", "12 rue Hoche", "BP 30", "35000 Rennes"),
    ],
)
def test_a_label_beside_the_middle_of_its_value(lines: tuple[str, ...]) -> None:
    middle = 0.2 + (len(lines) - 1) * _LINE / 2
    after = 0.2 + len(lines) * _LINE + 0.02
    page = placed(
        (0.1, 0.15, "Objet"),
        (0.4, 0.15, "Formation du personnel"),
        (0.1, middle, "Organisme de formation"),
        *_cell(0.4, 0.2, *lines),
        (0.1, after, "Durée"),
        (0.4, after, "70 h"),
    )
    assert _values(page.labels, "provider")[0] == " ".join(lines)


def test_lines_over_a_label_that_end_the_value_before_are_not_its_own() -> None:
    page = placed(
        (0.1, 0.2, "Organisme de formation"),
        *_cell(0.4, 0.2, "Atelier du Geste", "12 rue Hoche"),
        (0.1, 0.2 + 2 * _LINE, "Entreprise bénéficiaire"),
        *_cell(0.4, 0.2 + 2 * _LINE, "Fonderie Lemaire", "8 quai Nord"),
    )
    assert all(text.startswith("Fonderie") for text in _values(page.labels, "customer"))


@pytest.mark.parametrize(
    "rows",
    [
        ("SIRET / déclaration | 732 829 320 00074 / 53350812335",),
        ("SIRET - N° de déclaration d'activité : 73282932000074 - 53 35 08123 35",),
        ("N° SIRET et NDA | 73282932000074 et 53350812335",),
        ("SIRET / Code APE | 732 829 320 00074 / 8559A", "Déclaration d'activité | 53350812335"),
    ],
)
def test_a_label_of_several_numbers(rows: tuple[str, ...]) -> None:
    page = unsigned("CONVENTION DE FORMATION", "Organisme de formation | Atelier du Geste", *rows)
    assert read([page]).fields["provider_siret"].value == "73282932000074"
    assert any("53350812335" in text.replace(" ", "") for text in _values(page.labels, "nda"))


def _agreement(*more: tuple[float, float, str]) -> Leaf:
    page = placed(
        (0.1, 0.1, "CONVENTION DE FORMATION"),
        (0.1, 0.2, "Organisme de formation :"),
        (0.4, 0.2, "Atelier du Geste"),
        (0.1, 0.3, "Entreprise bénéficiaire :"),
        (0.4, 0.3, "Fonderie Lemaire"),
        (0.1, 0.6, "Fait à Rennes, le 12/01/2026"),
        (0.1, 0.64, "Pour l'organisme de formation"),
        (0.6, 0.64, "Pour l'entreprise"),
        *more,
    ).page
    return Leaf(replace(page, see=white))


def test_the_customers_stamp_tells_no_number_of_the_provider() -> None:
    fields = read([_agreement((0.62, 0.72, "SIRET 732 829 320 00074"))]).fields
    assert "provider_siret" not in fields


def test_the_providers_stamp_tells_his_number_where_nothing_else_does() -> None:
    fields = read([_agreement((0.12, 0.72, "SIRET 732 829 320 00074"))]).fields
    assert fields["provider_siret"].value == "73282932000074"
    assert fields["provider_siret"].confidence < 0.95


def test_the_number_under_the_customers_label_is_not_the_providers() -> None:
    fields = read([_agreement((0.1, 0.33, "N° SIRET :"), (0.4, 0.33, "732 829 320 00074"))]).fields
    assert "provider_siret" not in fields


def test_a_letterhead_with_a_number_names_the_provider() -> None:
    page = placed(
        (0.65, 0.05, "Atelier du Geste"),
        (0.62, 0.065, "12 rue Hoche 35000 Rennes"),
        (0.66, 0.08, "SIRET 732 829 320 00074"),
        (0.1, 0.15, "Convention simplifiée de formation"),
        (0.1, 0.2, "Client : Fonderie Lemaire (35000 Rennes), représenté par M. Luc Martin"),
    ).page
    fields = read([Leaf(replace(page, see=white))]).fields
    assert fields["provider_name"].value == "Atelier du Geste"
    assert fields["customer_name"].value == "Fonderie Lemaire"


def _table(*cells: tuple[float, float, str]) -> Leaf:
    """Two ruled rows: headings at 0.2, values between 0.25 and 0.35."""
    page = placed((0.3, 0.1, "CERTIFICAT DE RÉALISATION"), *cells).page
    rules = [Stroke(0.08, y, 0.95, y) for y in (0.18, 0.24, 0.36)]
    rules += [Stroke(x, 0.18, x, 0.36) for x in (0.08, 0.28, 0.48, 0.64, 0.8, 0.95)]
    return Leaf(replace(page, strokes=tuple(rules), see=white))


@pytest.mark.parametrize("company", [("Jalon", "Emploi"), ("Cap", "Formation"), ("Domino", "Agence")])
def test_all_of_the_cell_under_a_heading_is_its_value(company: tuple[str, str]) -> None:
    page = _table(
        (0.1, 0.2, "Stagiaire"),
        (0.3, 0.2, "Entreprise"),
        (0.5, 0.2, "Du"),
        (0.66, 0.2, "Au"),
        (0.82, 0.2, "Heures"),
        *_cell(0.1, 0.25, "Habib", "RAOUL"),
        *_cell(0.3, 0.25, *company),
        (0.5, 0.25 + _LINE / 2, "20/03/2026"),
        (0.66, 0.25 + _LINE / 2, "22/04/2026"),
        (0.82, 0.25 + _LINE / 2, "154 h"),
    )
    fields = certificate.read([page]).fields
    assert fields["employer_name"].value == " ".join(company)
    assert fields["start_date"].value == dt.date(2026, 3, 20)
    assert fields["end_date"].value == dt.date(2026, 4, 22)


def test_a_numbered_label_under_another_is_no_hours() -> None:
    page = unsigned("CIPI", "4. Durée de la formation :", "5. Statut : salarié intérimaire.")
    assert "hours" not in temporary_work.read_cipi([page]).fields


def test_a_worn_label_takes_in_no_figure_in_its_middle() -> None:
    page = leaf("4. Durée de la formation : 84 heures", read_by=ReadBy.OCR)
    assert _values(page.labels, "hours") == ["84 heures"]


def test_the_end_of_a_number_in_groups_is_no_registration() -> None:
    assert ndas_in("732 829 320 00074") == ()
    assert [one.value for one in ndas_in("732 829 320 00074 / 53350812335")] == ["53350812335"]
