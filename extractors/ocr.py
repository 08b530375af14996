"""Tesseract on an upright page: words with boxes and confidences. The settings are those measured best
(docs/decisions/0004)."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # its threads fight each other: a third of the time with one

import pytesseract

from dossier.reading import Box
from extractors.opening import ToolMissing
from extractors.page import Picture, Word

DPI = 200
SPARSE = 11
"""Page segmentation: find every bit of text in no order. Reads cells of tables that the automatic modes
skip."""


class TesseractMissing(ToolMissing):
    """The program or its French data is not installed: every page of pixels would fail."""

    def __init__(self) -> None:
        super().__init__(
            "Tesseract with French data is needed: apt-get install tesseract-ocr tesseract-ocr-fra"
        )


class OcrTimeout(Exception):
    """One page took longer than it may."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of one pass over a page, noise left out, and how good the pass was."""

    words: tuple[Word, ...]

    @property
    def score(self) -> float:
        """Letters and digits read, each weighed by its word's confidence."""
        return sum(word.confidence * sum(map(str.isalnum, word.text)) for word in self.words)

    @property
    def mean(self) -> float:
        """Mean confidence, by letter, of words of two or more; 0 for none."""
        weights = [(word.confidence, len(word.text)) for word in self.words if len(word.text) > 1]
        total = sum(weight for _, weight in weights)
        return sum(c * w for c, w in weights) / total if total else 0.0


def read(grey: Picture, timeout: float, mode: int = SPARSE) -> Reading:
    """Reads a grey page of about 200 dpi, dark on light, upright. Boxes are fractions of the picture.

    Raises `TesseractMissing`, `OcrTimeout`.
    """
    columns = _tesseract(grey, timeout, mode)
    height, width = grey.shape[:2]
    words = []
    for text, left, top, wide, high, confidence in zip(
        columns["text"],
        columns["left"],
        columns["top"],
        columns["width"],
        columns["height"],
        columns["conf"],
        strict=True,
    ):
        text = str(text).strip()
        sure = max(0.0, float(confidence)) / 100
        if not text or _is_noise(text, sure, wide, high):
            continue
        box = Box(left / width, top / height, (left + wide) / width, (top + high) / height)
        words.append(Word(text, box, round(sure, 3)))
    return Reading(tuple(words))


def _tesseract(grey: Picture, timeout: float, mode: int) -> dict[str, Sequence[object]]:
    """Its table of words. The picture goes by a PGM file: as PNG, pytesseract's way, it costs as much as the
    OCR."""
    height, width = grey.shape[:2]
    with tempfile.NamedTemporaryFile(suffix=".pgm") as file:
        file.write(b"P5 %d %d 255\n" % (width, height))
        file.write(grey.tobytes())
        file.flush()
        try:
            table: dict[str, Sequence[object]] = pytesseract.image_to_data(
                str(Path(file.name)),
                lang="fra",
                config=f"--psm {mode} --oem 1 --dpi {DPI}",
                output_type=pytesseract.Output.DICT,
                timeout=timeout,
            )
        except pytesseract.TesseractNotFoundError as error:
            raise TesseractMissing from error
        except pytesseract.TesseractError as error:
            if "fra" in str(error.message) or "load" in str(error.message).lower():
                raise TesseractMissing from error
            raise
        except RuntimeError as error:  # pytesseract's word for a timeout
            raise OcrTimeout(f"{width} x {height} pixels") from error
    return table


_NOISE = re.compile(r"[^\w%€&@#+/()\[\]°☐☒☑☓✓xX-]+")


def _is_noise(text: str, sure: float, wide: int, high: int) -> bool:
    """Left-overs of rules, specks and frames. A doubtful word that may be a value is no noise."""
    if text == ":":
        return sure < 0.3  # it makes a label of the words before it
    if _NOISE.fullmatch(text) or set(text) <= {"_", "|", "-", "—", "–", "/", "\\"}:
        return text not in {"-", "–", "—", "/"} or sure < 0.5
    if len(text) == 1 and not text.isdigit():
        return sure < 0.3
    return high < 5 or wide < 2
