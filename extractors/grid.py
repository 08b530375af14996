"""Tables of a page, one representation for vector and pixel: from ruled lines, else from words.

A lattice is laid through all lines of a group; a wall between two neighbours stands where ruled line covers
at least half of it, so broken lines of scans and ink that cuts a line lose no cell. Where only level lines
are ruled, or none, columns come from the blank corridors between words.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from dossier.reading import Box
from extractors.layout import around, lines_of, segments
from extractors.page import Page, Stroke, Word

_SNAP = 3.0
"""Points within which lines are the same line."""

_JOIN = 8.0
"""Points of a gap that a broken line may have."""

_WALL = 0.5
"""The least share of a wall that ruled line covers."""

_LEAST_SIDE = 5.0
"""Points below which a lattice step is a doubled line, not a row or column."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table. ``row`` and ``col`` count from 0; spans are in lattice steps."""

    box: Box
    row: int
    col: int
    rowspan: int
    colspan: int
    words: tuple[Word, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(line.text for line in lines_of(self.words)) if self.words else ()

    @property
    def text(self) -> str:
        """The words in reading order; a name broken after its hyphen is whole again."""
        text = ""
        for line in self.lines:
            text = text + line if text.endswith("-") and text[-2:-1].isalpha() else f"{text} {line}"
        return text.strip()


@dataclass(frozen=True)
class Table:
    """Cells in reading order. ``ruled``: its columns were drawn, not found from words."""

    box: Box
    cells: tuple[Cell, ...]
    rows: int
    columns: int
    ruled: bool

    @cached_property
    def _places(self) -> dict[tuple[int, int], Cell]:
        return {
            (row, col): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.rowspan)
            for col in range(cell.col, cell.col + cell.colspan)
        }

    def at(self, row: int, col: int) -> Cell | None:
        """The cell that covers this place of the lattice."""
        return self._places.get((row, col))

    def row(self, row: int) -> tuple[Cell, ...]:
        """The cells that cover this row, left to right, each once."""
        held = (self.at(row, col) for col in range(self.columns))
        return tuple(dict.fromkeys(cell for cell in held if cell is not None))


@dataclass(frozen=True, slots=True)
class _Line:
    """A ruled line in points: at ``at`` across, from ``start`` to ``end`` along."""

    at: float
    start: float
    end: float


def tables(page: Page) -> tuple[Table, ...]:
    """All tables of the page, top to bottom; unruled ones only where no ruled one was found."""
    drawn = _points(page, page.strokes, horizontal=False)
    level, upright = _merged(_points(page, page.strokes, horizontal=True)), _merged(drawn)
    found: list[Table] = []
    weak: list[Table] = []
    for ys, xs in _apart(_connected(level, upright), drawn):
        rows, columns = _places(ys), _places(xs)
        if len(rows) >= 2 and len(columns) >= 2:
            table = _lattice(page, ys, xs, rows, columns)
            if table is not None:
                (found if table.rows >= 2 and table.columns >= 2 else weak).append(table)
    found.extend(_banded(page, level, [table.box for table in found]))
    found.extend(table for table in weak if not _inside(table.box, [other.box for other in found]))
    if not any(table.rows >= 3 and table.columns >= 2 for table in found):
        found.extend(_aligned(page, [table.box for table in found]))
    return tuple(sorted(found, key=lambda table: (table.box.y0, table.box.x0)))


def _points(page: Page, strokes: Iterable[Stroke], horizontal: bool) -> list[_Line]:
    wide, high = page.width, page.height
    if horizontal:
        return [_Line(s.y0 * high, s.x0 * wide, s.x1 * wide) for s in strokes if s.horizontal]
    return [_Line(s.x0 * wide, s.y0 * high, s.y1 * high) for s in strokes if not s.horizontal]


def _merged(lines: list[_Line]) -> list[_Line]:
    """Lines side by side brought to one place, and pieces of one line joined."""
    groups: list[list[_Line]] = []
    for line in sorted(lines, key=lambda one: one.at):
        if groups and line.at - groups[-1][-1].at <= _SNAP and line.at - groups[-1][0].at <= 2 * _SNAP:
            groups[-1].append(line)
        else:
            groups.append([line])
    joined: list[_Line] = []
    for group in groups:
        at = median(line.at for line in group)
        start = end = None
        for line in sorted(group, key=lambda one: one.start):
            if start is None or end is None:
                start, end = line.start, line.end
            elif line.start <= end + _JOIN:
                end = max(end, line.end)
            else:
                joined.append(_Line(at, start, end))
                start, end = line.start, line.end
        if start is not None and end is not None:
            joined.append(_Line(at, start, end))
    return joined


def _connected(level: list[_Line], upright: list[_Line]) -> list[tuple[list[_Line], list[_Line]]]:
    """Groups of lines that cross or touch one another, as (level, upright)."""
    parent = list(range(len(level) + len(upright)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, h in enumerate(level):
        for j, v in enumerate(upright):
            touches = h.start - _JOIN <= v.at <= h.end + _JOIN and v.start - _JOIN <= h.at <= v.end + _JOIN
            if touches:
                parent[root(i)] = root(len(level) + j)
    groups: dict[int, tuple[list[_Line], list[_Line]]] = defaultdict(lambda: ([], []))
    for i, line in enumerate(level):
        groups[root(i)][0].append(line)
    for j, line in enumerate(upright):
        groups[root(len(level) + j)][1].append(line)
    return list(groups.values())


def _apart(
    groups: Iterable[tuple[list[_Line], list[_Line]]], drawn: Sequence[_Line]
) -> Iterator[tuple[list[_Line], list[_Line]]]:
    """Groups cut where no upright line, as ``drawn``, passes from one level line to the next: two tables."""
    for level, upright in groups:
        cuts = [
            (a + b) / 2
            for a, b in itertools.pairwise(_places(level))
            if not any(min(v.end, b) - max(v.start, a) > _WALL * (b - a) for v in drawn)
        ]
        for low, high in itertools.pairwise([-math.inf, *cuts, math.inf]):
            inside = [line for line in level if low < line.at < high]
            if not inside:  # upright lines alone are no table
                continue
            ends = (min(line.at for line in inside), max(line.at for line in inside))
            passing = [
                _Line(v.at, max(v.start, ends[0]), min(v.end, ends[1]))
                for v in upright
                if min(v.end, ends[1]) - max(v.start, ends[0]) > _LEAST_SIDE
            ]
            yield inside, passing


def _places(lines: Iterable[_Line]) -> list[float]:
    """Where lines stand, doubled ones once."""
    places: list[float] = []
    for at in sorted({line.at for line in lines}):
        if not places or at - places[-1] >= _LEAST_SIDE:
            places.append(at)
    return places


def _cover(lines: Sequence[_Line], at: float, start: float, end: float) -> float:
    """The share of a wall at ``at`` from ``start`` to ``end`` that lines cover."""
    covered = 0.0
    for line in lines:
        if abs(line.at - at) < _LEAST_SIDE:
            covered += max(0.0, min(line.end, end) - max(line.start, start))
    return covered / max(end - start, 1e-6)


def _lattice(
    page: Page, level: list[_Line], upright: list[_Line], ys: list[float], xs: list[float]
) -> Table | None:
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows * columns > 4000:
        return None
    parent = {(row, col): (row, col) for row in range(rows) for col in range(columns)}

    def root(place: tuple[int, int]) -> tuple[int, int]:
        while parent[place] != place:
            place = parent[place]
        return place

    for row in range(rows):
        for col in range(columns):
            right, below = (row, col + 1), (row + 1, col)
            if col + 1 < columns and _cover(upright, xs[col + 1], ys[row], ys[row + 1]) < _WALL:
                parent[root(right)] = root((row, col))
            if row + 1 < rows and _cover(level, ys[row + 1], xs[col], xs[col + 1]) < _WALL:
                parent[root(below)] = root((row, col))
    groups: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for place in parent:
        groups[root(place)].append(place)
    spans: list[tuple[int, int, int, int]] = []
    for places in groups.values():
        spans.extend(_rectangles(places))
    boxes = [
        (span, Box(xs[span[1]] / page.width, ys[span[0]] / page.height,
                   xs[span[1] + span[3]] / page.width, ys[span[0] + span[2]] / page.height))
        for span in sorted(spans)
    ]  # fmt: skip
    if len(boxes) < 2:
        return None
    return Table(
        Box(xs[0] / page.width, ys[0] / page.height, xs[-1] / page.width, ys[-1] / page.height),
        _filled(page.words, boxes),
        rows,
        columns,
        ruled=True,
    )


def _rectangles(places: list[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """A merged group as (row, col, rowspan, colspan); one that is no rectangle falls back to rows of runs."""
    rows, cols = [p[0] for p in places], [p[1] for p in places]
    high, wide = max(rows) - min(rows) + 1, max(cols) - min(cols) + 1
    if high * wide == len(places):
        return [(min(rows), min(cols), high, wide)]
    held = set(places)
    spans = []
    for row in sorted(set(rows)):
        start = None
        for col in range(min(cols), max(cols) + 2):
            if (row, col) in held:
                start = col if start is None else start
            elif start is not None:
                spans.append((row, start, 1, col - start))
                start = None
    return spans


def _filled(words: Sequence[Word], boxes: list[tuple[tuple[int, int, int, int], Box]]) -> tuple[Cell, ...]:
    """Cells with the words whose middle they hold."""
    held: list[list[Word]] = [[] for _ in boxes]
    for word in words:
        x, y = (word.box.x0 + word.box.x1) / 2, (word.box.y0 + word.box.y1) / 2
        for index, (_, box) in enumerate(boxes):
            if box.x0 <= x < box.x1 and box.y0 <= y < box.y1:
                held[index].append(word)
                break
    return tuple(
        Cell(box, *span, words=tuple(inside)) for (span, box), inside in zip(boxes, held, strict=True)
    )


def _inside(box: Box, others: Sequence[Box]) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return any(o.x0 <= x <= o.x1 and o.y0 - 0.005 <= y <= o.y1 + 0.005 for o in others)


def _banded(page: Page, level: list[_Line], taken: Sequence[Box]) -> list[Table]:
    """Tables with level lines alone: bands of one width under each other, columns from the words."""
    by_width: list[list[_Line]] = []
    for line in sorted(level, key=lambda one: one.at):
        middle = Box(
            line.start / page.width, line.at / page.height, line.end / page.width, line.at / page.height
        )
        if line.end - line.start < 0.3 * page.width or _inside(middle, taken):
            continue
        for group in by_width:
            last = group[-1]
            same = abs(last.start - line.start) < 2 * _JOIN and abs(last.end - line.end) < 2 * _JOIN
            if same and line.at - last.at < 0.08 * page.height:
                group.append(line)
                break
        else:
            by_width.append([line])
    found = []
    for group in by_width:
        ys = _places(group)
        if len(ys) < 4:
            continue
        x0, x1 = median(g.start for g in group) / page.width, median(g.end for g in group) / page.width
        bands = _even([(a / page.height, b / page.height) for a, b in itertools.pairwise(ys)])
        table = _of_bands(page, _with_header(page, bands, x0, x1), x0, x1)
        if table is not None:
            found.append(table)
    return found


def _even(bands: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The bands without what stands above or below them and only happens to be as wide."""
    usual = median(b - a for a, b in bands)
    while len(bands) > 2 and bands[0][1] - bands[0][0] > 2 * usual:
        bands = bands[1:]
    while len(bands) > 2 and bands[-1][1] - bands[-1][0] > 2 * usual:
        bands = bands[:-1]
    return bands


def _with_header(
    page: Page, bands: list[tuple[float, float]], x0: float, x1: float
) -> list[tuple[float, float]]:
    """The bands, and above them the line of headings that stands on the first rule, if it does."""
    top = bands[0][0]
    high = median(b - a for a, b in bands)
    near = [
        word
        for word in page.words
        if top - 1.6 * high < (word.box.y0 + word.box.y1) / 2 < top
        and x0 <= word.box.x0
        and word.box.x1 <= x1 + 0.01
    ]
    if not near:
        return bands
    line = lines_of(near)[-1]
    if len(segments(line, page.width / page.height)) < 2:
        return bands
    return [(line.box.y0 - 0.002, top), *bands]


def edges(table: Table) -> tuple[float, ...]:
    """Where the table's columns begin, and where the last one ends."""
    found: dict[int, float] = {}
    for cell in table.cells:
        found.setdefault(cell.col, cell.box.x0)
        found.setdefault(cell.col + cell.colspan, cell.box.x1)
    step = (table.box.x1 - table.box.x0) / table.columns
    return tuple(found.get(col, table.box.x0 + col * step) for col in range(table.columns + 1))


def recut(page: Page, table: Table, columns: Sequence[float]) -> Table:
    """An unruled table with the columns of the one that it goes on from: blank columns leave no corridor."""
    bands = {cell.row: (cell.box.y0, cell.box.y1) for cell in table.cells}
    again = _of_bands(page, [bands[row] for row in sorted(bands)], columns[0], columns[-1], columns)
    return again or table


def _of_bands(
    page: Page, bands: list[tuple[float, float]], x0: float, x1: float, given: Sequence[float] = ()
) -> Table | None:
    inside = [
        [
            word
            for word in page.words
            if a <= (word.box.y0 + word.box.y1) / 2 < b
            and x0 - 0.01 <= word.box.x0
            and word.box.x1 <= x1 + 0.02
        ]
        for a, b in bands
    ]
    aspect = page.width / page.height
    pieces = [
        [piece.box for line in lines_of(words) for piece in segments(line, aspect, 1.3)] if words else []
        for words in inside
    ]
    places = list(given) or _corridors(pieces, x0, x1)
    if len(places) < 3:
        return None
    boxes: list[tuple[tuple[int, int, int, int], Box]] = []
    for row, (a, b) in enumerate(bands):
        for col, span in _spans(pieces[row], places):
            boxes.append(((row, col, 1, span), Box(places[col], a, places[col + span], b)))
    return Table(
        Box(places[0], bands[0][0], places[-1], bands[-1][1]),
        _filled(page.words, boxes),
        len(bands),
        len(places) - 1,
        ruled=False,
    )


def _corridors(rows: Sequence[Sequence[Box]], x0: float, x1: float) -> list[float]:
    """Edges of the columns: the middle of each upright strip that words of hardly any row cross."""
    steps = 400
    crossed: Counter[int] = Counter()
    filled = [row for row in rows if row]
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


def _spans(pieces: Sequence[Box], edges: Sequence[float]) -> list[tuple[int, int]]:
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


def _aligned(page: Page, taken: Sequence[Box]) -> list[Table]:
    """Tables without any rule: runs of lines of which each has two pieces or more, far apart."""
    aspect = page.width / page.height
    lines = lines_of([w for w in page.words if not _inside(w.box, taken)])
    runs: list[list[Box]] = [[]]
    for line in lines:
        pieces = segments(line, aspect)
        tall = line.box.y1 - line.box.y0
        if runs[-1] and line.box.y0 - runs[-1][-1].y1 > 6 * tall:
            runs.append([])
        if len(pieces) >= 2 or (runs[-1] and line.box.y0 - runs[-1][-1].y1 < 2.5 * tall):
            runs[-1].append(line.box)
        elif runs[-1]:
            runs.append([])
    found = []
    for run in runs:
        if len(run) < 3:
            continue
        whole = around(run)
        middles = [(a.y1 + b.y0) / 2 for a, b in itertools.pairwise(run)]
        ys = [run[0].y0 - 0.004, *middles, run[-1].y1 + 0.004]
        bands = list(itertools.pairwise(ys))
        table = _of_bands(page, bands, whole.x0 - 0.005, min(1.0, whole.x1 + 0.08))
        if table is not None:
            found.append(table)
    return found
