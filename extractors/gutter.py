"""The blank between two columns of running text, where it is no wider than the blanks between words.

A blank that lines one under the other have in the same place is no chance: six lines are enough to tell.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from extractors.layout import Line, line_of
from extractors.page import Word

_Spans = list[tuple[float, float]]
"""Left and right of each word of a line."""

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


def gutter_of(lines: Sequence[Line]) -> Gutter | None:
    """The longest gutter of a page, None where no text stands in two columns."""
    best: tuple[_Stretch, float] | None = None
    width = 1
    at = _REACH[0]
    spans = [[(word.box.x0, word.box.x1) for word in line.words] for line in lines]
    edges = sorted(edge for words in spans for span in words for edge in span)
    passed: tuple[int, int] | None = None
    found: _Stretch | None = None
    while at < _REACH[1]:
        here = bisect_left(edges, at), bisect_right(edges, at)
        if here != passed:  # no word begins or ends between two steps: nothing has changed
            passed, found = here, _stretch(lines, spans, at)
        if found is not None:
            if best is None or found.lines > best[0].lines:
                best, width = (found, at), 1
            elif found == best[0] and abs(at - best[1] - width * _STEP) < 1e-6:
                width += 1
        at += _STEP
    if best is None:
        return None
    held, x = best
    middle = x + (width - 1) * _STEP / 2
    return Gutter(middle, lines[held.first].box.y0, lines[held.last].box.y1)


def _stretch(lines: Sequence[Line], spans: Sequence[_Spans], x: float) -> _Stretch | None:
    """The longest stretch at ``x`` with enough lines and letters on both sides."""
    best: _Stretch | None = None
    start = 0
    for index, words in enumerate([*spans, None]):
        if words is not None and not any(left < x < right for left, right in words):
            continue
        found = _between(lines, start, index, x) if _enough(spans[start:index], x) else None
        if found is not None and (best is None or found.lines > best.lines):
            best = found
        start = index + 1
    return best


def _enough(spans: Sequence[_Spans], x: float) -> bool:
    """Whether enough lines have words on either side: of most strips none has, and no line is built there."""
    return (
        len(spans) >= _FEWEST
        and sum(words[0][1] <= x for words in spans) >= _FEWEST
        and sum(words[-1][0] >= x for words in spans) >= _FEWEST
    )


def _between(lines: Sequence[Line], start: int, stop: int, x: float) -> _Stretch | None:
    lefts, rights = [], []
    for index in range(start, stop):
        left = [word for word in lines[index].words if word.box.x1 <= x]
        right = [word for word in lines[index].words if word.box.x0 >= x]
        lefts += [(index, line_of(left))] if left else []
        rights += [(index, line_of(right))] if right else []
    if not _set(lefts) or not _set(rights):
        return None
    if min(line.box.x0 for _, line in rights) - max(line.box.x1 for _, line in lefts) > _WIDEST:
        return None
    if not _wide(dict(lefts), dict(rights)):
        return None
    near = min(lefts[0][0], rights[0][0]), max(lefts[-1][0], rights[-1][0])
    first = max(near[0], max(lefts[0][0], rights[0][0]) - 1)
    last = min(near[1], min(lefts[-1][0], rights[-1][0]) + 1)
    return _Stretch(min(len(lefts), len(rights)), first, last)


def _wide(lefts: dict[int, Line], rights: dict[int, Line]) -> bool:
    """The blank is wider than words are set apart: in one column of text they may lie in line by chance."""
    gaps = [rights[index].box.x0 - line.box.x1 for index, line in lefts.items() if index in rights]
    letter = median((line.box.x1 - line.box.x0) / len(line.text) for line in lefts.values())
    return not gaps or (median(gaps) > 1.8 * letter and min(gaps) > 0.7 * letter)


def _set(column: Sequence[tuple[int, Line]]) -> bool:
    """Lines set as running text: long ones, that begin at one edge, many of them full."""
    lines = [line for _, line in column]
    signs = [char for line in lines for char in line.text if not char.isspace()]
    small = sum(char.islower() for char in signs)
    if small < _LETTERS * len(lines) or small < 0.7 * len(signs):
        return False
    left, right = min(line.box.x0 for line in lines), max(line.box.x1 for line in lines)
    begun = sum(line.box.x0 - left < 0.015 for line in lines)
    full = sum(right - line.box.x1 < 0.25 * (right - left) for line in lines)
    return begun >= 0.75 * len(lines) and full >= 0.35 * len(lines)
