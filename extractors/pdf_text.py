"""Words and ruled lines of a PDF page from pdfium: a tenth of what pdfminer costs (docs/decisions/0004)."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from dossier.reading import Box
from extractors.page import Stroke, Word

_SCALE = 1_000_000
"""Device units across the page when asking pdfium where a point lands: keeps six digits."""

_THIN = 2.5
"""A filled rectangle thinner than this many points is a ruled line."""


@dataclass(frozen=True, slots=True)
class Placement:
    """The affine map from PDF user space to fractions of the page as shown (crop box and /Rotate applied)."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @classmethod
    def of(cls, page: pdfium.PdfPage) -> Placement:
        def shown(x: float, y: float) -> tuple[float, float]:
            dx, dy = ctypes.c_int(), ctypes.c_int()
            raw.FPDF_PageToDevice(page.raw, 0, 0, _SCALE, _SCALE, 0, x, y, dx, dy)
            return dx.value / _SCALE, dy.value / _SCALE

        ox, oy = shown(0, 0)
        ux, uy = shown(1000, 0)
        vx, vy = shown(0, 1000)
        return cls((ux - ox) / 1000, (uy - oy) / 1000, (vx - ox) / 1000, (vy - oy) / 1000, ox, oy)

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


@dataclass(frozen=True, slots=True)
class _Char:
    letter: str
    box: Box
    angle: int


def words_of(page: pdfium.PdfPage) -> tuple[tuple[Word, ...], int]:
    """The words of the text layer in the order of the file, and the direction in degrees most of them run in.

    Characters are joined while they touch on one line; loose boxes keep `1` and `234` of a number together.
    """
    placement = Placement.of(page)
    textpage = page.get_textpage()
    try:
        chars = list(_chars(textpage.raw, placement))
    finally:
        textpage.close()
    turns = [char.angle for char in chars if char.letter.strip()]
    direction = max(set(turns), key=turns.count) if turns else 0
    return tuple(_words(chars, page.get_width() / page.get_height())), direction


def _chars(textpage: object, placement: Placement) -> Iterator[_Char]:
    rect = raw.FS_RECTF()
    for index in range(raw.FPDFText_CountChars(textpage)):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if code in (0, 0xFFFE, 0xFFFF) or raw.FPDFText_HasUnicodeMapError(textpage, index) == 1:
            letter = "\ufffd"
        elif code == 2:  # pdfium's mark for a hyphen at a line's end
            letter = "-"
        else:
            letter = chr(code)
        if not raw.FPDFText_GetLooseCharBox(textpage, index, rect):
            continue
        angle = round(math.degrees(raw.FPDFText_GetCharAngle(textpage, index))) % 360
        angle = (round(angle / 90) * 90) % 360
        yield _Char(letter, placement.box(rect.left, rect.bottom, rect.right, rect.top), angle)


def _words(chars: list[_Char], aspect: float) -> Iterator[Word]:
    run: list[_Char] = []
    for char in chars:
        if char.letter.isspace() or char.letter == "\u00ad":
            yield from _word(run)
            run = []
            continue
        if run and not _touches(run[-1], char, aspect):
            yield from _word(run)
            run = []
        run.append(char)
    yield from _word(run)


def _touches(before: _Char, after: _Char, aspect: float) -> bool:
    """Whether a character goes on the word before it; ``aspect`` is the page's width over its height."""
    one, two = before.box, after.box
    if before.angle in (90, 270):
        gap = max(two.y0 - one.y1, one.y0 - two.y1)
        same_line = min(one.x1, two.x1) - max(one.x0, two.x0) > 0
        return same_line and gap < 0.25 * (one.x1 - one.x0) * aspect
    gap = (two.x0 - one.x1) * aspect
    overlap = min(one.y1, two.y1) - max(one.y0, two.y0)
    height = min(one.y1 - one.y0, two.y1 - two.y0)
    if height <= 0:
        return True
    return overlap > 0.3 * height and -0.03 < gap < 0.25 * height


def _word(run: list[_Char]) -> Iterator[Word]:
    if not run:
        return
    boxes = [char.box for char in run]
    box = Box(
        min(b.x0 for b in boxes),
        min(b.y0 for b in boxes),
        max(b.x1 for b in boxes),
        max(b.y1 for b in boxes),
    )
    yield Word("".join(char.letter for char in run), box)


def strokes_of(page: pdfium.PdfPage) -> tuple[Stroke, ...]:
    """Ruled lines drawn on the page: straight path segments, edges of rectangles, thin filled boxes."""
    placement = Placement.of(page)
    width, height = page.get_width(), page.get_height()
    found: list[Stroke] = []
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=6):
        found.extend(_path_strokes(item, placement, width, height))
    return tuple(dict.fromkeys(found))


def _path_strokes(
    item: pdfium.PdfObject, placement: Placement, width: float, height: float
) -> Iterator[Stroke]:
    matrix = item.get_matrix()
    fill, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item.raw, fill, stroked)
    if not fill.value and not stroked.value:
        return
    for subpath in _subpaths(item, lambda x, y: placement.point(*matrix.on_point(x, y))):
        if len(subpath) < 2:
            continue
        xs, ys = [p[0] for p in subpath], [p[1] for p in subpath]
        x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
        wide, high = (x1 - x0) * width, (y1 - y0) * height
        if not stroked.value or len(subpath) == 2:
            if high <= _THIN and wide > 2 * _THIN:
                middle = (y0 + y1) / 2
                yield Stroke(x0, middle, x1, middle)
                continue
            if wide <= _THIN and high > 2 * _THIN:
                middle = (x0 + x1) / 2
                yield Stroke(middle, y0, middle, y1)
                continue
        if not _is_rectilinear(subpath, width, height):
            continue
        for (ax, ay), (bx, by) in zip(subpath, subpath[1:], strict=False):
            if abs(ay - by) * height < 0.5 and abs(ax - bx) * width > _THIN:
                yield Stroke(min(ax, bx), (ay + by) / 2, max(ax, bx), (ay + by) / 2)
            elif abs(ax - bx) * width < 0.5 and abs(ay - by) * height > _THIN:
                yield Stroke((ax + bx) / 2, min(ay, by), (ax + bx) / 2, max(ay, by))


def _is_rectilinear(points: list[tuple[float, float]], width: float, height: float) -> bool:
    """Every segment is upright or level: a ruled shape, not a pen's curve."""
    return all(
        abs(ax - bx) * width < 0.5 or abs(ay - by) * height < 0.5
        for (ax, ay), (bx, by) in zip(points, points[1:], strict=False)
    )


def _subpaths(
    item: pdfium.PdfObject, place: Callable[[float, float], tuple[float, float]]
) -> Iterator[list[tuple[float, float]]]:
    """Polylines of a path in page fractions; a curve keeps its points, so it is not rectilinear."""
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(raw.FPDFPath_CountSegments(item.raw)):
        segment = raw.FPDFPath_GetPathSegment(item.raw, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append(place(x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment) and points:
            points.append(points[0])
    if points:
        yield points
