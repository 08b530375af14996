"""All that the page of one claim shows, read at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from desk.acts.people import hands_on
from desk.acts.queueing import Entry, entry_of
from desk.acts.shelved import Shelved, shelved
from dossier.case import Piece
from dossier.decision import Decision
from dossier.json_form import decision_of
from dossier.requests import Claim, Request
from records import foureyes, ledger, queue
from records.decisions import FINAL
from records.models import (
    Act,
    ActKind,
    ClaimSnapshot,
    DecisionRow,
    InstructionState,
    Overlay,
    PaymentInstruction,
    QueueEntry,
    RequestSnapshot,
)
from records.models.acts import DECIDING, LAID_OVER
from records.models.decisions import MACHINE
from records.overlays import ON_READINGS
from records.snapshots import claim_from, request_from

DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class CorrectionShown:
    """What a person laid over a value: both beside each other, in their JSON form.

    ``name``: a field's name, "kind", "pages", "sessions.<n>" with the half-day's place as it was read.
    """

    act: int
    by: str
    at: dt.datetime
    motive: str
    sha256: str
    part: int
    name: str
    read: Any
    corrected: Any


@dataclass(frozen=True, slots=True)
class ActShown:
    """One act of a person, or one decision, on a claim's history. ``undoable`` by somebody with the right.

    ``kind``: an act's kind, or "decided" for a decision of the machine.
    """

    act: int | None
    version: int | None
    kind: str
    by: str
    at: dt.datetime
    motive: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    undone: bool
    undoable: bool


@dataclass(frozen=True, slots=True)
class ClaimFile:
    """All that the claim's page shows. ``waits`` says why a second person is needed, empty when none is."""

    request: Request
    claim: Claim
    version: int
    decision: Decision
    decided_by: str
    motive: str
    decided_at: dt.datetime
    files: tuple[Shelved, ...]
    pieces: tuple[Piece, ...]
    corrections: tuple[CorrectionShown, ...]
    history: tuple[ActShown, ...]
    assignee: str
    waits: tuple[str, ...]
    instructed_by: tuple[str, ...]
    released: bool
    entry: Entry | None


def claim_file(claim: str) -> ClaimFile:
    """Raises `KeyError` for a claim that is not known or was never decided."""
    row = DecisionRow.objects.filter(claim=claim).order_by("-version").first()
    filed = ClaimSnapshot.objects.filter(claim=claim).first()
    agreed = RequestSnapshot.objects.filter(ref=filed.request_ref).first() if filed else None
    if row is None or filed is None or agreed is None:
        raise KeyError(claim)
    files = shelved(claim, filed.request_ref)
    entry = QueueEntry.objects.filter(claim=claim).first()
    approval = foureyes.waiting(row)
    digests = [one.sha256 for one in files]
    return ClaimFile(
        request=request_from(agreed.data),
        claim=claim_from(filed.data),
        version=row.version,
        decision=decision_of(row.data),
        decided_by=row.author,
        motive=row.motive,
        decided_at=row.decided_at,
        files=files,
        pieces=tuple(Piece(one.file, one.sha256, part) for one in files for part in one.counts.parts),
        corrections=tuple(_corrections(digests)),
        history=tuple(_history(claim, row, digests)),
        assignee=queue.assignee_of(claim),
        waits=tuple(approval.reasons) if approval is not None else (),
        instructed_by=hands_on(claim),
        released=PaymentInstruction.objects.filter(claim=claim, state=InstructionState.RELEASED).exists(),
        entry=entry_of(entry) if entry is not None else None,
    )


def _corrections(digests: list[str]) -> Iterator[CorrectionShown]:
    rows = Overlay.objects.filter(active=True, kind__in=ON_READINGS, sha256__in=digests)
    for row in rows.select_related("act").order_by("act_id"):
        before = row.act.before
        whole = {"kind": before.get("kind"), "pages": before.get("pages")}
        read = before["read"] if "read" in before else whole.get(row.name)
        corrected = row.value.get("value", row.value.get(row.name, row.value))
        yield CorrectionShown(
            act=row.act_id,
            by=row.act.actor,
            at=row.act.at,
            motive=row.act.motive,
            sha256=row.sha256,
            part=row.part or 0,
            name=row.name,
            read=read,
            corrected=corrected,
        )


def _history(claim: str, standing: DecisionRow, digests: list[str]) -> list[ActShown]:
    """Acts and automatic decisions, oldest first; a person's decision stands there as their act."""
    on_files = Q(overlay__sha256__in=digests, overlay__kind__in=(*ON_READINGS, ActKind.ATTACH))
    rows = Act.objects.filter(Q(claim=claim) | on_files).distinct().select_related("undone_by")
    fixed = bool(ledger.settled(claim))
    closed = standing.author != MACHINE and standing.verdict in FINAL
    versions = dict(DecisionRow.objects.filter(claim=claim, act__isnull=False).values_list("act", "version"))
    found = []
    for act in rows:
        undone = hasattr(act, "undone_by")
        if act.kind in DECIDING:
            undoable = standing.act_id == act.pk
        else:
            undoable = act.kind in LAID_OVER and act.kind != ActKind.ATTACH and not closed
        found.append(
            ActShown(
                act=act.pk,
                version=versions.get(act.pk),
                kind=act.kind,
                by=act.actor,
                at=act.at,
                motive=act.motive,
                before=act.before,
                after=act.after,
                undone=undone,
                undoable=undoable and not undone and not fixed,
            )
        )
    for row in DecisionRow.objects.filter(claim=claim, author=MACHINE):
        found.append(
            ActShown(
                act=None,
                version=row.version,
                kind=DECIDED,
                by="",
                at=row.decided_at,
                motive="",
                before={},
                after={"verdict": row.verdict, "amount": str(row.amount)},
                undone=False,
                undoable=False,
            )
        )
    return sorted(found, key=lambda one: one.at)
