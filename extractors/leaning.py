"""Type that leans among pixels of ink: a stamp without a frame, askew on a page whose own lines are level.

All is measured in millimetres of paper. Pieces of ink of a letter's size that stand close together are turned
until they make the sharpest lines; a stamp's do so at some degrees from level, and make two lines or more.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

_Mask = NDArray[np.uint8]

_LETTER_HIGH, _LETTER_WIDE = (0.8, 4.5), (0.3, 8.0)
"""Millimetres: pieces of this size are letters, or some that touch."""

_LETTERS = 14
"""Letters of a stamp at least."""

_NEAR = 3.0
"""Millimetres from letter to letter and line to line of one stamp."""

_WIDE, _HIGH = (12.0, 75.0), (6.0, 45.0)
"""Millimetres that a stamp measures across and down."""

_LEAST, _MOST = 3.5, 25
"""Degrees by which a stamp set askew leans, at least and at most."""

_SHARPER = 1.25
"""How much sharper its lines are, turned level, than those of the page there."""

_LINE, _GAP, _STEP = 0.35, 0.15, 0.25
"""Shares of the fullest line that another has, and that is left between two; millimetres of a step down."""


def leaning_type(mask: _Mask, mm: float) -> Iterator[tuple[int, int, int, int]]:
    """Left, top, right and bottom in pixels of each group of leaning lines; ``mm`` pixels to a millimetre."""
    letters = _letters(mask, mm)
    near = cv2.dilate(letters, np.ones((round(_NEAR * mm) | 1,) * 2, np.uint8))
    _, groups, stats, _ = cv2.connectedComponentsWithStats(near, connectivity=8)
    pad = round(_NEAR * mm) // 2
    for index in range(1, len(stats)):
        x, y, w, h = (int(v) for v in stats[index][:4])
        wide, high = (w - 2 * pad) / mm, (h - 2 * pad) / mm
        if not (_WIDE[0] <= wide <= _WIDE[1] and _HIGH[0] <= high <= _HIGH[1]):
            continue
        own = (letters[y : y + h, x : x + w] > 0) & (groups[y : y + h, x : x + w] == index)
        if cv2.connectedComponents(own.astype(np.uint8))[0] > _LETTERS and _leans(own, mm):
            yield x + pad, y + pad, x + w - pad, y + h - pad


def _letters(mask: _Mask, mm: float) -> _Mask:
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    wide, high = stats[:, cv2.CC_STAT_WIDTH] / mm, stats[:, cv2.CC_STAT_HEIGHT] / mm
    kept = (_LETTER_HIGH[0] <= high) & (high <= _LETTER_HIGH[1])
    kept &= (_LETTER_WIDE[0] <= wide) & (wide <= _LETTER_WIDE[1])
    kept[0] = False
    return np.asarray(kept[labels], dtype=np.uint8)


def _leans(own: NDArray[np.bool_], mm: float) -> bool:
    ys, xs = np.nonzero(own)
    if len(xs) > 6000:
        xs, ys = xs[:: len(xs) // 6000 + 1], ys[:: len(ys) // 6000 + 1]
    turns = range(-_MOST, _MOST + 1)
    filled = {turn: _rows(xs, ys, turn, mm) for turn in turns}
    sharp = {turn: float(np.square(rows).sum()) for turn, rows in filled.items()}
    best = max(turns, key=sharp.__getitem__)
    if abs(best) < _LEAST or abs(best) == _MOST or sharp[best] < _SHARPER * sharp[0]:
        return False
    return _lines(filled[best]) >= 2


def _rows(xs: NDArray[np.int_], ys: NDArray[np.int_], turn: int, mm: float) -> NDArray[np.floating]:
    """How much of the ink each line of a step's height has, the ink turned by ``turn`` degrees."""
    lean = np.radians(turn)
    down = (ys * np.cos(lean) - xs * np.sin(lean)) / (_STEP * mm)
    rows = np.bincount((down - down.min()).astype(int)).astype(float)
    return np.asarray(rows / rows.sum())


def _lines(rows: NDArray[np.floating]) -> int:
    """Lines of type that white parts."""
    full = float(rows.max())
    found, inside = 0, False
    for row in rows:
        if not inside and row >= _LINE * full:
            found, inside = found + 1, True
        elif inside and row <= _GAP * full:
            inside = False
    return found
