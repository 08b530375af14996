"""Invoices drawn for the purpose, each with what makes real ones hard; sample layouts with their truth."""

from __future__ import annotations

import datetime as dt
import io
import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from dossier.json_form import value_json
from dossier.kinds import FIELDS, Kind
from dossier.reading import Value
from extractors.candidate import Reading
from extractors.kinds.invoice import read
from extractors.leaf import Leaf
from extractors.pages import pages_of
from samples.documents.invoice import LAYOUTS
from samples.drawn import draw
from samples.facts import Billing, Extra
from samples.maker import Maker
from samples.style import style

Placed = tuple[float, float, str]
"""x from the left and y from the top in points, text."""

SUPPLIER, CUSTOMER = "73282932000074", "55210055400013"
IBAN, OTHER_IBAN = "FR7630006000011234567890189", "FR1420041010050500013M02606"

HEAD: tuple[Placed, ...] = (
    (50, 60, "Les Ateliers Brévin"), (50, 74, "12 rue des Carmes"), (50, 88, "35000 Rennes"),
    (50, 102, "SIRET 732 829 320 00074"), (50, 116, "Déclaration d'activité n° 53 35 08308 35"),
    (330, 60, "FACTURE N° BR-2026-118"), (330, 74, "Date : 27/04/2026"),
    (330, 110, "Client :"), (330, 124, "Hélios Intérim"), (330, 138, "4 place du Marché"),
    (330, 152, "29200 Brest"),
    (330, 166, "SIRET 552 100 554 00013"),
    (50, 210, "N° de dossier : CIPI-2026-004512"), (50, 226, "Stagiaire : DIALLO Aminata"),
)  # fmt: skip
COLUMNS: tuple[Placed, ...] = (
    (50, 270, "Désignation"),
    (310, 270, "Heures"),
    (390, 270, "Prix horaire"),
    (490, 270, "Montant HT"),
)
LINE: tuple[Placed, ...] = (
    (50, 290, "Formation soudage du 16/03/2026 au 24/04/2026"), (310, 290, "140,00"),
    (390, 290, "30,00 €"), (490, 290, "4 200,00 €"),
)  # fmt: skip
TOTALS: tuple[Placed, ...] = (
    (390, 330, "Total HT"), (490, 330, "4 200,00 €"), (390, 346, "TVA"), (490, 346, "0,00 €"),
    (390, 362, "Total TTC"), (490, 362, "4 200,00 €"),
    (50, 400, "Exonération de TVA, article 261-4-4° a du CGI"),
)  # fmt: skip
BANK: tuple[Placed, ...] = ((50, 430, "IBAN : FR76 3000 6000 0112 3456 7890 189"),)
PLAIN = (*HEAD, *COLUMNS, *LINE, *TOTALS, *BANK)


def drawn(*sheets: tuple[Placed, ...], pen: bool = False) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for sheet in sheets:
        canvas.setFont("Helvetica", 10)
        for x, y, text in sheet:
            canvas.drawString(x, 842 - y, text)
        if pen:
            canvas.setLineWidth(1.2)
            canvas.bezier(90, 260, 120, 320, 130, 220, 160, 300)
            canvas.bezier(160, 300, 150, 230, 200, 250, 215, 285)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def reading(*sheets: tuple[Placed, ...], pen: bool = False) -> Reading:
    return read([Leaf(page) for _, page in pages_of(drawn(*sheets, pen=pen)) if page is not None])


def value(made: Reading, name: str) -> Value | None:
    return made.fields[name].value if name in made.fields else None


def sure(made: Reading, name: str) -> float:
    return made.fields[name].confidence


def swapped(old: str, new: str, sheet: tuple[Placed, ...] = PLAIN) -> tuple[Placed, ...]:
    assert any(old in text for _, _, text in sheet)
    return tuple((x, y, text.replace(old, new)) for x, y, text in sheet)


def test_a_plain_invoice_gives_all_its_fields_surely() -> None:
    made = reading(PLAIN)
    assert {name: field.value for name, field in made.fields.items()} == {
        "number": "BR-2026-118",
        "issue_date": dt.date(2026, 4, 27),
        "supplier_name": "Les Ateliers Brévin",
        "supplier_siret": SUPPLIER,
        "supplier_nda": "53350830835",
        "customer_name": "Hélios Intérim",
        "request_ref": "CIPI-2026-004512",
        "trainee_last_name": "DIALLO",
        "trainee_first_name": "Aminata",
        "hours": 140 * 60,
        "unit_price": Decimal("30.00"),
        "net_amount": Decimal("4200.00"),
        "vat_amount": Decimal("0.00"),
        "total_amount": Decimal("4200.00"),
        "lines_amount": Decimal("4200.00"),
        "vat_exempt": True,
        "currency": "EUR",
        "iban": IBAN,
        "credit_note": False,
        "nature": "invoice",
        "start_date": dt.date(2026, 3, 16),
        "end_date": dt.date(2026, 4, 24),
    }
    assert min(field.confidence for field in made.fields.values()) >= 0.9


@pytest.mark.parametrize(
    ("title", "nature", "credit"),
    [
        ("AVOIR", "invoice", True), ("FACTURE D'AVOIR", "invoice", True), ("DEVIS", "quote", False),
        ("FACTURE PRO FORMA", "pro_forma", False),
        ("PROFORMA", "pro_forma", False), ("BON DE COMMANDE", "order", False),
        ("NOTE D'HONORAIRES", "invoice", False), ("FACTURE D'ACOMPTE", "invoice", False),
    ],
)  # fmt: skip
def test_the_title_tells_what_it_is(title: str, nature: str, credit: bool) -> None:
    made = reading(swapped("FACTURE N°", f"{title} N°"))
    assert (value(made, "nature"), value(made, "credit_note")) == (nature, credit)
    assert value(made, "number") == "BR-2026-118"


def test_a_credit_note_is_not_numbered_as_the_invoice_it_corrects() -> None:
    sheet = (
        *swapped("FACTURE N° BR-2026-118", "AVOIR N° AV-7"),
        (50, 250, "Avoir sur facture n° BR-2026-090"),
    )
    assert value(reading(sheet), "number") == "AV-7"


def test_the_customers_siret_is_not_the_suppliers_though_it_comes_first() -> None:
    sheet = tuple((x, 500 if text.startswith("SIRET 732") else y, text) for x, y, text in PLAIN)
    sheet = swapped(
        "SIRET 732 829 320 00074",
        "Les Ateliers Brévin - SIRET 732 829 320 00074 - déclaration d'activité 53350830835",
        sheet,
    )
    made = reading(sheet)
    assert value(made, "supplier_siret") == SUPPLIER


def test_a_siret_with_a_wrong_key_is_given_as_printed_and_doubted() -> None:
    made = reading(swapped("732 829 320 00074", "732 829 320 00075"))
    assert value(made, "supplier_siret") == "73282932000075"
    assert sure(made, "supplier_siret") < 0.9


def test_a_factors_iban_beside_the_suppliers_makes_it_doubtful() -> None:
    sheet = (
        *PLAIN,
        (50, 520, "Créance cédée à Factor Ouest, règlement au compte"),
        (50, 534, f"IBAN : {OTHER_IBAN}"),
    )
    made = reading(sheet)
    assert value(made, "iban") == IBAN
    assert sure(made, "iban") < 0.9


def test_vat_adds_up() -> None:
    sheet = tuple(p for p in PLAIN if "Exonération" not in p[2])
    sheet = swapped("0,00 €", "840,00 €", tuple((x, y, t) for x, y, t in sheet if y == 346))
    made = reading(
        (
            *(p for p in PLAIN if p[1] not in (346, 362, 400)),
            *swapped("TVA", "TVA 20 %", sheet),
            (390, 362, "Total TTC"),
            (490, 362, "5 040,00 €"),
        )
    )
    assert (value(made, "net_amount"), value(made, "vat_amount"), value(made, "total_amount")) == (
        Decimal("4200.00"),
        Decimal("840.00"),
        Decimal("5040.00"),
    )
    assert value(made, "vat_exempt") is False
    assert sure(made, "total_amount") >= 0.96


def test_amounts_that_do_not_add_up_stay_as_printed_and_lose_confidence() -> None:
    sheet = tuple((x, y, "4 300,00 €") if (x, y) == (490, 362) else (x, y, text) for x, y, text in PLAIN)
    made = reading(sheet)
    assert (value(made, "net_amount"), value(made, "total_amount")) == (
        Decimal("4200.00"),
        Decimal("4300.00"),
    )
    assert max(sure(made, "net_amount"), sure(made, "total_amount")) < 0.9


def test_no_vat_is_printed_where_an_exemption_is() -> None:
    made = reading(tuple(p for p in PLAIN if p[1] != 346))
    assert value(made, "vat_amount") == Decimal("0.00")
    assert value(made, "vat_exempt") is True


def test_lines_that_do_not_sum_to_the_net_are_told() -> None:
    made = reading((*PLAIN, (50, 308, "Support de cours"), (490, 308, "50,00 €")))
    assert value(made, "lines_amount") == Decimal("4250.00")
    assert value(made, "net_amount") == Decimal("4200.00")
    assert sure(made, "lines_amount") < 0.9


@pytest.mark.parametrize(
    "label",
    ["Dédit pour abandon", "Indemnité d'annulation", "Heures d'absence facturées", "Frais d'annulation"],
)
def test_lines_that_bill_no_training_are_summed_apart(label: str) -> None:
    totals = swapped("4 200,00 €", "4 380,00 €", TOTALS)
    made = reading((*HEAD, *COLUMNS, *LINE, (50, 308, label), (490, 308, "180,00 €"), *totals, *BANK))
    assert value(made, "not_training_amount") == Decimal("180.00")
    assert value(made, "lines_amount") == Decimal("4380.00")
    assert value(made, "hours") == 140 * 60


def test_a_late_payment_fee_and_a_title_are_no_such_lines() -> None:
    sheet = swapped("Formation soudage", "Formation « Gérer les absences »")
    made = reading(
        (*sheet, (50, 460, "Retard : indemnité forfaitaire pour frais de recouvrement de 40,00 €"))
    )
    assert "not_training_amount" not in made.fields
    assert value(made, "net_amount") == Decimal("4200.00")


def test_a_deposit_leaves_the_total_as_it_is() -> None:
    rest = (
        (390, 378, "Acompte versé"),
        (490, 378, "-1 000,00 €"),
        (390, 394, "Net à payer"),
        (490, 394, "3 200,00 €"),
    )
    made = reading(
        (
            *(p for p in PLAIN if p[1] != 400),
            (50, 480, "Exonération de TVA, article 261-4-4° a du CGI"),
            *rest,
        )
    )
    assert value(made, "total_amount") == Decimal("4200.00")
    assert value(made, "net_amount") == Decimal("4200.00")


def test_what_a_page_carries_forward_is_counted_once() -> None:
    first = (*HEAD, *COLUMNS, *LINE, (390, 700, "À reporter"), (490, 700, "4 200,00 €"))
    second = (
        *((x, y - 220, text) for x, y, text in COLUMNS), (50, 70, "Report"), (490, 70, "4 200,00 €"),
        (50, 90, "Formation lecture de plans"), (310, 90, "7,00"), (390, 90, "30,00 €"),
        (490, 90, "210,00 €"),
        *((x, y, text.replace("4 200,00", "4 410,00")) for x, y, text in TOTALS), *BANK,
    )  # fmt: skip
    made = reading(first, second)
    assert value(made, "net_amount") == Decimal("4410.00")
    assert value(made, "lines_amount") == Decimal("4410.00")
    assert value(made, "hours") == 147 * 60


def test_doubtful_decimals_are_settled_by_the_printed_product_alone() -> None:
    def billed(product: str) -> Reading:
        line = (
            (50, 290, "Formation soudage"),
            (310, 290, "7,30"),
            (390, 290, "30,00 €"),
            (490, 290, product),
        )
        return reading((*HEAD, *COLUMNS, *line, *swapped("4 200,00 €", product, TOTALS), *BANK))

    assert value(billed("225,00 €"), "hours") == 450  # 7 h 30
    assert value(billed("219,00 €"), "hours") == 438  # 7,30 h
    assert sure(billed("225,00 €"), "hours") >= 0.9
    assert sure(billed("100,00 €"), "hours") < 0.9


@pytest.mark.parametrize(
    "words",
    [
        "Facture acquittée le 04/05/2026",
        "PAYÉE LE 4 mai 2026",
        "Pour acquit, le 04.05.2026",
        "Réglée par virement le 04/05/2026",
    ],
)
def test_the_paid_mention_gives_its_day_and_whether_a_hand_signed(words: str) -> None:
    sheet = (*PLAIN, (60, 520, words))
    unsigned, signed = reading(sheet), reading(sheet, pen=True)
    assert value(unsigned, "paid_on") == value(signed, "paid_on") == dt.date(2026, 5, 4)
    assert (value(unsigned, "signed"), value(signed, "signed")) == (False, True)


@pytest.mark.parametrize(
    "words", ["À régler avant le 04/05/2026", "Payable le 04/05/2026", "Échéance : 04/05/2026"]
)
def test_a_day_to_pay_is_no_day_paid(words: str) -> None:
    made = reading((*PLAIN, (60, 520, words)))
    assert "paid_on" not in made.fields
    assert "signed" not in made.fields
    assert value(made, "issue_date") == dt.date(2026, 4, 27)


def test_a_mention_without_a_day_says_so() -> None:
    made = reading((*PLAIN, (60, 520, "Facture acquittée")))
    assert made.fields["paid_on"].value is None


def test_a_turned_stamp_gives_its_one_date_with_some_doubt() -> None:
    made = reading((*PLAIN, (230, 505, "ACQUITTÉE"), (140, 536, "FACTURE 09.10.2026"), (140, 560, "LE")))
    assert value(made, "paid_on") == dt.date(2026, 10, 9)
    assert sure(made, "paid_on") < 0.9


def stamped(pen: bool) -> Reading:
    """The plain invoice with a turned, doubly framed stamp, and a signature beside it."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for x, y, text in PLAIN:
        canvas.drawString(x, 842 - y, text)
    canvas.saveState()
    canvas.translate(150, 260)
    canvas.rotate(14)
    canvas.rect(0, 0, 140, 40)
    canvas.rect(2, 2, 136, 36)
    canvas.drawString(12, 22, "FACTURE ACQUITTÉE")
    canvas.drawString(12, 8, "LE 09.10.2026")
    canvas.restoreState()
    if pen:
        canvas.setLineWidth(1.2)
        canvas.bezier(190, 190, 220, 250, 230, 150, 260, 230)
        canvas.bezier(260, 230, 250, 160, 300, 180, 315, 215)
    canvas.save()
    return read([Leaf(page) for _, page in pages_of(out.getvalue()) if page is not None])


@pytest.mark.parametrize("pen", [False, True])
def test_a_stamps_turned_frame_is_no_signature(pen: bool) -> None:
    made = stamped(pen)
    assert value(made, "paid_on") == dt.date(2026, 10, 9)
    assert (value(made, "signed"), sure(made, "signed") >= 0.85) == (pen, True)


def test_a_label_in_the_head_of_the_lines_has_its_value_under_it_and_hours_carry_their_own_unit() -> None:
    sheet = (
        *(placed for placed in HEAD if "Stagiaire" not in placed[2]),
        (50, 270, "Stagiaire"), (310, 270, "Heures présence"), (420, 270, "Tarif horaire"),
        (510, 270, "Total"),
        (50, 290, "TRAN Magali"), (310, 290, "98h00"), (420, 290, "31,50 €"), (510, 290, "3 087,00 €"),
        (390, 330, "Net à payer"), (490, 330, "3 087,00 €"),
    )  # fmt: skip
    made = reading(sheet)
    assert (value(made, "trainee_last_name"), value(made, "hours")) == ("TRAN", 98 * 60)
    assert (value(made, "unit_price"), sure(made, "hours") >= 0.95) == (Decimal("31.50"), True)


# ---------------------------------------------------------------- sample layouts


def sample(seed: int) -> Iterator[tuple[str, dict[str, Any], Reading]]:
    facts = Maker(seed).temporary("invoice", overrun=True, price="31.50").facts
    rng = random.Random(seed)
    billing = Billing(
        number=f"FA-{facts.issued_on.year}-{rng.randrange(1000, 9999)}", unit_price=facts.price,
        paid_on=facts.issued_on,
        extras=(Extra("Dédit du stagiaire", Decimal("120.00")),) if seed % 2 else (),
        vat=Decimal(20 if seed % 3 == 0 else 0),
    )  # fmt: skip
    for name in sorted(LAYOUTS):
        made = draw(
            Kind.INVOICE, LAYOUTS, replace(facts, billing=billing), style(random.Random(seed)), rng, name
        )
        leaves = [Leaf(page) for _, page in pages_of(made.pdf) if page is not None]
        yield name, made.fields, read(leaves)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_sample_layouts_are_read_as_they_were_told(seed: int) -> None:
    wrong = []
    for layout, told, made in sample(seed):
        for name, expected in told.items():
            read_value = value_json(value(made, name), FIELDS[Kind.INVOICE][name])
            allowed = expected if isinstance(expected, list) else [expected]
            if read_value not in allowed:
                wrong.append((layout, name, expected, read_value))
    assert wrong == []
