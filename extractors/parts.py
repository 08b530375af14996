"""Pages to parts: where one document ends and the next begins inside one file.

A page with a title of its own begins a part, unless it says that it goes on ("page 2/4"), repeats the running
heading of the page before, begins with the next article, or is one more sheet of the same training. A page
without a title goes on what stands before it, unless it is a letter or plainly of another kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dossier.kinds import Kind
from extractors.french.letters import words_of
from extractors.kind import KindFound, kind_of
from extractors.kind_words import SHEET_WORDS
from extractors.kinds.attendance import is_signed, is_signed_daily
from extractors.kinds.invoice_title import bill_number
from extractors.leaf import Leaf
from extractors.view import Run

_PAGE_OF = re.compile(
    r"(?:\bpages?\s*:?\s*|\bp\.?\s*|\bfolio\s*|\bfeuillet\s*)(\d{1,3})\s*(?:/|sur|de|\|)\s*(\d{1,3})\b"
)
_BARE = re.compile(r"\W*(\d{1,2})\s?/\s?(\d{1,2})\s*")
_GOES_ON = re.compile(
    r"\b(?:conditions (?:generales|particulieres)|suite (?:de|du|des|et fin|page)|annexe au present"
    r"|mentions legales|verso)\b"
)
_LETTER = re.compile(
    r"\b(?:madame monsieur|chere? (?:madame|monsieur)|salutations distinguees|bien cordialement)\b"
    r"|\b(?:madame|monsieur)\b.{0,30}\b(?:veuillez|nous|je)\b|\bcurriculum\b"
)
_SIGNING = re.compile(
    r"\b(?:signatures?|cachet|lu et approuve|fait a|fait le|en \w+ exemplaires|paraphes?)\b"
)
_BACKED = frozenset({Kind.INVOICE, Kind.TRAINING_AGREEMENT, Kind.MISSION_CONTRACT, Kind.CERFA})
"""Kinds that carry general conditions on their back."""

_BY_TABLE = 0.8
"""How sure an attendance sheet is that its table alone tells."""

_FEW = 25
"""A page of fewer words says nothing of its own."""
_MARGIN = 0.08
"""What stands higher on a page is a running heading rather than a title, unless it is large."""

_FOOT = 0.93
"""What stands lower is a page's foot."""
_FULL = 0.72
"""A page is written full when its text reaches down to here."""


@dataclass(frozen=True, slots=True)
class Group:
    """The pages of one part, and its kind."""

    leaves: tuple[Leaf, ...]
    kind: Kind
    confidence: float


def page_of(leaf: Leaf) -> tuple[int, int] | None:
    """What the page says of itself: (2, 4) for "page 2/4"."""
    edge = [match for run in leaf.view.runs if _at_the_edge(run) and (match := _BARE.fullmatch(run.text))]
    for match in (*_PAGE_OF.finditer(leaf.folded), *edge):
        number, count = int(match[1]), int(match[2])
        if 1 <= number <= count <= 200:
            return number, count
    for mark in leaf.labels.marks:
        if mark.label == "page":
            for value in leaf.labels.values(mark, wrap=False):
                alone = re.fullmatch(r"(\d{1,3})\s?/\s?(\d{1,3})", value.passage.text)
                if alone is not None and 1 <= int(alone[1]) <= int(alone[2]):
                    return int(alone[1]), int(alone[2])
    return None


def _at_the_edge(run: Run) -> bool:
    """A bare "2/4" counts as a page number only in the margin at the bottom or top, or on the first line."""
    return run.box.y0 > 0.9 or run.box.y1 < 0.06 or (run.row == 0 and run.box.y1 < _MARGIN)


def grouped(leaves: Sequence[Leaf]) -> tuple[Group, ...]:
    """The parts of a file, in the order of its pages."""
    groups: list[tuple[list[Leaf], KindFound]] = []
    for leaf in leaves:
        found = kind_of(leaf)
        if found.kind is Kind.OTHER and not found.titled and is_signed(leaf):
            found = KindFound(Kind.ATTENDANCE_SHEET, _BY_TABLE, False)
        elif found.kind is Kind.CERTIFICATE and is_signed_daily(leaf):
            found = KindFound(Kind.ATTENDANCE_SHEET, _BY_TABLE, found.titled)
        if groups and _continues(groups[-1], leaf, found):
            groups[-1][0].append(leaf)
        else:
            groups.append(([leaf], found))
    return tuple(Group(tuple(held), found.kind, found.confidence) for held, found in groups)


def _continues(group: tuple[list[Leaf], KindFound], leaf: Leaf, found: KindFound) -> bool:
    held, before = group
    said, previous = page_of(leaf), page_of(held[-1])
    follows = (
        said is not None
        and said[0] > 1
        and (previous is None or (previous[1] == said[1] and previous[0] == said[0] - 1))
    )
    if follows and (found.kind is before.kind or not found.titled):
        return True
    if said is not None and said[0] == 1 and said[1] > 1:
        return False
    if _on_the_back(leaf, before) or _next_article(held[-1], leaf):
        return True
    if found.titled and found.kind is not before.kind and found.confidence >= 0.6:
        return False
    if not found.titled:
        return _untitled_continues(held[-1], leaf, found, before)
    if found.kind is Kind.ATTENDANCE_SHEET:
        return _same_training(held[0], leaf)
    if found.kind is not before.kind:
        return False
    return _runs_on(held[-1], leaf, found) or (found.kind is Kind.INVOICE and _same_bill(held, leaf))


_ARTICLE = re.compile(
    r"^\W*(?:[Aa](?:rt|RT)(?:icle|ICLE)?\.?\s*(?P<named>\d{1,2})\b|(?P<plain>\d{1,2})\s?[.)]\s+[A-ZÀ-Ý])"
)


def _next_article(last: Leaf, leaf: Leaf) -> bool:
    """The page begins with the article that comes after the last one of the page before."""
    first = next((number for row in leaf.view.rows[:3] for number in _article(row[0])), 0)
    if first < 2:
        return False
    before = [number for row in last.view.rows for number in _article(row[0])]
    return bool(before) and before[-1] in (first - 1, first)


def _article(run: Run) -> Iterator[int]:
    match = _ARTICLE.match(run.text)
    if match is not None:
        yield int(match["named"] or match["plain"])


def _same_bill(held: Sequence[Leaf], leaf: Leaf) -> bool:
    """The page bears the number of a bill whose total has not come yet; after it, this is another copy."""
    if any(True for before in held for _ in before.labels.of("gross")):
        return False
    one, other = bill_number(held[0]), bill_number(leaf)
    return one is not None and one == other


def _on_the_back(leaf: Leaf, before: KindFound) -> bool:
    """General conditions belong to the paper that they are printed behind."""
    return (
        before.kind in _BACKED
        and re.match(r".{0,120}\bconditions generales\b", words_of(_top(leaf))) is not None
    )


def _untitled_continues(last: Leaf, leaf: Leaf, found: KindFound, before: KindFound) -> bool:
    """A page without a title: the rest of a table, further articles, the signatures of a contract."""
    if found.kind is before.kind and found.kind is not Kind.OTHER:
        return True
    text = words_of(leaf.view.text)
    if before.kind is Kind.OTHER and found.kind is not Kind.OTHER:
        return False
    if _GOES_ON.search(text[:300]):
        return True
    if _LETTER.search(text):
        return False
    if found.kind is not Kind.OTHER:
        return found.confidence < 0.7 and found.kind is not Kind.CERTIFICATE
    return len(leaf.view.words) >= _FEW or _SIGNING.search(text) is not None


def _runs_on(last: Leaf, leaf: Leaf, found: KindFound) -> bool:
    """The title is a running heading: one line in the top margin of both pages, the first of them full."""
    heading = words_of(found.title)
    if max((run.box.y1 for run in last.view.runs if run.box.y1 < _FOOT), default=0.0) < _FULL:
        return False
    return any(
        run.box.y0 < _MARGIN and run.height < 1.2 * leaf.view.tall and words_of(run.text) == heading
        for run in leaf.view.runs[:4]
    ) and any(words_of(run.text) == heading for run in last.view.runs)


def _same_training(first: Leaf, leaf: Leaf) -> bool:
    """Sheets of one training repeat their heading: title, provider, trainer; only days and names differ."""
    one, other = _heading(first), _heading(leaf)
    fewer = min(len(one), len(other))
    return fewer < 3 or len(one & other) >= _ALIKE * fewer


_ALIKE = 0.68
"""Share of a heading's own words that sheets of one training have in common. On the sheets looked at it was
0.92 at least, and 0.61 at most between two trainings of one layout."""


def _heading(leaf: Leaf) -> frozenset[str]:
    """The heading's own words."""
    return frozenset(re.findall(r"\b[a-z]{2,}\b", words_of(_top(leaf)))) - SHEET_WORDS


def _top(leaf: Leaf) -> str:
    """The first lines of a page."""
    return " ".join(" ".join(run.text for run in row) for row in leaf.view.rows[:7])
