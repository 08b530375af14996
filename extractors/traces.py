"""What a PDF page draws besides type and rules, seen by itself: pens, stamps, pictures, notes laid on it.

A page with a text layer says what of it is type and what is ruled. Left out of the picture, neither has to be
told from ink again, and where nothing else is drawn there is nothing to look at.
"""

from __future__ import annotations

import ctypes
import math
import weakref
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from dossier.reading import WHOLE_PAGE, Box
from extractors.drawn import Drawn, Sort
from extractors.layout import meet
from extractors.outlines import frame_in
from extractors.page import FormField, Picture, Pixels, Stroke
from extractors.placement import Placement

Line = tuple[float, float, float, float]
"""From x, y to x, y."""

_NOTES = frozenset({
    raw.FPDF_ANNOT_INK, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_LINE, raw.FPDF_ANNOT_POLYLINE,
    raw.FPDF_ANNOT_POLYGON, raw.FPDF_ANNOT_SQUARE, raw.FPDF_ANNOT_CIRCLE, raw.FPDF_ANNOT_WIDGET,
})  # fmt: skip
_UNSEEN = 0x02 | 0x20
"""Annotation flags: hidden, no view."""

_DASH = (6.0, 110.0)
"""Points: how long a level line is that may bar a cell."""

_EDGE, _SIDE = 34.0, 18.0
"""Points: the least long and short sides of a stamp's frame."""

_LEVEL = 0.3
"""Degrees: a frame that leans less is ruled."""

_FEW_POINTS = 400
"""Points of a path, those that bend its curves counted in, that a plain figure has at most."""

_CONVEX = 0.97
"""Share of the least outline that bends one way alone around it, that a plain figure fills."""

_STAMP = (40.0, 250.0)
"""Points: how wide a stamp's outline is."""

_CLEAR = 4.0
"""Points: what touches no other line by this much is no part of a grid."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One object that is neither type nor rule nor level frame. ``edged``: it has a long straight line.
    ``frame``: the stamp's outline that it is. ``plain``: a closed figure of a few curves and lines, an oval
    or a mark of the house, which no hand drew."""

    order: int
    box: Box
    picture: bool
    edged: bool
    frame: Box | None = None
    plain: bool = False


def traces_of(
    drawn: Sequence[Drawn], drawings: Collection[int], strokes: Sequence[Stroke], width: float, height: float
) -> tuple[Trace, ...]:
    """What of a page of ``width`` by ``height`` points is neither type nor rule nor frame.

    ``drawings`` are the orders of the paths that bend or slant. A level line that stands alone counts: it may
    bar a cell.
    """
    found = []
    alone = tuple(_alone(strokes, width, height))
    for item in drawn:
        picture, drawing = item.sort in (Sort.IMAGE, Sort.SHADING), item.order in drawings
        if picture or drawing or (item.sort is Sort.PATH and alone):
            box = item.box()
            if box is None or not meet(box, WHOLE_PAGE):
                continue
            if picture or drawing or any(_same(box, stroke) for stroke in alone):
                sides = _sides(item, width, height) if drawing else []
                edged = picture or any(math.dist(side[:2], side[2:]) > _EDGE for side in sides)
                frame = _turned_frame(sides, width, height)
                plain = drawing and not picture and _plain(item)
                if plain and frame is None and not item.filled() and _sized(box, width, height):
                    frame = box
                found.append(Trace(item.order, box, picture, edged, frame, plain))
    return tuple(found)


def _sides(item: Drawn, width: float, height: float) -> list[Line]:
    """The straight lines of a path, in points, that are long enough for a side of a stamp's frame."""
    place = item.matrix()
    x, y = ctypes.c_float(), ctypes.c_float()

    def end(segment: object) -> tuple[float, float]:
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        across, down = place.point(x.value, y.value)
        return across * width, down * height

    found: list[Line] = []
    first: object = None
    before: object = None
    for index in range(raw.FPDFPath_CountSegments(item.handle)):
        segment = raw.FPDFPath_GetPathSegment(item.handle, index)
        sort = raw.FPDFPathSegment_GetType(segment)
        ends = [before] if sort == raw.FPDF_SEGMENT_LINETO else []
        first = segment if sort == raw.FPDF_SEGMENT_MOVETO else first
        ends += [first] if raw.FPDFPathSegment_GetClose(segment) else []
        for other in ends:
            line = (*end(other), *end(segment))
            if math.hypot(line[2] - line[0], line[3] - line[1]) > _SIDE:
                found.append(line)
        before = segment
    return found


def _plain(item: Drawn) -> bool:
    """One closed outline that bends one way alone, as an oval or a rounded frame does and no signature."""
    count = raw.FPDFPath_CountSegments(item.handle)
    if not 3 < count <= _FEW_POINTS:
        return False
    segments = [raw.FPDFPath_GetPathSegment(item.handle, index) for index in range(count)]
    if sum(raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO for segment in segments) != 1:
        return False
    x, y = ctypes.c_float(), ctypes.c_float()
    points = np.empty((count, 2), np.float32)
    for index, segment in enumerate(segments):
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        points[index] = x.value, y.value
    open_by = float(np.hypot(*(points[-1] - points[0])))
    if not raw.FPDFPathSegment_GetClose(segments[-1]) and open_by > 0.01 * float(np.ptp(points)):
        return False
    whole = float(cv2.contourArea(cv2.convexHull(points)))
    return whole > 0 and float(cv2.contourArea(points)) > _CONVEX * whole


def _sized(box: Box, width: float, height: float) -> bool:
    """As large as a stamp."""
    wide, high = (box.x1 - box.x0) * width, (box.y1 - box.y0) * height
    return _STAMP[0] <= wide <= _STAMP[1] and _STAMP[0] <= 1.6 * high <= _STAMP[1]


def _turned_frame(lines: Sequence[Line], width: float, height: float) -> Box | None:
    """Around the stamp's frame that lines make which are not quite level; None when they make none."""
    if len(lines) < 3:
        return None
    corners = frame_in(np.array(lines), 72 / 25.4, _LEVEL)
    if corners is None:
        return None
    xs, ys = corners[:, 0] / width, corners[:, 1] / height
    return Box(float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max()))


def covers_of(drawn: Sequence[Drawn], traces: Sequence[Trace]) -> frozenset[int]:
    """The orders of plain areas painted over a trace: they stay in the picture and hide it."""
    if not traces:
        return frozenset()
    known = {trace.order for trace in traces}
    first = min(known)
    found = set()
    for item in drawn:
        if item.sort is not Sort.PATH or item.order < first or item.order in known:
            continue
        box = item.box() if item.filled() else None
        if box is not None and any(t.order < item.order and meet(box, t.box) for t in traces):
            found.add(item.order)
    return frozenset(found)


def notes_on(page: pdfium.PdfPage, place: Placement, form: Sequence[FormField]) -> Iterator[Box]:
    """Drawings and stamps laid on the page, and fields that hold no text: signatures, pictures in buttons."""
    rect = raw.FS_RECTF()
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        note = raw.FPDFPage_GetAnnot(page.raw, index)
        if not note:
            continue
        sort, flags = raw.FPDFAnnot_GetSubtype(note), raw.FPDFAnnot_GetFlags(note)
        placed = raw.FPDFAnnot_GetRect(note, rect)
        raw.FPDFPage_CloseAnnot(note)
        if sort in _NOTES and placed and not flags & _UNSEEN:
            box = place.box(rect.left, rect.bottom, rect.right, rect.top)
            typed = sort == raw.FPDF_ANNOT_WIDGET and any(meet(box, field.box) for field in form)
            if not typed:
                yield box


class Alone:
    """A page that is kept open to be drawn with nothing on it but what is ``kept``, by order. Takes the page
    and its ``objects`` over: it is closed when this is given up, whatever else goes at the same time."""

    def __init__(
        self, page: pdfium.PdfPage, objects: Sequence[Drawn], kept: Collection[int], turned: int, scale: float
    ) -> None:
        self._page, self._turned, self._scale = page, turned, scale
        self._others = [item.handle for item in objects if item.order not in kept]
        weakref.finalize(self, page.close)

    def see(self, crops: Sequence[Pixels]) -> tuple[Picture, ...]:
        """Grey crops of the upright page."""
        while self._others:
            raw.FPDFPageObj_SetIsActive(self._others.pop(), False)
        wide, high = size_of(self._page, self._turned, self._scale)
        found = []
        for left, top, right, bottom in crops:
            edges = (left, high - bottom, wide - right, top)
            seen = self._page.render(
                scale=self._scale, rotation=self._turned, grayscale=True,
                crop=tuple(max(0.0, (e - 0.01) / self._scale) for e in edges),
            ).to_numpy()  # fmt: skip
            found.append(np.asarray(seen.reshape(seen.shape[:2]), dtype=np.uint8))
        return tuple(found)


def size_of(page: pdfium.PdfPage, turned: int, scale: float) -> tuple[int, int]:
    """Width and height in pixels of the upright page."""
    width, height = (math.ceil(side * scale) for side in page.get_size())
    return (height, width) if turned in (90, 270) else (width, height)


def _alone(strokes: Sequence[Stroke], width: float, height: float) -> Iterator[Stroke]:
    """Level lines of the length of a dash that nothing ruled touches."""
    if not strokes:
        return
    every = np.array([(s.x0 * width, s.y0 * height, s.x1 * width, s.y1 * height) for s in strokes])
    for index, stroke in enumerate(strokes):
        x0, y0, x1, y1 = every[index]
        if not stroke.horizontal or not _DASH[0] <= x1 - x0 <= _DASH[1]:
            continue
        near = (
            (every[:, 0] < x1 + _CLEAR) & (every[:, 2] > x0 - _CLEAR)
            & (every[:, 1] < y1 + _CLEAR) & (every[:, 3] > y0 - _CLEAR)
        )  # fmt: skip
        if np.count_nonzero(near) == 1:
            yield stroke


def _same(box: Box, stroke: Stroke) -> bool:
    return (
        abs(box.x0 - stroke.x0) + abs(box.x1 - stroke.x1) < 0.01
        and box.y0 - 0.003 <= stroke.y0 <= box.y1 + 0.003
        and box.y1 - box.y0 < 0.01
    )
