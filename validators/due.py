"""What is due, line by line, in euros: hours at the granted rate, overrun, flat amounts, ceilings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from dossier.decision import DecidedLine
from dossier.kinds import Kind
from dossier.quantities import ZERO, Minutes, cents, price_of
from dossier.requests import LineKind
from validators.facts import Facts
from validators.facts_pieces import Read, date, hours
from validators.months import months_later, years_earlier
from validators.parameters import NoValueError


@dataclass(frozen=True, slots=True)
class Overrun:
    """The cost above the base. ``evidenced`` is None where the invoice does not tell it.

    ``left`` is what earlier payments leave of the agreed ceiling, None where none was agreed.
    """

    declared: Decimal
    evidenced: Decimal | None
    share: Decimal
    left: Decimal | None

    @property
    def counted(self) -> Decimal:
        return min(self.declared, self.evidenced) if self.evidenced is not None else ZERO

    @property
    def before_ceiling(self) -> Decimal:
        return cents(self.counted * self.share)

    @property
    def due(self) -> Decimal:
        return self.before_ceiling if self.left is None else min(self.before_ceiling, self.left)


def overrun_of(facts: Facts) -> Overrun | None:
    """None where the claim asks for none or none was agreed."""
    line, granted = facts.line(LineKind.OVERRUN), facts.request.granted
    if line is None or line.amount is None or granted.overrun_share is None:
        return None
    left = None
    if granted.overrun_ceiling is not None:
        left = max(ZERO, granted.overrun_ceiling - cents(facts.paid_beside_hours))
    return Overrun(line.amount, evidenced_overrun(facts), granted.overrun_share, left)


def evidenced_overrun(facts: Facts) -> Decimal | None:
    """The invoices' net cost of training for the hours paid, less those hours at the granted rate.

    Where more hours are billed than are paid the cost is taken in proportion.
    """
    cost, billed, paid = facts.invoices.training_cost, facts.invoices.billed, facts.payable_hours
    if cost is None:
        return None
    if billed is not None and billed > paid:
        cost = cost * paid / billed
    elif billed is None and paid < facts.declared:
        return None  # the invoice may bill hours that were not followed
    return max(ZERO, cents(cost) - price_of(paid, facts.request.granted.hourly_rate))


@dataclass(frozen=True, slots=True)
class Past:
    """What earlier payments above their hours may have been for."""

    certifications: int
    months: int
    tutor_minutes: Minutes


def pasts_of(facts: Facts) -> tuple[Past, ...]:
    """All ways to make up the euros paid beside hours from flat amounts; empty where there is none."""
    beside = cents(facts.paid_beside_hours)
    if beside == 0:
        return (Past(0, 0, Minutes(0)),)
    flat, month = facts.value("certification.flat_amount").decimal, month_amount(facts)
    hourly, most = (
        facts.value("tutor_training.hourly").decimal,
        facts.value("tutor_training.hours_max").whole * 60,
    )
    found = []
    for certifications in (0, 1):
        for months in range(facts.value("tutoring.months_max").whole + 1):
            rest = beside - certifications * flat - months * month
            minutes = rest * 60 / hourly
            if rest >= 0 and minutes == int(minutes) and minutes <= most:
                found.append(Past(certifications, months, Minutes(int(minutes))))
    return tuple(found)


def certification_due(facts: Facts, past: Past) -> Decimal:
    """Once, for a qualification that opens it."""
    line, contract = facts.line(LineKind.CERTIFICATION), facts.request.contract
    if line is None or not line.count or contract is None or past.certifications:
        return ZERO
    opens = contract.qualification_kind in facts.value("certification.qualifications").texts
    return facts.value("certification.flat_amount").decimal if opens else ZERO


def month_amount(facts: Facts) -> Decimal:
    """What a month of tutoring is funded at: more in an employers' group."""
    contract = facts.request.contract
    group = contract is not None and contract.employers_group
    return facts.value("tutoring.group_month_amount" if group else "tutoring.month_amount").decimal


def small_enough(facts: Facts) -> bool:
    """The employer's headcount opens tutoring, or it is an employers' group."""
    contract = facts.request.contract
    group = contract is not None and contract.employers_group
    return group or facts.request.employer.headcount < facts.value("tutoring.headcount_below").whole


def trained_dates(facts: Facts) -> list[Read[dt.date]]:
    """The days on which the tutor was trained, as the certificates say."""
    reads = [date(piece, "trained_on") for piece in facts.pieces.of(Kind.TUTOR_CERTIFICATE)]
    return [read for read in reads if read is not None and read.value is not None]


def trained_window(facts: Facts) -> tuple[dt.date, dt.date] | None:
    """The days between which the tutor's training opens the aid."""
    contract = facts.request.contract
    if contract is None:
        return None
    return (
        years_earlier(contract.signed_on, facts.value("tutoring.trained_years_before").whole),
        months_later(contract.signed_on, facts.value("tutoring.trained_months_after").whole),
    )


def trained_in_time(facts: Facts) -> bool:
    """Some certificate shows a training in the window; with none that tells, nothing is taken away here."""
    window, dates = trained_window(facts), trained_dates(facts)
    if window is None or not dates:
        return True
    return any(read.value is not None and window[0] <= read.value <= window[1] for read in dates)


def functions_allowed(facts: Facts) -> int | None:
    """Tutor functions funded at most in an employers' group, None outside of one or where it isn't known."""
    contract = facts.request.contract
    if contract is None or not contract.employers_group or contract.group is None:
        return None
    return contract.group.contracts // facts.value("tutoring.contracts_per_function").whole


def ratio_kept(facts: Facts, past: Past) -> bool:
    """One more function, or the one funded before for this contract, stays within the group's ratio."""
    allowed, contract = functions_allowed(facts), facts.request.contract
    if allowed is None or contract is None or contract.group is None:
        return True
    return contract.group.tutor_functions_funded + (0 if past.months else 1) <= allowed


def months_due(facts: Facts, past: Past) -> int:
    line = facts.line(LineKind.TUTORING)
    if line is None or line.months is None:
        return 0
    return min(line.months, max(0, facts.value("tutoring.months_max").whole - past.months))


def tutoring_due(facts: Facts, past: Past) -> Decimal:
    opens = small_enough(facts) and trained_in_time(facts) and ratio_kept(facts, past)
    return months_due(facts, past) * month_amount(facts) if opens else ZERO


def tutor_hours(facts: Facts) -> Read[Minutes] | None:
    """The hours of the tutor's training that a certificate shows; of several the longest."""
    reads = [hours(piece, "hours") for piece in facts.pieces.of(Kind.TUTOR_CERTIFICATE)]
    told = [read for read in reads if read is not None and read.value is not None]
    return max(told, key=lambda read: (read.value or 0, read.confidence), default=None)


def tutor_minutes_due(facts: Facts, past: Past) -> Minutes:
    line = facts.line(LineKind.TUTOR_TRAINING)
    if line is None or line.hours is None:
        return Minutes(0)
    left = facts.value("tutor_training.hours_max").whole * 60 - past.tutor_minutes
    shown = tutor_hours(facts)
    attended = line.hours if shown is None or shown.value is None else shown.value
    return Minutes(max(0, min(line.hours, attended, left)))


def tutor_training_due(facts: Facts, past: Past) -> Decimal:
    return price_of(tutor_minutes_due(facts, past), facts.value("tutor_training.hourly").decimal)


FLAT = {
    LineKind.CERTIFICATION: certification_due,
    LineKind.TUTORING: tutoring_due,
    LineKind.TUTOR_TRAINING: tutor_training_due,
}


def flat_due(facts: Facts, kind: LineKind) -> tuple[Decimal, bool]:
    """The flat amount due: the lowest that the past allows, and whether it allows no other."""
    found = {FLAT[kind](facts, past) for past in pasts_of(facts)}
    return (min(found), len(found) == 1) if found else (ZERO, False)


def flat_declared(facts: Facts, kind: LineKind) -> Decimal:
    line = facts.line(kind)
    if line is None:
        return ZERO
    if kind is LineKind.CERTIFICATION:
        return (line.count or 0) * facts.value("certification.flat_amount").decimal
    if kind is LineKind.TUTORING:
        return (line.months or 0) * month_amount(facts)
    return price_of(line.hours or Minutes(0), facts.value("tutor_training.hourly").decimal)


def one_line(facts: Facts, kind: LineKind) -> DecidedLine:
    """A line before the request's ceiling."""
    rate = facts.request.granted.hourly_rate
    if kind is LineKind.TRAINING_HOURS:
        return DecidedLine(kind, price_of(facts.declared, rate), price_of(facts.payable_hours, rate))
    if kind is LineKind.OVERRUN:
        overrun, line = overrun_of(facts), facts.line(kind)
        share = overrun.share if overrun else Decimal(1)
        declared = cents((line.amount if line and line.amount else ZERO) * share)
        return DecidedLine(kind, declared, overrun.due if overrun else ZERO)
    try:
        return DecidedLine(kind, cents(flat_declared(facts, kind)), cents(flat_due(facts, kind)[0]))
    except NoValueError:
        return DecidedLine(kind, ZERO, ZERO)


def lines_before_ceiling(facts: Facts) -> tuple[DecidedLine, ...]:
    return tuple(one_line(facts, line.kind) for line in facts.claim.lines)


def ceiling_left(facts: Facts) -> Decimal:
    """What earlier payments leave of the request's ceiling."""
    paid = sum((past.amount for past in facts.request.paid if past.claim != facts.claim.id), ZERO)
    return max(ZERO, facts.request.granted.total_ceiling - paid)


def total(lines: Iterable[DecidedLine]) -> Decimal:
    return sum((line.payable for line in lines), ZERO)


def lines_due(facts: Facts) -> tuple[DecidedLine, ...]:
    """The claim's lines. What goes beyond the request's ceiling is taken off the last ones."""
    lines = list(lines_before_ceiling(facts))
    over = total(lines) - ceiling_left(facts)
    for index in reversed(range(len(lines))):
        if over <= 0:
            break
        off = min(over, lines[index].payable)
        lines[index] = replace(lines[index], payable=lines[index].payable - off)
        over -= off
    return tuple(lines)
