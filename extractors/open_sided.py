"""Tables of pixels whose level rules pass their outermost upright line: a side that was not ruled, or whose
dotted or pale line was lost in scanning, with cells of its own.

Such a table is read by its level rules, and by the blank corridors between words together with the upright
lines that were seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dossier.reading import Box

Band = tuple[float, float]
"""Top and bottom of a row, in fractions of the page."""

_LEAST = 4
"""Level rules of such a table, at least."""

_LONG = 0.6
"""The share of the widest rule's length from which a rule is one of the table, and no underline."""

_ALIKE = 0.012
"""Fractions of the page within which such rules begin, or end, at one place."""

_OUT = 0.06
"""Fractions of the page's width that they pass the upright lines by, at least: a column's width."""

_MOST = 0.8
"""The least share of them that do."""

_NEAR = 0.03
"""Fractions of the page's width within which a corridor's middle and an upright line are one edge."""

_SLACK = 0.004
"""Fractions of the page's width by which text may pass the edge of its column."""


@dataclass(frozen=True, slots=True)
class Upright:
    """An upright line in fractions of the page."""

    x: float
    y0: float
    y1: float


def is_open(level: Sequence[tuple[float, float]], upright: Sequence[float]) -> bool:
    """Whether a group's ``level`` rules, as x0 and x1, go on beyond all its ``upright`` lines on one side."""
    if not upright or len(level) < _LEAST:
        return False
    widest = max(x1 - x0 for x0, x1 in level)
    held = [(x0, x1) for x0, x1 in level if x1 - x0 > _LONG * widest]
    if len(held) < _LEAST:
        return False
    left, right = min(x0 for x0, _ in held), max(x1 for _, x1 in held)
    begin = sum(x0 < left + _ALIKE for x0, _ in held) >= _MOST * len(held)
    end = sum(x1 > right - _ALIKE for _, x1 in held) >= _MOST * len(held)
    return (begin and min(upright) - left > _OUT) or (end and right - max(upright) > _OUT)


def with_uprights(
    places: Sequence[float], seen: Sequence[Upright], bands: Sequence[Band], pieces: Sequence[Box]
) -> list[float]:
    """The columns' edges with the lines ``seen`` through most of a table's ``bands``.

    A corridor's middle near such a line gives way to it, and so does one with none of the table's ``pieces``
    of text between them.
    """
    first, last, top, bottom = places[0], places[-1], bands[0][0], bands[-1][1]
    lines = [
        one.x
        for one in seen
        if min(one.y1, bottom) - max(one.y0, top) > 0.5 * (bottom - top)
        and first + _ALIKE < one.x < last - _ALIKE
    ]

    def one_edge(place: float, line: float) -> bool:
        low, high = min(place, line), max(place, line)
        between = any(low - _SLACK < box.x0 and box.x1 < high + _SLACK for box in pieces)
        crossed = any(low < other < high for other in lines)
        return high - low < _NEAR or not (between or crossed)

    kept = [place for place in places[1:-1] if not any(one_edge(place, line) for line in lines)]
    return [first, *sorted([*kept, *lines]), last]


def centred(
    held: Sequence[tuple[int, int]], pieces: Sequence[Box], places: Sequence[float]
) -> list[tuple[int, int]]:
    """Column and span of a heading row's cells, those over two columns that their text stands amid.

    ``held``: as the columns' edges ``places`` tell, a cell for every column.
    """
    found = list(held)
    for box in pieces:
        middle = (box.x0 + box.x1) / 2
        at = next((n for n, (col, n_cols) in enumerate(found) if _holds(places, col, n_cols, middle)), None)
        if at is None or found[at][1] != 1:
            continue
        own = found[at][0]
        if abs((places[own] + places[own + 1]) / 2 - middle) < 2 * _ALIKE:
            continue
        for other in (at - 1, at + 1):
            if not 0 <= other < len(found) or found[other][1] != 1:
                continue
            low = min(own, found[other][0])
            blank = not any(_holds(places, found[other][0], 1, (b.x0 + b.x1) / 2) for b in pieces)
            if blank and abs((places[low] + places[low + 2]) / 2 - middle) < _ALIKE:
                found[min(at, other) : max(at, other) + 1] = [(low, 2)]
                break
    return found


def _holds(places: Sequence[float], col: int, span: int, x: float) -> bool:
    return places[col] <= x < places[col + span]
