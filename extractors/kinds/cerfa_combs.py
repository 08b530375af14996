"""Rows of small boxes on a page of pixels, one character a box, found by their plumb lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from dossier.reading import Box
from extractors.kinds.cerfa_teeth import toothed
from extractors.leaf import Leaf
from extractors.page import Picture

_Mask = NDArray[np.uint8]
_Line = tuple[int, int, int, int]

_LEAST_LINE = 1.2
"""Heights of a word: a shorter plumb stroke may be a letter's stem."""

_LONGEST_LINE = 3.4
"""Heights of a word: a longer one is a table's."""

_WIDEST_BOX = 3.6
"""Heights of a word from one plumb line of a row to the next, one line between them lost."""

_INK = 16
"""Grey levels under the paper from which a pixel counts as ink."""

_PALE = 11
"""The same for a line that keeps it over its whole length."""

_FILLED = 0.045
"""Share of ink in the middle of a box from which it holds a character."""


@dataclass(frozen=True, slots=True)
class Comb:
    """A row of boxes: ``cells`` in pixels as x0, y0, x1, y1, left to right, and which hold a character.

    ``edge``: how many pixels of a box's sides its lines take. ``toothed``: open at the top.
    """

    cells: tuple[tuple[int, int, int, int], ...]
    filled: tuple[bool, ...]
    box: Box
    edge: int = 3
    toothed: bool = False

    @property
    def pixels(self) -> tuple[int, int, int, int]:
        return (
            self.cells[0][0],
            min(c[1] for c in self.cells),
            self.cells[-1][2],
            max(c[3] for c in self.cells),
        )


def combs(leaf: Leaf) -> tuple[Comb, ...]:
    """All rows of two boxes and more on a page, top to bottom."""
    # forms are printed in pale blue or green: the darkest of the three colours shows their lines best
    darkest = np.ascontiguousarray(leaf.page.colour.min(axis=2))
    tall = leaf.view.tall * darkest.shape[0]
    depth = _depth(darkest, tall)
    found = [comb for row in _rows(_plumb(depth, tall), tall) for comb in _combs_of(row, depth)]
    ink, lines = (np.asarray(depth > least, dtype=np.uint8) for least in (_INK, _PALE))
    for cells in toothed(ink, tall):
        comb = _of_cells(cells, ink)
        same = [other for other in found if _meet(comb.box, other.box)]
        if (
            _ends_here(ink, comb)
            and not _roofed(lines, comb, tall)
            and not any(_closed(lines, other) for other in same)
        ):
            found = [*(other for other in found if other not in same), comb]
    return tuple(sorted(found, key=lambda comb: (comb.box.y0, comb.box.x0)))


def _of_cells(cells: tuple[_Line, ...], ink: _Mask) -> Comb:
    height, width = ink.shape
    box = Box(
        cells[0][0] / width,
        min(cell[1] for cell in cells) / height,
        cells[-1][2] / width,
        max(cell[3] for cell in cells) / height,
    )
    edge = max(3, round(0.14 * (cells[-1][2] - cells[0][0]) / len(cells)))
    return Comb(cells, tuple(_is_filled(ink, cell) for cell in cells), box, edge, toothed=True)


def _ends_here(ink: _Mask, comb: Comb) -> bool:
    """Nothing is written right before or after the row: else some of its teeth were lost."""
    wide = (comb.cells[-1][2] - comb.cells[0][0]) // len(comb.cells)
    (left, top, _, bottom), (_, end_top, right, end_bottom) = comb.cells[0], comb.cells[-1]
    before, after = (left - wide, top, left, bottom), (right, end_top, right + wide, end_bottom)
    return not any(_is_filled(ink, cell) for cell in (before, after) if 0 <= cell[0] < ink.shape[1] - 3)


def _roofed(lines: _Mask, comb: Comb, tall: float) -> bool:
    """A level line runs over the characters: these boxes are closed, and their row is no toothed one."""
    x0, y0, x1, y1 = comb.pixels
    band = lines[max(0, y0 - 1) : y1 - round(0.7 * tall), x0:x1]
    return bool(band.size) and float(band.mean(axis=1).max()) > 0.5


def _closed(lines: _Mask, comb: Comb) -> bool:
    """A level line runs along the top of the boxes too."""
    x0, y0, x1, y1 = comb.pixels
    reach = max(4, (y1 - y0) // 6)
    band = lines[max(0, y0 - reach) : y0 + reach, x0:x1]
    return bool(band.size) and float(band.mean(axis=1).max()) > 0.55


def _meet(one: Box, two: Box) -> bool:
    wide = min(one.x1, two.x1) - max(one.x0, two.x0)
    high = min(one.y1, two.y1) - max(one.y0, two.y0)
    return wide > 0 and high > 0.3 * min(one.y1 - one.y0, two.y1 - two.y0)


def _depth(grey: Picture, tall: float) -> _Mask:
    """By how many grey levels pixels are darker than the paper around them, 80 at most."""
    around = int(2.5 * tall) | 1
    paper = cv2.blur(grey, (around, around))
    return np.asarray(np.minimum(cv2.subtract(paper, grey), 80), dtype=np.uint8)


def _plumb(depth: _Mask, tall: float) -> list[_Line]:
    """Thin upright strokes of a box's height, as x, y, width, height; pale and grainy ones too."""
    length = max(8, round(_LEAST_LINE * tall))
    calm = cv2.dilate(cv2.blur(depth, (1, 3)), np.ones((1, 2), np.uint8))
    opened = cv2.morphologyEx(calm, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    opened = np.asarray(opened > _PALE, dtype=np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    found = []
    for index in range(1, count):
        x, y, w, h = (int(value) for value in stats[index][:4])
        if h <= _LONGEST_LINE * tall and w <= 0.6 * tall:
            found.append((x, y, w, h))
    return found


def _rows(lines: Sequence[_Line], tall: float) -> list[list[_Line]]:
    """Lines of one height side by side, cut where they stand further apart than boxes do."""
    left = sorted(lines)
    rows: list[list[_Line]] = []
    for line in left:
        x, y, _, h = line
        for row in rows:
            lx, ly, _, lh = row[-1]
            level = min(y + h, ly + lh) - max(y, ly) > 0.6 * min(h, lh)
            if level and 0 < x - lx <= _WIDEST_BOX * tall:
                row.append(line)
                break
        else:
            rows.append([line])
    return sorted((row for row in rows if len(row) >= 3), key=lambda row: (row[0][1], row[0][0]))


def _combs_of(row: Sequence[_Line], depth: _Mask) -> Iterator[Comb]:
    """The rows of boxes between lines of one height, cut where these stand further apart than two boxes."""
    fences, pitch = _fences(row)
    stretch: list[_Line] = fences[:1]
    for before, line in pairwise(fences):
        if line[0] - before[0] > 2.3 * pitch:
            yield from _comb(stretch, pitch, depth)
            stretch = []
        stretch.append(line)
    yield from _comb(stretch, pitch, depth)


def _comb(fences: Sequence[_Line], pitch: float, depth: _Mask) -> Iterator[Comb]:
    """The boxes between plumb lines, when most stand at one distance; a lost line is put back in."""
    if len(fences) < 3:
        return
    middles = [x + w / 2 for x, _, w, _ in fences]
    top = int(median(y for _, y, _, _ in fences))
    bottom = int(median(y + h for _, y, _, h in fences))
    cells: list[_Line] = []
    even = 0
    for a, b in pairwise(middles):
        step = b - a
        boxes = round(step / pitch) if step > 0.6 * pitch else 0
        even += boxes == 0 or abs(step / pitch - boxes) < 0.15 * boxes
        for index in range(boxes):
            cells.append((int(a + index * step / boxes), top, int(a + (index + 1) * step / boxes), bottom))
    if len(cells) < 2 or even < 0.7 * (len(middles) - 1):
        return
    lines = np.asarray(depth > _PALE, dtype=np.uint8)
    ink = np.asarray(depth > _INK, dtype=np.uint8)
    if not _framed(lines, (cells[0][0], top, cells[-1][2], bottom)) or not _clear(ink, cells, fences):
        return
    cells = _extended(lines, cells, round(pitch))
    height, width = depth.shape
    box = Box(cells[0][0] / width, top / height, cells[-1][2] / width, bottom / height)
    yield Comb(tuple(cells), tuple(_is_filled(ink, cell) for cell in cells), box)


def _framed(ink: _Mask, row: _Line) -> bool:
    """A level line runs along the foot of a row of boxes: words have none."""
    x0, _, x1, foot = row
    band = ink[max(0, foot - 4) : foot + 5, x0:x1]
    return bool(band.size) and float(band.mean(axis=1).max()) > 0.55


def _clear(ink: _Mask, cells: Sequence[_Line], fences: Sequence[_Line]) -> bool:
    """Paper shows on both sides of the lines: stems of letters have the rest of their letter there."""
    _, top, _, bottom = cells[0]
    y0, y1 = top + (bottom - top) // 4, bottom - (bottom - top) // 4
    beside = [
        float(ink[y0:y1, max(0, at) : at + 2].mean())
        for x, _, w, _ in fences
        for at in (x - 4, x + w + 2)
        if at + 2 < ink.shape[1]
    ]
    return bool(beside) and sum(beside) / len(beside) < 0.15


def _extended(ink: _Mask, cells: Sequence[_Line], pitch: int) -> list[_Line]:
    """Boxes whose outer plumb line was lost: the row's level line goes on past the last one found."""
    found = list(cells)
    while len(found) < len(cells) + 3 and _ruled(ink, found[-1][2], pitch, found[-1]):
        _, top, x, bottom = found[-1]
        found.append((x, top, x + pitch, bottom))
    while len(found) < len(cells) + 5 and _ruled(ink, found[0][0] - pitch, pitch, found[0]):
        x, top, _, bottom = found[0]
        found.insert(0, (x - pitch, top, x, bottom))
    return found


def _ruled(ink: _Mask, x: int, pitch: int, cell: _Line) -> bool:
    """A level line runs along the foot of the box that would begin at ``x``."""
    left, right = x + round(0.2 * pitch), x + round(0.8 * pitch)
    if left < 0 or right > ink.shape[1]:
        return False
    if float(ink[cell[1] : cell[3], left:right].mean()) > 0.6:
        return False
    foot = ink[max(0, cell[3] - 3) : cell[3] + 4, left:right]
    return float(foot.any(axis=0).mean()) > 0.85 and float(foot.mean(axis=1).max()) > 0.6


def _fences(row: Sequence[_Line]) -> tuple[list[_Line], float]:
    """The lines of a row without stems of characters, and their distance.

    These are the tallest, and shorter ones a whole box away from one.

    The first and last line of a group of boxes may be shorter, its corners being round.
    """
    highest = sorted(h for _, _, _, h in row)[-2]
    tall = [line for line in row if line[3] >= 0.86 * highest]
    steps = [b[0] - a[0] for a, b in pairwise(tall)]
    wide = sorted(step for step in steps if step > 0.4 * highest)
    if not wide:
        return [], 0.0
    pitch = median(step for step in wide if step < 1.4 * wide[len(wide) // 4])
    kept = list(tall)
    for line in row:
        away = [abs(line[0] - other[0]) / pitch for other in kept]
        if any(abs(step - 1) < 0.1 for step in away) and not any(0.14 < step < 0.9 for step in away):
            kept.append(line)
    return sorted(kept), pitch


def _is_filled(ink: _Mask, cell: tuple[int, int, int, int]) -> bool:
    x0, y0, x1, y1 = cell
    dx, dy = max(3, round(0.2 * (x1 - x0))), max(3, round(0.17 * (y1 - y0)))
    core = np.ascontiguousarray(ink[y0 + dy : y1 - dy, x0 + dx : x1 - dx])
    if not core.size or float(core.mean()) <= _FILLED:
        return False
    _, _, stats, _ = cv2.connectedComponentsWithStats(core, connectivity=8)
    return any(int(piece[4]) > 0.5 * _FILLED * core.size for piece in stats[1:])
