"""Cells that hold several: two people's places side by side, and headings with no rule between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from dossier.reading import Box
from extractors.kinds import attendance_words as words
from extractors.kinds.attendance_words import Role
from extractors.layout import lines_of
from extractors.page import Word
from extractors.table import Cell, Table, edges

_TOLD = 0.6
"""The least share of such headings that announce something."""

_APART = 3.0
"""Heights of a line that the two captions stand apart at least."""


def split(table: Table) -> Table:
    """The table with headings in one box apart, by the columns below, and each box for two people cut in
    two, where the second caption begins: "Stagiaire … Formateur" on its first line."""
    if not table.ruled:
        return table
    table = _headings_apart(table)
    cuts = {cell: cut for cell in table.cells if (cut := _cut(cell)) is not None}
    if not cuts:
        return table
    cells: list[Cell] = []
    for cell in table.cells:
        wide = replace(cell, col=2 * cell.col, colspan=2 * cell.colspan)
        cells.extend(_halves(wide, cuts[cell]) if cell in cuts else (wide,))
    return replace(table, cells=tuple(cells), columns=2 * table.columns)


def _headings_apart(table: Table) -> Table:
    """Headings drawn in one box over ruled columns: a dark band, of which scans show no upright rules, or one
    whose rules were lost while the headings beside it kept theirs."""
    apart: dict[Cell, tuple[Cell, ...]] = {}
    places = edges(table)
    for cell in table.cells:
        if cell.colspan > 2 and cell.rowspan == 1 and len(cell.words) > 2 and _all_head(table, cell):
            pieces = _by_columns(cell, places[cell.col : cell.col + cell.colspan + 1])
            told = sum(_announces(piece.text) for piece in pieces if piece.words)
            if told >= max(2, _TOLD * sum(bool(piece.words) for piece in pieces)):
                apart[cell] = pieces
    if not apart:
        return table
    cells = [piece for cell in table.cells for piece in apart.get(cell, (cell,))]
    return replace(table, cells=tuple(cells))


def _all_head(table: Table, cell: Cell) -> bool:
    """Whether whatever stands beside a cell in its row announces a column."""
    beside = [other for other in table.row(cell.row) if other is not cell and other.words]
    return all(other.rowspan == 1 and _announces(other.text) for other in beside)


def _by_columns(cell: Cell, places: Sequence[float]) -> tuple[Cell, ...]:
    """The cell cut at the columns' edges; nothing where a word crosses one, or two stand close across it."""
    tall = max(word.box.y1 - word.box.y0 for word in cell.words)
    pieces = []
    for col, (left, right) in enumerate(pairwise(places), cell.col):
        held = tuple(w for w in cell.words if left <= (w.box.x0 + w.box.x1) / 2 < right)
        if any(w.box.x0 < left - 0.3 * tall or w.box.x1 > right + 0.3 * tall for w in held):
            return ()
        box = Box(left, cell.box.y0, right, cell.box.y1)
        pieces.append(replace(cell, box=box, col=col, colspan=1, words=held))
    filled = [piece for piece in pieces if piece.words]
    gaps = (
        min(w.box.x0 for w in right.words) - max(w.box.x1 for w in left.words)
        for left, right in pairwise(filled)
    )
    return tuple(pieces) if len(filled) > 1 and all(gap > tall for gap in gaps) else ()


def _announces(text: str) -> bool:
    return bool(words.column_of(text) or words.role_of(text) or words.half_of(text) or words.days_in(text))


def _cut(cell: Cell) -> float | None:
    lines = lines_of(cell.words) if len(cell.words) > 1 else ()
    if not lines:
        return None
    first = lines[0]
    tall = first.box.y1 - first.box.y0
    at = max(range(1, len(first.words) + 1), key=lambda n: _gap(first.words, n)) if first.words[1:] else 0
    if not at or _gap(first.words, at) < _APART * tall * 0.7:
        return None
    left, right = (" ".join(w.text for w in held) for held in (first.words[:at], first.words[at:]))
    if len(left.split()) > 3 or len(right.split()) > 3:
        return None
    roles = {words.role_of(left), words.role_of(right)}
    return first.words[at].box.x0 - 0.3 * tall if roles == {Role.TRAINEE, Role.TRAINER} else None


def _gap(held: Sequence[Word], at: int) -> float:
    return held[at].box.x0 - held[at - 1].box.x1 if at < len(held) else -1.0


def _halves(cell: Cell, cut: float) -> tuple[Cell, Cell]:
    box, half = cell.box, cell.colspan // 2
    left = tuple(word for word in cell.words if word.box.x0 < cut)
    right = tuple(word for word in cell.words if word.box.x0 >= cut)
    return (
        replace(cell, box=Box(box.x0, box.y0, cut, box.y1), colspan=half, words=left),
        replace(cell, box=Box(cut, box.y0, box.x1, box.y1), col=cell.col + half, colspan=half, words=right),
    )
