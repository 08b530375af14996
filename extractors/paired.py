"""One label for several numbers: "SIRET / déclaration", "N° SIRET – NDA : ", before the numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.known_labels import concepts_of, levelled

_LABELS = re.compile(r"\W*(?P<labels>[a-z](?:[^\d:|]|(?<= )\|(?= )){5,70}?)\s*(?P<colon>:)?\s*(?=\d|$)")
_JOINT = re.compile(r"\s*[/,;&+]\s*|\s+(?:[-–—·•|]|et)\s+")
_REGISTERED = re.compile(r"(?:n\s*[°º]?\s*)?(?:de |d')?(?:declaration|activite|enregistrement|da|nda)\b.*")
_CODES = frozenset(("naf", "ape", "codenaf", "codeape", "rcs", "tva", "ntva"))


@dataclass(frozen=True, slots=True)
class Paired:
    """Labels at ``start:end`` of a text, their values from ``value_at`` on."""

    concepts: frozenset[str]
    start: int
    end: int
    value_at: int
    colon: bool


def paired(folded: str) -> Paired | None:
    """The labels that a folded text begins with, where a SIRET's is one of several."""
    match = _LABELS.match(folded) if "siret" in folded else None
    parts = _JOINT.split(match["labels"]) if match is not None else ()
    if match is None or len(parts) < 2 or "siret" not in match["labels"]:
        return None
    told: set[str] = set()
    for part in parts:
        concepts = (concepts_of(levelled(part)) or frozenset()) & {"siret", "siren", "nda"}
        if not concepts and _REGISTERED.fullmatch(part):
            concepts = frozenset(("nda",))
        if not concepts and levelled(part) not in _CODES:
            return None
        told |= concepts
    return Paired(frozenset(told), *match.span("labels"), match.end(), match["colon"] is not None)
