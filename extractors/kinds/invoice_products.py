"""Quantity × price = amount, wherever the three stand near one line: cells are often wrapped or set apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dossier.quantities import Minutes, cents
from dossier.reading import Box
from extractors.candidate import LABELLED, candidate
from extractors.french.amounts import AmountFound, amounts_in
from extractors.french.hours import HoursFound, hours_of
from extractors.french.letters import fold
from extractors.kinds.invoice_pairs import CLOCKED, Priced, column_pairs, spoken_pairs
from extractors.kinds.invoice_table import Head
from extractors.leaf import Leaf
from extractors.view import Run

_LEVEL = 1.4
"""Of a line's height: how far the three may stand over or under one another."""

_BESIDE = 1.9
_HOURS = re.compile(r"\(?(?:h|hrs?|heures?|heure\(s\))(?:\s?stagiaires?)?\)?\.?")


def priced(leaves: Sequence[Leaf], found: Sequence[Head]) -> tuple[Priced, ...]:
    """Every pair of hours and price, of prose, columns or cells, with whether their product is printed."""
    printed = {
        abs(a.amount) for leaf in leaves for run in leaf.view.runs for a in amounts_in(run.text) if a.marked
    }
    held = [
        pair
        for leaf in leaves
        for pair in (
            *spoken_pairs(leaf, printed),
            *column_pairs(leaf, found, printed),
            *_products(leaf, found),
        )
    ]
    unique: list[Priced] = []
    for pair in held:
        if not any(
            p.box == pair.box and p.hours.page == pair.hours.page and p.minutes == pair.minutes
            for p in unique
        ):
            unique.append(pair)
    return tuple(unique)


@dataclass(frozen=True, slots=True)
class _Number:
    run: Run
    found: AmountFound
    box: Box
    middle: float


def _products(leaf: Leaf, heads: Sequence[Head]) -> Iterator[Priced]:
    """Each quantity and price whose product stands to their right. ``said``: what stands to their left."""
    numbers = tuple(_numbers(leaf))
    reach = _LEVEL * leaf.view.tall
    for amount in numbers:
        if not amount.found.marked or amount.found.amount == 0:
            continue
        near = [n for n in numbers if abs(n.middle - amount.middle) <= reach and n.box.x1 <= amount.box.x0]
        made = [
            (abs(q.middle - amount.middle) + abs(p.middle - amount.middle), q, p, minutes)
            for p in near
            if p.found.marked and p.found.amount > 0 and p is not amount
            for q in near
            if (q.box.x1 <= p.box.x0 + 1e-6 or (q.box.x0 > p.box.x1 and _after_price(leaf, heads, q, p)))
            and (minutes := _makes(q, p, amount)) is not None
        ]
        if made:
            _, quantity, price, minutes = min(made, key=lambda one: one[0])
            yield _priced(leaf, heads, quantity, price, minutes, abs(amount.found.amount))


def _after_price(leaf: Leaf, heads: Sequence[Head], quantity: _Number, price: _Number) -> bool:
    """The table's head puts the price before the quantity."""
    head = next((h for h in reversed(heads) if h.leaf is leaf and h.box.y1 <= quantity.box.y1), None)
    columns = [(head.columns.get("quantity"), quantity), (head.columns.get("price"), price)] if head else []
    return bool(columns) and all(
        column is not None and number.box.x0 < column.x1 and number.box.x1 > column.x0
        for column, number in columns
    )


def _numbers(leaf: Leaf) -> Iterator[_Number]:
    for run in leaf.view.runs:
        text = CLOCKED.sub(lambda m: " " * len(m[0]), run.text)
        for found in amounts_in(text):
            box = run.passage.box(found.start, found.end)
            yield _Number(run, found, box, (box.y0 + box.y1) / 2)


def _duration(number: _Number) -> HoursFound | None:
    clocked = CLOCKED.match(number.run.text, number.found.end)
    end = clocked.end() if clocked is not None else number.found.end
    found = hours_of(number.run.text[number.found.start : end].lstrip("-( "))
    return found if found is not None and found.minutes > 0 else None


def _makes(quantity: _Number, price: _Number, amount: _Number) -> Minutes | None:
    """The quantity, as minutes, whose product with the price is the amount; one of 1 proves nothing."""
    found = _duration(quantity)
    if found is None or abs(quantity.found.amount) == 1:
        return None
    wanted = abs(amount.found.amount)
    fits = {
        minutes
        for minutes in (found.minutes, found.other)
        if minutes is not None and cents(Decimal(minutes) * price.found.amount / 60) == wanted
    }
    return fits.pop() if len(fits) == 1 else None


def _priced(
    leaf: Leaf, heads: Sequence[Head], quantity: _Number, price: _Number, minutes: Minutes, product: Decimal
) -> Priced:
    tall = leaf.view.tall
    level = [
        run for run in leaf.view.runs if abs((run.box.y0 + run.box.y1) / 2 - quantity.middle) < _BESIDE * tall
    ]
    said = " ".join(fold(run.text) for run in level if run.box.x1 <= quantity.box.x0)
    head = next((h for h in reversed(heads) if h.leaf is leaf and h.box.y1 <= quantity.box.y1), None)
    column = head.columns.get("quantity") if head is not None else None
    under = column is not None and quantity.box.x0 < column.x1 and quantity.box.x1 > column.x0
    unit = head.columns.get("unit") if head is not None else None
    hourly = (
        any(
            unit is not None
            and run.box.x0 < unit.x1
            and run.box.x1 > unit.x0
            and _HOURS.fullmatch(fold(run.text))
            for run in level
        )
        or (head is not None and head.hourly and under)
        or CLOCKED.match(quantity.run.text, quantity.found.end) is not None
        or any(
            _HOURS.fullmatch(fold(word.text))
            and (column.x0 - 0.01 if column is not None and under else quantity.box.x0 - 0.02) < word.box.x0
            and word.box.x0 < price.box.x0
            and abs((word.box.y0 + word.box.y1) / 2 - quantity.middle) < _BESIDE * tall
            for run in level
            for word in run.line.words
        )
    )
    q, p = quantity.found, price.found
    hours = candidate(minutes, quantity.run.passage, q.start, q.end, LABELLED)
    cost = candidate(p.amount, price.run.passage, p.start, p.end, LABELLED)
    box = Box(
        min(quantity.box.x0, price.box.x0),
        min(quantity.box.y0, price.box.y0),
        max(quantity.box.x1, price.box.x1),
        max(quantity.box.y1, price.box.y1),
    )
    return Priced(hours, minutes, cost, product, True, said, hourly, box)
