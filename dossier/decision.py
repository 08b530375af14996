"""Findings and decisions."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from dossier.quantities import Minutes
from dossier.reading import Box
from dossier.requests import LineKind, PayeeKind


class Effect(StrEnum):
    """What a broken rule does; in the order in which the verdict looks at them."""

    REJECT = "reject"
    REVIEW = "review"
    MISSING = "missing"
    REDUCE = "reduce"
    INFORM = "inform"


class Verdict(StrEnum):
    PAY = "pay"
    REJECT = "reject"
    REVIEW = "review"
    INCOMPLETE = "incomplete"


class Outcome(StrEnum):
    """What a rule says of the facts. Three values, never two."""

    HOLDS = "holds"
    BROKEN = "broken"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a finding was read: file, page (from 1), box, the text there. ``confidence`` of that reading."""

    file: str
    page: int
    box: Box
    text: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that is broken, or that could not be told, and why. ``message`` is French, for its receiver."""

    rule: str
    effect: Effect
    message: str
    source: str
    expected: str = ""
    found: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One rule looked at for one claim: what `explain` shows for rules that hold too.

    ``parameter`` names the dated parameter in force ("certification.flat_amount since 2017-01-01"), if any.
    """

    rule: str
    outcome: Outcome
    source: str
    effect: Effect
    expected: str = ""
    found: str = ""
    evidence: tuple[Evidence, ...] = ()
    parameter: str = ""


@dataclass(frozen=True, slots=True)
class HoursTable:
    granted: Minutes
    already_paid: Minutes
    declared: Minutes
    evidenced: Minutes
    payable: Minutes


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """Euros declared and payable; for an overrun the declared amount is after the share."""

    kind: LineKind
    declared: Decimal
    payable: Decimal


@dataclass(frozen=True, slots=True)
class Payee:
    kind: PayeeKind
    name: str
    siret: str
    iban: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided of one claim. ``amount`` is what is released (pay) or proposed (review), else zero."""

    request: str
    claim: str
    verdict: Verdict
    hours: HoursTable
    lines: tuple[DecidedLine, ...]
    amount: Decimal
    payee: Payee
    findings: tuple[Finding, ...]
    checks: tuple[Check, ...] = ()
