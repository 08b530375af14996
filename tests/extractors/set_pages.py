"""Pages set by hand, line by line, as a text layer would give them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from dossier.reading import Box, ReadBy
from extractors.leaf import Leaf
from extractors.page import Page, Picture, Word

_WIDTH, _HEIGHT = 595.0, 842.0
Line = str | tuple[str, float] | tuple[str, float, float]
"""A line of 11 points; or with its size; or with its size and how far down it stands, from 0 to 1."""


def _unseen() -> Picture:
    raise AssertionError("no rule under test looks at the picture")


def white() -> Picture:
    """A4 at 100 points an inch, with nothing on it: the picture of a page that nobody signed."""
    return np.full((1170, 827, 3), 255, np.uint8)


def unsigned(*lines: Line) -> Leaf:
    """A page of these lines on white paper: places to sign may be looked at."""
    return Leaf(replace(leaf(*lines).page, see=white))


def _words(lines: tuple[Line, ...]) -> Iterator[Word]:
    down = 60.0
    for line in lines:
        text, size, at = (line, 11.0, None) if isinstance(line, str) else (*line, None)[:3]
        if at is not None:
            down = at * _HEIGHT
        for cell_at, cell in enumerate(text.split(" | ")):
            left = 60.0 + 170.0 * cell_at
            for word in cell.split():
                wide = 0.5 * size * len(word)
                yield Word(
                    word,
                    Box(left / _WIDTH, down / _HEIGHT, (left + wide) / _WIDTH, (down + size) / _HEIGHT),
                )
                left += wide + 0.28 * size
        down += 1.9 * size


def leaf(*lines: Line, number: int = 1, read_by: ReadBy = ReadBy.TEXT) -> Leaf:
    """A page of these lines. `` | `` parts the cells of a row."""
    return Leaf(Page(number, _WIDTH, _HEIGHT, read_by, tuple(_words(lines)), (), _unseen))


def placed(*runs: tuple[float, float, str], number: int = 1, read_by: ReadBy = ReadBy.TEXT) -> Leaf:
    """A page of runs of words, each with its left and top from 0 to 1: columns that don't line up."""
    words = []
    for left, top, text in runs:
        for word in text.split():
            right = left + 0.5 * 11 * len(word) / _WIDTH
            words.append(Word(word, Box(left, top, right, top + 11 / _HEIGHT)))
            left = right + 0.28 * 11 / _WIDTH
    return Leaf(Page(number, _WIDTH, _HEIGHT, read_by, tuple(words), (), _unseen))
