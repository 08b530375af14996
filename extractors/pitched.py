"""Lists typed in letters of one width: columns that a single blank parts, ruled with dashes or not at all.

Printed by old machines and by programs that write plain text. Elsewhere a blank as narrow as that between
two words parts no columns; here letters stand in columns of their own, so a blank through all rows does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median, quantiles

from dossier.reading import Box
from extractors.columns import spans
from extractors.layout import Line, around, lines_of
from extractors.page import Page, Word
from extractors.table import Span, Table, filled, inside

_LONG = 4
"""Letters of a word from which its letters' width is told."""

_SPREAD = 0.06
"""By how much, at most, letters are narrower or wider than most in nine words of ten."""

_FEWEST = 20
"""Words that tell whether a page is typed so."""

_ROWS = 4
"""Rows of a list that begin alike, at least."""

_RULE = 20
"""Letters of a word that is a rule of dashes, or what OCR made of one."""

_STEPS, _CROSSED = 600, 0.05
"""Steps across a list in which blanks are looked for; the share of its rows that may cross one."""

_SINGLE, _BOTH = 1.6, 0.3
"""Letters' widths of a single blank at most; the share of rows with words on both sides of one that parts."""

_TOP = 3
"""Columns that the headings of a list name, at least."""


def pitched(page: Page, taken: Sequence[Box]) -> list[Table]:
    """The lists of such a page, with their headings; none on other pages."""
    words = [word for word in page.words if not inside(word.box, taken)]
    if not _of_one_width(words):
        return []
    lines = [line for line in lines_of(words) if not _rules(line)]
    found, at = [], 0
    while at < len(lines):
        end = at + 1
        while end < len(lines) and _alike(lines[at], lines[end]):
            end += 1
        head = lines[at - 1] if at else None
        if end - at >= _ROWS and head is not None and _names_columns(head):
            table = _table([head, *lines[at:end]])
            if table is not None:
                found.append(table)
        at = end
    return found


def _of_one_width(words: Sequence[Word]) -> bool:
    widths = [
        (word.box.x1 - word.box.x0) / len(word.text)
        for word in words
        if len(word.text) >= _LONG and any(c.isalnum() for c in word.text)
    ]
    if len(widths) < _FEWEST:
        return False
    usual = median(widths)
    tenths = quantiles(widths, n=10)
    return tenths[0] > (1 - _SPREAD) * usual and tenths[-1] < (1 + _SPREAD) * usual


def _rules(line: Line) -> bool:
    text = "".join(word.text for word in line.words)
    return len(text) >= _RULE and (len(line.words) == 1 or not any(c.isalnum() for c in text))


def _alike(one: Line, other: Line) -> bool:
    """Whether two lines begin at one place with words of one shape, figures for figures: "16/03/2026"."""
    first, second = one.words[0], other.words[0]
    shape = _shape(first.text)
    return "9" in shape and shape == _shape(second.text) and abs(first.box.x0 - second.box.x0) < 0.01


def _shape(text: str) -> str:
    return re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", text))


def _names_columns(line: Line) -> bool:
    return len(line.words) >= _TOP and not any(c.isdigit() for word in line.words for c in word.text)


def _blanks(rows: Sequence[Sequence[Box]], left: float, right: float) -> list[float]:
    """The right ends of the blanks that go through the headings, the first row, and nearly all rows below."""
    crossed = [0.0] * _STEPS
    for row, held in enumerate(rows):
        for box in held:
            first, last = ((x - left) / (right - left) * _STEPS for x in (box.x0, box.x1))
            for step in range(max(0, int(first)), min(_STEPS - 1, int(last)) + 1):
                crossed[step] += 1 if row else len(rows)
    most = _CROSSED * len(rows)
    found = []
    for step in range(1, _STEPS):
        if crossed[step] > most >= crossed[step - 1]:
            found.append(left + (step - 1) / _STEPS * (right - left))
    return found


def _parts(at: float, rows: Sequence[Sequence[Box]], letter: float) -> bool:
    """Whether a blank parts columns: one of a single letter in the headings has words on both sides below."""
    before = max((box for box in rows[0] if box.x1 <= at), key=lambda box: box.x1)
    after = min((box for box in rows[0] if box.x0 >= at), key=lambda box: box.x0)
    if after.x0 - before.x1 > _SINGLE * letter:
        return True
    both = sum(
        any(before.x0 - letter < _middle(box) < at for box in held)
        and any(at < _middle(box) < after.x1 + letter for box in held)
        for held in rows[1:]
    )
    return both >= _BOTH * (len(rows) - 1)


def _middle(box: Box) -> float:
    return (box.x0 + box.x1) / 2


def _table(lines: Sequence[Line]) -> Table | None:
    whole = around(line.box for line in lines)
    left, right = whole.x0 - 0.005, min(1.0, whole.x1 + 0.01)
    heads = lines[0].words
    rows = [[word.box for word in line.words] for line in lines]
    letter = sum(w.box.x1 - w.box.x0 for w in heads) / sum(len(w.text) for w in heads)
    inner = [at for at in _blanks(rows, left, right) if heads[0].box.x1 <= at <= heads[-1].box.x0]
    places = [left, *inner, right]
    kept = [
        a
        for a, b in pairwise(places)
        if a == left or (any(a <= _middle(word.box) < b for word in heads) and _parts(a, rows, letter))
    ]
    places = [*kept, right]
    if len(places) <= _TOP:
        return None
    cuts = [
        whole.y0 - 0.004,
        *((a.box.y1 + b.box.y0) / 2 for a, b in pairwise(lines)),
        whole.y1 + 0.004,
    ]
    boxes: list[tuple[Span, Box]] = []
    for row, held in enumerate(rows):
        for col, span in spans(held, places):
            boxes.append(
                ((row, col, 1, span), Box(places[col], cuts[row], places[col + span], cuts[row + 1]))
            )
    box = Box(places[0], cuts[0], places[-1], cuts[-1])
    typed = [word for line in lines for word in line.words]
    return Table(box, filled(typed, boxes), len(lines), len(places) - 1, ruled=False)
