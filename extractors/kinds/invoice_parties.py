"""Who bills and who is billed: address blocks told apart by role, then names and identifiers by block.

A page holds several SIRETs and several addresses; nothing is taken for the supplier's because it came first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dossier.reading import Field
from extractors import seek
from extractors.candidate import GUESSED, LABELLED, NEAR, Candidate, candidate, less_sure, settle
from extractors.french.identifiers import sirets_in
from extractors.french.letters import fold, tight
from extractors.kinds.invoice_cards import (
    NDA_WORDS,
    OPEN_ENDED,
    Card,
    no_name,
    role_of,
    whole_name,
    without_monogram,
)
from extractors.leaf import Leaf
from extractors.marks import Mark
from extractors.seek import id_candidate, organisation_at

_EMPLOYED = re.compile(
    r"salariee?s?(?:\s?\(\s?e\s?\))?\s+(?:de|chez|du)\s+(?:la\s+societe\s+|l'entreprise\s+|la\s+|l')?(?=[a-z0-9])"
)


def employers(leaves: Sequence[Leaf]) -> Iterator[str]:
    """Names after "salarié(e) de": the trainee's employer, who is the customer or nobody here."""
    for leaf in leaves:
        for run in leaf.view.runs:
            match = _EMPLOYED.search(fold(run.text))
            made = organisation_at(run.passage, NEAR, 0, match.end()) if match is not None else None
            if made is not None:
                yield str(made.value)


def parties(found: Sequence[Card]) -> tuple[tuple[Card, ...], tuple[Card, ...]]:
    """Cards of the supplier and cards of the customer; one that tells neither way stays out.

    Cards of one name or one SIRET belong together: a footer lends its weight to the letterhead.
    """
    payers = tuple(card for card in found if card.payer)
    supplier, customer = _sides([card for card in found if not card.payer])
    return supplier, (*customer, *payers)


def _sides(found: Sequence[Card]) -> tuple[tuple[Card, ...], tuple[Card, ...]]:
    groups: list[list[Card]] = []
    for card in found:
        for group in groups:
            if any(_one_house(card, other) for other in group):
                group.append(card)
                break
        else:
            groups.append([card])
    if not groups:
        return (), ()
    weights = [sum(card.role for card in group) for group in groups]
    best = max(range(len(groups)), key=lambda i: (weights[i], -groups[i][0].box.x0))
    worst = min(range(len(groups)), key=lambda i: (weights[i], -groups[i][0].box.x0))
    if best == worst:
        mine = tuple(groups[best])
        return (mine, ()) if weights[best] > 0 else ((), mine)
    supplier = tuple(groups[best]) if weights[best] > 0 or weights[worst] < -1 else ()
    customer = tuple(groups[worst]) if weights[worst] < 0 or weights[best] > 1 else ()
    if supplier and not customer and len(groups) == 2:
        customer = tuple(_in_window(card) for card in groups[worst] if _faces(groups[best][0], card))
    return supplier, customer


_BY_PLACE = 0.8
"""The most that a customer known by its place alone is worth."""


def _faces(sender: Card, other: Card) -> bool:
    """The other address stands right of the sender's, level or lower, as in a window envelope."""
    return (
        other.leaf is sender.leaf
        and other.box.x0 > max(0.42, sender.box.x0 + 0.1)
        and -0.03 < other.box.y0 - sender.box.y0 < 0.3
    )


def _in_window(card: Card) -> Card:
    name = card.name
    return (
        card
        if name is None
        else replace(card, name=replace(name, confidence=min(name.confidence, _BY_PLACE)))
    )


def _one_house(one: Card, other: Card) -> bool:
    if one.siret and one.siret == other.siret:
        return True
    if one.name is None or other.name is None:
        return False
    return tight(str(one.name.value)) == tight(str(other.name.value))


def named(held: Sequence[Card]) -> Iterator[Candidate]:
    for card in held:
        if card.name is not None:
            yield card.name


# ---------------------------------------------------------------- SIRET

_CUSTOMER_SIRET = re.compile(
    r"siret\s+(?:du\s+)?(?:client|destinataire|acheteur|facture)|client\W{0,3}siret|entreprise\s.{0,40}siret"
)


_WORN_ID = re.compile(r"\W*(?P<id>\d[\dA-Za-z ./-]{6,24}\w)")


def worn_ids(leaf: Leaf, concept: str, digits: int) -> Iterator[Candidate]:
    """On a scan, print at a label that has nearly as many digits as its identifier: for the second engine."""
    if not leaf.ocr:
        return
    for held in seek.places((leaf,), (concept,), wrap=False):
        match = _WORN_ID.match(held[0].passage.text)
        count = 0 if match is None else sum(char.isdigit() for char in match["id"])
        if match is not None and abs(count - digits) <= 2:
            yield candidate(None, held[0].passage, *match.span("id"), 0.5, "an identifier that can't be read")


def sirets(leaves: Sequence[Leaf], supplier: Sequence[Card], customer: Sequence[Card]) -> Iterator[Candidate]:
    """SIRETs that may be the supplier's: in its block, in a legal footer, or in no block at all."""
    theirs = {card.siret for card in customer if card.siret} - {card.siret for card in supplier}
    for leaf in leaves:
        for run in leaf.view.runs:
            for found in sirets_in(run.text):
                folded = fold(run.text)
                box = run.passage.box(found.start, found.end)
                page = run.passage.page
                mine = any(card.holds(box, page) for card in supplier)
                other = any(card.holds(box, page) for card in customer)
                legal = bool(NDA_WORDS.search(folded)) or run.box.y0 > 0.85
                if (
                    found.value in theirs
                    or (other and not mine)
                    or _CUSTOMER_SIRET.search(folded[: found.start + 1])
                ):
                    continue
                if mine or legal:
                    yield id_candidate(run.passage, found, LABELLED, 0)
                else:
                    yield id_candidate(run.passage, found, NEAR, 1)
        for worn in worn_ids(leaf, "siret", 14):
            if not any(card.holds(worn.box, worn.page) for card in customer):
                yield worn


# ---------------------------------------------------------------- names


def supplier_name(leaves: Sequence[Leaf], supplier: Sequence[Card], customer: Sequence[Card]) -> Field | None:
    """Who bills: at its label, over its address, else the most prominent words of the head."""
    return _settled(_supplier_names(leaves, supplier, customer))


def customer_name(leaves: Sequence[Leaf], supplier: Sequence[Card], customer: Sequence[Card]) -> Field | None:
    """Who is billed: at its label or over its address."""
    return _settled(_customer_names(leaves, supplier, customer))


def _settled(candidates: Iterator[Candidate]) -> Field | None:
    """The settled name; one that may go on where its block was read stays doubtful elsewhere too."""
    held = list(candidates)
    made = settle(held)
    open_ended = [c for c in held if c.note == OPEN_ENDED]
    if made is None or not any(tight(str(c.value)) == tight(str(made.value)) for c in open_ended):
        return made
    return less_sure(made, 0.8, OPEN_ENDED)


_WHO_TRAINS = 0.85
"""The most that a supplier is worth whom the page names only as the one who trains."""


def _supplier_names(
    leaves: Sequence[Leaf], supplier: Sequence[Card], customer: Sequence[Card]
) -> Iterator[Candidate]:
    theirs = {tight(str(c.value)) for c in named(customer)}
    yield from _pleading(leaves, "to")
    for made in (*seek.organisations(leaves, "supplier"), *named(supplier)):
        if tight(str(made.value)) not in theirs and not no_name(str(made.value)):
            yield made
    for made in seek.organisations(leaves, "provider", standing=2):
        if tight(str(made.value)) not in theirs and not no_name(str(made.value)):
            yield replace(made, confidence=min(made.confidence, _WHO_TRAINS))
    yield from _letterhead(leaves[0], theirs)


def _letterhead(leaf: Leaf, theirs: set[str]) -> Iterator[Candidate]:
    """The most prominent words of the page's top that are neither the title nor the customer."""
    top = [
        run
        for run in leaf.view.runs
        if run.box.y0 < 0.22
        and len(tight(run.text)) > 3
        and not re.search(r"\d{3}|\d\D+\d", run.text)
        and not no_name(run.text)
        and not role_of(leaf, run)
    ]
    top = [run for run in top if tight(run.text) not in theirs]
    if top:
        tallest = max(top, key=lambda run: (round(run.height, 4), -run.box.y0))
        held = whole_name(leaf.view, tallest, top)
        words = [word for run in held for word in run.line.words]
        made = organisation_at(without_monogram(leaf.view.passage(words)), GUESSED, 3)
        if made is not None:
            yield made


def _customer_names(
    leaves: Sequence[Leaf], supplier: Sequence[Card], customer: Sequence[Card]
) -> Iterator[Candidate]:
    mine = {tight(str(c.value)) for c in named(supplier)}
    over = [tight(str(c.value)) for c in named(customer)]
    labelled = [
        c
        for c in seek.organisations(leaves, "customer", where=_no_code)
        if not re.match(r"\W*(?:siret|n°|code)", fold(str(c.value)))
        and not any(tight(str(c.value)).startswith(name) and tight(str(c.value)) != name for name in over)
    ]
    yield from _pleading(leaves, "who")
    for made in (*labelled, *_billed_to(leaves), *named(customer)):
        if tight(str(made.value)) not in mine and not no_name(str(made.value)):
            yield made


def _no_code(leaf: Leaf, mark: Mark) -> bool:
    """ "Code client", "N° de client" and "DOIT à …" announce no customer's name."""
    text = fold(mark.run.text)
    coded = re.search(r"(?:\bcode|\bn°?|\bnumero|\bref|\bcompte)(?: de| du)?\W*$", text[: mark.start])
    return coded is None and not (mark.label == "doit" and re.match(r"\W*a\b", text[mark.end :]))


_BILLED_TO = re.compile(
    r"^\W*(?:(?:facture )?(?:facturee?|etablie?|adressee?|emise|destinee?)\s+(?:a|pour|au nom de)"
    r"(?: l'attention de)?|a l'attention (?:de|du)(?: la| l')?)\s*:?\s+(?=\w)"
)


def _billed_to(leaves: Sequence[Leaf]) -> Iterator[Candidate]:
    """ "Facturé à X", "À l'attention de X" on one line, without a colon."""
    for leaf in leaves:
        for run in leaf.view.runs:
            match = _BILLED_TO.match(fold(run.text))
            made = organisation_at(run.passage, NEAR - 0.1, 1, match.end()) if match is not None else None
            if made is not None and str(made.value)[:1].isupper():
                yield made


_PLEADING = re.compile(
    r"(?:^|[.;:]\s+)(?:la societe|l'entreprise|la maison|l'association)?\s*(?P<who>[^,;.:]{2,60}),"
    r"[^;:]{0,140}?"
    r"\bdoit a\s+(?:la societe\s+|l'organisme\s+)?(?P<to>[^,;.:(]{2,60}?)\s*(?=[,;.:(]|\b(?:pour|la somme)\b)"
)


def _pleading(leaves: Sequence[Leaf], role: str) -> Iterator[Candidate]:
    """ "La société X, 3 rue du Port, doit à Y, …": who owes, or to whom."""
    for leaf in leaves:
        for block in leaf.view.blocks:
            match = _PLEADING.search(fold(block.passage.text))
            if match is None:
                continue
            made = organisation_at(block.passage.part(*match.span(role)), NEAR, 0)
            if made is not None:
                yield made
