"""Values written one character a box: letters set apart on the page are joined into words again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from dossier.reading import Box
from extractors.layout import around
from extractors.leaf import Leaf
from extractors.marks import Mark
from extractors.page import Word
from extractors.view import Passage, Run, passage_of

_REACH = 3.4
"""Box widths: a wider gap ends a row of boxes."""

_EMPTY = 1.7
"""Box widths between two characters from which a box between them stands empty."""


def is_single(word: Word) -> bool:
    return len(word.text.strip("|[]")) == 1


def unboxed(leaf: Leaf, mark: Mark, passage: Passage) -> Passage:
    """``passage`` with its rows of single characters joined to words, an empty box being a blank.

    A row that an empty box cut short is followed to its end, and to the next line where boxes alone stand
    under the label.
    """
    words = list(passage.words)
    rest: Sequence[Word] = ()
    if len(words) > 1 and all(is_single(word) for word in words[-2:]):
        words.extend(_followers(leaf, words))
        rest = _wrapped(leaf, mark, words[-1])
    joined: list[Word] = []
    row: list[Word] = []
    for word in words:
        if row and not (is_single(word) and _beside(row[-1], word)):
            joined.extend(_joined(row, leaf.view.aspect))
            row = []
        if is_single(word):
            row.append(word)
        else:
            joined.append(word)
    joined.extend(_joined(row, leaf.view.aspect))
    if rest:
        joined[-1:] = _one(joined[-1], _joined(rest, leaf.view.aspect))
    return passage_of(passage.page, passage.read_by, joined)


def _beside(before: Word, word: Word) -> bool:
    high = before.box.y1 - before.box.y0
    return (
        abs((before.box.y0 + before.box.y1) - (word.box.y0 + word.box.y1)) < high
        and word.box.x0 > before.box.x0
    )


def _center(word: Word) -> float:
    return (word.box.x0 + word.box.x1) / 2


def _pitch(row: Sequence[Word]) -> float:
    return median(_center(b) - _center(a) for a, b in pairwise(row))


def _joined(row: Sequence[Word], aspect: float) -> list[Word]:
    """Characters side by side as words; a single one, or two that stand far apart, stay as they are."""
    if len(row) < 2:
        return list(row)
    pitch = _pitch(row)
    high = median(word.box.y1 - word.box.y0 for word in row)
    if pitch * aspect > 2.2 * high:
        return list(row)
    groups: list[list[Word]] = [[row[0]]]
    for before, word in pairwise(row):
        if _center(word) - _center(before) > _EMPTY * pitch:
            groups.append([])
        groups[-1].append(word)
    return [
        Word("".join(w.text for w in group), around(w.box for w in group), min(w.confidence for w in group))
        for group in groups
    ]


def _one(first: Word, rest: Sequence[Word]) -> list[Word]:
    """A number cut by the end of the line is one number again; words stay apart."""
    pieces = [first, *rest]
    if not all(piece.text.isdigit() for piece in pieces):
        return pieces
    whole = Box(first.box.x0, first.box.y0, rest[-1].box.x1, rest[-1].box.y1)
    return [Word("".join(piece.text for piece in pieces), whole, min(piece.confidence for piece in pieces))]


def _followers(leaf: Leaf, words: Sequence[Word]) -> list[Word]:
    """The single characters that go on right of the passage on its line, past an empty box."""
    last = words[-1]
    tail = [word for word in words if _beside(word, last) or word is last]
    if len(tail) < 2:
        return []
    pitch, at = _pitch(tail), _center(last)
    found: list[Word] = []
    run = _run_of(leaf, last)
    if run is None:
        return []
    for other in leaf.view.rows[run.row]:
        if other.box.x0 <= last.box.x1 or leaf.labels.in_run(other):
            continue
        for word in other.line.words:
            if not is_single(word) or _center(word) - at > _REACH * pitch:
                return found
            found.append(word)
            at = _center(word)
    return found


def _wrapped(leaf: Leaf, mark: Mark, last: Word) -> tuple[Word, ...]:
    """The rest of a row of boxes that did not fit: a line of boxes alone that begins under the label."""
    run = _run_of(leaf, last)
    if run is None or run.line.words[-1] is not last or run.row + 1 >= len(leaf.view.rows):
        return ()
    for other in leaf.view.rows[run.row + 1]:
        starts = abs(other.box.x0 - mark.run.box.x0) < 0.012
        near = other.box.y0 - last.box.y1 < 1.2 * (last.box.y1 - last.box.y0)
        if starts and near and all(is_single(word) for word in other.line.words):
            return other.line.words
    return ()


def _run_of(leaf: Leaf, word: Word) -> Run | None:
    for run in leaf.view.runs:
        if any(held is word for held in run.line.words):
            return run
    return None
