"""Hours in whole minutes and money in cents, with the contract's decimal strings at the edge."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import NewType

Minutes = NewType("Minutes", int)
"""A duration in whole minutes. ``Minutes(210)`` is three and a half hours."""

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


class NotANumber(ValueError):
    """The text is no finite decimal number."""


def decimal_of(text: str) -> Decimal:
    """The finite decimal that ``text`` spells with a point. Raises `NotANumber`."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation as error:
        raise NotANumber(f"not a decimal number: {text!r}") from error
    if not number.is_finite():
        raise NotANumber(f"not a finite number: {text!r}")
    return number


def minutes_of(hours: Decimal | str) -> Minutes:
    """Decimal hours to whole minutes, half up: ``"3.50"`` is 210. Raises `NotANumber`."""
    number = decimal_of(hours) if isinstance(hours, str) else hours
    return Minutes(int((number * 60).quantize(Decimal(1), rounding=ROUND_HALF_UP)))


def hours_text(minutes: Minutes) -> str:
    """Whole minutes as decimal hours with two places: 210 is ``"3.50"``."""
    return str((Decimal(minutes) / 60).quantize(CENT, rounding=ROUND_HALF_UP))


def cents(amount: Decimal) -> Decimal:
    """An amount in euros rounded to the cent, half up."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def amount_text(amount: Decimal) -> str:
    """An amount in euros as the contract writes it: ``"1890.00"``."""
    return str(cents(amount))


def price_of(minutes: Minutes, hourly_rate: Decimal) -> Decimal:
    """What ``minutes`` cost at ``hourly_rate`` euros an hour, to the cent."""
    return cents(Decimal(minutes) * hourly_rate / 60)
