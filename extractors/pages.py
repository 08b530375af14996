"""Bytes to upright pages, one at a time, whatever the file is. Every page comes out accounted for."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from dossier.reading import PageAccount, PageState, ReadBy, Refusal
from extractors import pdf_text
from extractors.opening import PICTURES, Format, Limits, Refused, check_size, sniff
from extractors.page import Page, Picture
from extractors.pictures import frames
from extractors.scans import read_scan

_DPI = 200
_LONG_SIDE = 2339
"""Pixels of an A4 sheet's long side at 200 dpi: what a picture of unknown size is brought to."""

_STANDARD = Limits()

Numbered = tuple[PageAccount, Page | None]


def pages_of(data: bytes, limits: Limits = _STANDARD) -> Iterator[Numbered]:
    """The pages of a file in order, read as they are asked for; a blank or unreadable one has no `Page`.

    Archives and mails are `archives.members`' work. Raises `Refused` when the first page is asked for, or
    when a later one can't be decoded; `ocr.TesseractMissing` when a page of pixels can't be read for want of
    it.
    """
    check_size(data, limits)
    found = sniff(data)
    if found is Format.PDF:
        yield from _pdf(data, limits)
    elif found in PICTURES:
        yield from _pictures(data, limits)
    else:
        raise Refused(Refusal.NOT_A_DOCUMENT, f"content is {found}")


def _pictures(data: bytes, limits: Limits) -> Iterator[Numbered]:
    for number, frame in enumerate(frames(data, limits), start=1):
        height, width = frame.picture.shape[:2]
        dpi = frame.dpi or max(width, height) / (_LONG_SIDE / _DPI)
        points = (width / dpi * 72, height / dpi * 72)
        yield read_scan(_resized(frame.picture, _DPI / dpi), number, points, limits)


def _resized(picture: Picture, scale: float) -> Picture:
    if abs(scale - 1) < 0.03:
        return picture
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=how), dtype=np.uint8)


def _pdf(data: bytes, limits: Limits) -> Iterator[Numbered]:
    document = open_pdf(data)
    try:
        count = len(document)
        if count > limits.pages:
            raise Refused(Refusal.TOO_MANY_PAGES, f"{count} pages, {limits.pages} allowed")
        if count == 0:
            raise Refused(Refusal.BROKEN, "a PDF without a page")
        for index in range(count):
            yield _pdf_page(data, document, index, limits)
    finally:
        document.close()


def open_pdf(data: bytes) -> pdfium.PdfDocument:
    """Opens with the empty password at most. Raises `Refused` (encrypted, broken)."""
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise Refused(Refusal.ENCRYPTED, "a password is needed to open this PDF") from error
        raise Refused(Refusal.BROKEN, "pdfium can't open this PDF") from error


def _pdf_page(data: bytes, document: pdfium.PdfDocument, index: int, limits: Limits) -> Numbered:
    page = document[index]
    try:
        layer = pdf_text.text_of(page)
        if len(layer.words) >= 20 and not pdf_text.is_hidden(page):
            width, height = pdf_text.upright_size(page, layer.turned)
            account = PageAccount(
                index + 1, PageState.READ, ReadBy.TEXT, round(width), round(height), layer.turned
            )
            strokes = pdf_text.strokes_of(page, layer.turned)
            return account, Page(
                index + 1,
                width,
                height,
                ReadBy.TEXT,
                layer.words,
                strokes,
                lambda: drawn(data, index, layer.turned),
                turned=layer.turned,
            )
        picture = page.render(scale=_DPI / 72).to_numpy()[:, :, ::-1]
        return read_scan(np.ascontiguousarray(picture), index + 1, page.get_size(), limits)
    finally:
        page.close()


def drawn(data: bytes, index: int, turned: int, dpi: int = _DPI) -> Picture:
    """A page of a PDF in RGB, turned clockwise by ``turned`` degrees."""
    document = open_pdf(data)
    try:
        picture = document[index].render(scale=dpi / 72).to_numpy()[:, :, 2::-1]
    finally:
        document.close()
    return np.ascontiguousarray(np.rot90(picture, -turned // 90))
