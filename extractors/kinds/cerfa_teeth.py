"""Rows of boxes that are open at the top: a level line with short teeth on it, a character between two teeth.

Official forms are printed so. Teeth are as short as a letter, so they are looked for on level lines alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

_Mask = NDArray[np.uint8]
Cell = tuple[int, int, int, int]

_HEIGHT = 1.9
"""Heights of a word from the line to the top of what stands between its teeth."""

_ROOT = 0.34
"""Heights of a word: teeth fill this strip over their line, characters end above it."""

_PITCH = (0.9, 3.8)
"""Heights of a word from tooth to tooth, least and most."""


def toothed(ink: _Mask, tall: float) -> Iterator[tuple[Cell, ...]]:
    """The boxes of each such row, left to right, in pixels. ``ink``: 1 where the page is drawn on."""
    length = max(12, round(1.7 * tall))
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    level = cv2.dilate(level, np.ones((1, max(3, round(0.35 * tall))), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(level, connectivity=8)
    for index in range(1, count):
        x, y, w, h = (int(value) for value in stats[index][:4])
        if w < 2 * tall or h > 0.9 * tall or y < _HEIGHT * tall:
            continue
        tops = y + np.argmax(labels[y : y + h, x : x + w] == index, axis=0)
        for row in _cells(_teeth(ink, x, tops, tall), tall):
            yield _to_the_ends(row, x, x + w)


def _teeth(ink: _Mask, x: int, tops: NDArray[np.intp], tall: float) -> list[tuple[int, int]]:
    """Teeth as the column of their middle and the row of the line under them."""
    high = max(4, round(_ROOT * tall))
    filled = np.array(
        [float(ink[top - high : top, x + at].mean()) if top > high else 0.0 for at, top in enumerate(tops)]
    )
    found: list[tuple[int, int]] = []
    start: int | None = None
    for at, full in enumerate([*(filled > 0.8), False]):
        if full and start is None:
            start = at
        elif not full and start is not None:
            if at - start <= 0.45 * tall:
                middle = (start + at - 1) // 2
                found.append((x + middle, int(tops[middle])))
            start = None
    return found


def _cells(teeth: Sequence[tuple[int, int]], tall: float) -> Iterator[tuple[Cell, ...]]:
    """The boxes between teeth at one distance; a tooth that is lost is put back in."""
    steps = [b[0] - a[0] for a, b in pairwise(teeth) if _PITCH[0] * tall < b[0] - a[0] < _PITCH[1] * tall]
    if len(steps) < 2:
        return
    pitch = median(sorted(steps)[: max(2, (2 * len(steps)) // 3)])
    row: list[Cell] = []
    even = 0
    for (a, foot), (b, other) in pairwise(teeth):
        boxes = round((b - a) / pitch)
        if boxes < 1:
            continue
        if boxes > 3:
            yield from _kept(row, even)
            row, even = [], 0
            continue
        even += abs((b - a) / pitch - boxes) < 0.15 * boxes
        bottom = min(foot, other) - 1
        top = round(bottom - _HEIGHT * tall)
        for at in range(boxes):
            left, right = a + at * (b - a) / boxes, a + (at + 1) * (b - a) / boxes
            row.append((round(left), top, round(right), bottom))
    yield from _kept(row, even)


def _to_the_ends(row: tuple[Cell, ...], x0: int, x1: int) -> tuple[Cell, ...]:
    """The row, with a box at either end whose tooth was lost: its line goes on for most of one."""
    wide = (row[-1][2] - row[0][0]) // len(row)
    (left, top, _, bottom), (_, end_top, right, end_bottom) = row[0], row[-1]
    if left - x0 > 0.7 * wide and left >= wide:
        row = ((left - wide, top, left, bottom), *row)
    if x1 - right > 0.7 * wide:
        row = (*row, (right, end_top, right + wide, end_bottom))
    return row


def _kept(row: Sequence[Cell], even: int) -> Iterator[tuple[Cell, ...]]:
    if len(row) >= 2 and even >= 0.6 * len(row):
        yield tuple(row)
