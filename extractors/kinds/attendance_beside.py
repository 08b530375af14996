"""Two lists side by side, the morning's and the afternoon's, each with the same people under one another.

"Matin : 8h15 à 11h45 | Après-midi : 12h45 à 16h15" over "BLONDEAU Nadia … | BLONDEAU Nadia …". Ruled or not,
they come as one table whose columns tell nothing; laid one under the other they read as lists do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from rapidfuzz import fuzz

from dossier.reading import Box, HalfDay
from extractors.french.letters import fold, tight
from extractors.french.people import person_of
from extractors.kinds import attendance_words as words
from extractors.kinds.attendance_cells import named
from extractors.leaf import Leaf
from extractors.page import Stroke
from extractors.table import Cell, Table, inside
from extractors.view import Run

_ALIKE = 85.0
_EDGE = 0.03
"""Fractions of the page by which names of one list begin beside one another, and half-days beside them."""

_PAIRS = 2
"""Lines with one person's name twice, at least."""

_WRAPPED = 1.9
"""Heights of a line within which a name goes on under its beginning."""

_ROOM = 0.01
"""Fractions of the page between names and the places beside them."""

_RULED = 0.5
"""The least share of a list's width that a rule under a row covers."""


@dataclass(slots=True)
class _Item:
    """A line of a list: what it says, with the lines that go on under it."""

    runs: list[Run]
    banner: bool

    @property
    def top(self) -> float:
        return self.runs[0].box.y0

    @property
    def foot(self) -> float:
        return self.runs[-1].box.y1


def apart(leaf: Leaf, tables: Sequence[Table]) -> Iterator[Table]:
    """The tables, each that holds two lists side by side with the lists one under the other."""
    if "matin" not in tight(leaf.folded) or not tables:
        yield from tables
        return
    paired = {
        number
        for number, table in enumerate(tables)
        if _pairs(_rows(leaf, table, table.box.y0, table.box.y1))
    }
    made: dict[int, Table] = {}
    for number in paired:
        box = tables[number].box
        above = max((tables[at].box.y1 for at in paired if tables[at].box.y1 <= box.y0 + 0.005), default=0.0)
        below = min((t.box.y0 for t in tables if t.box.y0 >= box.y1), default=1.0)
        lists = _lists(leaf, tables[number], above, below)
        if lists is not None:
            made[number] = lists
    laid = [table.box for table in made.values()]
    for number, table in enumerate(tables):
        if number in made:
            yield made[number]
        elif number in paired or not inside(table.box, laid):
            yield table


def _lists(leaf: Leaf, table: Table, above: float, below: float) -> Table | None:
    """``above``, ``below``: how far the lines reach that may be of the lists, their headings too."""
    box = table.box
    rows = _rows(leaf, table, above, below)
    pairs = _pairs(rows)
    if not pairs:
        return None
    lefts = median(a.box.x0 for a, _ in pairs), median(b.box.x0 for _, b in pairs)
    pairs = [p for p in pairs if all(abs(r.box.x0 - x) < _EDGE for r, x in zip(p, lefts, strict=True))]
    named_twice = any(" " in named(run.text) and words.role_of(run.text) is None for run, _ in pairs)
    if len(pairs) < _PAIRS or not named_twice or not any(_both_halves(row, lefts) for row in rows):
        return None
    ends = box.x0, lefts[1] - _ROOM, max(box.x1, min(1.0, 2 * lefts[1] - lefts[0] - 2 * _ROOM))  # as wide
    items = [_items(rows, x, end) for x, end in zip(lefts, ends[1:], strict=True)]
    cells: list[Cell] = []
    row = 0
    for section in _sections(items):
        for side, held in enumerate(section):
            for item in held:
                cells.extend(_cells(leaf, item, row, (ends[side], ends[side + 1]), items[side]))
                row += 1
    if not cells:
        return None
    top, foot = min(cell.box.y0 for cell in cells), max(cell.box.y1 for cell in cells)
    whole = Box(box.x0, top, ends[2], max(box.y1, foot))
    return Table(whole, tuple(cells), row, 2, ruled=True)


def _rows(leaf: Leaf, table: Table, above: float, below: float) -> list[list[Run]]:
    box = table.box
    return [
        [run for run in row if box.x0 - 0.01 < run.box.x0 < box.x1]
        for row in leaf.view.rows
        if row and above - 0.005 < row[0].box.y0 < below
    ]


def _pairs(rows: Sequence[Sequence[Run]]) -> list[tuple[Run, Run]]:
    found = [pair for row in rows if (pair := _twice(row)) is not None]
    return found if len(found) >= _PAIRS else []


def _twice(row: Sequence[Run]) -> tuple[Run, Run] | None:
    """One person's name, or one role, in two places of a line."""
    for at, run in enumerate(row):
        if not _is_person(run.text):
            continue
        for other in row[at + 1 :]:
            if fuzz.ratio(tight(run.text), tight(other.text)) >= _ALIKE and _is_person(other.text):
                return run, other
    return None


def _is_person(text: str) -> bool:
    return words.half_of(text) is None and (words.role_of(text) is not None or " " in named(text))


def _both_halves(row: Sequence[Run], lefts: tuple[float, float]) -> bool:
    """Whether a line names the morning over the one list and the afternoon over the other."""
    near = [[run for run in row if abs(run.box.x0 - x) < _EDGE] for x in lefts]
    told = [{_half(run.text) for run in held} for held in near]
    return HalfDay.AM in told[0] and HalfDay.PM in told[1]


def _half(text: str) -> HalfDay | None:
    """The half-day that a word says, else times."""
    spans = words.spans_in(text)
    return words.half_of(text) or (words.half_of_span(spans[0]) if spans else None)


def _items(rows: Sequence[Sequence[Run]], left: float, right: float) -> list[_Item]:
    found: list[_Item] = []
    for row in rows:
        run = next((r for r in row if abs(r.box.x0 - left) < _EDGE and r.box.x0 < right), None)
        if run is None:
            continue
        told = words.days_in(run.text) or words.half_of(run.text) or words.spans_in(run.text)
        dated = bool(told) and words.NO_DAY.search(fold(run.text)) is None
        last = found[-1] if found else None
        if dated:
            found.append(_Item([run], banner=True))
        elif _is_person(run.text):
            found.append(_Item([run], banner=False))
        elif last is not None and not last.banner and _goes_on(last.runs[-1], run):
            last.runs.append(run)
    first = next((at for at, item in enumerate(found) if item.banner), len(found))
    return found[first:]


def _goes_on(above: Run, run: Run) -> bool:
    """Whether a line is the rest of the name above it: a single word right under it."""
    person = person_of(run.text)
    alone = person is not None and not person.first and person.end == len(run.text.rstrip())
    return alone and run.box.y0 - above.box.y0 < _WRAPPED * (above.box.y1 - above.box.y0)


def _sections(items: Sequence[Sequence[_Item]]) -> Iterator[tuple[list[_Item], list[_Item]]]:
    """The two lists of one day after another: a day stands over both, at the left."""
    left, right = items
    starts = [
        item.top
        for before, item in pairwise([None, *left])
        if item is not None and item.banner and (before is None or not before.banner)
    ]
    for top, end in pairwise([*starts, 2.0]):
        within = [[item for item in side if top - 0.005 <= item.top < end - 0.005] for side in (left, right)]
        yield within[0], within[1]


def _cells(
    leaf: Leaf, item: _Item, row: int, side: tuple[float, float], items: Sequence[_Item]
) -> Iterator[Cell]:
    """A banner over the whole list; a name, and the place to sign beside it."""
    left, right = side
    held = tuple(word for run in item.runs for word in run.line.words)
    low = item.top - 0.003
    if item.banner:
        yield Cell(Box(left, low, right, item.foot), row, 0, 1, 2, held)
        return
    after = min((other.top for other in items if other.top > item.top), default=item.foot + 0.03)
    names = max(run.box.x1 for other in items if not other.banner for run in other.runs) + _ROOM
    edge, end = _place(leaf, item, names, side)
    foot = _foot(leaf, item, after, left, right)
    inked = tuple(
        word
        for word in leaf.page.words
        if word not in held
        and edge <= (word.box.x0 + word.box.x1) / 2 < end
        and low <= (word.box.y0 + word.box.y1) / 2 < foot
    )
    yield Cell(Box(left, low, edge, foot), row, 0, 1, 1, held)
    yield Cell(Box(edge, low, end, foot), row, 1, 1, 1, inked)


def _place(leaf: Leaf, item: _Item, names: float, side: tuple[float, float]) -> tuple[float, float]:
    """From where to where one signs: between the rules right of the names, where there are any."""
    left, right = side
    middle = (item.top + item.foot) / 2
    upright = sorted(
        s.x0
        for s in leaf.page.strokes
        if not s.horizontal and s.y0 < middle < s.y1 and names - _ROOM < s.x0 < right + 0.005
    )
    edge = names
    if len(upright) > 1 and upright[0] < (left + right) / 2 + 0.25 * (right - left):
        edge = upright.pop(0)
    return edge, upright[0] if upright else right


def _foot(leaf: Leaf, item: _Item, after: float, left: float, right: float) -> float:
    """Where the row ends: at the rule under it, else before the next one begins."""

    def covers(stroke: Stroke) -> bool:
        return min(stroke.x1, right) - max(stroke.x0, left) > _RULED * (right - left)

    ends = [s.y0 for s in leaf.page.strokes if s.horizontal and item.foot < s.y0 < after and covers(s)]
    return min(ends, default=after - 0.002)
