"""The price of a course in its agreement: the whole of it, without tax."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from dossier.reading import Field, ReadBy
from extractors.candidate import LABELLED, NEAR, Candidate, amount, less_sure, settle, settled, surer
from extractors.french.amounts import AmountFound, amounts_in
from extractors.french.hours import hours_in
from extractors.french.letters import fold
from extractors.french.unit_prices import is_whole
from extractors.leaf import Leaf
from extractors.marks import Mark
from extractors.seek import amount_candidate, amounts, hours_candidate
from extractors.view import Run

Leaves = Sequence[Leaf]


def price_of(leaves: Leaves, hours: Field | None) -> Field | None:
    """The whole price without tax, in euros; never the price of an hour.

    ``hours``: those of the course. What is too little for them is the price of one; where nothing else was
    found, a sum that they make with such a price is taken.
    """
    found = list(amounts(leaves, "net", where=_of_one, fits=is_whole))
    if not found:
        found = list(_said_price(leaves)) or list(_captioned_price(leaves))
    if not found and not any(c.value for c in amounts(leaves, "vat")):
        found = list(amounts(leaves, "gross", standing=1, fits=is_whole))
    if not found:
        found = list(_costs(leaves)) or list(_priced(leaves))
    minutes = hours.value if hours is not None and isinstance(hours.value, int) else 0
    return settled(_proven(leaves, found, minutes))


_LEAST = 4
"""Euros that an hour of a course costs at least."""


def _proven(leaves: Leaves, found: Sequence[Candidate], minutes: int) -> Sequence[Candidate]:
    """The amounts found, without those of one hour; where none is left, a sum that hours by a price make."""
    if not minutes:
        return found
    whole = [c for c in found if not (isinstance(c.value, Decimal) and _of_an_hour(c.value, minutes))]
    if whole:
        return whole
    shown = list(_marked(leaves))
    sums = {one.amount * minutes / 60 for _, one in shown if _of_an_hour(one.amount, minutes)}
    return [amount_candidate(run.passage, one, NEAR) for run, one in shown if one.amount in sums]


def _marked(leaves: Leaves) -> Iterator[tuple[Run, AmountFound]]:
    """Every sum of money that the pages show, with the line it stands on."""
    for leaf in leaves:
        for run in leaf.view.runs:
            yield from ((run, one) for one in amounts_in(run.text) if one.marked)


def _of_an_hour(value: Decimal, minutes: int) -> bool:
    """Too little for a whole course of so many minutes."""
    return 0 < value * 60 < _LEAST * minutes


_PRICE = re.compile(r"\b(?:prix|cout|montant|tarif|somme|total|participation)\b")


def _priced(leaves: Leaves) -> Iterator[Candidate]:
    """An amount that its own sentence calls the price, and no rate: "Le prix ferme de l'action est de …"."""
    for leaf in leaves:
        for passage in leaf.paragraphs:
            for found in amounts_in(passage.text):
                before = re.split(r"[.;!?]\s+(?=\D)", fold(passage.text[: found.start]))[-1]
                named = list(_PRICE.finditer(before))
                after = fold(passage.text[found.end :])
                if not found.marked or not named or not is_whole(passage.text, found):
                    continue
                if not _NO_WHOLE.search(before[named[-1].start() :]) and not re.match(
                    r"\s*(?:ttc|de tva)", after
                ):
                    yield amount_candidate(passage, found, 0.92)


_CAPTION = re.compile(r"^\W*(?:(?:prix|cout|montant|total)\b.{0,24}|ht|net|hors taxes?)\W*$")


def _captioned_price(leaves: Leaves) -> Iterator[Candidate]:
    """An amount alone in its cell over words that call it the price: "1 575,00 €" over "HT"."""
    for leaf in leaves:
        for run in leaf.view.runs:
            found = amounts_in(run.text)
            if len(found) != 1 or not found[0].marked or len(run.text) > _CELL:
                continue
            below = [
                r
                for row in leaf.view.rows[run.row + 1 : run.row + 3]
                for r in row
                if r.box.x0 < run.box.x1 and r.box.x1 > run.box.x0
            ]
            if below and _CAPTION.match(fold(below[0].text)):
                yield amount_candidate(run.passage, found[0], NEAR)


def _of_one(leaf: Leaf, mark: Mark) -> bool:
    """A label of one amount: a heading over a column of several tells the price of none of them."""
    if mark.colon or mark.end < len(mark.run.text.rstrip()):
        return True
    under = [run for run in leaf.view.in_column(mark.box) if run.box.y0 > mark.box.y1]
    cells = (run for run in under[:4] if len(run.text) <= _CELL)
    return sum(any(one.marked for one in amounts_in(run.text)) for run in cells) < 2


_CELL = 20
"""Letters of an amount's cell at most: a sentence under a table is none."""

_COST = re.compile(r"^\W*(?:prix|cout|montant|tarif|total|participation financiere)\b")
_NO_WHOLE = re.compile(
    r"\b(?:horaire|unitaire|par heure|de l'heure|par jour|journalier|heure stagiaire|tva|ttc|acompte|repas"
    r"|hebergement|frais annexes|reste a charge)\b|/\s?(?:h|jour)\b"
)


def _costs(leaves: Leaves) -> Iterator[Candidate]:
    """An amount on a line that begins as a cost does, whatever words go on from there: no rate, no tax."""
    for leaf in leaves:
        for row in leaf.view.rows:
            text = " ".join(fold(run.text) for run in row)
            if not _COST.match(text) or _NO_WHOLE.search(text):
                continue
            for run in row:
                marked = [one for one in amounts_in(run.text) if one.marked and is_whole(run.text, one)]
                if marked:
                    yield amount_candidate(run.passage, marked[0], 0.9)
                    break


def _said_price(leaves: Leaves) -> Iterator[Candidate]:
    for leaf in leaves:
        for statement in leaf.said("price"):
            text = statement.passage.text
            tail = text[statement.value_at : statement.value_at + 60]
            for found in amounts_in(tail):
                if found.marked and found.start < 30 and is_whole(tail, found):
                    moved = replace(
                        found, start=found.start + statement.value_at, end=found.end + statement.value_at
                    )
                    yield amount_candidate(statement.passage, moved, LABELLED)
                    break


# ---------------------------------------------------------------- hours that the price proves

_PROVEN = 0.95
"""How sure hours read from pixels are that make the sum with the price of one."""

_GROUP = 20
"""Trainees at most whose hours a sum may hold together."""


def hours_by_price(leaves: Leaves, hours: Field | None, price: Field | None) -> Field | None:
    """The hours of the course against its price by that of one hour; as they are where no such price shows.

    Hours that no label told are found by it. Hours read from pixels grow sure or doubtful by it.
    """
    told = _hours_that_make(leaves, price)
    if not told or (hours is not None and hours.read_by is not ReadBy.OCR):
        return hours
    minutes = hours.value if hours is not None and isinstance(hours.value, int) else 0
    if hours is not None and minutes in told:
        return surer(hours, _PROVEN, "")
    if minutes and any(of_all % minutes == 0 and of_all // minutes <= _GROUP for of_all in told):
        return hours
    shown = [
        hours_candidate(run.passage, one, NEAR)
        for leaf in leaves
        for run in leaf.view.runs
        for one in hours_in(run.text)
        if not one.bare and one.minutes in told
    ]
    if shown or hours is None:
        return settle(shown)
    return less_sure(hours, 0.5, "the price says other hours")


def _hours_that_make(leaves: Leaves, price: Field | None) -> set[int]:
    """Minutes that make the price of the course at a price of one hour that the paper shows."""
    net = amount(price)
    if net is None:
        return set()
    rates = {c.value for c in amounts(leaves, "unit_price") if isinstance(c.value, Decimal)}
    rates |= {one.amount for run, one in _marked(leaves) if not is_whole(run.text, one)}
    minutes = [net * 60 / rate for rate in rates if _LEAST <= rate < net]
    return {int(one) for one in minutes if one == int(one)}
