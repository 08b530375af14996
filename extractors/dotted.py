"""Ruled lines that are printed as rows of dots or short dashes, each a shape of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from extractors.page import Stroke

Dot = tuple[float, float, float, float]
"""Left, top, right, bottom of a small filled shape, in points."""

_STEP = 4.5
"""Points of a gap between two dots of one line, at most."""

_LEVEL = 0.6
"""Points by which the middles of two dots of one line differ, at most."""

_LEAST = 6
"""Dots that make a line, at least: fewer are an ellipsis, a colon, a leader's end."""


def dotted(dots: Iterable[Dot], width: float, height: float) -> Iterator[Stroke]:
    """The lines that ``dots`` make on a page of ``width`` by ``height`` points, level and upright."""
    held = list(dots)
    for at, start, end in _chains(((d[1] + d[3]) / 2, d[0], d[2]) for d in held):
        yield Stroke(start / width, at / height, end / width, at / height)
    for at, start, end in _chains(((d[0] + d[2]) / 2, d[1], d[3]) for d in held):
        yield Stroke(at / width, start / height, at / width, end / height)


def _chains(pieces: Iterable[tuple[float, float, float]]) -> Iterator[tuple[float, float, float]]:
    """Pieces (across, start, end) that follow one another closely on one line, as one."""
    lines: dict[int, list[tuple[float, float, float]]] = defaultdict(list)
    for piece in sorted(pieces):
        key = round(piece[0] / _LEVEL)
        near = next((k for k in (key, key - 1) if k in lines and piece[0] - lines[k][0][0] <= _LEVEL), key)
        lines[near].append(piece)
    for line in lines.values():
        line.sort(key=lambda piece: piece[1])
        count, (at, start, end) = 1, line[0]
        for _, begins, ends in line[1:]:
            if begins - end <= _STEP:
                count, end = count + 1, max(end, ends)
                continue
            if count >= _LEAST:
                yield at, start, end
            count, start, end = 1, begins, ends
        if count >= _LEAST:
            yield at, start, end
