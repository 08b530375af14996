"""A page of pixels on which something is missing is read enlarged, and both readings are held together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from dossier.reading import Box, Field, ReadBy
from extractors import ocr
from extractors.candidate import Reading
from extractors.enlarged import with_small_print
from extractors.leaf import Leaf
from extractors.page import Picture, Word
from tests.extractors.set_pages import leaf, white

_BOX = Box(0.1, 0.1, 0.2, 0.12)


def _field(value: str, confidence: float) -> Field:
    return Field(value, value, 1, _BOX, ReadBy.OCR, confidence)


def _reader(first: Mapping[str, Field], again: Mapping[str, Field]) -> tuple[Reading, list[int]]:
    """What is read of a page whose enlarged reading is the word "again", and how often it was read."""
    calls: list[int] = []

    def read(leaves: Sequence[Leaf]) -> Reading:
        calls.append(1)
        return Reading(again if leaves[0].view.text == "again" else first)

    page = Leaf(replace(leaf("first", read_by=ReadBy.OCR).page, see=white))
    return with_small_print(read, "name")([page]), calls


@pytest.fixture(autouse=True)
def _engine(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(grey: Picture, timeout: float) -> ocr.Reading:
        assert grey.shape == (1755, 1240)  # larger than the page by half
        return ocr.Reading((Word("again", _BOX, 0.9),))

    monkeypatch.setattr(ocr, "read", read)


def test_what_only_the_enlarged_page_shows_is_taken() -> None:
    made, calls = _reader({}, {"name": _field("Tubes Marchand", 0.95)})
    assert (made.fields["name"].value, made.fields["name"].confidence) == ("Tubes Marchand", 0.9)
    assert len(calls) == 2


def test_nothing_is_read_again_where_nothing_is_missing() -> None:
    made, calls = _reader({"name": _field("A", 0.5)}, {"name": _field("B", 0.9)})
    assert made.fields["name"].value == "A" and len(calls) == 1


@pytest.mark.parametrize(
    ("first", "again", "value", "sure"),
    [
        (("A1", 0.9), ("A1", 0.95), "A1", 0.95),
        (("A1", 0.9), ("B2", 0.92), "B2", 0.6),
        (("A1", 0.6), ("B2", 0.92), "B2", 0.8),
        (("A1", 0.9), ("B2", 0.5), "A1", 0.6),
    ],
)
def test_two_readings_of_one_field(
    first: tuple[str, float], again: tuple[str, float], value: str, sure: float
) -> None:
    made, _ = _reader({"other": _field(*first)}, {"other": _field(*again)})
    assert (made.fields["other"].value, made.fields["other"].confidence) == (value, sure)
