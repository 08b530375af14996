"""Tables from rules and from words: what is a cell, what is a streak, what was lost."""

from __future__ import annotations

from dossier.reading import ReadBy
from extractors.bands import recut
from extractors.grid import tables
from extractors.table import edges
from tests.extractors.ruled_pages import Sheet, level, upright, words_at


def _grid(read_by: ReadBy = ReadBy.TEXT, rows: int = 6) -> Sheet:
    sheet = Sheet(read_by)
    names = [["NOM", "Matin", "Soir"], *([f"NOM{i} Jean", "", ""] for i in range(rows - 1))]
    sheet.table(60, 100, [160, 120, 120], names)
    return sheet


def test_a_ruled_table_gives_its_cells_and_their_words() -> None:
    (table,) = tables(_grid().page())
    assert (table.rows, table.columns, table.ruled) == (6, 3, True)
    assert [cell.text for cell in table.row(0)] == ["NOM", "Matin", "Soir"]
    assert table.row(3)[0].text == "NOM2 Jean"


def test_a_heading_over_two_columns_is_one_cell() -> None:
    sheet = _grid()
    sheet.strokes = [s for s in sheet.strokes if s.horizontal or abs(s.x0 * 595 - 340) > 1]
    sheet.strokes.append(upright(340, 124, 244))
    (table,) = tables(sheet.page())
    assert [(cell.text, cell.colspan) for cell in table.row(0)] == [("NOM", 1), ("Matin Soir", 2)]
    assert len(table.row(1)) == 3


def test_two_tables_close_to_each_other_stay_two() -> None:
    sheet = _grid()
    sheet.table(60, 100 + 6 * 24 + 6, [100, 100, 100, 100], [["A", "B", "C", "D"], ["1", "2", "3", "4"]])
    assert [(t.rows, t.columns) for t in tables(sheet.page())] == [(6, 3), (2, 4)]


def test_a_scanner_streak_over_the_page_is_no_column() -> None:
    sheet = _grid(ReadBy.OCR)
    sheet.strokes.append(upright(400, 10, 830))
    (table,) = tables(sheet.page())
    assert table.columns == 3


def test_the_same_line_within_the_table_is_a_column() -> None:
    sheet = _grid(ReadBy.OCR)
    sheet.strokes.append(upright(400, 100, 244))
    (table,) = tables(sheet.page())
    assert table.columns == 4


def test_an_underlined_signature_makes_no_row_of_a_scan() -> None:
    sheet = _grid(ReadBy.OCR)
    sheet.strokes.append(level(160, 232, 300))
    (table,) = tables(sheet.page())
    assert table.rows == 6


def test_a_rule_lost_between_two_names_is_put_back() -> None:
    sheet = _grid(ReadBy.OCR)
    sheet.strokes = [s for s in sheet.strokes if not s.horizontal or abs(s.y0 * 842 - 172) > 1]
    (table,) = tables(sheet.page())
    assert [table.row(row)[0].text for row in range(1, 6)] == [f"NOM{i} Jean" for i in range(5)]


def test_a_wall_lost_in_one_column_is_looked_for_in_the_picture() -> None:
    sheet = _grid(ReadBy.OCR)
    sheet.strokes = [s for s in sheet.strokes if not s.horizontal or abs(s.y0 * 842 - 172) > 1]
    sheet.strokes.append(level(172, 60, 340))
    (table,) = tables(sheet.page())
    assert all(cell.rowspan == 1 for cell in table.cells)


def _listed(rules: bool, gone: tuple[int, ...] = ()) -> Sheet:
    sheet = Sheet()
    lines = [
        ("Participant", "Statut", "Heure"),
        *((f"NOM{i} Jean", "Présent", f"0{i + 1}:15") for i in range(6)),
    ]
    for i, cells in enumerate(lines):
        for x, text in zip((60, 240, 380), cells, strict=True):
            sheet.words += words_at(x, 103 + 24 * i, text)
        if rules and i not in gone:
            sheet.strokes.append(level(120 + 24 * i, 56, 520))
    return sheet


def test_level_rules_alone_give_rows_and_words_give_columns() -> None:
    (table,) = tables(_listed(rules=True).page())
    assert not table.ruled
    assert [[cell.text for cell in table.row(row)] for row in (0, 6)] == [
        ["Participant", "Statut", "Heure"],
        ["NOM5 Jean", "Présent", "06:15"],
    ]


def test_rows_whose_pale_rule_was_lost_stay_apart() -> None:
    (table,) = tables(_listed(rules=True, gone=(3,)).page())
    assert [table.row(row)[0].text for row in range(1, 7)] == [f"NOM{i} Jean" for i in range(6)]


def test_no_rule_at_all_is_still_a_table() -> None:
    (table,) = tables(_listed(rules=False).page())
    assert table.columns == 3 and table.rows == 7


def test_a_table_that_goes_on_takes_the_columns_of_the_one_before() -> None:
    first = tables(_listed(rules=True).page())[0]
    page = _listed(rules=True)
    page.words = [word for word in page.words if word.text not in ("Statut", "Présent")]
    second = tables(page.page())[0]
    assert second.columns == 2
    again = recut(page.page(), second, edges(first))
    assert [cell.text for cell in again.row(2)] == ["NOM1 Jean", "", "02:15"]
