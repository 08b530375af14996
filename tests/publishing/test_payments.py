"""The payment file: valid, exact to the cent, the same twice, and nothing that may not be paid."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from sepaxml.validation import try_valid_xml

from dossier.decision import Decision, Verdict
from publishing.payments import SCHEMA, Debtor, OtherBatch, Unpayable, unpayable, write_payments
from publishing.sepa_text import sepa_text
from publishing.target import target_day
from tests.publishing.made_dossiers import a_night, an_iban

DAY = dt.date(2026, 5, 4)
DEBTOR = Debtor("Opco d'exemple", an_iban(random.Random(1)), "")
NIGHT = a_night(40)
TO_PAY = [decision for decision in NIGHT.decisions if decision.verdict is Verdict.PAY and decision.amount]
NS = {"p": f"urn:iso:std:iso:20022:tech:xsd:{SCHEMA}"}


def transfers(path: Path) -> dict[str, tuple[str, Decimal]]:
    """Account and amount by end-to-end id."""
    document = etree.parse(path)
    return {
        one.findtext("p:PmtId/p:EndToEndId", "", NS): (
            one.findtext("p:CdtrAcct/p:Id/p:IBAN", "", NS),
            Decimal(one.findtext("p:Amt/p:InstdAmt", "0", NS)),
        )
        for one in document.iterfind(".//p:CdtTrfTxInf", NS)
    }


def test_pays_each_paid_decision_once_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "payments.xml"
    write_payments(path, "SF-20260504-1", DAY, NIGHT.decisions, DEBTOR)
    try_valid_xml(path.read_bytes(), SCHEMA)
    assert transfers(path) == {d.claim: (d.payee.iban, d.amount) for d in TO_PAY}
    document = etree.parse(path)
    header = document.find(".//p:GrpHdr", NS)
    assert header is not None
    assert header.findtext("p:NbOfTxs", "", NS) == str(len(TO_PAY))
    assert Decimal(header.findtext("p:CtrlSum", "", NS)) == sum(d.amount for d in TO_PAY)


def test_the_same_batch_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "one.xml", tmp_path / "two.xml"
    write_payments(one, "SF-1", DAY, NIGHT.decisions, DEBTOR)
    write_payments(two, "SF-1", DAY, tuple(reversed(NIGHT.decisions)), DEBTOR)
    assert one.read_bytes() == two.read_bytes()


def test_a_batch_id_never_stands_for_other_transfers(tmp_path: Path) -> None:
    path = tmp_path / "payments.xml"
    write_payments(path, "SF-1", DAY, TO_PAY, DEBTOR)
    with pytest.raises(OtherBatch):
        write_payments(path, "SF-1", DAY, TO_PAY[:1], DEBTOR)
    assert len(transfers(path)) == len(TO_PAY)


def test_an_earlier_batch_is_kept_beside_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "payments.xml"
    write_payments(path, "SF-1", DAY, TO_PAY[:2], DEBTOR)
    write_payments(path, "SF-2", DAY, TO_PAY[2:4], DEBTOR)
    assert set(transfers(tmp_path / "payments-SF-1.xml")) == {d.claim for d in TO_PAY[:2]}
    assert set(transfers(path)) == {d.claim for d in TO_PAY[2:4]}


def test_nothing_to_pay_makes_no_file(tmp_path: Path) -> None:
    refused = [d for d in NIGHT.decisions if d.verdict is not Verdict.PAY]
    write_payments(tmp_path / "payments.xml", "SF-1", DAY, refused, DEBTOR)
    assert not list(tmp_path.iterdir())


def spoilt(decision: Decision, iban: str) -> Decision:
    return dataclasses.replace(decision, payee=dataclasses.replace(decision.payee, iban=iban))


@pytest.mark.parametrize("iban", ["FR7630006000011234567890188", "", "US64SVBKUS6S3300958879"])
def test_no_transfer_to_an_account_that_is_none(tmp_path: Path, iban: str) -> None:
    wrong = spoilt(TO_PAY[0], iban)
    assert unpayable(wrong) is not None
    with pytest.raises(Unpayable) as said:
        write_payments(tmp_path / "payments.xml", "SF-1", DAY, [wrong, TO_PAY[1]], DEBTOR)
    assert wrong.claim in str(said.value)
    assert not iban or iban not in str(said.value)
    assert not list(tmp_path.iterdir())


def test_a_claim_named_twice_is_paid_in_no_batch(tmp_path: Path) -> None:
    with pytest.raises(Unpayable):
        write_payments(tmp_path / "payments.xml", "SF-1", DAY, [TO_PAY[0], TO_PAY[0]], DEBTOR)


def test_executes_on_a_day_on_which_banks_settle() -> None:
    assert target_day(dt.date(2026, 5, 1)) == dt.date(2026, 5, 4)  # the first of May, then a week-end
    assert target_day(dt.date(2026, 7, 14)) == dt.date(2026, 7, 14)  # a French holiday, no TARGET one
    assert target_day(dt.date(2026, 12, 25)) == dt.date(2026, 12, 28)


@given(st.text(max_size=200), st.integers(1, 140))
def test_sepa_text_keeps_to_the_character_set(text: str, longest: int) -> None:
    said = sepa_text(text, longest)
    allowed = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-?:().,'+ ")
    assert set(said) <= allowed
    assert len(said) <= longest
    assert "//" not in said
    assert said.strip("/ ") == said


def test_sepa_text_converts_rather_than_drops() -> None:
    assert sepa_text("Œuvre Łódź & Cie", 70) == "OEuvre Lodz + Cie"
