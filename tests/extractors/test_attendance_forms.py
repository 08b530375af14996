"""Attendance sheets of further forms: cards, coupons, labels and values, lists of a month, ticked boxes."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from dossier.kinds import Kind
from dossier.reading import HalfDay, Mark, ReadBy, Session
from extractors.grid import tables
from extractors.kind import kind_of
from extractors.kinds.attendance import is_signed, read
from extractors.kinds.attendance_cells import titled
from extractors.kinds.attendance_shaded import _streaks
from extractors.kinds.attendance_status import says_none, status_of
from extractors.kinds.attendance_ticks import ticked
from extractors.kinds.attendance_words import column_of, days_in, has_stamp, spans_in
from extractors.leaf import Leaf
from extractors.shapes import shape_of
from tests.extractors.ruled_pages import Sheet, level, words_at


def _read(sheet: Sheet) -> tuple[Session, ...]:
    return read([Leaf(sheet.page(1))]).sessions


def test_cards_under_a_banner_are_each_a_place_to_sign() -> None:
    sheet = Sheet(ReadBy.TEXT)
    sheet.say(60, 80, "mardi 1er septembre 2026 · Matin · 08:45 – 12:15")
    sheet.table(60, 100, [140], [("Paul ROUX Formateur//Signé à 08:40:12",)])
    sheet.table(220, 100, [140], [("Julie MOREAU//Non signé",)])
    (session,) = _read(sheet)
    assert (session.trainee, session.date, session.half_day) == (
        "Julie MOREAU",
        dt.date(2026, 9, 1),
        HalfDay.AM,
    )
    assert (session.minutes, session.trainee_mark, session.trainer_mark) == (210, Mark.BLANK, Mark.SIGNED)


def test_a_coupon_says_its_half_days_and_captions_its_own_places() -> None:
    sheet = Sheet(ReadBy.TEXT)
    sheet.say(60, 40, "Centre Untel – BON DE PRÉSENCE")
    sheet.say(60, 60, "Stagiaire : MOREAU Julie")
    sheet.say(60, 80, "Date : lundi 12 janvier 2026")
    sheet.table(60, 100, [70, 110, 90, 90, 90], [
        ("Matin", "de 9 h à 12 h", "soit 3 h", "Stagiaire", "Formateur"),
        ("Après-midi", "de 13 h à 16 h 30", "soit 3 h 30", "Stagiaire", "Formateur"),
    ])  # fmt: skip
    morning, afternoon = _read(sheet)
    assert (morning.half_day, morning.minutes) == (HalfDay.AM, 180)
    assert (afternoon.half_day, afternoon.minutes) == (HalfDay.PM, 210)
    assert kind_of(Leaf(sheet.page(1))).kind is Kind.ATTENDANCE_SHEET


def test_labels_and_values_of_a_form_are_one_half_day() -> None:
    sheet = Sheet(ReadBy.TEXT)
    sheet.say(60, 60, "Apprenant : MOREAU Julie")
    sheet.table(60, 100, [100, 120, 100, 120], [
        ("Date", "21/06/2024", "Durée", "4h00"),
        ("Horaires", "de 8h00 à 12h00", "Poste", "Quai"),
        ("Signature de l'apprenant", "absent", "Signature du formateur", ""),
    ])  # fmt: skip
    (session,) = _read(sheet)
    assert (session.date, session.half_day, session.minutes) == (dt.date(2024, 6, 21), HalfDay.AM, 240)
    assert session.trainee_mark is Mark.ABSENT


def test_a_banner_tells_the_times_of_both_halves_and_which_half_there_is() -> None:
    sheet = Sheet(ReadBy.TEXT)
    sheet.table(60, 100, [160, 120, 120], [("Présents", "Matin", "Après-midi")])
    sheet.table(60, 124, [400], [("Lundi 24/03/25 9H-12H / 13H-17H",)])
    sheet.table(60, 148, [160, 120, 120], [("MOREAU Julie", "", ""), ("PETIT Marc", "", "néant")])
    halves = [(s.trainee, s.half_day, s.minutes) for s in _read(sheet)]
    assert halves == [
        ("MOREAU Julie", HalfDay.AM, 180),
        ("MOREAU Julie", HalfDay.PM, 240),
        ("PETIT Marc", HalfDay.AM, 180),
    ]


def test_a_ticked_presence_goes_with_the_signature_beside_it() -> None:
    sheet = Sheet(ReadBy.TEXT)
    sheet.say(60, 60, "Alternant : MOREAU Julie")
    sheet.table(60, 100, [80, 110, 130, 90, 90], [
        ("Date", "Séance", "Présence", "Alternant", "Formateur"),
        ("16/02/2026", "Matin, 9 h à 12 h", "☐ présent ☒ absent", "", ""),
    ])  # fmt: skip
    (session,) = _read(sheet)
    assert session.trainee_mark is Mark.ABSENT


def test_a_table_that_nothing_names_is_told_by_its_places_to_sign() -> None:
    sheet = Sheet(ReadBy.TEXT)
    sheet.say(60, 60, "Année 2026 – Semaine 40")
    sheet.table(60, 100, [30, 160, 120, 120], [
        ("#", "Signatures", "Jeu 01/10 matin", "Jeu 01/10 après-midi"),
        ("1", "MOREAU Julie", "", ""),
        ("2", "PETIT Marc", "", ""),
    ])  # fmt: skip
    leaf = Leaf(sheet.page(1))
    assert is_signed(leaf)
    assert {s.date for s in read([leaf]).sessions} == {dt.date(2026, 10, 1)}
    assert all(s.minutes is None for s in read([leaf]).sessions)  # the numbers of rows are no hours


def test_headings_in_boxes_and_rows_under_level_rules_are_one_table() -> None:
    sheet = Sheet(ReadBy.TEXT)
    sheet.table(60, 100, [120, 120, 120], [("Date", "Stagiaire", "Formateur")])
    for at in range(4):
        sheet.words += words_at(66, 130 + 24 * at, f"1{at}/01/2026")
    sheet.strokes += [level(y, 60, 420) for y in (148, 172, 196, 220)]
    (table,) = tables(sheet.page(1))
    assert (table.rows, table.columns) == (5, 3)
    assert [cell.text for cell in table.row(3)] == ["12/01/2026", "", ""]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("☒ présent ☐ absent", Mark.SIGNED),
        ("présent ☐ absent ☑", Mark.ABSENT),
        ("[ ] oui [x] non", Mark.ABSENT),
        ("☐ présent ☐ absent", Mark.BLANK),
        ("✔ Signé 09:05:43", Mark.SIGNED),
    ],
)
def test_boxes_say_what_is_ticked(text: str, mark: Mark) -> None:
    assert status_of(text) is mark


def test_words_of_days_and_places() -> None:
    assert [day.date for day in days_in("V 3", (2025, 10))] == [dt.date(2025, 10, 3)]
    assert days_in("V 4", (2025, 10)) == ()
    assert days_in("3", (2026, 0)) == () and days_in("Jeu 01/10", (2026, 0))[0].date == dt.date(2026, 10, 1)
    assert column_of("Présents (nom, prénom)") is not None and column_of("Présente") is None
    assert has_stamp("Signé 09:05") and not has_stamp("09:05 - 12:00")
    assert len(spans_in("Heure de début : 8H30   Heure de fin : 11H45")) == 1
    assert says_none("néant") and not says_none("absent")
    assert ticked("Signature") == "Signature"


def test_letters_take_turns_for_halves_and_am_is_told_by_its_neighbour() -> None:
    marks = {"M": HalfDay.AM, "A": HalfDay.PM, "AM": HalfDay.AM, "PM": HalfDay.PM}
    for one, other in (("M", "A"), ("AM", "PM"), ("M", "AM")):
        sheet = Sheet(ReadBy.TEXT)
        sheet.table(60, 100, [120, 40, 120], [
            ("Nom", "", "12/01/2026"), *[(f"MOREAU {x}lie", y, "") for x in "JL" for y in (one, other)],
        ])  # fmt: skip
        expected = [marks[one], HalfDay.PM if one == "M" else marks[other]] * 2
        assert [s.half_day for s in _read(sheet)] == expected


def test_figures_and_weekdays_are_dated_by_the_month_and_the_week_of_the_page() -> None:
    rows = [("Stagiaires", "02", "03", "04"), ("MOREAU Julie", "", "", ""), ("PETIT Marc", "", "", "")]
    for said, heads in (
        ("Mars 2026", rows[0]),
        ("Semaine du 02/03/2026", ("Nom", "lundi", "mar.", "mercredi")),
    ):
        sheet = Sheet(ReadBy.TEXT)
        sheet.say(60, 60, said)
        sheet.table(60, 100, [120, 90, 90, 90], [heads, *rows[1:]])
        found = _read(sheet)
        assert [s.date for s in found[:3]] == [dt.date(2026, 3, day) for day in (2, 3, 4)]
        assert all(s.confidence < 0.9 for s in found)


def test_each_page_is_about_the_person_it_names() -> None:
    leaves = []
    for number, name in ((1, "MOREAU Julie"), (2, "PETIT Marc")):
        sheet = Sheet(ReadBy.TEXT)
        sheet.say(60, 60, f"Stagiaire : {name}")
        sheet.table(60, 100, [90, 100, 120, 120], [
            ("Date", "Horaires", "Stagiaire", "Formateur"), ("12/01/2026", "9h00 - 12h00", "", ""),
        ])  # fmt: skip
        leaves.append(Leaf(sheet.page(number)))
    assert [session.trainee for session in read(leaves).sessions] == ["MOREAU Julie", "PETIT Marc"]


def test_lines_of_half_days_with_captions_to_sign_under_each() -> None:
    sheet = Sheet(ReadBy.TEXT)
    sheet.say(60, 60, "Je soussigné Julie MOREAU déclare avoir suivi la formation")
    for at, day in enumerate((12, 13, 14)):
        sheet.say(60, 100 + 40 * at, f"Le {day} janvier 2026, de 9 h 00 à 12 h 00")
        sheet.say(60, 120 + 40 * at, "Signature du stagiaire :")
        sheet.say(320, 120 + 40 * at, "Signature du formateur :")
    found = _read(sheet)
    assert [(s.trainee, s.date) for s in found] == [
        ("Julie MOREAU", dt.date(2026, 1, day)) for day in (12, 13, 14)
    ]


def test_columns_in_order_are_morning_and_afternoon_and_never_two_whole_days() -> None:
    for times in ("9H-12H / 13H-17H", ""):
        sheet = Sheet(ReadBy.TEXT)
        sheet.say(60, 80, f"Lundi 12/01/2026 {times}")
        sheet.table(60, 100, [160, 120, 120], [("Participants", "Visa", "Visa"), ("MOREAU Julie", "", "")])
        found = _read(sheet)
        assert all(session.confidence <= 0.75 for session in found)
        assert [s.half_day for s in found] == ([HalfDay.AM, HalfDay.PM] if times else [HalfDay.DAY] * 2)


def test_rules_drawn_cell_by_cell_tell_the_columns_that_are_blank() -> None:
    sheet = Sheet(ReadBy.TEXT)
    for at in range(6):
        sheet.strokes += [level(100 + 24 * at, x0, x1) for x0, x1 in ((60, 200), (200, 330), (330, 420))]
        sheet.words += words_at(66, 106 + 24 * at, "MOREAU Julie") if at < 5 else []
    (table,) = tables(sheet.page(1))
    assert (table.rows, table.columns) == (5, 3)


def test_a_bowed_stroke_is_a_dash() -> None:
    t = np.linspace(0, 1, 300)
    bow = shape_of(12 * t, 0.8 * np.sin(np.pi * t))
    wave = shape_of(12 * t, 2.5 * np.sin(9 * np.pi * t))
    assert bow[0] is Mark.DASH and wave[0] is Mark.SIGNED


def test_the_head_says_title_house_and_trainer_without_labels() -> None:
    sheet = Sheet(ReadBy.TEXT)
    sheet.say(60, 30, "Atelier des Savoirs · SIRET 123 456 789 00011")
    sheet.say(60, 60, "Feuille d'émargement")
    sheet.say(60, 76, "Conduite de nacelles et sécurité")
    sheet.table(60, 100, [90, 100, 120, 120], [
        ("Date", "Horaires", "Stagiaire", "Formateur"), ("12/01/2026", "9h00 - 12h00", "", ""),
    ])  # fmt: skip
    sheet.say(60, 170, "Le formateur, Paul ROUX, certifie l'exactitude des présences.")
    sheet.say(60, 190, "Total de la semaine : 3 h")
    fields = read([Leaf(sheet.page(1))]).fields
    assert {name: field.value for name, field in fields.items()} == {
        "training_title": "Conduite de nacelles et sécurité",
        "provider_name": "Atelier des Savoirs",
        "trainer_name": "Paul ROUX",
        "total_hours": 180,
    }
    assert fields["training_title"].confidence < 0.9 > fields["trainer_name"].confidence


@pytest.mark.parametrize("stamped", ["Signé à 09:03", "Signé le 07/09/2026 à 09:03"])
def test_a_blank_column_beside_the_one_with_time_stamps_is_no_second_half_day(stamped: str) -> None:
    sheet = Sheet(ReadBy.TEXT)
    rows: list[tuple[str, ...]] = [
        ("lundi 7 septembre 2026 · Matin · 09:00 – 12:00 · durée 3h00",),
        ("MOREAU Julie", "Stagiaire", "", stamped),
        ("ROUX Paul", "Formateur", "", stamped),
        (),
        ("lundi 7 septembre 2026 · Après-midi · 13:00 – 17:00 · durée 4h00",),
        ("MOREAU Julie", "Stagiaire", "", stamped),
        ("ROUX Paul", "Formateur", "", stamped),
    ]
    for at, row in enumerate(rows):
        for x, text in zip((63, 183, 283, 383), row, strict=False):
            sheet.words += words_at(x, 106 + 24 * at, text) if text else []
    edges = ((60, 180), (180, 280), (280, 380), (380, 545))
    sheet.strokes += [level(100 + 24 * at, x0, x1) for at in range(8) for x0, x1 in edges]
    held = [(s.half_day, s.minutes, s.trainee_mark, s.trainer_mark) for s in _read(sheet)]
    assert held == [
        (HalfDay.AM, 180, Mark.SIGNED, Mark.SIGNED),
        (HalfDay.PM, 240, Mark.SIGNED, Mark.SIGNED),
    ]


@pytest.mark.parametrize("beside", ["julie.moreau@exemple.fr", "· j.moreau@exemple.fr"])
def test_an_address_behind_the_role_leaves_the_name_readable(beside: str) -> None:
    assert titled(f"Julie MOREAU apprenant {beside}") == "Julie MOREAU"


@pytest.mark.parametrize(
    ("head", "house"),
    [
        ("Savoirs du Bocage, 12 rue des Lilas, 35000 Rennes", "Savoirs du Bocage"),
        ("Atelier Untel, 69003 Lyon", "Atelier Untel"),
        ("Formation des Deux Rives – 3 bis quai du Port – 13002 Marseille", "Formation des Deux Rives"),
    ],
)
def test_a_house_stands_before_its_address_on_one_line(head: str, house: str) -> None:
    sheet = Sheet(ReadBy.TEXT)
    sheet.say(60, 40, "Relevé de présence individuel")
    sheet.say(60, 60, head)
    sheet.say(60, 80, "Stagiaire : MOREAU Julie")
    sheet.table(60, 120, [120, 90, 90], [
        ("Date", "Matin", "Après-midi"),
        ("07/09/2026", "Signé à 09:03", "Signé à 13:02"),
        ("08/09/2026", "Signé à 09:04", "Signé à 13:01"),
    ])  # fmt: skip
    assert read([Leaf(sheet.page(1))]).fields["provider_name"].value == house


def test_cells_streaked_all_over_are_no_half_days() -> None:
    plain = np.full((40, 120), 250, np.uint8)
    signed = plain.copy()
    signed[15:25, 40:80:3] = 60
    hatched = plain.copy()
    for at in range(-40, 120, 5):
        for down in range(40):
            if 0 <= at + down < 120:
                hatched[down, at + down] = 236
    assert _streaks(hatched) > 2 > _streaks(signed) == _streaks(plain)
