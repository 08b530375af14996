"""Rules of tables on pages of pixels that the search for lines lost, told by words or by the picture."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from statistics import median

import numpy as np

from extractors.layout import lines_of
from extractors.page import Page

_NEAR = 3.0
"""Points within which a line stands at a place."""

_RULE = 22.0
"""Grey levels by which a pale rule is darker than its paper."""

_DRAWN = 0.75
"""The least share of a wall that is dark in the picture where a rule was lost."""

_EVEN, _MOST_LOST = 0.08, 4
"""The share of its width by which a column differs from its like; columns that one may have run into, at
most."""


def lost_level(page: Page, rows: Sequence[float], columns: Sequence[float]) -> list[float]:
    """Where level rules must have been: rows twice as high as most whose first column has a line for each."""
    if len(rows) < 4 or len(columns) < 2:
        return []
    usual = median(b - a for a, b in itertools.pairwise(rows))
    found = []
    for top, bottom in itertools.pairwise(rows):
        if bottom - top < 1.6 * usual:
            continue
        words = [
            word
            for word in page.words
            if columns[0] <= word.box.x0 * page.width < columns[1]
            and top < (word.box.y0 + word.box.y1) / 2 * page.height < bottom
        ]
        for above, below in itertools.pairwise(lines_of(words) if words else ()):
            high = (below.box.y1 - below.box.y0) * page.height
            step = (below.box.y0 - above.box.y0) * page.height
            if step > 0.75 * usual and step > 1.6 * high:
                found.append((above.box.y1 + below.box.y0) / 2 * page.height)
    return found


def lost_upright(page: Page, rows: Sequence[float], columns: Sequence[float]) -> list[float]:
    """Where upright rules must have been: columns as wide as several of the usual ones, with a line at each
    of their edges in the picture. A scanner's streak on a rule takes it along."""
    widths = [b - a for a, b in itertools.pairwise(columns)]
    if len(rows) < 4 or len(widths) < 4:
        return []
    usual = max(widths, key=lambda width: sum(abs(width - other) < _EVEN * width for other in widths))
    if sum(abs(usual - other) < _EVEN * usual for other in widths) < 3:
        return []
    found = []
    for left, right in itertools.pairwise(columns):
        count = round((right - left) / usual)
        step = (right - left) / max(1, count)
        if not 2 <= count <= _MOST_LOST or abs(step - usual) > _EVEN * usual:
            continue
        edges = [_upright_at(page, left + n * step, rows[0], rows[-1]) for n in range(1, count)]
        found += [at for at in edges if at is not None]
    return found


def _upright_at(page: Page, near: float, start: float, end: float) -> float | None:
    """Where, in points, the picture shows an upright rule at this place or close to it."""
    grey = page.grey
    high, wide = grey.shape
    x, reach = round(near / page.width * wide), round(_NEAR / page.width * wide)
    y0, y1 = round(start / page.height * high) + 4, round(end / page.height * high) - 4
    first = max(0, x - reach)
    strip = grey[y0:y1, first : x + reach + 1]
    if strip.size == 0 or strip.shape[1] < 3:
        return None
    dark = strip < float(np.median(strip)) - _RULE
    share = (dark[:, :-2] | dark[:, 1:-1] | dark[:, 2:]).mean(axis=0)
    best = int(share.argmax())
    return (first + best + 1) / wide * page.width if share[best] > _DRAWN else None


def dark_along(page: Page, at: float, start: float, end: float) -> bool:
    """Whether a page of pixels shows a level rule, in points, that was lost in looking for rules."""
    grey = page.grey
    high, wide = grey.shape
    y = round(at / page.height * high)
    x0, x1 = round(start / page.width * wide) + 4, round(end / page.width * wide) - 4
    strip = grey[max(0, y - 5) : y + 6, x0:x1]
    if strip.size == 0:
        return False
    dark = strip < float(np.median(strip)) - _RULE
    near = dark[:-2] | dark[1:-1] | dark[2:]
    return bool(near.size) and float(near.mean(axis=1).max()) > _DRAWN
