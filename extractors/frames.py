"""Picture files to upright pixels: JPEG with its EXIF turn, PNG, TIFF of many pages, HEIC, WebP, GIF, BMP."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import numpy as np
import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from dossier.reading import Refusal
from extractors.opening import Limits, Refused
from extractors.page import Picture

pillow_heif.register_heif_opener()

_BROKEN = (OSError, SyntaxError, ValueError, EOFError, KeyError, TypeError, IndexError, MemoryError)
"""What Pillow's decoders raise on broken bytes."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture of a file, grey or RGB, turned as its EXIF says; ``dpi`` where the file gives one worth
    believing."""

    picture: Picture
    dpi: tuple[float, float] | None


def frames(data: bytes, limits: Limits) -> Iterator[Frame]:
    """Every picture of the file in turn. Raises `Refused` (broken, too large, too many pages) before
    decoding."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of sizes that are checked here
        image = _open(data)
        count = getattr(image, "n_frames", 1)
        if image.format in ("GIF", "WEBP", "PNG"):
            count = 1  # an animation is one picture
        if count > limits.pages:
            raise Refused(Refusal.TOO_MANY_PAGES, f"{count} pages, {limits.pages} allowed")
        for index in range(count):
            yield _frame(image, index, limits)


def _open(data: bytes) -> Image.Image:
    try:
        return Image.open(BytesIO(data))
    except Image.DecompressionBombError as error:
        raise Refused(Refusal.TOO_LARGE, "picture of far too many pixels") from error
    except (UnidentifiedImageError, *_BROKEN) as error:
        raise Refused(Refusal.BROKEN, f"no picture could be decoded ({type(error).__name__})") from error


def _frame(image: Image.Image, index: int, limits: Limits) -> Frame:
    try:
        if index:
            image.seek(index)
        width, height = image.size
        if width * height > limits.pixels:
            raise Refused(Refusal.TOO_LARGE, f"picture of {width} x {height} pixels, {limits.pixels} allowed")
        dpi = _dpi(image)
        image.load()
        upright = ImageOps.exif_transpose(image)
        return Frame(_eight_bits(upright), dpi)
    except Image.DecompressionBombError as error:
        raise Refused(Refusal.TOO_LARGE, "picture of far too many pixels") from error
    except _BROKEN as error:
        raise Refused(
            Refusal.BROKEN, f"page {index + 1} can't be decoded ({type(error).__name__})"
        ) from error


def _dpi(image: Image.Image) -> tuple[float, float] | None:
    """The resolution across and down written in the file, where it makes a sheet of 10 to 60 cm of it."""
    given = image.info.get("dpi")
    try:
        across, down = float(given[0]), float(given[1])  # type: ignore[index]  # Pillow does not say what it holds
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return None
    if across <= 0 or down <= 0 or not 0.4 <= across / down <= 2.5:
        return None
    width, height = image.size
    return (across, down) if 4 <= max(width / across, height / down) <= 24 else None


def _eight_bits(image: Image.Image) -> Picture:
    """Grey or RGB, eight bits a channel on white: 16 bits scaled by what they span, transparency laid on
    paper, CMYK converted."""
    if image.mode in ("I;16", "I;16B", "I;16L", "I", "F"):
        values = np.asarray(image, dtype=np.float32)
        top = 65535.0 if image.mode.startswith("I") and values.max(initial=0) > 255 else 255.0
        return np.asarray(np.clip(values * (255.0 / top), 0, 255), dtype=np.uint8)
    if image.mode in ("1", "L") and "transparency" not in image.info:
        return np.asarray(image.convert("L"), dtype=np.uint8)
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        layer = image.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        paper.alpha_composite(layer)
        image = paper
    return np.asarray(image.convert("RGB"), dtype=np.uint8)
