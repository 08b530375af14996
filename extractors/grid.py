"""Tables of a page, one representation for vector and pixel: from ruled lines, else from words.

A lattice is laid through all lines of a group; a wall between two neighbours stands where ruled line covers
at least half of it, so broken lines of scans and ink that cuts a line lose no cell. Where only level lines
are ruled, or none, columns come from the blank corridors between words.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from dossier.reading import Box, ReadBy
from extractors.bands import aligned, banded
from extractors.below_heads import below_heads
from extractors.capped import capped, headings
from extractors.cards import are_cards, beside
from extractors.lost_rules import dark_along, lost_level, lost_upright
from extractors.open_sided import Upright, is_open
from extractors.page import Page, Stroke
from extractors.pitched import pitched
from extractors.table import Table, filled, inside

_SNAP = 3.0
"""Points within which lines are the same line."""

_JOIN = 8.0
"""Points of a gap that a broken line may have."""

_WALL = 0.5
"""The least share of a wall that ruled line covers."""

_BEYOND = 12.0
"""Points by which an upright line passes the outermost rules at both ends when it is none itself."""

_GAP = 9.0
"""Points that two tables stand apart at most where a line or two seem to go from one to the other."""

_FEW = 0.3
"""The share of cells across that an inner line of a scanned table must bound."""

_WIDER = 1.3
"""How much wider than every other column one at the side may be whose outer rule was lost."""

_FULL = 0.88
"""The least share of a cell's side that a rule covers and a signature's underline does not."""

_LEAST_SIDE = 5.0
"""Points below which a lattice step is a doubled line, not a row or column."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A ruled line in points: at ``at`` across, from ``start`` to ``end`` along."""

    at: float
    start: float
    end: float


def tables(page: Page) -> tuple[Table, ...]:
    """All tables of the page, top to bottom; unruled ones only where no ruled one was found."""
    drawn = _points(page, page.strokes, horizontal=False)
    level = _merged(_points(page, page.strokes, horizontal=True))
    if page.read_by is ReadBy.OCR:
        drawn = [line for line in drawn if not _streak(line, level)]
    upright = _merged(drawn)
    found: list[Table] = []
    weak: list[Table] = []
    lone: list[Box] = []
    seen: list[Upright] = []
    worn = page.read_by is ReadBy.OCR
    sides = [side for side in _unclosed(upright, level, 2 * _SNAP) if worn and _next(side, upright)]
    level = [*level, *_unclosed(level, upright, 2 * _SNAP if worn else _SNAP)]
    upright = [*upright, *sides]
    for ys, xs in _apart(_connected(level, upright), drawn):
        if page.read_by is ReadBy.OCR and _open(page, ys, xs):
            seen += [Upright(v.at / page.width, v.start / page.height, v.end / page.height) for v in xs]
            continue
        rows, columns = _places(ys), _places(xs)
        if page.read_by is ReadBy.OCR:
            columns = _firm(columns, xs, rows)
            hidden = lost_upright(page, rows, columns)
            xs = [*xs, *(_Line(at, rows[0], rows[-1]) for at in hidden)]
            columns = sorted([*columns, *hidden])
            rows = _firm(rows, ys, columns)
            lost = lost_level(page, rows, columns)
            ys = [*ys, *(_Line(at, columns[0], columns[-1]) for at in lost)]
            rows = sorted([*rows, *lost])
        if len(rows) >= 2 and len(columns) >= 2:
            table = _lattice(page, ys, xs, rows, columns)
            if table is not None:
                table = below_heads(table)
                whole = (table.rows >= 2 and table.columns >= 2) or are_cards(page, table)
                (found if whole else weak).append(table)
            elif page.read_by is ReadBy.TEXT:
                lone.append(Box(columns[0] / page.width, rows[0] / page.height,
                                columns[-1] / page.width, rows[-1] / page.height))  # fmt: skip
    found.extend(beside(page, lone, found))
    rules = [(line.at / page.height, line.start / page.width, line.end / page.width) for line in level]
    heads = headings(weak, [y for y, *_ in rules]) if page.read_by is ReadBy.TEXT else []
    level_only = banded(page, sorted(rules), [*found, *heads], seen)
    found.extend(table for table in weak if not inside(table.box, [t.box for t in (*found, *level_only)]))
    if page.read_by is ReadBy.TEXT:
        found = capped(found, level_only)
    else:
        found.extend(level_only)
    if not any(table.rows >= 3 and table.columns >= 2 for table in found):
        boxes = [table.box for table in found]
        found.extend(pitched(page, boxes) or aligned(page, boxes))
    return tuple(sorted(found, key=lambda table: (table.box.y0, table.box.x0)))


def _open(page: Page, ys: Sequence[_Line], xs: Sequence[_Line]) -> bool:
    level = [(line.start / page.width, line.end / page.width) for line in ys]
    return is_open(level, [line.at / page.width for line in xs])


def _streak(line: _Line, level: Sequence[_Line]) -> bool:
    """A scanner's dirt draws an upright line over everything: it runs on beyond the rules that it crosses."""
    crossed = [
        h.at
        for h in level
        if line.start - _JOIN < h.at < line.end + _JOIN and h.start - _JOIN <= line.at <= h.end + _JOIN
    ]
    return len(crossed) >= 2 and line.start < min(crossed) - _BEYOND and line.end > max(crossed) + _BEYOND


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


def _unclosed(level: Sequence[_Line], upright: Sequence[_Line], apart: float) -> list[_Line]:
    """Where upright lines all end beyond the outermost level one: a side not ruled, or a dark band."""
    found = []
    for ys, xs in _connected(list(level), list(upright)):
        if len(ys) < 2 or len(xs) < 3:
            continue
        left, right = min(line.start for line in ys), max(line.end for line in ys)
        for ends, edge in (
            ([v.end for v in xs], max(line.at for line in ys)),
            ([-v.start for v in xs], -min(line.at for line in ys)),
        ):
            furthest = max(ends)
            reached = [end for end in ends if furthest - end <= apart]
            if furthest - edge > 2 * _LEAST_SIDE and len(reached) >= max(3, 0.6 * len(ends)):
                found.append(_Line(abs(furthest), left, right))
    return found


def _next(side: _Line, upright: Sequence[_Line]) -> bool:
    """Whether a lost side closes one more column of the table: one hardly wider than its others."""
    places = _places(line for line in upright if line.start < side.end and side.start < line.end)
    widest = max((b - a for a, b in itertools.pairwise(places)), default=0.0)
    return min(abs(side.at - at) for at in places) < _WIDER * widest


def _apart(
    groups: Iterable[tuple[list[_Line], list[_Line]]], drawn: Sequence[_Line]
) -> Iterator[tuple[list[_Line], list[_Line]]]:
    """Groups cut where no upright line, as ``drawn``, passes from one level line to the next, or hardly any
    through a gap as narrow as no row: two tables."""
    for level, upright in groups:
        cuts = [(a + b) / 2 for a, b in itertools.pairwise(_places(level)) if _parts(a, b, drawn)]
        for low, high in itertools.pairwise([-math.inf, *cuts, math.inf]):
            held = [line for line in level if low < line.at < high]
            if not held:  # upright lines alone are no table
                continue
            ends = (min(line.at for line in held), max(line.at for line in held))
            passing = [
                _Line(v.at, max(v.start, ends[0]), min(v.end, ends[1]))
                for v in upright
                if min(v.end, ends[1]) - max(v.start, ends[0]) > _LEAST_SIDE
            ]
            yield held, passing


def _parts(a: float, b: float, drawn: Sequence[_Line]) -> bool:
    """Whether two tables end and begin at two neighbouring level lines."""
    passing = sum(min(v.end, b) - max(v.start, a) > _WALL * (b - a) for v in drawn)
    if passing == 0 or b - a > _GAP:
        return passing == 0
    above = sum(v.start < a - _GAP and v.end > a - _SNAP for v in drawn)
    below = sum(v.end > b + _GAP and v.start < b + _SNAP for v in drawn)
    return 2 * passing <= min(above, below)


def _places(lines: Iterable[_Line]) -> list[float]:
    """Where lines stand, doubled ones once."""
    places: list[float] = []
    for at in sorted({line.at for line in lines}):
        if not places or at - places[-1] >= _LEAST_SIDE:
            places.append(at)
    return places


def _firm(places: list[float], lines: Sequence[_Line], across: Sequence[float]) -> list[float]:
    """Without inner lines that bound few of many cells: a pen's straight strokes in them."""
    if len(across) < 5:
        return places
    least = max(1.0, _FEW * (len(across) - 1))
    kept = [
        at
        for at in places[1:-1]
        if sum(_cover(lines, at, a, b) >= _FULL for a, b in itertools.pairwise(across)) > least
    ]
    return [*places[:1], *kept, *places[-1:]] if len(places) > 1 else places


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
        for col in range(columns - 1):
            if _cover(upright, xs[col + 1], ys[row], ys[row + 1]) < _WALL:
                parent[root((row, col + 1))] = root((row, col))
    for row in range(rows - 1):
        walls = [_cover(level, ys[row + 1], a, b) >= _WALL for a, b in itertools.pairwise(xs)]
        if page.read_by is ReadBy.OCR:
            for col, (a, b) in enumerate(itertools.pairwise(xs)):
                walls[col] = walls[col] or dark_along(page, ys[row + 1], a, b)
        for col in range(columns):
            if not walls[col]:
                parent[root((row + 1, col))] = root((row, col))
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
        filled(page.words, boxes),
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
