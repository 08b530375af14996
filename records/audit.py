"""Write and verify the audit chain.

Each entry's digest covers its content and the digest of the entry before, so that a change, a gap or an entry
put in later shows. The head row says where the chain ends, so that an end cut off shows too.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from records.models import AuditEntry, AuditHead

HEAD = 1
MACHINE_NAME = "automate"


def append(actor: str, action: str, subject: str, details: dict[str, Any]) -> AuditEntry:
    """Add one entry, inside the caller's transaction if there is one. No personal data in ``details``."""
    with transaction.atomic():
        lock()
        AuditHead.objects.filter(pk=HEAD).update(number=F("number") + 1)
        head = AuditHead.objects.get(pk=HEAD)
        entry = AuditEntry(
            number=head.number,
            at=timezone.now(),
            actor=actor or MACHINE_NAME,
            action=action,
            subject=subject,
            details=details,
            previous=head.digest,
        )
        entry.digest = digest_of(entry)
        entry.save()
        AuditHead.objects.filter(pk=HEAD).update(digest=entry.digest)
    return entry


def lock() -> None:
    """Take the head's lock for the transaction under way (on PostgreSQL too): writers come one by one."""
    if not AuditHead.objects.filter(pk=HEAD).update(number=F("number")):
        AuditHead.objects.get_or_create(pk=HEAD)
        AuditHead.objects.filter(pk=HEAD).update(number=F("number"))


def digest_of(entry: AuditEntry) -> str:
    """SHA-256 of what the entry says and of the digest before it."""
    content = [
        entry.number,
        entry.at.isoformat(),
        entry.actor,
        entry.action,
        entry.subject,
        entry.details,
        entry.previous,
    ]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def broken_at() -> int | None:
    """The number of the first entry that the chain does not bear out, or None when it holds to its end."""
    previous, number = "0" * 64, 0
    for entry in AuditEntry.objects.order_by("number").iterator():
        number += 1
        if entry.number != number or entry.previous != previous or entry.digest != digest_of(entry):
            return number
        previous = entry.digest
    head = AuditHead.objects.filter(pk=HEAD).first()
    if head is None:
        return None if number == 0 else number
    if (head.number, head.digest) == (number, previous):
        return None
    return number if head.number == number else min(head.number, number) + 1
