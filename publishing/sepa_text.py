"""Texts in the character set that every bank of the SEPA accepts.

Source: EPC217-08, "Best practices on the SEPA requirements for an extended character set": letters, digits
and ``/ - ? : ( ) . , ' + space``; others are to be converted, not dropped.
"""

from __future__ import annotations

import re

from text_unidecode import unidecode  # type: ignore[import-untyped]  # what sepaxml converts with

_SAID_OTHERWISE = str.maketrans(
    {"&": "+", "€": "E", "@": "(at)", "_": "-", "[": "(", "]": ")", "{": "(", "}": ")", "°": "o", ";": ","}
)
_QUOTES = str.maketrans({"“": "'", "”": "'", "«": "'", "»": "'", '"': "'", "`": "'", "´": "'"})
_REFUSED = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]+")


def sepa_text(text: str, longest: int) -> str:
    """``text`` in the SEPA character set, at most ``longest`` characters; empty if nothing of it can be said.

    Accents and foreign letters are transliterated ("Œuvre Łódź & Cie" is "OEuvre Lodz + Cie"). No slash
    stands at an end, nor two in a row: for these some banks refuse the whole file.
    """
    latin: str = unidecode(text.translate(_QUOTES).translate(_SAID_OTHERWISE))
    allowed = _REFUSED.sub(" ", latin.translate(_QUOTES).translate(_SAID_OTHERWISE))
    single = re.sub(r"/{2,}", "/", re.sub(r"\s+", " ", allowed))
    return single.strip("/ ")[:longest].strip("/ ")
