"""A coloured row of headings over rows that only level lines part: two tables to a grid, one to who reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.bands import recut
from extractors.kinds.attendance_words import column_of
from extractors.layout import around
from extractors.page import Page
from extractors.table import Table, edges

_FEWEST = 3
"""Columns of a row of headings, at least."""

_NEAR = 0.03
"""Fractions of the page's height between the headings and what they head, at most."""

_ALIKE = 0.02
"""Fractions of the page's width by which the two may begin apart."""


def under_bands(page: Page, found: Sequence[Table]) -> Iterator[Table]:
    """The tables of a page, top to bottom, each row of headings made one with the rows right under it."""
    held: Table | None = None
    for table in found:
        if held is not None and _under(held, table):
            yield _one(held, recut(page, table, edges(held)))
            held = None
            continue
        if held is not None:
            yield held
        held = table if _is_band(table) else None
        if held is None:
            yield table
    if held is not None:
        yield held


def _is_band(table: Table) -> bool:
    """One ruled row in which each column is named."""
    if not table.ruled or table.rows != 1 or table.columns < _FEWEST:
        return False
    cells = table.row(0)
    return all(cell.words for cell in cells) and sum(column_of(cell.text) is not None for cell in cells) >= 2


def _under(band: Table, table: Table) -> bool:
    gap = table.box.y0 - band.box.y1
    return (
        not table.ruled
        and -_NEAR / 3 < gap < _NEAR
        and abs(table.box.x0 - band.box.x0) < _ALIKE
        and table.box.x1 < band.box.x1 + _ALIKE  # cells to sign in at its end hold no word
    )


def _one(band: Table, body: Table) -> Table:
    if body.columns != band.columns:
        return body
    cells = (*band.cells, *(replace(cell, row=cell.row + 1) for cell in body.cells))
    return Table(around((band.box, body.box)), cells, body.rows + 1, band.columns, True)
