"""What a desk leaves on paper: a cup's ring, a fold, punched holes, a marker, a weak toner, the back shining through."""

from __future__ import annotations

import random
from collections.abc import Callable

import cv2
import numpy as np
from PIL import Image

from samples.wear import Grey


def ring(page: Grey, rng: random.Random) -> Grey:
    """A cup stood there: a pale ring, stronger at one side."""
    high, wide = page.shape
    stain = np.zeros(page.shape, np.float32)
    middle = rng.randrange(wide), rng.randrange(high)
    radius = int(wide * rng.uniform(0.09, 0.14))
    for turn in range(0, 360, 30):
        cv2.ellipse(
            stain, middle, (radius, radius), 0, turn, turn + 31, rng.uniform(25, 60), max(3, radius // 12)
        )
    stain = cv2.GaussianBlur(stain, (0, 0), 2.5)
    return np.asarray(np.clip(page - stain, 0, 255), np.uint8)


def fold(page: Grey, rng: random.Random) -> Grey:
    """Folded in three: two pale creases with a shade beside them."""
    out = page.astype(np.float32)
    for share in (0.33, 0.66):
        y = int(page.shape[0] * (share + rng.uniform(-0.015, 0.015)))
        out[y : y + 2] = np.maximum(out[y : y + 2], 205)
        out[y + 2 : y + 12] -= np.linspace(26, 0, 10, dtype=np.float32)[:, None]
    return np.asarray(np.clip(out, 0, 255), np.uint8)


def holes(page: Grey, rng: random.Random) -> Grey:
    """Two holes of a binder in the left margin, dark as a scanner's lid is."""
    out = page.copy()
    high, wide = page.shape
    x = int(wide * rng.uniform(0.028, 0.04))
    for y in (0.5 - 80 / 594, 0.5 + 80 / 594):
        cv2.circle(out, (x, int(high * y)), int(wide * 0.0135), (rng.randint(20, 90),) * 3, -1)
    return out


def marker(page: Grey, rng: random.Random) -> Grey:
    """A marker's stripes over a line or two, grey once scanned."""
    out = page.astype(np.float32)
    high, wide = page.shape
    for _ in range(rng.randint(1, 3)):
        x, y = rng.randrange(wide // 2), rng.randrange(high // 8, high * 3 // 4)
        out[y : y + high // 70, x : x + rng.randint(wide // 8, wide // 3)] *= rng.uniform(0.72, 0.86)
    return np.asarray(out, np.uint8)


def weak(page: Grey, rng: random.Random) -> Grey:
    """A toner near its end: pale letters, paler in stripes down the page."""
    out = page.astype(np.float32)
    pale = np.full(page.shape[1], rng.uniform(0.55, 0.75), np.float32)
    for _ in range(rng.randint(1, 3)):
        x = rng.randrange(page.shape[1])
        pale[x : x + page.shape[1] // 25] *= 0.7
    return np.asarray(255 - (255 - out) * pale, np.uint8)


def through(page: Grey, rng: random.Random) -> Grey:
    """The back of a thin sheet shines through, mirrored."""
    back = cv2.GaussianBlur(np.ascontiguousarray(page[:, ::-1]), (0, 0), 2.0).astype(np.float32)
    return np.asarray(np.clip(page - (255 - back) * rng.uniform(0.08, 0.16), 0, 255), np.uint8)


HARMS: tuple[Callable[[Grey, random.Random], Grey], ...] = (ring, fold, holes, marker, weak, through)


def marred(page: Grey, rng: random.Random) -> Grey:
    """The page with one or two of these."""
    for harm in rng.sample(HARMS, rng.choice((1, 1, 2))):
        page = harm(page, rng)
    return page


def two_levels(page: Grey) -> Image.Image:
    """Black and white, as an office's scanner is set by default."""
    _, out = cv2.threshold(page, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return Image.fromarray(out).convert("1", dither=Image.Dither.NONE)
