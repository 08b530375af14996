"""Cells that are shaded or hatched: the sheet says that there was no such half-day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from dossier.reading import Box, Mark, Session
from extractors.leaf import Leaf
from extractors.page import Picture

_DARKER = 7.0
"""Grey levels that a shaded cell is darker by than the paper of the places where people signed."""

_INNER = 0.2
"""Share of a cell's sides left out: its rules and what crosses them."""

_TILE = 6
"""Pixels of a tile, in which a hatched cell has a stripe wherever the tile lies."""

_STREAKED = 1.5
"""Grey levels that the quietest tiles of a hatched cell vary by at least, and twice those of plain paper."""


def unshaded(leaves: Sequence[Leaf], sessions: Sequence[Session]) -> tuple[Session, ...]:
    """The sessions without those that nobody signed in a cell darker than every signed one of its page,
    or streaked all over where the paper of those is plain."""
    pages: Mapping[int, Leaf] = {leaf.page.number: leaf for leaf in leaves}
    kept: list[Session] = []
    for number, leaf in pages.items():
        own = [session for session in sessions if session.page == number]
        blank = [one for one in own if one.trainee_mark is one.trainer_mark is Mark.BLANK]
        signed = [one for one in own if one.trainee_mark is Mark.SIGNED]
        if not blank or not signed:
            kept += own
            continue
        plain = [_inside(leaf, one.box) for one in signed]
        light = min(float(np.median(cell)) for cell in plain) - _DARKER  # whatever the ink on it
        quiet = max(_STREAKED, 2 * max(_streaks(cell) for cell in plain))
        kept += [
            one
            for one in own
            if one not in blank
            or (float(np.mean(cell := _inside(leaf, one.box))) > light and _streaks(cell) < quiet)
        ]
    return tuple(kept)


def _streaks(cell: Picture) -> float:
    """By how many grey levels the quietest quarter of a cell's tiles varies at most."""
    high, wide = cell.shape[0] // _TILE, cell.shape[1] // _TILE
    if high == 0 or wide == 0:
        return 0.0
    tiles = cell[: high * _TILE, : wide * _TILE].reshape(high, _TILE, wide, _TILE)
    return float(np.percentile(tiles.std(axis=(1, 3)), 25))


def _inside(leaf: Leaf, box: Box) -> Picture:
    """The inner part of a cell."""
    high, wide = leaf.page.grey.shape
    across, down = _INNER * (box.x1 - box.x0), _INNER * (box.y1 - box.y0)
    return leaf.page.grey[
        int((box.y0 + down) * high) : int((box.y1 - down) * high) + 1,
        int((box.x0 + across) * wide) : int((box.x1 - across) * wide) + 1,
    ]
