"""Invoices, credit notes, quotes, pro formas, orders: one reader; ``nature`` tells them apart.

Values come from a label, a place or a sentence form. Sums and products that the page prints itself raise
their confidence; where they disagree it falls, and nothing is repaired.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dossier.quantities import ZERO
from dossier.reading import Field
from extractors import seek
from extractors.candidate import (
    LABELLED,
    NEAR,
    Candidate,
    Reading,
    candidate,
    less_sure,
    settle,
    settled,
)
from extractors.french.identifiers import IdFound, ndas_in
from extractors.french.letters import fold
from extractors.kinds import invoice_parties, invoice_title, invoice_training
from extractors.kinds.bank_account import accounts, unread, unread_candidate
from extractors.kinds.invoice_amounts import exemption, line_sum, not_training, settled_totals, totals
from extractors.kinds.invoice_cards import cards
from extractors.kinds.invoice_dates import issue_date, only_date
from extractors.kinds.invoice_hours import hours_and_price
from extractors.kinds.invoice_lines import lines
from extractors.kinds.invoice_paid import Mention, mentions, signed
from extractors.kinds.invoice_products import priced
from extractors.kinds.invoice_table import Head, heads
from extractors.leaf import Leaf
from extractors.view import Passage


def read(leaves: Sequence[Leaf]) -> Reading:
    """All fields of one invoice, quote, pro forma, order or credit note."""
    fields: dict[str, Field] = {}

    def keep(name: str, found: Field | None) -> Field | None:
        if found is not None:
            fields[name] = found
        return found

    named = invoice_title.titles(leaves)
    fields.update(invoice_title.nature_of(leaves, named))
    credit_note = bool(fields["credit_note"].value) if "credit_note" in fields else False
    number = keep("number", invoice_title.number(leaves, named, credit_note))
    keep("request_ref", invoice_title.request_ref(leaves, number))
    table = heads(leaves)
    _money(leaves, table, fields)
    paid = tuple(mentions(leaves))
    _parties(leaves, paid, fields)
    houses = [str(fields[name].value) for name in ("supplier_name", "customer_name") if name in fields]
    person = invoice_training.trainee(leaves, houses, table)
    keep("trainee_last_name", person.last)
    keep("trainee_first_name", person.first)
    _days(leaves, named, paid, fields)
    return Reading(fields, (person.whole,) if person.whole else ())


def _money(leaves: Sequence[Leaf], table: Sequence[Head], fields: dict[str, Field]) -> None:
    found = totals(leaves, table)
    pairs = priced(leaves, table)
    billed = lines(leaves, table, pairs, found.tops)
    note = fields.get("credit_note")
    hours, price = hours_and_price(leaves, table, pairs, note is not None and note.value is True)
    exempt = exemption(leaves)
    line_total = sum((line.value for line in billed), ZERO) if billed else None
    fields.update(settled_totals(found, exempt, line_total))
    for name in ("net_amount", "total_amount"):
        if name in fields and _of_one_hour(fields[name], hours, price):
            fields[name] = less_sure(fields[name], 0.4, "the price of one hour")
    net = fields.get("net_amount")
    apart = [line.amount for line in billed if line.not_training]
    for name, made in (
        ("hours", hours),
        ("unit_price", price),
        ("lines_amount", line_sum([line.amount for line in billed], net, bool(table))),
        ("not_training_amount", not_training(apart)),
    ):
        if made is not None:
            fields[name] = made
    taxed = fields.get("vat_amount")
    if exempt is not None:
        opposed = taxed is not None and isinstance(taxed.value, Decimal) and taxed.value > 0
        made = settle([exempt])
        if made is not None:
            fields["vat_exempt"] = less_sure(made, 0.6, "VAT is printed too") if opposed else made
    elif taxed is not None and taxed.value:
        fields["vat_exempt"] = Field(False, taxed.raw, taxed.page, taxed.box, taxed.read_by, taxed.confidence)
    currency = settle(_currencies(leaves)) or _unsaid_currency(leaves, fields.get("total_amount"))
    if currency is not None:
        fields["currency"] = currency


def _of_one_hour(found: Field, hours: Field | None, price: Field | None) -> bool:
    """A sum that is the price of an hour, on a bill of several."""
    several = hours is not None and isinstance(hours.value, int) and hours.value > _HOUR
    return several and price is not None and found.value == price.value and found.box == price.box


_HOUR = 60

_CURRENCY = re.compile(
    r"(?P<eur>€|\beuros?\b|\beur\b)|(?P<usd>\$|\busd\b)|(?P<gbp>£|\bgbp\b)|(?P<chf>\bchf\b)"
)


def _currencies(leaves: Sequence[Leaf]) -> Iterator[Candidate]:
    """The currency printed beside amounts; a late-payment fee or a capital is weak evidence of it."""
    for leaf in leaves:
        for run in leaf.view.runs:
            folded = fold(run.text)
            for match in _CURRENCY.finditer(folded):
                legal = re.search(r"indemnite|recouvrement|capital|penalit", folded)
                code = str(match.lastgroup).upper()
                yield candidate(code, run.passage, match.start(), match.end(), 0.95, "", 1 if legal else 0)


def _unsaid_currency(leaves: Sequence[Leaf], total: Field | None) -> Field | None:
    """Where no amount shows a currency, a bill under French VAT is in euros: told, and left to doubt."""
    if total is None or not any(re.search(r"\btva\b", leaf.folded) for leaf in leaves):
        return None
    note = "no currency is printed"
    return Field("EUR", total.raw, total.page, total.box, total.read_by, min(0.7, total.confidence), note)


# ---------------------------------------------------------------- parties


def _parties(leaves: Sequence[Leaf], paid: Sequence[Mention], fields: dict[str, Field]) -> None:
    employers = [str(c.value) for c in seek.organisations(leaves, "employer")]
    employers += invoice_parties.employers(leaves)
    stamped = [(mention.leaf.page.number, mention.box) for mention in paid]
    found = cards(leaves, employers, stamped)
    supplier, customer = invoice_parties.parties(found)
    for name, made in (
        ("supplier_name", invoice_parties.supplier_name(leaves, supplier, customer)),
        ("customer_name", invoice_parties.customer_name(leaves, supplier, customer)),
        ("supplier_siret", settled(invoice_parties.sirets(leaves, supplier, customer))),
        ("supplier_nda", settled(_ndas(leaves))),
        ("iban", _iban(leaves)),
    ):
        if made is not None:
            fields[name] = made


_NDA_NEAR = re.compile(
    r"(?:\bnda\b|existence|agrement|n° de declaration|\bd?'?activite"
    r"|(?:enregistre|declare|agree|referenc)e?e? sous le|\bda\s?n°"
    r"|prestataire de formation|organisme de formation\W{0,3}n°|n°\s?(?:de\s)?(?:formateur|formation)"
    r"|formation (?:continue|professionnelle)\W{0,3}n°)[^\d]{0,90}$"
)


def _ndas(leaves: Sequence[Leaf]) -> Iterator[Candidate]:
    yield from seek.identifiers(leaves, ndas_in, "nda")
    for leaf in leaves:
        for block in leaf.view.blocks:
            text = block.passage.text
            for found in ndas_in(text):
                if _NDA_NEAR.search(fold(text[: found.start])):
                    yield seek.id_candidate(block.passage, found, LABELLED)
        for run in leaf.view.runs:
            alone = ndas_in(run.text)
            if alone and alone[0].valid and re.fullmatch(r"(?:[Nn]\s?°\s?)?(?:\D?\d){11}", run.text):
                yield seek.id_candidate(run.passage, alone[0], NEAR - 0.15, 1)
        yield from invoice_parties.worn_ids(leaf, "nda", 11)


# ---------------------------------------------------------------- IBAN

_FACTOR = re.compile(r"factor|affactur|subrog|cession de creance|cedee?s?\b|dailly|quittance|mandataire")
_DEBITED = re.compile(r"votre compte|a debiter|prelevement sur|compte debite|rib client|iban client")


def _iban(leaves: Sequence[Leaf]) -> Field | None:
    """The supplier's IBAN. A factor's beside it, or alone, is told and makes the value doubtful."""
    held = list(_ibans(leaves))
    if not held:
        return settled(unread_candidate(passage) for leaf in leaves for passage in unread(leaf))
    own = [c for c in held if c.standing < 2]
    made = settle(own) or settle(held)
    if made is not None and len({c.value for c in held}) > 1:
        return less_sure(made, 0.7, "another IBAN stands on the page")
    if made is not None and not own:
        return less_sure(made, 0.6, "a factor's or the debtor's IBAN")
    return made


def _ibans(leaves: Sequence[Leaf]) -> Iterator[Candidate]:
    for leaf in leaves:
        for account in accounts(leaf):
            yield _iban_candidate(leaf, account.passage, account.found)


def _iban_candidate(leaf: Leaf, passage: Passage, found: IdFound) -> Candidate:
    box = passage.box(found.start, found.end)
    around = " ".join(
        fold(run.text)
        for run in leaf.view.runs
        if abs(run.box.y0 - box.y0) < 3.2 * leaf.view.tall and run.box.x1 > box.x0 - 0.35
    )
    foreign = _FACTOR.search(around) or _DEBITED.search(around)
    return seek.id_candidate(passage, found, LABELLED, 2 if foreign else (0 if found.valid else 1))


# ---------------------------------------------------------------- days


def _days(
    leaves: Sequence[Leaf],
    named: Sequence[invoice_title.Title],
    paid: Sequence[Mention],
    fields: dict[str, Field],
) -> None:
    start, end = invoice_training.period(leaves)
    paid_on = settled(mention.day for mention in paid)
    due = settle(seek.dates(leaves, "due_date"))
    taken = {f.value for f in (start, end, paid_on, due) if f is not None and isinstance(f.value, dt.date)}
    issued = issue_date(leaves, named, fields.get("number")) or only_date(leaves, taken)
    for name, made in (
        ("issue_date", issued),
        ("start_date", start),
        ("end_date", end),
        ("paid_on", paid_on),
        ("signed", signed(paid)),
    ):
        if made is not None:
            fields[name] = made
