"""`servicefait explain`: why a claim was decided as it was, rule by rule, in French."""

from __future__ import annotations

from decimal import Decimal

from rich import box
from rich.console import Console, Group
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dossier.decision import Check, Decision, Effect, Evidence, Finding, Outcome, Verdict
from publishing.privacy import masked, masked_iban
from publishing.wording import EFFECTS, LINES, VERDICTS, duration, euros, long_date, readable
from servicefait.auditing import open_database
from servicefait.ending import WrongArgument

OUTCOMES = {
    Outcome.BROKEN: "[red]✗ non respectée[/]",
    Outcome.CANNOT_TELL: "[yellow]? ne peut être établie[/]",
    Outcome.HOLDS: "[green]✓ respectée[/]",
}
TONES = {Verdict.PAY: "green", Verdict.REVIEW: "yellow", Verdict.INCOMPLETE: "cyan", Verdict.REJECT: "red"}


def explain_claim(claim: str, database: str) -> None:
    """Print the decision that stands on ``claim`` and each rule looked at. Raises `WrongArgument` where none
    is.
    """
    open_database(database)
    from dossier.json_form import decision_of
    from records.decisions import latest_rows

    rows = latest_rows()
    if claim not in rows:
        near = [known for known in rows if claim.lower() in known.lower()][:5]
        hint = f"; known: {', '.join(near)}" if near else ""
        raise WrongArgument(f"CLAIM: no decision on {claim}{hint}")
    row = rows[claim]
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=110)
    decision = decision_of(row.data)
    who = f"décidée par {row.author} : {row.motive}" if row.author else "décidée automatiquement"
    console.print(_heading(decision, f"version {row.version}, au {long_date(row.as_of)}, {who}"))
    for finding in decision.findings:
        console.print(_finding(finding))
    console.print(_checks(decision))
    rules = f"Barèmes {row.rules[:12]}, logiciel {row.software}" if row.rules else ""
    console.print(f"[dim]{rules}[/]")


def _heading(decision: Decision, when: str) -> Group:
    tone = TONES[decision.verdict]
    hours = decision.hours
    declared = sum((line.declared for line in decision.lines), Decimal("0.00"))
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="dim")
    table.add_column()
    table.add_row("Dossier", escape(decision.request))
    table.add_row("Heures", f"{duration(hours.declared)} déclarées, {duration(hours.evidenced)} prouvées, "
                  f"{duration(hours.payable)} payables ({duration(hours.granted)} accordées, "
                  f"{duration(hours.already_paid)} déjà payées)")  # fmt: skip
    table.add_row("Montant", f"{euros(decision.amount)} sur {euros(declared)} déclarés")
    for line in decision.lines:
        table.add_row("", f"{LINES[line.kind]} : {euros(line.payable)} sur {euros(line.declared)}")
    payee = decision.payee
    table.add_row("Bénéficiaire", f"{escape(payee.name)}, {masked_iban(payee.iban)}")
    return Group(
        Text.from_markup(f"[bold]{escape(decision.claim)}[/] – [bold {tone}]{VERDICTS[decision.verdict]}[/]"),
        Text(when, style="dim"),
        Padding(table, (1, 0, 1, 2)),
    )


def _finding(finding: Finding) -> Padding:
    tone = {"reject": "red", "review": "yellow", "missing": "cyan", "reduce": "magenta"}.get(
        finding.effect, "dim"
    )
    lines = [
        f"[{tone}]{EFFECTS[finding.effect]}[/]  {escape(masked(finding.message))} [dim]{finding.rule}[/]"
    ]
    lines += [f"  [dim]{escape(_place(evidence))}[/]" for evidence in finding.evidence]
    return Padding(Text.from_markup("\n".join(lines)), (0, 0, 1, 0))


def _checks(decision: Decision) -> Table:
    """What is broken first, then what can't be told, then what holds."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title="Règles examinées", title_justify="left")
    table.add_column("Règle")
    table.add_column("Attendu")
    table.add_column("Lu")
    table.add_column("Source et barème", style="dim")
    order = list(OUTCOMES)
    for check in sorted(decision.checks, key=lambda check: order.index(check.outcome)):
        table.add_row(_rule(check), _said(check.expected), _found(check), _source(check))
    return table


def _rule(check: Check) -> str:
    effect = EFFECTS[check.effect] if check.outcome is not Outcome.HOLDS else ""
    weight = f"\n[dim]{effect}[/]" if effect and check.effect is not Effect.INFORM else ""
    return f"{check.rule}\n{OUTCOMES[check.outcome]}{weight}"


def _said(text: str) -> str:
    return escape(masked(readable(text)))


def _found(check: Check) -> str:
    places = [f"[dim]{escape(_place(evidence))}[/]" for evidence in check.evidence[:3]]
    more = len(check.evidence) - len(places)
    if more > 0:
        places.append(f"[dim]et {more} autre{'s' if more > 1 else ''}[/]")
    return "\n".join(filter(None, [_said(check.found), *places]))


def _place(evidence: Evidence) -> str:
    text = masked(" ".join(evidence.text.split()))
    quoted = f" « {text if len(text) <= 60 else text[:57] + '…'} »" if text else ""
    sure = f", lu à {evidence.confidence:.0%}".replace("%", " %") if evidence.confidence < 1 else ""
    return f"{evidence.file.rsplit('/', 1)[-1]}, p. {evidence.page}{quoted}{sure}"


def _source(check: Check) -> str:
    name, _, since = check.parameter.partition(" since ")
    in_force = f"{name}, en vigueur depuis le {readable(since)}" if since else name
    return "\n".join(escape(part) for part in (check.source, in_force) if part)
