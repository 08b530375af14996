"""One claim: its pages on the left, what they say and what is decided on the right, the acts in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from desk import acts
from desk.acts import ClaimFile, Right
from desk.acts.claims import DECISIVE
from desk.web.field_titles import HALF_DAYS, MARKS
from desk.web.guards import needs, person
from desk.web.queue import today
from desk.web.shown import FileShown, files_shown, place_of
from desk.web.side_by_side import side_by_side
from desk.web.wording import REASONS
from dossier.decision import Effect, Evidence, Finding, Outcome, Verdict
from dossier.kinds import Kind
from dossier.reading import Mark
from dossier.rulings import finding_key
from publishing.letter_page import Letter
from publishing.letters import NoMotive, letter_of
from publishing.totals import declared_amount
from publishing.wording import KINDS

_PLACES = 4
"""Places of a finding that are linked; a sheet's half-days would be dozens."""
_ORDER = (Outcome.BROKEN, Outcome.CANNOT_TELL, Outcome.HOLDS)


@dataclass(frozen=True, slots=True)
class FindingShown:
    finding: Finding
    places: tuple[tuple[Evidence, str], ...]
    more: int
    overrulable: bool


@require_GET
@needs(Right.SEE)
def claim_page(request: HttpRequest, claim: str) -> HttpResponseBase:
    return show(request, claim)


def show(
    request: HttpRequest,
    claim: str,
    *,
    status: int = 200,
    alert: str = "",
    typed: tuple[tuple[str, str], ...] = (),
) -> HttpResponse:
    """The claim's page, with why an act was not done and what had been typed for it."""
    try:
        file = acts.claim_file(claim)
    except KeyError:
        raise Http404 from None
    return render(request, "desk/claim.html", _context(request, file, alert, typed), status=status)


def _context(
    request: HttpRequest, file: ClaimFile, alert: str, typed: tuple[tuple[str, str], ...]
) -> dict[str, Any]:
    user = person(request)
    decision = file.decision
    files = files_shown(file)
    parts = tuple(part for one in files for part in one.parts)
    mine = acts.may(user, Right.INSTRUCT, file.claim.id) and not file.released
    weighed = sorted(decision.findings, key=_weight)
    approving = file.entry is not None and file.entry.waits_for == "approval"
    return {
        "file": file,
        "decision": decision,
        "declared": declared_amount(decision),
        "entry": file.entry,
        "today": today(),
        "files": files,
        "pages": sum(len(one.pages) for one in files),
        "parts": parts,
        "table": side_by_side(file.request, file.claim, parts),
        "first_open": next((one for one in weighed if _overrulable(one)), None),
        "findings": [_finding(finding, files) for finding in weighed],
        "checks": sorted(decision.checks, key=lambda check: _ORDER.index(check.outcome)),
        "half_days": {half_day.value: title for half_day, title in HALF_DAYS.items()},
        "marks": {mark.value: title for mark, title in MARKS.items() if mark is not Mark.UNKNOWN},
        "kinds": [(kind.value, KINDS[kind]) for kind in Kind],
        "reasons": [REASONS.get(reason, reason) for reason in file.waits],
        "may_act": mine,
        "may_pay": mine
        and not approving
        and not _blocked(decision.findings)
        and decision.verdict is not Verdict.PAY,
        "may_reject": mine,
        "may_take": acts.may(user, Right.INSTRUCT),
        "may_assign": acts.may(user, Right.ASSIGN),
        "may_approve": approving and acts.may(user, Right.APPROVE, file.claim.id),
        "approving": approving,
        "settled": decision.verdict in (Verdict.PAY, Verdict.REJECT),
        "letter": _letter(file),
        "motives": _motives(decision.verdict, weighed),
        "history": tuple(reversed(file.history)),
        "alert": alert,
        "typed": typed,
    }


def _letter(file: ClaimFile) -> Letter | None:
    """The letter that goes out as things stand, for who decides to read; None where none does."""
    try:
        return letter_of(file.decision, file.request, file.claim, file.decided_at.date(), validated=True)
    except NoMotive:
        return None


def _motives(verdict: Verdict, findings: Sequence[Finding]) -> list[tuple[str, Finding]]:
    """The sentences that a rejection's letter says, each by its key."""
    if verdict is not Verdict.REJECT:
        return []
    return [(finding_key(one), one) for one in findings if one.effect in DECISIVE]


_WEIGHT = (Effect.REJECT, Effect.REVIEW, Effect.MISSING, Effect.REDUCE, Effect.INFORM)


def _weight(finding: Finding) -> int:
    """What keeps a claim from being paid stands first."""
    return _WEIGHT.index(finding.effect)


def _blocked(findings: tuple[Finding, ...]) -> bool:
    return any(finding.effect in (Effect.REJECT, Effect.MISSING) for finding in findings)


def _overrulable(finding: Finding) -> bool:
    """A reduction's facts are corrected instead; what the desk itself says is settled by its own acts."""
    ours = finding.rule.startswith("desk.") or finding.rule == "payment.impossible"
    return finding.effect not in (Effect.REDUCE, Effect.INFORM) and not ours


def _finding(finding: Finding, files: tuple[FileShown, ...]) -> FindingShown:
    places = tuple(
        (evidence, place_of(files, evidence.file, evidence.page)) for evidence in finding.evidence[:_PLACES]
    )
    more = max(0, len(finding.evidence) - _PLACES)
    return FindingShown(finding, places, more, _overrulable(finding))
