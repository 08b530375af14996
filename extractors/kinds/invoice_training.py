"""What an invoice says of the training: trainee, hours, hourly price, period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dossier.quantities import Minutes
from dossier.reading import Field
from extractors import seek
from extractors.candidate import GUESSED, NEAR, Candidate, candidate, less_sure, settle, surer
from extractors.french.amounts import amounts_in
from extractors.french.dates import periods_in
from extractors.french.hours import hours_in
from extractors.french.letters import fold, words_of
from extractors.french.people import PersonFound, person_of
from extractors.kinds.invoice_lines import NOT_TRAINING, Priced, under_head
from extractors.kinds.invoice_table import Head
from extractors.labels import Mark
from extractors.labels import Value as Place
from extractors.leaf import Leaf
from extractors.view import Passage

# ---------------------------------------------------------------- trainee

_CALLED = re.compile(
    r"(?:\b(?:beneficiaire|stagiaire|participante?|apprenante?|alternante?|salariee?|interimaire"
    r"|candidate?)s?(?:\s*\([a-z]\))?\s*:?"
    r"|\b(?:suivie?|effectuee?|realisee?) par\s*:?|\bau benefice de|\bpour le compte de|\bconcernant"
    r"|\ba l'intention de)\s+(?=[a-z])"
)
_NO_PERSON = re.compile(
    r"\b(?:cqp[mi]?|caces|facture|avoir|devis|total|tva|siret|nda|iban|bic|opco|formation|titre"
    r"|habilitation|siege|sarl|sas|qte|montant|net|prix|agent|operateur)\b"
)


@dataclass(frozen=True, slots=True)
class Trainee:
    last: Field | None
    first: Field | None
    whole: str


def trainee(leaves: Sequence[Leaf], houses: Sequence[str], table: Sequence[Head]) -> Trainee:
    """The person trained: at a label, in words that speak of a trainee, else a lone name in the lines.

    ``houses``: names of the companies on the page, which a lone name may look like. ``table``: heads of the
    lines.
    """
    taken = {word for house in houses for word in words_of(house).split()}
    found = [
        item
        for item in _people(leaves, table)
        if item[3] < 2 or not taken & set(words_of(item[0].whole).split())
    ]
    last = settle(
        candidate(p.last, text, p.start, p.end, sure, "", standing)
        for p, text, sure, standing in found
        if p.last
    )
    if last is None:
        return Trainee(None, None, "")
    chosen = next(p for p, _, _, _ in found if p.last == last.value)
    first = settle(
        candidate(p.first, text, p.start, p.end, sure, "", standing)
        for p, text, sure, standing in found
        if p.first and p.last == last.value
    )
    return Trainee(last, first, chosen.whole)


def _people(
    leaves: Sequence[Leaf], table: Sequence[Head]
) -> Iterator[tuple[PersonFound, Passage, float, int]]:
    for held in seek.places(leaves, ("trainee",)):
        if held[0].mark.label in ("assure", "titulaire"):
            continue
        for place in held:
            person = None if _heads_columns(place, table) else person_of(place.passage.text, True)
            if person is not None and not _NO_PERSON.search(fold(person.whole)):
                sure = seek.base(place)
                yield person, place.passage, sure if person.sure else min(sure, 0.8), 0
                break
    for leaf in leaves:
        for mark in leaf.labels.of("trainee"):
            cell = _straddling(leaf, mark) if mark.end >= len(mark.run.text.rstrip(" :")) else None
            whole = person_of(cell.text, True) if cell is not None else None
            if cell is not None and whole is not None and not _NO_PERSON.search(fold(whole.whole)):
                yield whole, cell, NEAR if whole.sure else 0.7, 0
        for block in leaf.view.blocks:
            yield from _called(block.passage)
    for leaf in leaves:
        for run in leaf.view.runs:
            for start in (0, *(m.end() for m in re.finditer(r"\s[-–—·|/]\s", run.text))):
                guess = person_of(run.text[start:])
                if (
                    guess is not None
                    and guess.sure
                    and guess.first
                    and len(guess.last) > 2
                    and not _NO_PERSON.search(fold(guess.whole))
                ):
                    rest = run.text[start + guess.end :]
                    if re.match(r"\s*(?:$|[-–—·,|/(]|du \d)", rest) and 0.05 < run.box.y0 < 0.88:
                        moved = replace(guess, start=guess.start + start, end=guess.end + start)
                        yield moved, run.passage, GUESSED, 2


def _heads_columns(place: Place, table: Sequence[Head]) -> bool:
    """Beside a label in a table's head stands another column's head, not its value."""
    box = place.passage.box(0, len(place.passage.text))
    return place.manner == "right" and any(
        head.leaf.page.number == place.passage.page and head.box.y0 - 0.002 <= box.y0 < head.box.y1
        for head in table
    )


def _straddling(leaf: Leaf, mark: Mark) -> Passage | None:
    """A cell of two lines whose label stands level with the gap between them."""
    middle = (mark.box.y0 + mark.box.y1) / 2
    tall = leaf.view.tall
    near = [
        run
        for row in leaf.view.rows[max(0, mark.run.row - 2) : mark.run.row + 3]
        for run in row
        if run.row != mark.run.row
        and run.box.x0 >= mark.box.x1 - 0.004
        and abs((run.box.y0 + run.box.y1) / 2 - middle) < 1.3 * tall
    ]
    if not near:
        return None
    left = min(run.box.x0 for run in near)
    lines = sorted((run for run in near if run.box.x0 - left < 0.01), key=lambda run: run.box.y0)
    level = any(
        run.box.x0 > mark.box.x1 and run is not mark.run
        for run in leaf.view.rows[mark.run.row]
        if run.box.x0 < left + 0.05
    )
    if len(lines) != 2 or level or any(leaf.labels.in_run(run) for run in lines):
        return None
    return leaf.view.passage(word for run in lines for word in run.line.words)


def trainee_in(text: str) -> PersonFound | None:
    """The person whom words that speak of a trainee name in a text without a page."""
    for match in _CALLED.finditer(fold(text)):
        person = person_of(text[match.end() :])
        if (
            person is not None
            and (person.sure or person.civility)
            and not _NO_PERSON.search(fold(person.whole))
        ):
            return replace(person, start=person.start + match.end(), end=person.end + match.end())
    return None


def _called(passage: Passage) -> Iterator[tuple[PersonFound, Passage, float, int]]:
    for match in _CALLED.finditer(fold(passage.text)):
        person = person_of(passage.text[match.end() :])
        if (
            person is not None
            and (person.sure or person.civility)
            and not _NO_PERSON.search(fold(person.whole))
        ):
            moved = replace(person, start=person.start + match.end(), end=person.end + match.end())
            yield moved, passage, NEAR, 0


# ---------------------------------------------------------------- hours and price


def hours_and_price(
    leaves: Sequence[Leaf], heads: Sequence[Head], pairs: Sequence[Priced]
) -> tuple[Field | None, Field | None]:
    """Hours billed and the price of one. A printed product of both confirms them."""
    paid = [pair for pair in pairs if not NOT_TRAINING.search(_own_words(pair.said))]
    candidates = [*_hours(leaves, heads), *(pair.hours for pair in paid if pair.hourly or pair.proven)]
    prices = [*_prices(leaves, heads), *(pair.price for pair in paid)]
    proven = [pair for pair in paid if pair.proven]
    hours, price = settle(candidates), settle(prices)
    labelled = {c.value for c in candidates if c.standing == 0}
    match = next((pair for pair in proven if pair.minutes in labelled), None)
    if len({pair.minutes for pair in proven}) > 1 and len(proven) > 1:
        return _several(leaves, proven, hours, price)
    match = match or (proven[0] if proven else None)
    if match is not None:
        return _proven(match, candidates, prices)
    return hours, price


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
    r"^\s*(?:de formation|stagiaires?|de stage|facturees?|realisees?|effectuees?|suivies?)"
)


def _hours(leaves: Sequence[Leaf], heads: Sequence[Head]) -> Iterator[Candidate]:
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
                if announced and not NOT_TRAINING.search(before[-60:]):
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


_PER_HOUR = re.compile(r"^\s*(?:ht|net)?\s*(?:/\s?h(?:eure)?\b|(?:de|par|l') ?l?'?heure|l'heure|horaire)")


def _prices(leaves: Sequence[Leaf], heads: Sequence[Head]) -> Iterator[Candidate]:
    yield from (c for c in seek.amounts(leaves, "unit_price") if not _in_head(c, heads))
    for leaf in leaves:
        for block in leaf.view.blocks:
            for found in amounts_in(block.passage.text):
                if found.marked and _PER_HOUR.match(fold(block.passage.text[found.end :])):
                    yield seek.amount_candidate(block.passage, found, NEAR)
    for passage, found in under_head(leaves, heads, "price"):
        if found.marked and found.amount > 0:
            yield seek.amount_candidate(passage, found, NEAR, 1)
            break


# ---------------------------------------------------------------- period


_NOT_BILLED = re.compile(r"convention|contrat de travail|mission|valid|devis|echeance|planning prev")


def period(leaves: Sequence[Leaf]) -> tuple[Field | None, Field | None]:
    """First and last day billed: at a label, in the lines, in a sentence."""
    spans: list[tuple[Candidate, Candidate]] = []
    for first, last in seek.spans(leaves, "period"):
        if last is not None:
            spans.append((first, last))
    for leaf in leaves:
        for block in leaf.view.blocks:
            text = block.passage.text
            for found in periods_in(text):
                if not _NOT_BILLED.search(fold(text[max(0, found.first.start - 40) : found.first.start])):
                    spans.append(
                        (
                            seek.date_candidate(block.passage, found.first, NEAR),
                            seek.date_candidate(block.passage, found.last, NEAR),
                        )
                    )
    start, end = settle(first for first, _ in spans), settle(last for _, last in spans)
    if (
        start is not None
        and end is not None
        and isinstance(start.value, type(end.value))
        and str(start.value) > str(end.value)
    ):
        return less_sure(start, 0.5, "ends before it starts"), less_sure(end, 0.5, "ends before it starts")
    return start, end
