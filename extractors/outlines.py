"""The outlines of stamps among pixels of ink: a circle, a rectangle turned by a few degrees."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_Points = NDArray[np.float64]

_FRAME_WIDE, _FRAME_HIGH = (18.0, 72.0), (8.0, 42.0)
"""Millimetres: sides of a boxed stamp."""

_TRIES, _SAMPLE = 400, 1200
"""Circles tried, each through three of so many points."""

_SECTORS, _COVERED = 48, 0.7
"""Parts of a turn, and the share of them in which ink must follow a circle."""


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
            if not _FRAME_HIGH[0] <= high <= _FRAME_HIGH[1]:
                continue
            if weights[np.abs(heights - other) < 0.8 * mm].sum() < 0.4 * length[index]:
                continue
            low, top = min(here, float(other)), max(here, float(other))
            sided = (np.abs(heights - here) < 1.2 * mm) | (np.abs(heights - other) < 1.2 * mm)
            ends = np.concatenate([(one @ along)[same][sided], (two @ along)[same][sided]])
            first, last = float(ends.min()), float(ends.max())
            wide = (last - first) / mm
            if not _FRAME_WIDE[0] <= wide <= _FRAME_WIDE[1]:
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
