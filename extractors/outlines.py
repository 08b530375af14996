"""The outlines of stamps among pixels of ink: a circle, a rectangle turned by a few degrees."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_Points = NDArray[np.float64]
_Mask = NDArray[np.uint8]

FRAME_WIDE, FRAME_HIGH = (18.0, 72.0), (8.0, 42.0)
"""Millimetres: sides of a boxed stamp."""

_TRIES, _SAMPLE = 400, 1200
"""Circles tried, each through three of so many points."""

_SECTORS, _COVERED = 48, 0.7
"""Parts of a turn, and the share of them in which ink must follow a circle."""


_FOLLOWED, _EACH = 0.75, 0.6
"""Share of a leaning frame, and of each of its sides, that ink must follow."""

_TURNS, _MOVED = np.arange(-2.0, 2.1, 0.5), 1.6
"""Degrees and millimetres by which the lines found may miss a frame, whose own lines may be two."""


def circle_in(
    points: _Points, least: float, most: float, tolerance: float
) -> tuple[float, float, float] | None:
    """A circle that ink follows for at least 70 % of its way round: middle and radius in pixels."""
    if len(points) < 60:
        return None
    rng = np.random.default_rng(11)
    sample = points[rng.choice(len(points), size=min(len(points), _SAMPLE), replace=False)]
    a, b, c = np.moveaxis(sample[rng.integers(len(sample), size=(_TRIES, 3))], 1, 0)
    d = 2 * (a[:, 0] * (b[:, 1] - c[:, 1]) + b[:, 0] * (c[:, 1] - a[:, 1]) + c[:, 0] * (a[:, 1] - b[:, 1]))
    d[np.abs(d) < 1e-6] = np.nan
    sa, sb, sc = (np.sum(p * p, axis=1) for p in (a, b, c))
    cx = (sa * (b[:, 1] - c[:, 1]) + sb * (c[:, 1] - a[:, 1]) + sc * (a[:, 1] - b[:, 1])) / d
    cy = (sa * (c[:, 0] - b[:, 0]) + sb * (a[:, 0] - c[:, 0]) + sc * (b[:, 0] - a[:, 0])) / d
    radius = np.hypot(a[:, 0] - cx, a[:, 1] - cy)
    best: tuple[float, tuple[float, float, float]] | None = None
    for index in np.flatnonzero((least <= radius) & (radius <= most)):
        across, down = sample[:, 0] - cx[index], sample[:, 1] - cy[index]
        near = np.abs(np.hypot(across, down) - radius[index]) <= tolerance
        if np.count_nonzero(near) < _COVERED * _SECTORS:
            continue
        turn = np.arctan2(down[near], across[near])
        covered = len(np.unique((turn / (2 * np.pi) * _SECTORS).astype(int) % _SECTORS)) / _SECTORS
        if best is None or covered > best[0]:
            best = (covered, (float(cx[index]), float(cy[index]), float(radius[index])))
    return best[1] if best is not None and best[0] >= _COVERED else None


def rings_about(points: _Points, circle: tuple[float, float, float], mm: float) -> list[float]:
    """The radii of all rings about the middle of a circle: stamps often have two."""
    cx, cy, radius = circle
    away = np.hypot(points[:, 0] - cx, points[:, 1] - cy)
    turn = (np.arctan2(points[:, 1] - cy, points[:, 0] - cx) / (2 * np.pi) * 72).astype(int) % 72
    found = []
    for step in np.arange(0.55 * radius, 1.35 * radius, 0.5 * mm):
        near = np.abs(away - step) <= 0.45 * mm
        if len(np.unique(turn[near])) >= 50:
            found.append(float(step))
    return found or [radius]


def frame_in(lines: _Points, mm: float, lean: float = 0.0) -> _Points | None:
    """The four corners of a rectangle, turned by ``lean`` to 20 degrees, whose sides are among ``lines``.

    Lines are x0, y0, x1, y1 in pixels, ``mm`` pixels to a millimetre.
    """
    angle = np.degrees(np.arctan2(lines[:, 3] - lines[:, 1], lines[:, 2] - lines[:, 0]))
    angle = (angle + 45) % 180 - 45
    length = np.hypot(lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1])
    level = (np.abs(angle) <= 20) & (np.abs(angle) >= lean)
    for index in np.argsort(-length * level)[:6]:
        if not level[index] or length[index] < 12 * mm:
            continue
        turn = np.radians(angle[index])
        along, across = np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])
        one, two = lines[:, :2], lines[:, 2:]
        same = np.abs(angle - angle[index]) <= 2.0
        right = np.abs(np.abs(angle - angle[index]) - 90) <= 3.0
        heights = ((one + two) / 2 @ across)[same]
        weights = length[same]
        sides = ((one + two) / 2 @ along)[right]
        here = float((lines[index, :2] + lines[index, 2:]) / 2 @ across)
        for other in sorted(set(np.round(heights, 1)), key=lambda v: -abs(v - here)):
            high = abs(other - here) / mm
            if not FRAME_HIGH[0] <= high <= FRAME_HIGH[1]:
                continue
            if weights[np.abs(heights - other) < 0.8 * mm].sum() < 0.4 * length[index]:
                continue
            low, top = min(here, float(other)), max(here, float(other))
            sided = (np.abs(heights - here) < 1.2 * mm) | (np.abs(heights - other) < 1.2 * mm)
            ends = np.concatenate([(one @ along)[same][sided], (two @ along)[same][sided]])
            first, last = float(ends.min()), float(ends.max())
            wide = (last - first) / mm
            if not FRAME_WIDE[0] <= wide <= FRAME_WIDE[1]:
                continue
            if not any(abs(s - first) < 3 * mm or abs(s - last) < 3 * mm for s in sides):
                continue
            return np.array([first * along + low * across, last * along + low * across,
                             last * along + top * across, first * along + top * across])  # fmt: skip
    return None


def grown(corners: _Points, by: float) -> NDArray[np.int32]:
    """The corners moved away from their middle by some pixels."""
    middle = corners.mean(axis=0)
    away = corners - middle
    size = np.maximum(np.hypot(away[:, 0], away[:, 1]), 1.0)[:, None]
    return np.asarray(np.round(corners + away / size * by * 1.4), dtype=np.int32).reshape(-1, 1, 2)


def followed(mask: _Mask, corners: _Points, mm: float) -> _Points | None:
    """The leaning frame, put right by a little, if ink follows most of it, as it does no type."""
    line = np.zeros_like(mask)
    cv2.polylines(line, [np.round(corners).astype(np.int32).reshape(-1, 1, 2)], True, 255, 1)
    near = cv2.dilate(mask, _disc(0.8 * mm))
    if np.count_nonzero(near[line > 0]) >= _FOLLOWED * np.count_nonzero(line):
        return corners
    return put_right(np.asarray(cv2.dilate(mask, _disc(0.4 * mm)), np.uint8), corners, mm)


def put_right(near: _Mask, corners: _Points, mm: float) -> _Points | None:
    """The frame turned and its sides moved by the little that lets ink follow them best."""
    middle = corners.mean(axis=0)
    along = corners[1] - corners[0]
    wide, high = float(np.hypot(*along)), float(np.hypot(*(corners[3] - corners[0])))
    reach = round(_MOVED * mm)
    size = np.array([wide, high]) + 4 * reach
    best: tuple[float, _Points] | None = None
    for turn in np.degrees(np.arctan2(along[1], along[0])) + _TURNS:
        upright = cv2.getRotationMatrix2D((float(middle[0]), float(middle[1])), float(turn), 1.0)
        upright[:, 2] += size / 2 - middle
        level = cv2.warpAffine(near, upright, (int(size[0]), int(size[1])), flags=cv2.INTER_NEAREST) > 0
        rows, columns = level[:, 2 * reach : -2 * reach], level[2 * reach : -2 * reach]
        down, across = rows.mean(axis=1), columns.mean(axis=0)
        places = [
            _most(down, reach),
            _most(down[::-1], reach),
            _most(across, reach),
            _most(across[::-1], reach),
        ]
        share = [down[places[0]], down[::-1][places[1]], across[places[2]], across[::-1][places[3]]]
        held = float(np.average(share, weights=[wide, wide, high, high]))
        if min(share) < _EACH or held < _FOLLOWED or (best is not None and best[0] >= held):
            continue
        top, bottom, left, right = (
            places[0],
            len(down) - 1 - places[1],
            places[2],
            len(across) - 1 - places[3],
        )
        square = np.array([[left, top, 1.0], [right, top, 1.0], [right, bottom, 1.0], [left, bottom, 1.0]])
        best = held, square @ cv2.invertAffineTransform(upright).T
    return best[1] if best is not None else None


def _most(shares: NDArray[np.floating], reach: int) -> int:
    """Where ink fills most, within ``reach`` of where a side was found."""
    return reach + int(np.argmax(shares[reach : 3 * reach + 1]))


def _disc(across: float) -> _Mask:
    size = round(across) | 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), dtype=np.uint8)
