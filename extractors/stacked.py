"""Cells over several rows of a table ruled level alone: the rule between these stops short of them.

"vendredi 19 septembre 2025" beside a morning and an afternoon; headings beside one that has names under it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from dossier.reading import Box, ReadBy
from extractors.page import Page
from extractors.table import Cell, Table, edges

_NEAR = 0.004
"""Fractions of the page within which a rule is the one between two rows."""

_RULED, _OPEN = 0.7, 0.3
"""The least share of a cell's side that is ruled, and the most of one that is not."""


def stacked(page: Page, table: Table) -> Table:
    """The table with such cells as one each; a scan's as it is, whose rules lose their ends anywhere."""
    if page.read_by is ReadBy.OCR:
        return table
    places = edges(table)
    tops = sorted({cell.box.y0 for cell in table.cells})
    if len(tops) != table.rows:
        return table
    open_at = [_open(page, y, places) for y in tops[1:]]
    held = {(cell.row, cell.col): cell for cell in table.cells}
    for row, columns in enumerate(open_at):
        for col in columns:
            _join(held, row, col)
    if len(held) == len(table.cells):
        return table
    return replace(table, cells=tuple(sorted(held.values(), key=lambda cell: (cell.row, cell.col))))


def _open(page: Page, y: float, places: Sequence[float]) -> frozenset[int]:
    """The columns that the rule at ``y`` leaves open, none where it rules nothing."""
    pieces = [(s.x0, s.x1) for s in page.strokes if s.horizontal and abs(s.y0 - y) < _NEAR]
    shares = [_share(pieces, a, b) for a, b in pairwise(places)]
    told = all(share >= _RULED or share <= _OPEN for share in shares)
    if not told or not any(share >= _RULED for share in shares):
        return frozenset()
    return frozenset(col for col, share in enumerate(shares) if share <= _OPEN)


def _share(pieces: Sequence[tuple[float, float]], start: float, end: float) -> float:
    covered, reached = 0.0, start
    for a, b in sorted(pieces):
        covered += max(0.0, min(b, end) - max(a, reached))
        reached = max(reached, min(b, end))
    return covered / max(end - start, 1e-6)


def _join(held: dict[tuple[int, int], Cell], row: int, col: int) -> None:
    """One cell of the one that ends with ``row`` in a column and the one below it, where both are as wide."""
    above = next((c for c in held.values() if c.col == col and c.row <= row < c.row + c.rowspan), None)
    below = held.get((row + 1, col))
    if above is None or below is None or above.colspan != 1 or below.colspan != 1:
        return
    del held[row + 1, col]
    box = Box(above.box.x0, above.box.y0, above.box.x1, below.box.y1)
    words = (*above.words, *below.words)
    held[above.row, col] = replace(above, box=box, rowspan=above.rowspan + below.rowspan, words=words)
