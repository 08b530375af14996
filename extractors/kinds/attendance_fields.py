"""What an attendance sheet says beside its half-days: title, provider, trainer, total, reference."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dossier.reading import Field, ReadBy, Session
from extractors import seek
from extractors.candidate import Candidate, settle, settled
from extractors.french.hours import hours_of
from extractors.french.letters import fold
from extractors.grid import Table
from extractors.labels import Mark
from extractors.leaf import Leaf

_ELECTRONIC = re.compile(
    r"emargement (?:numerique|electronique)|signature (?:electronique|numerique)|horodat|preuve n"
    r"|e-?emargement|certificat de preuve"
)


def trainee_of(leaves: seek.Leaves, tables: Sequence[Sequence[Table]]) -> str:
    """The one trainee whom an individual sheet names above its table, as printed; "" when none."""
    held = {id(leaf): found for leaf, found in zip(leaves, tables, strict=True)}

    def free(leaf: Leaf, mark: Mark) -> bool:
        x, y = (mark.box.x0 + mark.box.x1) / 2, (mark.box.y0 + mark.box.y1) / 2
        return not any(
            t.box.x0 <= x <= t.box.x1 and t.box.y0 <= y <= t.box.y1 for t in held.get(id(leaf), ())
        )

    for person, passage, _, _ in seek.people(leaves, "trainee", "last_name", where=free):
        return passage.text[person.start : person.end]
    return ""


def fields_of(leaves: seek.Leaves, sessions: Sequence[Session], trainers: Sequence[str]) -> dict[str, Field]:
    found: dict[str, Field | None] = {
        "training_title": settle(seek.texts(leaves, "title")),
        "provider_name": settle(seek.organisations(leaves, "provider")),
        "trainer_name": settle(_trainers(leaves)),
        "total_hours": settled(_totals(leaves)),
        "request_ref": settle(seek.texts(leaves, "request_ref")),
        "electronic": _electronic(leaves),
    }
    return {name: value for name, value in found.items() if value is not None}


def _trainers(leaves: seek.Leaves) -> Iterator[Candidate]:
    for person, passage, sure, _ in seek.people(leaves, "trainer", last_first=False):
        made = seek.title_at(passage.part(person.start, person.end), sure)
        if made is not None:
            yield made


def _totals(leaves: seek.Leaves) -> Iterator[Candidate]:
    for held in seek.places(
        leaves, ("hours", "hours_done"), lambda _, mark: bool(_TOTAL.search(fold(mark.run.text)))
    ):
        for place in held:
            found = hours_of(place.passage.text)
            if found is not None and found.minutes > 0:
                yield seek.hours_candidate(place.passage, found, seek.base(place))
                break


_TOTAL = re.compile(r"\b(?:total|cumul|somme)")


def _electronic(leaves: seek.Leaves) -> Field | None:
    for leaf in leaves:
        for run in leaf.view.runs:
            if _ELECTRONIC.search(fold(run.text)):
                sure = 0.95 if leaf.page.read_by is ReadBy.TEXT else 0.8
                return Field(True, run.text, leaf.page.number, run.box, leaf.page.read_by, sure)
    return None
