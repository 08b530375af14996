"""What straight strokes make of ink: a dash, a cross, or anything drawn. All in millimetres of paper."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from dossier.reading import Mark

_Points = NDArray[np.float64]

_THICK = 0.62
"""Millimetres from their middle that the edges of a thick or bent stroke of a cross may be."""

_STROKE = 0.9
"""Millimetres: no stroke is wider; one near it may be a flat underlined signature."""

_BOW_LEAST, _BOW = 6.0, 0.09
"""Millimetres that a bowed dash is long, at least, and by what share of that it is bowed, at most."""

_WAVY = 0.8
"""Millimetres by which a stroke, however long, leaves its line or bow at most: a flat signature does more."""

_TRIES, _APART = 150, 2.5
"""Pairs of points that a line is laid through, and how far apart in mm they must stand."""


def _fit(points: _Points) -> tuple[_Points, _Points, _Points]:
    """The line of least squares: its middle, its direction, the distance of each point."""
    middle = points.mean(axis=0)
    _, _, axes = np.linalg.svd(points - middle, full_matrices=False)
    direction = axes[0]
    away = np.abs((points - middle) @ np.array([-direction[1], direction[0]]))
    return middle, direction, away


def _steepness(direction: _Points) -> float:
    return abs(math.degrees(math.atan2(direction[1], direction[0])) + 90) % 180 - 90


def shape_of(xs: NDArray[np.floating], ys: NDArray[np.floating]) -> tuple[Mark, float, bool]:
    """DASH for one level stroke, CROSSED for one slanting or two that cross, SIGNED for all else.

    Second, how wide in mm one straight stroke is; third, whether the drawing may be a cross all the same.
    """
    points = np.column_stack([xs, ys]).astype(np.float64)
    if len(points) > 1500:
        points = points[:: len(points) // 1500 + 1]
    if len(points) < 8:
        return Mark.SIGNED, 0.0, False
    _, direction, away = _fit(points)
    along = points @ direction
    length = float(along.max() - along.min())
    tolerance = max(0.4, 0.03 * length)
    off = float(np.quantile(away, 0.97))
    if length >= _BOW_LEAST and min(tolerance, _WAVY) < off <= tolerance + _BOW * length:
        off = float(np.quantile(_bowed(points, direction, length), 0.97))
    straight = length >= 1.8 and off <= min(tolerance, _WAVY) and length > 4 * tolerance
    stroke = _stroke(points, direction) if straight else 0.0
    if straight and stroke <= _STROKE:
        return (Mark.DASH if abs(_steepness(direction)) < 15 else Mark.CROSSED), stroke, False
    crossing = _crossing(points, tolerance)
    return (Mark.CROSSED if crossing == 1 else Mark.SIGNED), stroke, crossing == 0.5


def _bowed(points: _Points, direction: _Points, length: float) -> _Points:
    """The distance of each point from a slight bow along ``direction``, as a hand draws a dash."""
    along, across = points @ direction, points @ np.array([-direction[1], direction[0]])
    t = (along - along.mean()) / length
    bow = np.polyfit(t, across, 2)
    if abs(bow[0]) / 4 > _BOW * length:
        return np.full(len(points), length)
    return np.asarray(np.abs(across - np.polyval(bow, t)))


def _stroke(points: _Points, direction: _Points) -> float:
    """How wide in mm ink along ``direction`` mostly is: an underlined flat signature is wide."""
    across = points @ np.array([-direction[1], direction[0]])
    places = np.floor((points @ direction) / 0.5).astype(int)
    return float(np.median([float(np.ptp(across[places == place])) for place in np.unique(places)]))


def _crossing(points: _Points, tolerance: float) -> float:
    """How surely two straight strokes cut each other well inside both: 1, 0.5 for thick or bent ones, 0."""
    best = _commonest_line(points, tolerance)
    if best is None or not 0.3 <= best.mean() <= 0.8:
        return 0.0
    m2, d2, away = _fit(points[~best])
    m1, d1, _ = _fit(points[best])
    if float(np.quantile(away, 0.93)) <= 1.3 * tolerance:
        return 1.0 if _cut(points[best], points[~best], (m1, d1), (m2, d2)) else 0.0
    for _ in range(2):
        nearer = _from(points, m1, d1) <= _from(points, m2, d2)
        if not 0.2 <= nearer.mean() <= 0.8:
            return 0.0
        (m1, d1, _), (m2, d2, _) = _fit(points[nearer]), _fit(points[~nearer])
    away = np.minimum(_from(points, m1, d1), _from(points, m2, d2))
    loose = float(np.quantile(away, 0.95)) <= _THICK
    return 0.5 if loose and _cut(points[nearer], points[~nearer], (m1, d1), (m2, d2)) else 0.0


def _commonest_line(points: _Points, tolerance: float) -> NDArray[np.bool_] | None:
    """The points along the line through two of them that most others lie on."""
    pairs = np.random.default_rng(7).integers(len(points), size=(_TRIES, 2))
    starts = points[pairs[:, 0]]
    steps = points[pairs[:, 1]] - starts
    sizes = np.hypot(steps[:, 0], steps[:, 1])
    far = sizes >= _APART
    if not far.any():
        return None
    across = np.column_stack([-steps[far, 1], steps[far, 0]]) / sizes[far, None]
    away = across @ points.T - np.sum(across * starts[far], axis=1)[:, None]
    near = np.abs(away, out=away) <= tolerance
    return np.asarray(near[int(np.count_nonzero(near, axis=1).argmax())])


def _cut(first: _Points, rest: _Points, one: tuple[_Points, _Points], other: tuple[_Points, _Points]) -> bool:
    """Whether two strokes, each with its line, are alike in length and cut each other inside both."""
    (m1, d1), (m2, d2) = one, other
    spread1, spread2 = float(np.ptp(first @ d1)), float(np.ptp(rest @ d2))
    cross = float(d1[0] * d2[1] - d1[1] * d2[0])
    short, long = sorted((spread1, spread2))
    if short < 2.0 or abs(cross) < 0.25 or short < 0.4 * long:
        return False
    at = m1 + d1 * float((m2 - m1)[0] * d2[1] - (m2 - m1)[1] * d2[0]) / cross
    return _within(first @ d1, float(at @ d1)) and _within(rest @ d2, float(at @ d2))


def _from(points: _Points, middle: _Points, direction: _Points) -> _Points:
    """The distance of each point from a line."""
    return np.asarray(np.abs((points - middle) @ np.array([-direction[1], direction[0]])))


def _within(along: _Points, at: float) -> bool:
    low, high = float(along.min()), float(along.max())
    return low + 0.2 * (high - low) <= at <= high - 0.2 * (high - low)
