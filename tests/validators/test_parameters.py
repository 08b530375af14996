"""Dated parameters: each value has its reference, and old ones are named; another folder can be taken."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import validators.parameters as parameters
from dossier.decision import Verdict
from dossier.schemes import SCHEMES
from tests.validators.case_files import base_case, shipped
from validators.decide import decide
from validators.parameters import NoValueError, ParametersError, load, unchecked

SHIPPED = Path(parameters.__file__).parent


@pytest.mark.parametrize("entry", shipped().entries.values(), ids=lambda entry: f"{entry.group}/{entry.key}")
def test_each_value_has_a_reference_and_a_unit(entry: parameters.Entry) -> None:
    assert entry.title and entry.unit and entry.values
    for since, _value, reference in entry.values:
        assert len(reference) > 10, (entry.key, since)
        assert since <= entry.last_checked


def test_what_was_not_checked_for_a_year_is_named() -> None:
    checked = max(entry.last_checked for entry in shipped().entries.values())
    assert unchecked(shipped(), checked) == ()
    later = checked + dt.timedelta(days=366)
    assert len(unchecked(shipped(), later)) == len(shipped().entries)


def test_the_day_chooses_the_value() -> None:
    old, new = (
        shipped().at(SCHEMES["cipi"], "rate.overrun_share", day).decimal
        for day in (dt.date(2024, 6, 30), dt.date(2024, 7, 1))
    )
    assert (str(old), str(new)) == ("0.80", "0.30")


def test_no_value_is_in_force_before_the_first_and_after_a_null() -> None:
    for scheme, key, day in (
        (SCHEMES["cipi"], "rate.hourly", dt.date(2023, 12, 31)),
        (SCHEMES["contrat_pro"], "rate.short_max", dt.date(2025, 1, 1)),
        (SCHEMES["contrat_pro"], "filing.max_shift_days", dt.date(2025, 1, 1)),
    ):
        with pytest.raises(NoValueError, match=key):
            shipped().at(scheme, key, day)


def copied(folder: Path) -> Path:
    shutil.copytree(SHIPPED, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return folder


def test_a_folder_of_other_values_replays_another_law(tmp_path: Path) -> None:
    folder = copied(tmp_path / "law")
    same = load(folder)
    assert same.digest == shipped().digest
    day = folder / "all" / "tolerance.yaml"
    day.write_text(day.read_text(encoding="utf-8").replace("value: 15", "value: 0"), encoding="utf-8")
    other = load(folder)
    assert other.digest != shipped().digest
    case = base_case("cipi_sheets")
    sheet = next(piece for piece in case.pieces if piece.part.sessions)
    shorter = replace(sheet.part.sessions[0], minutes=200)
    part = replace(sheet.part, sessions=(shorter, *sheet.part.sessions[1:]))
    pieces = tuple(replace(one, part=part) if one is sheet else one for one in case.pieces)
    case = replace(case, pieces=pieces)
    assert decide(case, same).hours.payable == 4200
    assert decide(case, other).hours.payable == 4190


def test_a_scheme_may_set_another_effect(tmp_path: Path) -> None:
    folder = copied(tmp_path / "law")
    (folder / "cipi").mkdir()
    (folder / "cipi" / "effect.yaml").write_text(
        "drf.answered_in_time:\n  title: Réponse tardive\n  unit: effect\n  last_checked: 2026-11-22\n"
        "  values:\n    2026-01-01:\n      value: review\n      reference: Décision du 01/01/2026\n",
        encoding="utf-8",
    )
    case = base_case("cipi")
    assert case.request.drf is not None
    late = replace(case.request.drf, granted_at=dt.datetime(2026, 3, 6, 9))  # noqa: DTZ001 - Paris local time
    case = replace(case, request=replace(case.request, drf=late))
    assert decide(case, shipped()).verdict is Verdict.PAY
    assert decide(case, load(folder)).verdict is Verdict.REVIEW


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [", "not YAML"),
        ("- a", "not a map"),
        ("a: {title: T}", "needs exactly"),
        ("a: {title: T, unit: u, last_checked: x, values: {}}", "last_checked"),
        (
            "a: {title: T, unit: u, last_checked: 2026-01-01, values: {2026-01-01: {value: 1}}}",
            "no reference",
        ),
        (
            "a: {title: T, unit: u, last_checked: 2026-01-01, "
            "values: {2026-01-01: {value: 0.5, reference: R}}}",
            "between quotes",
        ),
    ],
)
def test_a_file_that_cannot_be_taken_is_named_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "all").mkdir()
    (tmp_path / "all" / "x.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ParametersError, match=said) as raised:
        load(tmp_path)
    assert "x.yaml" in str(raised.value)
