"""A drawn document, and how a layout comes to be one."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dossier.kinds import Kind
from samples.facts import Facts
from samples.style import Style
from samples.surface import Surface
from samples.telling import Telling

Layout = Callable[[Facts, Style, random.Random, Telling], Surface]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A PDF and the truth about it, in the words of the public truth file."""

    pdf: bytes
    pages: int
    kind: Kind
    layout: str
    fields: dict[str, Any]
    sessions: list[dict[str, Any]]

    def part(self, first: int = 1) -> dict[str, Any]:
        """The truth of this document as a part that begins at page ``first`` of its file."""
        return {
            "pages": list(range(first, first + self.pages)),
            "kind": self.kind.value,
            "fields": self.fields,
            "sessions": self.sessions,
            "layout": self.layout,
        }


def draw(
    kind: Kind,
    layouts: Mapping[str, Layout],
    facts: Facts,
    style: Style,
    rng: random.Random,
    layout: str | None = None,
) -> Drawn:
    """One document of ``kind`` in one of its ``layouts`` (drawn by lot when none is named)."""
    name = layout or rng.choice(sorted(layouts))
    told = Telling(rng)
    surface = layouts[name](facts, style, rng, told)
    return Drawn(surface.finish(), surface.pages, kind, name, told.fields, told.sessions)
