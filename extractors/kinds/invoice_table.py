"""The head of an invoice's table of lines: its columns by meaning, wrapped labels joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dossier.reading import Box
from extractors.french.amounts import AmountFound, amounts_in
from extractors.french.letters import fold
from extractors.layout import around
from extractors.leaf import Leaf
from extractors.view import Passage, Run

_HEADS = {
    "what": re.compile(r"designation|libelle|prestation|description|intitule|articles?|detail|nature|objet"),
    "quantity": re.compile(r"qtes?|quantites?|nb|nombre|heures?|duree|volume|h"),
    "unit": re.compile(r"unites?|u"),
    "price": re.compile(r"pu|prix|tarif|cout|taux horaire|unitaire|unit"),
    "amount": re.compile(r"montant|total"),
}
_HEAD_WORDS = re.compile(
    r"^(?:[#n°.()\s/]|(?:designation|libelle|prestations?|description|intitule|articles?|detail|nature"
    r"|objet|qtes?|quantites?|nb|nombre|heures?|duree"
    r"|volume|h|unites?|u|p|pu|prix|tarif|cout|taux|horaire|unitaire|unit|montant|total|ht|ttc|en|euros?"
    r"|eur|de|l'|la|des|du|d'|formation|ref|reference"
    r"|code|tva|remise|hors|taxes?|net|€|%|t|c)\b\.?)+$"
)


@dataclass(frozen=True, slots=True)
class Column:
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Head:
    """A table's head: its columns by meaning, its place. ``hourly``: its quantities are called hours."""

    leaf: Leaf
    columns: dict[str, Column]
    box: Box
    hourly: bool


def heads(leaves: Sequence[Leaf]) -> tuple[Head, ...]:
    """Rows that name a quantity or price column and an amount column, wrapped labels joined."""
    return tuple(head for leaf in leaves for head in _heads_of(leaf))


def _heads_of(leaf: Leaf) -> Iterator[Head]:
    until = -1
    for index, row in enumerate(leaf.view.rows):
        if index <= until:
            continue
        first = _classes(row)
        if len(first) < 2 or not first.keys() & {"what", "quantity", "price"}:
            continue
        held = list(row)
        for step in (-1, 1, 2):
            near = index + step
            if not 0 <= near < len(leaf.view.rows):
                continue
            beside = leaf.view.rows[near]
            gap = abs(beside[0].box.y0 - row[0].box.y0)
            if gap < 2.6 * leaf.view.tall and all(_HEAD_WORDS.match(fold(run.text)) for run in beside):
                held += beside
                until = max(until, near)
        columns = _classes(held)
        if "amount" in columns and columns.keys() & {"quantity", "price", "what"}:
            yield Head(leaf, columns, around(run.box for run in held), _counts_hours(held, columns))


def _counts_hours(runs: Sequence[Run], columns: dict[str, Column]) -> bool:
    column = columns.get("quantity")
    if column is None:
        return False
    said = " ".join(fold(r.text) for r in runs if r.box.x0 < column.x1 and r.box.x1 > column.x0)
    return re.search(r"\bheures?\b|\bnb h\b|\bduree\b|\(h\)", said) is not None and "prix" not in said


def _classes(runs: Sequence[Run]) -> dict[str, Column]:
    """Columns of one head: a stacked label ("Prix / unit.") is one column."""
    stacks: list[list[tuple[str, Box]]] = []
    for run in sorted(runs, key=lambda r: (r.box.x0, r.box.y0)):
        if len(run.text) > 60 or re.search(r"\d", run.text):
            continue
        for text, box in _head_cells(run):
            for stack in stacks:
                if any(
                    min(box.x1, other.x1) - max(box.x0, other.x0)
                    > 0.3 * min(box.x1 - box.x0, other.x1 - other.x0)
                    for _, other in stack
                ):
                    stack.append((text, box))
                    break
            else:
                stacks.append([(text, box)])
    found: dict[str, Column] = {}
    for stack in stacks:
        said = " ".join(text for text, _ in sorted(stack, key=lambda cell: cell[1].y0))
        box = around(box for _, box in stack)
        words = re.sub(r"\bp\.?\s?u\.?\s?(?=ht\b|\b)", "pu ", said)
        for name in ("price", "quantity", "amount", "unit", "what"):
            pattern = _HEADS[name]
            if re.match(rf"\W*(?:{pattern.pattern})\b", words):
                if name == "quantity" and re.match(r"\W*heures?\s+(?:realis|suivi|effectu)", words):
                    continue
                if name == "amount" or name not in found:
                    found[name] = Column(box.x0, box.x1)
                break
    return found


def _head_cells(run: Run) -> Iterator[tuple[str, Box]]:
    """A run of narrow columns ("Quantité PU HT Total HT") cut before each word that opens a column."""
    folded = fold(run.text)
    cuts = [
        m.start()
        for m in re.finditer(
            r"(?<![\w'])(?:designation|libelle|prestation|description|qte|quantite|unite\b|p\.?\s?u(?:\s?ht)?\b"
            r"|prix|tarif|montant|total|tva|taxes?\b|nb\b)",
            folded,
        )
    ]
    if not cuts or len(cuts) == 1:
        yield folded, run.box
        return
    edges = [0 if cuts[0] < 4 else cuts[0], *cuts[1:], len(folded)]
    for start, end in pairwise(edges):
        if folded[start:end].strip():
            yield folded[start:end].strip(), run.passage.box(start, max(start + 1, end - 1))


def stands_under(head: Head, name: str, passage: Passage, found: AmountFound) -> bool:
    column = head.columns.get(name)
    if column is None:
        return False
    box = passage.box(found.start, found.end)
    return box.x0 < column.x1 + 0.02 and box.x1 > column.x0 - 0.02 and _nearest(head, box) is column


def _nearest(head: Head, box: Box) -> Column:
    """The column whose middle or right edge lies nearest: numbers stand centred or to the right."""

    def away(column: Column) -> float:
        middle = abs((box.x0 + box.x1) / 2 - (column.x0 + column.x1) / 2)
        return min(middle, abs(box.x1 - column.x1))

    return min(head.columns.values(), key=away)


def under_head(
    leaves: Sequence[Leaf], found: Sequence[Head], name: str
) -> Iterator[tuple[Passage, AmountFound]]:
    """Numbers that stand in a column of the lines' table, top to bottom."""
    for head in found:
        column = head.columns.get(name)
        if column is None:
            continue
        for run in head.leaf.view.runs:
            if not 0 <= run.box.y0 - head.box.y1 < 0.25:
                continue
            for number in amounts_in(run.text):
                box = run.passage.box(number.start, number.end)
                if box.x0 < column.x1 and box.x1 > column.x0 and _nearest(head, box) is column:
                    yield run.passage, number
