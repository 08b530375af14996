"""Attendance sheets that a scanner wore: figures misread, rules lost, ink taken for words, words turned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from dossier.reading import HalfDay, Mark, ReadBy, Session
from extractors.grid import tables
from extractors.kinds import attendance_again, attendance_turned
from extractors.kinds.attendance import read
from extractors.kinds.attendance_split import split
from extractors.leaf import Leaf
from extractors.page import Picture
from extractors.recogniser import Seen, recognised
from extractors.shapes import shape_of
from tests.extractors.ruled_pages import Sheet, level, upright, words_at

COLUMNS = ("Date", "Période", "Horaires", "Durée", "Stagiaire", "Formateur")


def _sheet(*said: str) -> Sheet:
    sheet = Sheet(ReadBy.OCR)
    for at, text in enumerate(("FEUILLE D'ÉMARGEMENT", *said)):
        sheet.say(60, 40 + 16 * at, text)
    return sheet


def _read(sheet: Sheet) -> tuple[Session, ...]:
    sheet.words = [word if word.confidence < 1 else replace(word, confidence=0.9) for word in sheet.words]
    return read([Leaf(sheet.page(1))]).sessions


def _listed(*dates: str) -> tuple[Session, ...]:
    """The half-days of a list, a morning and an afternoon for each of these dates."""
    rows: list[tuple[str, ...]] = [COLUMNS]
    for date in dates:
        rows.append((date, "Matin", "9h00 - 12h30", "3h30", "", ""))
        rows.append((date, "Après-midi", "13h30 - 17h00", "3h30", "", ""))
    sheet = _sheet("Stagiaire : MOREAU Julie")
    sheet.table(60, 100, [90, 80, 90, 60, 80, 80], rows)
    for at in range(1, len(rows)):
        sheet.sign(390, 104 + 24 * at)
    return _read(sheet)


def test_a_day_out_of_order_is_the_one_that_its_place_and_a_single_figure_leave() -> None:
    found = _listed("03/06/2026", "09/06/2026", "05/06/2026")
    assert [session.date for session in found] == [dt.date(2026, 6, day) for day in (3, 3, 4, 4, 5, 5)]
    assert max(session.confidence for session in found[2:4]) < 0.6 < found[0].confidence


def test_a_day_out_of_order_for_which_several_may_be_meant_is_left_and_doubted() -> None:
    found = _listed("22/01/2026", "23/01/2026", "26/01/2026", "27/01/2026", "23/01/2026")
    assert [session.date for session in found[-2:]] == [dt.date(2026, 1, 23)] * 2
    assert max(session.confidence for session in found[-2:]) <= 0.5


def test_a_day_with_another_weekday_than_its_own_is_put_right_and_one_astray_stays_in_doubt() -> None:
    found = _listed("jeu 08/10/2026", "ven 19/10/2026", "lun 12/10/2026", "mar 13/10/2026")
    assert list(dict.fromkeys(s.date for s in found)) == [dt.date(2026, 10, d) for d in (8, 9, 12, 13)]
    found = _listed("jeu 08/10/2026", "ven 16/10/2026", "lun 12/10/2026", "mar 13/10/2026")
    assert found[2].date == dt.date(2026, 10, 16) and found[2].confidence <= 0.5


def test_headings_in_one_box_belong_to_the_columns_below() -> None:
    sheet = _sheet()
    rows = [
        ("Présents", "Matin 9h-12h", "Après-midi 13h-16h"),
        ("MOREAU Julie", "", ""),
        ("PETIT Marc", "", ""),
    ]
    sheet.say(60, 80, "Date : lundi 12 janvier 2026")
    sheet.table(60, 100, (160, 140, 140), rows)
    sheet.strokes = [s for s in sheet.strokes if s.horizontal or abs(s.y0 * 842 - 100) > 1]
    sheet.strokes += [upright(x, 124, 172) for x in (220, 360)] + [upright(x, 100, 172) for x in (60, 500)]
    (table,) = tables(sheet.page())
    assert len(table.row(0)) == 1 and len(split(table).row(0)) == 3
    sheet.sign(240, 128)
    found = _read(sheet)
    assert [(s.trainee, s.half_day) for s in found if s.trainee_mark is Mark.SIGNED] == [
        ("MOREAU Julie", HalfDay.AM)
    ]
    assert {s.minutes for s in found} == {180}


def test_headings_that_lost_the_rules_between_some_belong_to_the_columns_below() -> None:
    sheet = _sheet("Stagiaire : MOREAU Julie", "Journée du mardi 14 octobre 2025")
    sheet.table(60, 100, [330, 90], [("", "Formateur")])
    for x, text in ((63, "Période"), (153, "Horaires"), (243, "Durée"), (303, "Stagiaire")):
        sheet.say(x, 103, text)
    rows = [("Matin", "9h00 - 12h30", "3h30", "", ""), ("Après-midi", "13h30 - 17h00", "3h30", "", "")]
    sheet.table(60, 124, [90, 90, 60, 90, 90], rows)
    for row in (0, 1):
        sheet.sign(310, 128 + 24 * row)
    assert [(s.half_day, s.minutes, s.trainee_mark, s.trainer_mark) for s in _read(sheet)] == [
        (half, 210, Mark.SIGNED, Mark.BLANK) for half in (HalfDay.AM, HalfDay.PM)
    ]


def test_a_rule_that_a_streak_took_along_is_found_in_the_picture() -> None:
    rows = [("Nom", "S1", "S2", "S3", "S4", "S5"), *((f"NOM{i} Jean", *[""] * 5) for i in range(5))]
    for drawn in (True, False):
        sheet = Sheet(ReadBy.OCR)
        sheet.table(60, 100, [160, 70, 70, 70, 70, 70], rows)
        sheet.strokes = [s for s in sheet.strokes if s.horizontal or abs(s.x0 * 595 - 360) > 1]
        if not drawn:
            sheet.picture[:, round(350 * 200 / 72) : round(370 * 200 / 72)] = 255
        (table,) = tables(sheet.page())
        assert table.columns == (6 if drawn else 5)


def test_words_made_of_signatures_join_no_columns() -> None:
    sheet = _sheet("Stagiaire : MOREAU Julie")
    for row in range(12):
        texts = ("Date", "Début", "Fin", "Stagiaire", "Formateur")
        texts = texts if row == 0 else (f"{row + 11}/01/2026", "09:00", "12:00", "", "")
        for x, text in zip((60, 170, 250, 330, 440), texts, strict=True):
            sheet.words += words_at(x, 103 + 24 * row, text, 0.95) if text else []
        sheet.strokes.append(level(120 + 24 * row, 56, 520))
    for row in (4, 9):
        sheet.words += words_at(425, 103 + 24 * row, "Recomn" * 2, 0.3)
    (table,) = tables(sheet.page())
    assert table.columns == 5


def test_who_signed_when_is_no_heading() -> None:
    sheet = _sheet()
    rows: list[tuple[str, ...]] = [("N°", "Horodatage", "Signataire", "Qualité", "Tracé", "Jeton")]
    rows.append(("Créneau n° 1 - 03/07/2025 - matin 08:30 - 12:00", *[""] * 5))
    rows += [
        ("15", "03/07/2025 08:26:55", "JOUET Coralie", "Stagiaire", "", "e-mail"),
        ("16", "03/07/2025 08:27:10", "ZELLER Paul", "Formateur", "", "e-mail"),
        ("17", "03/07/2025 08:29:10", "PETIT Marc", "Stagiaire", "", "e-mail"),
    ]
    sheet.table(30, 100, [60, 120, 110, 90, 60, 90], rows)
    sheet.strokes = [s for s in sheet.strokes if s.horizontal or not 31 < s.x0 * 595 < 559]
    sheet.strokes += [upright(x, a, b) for x in (90, 210, 320, 410, 470) for a, b in ((100, 124), (148, 220))]
    found = _read(sheet)
    assert {(s.trainee, s.trainee_mark, s.trainer_mark) for s in found} == {
        (name, Mark.SIGNED, Mark.SIGNED) for name in ("JOUET Coralie", "PETIT Marc")
    }


def test_last_and_first_name_have_labels_of_their_own() -> None:
    sheet = _sheet("Nom : DE LA TOUR Prénom : Kamel")
    sheet.table(60, 100, [90, 80, 90, 60, 80, 80], [
        COLUMNS, ("12/01/2026", "Matin", "9h00 - 12h30", "3h30", "", ""),
    ])  # fmt: skip
    assert [s.trainee for s in _read(sheet)] == ["DE LA TOUR Kamel"]


def test_the_frame_of_the_head_says_the_day_of_the_tables_below() -> None:
    sheet = Sheet(ReadBy.OCR)
    sheet.table(60, 30, [160, 160, 120], [("Formatik SARL", "FEUILLE DE PRÉSENCE", "Date : 07/07/2025")])
    for top, said in ((100, "MATINÉE - Heure de début : 8h30 Heure de fin : 11h45 Durée : 3 h 15"),
                      (220, "APRÈS-MIDI - Heure de début : 13h15 Durée : 3 h 45")):  # fmt: skip
        sheet.say(60, top - 14, said)
        sheet.table(60, top, [100, 100, 120, 120], [
            ("NOM", "Prénom", "Société", "Signature"), ("CASTAING", "Aline", "Regain", ""),
        ])  # fmt: skip
    found = _read(sheet)
    assert [(s.trainee, s.date, s.half_day, s.minutes) for s in found] == [
        ("CASTAING Aline", dt.date(2025, 7, 7), HalfDay.AM, 195),
        ("CASTAING Aline", dt.date(2025, 7, 7), HalfDay.PM, 225),
    ]


def test_times_shorter_than_the_day_by_half_of_it_do_not_make_it_half_a_day() -> None:
    sheet = _sheet("Stagiaire : MOREAU Julie")
    sheet.table(60, 100, [90, 140, 60, 80, 80], [
        ("Jour", "Horaires", "Heures", "Stagiaire", "Formateur"),
        ("12/01/2026", "9h-12h / 13h-17h", "7,00", "", ""),
        ("13/01/2026", "9h-1h / 13h-17h", "7,00", "", ""),
    ])  # fmt: skip
    assert [(s.half_day, s.minutes) for s in _read(sheet)] == [(HalfDay.DAY, 420)] * 2


def test_the_last_half_days_of_a_sheet_may_leave_columns_blank() -> None:
    sheet, times = _sheet(), ("8h30-12h", "13h30-17h")
    for top, days in ((100, ("23/10/2024 matin", "23/10/2024 ap.-midi")), (220, ("24/10/2024 matin", ""))):
        sheet.table(60, top, [120, 140, 140], [
            ("Date", *days), ("Horaires", *(days[at] and time for at, time in enumerate(times))),
            ("CADIOU Xavier", "", ""), ("Formateur", "", ""),
        ])  # fmt: skip
        sheet.sign(200, top + 52)
        sheet.sign(200, top + 76)
    assert [(s.date, s.half_day) for s in _read(sheet)] == [
        (dt.date(2024, 10, 23), HalfDay.AM),
        (dt.date(2024, 10, 23), HalfDay.PM),
        (dt.date(2024, 10, 24), HalfDay.AM),
    ]


def test_two_rows_of_a_person_are_the_morning_and_the_afternoon_where_no_word_says_so() -> None:
    sheet = _sheet("Matin : 8h45 à 12h15", "Après-midi : 13h15 à 16h15")
    rows = [
        ("Nom - Prénom", "Lundi 12/05/2025", "Mardi 13/05/2025"),
        ("AUFFRET Rachid", "", ""),
        ("", "", ""),
    ]
    sheet.table(60, 100, [160, 120, 120], [*rows, ("Formateur", "", ""), ("", "", "")])
    for row in (2, 4):  # the name holds for both rows
        sheet.strokes = [s for s in sheet.strokes if not s.horizontal or abs(s.y0 * 842 - 100 - 24 * row) > 1]
        sheet.strokes.append(level(100 + 24 * row, 220, 460))
        at = round((100 + 24 * row) * 200 / 72)
        sheet.picture[at - 6 : at + 7, 175:605] = 255
    for x in (240, 360):
        sheet.sign(x, 128)
        sheet.sign(x, 176)
    found = _read(sheet)
    assert [(s.date.day, s.half_day, s.minutes) for s in found if s.date is not None] == [
        (day, half, minutes) for half, minutes in ((HalfDay.AM, 210), (HalfDay.PM, 180)) for day in (12, 13)
    ]
    assert [(s.trainee_mark, s.trainer_mark) for s in found] == [(Mark.SIGNED,) * 2] * 2 + [
        (Mark.BLANK,) * 2
    ] * 2
    assert max(s.confidence for s in found) < 0.8


def test_words_on_their_side_head_narrow_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = _sheet()
    days = ("MA 13/01/2026 09:00-12:30", "ME 14/01/2026 09:00-12:30")
    sheet.table(60, 100, [160, 20, 20], [("", "", ""), ("MOREAU Julie", "", ""), ("PETIT Marc", "", "")])
    sheet.strokes = [s for s in sheet.strokes if not s.horizontal or abs(s.y0 * 842 - 100) > 1]
    sheet.strokes += [level(40, 60, 260), *(upright(x, 40, 172) for x in (60, 220, 240, 260))]
    for x in (230, 250):  # a line of words, on its side
        sheet.stroke((x, 50), (x, 110))
    asked: list[tuple[int, ...]] = []

    def recognised(crops: Sequence[Picture]) -> tuple[Seen, ...]:
        asked.extend(crop.shape for crop in crops)
        return tuple(Seen(days[len(asked) - 1], 0.95) for _ in crops)

    monkeypatch.setattr(attendance_turned, "recognised", recognised)
    found = _read(sheet)
    assert len(asked) == 2 and all(wide > 3 * high for high, wide in asked)
    assert [(s.trainee, s.date) for s in found] == [
        (name, dt.date(2026, 1, day)) for name in ("MOREAU Julie", "PETIT Marc") for day in (13, 14)
    ]


def test_a_long_wavy_stroke_is_a_signature_and_no_dash() -> None:
    t = np.linspace(0, 1, 600)
    wavy = shape_of(44 * t, 1.3 * np.sin(12 * np.pi * t))
    flat = shape_of(44 * t, 0.3 * np.sin(12 * np.pi * t))
    assert wavy[0] is Mark.SIGNED and flat[0] is Mark.DASH


def _daily(*headings: str) -> Sheet:
    """A small table a day, each under a heading of its own."""
    sheet = _sheet("Stagiaire : MOREAU Julie")
    rows = [("Période", "Horaires", "Durée", "Stagiaire", "Formateur")]
    rows += [("Matin", "9h00 - 12h30", "3h30", "", ""), ("Après-midi", "13h30 - 17h00", "3h30", "", "")]
    for at, heading in enumerate(headings):
        sheet.say(60, 106 + 120 * at, heading)
        sheet.table(60, 126 + 120 * at, [90, 90, 60, 90, 90], rows)
        for row in (1, 2):
            sheet.sign(310, 130 + 120 * at + 24 * row)
    return sheet


@pytest.mark.parametrize(
    ("heard", "day"), [("Journée du mercredi 15 octobre 2025", 15), ("lndsi il ct", None)]
)
def test_a_table_whose_heading_is_lost_has_not_the_day_of_the_one_before(
    monkeypatch: pytest.MonkeyPatch, heard: str, day: int | None
) -> None:
    monkeypatch.setattr(attendance_again, "recognised", lambda crops: tuple(Seen(heard, 0.95) for _ in crops))
    sheet = _daily("Journée du mardi 14 octobre 2025", "", "Journée du jeudi 16 octobre 2025")
    sheet.sign(62, 228, 140, 8)  # a line that OCR made nothing of
    found = _read(sheet)
    assert [s.date.day if s.date is not None else None for s in found] == [14, 14, day, day, 16, 16]
    assert max(s.confidence for s in found[2:4]) <= (0.95 if day is not None else 0.3)


def test_a_morning_and_an_afternoon_in_tables_of_their_own_share_the_heading_above() -> None:
    sheet = _sheet("Stagiaire : MOREAU Julie", "Journée du mardi 14 octobre 2025")
    for at, row in enumerate((("Matin", "9h00 - 12h30", "", ""), ("Après-midi", "13h30 - 17h00", "", ""))):
        sheet.table(
            60, 126 + 90 * at, [90, 90, 90, 90], [("Période", "Horaires", "Stagiaire", "Formateur"), row]
        )
        sheet.sign(250, 154 + 90 * at)
    assert [(s.date, s.half_day) for s in _read(sheet)] == [
        (dt.date(2025, 10, 14), half) for half in (HalfDay.AM, HalfDay.PM)
    ]


def test_a_heading_that_ocr_read_in_pieces_is_one_line() -> None:
    sheet = _daily("Journée du mardi 14 octobre 2025", "")
    for x, text in ((60, "Journée mercredi 1"), (190, "du"), (230, "15 octobre 2025")):
        sheet.say(x, 226, text)
    assert [s.date for s in _read(sheet)[2:]] == [dt.date(2025, 10, 15)] * 2


def test_a_rule_taken_for_a_line_is_read_as_nothing() -> None:
    assert recognised([np.full((10, 1500), 128, np.uint8)]) == (Seen("", 0.0),)
