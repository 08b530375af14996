"""Identifiers are found in any grouping, judged by their keys, and never repaired."""

import random

from hypothesis import given
from hypothesis import strategies as st

from extractors.french.identifiers import ibans_in, ndas_in, references_in, siret_valid, sirets_in
from samples import identifiers as made

SEEDS = st.integers(0, 10**6).map(random.Random)


def grouped(text: str, sizes: tuple[int, ...]) -> str:
    parts, at = [], 0
    for size in sizes:
        parts.append(text[at : at + size])
        at += size
    return " ".join([*parts, text[at:]]).strip()


@given(SEEDS, st.sampled_from(((), (3, 3, 3), (9,), (4, 4, 4))))
def test_sirets_parse_back(rng: random.Random, sizes: tuple[int, ...]) -> None:
    siret = made.siret(rng)
    (found,) = sirets_in(f"SIRET : {grouped(siret, sizes)} – APE 8559A")
    assert (found.value, found.valid) == (siret, True)


@given(SEEDS)
def test_a_siret_with_one_wrong_digit_is_kept_and_doubted(rng: random.Random) -> None:
    siret = made.siret(rng)
    wrong = f"{siret[:-1]}{(int(siret[-1]) + 1) % 10}"
    (found,) = sirets_in(wrong)
    assert (found.value, found.valid) == (wrong, False)
    assert found.note


def test_la_poste_sums_its_digits() -> None:
    assert siret_valid("35600000000048")
    assert siret_valid("35600000009075")


@given(SEEDS, st.sampled_from(((), (4, 4, 4, 4, 4, 4))))
def test_ibans_parse_back(rng: random.Random, sizes: tuple[int, ...]) -> None:
    iban = made.iban(rng)
    (found,) = ibans_in(f"IBAN {grouped(iban, sizes)} BIC AGRIFRPP")
    assert (found.value, found.valid) == (iban, True)


def test_an_iban_with_a_wrong_key_is_kept_and_doubted() -> None:
    (found,) = ibans_in("FR76 3000 1007 9412 3456 7890 186")
    assert not found.valid


def test_an_iban_that_lacks_digits_is_none() -> None:
    assert ibans_in("FR76 3000 1007 9412 3456 7890") == ()


def test_an_activity_number_ends_on_its_department() -> None:
    usual, odd = ndas_in("11 75 51614 75"), ndas_in("11755161476")
    assert usual[0].valid
    assert not odd[0].valid
    assert odd[0].value == "11755161476"


def test_references_hold_a_digit() -> None:
    assert [found.value for found in references_in("facture FA-2025-0760 du client")] == ["FA-2025-0760"]
