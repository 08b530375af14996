"""A table of an attendance sheet as read, and what the walk over it knows on its way."""

from __future__ import annotations

from dataclasses import dataclass, field

from dossier.quantities import Minutes
from dossier.reading import Box
from extractors.kinds.attendance_facts import Facts, Head, Place
from extractors.table import Cell


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
