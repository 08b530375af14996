"""Training agreements in every layout of ours; both parties must sign."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from dossier.json_form import value_json
from dossier.kinds import FIELDS, Kind
from extractors.kinds.agreement import read
from extractors.leaf import Leaf
from extractors.pages import pages_of
from samples.documents import agreement
from samples.drawn import Drawn, draw
from samples.maker import sample_facts
from samples.style import style
from tests.extractors.test_certificate import seen


def drawn(layout: str, signed: bool) -> Drawn:
    rng = random.Random(f"{layout}|{signed}")
    facts = replace(sample_facts(rng, Kind.TRAINING_AGREEMENT), signed=signed)
    return draw(Kind.TRAINING_AGREEMENT, agreement.LAYOUTS, facts, style(rng), rng, layout)


@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize("layout", sorted(agreement.LAYOUTS))
def test_reads_what_was_drawn(layout: str, signed: bool) -> None:
    made = drawn(layout, signed)
    fields = read([Leaf(page) for _, page in pages_of(made.pdf) if page is not None]).fields
    for name, want in made.fields.items():
        assert name in fields, name
        assert value_json(fields[name].value, FIELDS[Kind.TRAINING_AGREEMENT][name]) == want, name


def test_parties_that_the_text_names_as_it_goes() -> None:
    fields = read(
        [
            seen(
                "CONVENTION DE FORMATION",
                "Entre les soussignés :",
                "1) Atelier du Savoir, 3 rue des Halles, 35000 Rennes, SIRET 732 829 320 00074, ci-après OF,",
                "2) Dupont et Fils, 8 quai Vauban, 29200 Brest, ci-après « l'entreprise »,",
                "il est convenu ce qui suit :",
                "Le coût total s'élève à 2 450,00 € net de taxe, soit 35,00 € par heure.",
            )
        ]
    ).fields
    assert fields["provider_name"].value == "Atelier du Savoir"
    assert fields["provider_siret"].value == "73282932000074"
    assert fields["customer_name"].value == "Dupont et Fils"
    assert fields["net_amount"].value == Decimal("2450.00")


def test_a_customer_called_beneficiary_is_no_trainee() -> None:
    fields = read(
        [
            seen(
                "CONVENTION DE FORMATION",
                "L'organisme de formation : Atelier du Savoir – 3 rue des Halles, 35000 Rennes",
                "Le bénéficiaire : Dupont Travail RH – 8 quai Vauban, 29200 Brest",
                "L'organisme organise l'action intitulée « Gestes et postures » au profit de Léa MARCHAND.",
            )
        ]
    ).fields
    assert fields["customer_name"].value == "Dupont Travail RH"
    assert fields["trainee_last_name"].value == "MARCHAND"
