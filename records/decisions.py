"""Write decisions and find them again. Each is a new version on the claim's chain; nothing is overwritten."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from dossier.decision import Decision, Verdict
from dossier.json_form import decision_json, decision_of
from records import audit, ledger
from records.models import DecisionRow, FindingRow
from records.models.decisions import MACHINE
from records.nights import Holding, writing

FINAL = frozenset({Verdict.PAY, Verdict.REJECT})
"""What a person decides for good: no automatic decision comes after it."""


class Overtaken(RuntimeError):
    """The claim was decided anew while a person looked at it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a claim stands: its last version, the digest it rests on, and whether it is closed to the
    machine.
    """

    version: int
    inputs: str
    closed: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """What an automatic decision was made with: digest of the parameters, version of the software, the
    day.
    """

    rules: str
    software: str
    as_of: dt.date


def standings(claim: str | None = None) -> dict[str, Standing]:
    """How each claim ever decided stands, or one of them."""
    paid = ledger.settled()
    found: dict[str, Standing] = {}
    rows = DecisionRow.objects.order_by("claim", "version")
    if claim is not None:
        rows = rows.filter(claim=claim)
    for of, version, inputs, author, verdict in rows.values_list(
        "claim", "version", "inputs", "author", "verdict"
    ):
        by_person = author != MACHINE and Verdict(verdict) in FINAL
        # what a person left open stands on the facts that the machine saw last
        inputs = inputs or (found[of].inputs if of in found else "")
        found[of] = Standing(version, inputs, of in paid or by_person)
    return found


def same_inputs(standing: Standing | None, inputs: str) -> bool:
    """True when ``inputs`` are what the claim's last automatic decision rests on."""
    return standing is not None and standing.inputs.partition("+")[0] == inputs


def record(holding: Holding, decision: Decision, inputs: str, origin: Origin) -> DecisionRow | None:
    """Write an automatic decision, its findings and its payment in one transaction.

    None when the claim is closed to the machine or these very inputs decided it last: nothing is written.
    """
    with writing(holding):
        standing = standings(decision.claim).get(decision.claim)
        last = standing.version if standing else 0
        if standing is not None and (standing.closed or same_inputs(standing, inputs)):
            return None
        if DecisionRow.objects.filter(claim=decision.claim, inputs=inputs, author=MACHINE).exists():
            # the facts went back to what they were before the last version: decided anew, marked as coming
            # after
            inputs = f"{inputs}+{last}"
        row = _row(decision, last + 1, origin.as_of)
        row.inputs, row.rules, row.software = inputs, origin.rules, origin.software
        row.night_id = holding.night
        return _write(row, decision)


def record_by_person(decision: Decision, author: str, motive: str, as_of: dt.date, after: int) -> DecisionRow:
    """Write what a person decided, as the version that follows ``after``.

    Raises ValueError without author or motive, `Overtaken` when the claim was decided since the person saw
    version ``after``, and `records.ledger.AlreadyPaid`.
    """
    if not author or not motive.strip():
        raise ValueError("a person's decision has an author and a motive")
    with transaction.atomic():
        last = DecisionRow.objects.filter(claim=decision.claim).aggregate(last=Max("version"))["last"] or 0
        if last != after:
            raise Overtaken(f"claim {decision.claim} stands at version {last}")
        row = _row(decision, last + 1, as_of)
        row.author, row.motive = author, motive.strip()
        return _write(row, decision)


def latest() -> dict[str, Decision]:
    """The decision that stands on each claim ever decided, ordered by claim."""
    return {claim: decision_of(row.data) for claim, row in latest_rows().items()}


def latest_rows() -> dict[str, DecisionRow]:
    """The last version of each claim's decision."""
    return {row.claim: row for row in DecisionRow.objects.order_by("claim", "version")}


def _row(decision: Decision, version: int, as_of: dt.date) -> DecisionRow:
    return DecisionRow(
        claim=decision.claim,
        request_ref=decision.request,
        version=version,
        verdict=decision.verdict.value,
        amount=decision.amount,
        data=decision_json(decision),
        as_of=as_of,
    )


def _write(row: DecisionRow, decision: Decision) -> DecisionRow:
    row.save()
    for finding in decision.findings:
        FindingRow(
            decision=row,
            rule=finding.rule,
            effect=finding.effect.value,
            message=finding.message,
            source=finding.source,
            expected=finding.expected,
            found=finding.found,
        ).save()
    if decision.verdict is Verdict.PAY:
        ledger.prepare(row)
    else:
        ledger.withdraw(row)
    audit.append(
        row.author,
        "claim.decided",
        row.claim,
        {"version": row.version, "verdict": row.verdict, "amount": str(row.amount), "inputs": row.inputs},
    )
    return row
