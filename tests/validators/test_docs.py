"""The pages on rules say what the rules do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from publishing.rule_titles import rule_title
from validators.parameters import load
from validators.reference import page
from validators.registry import RULES, Registry, TwiceRegisteredError

DOCS = Path(__file__).resolve().parents[2] / "docs"
IDS = {rule.id for rule in RULES.all()}


def test_rules_page_is_fresh() -> None:
    assert (DOCS / "rules.md").read_text(encoding="utf-8") == page(load()), (
        "stale: python -m validators.reference docs/rules.md"
    )


def seed_rows() -> list[tuple[str, set[str]]]:
    rows = re.findall(
        r"^\| (?!the page|---)(.+?) \| (.+) \|$", (DOCS / "seeds.md").read_text(encoding="utf-8"), re.M
    )
    return [(said, set(re.findall(r"`([a-z_.]+)`", rules))) for said, rules in rows]


def test_each_sentence_of_the_seeds_has_rules_that_exist() -> None:
    rows = seed_rows()
    assert len(rows) >= 40
    for said, rules in rows:
        assert rules and rules <= IDS, (said, rules - IDS)


@pytest.mark.parametrize("origin", ["AKTO, page CIPI", "ADEFIM LR"])
def test_each_rule_of_a_seed_stands_in_the_table(origin: str) -> None:
    of_seed = {rule.id for rule in RULES.all() if rule.source.startswith(origin)}
    named = set().union(*(rules for _, rules in seed_rows()))
    assert of_seed <= named, of_seed - named


def test_each_rule_has_a_short_title_for_the_report() -> None:
    assert [rule for rule in sorted(IDS) if rule_title(rule) == rule] == []


def test_an_id_is_registered_once() -> None:
    registry = Registry()
    first = RULES.all()[0]
    again = registry.rule(first.id, first.effect, title="t", source="s", section=first.section)
    again(first.check)
    with pytest.raises(TwiceRegisteredError):
        again(first.check)


def test_an_unknown_rule_is_no_rule() -> None:
    with pytest.raises(KeyError):
        RULES["hours.unheard_of"]
