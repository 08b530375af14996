"""What UBL and CII trees hold of a bill, in one form. Texts stay as written; nothing is judged here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

_UBL = {
    "c": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "b": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
_CII = {
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
}


@dataclass(frozen=True, slots=True)
class BilledLine:
    """One line. ``unit`` is a UN/ECE Recommendation 20 code: HUR hours, MIN minutes, DAY days."""

    said: str
    quantity: str
    unit: str
    price: str
    amount: str


@dataclass(frozen=True, slots=True)
class Bill:
    """``supplier_ids``: every identifier given for the seller. ``references``: the buyer's and the order's.

    ``texts``: notes and wording of lines. ``categories``: VAT category codes (E exempt, S standard …).
    """

    number: str
    code: str
    credit_note: bool
    issued: str
    start: str
    end: str
    supplier: str
    supplier_ids: tuple[str, ...]
    customer: str
    references: tuple[str, ...]
    currency: str
    iban: str
    net: str
    vat: str
    gross: str
    categories: frozenset[str]
    lines: tuple[BilledLine, ...]
    texts: tuple[str, ...]


class _At:
    """A node asked by path, in one set of namespaces; what is not there is empty."""

    def __init__(self, node: etree._Element, names: dict[str, str]) -> None:
        self.node, self.names = node, names

    def all(self, path: str) -> Iterator[_At]:
        for found in self.node.iterfind(path, self.names):
            yield _At(found, self.names)

    def texts(self, *paths: str) -> tuple[str, ...]:
        found = ((node.node.text or "").strip() for path in paths for node in self.all(path))
        return tuple(text for text in found if text)

    def text(self, *paths: str) -> str:
        return next(iter(self.texts(*paths)), "")


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


# ---------------------------------------------------------------- UBL 2.1


def ubl(root: etree._Element) -> Bill:
    at = _At(root, _UBL)
    seller, buyer = "c:AccountingSupplierParty/c:Party/", "c:AccountingCustomerParty/c:Party/"
    credit = etree.QName(root).localname == "CreditNote"
    lines = tuple(_ubl_line(line) for path in ("c:InvoiceLine", "c:CreditNoteLine") for line in at.all(path))
    ids = at.texts(
        f"{seller}c:PartyIdentification/b:ID",
        f"{seller}c:PartyLegalEntity/b:CompanyID",
        f"{seller}c:PartyTaxScheme/b:CompanyID",
        f"{seller}b:EndpointID",
    )
    currency = at.text("b:DocumentCurrencyCode")
    return Bill(
        number=at.text("b:ID"),
        code=at.text("b:InvoiceTypeCode", "b:CreditNoteTypeCode"),
        credit_note=credit,
        issued=at.text("b:IssueDate"),
        start=at.text("c:InvoicePeriod/b:StartDate", "c:InvoiceLine/c:InvoicePeriod/b:StartDate"),
        end=at.text("c:InvoicePeriod/b:EndDate", "c:InvoiceLine/c:InvoicePeriod/b:EndDate"),
        supplier=at.text(f"{seller}c:PartyName/b:Name", f"{seller}c:PartyLegalEntity/b:RegistrationName"),
        supplier_ids=_once(_solid(text) for text in ids),
        customer=at.text(f"{buyer}c:PartyName/b:Name", f"{buyer}c:PartyLegalEntity/b:RegistrationName"),
        references=_once(
            at.texts(
                "b:BuyerReference",
                "c:OrderReference/b:ID",
                "c:ContractDocumentReference/b:ID",
                "c:ProjectReference/b:ID",
            )
        ),
        currency=currency,
        iban=at.text("c:PaymentMeans/c:PayeeFinancialAccount/b:ID"),
        net=at.text("c:LegalMonetaryTotal/b:TaxExclusiveAmount"),
        vat=_in_currency(at, "c:TaxTotal/b:TaxAmount", currency),
        gross=at.text("c:LegalMonetaryTotal/b:TaxInclusiveAmount"),
        categories=frozenset(at.texts("c:TaxTotal/c:TaxSubtotal/c:TaxCategory/b:ID")),
        lines=lines,
        texts=_once(
            (
                *at.texts("b:Note"),
                *(line.said for line in lines),
                *at.texts("c:PaymentTerms/b:Note", f"{seller}c:PartyLegalEntity/b:CompanyLegalForm"),
            )
        ),
    )


def _ubl_line(at: _At) -> BilledLine:
    quantity = next((q for path in ("b:InvoicedQuantity", "b:CreditedQuantity") for q in at.all(path)), None)
    return BilledLine(
        said=" ".join(at.texts("c:Item/b:Name", "c:Item/b:Description", "b:Note")),
        quantity="" if quantity is None else (quantity.node.text or "").strip(),
        unit="" if quantity is None else str(quantity.node.get("unitCode", "")),
        price=at.text("c:Price/b:PriceAmount"),
        amount=at.text("b:LineExtensionAmount"),
    )


# ---------------------------------------------------------------- UN/CEFACT CII


def cii(root: etree._Element) -> Bill:
    at = _At(root, _CII)
    deal = "rsm:SupplyChainTradeTransaction/"
    agreed, settled = (
        f"{deal}ram:ApplicableHeaderTradeAgreement/",
        f"{deal}ram:ApplicableHeaderTradeSettlement/",
    )
    seller, buyer = f"{agreed}ram:SellerTradeParty/", f"{agreed}ram:BuyerTradeParty/"
    sums = f"{settled}ram:SpecifiedTradeSettlementHeaderMonetarySummation/"
    period = f"{settled}ram:BillingSpecifiedPeriod/"
    lines = tuple(_cii_line(line) for line in at.all(f"{deal}ram:IncludedSupplyChainTradeLineItem"))
    ids = at.texts(
        f"{seller}ram:GlobalID",
        f"{seller}ram:SpecifiedLegalOrganization/ram:ID",
        f"{seller}ram:ID",
        f"{seller}ram:SpecifiedTaxRegistration/ram:ID",
        f"{seller}ram:URIUniversalCommunication/ram:URIID",
    )
    currency = at.text(f"{settled}ram:InvoiceCurrencyCode")
    return Bill(
        number=at.text("rsm:ExchangedDocument/ram:ID"),
        code=at.text("rsm:ExchangedDocument/ram:TypeCode"),
        credit_note=False,
        issued=at.text("rsm:ExchangedDocument/ram:IssueDateTime/udt:DateTimeString"),
        start=at.text(f"{period}ram:StartDateTime/udt:DateTimeString"),
        end=at.text(f"{period}ram:EndDateTime/udt:DateTimeString"),
        supplier=at.text(
            f"{seller}ram:Name", f"{seller}ram:SpecifiedLegalOrganization/ram:TradingBusinessName"
        ),
        supplier_ids=_once(_solid(text) for text in ids),
        customer=at.text(f"{buyer}ram:Name"),
        references=_once(
            at.texts(
                f"{agreed}ram:BuyerReference",
                f"{agreed}ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID",
                f"{agreed}ram:ContractReferencedDocument/ram:IssuerAssignedID",
                f"{agreed}ram:SpecifiedProcuringProject/ram:ID",
            )
        ),
        currency=currency,
        iban=at.text(
            f"{settled}ram:SpecifiedTradeSettlementPaymentMeans/ram:PayeePartyCreditorFinancialAccount/ram:IBANID"
        ),
        net=at.text(f"{sums}ram:TaxBasisTotalAmount"),
        vat=_in_currency(at, f"{sums}ram:TaxTotalAmount", currency),
        gross=at.text(f"{sums}ram:GrandTotalAmount"),
        categories=frozenset(at.texts(f"{settled}ram:ApplicableTradeTax/ram:CategoryCode")),
        lines=lines,
        texts=_once(
            (
                *at.texts("rsm:ExchangedDocument/ram:IncludedNote/ram:Content"),
                *(line.said for line in lines),
                *at.texts(
                    f"{seller}ram:Description", f"{settled}ram:SpecifiedTradePaymentTerms/ram:Description"
                ),
            )
        ),
    )


def _cii_line(at: _At) -> BilledLine:
    quantity = next(at.all("ram:SpecifiedLineTradeDelivery/ram:BilledQuantity"), None)
    return BilledLine(
        said=" ".join(
            at.texts(
                "ram:SpecifiedTradeProduct/ram:Name",
                "ram:SpecifiedTradeProduct/ram:Description",
                "ram:AssociatedDocumentLineDocument/ram:IncludedNote/ram:Content",
            )
        ),
        quantity="" if quantity is None else (quantity.node.text or "").strip(),
        unit="" if quantity is None else str(quantity.node.get("unitCode", "")),
        price=at.text("ram:SpecifiedLineTradeAgreement/ram:NetPriceProductTradePrice/ram:ChargeAmount"),
        amount=at.text(
            "ram:SpecifiedLineTradeSettlement/ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount"
        ),
    )


def _in_currency(at: _At, path: str, currency: str) -> str:
    """The VAT in the invoice's currency: it may stand in a second one too."""
    found = list(at.all(path))
    own = [node for node in found if node.node.get("currencyID", currency) == currency] or found
    return (own[0].node.text or "").strip() if own else ""


def _solid(text: str) -> str:
    return text.replace(" ", "").replace(".", "")
