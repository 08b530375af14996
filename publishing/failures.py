"""The list of what failed, as a spreadsheet opens it: one row a finding, one row a document's failure."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from dossier.decision import Decision, Effect, Finding
from dossier.reading import Document
from publishing.failed_documents import document_failures, filed_under
from publishing.privacy import masked
from publishing.totals import failed

COLUMNS = (
    "request", "claim", "file", "page", "verdict", "rule", "effect", "message", "expected", "found", "source"
)  # fmt: skip

_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
# what a spreadsheet takes for the start of a formula; the last four are the full-width forms of the first
_FORMULA = tuple("=+-@＝＋－＠")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def write_failures(
    path: Path, decisions: Sequence[Decision], documents: Sequence[Document], orphans: Collection[str] = ()
) -> None:
    """Write ``failures.csv``: UTF-8 with its mark, semicolons, CRLF, as a French Excel opens it.

    One row for each finding that weighs on a claim (those that only inform are left out), one for a failed
    claim without any, one for each failure of a document (its kind stands under ``rule``). Several places of
    evidence stand in one cell, joined by " | ". ``orphans`` names the files that no request was found for.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for row in (*_claim_rows(decisions), *_document_rows(documents, orphans)):
            writer.writerow([_cell(row.get(column, "")) for column in COLUMNS])


def _claim_rows(decisions: Sequence[Decision]) -> Iterator[dict[str, str]]:
    for decision in decisions:
        about = {"request": decision.request, "claim": decision.claim, "verdict": decision.verdict.value}
        weighing = [f for f in decision.findings if f.effect is not Effect.INFORM]
        yield from (about | _finding_row(finding) for finding in weighing)
        if failed(decision) and not weighing:
            yield about


def _finding_row(finding: Finding) -> dict[str, str]:
    return {
        "file": " | ".join(evidence.file for evidence in finding.evidence),
        "page": " | ".join(str(evidence.page) for evidence in finding.evidence),
        "rule": finding.rule,
        "effect": finding.effect.value,
        "message": finding.message,
        "expected": finding.expected,
        "found": finding.found,
        "source": finding.source,
    }


def _document_rows(documents: Sequence[Document], orphans: Collection[str]) -> Iterator[dict[str, str]]:
    for failure in document_failures(documents, orphans):
        request, claim = filed_under(failure.file)
        yield {
            "request": request,
            "claim": claim,
            "file": failure.file,
            "page": "" if failure.page is None else str(failure.page),
            "rule": failure.failure.value,
            "message": failure.why,
        }


def _cell(text: str) -> str:
    """The text on one line, account numbers masked, and never a formula: an apostrophe makes a text of it."""
    line = _CONTROL.sub(" ", masked(text)).strip()
    if line.startswith(_FORMULA) and not _NUMBER.fullmatch(line):
        return f"'{line}"
    return line
