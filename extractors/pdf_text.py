"""Words and ruled lines of a PDF page from pdfium: a tenth of what pdfminer costs (docs/decisions/0004).

Everything comes out upright: in fractions of the page once it is turned so that most of its text runs level.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from numpy.typing import NDArray

from dossier.reading import Box
from extractors.dotted import Dot, dotted
from extractors.drawn import Drawn, Sort
from extractors.hidden import NOTHING_HIDDEN, Hidden
from extractors.overpainted import uncovered
from extractors.page import Stroke, Word
from extractors.placement import Placement

_THIN = 2.5
"""A filled rectangle thinner than this many points is a ruled line."""

_UNREAD = "\ufffd"


@dataclass(frozen=True, slots=True)
class TextLayer:
    """The text layer of a page: its words, and how far clockwise the page was turned to make them level.

    ``unmapped`` is the share of characters that the font maps to no letter, ``askew`` the words that stand at
    an angle to the page, as those of a stamp do.
    """

    words: tuple[Word, ...]
    turned: int
    unmapped: float
    askew: tuple[Word, ...] = ()


def text_of(page: pdfium.PdfPage, hidden: Hidden = NOTHING_HIDDEN) -> TextLayer:
    """The words of the text layer in the order of the file, without those that are ``hidden`` or off the
    page.

    Characters are joined while they touch on one line; loose boxes keep `1` and `234` of a number together.
    """
    textpage = page.get_textpage()
    try:
        count = raw.FPDFText_CountChars(textpage.raw)
        codes = [raw.FPDFText_GetUnicode(textpage.raw, index) for index in range(count)]
        if hidden:
            for index in hidden.among(textpage.raw, count, Placement.of(page)):
                codes[index] = 0x20
        runs, leaning = _directions(textpage.raw, codes, page.get_rotation())
        tally: Counter[int] = Counter()
        for (start, end), direction in runs:
            tally[direction] += sum(code not in _BLANK for code in codes[start:end])
        main = tally.most_common(1)[0][0] if tally else 0
        turned = (360 - main) % 360
        placement = Placement.of(page).turned(turned)
        width, height = upright_size(page, turned)
        turns = [(direction + turned) % 360 for _, direction in runs]
        spans = [span for span, _ in runs]
        words: list[Word] = []
        askew: list[Word] = []
        for start, word in _words(textpage.raw, codes, spans, turns, placement, width / height):
            if word.box.x1 > -0.01 and word.box.x0 < 1.01 and word.box.y1 > -0.01 and word.box.y0 < 1.01:
                words.append(word)
                if start in leaning:
                    askew.append(word)
    finally:
        textpage.close()
    unmapped = sum(code in _NO_LETTER for code in codes)
    solid = sum(code > 32 for code in codes) + unmapped
    return TextLayer(tuple(words), turned, unmapped / solid if solid else 0.0, tuple(askew))


def upright_size(page: pdfium.PdfPage, turned: int) -> tuple[float, float]:
    """Width and height in points once turned."""
    width, height = page.get_size()
    return (height, width) if turned in (90, 270) else (width, height)


_NO_LETTER = frozenset({0, 0xFFFD, 0xFFFE, 0xFFFF, *range(0xE000, 0xF900)})
"""Codes that stand for no letter: none, replacement, not characters, the private use area."""

_BLANK = frozenset(
    {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, 0xA0, 0xAD, 0x1680, 0x202F, 0x205F, 0x3000}
) | frozenset(range(0x2000, 0x200C))
"""What parts words; the soft hyphen and the narrow spaces too."""


_LEANING = (0.5, 25.0)
"""Degrees from level or upright that the type of a stamp stands at; more is a watermark's."""


def _directions(
    textpage: object, codes: list[int], page_turn: int
) -> tuple[list[tuple[tuple[int, int], int]], Set[int]]:
    """Runs of characters between blanks, each with the direction its first one is shown in, clockwise
    degrees to the nearest right angle; and where runs start that stand askew to it.

    pdfium breaks the line after each character that stands on its side: those breaks part nothing.
    """
    found: list[tuple[tuple[int, int], int]] = []
    leaning: set[int] = set()
    start, angle, broken = None, 0, None

    def shown(index: int) -> int:
        degrees = math.degrees(raw.FPDFText_GetCharAngle(textpage, index))
        right = round((degrees + page_turn) / 90) * 90
        if _LEANING[0] <= abs(degrees + page_turn - right) <= _LEANING[1]:
            leaning.add(index)
        return right % 360

    for index, code in enumerate([*codes, 0x20]):
        if start is not None and code in _BLANK:
            aside = (angle - page_turn) % 180 == 90
            if code in (0x0A, 0x0D) and aside and raw.FPDFText_IsGenerated(textpage, index) == 1:
                broken = index if broken is None else broken
                continue
            found.append(((start, index if broken is None else broken), angle))
            start = broken = None
        elif code in _BLANK:
            continue
        elif start is None:
            start, angle = index, shown(index)
        elif broken is not None:
            if shown(index) != angle:
                found.append(((start, broken), angle))
                start, angle = index, shown(index)
            broken = None
    return found, leaning


def _words(
    textpage: object,
    codes: list[int],
    spans: Sequence[tuple[int, int]],
    turns: Sequence[int],
    placement: Placement,
    aspect: float,
) -> Iterator[tuple[int, Word]]:
    """The runs of characters (``spans``, each in its direction ``turns``) cut where two do not touch; each
    word with where its run starts. ``aspect`` is the page's width over its height."""
    if not spans:
        return
    run = np.full(len(codes), -1)
    for number, (start, end) in enumerate(spans):
        run[start:end] = number
    boxes, there = _boxes(textpage, run >= 0, placement)
    at = np.flatnonzero(there & ~np.isin(codes, list(_BLANK)))
    if not len(at):
        return
    run, boxes = run[at], boxes[at]
    joined = (run[1:] == run[:-1]) & _touching(boxes[:-1], boxes[1:], np.array(turns)[run[1:]], aspect)
    cuts = np.concatenate([[0], np.flatnonzero(~joined) + 1])
    low = np.minimum.reduceat(boxes[:, :2], cuts).tolist()
    high = np.maximum.reduceat(boxes[:, 2:], cuts).tolist()
    letters = [_letter(codes[index]) for index in at.tolist()]
    stops = [*cuts[1:].tolist(), len(letters)]
    owners = run[cuts].tolist()
    for cut, stop, number, (x0, y0), (x1, y1) in zip(cuts.tolist(), stops, owners, low, high, strict=True):
        text = "".join(letters[cut:stop])
        yield spans[number][0], Word(text, Box(x0, y0, x1, y1), 0.2 if _UNREAD in text else 1.0)


def _letter(code: int) -> str:
    if code in _NO_LETTER:
        return _UNREAD
    return "-" if code == 2 else chr(code)  # 2: hyphen at a line's end


def _boxes(
    textpage: object, wanted: NDArray[np.bool_], placement: Placement
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The loose boxes of the ``wanted`` characters on the page as shown, and which of them have one."""
    rects = (raw.FS_RECTF * len(wanted))()
    first, size = rects[0], ctypes.sizeof(raw.FS_RECTF)
    there = np.zeros(len(wanted), bool)
    for index in np.flatnonzero(wanted).tolist():
        there[index] = raw.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(first, index * size))
    left, top, right, bottom = np.frombuffer(rects, np.float32).reshape(-1, 4).astype(np.float64).T
    a, b, c = placement.a, placement.b, placement.c
    d, e, f = placement.d, placement.e, placement.f
    xs = np.stack([a * left + c * bottom + e, a * right + c * top + e])
    ys = np.stack([b * left + d * bottom + f, b * right + d * top + f])
    return np.stack([xs.min(axis=0), ys.min(axis=0), xs.max(axis=0), ys.max(axis=0)], axis=1), there


def _touching(
    before: NDArray[np.float64], after: NDArray[np.float64], angle: NDArray[np.int64], aspect: float
) -> NDArray[np.bool_]:
    """Whether each character goes on the word before it; ``aspect`` is the page's width over its height."""
    (ax0, ay0, ax1, ay1), (bx0, by0, bx1, by1) = before.T, after.T
    wide = np.minimum(ax1, bx1) - np.maximum(ax0, bx0)
    high = np.minimum(ay1, by1) - np.maximum(ay0, by0)
    gap = np.where(angle == 0, bx0 - ax1, ax0 - bx1) * aspect
    tall = np.minimum(ay1 - ay0, by1 - by0)
    level = (tall <= 0) | ((high > 0.3 * tall) & (gap > -0.03) & (gap < 0.25 * tall))
    below = np.maximum(by0 - ay1, ay0 - by1)
    aside = (wide > 0) & (below < 0.15 * (ax1 - ax0) * aspect)  # pdfium drops its blanks
    return np.asarray(np.where(np.isin(angle, (90, 270)), aside, level))


@dataclass(frozen=True, slots=True)
class Paths:
    """What the paths of a page are: ruled lines, and by their order the ones that are drawings."""

    strokes: tuple[Stroke, ...]
    drawings: frozenset[int]


def paths_of(drawn: Sequence[Drawn], width: float, height: float) -> Paths:
    """The paths of a page of ``width`` by ``height`` points. Ruled are straight path segments, edges of
    rectangles, thin filled boxes, as far as nothing is painted over them. A path with a curve or a slanted
    segment is a drawing, and so is one of steps too small to be anything else."""
    found: dict[Stroke, int] = {}
    drawings = set()
    dots: list[Dot] = []
    for item in drawn:
        if item.sort is Sort.PATH:
            for stroke in _path_strokes(item, width, height, dots):
                if stroke is None:
                    drawings.add(item.order)
                else:
                    found[stroke] = item.order
    seen = uncovered(found, drawn, width, height)
    return Paths(tuple(dict.fromkeys((*seen, *dotted(dots, width, height)))), frozenset(drawings))


def _path_strokes(item: Drawn, width: float, height: float, dots: list[Dot]) -> Iterator[Stroke | None]:
    """The ruled lines of a path, and None for what of it is drawn; ``dots`` takes what is too short."""
    fill, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item.handle, fill, stroked)
    if not fill.value and not stroked.value:
        return
    for points in _polylines(item.handle, item.matrix(), width, height):
        if points is None:
            yield None
            continue
        if len(points) < 2:
            continue
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
        wide, high = (x1 - x0) * width, (y1 - y0) * height
        if not stroked.value and max(wide, high) <= 2 * _THIN and min(wide, high) <= _THIN:
            dots.append((x0 * width, y0 * height, x1 * width, y1 * height))
            continue
        if not stroked.value or len(points) == 2:
            if high <= _THIN and wide > 2 * _THIN:
                yield Stroke(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
                continue
            if wide <= _THIN and high > 2 * _THIN:
                yield Stroke((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
                continue
        ruled = 0
        for (ax, ay), (bx, by) in pairwise(points):
            if abs(ay - by) * height < 0.5 and abs(ax - bx) * width > _THIN:
                ruled += 1
                yield Stroke(min(ax, bx), (ay + by) / 2, max(ax, bx), (ay + by) / 2)
            elif abs(ax - bx) * width < 0.5 and abs(ay - by) * height > _THIN:
                ruled += 1
                yield Stroke((ax + bx) / 2, min(ay, by), (ax + bx) / 2, max(ay, by))
        if 2 * ruled < len(points) - 1 and min(wide, high) > _THIN:
            yield None


def _polylines(
    handle: ctypes.c_void_p, place: Placement, width: float, height: float
) -> Iterator[list[tuple[float, float]] | None]:
    """The rectilinear subpaths of a path, in fractions of the page; None for each that bends, unless it is a
    frame with round corners: a large one is as good as a square one, a small one is left out."""
    points: list[tuple[float, float]] = []
    bent = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(raw.FPDFPath_CountSegments(handle)):
        segment = raw.FPDFPath_GetPathSegment(handle, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if not bent and points:
                yield points
            elif bent:
                yield from _outline(points, width, height)
            points, bent = [], False
        elif bent and len(points) > _MOST_OF_FRAME:
            continue
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(place.point(x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
        bent = (
            bent
            or kind == raw.FPDF_SEGMENT_BEZIERTO
            or any(
                abs(ax - bx) * width >= 0.5 and abs(ay - by) * height >= 0.5
                for (ax, ay), (bx, by) in zip(points[-3:], points[-2:], strict=False)
            )
        )
    if not bent and points:
        yield points
    elif bent:
        yield from _outline(points, width, height)


_MOST_OF_FRAME, _STRAIGHT = 128, 0.6
"""Points of a frame with round corners, and the least share of its outline that is straight."""


_LINE_HIGH = 14.0
"""Points of a line of text with its margins."""


def _rounded(points: list[tuple[float, float]], width: float, height: float) -> bool:
    """Whether most of a closed outline is its four straight sides. ``points`` begin or end each side."""
    if not 8 <= len(points) <= _MOST_OF_FRAME:
        return False
    xs, ys = [p[0] * width for p in points], [p[1] * height for p in points]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    straight = 0.0
    for (ax, ay), (bx, by) in pairwise(zip(xs, ys, strict=True)):
        if abs(ax - bx) < 0.2 and min(ax - left, right - ax) < 0.5:
            straight += abs(ay - by)
        elif abs(ay - by) < 0.2 and min(ay - top, bottom - ay) < 0.5:
            straight += abs(ax - bx)
    return straight >= _STRAIGHT * 2 * (right - left + bottom - top)


def _outline(
    points: list[tuple[float, float]], width: float, height: float
) -> Iterator[list[tuple[float, float]] | None]:
    """The square outline of a frame with round corners that is large enough for a line; None of a drawing."""
    if not _rounded(points, width, height):
        yield None
        return
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    if min((x1 - x0) * width, (y1 - y0) * height) >= _LINE_HIGH:
        yield [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]
