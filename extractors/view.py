"""A page laid out for reading: runs of words (cells), blocks of runs (paragraphs), and any span's place.

A run is what stands together on one line: cut at wide gaps and where a ruled line passes. A block is runs
that follow one another downwards in one column, as a wrapped paragraph or a wrapped cell does.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from dossier.reading import Box, ReadBy
from extractors.french.letters import fold
from extractors.gutter import Gutter, gutter_of
from extractors.layout import Line, around, line_of, lines_of, parted, segments
from extractors.page import Page, Word
from extractors.spaced import closed_up, with_capitals

_LEFT_OPEN = re.compile(r"\b(?:intitulee?|denommee?|suivante?|action|stage|de|la|le|les|du|l'|d')$")
"""How a line of prose ends whose next word a lost quotation mark set apart."""


_LONG = 0.4
"""Of the page's width: a line of prose as long as this ends where the paper does, not where it is done."""


def clean(text: str) -> str:
    """NFC, one kind of apostrophe; keeps everything else as printed."""
    return unicodedata.normalize("NFC", text).replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words in reading order as one text with a blank between words; every span knows its words."""

    page: int
    read_by: ReadBy
    words: tuple[Word, ...]
    text: str
    starts: tuple[int, ...]

    def words_at(self, start: int, end: int) -> tuple[Word, ...]:
        first, last = max(0, bisect_right(self.starts, start) - 1), bisect_left(self.starts, end)
        if first < last and self.starts[first] + len(clean(self.words[first].text)) <= start:
            first += 1
        return self.words[first:last]

    def box(self, start: int, end: int) -> Box:
        held = self.words_at(start, end)
        return around(word.box for word in held) if held else around(word.box for word in self.words)

    def sureness(self, start: int, end: int) -> float:
        """Confidence of the least sure word of the span."""
        held = self.words_at(start, end)
        return min((word.confidence for word in held), default=0.0)

    def part(self, start: int, end: int) -> Passage:
        return passage_of(self.page, self.read_by, self.words_at(start, end))


def _double(before: Word, word: Word) -> bool:
    """The line's end cut a double name: "Anne-" over "Laure"."""
    return before.text[-2:-1].isalpha() and word.text[:1].isupper() and word.box.x1 < before.box.x0


def passage_of(page: int, read_by: ReadBy, words: Sequence[Word]) -> Passage:
    starts: list[int] = []
    text = ""
    for at, word in enumerate(words):
        text += " " if text and not (text[-1] == "-" and _double(words[at - 1], word)) else ""
        starts.append(len(text))
        text += clean(word.text)
    return Passage(page, read_by, tuple(words), text, tuple(starts))


_NARROW = 0.8
"""A gap of this many heights of a word parts no words of a line by itself, and is no blank either."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together on one line. ``row`` is the line it belongs to."""

    line: Line
    row: int
    passage: Passage
    height: float
    """The usual height of its words, in fractions of the page."""

    @property
    def box(self) -> Box:
        return self.line.box

    @property
    def text(self) -> str:
        return self.passage.text


@dataclass(frozen=True, slots=True)
class Block:
    """Runs that go on downwards in one column."""

    runs: tuple[Run, ...]
    passage: Passage

    @property
    def box(self) -> Box:
        return around(run.box for run in self.runs)


def _goes_on(above: Run, below: Run) -> bool:
    """A long line that ends in the middle of a sentence, over one that begins no other: wide-set prose."""
    return (
        above.box.x1 - above.box.x0 > _LONG
        and not above.text.rstrip().endswith((".", ":", ";", "!", "?"))
        and (below.text[:1].islower() or below.text[:1].isdigit() or above.text.endswith("-"))
    )


class View:
    """One page, laid out. Everything is computed once and on demand."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.aspect = page.width / page.height
        words = [word for word in page.words if word.text.strip()]
        if page.read_by is not ReadBy.OCR:
            words = with_capitals(tuple(closed_up(words, self.aspect)), self.aspect)
        self.words = tuple(words)

    @cached_property
    def rows(self) -> tuple[tuple[Run, ...], ...]:
        """Runs by line, top to bottom, each left to right."""
        if not self.words:
            return ()
        rows: list[tuple[Run, ...]] = []
        lines = [
            [piece for wide in segments(line, self.aspect) for piece in self._cut(wide)]
            for line in self._lines
        ]
        above: list[Line] = []
        for index, (pieces, below) in enumerate(zip(lines, [*lines[1:], []], strict=True)):
            aligned = [piece.box.x0 for piece in (*above[1:], *below[1:])]
            above = [piece for wide in pieces for piece in self._aligned(wide, aligned)]
            rows.append(tuple(self._run(piece, index) for piece in above))
        return tuple(self._unbroken(rows)) if self.page.read_by is ReadBy.OCR else tuple(rows)

    def _unbroken(self, rows: list[tuple[Run, ...]]) -> Iterator[tuple[Run, ...]]:
        """Joins lines of prose that a colon or a quotation mark lost by OCR left in two.

        The line before or after runs on over the gap, as it does in a paragraph and not in a table.
        """
        for index, row in enumerate(rows):
            if not 2 <= len(row) <= 4:
                yield row
                continue
            beside = [
                r[0] for r in (*rows[max(0, index - 1) : index], *rows[index + 1 : index + 2]) if len(r) == 1
            ]
            within = len(beside) == 2 and all(self._spans(other, row) for other in beside)
            pieces = [row[0]]
            for run in row[1:]:
                left = pieces[-1]
                gap = (run.box.x0 - left.box.x1) * self.aspect
                spanned = any(
                    abs(other.box.x0 - row[0].box.x0) < 0.02
                    and other.box.x1 > run.box.x0 + 0.03
                    and abs(other.box.y0 - run.box.y0) < 2.6 * self.tall
                    and not self.ruled_between(*sorted((other.box, left.box), key=lambda box: box.y0))
                    for other in beside
                )
                prose = len(left.text) >= 20 and len(left.line.words) >= 3 and left is pieces[0]
                goes_on = run.text[:1].islower() or bool(_LEFT_OPEN.search(fold(left.text)))
                if (
                    gap < 3.2 * self.tall
                    and (within or (prose and (spanned or goes_on)))
                    and not self.ruled_aside(left.box, run.box)
                ):
                    pieces[-1] = self._run(line_of([*left.line.words, *run.line.words]), index)
                else:
                    pieces.append(run)
            yield tuple(pieces)

    def _spans(self, line: Run, row: Sequence[Run]) -> bool:
        """A long line of prose right over or under a row that begins where it does and ends no further."""
        return (
            line.box.x1 - line.box.x0 > _LONG
            and abs(line.box.x0 - row[0].box.x0) < 0.02
            and row[-1].box.x1 < line.box.x1 + 0.02
            and abs(line.box.y0 - row[0].box.y0) < 2.6 * self.tall
            and not self.ruled_between(*sorted((line.box, row[0].box), key=lambda box: box.y0))
        )

    @cached_property
    def _lines(self) -> tuple[Line, ...]:
        """All lines, top to bottom; two columns of running text have lines of their own."""
        if self._gutter is None:
            return self._across
        lines = [line for words in self._gutter.parts(self.words) for line in lines_of(words)]
        return tuple(sorted(lines, key=lambda line: line.box.y0 + line.box.y1))

    @cached_property
    def _gutter(self) -> Gutter | None:
        return gutter_of(self._across)

    @cached_property
    def _across(self) -> tuple[Line, ...]:
        """All lines as if the page had one column."""
        return lines_of(self.words)

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        return tuple(run for row in self.rows for run in row)

    @cached_property
    def text(self) -> str:
        return "\n".join("   ".join(run.text for run in row) for row in self.rows)

    @cached_property
    def tall(self) -> float:
        """The usual height of a word."""
        return median(word.box.y1 - word.box.y0 for word in self.words) if self.words else 0.01

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Paragraphs and wrapped cells, top to bottom."""
        open_blocks: list[list[Run]] = []
        for run in self.runs:
            best: list[Run] | None = None
            for held in reversed(open_blocks[-24:]):
                if self.follows(held[-1], run, held):
                    best = held
                    break
            if best is None:
                open_blocks.append([run])
            else:
                best.append(run)
        return tuple(self.block(held) for held in open_blocks)

    def block(self, runs: Sequence[Run]) -> Block:
        return Block(tuple(runs), self.passage(word for run in runs for word in run.line.words))

    def passage(self, words: Iterable[Word]) -> Passage:
        return passage_of(self.page.number, self.page.read_by, list(words))

    def _run(self, line: Line, row: int) -> Run:
        height = median(word.box.y1 - word.box.y0 for word in line.words)
        return Run(line, row, self.passage(line.words), height)

    def follows(self, above: Run, below: Run, held: Sequence[Run] = ()) -> bool:
        """Whether ``below`` goes on ``above``: next line, one size, aligned, nothing ruled between."""
        if below.row <= above.row:
            return False
        small, large = sorted((above.height, below.height))
        if large > 1.5 * small:
            return False
        gap = below.box.y0 - above.box.y1
        if gap > (1.3 if _goes_on(above, below) else 0.75) * large or gap < -0.5 * large:
            return False
        step = 1.2 * large / self.aspect
        lefts = [run.box.x0 for run in held] or [above.box.x0]
        left = min(abs(below.box.x0 - edge) for edge in lefts) < step
        center = abs((above.box.x0 + above.box.x1) - (below.box.x0 + below.box.x1)) / 2 < 0.6 * step
        return (left or center) and not self.ruled_between(above.box, below.box)

    @cached_property
    def _level(self) -> tuple[tuple[float, float, float], ...]:
        return tuple((s.y0, s.x0, s.x1) for s in self.page.strokes if s.horizontal and s.x1 - s.x0 > 0.02)

    @cached_property
    def _upright(self) -> tuple[tuple[float, float, float], ...]:
        return tuple(
            (s.x0, s.y0, s.y1)
            for s in self.page.strokes
            if not s.horizontal and s.y1 - s.y0 > 0.6 * self.tall
        )

    def ruled_between(self, above: Box, below: Box) -> bool:
        """A level line passes between two boxes one above the other."""
        low, high = (above.y0 + above.y1) / 2, (below.y0 + below.y1) / 2
        x0, x1 = max(above.x0, below.x0), min(above.x1, below.x1)
        middle = (x0 + x1) / 2
        return any(low < y < high and sx0 - 0.005 <= middle <= sx1 + 0.005 for y, sx0, sx1 in self._level)

    def ruled_aside(self, left: Box, right: Box) -> bool:
        """An upright line passes between two boxes side by side."""
        middle = (max(left.y0, right.y0) + min(left.y1, right.y1)) / 2
        return any(
            left.x1 - 0.004 <= x <= right.x0 + 0.004 and y0 <= middle <= y1 for x, y0, y1 in self._upright
        )

    def _cut(self, line: Line) -> tuple[Line, ...]:
        runs: list[list[Word]] = [[line.words[0]]]
        for before, word in zip(line.words, line.words[1:], strict=False):
            boxed = len(before.text) == 1 and len(word.text) == 1
            wide = (word.box.x0 - before.box.x1) * self.aspect > 0.4 * self.tall
            if wide and not boxed and self.ruled_aside(before.box, word.box):
                runs.append([])
            runs[-1].append(word)
        return parted(line, runs)

    def _aligned(self, line: Line, starts: Sequence[float]) -> tuple[Line, ...]:
        """A line cut at a narrow gap after which a word begins where one of its neighbours' pieces does."""
        runs: list[list[Word]] = [[line.words[0]]]
        for before, word in zip(line.words, line.words[1:], strict=False):
            wide = (word.box.x0 - before.box.x1) * self.aspect > _NARROW * self.tall
            goes_on = before.text[-1:].islower() and word.text[:1].islower()
            begins = any(abs(word.box.x0 - start) * self.aspect < 0.1 * self.tall for start in starts)
            if wide and begins and not goes_on:
                runs.append([])
            runs[-1].append(word)
        return parted(line, runs)

    def in_column(self, box: Box, slack: float = 0.0) -> list[Run]:
        """Runs that overlap ``box`` sideways, top to bottom."""
        return [run for run in self.runs if run.box.x0 < box.x1 + slack and run.box.x1 > box.x0 - slack]
