"""A page of a scan that lost a rule between two columns: it has those of the page before it.

A scanner's streak on a rule, or a fold, takes it along, and two people's places become one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from extractors.table import Cell, Table, cut_up, edges

_NEAR = 0.012
"""Fractions of the page by which an edge stands elsewhere than on the page before."""

_INTO, _APART = 0.003, 0.02
"""By how much a word crosses an edge; how far the headings of two columns stand apart, at least."""

_MOST = 2
"""Rules that one page lost, at most."""


def recovered(table: Table, given: Sequence[float]) -> Table:
    """The table cut at those edges of the page before, ``given``, that it lacks, where it has the others."""
    mine = edges(table)
    if not 2 < len(mine) < len(given) <= len(mine) + _MOST:
        return table
    shift = median((mine[0] - given[0], mine[-1] - given[-1]))
    moved = [edge + shift for edge in given]
    homes = [_nearest(moved, edge) for edge in mine]
    if any(abs(moved[home] - edge) > _NEAR for home, edge in zip(homes, mine, strict=True)):
        return table
    if homes[0] != 0 or homes[-1] != len(moved) - 1 or len(set(homes)) < len(homes):
        return table
    lost = [at for home, at in enumerate(moved) if home not in homes]
    if not all(_two_heads(table, at) for at in lost):
        return table
    cells = [piece for cell in table.cells for piece in _cut(cell, homes, moved)]
    return replace(table, cells=tuple(cells), columns=len(moved) - 1)


def _nearest(places: Sequence[float], edge: float) -> int:
    return min(range(len(places)), key=lambda at: abs(places[at] - edge))


def _two_heads(table: Table, at: float) -> bool:
    """Whether a column is headed by words on either side of an edge, well apart, and none below crosses it:
    not by words in its middle, as a wider column is."""
    crossed = [cell for cell in table.cells if cell.colspan == 1 and cell.box.x0 < at < cell.box.x1]
    words = [word for cell in crossed for word in cell.words]
    if not crossed or any(word.box.x0 < at - _INTO and word.box.x1 > at + _INTO for word in words):
        return False
    head = min(crossed, key=lambda cell: cell.row).words
    left = [word.box.x1 for word in head if word.box.x1 <= at + _INTO]
    right = [word.box.x0 for word in head if word.box.x0 >= at - _INTO]
    return bool(left and right) and min(right) - max(left) > _APART


def _cut(cell: Cell, homes: Sequence[int], places: Sequence[float]) -> tuple[Cell, ...]:
    """A cell in its new columns; one of a single column that is several now in as many pieces."""
    first, last = homes[cell.col], homes[cell.col + cell.colspan]
    if cell.colspan > 1 or last - first == 1:
        return (replace(cell, col=first, colspan=last - first),)
    return cut_up(cell, first, [cell.box.x0, *places[first + 1 : last], cell.box.x1])
