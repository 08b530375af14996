"""What a form has written one character a cell, on a text page: letters side by side are words again.

"1 7 5" in three cells is 175, "E L   H A D J I" a name of two words. Labels, dates and names are then found
as everywhere else. A page of pixels is left as it is: `kinds.cerfa_combs` looks at its cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from dossier.reading import Box
from extractors.layout import around, lines_of
from extractors.leaf import Leaf
from extractors.page import Stroke, Word
from extractors.view import Run

_LEAST = 3
"""So many single characters side by side are cells."""

_EMPTY = 1.5
"""Cell widths between two characters from which a cell between them stands empty."""

_APART = 2.6
"""Cell widths between two characters that end a row of cells."""

_WIDE = 2.4
"""A cell is at most so many heights of its letter wide: what stands wider apart are columns."""


_SET_OFF = 0.6
"""Heights of a letter that a row of cells stands off what is before it, at least."""


def joined(leaves: Sequence[Leaf]) -> tuple[Leaf, ...]:
    """The leaves, those with rows of cells on a text layer laid out anew with whole words."""
    return tuple(_joined(leaf) for leaf in leaves)


def _joined(leaf: Leaf) -> Leaf:
    if leaf.ocr or not any(map(_has_cells, leaf.view.rows)):
        return leaf
    edges: list[Stroke] = []
    lines = [_cells(line.words) for line in lines_of(leaf.view.words)]
    long = [_pitch(row) for rows in lines for row in rows if len(row) >= 2 * _LEAST]
    pitch = median(long) if long else None
    words = [word for rows in lines for word in _of_line(rows, leaf.view.aspect, pitch, edges)]
    if len(words) == len(leaf.view.words):
        return leaf
    return Leaf(replace(leaf.page, words=tuple(words), strokes=(*leaf.page.strokes, *edges)))


def _has_cells(row: Sequence[Run]) -> bool:
    """Whether enough single characters stand side by side on a line; most pages have no such line."""
    side_by_side = 0
    for run in row:
        for word in run.line.words:
            side_by_side = side_by_side + 1 if _single(word) else 0
            if side_by_side == _LEAST:
                return True
    return False


def _single(word: Word) -> bool:
    return len(word.text) == 1 and (word.text.isalnum() or word.text in "/-'’.")


def _cells(words: Sequence[Word]) -> list[list[Word]]:
    """One line's words, those of one character side by side together."""
    rows: list[list[Word]] = []
    for word in words:
        if rows and _single(word) and _goes_on(rows[-1], word):
            rows[-1].append(word)
        else:
            rows.append([word])
    return rows


def _of_line(
    rows: Sequence[list[Word]], aspect: float, pitch: float | None, edges: list[Stroke]
) -> Iterator[Word]:
    """One line's words, its rows of cells joined; ``edges`` takes what parts them from their neighbours."""
    made = [_words(row, aspect, pitch) for row in rows]
    for (one, left), (two, right) in pairwise(zip(rows, made, strict=True)):
        if len(left) < len(one) or len(right) < len(two):
            x = (one[-1].box.x1 + two[0].box.x0) / 2
            low, high = one[-1].box, two[0].box
            edges.append(Stroke(x, min(low.y0, high.y0), x, max(low.y1, high.y1)))
            right[0] = _set_off(right[0], low.x1 + _SET_OFF * (high.y1 - high.y0) / aspect)
    for row in made:
        yield from row


def _set_off(word: Word, x: float) -> Word:
    """A word that begins no further left than ``x``: what stands in cells is no part of its label's line."""
    box = word.box
    return replace(word, box=Box(max(box.x0, min(x, (box.x0 + box.x1) / 2)), box.y0, box.x1, box.y1))


def _goes_on(row: Sequence[Word], word: Word) -> bool:
    if not _single(row[-1]):
        return False
    return len(row) < 2 or _center(word) - _center(row[-1]) <= _APART * _pitch(row)


def _words(row: list[Word], aspect: float, usual: float | None) -> list[Word]:
    """A row of cells as words, an empty cell being a blank; anything else as it is.

    Two figures are a row where they stand as far apart as the page's cells ``usual``ly do.
    """
    if len(row) < _LEAST:
        pair = len(row) == 2 and usual is not None and all(word.text.isdigit() for word in row)
        if not pair or usual is None or not 0.7 * usual < _pitch(row) < 1.4 * usual:
            return row
    pitch, high = _pitch(row), median(word.box.y1 - word.box.y0 for word in row)
    if pitch * aspect > _WIDE * high or sum(word.text.isalnum() for word in row) < min(_LEAST, len(row)):
        return row
    groups = [[row[0]]]
    for before, word in pairwise(row):
        if _center(word) - _center(before) > _EMPTY * pitch:
            groups.append([])
        groups[-1].append(word)
    made = []
    for index, group in enumerate(groups):
        box = around(word.box for word in group)
        if index + 1 < len(groups):  # an empty cell is a blank, no wider than others and not ruled
            box = Box(box.x0, box.y0, max(box.x1, groups[index + 1][0].box.x0 - 0.25 * high / aspect), box.y1)
        made.append(Word("".join(w.text for w in group), box, min(w.confidence for w in group)))
    return made


def _pitch(row: Sequence[Word]) -> float:
    return median(_center(b) - _center(a) for a, b in pairwise(row))


def _center(word: Word) -> float:
    return (word.box.x0 + word.box.x1) / 2
