"""What a text page draws besides type and rules, and that nothing is looked at where nothing is drawn."""

from __future__ import annotations

import io
import random
from dataclasses import replace

import numpy as np
import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from dossier.reading import Box, Mark
from extractors.ink import Inked, judged
from extractors.leaf import Leaf
from extractors.page import Page, Picture, Traces
from extractors.signatures import signed
from samples import ink
from samples.people import person
from tests.extractors.paper import Draw, lines, only, pdf, table


def traces_of(page: Page) -> Traces:
    assert page.traces is not None
    return page.traces


def signing(canvas: Canvas) -> None:
    rng = random.Random(4)
    ink.sign(canvas, ink.hand(person(rng), 0), rng, 100, 420, 110, 40)


def whole(page: Page) -> Picture:
    wide, high = traces_of(page).size
    return traces_of(page).see([(0, 0, wide, high)])[0]


def with_lines(*draws: Draw) -> Draw:
    def draw(canvas: Canvas) -> None:
        lines(canvas)
        for one in draws:
            one(canvas)

    return draw


def test_type_and_rules_and_frames_with_round_corners_are_no_traces() -> None:
    page = only(pdf(with_lines(table, lambda canvas: canvas.roundRect(50, 200, 200, 80, 8))))
    assert traces_of(page).boxes == ()
    assert whole(page).min() == 255


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_pen_is_seen_alone_whatever_the_pages_rotation(turn: int) -> None:
    with pikepdf.open(io.BytesIO(pdf(with_lines(table, signing)))) as document:
        document.pages[0].rotate(turn, relative=False)
        out = io.BytesIO()
        document.save(out)
    page = only(out.getvalue())
    boxes = traces_of(page).boxes
    assert boxes
    seen = whole(page)
    high, wide = seen.shape
    for box in boxes:
        x0, y0, x1, y1 = box.x0 * wide, box.y0 * high, box.x1 * wide, box.y1 * high
        seen[max(0, int(y0) - 6) : int(y1) + 7, max(0, int(x0) - 6) : int(x1) + 7] = 255
    assert seen.min() == 255
    assert all(box.x0 > 0.15 and box.x1 < 0.4 and box.y0 > 0.4 and box.y1 < 0.55 for box in boxes)


def test_a_turned_group_is_boxed_around_its_corners() -> None:
    def turned(canvas: Canvas) -> None:
        canvas.beginForm("stamp")
        canvas.rect(0, 0, 120, 40)
        canvas.endForm()
        canvas.saveState()
        canvas.translate(300, 400)
        canvas.rotate(30)
        canvas.doForm("stamp")
        canvas.restoreState()

    traces = traces_of(only(pdf(with_lines(turned))))
    assert not traces.boxes, "the outline of a stamp is known, and nothing is left to look at"
    (box,) = traces.frames
    assert (box.x1 - box.x0) * 595 == pytest.approx(120 * 0.866 + 40 * 0.5, abs=3)
    assert (box.y1 - box.y0) * 842 == pytest.approx(120 * 0.5 + 40 * 0.866, abs=3)


def test_a_signature_under_a_white_box_is_not_seen() -> None:
    def covered(canvas: Canvas) -> None:
        signing(canvas)
        canvas.setFillGray(1)
        canvas.rect(60, 380, 240, 120, stroke=0, fill=1)

    assert whole(only(pdf(with_lines(covered)))).min() == 255


def test_a_dash_that_bars_a_cell_is_seen_and_the_grid_is_not() -> None:
    page = only(pdf(with_lines(table, lambda canvas: canvas.line(240, 375, 330, 375))))
    cells = [Box(200 / 595, 1 - y / 842, 380 / 595, 1 - (y - 30) / 842) for y in (420, 390, 360)]
    inked = Inked(page, Box(60 / 595, 1 - 420 / 842, 535 / 595, 1 - 300 / 842), (), cells)
    assert [shown.mark for shown in judged(inked.of(cells))] == [Mark.BLANK, Mark.DASH, Mark.BLANK]


def test_a_page_that_nobody_signed_is_not_drawn() -> None:
    def refuse() -> Picture:
        raise AssertionError("the page was drawn")

    page = only(pdf(with_lines(lambda canvas: canvas.drawString(60, 440, "Signature et cachet :"))))
    page = replace(page, see=refuse, traces=replace(traces_of(page), see=lambda crops: refuse()))
    found = signed([Leaf(page)])
    assert found is not None
    assert found.value is False


def test_ink_that_crosses_print_is_whole() -> None:
    def over(canvas: Canvas) -> None:
        canvas.drawString(60, 480, "Signature et cachet :")
        for y in (428, 440, 452):
            canvas.drawString(90, y, "Atelier du Savoir SARL, 35 rue des")
        signing(canvas)

    page = only(pdf(with_lines(over)))
    bare = only(pdf(with_lines(signing)))
    found = signed([Leaf(page)])
    assert found is not None
    assert found.value is True
    assert np.count_nonzero(whole(page) < 128) == np.count_nonzero(whole(bare) < 128)
