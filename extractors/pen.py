"""Strokes of the pen and rubber stamps on a stretch of page: what is left without print and ruled lines.

Everything is measured in millimetres of paper. A pen's mark is a joined figure of thin strokes, taller than a
line of print and no straight line; a stamp is a ring or a turned frame. A stamp's letters are print, not pen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from dossier.reading import Box, ReadBy
from extractors.coloured import coloured_frames
from extractors.ink import Inked
from extractors.layout import around, meet
from extractors.leaning import leaning_type
from extractors.outlines import circle_in, followed, frame_in, grown, rings_about
from extractors.page import Page, Traces

_Mask = NDArray[np.uint8]
_Points = NDArray[np.float64]

_JOIN = 0.7
"""Millimetres: strokes nearer than this are one figure."""

_TALL, _WIDE = 3.2, 4.0
"""Millimetres: the least short and long side of a signature's own rectangle. A line of print stays below."""

_SLANTED = 2.0
"""Millimetres: the least short side of a signature that climbs or falls, which no line of print does."""

_THICK, _SOLID = 2.4, 0.5
"""Millimetres, and the share of a figure that may be thicker than that: only house marks do."""

_NEAR = 4.0
"""Millimetres: pieces of one stamp's outline, cut by letters, stand no further apart."""

_FLAT = 0.003
"""Of the page's height: what is drawn less high is a line."""

_TILT = 0.045
"""How much a ruled line may climb: what climbs more is the side of a stamp set askew."""

_LEAST_LEAN = 2.0
"""Degrees that no rule of a straightened page leans."""

_LONGEST = 75.0
"""Millimetres: no side of a boxed stamp is as long."""

_RING = (8.5, 26.0)
"""Millimetres: radius of a round stamp."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure drawn by hand. ``wide`` and ``high`` in mm, ``area`` of ink in mm², ``tall`` its rectangle's
    short side in mm whatever its slant; ``inside`` is the share of it that a stamp's outline holds.
    ``pieced`` ones were put together from what a stamp over them left."""

    box: Box
    wide: float
    high: float
    tall: float
    area: float
    inside: float = 0.0
    pieced: bool = False


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp's outline: "ring", "frame"; on a page of pixels "coloured frame", and "type" that leans."""

    box: Box
    form: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """What hands left on a region. ``faint`` figures are too small to be a signature for sure."""

    figures: tuple[Figure, ...]
    faint: tuple[Figure, ...]
    stamps: tuple[Stamp, ...]


def drawn_by_hand(page: Page, region: Box, printed: Iterable[Box]) -> Drawn:
    """The pen's figures and the stamps of a region of a page; ``printed`` boxes hold type."""
    known: list[Stamp] = []
    if page.traces is not None:
        known = [Stamp(box, "frame") for box in page.traces.frames if meet(box, region)]
        looked = _around(page.traces, region)
        if looked is None:
            return Drawn((), (), tuple(known))
        region = looked
    field = _Field(page, region, printed)
    stamps = field.stamps() or field.askew()
    if not stamps and page.read_by is ReadBy.OCR:
        stamps = tuple(Stamp(box, "coloured frame") for box in coloured_frames(page, region))
    stamps += tuple(one for one in known if not any(_overlap(one.box, other.box) > 0.6 for other in stamps))
    figures, faint = field.figures()
    return Drawn(figures, faint, stamps)


def _around(traces: Traces, region: Box) -> Box | None:
    """The part of a region that what is drawn there takes up, plain level lines apart."""
    held = [box for box in traces.boxes if meet(box, region) and box.y1 - box.y0 > _FLAT]
    if not held:
        return None
    whole = around(held)
    return Box(
        max(whole.x0, region.x0),
        max(whole.y0, region.y0),
        min(whole.x1, region.x1),
        min(whole.y1, region.y1),
    )


class _Field:
    """The ink of a region in pixels."""

    def __init__(self, page: Page, region: Box, printed: Iterable[Box]) -> None:
        inked = Inked(page, region, printed)
        self.least = _TALL if page.read_by is ReadBy.OCR else _SLANTED
        self.mm = float(inked.per_mm)
        self.mask: _Mask = inked.mask.copy()
        self._crops = inked.crops
        self._origin = inked.origin
        self._page = inked.scale
        self._edges = None if page.traces is None else page.traces.edges
        self._outlines: list[_Mask] = []
        self._found: list[Stamp] = []
        self._ruled: _Mask | None = self.mask.copy() if page.traces is None else None
        self._unrule()
        self._despeckle()

    def _px(self, millimetres: float) -> int:
        return max(1, round(millimetres * self.mm))

    def _parts(self) -> Iterator[tuple[int, int, _Mask]]:
        """The parts of the mask that may hold ink, to be written to, with where they begin."""
        for x0, y0, x1, y1 in self._crops:
            yield x0, y0, self.mask[y0:y1, x0:x1]

    def _unrule(self) -> None:
        """Takes away what is ruled across or down the page."""
        for left, top, mask in self._parts():
            for size, across in (((self._px(11), 1), True), ((1, self._px(9)), False)):
                if max(size) > mask.shape[1 if across else 0]:
                    continue
                thick = np.ones((3, 1) if across else (1, 3), np.uint8)
                near = cv2.dilate(mask, thick)
                kernel = np.ones((size[1], size[0]), np.uint8)
                line = cv2.morphologyEx(near, cv2.MORPH_OPEN, kernel)
                if not line.any():
                    continue
                _, labels, stats, _ = cv2.connectedComponentsWithStats(line, connectivity=8)
                along, aslant = (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT)[:: 1 if across else -1]
                tilted = stats[:, aslant] > _TILT * stats[:, along] + self._px(1.0)
                if self._ruled is not None:  # longer than a stamp's side: no part of one, however it leans
                    own = self._ruled[top : top + mask.shape[0], left : left + mask.shape[1]]
                    own[cv2.dilate((stats[labels, along] > _LONGEST * self.mm) * line, thick) > 0] = 0
                line[tilted[labels]] = 0
                mask[cv2.dilate(line, np.ones((3, 3), np.uint8)) > 0] = 0

    def _despeckle(self) -> None:
        """Takes away dust: what is smaller than a pen's dot."""
        for _, _, mask in self._parts():
            _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
            sides = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
            dust = sides < 0.6 * self.mm
            dust[0] = False
            if dust.any():
                mask[dust[labels]] = 0

    def _box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        (left, top), (wide, high) = self._origin, self._page
        return Box((x0 + left) / wide, (y0 + top) / high, (x1 + left) / wide, (y1 + top) / high)

    # ------------------------------------------------------------ stamps

    def stamps(self) -> tuple[Stamp, ...]:
        """Finds each stamp's outline and takes it out of the mask."""
        found: list[Stamp] = []
        for _ in range(4):
            stamp = self._ring() or self._frame(self.mask)
            if stamp is None and self._ruled is not None:  # unruling eats the sides of one that leans
                stamp = self._frame(self._ruled, _LEAST_LEAN)
            if stamp is None:
                break
            self._found.append(stamp)
            if not any(_overlap(stamp.box, other.box) > 0.6 for other in found):
                found.append(stamp)
        return tuple(found)

    def _large(self, mask: _Mask) -> list[tuple[int, int, int, int]]:
        """Boxes, x, y, width, height, of ink close together and large enough to hold a stamp's outline."""
        small = cv2.resize(mask, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
        near = _disc(max(3, round(_NEAR * self.mm / 4)))
        joined = cv2.dilate((small > 0).astype(np.uint8), near)
        _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
        pad = near.shape[0] // 2
        found = []
        for x, y, w, h, _ in stats[1:]:
            wide, high = 4 * (int(w) - 2 * pad), 4 * (int(h) - 2 * pad)
            if wide >= 14 * self.mm and high >= 7.5 * self.mm:
                found.append(
                    (max(0, 4 * (int(x) + pad) - 4), max(0, 4 * (int(y) + pad) - 4), wide + 8, high + 8)
                )
        return found

    def _ring(self) -> Stamp | None:
        for x, y, w, h in self._large(self.mask):
            if h < 2 * _RING[0] * self.mm:
                continue
            ys, xs = np.nonzero(self.mask[y : y + h, x : x + w])
            points = np.column_stack([xs + x, ys + y]).astype(np.float64)
            circle = circle_in(points, _RING[0] * self.mm, _RING[1] * self.mm, 0.35 * self.mm)
            if circle is None:
                continue
            cx, cy, radius = circle
            outline = np.zeros_like(self.mask)
            for ring in rings_about(points, circle, self.mm):
                cv2.circle(outline, (round(cx), round(cy)), round(ring), 255, max(3, self._px(1.0)))
            self.mask[outline > 0] = 0
            held = np.zeros_like(self.mask)
            cv2.circle(held, (round(cx), round(cy)), round(radius), 255, -1)
            self._outlines.append(held)
            return Stamp(self._box(cx - radius, cy - radius, cx + radius, cy + radius), "ring")
        return None

    def _edged(self, x: int, y: int, w: int, h: int) -> bool:
        """Whether a frame may be there: a text page says where long straight lines are drawn."""
        box = self._box(x, y, x + w, y + h)
        return self._edges is None or any(meet(box, edge) for edge in self._edges)

    def _frame(self, mask: _Mask, lean: float = 0.0) -> Stamp | None:
        """Two pairs of straight sides at right angles, turned by ``lean`` to 20 degrees."""
        for x, y, w, h in self._large(mask):
            if w > 130 * self.mm or h > 90 * self.mm or not self._edged(x, y, w, h):
                continue
            crop = mask[y : y + h, x : x + w]
            found = cv2.HoughLinesP(
                crop, 1, np.pi / 360, self._px(5), minLineLength=self._px(6.5), maxLineGap=self._px(1.2)
            )
            if found is None:
                continue
            lines = np.asarray(found, dtype=np.float64).reshape(-1, 4)
            corners = frame_in(lines, self.mm, lean)
            if corners is not None and lean:
                corners = followed(crop, corners, self.mm)
            if corners is None:
                continue
            corners = corners + np.array([x, y])
            outline = np.zeros_like(self.mask)
            polygon = np.round(corners).astype(np.int32).reshape(-1, 1, 2)
            for step in (0.0, -1.0, 1.0):
                cv2.polylines(outline, [grown(corners, step * self.mm)], True, 255, max(3, self._px(1.1)))
            self.mask[outline > 0] = 0
            if self._ruled is not None:
                self._ruled[outline > 0] = 0
            held = np.zeros_like(self.mask)
            cv2.fillPoly(held, [polygon], 255)
            self._outlines.append(held)
            (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
            return Stamp(self._box(x0, y0, x1, y1), "frame")
        return None

    def askew(self) -> tuple[Stamp, ...]:
        """Stamps of type alone, on a page of pixels, whose own lines are level."""
        if self._ruled is None:
            return ()
        for x0, y0, x1, y1 in leaning_type(self.mask, self.mm):
            held = np.zeros_like(self.mask)
            cv2.rectangle(held, (x0, y0), (x1, y1), 255, -1)
            self._outlines.append(held)
            self._found.append(Stamp(self._box(x0, y0, x1, y1), "type"))
        return tuple(self._found)

    # ------------------------------------------------------------ figures

    def figures(self) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
        """Figures of the pen, and those too small to be sure."""
        held = np.zeros_like(self.mask)
        for outline in self._outlines:
            held |= outline
        sure: list[Figure] = []
        faint: list[Figure] = []
        for figure in self._joined(held):
            long = max(figure.wide, figure.high)
            slanted = figure.tall >= _SLANTED and min(figure.wide, figure.high) >= _WIDE
            slanted = slanted and figure.inside < 0.3
            if (figure.tall >= self.least or slanted) and long >= _WIDE:
                sure.append(figure)
            elif figure.tall >= 1.9 and long >= 3.2 and figure.inside < 0.5:
                faint.append(figure)
        for outline, stamp in zip(self._outlines, self._found, strict=True):
            if not any(_near(figure.box, stamp.box) for figure in sure):
                pieced = self._pieced(outline)
                if pieced is not None:
                    sure.append(pieced)
        return tuple(sure), tuple(faint)

    def _joined(self, held: _Mask) -> Iterator[Figure]:
        """Strokes that lie close together, of some size, each with what ``held`` has of it."""
        for left, top, mask in self._parts():
            joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, _disc(self._px(_JOIN)))
            _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
            for index in range(1, len(stats)):
                x, y, w, h = (int(v) for v in stats[index][:4])
                if max(w, h) < 2.4 * self.mm or min(w, h) < 0.8 * self.mm:
                    continue
                own = (labels[y : y + h, x : x + w] == index) & (mask[y : y + h, x : x + w] > 0)
                figure = self._figure(own, left + x, top + y, held)
                if figure is not None:
                    yield figure

    def _pieced(self, held: _Mask) -> Figure | None:
        """What is left of a signature under a stamp: pieces in and around its outline, taken as one figure.

        On a scan a stamp's own letters are left inside it too, so only pieces outside count there.
        """
        reach = self._px(24)
        small = cv2.resize(held, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_NEAREST)
        near = cv2.resize(
            cv2.dilate(small, _disc(max(3, reach // 4))),
            (held.shape[1], held.shape[0]),
            interpolation=cv2.INTER_NEAREST,
        )
        _, labels, stats, _ = cv2.connectedComponentsWithStats(self.mask, connectivity=8)
        kept = np.zeros(len(stats), dtype=bool)
        for index in range(1, len(stats)):
            x, y, w, h = (int(v) for v in stats[index][:4])
            middle = (y + h // 2, x + w // 2)
            if max(w, h) < 1.2 * self.mm or min(w, h) < 0.35 * self.mm or not near[middle]:
                continue
            kept[index] = self.least == _SLANTED or not held[middle]
        ys, xs = np.nonzero(kept[labels])
        if len(xs) < 2.0 * self.mm**2:
            return None
        x, y = int(xs.min()), int(ys.min())
        own = kept[labels[y : int(ys.max()) + 1, x : int(xs.max()) + 1]]
        figure = self._figure(own, x, y, held)
        if figure is None or figure.tall < 2.5 or max(figure.wide, figure.high) < 7 or figure.tall > 30:
            return None
        return replace(figure, pieced=True)

    def _figure(self, own: NDArray[np.bool_], x: int, y: int, held: _Mask) -> Figure | None:
        whole = own.astype(np.uint8)
        points = cv2.findNonZero(whole)
        if points is None or len(points) < 0.8 * self.mm**2:
            return None
        (_, _), sides, _ = cv2.minAreaRect(points)
        reach = self._px(_THICK) | 1
        if float(cv2.distanceTransform(whole, cv2.DIST_L2, 3).max()) > reach / 2 - 1:
            thick = cv2.dilate(cv2.erode(whole, _disc(reach)), _disc(reach))
            if float(np.count_nonzero(thick)) / len(points) > _SOLID:
                return None
        left, top, wide, high = cv2.boundingRect(points)
        under = held[y : y + own.shape[0], x : x + own.shape[1]]
        inside = float(np.count_nonzero(under[own])) / len(points) if self._outlines else 0.0
        return Figure(
            self._box(x + left, y + top, x + left + wide, y + top + high),
            wide / self.mm,
            high / self.mm,
            float(min(sides)) / self.mm,
            len(points) / self.mm**2,
            inside,
        )


def _disc(size: int) -> _Mask:
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size | 1, size | 1)), dtype=np.uint8)


def _overlap(one: Box, two: Box) -> float:
    wide = min(one.x1, two.x1) - max(one.x0, two.x0)
    high = min(one.y1, two.y1) - max(one.y0, two.y0)
    least = min((one.x1 - one.x0) * (one.y1 - one.y0), (two.x1 - two.x0) * (two.y1 - two.y0))
    return max(0.0, wide) * max(0.0, high) / max(least, 1e-9)


def _near(figure: Box, stamp: Box) -> bool:
    """Whether a figure lies over a stamp or right beside it."""
    wide, high = stamp.x1 - stamp.x0, stamp.y1 - stamp.y0
    return (
        figure.x0 < stamp.x1 + 0.4 * wide
        and figure.x1 > stamp.x0 - 0.4 * wide
        and figure.y0 < stamp.y1 + 0.3 * high
        and figure.y1 > stamp.y0 - 0.3 * high
    )
