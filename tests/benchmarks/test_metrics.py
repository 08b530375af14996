"""The accuracy benchmark's metrics see every mutation; what can't be read is never a match."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from benchmarks.accuracy import DECIDING, WORN, keep, kept, span, tasks
from benchmarks.accuracy_page import binned, diagram, written
from benchmarks.metrics import KIND, Observation, Outcome, Paper, observed, same, same_person
from dossier.kinds import Kind, Type

PAPER = Paper("table", 100, "scan")
TRUTH: dict[str, Any] = {
    "pages": [1, 2],
    "kind": "certificate",
    "fields": {
        "trainee_last_name": ["LE BERRE épouse ROUX", "LE BERRE"],
        "training_title": "Soudage semi-automatique – perfectionnement",
        "start_date": "2026-03-16",
        "hours": "70.00",
        "signed": True,
    },
    "sessions": [],
}
SHEET: dict[str, Any] = {
    "pages": [1],
    "kind": "attendance_sheet",
    "fields": {"total_hours": "3.50"},
    "sessions": [
        {
            "trainee": "LE BERRE Anaïs",
            "date": "2026-03-16",
            "half_day": half,
            "hours": "3.50",
            "trainee_signed": True,
            "trainer_signed": True,
        }
        for half in ("am", "pm")
    ],
}


def perfect(truth: dict[str, Any]) -> dict[str, Any]:
    part = copy.deepcopy(truth)
    part["confidence"] = 0.98
    part["fields"] = {
        name: {"value": value[0] if isinstance(value, list) else value, "confidence": 0.97, "read_by": "ocr"}
        for name, value in truth["fields"].items()
    }
    part["sessions"] = [{**one, "confidence": 0.95} for one in truth["sessions"]]
    return part


def by_field(read: dict[str, Any], truth: dict[str, Any] = TRUTH) -> dict[str, Outcome]:
    return {one.field: one.outcome for one in observed(PAPER, [truth], [read] if read else [])}


@pytest.mark.parametrize("truth", [TRUTH, SHEET])
def test_a_perfect_reading_is_exact_throughout(truth: dict[str, Any]) -> None:
    found = observed(PAPER, [truth], [perfect(truth)])
    assert {one.outcome for one in found} == {Outcome.EXACT}
    assert len(found) == 1 + len(truth["fields"]) + 5 * len(truth["sessions"])


@pytest.mark.parametrize("truth", [TRUTH, SHEET])
def test_nothing_read_is_missing_throughout(truth: dict[str, Any]) -> None:
    assert set(by_field({}, truth).values()) == {Outcome.MISSING}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("trainee_last_name", "LE BERR"),
        ("training_title", "Anglais professionnel niveau B1"),
        ("start_date", "2026-03-17"),
        ("start_date", "16/03/2026"),
        ("hours", "70.01"),
        ("hours", "70 h"),
        ("hours", "NaN"),
        ("hours", True),
        ("signed", False),
        ("signed", "true"),
        ("signed", 1),
    ],
)
def test_another_value_is_wrong(name: str, value: object) -> None:
    read = perfect(TRUTH)
    read["fields"][name]["value"] = value
    outcomes = by_field(read)
    assert outcomes.pop(name) is Outcome.WRONG
    assert set(outcomes.values()) == {Outcome.EXACT}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("trainee_last_name", "le berre"),
        ("trainee_last_name", "LeBerre"),
        ("training_title", "Soudage semi automatique - perfectionnement."),
        ("hours", "70"),
    ],
)
def test_the_same_value_written_otherwise_is_exact(name: str, value: str) -> None:
    read = perfect(TRUTH)
    read["fields"][name]["value"] = value
    assert by_field(read)[name] is Outcome.EXACT


@pytest.mark.parametrize("type_", list(Type))
@pytest.mark.parametrize("nothing", [None, "", "   ", "???", float("nan")])
def test_what_nobody_can_read_never_matches(type_: Type, nothing: object) -> None:
    assert not same("hours", type_, nothing, nothing)
    assert not same_person(nothing, nothing)


def test_a_value_that_is_null_is_missing_and_not_surely_wrong() -> None:
    read = perfect(TRUTH)
    read["fields"]["hours"] = {"value": None, "confidence": 0.99}
    found = {one.field: one for one in observed(PAPER, [TRUTH], [read])}
    assert found["hours"].outcome is Outcome.MISSING and not found["hours"].surely_wrong


def test_surely_wrong_is_what_nobody_would_look_at() -> None:
    read = perfect(TRUTH)
    read["fields"]["hours"].update(value="71.00", confidence=0.9)
    read["fields"]["start_date"].update(value="2026-03-17", confidence=0.89)
    surely = [one.field for one in observed(PAPER, [TRUTH], [read]) if one.surely_wrong]
    assert surely == ["hours"]


def test_the_fields_of_a_part_of_the_wrong_kind_are_missing() -> None:
    outcomes = by_field({**perfect(TRUTH), "kind": "invoice"})
    assert outcomes.pop(KIND) is Outcome.WRONG
    assert set(outcomes.values()) == {Outcome.MISSING}


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (lambda s: s[0].update(trainee_signed=False), 1),
        (lambda s: s[0].update(trainer_signed=None), 1),
        (lambda s: s[0].update(hours="4.00"), 1),
        (lambda s: s[0].update(half_day="day"), 1),
        (lambda s: s[0].update(date="2026-03-17"), 5),
        (lambda s: s[0].update(date=None), 5),
        (lambda s: s[0].update(trainee=""), 5),
        (lambda s: s.pop(0), 5),
    ],
)
def test_changes_of_a_half_day_are_seen(change: Callable[[Any], Any], wrong: int) -> None:
    read = perfect(SHEET)
    change(read["sessions"])
    found = observed(PAPER, [SHEET], [read])
    assert sum(one.outcome is not Outcome.EXACT for one in found) == wrong


def test_a_name_in_the_other_order_is_the_same_person() -> None:
    assert same_person("LE BERRE Anaïs", "Anaïs Le Berre")
    assert not same_person("LE BERRE Anaïs", "LE BERRE Anne")


def test_parts_are_told_apart_by_their_pages() -> None:
    second = {**copy.deepcopy(TRUTH), "pages": [3], "fields": {"hours": "35.00"}}
    read = [perfect(second), perfect(TRUTH)]
    assert {one.outcome for one in observed(PAPER, [TRUTH, second], read)} == {Outcome.EXACT}


def test_building_and_testing_papers_differ_and_a_seed_gives_its_papers_again() -> None:
    small, full = tasks([100], full=False), tasks([100], full=True)
    assert small == tasks([100], full=False)
    assert {task.kind for task in small} == set(Kind)
    for kind in DECIDING:
        layouts = {task.layout for task in small if task.kind is kind}
        assert layouts == {task.layout for task in tasks([1], full=False) if task.kind is kind}
    assert {task.channel for task in full} == {"native", *WORN}


def _observation(confidence: float, outcome: Outcome, field: str = "hours") -> Observation:
    return Observation("certificate", "table", 100, "scan", field, outcome, confidence, "ocr")


def test_the_page_counts_what_it_is_given(tmp_path: Any) -> None:
    found = [_observation(0.95, Outcome.EXACT)] * 3 + [_observation(0.95, Outcome.WRONG)]
    found += [_observation(0.0, Outcome.MISSING), _observation(0.99, Outcome.EXACT, KIND)]
    page, _ = written(found, "command", "100 to 100 (testing)", dt.date(2026, 1, 5))
    assert "| certificate | hours | scan | 5 | 60.0 | 20.0 | 20.0 | 20.00 |" in page
    assert "Of 4 values given with 0.9 or more, 1 are wrong (25.00 %)" in page
    assert "2026-01-05" in page and "`command`" in page
    path = tmp_path / "kept.jsonl"
    keep(path, found)
    assert kept(path) == found


def test_missing_values_stand_in_no_bin() -> None:
    held = binned([_observation(0.0, Outcome.MISSING), _observation(1.0, Outcome.EXACT)])
    assert sum(len(few) for *_, few in held) == 1
    assert diagram([_observation(1.0, Outcome.EXACT)]).count("<circle") == 1 + 2


def test_a_span_of_seeds() -> None:
    assert list(span("100-102")) == [100, 101, 102] and list(span("7")) == [7]
