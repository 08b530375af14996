"""Files that belong to no known request: see what each says, and file it where it belongs."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from desk import acts
from desk.acts import AlreadyPaid, Impossible, Orphan, Overtaken, Right
from desk.web.guards import needs, person
from desk.web.shown import FileShown, files_shown_of_document
from records.models import ClaimSnapshot

_SHOWN = 100
"""Attached files that are listed, the last ones."""


@dataclass(frozen=True, slots=True)
class OrphanShown:
    orphan: Orphan
    file: FileShown


@require_GET
@needs(Right.SEE)
def orphans_page(request: HttpRequest) -> HttpResponseBase:
    return _show(request)


def _show(request: HttpRequest, status: int = 200, alert: str = "") -> HttpResponse:
    found = acts.orphans()
    shown = [OrphanShown(one, files_shown_of_document(one.document, one.reading)) for one in found]
    context = {"orphans": shown, "attached": acts.attached()[:_SHOWN], "alert": alert}
    return render(request, "desk/orphans.html", context, status=status)


@require_POST
@needs(Right.INSTRUCT)
def attach(request: HttpRequest, document: int) -> HttpResponseBase:
    """File it under a claim, or under the request alone where a request's number is given."""
    target = request.POST.get("dossier", "").strip()
    snapshot = ClaimSnapshot.objects.filter(claim=target).first()
    ref, claim = (snapshot.request_ref, snapshot.claim) if snapshot else (target, "")
    try:
        acts.attach(person(request), document, ref, claim, request.POST.get("motive", ""))
    except Overtaken:
        return _show(
            request, 409, "Ce fichier vient d’être rattaché par quelqu’un d’autre. Rien n’a été changé."
        )
    except Impossible as why:
        return _show(request, 422, str(why))
    except AlreadyPaid:
        return _show(request, 409, f"{target} est déjà payée : plus rien n’y est rattaché.")
    except KeyError:
        return _show(request, 422, f"Aucun dossier ni aucune demande ne porte le numéro « {target} ».")
    messages.success(request, f"Fichier rattaché à {target}.")
    return redirect("desk:orphans")


@require_POST
@needs(Right.INSTRUCT)
def detach(request: HttpRequest, document: int) -> HttpResponseBase:
    try:
        acts.detach(person(request), document, request.POST.get("motive", ""))
    except Overtaken:
        return _show(request, 409, "Ce fichier n’est pas, ou n’est plus, rattaché. Rien n’a été changé.")
    except AlreadyPaid:
        return _show(request, 409, "Une demande qui repose sur ce fichier est payée : il y reste.")
    except Impossible as why:
        return _show(request, 422, str(why))
    messages.success(request, "Le fichier n’est plus rattaché.")
    return redirect("desk:orphans")
