"""Contrats de professionnalisation: what happens to pieces, invoices, tutoring and certification."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from dossier.kinds import Kind
from dossier.quantities import Minutes
from dossier.reading import Mark
from dossier.requests import ClaimLine, LineKind, PayeeKind, TraineeStatus
from samples import identifiers
from samples.dossiers import Dossier
from samples.maker import Maker
from samples.scenarios import scenario
from samples.scenarios_temporary import minutes_of


def claiming(dossier: Dossier, line: ClaimLine) -> Dossier:
    """The same claim with one more line."""
    dossier.claim = replace(dossier.claim, lines=(*dossier.claim.lines, line))
    return dossier


@scenario
def provider_paid(make: Maker, name: str) -> Dossier:
    dossier = make.professional(name)
    return dossier.pays(minutes_of(dossier))


@scenario
def employer_paid_back(make: Maker, name: str) -> Dossier:
    dossier = make.professional(name, payee=PayeeKind.EMPLOYER)
    return dossier.pays(minutes_of(dossier))


@scenario
def permanent_contract(make: Maker, name: str) -> Dossier:
    dossier = make.professional(name, kind="cdi")
    return dossier.pays(minutes_of(dossier))


@scenario
def at_a_distance(make: Maker, name: str) -> Dossier:
    dossier = make.professional(name, distance=True)
    return dossier.pays(minutes_of(dossier))


@scenario
def jobseeker_proven(make: Maker, name: str) -> Dossier:
    dossier = make.professional(name, status=TraineeStatus.JOBSEEKER)
    return dossier.pays(minutes_of(dossier))


@scenario
def jobseeker_not_proven(make: Maker, name: str) -> Dossier:
    dossier = make.professional(name, status=TraineeStatus.JOBSEEKER)
    return dossier.drop(Kind.SITUATION_PROOF).incomplete(["pieces.situation_proof"])


@scenario
def certificate_is_not_enough(make: Maker, name: str) -> Dossier:
    """A certificate stands where the sheets should."""
    dossier = make.professional(name).drop(Kind.ATTENDANCE_SHEET)
    dossier.add(Kind.CERTIFICATE, dossier.facts)
    return dossier.incomplete(["pieces.attendance_proof"])


@scenario
def no_contract_form(make: Maker, name: str) -> Dossier:
    return make.professional(name).drop(Kind.CERFA).incomplete(["pieces.cerfa"])


@scenario
def no_calendar(make: Maker, name: str) -> Dossier:
    return make.professional(name).drop(Kind.CALENDAR).incomplete(["pieces.calendar"])


@scenario
def no_invoice(make: Maker, name: str) -> Dossier:
    return make.professional(name).drop(Kind.INVOICE).incomplete(["pieces.invoice"])


@scenario
def invoice_not_marked_paid(make: Maker, name: str) -> Dossier:
    dossier = make.professional(name, payee=PayeeKind.EMPLOYER)
    invoice = dossier.piece(Kind.INVOICE)
    assert invoice.facts.billing is not None  # noqa: S101
    invoice.facts = replace(invoice.facts, billing=replace(invoice.facts.billing, paid_on=None))
    return dossier.incomplete(["invoice.paid_mention"])


@scenario
def sheets_with_absences(make: Maker, name: str) -> Dossier:
    dossier = make.professional(name)
    signed = dossier.marked(Mark.BLANK, 2, 5)
    return dossier.pays(signed, rules=[["hours.sheet_unsigned"]])


@scenario
def account_was_changed(make: Maker, name: str) -> Dossier:
    dossier = make.professional(name)
    invoice = dossier.piece(Kind.INVOICE)
    assert invoice.facts.billing is not None  # noqa: S101
    other = identifiers.iban(dossier.rng)
    invoice.facts = replace(invoice.facts, billing=replace(invoice.facts.billing, iban=other))
    dossier.drop(Kind.BANK_DETAILS) if any(p.kind is Kind.BANK_DETAILS for p in dossier.pieces) else None
    return dossier.review(["invoice.iban"])


@scenario
def form_says_other_hours(make: Maker, name: str) -> Dossier:
    dossier = make.professional(name)
    dossier.change(Kind.CERFA, planned=Minutes(dossier.facts.planned + 60 * 60))
    return dossier.review(["contract.cerfa_agrees"])


@scenario
def certification_paid_once(make: Maker, name: str) -> Dossier:
    dossier = claiming(make.professional(name), ClaimLine(LineKind.CERTIFICATION, count=1))
    dossier.add(Kind.CERTIFICATION_RECORD, dossier.facts)
    return dossier.pays(minutes_of(dossier), Decimal("500.00"))


@scenario
def certification_not_recorded(make: Maker, name: str) -> Dossier:
    dossier = claiming(make.professional(name), ClaimLine(LineKind.CERTIFICATION, count=1))
    return dossier.incomplete(["pieces.certification_record"])


def tutored(dossier: Dossier, months: int, trained_on: dt.date | None = None) -> Dossier:
    """A claim for the tutor's months, with the proof of the tutor's training."""
    contract, work = dossier.request.contract, dossier.facts.work
    assert contract is not None and contract.tutor is not None and work is not None  # noqa: S101
    day = trained_on or contract.tutor.trained_on
    assert day is not None  # noqa: S101
    tutor = replace(contract.tutor, trained_on=day)
    dossier.request = replace(dossier.request, contract=replace(contract, tutor=tutor))
    claiming(dossier, ClaimLine(LineKind.TUTORING, months=months))
    return dossier.add(
        Kind.TUTOR_CERTIFICATE, replace(dossier.facts, happened_on=day, minutes=Minutes(14 * 60))
    )


@scenario
def tutor_paid(make: Maker, name: str) -> Dossier:
    dossier = tutored(make.professional(name), 3)
    return dossier.pays(minutes_of(dossier), Decimal("600.00"))


@scenario
def tutor_beyond_six_months(make: Maker, name: str) -> Dossier:
    dossier = tutored(make.professional(name), 8)
    return dossier.pays(minutes_of(dossier), Decimal("1200.00"), rules=[["tutoring.cap"]])


@scenario
def tutor_trained_long_ago(make: Maker, name: str) -> Dossier:
    dossier = make.professional(name)
    contract = dossier.request.contract
    assert contract is not None  # noqa: S101
    tutored(dossier, 2, contract.signed_on - dt.timedelta(days=5 * 365))
    return dossier.pays(minutes_of(dossier), rules=[["tutoring.trained"]])


@scenario
def contract_broken_off(make: Maker, name: str) -> Dossier:
    dossier = make.professional(name)
    dossier.add(
        Kind.TERMINATION, replace(dossier.facts, happened_on=dossier.facts.end + dt.timedelta(days=3))
    )
    return dossier.pays(minutes_of(dossier))


@scenario
def too_much_training(make: Maker, name: str) -> Dossier:
    """A young employee's diploma with training beyond a quarter of the contract, in no listed case."""
    dossier = make.professional(
        name, training=560, qualification="BTS Conception des processus", qualification_kind="diploma"
    )
    return dossier.review(["contract.training_share"], ["rate.pathway", "contract.training_share"])
