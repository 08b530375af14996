"""Structured invoices: read alike in both syntaxes, compared with their page, refused when hostile."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from decimal import Decimal

import pytest

from dossier.json_form import value_json
from dossier.kinds import FIELDS, Kind
from dossier.quantities import Minutes
from dossier.reading import WHOLE_PAGE, ReadBy, Refusal
from extractors import einvoice
from extractors.kinds.invoice import read
from extractors.leaf import Leaf
from extractors.opening import Refused
from extractors.pages import pages_of
from samples.documents import einvoice as made
from samples.documents.invoice import LAYOUTS
from samples.drawn import draw
from samples.facts import Billing, Extra, Facts
from samples.maker import Maker
from samples.style import style


def facts(seed: int = 5, **changes: object) -> Facts:
    base = Maker(seed).temporary("einvoice", overrun=True, price="31.50").facts
    billing = replace(Billing(number="FA-2026-0412", unit_price=base.price), **changes)  # type: ignore[arg-type] # any field
    return replace(base, billing=billing)


def page_of(of: Facts) -> bytes:
    return draw(Kind.INVOICE, LAYOUTS, of, style(random.Random(1)), random.Random(1), "classic").pdf


@pytest.mark.parametrize("write", [made.ubl, made.cii])
@pytest.mark.parametrize("vat", [0, 20])
def test_both_syntaxes_give_all_that_they_hold(write: object, vat: int) -> None:
    of = facts(vat=Decimal(vat))
    reading = einvoice.read_xml(write(of))  # type: ignore[operator] # one of two functions
    told = made.told(of, random.Random(0))
    found = {name: value_json(reading.fields[name].value, FIELDS[Kind.INVOICE][name]) for name in told}
    assert found == told
    assert reading.fields["start_date"].value == of.start
    assert reading.fields["end_date"].value == of.end
    assert reading.fields["vat_exempt"].value is (vat == 0)
    for field in reading.fields.values():
        assert (field.read_by, field.box, field.page) == (ReadBy.XML, WHOLE_PAGE, 1)
    assert reading.fields["net_amount"].confidence == einvoice.SURE


def test_a_wrong_siret_is_given_and_doubted() -> None:
    of = facts()
    siret = of.provider.siret
    wrong = siret[:-1] + str((int(siret[-1]) + 1) % 10)
    field = einvoice.read_xml(made.cii(of).replace(siret.encode(), wrong.encode())).fields["supplier_siret"]
    assert field.value == wrong
    assert field.confidence < 0.9


@pytest.mark.parametrize(
    ("code", "nature", "credit"),
    [(b"381", "invoice", True), (b"325", "pro_forma", False), (b"386", "invoice", False)],
)
def test_the_type_code_tells_what_it_is(code: bytes, nature: str, credit: bool) -> None:
    xml = made.cii(facts()).replace(b"<ram:TypeCode>380<", b"<ram:TypeCode>" + code + b"<")
    fields = einvoice.read_xml(xml).fields
    assert (fields["nature"].value, fields["credit_note"].value) == (nature, credit)


def test_an_xml_that_breaks_its_schema_is_read_with_less_confidence() -> None:
    xml = made.cii(facts()).replace(b"<ram:DuePayableAmount>", b"<ram:Unknown/><ram:DuePayableAmount>")
    field = einvoice.read_xml(xml).fields["total_amount"]
    assert field.confidence == einvoice.OFF_SCHEMA
    assert "schema" in field.note


def test_lines_of_minutes_and_days() -> None:
    xml = made.ubl(facts())
    minutes = xml.replace(b'unitCode="HUR"', b'unitCode="MIN"')
    days = xml.replace(b'unitCode="HUR"', b'unitCode="DAY"')
    hours = einvoice.read_xml(xml).fields["hours"].value
    assert isinstance(hours, int)
    assert einvoice.read_xml(minutes).fields["hours"].value == Minutes(hours // 60)
    assert "hours" not in einvoice.read_xml(days).fields


def refusal(data: bytes) -> Refusal:
    with pytest.raises(Refused) as caught:
        einvoice.read_xml(data)
    return caught.value.refusal


def test_hostile_and_foreign_xml_is_refused() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    outside = b'<!DOCTYPE Invoice [<!ENTITY f SYSTEM "file:///etc/hostname">]><Invoice>&f;</Invoice>'
    assert refusal(laughs) is Refusal.HOSTILE
    assert refusal(outside) is Refusal.HOSTILE
    assert refusal(b"<Invoice><ID>1</Invoice>") is Refusal.BROKEN
    assert refusal(b"<feed><entry/></feed>") is Refusal.NOT_A_DOCUMENT
    assert (
        refusal(b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>')
        is Refusal.NOT_A_DOCUMENT
    )
    assert refusal(b"<x>" + b" " * einvoice.MOST_BYTES + b"</x>") is Refusal.TOO_LARGE


# ---------------------------------------------------------------- Factur-X


def compared(shown: Facts, hidden: Facts) -> dict[str, tuple[str, str]]:
    pdf = made.facturx(page_of(shown), hidden)
    xml = einvoice.embedded(pdf)
    assert xml is not None
    page = read([Leaf(page) for _, page in pages_of(pdf) if page is not None])
    return {d.name: (d.on_page, d.in_xml) for d in einvoice.compared(page, einvoice.read_xml(xml))}


def test_a_page_that_agrees_with_its_xml_has_no_disagreement() -> None:
    assert compared(facts(), facts()) == {}


def test_amounts_iban_number_date_that_differ_are_told() -> None:
    shown = facts()
    hidden = facts(
        number="FA-2026-0413",
        extras=(Extra("Support", Decimal("50.00")),),
        iban="FR7630006000011234567890189",
    )
    hidden = replace(hidden, issued_on=shown.issued_on + dt.timedelta(days=1))
    told = compared(shown, hidden)
    assert set(told) == {"number", "issue_date", "iban", "net_amount", "total_amount"}
    assert told["number"] == ("FA-2026-0412", "FA-2026-0413")
    assert told["issue_date"][1] == hidden.issued_on.isoformat()
    assert Decimal(told["net_amount"][1]) - Decimal(told["net_amount"][0]) == Decimal("50.00")


def test_a_pdf_without_xml_and_bytes_that_are_no_pdf_hold_none() -> None:
    assert einvoice.embedded(page_of(facts())) is None
    assert einvoice.embedded(b"%PDF-1.7 nothing") is None
