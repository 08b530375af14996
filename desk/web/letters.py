"""Letters that the nights wrote. They are ours, not an uploader's, and still stand behind the login."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from desk.acts import Right
from desk.web.guards import needs
from publishing.identifiers import plain_id
from records.models import ClaimSnapshot

_PARIS = ZoneInfo("Europe/Paris")
_KINDS = {
    "rejet": "Rejet",
    "rejet-projet": "Rejet, projet à valider",
    "pieces-a-fournir": "Pièces à fournir",
    "paiement-partiel": "Paiement partiel",
}
_NAME = re.compile(rf"(.+)-({'|'.join(sorted(_KINDS, key=len, reverse=True))})(?:-\d+)?\.pdf")
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class LetterShown:
    name: str
    kind: str
    claim: str
    written_at: dt.datetime


@require_GET
@needs(Right.SEE)
def letters_page(request: HttpRequest) -> HttpResponseBase:
    sought = request.GET.get("texte", "").strip()
    found = [path for path in _paths() if sought.lower() in path.name.lower()]
    claims = {plain_id(claim, 100): claim for claim in ClaimSnapshot.objects.values_list("claim", flat=True)}
    context = {
        "letters": [_shown(path, claims) for path in found[:_SHOWN]],
        "total": len(found),
        "sought": sought,
    }
    return render(request, "desk/letters.html", context)


def _shown(path: Path, claims: dict[str, str]) -> LetterShown:
    match = _NAME.fullmatch(path.name)
    written = dt.datetime.fromtimestamp(path.stat().st_mtime, _PARIS)
    if match is None:
        return LetterShown(path.name, "Courrier", "", written)
    return LetterShown(path.name, _KINDS[match.group(2)], claims.get(match.group(1), ""), written)


@require_GET
@needs(Right.SEE)
def letter(request: HttpRequest, name: str) -> HttpResponseBase:
    """One letter, to be saved. Its name is looked up in the folder's list, never joined to a path."""
    for path in _paths():
        if path.name == name:
            return FileResponse(
                path.open("rb"), as_attachment=True, filename=path.name, content_type="application/pdf"
            )
    raise Http404


def _paths() -> list[Path]:
    """The letters, the newest first."""
    folder: Path = settings.DESK_LETTERS
    if not folder.is_dir():
        return []
    files = [
        path
        for path in folder.iterdir()
        if path.suffix == ".pdf" and path.is_file() and not path.is_symlink()
    ]
    return sorted(files, key=lambda path: (-path.stat().st_mtime, path.name))
