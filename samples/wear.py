"""What becomes of paper: scanned, faxed, photographed. Pages are rendered and worn, never the text."""

from __future__ import annotations

import io
import random
import time
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pillow_heif
import pypdfium2
from PIL import Image

Grey = npt.NDArray[np.uint8]
FIXED = time.gmtime(1_767_600_000)
"""The date that scanned PDFs carry, so that the same seed makes the same bytes."""


def rendered(pdf: bytes, dpi: int) -> list[Grey]:
    """Each page in grey at ``dpi``."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            np.asarray(page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")) for page in document
        ]
    finally:
        document.close()


def _noise(rng: random.Random, shape: tuple[int, ...], spread: float) -> npt.NDArray[np.float32]:
    return np.random.default_rng(rng.getrandbits(32)).normal(0, spread, shape).astype(np.float32)


def _grey(page: npt.NDArray[Any]) -> Grey:
    return np.asarray(np.clip(page, 0, 255), dtype=np.uint8)


def skewed(page: Grey, degrees: float, paper: int = 255) -> Grey:
    high, wide = page.shape
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1.0)
    return np.asarray(
        cv2.warpAffine(page, turn, (wide, high), flags=cv2.INTER_LINEAR, borderValue=(paper, paper, paper)),
        np.uint8,
    )


def scanned(page: Grey, rng: random.Random, bad: bool = False) -> Grey:
    """A flatbed or feeder scan: skew, blur, a grey paper, noise, specks, a dark edge."""
    out = skewed(page, rng.uniform(-2, 2) if bad else rng.uniform(-0.8, 0.8))
    out = np.asarray(
        cv2.GaussianBlur(out, (0, 0), rng.uniform(0.7, 1.0) if bad else rng.uniform(0.35, 0.6)), np.uint8
    )
    paper = rng.uniform(226, 246) if bad else rng.uniform(238, 252)
    ink = rng.uniform(40, 75) if bad else rng.uniform(10, 45)
    worn = ink + out.astype(np.float32) * (paper - ink) / 255
    worn += _noise(rng, out.shape, rng.uniform(5, 9) if bad else rng.uniform(1.5, 4))
    final = _grey(worn)
    for _ in range(rng.randint(10, 60) if bad else rng.randint(0, 12)):
        x, y = rng.randrange(page.shape[1]), rng.randrange(page.shape[0])
        cv2.circle(final, (x, y), rng.choice((1, 1, 2)), (int(rng.uniform(30, 140)),) * 3, -1)
    if rng.random() < 0.35:
        final[:, : rng.randint(3, 14)] = 60
    return final


def faxed(page: Grey, rng: random.Random) -> Image.Image:
    """Two levels, ragged letters, a few streaks."""
    out = skewed(page, rng.uniform(-0.7, 0.7)).astype(np.float32) + _noise(rng, page.shape, 22)
    out = np.where(cv2.GaussianBlur(out, (0, 0), 0.6) > rng.uniform(150, 185), 255, 0).astype(np.uint8)
    for _ in range(rng.randint(0, 2)):
        out[:, rng.randrange(out.shape[1])] = 0
    return Image.fromarray(out).convert("1", dither=Image.Dither.NONE)


def photographed(page: Grey, rng: random.Random) -> Image.Image:
    """A telephone's picture: perspective, a table behind, a shadow, uneven and tinted light."""
    high, wide = page.shape
    frame_w, frame_h = int(wide * 1.14), int(high * 1.12)
    move = lambda: rng.uniform(-0.028, 0.028) * wide  # noqa: E731
    mx, my = (frame_w - wide) / 2, (frame_h - high) / 2
    source = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    target = np.array([[mx + move(), my + move()], [mx + wide + move(), my + move()], [mx + wide + move(), my + high + move()],
                       [mx + move(), my + high + move()]], np.float32)  # fmt: skip
    matrix = cv2.getPerspectiveTransform(source, target)
    table = rng.randint(60, 130)
    flat = cv2.warpPerspective(
        page, matrix, (frame_w, frame_h), flags=cv2.INTER_LINEAR, borderValue=(table,) * 3
    )
    ys, xs = np.mgrid[0:frame_h, 0:frame_w].astype(np.float32)
    cx, cy = rng.uniform(0.2, 0.8) * frame_w, rng.uniform(0.1, 0.9) * frame_h
    far = np.sqrt(((xs - cx) / frame_w) ** 2 + ((ys - cy) / frame_h) ** 2)
    light = 1.02 - rng.uniform(0.25, 0.45) * far
    slope, where = rng.uniform(-0.5, 0.5), rng.uniform(0.3, 0.9) * frame_w
    light *= 1 - rng.uniform(0.12, 0.26) / (1 + np.exp(-(xs - where - slope * ys) / (frame_w * 0.02)))
    worn = flat.astype(np.float32) * light * 0.93 + 8
    worn = cv2.GaussianBlur(worn, (0, 0), rng.uniform(0.5, 0.9)) + _noise(rng, worn.shape, rng.uniform(2, 5))
    tint = (rng.uniform(0.97, 1.0), rng.uniform(0.95, 0.99), rng.uniform(0.86, 0.95))
    return Image.fromarray(np.dstack([_grey(worn * part) for part in tint]))


def turned(picture: Image.Image, quarter: int) -> Image.Image:
    """The page turned by ``quarter`` times 90 degrees anticlockwise."""
    return picture.rotate(90 * quarter, expand=True) if quarter else picture


def as_pdf(pages: list[Image.Image], dpi: int, quality: int = 70) -> bytes:
    """The pages as a scanner's PDF: black and white ones as faxes are packed, the others as JPEG."""
    out = io.BytesIO()
    packing = {} if pages[0].mode == "1" else {"quality": quality}
    pages[0].save(
        out, "PDF", save_all=True, append_images=pages[1:], resolution=float(dpi), creationDate=FIXED, modDate=FIXED,
        producer="Scanner", **packing,
    )  # fmt: skip
    return out.getvalue()


def as_tiff(pages: list[Image.Image], dpi: int) -> bytes:
    out = io.BytesIO()
    packing = "group4" if pages[0].mode == "1" else "jpeg"
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression=packing, dpi=(dpi, dpi))
    return out.getvalue()


def as_picture(page: Image.Image, suffix: str, rng: random.Random) -> bytes:
    """A single picture as ``.jpg``, ``.png``, ``.webp`` or ``.heic``."""
    out = io.BytesIO()
    match suffix:
        case ".jpg":
            page.save(out, "JPEG", quality=rng.choice((62, 74, 85)))
        case ".webp":
            page.save(out, "WEBP", quality=78)
        case ".heic":
            pillow_heif.from_pillow(page).save(out, quality=70)
        case ".png":
            page.convert("L").quantize(32).save(out, "PNG", optimize=False)
        case _:
            raise ValueError(f"no picture format: {suffix}")
    return out.getvalue()
