"""Whose claim it is, and where a file belongs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from desk.acts.deed import Impossible, decide_again
from desk.acts.people import NotAllowed, Person, Right, may, need
from dossier.reading import Document
from records import acts, audit, ledger, queue
from records.decisions import Overtaken
from records.ledger import AlreadyPaid
from records.models import (
    Act,
    ActKind,
    ClaimSnapshot,
    DocumentState,
    Overlay,
    QueueEntry,
    RequestSnapshot,
    StoredDocument,
)
from records.models.documents import ENDED
from records.readings import reading_of


@dataclass(frozen=True, slots=True)
class Orphan:
    """A file that belongs to no request known. ``document`` is its key."""

    document: int
    file: str
    first_seen: dt.datetime
    reading: Document


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that a person filed under a request, or one of its claims (else ""). ``detachable``: by somebody
    with the right, as nothing that rests on it is paid.
    """

    document: int
    file: str
    request: str
    claim: str
    by: str
    at: dt.datetime
    motive: str
    detachable: bool


def take(user: Person, claim: str, assignee: str | None = None) -> None:
    """Assign a claim of the queue to oneself, or as supervisor to ``assignee`` (a username)."""
    me = user.get_username()
    _assign(user, claim, assignee or me)


def let_go(user: Person, claim: str) -> None:
    """The claim is nobody's again."""
    _assign(user, claim, "")


def _assign(user: Person, claim: str, assignee: str) -> None:
    need(user, Right.INSTRUCT)
    me = user.get_username()
    with transaction.atomic():
        audit.lock()
        entry = QueueEntry.objects.filter(claim=claim).first()
        if entry is None:
            raise Impossible("Cette demande n’est pas, ou n’est plus, dans la file.")
        if not may(user, Right.ASSIGN) and (entry.assignee not in ("", me) or assignee not in ("", me)):
            raise NotAllowed(
                f"Cette demande est suivie par {entry.assignee}."
                if entry.assignee
                else "Votre compte ne peut pas confier une demande à quelqu’un d’autre."
            )
        if entry.assignee == assignee:
            return
        acts.write(
            me,
            ActKind.ASSIGN,
            claim=claim,
            request=entry.request_ref,
            before={"assignee": entry.assignee},
            after={"assignee": assignee},
        )
        queue.assign(claim, assignee)


def orphans() -> list[Orphan]:
    """Files that belong to no known request, oldest first."""
    known = RequestSnapshot.objects.values("ref")
    claims = ClaimSnapshot.objects.values("claim")
    attached = Overlay.objects.filter(active=True, kind=ActKind.ATTACH).values("document")
    rows = StoredDocument.objects.filter(current=True, state__in=ENDED).exclude(state=DocumentState.CONTAINER)
    placed = rows.filter(request_ref__in=known, claim_ref="") | rows.filter(
        request_ref__in=known, claim_ref__in=claims
    )
    matched = rows.exclude(request_ref__in=known).filter(matched_ref__in=known)
    lost = rows.exclude(pk__in=placed.values("pk")).exclude(pk__in=matched.values("pk"))
    lost = lost.exclude(pk__in=attached).select_related("first").order_by("first_seen", "file")
    return [
        Orphan(row.pk, row.file, row.first_seen, reading_of(row.first if row.first else row)) for row in lost
    ]


def attached() -> list[Attached]:
    """Files that people filed, the last first."""
    rows = Overlay.objects.filter(active=True, kind=ActKind.ATTACH).select_related("act", "document")
    return [
        Attached(
            document=row.document_id or 0,
            file=row.document.file if row.document else "",
            request=row.request_ref,
            claim=row.claim,
            by=row.act.actor,
            at=row.act.at,
            motive=row.act.motive,
            detachable=not (row.claim and ledger.settled(row.claim)),
        )
        for row in rows.order_by("-act_id")
    ]


def attach(user: Person, document: int, request: str, claim: str = "", motive: str = "") -> None:
    """File an orphan under a request, or one of its claims; these are decided again.

    Raises `Overtaken` where somebody attached it meanwhile, `AlreadyPaid` where the claim named is paid.
    """
    need(user, Right.INSTRUCT)
    with transaction.atomic():
        audit.lock()
        if claim:
            need(user, Right.INSTRUCT, claim)
        if not RequestSnapshot.objects.filter(ref=request).exists():
            raise Impossible("Ce dossier n’existe pas.")
        if claim and not ClaimSnapshot.objects.filter(claim=claim, request_ref=request).exists():
            raise Impossible("Cette demande n’existe pas dans ce dossier.")
        if claim and ledger.settled(claim):
            raise AlreadyPaid(f"claim {claim} is paid")
        orphan = next((one for one in orphans() if one.document == document), None)
        if orphan is None:
            raise Overtaken(f"document {document} is no orphan any more")
        act = acts.write(
            user.get_username(),
            ActKind.ATTACH,
            claim=claim,
            request=request,
            target={"document": document, "file": orphan.file, "sha256": orphan.reading.sha256},
            after={"request": request, "claim": claim},
            motive=motive,
        )
        Overlay.objects.create(
            act=act,
            kind=ActKind.ATTACH,
            sha256=orphan.reading.sha256,
            document_id=document,
            request_ref=request,
            claim=claim,
            value=act.after,
        )
        decide_again(act, request)


def detach(user: Person, document: int, motive: str = "") -> None:
    """Undo `attach`: one's own, or as supervisor another's."""
    need(user, Right.INSTRUCT)
    with transaction.atomic():
        audit.lock()
        overlay = Overlay.objects.filter(active=True, kind=ActKind.ATTACH, document=document).first()
        if overlay is None:
            raise Overtaken(f"document {document} is not attached any more")
        attached: Act = overlay.act
        if attached.actor != user.get_username() and not may(user, Right.ASSIGN):
            raise NotAllowed("Vous ne pouvez annuler que ce que vous avez fait.")
        if overlay.claim and ledger.settled(overlay.claim):
            raise AlreadyPaid(f"claim {overlay.claim} is paid")
        act = acts.write(
            user.get_username(),
            ActKind.UNDO,
            claim=overlay.claim,
            request=overlay.request_ref,
            target={"act": attached.pk, "kind": str(ActKind.ATTACH)},
            before=attached.after,
            motive=motive,
            undoes=attached,
        )
        Overlay.objects.filter(act=attached).update(active=False)
        decide_again(act, overlay.request_ref)
