"""Words and ruled lines of a PDF page from pdfium: a tenth of what pdfminer costs (docs/decisions/0004).

Everything comes out upright: in fractions of the page once it is turned so that most of its text runs level.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise, repeat

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
        count = max(0, raw.FPDFText_CountChars(textpage.raw))
        codes = np.fromiter(
            map(raw.FPDFText_GetUnicode, repeat(textpage.raw), range(count)), np.uint32, count
        )
        if hidden:
            codes[list(hidden.among(textpage.raw, count, Placement.of(page)))] = 0x20
        runs, leaning = _directions(textpage.raw, codes, page.get_rotation())
        solid = np.concatenate([[0], np.cumsum(~_among(codes, _BLANK))]).tolist()
        tally: Counter[int] = Counter()
        for (start, end), direction in runs:
            tally[direction] += solid[end] - solid[start]
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
    unmapped = int(np.count_nonzero(_among(codes, _NO_LETTER)))
    shown = int(np.count_nonzero(codes > 0x20)) + unmapped
    return TextLayer(tuple(words), turned, unmapped / shown if shown else 0.0, tuple(askew))


def _codes(textpage: object, count: int) -> NDArray[np.uint32]:
    """The code of each of ``count`` characters: at once where the text has one for each, else one by one."""
    units = (ctypes.c_ushort * (2 * count + 2))()
    if raw.FPDFText_GetText(textpage, 0, count, units) == count + 1:
        codes: NDArray[np.uint32] = np.frombuffer(bytes(units), np.uint16, count).astype(np.uint32)
        asked = np.flatnonzero(codes >= _LEFT_OUT).tolist()
    else:
        codes = np.zeros(count, np.uint32)
        asked = list(range(count))
    codes[asked] = [raw.FPDFText_GetUnicode(textpage, index) for index in asked]
    return codes


_LEFT_OUT = 0xFFFE
"""What stands in a page's text for a hyphen at a line's end."""


def upright_size(page: pdfium.PdfPage, turned: int) -> tuple[float, float]:
    """Width and height in points once turned."""
    width, height = page.get_size()
    return (height, width) if turned in (90, 270) else (width, height)


_NO_LETTER = ((0, 0), (0xD800, 0xF8FF), (0xFFFD, 0xFFFF), (0x110000, 0xFFFFFFFF))
"""Codes, from and to, that stand for no letter: none, halves of one, the private use area, replacement, no
characters."""

_BLANK = (
    (0x09, 0x0D), (0x20, 0x20), (0xA0, 0xA0), (0xAD, 0xAD), (0x1680, 0x1680), (0x2000, 0x200B),
    (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000),
)  # fmt: skip
"""What parts words, from and to; the soft hyphen and the narrow spaces too."""


def _among(codes: NDArray[np.uint32], ranges: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
    found = np.zeros(len(codes), np.bool_)
    for first, last in ranges:
        found |= (codes >= first) & (codes <= last)
    return found


_LEANING = (0.5, 25.0)
"""Degrees from level or upright that the type of a stamp stands at; more is a watermark's."""


def _directions(
    textpage: object, codes: NDArray[np.uint32], page_turn: int
) -> tuple[list[tuple[tuple[int, int], int]], Set[int]]:
    """Runs of characters between blanks, each with the direction its first one is shown in, clockwise
    degrees to the nearest right angle; and where runs start that stand askew to it.

    pdfium breaks the line after each character that stands on its side: those breaks part nothing.
    """
    leaning: set[int] = set()

    def shown(index: int) -> int:
        degrees = math.degrees(raw.FPDFText_GetCharAngle(textpage, index))
        right = round((degrees + page_turn) / 90) * 90
        if _LEANING[0] <= abs(degrees + page_turn - right) <= _LEANING[1]:
            leaning.add(index)
        return right % 360

    def broken(start: int, end: int) -> bool:
        return all(
            code in _NEW_LINE and raw.FPDFText_IsGenerated(textpage, index) == 1
            for index, code in enumerate(codes[start:end].tolist(), start)
        )

    edges = np.flatnonzero(np.diff(~_among(codes, _BLANK), prepend=False, append=False)).tolist()
    found: list[tuple[tuple[int, int], int]] = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        angle = shown(start)
        if found and (angle - page_turn) % 180 == 90 and found[-1][1] == angle:
            (begun, ended), _ = found[-1]
            if broken(ended, start):
                found[-1] = (begun, end), angle
                continue
        found.append(((start, end), angle))
    return found, leaning


_NEW_LINE = frozenset((0x0A, 0x0D))


def _words(
    textpage: object,
    codes: NDArray[np.uint32],
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
    at = np.flatnonzero((run >= 0) & ~_among(codes, _BLANK))
    boxes, there = _boxes(textpage, at.tolist(), placement)
    at, boxes = at[there], boxes[there]
    if not len(at):
        return
    run = run[at]
    joined = (run[1:] == run[:-1]) & _touching(boxes[:-1], boxes[1:], np.array(turns)[run[1:]], aspect)
    cuts = np.concatenate([[0], np.flatnonzero(~joined) + 1])
    low = np.minimum.reduceat(boxes[:, :2], cuts).tolist()
    high = np.maximum.reduceat(boxes[:, 2:], cuts).tolist()
    letters = _letters(codes[at])
    stops = [*cuts[1:].tolist(), len(letters)]
    owners = run[cuts].tolist()
    for cut, stop, number, (x0, y0), (x1, y1) in zip(cuts.tolist(), stops, owners, low, high, strict=True):
        text = letters[cut:stop]
        yield spans[number][0], Word(text, Box(x0, y0, x1, y1), 0.2 if _UNREAD in text else 1.0)


def _letters(codes: NDArray[np.uint32]) -> str:
    codes = np.where(_among(codes, _NO_LETTER), ord(_UNREAD), codes)
    codes = np.where(codes == 2, ord("-"), codes)  # a hyphen at a line's end
    return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def _boxes(
    textpage: object, at: Sequence[int], placement: Placement
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The loose boxes of the characters ``at`` these places on the page as shown, and which of them have
    one."""
    rects = (raw.FS_RECTF * len(at))()
    read = map(raw.FPDFText_GetLooseCharBox, repeat(textpage), at, rects)
    there = np.fromiter(read, np.bool_, len(at))
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
