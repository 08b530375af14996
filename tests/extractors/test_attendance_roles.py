"""Who signs where a word in the row tells it: a column of roles, a trainer's row, days without times."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from dossier.reading import Box, HalfDay, Mark, ReadBy, Session
from extractors.kinds.attendance import read
from extractors.leaf import Leaf
from extractors.page import Word
from tests.extractors.ruled_pages import Sheet


def _read(sheet: Sheet) -> tuple[Session, ...]:
    return read([Leaf(sheet.page(1))]).sessions


def test_a_column_of_roles_without_heading_says_who_trains() -> None:
    sheet = Sheet(ReadBy.TEXT)
    sheet.say(60, 60, "Émargements numériques")
    for top, half in (
        (100, "Lundi 2 mars 2026 | 08:15 - 11:45 | 3h30"),
        (220, "Lundi 2 mars 2026 | 12:45 - 16:15"),
    ):
        sheet.table(60, top, [420], [(half,)])
        sheet.table(60, top + 24, [140, 100, 180], [
            ("Julie MOREAU", "Participante", "Signé le 02/03/2026 08:16:27"),
            ("Marc PETIT", "Participant", "Non signé"),
            ("Salomé JAOUEN", "Formatrice", "Signé le 02/03/2026 08:26:42"),
        ])  # fmt: skip
    sessions = _read(sheet)
    assert [(s.trainee, s.half_day, s.trainee_mark, s.trainer_mark) for s in sessions] == [
        ("Julie MOREAU", HalfDay.AM, Mark.SIGNED, Mark.SIGNED),
        ("Marc PETIT", HalfDay.AM, Mark.BLANK, Mark.SIGNED),
        ("Julie MOREAU", HalfDay.PM, Mark.SIGNED, Mark.SIGNED),
        ("Marc PETIT", HalfDay.PM, Mark.BLANK, Mark.SIGNED),
    ]


def test_the_trainers_row_may_begin_over_the_rows_numbers() -> None:
    sheet = Sheet(ReadBy.TEXT)
    sheet.say(60, 60, "Date : jeudi 5 février 2026")
    sheet.table(60, 100, [30, 90, 80, 90, 110, 110], [
        ("N°", "Nom", "Prénom", "Entreprise", "MATIN de 9h à 12h30", "APRÈS-MIDI de 13h30 à 17h"),
        ("1", "MOREAU", "Julie", "Relais 37", "Signé 05/02/2026 09:01:00", "Signé 05/02/2026 13:31:00"),
    ])  # fmt: skip
    sheet.table(60, 148, [290, 110, 110], [
        ("Signature de l'intervenant", "Signé 05/02/2026 09:02:00", "Signé 05/02/2026 13:32:00"),
    ])  # fmt: skip
    assert [(s.trainee, s.half_day, s.trainer_mark) for s in _read(sheet)] == [
        ("MOREAU Julie", HalfDay.AM, Mark.SIGNED),
        ("MOREAU Julie", HalfDay.PM, Mark.SIGNED),
    ]


def test_a_day_without_times_beside_days_with_times_was_no_training() -> None:
    sheet = Sheet(ReadBy.TEXT)
    sheet.say(60, 60, "Apprenante : MOREAU Julie")
    stamp = "Signé 20/10/2025 09:01:00"
    sheet.table(60, 100, [130, 120, 120], [
        ("Semaine 43", "Lundi 20/10/2025", "Mardi 21/10/2025"),
        ("Matin – horaires", "08:45 – 12:15", ""),
        ("Signature apprenante", stamp, ""),
        ("Signature formateur", stamp, ""),
        ("Après-midi – horaires", "13:15 – 16:45", ""),
        ("Signature apprenante", stamp, ""),
        ("Signature formateur", stamp, ""),
    ])  # fmt: skip
    assert [(s.date, s.half_day, s.minutes) for s in _read(sheet)] == [
        (dt.date(2025, 10, 20), HalfDay.AM, 210),
        (dt.date(2025, 10, 20), HalfDay.PM, 210),
    ]


def test_a_week_of_one_day_is_headed_by_its_times_too() -> None:
    sheet = Sheet(ReadBy.TEXT)
    sheet.say(60, 60, "Apprenante : MOREAU Julie")
    stamp = "Signé 03/11/2025 09:01:00"
    sheet.table(60, 100, [130, 120, 120, 120], [
        ("Semaine 45", "Lundi 03/11/2025", "Mardi 04/11/2025", "Mercredi 05/11/2025"),
        ("Matin – horaires", "08:45 – 12:15", "", ""),
        ("Signature apprenante", stamp, "", ""),
        ("Signature formateur", stamp, "", ""),
    ])  # fmt: skip
    assert [(s.date, s.half_day, s.minutes) for s in _read(sheet)] == [
        (dt.date(2025, 11, 3), HalfDay.AM, 210)
    ]


def test_half_days_whose_date_is_not_read_are_kept_where_somebody_signed() -> None:
    sheet = Sheet(ReadBy.TEXT)
    sheet.say(60, 60, "Feuille d'émargement")
    sheet.say(60, 80, "Nom du stagiaire : MOREAU Julie")
    sheet.table(60, 100, [100, 100, 60, 130, 130], [
        ("Demi-journée", "Horaires", "Durée", "Signature du stagiaire", "Signature du formateur"),
        ("Matin", "08h30 / 12h00", "3 h 30", "Signé à 08:40", "Signé à 08:41"),
        ("Après-midi", "13h00 / 16h30", "3 h 30", "", ""),
    ])  # fmt: skip
    (session,) = _read(sheet)
    assert (session.trainee, session.date, session.half_day) == ("MOREAU Julie", None, HalfDay.AM)
    assert session.confidence < 0.5


def test_the_day_stands_in_a_head_of_labels_and_values() -> None:
    sheet = Sheet(ReadBy.TEXT)
    sheet.say(60, 40, "FEUILLE D'ÉMARGEMENT")
    sheet.table(60, 60, [140, 300], [
        ("Intitulé de la formation", "Cariste : gestion de stock"),
        ("Date", "Lundi 19 janvier 2026"),
        ("Durée de la journée", "7h00"),
        ("Lieu", "Amiens"),
    ])  # fmt: skip
    sheet.table(60, 180, [30, 140, 80, 100, 100], [
        ("N°", "Nom et prénom", "Entreprise", "Matin//8h00 à 12h00", "Après-midi//13h00 à 16h00"),
        ("1", "MOREAU Julie", "Tandem", "", ""),
    ])  # fmt: skip
    assert [(s.trainee, s.date, s.half_day, s.minutes) for s in _read(sheet)] == [
        ("MOREAU Julie", dt.date(2026, 1, 19), HalfDay.AM, 240),
        ("MOREAU Julie", dt.date(2026, 1, 19), HalfDay.PM, 180),
    ]


def test_a_first_half_day_whose_trainer_stands_first() -> None:
    sheet = Sheet(ReadBy.TEXT)
    sheet.say(60, 40, "Feuille de présence")
    for top, times in ((60, "08:20 → 11:50"), (132, "12:50 → 16:20")):
        sheet.table(60, top, [240, 90, 170], [(f"Mercredi 10 septembre 2025 · {times}", "", "")])
        sheet.table(60, top + 24, [90, 150, 90, 170], [
            ("Formateur", "PETIT Marc", "", "Signé le 10/09/2025 à 08:23:01"),
            ("Apprenant", "MOREAU Julie", "", "Signé le 10/09/2025 à 08:22:54"),
        ])  # fmt: skip
    assert [(s.trainee, s.half_day, s.trainee_mark, s.trainer_mark) for s in _read(sheet)] == [
        ("MOREAU Julie", HalfDay.AM, Mark.SIGNED, Mark.SIGNED),
        ("MOREAU Julie", HalfDay.PM, Mark.SIGNED, Mark.SIGNED),
    ]


def test_a_shaded_cell_is_no_half_day_and_smaller_letters_under_a_name_are_no_part_of_it() -> None:
    sheet = Sheet(ReadBy.OCR)
    sheet.say(60, 60, "Présences - semaine 39 / 2025")
    sheet.table(60, 100, [150, 70, 110, 110], [
        ("Stagiaire", "½ journée", "lundi 22/09/2025", "mardi 23/09/2025"),
        ("MOREAU Julie", "Matin", "", ""),
        ("Formateur PETIT Marc", "Matin", "", ""),
    ])  # fmt: skip
    small = Word("Ressources", Box(63 / 595, 135 / 842, 110 / 595, 141 / 842), 1.0)
    sheet.words += [small, replace(small, text="TT", box=Box(113 / 595, 135 / 842, 120 / 595, 141 / 842))]
    sheet.shade(281, 125, 108, 22)
    sheet.shade(281, 149, 108, 22)
    sheet.sign(410, 128)
    sheet.sign(410, 152)
    assert [(s.trainee, s.date, s.trainee_mark) for s in _read(sheet)] == [
        ("MOREAU Julie", dt.date(2025, 9, 23), Mark.SIGNED)
    ]
