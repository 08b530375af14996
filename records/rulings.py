"""What people ruled on claims, as it stands now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from dossier.kinds import Kind
from dossier.rulings import Asked, Rulings
from records.models import ActKind, Overlay

ON_CLAIMS = (ActKind.OVERRULE, ActKind.ASK, ActKind.REOPEN)


def standing(claims: Iterable[str] | None = None) -> dict[str, list[Overlay]]:
    """The rulings that stand, by claim, oldest first; all or those of ``claims``."""
    rows = Overlay.objects.filter(active=True, kind__in=ON_CLAIMS).order_by("act_id")
    if claims is not None:
        rows = rows.filter(claim__in=list(claims))
    found: dict[str, list[Overlay]] = defaultdict(list)
    for row in rows:
        found[row.claim].append(row)
    return dict(found)


def rulings_of(overlays: Iterable[Overlay], files: Mapping[str, str]) -> Rulings:
    """The rulings on a claim whose files are ``files``, their digests by path.

    A piece stays asked for until anything new comes: then the rules say what is missing.
    """
    overruled: set[str] = set()
    asked: list[Asked] = []
    reopened: str | None = None
    for row in overlays:
        if row.kind == ActKind.OVERRULE:
            overruled.add(row.value["finding"])
        elif row.kind == ActKind.REOPEN:
            reopened = row.value["motive"]
        elif set(files.values()) <= set(row.value["files"]):
            asked.append(Asked(Kind(row.value["kind"]), row.value["wording"]))
    return Rulings(frozenset(overruled), tuple(asked), reopened)
