"""Labels and values in columns: lines of a label and its value, and heads over one line of values.

In a form of two columns what stands right of a label is its value, though it sound like a label, and what
stands under it the label of the next line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from extractors.view import Run, View

_COLUMNS = 2
_EDGE = 0.008
"""Of the page's width: what begins within it has one left edge."""

_LINES = 4
"""Lines of a form at least, where what stands on the right is no label though it sounds like one."""


def answers(view: View, names: Callable[[Run], bool]) -> Iterator[Run]:
    """The values of a form that are no labels of their own: "Poste | vendeur". ``names`` tells labels alone.

    Most lines of the form have a known label on the left, and few have one on the right.
    """
    forms: list[list[Sequence[Run]]] = []
    for row in view.rows:
        if len(row) != _COLUMNS:
            continue
        same = next((form for form in forms if _set_alike(row, form[0][0], form[0][1])), None)
        if same is None:
            forms.append([row])
        else:
            same.append(row)
    for form in forms:
        left, right = (sum(names(row[side]) for row in form) for side in (0, 1))
        if len(form) >= _LINES and 2 * left > len(form) and 4 * right <= len(form):
            yield from (row[1] for row in form)


def next_row(view: View, label: Run, right: Run | None, below: Run) -> bool:
    """Under a label with its value beside it, the label of the next row of a form of two columns."""
    if right is None or right.row != label.row or len(view.rows[label.row]) != _COLUMNS:
        return False
    rows = view.rows[max(0, label.row - 2) : label.row + 5]
    tops = [row[0].box.y0 for row in rows if _set_alike(row, label, right)]
    if len(tops) <= _COLUMNS or not _set_alike(view.rows[below.row], label, right):
        return False
    step = below.box.y0 - label.box.y0
    others = [b - a for a, b in pairwise(tops) if a != label.box.y0]
    return bool(others) and step > 0.7 * max(others)


def _set_alike(row: Sequence[Run], label: Run, value: Run) -> bool:
    """A label and its value on the left edges of another row's."""
    edges = (label.box.x0, value.box.x0)
    alike = (abs(r.box.x0 - x) < _EDGE for r, x in zip(row, edges, strict=False))
    return len(row) == _COLUMNS and all(alike)


def in_turn(view: View, head: Run, reach: float, names: Callable[[Run], bool]) -> Run | None:
    """Heads set in the middle of their cells over as many values: each has the one in its turn.

    Where some of the heads are no known labels, a column of several figures has no one value.
    """
    heads = view.rows[head.row]
    below = view.rows[head.row + 1] if head.row + 1 < len(view.rows) else ()
    known = sum(names(run) for run in heads)
    if known < _COLUMNS or len(heads) != len(below) or any(re.search(r"[\d:]", run.text) for run in heads):
        return None
    if below[0].box.y0 - head.box.y1 > reach:
        return None
    at = heads.index(head)
    lower = [row[at].text for row in view.rows[head.row + 2 : head.row + 5] if len(row) == len(heads)]
    if known < len(heads) and any(re.search(r"\d", text) for text in lower):
        return None
    return below[at]
