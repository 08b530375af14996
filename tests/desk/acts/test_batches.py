"""Finance approves the night's payments as a whole, as they were seen, before the file can be fetched."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from desk import acts
from desk.acts import AlreadyPaid, Impossible, NotAllowed, Overtaken, Policy
from dossier.kinds import Kind
from dossier.reading import Part
from publishing.payments import Debtor
from records import audit, ledger
from records.models import PaymentBatch, PaymentInstruction
from tests.desk.acts.made import ADMIN, FINANCE, OFFICER, SUPERVISOR, Account, World, decided, seen

DEBTOR = Debtor("FINANCEUR D'EXEMPLE", "FR7630006000011234567890189", "")


def waiting(desk: World, count: int = 2):
    claims = [desk.comes("cipi", number) for number in range(1, count + 1)]
    desk.night()
    assert desk.batch() == []
    [shown] = acts.batches()
    return shown, claims


def test_no_night_writes_what_finance_has_not_approved(desk: World) -> None:
    shown, _ = waiting(desk)
    assert (shown.state, shown.payments, str(shown.total)) == ("waiting", 2, "3780.00")
    ledger.mark_released(desk.held(), shown.name)
    assert PaymentBatch.objects.get().state == "closed"
    with pytest.raises(Impossible, match="attend"):
        acts.fetch_batch(FINANCE, shown.name, DEBTOR)
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentBatch.objects.update(state="released")


def test_what_is_approved_can_be_fetched_and_is_the_same_each_time(desk: World) -> None:
    shown, _ = waiting(desk)
    for who in (OFFICER, SUPERVISOR, ADMIN):
        with pytest.raises(NotAllowed):
            acts.approve_batch(who, shown.name, shown.seal)
    acts.approve_batch(FINANCE, shown.name, shown.seal)
    with pytest.raises(NotAllowed):
        acts.fetch_batch(OFFICER, shown.name, DEBTOR)
    assert set(PaymentInstruction.objects.values_list("state", flat=True)) == {"prepared"}
    content = acts.fetch_batch(FINANCE, shown.name, DEBTOR)
    assert b"3780.00" in content
    assert acts.fetch_batch(FINANCE, shown.name, DEBTOR) == content
    assert set(PaymentInstruction.objects.values_list("state", flat=True)) == {"released"}
    assert acts.batches()[0].state == "released"
    with pytest.raises(Impossible, match="compte payeur"):
        acts.fetch_batch(FINANCE, shown.name, Debtor("AUTRE", "FR7630004000031234567890143", ""))
    with pytest.raises(Impossible):
        acts.withdraw_approval(FINANCE, shown.name, "trop tard")
    assert desk.batch() == []
    assert audit.broken_at() is None


def test_finance_approves_what_it_saw(desk: World) -> None:
    shown, claims = waiting(desk)
    acts.reopen(OFFICER, claims[0].id, 1, "une facture est arrivée par courrier")
    with pytest.raises(Overtaken):
        acts.approve_batch(FINANCE, shown.name, shown.seal)
    [left] = acts.batches()
    assert (left.payments, str(left.total)) == (1, "1890.00")
    acts.approve_batch(FINANCE, shown.name, left.seal)
    with pytest.raises(AlreadyPaid):
        acts.reopen(OFFICER, claims[1].id, 1, "trop tard")
    assert desk.night()["closed"] == 1


def test_new_facts_take_a_payment_out_of_a_batch_that_waits(desk: World) -> None:
    _, claims = waiting(desk, 1)
    other = Part((1,), Kind.OTHER, 0.9, {})
    desk.files(f"{claims[0].request}/{claims[0].id}/more.pdf", other)
    desk.night()
    assert acts.batches() == []
    assert decided(claims[0]).verdict == "pay"
    assert desk.batch() == []
    [again] = acts.batches()
    assert again.payments == 1


def test_an_approval_is_withdrawn_until_the_file_is_fetched(desk: World) -> None:
    shown, claims = waiting(desk)
    acts.approve_batch(FINANCE, shown.name, shown.seal)
    acts.withdraw_approval(FINANCE, shown.name, "le solde du compte ne suffit pas")
    assert acts.batches()[0].state == "waiting"
    acts.send_back_payment(FINANCE, shown.name, claims[0].id, "bénéficiaire en liquidation")
    assert decided(claims[0]).verdict == "review"
    assert acts.batches()[0].payments == 1
    with pytest.raises(Overtaken):
        acts.send_back_payment(FINANCE, shown.name, claims[0].id, "encore")
    acts.approve_batch(FINANCE, shown.name, acts.batches()[0].seal)
    assert b"1890.00" in acts.fetch_batch(FINANCE, shown.name, DEBTOR)
    assert acts.pay(OFFICER, claims[0].id, seen(claims[0])).decision.verdict == "pay"


def test_who_instructed_does_not_approve_the_batch(desk: World) -> None:
    both = Account("omar", ("officer", "finance"))
    claim = desk.comes("cipi", pieces={"certificate": {"hours": {"value": "70.00", "confidence": 0.4}}})
    desk.night()
    acts.pay(OFFICER, claim.id, 1)
    desk.batch()
    [shown] = acts.batches()
    with pytest.raises(NotAllowed, match="instruit"):
        acts.approve_batch(both, shown.name, shown.seal)
    acts.approve_batch(FINANCE, shown.name, shown.seal)


def test_a_policy_without_approval_leaves_the_night_as_it_was(desk: World) -> None:
    acts.change_policy(ADMIN, Policy(batches_approved=False))
    desk.comes()
    desk.night()
    [batch] = desk.batch()
    ledger.mark_released(desk.held(), batch.name)
    assert acts.batches()[0].state == "released"


def test_there_is_no_such_batch(desk: World) -> None:
    for ask in (
        lambda: acts.approve_batch(FINANCE, "SF-20260101-1", ""),
        lambda: acts.fetch_batch(FINANCE, "SF-20260101-1", DEBTOR),
        lambda: acts.batch_payments("../../etc/passwd"),
    ):
        with pytest.raises(Impossible, match="n’existe pas"):
            ask()
