"""Short papers about a person: rows of labels and sentences say the same."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

import pytest

from dossier.json_form import value_json
from dossier.kinds import FIELDS, Kind
from dossier.quantities import Minutes
from extractors.candidate import Reading
from extractors.kinds.notices import read_disability, read_distance, read_termination, read_tutor
from extractors.leaf import Leaf
from extractors.pages import pages_of
from samples.documents import course, public
from samples.drawn import draw
from samples.maker import sample_facts
from samples.style import style
from tests.extractors.set_pages import leaf

READ: dict[Kind, Callable[[list[Leaf]], Reading]] = {
    Kind.DISABILITY_NOTICE: read_disability,
    Kind.DISTANCE_EVIDENCE: read_distance,
    Kind.TERMINATION: read_termination,
    Kind.TUTOR_CERTIFICATE: read_tutor,
}
LAYOUTS = {**public.KINDS, **course.KINDS}


@pytest.mark.parametrize(
    ("kind", "layout"), [(kind, name) for kind in READ for name in sorted(LAYOUTS[kind])]
)
def test_reads_what_was_drawn(kind: Kind, layout: str) -> None:
    rng = random.Random(f"{kind}|{layout}")
    made = draw(kind, LAYOUTS[kind], sample_facts(rng, kind), style(rng), rng, layout)
    reading = READ[kind]([Leaf(page) for _, page in pages_of(made.pdf) if page is not None])
    for name, want in made.fields.items():
        field = reading.fields.get(name)
        assert field is not None, name
        assert value_json(field.value, FIELDS[kind][name]) == want, name


def test_years_from_a_first_day_are_computed_and_never_sure() -> None:
    page = leaf(
        "Avis de la CDAPH",
        "La qualité de travailleur handicapé est reconnue à Mme Léa PETIT pour une durée de 5 ans",
        "à compter du 1er mars 2024.",
    )
    found = read_disability([page]).fields
    assert found["valid_from"].value == dt.date(2024, 3, 1)
    assert found["valid_to"].value == dt.date(2029, 2, 28)
    assert found["valid_to"].confidence < 0.9


def test_the_log_adds_up_to_its_total() -> None:
    rows = ("02/03/2026 | Plans | 2 h 30", "03/03/2026 | Cotes | 3 h 15", "Total | | 5 h 45")
    page = leaf("Relevé de connexion", "Apprenant : PETIT Léa", "Date | Module | Durée", *rows)
    found = read_distance([page]).fields
    assert found["hours"].value == Minutes(345)
    assert "adds up" in found["hours"].note
    assert found["start_date"].value == dt.date(2026, 3, 2)
    assert found["end_date"].value == dt.date(2026, 3, 3)


def test_a_total_that_the_log_does_not_add_up_to_is_doubtful() -> None:
    rows = ("02/03/2026 | Plans | 2 h 30", "03/03/2026 | Cotes | 3 h 15", "Total | | 9 h 45")
    page = leaf("Relevé de connexion", "Apprenant : PETIT Léa", "Date | Module | Durée", *rows)
    assert read_distance([page]).fields["hours"].confidence < 0.9


def test_the_end_is_the_date_of_the_event_and_not_of_the_contract() -> None:
    page = leaf(
        "Attestation",
        "Nous attestons que le contrat de professionnalisation conclu le 1er septembre 2025 avec",
        "M. Luc GRAND a été rompu à son initiative, avec effet au 12 janvier 2026.",
        "Fait à Lille, le 15 janvier 2026",
    )
    found = read_termination([page]).fields
    assert found["trainee_last_name"].value == "GRAND"
    assert found["terminated_on"].value == dt.date(2026, 1, 12)


def test_who_certifies_is_not_who_was_trained() -> None:
    page = leaf(
        "Certificat de formation au tutorat",
        "Je soussignée, Mme Anne FORT, directrice de l'organisme, certifie que M. Luc GRAND a suivi la",
        "formation de tuteur, d'une durée de 14 heures, achevée le 8 janvier 2024.",
    )
    found = read_tutor([page]).fields
    assert found["tutor_last_name"].value == "GRAND"
    assert found["trained_on"].value == dt.date(2024, 1, 8)
    assert found["hours"].value == Minutes(14 * 60)
