"""Attendance sheets: every layout of the samples, and the turns that no sample takes."""

from __future__ import annotations

import datetime as dt

import cv2
import pytest

from benchmarks.metrics import Outcome, cells
from dossier.json_form import session_json
from dossier.kinds import Kind
from dossier.reading import HalfDay, Mark, ReadBy, Session
from extractors.kinds import attendance_words as words
from extractors.kinds.attendance import read
from extractors.kinds.attendance_names import spellings
from extractors.leaf import Leaf
from extractors.pages import pages_of
from samples.documents.attendance import LAYOUTS
from samples.varied import piece
from tests.extractors.ruled_pages import SCALE, Sheet

WIDTHS = (90, 60, 60, 120, 120)
HEADS = ("Date", "Début", "Fin", "Signature stagiaire", "Signature formateur")


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_each_layout_is_read_as_printed(layout: str) -> None:
    data, _, _, truth = piece(7, Kind.ATTENDANCE_SHEET, layout, "native")
    reading = read([Leaf(page) for _, page in pages_of(data) if page is not None])
    printed = truth["sessions"]
    assert isinstance(printed, list)
    sessions = [session_json(session) for session in reading.sessions]
    assert len(sessions) == len(printed)
    assert not [one for one in cells(printed, sessions) if one[1] is not Outcome.EXACT]


def _individual(
    *rows: tuple[str, ...], heads: tuple[str, ...] = HEADS, read_by: ReadBy = ReadBy.TEXT
) -> Sheet:
    sheet = Sheet(read_by)
    sheet.say(60, 40, "FEUILLE D'ÉMARGEMENT")
    sheet.say(60, 60, "Stagiaire : MOREAU Julie")
    widths = WIDTHS if len(heads) == len(WIDTHS) else tuple(450 / len(heads) for _ in heads)
    sheet.table(60, 100, widths, [heads, *rows])
    return sheet


def _read(*sheets: Sheet) -> tuple[Session, ...]:
    return read([Leaf(sheet.page(number)) for number, sheet in enumerate(sheets, start=1)]).sessions


def test_hours_come_from_times_and_halves_from_hours() -> None:
    sheet = _individual(("12/01/2026", "9h00", "12h15", "", ""), ("12/01/2026", "13h30", "17h00", "", ""))
    sheet.sign(280, 128)
    sheet.sign(400, 128)
    sheet.sign(400, 152)
    first, second = _read(sheet)
    assert (first.trainee, first.date) == ("MOREAU Julie", dt.date(2026, 1, 12))
    assert (first.half_day, first.minutes, first.trainee_mark) == (HalfDay.AM, 195, Mark.SIGNED)
    assert (second.half_day, second.minutes) == (HalfDay.PM, 210)
    assert (second.trainee_mark, second.trainer_mark) == (Mark.BLANK, Mark.SIGNED)


def test_a_word_in_the_place_of_a_signature_is_an_absence() -> None:
    sheet = _individual(
        ("12/01/2026", "9h00", "12h00", "ABS", ""),
        ("13/01/2026", "9h00", "12h00", "Abs. justifiée", ""),
        ("14/01/2026", "9h00", "12h00", "Non signé", ""),
    )
    assert [s.trainee_mark for s in _read(sheet)] == [Mark.ABSENT, Mark.ABSENT, Mark.BLANK]


def test_a_date_that_no_calendar_has_stays_a_session_without_date() -> None:
    (session,) = _read(_individual(("31/02/2026", "9h00", "12h00", "", "")))
    assert session.date is None and session.raw_date == "31/02/2026" and session.confidence < 0.8


def test_the_weekday_beside_a_date_is_kept_as_printed() -> None:
    (session,) = _read(_individual(("mardi 12/01/2026", "9h00", "12h00", "", "")))
    assert session.date == dt.date(2026, 1, 12) and session.weekday == 1


@pytest.mark.parametrize(("shown", "sure"), [("12/01", False), ("mar. 12/01", False), ("lun. 12/01", True)])
def test_a_date_without_year_takes_the_periods_and_is_less_sure(shown: str, sure: bool) -> None:
    """Unless its weekday, which another year would not have, agrees."""
    sheet = _individual((shown, "9h00", "12h00", "", ""))
    sheet.say(60, 76, "Période du 12/01/2026 au 16/01/2026")
    (session,) = _read(sheet)
    assert session.date == dt.date(2026, 1, 12) and (session.confidence >= 0.8) is sure


def test_a_length_at_odds_with_the_times_is_doubted() -> None:
    heads = ("Date", "Début", "Fin", "Durée", "Stagiaire", "Formateur")
    rows = [("12/01/2026", "9h00", "12h00", "3h00", "", ""), ("13/01/2026", "9h00", "12h00", "4h00", "", "")]
    agreed, odd = _read(_individual(*rows, heads=heads))
    assert agreed.minutes == 180 and odd.minutes == 240
    assert odd.confidence <= 0.85 < agreed.confidence


def test_a_half_day_that_the_line_leaves_out_is_none() -> None:
    heads = ("Date", "Matin", "Stagiaire", "Après-midi", "Stagiaire")
    sheet = _individual(
        ("12/01/2026", "9h-12h", "", "13h-17h", ""), ("13/01/2026", "9h-12h", "", "", ""), heads=heads
    )
    assert [(s.raw_date, s.half_day) for s in _read(sheet)] == [
        ("12/01/2026", HalfDay.AM),
        ("12/01/2026", HalfDay.PM),
        ("13/01/2026", HalfDay.AM),
    ]


def test_slots_of_a_half_day_are_summed_by_what_they_show() -> None:
    sheet = Sheet()
    sheet.say(60, 60, "Stagiaire : MOREAU Julie")
    sheet.say(60, 76, "Séances x 1,5 heure")
    sheet.table(
        60, 100, (80, 100, 70, 70, 70, 70),
        [
            ("Date", "", "H1 8h00/9h30", "H2 9h30/11h00", "H3 13h/14h30", "H4 14h30/16h"),
            ("12/01/2026", "Signature alternant", "", "", "", ""),
        ],
    )  # fmt: skip
    for x in (245, 315, 385):
        sheet.sign(x, 128, wide=40)
    found = {(s.half_day, s.trainee_mark): s.minutes for s in _read(sheet)}
    assert found == {
        (HalfDay.AM, Mark.SIGNED): 180,
        (HalfDay.PM, Mark.SIGNED): 90,
        (HalfDay.PM, Mark.BLANK): 90,
    }


def test_a_group_signs_by_half_day_and_the_trainer_once_for_all() -> None:
    sheet = Sheet()
    rows = [
        ("Nom et prénom", "Matin 9h-12h", "Après-midi 13h-16h"),
        ("MOREAU Julie", "", ""),
        ("PETIT Marc", "", ""),
        ("Le formateur", "", ""),
    ]
    sheet.say(60, 80, "Date : lundi 12 janvier 2026")
    sheet.table(60, 100, (160, 140, 140), rows)
    for x, y in ((240, 128), (380, 128), (240, 152), (240, 176)):
        sheet.sign(x, y)
    shown = {(s.trainee, s.half_day): (s.trainee_mark, s.trainer_mark) for s in _read(sheet)}
    assert shown == {
        ("MOREAU Julie", HalfDay.AM): (Mark.SIGNED, Mark.SIGNED),
        ("MOREAU Julie", HalfDay.PM): (Mark.SIGNED, Mark.BLANK),
        ("PETIT Marc", HalfDay.AM): (Mark.SIGNED, Mark.SIGNED),
        ("PETIT Marc", HalfDay.PM): (Mark.BLANK, Mark.BLANK),
    }


def test_a_sheet_of_pixels_reads_an_absence_written_by_hand_and_keeps_digests_of_hands() -> None:
    sheet = _individual(
        *((f"{12 + i}/01/2026", "9h00", "12h00", "", "") for i in range(5)), read_by=ReadBy.OCR
    )
    for row in range(5):
        sheet.sign(400, 128 + 24 * row)
        if row != 2:
            sheet.sign(280, 128 + 24 * row, wide=60)
    at = (round(310 * SCALE), round(190 * SCALE))
    cv2.putText(sheet.picture, "abs", at, cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 1.3, (60, 60, 60), 3, cv2.LINE_AA)
    found = _read(sheet)
    assert [s.trainee_mark is Mark.SIGNED for s in found] == [True, True, False, True, True]
    assert found[2].trainee_mark is Mark.ABSENT
    first, second = (int(session.ink, 16) for session in found[:2])
    assert first and (first ^ second).bit_count() <= 10 and not found[2].ink


def test_a_title_that_wraps_after_a_dash_is_whole() -> None:
    sheet = _individual(("12/01/2026", "9h00", "12h00", "", ""))
    sheet.say(60, 74, "Formation : Soudage semi-automatique –")
    sheet.say(60, 85, "initiation")
    title = read([Leaf(sheet.page())]).fields["training_title"]
    assert title.value == "Soudage semi-automatique – initiation"


def test_people_alike_stay_apart_and_a_worn_spelling_joins_its_own() -> None:
    names = ["MARTIN Léa"] * 6 + ["MARTIN Léo"] * 6 + ["MARTlN Léa"] * 2 + ["DUVAL Zoé"] * 3
    chosen = spellings(names)
    assert chosen["MARTlN Léa"] == "MARTIN Léa" and chosen["MARTIN Léo"] == "MARTIN Léo"
    assert chosen["DUVAL Zoé"] == "DUVAL Zoé"


@pytest.mark.parametrize(
    ("text", "minutes"), [("3HI5", 195), ("9H0O", 540), ("3,5", 210), ("3h30", 210), ("3 h 15", 195)]
)
def test_letters_that_ocr_puts_for_digits_of_a_duration_are_read(text: str, minutes: int) -> None:
    assert words.minutes_in(text, labelled=True) == minutes


def test_a_stamp_is_no_session_date() -> None:
    assert words.days_in("Signé le 12/01/2026 à 09:03:12") == ()
    assert words.has_stamp("12/01/2026 09:03:12")
    assert [d.date for d in words.days_in("12/01/2026 9h00 - 12h00")] == [dt.date(2026, 1, 12)]
