"""Cells of a scanned sheet with words on their side: dates over narrow columns, "MATIN" beside rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import cv2
import numpy as np

from dossier.reading import Box
from extractors.kinds import attendance_words as words
from extractors.kinds.attendance_again import inside, lines_in
from extractors.leaf import Leaf
from extractors.page import Page, Word
from extractors.recogniser import recognised
from extractors.table import Cell, Table

_TALL = 1.25
"""Times that a cell with words on their side is as high as it is wide, at least."""

_MOST = 30
"""Cells of one table read at most: about a second."""

_LONE = 0.9
"""How sure a value is that the second engine alone reads, at best."""

_RISING, _FALLING = cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_90_COUNTERCLOCKWISE


def turned(leaf: Leaf, table: Table) -> Table:
    """The table with the words of such cells, in its first row or over several rows, that tell a day, a half
    or times."""
    if not leaf.ocr or not table.ruled:
        return table
    changed: dict[Cell, Cell] = {}
    ways = [_RISING, _FALLING]
    for cell in list(_tall(leaf.page, table))[:_MOST]:
        for way in ways:
            found = _read(leaf.page, cell, way)
            if found is not None:
                changed[cell] = replace(cell, words=found)
                ways = [way]
                break
        if not changed and len(ways) > 1 and cell.row > 0:
            break  # the first tells what the others are like
    return replace(table, cells=tuple(changed.get(cell, cell) for cell in table.cells)) if changed else table


def _tall(page: Page, table: Table) -> Iterator[Cell]:
    for cell in table.cells:
        wide = (cell.box.x1 - cell.box.x0) * page.width
        high = (cell.box.y1 - cell.box.y0) * page.height
        tall = high > _TALL * wide
        beside = cell.rowspan > 1 and cell.col < 2 and (tall or not any(c.isalnum() for c in cell.text))
        told = _tells(cell.text) or words.column_of(cell.text) is not None
        if (beside or (tall and cell.row == 0)) and not told:
            yield cell


def _tells(text: str) -> bool:
    return bool(words.half_of(text) or words.days_in(text) or words.spans_in(text))


def _read(page: Page, cell: Cell, way: int) -> tuple[Word, ...] | None:
    """The cell's lines as words, one a line, one below the other; None where they tell nothing."""
    picture, _, _ = inside(page, cell.box)
    if min(picture.shape) < 8:
        return None
    upright = np.asarray(cv2.rotate(picture, way), dtype=np.uint8)
    crops = [crop for crop, _ in lines_in(upright, 0.0035 * page.grey.shape[0])]
    if not 1 <= len(crops) <= 4:
        return None
    seen = [one for one in recognised(crops) if one.text.strip()]
    if not _tells(" ".join(one.text for one in seen)):
        return None
    box, step = cell.box, (cell.box.y1 - cell.box.y0) / max(1, len(seen))
    return tuple(
        Word(
            re.sub(r"(?<=[^\W\d_])(?=\d)", " ", one.text.strip()),
            Box(box.x0, box.y0 + at * step, box.x1, box.y0 + (at + 0.9) * step),
            min(_LONE, one.sureness),
        )
        for at, one in enumerate(seen)
    )
