"""What a PDF page draws, object by object in the order it is painted, forms opened up."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from dossier.reading import Box
from extractors.placement import Placement

_DEPTH = 8


class Sort(IntEnum):
    TEXT = raw.FPDF_PAGEOBJ_TEXT
    PATH = raw.FPDF_PAGEOBJ_PATH
    IMAGE = raw.FPDF_PAGEOBJ_IMAGE
    SHADING = raw.FPDF_PAGEOBJ_SHADING


_SORTS = {sort.value: sort for sort in Sort}


@dataclass(frozen=True, slots=True)
class Drawn:
    """One object. ``order`` counts from 0 in painting order; ``place`` maps the space that the object is
    drawn in to fractions of the page. The handle lives as long as the page."""

    handle: ctypes.c_void_p
    sort: Sort
    order: int
    place: Placement

    @property
    def address(self) -> int:
        return ctypes.cast(self.handle, ctypes.c_void_p).value or 0

    def box(self) -> Box | None:
        """What it covers; None when pdfium can't say."""
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        if not raw.FPDFPageObj_GetBounds(self.handle, left, bottom, right, top):
            return None
        return self.place.box(left.value, bottom.value, right.value, top.value)

    def matrix(self) -> Placement:
        """From the object's own space to fractions of the page."""
        return _through(self.handle, self.place)

    def opaque(self) -> bool:
        """Whether what lies under it can't shine through: no alpha, no mask, no blending."""
        return not raw.FPDFPageObj_HasTransparency(self.handle)

    def fill(self) -> tuple[int, int, int, int]:
        """Red, green, blue, alpha from 0 to 255."""
        parts = [ctypes.c_uint() for _ in range(4)]
        if not raw.FPDFPageObj_GetFillColor(self.handle, *parts):
            return 0, 0, 0, 255
        red, green, blue, alpha = (part.value for part in parts)
        return red, green, blue, alpha

    def filled(self) -> bool:
        """Whether a path is filled, and so hides what lies under it."""
        fill, stroked = ctypes.c_int(), ctypes.c_int()
        return bool(raw.FPDFPath_GetDrawMode(self.handle, fill, stroked) and fill.value)


def drawn_on(page: pdfium.PdfPage, place: Placement) -> tuple[Drawn, ...]:
    """All objects of a page but forms, whose own objects come in their place."""
    found: list[Drawn] = []
    count = raw.FPDFPage_CountObjects(page.raw)
    for handle, sort, where in _each(
        (raw.FPDFPage_GetObject(page.raw, index) for index in range(count)), place, _DEPTH
    ):
        found.append(Drawn(handle, sort, len(found), where))
    return tuple(found)


def _each(
    handles: Iterator[ctypes.c_void_p], place: Placement, depth: int
) -> Iterator[tuple[ctypes.c_void_p, Sort, Placement]]:
    for handle in handles:
        sort = raw.FPDFPageObj_GetType(handle)
        if sort == raw.FPDF_PAGEOBJ_FORM:
            if depth:
                inside = (
                    raw.FPDFFormObj_GetObject(handle, index)
                    for index in range(raw.FPDFFormObj_CountObjects(handle))
                )
                yield from _each(inside, _through(handle, place), depth - 1)
        elif (known := _SORTS.get(sort)) is not None:
            yield handle, known, place


def _through(handle: ctypes.c_void_p, place: Placement) -> Placement:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(handle, matrix):
        return place
    return place.after(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
