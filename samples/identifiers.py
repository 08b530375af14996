"""Identifiers that are well formed and belong to nobody we know of: SIRET, NDA, IBAN, NIR-free."""

from __future__ import annotations

import random

from schwifty import IBAN
from stdnum import luhn

BANKS = ("30004", "10278", "14445", "20041", "30003", "17515", "18206", "13807")


def siret(rng: random.Random) -> str:
    """Fourteen digits, SIREN and SIRET both with a right Luhn key."""
    siren = f"{rng.randrange(30_000_000, 95_000_000):08d}"
    siren += luhn.calc_check_digit(siren)
    establishment = f"{siren}{rng.randrange(1, 9):04d}"
    return establishment + str(luhn.calc_check_digit(establishment))


def nda(rng: random.Random, region: str, department: str) -> str:
    """A provider's declaration number: region, department, order, department again (11 digits)."""
    return f"{region}{department}{rng.randrange(10_000, 99_999)}{department}"


def iban(rng: random.Random) -> str:
    """A French IBAN with right keys."""
    return str(
        IBAN.generate(
            "FR",
            bank_code=rng.choice(BANKS),
            branch_code=f"{rng.randrange(100, 99_999):05d}",
            account_code=f"{rng.randrange(10**9, 10**11):011d}",
        )
    )


def spaced(number: str, *groups: int) -> str:
    """``number`` in groups of the given lengths, the last one repeated; spaces between."""
    out, at = [], 0
    sizes = list(groups)
    while at < len(number):
        size = sizes.pop(0) if len(sizes) > 1 else sizes[0]
        out.append(number[at : at + size])
        at += size
    return " ".join(out)
