"""What the pen left on a page: ink told from print, ruled lines and noise, and what a cell shows.

Everything is measured in millimetres of paper, so a text page drawn at any scale and a scan look the same.
Ink belongs to the cell that holds most of it: a signature that runs over a line signs one cell, not two.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from dossier.reading import Box, Mark
from extractors.page import Page, Picture

_Mask = NDArray[np.uint8]
_Points = NDArray[np.float64]

_LEAST_CONTRAST = 20
"""Grey levels between ink and paper below which nothing counts."""

_SPECK = 1.2
"""Millimetres: a group of strokes smaller than this is dust."""

_SHARE = 0.3
"""The least share of a stroke group's ink that a cell must hold for the ink to count there."""

_OVERRUN = 3.0
"""How many times the ink of a signature, at least, a neighbour must leave in a cell to make it doubtful."""

_THICK = 0.62
"""Millimetres from their middle that the edges of a thick or bent stroke of a cross may be."""

_FINE = 0.6
"""Millimetres: a usual pen's stroke is no wider, blur included."""

_STROKE = 0.9
"""Millimetres: no stroke is wider; between the two a flat underlined signature may be taken for one."""

_SIGNED = 1.2
"""Square millimetres of ink: less is no signature on a clean sheet."""


@dataclass(frozen=True, slots=True)
class Ink:
    """Ink in one box. ``area`` in mm², ``wide`` and ``high`` in mm over all of it, ``groups`` separate ones.

    ``shape`` is what straight strokes make of it: DASH, CROSSED, or SIGNED for anything drawn.
    ``crosslike``: thick or bent strokes that may be a cross.
    ``foreign`` is the ink in mm² in the box that belongs to a neighbour's signature.
    ``stroke`` is how wide in mm a straight form is across, 0 for others.
    ``noise`` is the ink in mm² that dust alone would leave in such a box of this page.
    """

    area: float = 0.0
    wide: float = 0.0
    high: float = 0.0
    groups: int = 0
    shape: Mark = Mark.BLANK
    colour: float = 0.0
    noise: float = 0.0
    stroke: float = 0.0
    foreign: float = 0.0
    crosslike: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What a cell shows and how surely, from 0 to 1."""

    mark: Mark
    confidence: float
    ink: Ink


class Inked:
    """The ink of one region of a page, without what is printed and ruled there."""

    def __init__(self, page: Page, region: Box, printed: Iterable[Box], walls: Sequence[Box] = ()) -> None:
        """``printed`` boxes are whitened; ``walls`` are cells whose borders may be ruled."""
        picture = page.grey
        high, wide = picture.shape[:2]
        self._scale = (wide, high)
        self.per_mm = wide / (page.width / 72 * 25.4)
        pad = round(2 * self.per_mm)
        self._left = max(0, int(region.x0 * wide) - pad)
        self._top = max(0, int(region.y0 * high) - pad)
        right, bottom = min(wide, int(region.x1 * wide) + pad), min(high, int(region.y1 * high) + pad)
        self._colour = page.colour[self._top : bottom, self._left : right]
        mask = _dark(picture[self._top : bottom, self._left : right])
        for wall in walls:
            self._unrule(mask, wall)
        for box in printed:
            x0, y0, x1, y1 = self._pixels(box)
            mask[max(0, y0 - 1) : y1 + 1, max(0, x0 - 1) : x1 + 2] = 0
        self.mask = mask
        reach = max(3, round(0.8 * self.per_mm)) | 1
        disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
        joined = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, disc), np.uint8)
        for wall in walls:
            self._bridge(joined, mask, wall)
        _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
        self._labels = np.where(mask > 0, labels, 0)
        self._sizes = np.bincount(self._labels.ravel(), minlength=len(stats))
        extent = np.hypot(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
        self._drawn = extent >= _SPECK * self.per_mm
        self._drawn[0] = False
        self._noise = self._dust()

    def _pixels(self, box: Box) -> tuple[int, int, int, int]:
        wide, high = self._scale
        high_limit, wide_limit = self._colour.shape[:2]
        return (
            min(max(round(box.x0 * wide) - self._left, 0), wide_limit),
            min(max(round(box.y0 * high) - self._top, 0), high_limit),
            min(max(round(box.x1 * wide) - self._left, 0), wide_limit),
            min(max(round(box.y1 * high) - self._top, 0), high_limit),
        )

    def _unrule(self, mask: _Mask, cell: Box) -> None:
        """Takes ruled line away along a cell's borders: long straight runs near them, not the pen's ink."""
        x0, y0, x1, y1 = self._pixels(cell)
        near, thin = max(3, round(1.3 * self.per_mm)), max(1, round(0.2 * self.per_mm))
        run = max(9, min(round(5 * self.per_mm), round(0.5 * min(x1 - x0, 10**6))))
        fall = max(9, min(round(4 * self.per_mm), round(0.5 * (y1 - y0))))
        for y in (y0, y1):
            _erase(mask, slice(max(0, y - near), y + near + 1), slice(max(0, x0 - near), x1 + near), (run, 1))
            mask[max(0, y - thin) : y + thin + 1, x0:x1] = 0
        for x in (x0, x1):
            _erase(
                mask, slice(max(0, y0 - near), y1 + near), slice(max(0, x - near), x + near + 1), (1, fall)
            )
            mask[y0:y1, max(0, x - thin) : x + thin + 1] = 0

    def _bridge(self, joined: _Mask, mask: _Mask, cell: Box) -> None:
        """Joins again the strokes that removing a cell's border cut in two."""
        x0, y0, x1, y1 = self._pixels(cell)
        reach = max(4, round(0.7 * self.per_mm))
        wide = np.ones((1, max(3, round(0.35 * self.per_mm)) | 1), np.uint8)
        for at, start, end, part, whole in (
            (y0, x0, x1, mask, joined), (y1, x0, x1, mask, joined),
            (x0, y0, y1, mask.T, joined.T), (x1, y0, y1, mask.T, joined.T),
        ):  # fmt: skip
            before = (part[max(0, at - reach) : at, start:end].max(axis=0, initial=0) > 0).reshape(1, -1)
            after = (part[at + 1 : at + 1 + reach, start:end].max(axis=0, initial=0) > 0).reshape(1, -1)
            if before.any() and after.any():
                near = [np.asarray(cv2.dilate(side.astype(np.uint8), wide)) > 0 for side in (before, after)]
                both = near[0] & near[1]
                whole[max(0, at - reach) : at + 1 + reach, start:end][:, both[0]] = 255

    def _dust(self) -> float:
        """Ink of groups too small to be drawn, as a share of the region."""
        small = ~self._drawn
        small[0] = False
        return float(self._sizes[small].sum()) / max(self.mask.size, 1)

    def of(self, boxes: Sequence[Box]) -> tuple[Ink, ...]:
        """The ink of each box; boxes don't overlap."""
        return tuple(self._measured(box) for box in boxes)

    def points(self, box: Box) -> NDArray[np.bool_]:
        """Which pixels of the box hold ink that belongs to it."""
        x0, y0, x1, y1 = self._pixels(box)
        labels = self._labels[y0:y1, x0:x1]
        inside = np.bincount(labels.ravel(), minlength=len(self._sizes))
        own = self._drawn & (inside >= _SHARE * np.maximum(self._sizes, 1)) & (inside > 0)
        return np.asarray(own[labels], dtype=np.bool_)

    def _foreign(self, box: Box) -> float:
        """Ink in mm² that lies in the box and belongs to another."""
        x0, y0, x1, y1 = self._pixels(box)
        labels = self._labels[y0:y1, x0:x1]
        return int(np.count_nonzero(self._drawn[labels] & ~self.points(box))) / float(self.per_mm) ** 2

    def _measured(self, box: Box) -> Ink:
        own = self.points(box)
        noise = self._noise * own.size / self.per_mm**2
        ys, xs = np.nonzero(own)
        if len(xs) == 0:
            return Ink(noise=noise, foreign=self._foreign(box))
        x0, y0, x1, y1 = self._pixels(box)
        wide = float(xs.max() - xs.min() + 1) / self.per_mm
        high = float(ys.max() - ys.min() + 1) / self.per_mm
        labels = self._labels[y0:y1, x0:x1][own]
        shape, stroke, crosslike = _shape(xs / self.per_mm, ys / self.per_mm)
        return Ink(
            area=len(xs) / self.per_mm**2,
            wide=wide,
            high=high,
            groups=len(np.unique(labels)),
            shape=shape,
            stroke=stroke,
            crosslike=crosslike,
            colour=_saturation(self._colour[y0:y1, x0:x1][own]),
            noise=noise,
            foreign=self._foreign(box),
        )

    def digest(self, box: Box) -> str:
        """128 bits in hex of the ink's form, cut to its extent: near-equal for a copy. Empty without ink."""
        own = self.points(box)
        ys, xs = np.nonzero(own)
        if len(xs) == 0 or len(xs) / self.per_mm**2 < _SIGNED / 2:
            return ""
        crop = own[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1].astype(np.float32)
        small = cv2.resize(
            cv2.GaussianBlur(crop, (0, 0), 0.15 * self.per_mm), (36, 36), interpolation=cv2.INTER_AREA
        )
        small = cv2.resize(small, (9, 9), interpolation=cv2.INTER_AREA)
        across = (small[:8, 1:] > small[:8, :-1]).ravel()
        down = (small[1:, :8] > small[:-1, :8]).ravel()
        return np.packbits(np.concatenate([across, down])).tobytes().hex()


def _dark(grey: Picture) -> _Mask:
    """What is darker than the paper around it by more than the page's own noise."""
    if grey.size == 0:
        return np.zeros((1, 1), dtype=np.uint8)
    high, wide = grey.shape
    small = cv2.resize(grey, (max(1, wide // 3), max(1, high // 3)), interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    paper = cv2.resize(paper, (wide, high), interpolation=cv2.INTER_LINEAR)
    depth = cv2.subtract(paper, cv2.GaussianBlur(grey, (3, 3), 0))
    middle = float(np.median(depth))
    spread = 1.48 * float(np.median(np.abs(depth.astype(np.float32) - middle)))
    threshold = max(_LEAST_CONTRAST, middle + 5 * spread)
    return np.asarray((depth > threshold).astype(np.uint8) * 255)


def _erase(mask: _Mask, rows: slice, columns: slice, run: tuple[int, int]) -> None:
    part = mask[rows, columns]
    if part.size == 0:
        return
    kernel = np.ones((run[1], run[0]), np.uint8)
    line = cv2.morphologyEx(part, cv2.MORPH_OPEN, kernel)
    part[cv2.dilate(line, np.ones((3, 3), np.uint8)) > 0] = 0


def _saturation(pixels: NDArray[np.uint8]) -> float:
    """How coloured the ink is, 0 grey to 1."""
    if pixels.ndim != 2:
        return 0.0
    most, least = pixels.max(axis=1).astype(float), pixels.min(axis=1).astype(float)
    return float(np.median((most - least) / np.maximum(most, 1)))


def _fit(points: _Points) -> tuple[_Points, _Points, _Points]:
    """The line of least squares: its middle, its direction, the distance of each point."""
    middle = points.mean(axis=0)
    _, _, axes = np.linalg.svd(points - middle, full_matrices=False)
    direction = axes[0]
    away = np.abs((points - middle) @ np.array([-direction[1], direction[0]]))
    return middle, direction, away


def _steepness(direction: _Points) -> float:
    return abs(math.degrees(math.atan2(direction[1], direction[0])) + 90) % 180 - 90


def _shape(xs: NDArray[np.floating], ys: NDArray[np.floating]) -> tuple[Mark, float, bool]:
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
    straight = length >= 1.8 and float(np.quantile(away, 0.97)) <= tolerance and length > 4 * tolerance
    stroke = _stroke(points, direction) if straight else 0.0
    if straight and stroke <= _STROKE:
        return (Mark.DASH if abs(_steepness(direction)) < 15 else Mark.CROSSED), stroke, False
    crossing = _crossing(points, tolerance)
    return (Mark.CROSSED if crossing == 1 else Mark.SIGNED), stroke, crossing == 0.5


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
    rng = np.random.default_rng(7)
    best: NDArray[np.bool_] | None = None
    for _ in range(150):
        one, two = points[rng.integers(len(points), size=2)]
        step = two - one
        size = float(np.hypot(*step))
        if size < 2.5:
            continue
        near = np.abs((points - one) @ np.array([-step[1], step[0]]) / size) <= tolerance
        if best is None or near.sum() > best.sum():
            best = near
    return best


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


def judged(inks: Sequence[Ink]) -> tuple[Shown, ...]:
    """What each cell of one sheet shows: the threshold follows the sheet's own blank cells and its dust."""
    limit = _limit([ink.area for ink in inks], max((ink.noise for ink in inks), default=0.0))
    return tuple(_shown(ink, limit) for ink in inks)


def _limit(areas: Sequence[float], noise: float) -> float:
    """mm² between blank and signed: in the widest gap near the usual limit, where the sheet has one."""
    floor = max(_SIGNED, 2 * noise)
    near = sorted(area for area in areas if 0.15 * floor < area < 3 * floor)
    edges = [0.15 * floor, *near, 3 * floor]
    widest = max(range(len(edges) - 1), key=lambda i: math.log(edges[i + 1] / edges[i]))
    middle = math.sqrt(edges[widest] * edges[widest + 1])
    return min(max(middle, 0.5 * floor), 1.7 * floor)


def _shown(ink: Ink, limit: float) -> Shown:
    if ink.area < limit and not (ink.shape is Mark.DASH and ink.area > 0.35 * limit):
        sure = _sureness(limit / max(ink.area, 0.02))
        return Shown(Mark.BLANK, min(sure, 0.75) if ink.foreign > _OVERRUN * limit else sure, ink)
    if ink.shape is not Mark.SIGNED:
        sure = 0.9 if ink.wide > 3 else 0.75
        return Shown(ink.shape, 0.6 if ink.stroke > _FINE else sure, ink)
    sure = _sureness(ink.area / limit)
    if max(ink.wide, ink.high) < 3.0 or ink.wide < 1.2:
        sure = min(sure, 0.7)
    return Shown(Mark.SIGNED, sure, ink)


def _sureness(ratio: float) -> float:
    """From how many times the ink is above (or below) the limit: 1.5 is doubtful, 3 is not."""
    return round(min(0.99, 0.5 + 0.47 * math.tanh(1.1 * math.log(max(ratio, 1.0)))), 3)
