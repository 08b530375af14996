"""What a run ends with: a table of decisions, the totals, and where everything is."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from decimal import Decimal
from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dossier.requests_file import RequestsFile
from flows.settings import EXAMPLE_DEBTOR, Settings
from publishing.privacy import masked
from servicefait.checking import warn_of_old

ROWS = 60
TONES = {"pay": "green", "review": "yellow", "incomplete": "cyan", "reject": "red"}
RANK = {"reject": 0, "review": 1, "missing": 2, "reduce": 3, "inform": 4}
FILES = {
    "decisions.json": "each claim's verdict, hours, amounts, findings",
    "documents.json": "each file and what was read in it",
    "payments.xml": "ISO 20022 pain.001 of what is released",
    "report.html": "for managers: figures, failures and why",
    "failures.csv": "the same failures, a line each",
    "letters": "rejections and requests for pieces",
}


def show_summary(settings: Settings, file: RequestsFile) -> None:
    """Print what the run's ``decisions.json`` says, and the paths of what it wrote."""
    data = json.loads((settings.out / "decisions.json").read_text(encoding="utf-8"))
    decisions = data["decisions"]
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=132)
    console.print(_table(decisions))
    if len(decisions) > ROWS:
        console.print(f"… and {len(decisions) - ROWS} more in decisions.json")
    _totals(console, decisions, data["run"]["counts"])
    for row in file.refused:
        console.print(
            f"[red]kept out[/] {escape(row.place)}: {escape(row.problem)} {escape(row.id)}".rstrip()
        )
    if settings.debtor is EXAMPLE_DEBTOR and (settings.out / "payments.xml").exists():
        console.print("payments.xml names an example account: set SERVICEFAIT_DEBTOR_NAME and _IBAN to pay")
    warn_of_old(settings.parameters, dt.date.fromisoformat(data["run"]["as_of"]), console)
    console.print()
    for name, what in FILES.items():
        path = settings.out / name
        if path.exists():
            console.print(f"  {escape(str(path))}  [dim]{what}[/]", soft_wrap=True)
    if decisions:
        claim = decisions[0]["claim"]
        console.print(f"\nservicefait explain {claim} --out {settings.out}", style="dim", soft_wrap=True)


def _table(decisions: list[dict[str, Any]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("claim", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    table.add_column("declared €", justify="right", no_wrap=True)
    table.add_column("amount €", justify="right", no_wrap=True)
    table.add_column("why")
    for decision in decisions[:ROWS]:
        verdict = decision["verdict"]
        declared = sum((Decimal(line["declared"]) for line in decision["lines"]), Decimal("0.00"))
        table.add_row(
            escape(decision["claim"]),
            f"[{TONES[verdict]}]{verdict}[/]",
            str(declared),
            decision["amount"],
            escape(_why(decision)),
        )
    return table


def _why(decision: dict[str, Any]) -> str:
    """The gravest finding, and how many more weigh."""
    weighing = sorted(
        (finding for finding in decision["findings"] if finding["effect"] != "inform"),
        key=lambda finding: RANK[finding["effect"]],
    )
    if not weighing:
        return ""
    more = len(weighing) - 1
    text = masked(" ".join(weighing[0]["message"].split()))
    short = text if len(text) <= 110 else f"{text[:107]}…"
    return f"{short}{f' (+{more})' if more else ''}"


def _totals(console: Console, decisions: list[dict[str, Any]], counts: dict[str, int]) -> None:
    by_verdict = Counter(decision["verdict"] for decision in decisions)
    released = sum((Decimal(d["amount"]) for d in decisions if d["verdict"] == "pay"), Decimal("0.00"))
    told = ", ".join(f"{by_verdict[verdict]} {verdict}" for verdict in TONES if by_verdict[verdict])
    console.print(f"{len(decisions)} claims: {told or 'none'}; {released} € to pay")
    documents = ", ".join(
        f"{counts[name]} {word}"
        for name, word in (
            ("read", "read"),
            ("refused", "refused"),
            ("duplicate", "duplicate"),
            ("container", "archives or mails"),
            ("later", "left for the next run"),
        )
        if counts.get(name)
    )
    console.print(f"{counts.get('documents', 0)} documents: {documents or 'none'}")
    if counts.get("waiting"):
        console.print(f"{counts['waiting']} claims wait for documents that could not be fetched")
