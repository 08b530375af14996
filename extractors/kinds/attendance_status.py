"""What words in a place to sign say: that somebody signed, was absent, or that there was no such half-day."""

from __future__ import annotations

import re

from dossier.reading import Mark
from extractors.french.letters import fold
from extractors.kinds.attendance_ticks import has_boxes, ticked, undecided

_ABSENT = re.compile(
    r"^\W*(ab(?:s|sente?s?|sence)?\b(?:\W*(?:non )?(?:just\w*|inj\w*|excus\w*))?|non present\w*|excusee?\b"
    r"|pas venue?|a[ji]?\W*$|maladie|arret|conges?\b|ferie|defaillant|en entreprise|entreprise$)"
)
_PENDING = re.compile(
    r"non[- ]signe|pas signe|en attente|a signer|non emarge|signature manquante|sans signature|not signed"
)
_PRESENT = re.compile(r"\b(present(?:e|es|s)?|signee?|emargee?|validee?|certifiee?)\b")
_DASH = re.compile(r"^\s*[-_/.]{1,4}\s*$")
_CROSS = re.compile(r"^\s*[x×✗✘]{1,3}\s*$")
_TICK = re.compile(r"^[✓✔☑✅🗹]$")
_NONE = re.compile(
    r"\W*(?:neant|sans objet|s\.?\s?o\.?|n\s?/\s?a|pas de (?:formation|cours|seance|session)|hors formation"
    r"|non (?:prevue?|concernee?|programmee?)|aucune? (?:formation|seance))\W*"
)


def status_of(text: str) -> Mark | None:
    """What words in a signature or status cell say; SIGNED stands for "Présent", "Signé le …"."""
    folded = fold(ticked(text)).strip()
    if undecided(text):
        return None
    if has_boxes(text):
        answer = {"": Mark.BLANK, "oui": Mark.SIGNED, "p": Mark.SIGNED, "non": Mark.ABSENT}.get(folded)
        if answer is not None:
            return answer
    if not folded:
        return None
    if folded in ("oui", "non"):
        return Mark.SIGNED if folded == "oui" else Mark.ABSENT
    if _PENDING.search(folded):
        return Mark.BLANK
    if _ABSENT.search(folded):
        return Mark.ABSENT
    if _DASH.match(folded):
        return Mark.DASH
    if _CROSS.match(folded):
        return Mark.CROSSED
    if _PRESENT.search(folded) or _TICK.match(folded):
        return Mark.SIGNED
    return None


def says_signed(text: str) -> bool:
    """Whether words say that somebody signed, not only that they were there."""
    return (
        re.search(r"\b(?:signe|emarge)e?s?\b", fold(text)) is not None and _PENDING.search(fold(text)) is None
    )


def says_none(text: str) -> bool:
    """Whether a place to sign says that there was no such half-day: "néant", "sans objet"."""
    return _NONE.fullmatch(fold(text).strip()) is not None
