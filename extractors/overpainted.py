"""Ruled lines that a PDF page paints over later: a grid drawn whole, a filled box over its merged cell."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping, Sequence

import numpy as np
import pypdfium2.raw as raw
from numpy.typing import NDArray

from dossier.reading import Box
from extractors.drawn import Drawn, Sort
from extractors.hidden import covers_among
from extractors.page import Stroke

_INSIDE = 0.8
"""Points by which a line is within a box at least: one on its side still shows half its width."""

_LEAST = 4.0
"""Points of the side of a box below which it is a rule itself."""

_PIECE = 1.5
"""Points of a line below which what is left of it is none."""


def uncovered(
    strokes: Mapping[Stroke, int], drawn: Sequence[Drawn], width: float, height: float
) -> tuple[Stroke, ...]:
    """The strokes, or their pieces, that are seen. ``strokes``: with the order in which each was painted
    last; ``width`` and ``height``: of the page, in points."""
    if not strokes:
        return ()
    kept = list(strokes)
    orders = np.array(list(strokes.values()))
    first = int(orders.min())
    lines = np.array([(s.x0 * width, s.y0 * height, s.x1 * width, s.y1 * height) for s in kept])
    level = lines[:, 1] == lines[:, 3]
    pieces: dict[int, list[Stroke]] = {}
    for item in drawn:
        if item.sort is not Sort.PATH or item.order <= first:
            continue
        box = item.box()
        if box is None or min((box.x1 - box.x0) * width, (box.y1 - box.y0) * height) < _LEAST:
            continue
        within = _within(lines, level, (box.x0 * width, box.y0 * height, box.x1 * width, box.y1 * height))
        under = np.flatnonzero(within & (orders < item.order))
        if not len(under) or not any(covers_among([item])):
            continue
        seen = _clipped(item, box)
        if seen is None:
            continue
        for index in under:
            before = pieces.get(int(index), [kept[index]])
            pieces[int(index)] = [part for one in before for part in _cut(one, seen, width, height)]
    return tuple(dict.fromkeys(part for at, one in enumerate(kept) for part in pieces.get(at, [one])))


def _within(
    lines: NDArray[np.float64], level: NDArray[np.bool_], box: tuple[float, float, float, float]
) -> NDArray[np.bool_]:
    """Which lines run within a box, all in points."""
    x0, y0, x1, y1 = lines.T
    left, top, right, bottom = box
    across = np.where(
        level,
        (y0 > top + _INSIDE) & (y0 < bottom - _INSIDE),
        (x0 > left + _INSIDE) & (x0 < right - _INSIDE),
    )
    along = np.where(level, (x0 < right) & (x1 > left), (y0 < bottom) & (y1 > top))
    return np.asarray(across & along)


def _clipped(item: Drawn, box: Box) -> Box | None:
    """The part of an object's box that its clip lets through; None for nothing, or a clip of another form."""
    clip = raw.FPDFPageObj_GetClipPath(item.handle)
    count = raw.FPDFClipPath_CountPaths(clip) if clip else 0
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(max(0, count)):
        points = []
        for index in range(max(0, raw.FPDFClipPath_CountPathSegments(clip, path))):
            segment = raw.FPDFClipPath_GetPathSegment(clip, path, index)
            if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_BEZIERTO:
                return None
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            points.append(item.place.point(x.value, y.value))
        if not 4 <= len(points) <= 6:
            return None
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        box = Box(max(box.x0, min(xs)), max(box.y0, min(ys)), min(box.x1, max(xs)), min(box.y1, max(ys)))
        if box.x0 >= box.x1 or box.y0 >= box.y1:
            return None
    return box


def _cut(stroke: Stroke, box: Box, width: float, height: float) -> list[Stroke]:
    """What of a line is outside of the box."""
    if stroke.horizontal:
        if not box.y0 + _INSIDE / height < stroke.y0 < box.y1 - _INSIDE / height:
            return [stroke]
        ends = ((stroke.x0, min(stroke.x1, box.x0)), (max(stroke.x0, box.x1), stroke.x1))
        return [Stroke(a, stroke.y0, b, stroke.y1) for a, b in ends if (b - a) * width > _PIECE]
    if not box.x0 + _INSIDE / width < stroke.x0 < box.x1 - _INSIDE / width:
        return [stroke]
    ends = ((stroke.y0, min(stroke.y1, box.y0)), (max(stroke.y0, box.y1), stroke.y1))
    return [Stroke(stroke.x0, a, stroke.x1, b) for a, b in ends if (b - a) * height > _PIECE]
