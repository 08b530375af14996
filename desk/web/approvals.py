"""What waits for a second person, and rejections that no person validated."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from desk import acts
from desk.acts import Filters, Right, WaitsFor
from desk.web.guards import needs, person
from desk.web.queue import today

_MOST = 20
"""Pages of the queue that are gone through: a thousand claims at most are shown."""


@require_GET
@needs(Right.SEE)
def approvals_page(request: HttpRequest) -> HttpResponseBase:
    user = person(request)
    waiting = _entries(WaitsFor.APPROVAL)
    context = {
        "waiting": [(entry, acts.may(user, Right.APPROVE, entry.claim)) for entry in waiting],
        "rejections": _entries(WaitsFor.VALIDATION),
        "total": sum(entry.amount for entry in waiting),
        "today": today(),
    }
    return render(request, "desk/approvals.html", context)


def _entries(waits_for: WaitsFor) -> list[acts.Entry]:
    entries: list[acts.Entry] = []
    for page in range(1, _MOST + 1):
        shown = acts.queue(Filters(waits_for=(waits_for,)), page=page)
        entries += shown.entries
        if page >= shown.pages:
            break
    return entries
