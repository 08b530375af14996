"""What the pen left on a page: ink told from print, ruled lines and noise, and what a cell shows.

Everything is measured in millimetres of paper, so a text page drawn at any scale and a scan look the same.
Ink belongs to the cell that holds most of it: a signature that runs over a line signs one cell, not two.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from dossier.reading import Box, Mark
from extractors.layout import meet
from extractors.page import Page, Picture, Pixels, Traces
from extractors.shapes import shape_of

_Mask = NDArray[np.uint8]

_LEAST_CONTRAST = 20
"""Grey levels between ink and paper below which nothing counts."""

_SPECK = 1.2
"""Millimetres: a group of strokes smaller than this is dust."""

_MARGIN = 2.0
"""Millimetres seen around what a text page draws."""

_SHARE = 0.3
"""The least share of a stroke group's ink that a cell must hold for the ink to count there."""

_OVERRUN = 3.0
"""How many times the ink of a signature, at least, a neighbour must leave in a cell to make it doubtful."""

_FINE = 0.6
"""Millimetres: a usual pen's stroke is no wider, blur included."""

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


@dataclass(frozen=True, slots=True)
class _Groups:
    """Strokes that belong together. ``numbers``: each pixel's group, 0 for none; by number its size in pixels
    and whether it is large enough to be drawn."""

    numbers: NDArray[np.int32]
    sizes: NDArray[np.int64]
    drawn: NDArray[np.bool_]


class Inked:
    """The ink of one region of a page, without what is printed and ruled there."""

    def __init__(self, page: Page, region: Box, printed: Iterable[Box], walls: Sequence[Box] = ()) -> None:
        """``printed`` boxes are whitened; ``walls`` are cells whose borders may be ruled. A text page whose
        traces are known needs neither, but for what was typed into its form.

        ``scale`` is the whole page's width and height in pixels, ``origin`` where the mask stands on it.
        ``crops`` are the parts of the mask that may hold ink; none meets another.
        """
        wide, high = self.scale = page.grey.shape[::-1] if page.traces is None else page.traces.size
        self.per_mm = wide / (page.width / 72 * 25.4)
        pad = round(2 * self.per_mm)
        self.origin = left, top = max(0, int(region.x0 * wide) - pad), max(0, int(region.y0 * high) - pad)
        right, bottom = min(wide, int(region.x1 * wide) + pad), min(high, int(region.y1 * high) + pad)
        self.mask: _Mask = np.zeros((max(1, bottom - top), max(1, right - left)), np.uint8)
        self._walls: Sequence[Box] = ()
        if page.traces is None:
            self._walls = walls
            self.crops: Sequence[Pixels] = [(0, 0, self.mask.shape[1], self.mask.shape[0])]
            self.mask[:] = _dark(page.grey[top:bottom, left:right])
            for wall in walls:
                self._unrule(self.mask, wall)
            self._whiten(printed)
        else:
            self.crops = self._look(page.traces, region)
            self._whiten(box for box in printed if any(meet(box, field.box) for field in page.form))

    def _look(self, traces: Traces, region: Box) -> list[Pixels]:
        """Takes the ink of a text page from around its traces, each group of them by itself: the crops."""
        x, y = self.origin
        boxes = [self._pixels(box) for box in traces.boxes if meet(box, region)]
        crops = _together(boxes, self.mask.shape, round(_MARGIN * self.per_mm))
        if crops:
            seen = traces.see([(x0 + x, y0 + y, x1 + x, y1 + y) for x0, y0, x1, y1 in crops])
            for (x0, y0, x1, y1), grey in zip(crops, seen, strict=True):
                self.mask[y0:y1, x0:x1] = _dark(grey)
        return crops

    def _whiten(self, printed: Iterable[Box]) -> None:
        for box in printed:
            x0, y0, x1, y1 = self._pixels(box)
            self.mask[max(0, y0 - 1) : y1 + 1, max(0, x0 - 1) : x1 + 2] = 0

    @cached_property
    def _groups(self) -> _Groups:
        """The strokes of each crop that belong together, numbered on."""
        reach = max(3, round(0.8 * self.per_mm)) | 1
        disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
        numbers: NDArray[np.int32] = np.zeros(self.mask.shape, np.int32)
        sizes: list[NDArray[np.int64]] = [np.zeros(1, np.int64)]
        drawn: list[NDArray[np.bool_]] = [np.zeros(1, np.bool_)]
        known = 0
        for x0, y0, x1, y1 in self.crops:
            mask = self.mask[y0:y1, x0:x1]
            joined = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, disc), np.uint8)
            for wall in self._walls:
                self._bridge(joined, mask, wall)
            _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
            labels = np.where(mask > 0, labels, 0)
            extent = np.hypot(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
            numbers[y0:y1, x0:x1] = np.where(labels > 0, labels + known, 0)
            sizes.append(np.bincount(labels.ravel(), minlength=len(stats))[1:])
            drawn.append((extent >= _SPECK * self.per_mm)[1:])
            known += len(stats) - 1
        return _Groups(numbers, np.concatenate(sizes), np.concatenate(drawn))

    def _pixels(self, box: Box) -> tuple[int, int, int, int]:
        wide, high = self.scale
        left, top = self.origin
        high_limit, wide_limit = self.mask.shape
        return (
            min(max(round(box.x0 * wide) - left, 0), wide_limit),
            min(max(round(box.y0 * high) - top, 0), high_limit),
            min(max(round(box.x1 * wide) - left, 0), wide_limit),
            min(max(round(box.y1 * high) - top, 0), high_limit),
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

    @cached_property
    def _noise(self) -> float:
        """Ink of groups too small to be drawn, as a share of the region."""
        small = ~self._groups.drawn
        small[0] = False
        return float(self._groups.sizes[small].sum()) / max(self.mask.size, 1)

    def of(self, boxes: Sequence[Box]) -> tuple[Ink, ...]:
        """The ink of each box; boxes don't overlap."""
        return tuple(self._measured(box) for box in boxes)

    def points(self, box: Box) -> NDArray[np.bool_]:
        """Which pixels of the box hold ink that belongs to it."""
        x0, y0, x1, y1 = self._pixels(box)
        groups = self._groups
        labels = groups.numbers[y0:y1, x0:x1]
        inside = np.bincount(labels.ravel(), minlength=len(groups.sizes))
        own = groups.drawn & (inside >= _SHARE * np.maximum(groups.sizes, 1)) & (inside > 0)
        return np.asarray(own[labels], dtype=np.bool_)

    def _foreign(self, box: Box) -> float:
        """Ink in mm² that lies in the box and belongs to another."""
        x0, y0, x1, y1 = self._pixels(box)
        labels = self._groups.numbers[y0:y1, x0:x1]
        return int(np.count_nonzero(self._groups.drawn[labels] & ~self.points(box))) / float(self.per_mm) ** 2

    def _measured(self, box: Box) -> Ink:
        own = self.points(box)
        noise = self._noise * own.size / self.per_mm**2
        ys, xs = np.nonzero(own)
        if len(xs) == 0:
            return Ink(noise=noise, foreign=self._foreign(box))
        x0, y0, x1, y1 = self._pixels(box)
        wide = float(xs.max() - xs.min() + 1) / self.per_mm
        high = float(ys.max() - ys.min() + 1) / self.per_mm
        labels = self._groups.numbers[y0:y1, x0:x1][own]
        shape, stroke, crosslike = shape_of(xs / self.per_mm, ys / self.per_mm)
        return Ink(
            area=len(xs) / self.per_mm**2,
            wide=wide,
            high=high,
            groups=len(np.unique(labels)),
            shape=shape,
            stroke=stroke,
            crosslike=crosslike,
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


def _together(boxes: Iterable[Pixels], shape: tuple[int, ...], pad: int) -> list[Pixels]:
    """Boxes with a margin, those that meet made one, within a picture of that shape."""
    found: list[Pixels] = []
    for x0, y0, x1, y1 in boxes:
        box = (max(0, x0 - pad), max(0, y0 - pad), min(shape[1], x1 + pad), min(shape[0], y1 + pad))
        while met := [
            o for o in found if o[0] < box[2] and o[2] > box[0] and o[1] < box[3] and o[3] > box[1]
        ]:
            found = [other for other in found if other not in met]
            edges = tuple(zip(box, *met, strict=True))
            box = (min(edges[0]), min(edges[1]), max(edges[2]), max(edges[3]))
        found.append(box)
    return found


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
