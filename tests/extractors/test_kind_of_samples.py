"""Sheets whose titles name other papers: what is signed half-day by half-day is a sheet."""

from __future__ import annotations

import pytest

from dossier.kinds import Kind
from extractors.kind import kind_of
from extractors.leaf import Leaf
from extractors.pages import pages_of
from samples.varied import piece


@pytest.mark.parametrize(
    ("kind", "layout"),
    [
        (Kind.ATTENDANCE_SHEET, "monthly"),  # "attestation mensuelle de présence émargée"
        (Kind.ATTENDANCE_SHEET, "sequences"),  # "feuille d'émargement – action … en situation de travail"
        (Kind.AFEST_PROTOCOL, "afest_table-plain"),
        (Kind.CERTIFICATE, "attestation"),
    ],
)
def test_the_first_page_tells_the_kind(kind: Kind, layout: str) -> None:
    data, *_ = piece(3, kind, layout, "native")
    page = next(page for _, page in pages_of(data) if page is not None)
    found = kind_of(Leaf(page))
    assert found.kind is kind and found.titled and found.confidence >= 0.8
