"""A stamp's frame told by its colour on a scan: a level one is else no other than the rules of a cell.

Frame and letters within, all of one colour that is not black, are a stamp's; coloured cells hold black type.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from dossier.reading import Box
from extractors.outlines import FRAME_HIGH, FRAME_WIDE, put_right
from extractors.page import Page

_Mask = NDArray[np.uint8]

_CHROMA = 24.0
"""How far in Lab from grey ink is that is coloured."""

_HUES, _SHARE = 12, 0.15
"""Parts of the circle of hues, and the least share of the coloured ink that one of them has."""

_JOIN, _RIM = 0.5, 2.5
"""Millimetres: strokes nearer than this are one; how far in from the frame its letters stand."""

_LETTER = (0.6, 6.0)
"""Millimetres that a letter, or some that touch, is high."""

_LETTERS = 8
"""Letters of a stamp at least."""


def coloured_frames(page: Page, region: Box) -> Iterator[Box]:
    """Where the coloured stamps with a straight frame stand on a region of a page of pixels."""
    high, wide = page.grey.shape
    mm = wide / (page.width / 72 * 25.4)
    x0, y0 = round(region.x0 * wide), round(region.y0 * high)
    picture = page.colour[y0 : round(region.y1 * high), x0 : round(region.x1 * wide)]
    lab = cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_RGB2Lab).astype(np.float32) - 128
    ink = np.hypot(lab[:, :, 1], lab[:, :, 2]) > _CHROMA
    if np.count_nonzero(ink) < 20 * mm**2:
        return
    turn = np.arctan2(lab[:, :, 2], lab[:, :, 1]) / (2 * np.pi) * _HUES
    hues = np.floor(turn).astype(int) % _HUES
    counts = np.bincount(hues[ink], minlength=_HUES)
    for hue in np.flatnonzero(counts >= _SHARE * counts.sum()):
        alike = ink & ((hues - hue + 1) % _HUES <= 2)
        for left, top, right, bottom in _framed(alike.astype(np.uint8) * np.uint8(255), mm):
            yield Box((x0 + left) / wide, (y0 + top) / high, (x0 + right) / wide, (y0 + bottom) / high)


def _framed(mask: _Mask, mm: float) -> Iterator[tuple[float, float, float, float]]:
    size = round(_JOIN * mm) | 1
    near = np.asarray(cv2.dilate(mask, np.ones((size, size), np.uint8)), np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(near, connectivity=8)
    for index in range(1, len(stats)):
        x, y, w, h = (int(v) for v in stats[index][:4])
        if not (
            FRAME_WIDE[0] <= w / mm <= 1.1 * FRAME_WIDE[1] and FRAME_HIGH[0] <= h / mm <= 1.5 * FRAME_HIGH[1]
        ):
            continue
        ys, xs = np.nonzero(labels[y : y + h, x : x + w] == index)
        corners = _corners(np.column_stack([xs + x, ys + y]).astype(np.float32))
        frame = put_right(near, corners, mm)
        if frame is not None and _lettered(mask, frame, mm):
            (left, top), (right, bottom) = frame.min(axis=0), frame.max(axis=0)
            yield float(left), float(top), float(right), float(bottom)


def _corners(points: NDArray[np.float32]) -> NDArray[np.float64]:
    """Those of the smallest rectangle around points, from the top left clockwise."""
    corners = cv2.boxPoints(cv2.minAreaRect(points)).astype(np.float64)
    corners = corners[np.argsort(np.arctan2(*(corners - corners.mean(axis=0)).T[::-1]))]
    return np.roll(corners, -int(np.argmin(corners.sum(axis=1))), axis=0)


def _lettered(mask: _Mask, frame: NDArray[np.float64], mm: float) -> bool:
    """Whether letters of its colour stand within the frame."""
    (left, top), (right, bottom) = frame.min(axis=0) + _RIM * mm, frame.max(axis=0) - _RIM * mm
    inside = np.ascontiguousarray(
        mask[max(0, round(top)) : round(bottom), max(0, round(left)) : round(right)]
    )
    if not inside.size:
        return False
    _, _, stats, _ = cv2.connectedComponentsWithStats(inside, connectivity=8)
    tall = stats[1:, cv2.CC_STAT_HEIGHT] / mm
    return int(np.count_nonzero((tall >= _LETTER[0]) & (tall <= _LETTER[1]))) >= _LETTERS
