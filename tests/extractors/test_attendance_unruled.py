"""Sheets whose rules and labels say less: typed lists, rules that stop short, lists side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from dossier.reading import Box, HalfDay, Mark, ReadBy, Session
from extractors.grid import tables
from extractors.kinds.attendance import read
from extractors.kinds.attendance_lost import recovered
from extractors.kinds.attendance_words import column_of, days_in
from extractors.leaf import Leaf
from extractors.names_after import person_next
from extractors.page import Word
from extractors.pitched import pitched
from extractors.table import Cell, Table
from tests.extractors.ruled_pages import HEIGHT, WIDTH, Sheet, level, upright, words_at

_PITCH = 5.4


def _read(sheet: Sheet) -> tuple[Session, ...]:
    return read([Leaf(sheet.page(1))]).sessions


def _type(sheet: Sheet, y: float, text: str) -> None:
    """A line in letters of one width, blanks too."""
    at = 0
    for word in text.split(" "):
        if word:
            left = 50 + _PITCH * at
            box = Box(left / WIDTH, y / HEIGHT, (left + _PITCH * len(word)) / WIDTH, (y + 9) / HEIGHT)
            sheet.words.append(Word(word, box))
        at += len(word) + 1


def _typed(*lines: str) -> Sheet:
    sheet = Sheet()
    for number, line in enumerate(lines):
        _type(sheet, 40 + 12 * number, line)
    return sheet


def test_single_blanks_part_the_columns_of_a_typed_list() -> None:
    sheet = _typed(
        "FEUILLE D'EMARGEMENT ELECTRONIQUE",
        "STAGIAIRE  : MOREAU Julie",
        "FORMATEUR  : PETIT Hugo",
        "---------------------------------------------------------------",
        "DATE       JR  PER HORAIRE     DUREE STAGIAIRE   FORMATEUR",
        "---------------------------------------------------------------",
        "12/01/2026 LUN MAT 09:00-12:30  3,50 Signé 08:58 Signé 12:31",
        "12/01/2026 LUN APM 13:30-17:00  3,50 ABSENT      Signé 17:02",
        "13/01/2026 MAR MAT 09:00-12:30  3,50 Signé 09:01 Signé 12:33",
        "13/01/2026 MAR APM 13:30-17:00  3,50 Signé 13:29 Signé 17:00",
    )
    found = _read(sheet)
    assert [one.half_day for one in found] == [HalfDay.AM, HalfDay.PM] * 2
    assert {one.trainee for one in found} == {"MOREAU Julie"} and {one.minutes for one in found} == {210}
    absent = found[1]
    assert (absent.trainee_mark, absent.trainer_mark) == (Mark.ABSENT, Mark.SIGNED)


def test_a_typed_list_needs_no_dashes_and_may_number_its_rows() -> None:
    sheet = _typed(
        "LISTE DE PRESENCE DU 12/01/2026 MATIN",
        "",
        "NO NOM ET PRENOM        DEBUT FIN   SIGNATURE",
        "01 MOREAU Julie         09:00 12:00 Signé",
        "02 PETIT Hugo           09:00 12:00 Signé",
        "03 LEROY Anne-Lise      09:00 12:00 Absent",
        "04 DA SILVA Bruno       09:00 12:00 Signé",
    )
    (table,) = pitched(sheet.page(1), [])
    assert [cell.text for cell in table.row(0)] == ["NO", "NOM ET PRENOM", "DEBUT", "FIN", "SIGNATURE"]
    assert [cell.text for cell in table.row(3)] == ["03", "LEROY Anne-Lise", "09:00", "12:00", "Absent"]


def test_letters_of_many_widths_are_no_typed_list() -> None:
    sheet = Sheet()
    for row in range(8):
        for at, text in enumerate(("12/01/2026", "mercredi", "illicite", "WWWWWWWW")):
            wide = sum(2.0 if c in "il1/" else 7.0 for c in text)
            box = Box(
                (60 + 100 * at) / WIDTH,
                (60 + 12 * row) / HEIGHT,
                (60 + 100 * at + wide) / WIDTH,
                (69 + 12 * row) / HEIGHT,
            )
            sheet.words.append(Word(text, box))
    assert pitched(sheet.page(1), []) == []


@pytest.mark.parametrize(
    ("label", "after", "concept", "is_one"),
    [
        ("stagiaire", " MARQUÈS Sami", "trainee", True),
        ("formateur", " Anatole OLLIVIER", "trainer", True),
        ("stagiaire", " de la formation continue", "trainee", False),
        ("formateur", " Plus Conseil", "trainer", False),
        ("formation", " MARTIN Paul", "title", False),
    ],
)  # fmt: skip
def test_a_role_before_a_name_needs_no_colon(label: str, after: str, concept: str, is_one: bool) -> None:
    assert person_next(after, label, frozenset({concept})) is is_one


def test_rows_are_cut_where_the_headings_alone_are_ruled_upright() -> None:
    sheet = Sheet()
    xs, ys = [60, 180, 240, 360, 480], [100, 124, 148, 172, 196]
    sheet.strokes += [level(y, xs[0], xs[-1]) for y in ys] + [upright(x, 100, 124) for x in xs]
    sheet.strokes += [upright(x, 124, 196) for x in (xs[0], xs[-2], xs[-1])]  # a shaded last column
    for x, text in zip(xs, ("Créneau", "Durée", "MOREAU Julie", "Formateur"), strict=False):
        sheet.say(x + 3, 104, text)
    for y, day in zip(ys[1:], ("12/01/2026", "13/01/2026", "14/01/2026"), strict=False):
        sheet.say(63, y + 3, f"{day} 9h-12h")
        sheet.say(183, y + 3, "3h00")
        sheet.sign(260, y + 5)
        sheet.sign(400, y + 5)
    found = _read(sheet)
    assert [one.date for one in found] == [dt.date(2026, 1, day) for day in (12, 13, 14)]
    assert {(one.trainee, one.trainee_mark, one.trainer_mark) for one in found} == {
        ("MOREAU Julie", Mark.SIGNED, Mark.SIGNED)
    }


def _in_pieces(first_open: bool) -> Sheet:
    """A day over two rows, ruled level alone and cell by cell."""
    sheet = Sheet()
    xs = [60, 180, 260, 400, 500]
    for number in range(8):
        y = 130 + 30 * number
        pieces = list(pairwise(xs))
        sheet.strokes += [level(y, a, b) for a, b in pieces[first_open and number % 2 == 1 :]]
    for x, text in zip(xs, ("Jour", "Horaire", "MOREAU Julie", "Formateur"), strict=False):
        sheet.say(x + 3, 112, text)
    for number in range(3):
        y = 130 + 60 * number
        sheet.say(63, y + 25, f"{12 + number} janvier 2026")
        for at, times in enumerate(("9h00-12h30", "13h30-17h00")):
            sheet.say(183, y + 4 + 30 * at, times)
            sheet.sign(290, y + 8 + 30 * at)
            sheet.sign(420, y + 8 + 30 * at)
    return sheet


def test_a_day_over_two_rows_is_one_cell_where_the_rule_stops_short_of_it() -> None:
    found = _read(_in_pieces(first_open=True))
    assert [(one.date.day if one.date else 0, one.half_day) for one in found] == [
        (day, half) for day in (12, 13, 14) for half in (HalfDay.AM, HalfDay.PM)
    ]


def _side_by_side(ruled: bool) -> Sheet:
    sheet = Sheet()
    sheet.say(60, 40, "FEUILLE D'ÉMARGEMENT")
    for block, day in enumerate(("12/01/2026", "13/01/2026")):
        top = 80 + 150 * block
        sheet.say(60, top, f"LUNDI {day}" if block == 0 else f"MARDI {day}")
        for left, half in ((60, "Matin : 9h00 à 12h30"), (310, "Après-midi : 13h30 à 17h00")):
            sheet.say(left, top + 16, half)
            for row, name in enumerate(("MOREAU Julie", "PETIT Hugo", "Formateur : LEROY Anne")):
                y = top + 34 + 28 * row
                sheet.say(left + 4, y, name)
                sheet.strokes.append(level(y + 24, left, left + 230))
                if ruled:
                    sheet.strokes += [upright(x, y - 4, y + 24) for x in (left, left + 120, left + 230)]
                    sheet.strokes.append(level(y - 4, left, left + 230))
                if (row, left, block) != (1, 310, 0):
                    sheet.sign(left + 140, y + 2)
    return sheet


@pytest.mark.parametrize("ruled", [False, True])
def test_lists_side_by_side_are_read_each_under_its_half_day(ruled: bool) -> None:
    found = {(one.trainee, one.date, one.half_day): one for one in _read(_side_by_side(ruled))}
    days = [dt.date(2026, 1, 12), dt.date(2026, 1, 13)]
    assert set(found) == {
        (name, day, half)
        for name in ("MOREAU Julie", "PETIT Hugo")
        for day in days
        for half in (HalfDay.AM, HalfDay.PM)
    }
    assert found["PETIT Hugo", days[0], HalfDay.PM].trainee_mark is Mark.BLANK
    assert found["PETIT Hugo", days[0], HalfDay.AM].trainee_mark is Mark.SIGNED
    assert {one.trainer_mark for one in found.values()} == {Mark.SIGNED}


def test_the_time_of_a_signature_is_no_length() -> None:
    sheet = Sheet()
    sheet.say(60, 60, "FEUILLE D'ÉMARGEMENT")
    sheet.say(60, 84, "lundi 12 janvier 2026 - 9h00-12h30 (matin)")
    sheet.table(
        60, 100, [120, 100, 80, 80, 100],
        [
            ("Nom", "Prénom", "Statut", "Heure", "Signature"),
            ("MOREAU", "Julie", "Présent", "08:50", ""),
            ("PETIT", "Hugo", "Présent", "09:02", ""),
            ("LEROY", "Anne", "Absent", "—", ""),
        ],
    )  # fmt: skip
    for row in (1, 2):
        sheet.sign(450, 104 + 24 * row)
    found = _read(sheet)
    assert [one.minutes for one in found] == [210, 210, 210]
    assert [one.trainee_mark for one in found] == [Mark.SIGNED, Mark.SIGNED, Mark.ABSENT]


def test_times_under_hours_are_times() -> None:
    sheet = Sheet()
    sheet.say(60, 60, "FEUILLE D'ÉMARGEMENT")
    sheet.say(60, 76, "Stagiaire : MOREAU Julie")
    sheet.table(
        60, 100, [100, 110, 110],
        [
            ("Date", "Heures", "Signature stagiaire"),
            ("12/01/2026", "09:00-12:30", ""),
            ("12/01/2026", "13:30-17:00", ""),
            ("13/01/2026", "09:00-12:30", ""),
        ],
    )  # fmt: skip
    assert [(one.half_day, one.minutes) for one in _read(sheet)] == [
        (HalfDay.AM, 210),
        (HalfDay.PM, 210),
        (HalfDay.AM, 210),
    ]


def test_an_employers_column_is_none_of_attendance_and_a_stray_figure_is_the_days() -> None:
    assert column_of("Employeur / statut") is not None and column_of("Employeur / statut") is column_of(
        "Employeur"
    )
    (day,) = days_in("9 Lundi février 2026")
    assert (day.date, day.weekday) == (dt.date(2026, 2, 9), 0)


def test_a_head_of_labels_in_the_table_still_names_the_trainee() -> None:
    sheet = Sheet()
    sheet.say(60, 60, "RELEVÉ DE PRÉSENCE")
    sheet.table(
        60, 100, [110, 90, 130, 130],
        [
            ("Participant :", "Société :", "Formation :", "Formateur :"),
            ("Julie MOREAU", "Acier du Nord", "Soudage à l'arc", "Hugo PETIT"),
            ("Date", "Durée", "Signature participant", "Signature formateur"),
            ("12/01/2026 matin", "3h30", "", ""),
            ("13/01/2026 matin", "3h30", "", ""),
        ],
    )  # fmt: skip
    reading = read([Leaf(sheet.page(1))])
    assert {one.trainee for one in reading.sessions} == {"Julie MOREAU"}
    assert reading.fields["training_title"].value == "Soudage à l'arc"


def _row(edges: Sequence[float], *words: tuple[float, float]) -> Table:
    """One row of words, from left to right each, in columns with these edges."""
    said = [Word("mot", Box(a, 0.1, b, 0.12), 0.9) for a, b in words]
    cells = [
        Cell(Box(a, 0.09, b, 0.13), 0, col, 1, 1, tuple(w for w in said if a <= w.box.x0 < b))
        for col, (a, b) in enumerate(pairwise(edges))
    ]
    return Table(Box(edges[0], 0.09, edges[-1], 0.13), tuple(cells), 1, len(edges) - 1, ruled=True)


def test_a_page_that_lost_a_rule_has_those_of_the_page_before() -> None:
    before = (0.1, 0.3, 0.5, 0.7, 0.9)
    whole = recovered(_row((0.105, 0.305, 0.505, 0.905), (0.55, 0.65), (0.76, 0.85)), before)
    assert [len(cell.words) for cell in whole.row(0)] == [0, 0, 1, 1]
    wider = _row((0.105, 0.305, 0.505, 0.905), (0.62, 0.7), (0.71, 0.78))  # headed in its middle
    elsewhere = _row((0.105, 0.405, 0.905), (0.12, 0.2), (0.5, 0.6))
    assert recovered(wider, before) is wider and recovered(elsewhere, before) is elsewhere


def test_a_scan_that_lost_its_outer_rule_keeps_the_last_column() -> None:
    sheet = Sheet(ReadBy.OCR)
    xs, ys = [60, 180, 300], [100, 124, 148, 172, 196]
    sheet.strokes += [level(y, 60, 420) for y in ys] + [upright(x, 100, 196) for x in xs]
    for y in ys[:-1]:
        for x in (*xs, 420):
            sheet.words += words_at(x + 3 if x < 420 else 310, y + 3, "mot", 0.9)
    page = replace(sheet.page(1), read_by=ReadBy.OCR)
    (table,) = tables(page)
    assert table.columns == 3
