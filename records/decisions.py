"""Write decisions and find them again. Each is a new version on the claim's chain; nothing is overwritten."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from dossier.decision import Decision, Verdict
from dossier.json_form import decision_json, decision_of
from records import acts, audit, foureyes, ledger, policy, queue
from records.models import Act, Approval, DecisionRow, FindingRow
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
    paid = ledger.settled(claim)
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


def record(
    holding: Holding,
    decision: Decision,
    inputs: str,
    origin: Origin,
    *,
    seen: int | None = None,
    overruled: bool = False,
) -> DecisionRow | None:
    """Write an automatic decision, its findings and its payment in one transaction.

    None when the claim is closed to the machine, when these very inputs decided it last, or when a person
    did something on the request after the act ``seen``, the last that the inputs know of: nothing is written.
    ``overruled``: a finding was set aside by a person. A payment that needs a second person waits for one.
    """
    with writing(holding):
        audit.lock()
        standing = standings(decision.claim).get(decision.claim)
        if standing is not None and (standing.closed or same_inputs(standing, inputs)):
            return None
        if seen is not None and acts.bears_since(seen, decision.request):
            return None
        return _automatic(decision, inputs, origin, standing, overruled, (), holding=holding)


def record_upon(
    act: Act, decision: Decision, inputs: str, origin: Origin, *, overruled: bool, hands: tuple[str, ...]
) -> DecisionRow:
    """Write what the rules say now that a person did something, in the caller's transaction.

    A new version is written also where the rules say the same. ``hands``: who had a hand in the claim.
    """
    standing = standings(decision.claim).get(decision.claim)
    return _automatic(decision, inputs, origin, standing, overruled, hands, act=act)


def record_by_person(
    decision: Decision,
    author: str,
    motive: str,
    as_of: dt.date,
    after: int,
    *,
    act: Act | None = None,
    waits: tuple[str, ...] = (),
    hands: tuple[str, ...] = (),
) -> DecisionRow:
    """Write what a person decided, as the version that follows ``after``.

    A payment that ``waits`` (reasons of `records.foureyes`) is not one before a second person agreed. Raises
    ValueError without author or motive, `Overtaken` when the claim was decided since the person saw version
    ``after``, and `records.ledger.AlreadyPaid`.
    """
    if not author or not motive.strip():
        raise ValueError("a person's decision has an author and a motive")
    with transaction.atomic():
        audit.lock()
        last = version_of(decision.claim)
        if last != after:
            raise Overtaken(f"claim {decision.claim} stands at version {last}")
        row = _row(foureyes.held(decision, waits) if waits else decision, last + 1, as_of)
        row.author, row.motive, row.act = author, motive.strip(), act
        return _write(row, waits, hands)


def version_of(claim: str) -> int:
    """The last version of the claim's decision, 0 where there is none."""
    return DecisionRow.objects.filter(claim=claim).aggregate(last=Max("version"))["last"] or 0


def _automatic(
    decision: Decision,
    inputs: str,
    origin: Origin,
    standing: Standing | None,
    overruled: bool,
    hands: tuple[str, ...],
    *,
    holding: Holding | None = None,
    act: Act | None = None,
) -> DecisionRow:
    last = standing.version if standing else 0
    if DecisionRow.objects.filter(claim=decision.claim, inputs=inputs, author=MACHINE).exists():
        # the facts are those of a version before: decided anew, marked as coming after
        inputs = f"{inputs}+{last}"
    waits = foureyes.reasons(decision, policy.current(), overruled=overruled)
    row = _row(foureyes.held(decision, waits) if waits else decision, last + 1, origin.as_of)
    row.inputs, row.rules, row.software = inputs, origin.rules, origin.software
    row.night_id = holding.night if holding else None
    row.act = act
    return _write(row, waits, hands)


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


def _write(row: DecisionRow, waits: tuple[str, ...], hands: tuple[str, ...]) -> DecisionRow:
    row.save()
    decision = decision_of(row.data)
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
    if waits:
        Approval.objects.create(decision=row, claim=row.claim, reasons=list(waits), instructed_by=list(hands))
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
    queue.keep(row, decision)
    return row
