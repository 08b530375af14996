"""Rows of boxes that are open at the top, found by their teeth."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractors.kinds.cerfa_teeth import toothed

TALL = 16.0


def drawn(teeth: range, gap: int | None = None) -> NDArray[np.uint8]:
    """A level line of 3 pixels with teeth of 17 on it; the tooth at ``gap`` is left out."""
    ink = np.zeros((120, 700), np.uint8)
    ink[80:83, teeth.start : teeth[-1] + 3] = 1
    for index, x in enumerate(teeth):
        if index != gap:
            ink[63:80, x : x + 3] = 1
    return ink


def test_boxes_between_teeth() -> None:
    (row,) = toothed(drawn(range(100, 100 + 31 * 9, 31)), TALL)
    assert len(row) == 8
    assert all(abs(right - left - 31) <= 1 for left, _, right, _ in row)


def test_a_lost_tooth_is_put_back() -> None:
    (row,) = toothed(drawn(range(100, 100 + 31 * 9, 31), gap=4), TALL)
    assert len(row) == 8


def test_a_line_and_a_table_have_no_teeth() -> None:
    bare = np.zeros((120, 700), np.uint8)
    bare[80:83, 100:600] = 1
    assert list(toothed(bare, TALL)) == []
    bare[20:80, 100:103] = bare[20:80, 350:353] = bare[20:80, 597:600] = 1
    assert list(toothed(bare, TALL)) == []
