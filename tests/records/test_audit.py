"""What is changed, removed, put in or cut off in the chain shows."""

from __future__ import annotations

import pytest
from django.db import transaction

from records import audit
from records.models import AuditEntry, AuditHead

pytestmark = pytest.mark.usefixtures("database")


def a_chain() -> None:
    for number in range(1, 6):
        audit.append("", "claim.decided", f"R1-{number}", {"amount": "10.00"})


def test_a_chain_holds_from_its_start_to_its_end() -> None:
    assert audit.broken_at() is None
    a_chain()
    assert audit.broken_at() is None
    assert [entry.number for entry in AuditEntry.objects.all()] == [1, 2, 3, 4, 5]


def test_a_changed_entry_shows() -> None:
    a_chain()
    AuditEntry.objects.filter(number=3).update(details={"amount": "99.00"})
    assert audit.broken_at() == 3


def test_a_removed_entry_shows() -> None:
    a_chain()
    AuditEntry.objects.filter(number=2).delete()
    assert audit.broken_at() == 2


def test_an_end_cut_off_shows() -> None:
    a_chain()
    AuditEntry.objects.filter(number=5).delete()
    assert audit.broken_at() == 5
    AuditEntry.objects.all().delete()
    assert audit.broken_at() == 1
    AuditHead.objects.all().delete()
    assert audit.broken_at() is None


def test_an_entry_made_up_at_the_end_shows() -> None:
    a_chain()
    last = AuditEntry.objects.get(number=5)
    made_up = AuditEntry(
        number=6, at=last.at, actor="x", action="y", subject="z", details={}, previous=last.digest
    )
    made_up.digest = audit.digest_of(made_up)
    made_up.save()
    assert audit.broken_at() == 6


def test_what_is_rolled_back_leaves_no_gap() -> None:
    a_chain()
    with pytest.raises(RuntimeError), transaction.atomic():
        audit.append("", "claim.decided", "R1-6", {})
        raise RuntimeError
    audit.append("", "claim.decided", "R1-7", {})
    assert audit.broken_at() is None
    assert AuditEntry.objects.count() == 6
