"""What a terminal shows: no account number, and a parameter with its day in French."""

from __future__ import annotations

from dossier.decision import Check, Effect, Outcome
from servicefait.explaining import _source
from servicefait.summary import _why


def test_an_account_that_a_finding_quotes_is_masked() -> None:
    said = _why(
        {"findings": [{"effect": "review", "message": "L’IBAN est FR76 3000 6000 0112 3456 7890 189."}]}
    )
    assert "3456" not in said
    assert said.startswith("L’IBAN est FR76")


def test_the_gravest_finding_stands_first_and_the_others_are_counted() -> None:
    findings = [
        {"effect": "inform", "message": "rien"},
        {"effect": "reduce", "message": "moins"},
        {"effect": "reject", "message": "non"},
    ]
    assert _why({"findings": findings}) == "non (+1)"


def test_a_parameter_says_since_when_it_holds() -> None:
    check = Check("a.b", Outcome.HOLDS, "AKTO", Effect.REVIEW, parameter="filing.days since 2021-09-22")
    assert _source(check) == "AKTO\nfiling.days, en vigueur depuis le 22/09/2021"
