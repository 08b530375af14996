"""The lines of an invoice: amounts in the column of amounts, and hours × price that settle one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from dossier.quantities import Minutes, cents
from dossier.reading import Box
from extractors.candidate import LABELLED, NEAR, Candidate, candidate
from extractors.french.amounts import AmountFound, amounts_in
from extractors.french.hours import HoursFound, hours_of
from extractors.french.letters import fold
from extractors.kinds.invoice_table import Column, Head
from extractors.leaf import Leaf
from extractors.view import Passage, Run

_CARRIED = re.compile(
    r"\breport\b|a reporter|sous[- ]total|total page|total de la page|\bcumul\b|total intermediaire"
)
NOT_TRAINING = re.compile(
    r"\babsen[ct]|\bdedit|\bindemnit|dedommag|\bannulation|\babandon|penalit|desist|resiliation"
    r"|non[- ](?:realise|suivi|effectue|honore)"
    r"|\brupture\b|interruption"
)


@dataclass(frozen=True, slots=True)
class Priced:
    """Hours and a price that stand beside each other. ``proven``: their product is printed too."""

    hours: Candidate
    minutes: Minutes
    price: Candidate
    product: Decimal
    proven: bool
    said: str
    hourly: bool
    box: Box


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


# ---------------------------------------------------------------- hours × price

_TIMES = re.compile(
    r"""(?P<hours>-?\s?\d{1,4}(?:[.,]\d{1,2})?\s*(?:h(?:eures?)?\s?(?:[0-5]\d)?|heures?(?:\s+stagiaires?)?)?(?![a-z\d]))\s*
        (?:x|\*|a(?=\s)|au\s(?:prix|tarif)\s(?:horaire\s)?de|@)\s*
        (?P<price>\d{1,4}(?:[ .]\d{3})*(?:[.,]\d{1,2})?)\s*(?P<euro>€|eur(?:os?)?)?(?![\w%])""",
    re.VERBOSE,
)


def priced(leaves: Sequence[Leaf], found: Sequence[Head]) -> tuple[Priced, ...]:
    """Every pair of hours and price, of prose or of columns, with whether their product is printed."""
    printed = {
        abs(a.amount) for leaf in leaves for run in leaf.view.runs for a in amounts_in(run.text) if a.marked
    }
    held = [
        pair
        for leaf in leaves
        for pair in (*_spoken_pairs(leaf, printed), *_column_pairs(leaf, found, printed))
    ]
    unique: list[Priced] = []
    for pair in held:
        if not any(p.box == pair.box and p.minutes == pair.minutes for p in unique):
            unique.append(pair)
    return tuple(unique)


def _pair(
    passage: Passage,
    hours: HoursFound,
    price: AmountFound,
    printed: set[Decimal],
    said: str,
    hourly: bool,
    sure: float,
) -> Priced | None:
    """``hours`` doubtful between decimals and minutes: the one whose product is printed."""
    note = ""
    minutes = hours.minutes
    if hours.other is not None:
        fits = [m for m in (hours.minutes, hours.other) if _product(m, price.amount) in printed]
        minutes = fits[0] if len(fits) == 1 else minutes
        note = "" if len(fits) == 1 else "decimals may be minutes"
    product = _product(minutes, price.amount)
    proven = product in printed and product > price.amount
    base = min(sure, 0.6) if note else sure
    h = candidate(minutes, passage, hours.start, hours.end, base, note)
    p = candidate(price.amount, passage, price.start, price.end, sure)
    return Priced(h, minutes, p, product, proven, said, hourly, passage.box(hours.start, price.end))


def _product(minutes: Minutes, price: Decimal) -> Decimal:
    return cents(Decimal(minutes) * price / 60)


def _spoken_pairs(leaf: Leaf, printed: set[Decimal]) -> Iterator[Priced]:
    """ "98,00 heures × 30,00 €", "soit 77 heures à 34,00 € de l'heure"."""
    for block in leaf.view.blocks:
        passage = block.passage
        folded = fold(passage.text)
        for match in _TIMES.finditer(folded):
            start = match.start("hours") + (len(match["hours"]) - len(match["hours"].lstrip("- ")))
            hours = hours_of(folded[start : match.end("hours")])
            price = amounts_in(match["price"] + (match["euro"] or ""))
            hourly = bool(re.search(r"h", match["hours"]))
            if hours is None or not price or not (hourly or match["euro"] or price[0].marked):
                continue
            moved = HoursFound(hours.minutes, start + hours.start, start + hours.end, hours.other, hours.bare)
            at = AmountFound(price[0].amount, match.start("price"), match.end("price"), True)
            pair = _pair(passage, moved, at, printed, folded[: match.start()], hourly, LABELLED)
            if pair is not None:
                yield pair


_CLOCKED = re.compile(r"(?<=\d)[hH](?:\d\d)?(?=[\s|])")
"""What makes a number a duration: "98h", "98h30"."""


def _column_pairs(leaf: Leaf, found: Sequence[Head], printed: set[Decimal]) -> Iterator[Priced]:
    """A quantity and a price on one row whose product is printed, or that stand under their heads."""
    for row in leaf.view.rows:
        if any(head.leaf is leaf and head.box.y0 <= row[0].box.y0 < head.box.y1 for head in found):
            continue
        passage = leaf.view.passage(word for run in row for word in run.line.words)
        head = next((h for h in reversed(found) if h.leaf is leaf and h.box.y1 <= row[0].box.y1), None)
        text = _CLOCKED.sub(lambda m: " " * len(m[0]), _digits_apart(row, passage))
        numbers = [a for a in amounts_in(text) if a.amount != 0]
        for first, second in pairwise(numbers):
            between = fold(passage.text[first.end : second.start])
            if not re.fullmatch(
                r"[\s|x*€a]*(?:h(?:\d\d)?|heures?|hrs?|u|eur|h\.|heure stagiaire|jours?)?[\s|x*€a]*", between
            ):
                continue
            text = passage.text[first.start : second.start].rstrip(" xX×*|")
            hours = hours_of(text)
            if hours is None or second.amount <= 0 or not (second.marked or first.marked):
                continue
            hourly = not hours.bare or bool(re.search(r"\bh(?:eures?|rs?)?\b", between))
            under = (
                head is not None
                and _under(head, "quantity", passage, first)
                and _under(head, "price", passage, second)
            )
            if not (second.marked or under):
                continue
            hourly = hourly or (under and head is not None and head.hourly)
            moved = HoursFound(
                hours.minutes, first.start + hours.start, first.start + hours.end, hours.other, hours.bare
            )
            pair = _pair(passage, moved, second, printed, fold(passage.text[: first.start]), hourly, LABELLED)
            if pair is not None and (pair.proven or under) and first.amount != 1:
                yield pair


def _digits_apart(row: Sequence[Run], passage: Passage) -> str:
    """The row's text with runs kept apart, so that figures of two cells never make one number."""
    text = list(passage.text)
    at = 0
    for run in row:
        if at:
            text[at - 1] = "|"
        at += len(run.text) + 1
    return "".join(text)


def _under(head: Head, name: str, passage: Passage, found: AmountFound) -> bool:
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
        if aligned and len(run.text) - last.end < 6 and not _CARRIED.search(_row_text(leaf, run)):
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
