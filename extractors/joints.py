"""Columns of a table whose level rules were drawn cell by cell: where the pieces of one rule meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from dossier.reading import ReadBy
from extractors.page import Page

_MEET = 0.002
"""Fractions of the page within which the end of a piece is the start of the next."""

_ROW = 0.004
"""And within which two pieces are of one rule."""

_ALIKE = 0.75
"""The least share of the rules in pieces that meet at the edges, and nowhere else."""


def jointed(page: Page, ys: Sequence[float], x0: float, x1: float) -> tuple[float, ...]:
    """The edges of the columns, outermost ones included; empty where the rules were drawn whole.

    ``ys``: the rules between ``x0`` and ``x1``, in fractions of the page. Only text pages keep the pieces.
    """
    if page.read_by is ReadBy.OCR:
        return ()
    pieces: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for stroke in page.strokes:
        if stroke.horizontal and x0 - _ROW < stroke.x0 and stroke.x1 < x1 + _ROW:
            at = next((at for at, y in enumerate(ys) if abs(y - stroke.y0) < _ROW), None)
            if at is not None:
                pieces[at].append((stroke.x0, stroke.x1))
    met: list[list[tuple[float, int]]] = []
    sets: list[list[float]] = []
    for row, held in pieces.items():
        starts = [start for start, _ in held]
        joints = sorted({end for _, end in held if any(abs(end - start) < _MEET for start in starts)})
        if joints:  # a rule that stops short of a cell over several rows ends at an edge too
            ends = min(starts), max(end for _, end in held)
            joints = sorted([*joints, *(end for end in ends if x0 + _ROW < end < x1 - _ROW)])
        sets.extend([joints] if joints else [])
        for joint in joints:
            near = next((group for group in met if abs(group[0][0] - joint) < _ROW), None)
            if near is None:
                met.append([(joint, row)])
            else:
                near.append((joint, row))
    least = max(3.0, _ALIKE * len(sets))
    inner = sorted(group[0][0] for group in met if len({row for _, row in group}) >= least)
    same = sum(_same(joints, inner) for joints in sets)
    return (x0, *inner, x1) if inner and same >= least else ()


def _same(one: Sequence[float], other: Sequence[float]) -> bool:
    return len(one) == len(other) and all(abs(a - b) < _ROW for a, b in zip(one, other, strict=True))
