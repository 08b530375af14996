"""Houses that no label announces: the one whose address and numbers stand in head or foot, the one under a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.candidate import Candidate, candidate
from extractors.french.letters import fold
from extractors.french.organisations import organisation_of
from extractors.french.people import person_of
from extractors.leaf import Leaf
from extractors.seek import organisation_at

Leaves = Sequence[Leaf]

_NUMBERS = re.compile(r"\b(?:siret|declaration d'activite|nda|enregistree sous)\b")


def at_address(leaves: Leaves, standing: int) -> Iterator[Candidate]:
    """The house that a legal footer begins with: "X – 3 rue …, 35000 Rennes – SIRET … – Déclaration d'activité …"."""
    for leaf in leaves:
        for index, row in enumerate(leaf.view.rows):
            text = " ".join(run.text for run in row)
            folded = fold(text)
            below = fold(" ".join(r.text for under in leaf.view.rows[index + 1 : index + 2] for r in under))
            if not _NUMBERS.search(folded + " " + below) or not re.search(r"\b\d{5}\b", folded):
                continue
            if "activite" not in folded + below and "nda" not in folded + below:
                continue
            found = organisation_of(text)
            if found is not None and found.start < 4 and found.end < 0.6 * len(text):
                yield candidate(
                    found.name, row[0].passage, 0, len(found.name), 0.93, "at its legal notice", standing
                )


def beside_civility(leaves: Leaves) -> Iterator[Candidate]:
    """The line right under a person's name that stands alone on its own line."""
    for leaf in leaves:
        rows = leaf.view.rows
        for index, row in enumerate(rows[:-1]):
            if len(row) != 1 or row[0].box.y0 > 0.6:
                continue
            person = person_of(row[0].text)
            if person is None or not person.civility or row[0].text[person.end :].strip(" ,."):
                continue
            below = rows[index + 1]
            if len(below) == 1 and len(below[0].text) < 60 and not re.search(r"\d{5}", below[0].text):
                made = organisation_at(below[0].passage, 0.88, 1)
                if made is not None:
                    yield made
