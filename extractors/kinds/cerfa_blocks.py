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
from extractors.grid import tables
from extractors.kinds.cerfa_owned import owned
from extractors.layout import meet
from extractors.leaf import Leaf
from extractors.marks import Mark
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
    | (?P<tutor>tutorat|(?:tuteur|tutrice)s?(?:\s?\((?:s|t?rice)\)|\s?(?:/|ou)\s?tutrice)?
      (?:\sde\sl'entreprise)?)
    | (?P<contract>contrat|(?:conditions|caracteristiques|dates)\sdu\scontrat
      |nature\set\sduree(?:\sdu\scontrat)?)
    | (?P<training>(?:action\sde\s|organisme\sde\s)?formation|actions?\sde\sprofessionnalisation
      |parcours\sde\sformation)
    )(?:\s(?:en\scontrat|du\scontrat|en\salternance|en\sentreprise|de\sl'entreprise|de\stravail|et\s|dans\sl'entreprise|au\ssein\sde\s)[\w\s'(),-]{0,50})?\W*$""",
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
        r"|(?:debut|fin) du contrat\b|fin du contrat ou|nature du contrat",
    ),
    (
        Block.TRAINING,
        r"organisme de formation principal|^\W*organisme de formation\s*:|organisme principal|"
        r"duree totale des actions|"
        r"enseignements generaux|type de qualification|code rncp|specialite de formation"
        r"|organismes? de formation interv|cycle de formation|qualification (?:visee|preparee)"
        r"|date prevue de fin|n° d.activite"
        r"|declaration d'activite",
    ),
    (Block.FOOT, r"^\W*fait a\b|^signature|cadre reserve|employeur atteste disposer|numero de depot"),
)
"""Labels, folded, that stand in one block alone."""

_PARTIES = (
    (("employer", "agency"), Block.EMPLOYER),
    (("trainee",), Block.TRAINEE),
    (("tutor",), Block.TUTOR),
    (("provider",), Block.TRAINING),
)
"""What labels that announce a party's name open where no heading does: "Alternant | GÉGOUT Thomas"."""

_OWNER = re.compile(
    r"\b(?:(?P<tutor>(?:du|de la) tut(?:eur|rice))"
    r"|(?P<employer>de l'employeur|siret (?:employeur|entreprise))"
    r"|(?P<trainee>(?:du|de la) (?:salariee?|titulaire|stagiaire|beneficiaire)|de l'alternante?)"
    r"|(?P<training>de l'organisme|du cfa|de l'of|siret (?:of|organisme|cfa)"
    r"|(?:debut|fin) de (?:la )?formation)"
    r"|(?P<contract>(?:debut|fin|effet|terme|echeance) du contrat))\b"
)
"""Whose name or number a label asks for, in its own words."""

_TELLS = tuple((block, re.compile(pattern)) for block, pattern in _TELLING)


_MOST = 4
"""From as many headed blocks on, labels open no block that has a heading of its own."""


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
        self._split: dict[int, _Split | None] = {}
        for leaf in leaves:
            self._openings.extend(self._headed(leaf))
        headed = {opening.block for opening in self._openings}
        told = [opening for leaf in leaves for opening in self._told(leaf)]
        first = min((opening.y for opening in self._openings), default=1e9)
        self._openings.extend(
            o
            for o in told
            if len(headed) < _MOST or (o.block not in headed and (o.block is not Block.HEAD or o.y < first))
        )
        self._add_tutor(leaves)

    def at(self, leaf: Leaf, box: Box) -> Block:
        """The block that ``box`` stands in: the last one opened above it or on its line."""
        base = self._page[leaf.page.number]
        high = leaf.view.tall
        held = [
            opening
            for opening in self._openings
            if opening.y <= base + box.y0 + 0.6 * high and opening.x0 <= box.x0 + 0.002 < opening.x1
        ]
        if held:
            return max(held, key=lambda opening: opening.y).block
        below = [opening for opening in self._openings if opening.block is not Block.HEAD]
        first = min(below, key=lambda opening: opening.y, default=None)
        return Block.HEAD if first is None or first.heading else first.block

    def of(self, leaf: Leaf, mark: Mark) -> Block:
        """The block whose party the label names itself ("nom du tuteur"), else the one that it stands in."""
        named = owned(mark.run)
        if named is not None and mark.start >= named.at:
            return Block(named.party)
        owner = _OWNER.search(fold(mark.run.text[mark.start : max(mark.end, mark.value_at)]))
        if owner is not None and owner.lastgroup is not None:
            return Block(owner.lastgroup)
        opens = [block for concept, block in _HEADINGS.items() if mark.colon and mark.says(concept)]
        return opens[0] if opens and mark.start == 0 else self.at(leaf, mark.box)

    def in_column(self, leaf: Leaf, label: Box, value: Box) -> bool:
        """Whether a value stands in the same column of the form as its label."""
        _, end = _column(label, self._split[leaf.page.number])
        return value.x0 < end

    def _headed(self, leaf: Leaf) -> Iterator[_Opening]:
        base = self._page[leaf.page.number]
        raw = [(block, run) for run in leaf.view.runs if (block := _heading(run)) is not None]
        split = self._split[leaf.page.number] = _split(leaf, [run for _, run in raw])
        tall = _tall_cells(leaf) if raw else []
        for block, run in raw:
            if any(_holds(cell, run.box) for cell in tall) or not _is_value(leaf, run, split):
                yield _Opening(block, base + _top(run.box, tall), *_column(run.box, split), True)

    def _told(self, leaf: Leaf) -> Iterator[_Opening]:
        base, split = self._page[leaf.page.number], self._split[leaf.page.number]
        for run in leaf.view.runs:
            folded = fold(run.text)
            for block, pattern in _TELLS:
                if pattern.search(folded):
                    yield _Opening(block, base + run.box.y0, *_column(run.box, split), False)
                    break
        for concepts, block in _PARTIES:
            for mark in leaf.labels.of(*concepts):
                if mark.start == 0 and next(leaf.labels.values(mark), None) is not None:
                    yield _Opening(block, base + mark.box.y0, *_column(mark.box, split), False)

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


_ASIDE = re.compile(r"\s*\((?!.*(?:signature|cachet|visa))[^)]{5,}\)\s*$", re.IGNORECASE)
"""What a heading says in brackets of whose it is: "2. Salarié (bénéficiaire)"."""


def _tall_cells(leaf: Leaf) -> list[Box]:
    """Ruled cells beside several rows."""
    ruled = (table for table in tables(leaf.page) if table.ruled)
    return [cell.box for table in ruled for cell in table.cells if cell.rowspan > 1]


def _top(box: Box, tall: Sequence[Box]) -> float:
    """Where a heading's block begins: with the tall cell that holds it, if one does."""
    return max((cell.y0 for cell in tall if _holds(cell, box)), default=box.y0)


def _holds(cell: Box, box: Box) -> bool:
    return cell.y0 <= box.y0 and box.y1 <= cell.y1 and meet(cell, box)


def _heading(run: Run) -> Block | None:
    if len(run.text) > 70:
        return None
    found = _HEADING.match(fold(run.text)) or _HEADING.match(fold(_ASIDE.sub("", run.text)))
    if found is None or found.lastgroup is None or ":" in run.text:
        return None
    return Block(found.lastgroup)


@dataclass(frozen=True, slots=True)
class _Split:
    """A form in two columns: the right one begins at ``x``, from ``top`` down.

    ``wide``: from where to where a block reaches over both.
    """

    x: float
    top: float
    wide: tuple[tuple[float, float], ...]


def _split(leaf: Leaf, headings: Sequence[Run]) -> _Split | None:
    """Where headings stand side by side, or labels begin under one that stands in the page's right half."""
    far = [
        run
        for run in headings
        if run.box.x0 > 0.38
        and (
            any(other.row == run.row and other.box.x1 < run.box.x0 for other in headings)
            or (not _centred(run) and _heads_labels(leaf, run))
        )
    ]
    if not far or min(run.box.x0 for run in headings) > 0.25:
        return None
    x, top = min(run.box.x0 for run in far) - 0.035, min(run.box.y0 for run in far) - 0.01
    wide = []
    for run in headings:
        if run.box.y0 > top and run.box.x0 < x and _over_both(leaf, run, x):
            below = [other.box.y0 for other in headings if other.row > run.row]
            wide.append((run.box.y0 - 0.002, min(below, default=1.0) - 0.002))
    return _Split(x, top, tuple(wide))


def _centred(heading: Run) -> bool:
    """In the middle of the page, where headings over both columns stand."""
    return abs(heading.box.x0 + heading.box.x1 - 1) < _MIDDLE


_MIDDLE = 0.06
"""How far, twice over, the middle of a centred heading may be from the page's."""


def _over_both(leaf: Leaf, heading: Run, x: float) -> bool:
    """A heading alone on its line whose next line of the right column is the left one's next line too."""
    rows = leaf.view.rows
    if len(rows[heading.row]) > 1:
        return False
    for row in rows[heading.row + 1 : heading.row + 6]:
        left, right = row[0].box.x0 < x, row[-1].box.x0 >= x
        if left or right:
            return left and right
    return False


def _heads_labels(leaf: Leaf, heading: Run) -> bool:
    """Labels begin under a heading, in its own line of sight: what stands under a value does not."""
    under = [
        run
        for run in leaf.view.runs
        if run.row > heading.row and abs(run.box.x0 - heading.box.x0) < 0.015 and leaf.labels.opens(run)
    ]
    return len(under) >= 2


def _column(box: Box, split: _Split | None) -> tuple[float, float]:
    if split is None or box.y0 < split.top or any(y0 <= box.y0 < y1 for y0, y1 in split.wide):
        return 0.0, 1.0
    return (0.0, split.x) if box.x0 < split.x else (split.x, 1.0)


def _is_value(leaf: Leaf, run: Run, split: _Split | None) -> bool:
    """A word such as "formation" right of a label on its line is that label's value, no heading."""
    low, high = _column(run.box, split)
    row = [other for other in leaf.view.rows[run.row] if low <= other.box.x0 and other.box.x0 < high]
    left = [other for other in row if other.box.x1 <= run.box.x0]
    right = [other for other in row if other.box.x0 >= run.box.x1]
    if any(leaf.labels.in_run(other) and _heading(other) is None for other in left):
        return True
    return bool(right) and not left and all(_heading(other) is None for other in right)
