"""Ruled lines of a page of pixels: level and plumb strokes, robust to gaps, specks and a little lean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np

from extractors.page import Picture, Stroke
from extractors.pixels import Mask


@dataclass(frozen=True, slots=True)
class _Segment:
    """A line in pixels: along its run from ``start`` to ``end``, across at ``at``, ``thick`` pixels."""

    start: float
    end: float
    at: float
    thick: float


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a page is ruled with: the strokes, the pixels they cover, and dark bands as x, y, width, height in
    pixels (headings in white on a colour)."""

    strokes: tuple[Stroke, ...]
    covered: Mask
    bands: tuple[tuple[int, int, int, int], ...]


def strokes(grey: Picture) -> tuple[Stroke, ...]:
    """Ruled lines of a straight grey picture of about 200 dpi, in fractions of it; see `ruling`."""
    return ruling(grey).strokes


def ruling(grey: Picture) -> Ruling:
    """Looks for runs of ink no letter makes, on a straight, flattened grey picture, dark on light.

    A run is a level one of at least 2.5 % of the long side or a plumb one of at least 1.6 %; small gaps are
    bridged, collinear runs joined; a plumb run must be long or meet a level one, else it is a letter's stem.
    Dark bands give their four edges.
    """
    height, width = grey.shape
    unit = max(height, width) / 2339  # one at 200 dpi for A4
    ink = _ink(grey, unit)
    bands = _bands(grey, unit)
    for x, y, wide, high in bands:
        ink[y : y + high, x : x + wide] = 0
    level_mask = _runs(ink, round(58 * unit), round(7 * unit))
    plumb_mask = np.ascontiguousarray(_runs(np.ascontiguousarray(ink.T), round(38 * unit), round(5 * unit)).T)
    level = _joined(_segments(level_mask, unit), 30 * unit, 4 * unit)
    plumb = _joined(_segments(np.ascontiguousarray(plumb_mask.T), unit), 24 * unit, 4 * unit)
    plumb = [run for run in plumb if run.end - run.start > 120 * unit or _meets(run, level, bands, 9 * unit)]
    level = [run for run in level if run.end - run.start > 90 * unit or _meets(run, plumb, (), 9 * unit)]
    found = [
        *(Stroke(run.start / width, run.at / height, run.end / width, run.at / height) for run in level),
        *(Stroke(run.at / width, run.start / height, run.at / width, run.end / height) for run in plumb),
        *(edge for band in bands for edge in _edges(band, width, height)),
    ]
    covered = np.asarray(cv2.bitwise_or(level_mask, plumb_mask), np.uint8)
    return Ruling(tuple(found), covered, bands)


def _ink(grey: Picture, unit: float) -> Mask:
    """Darker than the mean around it by a little: pale grey rules count, paper noise smoothed does not."""
    calm = cv2.GaussianBlur(grey, (3, 3), 0)
    block = round(25 * unit) | 1
    return np.asarray(
        cv2.adaptiveThreshold(calm, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, max(9, block), 10),
        np.uint8,
    )


def _runs(ink: Mask, length: int, gap: int) -> Mask:
    """Pixels of level runs at least ``length`` long once gaps up to ``gap`` are bridged.

    Bridging and opening are done on ink thickened by one pixel across, so that a lean of a pixel now and then
    does not cut a run; what comes back is only where ink, so thickened, is.
    """
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    bridged = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, max(3, gap)), np.uint8))
    return np.asarray(cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((1, length), np.uint8)), np.uint8)


def _segments(mask: Mask, unit: float) -> list[_Segment]:
    """One level segment a blob that is flat enough; the thickening is taken off again."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    found = []
    for left, top, wide, high, area in stats[1:count].tolist():
        thick = area / max(1, wide)
        if thick <= 11 * unit and high <= max(16 * unit, 0.02 * wide):
            found.append(_Segment(left, left + wide, top + high / 2, max(1.0, thick - 2)))
    return found


def _joined(segments: Iterable[_Segment], gap: float, off: float) -> list[_Segment]:
    """Segments on one line with no more than ``gap`` between them, as one."""
    rows: list[list[_Segment]] = []
    for segment in sorted(segments, key=lambda s: s.at):
        for row in reversed(rows[-6:]):
            if abs(row[-1].at - segment.at) <= off:
                row.append(segment)
                break
        else:
            rows.append([segment])
    found = []
    for row in rows:
        row.sort(key=lambda s: s.start)
        run = row[0]
        for segment in row[1:]:
            if segment.start - run.end <= gap:
                total = (run.end - run.start) + (segment.end - segment.start)
                at = (run.at * (run.end - run.start) + segment.at * (segment.end - segment.start)) / total
                run = _Segment(run.start, max(run.end, segment.end), at, max(run.thick, segment.thick))
            else:
                found.append(run)
                run = segment
        found.append(run)
    return found


def _meets(
    run: _Segment, others: Iterable[_Segment], bands: Iterable[tuple[int, int, int, int]], near: float
) -> bool:
    """Whether a line of the other direction, or a band, passes by one of its ends."""
    for other in others:
        if other.start - near <= run.at <= other.end + near and (
            abs(other.at - run.start) <= near or abs(other.at - run.end) <= near
        ):
            return True
    return any(
        x - near <= run.at <= x + wide + near
        and (abs(y + high - run.start) <= near or abs(y - run.end) <= near)
        for x, y, wide, high in bands
    )


def _bands(grey: Picture, unit: float) -> tuple[tuple[int, int, int, int], ...]:
    """Filled dark rectangles at least 12 pixels high and 80 wide, letters left blank in them included."""
    dark = cv2.threshold(grey, 150, 255, cv2.THRESH_BINARY_INV)[1]
    shrunk = cv2.resize(dark, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    solid = cv2.threshold(shrunk, 110, 255, cv2.THRESH_BINARY)[1]
    solid = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, np.ones((3, 9), np.uint8))
    across = max(5, round(18 * unit))
    solid = cv2.morphologyEx(solid, cv2.MORPH_OPEN, np.ones((max(3, round(4 * unit)), across), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=4)
    height, width = grey.shape
    found = []
    for left, top, wide, high, area in stats[1:count].tolist():
        if area >= 0.85 * wide * high and high < 0.25 * height / 4 and wide > 2 * high:
            x, y = left * 4, top * 4
            found.append((x, y, min(wide * 4, width - x), min(high * 4, height - y)))
    return tuple(found)


def _edges(band: tuple[int, int, int, int], width: int, height: int) -> tuple[Stroke, ...]:
    x, y, wide, high = band
    x0, x1, y0, y1 = x / width, (x + wide) / width, y / height, (y + high) / height
    return Stroke(x0, y0, x1, y0), Stroke(x0, y1, x1, y1), Stroke(x0, y0, x0, y1), Stroke(x1, y0, x1, y1)


def cleaned(grey: Picture, found: Ruling) -> Picture:
    """The picture for OCR: rules painted over with paper, bands turned to dark on light."""
    clean = grey.copy()
    for x, y, wide, high in found.bands:
        clean[y : y + high, x : x + wide] = 255 - clean[y : y + high, x : x + wide]
    clean[found.covered > 0] = 255
    return clean
