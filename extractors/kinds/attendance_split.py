"""Boxes that two people sign side by side, no rule between: "Stagiaire … Formateur" on their first line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dossier.reading import Box
from extractors.kinds import attendance_words as words
from extractors.kinds.attendance_words import Role
from extractors.layout import lines_of
from extractors.page import Word
from extractors.table import Cell, Table

_APART = 3.0
"""Heights of a line that the two captions stand apart at least."""


def split(table: Table) -> Table:
    """The table with each such box cut in two, where the second caption begins."""
    if not table.ruled:
        return table
    cuts = {cell: cut for cell in table.cells if (cut := _cut(cell)) is not None}
    if not cuts:
        return table
    cells: list[Cell] = []
    for cell in table.cells:
        wide = replace(cell, col=2 * cell.col, colspan=2 * cell.colspan)
        cells.extend(_halves(wide, cuts[cell]) if cell in cuts else (wide,))
    return replace(table, cells=tuple(cells), columns=2 * table.columns)


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
