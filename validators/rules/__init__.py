"""The rules of control, one module a section. Importing the package registers them."""

from validators.rules import (
    amounts,
    certificate,
    contract,
    filing,
    hours,
    identity,
    invoice,
    invoice_billed,
    pieces,
    pieces_pro,
    pieces_state,
    sheets,
    transition,
    trust,
    tutoring,
)

__all__ = [
    "amounts",
    "certificate",
    "contract",
    "filing",
    "hours",
    "identity",
    "invoice",
    "invoice_billed",
    "pieces",
    "pieces_pro",
    "pieces_state",
    "sheets",
    "transition",
    "trust",
    "tutoring",
]
