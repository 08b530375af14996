"""Net, VAT and total as printed, and what their sum says of them. Nothing is computed to fill a gap."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from dossier.quantities import ZERO
from dossier.reading import Field, ReadBy
from extractors.candidate import NEAR, Candidate, amount, candidate, joined, less_sure, settle, surer
from extractors.french.amounts import AmountFound, amounts_in
from extractors.french.letters import fold
from extractors.french.unit_prices import is_whole
from extractors.kinds import invoice_labels
from extractors.kinds.invoice_spoken import spoken_totals
from extractors.kinds.invoice_table import Head
from extractors.leaf import Leaf
from extractors.marks import Mark
from extractors.seek import Where, amount_candidate, base, places
from extractors.view import Passage, Run

_EXEMPT = re.compile(
    r"261[\s.,-]{0,3}4[\s.,-]{0,3}4|293\s?b\b|exoner\w{0,4} de (?:la )?tva"
    r"|tva\W{0,3}(?:exoner|non applicable|non due|neant)|non (?:soumis|assujetti)\w{0,2} a (?:la )?tva"
    r"|franchise (?:en base )?de (?:la )?tva|net de taxes?|hors champ de (?:la )?tva"
)
_PERCENT = re.compile(r"\d+(?:[.,]\d+)?\s*%")
_BESIDE = re.compile(r"acompte|report|sous[- ]?total|escompte|penalit|recouvrement|capital|deja|echeance")
_AGREES = Decimal("0.02")


@dataclass(frozen=True, slots=True)
class Totals:
    """The three amounts, each with all candidates, and where on each page they begin."""

    net: tuple[Candidate, ...]
    vat: tuple[Candidate, ...]
    gross: tuple[Candidate, ...]
    deposit: tuple[Candidate, ...]
    tops: dict[int, float]


def totals(leaves: Sequence[Leaf], found: Sequence[Head]) -> Totals:
    """What stands at the labels of totals; the head of the lines' table is none."""

    def outside(leaf: Leaf, mark: Mark) -> bool:
        if any(head.leaf is leaf and head.box.y0 - 0.002 <= mark.box.y0 <= head.box.y1 for head in found):
            return False
        return not _BESIDE.search(fold(mark.run.text[: mark.end]))

    net = tuple(_at_labels(leaves, "net", outside))
    vat = tuple(_at_labels(leaves, "vat", outside))
    gross = tuple(_at_labels(leaves, "gross", outside))
    spelled = [*_spelled(leaves, found), *_headed(found), *spoken_totals(leaves)]
    net = (*net, *(made for name, made in spelled if name == invoice_labels.NET))
    vat = (*vat, *(made for name, made in spelled if name == invoice_labels.VAT))
    gross = (*gross, *(made for name, made in spelled if name == invoice_labels.GROSS))
    deposit = tuple(_at_labels(leaves, "deposit", lambda leaf, mark: True))
    tops: dict[int, float] = {}
    for made in (*net, *gross):
        if made.standing <= 1:
            tops[made.page] = min(tops.get(made.page, 1.0), made.box.y0 - 0.002)
    return Totals(net, vat, gross, deposit, tops)


def _at_labels(leaves: Sequence[Leaf], concept: str, where: Where) -> Iterator[Candidate]:
    for held in places(leaves, (concept,), where, wrap=False):
        for place in held:
            text = _PERCENT.sub(lambda m: " " * len(m[0]), place.passage.text)
            if place.manner != "inline" and _is_prose(text):
                continue
            marked = [a for a in amounts_in(text) if a.marked and (concept == "vat" or is_whole(text, a))]
            if not marked:
                continue
            chosen = marked[-1] if concept == "vat" and place.manner == "inline" else marked[0]
            yield amount_candidate(
                place.passage, chosen, base(place), _standing(concept, place.mark, place.manner)
            )
            break


def _is_prose(text: str) -> bool:
    """Words beside an amount, but for a remark in brackets: "2 030,00 € (29,00 € de l'heure)"."""
    return re.search(r"[a-z]{4,}", re.sub(r"\([^)]*\)", "", fold(text)).replace("euros", "")) is not None


def _spelled(leaves: Sequence[Leaf], found: Sequence[Head]) -> Iterator[tuple[str, Candidate]]:
    """Amounts whose label is told by its words: after it on the line, or in the cell to its right."""
    for leaf in leaves:
        for run in leaf.view.runs:
            if _in_head(leaf, run, found):
                continue
            text = _PERCENT.sub(lambda m: " " * len(m[0]), run.text)
            marked = [one for one in amounts_in(text) if one.marked]
            at = 0
            for one in marked:
                for name, standing in _meant(run.text[at : one.start]) if is_whole(text, one) else ():
                    yield name, amount_candidate(run.passage, one, NEAR, standing)
                at = one.end
            for name, standing in _meant(run.text[at:]):
                cell = _level_amount(leaf, run)
                if cell is not None:
                    yield name, amount_candidate(*cell, NEAR, standing)


def _headed(found: Sequence[Head]) -> Iterator[tuple[str, Candidate]]:
    """Totals under the head of a table whose one row is the whole bill: "… | Total HT | TVA | Total TTC"."""
    for head in found:
        view = head.leaf.view
        labels = [
            (run, named)
            for run in view.runs
            if head.box.y0 - 0.002 <= run.box.y0 < head.box.y1 and (named := tuple(_meant(run.text)))
        ]
        if len({name for _, named in labels for name, _ in named}) < 2:
            continue
        for label, named in labels:
            under = [
                (run, one)
                for run in view.in_column(label.box)
                if 0 <= run.box.y0 - head.box.y1 < 0.2
                for one in amounts_in(run.text)
                if one.marked and _stands_under(label, run, one)
            ]
            if len(under) == 1 and under[0][0].box.y0 - head.box.y1 < 4 * view.tall:
                for name, standing in named:
                    yield name, amount_candidate(under[0][0].passage, under[0][1], NEAR, standing + 1)


def _stands_under(label: Run, run: Run, one: AmountFound) -> bool:
    box = run.passage.box(one.start, one.end)
    return box.x0 < label.box.x1 and box.x1 > label.box.x0


def _meant(label: str) -> Iterator[tuple[str, int]]:
    """What the words before an amount announce, and their standing."""
    if len(label) <= 90:
        names, standing = invoice_labels.says(label)
        yield from ((name, standing) for name in sorted(names))


_LEVEL = 1.1
"""Of a line's height: how far a label may stand over or under its amount when one of them is wrapped."""


def _level_amount(leaf: Leaf, label: Run) -> tuple[Passage, AmountFound] | None:
    """The amount right of a label, level with it, that no other words part from it."""
    middle = (label.box.y0 + label.box.y1) / 2
    best: tuple[float, float, Run] | None = None
    for row in leaf.view.rows[max(0, label.row - 2) : label.row + 3]:
        for run in row:
            away = abs((run.box.y0 + run.box.y1) / 2 - middle)
            if run.box.x0 < label.box.x1 - 0.004 or away > _LEVEL * leaf.view.tall:
                continue
            if not re.sub(r"euros?|eur\b|[\W_]", "", fold(run.text)):
                continue
            rank = (0.0 if away < 0.5 * leaf.view.tall else away, run.box.x0, run)
            if best is None or rank[:2] < best[:2]:
                best = rank
    if best is None:
        return None
    run = best[2]
    text = _PERCENT.sub(lambda m: " " * len(m[0]), run.text)
    marked = [one for one in amounts_in(text) if one.marked and is_whole(text, one)]
    if not marked or _is_prose(text):
        return None
    return run.passage, marked[0]


def _in_head(leaf: Leaf, run: Run, found: Sequence[Head]) -> bool:
    return any(head.leaf is leaf and head.box.y0 - 0.002 <= run.box.y0 < head.box.y1 for head in found)


def _standing(concept: str, mark: Mark, manner: str) -> int:
    """How plainly a label names the total: "Total HT" before "Montant HT" before "Prix"."""
    label = mark.label
    if concept == "vat":
        return 0 if mark.score >= 0.84 else 1
    if concept == "net":
        if re.search(r"total|^netht|^baseht|nettotal", label) and re.search(r"ht|hors|net", label):
            return 0
        return 1 if re.search(r"ht$|horstaxe|nettaxe|netdetaxe|^montantnet", label) else 3
    if "ttc" in label or "toutestaxes" in label:
        return 0
    if re.search(r"apayer|aregler|netaded|enfaveur|dansfaveur", label):
        return 1
    return 2 if manner != "below" else 3


def exemption(leaves: Sequence[Leaf]) -> Candidate | None:
    """The mention that no VAT is due."""
    for leaf in leaves:
        for block in leaf.view.blocks:
            match = _EXEMPT.search(fold(block.passage.text))
            if match is not None:
                return candidate(True, block.passage, match.start(), match.end(), 0.97)
    return None


def settled_totals(found: Totals, exempt: Candidate | None, line_total: Decimal | None) -> dict[str, Field]:
    """The amounts with what arithmetic says of them. ``line_total``: what lines or hours × price come to."""
    fitting = _fitting(found, exempt, line_total)
    net, vat, gross = (
        fitting if fitting is not None else (settle(found.net), settle(found.vat), settle(found.gross))
    )
    if exempt is not None and (vat is None or not amount(vat)):
        if vat is None:
            vat = _field(
                replace(
                    exempt,
                    value=ZERO,
                    confidence=min(exempt.confidence, 0.95),
                    note="an exemption is printed",
                )
            )
        if net is not None and gross is not None and _a_price_beside_the_bill(found, net, gross):
            net = replace(gross, confidence=min(gross.confidence, 0.85), note="exempt: the total is net")
        if gross is None and net is not None:
            gross = replace(
                net, confidence=min(net.confidence, 0.9), note=joined(net.note, "exempt: net is the total")
            )
        elif net is None and gross is not None and not found.deposit:
            net = replace(
                gross,
                confidence=min(gross.confidence, 0.9),
                note=joined(gross.note, "exempt: the total is net"),
            )
    fields = {"net_amount": net, "vat_amount": vat, "total_amount": gross}
    return {name: made for name, made in _judged(fields, found, line_total).items() if made is not None}


def _a_price_beside_the_bill(found: Totals, net: Field, gross: Field) -> bool:
    """The one net amount is some price, "Prix de la formation", and the bill for part of it has a total."""
    plainest = min((c.standing for c in found.net if c.value == net.value), default=0)
    total = min((c.standing for c in found.gross if c.value == gross.value), default=9)
    return plainest >= 3 and total <= 1 and net.value != gross.value and not found.deposit


def _field(made: Candidate) -> Field:
    settled = settle([made])
    assert settled is not None  # noqa: S101 (it has a value)
    return settled


def _values(candidates: Sequence[Candidate]) -> list[tuple[Decimal, Candidate]]:
    """Each printed value once, by its best candidate."""
    best: dict[Decimal, Candidate] = {}
    for made in candidates:
        if isinstance(made.value, Decimal):
            held = best.get(made.value)
            if held is None or (made.standing, -made.confidence) < (held.standing, -held.confidence):
                best[made.value] = made
    return list(best.items())


def _fitting(
    found: Totals, exempt: Candidate | None, line_total: Decimal | None
) -> tuple[Field, Field | None, Field] | None:
    """Printed net, VAT and total that add up: those with the plainest labels, then what lines come to."""
    nets, grosses = _values(found.net), _values(found.gross)
    vats: list[tuple[Decimal, Candidate | None]] = [*_values(found.vat)]
    if not any(value == 0 for value, _ in vats) and (exempt is not None or not vats):
        vats.append((ZERO, None))
    fits = [
        (n, v, g)
        for (a, n), (b, v), (c, g) in product(nets, vats, grosses)
        if abs(a + b - c) <= Decimal("0.005") and (v is not None or exempt is not None or not found.vat)
    ]
    if not fits:
        return None

    def rank(fit: tuple[Candidate, Candidate | None, Candidate]) -> tuple[float, ...]:
        n, v, g = fit
        standings = n.standing + g.standing + (v.standing if v is not None else 1)
        return (standings, n.value != line_total, -n.confidence - g.confidence)

    n, v, g = min(fits, key=rank)
    return (
        _field(replace(n, standing=0)),
        None if v is None else _field(replace(v, standing=0)),
        _field(replace(g, standing=0)),
    )


def _judged(
    fields: dict[str, Field | None], found: Totals, line_total: Decimal | None
) -> dict[str, Field | None]:
    net, vat, gross = (amount(fields[name]) for name in ("net_amount", "vat_amount", "total_amount"))
    if net is None or gross is None:
        return fields
    apart = (
        fields["net_amount"] is not None
        and fields["total_amount"] is not None
        and (fields["net_amount"].box != fields["total_amount"].box)
    )
    if abs(net + (vat or ZERO) - gross) <= _AGREES:
        if not apart:
            return fields
        note = "net + VAT = total"
        sure = 0.98 if net == line_total else 0.96
        worn = any(made is not None and made.read_by is ReadBy.OCR for made in fields.values())
        if worn and net != line_total:
            sure = 0.0  # one wear may cost two equal amounts the same figure: only a third one confirms
        return {
            name: None if made is None else surer(made, sure if _own(made) else 0.0, note)
            for name, made in fields.items()
        }
    text = fields["net_amount"] is not None and fields["net_amount"].read_by.value == "text"
    lowered = 0.85 if text else 0.6
    return {
        name: None if made is None else less_sure(made, lowered, "net + VAT is not the total")
        for name, made in fields.items()
    }


def _own(made: Field) -> bool:
    return "exempt" not in made.note


def not_training(values: Sequence[Candidate]) -> Field | None:
    """The sum of the lines that bill no training, with the first one's place."""
    return _sum(values)


def _sum(values: Sequence[Candidate], sure: float = NEAR) -> Field | None:
    known = [v.value for v in values if isinstance(v.value, Decimal)]
    if not known:
        return None
    first = values[0]
    low = min(v.confidence for v in values)
    raw = " + ".join(v.raw for v in values)
    return Field(sum(known, ZERO), raw, first.page, first.box, first.read_by, min(sure, low))


def line_sum(values: Sequence[Candidate], net: Field | None, tabled: bool) -> Field | None:
    """The sum of the lines; sure only where it is the printed net. ``tabled``: the lines stand under a head.

    Without a head nobody knows whether all lines were seen: then a sum that is not the net says nothing.
    """
    made = _sum(values)
    if made is None or not made.value or (not tabled and (net is None or made.value != net.value)):
        return None
    if net is not None and made.value == net.value:
        return surer(made, min(0.97, net.confidence), "lines sum to the net amount")
    return less_sure(made, 0.7, "lines do not sum to the net amount")
