"""A stamp whose frame was not made out, and the words that it struck through, are no sure signature."""

from __future__ import annotations

import pytest

from dossier.reading import Box
from extractors.pen import Figure
from extractors.signatures import Place

ZONE = Box(0.5, 0.5, 0.8, 0.7)


def place(tall: float, *, inside: float = 0.0, stamp_text: bool = True, on_scan: bool = True) -> Place:
    figure = Figure(box=ZONE, wide=13.0, high=tall, tall=tall, area=9.0, inside=inside)
    return Place(1, "Fait à", "provider", ZONE, (figure,), (), (), stamp_text=stamp_text, on_scan=on_scan)


@pytest.mark.parametrize(
    ("found", "sure"),
    [
        (place(3.8), False),
        (place(3.8, stamp_text=False), True),
        (place(7.5), True),
        (place(4.0, inside=1.0, stamp_text=False), False),
        (place(7.5, inside=1.0, stamp_text=False), True),
        (place(3.8, on_scan=False), True),
        (place(3.8, inside=1.0, on_scan=False), True),
        (place(3.8, inside=1.0, stamp_text=False, on_scan=False), False),
    ],
)
def test_ink_that_may_be_a_stamps_is_below_the_least_confidence(found: Place, sure: bool) -> None:
    assert found.signed
    assert (found.confidence >= 0.60) is sure


@pytest.mark.parametrize(("area", "sure"), [(11.0, False), (25.0, True)])
def test_a_flat_figure_is_a_line_only_where_its_ink_is_one_strokes(area: float, sure: bool) -> None:
    figure = Figure(box=ZONE, wide=25.1, high=5.8, tall=4.0, area=area)
    found = Place(1, "Signature :", "provider", ZONE, (figure,), (), (), on_scan=True)
    assert (found.confidence >= 0.60) is sure
