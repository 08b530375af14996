"""Texts brought to a form in which they can be compared and searched."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss"})
_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")
_APART = re.compile(r"[^a-z0-9]+")
LONGEST = 200


def words_of(text: str) -> tuple[str, ...]:
    """The words of ``text`` in order, without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    return tuple(word for word in _APART.split(plain) if word)


def key_of(text: str) -> str:
    """The words of ``text`` run together: ``"FA-2025/0766"`` and ``"fa 2025 0766"`` are the same."""
    return "".join(words_of(text))[:LONGEST]


def storable(data: Any) -> Any:
    """JSON without what a database takes in no text: NUL and halves of surrogate pairs."""
    match data:
        case str():
            return _NOT_TEXT.sub("\N{REPLACEMENT CHARACTER}", data)
        case dict():
            return {storable(name): storable(value) for name, value in data.items()}
        case list():
            return [storable(value) for value in data]
        case _:
            return data


def siren_of(siret: str) -> str:
    """The first nine digits of a SIRET or SIREN, or nothing when there are fewer."""
    digits = "".join(letter for letter in siret if letter.isdigit())
    return digits[:9] if len(digits) in (9, 14) else ""
