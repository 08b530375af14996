"""Headings drawn in boxes over rows that are ruled level alone: one table, with the headings' columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dossier.reading import Box
from extractors.french.letters import tight
from extractors.table import Table, edges

_BESIDE = 0.02
"""Fractions of the page by which the sides of headings and rows may differ."""

_BELOW = 0.015
"""The widest gap, in fractions of the page, between headings and rows."""

_EDGE = 0.005
"""Fractions of the page by which two edges of one column may differ."""

_NEXT = 1.7
"""Heights of a row within which the next one is ruled."""

_ROWS = 4
"""Headings have no more rows."""


def capped(drawn: Sequence[Table], rows: Sequence[Table]) -> list[Table]:
    """All tables, each of ``rows`` joined with the headings among ``drawn`` that stand right on top of it."""
    found = list(drawn)
    for table in rows:
        head = cap(table.box, found)
        if head is None or table.columns != head.columns:
            found.append(table)
            continue
        below = tuple(replace(cell, row=cell.row + head.rows) for cell in table.cells)
        box = Box(head.box.x0, head.box.y0, head.box.x1, table.box.y1)
        whole = Table(box, (*head.cells, *below), head.rows + table.rows, head.columns, ruled=True)
        found[found.index(head)] = whole
    return found


def cap(box: Box, drawn: Sequence[Table]) -> Table | None:
    """The headings that stand right on top of the rows in ``box``."""
    return next((table for table in drawn if _heads(table, box)), None)


def headings(rows: Sequence[Table], rules: Sequence[float]) -> list[Table]:
    """Rows of boxes that read as headings. Of several over the same columns the first, and its like below:
    others are rows on a ground of their own colour. ``rules``: where level ones stand, from the top."""
    found: list[Table] = []
    for row in sorted(rows, key=lambda table: table.box.y0):
        above = next((one for one in found if _over_the_same(one, row)), None)
        if (
            _reads_as_heads(row)
            and not _ends_rows(row.box, rules)
            and (above is None or _text(above) == _text(row))
        ):
            found.append(row)
    return found


def _ends_rows(box: Box, rules: Sequence[float]) -> bool:
    """Whether the row is the last one of those above it: their rules go up to it, none follows below."""
    tall = box.y1 - box.y0
    above = any(_EDGE < box.y0 - y < _NEXT * tall for y in rules)
    return above and not any(_EDGE < y - box.y1 < _NEXT * tall for y in rules)


def _over_the_same(one: Table, other: Table) -> bool:
    ones, others = edges(one), edges(other)
    return len(ones) == len(others) and all(abs(a - b) < _EDGE for a, b in zip(ones, others, strict=True))


def _text(table: Table) -> str:
    return tight(" ".join(cell.text for cell in table.cells))


def _reads_as_heads(table: Table) -> bool:
    """Hardly a cell without words, hardly one with figures."""
    worded = [cell for cell in table.cells if cell.words]
    figures = sum(any(c.isdigit() for word in cell.words for c in word.text) for cell in worded)
    return table.columns >= 3 and len(worded) >= 0.6 * len(table.cells) and figures <= 0.4 * len(worded)


def _heads(head: Table, rows: Box) -> bool:
    sides = abs(head.box.x0 - rows.x0) < _BESIDE and abs(head.box.x1 - rows.x1) < _BESIDE
    gap = rows.y0 - head.box.y1
    return sides and -_BELOW < gap < _BELOW and head.ruled and head.rows <= _ROWS and head.columns >= 3
