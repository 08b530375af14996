"""Papers of temporary work in every layout of ours; agency and worker must sign."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from dossier.json_form import value_json
from dossier.kinds import FIELDS, Kind
from dossier.quantities import Minutes
from extractors.candidate import Reading
from extractors.kinds.temporary_work import read_cipi, read_mission
from extractors.leaf import Leaf
from extractors.pages import pages_of
from samples.documents.temporary_work import KINDS
from samples.drawn import draw
from samples.maker import sample_facts
from samples.style import style
from tests.extractors.test_certificate import seen

READ: dict[Kind, Callable[[Sequence[Leaf]], Reading]] = {
    Kind.CIPI_CONTRACT: read_cipi,
    Kind.MISSION_CONTRACT: read_mission,
}


@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize(("kind", "layout"), [(kind, name) for kind in READ for name in sorted(KINDS[kind])])
def test_reads_what_was_drawn(kind: Kind, layout: str, signed: bool) -> None:
    rng = random.Random(f"{kind}|{layout}|{signed}")
    facts = replace(sample_facts(rng, kind), signed=signed)
    made = draw(kind, KINDS[kind], facts, style(rng), rng, layout)
    fields = READ[kind]([Leaf(page) for _, page in pages_of(made.pdf) if page is not None]).fields
    for name, want in made.fields.items():
        assert name in fields, name
        assert value_json(fields[name].value, FIELDS[kind][name]) == want, name


def test_the_agency_is_named_before_its_role() -> None:
    fields = read_mission(
        [
            seen(
                "Contrat de mission",
                "Entre la société Cap Intérim, entreprise de travail temporaire, 32 rue des Halles, 38000",
                "Grenoble, et Mme Léa PETIT, née le 25/11/1981, il est conclu le présent contrat.",
                "Elle est mise à la disposition de l'entreprise utilisatrice Entrepôts du Port, 61 quai",
                "Sud, 56100 Lorient. La mission débute le 20 mars 2026 et prend fin le 22 avril 2026.",
            )
        ]
    ).fields
    assert fields["employer_name"].value == "Cap Intérim"
    assert fields["user_company"].value == "Entrepôts du Port"
    assert fields["trainee_last_name"].value == "PETIT"


def test_hours_of_the_mission_that_follows_are_not_those_of_the_course() -> None:
    fields = read_cipi(
        [
            seen(
                "Lettre type CIPI",
                "Mme Léa PETIT,",
                "nous confirmons votre formation du 2 mars 2026 au 20 mars 2026, d'une durée de 105 heures.",
                "À l'issue, une mission d'au moins 70 heures vous sera proposée.",
            )
        ]
    ).fields
    assert fields["hours"].value == Minutes(105 * 60)
    assert fields["form"].value == "lettre"


def test_the_contract_that_a_letter_is_about_is_not_its_form() -> None:
    fields = read_cipi(
        [
            seen(
                "Objet : lettre de CDPI (salarié en CDI intérimaire)",
                "Dans le cadre de votre CDI intérimaire, vous suivrez la formation Soudage au",
                "titre du contrat de développement professionnel intérimaire, du 08/04/2026 au 07/05/2026.",
            )
        ]
    ).fields
    assert fields["form"].value == "lettre"
