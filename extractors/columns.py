"""Columns of a table without upright rules: from blank corridors between words, and from its headings."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence

from dossier.reading import Box
from extractors.layout import Line, around, lines_of, segments
from extractors.page import Word

APART = 0.9
"""Heights of a word between two cells of one line, at least."""

_BLANK = 0.5
"""Heights of a word that no blank between two words is wide."""

_LEGIBLE = 0.6
"""The least confidence of a word that holds writing rather than ink."""

_HEADING = 8
"""The headings of columns stand among so many first rows."""


def corridors(rows: Sequence[Sequence[Box]], x0: float, x1: float) -> list[float]:
    """Edges of the columns: the middle of each upright strip that words of hardly any row cross.

    A row of one piece is a title over several columns, or tells nothing of them.
    """
    steps = 400
    crossed: Counter[int] = Counter()
    filled = [row for row in rows if len(row) > 1] or [row for row in rows if row]
    for row in filled:
        covered: set[int] = set()
        for box in row:
            first = int((box.x0 - x0) / (x1 - x0) * steps)
            last = int((box.x1 - x0) / (x1 - x0) * steps)
            covered.update(range(max(first, 0), min(last, steps - 1) + 1))
        crossed.update(covered)
    most = 0.12 * len(filled)
    edges, start = [x0], None
    for step in range(steps + 1):
        empty = step < steps and crossed[step] <= most
        if empty and start is None:
            start = step
        elif not empty and start is not None:
            if start > 0 and step < steps and step - start >= 3:
                edges.append(x0 + (step - 1.5) / steps * (x1 - x0))
            start = None
    return [*edges, x1]


def headed(rows: Sequence[Sequence[Line]], places: list[float], aspect: float) -> list[float]:
    """The columns that the row of headings names: blank ones told apart, unnamed ones joined."""
    for at, lines in enumerate(rows[:_HEADING]):
        words = [word for line in lines for word in line.words]
        heads = _side_by_side(piece.box for line in lines for piece in segments(line, aspect, APART))
        if len(heads) < 3 or not all(_worded(head, words) for head in heads):
            continue
        below = [[word for line in row for word in line.words] for row in rows[at + 1 :]]
        places = _uncut(places, heads, [[word.box for word in row] for row in below])
        places = _parted(places, heads, below, _centred(heads, words))
        middles = [(word.box.x0 + word.box.x1) / 2 for word in words]
        kept = [
            edge
            for edge, after in itertools.pairwise(places)
            if edge == places[0] or any(edge <= middle < after for middle in middles)
        ]
        return [*kept, places[-1]]
    return places


def _uncut(places: Sequence[float], heads: Sequence[Box], rows: Sequence[Sequence[Box]]) -> list[float]:
    """``places`` without those inside a heading, but for the ones that part words in many rows below."""

    def parts(at: float, low: float, high: float) -> bool:
        both = sum(
            any(low <= box.x0 < at for box in row) and any(at <= box.x0 < high for box in row) for row in rows
        )
        return both >= max(2, 0.3 * len(rows))

    inner = [
        at
        for low, at, high in zip(places, places[1:], places[2:], strict=False)
        if not any(head.x0 < at < head.x1 for head in heads) or parts(at, low, high)
    ]
    return [places[0], *inner, places[-1]]


def _centred(heads: Sequence[Box], words: Sequence[Word]) -> bool:
    """Whether headings of several lines have them one under another's middle."""
    offs: list[tuple[float, float]] = []
    for head in heads:
        held = [word for word in words if head.x0 <= (word.box.x0 + word.box.x1) / 2 <= head.x1]
        lines = lines_of(held)
        if len(lines) > 1:
            lefts = [line.box.x0 for line in lines]
            middles = [(line.box.x0 + line.box.x1) / 2 for line in lines]
            offs.append((max(lefts) - min(lefts), max(middles) - min(middles)))
    return bool(offs) and sum(middle for _, middle in offs) < 0.5 * sum(left for left, _ in offs)


def _worded(head: Box, words: Sequence[Word]) -> bool:
    """Whether a heading's first line has no figure: what it announces, the times under it aside."""
    held = [word for word in words if head.x0 <= (word.box.x0 + word.box.x1) / 2 <= head.x1]
    top = min(word.box.y0 + word.box.y1 for word in held)
    tall = max(word.box.y1 - word.box.y0 for word in held)
    first = [word for word in held if word.box.y0 + word.box.y1 < top + tall]
    return not any(c.isdigit() for word in first for c in word.text)


def _side_by_side(boxes: Iterable[Box]) -> list[Box]:
    """Boxes one above another as one, left to right."""
    found: list[Box] = []
    for box in sorted(boxes, key=lambda box: box.x0):
        if found and box.x0 < found[-1].x1:
            found[-1] = around([found[-1], box])
        else:
            found.append(box)
    return found


def _parted(
    places: list[float], heads: Sequence[Box], rows: Sequence[Sequence[Word]], centred: bool
) -> list[float]:
    """``places`` with an edge wherever two headings share a column and no word below stands between them.

    A column to sign in holds no words, so no corridor parts it from its neighbour. Its edge stands as far
    left of its heading as the table begins left of its first one, or midway where headings are centred.
    """
    found = list(places)
    margin = max(0.004, min(0.02, heads[0].x0 - places[0]))
    below = [word for row in rows for word in row]
    worn = any(word.confidence < 1 for word in below)
    scrawled = len(rows) // 5 if worn else 0
    for left, right in itertools.pairwise(heads):
        if any(left.x1 <= at <= right.x0 for at in places):
            continue
        ends = sorted(
            word.box.x1
            for word in below
            if word.confidence >= _LEGIBLE and left.x0 - margin < word.box.x0 < right.x0
        )
        stray = max(len(ends) // 5, scrawled)  # ink may have been read as words
        free = max([left.x1, *ends[: max(0, len(ends) - stray)]])
        if free < right.x0:
            least = (free + right.x0) / 2
            midway = (left.x0 + left.x1 + right.x0 + right.x1) / 4
            found.append(max(free, min(midway, least)) if centred else max(least, right.x0 - margin))
    return sorted(found)


def spans(pieces: Sequence[Box], edges: Sequence[float]) -> list[tuple[int, int]]:
    """The cells of one row as (column, columns spanned): a piece of text over several columns merges them."""
    last = len(edges) - 2
    reach = list(range(last + 1))
    for box in pieces:
        first = max((i for i in range(last + 1) if edges[i] <= box.x0 + 0.004), default=0)
        end = max((i for i in range(last + 1) if edges[i] < box.x1 - 0.004), default=first)
        reach[first] = max(reach[first], end)
    spans, col = [], 0
    while col <= last:
        end = reach[col]
        inner = col
        while inner < end:
            inner += 1
            end = max(end, reach[inner])
        spans.append((col, end - col + 1))
        col = end + 1
    return spans


def at_edges(piece: Line, places: Sequence[float], aspect: float) -> list[Box]:
    """A piece of text cut where an edge passes through more than a blank between two of its words."""
    runs: list[list[Box]] = [[piece.words[0].box]]
    for before, word in itertools.pairwise(piece.words):
        gap = (word.box.x0 - before.box.x1) * aspect
        wide = gap > _BLANK * (before.box.y1 - before.box.y0)
        if wide and any(before.box.x1 <= at <= word.box.x0 for at in places):
            runs.append([])
        runs[-1].append(word.box)
    return [around(run) for run in runs]
