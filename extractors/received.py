"""The stamp of who received a paper: a day of arrival, and nobody's who made or signed it."""

from __future__ import annotations

import re

from dossier.reading import Box
from extractors.french.letters import fold
from extractors.leaf import Leaf

_ARRIVED = re.compile(
    r"\b(?:recue?|arrivee?|enregistree?|numerisee?|entree?)\s+le\b|\bcourrier\s(?:arrivee?|recu|entrant)\b"
    r"|^\W*(?:arrivee|recu|copie|duplicata)\W*$"
)
_LINES = 3.0
"""Heights of a line about the words that may be of the same stamp."""


def received(leaf: Leaf, mark: Box) -> bool:
    """Whether a stamp, or a word of one, says that the paper came in: "REÇU LE 22/04/2026"."""
    reach = _LINES * leaf.view.tall
    for run in leaf.view.runs:
        near = run.box.y0 - reach < mark.y1 and mark.y0 < run.box.y1 + reach
        over = run.box.x0 - 0.04 < (mark.x0 + mark.x1) / 2 < run.box.x1 + 0.04
        if near and over and len(run.text) < _SHORT and _ARRIVED.search(fold(run.text)):
            return True
    return False


_SHORT = 40
"""Letters of a line that a stamp has room for."""
