"""What was typed into a PDF: form fields (AcroForm) and text notes laid on the page, which the text layer
lacks."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from dossier.reading import Box
from extractors.page import FormField, Word
from extractors.placement import Placement

_HIDDEN = 0x02 | 0x20
"""Annotation flags: hidden, no view."""

_TICKED, _EMPTY = "☒", "☐"

_MOST = 20_000
"""Characters of one value; a longer one is cut, no form of ours holds it."""


def form_of(document: pdfium.PdfDocument, page: pdfium.PdfPage, place: Placement) -> tuple[FormField, ...]:
    """The filled fields, ticked and empty boxes, and text notes of a page, whose form must be initialised.

    A box is ``☒`` or ``☐``. Passwords, buttons, signature fields and what is not shown are left out.
    """
    return tuple(_fields(document, page, place))


def _fields(document: pdfium.PdfDocument, page: pdfium.PdfPage, place: Placement) -> Iterator[FormField]:
    form = document.formenv.raw if document.formenv is not None else None
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        note = raw.FPDFPage_GetAnnot(page.raw, index)
        if not note:
            continue
        try:
            if raw.FPDFAnnot_GetFlags(note) & _HIDDEN:
                continue
            sort = raw.FPDFAnnot_GetSubtype(note)
            if sort == raw.FPDF_ANNOT_WIDGET and form is not None:
                name, value = _widget(form, note)
            elif sort == raw.FPDF_ANNOT_FREETEXT:
                name, value = "", _text(lambda b, n: raw.FPDFAnnot_GetStringValue(note, b"Contents", b, n))  # noqa: B023  called at once
            else:
                continue
            rect = raw.FS_RECTF()
            if value.strip() and raw.FPDFAnnot_GetRect(note, rect):
                yield FormField(name, value, place.box(rect.left, rect.bottom, rect.right, rect.top))
        finally:
            raw.FPDFPage_CloseAnnot(note)


def _widget(form: object, note: object) -> tuple[str, str]:
    kind = raw.FPDFAnnot_GetFormFieldType(form, note)
    name = _text(lambda b, n: raw.FPDFAnnot_GetFormFieldName(form, note, b, n))
    if kind in (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON):
        return name, _TICKED if raw.FPDFAnnot_IsChecked(form, note) else _EMPTY
    if kind in (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX):
        if raw.FPDFAnnot_GetFormFieldFlags(form, note) & _PASSWORD:
            return name, ""
        return name, _text(lambda b, n: raw.FPDFAnnot_GetFormFieldValue(form, note, b, n))
    return name, ""


_PASSWORD = 1 << 13


def _text(ask: Callable[[object, int], int]) -> str:
    """A UTF-16 string of pdfium, which is asked for its length first."""
    size = min(ask(None, 0), 2 * _MOST)
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    ask(buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").split("\0")[0]


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
