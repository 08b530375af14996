"""A photograph of a sheet: where the sheet lies in it, and the sheet seen straight from above."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.page import Picture
from extractors.pixels import scaled

_SMALL = 640
"""Long side in pixels of the picture the sheet is looked for in."""

_A4 = 2**0.5

Corners = NDArray[np.float32]
"""(4, 2): x, y of top left, top right, bottom right, bottom left, in fractions of the picture."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet seen straight, and whether its sides are an A4's, as far as perspective lets one tell."""

    picture: Picture
    a4: bool


def straightened(picture: Picture, long_side: int) -> Sheet | None:
    """The sheet that lies in a grey or RGB photograph, ``long_side`` pixels long; None unless one surely
    does."""
    corners = find_sheet(picture)
    if corners is None:
        return None
    height, width = picture.shape[:2]
    places = corners * np.array([width, height], np.float32)
    across, down = _sides(places)
    ratio = max(across, down) / max(1.0, min(across, down))
    a4 = abs(ratio / _A4 - 1) < 0.15
    short_side = round(long_side / (_A4 if a4 else ratio))
    size = (long_side, short_side) if across > down else (short_side, long_side)
    shrink = long_side / max(across, down)
    if shrink < 0.6:  # linear sampling would skip pixels: shrink by area first
        picture = scaled(picture, shrink * 1.5)
        places *= shrink * 1.5
    target = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
    matrix = cv2.getPerspectiveTransform(places, target)
    seen = cv2.warpPerspective(picture, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return Sheet(np.asarray(seen, dtype=np.uint8), a4)


def find_sheet(picture: Picture) -> Corners | None:
    """The corners of the one bright quadrilateral that covers most of a picture and has ground around it.

    A scan fills its picture: it has no ground on three sides and gives None.
    """
    small = scaled(picture, _SMALL / max(picture.shape[:2]))
    if small.ndim == 2:
        small = np.asarray(cv2.cvtColor(small, cv2.COLOR_GRAY2RGB), np.uint8)
    found = [quad for mask in _masks(small) if (quad := _quadrilateral(mask)) is not None]
    sure = [(_is_a4(corners, small), fit, corners) for corners, fit in found if _stands_out(small, corners)]
    return max(sure, key=lambda found: found[:2])[2] if sure else None


def _is_a4(corners: Corners, picture: Picture) -> bool:
    """A white page with a coloured column gives two quadrilaterals: the sheet, and its white part."""
    height, width = picture.shape[:2]
    across, down = _sides(corners * np.array([width, height], np.float32))
    return abs(max(across, down) / max(1.0, min(across, down)) / _A4 - 1) < 0.15


def _sides(places: Corners) -> tuple[float, float]:
    """Mean width and height of a quadrilateral in pixels."""
    across = float(np.linalg.norm(places[1] - places[0]) + np.linalg.norm(places[2] - places[3])) / 2
    down = float(np.linalg.norm(places[3] - places[0]) + np.linalg.norm(places[2] - places[1])) / 2
    return across, down


def _stands_out(small: Picture, corners: Corners) -> bool:
    """The sheet is of another colour than its ground, and the ground not lighter: a tinted table on a page
    is no sheet."""
    height, width = small.shape[:2]
    inside = np.zeros((height, width), np.uint8)
    cv2.fillPoly(inside, [np.round(corners * np.array([width, height])).astype(np.int32)], 255)
    few = np.ascontiguousarray(small[::3, ::3])  # medians need no more
    lab, inside = cv2.cvtColor(few, cv2.COLOR_RGB2Lab).astype(np.float32), inside[::3, ::3]
    sheet, ground = np.median(lab[inside > 0], axis=0), np.median(lab[inside == 0], axis=0)
    step = float(np.hypot((sheet[0] - ground[0]) / 2.55, np.hypot(*(sheet[1:] - ground[1:]))))
    return step > 10 and sheet[0] > ground[0] - 5


def _masks(small: Picture) -> list[NDArray[np.uint8]]:
    """Guesses of what is paper: the bright part, the pale part, and what is not the ground's colour."""
    blurred = cv2.GaussianBlur(small, (0, 0), 2)
    hsv = cv2.cvtColor(blurred, cv2.COLOR_RGB2HSV)
    value, saturation = hsv[:, :, 2], hsv[:, :, 1]
    bright = cv2.threshold(value, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1]
    pale = cv2.threshold(saturation, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1]
    return [_closed(mask) for mask in (bright, pale, cv2.bitwise_and(bright, pale), *_off_ground(blurred))]


def _closed(mask: NDArray[Any]) -> NDArray[np.uint8]:
    """With print on the paper filled in. There is ground beyond the picture: a narrow strip of ground along
    its edge stays ground."""
    reach = 13
    wider = cv2.copyMakeBorder(mask, reach, reach, reach, reach, cv2.BORDER_CONSTANT, value=0)
    closed = cv2.morphologyEx(wider, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    return np.asarray(closed[reach:-reach, reach:-reach], np.uint8)


def _off_ground(blurred: NDArray[Any]) -> Iterator[NDArray[np.uint8]]:
    """What differs from the picture's rim more than the rim from itself, a sheet in all its colours: once
    with a ground of one colour, once with one that light makes paler to a side."""
    lab = cv2.cvtColor(blurred, cv2.COLOR_RGB2Lab).astype(np.float32)
    height, width = lab.shape[:2]
    edge = max(2, round(0.012 * max(lab.shape[:2])))
    inner = np.zeros((height, width), bool)
    inner[edge:-edge, edge:-edge] = True
    rim = lab[~inner]
    ground = np.median(rim, axis=0)
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    places = np.stack([np.ones_like(xs), xs / width - 0.5, ys / height - 0.5], axis=-1)
    tilt, *_ = np.linalg.lstsq(places[~inner], rim, rcond=None)
    for away in (np.linalg.norm(lab - ground, axis=2), np.linalg.norm(lab - places @ tilt, axis=2)):
        spread = float(np.percentile(away[~inner], 90))
        yield np.asarray(away > max(14.0, 1.6 * spread), np.uint8) * np.uint8(255)


def _quadrilateral(mask: NDArray[np.uint8]) -> tuple[Corners, float] | None:
    """The largest blob as four corners with how well they fit it, from 0.93 to 1; None if it is no sheet."""
    height, width = mask.shape
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return None
    blob = max(contours, key=cv2.contourArea)
    hull = np.asarray(cv2.convexHull(blob), np.int32)
    area = cv2.contourArea(hull)
    if not 0.2 * width * height < area < 0.985 * width * height:
        return None
    quad = _four(hull)
    if quad is None or not cv2.isContourConvex(quad.astype(np.float32)):
        return None
    filled = np.zeros_like(mask)
    cv2.fillPoly(filled, [blob], 255)
    shape = np.zeros_like(mask)
    cv2.fillPoly(shape, [np.round(quad).astype(np.int32)], 255)
    both = int(np.count_nonzero(cv2.bitwise_and(filled, shape)))
    either = int(np.count_nonzero(cv2.bitwise_or(filled, shape)))
    fit = both / max(1, either)
    if fit < 0.93 or _sides_with_ground(quad, width, height) < 3:
        return None
    return np.asarray(quad / np.array([width, height]), np.float32), fit


def _four(hull: NDArray[np.int32]) -> NDArray[np.float64] | None:
    """A hull as four points in the order of `Corners`: its outline simplified until four are left."""
    around = cv2.arcLength(hull, True)
    for tolerance in (0.01, 0.015, 0.02, 0.03, 0.04, 0.06):
        points = cv2.approxPolyDP(hull, tolerance * around, True).reshape(-1, 2).astype(np.float64)
        if len(points) == 4:
            return _refined(hull.reshape(-1, 2).astype(np.float64), _ordered(points))
        if len(points) < 4:
            return None
    return None


def _ordered(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Top left first, then clockwise as seen."""
    middle = points.mean(axis=0)
    angles = np.arctan2(points[:, 1] - middle[1], points[:, 0] - middle[0])
    points = points[np.argsort(angles)]
    first = int(np.argmin(points.sum(axis=1)))
    return np.roll(points, -first, axis=0)


def _refined(outline: NDArray[np.float64], quad: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each side fitted to the outline along it, away from the corners that may be bent; then crossed
    again."""
    lines = []
    dense = _dense(outline)
    for start, end in zip(quad, np.roll(quad, -1, axis=0), strict=True):
        side = end - start
        length = float(np.linalg.norm(side))
        if length < 20:
            return quad
        along = ((dense - start) @ side) / length**2
        off = np.abs((dense[:, 0] - start[0]) * side[1] - (dense[:, 1] - start[1]) * side[0]) / length
        near = dense[(along > 0.08) & (along < 0.92) & (off < 6)]
        if len(near) < 10:
            return quad
        vx, vy, x, y = cv2.fitLine(near.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
        lines.append((float(vx), float(vy), float(x), float(y)))
    corners = []
    for (ax, ay, px, py), (bx, by, qx, qy) in zip(lines[-1:] + lines[:-1], lines, strict=True):
        cross = ax * by - ay * bx
        if abs(cross) < 0.3:
            return quad
        t = ((qx - px) * by - (qy - py) * bx) / cross
        corners.append((px + t * ax, py + t * ay))
    refined = np.array(corners)
    return refined if float(np.abs(refined - quad).max()) < 15 else quad


def _dense(outline: NDArray[np.float64]) -> NDArray[np.float64]:
    """A point at every pixel of a closed outline."""
    ends = np.roll(outline, -1, axis=0)
    pieces = [
        start + (end - start) * np.linspace(0, 1, max(2, int(np.linalg.norm(end - start))))[:, None]
        for start, end in zip(outline, ends, strict=True)
    ]
    return np.concatenate(pieces)


def _sides_with_ground(quad: NDArray[np.float64], width: int, height: int) -> int:
    """On how many sides of the picture there is ground between the sheet and the edge."""
    (top_left, top_right, bottom_right, bottom_left) = quad
    gaps = (
        (top_left[0] + bottom_left[0]) / 2 / width,
        (top_left[1] + top_right[1]) / 2 / height,
        1 - (top_right[0] + bottom_right[0]) / 2 / width,
        1 - (bottom_left[1] + bottom_right[1]) / 2 / height,
    )
    return sum(gap > 0.008 for gap in gaps)
