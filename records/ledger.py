"""The payment ledger: prepared with the decision, fixed in a batch, released with its file. Never twice.

Every step is one ``UPDATE … WHERE state = …``; who finds the row in another state has lost and changes
nothing.

Where a desk is in use and its policy says so, a batch waits for finance: no night writes its file, and until
it is approved a later decision still takes a payment out of it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from dossier.decision import Decision
from dossier.json_form import decision_of
from records import audit, policy
from records.models import BatchState, DecisionRow, InstructionState, PaymentBatch, PaymentInstruction
from records.nights import Holding, writing

FIXED = Q(batch__isnull=False) & (Q(batch__to_approve=False) | ~Q(batch__approved_by=""))
"""Payments that stand in a batch which waits for nobody any more."""


class AlreadyPaid(RuntimeError):
    """The claim's payment is fixed in a batch: no decision can change or repeat it."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A payment file: its name (the bank's message id), its date, and the decisions it pays."""

    name: str
    business_date: dt.date
    paid: tuple[Decision, ...]


def key_for(claim: str) -> str:
    """The key of the one payment of ``claim``."""
    return hashlib.sha256(f"pay:v1|{claim}".encode()).hexdigest()


def settled(claim: str | None = None) -> frozenset[str]:
    """Claims whose payment is fixed in a batch or released, all or that one."""
    rows = PaymentInstruction.objects.filter(FIXED | Q(state=InstructionState.RELEASED))
    if claim is not None:
        rows = rows.filter(claim=claim)
    return frozenset(rows.values_list("claim", flat=True))


def prepare(row: DecisionRow) -> None:
    """Prepare the payment that ``row`` decides, in the transaction that writes it. Raises `AlreadyPaid`."""
    key = key_for(row.claim)
    there = PaymentInstruction.objects.filter(key=key).first()
    if there is None:
        PaymentInstruction.objects.create(
            key=key, claim=row.claim, request_ref=row.request_ref, amount=row.amount, decision=row
        )
    elif not _open(key).update(
        amount=row.amount,
        decision=row,
        state=InstructionState.PREPARED,
        prepared_at=timezone.now(),
        batch=None,
    ):
        raise AlreadyPaid(f"claim {row.claim} is paid")
    audit.append(
        row.author, "payment.prepared", row.claim, {"amount": str(row.amount), "version": row.version}
    )


def withdraw(row: DecisionRow) -> None:
    """A later decision no longer pays what was prepared. Raises `AlreadyPaid` when it is too late."""
    key = key_for(row.claim)
    if (
        _open(key)
        .filter(state=InstructionState.PREPARED)
        .update(state=InstructionState.WITHDRAWN, batch=None)
    ):
        audit.append(row.author, "payment.withdrawn", row.claim, {"version": row.version})
    elif PaymentInstruction.objects.filter(key=key).exclude(state=InstructionState.WITHDRAWN).exists():
        raise AlreadyPaid(f"claim {row.claim} is paid")


def close_batch(holding: Holding) -> list[Batch]:
    """The batches to be written now, oldest first: what is prepared and in no batch yet makes a new one.

    Before it come those of earlier nights that died before their file was released. Without anything new, the
    last batch of the night's date is given again, to be written again as it was. Those that wait for finance,
    and those that it fetches, are not given.
    """
    date = holding.business_date
    with writing(holding):
        audit.lock()
        rules = policy.current()
        free = PaymentInstruction.objects.filter(state=InstructionState.PREPARED, batch=None)
        if free.exists():
            number = (
                PaymentBatch.objects.filter(business_date=date).aggregate(last=Max("number"))["last"] or 0
            ) + 1
            batch = PaymentBatch.objects.create(
                name=f"SF-{date:%Y%m%d}-{number}",
                business_date=date,
                number=number,
                to_approve=rules is not None and rules.batches_approved,
            )
            count = free.update(batch=batch)
            audit.append("", "batch.closed", batch.name, {"payments": count})
        ours = PaymentBatch.objects.filter(to_approve=False)
        last = ours.filter(business_date=date).order_by("number").last()
        due = Q(state=BatchState.CLOSED) | Q(pk=last.pk if last else None)
        rows = list(ours.filter(due).order_by("business_date", "number"))
    return [batch_of(row) for row in rows]


def mark_released(holding: Holding, name: str) -> None:
    """The batch's file stands where the bank's courier takes it."""
    now = timezone.now()
    with writing(holding):
        audit.lock()
        ours = PaymentBatch.objects.filter(name=name, state=BatchState.CLOSED, to_approve=False)
        if ours.update(state=BatchState.RELEASED):
            _released(name, now)
            audit.append("", "batch.released", name, {})


def release_approved(batch: PaymentBatch, by: str, file_digest: str) -> None:
    """Finance fetches the file of an approved batch for the first time, in the caller's transaction."""
    approved = PaymentBatch.objects.filter(pk=batch.pk, state=BatchState.CLOSED).exclude(approved_by="")
    if approved.update(state=BatchState.RELEASED, file_digest=file_digest):
        _released(batch.name, timezone.now())
        audit.append(by, "batch.released", batch.name, {"file": file_digest})


def _released(name: str, now: dt.datetime) -> None:
    PaymentInstruction.objects.filter(batch__name=name, state=InstructionState.PREPARED).update(
        state=InstructionState.RELEASED, released_at=now
    )


def batches() -> list[Batch]:
    """All batches, oldest first."""
    return [batch_of(batch) for batch in PaymentBatch.objects.order_by("business_date", "number")]


def seal(batch: Batch) -> str:
    """Digest of what a batch pays: whom, on which account, how much, by which decision."""
    paid = [f"{one.claim}|{one.payee.name}|{one.payee.iban}|{one.amount}" for one in batch.paid]
    return hashlib.sha256("\n".join([batch.name, *paid]).encode()).hexdigest()


def batch_of(batch: PaymentBatch) -> Batch:
    rows = batch.instructions.select_related("decision").order_by("claim")
    return Batch(batch.name, batch.business_date, tuple(decision_of(row.decision.data) for row in rows))


def _open(key: str) -> QuerySet[PaymentInstruction]:
    waits = Q(batch=None) | Q(
        pk__in=PaymentInstruction.objects.filter(batch__to_approve=True, batch__approved_by="").values("pk")
    )
    return PaymentInstruction.objects.filter(
        waits, key=key, state__in=(InstructionState.PREPARED, InstructionState.WITHDRAWN)
    )
