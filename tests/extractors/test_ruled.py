"""Rules of pixels: a table's are found, a scanner's streak through it is none of them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.page import Picture
from extractors.ruled import ruling

HEIGHT, WIDTH = 2339, 1653
COLUMNS = (200, 500, 800, 1100, 1400)
ROWS = (600, 700, 800, 900, 1000)


def table() -> Picture:
    page = np.full((HEIGHT, WIDTH), 245, np.uint8)
    for x in COLUMNS:
        cv2.line(page, (x, ROWS[0]), (x, ROWS[-1]), 40, 3)
    for y in ROWS:
        cv2.line(page, (COLUMNS[0], y), (COLUMNS[-1], y), 40, 3)
    return page


def plumb(page: Picture) -> list[int]:
    return sorted(round(s.x0 * WIDTH) for s in ruling(page).strokes if not s.horizontal)


def near(found: list[int], wanted: tuple[int, ...]) -> bool:
    return len(found) == len(wanted) and all(abs(a - b) <= 3 for a, b in zip(found, wanted, strict=True))


def test_a_table_is_ruled_where_it_was_drawn() -> None:
    assert near(plumb(table()), COLUMNS)


@pytest.mark.parametrize("gap", [None, (640, 660)])
def test_a_streak_from_the_papers_edge_is_no_column(gap: tuple[int, int] | None) -> None:
    page = table()
    cv2.line(page, (950, 0), (950, HEIGHT - 1), 120, 2)
    if gap is not None:
        page[gap[0] : gap[1], 940:960] = 245
    assert near(plumb(page), COLUMNS)
    covered = ruling(page).covered
    assert covered[100:500, 940:960].any(), "it is taken off the page that is read all the same"


def test_columns_cut_off_by_the_papers_edge_stay() -> None:
    cut = np.ascontiguousarray(table()[ROWS[0] + 50 :])
    found = sorted(round(s.x0 * WIDTH) for s in ruling(cut).strokes if not s.horizontal)
    assert near(found, COLUMNS)


def test_the_papers_edges_are_no_rules() -> None:
    page = table()
    cv2.line(page, (2, 0), (2, ROWS[-1]), 40, 2)
    cv2.line(page, (0, 2), (COLUMNS[-1], 2), 40, 2)
    assert near(plumb(page), COLUMNS)
    assert min(s.y0 for s in ruling(page).strokes) * HEIGHT > ROWS[0] - 5


@pytest.mark.parametrize(("below", "thick"), [(4, 3), (5, 2), (6, 4)])
def test_a_line_under_words_is_taken_off(below: int, thick: int) -> None:
    page = np.full((HEIGHT, WIDTH), 245, np.uint8)
    cv2.putText(page, "Convention de formation", (400, 300), cv2.FONT_HERSHEY_DUPLEX, 1.3, 30, 3, cv2.LINE_AA)
    bare = page.copy()
    cv2.line(page, (400, 300 + below), (900, 300 + below), 30, thick)
    covered = ruling(page).covered
    assert covered[300 + below, 405:895].all()
    assert not ruling(bare).covered.any(), "the feet of letters are no line"
