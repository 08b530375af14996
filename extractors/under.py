"""Labels printed under their values, as captions: forms whose lines say beneath what stands on them.

One label alone cannot tell: between two lines it may name either. Several must be nearer to what is above
them than to what is below, and be most of the page's labels, or smaller than what they name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from extractors.marks import Mark
from extractors.view import Run, View

_NEAR = 0.6
"""A caption's gap to its value is at most this share of its gap to what follows."""

_CLOSE = 1.3
"""Heights of a line between a caption and its value, at most."""

_SMALL = 0.92
"""Print this much smaller than its value marks a caption even where other labels of the page head theirs."""

_ALIGNED = 0.02
"""Of the page's width: how far the left edges or the middles of a caption and its value differ, at most."""


def captions(
    view: View, marks: Iterable[Mark], names: Callable[[Run], bool], labelled: Callable[[Run], bool]
) -> dict[int, Run]:
    """The run over each label (by its run's identity) that is a caption; none on a page whose labels head.

    ``names`` tells runs that are nothing but a label, ``labelled`` those that hold one.
    """
    found: dict[int, tuple[Run, bool]] = {}
    heads: set[int] = set()
    before: set[int] = set()
    for mark in marks:
        run = mark.run
        if not names(run) or run.text[: mark.start].strip():
            continue
        beside = next((other for other in view.rows[run.row] if other.box.x0 >= run.box.x1), None)
        if beside is not None and not labelled(beside):
            before.add(id(run))
        above, below = _nearest(view, run, -1), _nearest(view, run, 1)
        over = run.box.y0 - above.box.y1 if above is not None else 1.0
        under = below.box.y0 - run.box.y1 if below is not None else 1.0
        if above is not None and not labelled(above) and over < _NEAR * under:
            if over < _CLOSE * view.tall and _aligned(above, run) and run.height <= 1.05 * above.height:
                found[id(run)] = above, run.height < _SMALL * above.height
        elif below is not None and not labelled(below) and under < _CLOSE * view.tall:
            heads.add(id(run))
    if len(before) > 2 * len(found):
        return {}  # the page's labels stand left of their values
    if len(found) <= len(heads):
        found = {key: made for key, made in found.items() if made[1]}
    return {key: above for key, (above, _) in found.items()} if len(found) >= 2 else {}


def _aligned(one: Run, other: Run) -> bool:
    middles = abs((one.box.x0 + one.box.x1) - (other.box.x0 + other.box.x1)) / 2
    return abs(one.box.x0 - other.box.x0) < _ALIGNED or middles < _ALIGNED


def _nearest(view: View, run: Run, step: int) -> Run | None:
    """The next run above (``step`` -1) or below (1) that overlaps it sideways."""
    at = run.row + step
    while 0 <= at < len(view.rows) and abs(at - run.row) < 8:
        for other in view.rows[at]:
            if other.box.x0 < run.box.x1 and other.box.x1 > run.box.x0:
                return other
        at += step
    return None


def lines_over(view: View, last: Run, labelled: Callable[[Run], bool]) -> list[Run]:
    """The lines of a caption's value, down to ``last``: those that it goes on from, none of them a label."""
    held = [last]
    for row in reversed(view.rows[max(0, last.row - 5) : last.row]):
        before = next((run for run in row if view.follows(run, held[0])), None)
        if before is None:
            continue
        if labelled(before):
            break
        held.insert(0, before)
    return held


def in_line(one: Run, other: Run) -> bool:
    """Their left edges or their middles stand over each other."""
    middles = abs((one.box.x0 + one.box.x1) - (other.box.x0 + other.box.x1)) / 2
    return abs(one.box.x0 - other.box.x0) < 0.01 or middles < 0.01


def set_as(label: Run, value: Run, other: Run) -> bool:
    """A line in the letters of the label, where its value is set in others: the next label."""
    if abs(value.height - label.height) < 0.12 * label.height:
        return False
    return abs(other.height - label.height) < 0.04 * label.height


_EDGE = 0.006
"""Of the page's width: what begins within it has one left edge."""


def under_its_own(
    view: View, right: Run, below: Run, mark: Mark, marks_in: Callable[[Run], Sequence[Mark]]
) -> bool:
    """Whether what stands right of a label stands under one of its own, and ``below`` under this one.

    So do two columns of labels over their values that are not level: "Action" beside what "Lieu" stands over.
    """
    if abs(below.box.x0 - mark.run.box.x0) > _EDGE or marks_in(below):
        return False
    return any(
        abs(run.box.x0 - right.box.x0) < _EDGE
        and 0 <= right.box.y0 - run.box.y1 < right.height
        and len(view.rows[run.row]) == 1
        and any(own.start == 0 and own.end >= len(run.text) - 1 for own in marks_in(run))
        for run in view.in_column(right.box)
    )
