"""The line on which what a line says goes on: right under it, in its own column."""

from __future__ import annotations

import re

from extractors.french.letters import fold
from extractors.labels import Value as Place
from extractors.leaf import Leaf
from extractors.view import Passage


def next_line(leaf: Leaf, passage: Passage) -> Passage | None:
    """The words right under a passage's last line, in its own column."""
    last = passage.words[-1].box
    left, right = min(word.box.x0 for word in passage.words), max(word.box.x1 for word in passage.words)
    later = [
        run
        for run in leaf.view.runs
        if run.box.y0 > last.y1 - 0.3 * leaf.view.tall
        and run.box.y0 - last.y1 < 2.5 * leaf.view.tall
        and run.box.x0 < right
        and run.box.x1 > left
    ]
    first = min(later, key=lambda run: (run.row, run.box.x0), default=None)
    return first.passage if first is not None else None


def with_minutes(leaf: Leaf, place: Place) -> Passage:
    """A duration whose minutes, or which in figures, stand on the next line."""
    if not re.search(r"\bh(?:eures?)?\W*$", fold(place.passage.text)) or place.manner != "inline":
        return place.passage
    below = next_line(leaf, place.mark.run.passage)
    if below is None or not MINUTES.match(fold(below.text)):
        return place.passage
    return leaf.view.passage((*place.passage.words, *below.words))


MINUTES = re.compile(
    r"\W*(?:et )?(?:\d{1,2}|[a-z]{2,9}(?:[- ](?:et[- ])?[a-z]{2,9})?) ?(?:minutes?|mn)\b|\(\d"
)
