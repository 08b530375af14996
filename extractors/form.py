"""What was typed into a PDF: form fields (AcroForm) and text notes laid on the page, which the text layer
lacks."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from dossier.reading import Box
from extractors.page import FormField, Word
from extractors.placement import Placement

_HIDDEN = 0x02 | 0x20
"""Annotation flags: hidden, no view."""

_PASSWORD = 1 << 13
_PUSHED = 1 << 16
"""Field flags: a password; a button that is pushed and holds no value."""

_TICKED, _EMPTY = "☒", "☐"

_MOST = 20_000
"""Characters of one value; a longer one is cut, no form of ours holds it."""


class FormUnread(Exception):
    """The page has annotations that can't be parsed: only its picture tells what was typed there."""


def form_of(data: bytes, index: int, page: pdfium.PdfPage, place: Placement) -> tuple[FormField, ...]:
    """The filled fields, ticked and empty boxes, and text notes of a page.

    pdfplumber parses the page only where pdfium says that it has fields or notes: its parser costs ten times
    the reading of a page. A box is ``☒`` or ``☐``. Passwords, buttons, signature fields and what is not
    shown are left out. Raises `FormUnread`.
    """
    if not _has_fields(page):
        return ()
    import pdfplumber  # a third of a second, for the few files that need it
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with (
            warnings.catch_warnings(),
            pdfplumber.open(BytesIO(data), pages=[index + 1], raise_unicode_errors=False) as document,
        ):
            warnings.simplefilter("ignore")  # it decodes some strings less well than we do
            return tuple(_fields(document.pages[0].annots, place))
    except (
        PDFException,
        PSException,
        PdfminerException,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
    ) as error:
        raise FormUnread(type(error).__name__) from error


def _has_fields(page: pdfium.PdfPage) -> bool:
    """Links alone don't count: many papers have some."""
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        note = raw.FPDFPage_GetAnnot(page.raw, index)
        if note:
            sort = raw.FPDFAnnot_GetSubtype(note)
            raw.FPDFPage_CloseAnnot(note)
            if sort in (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT):
                return True
    return False


def _fields(notes: list[dict[str, Any]], place: Placement) -> Iterator[FormField]:
    for note in notes:
        entry = _Entry(note["data"])
        if int(entry.own("F") or 0) & _HIDDEN:
            continue
        match entry.own("Subtype"):
            case "Widget":
                name, value = entry.text("T"), entry.value
            case "FreeText":
                name, value = "", entry.text("Contents")
            case _:
                continue
        rect = entry.own("Rect")
        if value.strip() and isinstance(rect, list) and len(rect) == 4:
            x0, y0, x1, y1 = (float(_plain(side)) for side in rect)
            yield FormField(
                name, value[:_MOST], place.box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            )


def _plain(value: Any) -> Any:
    """What a reference stands for; a name as its text."""
    from pdfminer.pdftypes import resolve1
    from pdfminer.psparser import PSLiteral

    value = resolve1(value)
    return value.name if isinstance(value, PSLiteral) else value


class _Entry:
    """An annotation's dictionary; what a field inherits stands in its parents."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._data = data

    def own(self, key: str) -> Any:
        return _plain(self._data.get(key))

    def inherited(self, key: str) -> Any:
        held: Any = self._data
        for _ in range(16):  # a hostile file's parents may go round
            if key in held:
                return _plain(held[key])
            held = _plain(held.get("Parent"))
            if not isinstance(held, dict):
                return None
        return None

    def text(self, key: str) -> str:
        return _text(self.inherited(key))

    @property
    def value(self) -> str:
        flags = int(self.inherited("Ff") or 0)
        match self.inherited("FT"):
            case "Btn" if not flags & _PUSHED:
                return _EMPTY if self.own("AS") in (None, "Off") else _TICKED
            case "Tx" if not flags & _PASSWORD:
                return self.text("V")
            case "Ch":
                chosen = self.inherited("V")
                return (
                    ", ".join(map(_text, map(_plain, chosen))) if isinstance(chosen, list) else _text(chosen)
                )
            case _:
                return ""


def _text(value: Any) -> str:
    """A PDF string: UTF-16 with its mark, else what PDFDocEncoding says."""
    from pdfminer.utils import decode_text

    return decode_text(value) if isinstance(value, bytes) else ""


def words_of(fields: tuple[FormField, ...], height: float) -> Iterator[Word]:
    """The values of fields as words, set from the left as a viewer sets them; ``height`` of the page in
    points.

    Where a word stands inside its field is an estimate from its length.
    """
    for field in fields:
        box = field.box
        lines = field.value.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        tall = (box.y1 - box.y0) / len(lines)
        if len(lines) == 1:  # a single line is small in a tall field: keep it as high as letters are
            tall = min(tall, 16 / height)
        top = (box.y0 + box.y1) / 2 - tall * len(lines) / 2
        longest = max(map(len, lines))
        each = min((box.x1 - box.x0) / max(1, longest), 0.011)
        for index, line in enumerate(lines):
            at = 0
            for text in line.split():
                at = line.index(text, at)
                x0 = box.x0 + at * each
                at += len(text)
                y0 = top + index * tall
                yield Word(text, Box(x0, y0, box.x0 + at * each, y0 + tall))
