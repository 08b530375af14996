"""A paid mention inside a turned rubber stamp of a scan, which the page's OCR can't read: set level and read
by the second engine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import cv2
import numpy as np

from dossier.reading import Box
from extractors.candidate import Candidate
from extractors.french.dates import DateFound, dates_in
from extractors.french.letters import fold
from extractors.leaf import Leaf
from extractors.page import Picture
from extractors.pen import drawn_by_hand
from extractors.recogniser import Seen, recognised

WHERE = Box(0.03, 0.2, 0.97, 0.97)
"""Of the page: where stamps are set, under the head."""

_PAID = re.compile(r"\b(?:acquitt|regl|pay)e{1,2}\b|\bpour\s?acquit\b")
_SURE = 0.75
"""Of a day that one engine alone has read."""

_LEAST_SEEN = 0.85

_SPARE = 0.03
"""Of the page's width: paper around a stamp whose frame wear has cut."""

_MARGIN = 0.07
"""Of a stamp's sides: its frame."""

Recognise = Callable[[Sequence[Picture]], tuple[Seen, ...]]


def stamped_days(
    leaf: Leaf, printed: Sequence[Box], recognise: Recognise = recognised
) -> Iterator[tuple[Candidate, Box]]:
    """The day in each framed stamp that says "acquittée" or the like, and the stamp's place. Scans alone.

    ``printed``: boxes of type. A day is never sure: only the second engine has seen it.
    """
    if not leaf.ocr or not _garbled(leaf):
        return
    page = leaf.page
    for stamp in drawn_by_hand(page, WHERE, printed).stamps:
        if stamp.form != "frame":
            continue
        seen = [one for one in recognise(_lines(_level(page.grey, stamp.box))) if one.sureness >= _LEAST_SEEN]
        text = " ".join(one.text for one in seen)
        match = _PAID.search(fold(text))
        days = _days(text[match.end() :]) if match is not None else []
        if len(days) == 1:
            day = Candidate(days[0].date, text, page.number, stamp.box, page.read_by, _SURE, "a turned stamp")
            yield day, stamp.box


_WORN = 0.6
_CLOSE = 0.08
"""Of the page's height: how near two words stand that OCR made of one turned stamp."""


def _garbled(leaf: Leaf) -> bool:
    """Under the head stand words together of which OCR is unsure: what it makes of turned print."""
    tops = sorted(
        word.box.y0
        for word in leaf.view.words
        if word.confidence < _WORN and WHERE.y0 < word.box.y0 and word.box.y1 < WHERE.y1
    )
    return any(below - above < _CLOSE for above, below in pairwise(tops))


def _days(text: str) -> list[DateFound]:
    apart = re.sub(r"(?<=[^\W\d_])(?=\d)", " ", text)
    return [one for one in dates_in(apart) if one.date is not None and not one.note]


def _level(grey: Picture, box: Box) -> Picture:
    """The stamp's crop turned so that its frame stands level, without the frame."""
    height, width = grey.shape
    spare = _SPARE * width
    crop = grey[
        max(0, round(box.y0 * height - spare)) : round(box.y1 * height + spare),
        max(0, round(box.x0 * width - spare)) : round(box.x1 * width + spare),
    ]
    ink = cv2.dilate((crop < 170).astype(np.uint8), np.ones((3, 3), np.uint8))
    contours, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return crop
    frame = max(contours, key=lambda contour: cv2.boundingRect(contour)[2] * cv2.boundingRect(contour)[3])
    (x, y), (wide, high), angle = cv2.minAreaRect(frame)
    if wide < high:
        wide, high, angle = high, wide, angle - 90
    angle = (angle + 90) % 180 - 90  # never upside down
    turn = cv2.getRotationMatrix2D((x, y), angle, 1.0)
    size = max(crop.shape) * 2
    turn[0, 2] += size / 2 - x
    turn[1, 2] += size / 2 - y
    turned = cv2.warpAffine(crop, turn, (size, size), borderValue=255)
    across, down = wide * (0.5 - _MARGIN), high * (0.5 - _MARGIN)
    middle = size / 2
    level = turned[
        round(middle - down) : round(middle + down), round(middle - across) : round(middle + across)
    ]
    return np.asarray(level, dtype=np.uint8)


def _lines(crop: Picture) -> list[Picture]:
    """Bands of ink, one line of print each, with some paper around."""
    rows = (crop < 150).sum(axis=1) > 1
    edges = np.flatnonzero(np.diff(np.concatenate(([0], rows.astype(np.int8), [0]))))
    bands = [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return [
        crop[max(0, start - 3) : end + 3] for start, end in bands if 10 <= end - start <= 0.6 * crop.shape[0]
    ]
