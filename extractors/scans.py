"""A page that is pixels: straightened, set upright, its ruled lines found, its words read once by
Tesseract."""

from __future__ import annotations

import time
from dataclasses import dataclass

import cv2
import numpy as np

from dossier.reading import PageAccount, PageState, ReadBy
from extractors import ocr, pixels, ruled, upright
from extractors.opening import Limits
from extractors.page import Page, Picture, Word
from extractors.photo import straightened

DPI = ocr.DPI
A4_LONG_SIDE = 2339
"""Pixels of an A4 sheet's long side at 200 dpi."""

_A4_LONG_POINTS = 842.0

_DOUBTFUL = 0.72
"""Mean confidence below which a page may lie the wrong way round: other directions are then tried on a
band."""

_FEW = 60.0
"""`ocr.Reading.score` below which so little was read that other directions are tried whatever the
confidence."""

_BETTER = 1.25
"""By what factor another direction must read better on the band to be believed."""

_LEAST_LEAN = 0.1
"""Degrees of lean below which turning pixels costs more than it gives."""

_SURELY_DOWN = 0.06
"""By how much a level page must look on its head to be read so first; few come so."""


@dataclass(frozen=True, slots=True)
class Straight:
    """A page of pixels without lean, evenly lit, about 200 dpi, grey where it has no colour; its size in
    points; how far it was turned clockwise; what was done to it."""

    picture: Picture
    points: tuple[float, float]
    turned: int
    notes: tuple[str, ...] = ()

    def turn(self, degrees: int) -> Straight:
        """The same page turned clockwise by a multiple of 90 degrees."""
        if not degrees:
            return self
        width, height = self.points
        points = (height, width) if degrees % 180 else self.points
        return Straight(
            pixels.turned(self.picture, degrees), points, (self.turned + degrees) % 360, self.notes
        )


def read_scan(
    picture: Picture, number: int, points: tuple[float, float], limits: Limits
) -> tuple[PageAccount, Page | None]:
    """Reads a grey or RGB picture, of any resolution, of a page of ``points``, in any direction: scan, fax or
    photograph.

    A blank or unreadable page has an account and no `Page`. Raises `ocr.TesseractMissing`.
    """
    if _dark(picture):
        return _account(number, PageState.UNREADABLE, Straight(picture, points, 0), "dark all over"), None
    page = straight(picture, points)
    if _blank(pixels.grey_of(page.picture)):
        return _account(number, PageState.BLANK, page, "no ink"), None
    try:
        page, reading, ruling = _read(page, time.monotonic() + limits.ocr_seconds)
    except ocr.OcrTimeout:
        return _account(number, PageState.UNREADABLE, page, "OCR took too long"), None
    if not _says_something(reading.words):
        return _account(number, PageState.UNREADABLE, page, "ink, and no word that can be read"), None
    width, height = page.points
    note = ", ".join(page.notes)
    return _account(number, PageState.READ, page, note), Page(
        number,
        width,
        height,
        ReadBy.OCR,
        reading.words,
        ruling.strokes,
        pixels.compressed(page.picture),
        turned=page.turned,
        note=note,
    )


def straight(picture: Picture, points: tuple[float, float]) -> Straight:
    """Straightens the sheet of a photograph, evens the light, turns sideways text level, takes out the lean.

    Which way up it then stands is the likelier one: only reading tells.
    """
    notes = []
    sheet = straightened(picture, A4_LONG_SIDE)
    if sheet is not None:
        picture = sheet.picture
        height, width = picture.shape[:2]
        per_pixel = _A4_LONG_POINTS / max(height, width)
        points = (width * per_pixel, height * per_pixel)
        notes.append("photographed sheet straightened")
    else:
        picture = _at_200_dpi(picture, points)
    picture = pixels.flattened(pixels.plain(picture))
    grey = pixels.grey_of(picture)
    letters = upright.without_rules(pixels.ink_of(grey, upright.working_scale(*grey.shape)))
    page = Straight(picture, points, 0)
    if upright.lies_sideways(letters):
        page = page.turn(90)
        letters = pixels.turned(letters, 90)
    lean = upright.lean_of(letters)
    picture = page.picture
    if abs(lean.degrees) >= _LEAST_LEAN and lean.gain > 1.02:
        picture = pixels.tilted(picture, -lean.degrees)
        letters = pixels.tilted(letters, -lean.degrees)
        notes.append(f"leant {lean.degrees:.1f} degrees")
    page = Straight(picture, page.points, page.turned, tuple(notes))
    head = upright.head_up(letters)
    return page.turn(180) if head < (0.0 if page.turned else -_SURELY_DOWN) else page


def _at_200_dpi(picture: Picture, points: tuple[float, float]) -> Picture:
    """Each side by its own factor: a fax has other pixels across than down."""
    height, width = picture.shape[:2]
    across, down = points[0] / 72 * DPI / width, points[1] / 72 * DPI / height
    if abs(across - down) < 0.02 * down:
        return pixels.scaled(picture, across)
    return pixels.sized(picture, round(width * across), round(height * down))


def _read(page: Straight, until: float) -> tuple[Straight, ocr.Reading, ruled.Ruling]:
    """One pass over the page; where it says little or doubtfully, the other directions are tried on the band
    that holds most ink, and the page is read again in the one that reads clearly better."""
    reading, ruling, clean = _pass(page, until)
    if reading.mean >= _DOUBTFUL and reading.score >= _FEW:
        return page, reading, ruling
    degrees = _better_direction(clean, reading, until)
    if not degrees:
        return page, reading, ruling
    page = page.turn(degrees)
    again, ruling_again, _ = _pass(page, until)
    return page, again, ruling_again


def _pass(page: Straight, until: float) -> tuple[ocr.Reading, ruled.Ruling, Picture]:
    grey = pixels.grey_of(page.picture)
    ruling = ruled.ruling(grey)
    clean = ruled.cleaned(grey, ruling)
    return ocr.read(clean, _left(until)), ruling, clean


def _left(until: float) -> float:
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise ocr.OcrTimeout("the page's time ran out between two passes")
    return seconds


def _better_direction(clean: Picture, reading: ocr.Reading, until: float) -> int:
    """0, or the clockwise turn in which a band of the page reads clearly better than it does as it stands."""
    top, bottom = _band(clean)
    height = clean.shape[0]
    words = tuple(w for w in reading.words if top <= (w.box.y0 + w.box.y1) / 2 * height <= bottom)
    here = _weight(ocr.Reading(words))
    band = clean[top:bottom]
    best, most = 0, max(here, 1.0) * _BETTER
    for degrees in (180, 90, 270):
        weight = _weight(ocr.read(pixels.turned(band, degrees), _left(until)))
        if weight > most:
            best, most = degrees, weight
        if best == 180 and weight > 3 * here:
            break
    return best


def _weight(reading: ocr.Reading) -> float:
    """Letters read in words of three and more, each weighed by the square of its confidence: gibberish is
    unsure."""
    return sum(w.confidence**2 * len(w.text) for w in reading.words if len(w.text) > 2)


def _band(clean: Picture) -> tuple[int, int]:
    """The quarter of the page's height that holds most ink."""
    height = clean.shape[0]
    ink = (clean < 140).sum(axis=1, dtype=np.int64)
    tall = max(1, height // 4)
    sums = np.convolve(ink, np.ones(tall, np.int64), "valid")
    top = int(np.argmax(sums))
    return top, top + tall


def _dark(picture: Picture) -> bool:
    """A page with no paper to be seen: black, or so dark all over that nothing stands out."""
    small = pixels.grey_of(pixels.scaled(picture, 400 / max(picture.shape[:2])))
    return float(np.percentile(small, 90)) < 70


def _blank(grey: Picture) -> bool:
    """Whether a flattened page bears no more than specks, dirt and the shadows of its edges."""
    height, width = grey.shape
    unit = max(height, width) / A4_LONG_SIDE
    margin_x, margin_y = round(width * 0.02), round(height * 0.02)
    inside = grey[margin_y : height - margin_y, margin_x : width - margin_x]
    ink = pixels.ink_of(pixels.calmed(inside[::2, ::2]))
    if np.count_nonzero(ink) > 0.004 * ink.size:
        return False
    letters = 0
    for contour in cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        _, _, wide, high = cv2.boundingRect(contour)
        letters += 4 * unit <= high < 200 * unit and wide >= 2
    return letters < 8


def _says_something(words: tuple[Word, ...]) -> bool:
    """Whether some words at least were read with some certainty; noise reads as short or unsure ones."""
    sure = sum(
        w.confidence * len(w.text)
        for w in words
        if w.confidence >= 0.5 and sum(map(str.isalnum, w.text)) >= 3
    )
    return sure >= 8


def _account(number: int, state: PageState, page: Straight, note: str) -> PageAccount:
    width, height = page.points
    by = ReadBy.OCR if state is PageState.READ else None
    return PageAccount(number, state, by, round(width), round(height), page.turned, note)
