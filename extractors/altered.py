"""Whether a PDF was changed after it was signed electronically.

A digital signature says which bytes it covers (``/ByteRange``, ISO 32000-1 § 12.8). What is saved later is
appended behind them; only the last signature can cover the whole file. Validation data that makes a signature
last (``/DSS``, ETSI EN 319 142-1) is appended too and changes nothing that is shown.
"""

from __future__ import annotations

import re

_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]")
_SHOWN = re.compile(rb"/(?:Page|Contents|Annots?|AP|XObject|FreeText)\b")


def altered_after_signing(data: bytes) -> bool:
    """True when bytes that may change what is seen stand behind all that any signature covers.

    False for a file without a digital signature, and for one whose signature has no bytes yet.
    """
    ends = [
        int(start) + int(length)
        for _, first, start, length in _RANGE.findall(data)
        if int(first) and int(length) and int(start) + int(length) <= len(data)
    ]
    if not ends:
        return False
    behind = data[max(ends) :]
    return bool(behind.strip()) and not (b"/DSS" in behind and _SHOWN.search(behind) is None)
