"""Amounts of money: ``1 234,50 €``, ``1.234,50``, ``€1,234.50``, ``- 350,00``, ``(350,00)``.

A euro sign that OCR read as a C or an E after two decimals counts as one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from extractors.french.letters import fold
from extractors.french.numbers import plain_decimal

_GROUPED = (
    r"\d{1,3}(?:[ .']\d{3})+,\d{1,2}|\d{1,3}(?:,\d{3})+\.\d{1,2}|\d{1,3}(?:[ ']\d{3})+\.\d{2}"
    r"|(?:\d{1,3}(?:[ ]\d{3})+|\d{3,})[ ],\d{2}(?!\d)"  # OCR set the comma apart
    r"|\d{1,3}(?:[ .]\d{3})+(?![\d,])|\d+[.,]\d{1,2}(?!\d)|\d+"
)
_AMOUNT = re.compile(
    rf"""(?<![\w.,/?;'"~])
    (?P<before>(?:€|eur)\s*)?
    (?P<open>\(\s*)?(?P<sign>-\s?)?(?P<before2>(?:€|eur)\s*)?
    (?P<number>{_GROUPED})
    (?P<after>\s*(?:€|euros?|eur)(?![a-z])|(?<=[.,]\d\d)\s?[ce](?![\w]))?(?P<close>\s*\))?
    (?![\w/]|[.,]\d)""",
    re.VERBOSE,
)


_IN_WORDS = re.compile(
    r"(?:\bcentimes?|(?:un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize"
    r"|vingts?|trente|quarante|cinquante|soixante|cents?|mille)\s+euros?)\s*$"
)
"""An amount in words: what follows in brackets says it again in figures, and owes nothing."""


@dataclass(frozen=True, slots=True)
class AmountFound:
    """An amount in euros at ``start:end``. ``marked``: it shows the euro or two decimals."""

    amount: Decimal
    start: int
    end: int
    marked: bool


def amounts_in(text: str) -> tuple[AmountFound, ...]:
    """All numbers that may be amounts, in order; those neither in euros nor with decimals are unmarked."""
    found: list[AmountFound] = []
    folded = fold(text)
    for match in _AMOUNT.finditer(folded):
        number = plain_decimal(match["number"])
        if number is None or number >= Decimal(10) ** 9:
            continue
        again = bool(match["open"] and _IN_WORDS.search(folded[: match.start()]))
        negative = bool(match["sign"]) or bool(match["open"] and match["close"] and not again)
        euro = bool(match["before"] or match["before2"] or match["after"])
        decimals = bool(re.search(r"[.,]\d{2}$", match["number"]))
        found.append(
            AmountFound(-number if negative else number, match.start(), match.end(), euro or decimals)
        )
    return tuple(found)
