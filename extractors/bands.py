"""Tables without upright rules: rows from level rules and lines of text, columns from blank corridors.

Pale rules are lost in scanning here and there: a band that is as high as two rows is cut between its lines of
text, and lines of text that go on above the first rule or below the last one at the same pitch are rows too.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from dossier.reading import Box, ReadBy
from extractors.capped import cap
from extractors.columns import APART, at_edges, corridors, headed, spans
from extractors.french.letters import tight
from extractors.joints import jointed
from extractors.layout import Line, around, lines_of, segments
from extractors.open_sided import Band, Upright, centred, with_uprights
from extractors.page import Page, Word
from extractors.stacked import stacked
from extractors.table import Span, Table, edges, filled, inside

_ALIKE = 0.03
"""Fractions of the page by which the ends of two level rules of one table may differ."""

_REACH = 0.2
"""The least gap, in fractions of the page, between level rules that ends a table."""

_MOVED = 0.008
"""Fractions of the page by which a heading stands elsewhere than the same one above."""

_PIECE = 0.004
"""Fractions of the page within which a piece of a rule is on it, and ends at an edge of the columns."""

_FAR = 1.8
"""Rows' heights from such a rule to the next one, at least, where it is none of the table's."""

_OUTSIDE = 2.5
"""An outermost band this many rows high lies between the table and a rule that is none of its own."""


@dataclass(slots=True)
class _Rules:
    """Level rules under each other, and how far they reach sideways."""

    ys: list[float]
    x0: float
    x1: float


def banded(
    page: Page,
    level: Sequence[tuple[float, float, float]],
    drawn: Sequence[Table],
    seen: Sequence[Upright] = (),
) -> list[Table]:
    """Tables ruled level alone. ``level``: rules as y, x0, x1, in fractions of the page, from the top.

    ``drawn``: the tables found already; on text pages, rows right under one have its columns. ``seen``: the
    upright lines of tables with an open side.
    """
    found: list[Table] = []
    taken = [table.box for table in drawn]
    for rules in _united(_grouped(level, taken)):
        ys = sorted(set(rules.ys))
        if len(ys) < 4:
            continue
        _widened(page, rules)
        joints = jointed(page, ys, rules.x0, rules.x1)
        if joints:
            ys = _below_head(page, ys, joints)
        for bands in _stretches(page, ys, rules.x0, rules.x1, whole=bool(joints)):
            for rows in _parted(page, bands, rules, taken):
                head = cap(Box(rules.x0, rows[0][0], rules.x1, rows[-1][1]), drawn)
                given = edges(head) if head is not None and page.read_by is ReadBy.TEXT else joints
                table = _of_bands(page, rows, rules.x0, rules.x1, given, seen)
                table = stacked(page, table) if table is not None else None
                if table is not None and not inside(table.box, [other.box for other in found]):
                    found.append(table)
    return found


def _below_head(page: Page, ys: Sequence[float], joints: Sequence[float]) -> list[float]:
    """Without the rules over the page's head, drawn whole, far above those drawn cell by cell."""
    ends = [(s.y0, s.x1) for s in page.strokes if s.horizontal]
    whole = list(
        itertools.takewhile(
            lambda y: (
                not any(
                    abs(at - y) < _PIECE and any(abs(x - joint) < _PIECE for joint in joints[1:-1])
                    for at, x in ends
                )
            ),
            ys,
        )
    )
    usual = median(b - a for a, b in itertools.pairwise(ys[len(whole) :]))
    far = [at for at in range(len(whole)) if ys[at + 1] - ys[at] > _FAR * usual]
    return list(ys[max(far) + 1 :]) if far else list(ys)


def _untaken(page: Page, bands: list[Band], rules: _Rules, taken: Sequence[Box]) -> Iterator[list[Band]]:
    """The rows without those that another table holds already: headings drawn in boxes, which part them.

    A line right above such headings, a name, belongs to the rows below them.
    """
    held = [inside(Box(rules.x0, a, rules.x1, b), taken) for a, b in bands]
    if page.read_by is ReadBy.OCR:
        first = next((at for at, one in enumerate(held) if not one), len(bands))
        last = next((at for at in range(len(bands), 0, -1) if not held[at - 1]), 0)
        yield bands[first:last]
        return
    aspect = page.width / page.height
    end = len(bands)
    for one, group in itertools.groupby(range(len(bands)), key=lambda at: held[at]):
        run = [] if one else list(group)
        lines = _lines(page, *bands[run[-1]], rules.x0, rules.x1) if run else []
        pieces = [piece for line in lines for piece in segments(line, aspect)]
        if len(run) > 1 and run[-1] + 1 < end and len(pieces) == 1:
            run.pop()
        yield [bands[at] for at in run]


def _parted(page: Page, bands: list[Band], rules: _Rules, taken: Sequence[Box]) -> Iterator[list[Band]]:
    for free in _untaken(page, bands, rules, taken):
        yield from _sections(page, free, rules)


def _sections(page: Page, bands: list[Band], rules: _Rules) -> list[list[Band]]:
    """The rows, parted where the headings come again over columns that stand elsewhere."""
    if not bands or page.read_by is ReadBy.OCR:
        return [bands] if bands else []
    aspect = page.width / page.height
    lines = [_merged(_lines(page, a, b, rules.x0, rules.x1)) for a, b in bands]
    texts = [tight(" ".join(line.text for line in held)) for held in lines]
    lefts = [[piece.box.x0 for line in held for piece in segments(line, aspect)] for held in lines]
    first = next((at for at, held in enumerate(lefts[:3]) if len(held) > 2), None)
    if first is None:
        return [bands]
    cuts = [0]
    headings = lefts[first]
    for at in range(first + 1, len(bands)):
        moved = len(lefts[at]) != len(headings) or any(
            abs(a - b) > _MOVED for a, b in zip(lefts[at], headings, strict=False)
        )
        if texts[at] == texts[first] and moved:
            cuts.append(at - 1 if len(lefts[at - 1]) == 1 else at)
            headings = lefts[at]
    return [bands[a:b] for a, b in itertools.pairwise([*cuts, len(bands)]) if a < b]


def _grouped(level: Sequence[tuple[float, float, float]], taken: Sequence[Box]) -> list[_Rules]:
    groups: list[_Rules] = []
    for y, x0, x1 in level:
        if x1 - x0 < 0.3 or inside(Box(x0, y, x1, y), taken):
            continue
        for group in groups:
            starts, ends = abs(group.x0 - x0) < _ALIKE, abs(group.x1 - x1) < _ALIKE
            within = group.x0 - _ALIKE < x0 and x1 < group.x1 + _ALIKE
            if y - group.ys[-1] < _REACH and ((starts and ends) or (within and (starts or ends))):
                if y - group.ys[-1] > 0.004:
                    group.ys.append(y)
                group.x0, group.x1 = min(group.x0, x0), max(group.x1, x1)
                break
        else:
            groups.append(_Rules([y], x0, x1))
    return groups


def _united(groups: Sequence[_Rules]) -> list[_Rules]:
    """Groups that lie within another's height and over its width belong to it: rules that came in pieces."""
    made: list[_Rules] = []
    for group in sorted(groups, key=lambda g: g.x0 - g.x1):
        for other in made:
            beside = min(group.x1, other.x1) - max(group.x0, other.x0) > 0.8 * (group.x1 - group.x0)
            if beside and other.ys[0] - 0.02 < group.ys[0] and group.ys[-1] < other.ys[-1] + 0.02:
                far = [y for y in group.ys if min(abs(y - at) for at in other.ys) > 0.004]
                other.ys = sorted([*other.ys, *far])
                break
        else:
            made.append(group)
    return made


def _widened(page: Page, rules: _Rules) -> None:
    """Rules that lost their end in scanning still rule the rows of words that go on beyond it."""
    beyond = [
        word.box
        for word in page.words
        if rules.ys[0] < (word.box.y0 + word.box.y1) / 2 < rules.ys[-1] and word.box.x0 > rules.x1
    ]
    if len(beyond) > 0.5 * len(rules.ys):
        ends = sorted(box.x1 for box in beyond)
        rules.x1 = min(1.0, ends[int(0.9 * (len(ends) - 1))] + 0.01)


def _lines(page: Page, low: float, high: float, x0: float, x1: float) -> list[Line]:
    """Lines of text in a region, those that stand nearly on one line together."""
    words = [
        word
        for word in page.words
        if low <= (word.box.y0 + word.box.y1) / 2 < high
        and x0 - 0.01 <= word.box.x0
        and word.box.x1 <= x1 + 0.02
    ]
    return list(lines_of(words)) if words else []


def _middle(line: Line) -> float:
    return (line.box.y0 + line.box.y1) / 2


def _stretches(page: Page, ys: Sequence[float], x0: float, x1: float, whole: bool) -> Iterator[list[Band]]:
    """The rows of each table among level rules. ``whole``: no rule was lost, so no row is cut.

    What is much higher than a row and holds lines of text, not of cells, lies between two tables.
    """
    bands = list(itertools.pairwise(ys))
    held = {band: _lines(page, *band, x0, x1) for band in bands}
    usual = median(b - a for a, b in bands) if whole else _usual(held)
    aspect = page.width / page.height

    def apart(band: Band) -> bool:
        celled = sum(len(segments(line, aspect)) > 1 for line in held[band])
        return band[1] - band[0] > _OUTSIDE * usual and 2 * celled <= len(held[band])

    for between, group in itertools.groupby(bands, apart):
        inner = list(group)
        if between or len(inner) < 3:
            continue
        while len(inner) > 2 and inner[0][1] - inner[0][0] > _OUTSIDE * usual:
            inner = inner[1:]
        while len(inner) > 2 and inner[-1][1] - inner[-1][0] > _OUTSIDE * usual:
            inner = inner[:-1]
        rows = inner if whole else [row for band in inner for row in _cut(band, held[band], usual)]
        yield _extended(page, rows, usual, x0, x1)


def _usual(held: Mapping[Band, Sequence[Line]]) -> float:
    """The height of one row: that of most bands with one line of text; the lines' pitch where few have."""
    single = [b - a for (a, b), lines in held.items() if len(lines) == 1]
    middles = [_middle(line) for lines in held.values() for line in _merged(lines)]
    pitch = [b - a for a, b in itertools.pairwise(middles)]
    usual = median(single or [b - a for a, b in held])
    if pitch and (len(single) < 0.3 * len(held) or usual > 1.8 * median(pitch)):
        return median(pitch)
    return usual


def _cut(band: Band, lines: Sequence[Line], usual: float) -> list[Band]:
    """A band as high as several rows, cut between its lines of text near where their rules should be."""
    low, high = band
    count = round((high - low) / usual)
    if count < 2 or len(lines) < 2:
        return [band]
    gaps = [(a.box.y1 + b.box.y0) / 2 for a, b in itertools.pairwise(lines)]
    sizes = [_middle(b) - _middle(a) for a, b in itertools.pairwise(lines)]
    cuts = [at for at, size in zip(gaps, sizes, strict=True) if size > 0.55 * usual]
    edges = [low, *cuts, high]
    return list(itertools.pairwise(edges))


def _extended(page: Page, rows: list[Band], usual: float, x0: float, x1: float) -> list[Band]:
    """The rows, with those above and below whose rules were lost or never drawn."""
    aspect = page.width / page.height

    def several(lines: list[Line]) -> list[Line]:
        """Up to the last line that has two pieces: a line of one is a row only between others."""
        while lines and len(segments(lines[-1], aspect)) < 2:
            lines.pop()
        return lines

    near: list[Line] = []
    edge = rows[0][0]
    for line in reversed(_merged(_lines(page, 0.0, edge, x0, x1))):
        if edge - _middle(line) > 0.95 * usual:
            break
        near.append(line)
        edge = line.box.y0 - 0.001
    for line in several(near):
        rows = [(min(rows[0][0] - 0.001, line.box.y0 - 0.001), rows[0][0]), *rows]
    near, edge = [], rows[-1][1]
    for line in _merged(_lines(page, edge, 1.0, x0, x1)):
        if _middle(line) - edge > 0.95 * usual:
            break
        near.append(line)
        edge = line.box.y1 + 0.001
    for line in several(near):
        rows = [*rows, (rows[-1][1], max(rows[-1][1] + 0.001, line.box.y1 + 0.001))]
    return rows


def recut(page: Page, table: Table, columns: Sequence[float]) -> Table:
    """An unruled table with the columns of the one that it goes on from: blank columns leave no corridor."""
    bands = {cell.row: (cell.box.y0, cell.box.y1) for cell in table.cells}
    again = _of_bands(page, [bands[row] for row in sorted(bands)], columns[0], columns[-1], columns)
    return again or table


def _of_bands(
    page: Page,
    bands: list[tuple[float, float]],
    x0: float,
    x1: float,
    given: Sequence[float] = (),
    seen: Sequence[Upright] = (),
) -> Table | None:
    aspect = page.width / page.height
    rows = [_lines(page, a, b, x0, x1) for a, b in bands]
    pieces = [[piece for line in row for piece in segments(line, aspect, APART)] for row in rows]
    held = [[piece.box for piece in row] for row in pieces]
    places = list(given) or headed(rows, corridors(held, x0, x1), aspect)
    if seen:
        places = with_uprights(places, seen, bands, [box for row in held for box in row])
    if len(places) < 3:
        return None
    boxes: list[tuple[Span, Box]] = []
    for row, (a, b) in enumerate(bands):
        cut = [box for piece in pieces[row] for box in at_edges(piece, places, aspect)]
        cells = list(spans(cut, places))
        if seen and not any(c.isdigit() for piece in pieces[row] for word in piece.words for c in word.text):
            cells = centred(cells, cut, places)
        for col, span in cells:
            boxes.append(((row, col, 1, span), Box(places[col], a, places[col + span], b)))
    return Table(
        Box(places[0], bands[0][0], places[-1], bands[-1][1]),
        filled(page.words, boxes),
        len(bands),
        len(places) - 1,
        ruled=False,
    )


def aligned(page: Page, taken: Sequence[Box]) -> list[Table]:
    """Tables without any rule: runs of lines of which most have two pieces or more, far apart."""
    aspect = page.width / page.height
    runs: list[list[Box]] = [[]]
    drawn = taken if page.read_by is ReadBy.TEXT else ()
    for line in _merged(lines_of([w for w in page.words if not inside(w.box, taken)])):
        pieces = segments(line, aspect)
        tall = line.box.y1 - line.box.y0
        if runs[-1] and (line.box.y0 - runs[-1][-1].y1 > 6 * tall or _parts(runs[-1][-1], line.box, drawn)):
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
        table = _of_bands(page, list(itertools.pairwise(ys)), whole.x0 - 0.005, min(1.0, whole.x1 + 0.08))
        if table is not None:
            found.append(table)
    return found


def _parts(above: Box, below: Box, taken: Sequence[Box]) -> bool:
    """Whether a table stands between two lines."""
    return any(above.y1 <= (box.y0 + box.y1) / 2 <= below.y0 for box in taken)


def _merged(lines: Sequence[Line]) -> list[Line]:
    """Lines that overlap by a third of their height are one row: cells whose text stands a little lower."""
    rows: list[Line] = []
    for line in lines:
        if rows:
            last = rows[-1].box
            shared = min(last.y1, line.box.y1) - max(last.y0, line.box.y0)
            if shared > 0.33 * min(last.y1 - last.y0, line.box.y1 - line.box.y0):
                words: list[Word] = sorted([*rows[-1].words, *line.words], key=lambda w: w.box.x0)
                rows[-1] = Line(tuple(words), around([last, line.box]))
                continue
        rows.append(line)
    return rows
