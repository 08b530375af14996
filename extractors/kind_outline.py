"""The outline of a course, told by how it is laid out: many a programme has no title but the training's."""

from __future__ import annotations

import re

from extractors.french.letters import fold
from extractors.leaf import Leaf


def outlined(leaf: Leaf) -> float:
    """How much a page is the outline of a course, 0 for not at all: parts that are counted up, columns of
    what is taught, headings over it."""
    counted: dict[str, set[str]] = {}
    headings: set[str] = set()
    columns = rows = 0
    for row in leaf.view.rows:
        heads = {head[0] for run in row if (head := _TAUGHT.match(fold(run.text))) is not None}
        columns = max(columns, sum(_COLUMN.fullmatch(fold(run.text)) is not None for run in row))
        rows += columns >= 3 and len(row) >= 2 and _COUNTER.fullmatch(row[0].text) is not None
        headings |= heads
        for run in row:
            part = _PART.match(fold(run.text))
            if part is not None:
                counted.setdefault(part["part"], set()).add(part["number"])
    parts = max(map(len, counted.values()), default=0)
    return (
        (3.0 if parts >= 3 else 0.0)
        + (3.0 if columns >= 3 else 0.0)
        + (3.0 if rows >= 3 else 0.0)
        + (1.5 * min(len(headings), 4) if len(headings) >= 3 else 0.0)
    )


_PART = re.compile(
    r"\W*(?P<part>module|sequence|bloc|partie|etape|chapitre|ue|unite|theme|jour|journee|lecon|phase)s?"
    r"(?: n[o°]?)? ?(?P<number>\d{1,2}|[ivx]{1,4}|[a-j])\b"
)
"""A part of a course by its number: "Module 3"."""

_COUNTER = re.compile(r"\W*(?:\d{1,2}|[A-L]|[IVX]{1,4})\W*")

_COLUMN = re.compile(
    r"\W*(?:modules?|sequences?|blocs?(?: de competences)?|themes?|thematiques?|contenus?|chapitres?"
    r"|competences?(?: visees?)?|methodes?(?: pedagogiques?)?|moyens(?: pedagogiques)?|evaluations?"
    r"|objectifs?(?: pedagogiques?)?|savoirs?|points abordes|unites?|durees?|volumes?(?: horaires?)?"
    r"|supports?|ressources)\W*"
)
"""The heading of a column in the table of what a course teaches."""

_TAUGHT = re.compile(
    r"\W*(?:(?:[a-h]|[ivx]{1,4}|\d{1,2})\W{1,3})?"
    r"(?:objectifs?|contenus?|prerequis|pre-requis|public|methodes?|moyens|modalites d'evaluation|evaluation"
    r"|suivi (?:et|de)|competences? visees?|modalites|validation|debouches|accessibilite|encadrement)\b"
    r"(?: (?:pedagogiques?|operationnels?|de la formation|de l'action|vises?|concernes?|et \w+|techniques?"
    r"|d'encadrement|d'acces|d'evaluation|d'apprentissage|pedagogiques? et techniques?))*\s*(?::|$)"
)
"""A heading over what a course is for, teaches and asks."""
