"""Words that print parts: letters set apart ("F A C T U R E"), a first letter larger than those it leads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median, pstdev

from extractors.layout import around
from extractors.page import Word

_LEAST = 5
"""Pieces that a stretch has at least; of fewer, ordinary print has as many short words."""

_SHORT = 4
"""Letters of a piece, at most: some that are set closely stay together."""

_SINGLE = 0.5
"""The least share of pieces that are one letter."""

_WORDS = frozenset("aàyAÀYôÔ")
"""Letters that are words; of any others at least three stand alone where letters are set apart."""

_REACH = 2.6
"""Of a line's height: two words whose letters are set apart are no further from each other."""

_APART, _FAR_APART = 0.45, 1.0
"""Of a line's height: how far apart the letters of one word are set, at most; and those of a longer stretch,
which shows better that its letters are in no boxes."""

_LONG = 9
"""Pieces of such a longer stretch, at least."""

_BLANK = 1.7
"""A gap this many times as wide as those between letters parts two words."""


def closed_up(words: Sequence[Word], aspect: float) -> Iterator[Word]:
    """The words in their order, those whose letters are set apart made whole; ``aspect``: width to height."""
    held: list[Word] = []
    before: Word | None = None
    for word in words:
        piece = _is_piece(word)
        if held and not (piece and _beside(held[-1], word, aspect, _REACH)):
            yield from _closed(before, held, aspect)
            before, held = held[-1], []
        if piece:
            held.append(word)
        else:
            before = word
            yield word
    yield from _closed(before, held, aspect)


def _is_piece(word: Word) -> bool:
    return len(word.text) <= _SHORT and all(char.isalpha() or char in "'’" for char in word.text)


def _beside(left: Word, right: Word, aspect: float, reach: float) -> bool:
    """On one line, not further apart than ``reach`` heights of a line."""
    tall = left.box.y1 - left.box.y0
    low = min(tall, right.box.y1 - right.box.y0)  # a first letter may be the larger
    level = min(left.box.y1, right.box.y1) - max(left.box.y0, right.box.y0) > 0.6 * low
    return level and -0.1 * tall < (right.box.x0 - left.box.x1) * aspect < reach * tall


_TOUCHING = 0.05
"""Of a line's height: no blank between two words is as narrow."""


def with_capitals(words: Sequence[Word], aspect: float) -> list[Word]:
    """The words, with each single capital joined to the small letters that it touches: a decorated title."""
    held = list(words)
    for capital in [word for word in words if len(word.text) == 1 and word.text.isupper()]:
        tall = capital.box.y1 - capital.box.y0
        rest = next(
            (
                word
                for word in held
                if word.text[:1].islower()
                and abs(word.box.x0 - capital.box.x1) * aspect < _TOUCHING * tall
                and min(word.box.y1, capital.box.y1) - max(word.box.y0, capital.box.y0) > 0.5 * tall
            ),
            None,
        )
        if rest is not None:
            held[held.index(capital)] = _one((capital, rest))
            held.remove(rest)
    return held


def _closed(before: Word | None, pieces: Sequence[Word], aspect: float) -> Iterator[Word]:
    field = before is not None and bool(pieces) and (_is_piece(before) or before.text.endswith((":", "-")))
    if before is not None and field and _beside(before, pieces[0], aspect, 3.0):
        yield from pieces  # one letter a box, after the field's label or an empty box
        return
    singles = [p.text for p in pieces if len(p.text) == 1]
    if (
        len(pieces) < _LEAST
        or len(singles) < _SINGLE * len(pieces)
        or sum(text not in _WORDS for text in singles) < 3
    ):
        yield from pieces
        return
    gaps = [(b.box.x0 - a.box.x1) * aspect for a, b in pairwise(pieces)]
    usual, tall = median(gaps), median(p.box.y1 - p.box.y0 for p in pieces)
    most = _APART if len(pieces) < _LONG else _FAR_APART
    if not 0 < usual < most * tall or _in_boxes(pieces, [gap <= _BLANK * usual for gap in gaps]):
        yield from pieces
        return
    whole = [pieces[0]]
    for gap, piece in zip(gaps, pieces[1:], strict=True):
        if gap > _BLANK * usual:
            yield _one(whole)
            whole = []
        whole.append(piece)
    yield _one(whole)


def _in_boxes(pieces: Sequence[Word], close: Sequence[bool]) -> bool:
    """Letters in boxes have one distance from middle to middle; letters set apart, from edge to edge."""
    pairs = [pair for pair, near in zip(pairwise(pieces), close, strict=True) if near]
    gaps = [b.box.x0 - a.box.x1 for a, b in pairs]
    steps = [(b.box.x0 + b.box.x1 - a.box.x0 - a.box.x1) / 2 for a, b in pairs]
    return len(pairs) < 2 or pstdev(steps) < pstdev(gaps)


def _one(pieces: Sequence[Word]) -> Word:
    sure = min(piece.confidence for piece in pieces)
    text = "".join(piece.text for piece in pieces)
    return replace(pieces[0], text=text, box=around(p.box for p in pieces), confidence=sure)
