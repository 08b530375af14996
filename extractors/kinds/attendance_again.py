"""Dates, times and durations that Tesseract can't make out, read again cell by cell by the second engine.

Such cells are mostly filled in by hand. Only cells whose heading or place says what they hold are read again,
and only where the first reading is no such thing or was hardly sure; the second is taken when it is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import cv2
import numpy as np

from dossier.reading import Box
from extractors.kinds import attendance_words as words
from extractors.kinds.attendance_cells import duration_of
from extractors.kinds.attendance_words import Column
from extractors.leaf import Leaf
from extractors.page import Page, Picture, Pixels, Word
from extractors.recogniser import recognised
from extractors.table import Cell, Table

_TIMED = (Column.DATE, Column.START, Column.END, Column.TIMES, Column.HOURS)
_SURE = 0.6
"""Tesseract's confidence in its least sure word below which a reading is checked."""

_MOST = 160
"""Cells of one page read again at most: about four seconds."""

_FAR = 75
"""Days from the middle date of a table at which a date is doubted."""

_DARK = 128.0
"""Grey level of a cell's ground below which its letters are light."""

_LONE = 0.9
"""How sure a value is that the second engine alone reads, at best."""


def reread(leaf: Leaf, table: Table, month: tuple[int, int] | None) -> Table:
    """The table with the words of the cells that had to be read again."""
    if not leaf.ocr:
        return table
    table = _with_headings(leaf.page, table)
    changed: dict[Cell, Cell] = {}
    expected = _expected(table)
    astray = _astray([cell for cell, kind in expected.items() if kind is Column.DATE], month)
    for cell, kind in list(expected.items())[:_MOST]:
        sure = cell not in astray and min((w.confidence for w in cell.words), default=0.0) >= _SURE
        if sure and _fits(cell.text, kind, month):
            continue
        found = lines_read(leaf.page, cell.box)
        text = " ".join(word.text for word in found)
        if found and _fits(text, kind, month):
            changed[cell] = replace(cell, words=found)
    if not changed:
        return table
    return replace(table, cells=tuple(changed.get(cell, cell) for cell in table.cells))


def _with_headings(page: Page, table: Table) -> Table:
    """Headings of which Tesseract made nothing, or lost a line, read again."""
    changed: dict[Cell, Cell] = {}
    for row in range(min(table.rows, 4)):
        cells = [cell for cell in table.row(row) if cell.row == row]
        known = sum(words.column_of(cell.text) is not None for cell in cells)
        if known < 2 and not (known and 2 * sum(not cell.words for cell in cells) >= len(cells) > 2):
            continue
        for cell in cells:
            said = _announces(cell.text)
            if said and len(list(lines_of_cell(page, cell.box))) <= len(cell.lines):
                continue
            found = lines_read(page, cell.box)
            text = " ".join(word.text for word in found)
            column = words.column_of(cell.text)  # dirt under a heading says nothing else
            if _announces(text) and len(text) > len(cell.text) and column in (None, words.column_of(text)):
                changed[cell] = replace(cell, words=found)
    if not changed:
        return table
    return replace(table, cells=tuple(changed.get(cell, cell) for cell in table.cells))


def _announces(text: str) -> bool:
    return bool(words.column_of(text) or words.role_of(text) or words.half_of(text))


def _astray(cells: Sequence[Cell], month: tuple[int, int] | None) -> set[Cell]:
    """Cells whose date is far from those around them: a digit was lost."""
    dated = [(cell, day.date) for cell in cells for day in words.days_in(cell.text, month)[:1]]
    known = sorted(date for _, date in dated if date is not None)
    if len(known) < 3:
        return set()
    middle = known[len(known) // 2]
    return {cell for cell, date in dated if date is None or abs((date - middle).days) > _FAR}


def _expected(table: Table) -> Mapping[Cell, Column]:
    """What cells must hold: by the heading above, by the word that opens their row, by being in a heading."""
    found: dict[Cell, Column] = {}
    heads: dict[int, Column] = {}
    for row in range(table.rows):
        cells = [cell for cell in table.row(row) if cell.row == row]
        kinds = {cell.col: words.column_of(cell.text) for cell in cells}
        named = {col: kind for col, kind in kinds.items() if kind is not None}
        if len(named) >= 2:
            heads.update(named)
            if any(words.role_of(cell.text) is not None for cell in cells):
                halves = [c for c in cells if c.col not in named and words.half_of(c.text) is not None]
                heads.update({c.col: Column.HOURS for c in halves if words.role_of(c.text) is None})
            continue
        first, opening = _opening(table, row)
        for cell in cells:
            kind = heads.get(cell.col)
            if cell.col > first.col and opening in (Column.HOURS, Column.TIMES):
                found[cell] = opening
            elif kind in _TIMED and opening is not Column.TOTAL and not words.spans_in(cell.text):
                found[cell] = kind
            elif (
                cell.col > first.col
                and kinds[cell.col] in (None, *_TIMED)
                and (_heads(table, row) or _of_days(cells) or _over_times(table, row))
            ):
                timed = words.half_of(cell.text) is not None or _of_times(cells)
                found[cell] = Column.TIMES if timed else Column.DATE
    return found


def _opening(table: Table, row: int) -> tuple[Cell, Column | None]:
    """The cell that opens a row and what it announces; right of one that holds for several rows, the next."""
    cells = table.row(row)
    at = 1 if cells[0].rowspan > 1 and len(cells) > 2 and words.column_of(cells[0].text) is None else 0
    return cells[at], words.column_of(cells[at].text)


def _of_days(cells: Sequence[Cell]) -> bool:
    """A row most of whose cells are days."""
    days = sum(bool(words.days_in(cell.text)) for cell in cells)
    return days >= 2 and 2 * days >= sum(bool(cell.words) for cell in cells)


def _of_times(cells: Sequence[Cell]) -> bool:
    """A row of headings that says times of day in more cells than days."""
    timed = sum(bool(words.spans_in(cell.text)) or words.time_alone(cell.text) is not None for cell in cells)
    return timed > sum(bool(words.days_in(cell.text)) for cell in cells)


def _over_times(table: Table, row: int) -> bool:
    """A table's first row over one of times: of days, read or not, and nothing else."""
    if row > 0 or table.rows < 2:
        return False
    above, below = table.row(0)[1:], table.row(1)[1:]
    timed = sum(bool(words.spans_in(cell.text)) for cell in below)
    said = [cell for cell in above if cell.words]
    alike = len(above) == len(below) and all(cell.colspan == 1 for cell in above)
    return alike and timed >= max(3, 0.6 * len(below)) and all(words.days_in(cell.text) for cell in said)


def _heads(table: Table, row: int) -> bool:
    """A row of the heading over half-days: its first cell reaches down from the top and heads names."""
    first = table.row(row)[0]
    column = words.column_of(first.text)
    return first.row == 0 and first.rowspan > 1 and column is Column.NAME


def _fits(text: str, kind: Column, month: tuple[int, int] | None) -> bool:
    match kind:
        case Column.DATE:
            return any(day.date is not None and day.date.year >= 2015 for day in words.days_in(text, month))
        case Column.START | Column.END:
            return words.time_alone(text) is not None
        case Column.TIMES:
            return bool(words.spans_in(text))
        case _:
            found = duration_of(text)
            return found is not None and found <= 10 * 60 and words.is_number(text)


def lines_read(page: Page, box: Box) -> tuple[Word, ...]:
    """The few lines in a box as the second engine reads them, one word a line."""
    lines = list(lines_of_cell(page, box))
    if not 1 <= len(lines) <= 4:
        return ()
    read = recognised([crop for crop, _ in lines])
    return tuple(
        Word(_apart(seen.text), box, min(_LONE, seen.sureness))
        for seen, (_, box) in zip(read, lines, strict=True)
        if seen.text.strip()
    )


def _apart(text: str) -> str:
    """A word and the number that it runs into, apart; a date that lost one of its strokes, whole."""
    text = re.sub(r"(?<=[^\W\d_]{3})(?=\d)", " ", text.strip())
    return re.sub(r"(?<!\d)([0-3]\d)([01]\d)/(20\d\d)(?!\d)", r"\1/\2/\3", text)


def lines_of_cell(page: Page, box: Box) -> Iterator[tuple[Picture, Box]]:
    """Lines of a cell, its rules left out, cut where no ink stands from side to side."""
    high, wide = page.grey.shape
    cell, x0, y0 = inside(page, box)
    for crop, (left, top, right, bottom) in lines_in(cell, 0.0035 * high):
        yield (
            crop,
            Box((x0 + left) / wide, (y0 + top) / high, (x0 + right) / wide, (y0 + bottom) / high),
        )


def inside(page: Page, box: Box) -> tuple[Picture, int, int]:
    """The grey picture of a cell without its rules, and its left and top in pixels of the page."""
    grey = page.grey
    high, wide = grey.shape
    inset = max(2, round(0.0022 * high))
    x0, x1 = round(box.x0 * wide) + inset, round(box.x1 * wide) - inset
    y0, y1 = round(box.y0 * high) + inset, round(box.y1 * high) - inset
    return grey[y0 : max(y0, y1), x0 : max(x0, x1)], x0, y0


def lines_in(cell: Picture, least: float) -> Iterator[tuple[Picture, Pixels]]:
    """The lines of writing of a cell, at least ``least`` pixels high, and where they are in it."""
    if min(cell.shape) < 8:
        return
    if float(np.median(cell)) < _DARK:
        cell = 255 - cell  # a heading in white on a colour
    paper = float(np.median(cell))
    spread = float(np.median(np.abs(cell.astype(np.float32) - paper)))
    dark = cv2.blur(cell, (3, 3)) < paper - max(9.0, 5 * spread)
    inked = (dark.sum(axis=1) > 1).astype(np.uint8).reshape(-1, 1)
    joined = np.asarray(cv2.morphologyEx(inked, cv2.MORPH_CLOSE, np.ones((3, 1), np.uint8))).ravel()
    edges = np.flatnonzero(np.diff(np.concatenate([[0], joined, [0]])))
    for top, bottom in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if bottom - top < least:
            continue
        columns = np.flatnonzero(dark[top:bottom].any(axis=0))
        left, right = int(columns[0]), int(columns[-1]) + 1
        pad = max(3, round(0.25 * (bottom - top)))
        crop = cell[max(0, top - pad) : bottom + pad, max(0, left - 2 * pad) : right + 2 * pad]
        yield np.ascontiguousarray(crop), (left, top, right, bottom)
