"""The night's payments, approved by finance as a whole, with their totals, before the file can be fetched."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from desk.acts.claims import SENT_BACK
from desk.acts.deed import Impossible
from desk.acts.people import NotAllowed, Person, Right, need
from dossier.decision import Decision, Effect, Finding, Verdict
from dossier.json_form import decision_of
from dossier.quantities import ZERO
from publishing.payments import Debtor, payment_file
from records import acts, audit, decisions, ledger
from records.acts import INSTRUCTS
from records.decisions import Overtaken
from records.models import Act, ActKind, BatchState, DecisionRow, PaymentBatch
from validators.ruled import BY_A_PERSON, with_verdict

WAITING, APPROVED, RELEASED = "waiting", "approved", "released"


@dataclass(frozen=True, slots=True)
class BatchShown:
    """A payment batch. ``seal`` is the digest of what it pays: what the person saw, and approves.

    ``state``: "waiting", "approved" or "released".
    """

    name: str
    business_date: dt.date
    state: str
    payments: int
    total: Decimal
    seal: str
    approved_by: str
    released_at: dt.datetime | None


def batches() -> list[BatchShown]:
    """All batches, those that wait first, then the newest; none that every payment left."""
    rows = PaymentBatch.objects.order_by("-business_date", "-number")
    shown = [_shown(row) for row in rows]
    return sorted((one for one in shown if one.payments), key=lambda one: one.state != WAITING)


def batch_payments(name: str) -> list[Decision]:
    """The decisions that a batch pays. Raises `Impossible` where there is no such batch."""
    return list(ledger.batch_of(_row(name)).paid)


def approve_batch(user: Person, name: str, seal: str) -> None:
    """Finance approves the batch as a whole, as it was seen; `Overtaken` when a payment left it since.

    Nobody approves a batch that pays a claim they had a hand in.
    """
    with _batch(user, name) as row:
        batch = ledger.batch_of(row)
        if _state(row) != WAITING or not batch.paid:
            raise Impossible("Ce lot n’attend pas d’approbation.")
        if ledger.seal(batch) != seal:
            raise Overtaken(f"batch {name} is not what was seen")
        requests = {one.request for one in batch.paid}
        claims = {one.claim for one in batch.paid}
        mine = Act.objects.filter(
            Q(claim__in=claims)
            | Q(claim="", request_ref__in=requests)
            | Q(overlay__request_ref__in=requests),
            actor=user.get_username(),
            kind__in=INSTRUCTS,
            undone_by=None,
        )
        if mine.exists():
            raise NotAllowed("Vous avez instruit une demande de ce lot : une autre personne l’approuve.")
        _act(user, ActKind.APPROVE_BATCH, row, {}, _totals(row))
        PaymentBatch.objects.filter(pk=row.pk).update(
            approved_by=user.get_username(), approved_at=timezone.now()
        )


def withdraw_approval(user: Person, name: str, motive: str) -> None:
    """Undo `approve_batch`, until the file was fetched."""
    with _batch(user, name) as row:
        if _state(row) != APPROVED:
            raise Impossible("Ce lot n’est pas approuvé, ou son fichier est déjà parti.")
        approval = Act.objects.filter(kind=ActKind.APPROVE_BATCH, target__batch=name, undone_by=None).latest(
            "pk"
        )
        _act(user, ActKind.WITHDRAW_APPROVAL, row, _totals(row), {}, motive, undoes=approval)
        PaymentBatch.objects.filter(pk=row.pk).update(approved_by="", approved_at=None)


def send_back_payment(user: Person, name: str, claim: str, motive: str) -> None:
    """Finance takes one payment out of a batch that waits; the claim goes back to review."""
    why = " ".join(motive.split())
    if not why:
        raise Impossible("Indiquez un motif.")
    with _batch(user, name) as row:
        if _state(row) != WAITING:
            raise Impossible("Ce lot n’attend pas d’approbation.")
        found = row.instructions.filter(claim=claim).first()
        if found is None:
            raise Overtaken(f"claim {claim} is not in batch {name}")
        stands = DecisionRow.objects.filter(claim=claim).latest("version")
        decision = decision_of(stands.data)
        said = Finding(SENT_BACK, Effect.REVIEW, f"Renvoyée par la comptabilité : {why}", BY_A_PERSON)
        sent_back = with_verdict(
            dataclasses.replace(decision, findings=(*decision.findings, said)), Verdict.REVIEW
        )
        act = acts.write(
            user.get_username(),
            ActKind.SEND_BACK,
            claim=claim,
            request=stands.request_ref,
            target={"batch": name},
            before={"verdict": decision.verdict.value, "amount": str(decision.amount)},
            after={"verdict": sent_back.verdict.value},
            motive=why,
            seen=stands.version,
        )
        decisions.record_by_person(
            sent_back, user.get_username(), why, timezone.localdate(), stands.version, act=act
        )


def fetch_batch(user: Person, name: str, debtor: Debtor) -> bytes:
    """The payment file of an approved batch, the same bytes each time; the first fetching releases it."""
    with _batch(user, name) as row:
        if _state(row) == WAITING:
            raise Impossible("Ce lot attend l’approbation de la comptabilité.")
        batch = ledger.batch_of(row)
        content = payment_file(batch.name, batch.business_date, batch.paid, debtor)
        if content is None:
            raise Impossible("Ce lot ne paie rien.")
        digest = hashlib.sha256(content).hexdigest()
        if row.file_digest not in ("", digest):
            raise Impossible("Le compte payeur a changé depuis que ce fichier est parti : il reste tel quel.")
        _act(user, ActKind.FETCH_BATCH, row, {}, {**_totals(row), "file": digest})
        ledger.release_approved(row, user.get_username(), digest)
        return content


@contextmanager
def _batch(user: Person, name: str) -> Iterator[PaymentBatch]:
    need(user, Right.APPROVE_BATCH)
    with transaction.atomic():
        audit.lock()
        yield _row(name)


def _row(name: str) -> PaymentBatch:
    row = PaymentBatch.objects.filter(name=name).first()
    if row is None:
        raise Impossible("Ce lot n’existe pas.")
    return row


def _state(row: PaymentBatch) -> str:
    if row.state == BatchState.RELEASED:
        return RELEASED
    return WAITING if row.to_approve and not row.approved_by else APPROVED


def _shown(row: PaymentBatch) -> BatchShown:
    batch = ledger.batch_of(row)
    released = row.instructions.exclude(released_at=None).order_by("released_at").first()
    return BatchShown(
        name=row.name,
        business_date=row.business_date,
        state=_state(row),
        payments=len(batch.paid),
        total=sum((one.amount for one in batch.paid), ZERO),
        seal=ledger.seal(batch),
        approved_by=row.approved_by,
        released_at=released.released_at if released else None,
    )


def _totals(row: PaymentBatch) -> dict[str, object]:
    shown = _shown(row)
    return {"payments": shown.payments, "total": str(shown.total), "seal": shown.seal}


def _act(
    user: Person,
    kind: ActKind,
    row: PaymentBatch,
    before: dict[str, object],
    after: dict[str, object],
    motive: str = "",
    undoes: Act | None = None,
) -> None:
    acts.write(
        user.get_username(),
        kind,
        target={"batch": row.name},
        before=before,
        after=after,
        motive=motive,
        undoes=undoes,
        subject=row.name,
    )
