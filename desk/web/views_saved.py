"""Saved views: the filters of the queue under a name of one's own."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from desk.acts import Right
from desk.web.guards import needs, person
from desk.web.models import SavedView
from desk.web.queue import Asked


@require_POST
@needs(Right.SEE)
def keep(request: HttpRequest) -> HttpResponseBase:
    """Keep the filters under a name; the same name again takes the new ones."""
    name = request.POST.get("nom", "").strip()[:60]
    asked = Asked.of(dict(parse_qsl(request.POST.get("query", ""))), person(request).get_username())
    query = urlencode({key: value for key, value in asked.given.items() if key != "page"})
    if name and len(query) <= 500:
        SavedView.objects.update_or_create(owner=person(request), name=name, defaults={"query": query})
        messages.success(request, f"Vue « {name} » gardée.")
    else:
        messages.error(request, "Donnez un nom à la vue.")
    return redirect(f"{reverse('desk:queue')}?{query}")


@require_POST
@needs(Right.SEE)
def forget(request: HttpRequest, key: int) -> HttpResponseBase:
    """One's own alone; another's is not there."""
    view = get_object_or_404(SavedView, pk=key, owner=person(request))
    view.delete()
    messages.success(request, f"Vue « {view.name} » oubliée.")
    return redirect("desk:queue")
