"""The queue of exceptions: filter, sort, search, take, and go to the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from desk import acts
from desk.acts import Filters, Right, Sort, WaitsFor
from desk.web.guards import needs, person
from desk.web.wording import WAITS
from dossier.schemes import SCHEMES
from publishing.rule_titles import rule_title

_PARIS = ZoneInfo("Europe/Paris")
_CAUSES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks of the queue. What can't be understood is left out, not guessed."""

    filters: Filters
    sort: Sort
    descending: bool
    page: int
    given: Mapping[str, str]

    @classmethod
    def of(cls, query: Mapping[str, str], username: str) -> Asked:
        given = {name: value.strip() for name, value in query.items() if name in _NAMES and value.strip()}
        whose = given.get("qui", "")
        filters = Filters(
            waits_for=(WaitsFor(given["etat"]),) if given.get("etat") in WAITS else (),
            cause=given.get("cause", ""),
            scheme=SCHEMES.get(given.get("dispositif", "")),
            employer=given.get("employeur", ""),
            provider=given.get("organisme", ""),
            assignee={"moi": username, "personne": "-"}.get(whose, whose),
            search=given.get("texte", "")[:200],
            overdue_on=today() if given.get("retard") else None,
            least=_amount(given.get("min", "")),
            most=_amount(given.get("max", "")),
        )
        sort = given.get("tri", "")
        page = given.get("page", "1")
        return cls(
            filters,
            Sort(sort) if sort in set(Sort) else Sort.DEADLINE,
            given.get("sens") == "desc",
            int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
            given,
        )

    @property
    def unshown(self) -> list[tuple[str, str]]:
        """What was given and no field of the form shows, for the form to hand on."""
        return [(name, value) for name, value in self.given.items() if name in _UNSHOWN]

    def address(self, **other: str) -> str:
        """The queue's address with ``other`` in place of what was given; empty values go."""
        kept = {name: value for name, value in {**self.given, **other}.items() if value}
        return f"?{urlencode(kept)}" if kept else reverse("desk:queue")


_NAMES = frozenset(
    ["etat", "cause", "dispositif", "employeur", "organisme", "qui", "texte", "retard", "min", "max", "tri",
     "sens", "page"]
)  # fmt: skip


_UNSHOWN = frozenset(["cause", "employeur", "organisme", "tri", "sens"])


def today() -> dt.date:
    """The day in Paris, to which deadlines are shown."""
    return dt.datetime.now(_PARIS).date()


def _amount(text: str) -> Decimal | None:
    try:
        amount = Decimal("".join(text.split()).replace(",", "."))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and abs(amount) < Decimal(10) ** 10 else None


_COLUMNS = {
    Sort.CLAIM: "Demande",
    Sort.AMOUNT: "Montant",
    Sort.AGE: "Déposée",
    Sort.DEADLINE: "Réponse avant",
    Sort.EMPLOYER: "Employeur",
    Sort.PROVIDER: "Organisme",
}


@require_GET
@needs(Right.SEE)
def queue_page(request: HttpRequest) -> HttpResponseBase:
    user = person(request)
    asked = Asked.of(request.GET.dict(), user.get_username())
    shown = acts.queue(asked.filters, asked.sort, descending=asked.descending, page=asked.page)
    context = {
        "asked": asked,
        "shown": shown,
        "today": today(),
        "columns": {sort.value: _column(asked, sort, title) for sort, title in _COLUMNS.items()},
        "causes": _causes(asked),
        "states": WAITS,
        "schemes": {scheme.id: scheme.title for scheme in SCHEMES.values()},
        "views": user.views.all(),
        "query": asked.address(page="").removeprefix("?") if asked.given else "",
        "earlier": asked.address(page=str(shown.page - 1)) if shown.page > 1 else "",
        "later": asked.address(page=str(shown.page + 1)) if shown.page < shown.pages else "",
    }
    return render(request, "desk/queue.html", context)


def _column(asked: Asked, sort: Sort, title: str) -> dict[str, str]:
    here = asked.sort is sort
    turned = "desc" if here and not asked.descending else ""
    return {
        "title": title,
        "address": asked.address(tri=sort.value, sens=turned, page=""),
        "sorted": ("descending" if asked.descending else "ascending") if here else "",
    }


def _causes(asked: Asked) -> list[dict[str, object]]:
    """Rules by how many claims they hold up, the one filtered by always among them."""
    found = acts.counts_by_cause(asked.filters)
    most = max((count for _, count in found), default=1)
    shown = found[:_CAUSES_SHOWN] + [one for one in found[_CAUSES_SHOWN:] if one[0] == asked.filters.cause]
    return [
        {
            "title": rule_title(rule),
            "count": count,
            "share": round(100 * count / most),
            "here": rule == asked.filters.cause,
            "address": asked.address(cause="" if rule == asked.filters.cause else rule, page=""),
        }
        for rule, count in shown
    ]


@require_GET
@needs(Right.SEE)
def next_page(request: HttpRequest) -> HttpResponseBase:
    """The most urgent claim that is free or one's own, within the filters that the address repeats."""
    asked = Asked.of(request.GET.dict(), person(request).get_username())
    claim = acts.next_claim(person(request), request.GET.get("apres") or None, asked.filters)
    if claim is None:
        messages.info(request, "Plus aucune demande ne vous attend ici.")
        return redirect("desk:queue")
    return redirect("desk:claim", claim)


@require_POST
@needs(Right.SEE)
def take(request: HttpRequest, claim: str) -> HttpResponseBase:
    acts.take(person(request), claim, request.POST.get("assignee") or None)
    messages.success(request, f"La demande {claim} est attribuée.")
    return back(request, claim)


@require_POST
@needs(Right.SEE)
def let_go(request: HttpRequest, claim: str) -> HttpResponseBase:
    acts.let_go(person(request), claim)
    messages.success(request, f"La demande {claim} n’est plus attribuée.")
    return back(request, claim)


def back(request: HttpRequest, claim: str) -> HttpResponseBase:
    """To where the form stood, within this site."""
    to = request.POST.get("retour", "")
    if url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure()):
        return redirect(to)
    return redirect("desk:claim", claim)
