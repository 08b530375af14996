"""Many patterns at once find what each finds alone."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.kind_words import FORMS, KEYS, SPEAKS
from extractors.patterns import Patterns

ALONE = [form for table in (FORMS, KEYS, SPEAKS) for _, _, form in table]
TOGETHER = Patterns(ALONE)
ASCII = st.characters(codec="ascii")


@pytest.mark.parametrize("at", range(len(ALONE)))
def test_a_pattern_finds_among_all_what_it_finds_alone(at: int) -> None:
    @settings(max_examples=10, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(re.compile(ALONE[at], re.ASCII), alphabet=ASCII))
    def finds(text: str) -> None:
        alone = re.search(ALONE[at], text)
        assert alone is not None
        assert dict(TOGETHER.search(text))[at].span() == alone.span()

    finds()


def test_what_nothing_matches_gives_nothing() -> None:
    assert list(Patterns(["facture", r"\bdevis \d+"]).search("un devis sans numéro")) == []
