"""The lines of an invoice: amounts in the column of amounts, and hours × price that settle one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dossier.reading import Box
from extractors.candidate import NEAR, Candidate, candidate
from extractors.french.amounts import AmountFound, amounts_in
from extractors.french.letters import fold
from extractors.kinds.invoice_pairs import Priced
from extractors.kinds.invoice_table import Column, Head
from extractors.leaf import Leaf
from extractors.view import Run

_CARRIED = re.compile(
    r"\breport\b|a reporter|sous[- ]total|total page|total de la page|\bcumul\b|total intermediaire"
)
_HOURS_TOTAL = re.compile(r"\W*(?:nombre|nbre?|total|volume|duree)\b[a-z' ]*\bheures?\b[^€]*$")
"""A row at the foot that counts the hours billed: "Nombre d'heures 140,00"."""

_TOTAL = re.compile(
    r"\W*(?:(?:prix )?total|t\.? ?v\.? ?a\b\.?|net|montant|somme|reste|a (?:payer|regler)"
    r"|h\.? ?t\b\.?|t\.? ?t\.? ?c\b\.?)"
    r"(?:\W|\d|\b(?:a|de|en|du|la|le|facture|general|global|net|payer|regler|ht|ttc|tva|hors taxes?"
    r"|toutes taxes|comprises|taux|eur|euros?|nets?|dus?)\b)*"
)
"""A row of totals, whole: "TVA 0,00", "TOTAL 4 816,00 €", "Net à payer"."""

NOT_TRAINING = re.compile(
    r"\babsen[ct]|\bdedit|\bindemnit|dedommag|\bannulation|\babandon|penalit|desist|resiliation"
    r"|non[- ](?:realise|suivi|effectue|honore)"
    r"|\brupture\b|interruption"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One billed line: its amount and what it says."""

    amount: Candidate
    value: Decimal
    said: str

    @property
    def not_training(self) -> bool:
        return bills_no_training(self.said)


def bills_no_training(said: str) -> bool:
    """Whether a line's wording names an absence, a cancellation, an indemnity; a title in quotes does not."""
    plain = re.sub(r'"[^"]*"?', " ", fold(said))
    if re.match(r"\W*(?:formation|action de formation|stage|cqp[mi]?)\b", plain):
        return False
    return bool(NOT_TRAINING.search(plain))


# ---------------------------------------------------------------- lines


def lines(
    leaves: Sequence[Leaf], found: Sequence[Head], pairs: Sequence[Priced], tops: dict[int, float]
) -> tuple[Line, ...]:
    """Billed lines, page by page, between the table's head (or the first priced line) and the totals.

    ``tops``: by page, where the totals begin. What a page carries forward is no line.
    """
    held: list[Line] = []
    for leaf in leaves:
        page = leaf.page.number
        bottom = tops.get(page, 0.95)
        own = [head for head in found if head.leaf is leaf and head.box.y0 < bottom]
        proven = [pair for pair in pairs if pair.proven and pair.hours.page == page and pair.box.y0 < bottom]
        place = _amount_place(leaf, own, proven, bottom)
        if place is not None:
            held += _lines_of(leaf, *place, bottom)
    return tuple(held)


def _amount_place(
    leaf: Leaf, own: Sequence[Head], proven: Sequence[Priced], bottom: float
) -> tuple[Column, float] | None:
    """The column of amounts and where lines begin: from a product that is printed, else from the head."""
    head = own[0] if own else None
    for pair in proven:
        for run in leaf.view.runs:
            for found in amounts_in(run.text):
                if (
                    abs(found.amount) == pair.product
                    and run.box.y1 < bottom
                    and abs(run.box.y0 - pair.box.y0) < 0.08
                ):
                    box = run.passage.box(found.start, found.end)
                    top = head.box.y1 if head is not None else min(box.y0, pair.box.y0) - 0.05
                    return Column(box.x0, box.x1), top
    if head is not None and "amount" in head.columns:
        return head.columns["amount"], head.box.y1
    return None


def _lines_of(leaf: Leaf, column: Column, top: float, bottom: float) -> Iterator[Line]:
    amounts: list[tuple[Run, AmountFound, Box]] = []
    for run in leaf.view.runs:
        if not top - 0.004 <= run.box.y0 < bottom:
            continue
        marked = [a for a in amounts_in(run.text) if a.marked]
        if not marked:
            continue
        last = marked[-1]
        box = run.passage.box(last.start, last.end)
        aligned = abs(box.x1 - column.x1) < 0.025 or (box.x0 < column.x1 and box.x1 > column.x0)
        row = _row_text(leaf, run)
        billed = _CARRIED.search(row) is None and _HOURS_TOTAL.match(row) is None
        billed = billed and _TOTAL.fullmatch(row) is None
        if aligned and billed and len(run.text) - last.end < 6:
            amounts.append((run, last, box))
    for index, (run, found, box) in enumerate(amounts):
        low = (amounts[index - 1][2].y1 + box.y0) / 2 if index else top
        high = (box.y1 + amounts[index + 1][2].y0) / 2 if index + 1 < len(amounts) else bottom
        said = _said(leaf, column, box, low, high)
        yield Line(candidate(found.amount, run.passage, found.start, found.end, NEAR), found.amount, said)


def _row_text(leaf: Leaf, run: Run) -> str:
    return fold(" ".join(other.text for other in leaf.view.rows[run.row]))


def _said(leaf: Leaf, column: Column, box: Box, low: float, high: float) -> str:
    """The description left of an amount: its row, and the lines nearer to it than to another amount."""
    runs = [
        run
        for run in leaf.view.runs
        if run.box.x1 <= box.x1 + 0.01
        and low - 0.002 <= (run.box.y0 + run.box.y1) / 2 <= high
        and run.box.x0 < column.x0
    ]
    near = [run for run in runs if abs(run.box.y0 - box.y0) < 4 * leaf.view.tall]
    return " ".join(run.text for run in near)
