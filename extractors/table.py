"""A table as readers see it: cells in rows and columns, whatever they were found from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from dossier.reading import Box
from extractors.layout import lines_of
from extractors.page import Word

_MARGIN = 0.05
"""The share of a table's width that a blank column at its side has at most to be a margin."""

Span = tuple[int, int, int, int]
"""Row, column, rows and columns of a cell."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table. ``row`` and ``col`` count from 0; spans are in lattice steps."""

    box: Box
    row: int
    col: int
    rowspan: int
    colspan: int
    words: tuple[Word, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(line.text for line in lines_of(self.words)) if self.words else ()

    @property
    def text(self) -> str:
        """The words in reading order; a name broken after its hyphen is whole again."""
        text = ""
        for line in self.lines:
            text = text + line if text.endswith("-") and text[-2:-1].isalpha() else f"{text} {line}"
        return text.strip()


@dataclass(frozen=True)
class Table:
    """Cells in reading order. ``ruled``: its columns were drawn, not found from words."""

    box: Box
    cells: tuple[Cell, ...]
    rows: int
    columns: int
    ruled: bool

    @cached_property
    def _places(self) -> dict[tuple[int, int], Cell]:
        return {
            (row, col): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.rowspan)
            for col in range(cell.col, cell.col + cell.colspan)
        }

    def at(self, row: int, col: int) -> Cell | None:
        """The cell that covers this place of the lattice."""
        return self._places.get((row, col))

    def row(self, row: int) -> tuple[Cell, ...]:
        """The cells that cover this row, left to right, each once."""
        held = (self.at(row, col) for col in range(self.columns))
        return tuple(dict.fromkeys(cell for cell in held if cell is not None))


def without_margins(table: Table) -> Table:
    """The table without blank columns at its sides that are as narrow as a frame's margin."""
    first, last = 0, table.columns
    places = edges(table)

    def margin(col: int) -> bool:
        held = [c for c in table.cells if c.col == col and c.colspan == 1]
        narrow = places[col + 1] - places[col] < _MARGIN * (table.box.x1 - table.box.x0)
        return narrow and bool(held) and not any(cell.words for cell in held)

    if table.columns > 3 and margin(first):
        first += 1
    if last - first > 3 and margin(last - 1):
        last -= 1
    if last - first == table.columns:
        return table
    cells = []
    for cell in table.cells:
        left, right = max(cell.col, first), min(cell.col + cell.colspan, last)
        if left < right:
            box = Box(
                max(cell.box.x0, places[first]), cell.box.y0, min(cell.box.x1, places[last]), cell.box.y1
            )
            cells.append(replace(cell, box=box, col=left - first, colspan=right - left))
    box = Box(places[first], table.box.y0, places[last], table.box.y1)
    return Table(box, tuple(cells), table.rows, last - first, table.ruled)


def edges(table: Table) -> tuple[float, ...]:
    """Where the table's columns begin, and where the last one ends."""
    found: dict[int, float] = {}
    for cell in table.cells:
        found.setdefault(cell.col, cell.box.x0)
        found.setdefault(cell.col + cell.colspan, cell.box.x1)
    step = (table.box.x1 - table.box.x0) / table.columns
    return tuple(found.get(col, table.box.x0 + col * step) for col in range(table.columns + 1))


def filled(words: Sequence[Word], boxes: list[tuple[Span, Box]]) -> tuple[Cell, ...]:
    """Cells with the words whose middle they hold."""
    held: list[list[Word]] = [[] for _ in boxes]
    for word in words:
        x, y = (word.box.x0 + word.box.x1) / 2, (word.box.y0 + word.box.y1) / 2
        for index, (_, box) in enumerate(boxes):
            if box.x0 <= x < box.x1 and box.y0 <= y < box.y1:
                held[index].append(word)
                break
    return tuple(
        Cell(box, *span, words=tuple(inside)) for (span, box), inside in zip(boxes, held, strict=True)
    )


def cut_up(cell: Cell, col: int, places: Sequence[float]) -> tuple[Cell, ...]:
    """A cell as one for each column between ``places``, from column ``col`` on, with the words of each."""
    made = []
    for at, (left, right) in enumerate(pairwise(places)):
        held = tuple(w for w in cell.words if left <= (w.box.x0 + w.box.x1) / 2 < right)
        box = Box(left, cell.box.y0, right, cell.box.y1)
        made.append(replace(cell, box=box, col=col + at, colspan=1, words=held))
    return tuple(made)


def inside(box: Box, others: Sequence[Box]) -> bool:
    """Whether the middle of ``box`` lies in one of ``others``."""
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return any(o.x0 <= x <= o.x1 and o.y0 - 0.005 <= y <= o.y1 + 0.005 for o in others)
