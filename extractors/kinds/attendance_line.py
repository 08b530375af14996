"""One line of a sheet's head that tells several things between dashes or bars, some of them unlabelled.

"LEMAÎTRE Mamadou — Sauveteur secouriste du travail — formateur : Fabrice WAGNER".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors import seek
from extractors.candidate import Candidate, candidate
from extractors.french.letters import fold
from extractors.french.people import person_of
from extractors.kinds.attendance_facts import Named
from extractors.kinds.attendance_houses import PROVIDES, may_be_name
from extractors.leaf import Leaf
from extractors.titles import title_at
from extractors.view import Run

_LOWEST = 0.35
_BETWEEN = ("|", "—", "•", "·", "–")
"""What stands between the parts of a line, the marks that titles have themselves last."""

_SURE = 0.75
"""How sure a person or a title is that stands in such a line without a label."""

_HOUSE = 0.75
_TITLED = re.compile(r"(?:cours|action|theme|module|programme|parcours|matiere)\s?:\s*")
_PAPER = re.compile(
    r"\b(?:documents?|generee?|editee?|imprimee?|dossier|preuves?|suivi|cahier|carnet|registre|etat|liste|attestation|certificat|emarg\w*|presences?|pointages?|signatures?|feuille|releve|fiche)\b"
)


def person_on_line(leaf: Leaf) -> Named:
    """The trainee of an individual sheet: the one person of such a line who has no label."""
    people = {
        text: person
        for run, parts in _lines(leaf)
        for _, text in parts
        if ":" not in text
        if (person := person_of(text)) is not None and person.sure and person.end == len(text)
    }
    return Named(next(iter(people)), _SURE, whole=True) if len(people) == 1 else Named()


def titles_on_line(leaf: Leaf) -> Iterator[Candidate]:
    """The part of such a line that a word for a course labels, or the one left when all others are told."""
    for run, parts in _lines(leaf):
        left = []
        for at, (start, text) in enumerate(parts):
            label = _TITLED.match(fold(text))
            if label is not None:
                made = title_at(run.passage.part(start + label.end(), start + len(text)), _HOUSE, 2)
                if made is not None:
                    yield made
            elif ":" not in text and not _told(text, first=at == 0):
                left.append((start, text))
        if len(left) == 1 and len(left) < len(parts) and any(":" in text for _, text in parts):
            start, text = left[0]
            if len(text.split()) > 1:
                yield candidate(text, run.passage, start, start + len(text), _SURE, "", 3)


def houses_on_line(leaf: Leaf) -> Iterator[Candidate]:
    """The part of such a line that is called a house of training, or stands before what the paper is."""
    for run, parts in _lines(leaf):
        for at, (start, text) in enumerate(parts):
            before_paper = at == 0 and len(parts) == 2 and _PAPER.search(fold(parts[1][1])) is not None
            named = PROVIDES.search(fold(text)) is not None and len(parts) > 2 and at == 0
            if (
                ":" in text
                or not (before_paper or named)
                or not may_be_name(text)
                or _PAPER.search(fold(text))
            ):
                continue
            made = seek.organisation_at(run.passage.part(start, start + len(text)), _HOUSE, 3)
            if made is not None:
                yield made


def _told(text: str, first: bool) -> bool:
    """Whether a part is a person, a date or number, what the paper is, or first and called a house."""
    person = person_of(text)
    if person is not None and person.sure and person.end == len(text):
        return True
    house = first and PROVIDES.search(fold(text)) is not None
    return house or _PAPER.search(fold(text)) is not None or any(c.isdigit() for c in text)


def _lines(leaf: Leaf) -> Iterator[tuple[Run, list[tuple[int, str]]]]:
    for run in leaf.view.runs:
        if run.box.y0 > _LOWEST:
            continue
        mark = next((mark for mark in _BETWEEN if f" {mark} " in run.text), None)
        if mark is None:
            continue
        parts, at = [], 0
        for text in run.text.split(f" {mark} "):
            bare = text.strip()
            parts.append((at + len(text) - len(text.lstrip()), bare))
            at += len(text) + len(mark) + 2
        yield run, [part for part in parts if part[1]]
