"""Structured invoices: UBL 2.1, UN/CEFACT CII, and the CII inside a Factur-X PDF.

The XML is data from a stranger: no DTD, no entity, no network, and a size beyond which it is refused.
"""

from __future__ import annotations

import datetime as dt
import io
import logging
import re
from collections.abc import Callable, Iterator
from decimal import Decimal

import pypdfium2 as pdfium
from lxml import etree

from dossier.quantities import ZERO, Minutes, NotANumber, amount_text, decimal_of, hours_text, minutes_of
from dossier.reading import WHOLE_PAGE, Disagreement, Field, ReadBy, Refusal, Value
from extractors.candidate import Reading
from extractors.einvoice_trees import Bill, BilledLine, cii, ubl
from extractors.french.dates import dates_in, periods_in
from extractors.french.hours import hours_in
from extractors.french.identifiers import iban_valid, ndas_in, siret_valid
from extractors.french.letters import fold, tight
from extractors.kinds.invoice_lines import bills_no_training
from extractors.kinds.invoice_title import SERIAL
from extractors.kinds.invoice_training import trainee_in
from extractors.opening import Refused

SURE = 0.99
"""Confidence of a value that a program wrote for programs."""

OFF_SCHEMA = 0.9
"""The same where the XML breaks the schema that it names."""

MOST_BYTES = 5_000_000

_CREDIT = frozenset({"381", "261", "262", "296", "308", "396", "420", "458", "532", "83"})
_NATURES = {"325": "pro_forma", "310": "quote", "220": "order", "231": "order"}
"""UNTDID 1001: what a document is that is neither an invoice nor a credit note."""


def read_xml(data: bytes) -> Reading:
    """The invoice that an XML file is.

    Raises `Refused`: HOSTILE (a DTD), TOO_LARGE, BROKEN (not well formed), NOT_A_DOCUMENT (no invoice).
    """
    root = _parsed(data)
    name = etree.QName(root).localname
    if name in ("Invoice", "CreditNote"):
        bill = ubl(root)
    elif name == "CrossIndustryInvoice":
        bill = cii(root)
    else:
        raise Refused(Refusal.NOT_A_DOCUMENT, "XML that is no invoice")
    if not bill.number and not bill.gross:
        raise Refused(Refusal.NOT_A_DOCUMENT, "an invoice without number and total")
    return _reading(bill, _follows_schema(root))


def _parsed(data: bytes) -> etree._Element:
    if len(data) > MOST_BYTES:
        raise Refused(Refusal.TOO_LARGE, f"{len(data)} bytes of XML, {MOST_BYTES} allowed")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except etree.XMLSyntaxError as error:
        raise Refused(Refusal.BROKEN, "XML that is not well formed") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refused(Refusal.HOSTILE, "XML with a document type of its own")
    return root


def _follows_schema(root: etree._Element) -> bool:
    """Whether the XML keeps to the schema that it says it follows (those that factur-x ships)."""
    from facturx import xml_check_xsd  # 134 ms to import: only where there is an XML

    logging.getLogger("factur-x").setLevel(logging.CRITICAL)  # it would log the invoice's content
    try:
        return bool(xml_check_xsd(root))
    except Exception:  # its own exception types are not public: any of them says that the check failed
        return False


def embedded(data: bytes) -> bytes | None:
    """The invoice's XML in a Factur-X PDF, None where the PDF carries none."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        return None
    try:
        if document.count_attachments() == 0:  # spares an ordinary PDF the second parser
            return None
    finally:
        document.close()
    from facturx import get_xml_from_pdf

    logging.getLogger("factur-x").setLevel(logging.CRITICAL)
    try:
        _, xml = get_xml_from_pdf(io.BytesIO(data), check_xsd=False)
    except Exception:  # whatever pypdf stumbles on in a strange PDF: it carries no invoice we can read
        return None
    return xml if isinstance(xml, bytes) and xml.strip() else None


# ---------------------------------------------------------------- tree to fields


def _reading(bill: Bill, on_schema: bool) -> Reading:
    sure = SURE if on_schema else OFF_SCHEMA
    note = "" if on_schema else "the XML breaks its schema"
    fields: dict[str, Field] = {}

    def keep(name: str, value: Value | None, raw: str, below: float = 1.0, why: str = "") -> None:
        if value is not None and value != "":
            said = "; ".join(part for part in (why, note) if part)
            fields[name] = Field(value, raw.strip()[:120], 1, WHOLE_PAGE, ReadBy.XML, min(sure, below), said)

    keep("number", bill.number, bill.number)
    for name, day in (("issue_date", bill.issued), ("start_date", bill.start), ("end_date", bill.end)):
        keep(name, _day(day), day)
    keep("supplier_name", bill.supplier, bill.supplier)
    keep("customer_name", bill.customer, bill.customer)
    keep("currency", bill.currency, bill.currency)
    siret = next((i for i in bill.supplier_ids if siret_valid(i)), None)
    wrong = next((i for i in bill.supplier_ids if re.fullmatch(r"\d{14}", i)), None)
    keep(
        "supplier_siret",
        siret or wrong,
        siret or wrong or "",
        1.0 if siret else 0.85,
        "" if siret else "SIRET key is wrong",
    )
    nda = _nda(bill)
    keep("supplier_nda", nda, nda or "")
    iban = re.sub(r"\s", "", bill.iban).upper()
    keep(
        "iban",
        iban,
        bill.iban,
        1.0 if iban_valid(iban) else 0.85,
        "" if iban_valid(iban) else "IBAN key is wrong",
    )
    reference = _request_ref(bill)
    keep("request_ref", reference, reference)
    for name, raw in (("net_amount", bill.net), ("vat_amount", bill.vat), ("total_amount", bill.gross)):
        keep(name, _number(raw), raw)
    _keep_lines(bill, keep)
    credit = bill.code in _CREDIT or bill.credit_note
    keep("credit_note", credit, bill.code)
    keep("nature", _NATURES.get(bill.code, "invoice"), bill.code)
    if bill.categories:
        keep("vat_exempt", not bill.categories & {"S", "AA", "H"}, " ".join(sorted(bill.categories)))
    _keep_spoken_period(bill, keep, fields)
    person = next((p for text in bill.texts if (p := trainee_in(text)) is not None), None)
    if person is not None:
        keep("trainee_last_name", person.last, person.whole, 1.0 if person.sure else 0.8)
        keep("trainee_first_name", person.first, person.whole, 1.0 if person.sure else 0.8)
    return Reading(fields, (person.whole,) if person is not None else ())


_Keep = Callable[..., None]


def _keep_lines(bill: Bill, keep: _Keep) -> None:
    amounts = [(line, value) for line in bill.lines if (value := _number(line.amount)) is not None]
    if amounts:
        raw = " + ".join(line.amount for line, _ in amounts)
        keep("lines_amount", sum((value for _, value in amounts), ZERO), raw)
    apart = [(line, value) for line, value in amounts if bills_no_training(line.said)]
    if apart:
        keep(
            "not_training_amount",
            sum((value for _, value in apart), ZERO),
            " + ".join(line.said for line, _ in apart),
        )
    hourly = [
        (line, m)
        for line in bill.lines
        if (m := _minutes(line)) is not None and not bills_no_training(line.said)
    ]
    if hourly:
        minutes = Minutes(sum(m for _, m in hourly))
        keep("hours", minutes, " + ".join(f"{line.quantity} {line.unit}" for line, _ in hourly))
        prices = {price for line, _ in hourly if (price := _number(line.price)) is not None}
        several = len(prices) > 1
        if prices:
            keep(
                "unit_price",
                _number(hourly[0][0].price),
                hourly[0][0].price,
                0.7 if several else 1.0,
                "several prices" if several else "",
            )
        return
    said = {found.minutes for text in bill.texts for found in hours_in(text)}
    if len(said) == 1:
        keep("hours", said.pop(), "", 0.8, "said in words")
    priced = [price for line in bill.lines if (price := _number(line.price)) is not None]
    if len(priced) == 1:
        keep("unit_price", priced[0], str(priced[0]), 0.9, "not a price of an hour")


def _keep_spoken_period(bill: Bill, keep: _Keep, fields: dict[str, Field]) -> None:
    """The period of the lines' wording, where no element gives one."""
    if "start_date" in fields and "end_date" in fields:
        return
    periods = {(p.first.date, p.last.date) for text in bill.texts for p in periods_in(text)}
    if len(periods) == 1:
        first, last = periods.pop()
        for name, day in (("start_date", first), ("end_date", last)):
            if day is not None:
                keep(name, day, day.isoformat(), 0.95, "said in words")


def _minutes(line: BilledLine) -> Minutes | None:
    """Hours of a line whose unit is the hour (HUR) or the minute (MIN)."""
    quantity = _number(line.quantity)
    if quantity is None or line.unit not in ("HUR", "MIN"):
        return None
    return minutes_of(quantity) if line.unit == "HUR" else Minutes(int(quantity))


def _number(text: str) -> Decimal | None:
    try:
        return decimal_of(text) if text.strip() else None
    except NotANumber:
        return None


def _day(text: str) -> dt.date | None:
    """ISO 8601 (UBL) or format 102 (CII)."""
    text = text.strip()
    packed = re.match(r"(\d{4})(\d{2})(\d{2})", text)
    try:
        return dt.date.fromisoformat("-".join(packed.groups()) if packed else text[:10])
    except ValueError:
        found = dates_in(text)
        return found[0].date if found else None


def _nda(bill: Bill) -> str | None:
    for text in bill.texts:
        for found in ndas_in(text):
            if re.search(r"activite|\bnda\b|existence|agrement|declaration", fold(text[: found.start])):
                return found.value
    alone = [found.value for text in bill.supplier_ids for found in ndas_in(text) if found.valid]
    return alone[0] if alone else None


def _request_ref(bill: Bill) -> str:
    """The funder's number: a serial number of the references, of the wording, else the first reference."""
    for text in (*bill.references, *bill.texts):
        match = SERIAL.search(fold(text))
        if match is not None and tight(match["ref"]) != tight(bill.number):
            return text[match.start("ref") : match.end("ref")]
    return next((text for text in bill.references if any(c.isdigit() for c in text)), "")


# ---------------------------------------------------------------- page against XML

_COMPARED = (
    "number", "issue_date", "supplier_siret", "iban",
    "hours", "unit_price", "net_amount", "vat_amount", "total_amount",
)  # fmt: skip
_TOLERANCE = Decimal("0.02")


def compared(page: Reading, xml: Reading) -> tuple[Disagreement, ...]:
    """What the visible page and its embedded XML say differently, of the fields that decide money."""
    return tuple(_differences(page, xml))


def _differences(page: Reading, xml: Reading) -> Iterator[Disagreement]:
    for name in _COMPARED:
        shown, hidden = page.fields.get(name), xml.fields.get(name)
        if shown is None or hidden is None or shown.value is None or hidden.value is None:
            continue
        if not _same(shown.value, hidden.value):
            yield Disagreement(name, _text(name, shown.value), _text(name, hidden.value))


def _same(shown: Value, hidden: Value) -> bool:
    if isinstance(shown, Decimal) and isinstance(hidden, Decimal):
        return abs(abs(shown) - abs(hidden)) <= _TOLERANCE  # a credit note's sign is a matter of custom
    if isinstance(shown, str) and isinstance(hidden, str):
        return tight(shown) == tight(hidden)
    return shown == hidden


def _text(name: str, value: Value) -> str:
    if isinstance(value, Decimal):
        return amount_text(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return hours_text(Minutes(value)) if name == "hours" and isinstance(value, int) else str(value)
