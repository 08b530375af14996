"""`servicefait replay`: decide past claims again from what is stored, and show what would change."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dossier.case import Case
from dossier.decision import Decision, Effect, Verdict
from dossier.requests import Claim
from dossier.rulings import Rulings
from servicefait.auditing import open_database
from servicefait.ending import WrongArgument


@dataclass(frozen=True, slots=True)
class Change:
    """One claim as it stands and as it would be decided."""

    before: Decision
    after: Decision

    @property
    def differs(self) -> bool:
        return (self.before.verdict, self.before.amount) != (self.after.verdict, self.after.amount)

    @property
    def rules(self) -> str:
        """The rules that weigh now and did not, with a plus; those that no longer do, with a minus."""
        was, now = _weighing(self.before), _weighing(self.after)
        return ", ".join(
            [f"+{rule}" for rule in sorted(now - was)] + [f"-{rule}" for rule in sorted(was - now)]
        )


def replay_claims(database: str, as_of: dt.date, parameters: Path | None) -> None:
    """Print each claim that would be decided otherwise as of that day, and the sums. Writes nothing.

    Claims that a person decided are left out. Raises `WrongArgument` where the parameters can't be read.
    """
    open_database(database)
    from validators.parameters import ParametersError, load

    if parameters is not None and not any(parameters.glob("*/*.yaml")):
        raise WrongArgument(f"--parameters: {parameters}: no <group>/<matter>.yaml there")
    try:
        rules = load(parameters)
    except ParametersError as error:
        raise WrongArgument(f"--parameters: {error}") from error

    from validators.decide import decide
    from validators.ruled import ruled

    changes = [
        Change(before, ruled(decide(case, rules), rulings))
        for before, case, rulings in _cases(as_of, rules.digest)
    ]
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=132)
    differing = [change for change in changes if change.differs]
    if differing:
        console.print(_table(differing))
    before = sum((_released(change.before) for change in changes), Decimal("0.00"))
    after = sum((_released(change.after) for change in changes), Decimal("0.00"))
    console.print(f"{len(changes)} claims decided again as of {as_of}, {len(differing)} otherwise")
    console.print(f"to pay: {before} € before, {after} € after ({after - before:+} €)")


def _cases(as_of: dt.date, digest: str) -> Iterator[tuple[Decision, Case, Rulings]]:
    """What stands on each claim that the machine decided, its case put together anew, and what people ruled
    on it.
    """
    from dossier.json_form import decision_of
    from records import decisions, ledger, shelf, snapshots
    from records.cases import Cases, in_order

    requests, claims = snapshots.requests(), snapshots.claims()
    settled = ledger.settled()
    cases = Cases(shelf.lay_out(requests, claims), requests, settled, digest, as_of)
    rows = decisions.latest_rows()
    before: set[str] = set()
    for claim in in_order(claims.values()):
        row = rows.get(claim.id)
        if row is not None and not row.author and claim.request in requests:
            listed = {payment.claim for payment in requests[claim.request].paid}
            case = _as_it_was(cases.of(claim), claim, listed, before, settled)
            yield decision_of(row.data), case, cases.rulings_of(claim)
        before.add(claim.id)


def _as_it_was(case: Case, claim: Claim, listed: set[str], before: set[str], settled: frozenset[str]) -> Case:
    """The case without what followed from its own decision: its payment, and those of later claims."""
    paid = tuple(payment for payment in case.request.paid if payment.claim in listed | before)
    ours = settled - listed
    around = dataclasses.replace(case.surroundings, paid=case.surroundings.paid - (ours & {claim.id}))
    return dataclasses.replace(
        case, request=dataclasses.replace(case.request, paid=paid), surroundings=around
    )


def _weighing(decision: Decision) -> set[str]:
    return {finding.rule for finding in decision.findings if finding.effect is not Effect.INFORM}


def _released(decision: Decision) -> Decimal:
    return decision.amount if decision.verdict is Verdict.PAY else Decimal("0.00")


def _table(changes: list[Change]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in ("claim", "before", "€", "after", "€", "rules"):
        table.add_column(title, justify="right" if title == "€" else "left", no_wrap=title != "rules")
    for change in changes:
        before, after = change.before, change.after
        table.add_row(
            escape(before.claim),
            before.verdict,
            str(before.amount),
            after.verdict,
            str(after.amount),
            change.rules,
        )
    return table
