"""Payment batches: what each pays, its approval as a whole, and its file."""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from desk import acts
from desk.acts import AlreadyPaid, BatchShown, Impossible, Overtaken, Right
from desk.web.guards import needs, person
from desk.web.wording import BATCHES
from publishing.payments import OtherBatch, Unpayable


@require_GET
@needs(Right.SEE)
def batches_page(request: HttpRequest) -> HttpResponseBase:
    return render(request, "desk/batches.html", {"batches": acts.batches(), "states": BATCHES})


@require_GET
@needs(Right.SEE)
def batch_page(request: HttpRequest, name: str) -> HttpResponseBase:
    return _show(request, name)


def _show(request: HttpRequest, name: str, status: int = 200, alert: str = "") -> HttpResponse:
    batch = _batch(name)
    payments = acts.batch_payments(name)
    by_payee: dict[str, tuple[int, Decimal]] = {}
    for decision in payments:
        count, total = by_payee.get(decision.payee.name, (0, Decimal("0.00")))
        by_payee[decision.payee.name] = (count + 1, total + decision.amount)
    context = {
        "batch": batch,
        "state": BATCHES.get(batch.state, batch.state),
        "payments": payments,
        "payees": sorted(by_payee.items(), key=lambda one: -one[1][1]),
        "alert": alert,
        "debtor": settings.DESK_DEBTOR,
    }
    return render(request, "desk/batch.html", context, status=status)


def _batch(name: str) -> BatchShown:
    for batch in acts.batches():
        if batch.name == name:
            return batch
    raise Http404


@require_POST
@needs(Right.APPROVE_BATCH)
def approve(request: HttpRequest, name: str) -> HttpResponseBase:
    """Approve what stood on the screen; a batch that changed since is shown again instead."""
    try:
        acts.approve_batch(person(request), name, request.POST.get("seal", ""))
    except Overtaken:
        alert = "Le lot a changé depuis que vous l’avez ouvert. Rien n’a été approuvé ; le voici à jour."
        return _show(request, name, 409, alert)
    except Impossible as why:
        return _show(request, name, 422, str(why))
    messages.success(request, f"Lot {name} approuvé : son fichier peut être téléchargé.")
    return redirect("desk:batch", name)


@require_POST
@needs(Right.APPROVE_BATCH)
def withdraw(request: HttpRequest, name: str) -> HttpResponseBase:
    try:
        acts.withdraw_approval(person(request), name, request.POST.get("motive", ""))
    except (Impossible, AlreadyPaid) as why:
        return _show(request, name, 422, _said(why))
    messages.success(request, f"L’approbation du lot {name} est retirée.")
    return redirect("desk:batch", name)


@require_POST
@needs(Right.APPROVE_BATCH)
def send_back(request: HttpRequest, name: str, claim: str) -> HttpResponseBase:
    try:
        acts.send_back_payment(person(request), name, claim, request.POST.get("motive", ""))
    except (Impossible, AlreadyPaid, Overtaken) as why:
        return _show(request, name, 422, _said(why))
    messages.success(request, f"La demande {claim} sort du lot et revient à l’examen.")
    return redirect("desk:batch", name)


@require_POST
@needs(Right.APPROVE_BATCH)
def fetch(request: HttpRequest, name: str) -> HttpResponseBase:
    """The payment file. The first fetching releases it, hence a form and no link."""
    if settings.DESK_DEBTOR is None:
        return _show(request, name, 422, "Le compte à débiter n’est pas réglé sur ce serveur.")
    try:
        content = acts.fetch_batch(person(request), name, settings.DESK_DEBTOR)
    except Impossible as why:
        return _show(request, name, 422, str(why))
    except (Unpayable, OtherBatch):
        return _show(
            request, name, 422, "Le fichier ne peut pas être établi : un virement n’est pas possible."
        )
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}.xml"}
    return HttpResponse(content, content_type="application/xml", headers=headers)


def _said(why: Exception) -> str:
    return (
        str(why) if isinstance(why, Impossible) else "Trop tard : le fichier a été remis ou le lot approuvé."
    )
