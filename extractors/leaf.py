"""A page ready to be asked: its layout, its labels, its sentences, its headings."""

from __future__ import annotations

import re
from functools import cached_property

from dossier.reading import Box, ReadBy
from extractors.closing import closing_line
from extractors.french.letters import fold
from extractors.known_labels import levelled
from extractors.labels import Labels
from extractors.lexicon import LABELS
from extractors.marks import Mark
from extractors.page import Page
from extractors.prose import Statement, paragraphs, statements
from extractors.view import Passage, Run, View

_HEADINGS = {
    levelled(label): concept
    for concept, labels in LABELS.items()
    if concept.startswith("section_")
    for label in labels.split("|")
}


_ASIDE = re.compile(r"\s*\((?!.*\b(?:cachet|signature|visa|nom)\b)[^)]{4,}\)\s*$", re.IGNORECASE)
"""What a heading says of a party in brackets: "L'employeur (entreprise de travail temporaire)"."""


def _heads(text: str) -> str | None:
    """What a text heads as a whole."""
    if ":" in text:
        return None
    return _HEADINGS.get(levelled(text)) or _HEADINGS.get(levelled(_ASIDE.sub("", text)))


class Leaf:
    """One page. Everything is computed once and on demand."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.view = View(page)
        self.ocr = page.read_by is ReadBy.OCR

    @cached_property
    def labels(self) -> Labels:
        return Labels(self.view)

    @cached_property
    def paragraphs(self) -> tuple[Passage, ...]:
        return paragraphs(self.view, self.labels.alone)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        return tuple(statement for passage in self.paragraphs for statement in statements(passage))

    def said(self, *concepts: str) -> tuple[Statement, ...]:
        return tuple(statement for statement in self.statements if statement.concept in concepts)

    @cached_property
    def closing(self) -> Run | None:
        """The lowest line that says where and when the paper was made."""
        return closing_line(self.view)

    @cached_property
    def folded(self) -> str:
        return fold(self.view.text)

    @cached_property
    def headings(self) -> tuple[tuple[str, Run], ...]:
        """Runs that are headings as a whole, with what they head; a label beside its value heads nothing."""
        found = []
        for row in self.view.rows:
            heads = [_heads(run.text) for run in row]
            for run, concept, beside in zip(row, heads, [*heads[1:], ""], strict=True):
                if concept is not None and beside is not None:
                    found.append((concept, run))
        return tuple(found)

    def section(self, box: Box) -> str:
        """What the nearest heading above ``box`` heads, "" when none does."""
        above = [
            (run.box.y1, concept)
            for concept, run in self.headings
            if run.box.y1 <= box.y0 + 0.003
            and (len(self.view.rows[run.row]) == 1 or (run.box.x0 < box.x1 and run.box.x1 > box.x0))
        ]
        return max(above, default=(0.0, ""))[1]

    def whole(self) -> Passage:
        """All words of the page in reading order."""
        return self.view.passage(word for run in self.view.runs for word in run.line.words)

    def section_of(self, mark: Mark) -> str:
        return self.section(mark.box)
