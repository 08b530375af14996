"""What the forms of a claim's page ask for: each is checked, handed to `desk.acts`, and answered.

An act that is not done changes nothing; the page says why and gives back what had been typed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from desk import acts
from desk.acts import AlreadyPaid, Done, Impossible, Overtaken, PartAt, Right
from desk.web import claims
from desk.web.field_titles import chosen, field_title
from desk.web.guards import needs, person
from desk.web.wording import verdict
from dossier.kinds import Kind
from dossier.reading import HalfDay, Mark
from publishing.wording import euros

_LONGEST = 4000
"""Characters of a motive or a wording."""


class Misunderstood(Impossible):
    """The form holds what no form of ours sends, or leaves out what it asks for."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it came."""

    user: User
    claim: str
    values: Mapping[str, str]

    def text(self, name: str, needed: str = "") -> str:
        """``needed`` is what to say where nothing stands there."""
        text = self.values.get(name, "").strip()[:_LONGEST]
        if needed and not text:
            raise Misunderstood(needed)
        return text

    def count(self, name: str) -> int:
        text = self.values.get(name, "")
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise Misunderstood("Le formulaire est incomplet : rechargez la page.")
        return int(text)

    @property
    def seen(self) -> int:
        return self.count("seen")

    @property
    def part(self) -> PartAt:
        return PartAt(self.text("sha256"), self.count("part"))

    @property
    def motive(self) -> str:
        return self.text("motive")

    def kind(self) -> Kind:
        try:
            return Kind(self.text("kind"))
        except ValueError:
            raise Misunderstood("Choisissez une nature de pièce.") from None


def _correct_value(sent: Sent) -> Done:
    name = sent.text("name", "Choisissez ce qui est corrigé.")
    value = chosen(name, sent.text("value"))
    return acts.correct_value(sent.user, sent.claim, sent.seen, sent.part, name, value, sent.motive)


def _correct_kind(sent: Sent) -> Done:
    return acts.correct_kind(sent.user, sent.claim, sent.seen, sent.part, sent.kind(), sent.motive)


def _correct_pages(sent: Sent) -> Done:
    pages = _pages(sent.text("pages", "Dites quelles pages, par exemple 1-3, 5."))
    return acts.correct_pages(sent.user, sent.claim, sent.seen, sent.part, pages, sent.motive)


def _pages(text: str) -> tuple[int, ...]:
    """``1-3, 5`` is 1, 2, 3, 5."""
    pages: list[int] = []
    for one in text.replace(";", ",").split(","):
        first, _, last = one.strip().replace("–", "-").partition("-")
        ends = [end.strip() for end in (first, last or first)]
        if not all(end.isascii() and end.isdigit() and len(end) < 6 for end in ends):
            raise Misunderstood("Dites quelles pages, par exemple 1-3, 5.")
        start, end = int(ends[0]), int(ends[1])
        if end - start > 5000:
            raise Misunderstood("Cela fait trop de pages.")
        pages += range(start, end + 1)
    return tuple(dict.fromkeys(pages))


def _mark_half_day(sent: Sent) -> Done:
    return acts.mark_half_day(
        sent.user,
        sent.claim,
        sent.seen,
        sent.part,
        sent.count("session"),
        sent.text("proven") == "oui",
        sent.motive,
    )


_MARKS = ("trainee_mark", "trainer_mark")


def _correct_half_day(sent: Sent) -> Done:
    date, half_day = sent.text("date"), sent.text("half_day")
    try:
        day = dt.date.fromisoformat(date) if date else None
        half = HalfDay(half_day) if half_day else None
        marks = {name: Mark(said) if (said := sent.text(name)) else None for name in _MARKS}
    except ValueError:
        raise Misunderstood("Cette date, ou cette signature, n’existe pas.") from None
    return acts.correct_half_day(
        sent.user,
        sent.claim,
        sent.seen,
        sent.part,
        sent.count("session"),
        date=day,
        half_day=half,
        hours=sent.text("hours") or None,
        **marks,
        motive=sent.motive,
    )


def _overrule(sent: Sent) -> Done:
    motive = sent.text("motive", "Dites pourquoi ce constat est écarté.")
    return acts.overrule(sent.user, sent.claim, sent.seen, sent.text("rule"), motive)


def _ask(sent: Sent) -> Done:
    wording = sent.text("wording", "Dites ce qui est demandé, comme la lettre le dira.")
    return acts.ask_for_piece(sent.user, sent.claim, sent.seen, sent.kind(), wording)


_REWORDED = "motif-"


def _reject(sent: Sent) -> Done:
    motives = [line.strip() for line in sent.text("motives").splitlines() if line.strip()]
    reworded = {
        name.removeprefix(_REWORDED): text
        for name, text in sent.values.items()
        if name.startswith(_REWORDED) and text.strip()
    }
    return acts.reject(sent.user, sent.claim, sent.seen, motives, reworded)


def _pay(sent: Sent) -> Done:
    return acts.pay(sent.user, sent.claim, sent.seen, sent.motive)


def _reopen(sent: Sent) -> Done:
    return acts.reopen(
        sent.user, sent.claim, sent.seen, sent.text("motive", "Dites pourquoi la demande est reprise.")
    )


def _approve(sent: Sent) -> Done:
    return acts.approve(sent.user, sent.claim, sent.seen, sent.motive)


def _send_back(sent: Sent) -> Done:
    return acts.send_back(
        sent.user, sent.claim, sent.seen, sent.text("motive", "Dites pourquoi la demande est renvoyée.")
    )


def _undo(sent: Sent) -> Done:
    return acts.undo(sent.user, sent.claim, sent.seen, sent.count("act"), sent.motive)


_ACTS: Mapping[str, tuple[Callable[[Sent], Done], Right]] = {
    "valeur": (_correct_value, Right.INSTRUCT),
    "nature": (_correct_kind, Right.INSTRUCT),
    "pages": (_correct_pages, Right.INSTRUCT),
    "prouver": (_mark_half_day, Right.INSTRUCT),
    "demi-journee": (_correct_half_day, Right.INSTRUCT),
    "ecarter": (_overrule, Right.INSTRUCT),
    "demander": (_ask, Right.INSTRUCT),
    "rejeter": (_reject, Right.INSTRUCT),
    "payer": (_pay, Right.INSTRUCT),
    "reprendre": (_reopen, Right.INSTRUCT),
    "approuver": (_approve, Right.APPROVE),
    "renvoyer": (_send_back, Right.APPROVE),
    "annuler": (_undo, Right.SEE),
}
"""Each act and the right that opens it; `acts.undo` itself asks for the right of what it undoes."""


@require_POST
def act(request: HttpRequest, act: str, claim: str) -> HttpResponseBase:
    """Do one act and go back to the claim; 409 where the claim moved on, 422 where it can't be done."""
    if act not in _ACTS:
        raise Http404
    do, right = _ACTS[act]
    return needs(right)(_answer)(request, claim, do)


def _answer(request: HttpRequest, claim: str, do: Callable[[Sent], Done]) -> HttpResponseBase:
    sent = Sent(person(request), claim, request.POST.dict())
    try:
        done = do(sent)
    except Overtaken:
        alert = (
            "Cette demande a été décidée à nouveau pendant que vous la regardiez. Rien de ce que vous "
            "demandiez n’a été enregistré ; voici où elle en est."
        )
        return claims.show(request, claim, status=409, alert=alert, typed=_typed(sent))
    except AlreadyPaid:
        alert = "Le paiement de cette demande est déjà dans un lot : plus rien ne peut y être changé ici."
        return claims.show(request, claim, status=409, alert=alert, typed=_typed(sent))
    except Impossible as why:
        return claims.show(request, claim, status=422, alert=str(why), typed=_typed(sent))
    except KeyError:
        raise Http404 from None
    messages.success(request, _outcome(done))
    anchor = sent.text("ancre")
    safe = anchor if anchor.replace("-", "").replace("_", "").isalnum() else ""
    return redirect(reverse("desk:claim", args=[claim]) + (f"#{safe}" if safe else ""))


def _outcome(done: Done) -> str:
    decision = done.decision
    amount = f", {euros(decision.amount)}" if decision.amount else ""
    waits = " Une seconde personne doit donner son accord." if done.waits else ""
    return (
        f"Enregistré. Décision : {verdict(decision.verdict).lower()}{amount} (version {done.version}).{waits}"
    )


_HIDDEN = frozenset(
    {"csrfmiddlewaretoken", "seen", "sha256", "part", "ancre", "session", "act", "retour", "rule"}
)
_TITLES = {"value": "Valeur", "motive": "Motif", "motives": "Motifs", "wording": "Demande", "kind": "Nature"}


def _typed(sent: Sent) -> tuple[tuple[str, str], ...]:
    """What a person typed, to be given back."""
    return tuple(
        (_TITLES.get(name) or field_title(name), field_title(value) if name == "name" else value[:_LONGEST])
        for name, value in sent.values.items()
        if name not in _HIDDEN and value.strip() and not name.startswith(_REWORDED)
    )
