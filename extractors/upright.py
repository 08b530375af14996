"""Which way up a page of pixels is, and by how little it leans: from the blobs and rows that its ink
makes."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from extractors.pixels import Mask

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
    """Whether the text runs up or down: letters close to one another then join to blobs taller than wide.

    Letters of a word stand closer than lines do, whatever the page leans.
    """
    words = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    level = upright = 0
    for contour in cv2.findContours(words, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        _, _, wide, high = cv2.boundingRect(contour)
        if not 3 <= min(wide, high) <= 40:
            continue
        if wide > 1.8 * high:
            level += wide
        elif high > 1.8 * wide:
            upright += high
    return upright > level


def head_up(letters: Mask) -> float:
    """Above 0 for level text that stands on its feet, below 0 on its head; about 0.1 either way on most
    pages.

    More letters rise above the small ones than hang below them, so the rows end sharper on the line they
    stand on. Right on nine pages of ten: good for choosing what to try first.
    """
    step = np.diff(letters.sum(axis=1, dtype=np.float64))
    total = float(np.square(step).sum())
    return -float((np.sign(step) * np.square(step)).sum()) / total if total else 0.0


def lean_of(letters: Mask) -> Lean:
    """The angle at which rows are sharpest, to a twentieth of a degree.

    Each pixel of ink is let fall on the rows of the turned page; no picture is turned for it.
    """
    height, width = letters.shape
    ys, xs = np.nonzero(letters)
    if ys.size < 50:
        return Lean(0.0, 1.0)
    y, x = ys - height / 2, xs - width / 2
    reach = int(np.hypot(height, width) / 2) + 2

    def sharpness(angle: float) -> float:
        turn = np.radians(angle)
        fall = y * np.cos(turn) - x * np.sin(turn) + reach
        row = fall.astype(np.int64)
        part = fall - row
        profile = np.bincount(row, 1 - part, 2 * reach + 2) + np.bincount(row + 1, part, 2 * reach + 2)
        return float(np.square(np.diff(profile)).sum())

    plain = sharpness(0.0)
    best, top = 0.0, plain
    for step, far in ((0.4, _MOST), (0.2, 0.4), (0.05, 0.2)):
        middle = best
        for angle in np.arange(middle - far, middle + far + step / 2, step):
            if (seen := sharpness(float(angle))) > top:
                best, top = float(angle), seen
    return Lean(round(best, 3), top / plain if plain else 1.0)
