"""Hours billed and the price of one: at labels, in sentences, and from products that the page prints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from dossier.quantities import Minutes, cents
from dossier.reading import Field
from extractors import seek
from extractors.candidate import NEAR, Candidate, less_sure, settle, surer
from extractors.french.amounts import amounts_in
from extractors.french.hours import hours_in
from extractors.french.letters import fold
from extractors.kinds.invoice_lines import NOT_TRAINING
from extractors.kinds.invoice_pairs import Priced
from extractors.kinds.invoice_table import Head, under_head
from extractors.leaf import Leaf


def hours_and_price(
    leaves: Sequence[Leaf], heads: Sequence[Head], pairs: Sequence[Priced], gives_back: bool = False
) -> tuple[Field | None, Field | None]:
    """Hours billed and the price of one. A printed product of both confirms them.

    ``gives_back``: a credit note's hours are those that it annuls.
    """
    paid = _of_training(pairs)
    candidates = list(_hours(leaves, heads, gives_back))
    counted = [pair for pair in paid if pair.hourly or not _by_the_day(pair)]
    if not counted and candidates and paid:
        return settle(candidates), settle(
            [pair.price for pair in paid if pair.proven] or _prices(leaves, heads)
        )
    paid = counted
    candidates += (pair.hours for pair in paid if pair.hourly or pair.proven)
    prices = [*_prices(leaves, heads), *(pair.price for pair in paid)]
    proven = [pair for pair in paid if pair.proven]
    hours, price = settle(candidates), settle(prices)
    labelled = {c.value for c in candidates if c.standing == 0}
    match = next((pair for pair in proven if pair.minutes in labelled), None)
    if len(proven) > 1 and (len({pair.minutes for pair in proven}) > 1 or _added_up(leaves, proven)):
        return _several(leaves, proven, hours, price)
    match = match or (proven[0] if proven else None)
    if match is not None:
        return _proven(match, candidates, prices)
    return _fitting(leaves, candidates, prices) or (hours, price)


def _fitting(
    leaves: Sequence[Leaf], hours: Sequence[Candidate], prices: Sequence[Candidate]
) -> tuple[Field, Field] | None:
    """A duration with its unit, wherever it stands, whose product with the price at its label is printed."""
    sums = {a.amount for leaf in leaves for run in leaf.view.runs for a in amounts_in(run.text) if a.marked}
    plain = [c for c in prices if c.standing == 0 and isinstance(c.value, Decimal)]
    fits = [
        (seek.hours_candidate(run.passage, found, NEAR), cost)
        for leaf in leaves
        for run in leaf.view.runs
        for found in hours_in(run.text)
        for cost in plain
        if isinstance(cost.value, Decimal)
        and (product := cents(Decimal(found.minutes) * cost.value / 60)) in sums
        and product > cost.value
    ]
    if not fits or len({(made.value, cost.value) for made, cost in fits}) > 1:
        return None
    if {c.value for c in hours if c.standing == 0} - {fits[0][0].value}:
        return None  # a label says otherwise
    made, price = settle(one for one, _ in fits), settle(one for _, one in fits)
    assert made is not None and price is not None  # noqa: S101 (there is a fit)
    note = "hours x price is printed"
    return surer(made, 0.95, note), surer(price, 0.95, note)


_BY_THE_DAY = re.compile(
    r"\b(?:jours?|journees?|demi-journees?|sessions?|forfait\w*|modules?|mois|semaines?)\b"
)
"""What is counted in days or sessions: the quantity is no number of hours."""


def _by_the_day(pair: Priced) -> bool:
    said = _own_words(pair.said)
    return _BY_THE_DAY.search(said) is not None and re.search(r"\bheures?\b|\d\s?h\b", said) is None


def _added_up(leaves: Sequence[Leaf], proven: Sequence[Priced]) -> bool:
    """The page prints what all these lines come to: they are many, not one said again."""
    whole = sum((pair.product for pair in proven), Decimal(0))
    return any(
        abs(a.amount) == whole for leaf in leaves for run in leaf.view.runs for a in amounts_in(run.text)
    )


_ANCILLARY = re.compile(
    r"restaurat|\brepas\b|hebergement|\bhotel|\bnuit|deplacement|transport|kilomet|\bkm\b|materiel"
    r"|\bfrais\b(?! (?:pedagogique|de formation))"
    r"|equipement|\bkits?\b|\bepi\b|inscription|\bexamen|\bpassage|parking|location|\bsupports?\b|livrets?\b|manuels?\b"
)


def _of_training(pairs: Sequence[Priced]) -> list[Priced]:
    """Pairs that may be hours of training: those that say so, else all that name no other goods."""
    paid = [pair for pair in pairs if not NOT_TRAINING.search(_own_words(pair.said))]
    hourly = [pair for pair in paid if pair.hourly]
    return hourly or [
        pair
        for pair in paid
        if not _ANCILLARY.search(_own_words(pair.said)) or _COURSE.search(_own_words(pair.said))
    ]


_COURSE = re.compile(
    r"\b(?:cqp[mi]?|titre pro\w*|formations?|form|stage|parcours|action|caces|habilitation|bts|but|bac pro)\b"
)
"""Words of a course, whose title may name goods too: "CQPM Monteur en équipements électriques"."""


def _own_words(said: str) -> str:
    """The end of what stands before a pair: its own line's description."""
    return said[-60:]


def _proven(
    match: Priced, hours: Sequence[Candidate], prices: Sequence[Candidate]
) -> tuple[Field | None, Field | None]:
    """Hours and price whose product stands on the page; other values of a plain label still make doubt."""
    note = "hours x price is printed"
    made = settle(c for c in (*hours, match.hours) if c.value == match.minutes)
    cost = settle(c for c in (*prices, match.price) if c.value == match.price.value)
    assert made is not None and cost is not None  # noqa: S101 (the pair itself is among them)
    made, cost = surer(made, 0.97, note), surer(cost, 0.97, note)
    other = {c.value for c in hours if c.standing == 0 and c.confidence >= 0.75} - {match.minutes}
    if other:
        made = less_sure(made, 0.8, "another duration stands at a label")
    return made, cost


def _several(
    leaves: Sequence[Leaf], proven: Sequence[Priced], hours: Field | None, price: Field | None
) -> tuple[Field | None, Field | None]:
    """Lines of several durations: the labelled total when it is their sum, else their sum with some doubt."""
    minutes = Minutes(sum(pair.minutes for pair in proven))
    most = max(pair.minutes for pair in proven)
    if len(proven) > 2 and minutes == 2 * most:
        minutes = most  # their sum is one of them: the line of the total
    costs = {pair.price.value for pair in proven}
    cost = settle([proven[0].price])
    if cost is not None and len(costs) > 1:
        cost = less_sure(cost, 0.7, "several prices an hour")
    if hours is not None and hours.value == minutes:
        return surer(hours, 0.96, "lines of hours sum to it"), cost or price
    first = proven[0].hours
    total = settle(
        [
            replace(
                first,
                value=minutes,
                raw=" + ".join(pair.hours.raw for pair in proven),
                confidence=min(first.confidence, 0.85),
                note="sum of lines of hours",
            )
        ]
    )
    if hours is not None and hours.value in {pair.minutes for pair in proven}:
        return total, cost or price
    return (
        less_sure(hours, 0.7, "lines of hours sum to something else") if hours is not None else total
    ), cost or price


_OF_TRAINING = re.compile(
    r"^\s*(?:de (?:la |l'action de )?formation|stagiaires?|de stage|facturees?|realisees?|effectuees?"
    r"|suivies?)"
)


def _hours(leaves: Sequence[Leaf], heads: Sequence[Head], gives_back: bool) -> Iterator[Candidate]:
    yield from seek.hours(leaves, "hours_done")
    yield from (
        c
        for c in seek.hours(
            leaves, "hours", where=lambda leaf, mark: mark.label not in ("total", "totalgeneral")
        )
        if not _in_head(c, heads)
    )
    for leaf in leaves:
        for block in leaf.view.blocks:
            text = block.passage.text
            for found in hours_in(text):
                before = fold(text[: found.start])
                if re.search(
                    r"(?:prevu|planifi|program|convention|accord|absen|distance)\w*\W{0,4}(?:de |:)?\W*$",
                    before,
                ):
                    continue
                announced = _OF_TRAINING.match(fold(text[found.end :])) or re.search(
                    r"(?:soit|duree(?: totale| facturee| de)?|pendant|pour)\s*:?\s*$", before
                )
                if announced and (gives_back or not NOT_TRAINING.search(before[-60:])):
                    yield seek.hours_candidate(block.passage, found, NEAR, 0)


def _in_head(found: Candidate, heads: Sequence[Head]) -> bool:
    """A label of the table's head announces a column, and columns are read as such."""
    return any(
        head.leaf.page.number == found.page
        and head.box.y0 - 0.002 <= found.box.y0 < head.box.y1 + 0.12
        and _in_columns(head, found)
        for head in heads
    )


def _in_columns(head: Head, found: Candidate) -> bool:
    return any(found.box.x0 < column.x1 and found.box.x1 > column.x0 for column in head.columns.values())


_HOURLY_PRICE = re.compile(
    r"(?:prix|tarif|taux|cout)\s+(?:horaire|unitaire|de\s+l'heure)\s*(?:ht|net)?\s*(?:de|est\s+de|:|a)?\s*$"
)
_PER_HOUR = re.compile(r"^\s*(?:ht|net)?\s*(?:/\s?h(?:eure)?\b|(?:de|par|l') ?l?'?heure|l'heure|horaire)")


def _prices(leaves: Sequence[Leaf], heads: Sequence[Head]) -> Iterator[Candidate]:
    yield from (c for c in seek.amounts(leaves, "unit_price") if not _in_head(c, heads))
    for leaf in leaves:
        for block in leaf.view.blocks:
            for found in amounts_in(block.passage.text):
                text = fold(block.passage.text)
                if found.marked and (
                    _PER_HOUR.match(text[found.end :]) or _HOURLY_PRICE.search(text[: found.start])
                ):
                    yield seek.amount_candidate(block.passage, found, NEAR)
    for passage, found in under_head(leaves, heads, "price"):
        if found.marked and found.amount > 0:
            yield seek.amount_candidate(passage, found, NEAR, 1)
            break
