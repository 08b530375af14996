"""The hours of general teaching, whose long label wraps in its cell or stands in a sentence of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.candidate import NEAR, Candidate
from extractors.french.hours import hours_in, hours_of
from extractors.french.letters import fold
from extractors.leaf import Leaf
from extractors.seek import hours_candidate
from extractors.spelled import joined
from extractors.view import Run

_LABEL = re.compile(r"\b(?:enseignements?|ens|heures|formation)\W{1,2}(?:d'enseignement )?gen")
_BEFORE = re.compile(r"dont\W+(?P<in>\d[\w ,.]{0,14}?)\s*d'?\s?enseignements? gen")
_GOES_ON = re.compile(r"(?:,|\bet|\bdes?|gen\w*\.?|prof\w*\.?)\s*$")
_LINES = 4
"""Lines of its cell that the label fills at most."""


def general_hours(leaves: Sequence[Leaf]) -> Iterator[Candidate]:
    """ "dont 84 heures d'enseignements généraux"; a number beside or under the last line of the label."""
    for leaf in joined(leaves):
        for run in leaf.view.runs:
            folded = fold(run.text)
            told = _BEFORE.search(folded)
            if told is not None:
                for found in hours_in(run.text[: told.end("in")])[-1:]:
                    yield hours_candidate(run.passage, found, NEAR, 1)
            elif _LABEL.search(folded) and not leaf.ocr:
                yield from _beside(leaf, run)


def asks_general_hours(text: str) -> bool:
    """The line is, or begins, the label of the hours of general teaching."""
    return _LABEL.search(fold(text)) is not None


def _beside(leaf: Leaf, label: Run) -> Iterator[Candidate]:
    lines = _lines(leaf, label)
    right = [
        run
        for line in reversed(lines)
        for run in leaf.view.rows[line.row]
        if run.box.x0 > line.box.x1 - 0.004 and run.box.x0 < line.box.x1 + 0.2
    ]
    under = [
        run
        for row in leaf.view.rows[lines[-1].row + 1 : lines[-1].row + 3]
        for run in row
        if run.box.x0 < label.box.x1
        and run.box.x1 > label.box.x0
        and run.box.y0 - lines[-1].box.y1 < 2.2 * leaf.view.tall
    ]
    for run in (*right, *under):
        found = hours_of(run.text)
        number = re.fullmatch(r"\W*\d+(?:[,.]\d+)?\s*(?:h|heures?)?\s*(?:\d\d)?\W*", run.text)
        if found is not None and found.minutes > 0 and number is not None:
            yield hours_candidate(run.passage, found, NEAR, 1)
            return


def _lines(leaf: Leaf, label: Run) -> list[Run]:
    """The label's lines in its cell: each next one begins where it does, as long as a word is wanting."""
    lines = [label]
    for row in leaf.view.rows[label.row + 1 : label.row + 2 * _LINES]:
        if len(lines) == _LINES or not _GOES_ON.search(fold(lines[-1].text)):
            break
        below = [run for run in row if abs(run.box.x0 - label.box.x0) < 0.01]
        if below and below[0].box.y0 - lines[-1].box.y1 < 2.2 * leaf.view.tall:
            lines.append(below[0])
    return lines
