"""Values of several lines whose label stands beside their middle, as in tables set so."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dossier.reading import Box
from extractors.view import Run, View

_OFF = 0.35
"""Heights of a line: how far the label's middle and the value's may be apart."""

_APART = 1.4
"""A gap this many times that between a value's lines parts it from another's."""

_MOST = 4
"""Lines over the one that stands beside the label, at most."""


def lines_midway(view: View, label: Box, beside: Run) -> tuple[Run, ...]:
    """The lines of the value about ``beside``, top to bottom; none where it does not begin over its label.

    They are one paragraph, as much over the label as under it, and parted from what else stands in their
    column by a rule or a wider gap: else the lines above may be the end of another label's value.
    """
    held = [beside]
    for step in (-1, 1):
        while len(held) <= 2 * _MOST:
            edge = held[0] if step < 0 else held[-1]
            other = _next(view, edge, step)
            if other is None or not view.follows(*((other, edge) if step < 0 else (edge, other))):
                break
            if _labelled(view, other, label):
                break
            held.insert(0, other) if step < 0 else held.append(other)
    if held[0] is beside:
        return ()
    middle = (held[0].box.y0 + held[-1].box.y1) / 2
    if abs(middle - (label.y0 + label.y1) / 2) > _OFF * view.tall:
        return ()
    return tuple(held) if _parted(view, held) else ()


def _next(view: View, run: Run, step: int) -> Run | None:
    """The next run above (``step`` -1) or below that overlaps ``run`` sideways."""
    for row in view.rows[run.row + step : run.row + 4 * step if run.row + 4 * step >= 0 else None : step]:
        for other in row:
            if other.box.x0 < run.box.x1 and other.box.x1 > run.box.x0:
                return other
    return None


def _labelled(view: View, run: Run, label: Box) -> bool:
    """Something stands left of the run on its line, in the label's column."""
    return any(other.box.x1 <= run.box.x0 and other.box.x1 > label.x0 for other in view.rows[run.row])


def _parted(view: View, held: Sequence[Run]) -> bool:
    """Rules or wider gaps over and under the lines."""
    inner = max(below.box.y0 - above.box.y1 for above, below in pairwise(held))
    least = max(_APART * inner, inner + 0.15 * view.tall)
    for edge, step in ((held[0], -1), (held[-1], 1)):
        other = _next(view, edge, step)
        if other is None:
            continue
        first, last = (other, edge) if step < 0 else (edge, other)
        if last.box.y0 - first.box.y1 < least and not view.ruled_between(first.box, last.box):
            return False
    return True
