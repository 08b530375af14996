"""The second reading: what agreement, disagreement, doubt do to a value. Most tests replace the engine."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from dossier.kinds import Kind
from dossier.quantities import Minutes
from dossier.reading import Box, Field, HalfDay, Mark, ReadBy, Session, Value
from extractors.candidate import Reading
from extractors.page import Page, Picture, Word
from extractors.recogniser import Seen, recognised
from extractors.second import Recognise, confirmed

BOX = Box(0.2, 0.30, 0.35, 0.315)


def _page(*words: Word, picture: Picture | None = None, read_by: ReadBy = ReadBy.OCR) -> Page:
    shown = np.full((2339, 1654, 3), 255, np.uint8) if picture is None else picture
    return Page(1, 595.0, 842.0, read_by, words, (), lambda: shown)


def _field(value: Value | None, raw: str, confidence: float = 0.9, **more: object) -> Field:
    made = {"page": 1, "box": BOX, "read_by": ReadBy.OCR, **more}
    return Field(value, raw, confidence=confidence, **made)  # type: ignore[arg-type]  # as given by the test


def _says(text: str, sureness: float = 0.99) -> Recognise:
    def recognise(crops: Sequence[Picture]) -> tuple[Seen, ...]:
        return tuple(Seen(text, sureness) for _ in crops)

    return recognise


def _never(crops: Sequence[Picture]) -> tuple[Seen, ...]:
    raise AssertionError("nothing was to be read again")


def _again(name: str, field: Field, engine: Recognise, sure: float = 0.7, page: Page | None = None) -> Field:
    page = page or _page(Word(field.raw, BOX, sure))
    return confirmed(Reading({name: field}), {1: page}, Kind.INVOICE, engine).fields[name]


@pytest.mark.parametrize(
    ("name", "value", "raw", "second"),
    [
        ("total_amount", Decimal("1890.00"), "1 890,00 €", "1890,00€"),
        ("issue_date", dt.date(2026, 1, 26), "26/01/2026", "le26/01/2026"),
        ("hours", Minutes(4200), "70 heures", "70,00heures"),
        ("number", "FA-2026-118", "FA-2026-118", "FA-2026-118"),
        ("supplier_siret", "41234567800015", "412 345 678 00015", "41234567800015"),
    ],
)
def test_agreement_by_value_lifts_the_doubt(name: str, value: Value, raw: str, second: str) -> None:
    made = _again(name, _field(value, raw, 0.8), _says(second))
    assert made.value == value
    assert 0.9 < made.confidence <= 0.97
    assert "second engine" in made.note


def test_agreement_does_not_settle_which_of_two_values_is_meant() -> None:
    field = _field(Decimal("1890.00"), "1 890,00 €", 0.7, note="another value stands beside it")
    assert _again("total_amount", field, _says("1 890,00 €")).confidence == 0.7


def test_disagreement_leaves_the_first_with_little_confidence_and_names_both() -> None:
    made = _again("total_amount", _field(Decimal("1890.00"), "1 890,00 €", 0.96), _says("1 390,00 €"))
    assert made.value == Decimal("1890.00") and made.confidence <= 0.6
    assert "1890.00" in made.note and "1390.00" in made.note


def test_a_doubtful_value_yields_to_a_sure_and_well_formed_one() -> None:
    made = _again("issue_date", _field(dt.date(2026, 1, 28), "28/01/2026", 0.5), _says("26/01/2026"))
    assert made.value == dt.date(2026, 1, 26) and made.confidence <= 0.8
    assert "2026-01-28" in made.note


@pytest.mark.parametrize(
    ("text", "sureness"), [("26/01/2026", 0.8), ("26/01/2026 27/01/2026", 0.99), ("31/02/2026", 0.99)]
)
def test_a_doubtful_value_does_not_yield_to_a_guess(text: str, sureness: float) -> None:
    made = _again("issue_date", _field(dt.date(2026, 1, 28), "28/01/2026", 0.5), _says(text, sureness))
    assert made.value == dt.date(2026, 1, 28) and made.confidence <= 0.6


def test_a_value_that_could_not_be_read_may_be_found() -> None:
    made = _again("issue_date", _field(None, "2G/O1/202?", 0.4), _says("26/01/2026"))
    assert made.value == dt.date(2026, 1, 26) and made.confidence <= 0.8


def test_a_letter_of_the_neighbour_is_no_disagreement() -> None:
    made = _again("number", _field("F202500680", "F202500680", 0.9), _says("EF202500680"))
    assert made.value == "F202500680" and made.confidence == 0.9


def test_a_value_that_the_second_engine_cannot_make_out_is_not_sure() -> None:
    made = _again("total_amount", _field(Decimal("1890.00"), "1 890,00 €", 0.96), _says("~"))
    assert made.value == Decimal("1890.00") and made.confidence == 0.93


@pytest.mark.parametrize(
    ("name", "field", "read_by"),
    [
        ("supplier_name", _field("Atelier du Savoir", "Atelier du Savoir"), ReadBy.OCR),
        ("total_amount", _field(Decimal("1890.00"), "945,00 945,00", note="a sum"), ReadBy.OCR),
        ("total_amount", _field(Decimal("1890.00"), "1 890,00", read_by=ReadBy.TEXT), ReadBy.TEXT),
        ("supplier_siret", _field("73282932000074", "732 829 320 00074", 0.96), ReadBy.OCR),
    ],
)
def test_what_needs_no_second_look_gets_none(name: str, field: Field, read_by: ReadBy) -> None:
    page = _page(Word(field.raw, BOX, 0.9), read_by=read_by)
    assert _again(name, field, _never, page=page) == field


def _session(date: dt.date | None, confidence: float, weekday: int | None = None) -> Session:
    box = Box(0.5, 0.29, 0.7, 0.32)
    marks = (Mark.SIGNED, Mark.SIGNED)
    return Session(
        "BENALI",
        date,
        HalfDay.AM,
        Minutes(210),
        *marks,
        1,
        box,
        ReadBy.OCR,
        confidence,
        "28/01/2026",
        weekday,
    )


def _session_again(session: Session, engine: Recognise) -> Session:
    page = _page(Word("28/01/2026", BOX, 0.5))
    reading = confirmed(Reading({}, sessions=(session,)), {1: page}, Kind.ATTENDANCE_SHEET, engine)
    return reading.sessions[0]


def test_a_doubtful_session_date_is_read_again() -> None:
    date = dt.date(2026, 1, 28)
    assert _session_again(_session(date, 0.7), _says("28/01/2026")).confidence > 0.9
    assert _session_again(_session(date, 0.8), _says("26/01/2026")).confidence <= 0.6
    assert _session_again(_session(date, 0.95), _never).date == date


def test_a_session_date_yields_only_to_one_that_fits_its_weekday() -> None:
    date = dt.date(2026, 1, 28)
    monday = _session_again(_session(date, 0.6, weekday=0), _says("26/01/2026"))
    assert monday.date == dt.date(2026, 1, 26) and monday.confidence <= 0.8
    friday = _session_again(_session(date, 0.6, weekday=4), _says("26/01/2026"))
    assert friday.date == date and friday.confidence <= 0.6


def _line(text: str) -> Picture:
    font = ImageFont.load_default(32)
    image = Image.new("L", (round(font.getlength(text)) + 30, 48), 255)
    ImageDraw.Draw(image).text((14, 4), text, 0, font=font)
    return np.asarray(image, dtype=np.uint8)


def test_the_engine_reads_lines_offline() -> None:
    wanted = ("26/01/2026", "1 890,00", "FR14 2004 1010 0505")
    seen = recognised([_line(text) for text in wanted])
    assert ["".join(one.text.split()) for one in seen] == ["".join(text.split()) for text in wanted]
    assert all(one.sureness > 0.9 for one in seen)


def test_reading_text_pages_loads_no_second_engine() -> None:
    code = (
        "import sys, extractors.pages, extractors.second\n"
        "print(any('rapidocr' in name or 'onnx' in name for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_an_iban_in_cells_is_taken_on_its_key_though_the_cells_make_the_engine_less_sure() -> None:
    cells, iban = "F R 7 6 3 0 0 0 1 0 0 7 9 4 1 2 3 4 5 6 7 8 9 0 1 8 5", "FR7630001007941234567890185"
    made = _again("iban", _field(None, "FR763000", 0.4), _says(cells, 0.9))
    assert (made.value, made.confidence) == (iban, 0.8)
    assert _again("iban", _field(None, "FR763000", 0.4), _says(cells[:-1] + "6", 0.9)).value is None
