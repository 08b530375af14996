"""Names for files, anchors and payments, made from the ids of claims."""

from __future__ import annotations

import hashlib
import re

_UNSAFE = re.compile(r"[^A-Za-z0-9-]+")
_DIGEST = 12


def plain_id(text: str, longest: int) -> str:
    """``text`` in letters, digits and hyphens, at most ``longest`` (14 or more) characters.

    What can't stay as it is gets a digest of the whole at its end: two ids don't come to share a name.
    """
    plain = _UNSAFE.sub("-", text).strip("-")
    if plain == text and 0 < len(text) <= longest:
        return text
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST]
    return f"{plain[: longest - _DIGEST - 1].strip('-')}-{digest}".strip("-")
