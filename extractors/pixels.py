"""The few things done to whole pictures, with OpenCV on one thread, and with our types."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.page import Picture

cv2.setNumThreads(1)  # one process a core: its threads would only fight each other

Mask = NDArray[np.uint8]
"""(height, width), 255 where something is and 0 elsewhere."""


def grey_of(picture: Picture) -> Picture:
    """Grey of RGB; grey stays what it is."""
    return picture if picture.ndim == 2 else _bytes(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY))


def plain(picture: Picture) -> Picture:
    """Grey where an RGB picture has no colour: all that follows costs a third then."""
    if picture.ndim == 2:
        return picture
    sample = picture[::7, ::7].astype(np.int16)
    spread = np.abs(sample[:, :, 0] - sample[:, :, 1]) + np.abs(sample[:, :, 1] - sample[:, :, 2])
    return _bytes(picture[:, :, 1].copy()) if int(spread.max(initial=0)) <= 4 else picture


def scaled(picture: Picture, factor: float) -> Picture:
    """Smaller by the mean of areas, larger by cubic interpolation."""
    if abs(factor - 1) < 0.02:
        return picture
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return _bytes(cv2.resize(picture, None, fx=factor, fy=factor, interpolation=how))


def sized(picture: Picture, width: int, height: int) -> Picture:
    """Brought to that size by linear interpolation."""
    return _bytes(cv2.resize(picture, (width, height), interpolation=cv2.INTER_LINEAR))


def turned(picture: Picture, degrees: int) -> Picture:
    """Clockwise by a multiple of 90 degrees."""
    return np.ascontiguousarray(np.rot90(picture, -(degrees // 90) % 4))


def calmed(picture: Picture) -> Picture:
    """Without specks of a pixel or two: the median of nine."""
    return _bytes(cv2.medianBlur(np.ascontiguousarray(picture), 3))


def tilted(picture: Picture, degrees: float) -> Picture:
    """Clockwise by a small angle about the middle, the size kept, the corners filled from the edges."""
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    return _bytes(
        cv2.warpAffine(
            picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
    )


def compressed(picture: Picture) -> Callable[[], Picture]:
    """Keeps a grey or RGB picture as JPEG, a twentieth of its size, and gives it back in RGB when called."""
    given = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
    _, kept = cv2.imencode(".jpg", given, [int(cv2.IMWRITE_JPEG_QUALITY), 92])

    def see() -> Picture:
        back = cv2.imdecode(kept, cv2.IMREAD_COLOR)
        assert back is not None  # noqa: S101  what was just encoded
        return _bytes(cv2.cvtColor(back, cv2.COLOR_BGR2RGB))

    return see


def flattened(picture: Picture) -> Picture:
    """Uneven light and the paper's tint divided out: paper becomes white, ink keeps its contrast.

    Each channel is divided by its paper: the brightest around each place, smoothed. What is dark over a large
    area (a photograph, a black page) stays dark: no place is brightened beyond three times.
    """
    paper = _paper(picture)
    return _bytes(cv2.divide(picture, paper, scale=255.0))


def _paper(picture: Picture) -> Picture:
    height, width = picture.shape[:2]
    small = _bytes(
        cv2.resize(picture, (max(8, width // 12), max(8, height // 12)), interpolation=cv2.INTER_AREA)
    )
    bright = cv2.dilate(small, np.ones((9, 9), np.uint8))
    bright = cv2.medianBlur(bright, 11)
    bright = cv2.GaussianBlur(bright, (0, 0), 5)
    least = np.percentile(small.reshape(-1, *small.shape[2:]), 95, axis=0) / 3
    return _bytes(
        cv2.resize(
            np.maximum(bright, np.maximum(least, 1)).astype(np.uint8),
            (width, height),
            interpolation=cv2.INTER_LINEAR,
        )
    )


def ink_of(grey: Picture, share: float = 1.0) -> Mask:
    """Where a flattened grey picture is darker than its surroundings by a step that noise does not make."""
    small = scaled(grey, share)
    block = max(15, round(31 * share) | 1)
    return _bytes(
        cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 18)
    )


def _bytes(array: object) -> NDArray[np.uint8]:
    return np.asarray(array, dtype=np.uint8)
