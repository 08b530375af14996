"""A page that is pixels: straightened, upright, read by OCR."""

from __future__ import annotations

import cv2

from dossier.reading import PageAccount, PageState, ReadBy
from extractors import ocr
from extractors.opening import Limits
from extractors.page import Page, Picture

cv2.setNumThreads(1)


def read_scan(
    picture: Picture, number: int, points: tuple[float, float], limits: Limits
) -> tuple[PageAccount, Page | None]:
    """Reads an RGB picture of about 200 dpi; ``points`` is the size of the page it shows."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    reading = ocr.read(grey, limits.ocr_seconds)
    width, height = points
    state = PageState.READ if reading.words else PageState.BLANK
    account = PageAccount(number, state, ReadBy.OCR, round(width), round(height), 0)
    if not reading.words:
        return account, None
    jpeg = cv2.imencode(".jpg", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 92])[1]

    def see() -> Picture:
        return cv2.cvtColor(cv2.imdecode(jpeg, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)

    return account, Page(number, width, height, ReadBy.OCR, reading.words, (), see)
