"""Hours and a price that stand beside each other, in a sentence or in the columns of a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from dossier.quantities import Minutes, cents
from dossier.reading import Box
from extractors.candidate import LABELLED, Candidate, candidate
from extractors.french.amounts import AmountFound, amounts_in
from extractors.french.hours import HoursFound, hours_of
from extractors.french.letters import fold
from extractors.kinds.invoice_table import Head, stands_under
from extractors.leaf import Leaf
from extractors.view import Passage, Run


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


_TIMES = re.compile(
    r"""(?P<hours>-?\s?\d{1,4}(?:[.,]\d{1,2})?\s*(?:h(?:eures?)?\s?(?:[0-5]\d)?|heures?(?:\s+stagiaires?)?)?(?![a-z\d]))\s*
        (?:(?:(?:de\s)?formation|realisees?|effectuees?|suivies?|facturees?|stagiaires?|de\spresence)\s){0,2}
        (?:x|\*|a(?=\s)|au?\s(?:prix|tarif|taux|cout)\s(?:unitaire\s|horaire\s)?de|@)\s*
        (?P<price>\d{1,4}(?:[ .]\d{3})*(?:[.,]\d{1,2})?)\s*(?P<euro>€|eur(?:os?)?)?(?![\w%])""",
    re.VERBOSE,
)


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


def spoken_pairs(leaf: Leaf, printed: set[Decimal]) -> Iterator[Priced]:
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


CLOCKED = re.compile(r"(?<=\d)\s?[hH](?:eures?)?(?:\s?[0-5]\d)?(?=[\s|]|$)")
"""What makes a number a duration: "98h", "98 h 30"."""


def column_pairs(leaf: Leaf, found: Sequence[Head], printed: set[Decimal]) -> Iterator[Priced]:
    """A quantity and a price on one row whose product is printed, or that stand under their heads."""
    for row in leaf.view.rows:
        if any(head.leaf is leaf and head.box.y0 <= row[0].box.y0 < head.box.y1 for head in found):
            continue
        passage = leaf.view.passage(word for run in row for word in run.line.words)
        head = next((h for h in reversed(found) if h.leaf is leaf and h.box.y1 <= row[0].box.y1), None)
        text = CLOCKED.sub(lambda m: " " * len(m[0]), _digits_apart(row, passage))
        numbers = [a for a in amounts_in(text) if a.amount != 0]
        for first, second in pairwise(numbers):
            between = fold(passage.text[first.end : second.start])
            if not re.fullmatch(
                r"[\s|x*€a]*(?:h(?:\s?\d\d)?|heures?|hrs?|u|eur|h\.|heure stagiaire|jours?)?[\s|x*€a]*",
                between,
            ):
                continue
            text = passage.text[first.start : second.start].rstrip(" xX×*|")
            hours = hours_of(text)
            if hours is None or second.amount <= 0 or not (second.marked or first.marked):
                continue
            hourly = not hours.bare or bool(re.search(r"\bh(?:eures?|rs?)?\b", between))
            hourly = hourly or _HOURS_BEFORE.search(fold(passage.text[: first.start])) is not None
            under = (
                head is not None
                and stands_under(head, "quantity", passage, first)
                and stands_under(head, "price", passage, second)
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


_HOURS_BEFORE = re.compile(r"\b(?:heures?|h)\s*$")
"""The column of units stands before the quantity: "heure | 105,00 | 32,00 €"."""


def _digits_apart(row: Sequence[Run], passage: Passage) -> str:
    """The row's text with runs kept apart, so that figures of two cells never make one number."""
    text = list(passage.text)
    at = 0
    for run in row:
        if at:
            text[at - 1] = "|"
        at += len(run.text) + 1
    return "".join(text)
