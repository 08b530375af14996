"""The trainer's signature that stands once on a page, under its tables, for all half-days above it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dossier.reading import HalfDay, Mark
from extractors.french.letters import fold
from extractors.kinds import attendance_words as words
from extractors.kinds.attendance_marks import Seen, Sheet
from extractors.kinds.attendance_words import Role
from extractors.leaf import Leaf
from extractors.signatures import Place, Signing

_ATTESTS = re.compile(
    r"\b(?:attest|certifi|confirm|declar)\w*\b.{0,60}\b(?:presen|suivi|realis|heures|ci-dessus)"
)

_SAID = 0.85
"""How sure a signature is at most whose words say what it counts for: the presences above, or one half."""

_UNSAID = 0.7
"""And one that stands under the table as the trainer's, and says no more."""

Below = Mapping[tuple[int, HalfDay | None], Seen]
"""What the trainer left under the tables of a page, by page and half-day; None for both halves."""


def below(sheets: Sequence[Sheet]) -> Below:
    """Of the pages whose tables hold places to sign, and none for a trainer."""
    found: dict[tuple[int, HalfDay | None], Seen] = {}
    for sheet in sheets:
        if not sheet.places or any(place.facts.role is Role.TRAINER for place in sheet.places):
            continue
        number = sheet.leaf.page.number
        foot = max(table.box.y1 for table in sheet.tables)
        for place in Signing([sheet.leaf]).places:
            if place.box.y1 < foot:
                continue
            text = _announced(sheet.leaf, place)
            if words.role_of(text) is not Role.TRAINER:
                continue
            half = words.half_of(text)
            at_most = _SAID if half is not None or _ATTESTS.search(fold(text)) else _UNSAID
            key = (number, half if half is not HalfDay.DAY else None)
            mark = Mark.SIGNED if place.signed else Mark.BLANK
            found[key] = Seen(mark, min(place.confidence, at_most))
    return found


def _announced(leaf: Leaf, place: Place) -> str:
    """The caption, with the two lines above it in its column that lead up to it."""
    rows = [run for run in leaf.view.runs if run.text in place.caption and run.box.y1 > place.box.y0]
    if words.role_of(place.caption) is not None or not rows:
        return place.caption
    first = min(rows, key=lambda run: run.row)
    above = [
        run
        for run in leaf.view.in_column(first.box)
        if 0 < first.row - run.row <= 2 and first.box.y0 - run.box.y1 < 3 * leaf.view.tall
    ]
    return " ".join([*(run.text for run in above), place.caption])
