"""What a rule says of the facts: it holds, it is broken, or it can't be told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from dossier.decision import Effect, Evidence, Outcome
from dossier.quantities import Minutes, amount_text


@dataclass(frozen=True, slots=True)
class Answer:
    """``message`` is French, for its receiver: what was expected, what was found, what to do.

    ``effect`` replaces the rule's own. ``decides`` is set where the rule can't be told and the payment rests
    on it, so that a person must look. ``doubtful`` are readings the finding rests on and that were read too
    unsurely.
    """

    outcome: Outcome
    message: str = ""
    expected: str = ""
    found: str = ""
    evidence: tuple[Evidence, ...] = ()
    effect: Effect | None = None
    decides: bool = False
    doubtful: tuple[Evidence, ...] = ()
    parameter: str = ""


def holds(
    expected: str = "", found: str = "", evidence: Iterable[Evidence] = (), parameter: object = ""
) -> Answer:
    return Answer(Outcome.HOLDS, "", expected, found, tuple(evidence), parameter=str(parameter))


def broken(
    message: str,
    expected: str = "",
    found: str = "",
    evidence: Iterable[Evidence] = (),
    *,
    effect: Effect | None = None,
    doubtful: Iterable[Evidence] = (),
    parameter: object = "",
) -> Answer:
    return Answer(
        Outcome.BROKEN,
        message,
        expected,
        found,
        tuple(evidence),
        effect,
        doubtful=tuple(doubtful),
        parameter=str(parameter),
    )


def cannot_tell(
    message: str,
    evidence: Iterable[Evidence] = (),
    *,
    decides: bool = False,
    expected: str = "",
    found: str = "",
    parameter: object = "",
) -> Answer:
    return Answer(
        Outcome.CANNOT_TELL,
        message,
        expected,
        found,
        tuple(evidence),
        decides=decides,
        parameter=str(parameter),
    )


def day(date: dt.date) -> str:
    """A date as French people write it: 04/05/2026."""
    return date.strftime("%d/%m/%Y")


def span(start: dt.date, end: dt.date) -> str:
    return f"du {day(start)} au {day(end)}"


def duration(minutes: int) -> str:
    """Minutes as French people write hours: ``70 h``, ``3 h 30``."""
    whole, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else ""
    return f"{sign}{whole} h" + (f" {rest:02d}" if rest else "")


def euros(amount: Decimal) -> str:
    return f"{amount_text(amount).replace('.', ',')} €"


def listed(items: Iterable[str], limit: int = 6) -> str:
    """Items in one sentence; beyond ``limit`` the number of the others."""
    all_items = list(dict.fromkeys(items))
    shown = ", ".join(all_items[:limit])
    more = len(all_items) - limit
    return shown + (f" et {more} autre{'s' if more > 1 else ''}" if more > 0 else "")


ZERO_MINUTES = Minutes(0)
