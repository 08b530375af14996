"""The same people sign page after page: a name that OCR spelled several ways takes its commonest spelling."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz

from extractors.french.letters import fold, tight

_ALIKE = 84.0
"""Likeness in percent from which two spellings on one sheet may be one person's."""


def spellings(names: Iterable[str]) -> Mapping[str, str]:
    """For each spelling found, the commonest one of the same person.

    Two people alike stay apart: a spelling found about as often as its neighbour is a person of its own.
    """
    counts = Counter(name for name in names if name)
    ranked = sorted(counts, key=lambda name: -counts[name])
    chosen: dict[str, str] = {}
    leaders: list[str] = []
    for name in ranked:
        near = [other for other in leaders if _same(name, other) and counts[name] <= 0.5 * counts[other]]
        if near:
            chosen[name] = max(near, key=lambda other: fuzz.ratio(tight(name), tight(other)))
        else:
            leaders.append(name)
            chosen[name] = name
    return chosen


def alike(one: str, other: str) -> bool:
    """Whether two spellings may be one person's, last and first name in either order."""
    return fuzz.token_sort_ratio(fold(one), fold(other)) >= _ALIKE or _same(one, other)


def two(name: str) -> bool:
    """Whether a second last name in capitals follows a first name: a rule between two people was lost."""
    capitals = "".join("A" if len(token) > 1 and token.isupper() else "a" for token in name.split())
    return "AaA" in capitals.replace("aa", "a")


def _same(one: str, other: str) -> bool:
    return fuzz.ratio(tight(one), tight(other)) >= _ALIKE
