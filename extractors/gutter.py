"""The blank between two columns of running text, where it is no wider than the blanks between words.

A blank that lines one under the other have in the same place is no chance: six lines are enough to tell.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from extractors.layout import Line
from extractors.page import Word

_FEWEST = 6
"""Lines on either side."""

_LETTERS = 20
"""Small letters a line has on either side on average: fewer are cells of a table."""

_WIDEST = 0.07
"""How wide the blank may be, in fractions of the page: wider ones part lines by themselves."""

_STEP = 0.002
_REACH = (0.3, 0.7)


@dataclass(frozen=True, slots=True)
class Gutter:
    """A blank strip at ``x``, from ``top`` to ``bottom``, in fractions of the page."""

    x: float
    top: float
    bottom: float

    def parts(self, words: Sequence[Word]) -> tuple[list[Word], list[Word], list[Word]]:
        """The words of the left column, those of the right one, and all others."""
        left: list[Word] = []
        right: list[Word] = []
        other: list[Word] = []
        for word in words:
            level = self.top - 0.002 <= (word.box.y0 + word.box.y1) / 2 <= self.bottom + 0.002
            side = left if word.box.x1 <= self.x else right if word.box.x0 >= self.x else other
            (side if level else other).append(word)
        return left, right, other


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Lines one under the other that no word of crosses a strip."""

    lines: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Side:
    """What a line has on one side of a strip: where it begins and ends, and how many signs it is long, blanks
    and all; ``solid`` without them, ``small`` of those small letters."""

    x0: float
    x1: float
    length: int
    solid: int
    small: int


def gutter_of(lines: Sequence[Line]) -> Gutter | None:
    """The longest gutter of a page, None where no text stands in two columns."""
    if len(lines) < _FEWEST:
        return None
    strips = _Strips.of(lines)
    best: tuple[_Stretch, float] | None = None
    width = 1
    edges = sorted(edge for line in lines for word in line.words for edge in (word.box.x0, word.box.x1))
    passed: tuple[int, int] | None = None
    found: _Stretch | None = None
    for step in strips.open():
        at = float(strips.steps[step])
        here = bisect_left(edges, at), bisect_right(edges, at)
        if here != passed:  # no word begins or ends between two steps: nothing has changed
            passed, found = here, strips.stretch(step)
        if found is not None:
            if best is None or found.lines > best[0].lines:
                best, width = (found, at), 1
            elif found == best[0] and abs(at - best[1] - width * _STEP) < 1e-6:
                width += 1
    if best is None:
        return None
    held, x = best
    middle = x + (width - 1) * _STEP / 2
    return Gutter(middle, lines[held.first].box.y0, lines[held.last].box.y1)


@dataclass(frozen=True, slots=True)
class _Strips:
    """All strips that may be a gutter, by their ``steps`` across the page, a line of the page a row:
    whether no word crosses it there (``blank``), and whether words stand on either side."""

    lines: Sequence[Line]
    steps: NDArray[np.float64]
    blank: NDArray[np.bool_]
    left: NDArray[np.bool_]
    right: NDArray[np.bool_]
    sides: dict[tuple[int, int], tuple[_Side, _Side]] = field(default_factory=dict)

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Strips:
        steps = np.arange(_REACH[0], _REACH[1], _STEP)
        begins = np.array([word.box.x0 for line in lines for word in line.words])
        ends = np.array([word.box.x1 for line in lines for word in line.words])
        rows = np.repeat(np.arange(len(lines)), [len(line.words) for line in lines])
        crossed = np.zeros((len(lines), len(steps) + 1), np.int32)
        np.add.at(crossed, (rows, np.searchsorted(steps, begins, "right")), 1)
        np.subtract.at(crossed, (rows, np.searchsorted(steps, ends, "left")), 1)
        return cls(
            lines,
            steps,
            np.cumsum(crossed, axis=1)[:, :-1] <= 0,
            np.array([line.words[0].box.x1 for line in lines])[:, None] <= steps,
            np.array([line.words[-1].box.x0 for line in lines])[:, None] >= steps,
        )

    def open(self) -> list[int]:
        """Where enough lines, wherever they stand on the page, leave a blank with words on either side."""
        lefts = (self.blank & self.left).sum(axis=0)
        rights = (self.blank & self.right).sum(axis=0)
        return [int(step) for step in np.flatnonzero((lefts >= _FEWEST) & (rights >= _FEWEST))]

    def stretch(self, step: int) -> _Stretch | None:
        """The longest stretch with enough lines and letters on both sides."""
        best: _Stretch | None = None
        closed = [-1, *np.flatnonzero(~self.blank[:, step]).tolist(), len(self.lines)]
        for before, stop in pairwise(closed):
            start = before + 1
            if stop - start < _FEWEST:
                continue
            has_left, has_right = self.left[start:stop, step], self.right[start:stop, step]
            if has_left.sum() < _FEWEST or has_right.sum() < _FEWEST:
                continue
            found = self._between(start, stop, float(self.steps[step]))
            if found is not None and (best is None or found.lines > best.lines):
                best = found
        return best

    def _between(self, start: int, stop: int, x: float) -> _Stretch | None:
        lefts: dict[int, _Side] = {}
        rights: dict[int, _Side] = {}
        for index in range(start, stop):
            words = self.lines[index].words
            cut = bisect_left(words, x, key=lambda word: word.box.x0)
            if (index, cut) not in self.sides:
                self.sides[index, cut] = _side(words[:cut]), _side(words[cut:])
            left, right = self.sides[index, cut]
            if cut:
                lefts[index] = left
            if cut < len(words):
                rights[index] = right
        if not _set(lefts.values()) or not _set(rights.values()):
            return None
        if min(side.x0 for side in rights.values()) - max(side.x1 for side in lefts.values()) > _WIDEST:
            return None
        if not _wide(lefts, rights):
            return None
        near = min(*lefts, *rights), max(*lefts, *rights)
        first = max(near[0], max(min(lefts), min(rights)) - 1)
        last = min(near[1], min(max(lefts), max(rights)) + 1)
        return _Stretch(min(len(lefts), len(rights)), first, last)


def _side(words: Sequence[Word]) -> _Side:
    text = "".join(word.text for word in words)
    solid = "".join(text.split())
    return _Side(
        min((word.box.x0 for word in words), default=0.0),
        max((word.box.x1 for word in words), default=0.0),
        len(text) + len(words) - 1,
        len(solid),
        sum(map(str.islower, solid)),
    )


def _wide(lefts: Mapping[int, _Side], rights: Mapping[int, _Side]) -> bool:
    """The blank is wider than words are set apart: in one column of text they may lie in line by chance."""
    gaps = [rights[index].x0 - side.x1 for index, side in lefts.items() if index in rights]
    letter = median((side.x1 - side.x0) / side.length for side in lefts.values())
    return not gaps or (median(gaps) > 1.8 * letter and min(gaps) > 0.7 * letter)


def _set(column: Iterable[_Side]) -> bool:
    """Lines set as running text: long ones, that begin at one edge, many of them full."""
    sides = list(column)
    solid, small = sum(side.solid for side in sides), sum(side.small for side in sides)
    if small < _LETTERS * len(sides) or small < 0.7 * solid:
        return False
    left, right = min(side.x0 for side in sides), max(side.x1 for side in sides)
    begun = sum(side.x0 - left < 0.015 for side in sides)
    full = sum(right - side.x1 < 0.25 * (right - left) for side in sides)
    return begun >= 0.75 * len(sides) and full >= 0.35 * len(sides)
