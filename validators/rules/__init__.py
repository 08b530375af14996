"""The rules of control, one module a section. Importing the package registers them, in the order of the sections."""

from validators.rules import filing, pieces, identity, hours, sheets, certificate, invoice, amounts  # noqa: I001
from validators.rules import contract, tutoring, trust

__all__ = [
    "amounts",
    "certificate",
    "contract",
    "filing",
    "hours",
    "identity",
    "invoice",
    "pieces",
    "sheets",
    "trust",
    "tutoring",
]
