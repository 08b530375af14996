"""Each rule on the cases of its file, and that each rule has cases."""

from __future__ import annotations

import pytest

from dossier.decision import Outcome
from dossier.quantities import amount_text, hours_text
from tests.validators.case_files import CaseFile, all_cases, base_case, bases, shipped
from validators.decide import decide
from validators.registry import RULES

CASES = all_cases()


@pytest.mark.parametrize("base", sorted(bases()))
def test_every_rule_holds_in_the_bases(base: str) -> None:
    decision = decide(base_case(base), shipped())
    bad = [finding for finding in decision.findings if finding.effect != "inform"]
    assert (decision.verdict, bad) == ("pay", [])


@pytest.mark.parametrize("case", CASES, ids=[f"{case.rule}: {case.name}" for case in CASES])
def test_case(case: CaseFile) -> None:
    decision = decide(case.case, case.parameters)
    check = next((one for one in decision.checks if one.rule == case.rule), None)
    finding = next((one for one in decision.findings if one.rule == case.rule), None)
    told = {
        "outcome": check.outcome.value if check else "not asked",
        "effect": finding.effect.value if finding else None,
        "verdict": decision.verdict.value,
        "amount": amount_text(decision.amount),
        "payable": hours_text(decision.hours.payable),
        "findings": sorted(one.rule for one in decision.findings if one.effect != "inform"),
        "says": finding.message if finding else "",
        "found": finding.found if finding else "",
    }
    for key, wanted in case.expect.items():
        if key == "says":
            assert wanted in told["says"]
        else:
            assert told[key] == wanted, (key, told, decision.findings)


@pytest.mark.parametrize("rule", [rule.id for rule in RULES.all()])
def test_every_rule_has_cases(rule: str) -> None:
    outcomes = {case.expect.get("outcome") for case in CASES if case.rule == rule}
    assert {Outcome.HOLDS, Outcome.BROKEN} <= outcomes
    assert len([case for case in CASES if case.rule == rule]) >= 3


def test_every_file_is_of_a_rule() -> None:
    assert {case.rule for case in CASES} == {rule.id for rule in RULES.all()}


def test_every_finding_speaks() -> None:
    """Each broken answer says in French what is wrong, and where there is nothing to do says so."""
    for case in CASES:
        for finding in decide(case.case, case.parameters).findings:
            assert finding.message.endswith((".", "»", "…")), finding
            assert finding.source, finding
