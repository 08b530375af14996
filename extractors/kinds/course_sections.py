"""The houses of a contract that is a form: a name at "Nom", "Raison sociale", under the heading of a party.

"1. Organisme" over "Nom | Siret | NDA", "LE PRESTATAIRE" beside "LE BÉNÉFICIAIRE", each over its labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.candidate import Candidate
from extractors.french.identifiers import sirets_in
from extractors.french.letters import fold
from extractors.kinds.course_roles import Party, heading_role
from extractors.labels import Value
from extractors.leaf import Leaf
from extractors.marks import Mark
from extractors.seek import base, id_candidate, organisation_at
from extractors.signatures import above_closing
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


_UNHEADED = 0.85
"""The most that a party's name is worth whose role its section's labels alone tell."""


def unheaded(leaves: Sequence[Leaf]) -> tuple[Party, ...]:
    """Provider and customer of a form that asks for two names, whose headings a scan lost or nobody printed:
    the provider is the one whose registration as a trainer is asked for before the next name."""
    for leaf in leaves:
        asked = [m for m in leaf.labels.of("name") if m.label in _NAMES and above_closing(leaf, m.box)]
        names = [next((n for v in leaf.labels.values(m) if (n := _name(v)) is not None), None) for m in asked]
        if len(asked) != 2 or None in names or not asked[0].box.y1 < asked[1].box.y0:
            continue
        second = asked[1].box.y0
        below = [m for m in leaf.labels.of("nda") if m.box.y0 > asked[0].box.y1]
        if len({m.box.y0 < second for m in below}) != 1:
            continue
        first = below[0].box.y0 < second
        sirets = [m for m in leaf.labels.of("siret") if m.box.y0 > asked[0].box.y1]
        return tuple(
            Party(
                "provider" if above is first else "customer",
                replace(name, confidence=min(name.confidence, _UNHEADED)),
                _siret(leaf, [m for m in sirets if (m.box.y0 < second) is above]),
            )
            for name, above in zip(names, (True, False), strict=True)
            if name is not None
        )
    return ()


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
