"""Telling the truth of a part while it is drawn: what formats a value for the page also records it."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from dossier.quantities import Minutes, amount_text, hours_text
from samples.facts import Slot
from samples.people import Person

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def long_date(day: dt.date) -> str:
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"


def clock(time: dt.time, style: int = 0) -> str:
    if style == 1:
        return f"{time.hour:02d}:{time.minute:02d}"
    if style == 2 and not time.minute:
        return f"{time.hour} h"
    return f"{time.hour}h{time.minute:02d}" if style == 0 else f"{time.hour} h {time.minute:02d}"


class Telling:
    """The truth of one part, and the manner (dates, hours, amounts) in which its layout writes.

    ``fields`` and ``sessions`` have the form of the public truth file. A value is recorded when, and only when,
    its text is asked for.
    """

    def __init__(self, rng: random.Random) -> None:
        self.fields: dict[str, Any] = {}
        self.sessions: list[dict[str, Any]] = []
        self.dates = rng.choice((0, 0, 0, 1, 1, 2))
        self.durations = rng.choice((0, 0, 1, 2, 3, 4))
        self.amounts = rng.choice((0, 0, 1, 2))

    def text(self, name: str, value: str, shown: str | None = None) -> str:
        self.fields[name] = value
        return value if shown is None else shown

    def one_of(self, name: str, values: Sequence[str], shown: str) -> str:
        """A value that may be read in several ways."""
        self.fields[name] = list(values)
        return shown

    def flag(self, name: str, value: bool) -> bool:
        self.fields[name] = value
        return value

    def date(self, name: str, value: dt.date) -> str:
        self.fields[name] = value.isoformat()
        return self.day(value)

    def day(self, value: dt.date) -> str:
        """A date that is drawn and is no field."""
        if self.dates == 1:
            return long_date(value)
        return f"{value:%d.%m.%Y}" if self.dates == 2 else f"{value:%d/%m/%Y}"

    def hours(self, name: str, value: Minutes, unit: bool = True) -> str:
        self.fields[name] = hours_text(value)
        return self.duration(value, unit)

    def duration(self, value: Minutes, unit: bool = True) -> str:
        whole, rest = divmod(value, 60)
        decimal = hours_text(value).replace(".", ",")
        if not unit:
            return decimal.removesuffix(",00") if self.durations != 4 else decimal
        match self.durations:
            case 1:
                return f"{whole} h {rest:02d}" if rest else f"{whole} h"
            case 2:
                return f"{whole}h{rest:02d}"
            case 3:
                return f"{whole} heures {rest:02d}" if rest else f"{whole} heures"
            case 4:
                return f"{decimal} heures"
            case _:
                short = decimal.removesuffix(",00").removesuffix("0" if "," in decimal else "")
                return f"{short if rest else whole} heures"

    def money(self, name: str, value: Decimal) -> str:
        self.fields[name] = amount_text(value)
        return self.euros(value)

    def euros(self, value: Decimal) -> str:
        """An amount as printed; never a field by itself."""
        whole = f"{abs(value):,.2f}"
        sign = "- " if value < 0 else ""
        match self.amounts:
            case 1:
                return f"{sign}{whole.replace(',', ' ').replace('.', ',')} EUR"
            case 2:
                return f"{sign}{whole.replace(',', '').replace('.', ',')} €"
            case _:
                return f"{sign}{whole.replace(',', ' ').replace('.', ',')} €"

    def person(self, who: Person, first: bool = False, order: int = 0) -> str:
        """The trainee's name in one of the usual orders; ``first``: the first name is a field too."""
        if who.married:
            shown = f"{who.last} épouse {who.married}"
            names = (shown, who.last, who.married, f"{who.married} {who.last}", f"{who.last} {who.married}")
            self.one_of("trainee_last_name", names, shown)
        else:
            shown = self.text("trainee_last_name", who.last)
        if first:
            self.fields["trainee_first_name"] = who.first
        return f"{who.first} {shown}" if order == 1 else f"{shown} {who.first}"

    def session(self, who: Person, slot: Slot, signed: bool, trainer_signed: bool) -> None:
        self.sessions.append(
            {
                "trainee": who.last_first,
                "date": slot.date.isoformat(),
                "half_day": slot.half.value,
                "hours": hours_text(slot.minutes),
                "trainee_signed": signed,
                "trainer_signed": trainer_signed,
            }
        )
