"""Ruled lines of a page of pixels: level and plumb strokes, robust to gaps, specks and a little lean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from extractors.page import Picture, Stroke
from extractors.pixels import Mask

_EDGE = 0.004
"""The share of the picture, at each side, in which a line is the edge of the paper."""


@dataclass(frozen=True, slots=True)
class _Segment:
    """A line in pixels: along its run from ``start`` to ``end``, across at ``at``, ``thick`` pixels."""

    start: float
    end: float
    at: float
    thick: float


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a page is ruled with: the strokes, the pixels that they and the lines under words cover, and dark
    bands as x, y, width, height in pixels (headings in white on a colour)."""

    strokes: tuple[Stroke, ...]
    covered: Mask
    bands: tuple[tuple[int, int, int, int], ...]


def ruling(grey: Picture) -> Ruling:
    """Looks for thin runs of ink with paper on both sides, on a straight, flattened grey picture, dark on
    light.

    A run is a level one of at least 2.5 % of the long side or a plumb one of at least 1.6 %; small gaps are
    bridged, collinear runs joined; a plumb run must be long or meet a level one, else it is a letter's stem.
    Dark bands give their four edges.
    """
    height, width = grey.shape
    unit = max(height, width) / 2339  # one at 200 dpi for A4
    bands = _bands(grey, unit)
    ink = _ink(_turned(grey, bands), unit)  # white rules part the headings of a dark band
    level_mask, level_pieces, underlines = _runs(ink, round(40 * unit), unit, grey)
    plumb_mask, plumb_pieces, _ = _runs(np.ascontiguousarray(ink.T), round(34 * unit), unit)
    level = [run for run in _joined(level_pieces, 30 * unit, 4 * unit) if run.end - run.start > 58 * unit]
    plumb = _joined(plumb_pieces, 24 * unit, 4 * unit)
    plumb = [run for run in plumb if run.end - run.start > 120 * unit or _meets(run, level, bands, 9 * unit)]
    level = [run for run in level if run.end - run.start > 90 * unit or _meets(run, plumb, (), 9 * unit)]
    found = [
        *(
            Stroke(run.start / width, run.at / height, run.end / width, run.at / height)
            for run in _without_streaks(level, plumb, width, height)
        ),
        *(
            Stroke(run.at / width, run.start / height, run.at / width, run.end / height)
            for run in _without_streaks(plumb, level, height, width)
        ),
        *(edge for band in bands for edge in _edges(band, width, height)),
    ]
    kept = _kept(level_mask, [*level, *underlines])
    cv2.bitwise_or(kept, np.ascontiguousarray(_kept(plumb_mask, plumb).T), dst=kept)
    return Ruling(tuple(found), kept, bands)


def _ink(grey: Picture, unit: float) -> Mask:
    """Darker than the mean around it by a little: pale grey rules count, paper noise smoothed does not."""
    calm = cv2.GaussianBlur(grey, (3, 3), 0)
    block = round(25 * unit) | 1
    return np.asarray(
        cv2.adaptiveThreshold(
            calm, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, max(9, block), 10
        ),
        np.uint8,
    )


def _runs(
    ink: Mask, length: int, unit: float, grey: Picture | None = None
) -> tuple[Mask, list[_Segment], list[_Segment]]:
    """The pixels of level runs at least ``length`` long, a segment for each piece of them, and one for each
    that words are underlined with, which ``grey`` tells.

    What stands taller than a rule is thick is taken out first, so stems part the letters of a line of text;
    the rest is thickened by a pixel across, so that a jag does not cut a run, and small gaps are bridged.
    """
    tall = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((max(5, round(11 * unit)), 1), np.uint8))
    thin = cv2.dilate(cv2.subtract(ink, tall), np.ones((3, 1), np.uint8))
    bridged = cv2.morphologyEx(thin, cv2.MORPH_CLOSE, np.ones((1, max(3, round(5 * unit))), np.uint8))
    mask = np.asarray(cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((1, length), np.uint8)), np.uint8)
    found, underlines = [], []
    for contour in cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        left, top, wide, high = cv2.boundingRect(contour)
        thick = cv2.countNonZero(mask[top : top + high, left : left + wide]) / max(1, wide)
        if thick > 11 * unit or high > max(16 * unit, 0.02 * wide):
            continue
        segment = _Segment(left, left + wide, top + high / 2, max(1.0, thick - 2))
        if _alone(ink, left, top, wide, high, unit):
            found.append(segment)
        elif (
            grey is not None
            and thick <= _UNDERLINE * unit
            and wide >= _UNDERLINED * unit
            and _underlines(grey, ink, (left, top, wide, high), unit)
        ):
            underlines.append(segment)
    return mask, found, underlines


_UNDERLINE, _UNDERLINED = 8, 120
"""Pixels at 200 dpi that a line under words is thick at most, with one more on each side, and long at
least."""

_EVEN = 0.35
"""Of the way from its ink to white paper, how far the palest part of a line under words may lie."""


def _underlines(grey: Picture, ink: Mask, box: tuple[int, int, int, int], unit: float) -> bool:
    """Whether a run is one line as dark all along with paper below it, as the feet of letters are not."""
    left, top, wide, high = box
    near, deep = max(1, round(unit)), max(2, round(3 * unit))
    pieces = max(1, round(wide / (60 * unit)))
    under = 0
    for index in range(pieces):
        x0, x1 = left + wide * index // pieces, left + wide * (index + 1) // pieces
        rows = np.flatnonzero((ink[top : top + high, x0:x1] > 0).mean(axis=1) > 0.8)
        if not rows.size:
            return False
        first, last = top + int(rows[0]), top + int(rows[-1])
        below = ink[last + 1 + near : last + 1 + near + deep, x0:x1]
        under += not below.size or float((below > 0).mean()) < 0.28
        dark, pale = np.percentile(grey[first : last + 1, x0:x1].min(axis=0), (20, 97))
        if pale > dark + _EVEN * (255.0 - dark):
            return False
    return under > 0.75 * pieces


def _alone(ink: Mask, left: int, top: int, wide: int, high: int, unit: float) -> bool:
    """Whether a run has paper above and below it, or a second rule or a filled area: a row of letters has
    neither.

    A long run that leans is looked at in pieces, each of which is nearly level.
    """
    near, deep = max(1, round(unit)), max(2, round(3 * unit))
    pieces = max(1, min(16, round(wide / (150 * unit))))
    good = 0
    for index in range(pieces):
        x0, x1 = left + wide * index // pieces, left + wide * (index + 1) // pieces
        rows = np.flatnonzero((ink[top : top + high, x0:x1] > 0).mean(axis=1) > 0.3)
        first, last = (top + int(rows[0]), top + int(rows[-1])) if rows.size else (top, top + high - 1)
        above = ink[max(0, first - near - deep) : max(0, first - near), x0:x1]
        below = ink[last + 1 + near : last + 1 + near + deep, x0:x1]
        good += all(
            not side.size or (share := float((side > 0).mean())) < 0.28 or share > 0.9
            for side in (above, below)
        )
    return good > 0.6 * pieces


def _without_streaks(
    runs: Sequence[_Segment], others: Sequence[_Segment], along: int, across: int
) -> list[_Segment]:
    """The runs that are no dirt on a scanner's glass, nor a fold, nor what is left of one on the same line,
    nor the paper's own edge on what it lay on.

    A streak comes in from the paper's edge, inside the margins, a long way before any rule crosses it.
    """
    runs = [run for run in runs if _EDGE * across < run.at < (1 - _EDGE) * across]
    streaks = [run for run in runs if _streak(run, others, along, across)]
    return [run for run in runs if not any(abs(run.at - one.at) < 0.006 * across for one in streaks)]


def _streak(run: _Segment, others: Sequence[_Segment], along: int, across: int) -> bool:
    if not 0.04 * across < run.at < 0.96 * across:
        return False
    near = 0.006 * across
    crossed = [
        one.at
        for one in others
        if one.start - near <= run.at <= one.end + near and run.start - near <= one.at <= run.end + near
    ]
    from_start = min(crossed, default=run.end) if run.start < 0.01 * along else 0.0
    to_end = along - max(crossed, default=run.start) if run.end > 0.99 * along else 0.0
    return max(from_start, to_end) > 0.08 * along


def _kept(mask: Mask, runs: Iterable[_Segment]) -> Mask:
    """The part of a mask of level runs that lies along ``runs``."""
    along = np.zeros_like(mask)
    for run in runs:
        half = max(3.0, run.thick / 2 + 2) + 0.01 * min(400.0, run.end - run.start)
        along[max(0, int(run.at - half)) : int(run.at + half) + 1, int(run.start) : int(run.end) + 1] = 255
    return np.asarray(cv2.bitwise_and(mask, along), np.uint8)


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
    """Filled dark rectangles at least 14 pixels high and 80 wide, letters left blank in them included."""
    dark = np.asarray(cv2.threshold(grey, 150, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)
    shrunk = cv2.resize(dark, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    solid = cv2.threshold(shrunk, 110, 255, cv2.THRESH_BINARY)[1]
    solid = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, np.ones((3, 9), np.uint8))
    across = max(5, round(18 * unit))
    solid = cv2.morphologyEx(solid, cv2.MORPH_OPEN, np.ones((max(3, round(4 * unit)), across), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=4)
    height = grey.shape[0]
    found = []
    for left, top, wide, high, area in stats[1:count].tolist():
        if area < 0.85 * wide * high or high > 0.25 * height / 4 or wide < 2 * high:
            continue
        x, y = max(0, left * 4 - 4), max(0, top * 4 - 4)
        box = _filled(dark[y : top * 4 + high * 4 + 4, x : left * 4 + wide * 4 + 4], round(14 * unit))
        if box is not None:
            found.append((x + box[0], y + box[1], box[2], box[3]))
    return tuple(found)


def _filled(dark: Mask, least: int) -> tuple[int, int, int, int] | None:
    """The rectangle that is truly filled in a piece of a picture: its first and last rows are dark
    throughout, which those of a line of text are not, and most of it is dark."""
    columns = np.flatnonzero((dark > 0).mean(axis=0) > 0.5)
    if columns.size < 20:
        return None
    x0, x1 = int(columns[0]), int(columns[-1]) + 1
    shares = (dark[:, x0:x1] > 0).mean(axis=1)
    rows = np.flatnonzero(shares > 0.85)
    if rows.size < 4:
        return None
    y0, y1 = int(rows[0]), int(rows[-1]) + 1
    edge = min(float(shares[y0 : y0 + 3].min()), float(shares[y1 - 3 : y1].min()))
    if y1 - y0 < least or edge < 0.8 or float(shares[y0:y1].mean()) < 0.55:
        return None
    return x0, y0, x1 - x0, y1 - y0


def _edges(band: tuple[int, int, int, int], width: int, height: int) -> tuple[Stroke, ...]:
    x, y, wide, high = band
    x0, x1, y0, y1 = x / width, (x + wide) / width, y / height, (y + high) / height
    return Stroke(x0, y0, x1, y0), Stroke(x0, y1, x1, y1), Stroke(x0, y0, x0, y1), Stroke(x1, y0, x1, y1)


def cleaned(grey: Picture, found: Ruling) -> Picture:
    """The picture for OCR: bands turned to dark on light, rules painted over with paper."""
    clean = _turned(grey, found.bands)
    clean[found.covered > 0] = 255
    for x, y, wide, high in found.bands:
        near = np.s_[max(0, y) : y + high, max(0, x) : x + wide]  # crossings of white rules leave dots
        clean[near][cv2.dilate(found.covered[near], np.ones((7, 7), np.uint8)) > 0] = 255
    return clean


def _turned(grey: Picture, bands: Iterable[tuple[int, int, int, int]]) -> Picture:
    """A copy in which dark bands are light, and what is light in them dark."""
    turned = grey.copy()
    height, width = grey.shape
    for x, y, wide, high in bands:
        light = 255.0 - grey[y : y + high, x : x + wide].astype(np.float32)
        ground = max(60.0, float(np.median(light)))
        turned[max(0, y - 4) : min(height, y + high + 4), max(0, x - 4) : min(width, x + wide + 4)] = 255
        turned[y : y + high, x : x + wide] = np.clip(light * (255.0 / ground), 0, 255).astype(np.uint8)
        for edge in (np.s_[y : y + 3, x : x + wide], np.s_[y + high - 3 : y + high, x : x + wide]):
            turned[edge] = 255
    return turned
