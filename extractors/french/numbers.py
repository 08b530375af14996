"""Numbers as French pages print them: digits with thousands and a comma, and numbers in words."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_WORDS = {
    "zero": 0,
    "un": 1,
    "une": 1,
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
    "six": 6,
    "sept": 7,
    "huit": 8,
    "neuf": 9,
    "dix": 10,
    "onze": 11,
    "douze": 12,
    "treize": 13,
    "quatorze": 14,
    "quinze": 15,
    "seize": 16,
    "vingt": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
    "septante": 70,
    "huitante": 80,
    "nonante": 90,
}

NUMBER_WORD = r"(?:" + "|".join(sorted((*_WORDS, "vingts", "cents?", "mille"), key=len, reverse=True)) + r")"
"""One word of a number, folded, as a pattern."""

NUMBER_WORDS = rf"{NUMBER_WORD}(?:(?:[\s-]+et)?[\s-]+{NUMBER_WORD})*"
"""A whole number in words, folded, as a pattern: ``soixante et onze``, ``quatre-vingt-dix-huit``."""


def number_in_words(folded: str) -> int | None:
    """The whole number that folded French words spell, None when they spell none."""
    total, current = 0, 0
    seen = False
    for word in re.findall(r"[a-z]+", folded):
        if word == "et":
            continue
        seen = True
        if word in ("cent", "cents"):
            current = max(current, 1) * 100
        elif word == "mille":
            total, current = total + max(current, 1) * 1000, 0
        elif word in ("vingt", "vingts") and current % 100 == 4:
            current = current - 4 + 80
        elif word in _WORDS:
            current += _WORDS[word]
        else:
            return None
    return total + current if seen else None


def plain_decimal(text: str) -> Decimal | None:
    """The number that ``1 234,50``, ``1.234,50``, ``1,234.50``, ``1234.5`` spell, None for anything else.

    With one separator alone, three digits after it are thousands for a point or a blank and for a comma when
    more than three digits follow in groups; else they are decimals.
    """
    body = re.sub(r"[\s']", "", text)
    if not re.fullmatch(r"\d+(?:[.,]\d+)*", body):
        return None
    comma, point = body.rfind(","), body.rfind(".")
    if comma >= 0 and point >= 0:
        body = body.replace(".", "").replace(",", ".") if comma > point else body.replace(",", "")
    elif comma >= 0:
        body = body.replace(",", ".") if body.count(",") == 1 else body.replace(",", "")
    elif point >= 0 and (body.count(".") > 1 or re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", body)):
        body = body.replace(".", "")
    try:
        return Decimal(body)
    except InvalidOperation:
        return None
