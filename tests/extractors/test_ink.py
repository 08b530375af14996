"""What a cell shows: a signature, nothing, a dash, a cross, a neighbour's overflow."""

from __future__ import annotations

import numpy as np
import pytest

from dossier.reading import Box, Mark
from extractors.ink import Inked, Shown, judged
from tests.extractors.ruled_pages import HEIGHT, WIDTH, Sheet

ROWS = 6


def _box(row: int) -> Box:
    return Box(260 / WIDTH, (100 + 24 * row) / HEIGHT, 380 / WIDTH, (124 + 24 * row) / HEIGHT)


def _sheet() -> Sheet:
    sheet = Sheet()
    sheet.table(60, 100, [200, 120], [["NOM", ""] for _ in range(ROWS)])
    return sheet


def _inked(sheet: Sheet) -> Inked:
    boxes = [_box(row) for row in range(ROWS)]
    printed = [word.box for word in sheet.words]
    return Inked(sheet.page(), Box(60 / WIDTH, 100 / HEIGHT, 380 / WIDTH, 244 / HEIGHT), printed, boxes)


def _shown(sheet: Sheet) -> tuple[Shown, ...]:
    return judged(_inked(sheet).of([_box(row) for row in range(ROWS)]))


def test_signed_blank_dashed_and_crossed_cells_are_told_apart() -> None:
    sheet = _sheet()
    sheet.sign(290, 104)
    sheet.sign(280, 128)
    sheet.stroke((300, 160), (340, 161))
    sheet.stroke((275, 175), (365, 193))
    sheet.stroke((275, 193), (365, 175))
    marks = [shown.mark for shown in _shown(sheet)]
    assert marks == [Mark.SIGNED, Mark.SIGNED, Mark.DASH, Mark.CROSSED, Mark.BLANK, Mark.BLANK]


def test_ink_that_overflows_signs_its_own_cell_alone() -> None:
    sheet = _sheet()
    sheet.sign(290, 126, high=24)
    marks = [shown.mark for shown in _shown(sheet)]
    assert marks[:3] == [Mark.BLANK, Mark.SIGNED, Mark.BLANK]


def test_a_cell_that_a_neighbour_runs_far_into_is_doubtful() -> None:
    sheet = _sheet()
    sheet.sign(290, 126, high=30)
    shown = _shown(sheet)
    assert shown[2].mark is Mark.BLANK and shown[2].confidence < 0.8


def test_dust_signs_nothing() -> None:
    sheet = _sheet()
    sheet.sign(290, 104)
    rng = np.random.default_rng(1)
    for y, x in rng.integers((280, 730), (660, 1040), size=(60, 2)):
        sheet.picture[y : y + 2, x : x + 2] = 60
    marks = [shown.mark for shown in _shown(sheet)]
    assert marks[0] is Mark.SIGNED and set(marks[1:]) == {Mark.BLANK}


def test_an_underlined_flat_signature_is_no_sure_dash() -> None:
    sheet = _sheet()
    sheet.sign(275, 106, wide=92, high=5)
    sheet.stroke((275, 115), (367, 115))
    shown = _shown(sheet)[0]
    assert shown.mark is Mark.SIGNED or shown.confidence < 0.8


def test_little_ink_is_doubtful() -> None:
    sheet = _sheet()
    sheet.sign(290, 104)
    sheet.sign(300, 132, wide=4, high=2)
    assert _shown(sheet)[1].confidence < 0.8


@pytest.mark.parametrize("step", [24, 48])
def test_a_copied_signature_has_nearly_the_same_digest(step: int) -> None:
    sheet = _sheet()
    sheet.sign(290, 104)
    sheet.sign(300, 104 + step)
    sheet.sign(290, 104 + 72, wide=60, high=9)
    inked = _inked(sheet)
    own, copy, other = (int(inked.digest(_box(row)), 16) for row in (0, step // 24, 3))
    assert (own ^ copy).bit_count() <= 10 < (own ^ other).bit_count()
    assert inked.digest(_box(5)) == ""
