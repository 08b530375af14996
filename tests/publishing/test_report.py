"""The report and the list of failures: complete, readable offline, no account, no foreign script."""

from __future__ import annotations

import csv
import dataclasses
import re
from pathlib import Path

import pytest

from dossier.decision import Effect, Finding, Verdict
from publishing.failed_documents import document_failures
from publishing.failures import COLUMNS, write_failures
from publishing.privacy import masked
from publishing.report import write_report
from tests.publishing.made_dossiers import Night, a_night

NIGHT = a_night(80)


def report(folder: Path, night: Night = NIGHT) -> str:
    path = folder / "report.html"
    write_report(
        path, night.run, night.decisions, night.documents, night.requests, night.claims, night.orphans
    )
    return path.read_text(encoding="utf-8")


def rows(folder: Path, night: Night = NIGHT) -> list[dict[str, str]]:
    path = folder / "failures.csv"
    write_failures(path, night.decisions, night.documents, night.orphans)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_report_names_each_claim_that_failed(tmp_path: Path) -> None:
    html = report(tmp_path)
    for decision in NIGHT.decisions:
        if decision.verdict is not Verdict.PAY:
            assert decision.claim in html


def test_report_asks_nothing_of_the_network(tmp_path: Path) -> None:
    html = report(tmp_path)
    assert not re.findall(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", html)
    assert "@import" not in html and "url(" not in html
    assert "Content-Security-Policy" in html


def test_report_shows_no_account_whole(tmp_path: Path) -> None:
    html = report(tmp_path)
    for request in NIGHT.requests:
        assert request.employer.iban not in html
        assert request.provider.iban not in html


def test_report_shows_hostile_values_as_text(tmp_path: Path) -> None:
    bad = "<script>alert(1)</script>"
    decision = next(d for d in NIGHT.decisions if d.verdict is Verdict.REVIEW)
    spoilt = dataclasses.replace(
        decision, findings=(Finding("identity.trainee", Effect.REVIEW, bad, bad, bad, bad),)
    )
    html = report(tmp_path, dataclasses.replace(NIGHT, decisions=(spoilt,)))
    assert bad not in html
    assert "&lt;script&gt;" in html


def test_report_of_an_empty_night(tmp_path: Path) -> None:
    empty = dataclasses.replace(
        NIGHT, decisions=(), documents=(), requests=(), claims=(), orphans=frozenset()
    )
    assert "<html" in report(tmp_path, empty)


def test_failures_hold_each_finding_that_weighs(tmp_path: Path) -> None:
    found = rows(tmp_path)
    assert list(found[0]) == list(COLUMNS)
    weighing = [
        (d.claim, f.rule) for d in NIGHT.decisions for f in d.findings if f.effect is not Effect.INFORM
    ]
    assert [(row["claim"], row["rule"]) for row in found if row["verdict"]] == weighing


def test_failures_hold_each_document_that_failed(tmp_path: Path) -> None:
    failed = document_failures(NIGHT.documents, NIGHT.orphans)
    assert failed
    found = [row for row in rows(tmp_path) if not row["verdict"]]
    assert [(row["file"], row["rule"]) for row in found] == [(one.file, one.failure.value) for one in failed]


@pytest.mark.parametrize("formula", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "＝1+1"])
def test_a_spreadsheet_runs_nothing(tmp_path: Path, formula: str) -> None:
    decision = next(d for d in NIGHT.decisions if d.verdict is Verdict.REVIEW)
    spoilt = dataclasses.replace(
        decision, findings=(Finding("identity.trainee", Effect.REVIEW, formula, "", "-12,50", formula),)
    )
    (row,) = (r for r in rows(tmp_path, dataclasses.replace(NIGHT, decisions=(spoilt,))) if r["verdict"])
    assert row["message"] == f"'{formula}"
    assert row["expected"] == "-12,50"


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("FR76 3000 6000 0112 3456 7890 189", "0112"),
        ("compte 30006 00001 12345678901 89 du fournisseur", "12345678901"),
        ("NIR 1 85 12 35 238 042 57", "238"),
        ("fr7630006000011234567890189", "000011"),
    ],
)
def test_accounts_and_social_security_numbers_are_masked(text: str, gone: str) -> None:
    assert gone not in masked(text)


@pytest.mark.parametrize(
    "text", ["SIRET 412 345 678 00015", "facture 2026-0415", "NDA 53350812335", "14 h 30"]
)
def test_what_is_no_account_stays(text: str) -> None:
    assert masked(text) == text
