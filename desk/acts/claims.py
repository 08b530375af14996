"""Decide a claim: set a finding aside, ask for a piece, reject, pay, take up again; and the second person."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from django.utils import timezone

from desk.acts.deed import FILE_WAITING, Deed, Done, Impossible, decide_again, deed, done
from desk.acts.people import Person, Right, hands_on
from dossier.decision import Decision, Effect, Finding, Outcome, Verdict
from dossier.kinds import Kind
from dossier.rulings import finding_key
from publishing.payments import unpayable
from records import acts, decisions, foureyes, near, policy
from records.foureyes import ACCOUNT, SECOND_PERSON
from records.models import Act, ActKind, ApprovalState, Overlay
from validators.ruled import BY_A_PERSON, FIRM, REOPENED, SET_ASIDE, with_verdict

REJECTED = "desk.rejected"
SENT_BACK = "desk.sent_back"
OURS_PREFIX = "desk."
TO_BE_LOOKED_AT = frozenset({"reading.uncertain", "sample.reinforced"})
"""Rules that ask for a person's look and for nothing else: who looks sets nothing aside."""
LOOKED_AT = "Vu par une personne. "
LONGEST_MOTIVE = 1000
DECISIVE = frozenset({Effect.REJECT, Effect.REDUCE})
"""Effects whose findings are the motives of a rejection's letter."""
_AS_IT_IS: Mapping[str, str] = {}


def overrule(user: Person, claim: str, seen: int, rule: str, motive: str) -> Done:
    """Set the finding of ``rule`` aside, as it now reads, with a motive. A second person must agree.

    `Impossible` for a reduction: its facts are corrected instead. Another finding of the same rule, from
    other facts, stands again.
    """
    why = _said(motive)
    with deed(user, Right.INSTRUCT, claim, seen) as under_way:
        under_way.must_be_open()
        found = [one for one in under_way.decision.findings if one.rule == rule and one.effect in FIRM]
        if not found or rule.startswith(OURS_PREFIX) or rule == "payment.impossible":
            raise Impossible("Ce constat ne peut pas être écarté.")
        finding = found[0]
        before = {"effect": finding.effect.value, "message": finding.message, "found": finding.found}
        value = {"rule": rule, "finding": finding_key(finding)}
        return _ruled(under_way, ActKind.OVERRULE, {"rule": rule}, before, value, why)


def ask_for_piece(user: Person, claim: str, seen: int, kind: Kind, wording: str) -> Done:
    """Ask for a piece: the claim is incomplete until something new comes, and a letter goes out."""
    why = _said(wording)
    with deed(user, Right.INSTRUCT, claim, seen) as under_way:
        under_way.must_be_open()
        value = {"kind": kind.value, "wording": why, "files": _digests(under_way)}
        before = {"verdict": under_way.decision.verdict.value}
        return _ruled(under_way, ActKind.ASK, {"kind": kind.value}, before, value, why)


def reopen(user: Person, claim: str, seen: int, motive: str) -> Done:
    """Take a decided claim up again: it stands in review until a person decides."""
    why = _said(motive)
    with deed(user, Right.INSTRUCT, claim, seen) as under_way:
        if under_way.decision.verdict not in decisions.FINAL:
            raise Impossible("Cette demande n’est pas décidée : il n’y a rien à rouvrir.")
        before = {"verdict": under_way.decision.verdict.value, "amount": str(under_way.decision.amount)}
        return _ruled(under_way, ActKind.REOPEN, {}, before, {"motive": why}, why)


def reject(
    user: Person, claim: str, seen: int, motives: Sequence[str] = (), reworded: Mapping[str, str] = _AS_IT_IS
) -> Done:
    """Reject, each motive a sentence of the letter. Without motives: validate the rejection that stands.

    ``reworded``: by `finding_key`, the sentence that the letter says in place of a finding's own; the
    finding keeps its rule and source.
    """
    said = [_said(motive) for motive in motives if motive.strip()]
    with deed(user, Right.INSTRUCT, claim, seen) as under_way:
        under_way.must_be_open()
        stands = under_way.decision
        if not said and stands.verdict is not Verdict.REJECT:
            raise Impossible("Indiquez au moins un motif de rejet.")
        # a motive of a letter is a finding that rejects: only those that the person gives, or that rejected
        found = _own_findings(stands)
        kept = [_no_longer_open(_reworded(finding, reworded)) for finding in found]
        added = [Finding(REJECTED, Effect.REJECT, motive, BY_A_PERSON) for motive in said]
        decision = with_verdict(dataclasses.replace(stands, findings=(*kept, *added)), Verdict.REJECT)
        motive = " ".join(said) or "Rejet validé"
        changed = [(old.message, new.message) for old, new in zip(found, kept, strict=True)]
        changed = [(old, new) for old, new in changed if old != new]
        return _decided(under_way, ActKind.REJECT, decision, motive, reworded=changed)


def pay(user: Person, claim: str, seen: int, motive: str = "") -> Done:
    """Approve the amount proposed. Waits for a second person where the policy says so.

    `Impossible` while a finding rejects, or says that a piece is missing: it is overruled or settled first.
    """
    with deed(user, Right.INSTRUCT, claim, seen) as under_way:
        under_way.must_be_open()
        stands = under_way.decision
        _must_be_payable(under_way)
        kept = tuple(_looked_at(finding) for finding in _own_findings(stands))
        decision = with_verdict(dataclasses.replace(stands, findings=kept), Verdict.PAY)
        waits = foureyes.reasons(decision, policy.current(), overruled=_sets_aside(stands))
        return _decided(under_way, ActKind.PAY, decision, motive.strip() or "Montant proposé approuvé", waits)


def approve(user: Person, claim: str, seen: int, motive: str = "") -> Done:
    """The second person agrees: the payment is prepared for the next batch."""
    with deed(user, Right.APPROVE, claim, seen) as under_way:
        approval = foureyes.waiting(under_way.row)
        if approval is None:
            raise Impossible("Cette demande n’attend l’accord de personne.")
        decision = foureyes.agreed(under_way.decision)
        problem = unpayable(decision)
        if problem is not None:
            raise Impossible(f"Le virement ne peut pas être émis : {problem}.")
        approval.state, approval.by = ApprovalState.APPROVED, under_way.user
        approval.save(update_fields=["state", "by"])
        if ACCOUNT in approval.reasons:
            foureyes.trust(decision.payee, under_way.user)
        return _decided(
            under_way, ActKind.APPROVE, decision, motive.strip() or "Accord de la seconde personne"
        )


def send_back(user: Person, claim: str, seen: int, motive: str) -> Done:
    """The second person does not agree: the claim goes back to review."""
    why = _said(motive)
    with deed(user, Right.APPROVE, claim, seen) as under_way:
        approval = foureyes.waiting(under_way.row)
        if approval is None:
            raise Impossible("Cette demande n’attend l’accord de personne.")
        approval.state, approval.by = ApprovalState.SENT_BACK, under_way.user
        approval.save(update_fields=["state", "by"])
        said = Finding(SENT_BACK, Effect.REVIEW, f"Renvoyée par la seconde personne : {why}", BY_A_PERSON)
        kept = _own_findings(under_way.decision)
        decision = with_verdict(
            dataclasses.replace(under_way.decision, findings=(*kept, said)), Verdict.REVIEW
        )
        return _decided(under_way, ActKind.SEND_BACK, decision, why)


def _said(motive: str) -> str:
    text = " ".join(motive.split())
    if not text:
        raise Impossible("Indiquez un motif.")
    if len(text) > LONGEST_MOTIVE:
        raise Impossible(f"Ce motif dépasse {LONGEST_MOTIVE} caractères.")
    return text


def _reworded(finding: Finding, sentences: Mapping[str, str]) -> Finding:
    said = sentences.get(finding_key(finding))
    if said is None or finding.effect not in DECISIVE or " ".join(said.split()) == finding.message:
        return finding
    return dataclasses.replace(finding, message=_said(said))


def _digests(under_way: Deed) -> list[str]:
    laid_out, claims = near.own_files(under_way.request)
    return sorted(filed.sha256 for filed in laid_out.of_claim(claims[under_way.claim]))


def _must_be_payable(under_way: Deed) -> None:
    decision = under_way.decision
    if foureyes.waiting(under_way.row) is not None:
        raise Impossible("Ce paiement attend déjà l’accord d’une seconde personne.")
    if decision.verdict is not Verdict.REVIEW:
        raise Impossible("Aucun paiement n’est proposé pour cette demande.")
    firm = [finding for finding in decision.findings if finding.effect in (Effect.REJECT, Effect.MISSING)]
    if firm:
        raise Impossible(f"Un constat s’y oppose, à régler ou à écarter d’abord : {firm[0].message}")
    if any(finding.rule == FILE_WAITING for finding in decision.findings):
        raise Impossible("Un fichier de cette demande n’a pas encore été lu : il le sera cette nuit.")
    problem = unpayable(decision) if decision.amount > 0 else "le montant proposé est nul"
    if problem is not None:
        raise Impossible(f"Le virement ne peut pas être émis : {problem}.")


def _own_findings(decision: Decision) -> list[Finding]:
    """The findings without those that only say what the claim waited for."""
    passing = (SECOND_PERSON, REOPENED, SENT_BACK)
    return [finding for finding in decision.findings if finding.rule not in passing]


def _no_longer_open(finding: Finding) -> Finding:
    """A finding to be looked at, or a piece to be asked for, has no object once a person decided."""
    open_ = finding.effect in (Effect.REVIEW, Effect.MISSING)
    return dataclasses.replace(finding, effect=Effect.INFORM) if open_ else finding


def _looked_at(finding: Finding) -> Finding:
    if finding.effect is not Effect.REVIEW:
        return finding
    return dataclasses.replace(finding, effect=Effect.INFORM, message=LOOKED_AT + finding.message)


def _sets_aside(decision: Decision) -> bool:
    """Whether to pay is to set a finding aside: one that was overruled, or a rule surely broken whose own
    effect is that a person looks. A doubt that a person settled by looking is none.
    """
    if any(finding.message.startswith(SET_ASIDE) for finding in decision.findings):
        return True
    broken = {
        check.rule
        for check in decision.checks
        if check.outcome is Outcome.BROKEN and check.effect is Effect.REVIEW
    }
    return any(
        finding.effect is Effect.REVIEW and finding.rule in broken - TO_BE_LOOKED_AT
        for finding in decision.findings
    )


def _ruled(
    under_way: Deed,
    kind: ActKind,
    target: Mapping[str, str],
    before: Mapping[str, str],
    value: Mapping[str, object],
    motive: str,
) -> Done:
    """A ruling: it bears on every later decision, the first of which is made at once."""
    act = _act(under_way, kind, target, before, value, motive)
    Overlay.objects.create(
        act=act, kind=kind, claim=under_way.claim, request_ref=under_way.request, value=act.after
    )
    decide_again(act, under_way.request, under_way.claim)
    return done(act, under_way.claim)


def _decided(
    under_way: Deed,
    kind: ActKind,
    decision: Decision,
    motive: str,
    waits: tuple[str, ...] = (),
    reworded: Sequence[tuple[str, str]] = (),
) -> Done:
    """A decision of the person's own; ``reworded``: sentences of the letter, before and after."""
    stood = under_way.decision
    before: dict[str, object] = {"verdict": stood.verdict.value, "amount": str(stood.amount)}
    after: dict[str, object] = {
        "verdict": decision.verdict.value,
        "amount": str(decision.amount),
        "waits": list(waits),
    }
    if reworded:
        before["motives"] = [old for old, _ in reworded]
        after["motives"] = [new for _, new in reworded]
    act = _act(under_way, kind, {}, before, after, motive)
    decisions.record_by_person(
        decision,
        under_way.user,
        motive,
        timezone.localdate(),
        under_way.seen,
        act=act,
        waits=waits,
        hands=hands_on(under_way.claim) if waits else (),
    )
    return done(act, under_way.claim)


def _act(
    under_way: Deed,
    kind: ActKind,
    target: Mapping[str, str],
    before: Mapping[str, object],
    after: Mapping[str, object],
    motive: str,
) -> Act:
    return acts.write(
        under_way.user,
        kind,
        claim=under_way.claim,
        request=under_way.request,
        target=target,
        before=before,
        after=after,
        motive=motive,
        seen=under_way.seen,
    )
