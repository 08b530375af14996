"""Which way up a page of pixels is, and by how little it leans: from the rows that its ink makes."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from extractors.pixels import Mask

_STRIPS = 8
"""Rows are looked for in so many strips, each too narrow for a lean of some degrees to blur them."""

_WORKING_SIDE = 780
"""Long side in pixels that is enough to see lines of text."""

_MOST = 6.0
"""Degrees of lean looked for on either side."""


@dataclass(frozen=True, slots=True)
class Lean:
    """By how many degrees a page leans clockwise, and how much clearer its rows are once it does not."""

    degrees: float
    gain: float


def working_scale(height: int, width: int) -> float:
    """The factor that brings a page to the size this module works at."""
    return min(1.0, _WORKING_SIDE / max(height, width))


def without_rules(ink: Mask) -> Mask:
    """Ink without the long level and upright lines and without large dark areas: letters, mostly."""
    long = max(25, max(ink.shape) // 22)
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    plumb = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((long, 1), np.uint8))
    block = cv2.dilate(
        cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8)), np.ones((5, 5), np.uint8)
    )
    rules = cv2.bitwise_or(cv2.bitwise_or(level, plumb), block)
    return np.asarray(cv2.bitwise_and(ink, cv2.bitwise_not(rules)), dtype=np.uint8)


def lies_sideways(letters: Mask) -> bool:
    """Whether the text runs up or down: columns of ink are then clearer than rows."""
    return _rows(np.ascontiguousarray(letters.T)) > _rows(letters)


def _rows(letters: Mask) -> float:
    """How sharply rows of ink alternate with blank ones, whatever the amount of ink."""
    total = 0.0
    weight = 0.0
    for strip in np.array_split(letters, _STRIPS, axis=1):
        profile = strip.sum(axis=1, dtype=np.float64) / 255
        ink = profile.sum()
        if ink < 20:
            continue
        total += float(np.square(np.diff(profile)).sum() / np.square(profile).sum()) * ink
        weight += ink
    return total / weight if weight else 0.0


def lean_of(letters: Mask) -> Lean:
    """The angle at which rows are sharpest, to a twentieth of a degree."""
    height, width = letters.shape
    small = letters

    def sharpness(angle: float) -> float:
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        turned = cv2.warpAffine(small, matrix, (width, height), flags=cv2.INTER_LINEAR)
        profile = np.asarray(turned).sum(axis=1, dtype=np.float64)
        return float(np.square(np.diff(profile)).sum())

    plain = sharpness(0.0)
    best, top = 0.0, plain
    for step, reach in ((1.0, _MOST), (0.25, 0.75), (0.05, 0.2)):
        middle = best
        for angle in np.arange(middle - reach, middle + reach + step / 2, step):
            if (seen := sharpness(float(angle))) > top:
                best, top = float(angle), seen
    return Lean(round(best, 3), top / plain if plain else 1.0)
