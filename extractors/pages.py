"""Bytes to upright pages, one at a time, whatever the file is. Every page comes out accounted for."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from dossier.reading import PageAccount, PageState, ReadBy, Refusal
from extractors import pdf_text, pixels
from extractors.drawn import Drawn, Sort, drawn_on
from extractors.form import FormUnread, form_of, words_of
from extractors.frames import frames
from extractors.grounds import Grounds
from extractors.hidden import Hidden, hidden_on
from extractors.opening import PICTURES, Format, Limits, Refused, check_size, sniff
from extractors.page import FormField, Page, Picture, Pixels, Traces, Word
from extractors.photo import find_sheet
from extractors.placement import Placement
from extractors.scans import read_scan
from extractors.traces import Alone, covers_of, notes_on, size_of, traces_of
from extractors.trust import LOOK_DPI, doubt_of, shows_other

_DPI = 200
_LONG_SIDE = 2339
"""Pixels of an A4 sheet's long side at 200 dpi: what a picture of unknown size is brought to."""

_FEW_ASKEW = 0.4
"""Share of the words that may lean; of more, the whole page does."""

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
        unknown = max(width, height) / (_LONG_SIDE / _DPI)
        across, down = frame.dpi or (unknown, unknown)
        points = (width / across * 72, height / down * 72)
        yield read_scan(frame.picture, number, points, limits)


def _pdf(data: bytes, limits: Limits) -> Iterator[Numbered]:
    document, held = open_pdf(data), False
    try:
        count = len(document)
        if count > limits.pages:
            raise Refused(Refusal.TOO_MANY_PAGES, f"{count} pages, {limits.pages} allowed")
        if count == 0:
            raise Refused(Refusal.BROKEN, "a PDF without a page")
        for index in range(count):
            account, page = _pdf_page(data, document, index, limits)
            held |= page is not None and page.traces is not None and bool(page.traces.boxes)
            yield account, page
    finally:
        if not held:  # else it is closed with the last page that its traces hold open
            document.close()


def open_pdf(data: bytes) -> pdfium.PdfDocument:
    """Opens with the empty password at most. Raises `Refused` (encrypted, broken)."""
    try:
        document = pdfium.PdfDocument(data)
        document.init_forms()
        return document
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise Refused(Refusal.ENCRYPTED, "a password is needed to open this PDF") from error
        raise Refused(Refusal.BROKEN, "pdfium can't open this PDF") from error


def _pdf_page(data: bytes, document: pdfium.PdfDocument, index: int, limits: Limits) -> Numbered:
    page, held = document[index], False
    try:
        place = Placement.of(page)
        objects = drawn_on(page, place)
        _check_pictures(objects, limits)
        hidden = hidden_on(objects, Grounds(page).coloured)
        layer = pdf_text.text_of(page, hidden)
        turned = layer.turned
        width, height = pdf_text.upright_size(page, turned)
        upright = place.turned(turned)
        form, unread = _form(data, index, page, upright)
        words = (*layer.words, *words_of(form, height))
        why = unread or _distrust(page, objects, layer.words, layer.unmapped, bool(form), turned)
        if why:
            account, read = _read_pixels(page, index + 1, objects, limits)
            note = why if hidden.share < 0.5 else "text behind the picture is not believed"
            return _noted(account, read, note, form)
        if turned:
            objects = drawn_on(page, upright)
        paths = pdf_text.paths_of(objects, width, height)
        traces = _traces(page, objects, paths, form, layer)
        held = bool(traces.boxes)
        account = PageAccount(
            index + 1, PageState.READ, ReadBy.TEXT, round(width), round(height), turned, _hiding(hidden)
        )
        return account, Page(
            index + 1,
            width,
            height,
            ReadBy.TEXT,
            words,
            paths.strokes,
            lambda: drawn(data, index, turned),
            form=form,
            turned=turned,
            note=account.note,
            traces=traces,
        )
    finally:
        if not held:
            page.close()


def _traces(
    page: pdfium.PdfPage,
    objects: tuple[Drawn, ...],
    paths: pdf_text.Paths,
    form: tuple[FormField, ...],
    layer: pdf_text.TextLayer,
) -> Traces:
    """What pens and stamps left on a text page, drawn on demand: that holds the page open."""
    turned = layer.turned
    leaning = len(layer.askew) <= _FEW_ASKEW * len(layer.words)
    upright = Placement.of(page).turned(turned)
    width, height = pdf_text.upright_size(page, turned)
    traces = traces_of(objects, paths.drawings, paths.strokes, width, height)
    frames = tuple(trace.frame for trace in traces if trace.frame is not None)
    traces = tuple(trace for trace in traces if not trace.plain)
    kept = frozenset(trace.order for trace in traces) | covers_of(objects, traces)
    notes = tuple(notes_on(page, upright, form))
    scale = _scale(page)

    boxes = (*(trace.box for trace in traces), *notes)
    return Traces(
        boxes=boxes,
        pictures=(*(trace.box for trace in traces if trace.picture), *notes),
        edges=(*(trace.box for trace in traces if trace.edged), *notes),
        frames=frames,
        askew=tuple(word.box for word in layer.askew) if leaning else (),
        size=size_of(page, turned, scale),
        see=Alone(page, objects, kept, turned, scale).see if boxes else _nothing,
    )


def _nothing(crops: Sequence[Pixels]) -> tuple[Picture, ...]:
    """White crops: of a page that draws nothing but type and rules."""
    return tuple(np.full((bottom - top, right - left), 255, np.uint8) for left, top, right, bottom in crops)


def _scale(page: pdfium.PdfPage, dpi: int = _DPI) -> float:
    """Pixels to a point: a poster is drawn no finer than one and a half times A4."""
    return min(dpi / 72, 1.5 * _LONG_SIDE / float(max(page.get_size())))


def _hiding(hidden: Hidden) -> str:
    return "some text of the file is not shown and was left out" if hidden else ""


def _distrust(
    page: pdfium.PdfPage,
    objects: tuple[Drawn, ...],
    words: tuple[Word, ...],
    unmapped: float,
    filled: bool,
    turned: int,
) -> str:
    """Why the page must be read by OCR, "" when its text layer is believed."""
    doubt = doubt_of(words, unmapped, objects)
    if doubt is None or (not words and filled and not objects):
        return ""
    if not doubt.look:
        return doubt.why
    seen = page.render(scale=LOOK_DPI / 72, grayscale=True).to_numpy()
    grey = np.asarray(seen.reshape(seen.shape[:2]), dtype=np.uint8)
    return shows_other(pixels.turned(grey, turned), words)


def _read_pixels(page: pdfium.PdfPage, number: int, objects: tuple[Drawn, ...], limits: Limits) -> Numbered:
    """The page drawn at 200 dpi and read as a scan. A sheet far from A4's size, as a photograph's pixels
    taken for points make it, is drawn at the size of A4."""
    width, height = page.get_size()
    long = max(width, height)
    if _A5 <= long <= _A3:
        scale, points = _DPI / 72, (width, height)
    else:
        scale = _LONG_SIDE / long
        points = (width * _A4 / long, height * _A4 / long)
    picture = page.render(scale=scale, grayscale=_all_grey(objects), rev_byteorder=True).to_numpy()
    if picture.ndim == 3 and picture.shape[2] == 1:
        picture = picture[:, :, 0]
    elif picture.ndim == 3:
        picture = picture[:, :, :3]
    picture = _photograph(np.ascontiguousarray(picture), objects)
    return read_scan(picture, number, points, limits)


def _photograph(picture: Picture, objects: tuple[Drawn, ...]) -> Picture:
    """The page, or of a page that is one photograph of a sheet with a white margin, the photograph alone: the
    margin would hide the ground that the sheet lies on."""
    if len(objects) != 1 or objects[0].sort is not Sort.IMAGE:
        return picture
    box = objects[0].box()
    if box is None or not 0.3 < (box.x1 - box.x0) * (box.y1 - box.y0) < 0.985:
        return picture
    height, width = picture.shape[:2]
    x0, x1 = max(0, round(box.x0 * width) + 1), min(width, round(box.x1 * width) - 1)
    y0, y1 = max(0, round(box.y0 * height) + 1), min(height, round(box.y1 * height) - 1)
    alone = np.ascontiguousarray(picture[y0:y1, x0:x1])
    return alone if find_sheet(alone) is not None else picture


_A5, _A4, _A3 = 560.0, 842.0, 1250.0
"""Long sides in points, with some play."""


def _all_grey(objects: tuple[Drawn, ...]) -> bool:
    """Whether all that the page draws is pictures without colour, as scanners make: a third of the work
    then."""
    meta = raw.FPDF_IMAGEOBJ_METADATA()
    for item in objects:
        if item.sort is not Sort.IMAGE or not raw.FPDFImageObj_GetImageMetadata(item.handle, None, meta):
            return False
        if meta.colorspace != raw.FPDF_COLORSPACE_DEVICEGRAY:
            return False
    return bool(objects)


def _check_pictures(objects: tuple[Drawn, ...], limits: Limits) -> None:
    """Raises `Refused` when a picture of the page unpacks to more pixels than are allowed."""
    wide, high = ctypes.c_uint(), ctypes.c_uint()
    for item in objects:
        if (
            item.sort is Sort.IMAGE
            and raw.FPDFImageObj_GetImagePixelSize(item.handle, wide, high)
            and wide.value * high.value > limits.pixels
        ):
            raise Refused(
                Refusal.TOO_LARGE, f"picture of {wide.value} x {high.value} pixels, {limits.pixels} allowed"
            )


def _form(
    data: bytes, index: int, page: pdfium.PdfPage, place: Placement
) -> tuple[tuple[FormField, ...], str]:
    """What was typed into the page's form, and why that can't be known, if it can't."""
    try:
        return form_of(data, index, page, place), ""
    except FormUnread:
        return (), "the form's fields can't be parsed: read as seen"


def _noted(account: PageAccount, page: Page | None, note: str, form: tuple[FormField, ...]) -> Numbered:
    """With why the text layer was not used, and what was typed into the form."""
    said = ", ".join(part for part in (account.note, note if note != "no text layer" else "") if part)
    account = replace(account, note=said)
    return account, None if page is None else replace(page, note=said, form=form)


def drawn(data: bytes, index: int, turned: int, dpi: int = _DPI) -> Picture:
    """A page of a PDF in RGB, its form filled in, turned clockwise by ``turned`` degrees."""
    document = open_pdf(data)
    try:
        page = document[index]
        picture = page.render(scale=_scale(page, dpi), rev_byteorder=True).to_numpy()[:, :, :3]
        return pixels.turned(picture, turned)
    finally:
        document.close()
