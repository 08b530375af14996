"""Text that a PDF page holds and does not show: invisible, white on white, or painted over later.

A bank account can be replaced by a white box and new text; the old one stays in the text layer. What is seen
decides.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pypdfium2.raw as raw

from dossier.reading import Box
from extractors.drawn import Drawn, Sort
from extractors.placement import Placement

_WHITE = 250
"""A colour whose channels are all at least this leaves no ink."""

_LEAST_COVER = 4e-5
"""Share of the page below which a filled path covers no letter."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """``invisible``: addresses of text objects that leave no ink. ``covers``: opaque things and their order.
    ``orders``: the order of each text object that lies under a cover, at least in part."""

    invisible: frozenset[int]
    covers: tuple[tuple[int, Box], ...]
    orders: Mapping[int, int]
    share: float = 0.0
    """Of the text objects, those that are invisible."""

    def __bool__(self) -> bool:
        return bool(self.invisible or self.orders)

    def among(self, textpage: object, count: int, place: Placement) -> Iterator[int]:
        """The indices of hidden characters, of the first ``count`` of a pdfium text page."""
        rect = raw.FS_RECTF()
        for index in range(count):
            handle = raw.FPDFText_GetTextObject(textpage, index)
            address = ctypes.cast(handle, ctypes.c_void_p).value if handle else None
            if address is None:
                continue
            if address in self.invisible:
                yield index
            elif (order := self.orders.get(address)) is not None and raw.FPDFText_GetLooseCharBox(
                textpage, index, rect
            ):
                x, y = place.point((rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2)
                if any(order < over and _holds(box, x, y) for over, box in self.covers):
                    yield index


NOTHING_HIDDEN = Hidden(frozenset(), (), {})


def hidden_on(drawn: Sequence[Drawn], coloured: Callable[[Box], bool] = lambda box: False) -> Hidden:
    """What text of a page is not seen. ``drawn`` is placed on the page as its /Rotate turns it, no
    further. ``coloured`` looks at the page where a path is filled with white, or with a gradient."""
    texts = [item for item in drawn if item.sort is Sort.TEXT]
    if not texts:
        return NOTHING_HIDDEN
    first = texts[0].order
    invisible, white = set(), []
    for text in texts:
        if raw.FPDFTextObj_GetTextRenderMode(text.handle) in _NO_INK:
            invisible.add(text.address)
            continue
        red, green, blue, alpha = text.fill()
        if alpha == 0:
            invisible.add(text.address)
        elif min(red, green, blue) >= _WHITE:
            white.append(text)
    if white:
        invisible.update(_on_white(white, drawn, coloured))
    covers = tuple(covers_among(item for item in drawn if item.order > first))
    orders = dict(_under(texts, covers)) if covers else {}
    return Hidden(frozenset(invisible), covers, orders, len(invisible) / len(texts))


_NO_INK = frozenset({raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP})


def covers_among(items: Iterable[Drawn]) -> Iterator[tuple[int, Box]]:
    """Filled rectangles and pictures that let nothing shine through and are large enough to hide a letter."""
    for item in items:
        if item.sort is Sort.PATH:
            if not _filled_rectangle(item):
                continue
        elif item.sort is not Sort.IMAGE:
            continue
        box = item.box()
        if box is None or (box.x1 - box.x0) * (box.y1 - box.y0) < _LEAST_COVER or not item.opaque():
            continue
        if item.sort is Sort.PATH and item.fill()[3] < 255:
            continue
        yield item.order, box


def _filled_rectangle(item: Drawn) -> bool:
    """A filled path of four or five straight segments whose corners share two places across and two down."""
    fill, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item.handle, fill, stroked)
    count = raw.FPDFPath_CountSegments(item.handle)
    if not fill.value or not 4 <= count <= 6:
        return False
    xs, ys = set(), set()
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(item.handle, index)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_BEZIERTO:
            return False
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        xs.add(round(x.value, 1))
        ys.add(round(y.value, 1))
    return len(xs) == 2 and len(ys) == 2


def _under(texts: Iterable[Drawn], covers: Sequence[tuple[int, Box]]) -> Iterator[tuple[int, int]]:
    """Text objects, with their order, over which a cover is painted later, in part at least."""
    last = covers[-1][0]
    for text in texts:
        if text.order > last:
            return
        box = text.box()
        if box is not None and any(
            order > text.order
            and cover.x0 < box.x1
            and cover.x1 > box.x0
            and cover.y0 < box.y1
            and cover.y1 > box.y0
            for order, cover in covers
        ):
            yield text.address, text.order


def _on_white(
    white: Iterable[Drawn], drawn: Sequence[Drawn], coloured: Callable[[Box], bool]
) -> Iterator[int]:
    """White text with nothing coloured painted under it."""
    grounds: list[tuple[int, Box]] = []
    unsure: list[tuple[int, Box]] = []
    for item in drawn:
        if item.sort is Sort.TEXT or (box := item.box()) is None:
            continue
        told = item.sort is not Sort.PATH or min(item.fill()[:3]) < _WHITE
        (grounds if told else unsure).append((item.order, box))
    for text in white:
        box = text.box()
        if box is None:
            continue
        on, perhaps = (_lies_on(text, box, held) for held in (grounds, unsure))
        if not on and not (perhaps and coloured(box)):
            yield text.address


def _lies_on(text: Drawn, box: Box, grounds: Iterable[tuple[int, Box]]) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return any(order < text.order and _holds(ground, x, y) for order, ground in grounds)


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1
