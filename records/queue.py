"""The queue of exceptions, kept in the transaction that writes a decision: no page has to look for it.

Reads the decision at hand, the snapshots of its request and claim, the policy; writes one row a claim that
waits for a person, and none for the others.
"""

from __future__ import annotations

import calendar
import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from dossier.decision import Decision, Effect, Verdict
from dossier.json_form import decision_of
from dossier.kinds import Kind
from dossier.paris import PARIS
from dossier.quantities import ZERO
from dossier.requests import Claim, PayeeKind, Request
from records import audit, policy
from records.foureyes import SECOND_PERSON
from records.keys import words_of
from records.models import (
    Act,
    ActKind,
    ClaimSnapshot,
    DecisionRow,
    Overlay,
    QueueCause,
    QueueEntry,
    ReadField,
    RequestSnapshot,
    WaitsFor,
)
from records.models.decisions import MACHINE
from records.snapshots import claim_from, request_from

MONTHS_TO_ANSWER = 2
"""From the filing of the claim: what the administration leaves unanswered for two months is refused."""

DAYS_TO_PAY = 60
"""From the day that the provider's invoice was issued (Code du travail, L. 6332-5-1, which refers to the Code
de commerce); from the filing where no invoice says its date, and where the employer is paid, whom that
ceiling does not cover.
"""

_WEIGHT = (Effect.REJECT, Effect.REVIEW, Effect.MISSING)
_LONGEST = 200


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months on, or the last of that month where it has none."""
    year, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + year, month + 1)[1]
    return dt.date(day.year + year, month + 1, min(day.day, last))


def waits_for(row: DecisionRow, decision: Decision) -> WaitsFor | None:
    """What a decision waits for; None where nobody has to look at the claim."""
    if any(finding.rule == SECOND_PERSON for finding in decision.findings):
        return WaitsFor.APPROVAL
    match decision.verdict:
        case Verdict.REVIEW:
            return WaitsFor.REVIEW
        case Verdict.INCOMPLETE:
            return WaitsFor.INCOMPLETE
        case Verdict.REJECT if row.author == MACHINE:
            rules = policy.current()
            return WaitsFor.VALIDATION if rules is not None and rules.rejections_validated else None
        case _:
            return None


def causes_of(decision: Decision) -> list[str]:
    """The rules that keep a claim from being paid, the weightiest first, each once."""
    found = [f.rule for effect in _WEIGHT for f in decision.findings if f.effect is effect]
    if decision.verdict is Verdict.REJECT and not found:
        # every line was reduced to nothing
        found = [f.rule for f in decision.findings if f.effect is Effect.REDUCE]
    return list(dict.fromkeys(found))


def keep(row: DecisionRow, decision: Decision) -> None:
    """Bring the claim's row up to date with the decision that stands now."""
    state = waits_for(row, decision)
    if state is None:
        QueueEntry.objects.filter(claim=row.claim).delete()
        return
    claim = ClaimSnapshot.objects.filter(claim=row.claim).first()
    request = RequestSnapshot.objects.filter(ref=row.request_ref).first()
    _put(
        row,
        decision,
        state,
        claim_from(claim.data) if claim else None,
        request_from(request.data) if request else None,
        assignee_of(row.claim),
    )


def assignee_of(claim: str) -> str:
    """Whose claim it is: what the last assignment says, also while it is out of the queue."""
    last = Act.objects.filter(claim=claim, kind=ActKind.ASSIGN).order_by("-pk").first()
    return last.after["assignee"] if last else ""


def assign(claim: str, assignee: str) -> bool:
    """Note in the queue whose claim it is. False where the claim does not stand there."""
    return bool(QueueEntry.objects.filter(claim=claim).update(assignee=assignee))


def rebuild() -> int:
    """Make the queue anew from the decisions that stand. Returns how many claims wait in it."""
    with transaction.atomic():
        audit.lock()
        QueueEntry.objects.all().delete()
        later = DecisionRow.objects.filter(claim=OuterRef("claim"), version__gt=OuterRef("version"))
        for row in DecisionRow.objects.filter(~Exists(later)).iterator(chunk_size=500):
            keep(row, decision_of(row.data))
        return QueueEntry.objects.count()


def at_stake(decision: Decision) -> Decimal:
    """What the claim comes to: the amount proposed, else what its lines would, else what was declared."""
    payable = sum((line.payable for line in decision.lines), ZERO)
    return decision.amount or payable or sum((line.declared for line in decision.lines), ZERO)


def _words(text: str) -> str:
    return "".join(f" {word}" for word in words_of(text))


def _invoiced(request: Request | None, claim: Claim | None, filed: dt.date) -> dt.date:
    """The day that the ceiling counts from. Of several invoices of the claim the first one, of those that lie
    with its request the last before the filing; a date after the filing is no invoice's.
    """
    if request is None or claim is None or request.payee is not PayeeKind.PROVIDER:
        return filed
    rows = ReadField.objects.filter(
        Q(part__document__request_ref=request.ref) | Q(part__document__matched_ref=request.ref),
        name="issue_date",
        part__kind=Kind.INVOICE.value,
        part__document__current=True,
        part__document__claim_ref__in=("", claim.id),
    ).select_related("part__document")
    laid = Overlay.objects.filter(
        active=True, kind=ActKind.CORRECT_VALUE, name="issue_date", request_ref=request.ref
    )
    corrected = {(row.sha256, row.part): row.value.get("value") for row in laid}
    own: list[dt.date] = []
    shared: list[dt.date] = []
    for row in rows:
        document = row.part.document
        said = corrected.get((document.sha256, row.part.number), row.value)
        if said and (issued := dt.date.fromisoformat(said)) <= filed:
            (own if document.claim_ref else shared).append(issued)
    return min(own) if own else max(shared, default=filed)


def _put(
    row: DecisionRow,
    decision: Decision,
    state: WaitsFor,
    claim: Claim | None,
    request: Request | None,
    assignee: str,
) -> None:
    submitted = claim.submitted_at.replace(tzinfo=PARIS) if claim else row.decided_at
    day = submitted.astimezone(PARIS).date()
    employer = request.employer.name if request else ""
    provider = request.provider.name if request else ""
    trainee = f"{request.trainee.last_name} {request.trainee.first_name}" if request else ""
    causes = causes_of(decision)
    said = " ".join((row.claim, row.request_ref, employer, provider, trainee))
    entry, _ = QueueEntry.objects.update_or_create(
        claim=row.claim,
        defaults={
            "request_ref": row.request_ref,
            "version": row.version,
            "waits_for": state,
            "causes": causes,
            "amount": at_stake(decision),
            "submitted_at": submitted,
            "answer_by": months_after(day, MONTHS_TO_ANSWER),
            "pay_by": _invoiced(request, claim, day) + dt.timedelta(days=DAYS_TO_PAY),
            "scheme": request.scheme.id if request else "",
            "employer": employer[:_LONGEST],
            "provider": provider[:_LONGEST],
            "trainee": trainee[:_LONGEST],
            "assignee": assignee,
            "words": _words(said),
            "employer_words": _words(employer),
            "provider_words": _words(provider),
        },
    )
    there = set(QueueCause.objects.filter(entry=entry).values_list("rule", flat=True))
    QueueCause.objects.filter(entry=entry, rule__in=there - set(causes)).delete()
    QueueCause.objects.bulk_create(QueueCause(entry=entry, rule=rule) for rule in causes if rule not in there)
