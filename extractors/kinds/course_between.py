"""The parties of a contract by what stands in their own stretch of it: a number, a registration, a role.

"Entre X, …, d'une part, et Y, …, d'autre part" has a stretch for each; so has "De : X, SIRET …" over "À : Y,
SIRET …". Who is registered as a trainer is the provider, whatever the paper calls him.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.candidate import Candidate
from extractors.french.identifiers import sirets_in
from extractors.french.letters import fold
from extractors.leaf import Leaf
from extractors.page import Word
from extractors.seek import id_candidate, organisation_at
from extractors.signatures import above_closing
from extractors.view import Passage

Leaves = Sequence[Leaf]

_BEGINS = re.compile(r"^\W*(?:entre(?:\b.{0,40})?|les parties(?: soussignees)?|parties)\W*$")
_BEGINS_INLINE = re.compile(r"^\W*entre(?: les soussignes?)?\W+(?=\w)")
_ENDS = re.compile(
    r"^\W*(?:article\b|art\.|(?:1|i)\s?[.)/-]\s|titre\b|preambule|il (?:est|a ete)\b|objet\b"
    r"|en (?:execution|application))"
)
_NEXT = re.compile(r"^\W*(?:et\b|d'autre part|d'une part)\W*")
_CLOSES = re.compile(r"\bd'(?:une|autre) part\W*$")
_REGISTERED = re.compile(
    r"declaration d'activite|\bn\.?d\.?a\b|\bn\W{0,2}\s?da\b|prestataire de formation"
    r"|dispensateur de formation|organisme (?:de formation|formateur)|organisme dispensateur"
    r"|ci-apres\W.{0,20}\b(?:organisme|prestataire)\b"
)
_LEAD = re.compile(
    r"^\W*(?:(?:de|a|entre|et|pour|par|1|2)\s*[:.)]\s*|entre(?: les soussignes?)?\W+|et\W+)?"
    r"(?:la societe |l'entreprise )?"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a contract says of one party. ``registered``: as a trainer."""

    name: Candidate
    siret: Candidate | None
    registered: bool


def stretches(leaves: Leaves) -> tuple[Stretch, ...]:
    """The parties between "entre" and the first article; else every paragraph that begins with a name and
    bears a SIRET. Nothing where they are not two: who is alone has no opposite."""
    for find in (_between, _with_number):
        found = [made for leaf in leaves for passage in find(leaf) if (made := _stretch(passage)) is not None]
        if len(found) == 2:
            return tuple(found)
    return ()


def _stretch(passage: Passage) -> Stretch | None:
    folded = fold(passage.text)
    lead = _LEAD.match(folded)
    name = organisation_at(passage, 0.95, 0, lead.end() if lead is not None else 0)
    if name is None or not str(name.value)[:1].isalnum() or str(name.value)[:1].islower():
        return None
    siret = next((id_candidate(passage, one, 0.97) for one in sirets_in(passage.text)), None)
    return Stretch(name, siret, _REGISTERED.search(folded) is not None)


def _between(leaf: Leaf) -> Iterator[Passage]:
    """The stretches from "entre" on, cut at "et", at "d'une part" and "d'autre part"."""
    words: list[list[Word]] = []
    begun = False
    for run in leaf.view.runs:
        folded = fold(run.text)
        if not begun:
            begun = bool(_BEGINS.match(folded) or _BEGINS_INLINE.match(folded))
            if begun:
                words.append(list(run.line.words) if _BEGINS_INLINE.match(folded) else [])
            continue
        if _ENDS.match(folded):
            break
        if _NEXT.match(folded):
            words.append([])
        words[-1].extend(run.line.words)
        if _CLOSES.search(folded):
            words.append([])
    for held in words:
        passage = leaf.view.passage(held)
        if sum(char.isalpha() for char in passage.text) > 12 or sirets_in(passage.text):
            yield passage


_LABEL = re.compile(r"^\W*[a-z][a-z' ]{0,27}\s?:\s")


def _with_number(leaf: Leaf) -> Iterator[Passage]:
    """Paragraphs that bear a SIRET, cut where a line opens with a label of its own: "De : ", "À : "."""
    for block in leaf.view.blocks:
        if not above_closing(leaf, block.box) or block.box.y1 > 0.75:
            continue
        words: list[list[Word]] = [[]]
        for run in block.runs:
            if _LABEL.match(fold(run.text)):
                words.append([])
            words[-1].extend(run.line.words)
        for held in words:
            passage = leaf.view.passage(held)
            if sirets_in(passage.text):
                yield passage
