"""The payment ledger: prepared with the decision, fixed in a batch, released with its file. Never twice.

Every step is one ``UPDATE … WHERE state = …``; who finds the row in another state has lost and changes
nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from dossier.decision import Decision
from dossier.json_form import decision_of
from records import audit
from records.models import BatchState, DecisionRow, InstructionState, PaymentBatch, PaymentInstruction
from records.nights import Holding, writing


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


def settled() -> frozenset[str]:
    """Claims whose payment is fixed in a batch or released."""
    rows = PaymentInstruction.objects.filter(Q(batch__isnull=False) | Q(state=InstructionState.RELEASED))
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
        amount=row.amount, decision=row, state=InstructionState.PREPARED, prepared_at=timezone.now()
    ):
        raise AlreadyPaid(f"claim {row.claim} is paid")
    audit.append(
        row.author, "payment.prepared", row.claim, {"amount": str(row.amount), "version": row.version}
    )


def withdraw(row: DecisionRow) -> None:
    """A later decision no longer pays what was prepared. Raises `AlreadyPaid` when it is too late."""
    key = key_for(row.claim)
    prepared = PaymentInstruction.objects.filter(key=key, state=InstructionState.PREPARED, batch=None)
    if prepared.update(state=InstructionState.WITHDRAWN):
        audit.append(row.author, "payment.withdrawn", row.claim, {"version": row.version})
    elif PaymentInstruction.objects.filter(key=key).exclude(state=InstructionState.WITHDRAWN).exists():
        raise AlreadyPaid(f"claim {row.claim} is paid")


def close_batch(holding: Holding) -> list[Batch]:
    """The batches to be written now, oldest first: what is prepared and in no batch yet makes a new one.

    Before it come those of earlier nights that died before their file was released. Without anything new, the
    last batch of the night's date is given again, to be written again as it was.
    """
    date = holding.business_date
    with writing(holding):
        free = PaymentInstruction.objects.filter(state=InstructionState.PREPARED, batch=None)
        if free.exists():
            number = (
                PaymentBatch.objects.filter(business_date=date).aggregate(last=Max("number"))["last"] or 0
            ) + 1
            batch = PaymentBatch.objects.create(
                name=f"SF-{date:%Y%m%d}-{number}", business_date=date, number=number
            )
            count = free.update(batch=batch)
            audit.append("", "batch.closed", batch.name, {"payments": count})
        last = PaymentBatch.objects.filter(business_date=date).order_by("number").last()
        due = Q(state=BatchState.CLOSED) | Q(pk=last.pk if last else None)
        rows = list(PaymentBatch.objects.filter(due).order_by("business_date", "number"))
    return [_batch(row) for row in rows]


def mark_released(holding: Holding, name: str) -> None:
    """The batch's file stands where the bank's courier takes it."""
    now = timezone.now()
    with writing(holding):
        if PaymentBatch.objects.filter(name=name, state=BatchState.CLOSED).update(state=BatchState.RELEASED):
            PaymentInstruction.objects.filter(batch__name=name, state=InstructionState.PREPARED).update(
                state=InstructionState.RELEASED, released_at=now
            )
            audit.append("", "batch.released", name, {})


def batches() -> list[Batch]:
    """All batches, oldest first."""
    return [_batch(batch) for batch in PaymentBatch.objects.order_by("business_date", "number")]


def _batch(batch: PaymentBatch) -> Batch:
    rows = batch.instructions.select_related("decision").order_by("claim")
    return Batch(batch.name, batch.business_date, tuple(decision_of(row.decision.data) for row in rows))


def _open(key: str) -> QuerySet[PaymentInstruction]:
    return PaymentInstruction.objects.filter(
        key=key, batch=None, state__in=(InstructionState.PREPARED, InstructionState.WITHDRAWN)
    )
