"""Attendance sheets laid out otherwise: captions in cells, sections by person, one signature a page."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from dossier.reading import HalfDay, Mark, ReadBy, Session
from extractors.dotted import dotted
from extractors.grid import tables
from extractors.kinds.attendance import read
from extractors.kinds.attendance_cells import titled, told_first, trainer_in
from extractors.kinds.attendance_names import two
from extractors.kinds.attendance_words import half_of, spans_in
from extractors.leaf import Leaf
from extractors.table import without_margins
from tests.extractors.ruled_pages import Sheet, level, upright, words_at


def _read(sheet: Sheet) -> tuple[Session, ...]:
    return read([Leaf(sheet.page(1))]).sessions


def _titled(who: str = "Stagiaire : MOREAU Julie") -> Sheet:
    sheet = Sheet()
    sheet.say(60, 40, "FEUILLE D'ÉMARGEMENT")
    sheet.say(60, 60, who)
    return sheet


def test_people_sign_in_the_very_cells_that_say_who_they_are() -> None:
    sheet = _titled()
    sheet.table(
        60, 100, [220, 220],
        [
            ("12/01/2026 matin", "12/01/2026 après-midi"),
            ("9h00 à 12h00", "13h30 à 17h00"),
            ("Stagiaire :", "Stagiaire : abs"),
            ("Formateur :", "Formateur :"),
        ],
    )  # fmt: skip
    sheet.sign(140, 152)
    sheet.sign(140, 176)
    sheet.sign(360, 176)
    morning, afternoon = _read(sheet)
    assert (morning.date, morning.half_day, morning.minutes) == (dt.date(2026, 1, 12), HalfDay.AM, 180)
    assert (morning.trainee_mark, morning.trainer_mark) == (Mark.SIGNED, Mark.SIGNED)
    assert (afternoon.half_day, afternoon.minutes) == (HalfDay.PM, 210)
    assert (afternoon.trainee_mark, afternoon.trainer_mark) == (Mark.ABSENT, Mark.SIGNED)


def test_a_table_belongs_to_the_person_named_right_above_it() -> None:
    sheet = Sheet()
    for top, name in ((100, "Julie MOREAU Apprenant"), (220, "Marc PETIT apprenant")):
        sheet.say(60, top - 12, name)
        sheet.table(60, top, [90, 90, 60, 200], [
            ("Date", "Créneau", "Durée", "Signature"),
            ("12/01/2026", "9h00 - 12h00", "3h00", "Signé le 12/01/2026 à 09:02:11"),
        ])  # fmt: skip
    assert [session.trainee for session in _read(sheet)] == ["Julie MOREAU", "Marc PETIT"]


def test_the_trainer_attests_all_half_days_under_the_table() -> None:
    rows = [("Nom", "Matin 9h-12h", "Après-midi 13h-16h"), ("MOREAU Julie", "", ""), ("PETIT Marc", "", "")]
    marks = []
    for signs in (True, False):
        sheet = Sheet()
        sheet.say(60, 80, "Date : lundi 12 janvier 2026")
        sheet.table(60, 100, (160, 140, 140), rows)
        sheet.sign(240, 128)
        sheet.say(60, 200, "Je soussigné Paul ROUX, intervenant, atteste de la présence des personnes.")
        sheet.say(60, 214, "Signature :")
        if signs:
            sheet.sign(80, 240, wide=70, high=24)
        found = _read(sheet)
        marks.append({session.trainer_mark for session in found})
        assert all(session.confidence < 0.9 for session in found)
    assert marks == [{Mark.SIGNED}, {Mark.BLANK}]


def test_initials_in_type_are_no_sure_signature() -> None:
    sheet = _titled()
    sheet.table(60, 100, [90, 100, 120, 120], [
        ("Date", "Horaires", "Stagiaire", "Formateur"), ("12/01/2026", "9h00 - 12h00", "JM", "PR"),
    ])  # fmt: skip
    (session,) = _read(sheet)
    assert session.trainee_mark is Mark.SIGNED and session.confidence < 0.8


def test_a_half_day_longer_than_any_is_doubted_and_so_is_one_printed_twice() -> None:
    heads = ("Date", "Période", "Heures", "Stagiaire", "Formateur")
    rows = [("12/01/2026", "matin", hours, "", "") for hours in ("3h00", "3h00", "12h30")]
    sheet = _titled()
    sheet.table(60, 100, [90] * 5, [heads, *rows])
    first, again, long = _read(sheet)
    assert first.confidence > 0.6 >= max(again.confidence, long.confidence)


def test_level_rules_alone_part_blank_columns_by_their_headings() -> None:
    sheet = Sheet()
    rows = [("Date", "Horaires", "Stagiaire", "Formateur"), *[("12/01/2026", "9h-12h", "", "")] * 6]
    for at, row in enumerate(rows):
        for x, text in zip((66, 186, 306, 426), row, strict=True):
            sheet.words += words_at(x, 105 + 24 * at, text)
    sheet.strokes = [level(y, 60, 540) for y in (30, *range(100, 292, 24))]
    (table,) = tables(sheet.page())
    assert (table.rows, table.columns) == (7, 4)
    assert [cell.text for cell in table.row(0)] == ["Date", "Horaires", "Stagiaire", "Formateur"]


def test_a_frames_margins_are_no_columns() -> None:
    sheet = Sheet(ReadBy.TEXT)
    sheet.table(60, 100, [8, 120, 120, 120, 8], [("", "Date", "Stagiaire", "Formateur", "")] * 3)
    (table,) = tables(sheet.page())
    inner = without_margins(table)
    assert (table.columns, inner.columns) == (5, 3)
    assert [(cell.col, cell.text) for cell in inner.row(0)] == [
        (0, "Date"),
        (1, "Stagiaire"),
        (2, "Formateur"),
    ]


def test_dots_in_a_row_are_a_rule_and_a_few_are_none() -> None:
    row = [(60 + 3.0 * i, 100.0, 61 + 3.0 * i, 101.0) for i in range(20)]
    few = [(300 + 3.0 * i, 200.0, 301 + 3.0 * i, 201.0) for i in range(3)]
    (stroke,) = dotted([*row, *few], 595, 842)
    assert stroke.horizontal and round(stroke.x0 * 595) == 60 and round(stroke.x1 * 595) == 118


def test_names_beside_words_for_roles() -> None:
    assert titled("Xavier BEAUCHÊNE Apprenant") == "Xavier BEAUCHÊNE"
    assert titled("Signature du stagiaire") == ""
    assert titled("Les Ateliers du Port Formateur Valérie BELKACEM") == ""
    assert titled("Organisme Les Ateliers Formateur") == ""
    assert trainer_in("Animé par : DUHAMEL Sofiane") == "DUHAMEL Sofiane"
    assert trainer_in("Signature du formateur") == ""
    assert told_first("Stagiaire : DIENG Stéphanie Action : Soudage Du 1/6 au 3/6") == "DIENG Stéphanie"
    assert half_of("Demi-journée") is None and half_of("10/06/2025 ap-midi") is HalfDay.PM
    assert len(spans_in("10-09-2024 9h00 → 12h00")) == 1


def test_half_days_of_nobody_are_doubted() -> None:
    rows = [("Date", "Horaires", "Stagiaire", "Formateur"), *[("12/01/2026", "9h00 - 12h00", "", "")] * 6]
    sheet = Sheet()
    sheet.table(60, 100, [90, 100, 120, 120], rows)
    assert all(session.trainee == "" and session.confidence <= 0.6 for session in _read(sheet))


def _individual(ocr: float, who: str, by: str) -> Sheet:
    """A scanned sheet whose frame holds the labels above the headings, too."""
    sheet = _titled("Stagiaire : MOREAU Julie")
    sheet.table(60, 100, [440], [(f"{by} Formateur Valérie BELKACEM",), ("",)])
    rows = [("12/01/2026", "9h00", "12h00", who, "")] * 3
    sheet.table(60, 148, [90, 60, 60, 120, 110], [("Date", "Début", "Fin", "Stagiaire", "Formateur"), *rows])
    sheet.words = [replace(w, confidence=ocr if w.text in who.split() else 0.95) for w in sheet.words]
    sheet.read_by = ReadBy.OCR
    return sheet


def test_the_house_beside_the_trainer_in_the_frame_of_a_table_is_no_trainee() -> None:
    for by in ("Organisme Les Ateliers", "Les Ateliers du Port"):
        sessions = _read(_individual(0.95, "", by))
        assert [session.trainee for session in sessions] == ["MOREAU Julie"] * 3


def test_words_that_ocr_makes_of_scribbles_are_no_names() -> None:
    sessions = _read(_individual(0.3, "Pr ÈR", "Organisme Les Ateliers"))
    assert [session.trainee for session in sessions] == ["MOREAU Julie"] * 3


def test_half_days_of_another_than_the_sheet_is_about_are_doubted() -> None:
    for who, doubted in (("PETIT Marc", True), ("Julie MOREAU", False)):
        sheet = _titled()
        sheet.table(60, 110, [90, 60, 120, 110], [
            ("Date", "Durée", "Nom", "Signature"),
            *((f"{day}/01/2026", "3h00", who, "") for day in (12, 13)),
        ])  # fmt: skip
        first = _read(sheet)[0]
        assert (first.trainee, first.confidence <= 0.6) == (who, doubted)


def test_a_name_worn_above_the_table_leaves_its_half_days_in_doubt() -> None:
    rows = [("Date", "Horaires", "Stagiaire", "Formateur")]
    rows += [(f"{day}/01/2026", "9h00 - 12h00", "", "") for day in range(12, 17)]
    sheet = _titled()
    sheet.read_by = ReadBy.OCR
    sheet.table(60, 100, [90, 100, 120, 120], rows)
    worn = [replace(w, confidence=0.5 if w.text == "MOREAU" else w.confidence) for w in sheet.words]
    clear = max(session.confidence for session in _read(sheet))
    sheet.words = worn
    assert all(session.confidence < min(0.8, clear) for session in _read(sheet))


def _days(*lengths: str, dates: tuple[str, ...] = (), role: str = "MOREAU Julie") -> tuple[Session, ...]:
    """A scanned list of half-days of these lengths, from Monday on."""
    dates = dates or tuple(f"{12 + at}/01/2026" for at in range(len(lengths)))
    rows = [("Date", "Période", "Durée", "Stagiaire", "Formateur")]
    rows += [(date, "matin", length, "", "") for date, length in zip(dates, lengths, strict=True)]
    sheet = _titled(f"Stagiaire : {role}")
    sheet.table(60, 100, [90] * 5, rows)
    sheet.read_by = ReadBy.OCR
    return _read(sheet)


def test_worn_lengths_and_days_that_stand_alone_are_doubted() -> None:
    *_, odd = _days("3h00", "3h00", "3h00", "3h00", "1h00")
    assert odd.minutes == 60 and odd.confidence <= 0.8
    _, saturday = _days("3h00", "3h00", dates=("16/01/2026", "7/02/2026"))
    assert saturday.date == dt.date(2026, 2, 7) and saturday.confidence <= 0.8


def test_two_people_in_one_name_are_doubted() -> None:
    assert two("EL KHATIB Joana GUÉRIN Jean-Baptiste")
    assert not any(map(two, ("EL KHATIB Joana", "Jean DUPONT-MARTIN", "Anne Marie PETIT", "PETIT Léa Anne")))
    assert all(one.confidence <= 0.6 for one in _days("3h00", "3h00", role="PETIT Marc ROUX Jeanne"))


def test_a_dash_on_a_page_of_pixels_is_less_sure() -> None:
    found = {}
    for read_by in (ReadBy.TEXT, ReadBy.OCR):
        sheet = _titled()
        sheet.read_by = read_by
        rows = [("Date", "Horaires", "Stagiaire", "Formateur")]
        rows += [(f"{day}/01/2026", "9h00 - 12h00", "", "") for day in range(12, 17)]
        sheet.table(60, 100, [90, 100, 120, 120], rows)
        for row in range(5):
            sheet.sign(390, 128 + 24 * row)
        for row in range(4):
            sheet.sign(270, 128 + 24 * row)
        sheet.picture[645:647, 800:880] = 60
        found[read_by] = _read(sheet)[-1]
    assert {one.trainee_mark for one in found.values()} == {Mark.DASH}
    assert found[ReadBy.OCR].confidence <= 0.85


def test_a_person_spelled_otherwise_takes_the_usual_name_with_doubt() -> None:
    sheet = Sheet(ReadBy.OCR)
    rows = [(f"{day}/01/2026", "9h00 - 12h00", "IBRAHIMI Noé", "") for day in range(12, 17)]
    rows.append(("19/01/2026", "9h00 - 12h00", "TBRAHIMI Noé", ""))
    heads = ("Date", "Horaires", "Nom", "Signature", "Formateur")
    sheet.table(60, 100, [90, 100, 120, 90, 90], [heads, *((*row, "") for row in rows)])
    for row in range(6):
        sheet.sign(380, 128 + 24 * row)
        sheet.sign(470, 128 + 24 * row)
    *_, usual, other = _read(sheet)
    assert usual.trainee == other.trainee == "IBRAHIMI Noé"
    assert other.confidence <= 0.85 < usual.confidence


def test_people_sign_beside_their_names_in_boxes_under_the_half_day() -> None:
    sheet = Sheet()
    sheet.say(60, 40, "ÉMARGEMENT")
    for top, half in ((100, "matin : 8h45 à 12h15"), (220, "après-midi : 13h15 à 16h45")):
        sheet.table(60, top, [220, 220], [
            (f"Jeudi 2 janvier 2025 - {half}", ""),
            ("KEITA Jérémy", "LE MEUR Catherine"),
            ("MENARD Oumar", "VALLET Paul//Formateur"),
        ])  # fmt: skip
        sheet.strokes = [s for s in sheet.strokes if s.horizontal or s.x0 != 280 / 595 or s.y0 != top / 842]
        sheet.strokes.append(upright(280, top + 24, top + 72))
        for x, y in ((190, 30), (410, 30), (190, 54), (410, 54)):
            sheet.sign(x, top + y)
    sessions = _read(sheet)
    assert [(s.trainee, s.half_day) for s in sessions] == [
        (name, half)
        for half in (HalfDay.AM, HalfDay.PM)
        for name in ("KEITA Jérémy", "LE MEUR Catherine", "MENARD Oumar")
    ]
    assert all((s.trainee_mark, s.trainer_mark) == (Mark.SIGNED, Mark.SIGNED) for s in sessions)


def test_a_column_is_headed_half_day_however_that_is_written() -> None:
    for head in ("½ journée", "1/2 journée", "Demi-journée", "Journée"):
        sheet = _titled("Formation : Accueil")
        sheet.table(60, 100, [70, 70, 80, 40, 80, 80, 80], [
            ("Date", head, "Horaires", "Durée", "Hamdi Marc", "Rey Manon", "Formateur"),
            ("07/01/2026", "Matin", "08:45 - 12:15", "3,5", "", "Absente", ""),
            ("07/01/2026", "Après-midi", "13:15 - 16:45", "3,5", "", "", ""),
            ("08/01/2026", "Matin", "08:45 - 12:15", "3,5", "", "", ""),
        ])  # fmt: skip
        for row in (1, 2, 3):
            for x in (330, 490) if row == 1 else (330, 410, 490):
                sheet.sign(x, 104 + 24 * row)
        sessions = _read(sheet)
        assert [s.half_day for s in sessions] == [HalfDay.AM] * 2 + [HalfDay.PM] * 2 + [HalfDay.AM] * 2, head
        assert [s.trainee_mark for s in sessions[:2]] == [Mark.SIGNED, Mark.ABSENT], head
        assert min(s.confidence for s in sessions) > 0.8, head
