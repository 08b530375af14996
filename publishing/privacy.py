"""Bank account and social security numbers, taken out of texts that people will read.

A finding may quote what stands on a page, and a page may show an IBAN or a NIR (numéro de sécurité sociale).
"""

from __future__ import annotations

import re
from collections.abc import Callable

_GAP = r"[ .\-\u00a0\u2009\u202f]?"

# groups of four, as printed, or one compact word; the country letters alone tell it from a sentence
_IBAN = re.compile(
    rf"(?<![A-Za-z0-9])(?:[A-Z]{{2}}{_GAP}\d{{2}}(?:{_GAP}[A-Z0-9]{{4}}){{2,7}}(?:{_GAP}[A-Z0-9]{{1,4}})?"
    r"|[A-Za-z]{2}\d{2}[A-Za-z0-9]{11,30})(?![A-Za-z0-9])"
)
# the old French form: bank, branch, account, key
_RIB = re.compile(rf"(?<![A-Za-z0-9])\d{{5}}{_GAP}\d{{5}}{_GAP}[0-9A-Za-z]{{11}}{_GAP}\d{{2}}(?![A-Za-z0-9])")
# sex, year, month (real or made up), department (Corsica in letters), commune, order, key or none
_NIR = re.compile(
    rf"(?<!\d)[1-478]{_GAP}\d{{2}}{_GAP}(?:0[1-9]|1[0-2]|[2-9]\d){_GAP}(?:\d{{2}}|2[ABab])"
    rf"{_GAP}\d{{3}}{_GAP}\d{{3}}(?:{_GAP}\d{{2}})?(?!\d)"
)
_SEPA = frozenset(
    ["AD", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GI", "GR", "HR",
     "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI",
     "SK", "SM", "VA"]
)  # fmt: skip
_SHORTEST_IBAN = 15
_SURELY_AN_ACCOUNT = 18  # so many digits are an account's even where a reader misread the country


def _compact(text: str) -> str:
    return re.sub(_GAP[:-1], "", text)


def _is_account(number: str) -> bool:
    compact = _compact(number).upper()
    digits = sum(character.isdigit() for character in compact)
    known = compact[:2] in _SEPA
    return len(compact) >= _SHORTEST_IBAN and (known or digits >= _SURELY_AN_ACCOUNT)


def masked_iban(iban: str) -> str:
    """An IBAN that can be recognised and not used: country and check digits, then the last four."""
    compact = _compact(iban)
    return f"{compact[:4]} •••• {compact[-4:]}" if len(compact) >= _SHORTEST_IBAN else "••••"


def _without_accounts(text: str, instead: Callable[[str], str]) -> str:
    def account(match: re.Match[str]) -> str:
        return instead(match.group()) if _is_account(match.group()) else match.group()

    return _NIR.sub("[NIR masqué]", _RIB.sub("[RIB masqué]", _IBAN.sub(account, text)))


def masked(text: str) -> str:
    """``text`` with each IBAN masked but for its ends, and each RIB and NIR masked whole."""
    return _without_accounts(text, masked_iban)


def redacted(text: str) -> str:
    """``text`` with no part of an account number or NIR left: for what leaves the house."""
    return _without_accounts(text, lambda _: "[IBAN masqué]")
