"""Confidences mean what they say: maps are monotone, make nothing surer, see building seeds alone."""

from __future__ import annotations

from itertools import pairwise

import pytest

from benchmarks.calibrate import fitted, grouped
from benchmarks.metrics import SURE, Observation, Outcome
from dossier.kinds import Kind
from dossier.reading import Box, Field, ReadBy
from extractors.calibration import MAPS, calibrated, meant

STEPS = [step / 1000 for step in range(1001)]


@pytest.mark.parametrize("key", list(MAPS))
def test_a_map_is_monotone_and_makes_nothing_surer(key: tuple[ReadBy, str]) -> None:
    line = [min(step, meant(step, MAPS[key])) for step in STEPS]
    assert all(0.0 <= low <= high <= 1.0 for low, high in pairwise(line))
    assert all(after <= before for before, after in zip(STEPS, line, strict=True))


def _field(value: object, confidence: float, read_by: ReadBy) -> Field:
    return Field(value, str(value), 1, Box(0, 0, 1, 1), read_by, confidence)  # type: ignore[arg-type]


def test_names_off_a_scan_are_never_sure_and_still_decide() -> None:
    fields = {"provider_name": _field("Compétys", 0.97, ReadBy.OCR), "hours": _field(4200, 0.97, ReadBy.OCR)}
    found = calibrated(fields, Kind.CERTIFICATE)
    assert 0.85 < found["provider_name"].confidence < SURE
    assert found["hours"].confidence == 0.97
    assert found["provider_name"].value == "Compétys"


def test_doubtful_values_and_xml_stay_as_they_are() -> None:
    fields = {
        "provider_name": _field("Compétys", 0.6, ReadBy.OCR),
        "number": _field("F-12", 0.99, ReadBy.XML),
        "iban": _field(None, 0.95, ReadBy.OCR),
    }
    assert calibrated(fields, Kind.INVOICE) == fields


def test_a_group_that_is_right_as_often_as_it_says_needs_no_map() -> None:
    assert fitted([(0.95, True)] * 400 + [(0.95, False)]) is None
    assert fitted([(0.5, False)] * 40) is None


def test_wrong_values_below_a_threshold_are_drawn_below_sure() -> None:
    knots = fitted([(0.97, True)] * 50 + [(0.93, True)] * 50 + [(0.93, False)] * 2)
    assert knots is not None
    assert meant(0.93, knots) < SURE and meant(0.97, knots) == pytest.approx(0.97)


def test_a_group_that_is_wrong_even_where_it_is_surest_is_never_sure() -> None:
    knots = fitted([(0.97, True)] * 50 + [(0.97, False)])
    assert knots is not None and meant(1.0, knots) < SURE


def test_few_values_prove_no_threshold() -> None:
    knots = fitted([(0.99, True)] * 3 + [(0.93, True)] * 50 + [(0.93, False)])
    assert knots is not None and meant(0.99, knots) < SURE


def test_nothing_is_fitted_on_testing_seeds() -> None:
    one = Observation("certificate", "table", 100, "scan", "hours", Outcome.EXACT, 0.95, "ocr")
    with pytest.raises(ValueError, match="testing"):
        grouped([one])
