"""Write what people did, each act bound into the audit chain, and prove that none was changed since."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.utils import timezone

from records import audit
from records.keys import storable
from records.models import Act, ActKind, AuditEntry
from records.models.acts import DECIDING, LAID_OVER

PREFIX = "act."

INSTRUCTS = (*LAID_OVER, ActKind.REJECT, ActKind.PAY)
"""Acts by which a person has a hand in what is paid: who did one does not approve."""


def write(
    actor: str,
    kind: ActKind,
    *,
    claim: str = "",
    request: str = "",
    target: Mapping[str, Any] | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    motive: str = "",
    seen: int | None = None,
    undoes: Act | None = None,
    subject: str = "",
) -> Act:
    """Write an act and its entry on the chain, in the caller's transaction, which holds `audit.lock`.

    ``subject`` names it on the chain where it is on no claim. Values stay in the act: the chain holds their
    digest.
    """
    act = Act(
        at=timezone.now(),
        actor=actor,
        kind=kind,
        claim=claim,
        request_ref=request,
        target=storable(dict(target or {})),
        before=storable(dict(before or {})),
        after=storable(dict(after or {})),
        motive=storable(motive.strip()),
        seen=seen,
        undoes=undoes,
        salt=secrets.token_hex(16),
    )
    act.digest = digest_of(act)
    act.save()
    details = {"act": act.pk, "digest": act.digest, "seen": seen, "undoes": undoes.pk if undoes else None}
    audit.append(actor, f"{PREFIX}{kind}", claim or subject or request, details)
    return act


def digest_of(act: Act) -> str:
    """SHA-256 of all that an act says."""
    said = [
        act.salt,
        act.at.isoformat(),
        act.actor,
        str(act.kind),
        act.claim,
        act.request_ref,
        act.target,
        act.before,
        act.after,
        act.motive,
        act.seen,
        act.undoes_id,
    ]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def altered() -> int | None:
    """The key of the first act that is not the one the chain speaks of, or None when all are."""
    entries = AuditEntry.objects.filter(action__startswith=PREFIX).order_by("number")
    bound = {details["act"]: details["digest"] for details in entries.values_list("details", flat=True)}
    for act in Act.objects.order_by("pk").iterator():
        if bound.pop(act.pk, None) != act.digest or act.digest != digest_of(act):
            return act.pk
    return min(bound, default=None)


def last() -> int:
    """The key of the last act; none that comes later is in what was read before."""
    return Act.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def bears_since(act: int, request: str) -> bool:
    """Whether somebody did something on ``request`` after ``act`` that a decision on it must rest on."""
    kinds = (*LAID_OVER, *DECIDING, ActKind.UNDO)
    return Act.objects.filter(pk__gt=act, request_ref=request, kind__in=kinds).exists()


def instructors(claim: str, digests: Iterable[str]) -> tuple[str, ...]:
    """Who had a hand in a claim whose files have these ``digests``, by acts that stand, in order of name."""
    on_files = Q(overlay__sha256__in=[digest for digest in digests if digest])
    found = Act.objects.filter(Q(claim=claim) | on_files, kind__in=INSTRUCTS, undone_by=None)
    return tuple(sorted(set(found.values_list("actor", flat=True))))
