"""The houses of a contract that is a form: a name at "Nom", "Raison sociale", under the heading of a party.

"1. Organisme" over "Nom | Siret | NDA", "LE PRESTATAIRE" beside "LE BÉNÉFICIAIRE", each over its labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.candidate import Candidate
from extractors.french.identifiers import sirets_in
from extractors.french.letters import fold
from extractors.kinds.course_roles import Party, heading_role
from extractors.labels import Value
from extractors.leaf import Leaf
from extractors.marks import Mark
from extractors.seek import base, id_candidate, organisation_at
from extractors.view import Run

_NAMES = frozenset(("nom", "denomination", "raisonsociale", "denominationsociale", "societe"))
_NUMBERED = re.compile(r"^\W*(?:\d{1,2}|[ivx]{1,4}|[a-h])\s?[.)/:°–-]\s")
_FAR = 9
"""Lines over a label in which the heading of its section may stand."""


def sectioned(leaf: Leaf) -> Iterator[Party]:
    """Parties whose name stands at a label of names under a heading that says which party it is."""
    sirets = [(heading_over(leaf, mark), mark) for mark in leaf.labels.of("siret")]
    for mark in leaf.labels.of("name", "last_name", "employer"):
        if mark.label not in _NAMES:
            continue
        heading = heading_over(leaf, mark)
        role = heading_role(heading.text) if heading is not None else ""
        if heading is None or not role or _of_a_person(leaf, mark, heading):
            continue
        name = next((made for value in leaf.labels.values(mark) if (made := _name(value)) is not None), None)
        if name is not None:
            own = [m for h, m in sirets if h is heading]
            yield Party(role, name, _siret(leaf, own))


def _name(value: Value) -> Candidate | None:
    made = organisation_at(value.passage, base(value))
    return made if made is not None and not str(made.value)[:1].islower() else None


def _siret(leaf: Leaf, marks: Sequence[Mark]) -> Candidate | None:
    for mark in marks:
        for value in leaf.labels.values(mark):
            for found in sirets_in(value.passage.text)[:1]:
                return id_candidate(value.passage, found, base(value))
    return None


def _of_a_person(leaf: Leaf, mark: Mark, heading: Run) -> bool:
    """ "Nom" beside or over "Prénom" in one section asks for somebody."""
    return any(
        other.run.row - mark.run.row in (0, 1, 2) and heading_over(leaf, other) is heading
        for other in leaf.labels.of("first_name")
    )


def heading_over(leaf: Leaf, mark: Mark) -> Run | None:
    """The nearest heading over a label; of several side by side, the one over its column."""
    for row in reversed(leaf.view.rows[max(0, mark.run.row - _FAR) : mark.run.row]):
        heads = [run for run in row if _heads(leaf, run)]
        if heads and len(heads) == len(row):
            if len(row) == 1:
                return row[0]
            middle = (mark.run.box.x0 + mark.run.box.x1) / 2
            return min(row, key=lambda run: abs((run.box.x0 + run.box.x1) / 2 - middle))
    return None


def _heads(leaf: Leaf, run: Run) -> bool:
    if ":" in run.text[:-1] or len(run.text) > 60:
        return False
    folded = fold(run.text)
    return bool(heading_role(run.text) or _NUMBERED.match(folded)) or any(h is run for _, h in leaf.headings)
