"""Undo what was done, until it is paid. What was undone stays on the chain, and so does its undoing."""

from __future__ import annotations

from django.utils import timezone

from desk.acts.deed import Deed, Done, Impossible, decide_again, deed, done
from desk.acts.people import NotAllowed, Person, Right, may
from dossier.json_form import decision_of
from records import acts, decisions, foureyes, near
from records.foureyes import ACCOUNT
from records.models import Act, ActKind, Approval, DecisionRow, Overlay, PayeeAccount
from records.models.acts import DECIDING, LAID_OVER

ON_WHAT_WAITED = (ActKind.APPROVE, ActKind.SEND_BACK)


def undo(user: Person, claim: str, seen: int, act: int, motive: str = "") -> Done:
    """Undo an act, one's own or as supervisor another's, until the payment is released.

    A decision is undone while it stands, and before what it rests on: corrections below a decision wait until
    that is undone. What then stands follows from the rules, or is the payment that waited for approval.
    """
    right = Right.APPROVE if _is_approval(act) else Right.INSTRUCT
    with deed(user, Right.SEE, claim, seen) as under_way:
        done_before = _to_be_undone(act, under_way)
        own = done_before.actor == under_way.user
        if not (own and may(user, right)) and not may(user, Right.ASSIGN):
            raise NotAllowed("Vous ne pouvez annuler que ce que vous avez fait.")
        if done_before.kind in DECIDING:
            if under_way.row.act_id != done_before.pk:
                raise Impossible("Cette décision n’est plus celle qui vaut.")
        else:
            under_way.must_be_open()
        undoing = acts.write(
            under_way.user,
            ActKind.UNDO,
            claim=claim,
            request=under_way.request,
            target={"act": done_before.pk, "kind": str(done_before.kind)},
            before=done_before.after,
            after=done_before.before,
            motive=motive,
            seen=seen,
            undoes=done_before,
        )
        Overlay.objects.filter(act=done_before).update(active=False)
        waited = _what_waited(done_before)
        if waited is not None and _same_facts(under_way, waited):
            _wait_again(undoing, under_way, waited)
        else:
            decide_again(undoing, under_way.request, claim)
        return done(undoing, claim)


def _is_approval(act: int) -> bool:
    return Act.objects.filter(pk=act, kind__in=ON_WHAT_WAITED).exists()


def _to_be_undone(act: int, under_way: Deed) -> Act:
    """The act, of this claim or on a file of its request. Raises `Impossible`."""
    found = Act.objects.filter(pk=act, kind__in=(*LAID_OVER, *DECIDING)).exclude(kind=ActKind.ATTACH).first()
    if found is None:
        raise Impossible("Cet acte ne s’annule pas.")
    on_file = found.target.get("sha256") in near.digests_of(under_way.claim)
    if found.claim != under_way.claim and not on_file:
        raise Impossible("Cet acte ne porte pas sur cette demande.")
    if Act.objects.filter(undoes=found).exists():
        raise Impossible("Cet acte est déjà annulé.")
    return found


def _what_waited(act: Act) -> Approval | None:
    """What waited for the second person when they agreed or not; no longer settled, now that it is undone."""
    if act.kind not in ON_WHAT_WAITED or act.seen is None:
        return None
    approval = Approval.objects.filter(decision__claim=act.claim, decision__version=act.seen).first()
    if approval is not None and act.kind == ActKind.APPROVE and ACCOUNT in approval.reasons:
        payee = decision_of(approval.decision.data).payee
        PayeeAccount.objects.filter(siret=payee.siret, iban=payee.iban, trusted_by=act.actor).update(
            trusted=False, trusted_by=""
        )
    return approval


def _same_facts(under_way: Deed, waited: Approval) -> bool:
    """Nothing came between that bears on the claim: what waited may wait again."""
    return under_way.row.version == waited.decision.version + 1


def _wait_again(undoing: Act, under_way: Deed, waited: Approval) -> None:
    before: DecisionRow = waited.decision
    decisions.record_by_person(
        foureyes.agreed(decision_of(before.data)),
        under_way.user,
        undoing.motive or "Annulation",
        timezone.localdate(),
        under_way.seen,
        act=undoing,
        waits=tuple(waited.reasons),
        hands=tuple(waited.instructed_by),
    )
