"""Columns whose upright rules stand in the headings alone: the rows below are cut where these begin.

A coloured row of headings has an edge for each of its cells, the rows below it only level rules, perhaps one
column on a ground of its own: those rows come as a cell over several columns each.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from extractors.table import Cell, Table, cut_up, edges

_ROWS = 3
"""Rows that one cell over several columns has to stand in, at least."""

_SHARE = 0.6
"""The least share of the rows below the headings."""

_CROSSED = 0.003
"""Fractions of the page by which a word reaches over an edge when it crosses it."""


def below_heads(table: Table) -> Table:
    """The table with such rows cut at the edges of the headings, where no word of them crosses one."""
    wide: dict[tuple[int, int], list[Cell]] = defaultdict(list)
    for cell in table.cells:
        if cell.colspan > 1 and cell.rowspan == 1:
            wide[cell.col, cell.colspan].append(cell)
    places = edges(table)
    cut: dict[Cell, tuple[Cell, ...]] = {}
    for (col, span), cells in wide.items():
        first = min(cell.row for cell in cells)
        if len(cells) < max(_ROWS, _SHARE * (table.rows - first)) or not _headed(table, first, col, span):
            continue
        inner = places[col + 1 : col + span]
        words = [word for cell in cells for word in cell.words]
        if any(w.box.x0 < at - _CROSSED and w.box.x1 > at + _CROSSED for w in words for at in inner):
            continue
        for cell in cells:
            cut[cell] = cut_up(cell, col, places[col : col + span + 1])
    if not cut:
        return table
    return replace(table, cells=tuple(piece for cell in table.cells for piece in cut.get(cell, (cell,))))


def _headed(table: Table, first: int, col: int, span: int) -> bool:
    """Whether a row above names each of the columns in a cell of its own."""
    for row in range(first):
        held = [table.at(row, at) for at in range(col, col + span)]
        if all(cell is not None and cell.colspan == 1 and cell.words for cell in held):
            return True
    return False
