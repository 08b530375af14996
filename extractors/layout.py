"""Words to lines and segments: reading order rebuilt from boxes, the same for text layers and OCR."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from dossier.reading import Box
from extractors.page import Word


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand on one line, left to right."""

    words: tuple[Word, ...]
    box: Box

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def confidence(self) -> float:
        """That of its least sure word."""
        return min(word.confidence for word in self.words)


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all of ``boxes`` (at least one)."""
    x0, y0, x1, y1 = zip(*((b.x0, b.y0, b.x1, b.y1) for b in boxes), strict=True)
    return Box(min(x0), min(y0), max(x1), max(y1))


def meet(one: Box, other: Box) -> bool:
    """Whether two boxes share some place."""
    return one.x0 < other.x1 and one.x1 > other.x0 and one.y0 < other.y1 and one.y1 > other.y0


def line_of(words: Sequence[Word]) -> Line:
    ordered = tuple(sorted(words, key=lambda word: word.box.x0))
    return Line(ordered, around(word.box for word in ordered))


def lines_of(words: Sequence[Word]) -> tuple[Line, ...]:
    """All words as lines over the whole width of the page, top to bottom.

    A word joins the line whose middle it covers; columns are told apart later, by `segments`. Dashes, dots
    and colons are too thin to have a middle of their own: they join whatever line they stand in.
    """
    held = sorted(words, key=lambda w: (w.box.y0 + w.box.y1, w.box.x0))
    usual = median(_tall(word) for word in held) if held else 0.0
    thin = {id(word) for word in held if _thin(word, usual)}
    rows: list[list[Word]] = []
    middles: list[tuple[float, float]] = []  # of each row, the usual middle and height of its words
    sorts: list[tuple[list[float], list[float]]] = []  # the middles and heights that they come from, sorted
    for word in (w for w in held if id(w) not in thin):
        middle, height = _middle(word), max(_tall(word), 1e-6)
        for place in range(len(rows) - 1, max(-1, len(rows) - 5), -1):
            center, tall = middles[place]
            if abs(center - middle) < 0.45 * min(tall, height) or _next_to(rows[place], word):
                rows[place].append(word)
                insort(sorts[place][0], middle)
                insort(sorts[place][1], height)
                middles[place] = (_median(sorts[place][0]), _median(sorts[place][1]))
                break
        else:
            rows.append([word])
            middles.append((middle, height))
            sorts.append(([middle], [height]))
    for word in (w for w in held if id(w) in thin):
        middle = _middle(word)
        near = [place for place, (center, tall) in enumerate(middles) if abs(center - middle) < 0.6 * tall]
        if near:
            rows[min(near, key=lambda place: abs(middles[place][0] - middle))].append(word)
        else:
            rows.append([word])
            middles.append((middle, _tall(word)))
    return tuple(sorted((line_of(row) for row in rows), key=lambda line: line.box.y0 + line.box.y1))


def _median(ordered: Sequence[float]) -> float:
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _middle(word: Word) -> float:
    return (word.box.y0 + word.box.y1) / 2


def _tall(word: Word) -> float:
    return word.box.y1 - word.box.y0


def _thin(word: Word, usual: float) -> bool:
    """Lower than letters are: a dash, a dot; what is no letter may be somewhat taller."""
    tall = _tall(word)
    return tall < 0.3 * usual or (tall < 0.75 * usual and not any(c.isalnum() for c in word.text))


def _next_to(row: Sequence[Word], word: Word) -> bool:
    """The word goes on right after one of the row, on its own level: print far aside must not part them."""
    height = word.box.y1 - word.box.y0
    return any(
        -0.002 < word.box.x0 - other.box.x1 < 0.012
        and abs(word.box.y0 - other.box.y0) < 0.15 * height
        and abs(word.box.y1 - other.box.y1) < 0.15 * height
        for other in row
    )


def segments(line: Line, aspect: float, blanks: float = 1.6) -> tuple[Line, ...]:
    """A line cut where a gap is wider than ``blanks`` times its height: columns, cells, label and value.

    ``aspect`` is the page's width over its height.
    """
    tall = median(word.box.y1 - word.box.y0 for word in line.words)
    runs: list[list[Word]] = [[line.words[0]]]
    for before, word in zip(line.words, line.words[1:], strict=False):
        if (word.box.x0 - before.box.x1) * aspect > blanks * tall:
            runs.append([])
        runs[-1].append(word)
    return parted(line, runs)


def parted(line: Line, pieces: Sequence[Sequence[Word]]) -> tuple[Line, ...]:
    """The pieces that a line's words were cut into; the line itself of one that was not."""
    return tuple(line_of(piece) for piece in pieces) if len(pieces) > 1 else (line,)
