"""Single papers with their turns: every further layout says what it draws, a seed gives its paper again."""

from __future__ import annotations

import random

import numpy as np
import pytest

from dossier.kinds import FIELDS, Kind
from samples.documents.all_kinds import FURTHER, LAYOUTS, all_layouts
from samples.marred import HARMS, marred, two_levels
from samples.varied import piece

TWELVE = [(kind, layout) for kind, layouts in FURTHER.items() for layout in layouts]
NEEDED = {
    Kind.CERTIFICATE: {
        "trainee_last_name",
        "provider_name",
        "training_title",
        "start_date",
        "end_date",
        "signed",
    },
    Kind.ATTENDANCE_SHEET: {"provider_name", "training_title", "trainer_name"},
    Kind.INVOICE: {"number", "supplier_siret", "net_amount", "total_amount", "hours", "request_ref"},
    Kind.CERFA: {"employer_siret", "start_date", "end_date", "training_hours", "provider_siret"},
}


@pytest.mark.parametrize(("kind", "layout"), TWELVE)
def test_a_further_layout_tells_what_decides(kind: Kind, layout: str) -> None:
    data, suffix, channel, truth = piece(41, kind, layout, "native")
    assert data.startswith(b"%PDF") and suffix == ".pdf" and channel == "native"
    fields = truth["fields"]
    assert isinstance(fields, dict)
    assert NEEDED[kind] <= set(fields) <= set(FIELDS[kind])
    assert bool(truth["sessions"]) == (kind is Kind.ATTENDANCE_SHEET)


def test_further_layouts_have_names_of_their_own() -> None:
    for kind, further in FURTHER.items():
        assert not further.keys() & LAYOUTS[kind].keys()
        assert len(all_layouts(kind)) == len(further) + len(LAYOUTS[kind])


@pytest.mark.parametrize("channel", ["native", "scan", "photo", "fax"])
def test_a_seed_gives_its_paper_again(channel: str) -> None:
    once, again, other = (piece(s, Kind.CERTIFICATE, "table", channel) for s in (42, 42, 43))
    assert once == again
    assert once[0] != other[0]


def test_sheets_hold_marks_of_every_sort() -> None:
    cells = [
        (session["trainee_signed"], session["trainer_signed"])
        for seed in range(1, 9)
        for session in piece(seed, Kind.ATTENDANCE_SHEET, "lines", "native")[3]["sessions"]  # type: ignore[attr-defined]
    ]
    assert {True, False} == {trainee for trainee, _ in cells} == {trainer for _, trainer in cells}


@pytest.mark.parametrize("harm", HARMS)
def test_a_harm_leaves_a_page_of_the_same_size_that_can_still_be_read(harm: object) -> None:
    page = np.full((842, 595), 255, np.uint8)
    page[100:700:20, 80:500] = 0
    assert callable(harm)
    out = harm(page, random.Random(1))
    assert out.shape == page.shape and out.dtype == np.uint8
    assert (out != page).any() and (out != page).mean() < 0.6
    assert page[100, 80] == 0, "the page given is left as it was"


def test_marred_pages_go_on_being_two_levels_when_asked() -> None:
    page = np.full((842, 595), 255, np.uint8)
    page[100:700:20, 80:500] = 0
    assert two_levels(marred(page, random.Random(2))).mode == "1"
