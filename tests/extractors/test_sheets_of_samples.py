"""Sheets that lie otherwise than most: people across, level rules alone, boxes, sequences of AFEST."""

from __future__ import annotations

import pytest

from benchmarks.metrics import Outcome, cells
from dossier.json_form import session_json
from dossier.kinds import Kind
from extractors.kinds.attendance import read
from extractors.leaf import Leaf
from extractors.pages import pages_of
from samples.varied import piece


@pytest.mark.parametrize(
    ("layout", "seed"),
    [("people_across", 3), ("people_across", 11), ("sequences", 3), ("ruled", 3), ("boxes", 3)],
)
def test_each_half_day_is_read_as_printed(layout: str, seed: int) -> None:
    data, _, _, truth = piece(seed, Kind.ATTENDANCE_SHEET, layout, "native")
    leaves = [Leaf(page) for _, page in pages_of(data) if page is not None]
    sessions = [session_json(session) for session in read(leaves).sessions]
    printed = truth["sessions"]
    assert isinstance(printed, list)
    wrong = [(name, outcome) for name, outcome, _ in cells(printed, sessions) if outcome is not Outcome.EXACT]
    assert not wrong and len(sessions) == len(printed)
