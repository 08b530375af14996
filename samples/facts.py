"""What the papers of one dossier say: one object that is drawn and, by the same gesture, told as the truth."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from dossier.quantities import Minutes
from dossier.reading import HalfDay, Mark
from samples.organisations import Organisation
from samples.people import Person


@dataclass(frozen=True, slots=True)
class Slot:
    """One half-day of the plan, as it is printed for the trainee. ``weekday`` is the one printed (0 Monday)."""

    date: dt.date
    half: HalfDay
    start: dt.time
    end: dt.time
    mark: Mark = Mark.SIGNED
    trainer_mark: Mark = Mark.SIGNED
    weekday: int | None = None

    @property
    def minutes(self) -> Minutes:
        return Minutes((self.end.hour * 60 + self.end.minute) - (self.start.hour * 60 + self.start.minute))

    @property
    def weekday_shown(self) -> int:
        return self.date.weekday() if self.weekday is None else self.weekday


@dataclass(frozen=True, slots=True)
class Extra:
    """A further line of an invoice, in euros without VAT."""

    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Billing:
    """What an invoice says beyond the dossier. ``net_shown`` overrides the total that is printed.

    ``nature``: invoice, quote, pro_forma, credit_note, deposit. ``vat`` is a rate in percent, 0 for exempt.
    ``to``: the funder, when the invoice is addressed to it and not to the employer.
    """

    number: str
    unit_price: Decimal
    vat: Decimal = Decimal(0)
    nature: str = "invoice"
    extras: tuple[Extra, ...] = ()
    net_shown: Decimal | None = None
    paid_on: dt.date | None = None
    paid_signed: bool = True
    iban: str = ""
    siret: str = ""
    to: Organisation | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """A contrat de professionnalisation as its CERFA says it."""

    kind: str
    start: dt.date
    end: dt.date
    signed_on: dt.date
    qualification: str
    general: Minutes
    tutor: Person


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that any paper of one dossier may print. A scenario replaces values for one piece.

    ``minutes``: the hours that this paper states (None: it states none). ``planned``: those foreseen.
    ``issued_on``: its date. ``total``: the total written under a sheet, when not the sum.
    """

    ref: str
    trainee: Person
    employer: Organisation
    provider: Organisation
    client: Organisation
    trainer: Person
    title: str
    start: dt.date
    end: dt.date
    minutes: Minutes | None
    planned: Minutes
    issued_on: dt.date
    slots: tuple[Slot, ...] = ()
    others: tuple[Person, ...] = ()
    signed: bool = True
    stamped: bool = True
    total: Minutes | None = None
    price: Decimal = Decimal(0)
    cdii: bool = False
    distance: bool = False
    billing: Billing | None = None
    work: Work | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    happened_on: dt.date | None = None
    several: bool = False
