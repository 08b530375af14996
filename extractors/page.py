"""One page as everything after it sees it: upright, with its words, its ruled lines and its picture.

A text page and a scanned page look the same from here: boxes are fractions of the upright page from the top
left, so label rules, tables and ink are written once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from dossier.reading import Box, ReadBy

Picture = NDArray[np.uint8]
"""Grey (height, width) or RGB (height, width, 3), 0 black to 255 white, upright."""


Pixels = tuple[int, int, int, int]
"""Left, top, right, bottom of a crop of a picture."""


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a blank between them. ``confidence``: 1 in a trusted text layer, else Tesseract's."""

    text: str
    box: Box
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A ruled line, horizontal (y0 == y1) or vertical (x0 == x1), in fractions of the page."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def horizontal(self) -> bool:
        return self.y0 == self.y1


@dataclass(frozen=True, slots=True)
class FormField:
    """A filled form field (AcroForm) of a PDF: its name, its value as stored, its place."""

    name: str
    value: str
    box: Box


@dataclass(frozen=True, slots=True)
class Traces:
    """What a text page draws besides type and rules. ``boxes`` may reach over the page's edges.

    ``pictures`` are those of pixels and notes, which may hold type and rules of their own; ``edges`` those
    with a long straight line, as a stamp's frame has; ``frames`` the outlines of what is sure to be a stamp,
    be it square, round or turned. ``askew``: words of the text layer that lean as a stamp's do. ``see`` draws
    the traces alone, in grey on white, cropped from a page of ``size`` pixels, width and height.
    """

    boxes: tuple[Box, ...]
    pictures: tuple[Box, ...]
    edges: tuple[Box, ...]
    frames: tuple[Box, ...]
    askew: tuple[Box, ...]
    size: tuple[int, int]
    see: Callable[[Sequence[Pixels]], Sequence[Picture]]


@dataclass(frozen=True)
class Page:
    """``width`` and ``height`` in points of the upright page; ``turned`` by how many degrees it had to be.

    ``see`` renders the upright page on demand in colour, about 200 dpi: a text page that no rule looks at is
    never drawn. ``traces``: None where only a look can tell ink from print.
    """

    number: int
    width: float
    height: float
    read_by: ReadBy
    words: tuple[Word, ...]
    strokes: tuple[Stroke, ...]
    see: Callable[[], Picture]
    form: tuple[FormField, ...] = ()
    turned: int = 0
    note: str = ""
    traces: Traces | None = None

    @cached_property
    def colour(self) -> Picture:
        """The upright page in RGB."""
        return self.see()

    @cached_property
    def grey(self) -> Picture:
        """The upright page in grey."""
        colour = self.colour
        if colour.ndim == 2:
            return colour
        return np.asarray(cv2.cvtColor(colour, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
