"""The managers' report: one HTML file that opens offline, with what was paid, what was not, and why.

Reads decisions and readings, writes ``report.html``. Nothing is fetched from anywhere: style, charts and
script stand in the file, and its content policy allows nothing else. Accounts are masked.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dossier.decision import Decision, Effect, Evidence, Finding, Verdict
from dossier.reading import Document, PageState
from dossier.requests import Claim, Request
from publishing import totals, wording
from publishing.failed_documents import FAILURES, DocumentFailure, document_failures
from publishing.identifiers import plain_id
from publishing.privacy import masked, masked_iban
from publishing.rule_titles import rule_title
from publishing.run import RunSummary

_TEMPLATES = Path(__file__).parent / "templates"
_LONGEST_ANCHOR = 80
_CAUSES_SHOWN = 10
_WORST_FIRST = (Verdict.REJECT, Verdict.REVIEW, Verdict.INCOMPLETE, Verdict.PAY)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart. ``share`` of the chart's width, 0 to 100; ``tone`` names a colour of the style."""

    label: str
    value: str
    share: float
    tone: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class FailedClaim:
    """A claim that did not pass whole, with what the report says of it."""

    anchor: str
    decision: Decision
    tone: str
    verdict: str
    trainee: str
    employer: str
    filed_on: str
    declared: Decimal
    findings: tuple[Finding, ...]
    motive: str


def write_report(
    path: Path,
    run: RunSummary,
    decisions: Sequence[Decision],
    documents: Sequence[Document],
    requests: Sequence[Request],
    claims: Sequence[Claim],
    orphans: Collection[str] = (),
) -> None:
    """Write the report of one run to ``path``. ``orphans`` names the files that no request was found for."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters |= {
        "euros": wording.euros,
        "duration": wording.duration,
        "number": wording.number,
        "long_date": wording.long_date,
        "moment": wording.moment,
        "readable": lambda text: masked(wording.readable(text)),
        "masked": masked,
        "masked_iban": masked_iban,
        "rule_title": rule_title,
        "plural": wording.plural,
        "place": _place,
        "share": _share,
    }
    script = (_TEMPLATES / "report.js").read_text(encoding="utf-8")
    failures = document_failures(documents, orphans)
    html = environment.get_template("report.html.j2").render(
        run=run,
        # our own two files, the only markup that is not escaped
        style=Markup((_TEMPLATES / "report.css").read_text(encoding="utf-8")),  # noqa: S704
        script=Markup(script),  # noqa: S704
        script_digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        decisions=decisions,
        money=totals.money(decisions),
        money_bars=_money_bars(totals.money(decisions)),
        hours=totals.hours(decisions),
        pages=totals.pages(documents),
        unreadable=totals.pages(documents).states[PageState.UNREADABLE],
        reduced=sum(map(totals.is_reduced, decisions)),
        verdicts=_verdict_bars(decisions),
        causes=_cause_bars(decisions),
        causes_shown=_CAUSES_SHOWN,
        statuses=_bars([(wording.STATUSES[s], n, s.value) for s, n in totals.statuses(documents).items()]),
        kinds=_bars([(wording.KINDS[kind], n, "plain") for kind, n in totals.kinds(documents)]),
        readers=_bars(
            [(wording.READERS[by], n, "plain") for by, n in totals.pages(documents).readers.items()]
        ),
        failed=_failed_claims(decisions, requests, claims),
        paid=[d for d in decisions if d.verdict is Verdict.PAY and d.amount > 0],
        documents=documents,
        failures=failures,
        failure_bars=_failure_bars(failures),
        failure_names=FAILURES,
        effects=wording.EFFECTS,
        lines=wording.LINES,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(html, encoding="utf-8", errors="replace")


def _bars(rows: Sequence[tuple[str, int, str]]) -> list[Bar]:
    """Bars drawn against the longest of them."""
    longest = max((count for _, count, _ in rows), default=0)
    return [
        Bar(label, wording.number(count), 100 * count / longest if longest else 0, tone)
        for label, count, tone in rows
    ]


def _verdict_bars(decisions: Sequence[Decision]) -> list[Bar]:
    """Shares of all claims; paid ones in two, whole and reduced."""
    reduced = sum(map(totals.is_reduced, decisions))
    counted = totals.verdicts(decisions)
    rows = [
        ("Payées en entier", counted[Verdict.PAY] - reduced, "pay"),
        ("Payées en partie", reduced, "reduced"),
        ("À examiner", counted[Verdict.REVIEW], "review"),
        ("Incomplètes", counted[Verdict.INCOMPLETE], "incomplete"),
        ("Rejetées", counted[Verdict.REJECT], "reject"),
    ]
    total = len(decisions)
    return [
        Bar(label, wording.number(count), 100 * count / total if total else 0, tone)
        for label, count, tone in rows
    ]


def _money_bars(money: totals.Money) -> list[Bar]:
    """Shares of the declared euros."""
    rows = [
        ("Libéré", money.released, "pay"),
        ("Réduit sur les demandes payées", money.reduced, "reduced"),
        ("En attente d’examen", money.in_review, "review"),
        ("En attente de pièces", money.awaiting, "incomplete"),
        ("Rejeté", money.rejected, "reject"),
    ]
    return [
        Bar(label, wording.euros(amount), float(100 * amount / money.declared) if money.declared else 0, tone)
        for label, amount, tone in rows
    ]


def _cause_bars(decisions: Sequence[Decision]) -> list[Bar]:
    counted = totals.causes(decisions)
    longest = counted[0][1] if counted else 0
    return [
        Bar(rule_title(rule), wording.number(count), 100 * count / longest, "plain", rule)
        for rule, count in counted
    ]


def _failure_bars(failures: Sequence[DocumentFailure]) -> list[Bar]:
    return _bars(
        [(label, sum(f.failure is failure for f in failures), "plain") for failure, label in FAILURES.items()]
    )


def _failed_claims(
    decisions: Sequence[Decision], requests: Sequence[Request], claims: Sequence[Claim]
) -> list[FailedClaim]:
    """The worst verdict first, then by claim."""
    request_of = {request.ref: request for request in requests}
    claim_of = {claim.id: claim for claim in claims}
    found = []
    for decision in sorted(decisions, key=lambda d: (_WORST_FIRST.index(d.verdict), d.claim)):
        if not totals.failed(decision):
            continue
        request, claim = request_of.get(decision.request), claim_of.get(decision.claim)
        findings = tuple(sorted(decision.findings, key=lambda f: list(Effect).index(f.effect)))
        paid = decision.verdict is Verdict.PAY
        found.append(
            FailedClaim(
                anchor=f"demande-{plain_id(decision.claim, _LONGEST_ANCHOR)}",
                decision=decision,
                tone="reduced" if paid else decision.verdict.value,
                verdict="Payée en partie" if paid else wording.VERDICTS[decision.verdict],
                trainee=f"{request.trainee.last_name} {request.trainee.first_name}" if request else "–",
                employer=request.employer.name if request else "–",
                filed_on=wording.short_date(claim.submitted_at.date()) if claim else "–",
                declared=totals.declared_amount(decision),
                findings=findings,
                motive=rule_title(findings[0].rule) if findings else "Sans constat",
            )
        )
    return found


def _place(evidence: Evidence) -> str:
    return f"{evidence.file}, page{wording.NBSP}{evidence.page}"


def _share(share: float) -> str:
    """``43 %``; what is there and rounds to nothing is ``< 1 %``."""
    return f"<{wording.NBSP}1{wording.NBSP}%" if 0 < share < 0.5 else f"{share:.0f}{wording.NBSP}%"
