"""People decide; nothing is paid that two of them should have seen; every act can be taken back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desk import acts
from desk.acts import AlreadyPaid, Impossible, NotAllowed, Overtaken, Policy
from desk.acts.policies import adopt
from dossier.kinds import Kind
from dossier.reading import Part
from records import audit, ledger
from records.models import Act, Approval, PayeeAccount, PaymentInstruction, QueueEntry
from tests.desk.acts.made import (
    ADMIN,
    FINANCE,
    OFFICER,
    OTHER,
    READER,
    SECOND,
    SUPERVISOR,
    World,
    decided,
    seen,
)
from tests.desk.acts.test_pieces import certificate_of, doubtful

LATE = {"drf": {"submitted_at": "2026-03-17T09:00:00", "granted_at": "2026-03-18T15:00:00"}}
"""The reservation was filed the day after the training began: rejected."""
OTHER_TITLE = {"certificate": {"training_title": "Soudure à l'arc"}}
"""A certificate of another training, surely read: a person must look, for a rule is broken."""


def rejected(world: World, number: int = 1):
    claim = world.comes("cipi", number, request=LATE)
    world.night()
    assert decided(claim).verdict == "reject"
    return claim


def broken(world: World, number: int = 1):
    claim = world.comes("cipi", number, pieces=OTHER_TITLE)
    world.night()
    assert [f.rule for f in decided(claim).findings if f.effect == "review"] == ["identity.title"]
    return claim


def test_a_doubt_that_an_officer_settles_is_paid_by_the_next_night(desk: World) -> None:
    claim = desk.comes("cipi", pieces={"certificate": {"hours": {"value": "70.00", "confidence": 0.4}}})
    desk.night()
    done = acts.pay(OFFICER, claim.id, 1)
    assert (done.decision.verdict, done.waits) == ("pay", False)
    assert desk.night()["closed"] == 1
    assert PaymentInstruction.objects.get().state == "prepared"


def test_a_broken_rule_that_is_paid_over_needs_a_second_person(desk: World) -> None:
    claim = broken(desk)
    done = acts.pay(SUPERVISOR, claim.id, 1, "intitulé commercial du même stage")
    assert (done.decision.verdict, done.waits, str(done.decision.amount)) == ("review", True, "1890.00")
    assert acts.claim_file(claim.id).waits == ("overruled",)
    assert desk.batch() == []
    assert QueueEntry.objects.get().waits_for == "approval"
    for who in (SUPERVISOR, OFFICER, FINANCE, READER, ADMIN):
        assert not acts.may(who, acts.Right.APPROVE, claim.id)
        with pytest.raises(NotAllowed):
            acts.approve(who, claim.id, done.version)
    assert acts.may(SECOND, acts.Right.APPROVE, claim.id)
    agreed = acts.approve(SECOND, claim.id, done.version)
    assert (agreed.decision.verdict, agreed.waits) == ("pay", False)
    assert not QueueEntry.objects.exists()
    assert [batch.name for batch in desk.batch()] == []  # finance has not approved it yet
    assert ledger.batches()[0].paid[0].claim == claim.id


def test_a_finding_is_overruled_as_it_reads_and_stands_again_when_it_reads_otherwise(desk: World) -> None:
    claim = rejected(desk)
    with pytest.raises(Impossible, match="motif"):
        acts.overrule(OFFICER, claim.id, 1, "drf.before_start", "  ")
    first = acts.overrule(OFFICER, claim.id, 1, "drf.before_start", "panne du portail ce jour-là")
    assert [f.rule for f in first.decision.findings if f.effect == "review"] == ["drf.not_too_late"]
    done = acts.overrule(OFFICER, claim.id, 2, "drf.not_too_late", "panne du portail ce jour-là")
    assert done.waits
    assert desk.night()["unchanged"] == 1
    assert desk.batch() == []
    assert acts.approve(SUPERVISOR, claim.id, done.version).decision.verdict == "pay"
    reopened = acts.reopen(OFFICER, claim.id, 4, "autre certificat reçu")
    assert reopened.decision.verdict == "review"
    at = certificate_of(claim)
    changed = acts.correct_value(OFFICER, claim.id, 5, at, "start_date", "10/03/2026")
    assert "drf.before_start" in [f.rule for f in changed.decision.findings if f.effect == "reject"]
    with pytest.raises(Impossible, match="s’y oppose"):
        acts.pay(OFFICER, claim.id, changed.version)


def test_a_reduction_and_our_own_findings_can_not_be_set_aside(desk: World) -> None:
    claim = desk.comes("cipi", pieces={"certificate": {"hours": "60.00"}})
    desk.night()
    with pytest.raises(Impossible):
        acts.overrule(OFFICER, claim.id, 1, "hours.evidenced", "non")
    other = broken(desk, 2)
    waiting = acts.pay(OFFICER, other.id, 1)
    with pytest.raises(Impossible):
        acts.overrule(OFFICER, other.id, waiting.version, "desk.second_person", "non")


def test_an_amount_above_the_policys_waits_also_when_no_person_touched_it(world: World) -> None:
    adopt("mise en service", Policy(second_person_above=Decimal("1000.00")))
    claim = world.comes()
    world.night()
    assert (decided(claim).verdict, acts.claim_file(claim.id).waits) == ("review", ("amount",))
    assert acts.approve(SUPERVISOR, claim.id, 1).decision.verdict == "pay"


def test_an_amount_of_just_the_policys_does_not_wait(world: World) -> None:
    adopt("mise en service", Policy(second_person_above=Decimal("1890.00")))
    claim = world.comes()
    world.night()
    assert decided(claim).verdict == "pay"


def test_changed_bank_details_wait_and_are_trusted_when_two_people_agreed(desk: World) -> None:
    first = desk.comes()
    desk.night()
    assert decided(first).verdict == "pay"
    changed = desk.comes("cipi", 2, request={"employer": {"iban": "FR7630004000031234567890143"}})
    desk.night()
    assert acts.claim_file(changed.id).waits == ("account",)
    done = acts.approve(SUPERVISOR, changed.id, 1, "confirmé par téléphone")
    assert PayeeAccount.objects.get(iban__endswith="0143").trusted_by == "sarah"
    undone = acts.undo(SUPERVISOR, changed.id, done.version, done.act)
    assert undone.waits
    assert not PayeeAccount.objects.get(iban__endswith="0143").trusted
    acts.approve(SUPERVISOR, changed.id, undone.version)
    third = desk.comes("cipi", 3, request={"employer": {"iban": "FR7630004000031234567890143"}})
    desk.night()
    assert decided(third).verdict == "pay"


def test_without_a_desk_nothing_waits_for_anybody(world: World) -> None:
    first = world.comes()
    second = world.comes("cipi", 2, request={"employer": {"iban": "FR7630004000031234567890143"}})
    world.night()
    assert decided(first).verdict == decided(second).verdict == "pay"
    [batch] = world.batch()
    assert len(batch.paid) == 2
    ledger.mark_released(world.held(), batch.name)
    assert set(PaymentInstruction.objects.values_list("state", flat=True)) == {"released"}


def test_the_second_person_may_not_agree(desk: World) -> None:
    claim = broken(desk)
    waiting = acts.pay(OFFICER, claim.id, 1)
    back = acts.send_back(SUPERVISOR, claim.id, waiting.version, "demander le programme")
    assert (back.decision.verdict, back.waits) == ("review", False)
    assert "desk.sent_back" in [f.rule for f in back.decision.findings]
    undone = acts.undo(SUPERVISOR, claim.id, back.version, back.act)
    assert undone.waits
    with pytest.raises(NotAllowed):
        acts.send_back(OFFICER, claim.id, undone.version, "non")
    assert acts.approve(SECOND, claim.id, undone.version).decision.verdict == "pay"


def test_a_piece_that_is_asked_for_makes_the_claim_incomplete_until_something_comes(desk: World) -> None:
    claim = doubtful(desk)
    asked = acts.ask_for_piece(OFFICER, claim.id, 1, Kind.ATTENDANCE_SHEET, "Merci d’envoyer les feuilles.")
    assert (asked.decision.verdict, str(asked.decision.amount)) == ("incomplete", "0.00")
    assert desk.night()["unchanged"] == 1
    desk.files(f"{claim.request}/{claim.id}/more.pdf", Part((1,), Kind.OTHER, 0.9, {}))
    desk.night()
    assert decided(claim).verdict == "review"
    again = acts.undo(OFFICER, claim.id, seen(claim), asked.act)
    assert again.decision.verdict == "review"


def test_a_rejection_has_its_motives_and_closes_the_claim(desk: World) -> None:
    claim = doubtful(desk)
    with pytest.raises(Impossible, match="motif"):
        acts.reject(OFFICER, claim.id, 1)
    done = acts.reject(OFFICER, claim.id, 1, ["Le certificat n’est pas celui du stagiaire."])
    assert done.decision.verdict == "reject"
    assert [f.message for f in done.decision.findings if f.effect == "reject"] == [
        "Le certificat n’est pas celui du stagiaire."
    ]
    assert desk.night()["closed"] == 1
    with pytest.raises(Impossible, match="déjà décidée"):
        acts.pay(OFFICER, claim.id, 2)
    with pytest.raises(NotAllowed):
        acts.undo(OTHER, claim.id, 2, done.act)
    undone = acts.undo(OFFICER, claim.id, 2, done.act)
    assert undone.decision.verdict == "review"
    with pytest.raises(Impossible, match="déjà annulé"):
        acts.undo(OFFICER, claim.id, 3, done.act)
    again = acts.reject(OFFICER, claim.id, 3, ["Motif."])
    assert acts.undo(SUPERVISOR, claim.id, 4, again.act).decision.verdict == "review"
    assert audit.broken_at() is None


def test_an_automatic_rejection_waits_for_a_person_to_validate_it(desk: World) -> None:
    claim = rejected(desk)
    assert QueueEntry.objects.get().waits_for == "validation"
    done = acts.reject(OFFICER, claim.id, 1)
    assert done.decision.verdict == "reject"
    assert not QueueEntry.objects.exists()


def test_a_sentence_of_the_letter_is_put_right_and_keeps_its_rule(desk: World) -> None:
    from dossier.rulings import finding_key

    claim = rejected(desk)
    stood = [f for f in decided(claim).findings if f.effect == "reject"]
    said = "La formation a commencé avant la demande de réservation de fonds."
    sentences = {finding_key(stood[0]): said, "another": "Ne se trouve pas."}
    with pytest.raises(Impossible, match="1000"):
        acts.reject(OFFICER, claim.id, 1, [], {finding_key(stood[0]): "x" * 1001})
    done = acts.reject(OFFICER, claim.id, 1, [], sentences)
    now = [f for f in done.decision.findings if f.effect == "reject"]
    assert [f.message for f in now] == [said, *(f.message for f in stood[1:])]
    assert [(f.rule, f.source) for f in now] == [(f.rule, f.source) for f in stood]
    act = Act.objects.get(pk=done.act)
    assert (act.before["motives"], act.after["motives"]) == ([stood[0].message], [said])
    undone = acts.undo(OFFICER, claim.id, 2, done.act)
    assert [f.message for f in undone.decision.findings if f.effect == "reject"] == [f.message for f in stood]


def test_letters_go_out_validated_when_a_person_rejected_or_the_policy_lets_them(
    world: World, tmp_path
) -> None:
    from types import SimpleNamespace

    from flows.publishing import _letters, _rows

    claim = rejected(world)

    def letters(folder: str) -> list[str]:
        (tmp_path / folder).mkdir()
        night = SimpleNamespace(settings=SimpleNamespace(out=tmp_path / folder), file=world.file())
        _letters(night, _rows(night))  # type: ignore[arg-type]
        return [path.name for path in (tmp_path / folder / "letters").iterdir()]

    draft, final = [f"{claim.id}-rejet-projet.pdf"], [f"{claim.id}-rejet.pdf"]
    assert letters("no desk") == draft
    adopt("mise en service")
    assert letters("validation wanted") == draft
    acts.change_policy(ADMIN, Policy(rejections_validated=False))
    assert not QueueEntry.objects.exists()
    assert letters("freely") == final
    acts.change_policy(ADMIN, Policy())
    acts.reject(OFFICER, claim.id, 1)
    assert letters("validated") == final


def test_only_an_administrator_changes_the_policy(desk: World) -> None:
    for who in (READER, OFFICER, SUPERVISOR, FINANCE):
        with pytest.raises(NotAllowed):
            acts.change_policy(who, Policy(second_person_above=None))
    acts.change_policy(ADMIN, Policy(second_person_above=None))
    assert acts.policy() == Policy(second_person_above=None)


def test_a_payment_is_undone_until_it_is_fixed(world: World) -> None:
    claim = world.comes("cipi", pieces={"certificate": {"hours": {"value": "70.00", "confidence": 0.4}}})
    world.night()
    done = acts.pay(OFFICER, claim.id, 1)
    undone = acts.undo(OFFICER, claim.id, 2, done.act)
    assert undone.decision.verdict == "review"
    assert PaymentInstruction.objects.get().state == "withdrawn"
    again = acts.pay(OFFICER, claim.id, 3)
    world.batch()
    with pytest.raises(AlreadyPaid):
        acts.undo(OFFICER, claim.id, 4, again.act)
    with pytest.raises(AlreadyPaid):
        acts.reopen(OFFICER, claim.id, 4, "erreur")


def test_what_a_decision_rests_on_is_undone_after_it(desk: World) -> None:
    claim = broken(desk)
    fixed = acts.correct_value(
        OFFICER, claim.id, 1, certificate_of(claim), "provider_name", "ALPHA FORMATION"
    )
    paid = acts.pay(OFFICER, claim.id, fixed.version)
    agreed = acts.approve(SUPERVISOR, claim.id, paid.version)
    with pytest.raises(Impossible, match="déjà décidée"):
        acts.undo(OFFICER, claim.id, agreed.version, fixed.act)
    with pytest.raises(Impossible, match="plus celle"):
        acts.undo(OFFICER, claim.id, agreed.version, paid.act)
    back = acts.undo(SUPERVISOR, claim.id, agreed.version, agreed.act)
    assert back.waits
    history = {one.act: one for one in acts.claim_file(claim.id).history if one.act}
    assert history[agreed.act].undone
    assert not history[fixed.act].undone


def test_who_corrected_does_not_approve_and_may_once_it_is_undone(desk: World) -> None:
    claim = broken(desk)
    fixed = acts.correct_value(
        SUPERVISOR, claim.id, 1, certificate_of(claim), "provider_name", "Alpha formation"
    )
    paid = acts.pay(OFFICER, claim.id, fixed.version)
    with pytest.raises(NotAllowed, match="instruit"):
        acts.approve(SUPERVISOR, claim.id, paid.version)
    assert Approval.objects.get(state="waiting").instructed_by == ["omar", "sarah"]
    cleared = acts.undo(SUPERVISOR, claim.id, paid.version, fixed.act)
    again = acts.pay(OFFICER, claim.id, cleared.version)
    assert acts.approve(SUPERVISOR, claim.id, again.version).decision.verdict == "pay"


def test_two_officers_on_one_claim(desk: World) -> None:
    claim = doubtful(desk)
    acts.ask_for_piece(OFFICER, claim.id, 1, Kind.INVOICE, "La facture, s’il vous plaît.")
    for late in (
        lambda: acts.reject(OTHER, claim.id, 1, ["non"]),
        lambda: acts.pay(OTHER, claim.id, 1),
        lambda: acts.overrule(OTHER, claim.id, 1, "reading.uncertain", "vu"),
        lambda: acts.reopen(OTHER, claim.id, 1, "vu"),
        lambda: acts.undo(OTHER, claim.id, 1, 1),
    ):
        with pytest.raises(Overtaken):
            late()


def test_a_claim_is_taken_by_one(desk: World) -> None:
    claim = doubtful(desk)
    assert acts.next_claim(OFFICER) == claim.id
    acts.take(OFFICER, claim.id)
    with pytest.raises(NotAllowed, match="omar"):
        acts.take(OTHER, claim.id)
    with pytest.raises(NotAllowed):
        acts.let_go(OTHER, claim.id)
    with pytest.raises(NotAllowed):
        acts.reject(OTHER, claim.id, 1, ["non"])
    assert acts.next_claim(OTHER) is None
    acts.take(SUPERVISOR, claim.id, "odile")
    assert acts.claim_file(claim.id).assignee == "odile"
    desk.files(f"{claim.request}/{claim.id}/more.pdf", Part((1,), Kind.OTHER, 0.9, {}))
    desk.night()
    assert QueueEntry.objects.get().assignee == "odile"
    acts.let_go(OTHER, claim.id)
    assert acts.next_claim(OFFICER) == claim.id


def test_an_inactive_account_does_nothing(desk: World) -> None:
    from tests.desk.acts.made import Account

    claim = doubtful(desk)
    gone = Account("omar", ("officer", "supervisor"), is_active=False)
    assert not acts.may(gone, acts.Right.SEE)
    with pytest.raises(NotAllowed):
        acts.reject(gone, claim.id, 1, ["non"])


def test_nothing_is_paid_while_a_file_of_the_claim_is_unread(desk: World) -> None:
    from records import intake
    from records.store import StoredFile

    claim = doubtful(desk)
    intake.register(desk.held(), [(StoredFile(f"{claim.request}/{claim.id}/late.pdf", 3, "e"), "f" * 64)])
    done = acts.correct_value(OFFICER, claim.id, 1, certificate_of(claim), "hours", "70")
    assert done.decision.verdict == "review"
    with pytest.raises(Impossible, match="pas encore été lu"):
        acts.pay(OFFICER, claim.id, 2)
