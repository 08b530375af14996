"""Tables of pixels of which a side was not ruled, or lost its rule."""

from __future__ import annotations

from dossier.reading import Box, HalfDay, ReadBy
from extractors.grid import tables
from extractors.kinds.attendance import read
from extractors.kinds.attendance_again import _expected
from extractors.kinds.attendance_words import Column
from extractors.leaf import Leaf
from extractors.open_sided import Upright, centred, is_open, with_uprights
from tests.extractors.ruled_pages import Sheet, level, upright, words_at


def _open_sheet(edges: tuple[float, ...], left: float, right: float, rows: int) -> Sheet:
    """Rows of 24 points under level rules, parted by upright ones at ``edges`` alone."""
    sheet = Sheet(ReadBy.OCR)
    sheet.strokes += [level(200 + 24 * at, left, right) for at in range(rows + 1)]
    sheet.strokes += [upright(x, 200, 200 + 24 * rows) for x in edges]
    return sheet


def test_dates_and_times_left_of_the_first_upright_rule_are_columns() -> None:
    sheet = _open_sheet((240, 330, 430), 50, 530, 6)
    sheet.words += words_at(226, 172, "Matin", 0.96) + words_at(406, 172, "Après-midi", 0.96)
    sheet.words += words_at(90, 180, "Date", 0.96)
    for x, text in ((170, "Horaire"), (262, "Apprenant"), (350, "Horaire"), (455, "Apprenant")):
        sheet.words += words_at(x, 188, text, 0.96)
    for at in range(6):
        y = 206 + 24 * at
        sheet.words += words_at(54, y, f"{14 + at}/09/2026", 0.96)
        sheet.words += words_at(160, y, "08:45-12:15", 0.96) + words_at(340, y, "13:15-16:45", 0.96)
        sheet.sign(260, y - 2)
        sheet.sign(455, y - 2)
    sheet.words += words_at(54, 100, "Stagiaire : MOREAU Julie", 0.96)
    found = read([Leaf(sheet.page(1))]).sessions
    assert [s.half_day for s in found[:2]] == [HalfDay.AM, HalfDay.PM]
    assert len(found) == 12 and {s.minutes for s in found} == {210}


def test_a_column_right_of_the_last_upright_rule_is_one_of_the_table() -> None:
    sheet = _open_sheet((180, 300), 50, 520, 5)
    for at in range(5):
        for x, text in ((54, "MOREAU Julie"), (190, "09/09/2026"), (310, "Matin"), (440, "3h30")):
            sheet.words += words_at(x, 206 + 24 * at, text, 0.96)
    (table,) = tables(sheet.page(1))
    assert [cell.text for cell in table.row(0)] == ["MOREAU Julie", "09/09/2026", "Matin", "3h30"]


def test_rules_that_end_at_the_upright_ones_leave_no_side_open() -> None:
    closed = [(0.1, 0.9)] * 6
    assert not is_open(closed, [0.1, 0.4, 0.9])
    assert is_open(closed, [0.4, 0.9]) and is_open(closed, [0.1, 0.7])
    assert not is_open([(0.1, 0.9), *[(0.5, 0.9)] * 5], [0.5, 0.9])  # one line that runs on


def test_edges_and_headings_of_such_a_table() -> None:
    piece = Box(0.12, 0.2, 0.2, 0.22)
    seen = [Upright(0.5, 0.1, 0.9), Upright(0.7, 0.1, 0.15)]
    assert with_uprights([0.1, 0.3, 0.48, 0.9], seen, [(0.1, 0.5), (0.5, 0.9)], [piece]) == [0.1, 0.5, 0.9]
    over_two = [Box(0.38, 0.1, 0.42, 0.12)]
    assert centred([(0, 1), (1, 1), (2, 1)], over_two, [0.1, 0.3, 0.4, 0.5]) == [(0, 1), (1, 2)]
    assert centred([(0, 1), (1, 1), (2, 1)], [Box(0.43, 0.1, 0.47, 0.12)], [0.1, 0.3, 0.4, 0.5])[2] == (2, 1)


def test_a_form_right_above_a_grid_is_a_table_of_its_own_though_a_line_goes_on() -> None:
    for gap in (5, 8):
        sheet = Sheet(ReadBy.OCR)
        sheet.strokes += [level(100 + 24 * at, 50, 540) for at in range(3)]
        sheet.strokes += [upright(x, 100, 148) for x in (50, 210, 370, 540)]
        top = 148 + gap
        sheet.strokes += [level(top + 24 * at, 50, 500) for at in range(5)]
        sheet.strokes += [upright(x, top, top + 96) for x in (50, 140, 230, 320, 410, 500)]
        sheet.strokes += [upright(370.5, 100, top + 96)]  # a pen's stroke or dirt that joins the two
        form, grid = tables(sheet.page(1))
        assert (form.rows, grid.rows) == (2, 4)


def test_a_row_over_times_is_one_of_days_and_first_names_are_none() -> None:
    sheet = Sheet(ReadBy.OCR)
    times = ("Matin", "8h15-12h00", "8h15-12h00", "8h15-12h00")
    sheet.table(50, 100, [90] * 4, [("", "", "09/09/2026", ""), times, ("Signature", "", "", "")])
    (table,) = tables(sheet.page(1))
    days = _expected(table)
    assert [days.get(cell) for cell in table.row(0)] == [None, *[Column.DATE] * 3]
