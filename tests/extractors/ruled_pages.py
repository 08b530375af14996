"""Pages with ruled tables set by hand: words in cells, rules around them, and a picture for the ink."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from dossier.reading import Box, ReadBy
from extractors.page import Page, Picture, Stroke, Word

WIDTH, HEIGHT = 595.0, 842.0
SCALE = 200 / 72


def words_at(x: float, y: float, text: str, confidence: float = 1.0) -> list[Word]:
    """Words of 9 points whose first begins at (x, y), in points."""
    found = []
    for word in text.split():
        wide = 4.6 * len(word)
        box = Box(x / WIDTH, y / HEIGHT, (x + wide) / WIDTH, (y + 9) / HEIGHT)
        found.append(Word(word, box, confidence))
        x += wide + 3
    return found


def level(y: float, x0: float, x1: float) -> Stroke:
    return Stroke(x0 / WIDTH, y / HEIGHT, x1 / WIDTH, y / HEIGHT)


def upright(x: float, y0: float, y1: float) -> Stroke:
    return Stroke(x / WIDTH, y0 / HEIGHT, x / WIDTH, y1 / HEIGHT)


class Sheet:
    """Draws a page: a table at a time, ink by cell."""

    def __init__(self, read_by: ReadBy = ReadBy.TEXT) -> None:
        self.read_by = read_by
        self.words: list[Word] = []
        self.strokes: list[Stroke] = []
        self.picture = np.full((round(HEIGHT * SCALE), round(WIDTH * SCALE), 3), 255, np.uint8)

    def table(self, left: float, top: float, widths: Sequence[float], rows: Sequence[Sequence[str]]) -> None:
        """A fully ruled table with rows of 24 points; ``//`` breaks a cell's line."""
        xs = [left, *(left + sum(widths[: i + 1]) for i in range(len(widths)))]
        ys = [top + 24 * i for i in range(len(rows) + 1)]
        self.strokes += [level(y, xs[0], xs[-1]) for y in ys] + [upright(x, ys[0], ys[-1]) for x in xs]
        for y in ys:
            self._line((xs[0], y), (xs[-1], y))
        for x in xs:
            self._line((x, ys[0]), (x, ys[-1]))
        for row, y in zip(rows, ys, strict=False):
            for text, x in zip(row, xs, strict=False):
                for i, line in enumerate(text.split("//")):
                    self.words += words_at(x + 3, y + 3 + 10 * i, line)

    def say(self, x: float, y: float, text: str) -> None:
        self.words += words_at(x, y, text)

    def sign(self, x: float, y: float, wide: float = 44.0, high: float = 14.0) -> None:
        """A wavy signature whose top left corner is (x, y)."""
        t = np.linspace(0, 1, 120)
        px = x + wide * t
        py = y + high / 2 + high / 2 * np.sin(t * 26) * (1.1 - t)
        points = np.column_stack([px, py]) * SCALE
        cv2.polylines(self.picture, [np.round(points).astype(np.int32)], False, (40, 30, 120), 3, cv2.LINE_AA)

    def shade(self, x: float, y: float, wide: float, high: float) -> None:
        """Greys a rectangle, as a cell that nobody is to sign in."""
        top, left = round(y * SCALE), round(x * SCALE)
        self.picture[top : top + round(high * SCALE), left : left + round(wide * SCALE)] = 225

    def stroke(self, one: tuple[float, float], two: tuple[float, float]) -> None:
        self._line(one, two, 3)

    def _line(self, one: tuple[float, float], two: tuple[float, float], thick: int = 2) -> None:
        a, b = (tuple(round(v * SCALE) for v in point) for point in (one, two))
        cv2.line(self.picture, a, b, (60, 60, 60), thick)

    def page(self, number: int = 1) -> Page:
        picture: Picture = self.picture
        return Page(
            number, WIDTH, HEIGHT, self.read_by, tuple(self.words), tuple(self.strokes), lambda: picture
        )
