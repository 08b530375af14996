"""The blocks of a contrat de professionnalisation: employer, trainee, tutor, contract, training.

"Nom", "SIRET", "Date de naissance" stand in several of them. A heading opens a block; where there is none, or
white on a dark band that OCR did not read, the labels that belong to one block alone tell where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dossier.reading import Box
from extractors.french.letters import fold
from extractors.labels import Mark
from extractors.leaf import Leaf
from extractors.view import Run


class Block(StrEnum):
    """A block of the form, in the form's order."""

    HEAD = "head"
    EMPLOYER = "employer"
    TRAINEE = "trainee"
    TUTOR = "tutor"
    CONTRACT = "contract"
    TRAINING = "training"
    FOOT = "foot"


_HEADINGS = {
    "section_employer": Block.EMPLOYER,
    "section_agency": Block.EMPLOYER,
    "section_trainee": Block.TRAINEE,
    "section_tutor": Block.TUTOR,
    "section_contract": Block.CONTRACT,
    "section_training": Block.TRAINING,
}

_HEADING = re.compile(
    r"""^\W*(?:(?:\d{1,2}|[ivx]{1,3}|[a-f])\s?[.)\-:]?\s|(?:cadre|rubrique|bloc|partie|volet)\s\d\W+)?\W*(?:le(?:s|\(s\)|\sou\sles|/la)?\s|la\s|l')?(?:
      (?P<employer>employeur|entreprise(?:\sd'accueil)?|identification\sde\sl'employeur)
    | (?P<trainee>(?:salarie|alternant|stagiaire|beneficiaire|titulaire)(?:\(?\W?e\)?)?)
    | (?P<tutor>(?:tuteur|tutrice)s?(?:\(s\)|/tutrice)?(?:\sde\sl'entreprise)?)
    | (?P<contract>contrat|conditions\sdu\scontrat|caracteristiques\sdu\scontrat)
    | (?P<training>(?:action\sde\s|organisme\sde\s)?formation|parcours\sde\sformation)
    )(?:\s(?:en\scontrat|en\salternance|de\sl'entreprise|de\stravail|et\s|dans\sl'entreprise)[\w\s'(),-]{0,50})?\W*$""",
    re.VERBOSE,
)
"""A line that is a heading as a whole: numbered, lettered or bare, with or without its article."""

_TELLING: tuple[tuple[Block, str], ...] = (
    (Block.HEAD, r"mode contractuel|type de contrat\b|articles? l\.? ?6325"),
    (
        Block.EMPLOYER,
        r"siret de l'etablissement d'exec|\bsiret employeur|type d'employeur|employeur specifique|\bidcc\b"
        r"|code (?:naf|ape)|convention collective appl|caisse de retraite|effectif (?:total|salarie|de l)",
    ),
    (
        Block.TRAINEE,
        r"nom de naissance|\bnir\b|nationalite|regime social|travailleur handicape|\brqth\b"
        r"|inscrit a (?:france|pole)|inscrit france|situation avant|diplome (?:ou titre )?le plus eleve"
        r"|securite sociale",
    ),
    (Block.TUTOR, r"nom du tuteur|nom de la tutrice|\btuteur :"),
    (
        Block.CONTRACT,
        r"emploi occupe pendant|date de conclusion|conclu le\b|debut d'execution|periode d'essai"
        r"|classification de l|duree hebdomadaire|salaire (?:brut )?mensuel|coefficient"
        r"|date de fin du contrat|fin du contrat ou",
    ),
    (
        Block.TRAINING,
        r"organisme de formation principal|organisme principal|duree totale des actions|"
        r"enseignements generaux|type de qualification|code rncp|specialite de formation"
        r"|organismes? de formation interv|cycle de formation|qualification (?:visee|preparee)"
        r"|date prevue de fin|n° d.activite"
        r"|declaration d'activite",
    ),
    (Block.FOOT, r"^\W*fait a\b|^signature|cadre reserve|employeur atteste disposer|numero de depot"),
)
"""Labels, folded, that stand in one block alone."""

_TELLS = tuple((block, re.compile(pattern)) for block, pattern in _TELLING)


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where a block begins, or surely stands: from ``y`` down, between ``x0`` and ``x1``."""

    block: Block
    y: float
    x0: float
    x1: float
    heading: bool


class Blocks:
    """The blocks of one form over its pages."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self._openings: list[_Opening] = []
        self._page = {leaf.page.number: index for index, leaf in enumerate(leaves)}
        for leaf in leaves:
            self._openings.extend(self._of(leaf))
        self._add_tutor(leaves)

    def at(self, leaf: Leaf, box: Box) -> Block:
        """The block that ``box`` stands in: the last one opened above it or on its line."""
        base = self._page[leaf.page.number]
        high = leaf.view.tall
        held = [
            opening
            for opening in self._openings
            if opening.y <= base + box.y0 + 0.6 * high and opening.x0 <= (box.x0 + box.x1) / 2 <= opening.x1
        ]
        if held:
            return max(held, key=lambda opening: opening.y).block
        below = [opening for opening in self._openings if opening.block is not Block.HEAD]
        first = min(below, key=lambda opening: opening.y, default=None)
        return Block.HEAD if first is None or first.heading else first.block

    def of(self, leaf: Leaf, mark: Mark) -> Block:
        return self.at(leaf, mark.box)

    def _of(self, leaf: Leaf) -> Iterator[_Opening]:
        base = self._page[leaf.page.number]
        headings = [(block, run) for run in leaf.view.runs if (block := _heading(run)) is not None]
        headings = [(block, run) for block, run in headings if not _is_value(leaf, run)]
        aside = False
        for block, run in headings:
            peers = [other.box for _, other in headings if other.row == run.row]
            x0 = 0.0 if run.box.x0 == min(box.x0 for box in peers) else run.box.x0 - 0.02
            x1 = min((box.x0 - 0.02 for box in peers if box.x0 > run.box.x1), default=1.0)
            aside = aside or len(peers) > 1
            yield _Opening(block, base + run.box.y0, x0, x1, True)
        if aside:
            return
        for run in leaf.view.runs:
            folded = fold(run.text)
            for block, pattern in _TELLS:
                if pattern.search(folded):
                    yield _Opening(block, base + run.box.y0, 0.0, 1.0, False)
                    break

    def _add_tutor(self, leaves: Sequence[Leaf]) -> None:
        """Without a heading, the tutor's block begins at the first bare "Nom" after the trainee's."""
        if any(opening.block is Block.TUTOR for opening in self._openings):
            return
        named = False
        for leaf in leaves:
            base = self._page[leaf.page.number]
            for mark in leaf.labels.of("last_name"):
                block = self.at(leaf, mark.box)
                if mark.label != "nom":
                    named = named or block is Block.TRAINEE
                elif block is Block.TRAINEE and named:
                    self._openings.append(_Opening(Block.TUTOR, base + mark.box.y0, 0.0, 1.0, False))
                    return
                elif block is Block.TRAINEE:
                    named = True


def _heading(run: Run) -> Block | None:
    if len(run.text) > 70:
        return None
    found = _HEADING.match(fold(run.text))
    if found is None or found.lastgroup is None or ":" in run.text:
        return None
    return Block(found.lastgroup)


def _is_value(leaf: Leaf, run: Run) -> bool:
    """A word such as "formation" right of a label on its line is that label's value, no heading."""
    left = [other for other in leaf.view.rows[run.row] if other.box.x1 <= run.box.x0]
    right = [other for other in leaf.view.rows[run.row] if other.box.x0 >= run.box.x1]
    if any(leaf.labels.in_run(other) and _heading(other) is None for other in left):
        return True
    return bool(right) and not left and all(_heading(other) is None for other in right)
