"""Boxes that stand side by side on a text page and touch no other line: rows of cards."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from dossier.reading import Box, ReadBy
from extractors.layout import around, lines_of
from extractors.page import Page
from extractors.table import Span, Table, filled, inside

_LEVEL = 0.006
"""Fractions of the page by which boxes of one row may differ in height and place."""

_LEAST = 0.02
"""Fractions of the page that a card is high, at least."""


def beside(page: Page, boxes: Sequence[Box], drawn: Sequence[Table]) -> list[Table]:
    """A table of one row for each row of cards. What lies between two cards is a blank cell.

    A lone box of several lines is a card where another one, or a cell of the tables ``drawn``, has its size.
    """
    taken = [table.box for table in drawn]
    high = [box for box in boxes if box.y1 - box.y0 >= _LEAST and not inside(box, taken)]
    rows: list[list[Box]] = []
    for box in sorted(high, key=lambda box: (box.y0, box.x0)):
        row = next((row for row in rows if _level(row[0], box)), None)
        if row is None:
            rows.append([box])
        elif box.x0 >= row[-1].x1:
            row.append(box)
    sizes = [box for row in rows for box in row] + [cell for table in drawn for cell in _boxes(table)]
    return [
        _table(page, row)
        for row in rows
        if len(row) > 1 or (_lines(page, row[0]) > 1 and sum(_alike(row[0], size) for size in sizes) > 1)
    ]


def _lines(page: Page, box: Box) -> int:
    """Lines of text in a box."""
    held = [word for word in page.words if inside(word.box, [box])]
    return len(lines_of(held)) if held else 0


def _boxes(table: Table) -> list[Box]:
    return [cell.box for cell in table.cells if cell.words]


def _alike(one: Box, other: Box) -> bool:
    """Whether two boxes are one size."""
    wide, high = one.x1 - one.x0, one.y1 - one.y0
    return abs(wide - (other.x1 - other.x0)) < _LEVEL and abs(high - (other.y1 - other.y0)) < _LEVEL


def are_cards(page: Page, table: Table) -> bool:
    """Whether a ruled row of a text page is one of cards: boxes of several lines with gaps between them."""
    if page.read_by is not ReadBy.TEXT or table.rows > 1 or table.box.y1 - table.box.y0 < _LEAST:
        return False
    cells = sorted(table.cells, key=lambda cell: cell.col)
    gaps = cells[1::2]
    wide = 0.3 * max(cell.box.x1 - cell.box.x0 for cell in cells)
    apart = bool(gaps) and all(not c.words and c.box.x1 - c.box.x0 < wide for c in gaps)
    return apart or sum(len(cell.lines) > 1 for cell in cells) > 1


def _level(one: Box, other: Box) -> bool:
    return abs(one.y0 - other.y0) < _LEVEL and abs(one.y1 - other.y1) < _LEVEL


def _table(page: Page, row: Sequence[Box]) -> Table:
    whole = around(row)
    spans: list[tuple[Span, Box]] = [((0, 0, 1, 1), row[0])]
    for left, right in itertools.pairwise(row):
        between = Box(left.x1, whole.y0, right.x0, whole.y1)
        spans.append(((0, len(spans), 1, 1), between))
        spans.append(((0, len(spans), 1, 1), right))
    return Table(whole, filled(page.words, spans), 1, len(spans), ruled=True)
