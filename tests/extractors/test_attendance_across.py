"""Sheets on which people stand across and half-days below."""

from __future__ import annotations

import pytest

from dossier.reading import HalfDay, Mark, Session
from extractors.kinds.attendance import read
from extractors.leaf import Leaf
from tests.extractors.ruled_pages import Sheet, level, upright

_DAYS = [
    ("12/01/2026", "matin"),
    ("12/01/2026", "après-midi"),
    ("13/01/2026", "matin"),
    ("13/01/2026", "après-midi"),
]


def _read(sheet: Sheet) -> tuple[Session, ...]:
    return read([Leaf(sheet.page(1))]).sessions


@pytest.mark.parametrize("corner", ["Demi-journée", "Date", "Jour"])
@pytest.mark.parametrize("people", [["Julie MOREAU", "Hugo PETIT"], ["PETIT Hugo"]])
def test_people_stand_right_after_the_days_column(corner: str, people: list[str]) -> None:
    sheet = Sheet()
    sheet.say(60, 40, "FEUILLE D'ÉMARGEMENT")
    rows = [[corner, *people, "Formateur"]]
    rows += [[f"{day} {half}", *("" for _ in people), ""] for day, half in _DAYS]
    sheet.table(60, 100, [150] + [100] * (len(people) + 1), rows)
    for row in range(len(_DAYS)):
        for column in range(len(people) + 1):
            sheet.sign(240 + 100 * column, 129 + 24 * row)
    found = _read(sheet)
    assert {(one.trainee, one.half_day) for one in found} >= {(name, HalfDay.AM) for name in people}
    assert len(found) == len(_DAYS) * len(people)
    assert {one.trainer_mark for one in found} == {Mark.SIGNED}


@pytest.mark.parametrize("count", [3, 4])
def test_rows_under_a_ruled_row_of_headings_are_cut_as_it_is(count: int) -> None:
    sheet = Sheet()
    sheet.say(60, 40, "FEUILLE D'ÉMARGEMENT")
    xs = [60, 140, 220, 320, 420, 520]
    sheet.strokes += [level(y, xs[0], xs[-1]) for y in (100, 118)] + [upright(x, 100, 118) for x in xs]
    for x, text in zip(xs, ["Date", "Séance", "Julie MOREAU", "Hugo PETIT", "Intervenant"], strict=False):
        sheet.say(x + 4, 104, text)
    for row, (day, half) in enumerate(_DAYS[:count]):
        y = 130 + 34 * row
        sheet.say(64, y, day)
        sheet.say(144, y, half)
        sheet.strokes.append(level(y + 24, xs[0], xs[-1]))
        for x in xs[2:5]:
            sheet.sign(x + 20, y - 4)
    found = _read(sheet)
    assert len(found) == 2 * count
    assert {one.trainee for one in found} == {"Julie MOREAU", "Hugo PETIT"}
    assert {(one.trainee_mark, one.trainer_mark) for one in found} == {(Mark.SIGNED, Mark.SIGNED)}


def test_a_young_person_and_a_monitor_sign() -> None:
    sheet = Sheet()
    sheet.say(60, 40, "FEUILLE DE PRÉSENCE")
    sheet.say(60, 60, "Jeune : MOREAU Julie")
    sheet.table(60, 100, [110, 100, 100], [["Jour", "Jeune", "Moniteur"], ["12/01/2026 matin", "", ""]])
    sheet.sign(190, 129)
    sheet.sign(290, 129)
    (half,) = _read(sheet)
    assert (half.trainee, half.trainee_mark, half.trainer_mark) == ("MOREAU Julie", Mark.SIGNED, Mark.SIGNED)


def test_a_heading_under_the_dossiers_number_is_no_number() -> None:
    sheet = Sheet()
    sheet.say(60, 40, "ÉTAT DE PRÉSENCE INDIVIDUEL")
    sheet.say(60, 60, "Formateur")
    sheet.say(140, 60, "Clémence BENAMAR")
    sheet.say(300, 60, "N° de dossier")
    sheet.say(400, 60, "CP-2025-547997")
    rows = [["Date", "Durée", "Signature du stagiaire", "Formateur"], ["12/01/2026 matin", "3h30", "", ""]]
    sheet.table(60, 76, [120, 100, 140, 100], rows)
    assert read([Leaf(sheet.page(1))]).fields["request_ref"].value == "CP-2025-547997"
