"""Temporary work (CIPI, CDPI): what certificates and invoices say of people, hours and money."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from dossier.kinds import Kind
from dossier.quantities import Minutes, cents, price_of
from dossier.requests import PastPayment
from samples import organisations, people
from samples.dossiers import Dossier
from samples.facts import Extra
from samples.maker import Maker
from samples.organisations import organisation
from samples.scenarios import scenario
from samples.scenarios_temporary import minutes_of, overrun_share


@scenario
def certificate_of_another_trainee(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name)
    other = people.person(dossier.rng, but=(dossier.facts.trainee.last,))
    return dossier.change(Kind.CERTIFICATE, trainee=other).review(["identity.trainee"])


@scenario
def name_without_accents(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name)
    who = dossier.facts.trainee
    bare = replace(who, last=people.plain(who.last).upper(), first=people.plain(who.first))
    return dossier.change(Kind.CERTIFICATE, trainee=bare).pays(minutes_of(dossier))


@scenario
def certificate_names_the_client(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name)
    return dossier.change(Kind.CERTIFICATE, employer=dossier.facts.client).review(["identity.employer"])


@scenario
def certificate_of_another_provider(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name)
    names = tuple(n for n in organisations.PROVIDERS if n != dossier.facts.provider.name)
    other = organisation(dossier.rng, names, trains=True)
    return dossier.change(Kind.CERTIFICATE, provider=other).review(["identity.provider"])


@scenario
def certificate_of_another_training(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name)
    return dossier.change(Kind.CERTIFICATE, title="Initiation à la bureautique et à internet").review(
        ["identity.title"]
    )


@scenario
def certificate_not_signed(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name).change(Kind.CERTIFICATE, signed=False, stamped=False)
    return dossier.incomplete(["certificate.signature", "pieces.unsigned"])


@scenario
def certificate_only_stamped(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name).change(Kind.CERTIFICATE, signed=False, stamped=True)
    return dossier.incomplete(["certificate.signature", "pieces.unsigned"])


@scenario
def certificate_without_hours(make: Maker, name: str) -> Dossier:
    return make.temporary(name).change(Kind.CERTIFICATE, minutes=None).incomplete(["certificate.hours"])


@scenario
def certificate_of_two_trainees(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name).change(Kind.CERTIFICATE, several=True)
    return dossier.incomplete(["certificate.individual"])


@scenario
def certificate_written_too_early(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name)
    return dossier.change(Kind.CERTIFICATE, issued_on=dossier.facts.end - dt.timedelta(days=9)).review(
        ["certificate.issued_early"]
    )


@scenario
def same_claim_paid_before(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name)
    done = minutes_of(dossier)
    past = PastPayment(dossier.claim.id, dossier.facts.end + dt.timedelta(days=8), done, dossier.base(done))
    dossier.request = replace(dossier.request, paid=(past,))
    return dossier.reject(["amount.already_paid"])


@scenario
def old_price_without_overrun(make: Maker, name: str) -> Dossier:
    """An overrun is claimed that was never agreed: the hours are paid, the overrun is not."""
    dossier = make.temporary(name, price="30.00", overrun=True)
    granted = replace(dossier.request.granted, overrun_share=None, overrun_ceiling=None)
    dossier.request = replace(dossier.request, granted=granted)
    return dossier.pays(minutes_of(dossier), rules=[["overrun.granted"]])


@scenario
def overrun_above_its_ceiling(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name, price="41.00", overrun=True, ceiling="120.00")
    return dossier.pays(minutes_of(dossier), Decimal("120.00"), rules=[["overrun.ceiling"]])


@scenario
def more_hours_billed_than_proven(make: Maker, name: str) -> Dossier:
    """The invoice bills the planned hours, the certificate proves fewer: the overrun follows the proven ones."""
    dossier = make.temporary(name, price="32.00", overrun=True)
    done = Minutes(minutes_of(dossier) - 7 * 60)
    dossier.change(Kind.CERTIFICATE, minutes=done)
    over = price_of(done, Decimal("32.00")) - price_of(done, Decimal("27.00"))
    share = dossier.request.granted.overrun_share
    assert share is not None  # noqa: S101
    return dossier.pays(done, cents(over * share), rules=[["hours.evidenced"], ["invoice.hours"]])


# ---------------------------------------------------------------------- invoices of an overrun


def billed(make: Maker, name: str, **changes: object) -> Dossier:
    """An overrun whose invoice says otherwise in ``changes`` of its billing."""
    dossier = make.temporary(name, price="34.00", overrun=True)
    invoice = dossier.piece(Kind.INVOICE)
    assert invoice.facts.billing is not None  # noqa: S101
    invoice.facts = replace(invoice.facts, billing=replace(invoice.facts.billing, **changes))  # type: ignore[arg-type]
    return dossier


@scenario
def invoice_is_a_quote(make: Maker, name: str) -> Dossier:
    return billed(make, name, nature="quote").incomplete(["invoice.real", "pieces.overrun_invoice"])


@scenario
def invoice_is_pro_forma(make: Maker, name: str) -> Dossier:
    return billed(make, name, nature="pro_forma").incomplete(["invoice.real", "pieces.overrun_invoice"])


@scenario
def invoice_is_a_credit_note(make: Maker, name: str) -> Dossier:
    return billed(make, name, nature="credit_note").review(["invoice.real"])


@scenario
def invoice_does_not_add_up(make: Maker, name: str) -> Dossier:
    dossier = billed(make, name)
    net = price_of(minutes_of(dossier), Decimal("34.00")) + 150
    invoice = dossier.piece(Kind.INVOICE)
    assert invoice.facts.billing is not None  # noqa: S101
    invoice.facts = replace(invoice.facts, billing=replace(invoice.facts.billing, net_shown=net))
    return dossier.review(["invoice.arithmetic"])


@scenario
def invoice_of_another_supplier(make: Maker, name: str) -> Dossier:
    dossier = billed(make, name)
    return dossier.change(
        Kind.INVOICE, provider=organisation(dossier.rng, organisations.PROVIDERS, trains=True)
    ).review(["invoice.supplier"])


@scenario
def invoice_with_a_wrong_siret(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name, price="34.00", overrun=True)
    siret = dossier.facts.provider.siret
    wrong = siret[:12] + f"{(int(siret[12:]) + 7) % 100:02d}"
    invoice = dossier.piece(Kind.INVOICE)
    assert invoice.facts.billing is not None  # noqa: S101
    invoice.facts = replace(invoice.facts, billing=replace(invoice.facts.billing, siret=wrong))
    return dossier.review(["invoice.identifiers"])


@scenario
def invoice_with_vat(make: Maker, name: str) -> Dossier:
    dossier = billed(make, name, vat=Decimal("20"))
    return dossier.pays(minutes_of(dossier), overrun_share(dossier))


@scenario
def invoice_before_the_end(make: Maker, name: str) -> Dossier:
    dossier = billed(make, name)
    return dossier.change(Kind.INVOICE, issued_on=dossier.facts.start - dt.timedelta(days=3)).review(
        ["invoice.after_training"]
    )


@scenario
def invoice_bills_an_absence(make: Maker, name: str) -> Dossier:
    """An indemnity stands beside the training: it is no training cost, the overrun is counted without it."""
    fee = Extra("Indemnité de dédit (annulation tardive d'une demi-journée)", Decimal("180.00"))
    dossier = billed(make, name, extras=(fee,))
    return dossier.pays(minutes_of(dossier), overrun_share(dossier), rules=[["invoice.not_training"]])


@scenario
def invoice_electronic_and_printed(make: Maker, name: str) -> Dossier:
    """Factur-X: the page and the XML in it say the same."""
    dossier = billed(make, name)
    dossier.piece(Kind.INVOICE).form = "facturx"
    return dossier.pays(minutes_of(dossier), overrun_share(dossier))


@scenario
def invoice_as_ubl(make: Maker, name: str) -> Dossier:
    dossier = billed(make, name)
    dossier.piece(Kind.INVOICE).form = "ubl"
    return dossier.pays(minutes_of(dossier), overrun_share(dossier))


@scenario
def invoice_as_cii(make: Maker, name: str) -> Dossier:
    dossier = billed(make, name)
    dossier.piece(Kind.INVOICE).form = "cii"
    return dossier.pays(minutes_of(dossier), overrun_share(dossier))
