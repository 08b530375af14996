"""A table of an attendance sheet as read, and what the walk over it knows on its way."""

from __future__ import annotations

from dataclasses import dataclass, field

from dossier.quantities import Minutes
from dossier.reading import Box
from extractors.kinds.attendance_facts import Facts, Head, Place
from extractors.kinds.attendance_words import column_of
from extractors.table import Cell, Table, edges

_BESIDE = 0.012
"""Fractions of the page by which the edges of one column may differ on two pages of a scan."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A table read: the places to sign, the heads for a table that goes on overleaf, totals it prints."""

    places: tuple[Place, ...]
    heads: tuple[Head, ...]
    banner: Facts
    edges: tuple[float, ...]
    signed: Box
    page: int
    totals: tuple[tuple[Cell, Minutes], ...] = ()
    trainers: tuple[tuple[Cell, str], ...] = ()
    """Cells that name a trainer, with the name."""
    ruled: bool = False

    def heads_over(self, table: Table, dated: bool) -> bool:
        """Whether ``table`` may go on under these heads. One with a day of its own, ``dated``, has its own
        but where its first row holds none and its columns stand where these do."""
        if len(self.heads) != table.columns or not dated:
            return len(self.heads) == table.columns
        places = edges(table)
        alike = len(places) == len(self.edges) and all(
            abs(a - b) < _BESIDE for a, b in zip(places, self.edges, strict=True)
        )
        return alike and not any(column_of(cell.text) for cell in table.row(0))


@dataclass(slots=True)
class State:
    """What the walk knows between two rows."""

    heads: list[Head]
    banner: Facts = field(default_factory=Facts)
    month: tuple[int, int] | None = None
    banner_month: tuple[int, int] | None = None
    block: int = 0
    last: Facts = field(default_factory=Facts)
    in_heading: bool = False
