"""The price of one hour, of one day, told from a whole sum by the words and signs around it."""

from __future__ import annotations

import re

from extractors.french.amounts import AmountFound
from extractors.french.letters import fold

_RATE = re.compile(
    r"^\s*(?:€|eur(?:os?)?)?\s*(?:ht)?\s*(?:(?:/|par|de l'|l')\s*(?:h|heure|jour|stagiaire|personne)\b"
    r"|[x*×]\s*(?!1\b(?![.,]))\d)"
)
"""What follows the price of one."""

_BY_ONE = re.compile(
    r"(?:(?<![a-z])(?<!\b1 )[x*]\s?|\ba raison de"
    r"|\b(?:horaire|unitaire|journalier|journaliere)\b[^.;\d]{0,25}"
    r"|\bp\.?\s?u\.?(?: ht)?\b\W{0,4}|(?:\bpar|\bde l'|/)\s?(?:h|heure|jour|stagiaire)\b(?: ht)?\W{0,4})\W*$"
)


def is_whole(text: str, found: AmountFound) -> bool:
    """Whether an amount is none of an hour, as "28,00 € × 70" and "taux horaire …" are."""
    after = fold(text[found.end : found.end + 40])
    return _RATE.match(after) is None and _BY_ONE.search(fold(text[: found.start])) is None
