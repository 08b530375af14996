"""Folding of French text for comparing: no accents, no case, one kind of apostrophe, dash and blank."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SAME = {
    "œ": "e",
    "æ": "e",
    "ß": "s",
    "ø": "o",
    "ł": "l",
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "´": "'",
    "`": "'",
    "–": "-",
    "—": "-",
    "‐": "-",
    "‑": "-",
    "−": "-",
    "«": '"',
    "»": '"',
    "“": '"',
    "”": '"',
    "×": "x",
}


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    low = char.lower()
    low = low if len(low) == 1 else char
    if low in _SAME:
        return _SAME[low]
    if low.isspace():
        return " "
    base = unicodedata.normalize("NFD", low)[0]
    return base if len(base) == 1 else low


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """``text`` folded letter by letter: the result has the same length, so spans hold in both."""
    return "".join(map(_fold_char, text))


@lru_cache(maxsize=4096)
def words_of(text: str) -> str:
    """Letters and digits of ``text``, folded, one blank between words: for comparing phrases."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(unicodedata.normalize("NFC", text))))


def tight(text: str) -> str:
    """Letters and digits of ``text``, folded, without blanks: survives words split or joined by OCR."""
    return "".join(re.findall(r"[a-z0-9]+", fold(unicodedata.normalize("NFC", text))))
