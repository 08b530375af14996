"""One decision for the same facts, one payment for a claim, whatever runs twice, at once or dies."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
import threading
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from dossier.decision import Decision, Verdict
from dossier.quantities import Minutes
from records import audit, decisions, ledger
from records.decisions import Origin, Overtaken
from records.ledger import AlreadyPaid
from records.models import AuditEntry, DecisionRow, PaymentBatch, PaymentInstruction
from records.models.appended import AppendOnlyError
from records.setup import own_connection
from tests.publishing.made_dossiers import a_claim, a_decision, a_request
from tests.records.made import NIGHT, held

pytestmark = pytest.mark.usefixtures("database")

ORIGIN = Origin(rules="r" * 64, software="0.1.0", as_of=NIGHT)


def a_paid_one(claim: str = "R1-1", hours: int = 70) -> Decision:
    request = a_request(random.Random(1), "R1")
    return a_decision(request, a_claim(request, claim, Minutes(hours * 60)), Verdict.PAY)


def turned(decision: Decision, verdict: Verdict) -> Decision:
    return dataclasses.replace(decision, verdict=verdict, amount=Decimal("0.00"))


def test_the_same_facts_decide_once() -> None:
    night = held()
    assert decisions.record(night, a_paid_one(), "facts", ORIGIN) is not None
    assert decisions.record(night, a_paid_one(), "facts", ORIGIN) is None
    assert DecisionRow.objects.count() == PaymentInstruction.objects.count() == 1


def test_the_tables_themselves_take_no_second_decision_and_no_second_payment() -> None:
    night = held()
    row = decisions.record(night, a_paid_one(), "facts", ORIGIN)
    assert row is not None
    again = {field.name: getattr(row, field.name) for field in DecisionRow._meta.fields if field.name != "id"}
    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionRow.objects.create(**again)
    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionRow.objects.create(**{**again, "version": 2})
    payment = {"request_ref": "R1", "amount": Decimal("1.00"), "decision": row}
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentInstruction.objects.create(key=ledger.key_for("R1-1"), claim="another", **payment)
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentInstruction.objects.create(key="another", claim="R1-1", **payment)
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentInstruction.objects.create(key="k", claim="c", **{**payment, "amount": Decimal("0.00")})


def test_two_that_decide_at_once_decide_once() -> None:
    night = held()
    start = threading.Barrier(4)
    ends: list[str] = []

    def decide() -> None:
        with own_connection():
            start.wait()
            ends.append("no" if decisions.record(night, a_paid_one(), "facts", ORIGIN) is None else "yes")

    threads = [threading.Thread(target=decide) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(ends) == ["no", "no", "no", "yes"]
    assert DecisionRow.objects.count() == PaymentInstruction.objects.count() == 1
    assert audit.broken_at() is None


def test_new_facts_change_a_payment_that_is_not_fixed_yet() -> None:
    night = held()
    decisions.record(night, a_paid_one(hours=70), "facts", ORIGIN)
    decisions.record(night, a_paid_one(hours=35), "other facts", ORIGIN)
    decisions.record(night, turned(a_paid_one(), Verdict.REVIEW), "doubt", ORIGIN)
    assert PaymentInstruction.objects.get().state == "withdrawn"
    decisions.record(night, a_paid_one(hours=35), "other facts", ORIGIN)
    [batch] = ledger.close_batch(night)
    assert [decision.amount for decision in batch.paid] == [Decimal("945.00")]
    assert [row.version for row in DecisionRow.objects.all()] == [1, 2, 3, 4]


def test_what_is_fixed_in_a_batch_is_closed_to_every_later_decision() -> None:
    night = held()
    decisions.record(night, a_paid_one(), "facts", ORIGIN)
    ledger.close_batch(night)
    assert decisions.record(night, a_paid_one(hours=90), "other facts", ORIGIN) is None
    for verdict in (Verdict.PAY, Verdict.REJECT):
        decision = a_paid_one() if verdict is Verdict.PAY else turned(a_paid_one(), verdict)
        with pytest.raises(AlreadyPaid):
            decisions.record_by_person(decision, "agent", "erreur", NIGHT, after=1)
    assert DecisionRow.objects.count() == 1


def test_a_batch_is_the_same_however_often_it_is_asked_for() -> None:
    night = held()
    decisions.record(night, a_paid_one("R1-1"), "one", ORIGIN)
    decisions.record(night, a_paid_one("R1-2"), "two", ORIGIN)
    first = ledger.close_batch(night)
    again = ledger.close_batch(held())
    assert first == again
    ledger.mark_released(held(), first[0].name)
    ledger.mark_released(held(), first[0].name)
    assert ledger.close_batch(held()) == first
    assert [(b.name, len(b.paid)) for b in ledger.batches()] == [("SF-20260504-1", 2)]
    assert AuditEntry.objects.filter(action="batch.released").count() == 1


def test_a_batch_that_a_dead_night_did_not_release_goes_out_with_the_next() -> None:
    dead = held()
    decisions.record(dead, a_paid_one("R1-1"), "one", ORIGIN)
    ledger.close_batch(dead)
    tomorrow = held(NIGHT + dt.timedelta(days=1))
    decisions.record(tomorrow, a_paid_one("R1-2"), "two", ORIGIN)
    names = [batch.name for batch in ledger.close_batch(tomorrow)]
    assert names == ["SF-20260504-1", "SF-20260505-1"]
    for name in names:
        ledger.mark_released(tomorrow, name)
    assert [batch.name for batch in ledger.close_batch(tomorrow)] == ["SF-20260505-1"]
    assert set(PaymentInstruction.objects.values_list("state", flat=True)) == {"released"}


def test_later_payments_of_the_same_date_make_a_batch_of_their_own() -> None:
    night = held()
    decisions.record(night, a_paid_one("R1-1"), "one", ORIGIN)
    for batch in ledger.close_batch(night):
        ledger.mark_released(night, batch.name)
    decisions.record(night, a_paid_one("R1-2"), "two", ORIGIN)
    assert [(b.name, [d.claim for d in b.paid]) for b in ledger.close_batch(night)] == [
        ("SF-20260504-2", ["R1-2"])
    ]
    assert PaymentBatch.objects.count() == 2


def test_a_person_decides_after_what_they_saw_and_the_machine_never_after_them() -> None:
    night = held()
    decisions.record(night, turned(a_paid_one(), Verdict.REVIEW), "facts", ORIGIN)
    with pytest.raises(ValueError, match="motive"):
        decisions.record_by_person(a_paid_one(), "agent", " ", NIGHT, after=1)
    with pytest.raises(Overtaken):
        decisions.record_by_person(a_paid_one(), "agent", "vu", NIGHT, after=0)
    decisions.record_by_person(turned(a_paid_one(), Verdict.REJECT), "agent", "vu", NIGHT, after=1)
    assert decisions.standings()["R1-1"].closed
    assert decisions.record(night, a_paid_one(), "other facts", ORIGIN) is None


def test_rows_that_are_written_once_are_not_written_again() -> None:
    row = decisions.record(held(), a_paid_one(), "facts", ORIGIN)
    assert row is not None
    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(AppendOnlyError):
        row.delete()
