"""Pages to parts: where one document ends and the next begins inside one file.

A page with a title of its own begins a part, unless it says that it goes on ("page 2/4") or is one more sheet of
the same training. A page without a title goes on what stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from dossier.kinds import Kind
from extractors.french.letters import words_of
from extractors.kind import KindFound, kind_of
from extractors.leaf import Leaf

_PAGE_OF = re.compile(r"(?:\bpages?\s*:?\s*|\bp\.?\s*|\bfolio\s*)(\d{1,3})\s*(?:/|sur|de)\s*(\d{1,3})\b|(?:^|\s)(\d{1,2})\s?/\s?(\d{1,2})\s*$", re.MULTILINE)
_GOES_ON = re.compile(r"\b(?:conditions generales|suite|annexe au present|mentions legales)\b")


@dataclass(frozen=True, slots=True)
class Group:
    """The pages of one part, and its kind."""

    leaves: tuple[Leaf, ...]
    kind: Kind
    confidence: float


def page_of(leaf: Leaf) -> tuple[int, int] | None:
    """What the page says of itself: (2, 4) for "page 2/4"."""
    for match in _PAGE_OF.finditer(leaf.folded):
        number, count = (int(part) for part in (match[1] or match[3], match[2] or match[4]))
        if 1 <= number <= count <= 200 and (match[1] or _at_the_edge(leaf, match[0].strip())):
            return number, count
    return None


def _at_the_edge(leaf: Leaf, printed: str) -> bool:
    """A bare "2/4" counts as a page number only in the margin at the bottom or top."""
    return any(
        run.text.strip().endswith(printed) and len(run.text) < 12 and (run.box.y0 > 0.9 or run.box.y1 < 0.06)
        for run in leaf.view.runs
    )


def grouped(leaves: Sequence[Leaf]) -> tuple[Group, ...]:
    """The parts of a file, in the order of its pages."""
    groups: list[tuple[list[Leaf], KindFound]] = []
    for leaf in leaves:
        found = kind_of(leaf)
        if groups and _continues(groups[-1], leaf, found):
            groups[-1][0].append(leaf)
        else:
            groups.append(([leaf], found))
    return tuple(Group(tuple(held), found.kind, found.confidence) for held, found in groups)


def _continues(group: tuple[list[Leaf], KindFound], leaf: Leaf, found: KindFound) -> bool:
    held, before = group
    said = page_of(leaf)
    previous = page_of(held[-1])
    follows = (
        said is not None and said[0] > 1 and (previous is None or (previous[1] == said[1] and previous[0] == said[0] - 1))
    )
    fresh = said is not None and said[0] == 1 and said[1] > 1
    if found.titled and found.kind is not before.kind and found.confidence >= 0.6:
        return False
    if follows and (found.kind is before.kind or not found.titled):
        return True
    if fresh:
        return False
    if not found.titled:
        return _same_hand(held, leaf, found, before)
    if found.kind is Kind.ATTENDANCE_SHEET:
        return _same_training(held[0], leaf)
    return False


def _same_hand(held: Sequence[Leaf], leaf: Leaf, found: KindFound, before: KindFound) -> bool:
    """A page without a title: general conditions, the rest of a table, the signatures of a contract."""
    if found.kind is before.kind and found.kind is not Kind.OTHER:
        return True
    if before.kind is Kind.OTHER and found.kind is not Kind.OTHER:
        return False
    if _GOES_ON.search(words_of(leaf.view.text)[:300]):
        return True
    letter = re.search(r"\b(?:madame|monsieur)\b.{0,30}\b(?:veuillez|nous|je)\b|curriculum", words_of(leaf.view.text))
    if letter is not None:
        return False
    return found.kind is Kind.OTHER and len(leaf.view.words) >= 25


_SHEET_WORDS = 14


def _same_training(first: Leaf, leaf: Leaf) -> bool:
    """Sheets of one training repeat their heading: title, provider, trainer; only dates differ."""
    return fuzz.token_set_ratio(_heading(first), _heading(leaf)) >= 80


def _heading(leaf: Leaf) -> str:
    lines = [" ".join(run.text for run in row) for row in leaf.view.rows[:7]]
    return re.sub(r"\b\d+\b", "", words_of(" ".join(lines)))
