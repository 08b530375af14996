"""How the desk says what is done at it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from desk.web.field_titles import TITLES, field_title
from dossier.decision import Effect, Outcome, Verdict
from dossier.kinds import Kind
from dossier.requests import LineKind
from dossier.schemes import SCHEMES
from publishing.wording import EFFECTS, KINDS, LINES, NBSP, VERDICTS, plural, readable

WAITS = {
    "review": "À examiner",
    "incomplete": "Incomplète",
    "approval": "À approuver",
    "validation": "Rejet à valider",
}
ACTS = {
    "decided": "Décision automatique",
    "correct_value": "Valeur corrigée",
    "correct_kind": "Nature corrigée",
    "correct_pages": "Pages corrigées",
    "correct_half_day": "Demi-journée corrigée",
    "overrule": "Constat écarté",
    "ask": "Pièce demandée",
    "reopen": "Reprise",
    "attach": "Fichier rattaché",
    "reject": "Rejet",
    "pay": "Paiement proposé",
    "approve": "Approbation",
    "send_back": "Renvoi",
    "undo": "Annulation",
    "assign": "Attribution",
    "approve_batch": "Lot approuvé",
    "withdraw_approval": "Approbation retirée",
    "fetch_batch": "Fichier remis",
    "change_policy": "Règles changées",
}
ROLES = {
    "reader": "Lecteur",
    "officer": "Instructeur",
    "supervisor": "Responsable",
    "finance": "Finance",
    "administrator": "Administrateur",
}
REASONS = {
    "amount": "le montant dépasse le seuil",
    "overruled": "un constat a été écarté",
    "account": "le compte bancaire a changé",
}
BATCHES = {"waiting": "À approuver", "approved": "Approuvé", "released": "Libéré"}


OUTCOMES = {
    Outcome.BROKEN.value: "non respectée",
    Outcome.CANNOT_TELL.value: "ne peut être établie",
    Outcome.HOLDS.value: "respectée",
}


def short_scheme(value: str) -> str:
    return SCHEMES[value].short if value else "–"


def age(date: dt.date, today: dt.date) -> str:
    """``il y a 12 jours``."""
    days = (today - date).days
    return f"il y a {plural(days, 'jour', 'jours')}" if days > 0 else "aujourd’hui"


def verdict(value: str) -> str:
    return VERDICTS[Verdict(value)]


def effect(value: str) -> str:
    return EFFECTS[Effect(value)]


def due(date: dt.date, today: dt.date) -> str:
    """``dans 12 jours``, ``aujourd’hui``, ``dépassée de 3 jours``."""
    days = (date - today).days
    if days == 0:
        return "aujourd’hui"
    return (
        f"dans {plural(days, 'jour', 'jours')}"
        if days > 0
        else f"dépassée de{NBSP}{plural(-days, 'jour', 'jours')}"
    )


def line(kind: str) -> str:
    return LINES[LineKind(kind)]


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """``Heures : 60 → 66,5``, each thing that an act changed."""
    if "value" in after:
        before = {"value": before.get("stood", before.get("read"))}
    elif "value" in before:
        after = {"value": after.get("stood", after.get("read"))}
    names = [name for name in dict.fromkeys([*before, *after]) if name in _NAMES or name in TITLES]
    return " ; ".join(
        f"{_NAMES.get(name) or field_title(name)} : {_said(before.get(name))} → {_said(after.get(name))}"
        for name in names
        if before.get(name) != after.get(name)
    )


_NAMES = {
    "value": "Valeur",
    "verdict": "Décision",
    "amount": "Montant",
    "assignee": "Suivi par",
    "rule": "Règle",
    "kind": "Nature de la pièce",
    "pages": "Pages",
    "wording": "Demande",
    "motives": "Motifs",
    "request": "Dossier",
    "claim": "Demande",
}


def _said(value: Any) -> str:
    match value:
        case None | "" | [] | {}:
            return "–"
        case bool():
            return "oui" if value else "non"
        case dict():
            shown = value.get("value", value)
            if isinstance(shown, dict):
                return ", ".join(f"{field_title(str(name))} {_said(one)}" for name, one in shown.items())
            return _said(shown)
        case list() | tuple():
            return ", ".join(_said(one) for one in value)
        case str() if value in set(Kind):
            return KINDS[Kind(value)]
        case str() if value in set(Verdict):
            return VERDICTS[Verdict(value)]
        case _:
            return readable(str(value))
