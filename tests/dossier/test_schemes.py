"""Schemes are data: each file is taken whole or refused with its place, and names only what exists."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import dossier.schemes as schemes
from dossier.schemes import SCHEMES, Scheme, SchemeError, load

SHIPPED = Path(schemes.__file__).parent


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=str)
def test_a_scheme_names_rules_and_parameters_that_exist(scheme: Scheme) -> None:
    import validators.rules  # noqa: F401 - registers the rules
    from validators.parameters import load as parameters
    from validators.registry import RULES

    rules = {rule.id: rule for rule in RULES.all()}
    assert scheme.families <= {rule.family for rule in rules.values()}
    assert scheme.also | scheme.without <= set(rules)
    assert not scheme.also & scheme.without
    for id in scheme.also:
        assert rules[id].family not in scheme.families, f"{id} holds already"
    groups = {group for group, _ in parameters().entries}
    assert set(scheme.parameters) & groups


def test_the_schemes_of_the_contract_are_there() -> None:
    assert {"cipi", "cdpi", "contrat_pro"} <= set(SCHEMES)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"agreed": "handshake"}, "handshake"),
        ({"must_be_signed": ["napkin"]}, "napkin"),
        ({"families": "temporary_work"}, "families: not a list"),
        ({"colour": "blue"}, "needs exactly"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(
    tmp_path: Path, change: dict[str, object], problem: str
) -> None:
    content = yaml.safe_load((SHIPPED / "cipi.yaml").read_text(encoding="utf-8")) | change
    (tmp_path / "essai.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(SchemeError, match=rf"essai\.yaml.*{problem}"):
        load(tmp_path)


def test_a_name_that_the_queue_cannot_hold_is_refused(tmp_path: Path) -> None:
    (tmp_path / "projet_de_transition.yaml").write_text((SHIPPED / "cipi.yaml").read_text(encoding="utf-8"))
    with pytest.raises(SchemeError, match="2 to 12"):
        load(tmp_path)
