"""The invoices that a claim rests on, and what they bill."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from dossier.case import Piece
from dossier.decision import Evidence
from dossier.kinds import Kind
from dossier.quantities import ZERO, Minutes
from dossier.requests import Claim, Request
from validators.facts_certificate import touches
from validators.facts_pieces import Pieces, amount, flag, hours, text, value

REAL = "invoice"


def nature(piece: Piece) -> str:
    """What the document calls itself: "invoice", "quote", "pro_forma", "order"; "invoice" where nothing
    says.
    """
    return value(text(piece, "nature")) or REAL


def is_credit_note(piece: Piece) -> bool:
    return bool(value(flag(piece, "credit_note")))


def number_key(number: str) -> str:
    """An invoice number for comparing: letters and digits alone, upper case."""
    return re.sub(r"[^A-Z0-9]", "", number.upper())


def number_of(piece: Piece) -> str:
    return number_key(value(text(piece, "number")) or "")


@dataclass(frozen=True, slots=True)
class Invoices:
    """``serving``: real invoices of this claim, each number once, those that an earlier claim was paid on
    left out where others remain. ``others``: quotes, pro formas, orders. ``paid_before``: numbers paid
    already."""

    serving: tuple[Piece, ...]
    others: tuple[Piece, ...]
    credit_notes: tuple[Piece, ...]
    paid_before: frozenset[str]

    @property
    def billed(self) -> Minutes | None:
        """Hours billed in all, None where an invoice says none."""
        found = [value(hours(piece, "hours")) for piece in self.serving]
        known = [minutes for minutes in found if minutes is not None]
        return Minutes(sum(known)) if known and len(known) == len(found) else None

    @property
    def not_training(self) -> Decimal:
        """Euros billed for what is no training: absences, cancellation, indemnities."""
        return sum((value(amount(p, "not_training_amount")) or ZERO for p in self.serving), ZERO)

    @property
    def training_cost(self) -> Decimal | None:
        """Net euros billed for training, None where a net amount is missing."""
        found = [net_of(piece) for piece in self.serving]
        known = [net for net in found if net is not None]
        return sum(known, ZERO) - self.not_training if known and len(known) == len(found) else None

    def evidence(self, *names: str) -> tuple[Evidence, ...]:
        return tuple(
            read.evidence
            for piece in self.serving
            for name in names
            if (read := text(piece, name)) is not None
        )


def net_of(piece: Piece) -> Decimal | None:
    """The net amount; the gross one stands for it where no VAT is printed."""
    net = value(amount(piece, "net_amount"))
    if net is not None:
        return net
    return None if value(amount(piece, "vat_amount")) else value(amount(piece, "total_amount"))


def fullness(piece: Piece) -> tuple[object, ...]:
    """Of two copies of one invoice, the one that says it was paid, then the one that says most."""
    part = piece.part
    read = [field for field in part.fields.values() if field.value is not None]
    return (
        "paid_on" not in part.fields,
        -len(read),
        -sum(field.confidence for field in read),
        piece.file,
        part.pages,
    )


def invoices_of(pieces: Pieces, request: Request, claim: Claim) -> Invoices:
    found = pieces.of(Kind.INVOICE)
    credit_notes = tuple(piece for piece in found if is_credit_note(piece))
    others = tuple(piece for piece in found if nature(piece) != REAL and piece not in credit_notes)
    real = [piece for piece in found if piece not in others and piece not in credit_notes]
    by_number: dict[str, list[Piece]] = {}
    for piece in real:
        by_number.setdefault(number_of(piece) or f"{piece.file}#{piece.part.pages}", []).append(piece)
    once = [min(same, key=fullness) for same in by_number.values()]
    paid_before = frozenset(
        number_key(past.invoice_number)
        for past in request.paid
        if past.invoice_number and past.claim != claim.id
    )
    new = [piece for piece in once if number_of(piece) not in paid_before]
    serving = new or once
    in_period = [piece for piece in serving if touches(piece, claim.period)]
    return Invoices(tuple(in_period or serving), others, credit_notes, paid_before)


def last_day_billed(piece: Piece, last_proven: dt.date | None) -> dt.date | None:
    """The last day that the invoice names, else the last day proven."""
    end = piece.part.fields.get("end_date")
    return end.value if end is not None and isinstance(end.value, dt.date) else last_proven
