"""One place where confidences are made to mean what they say.

Readers weigh what they see and give it a figure; how often a figure was right is another matter, and depends
on how the value came off the page and on what it is. `MAPS` was fitted on drawn papers of the building seeds
(``python -m benchmarks.calibrate``): 0.9 and more is left to values of a group and confidence of which at
most 0.3 % were wrong there. Maps are monotone within a group, and nothing is ever made surer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from dossier.kinds import FIELDS, Kind, Type
from dossier.reading import Field, ReadBy

Knots = tuple[tuple[float, float], ...]
"""Points (confidence given by the reader, confidence that it means) of a line, least first."""

CODES = frozenset(
    {"supplier_siret", "employer_siret", "provider_siret", "supplier_nda", "provider_nda", "iban", "number"}
    | {"request_ref", "currency"}
)
"""Texts that have a form or a key, and are told wrong or right letter by letter."""


def group(read_by: ReadBy, type_: Type, name: str) -> tuple[ReadBy, str]:
    """What a value's confidence is fitted with: how it was read, and what it is."""
    if type_ is Type.TEXT:
        return read_by, "code" if name in CODES else "words"
    return read_by, type_.value


_NEVER_SURE: Knots = ((0.85, 0.85), (1.0, 0.899))

MAPS: Mapping[tuple[ReadBy, str], Knots] = {
    # of the sure values of each group on building seeds 1 to 4: how many, how many wrong
    (ReadBy.OCR, "code"): ((0.85, 0.85), (0.942, 0.899), (0.943, 0.943), (1.0, 1.0)),  # 252, 2
    (ReadBy.OCR, "flag"): _NEVER_SURE,  # 148, 1
    (ReadBy.OCR, "hours"): ((0.85, 0.85), (0.969, 0.899), (0.97, 0.97), (1.0, 1.0)),  # 172, 2
    (ReadBy.OCR, "words"): _NEVER_SURE,  # 406, 15
    (ReadBy.TEXT, "flag"): _NEVER_SURE,  # 68, 2
    (ReadBy.TEXT, "words"): ((0.85, 0.85), (0.969, 0.899), (0.97, 0.97), (1.0, 1.0)),  # 289, 3
}
"""Groups without a map were right as often as they said: amounts and dates, hours and codes in text."""


def meant(confidence: float, knots: Knots) -> float:
    """``confidence`` on the line through ``knots``: itself below the first, at most the last's above it."""
    if confidence <= knots[0][0]:
        return confidence
    for (x0, y0), (x1, y1) in pairwise(knots):
        if confidence <= x1:
            return y0 + (y1 - y0) * (confidence - x0) / (x1 - x0)
    return knots[-1][1]


def calibrated(fields: Mapping[str, Field], kind: Kind) -> dict[str, Field]:
    """``fields`` of a part of ``kind``, each with the confidence that its group's map gives it."""
    found: dict[str, Field] = {}
    for name, field in fields.items():
        type_ = FIELDS[kind].get(name)
        knots = MAPS.get(group(field.read_by, type_, name)) if type_ is not None else None
        if knots is None or field.value is None:
            found[name] = field
            continue
        found[name] = replace(
            field, confidence=round(min(field.confidence, meant(field.confidence, knots)), 4)
        )
    return found
