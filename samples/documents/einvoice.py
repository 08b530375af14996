"""Structured invoices: UBL 2.1, UN/CEFACT CII (EN 16931), and Factur-X, which is a page and a CII in one file."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

from facturx import generate_from_binary

from dossier.quantities import amount_text, hours_text
from samples.documents.invoice import customer, figures
from samples.facts import Billing, Facts
from samples.telling import Telling

UBL_NS = (
    'xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" '
    'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" '
    'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"'
)
CII_NS = (
    'xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" '
    'xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" '
    'xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"'
)
EXEMPT = "Exonération de TVA – art. 261-4-4° a du CGI"


def told(facts: Facts, rng: random.Random) -> dict[str, Any]:
    """The truth of a structured invoice: all of its values stand in it."""
    billing, tell = _billing(facts), Telling(rng)
    _, net, vat, total = figures(facts)
    assert facts.minutes is not None  # noqa: S101
    tell.text("number", billing.number)
    tell.date("issue_date", facts.issued_on)
    tell.text("supplier_name", facts.provider.name)
    tell.text("supplier_siret", facts.provider.siret)
    tell.text("supplier_nda", facts.provider.nda)
    tell.text("customer_name", customer(facts).name)
    tell.text("request_ref", facts.ref)
    tell.person(facts.trainee)
    tell.hours("hours", facts.minutes)
    for name, value in (("unit_price", billing.unit_price), ("net_amount", net), ("total_amount", total)):
        tell.money(name, value)
    if billing.vat:
        tell.money("vat_amount", vat)
    tell.text("currency", "EUR")
    tell.text("iban", billing.iban or facts.provider.iban)
    tell.flag("credit_note", False)
    return tell.fields


def _billing(facts: Facts) -> Billing:
    assert facts.billing is not None  # noqa: S101
    return facts.billing


def _note(facts: Facts) -> str:
    return escape(
        f"Stagiaire : {facts.trainee.last_first}. Déclaration d'activité n° {facts.provider.nda}. Formation du {facts.start:%d/%m/%Y} au {facts.end:%d/%m/%Y}."
    )


def _number(value: Decimal) -> str:
    return amount_text(value)


def ubl(facts: Facts) -> bytes:
    """UBL 2.1. One line, in hours (HUR)."""
    billing = _billing(facts)
    training, net, vat, total = figures(facts)
    assert facts.minutes is not None  # noqa: S101
    kind = "S" if billing.vat else "E"
    reason = (
        ""
        if billing.vat
        else f"<cbc:TaxExemptionReasonCode>VATEX-FR-CGI261-4</cbc:TaxExemptionReasonCode><cbc:TaxExemptionReason>{EXEMPT}</cbc:TaxExemptionReason>"
    )

    def party(tag: str, name: str, siret: str, street: str, town: str, postcode: str) -> str:
        return (
            f"<cac:{tag}><cac:Party><cac:PartyName><cbc:Name>{escape(name)}</cbc:Name></cac:PartyName><cac:PostalAddress><cbc:StreetName>{escape(street)}"
            f"</cbc:StreetName><cbc:CityName>{escape(town)}</cbc:CityName><cbc:PostalZone>{postcode}</cbc:PostalZone><cac:Country><cbc:IdentificationCode>FR"
            f"</cbc:IdentificationCode></cac:Country></cac:PostalAddress><cac:PartyLegalEntity><cbc:RegistrationName>{escape(name)}</cbc:RegistrationName>"
            f'<cbc:CompanyID schemeID="0009">{siret}</cbc:CompanyID></cac:PartyLegalEntity></cac:Party></cac:{tag}>'
        )

    seller, buyer = facts.provider, customer(facts)
    euro = 'currencyID="EUR"'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Invoice {UBL_NS}><cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>'
        f"<cbc:ID>{escape(billing.number)}</cbc:ID><cbc:IssueDate>{facts.issued_on.isoformat()}</cbc:IssueDate><cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>"
        f"<cbc:Note>{_note(facts)}</cbc:Note><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode><cbc:BuyerReference>{facts.ref}</cbc:BuyerReference>"
        f"<cac:InvoicePeriod><cbc:StartDate>{facts.start.isoformat()}</cbc:StartDate><cbc:EndDate>{facts.end.isoformat()}</cbc:EndDate></cac:InvoicePeriod>"
        f"{party('AccountingSupplierParty', seller.name, seller.siret, seller.street, seller.town, seller.postcode)}"
        f"{party('AccountingCustomerParty', buyer.name, buyer.siret, buyer.street, buyer.town, buyer.postcode)}"
        f"<cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode><cac:PayeeFinancialAccount><cbc:ID>{billing.iban or seller.iban}</cbc:ID>"
        f"</cac:PayeeFinancialAccount></cac:PaymentMeans><cac:TaxTotal><cbc:TaxAmount {euro}>{_number(vat)}</cbc:TaxAmount><cac:TaxSubtotal>"
        f"<cbc:TaxableAmount {euro}>{_number(net)}</cbc:TaxableAmount><cbc:TaxAmount {euro}>{_number(vat)}</cbc:TaxAmount><cac:TaxCategory><cbc:ID>{kind}</cbc:ID>"
        f"<cbc:Percent>{billing.vat}</cbc:Percent>{reason}<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>"
        f"<cac:LegalMonetaryTotal><cbc:LineExtensionAmount {euro}>{_number(net)}</cbc:LineExtensionAmount><cbc:TaxExclusiveAmount {euro}>{_number(net)}"
        f"</cbc:TaxExclusiveAmount><cbc:TaxInclusiveAmount {euro}>{_number(total)}</cbc:TaxInclusiveAmount><cbc:PayableAmount {euro}>{_number(total)}"
        f"</cbc:PayableAmount></cac:LegalMonetaryTotal><cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:InvoicedQuantity unitCode=\"HUR\">{hours_text(facts.minutes)}"
        f"</cbc:InvoicedQuantity><cbc:LineExtensionAmount {euro}>{_number(training)}</cbc:LineExtensionAmount><cac:Item><cbc:Description>{_note(facts)}"
        f"</cbc:Description><cbc:Name>{escape(facts.title)}</cbc:Name><cac:ClassifiedTaxCategory><cbc:ID>{kind}</cbc:ID><cbc:Percent>{billing.vat}</cbc:Percent>"
        f"<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:ClassifiedTaxCategory></cac:Item><cac:Price><cbc:PriceAmount {euro}>"
        f"{_number(billing.unit_price)}</cbc:PriceAmount></cac:Price></cac:InvoiceLine></Invoice>"
    ).encode()  # fmt: skip


def cii(facts: Facts) -> bytes:
    """UN/CEFACT CII, profile EN 16931."""
    billing = _billing(facts)
    training, net, vat, total = figures(facts)
    assert facts.minutes is not None  # noqa: S101
    kind = "S" if billing.vat else "E"
    reason = "" if billing.vat else f"<ram:ExemptionReason>{EXEMPT}</ram:ExemptionReason>"
    code = "" if billing.vat else "<ram:ExemptionReasonCode>VATEX-FR-CGI261-4</ram:ExemptionReasonCode>"

    def party(tag: str, name: str, siret: str, street: str, town: str, postcode: str) -> str:
        return (
            f'<ram:{tag}><ram:Name>{escape(name)}</ram:Name><ram:SpecifiedLegalOrganization><ram:ID schemeID="0009">{siret}</ram:ID>'
            f"</ram:SpecifiedLegalOrganization><ram:PostalTradeAddress><ram:PostcodeCode>{postcode}</ram:PostcodeCode><ram:LineOne>{escape(street)}</ram:LineOne>"
            f"<ram:CityName>{escape(town)}</ram:CityName><ram:CountryID>FR</ram:CountryID></ram:PostalTradeAddress></ram:{tag}>"
        )

    def day(value: Any) -> str:
        return f'<udt:DateTimeString format="102">{value:%Y%m%d}</udt:DateTimeString>'

    seller, buyer = facts.provider, customer(facts)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rsm:CrossIndustryInvoice {CII_NS}><rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter>'
        f"<ram:ID>urn:cen.eu:en16931:2017</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext><rsm:ExchangedDocument>"
        f"<ram:ID>{escape(billing.number)}</ram:ID><ram:TypeCode>380</ram:TypeCode><ram:IssueDateTime>{day(facts.issued_on)}</ram:IssueDateTime>"
        f"<ram:IncludedNote><ram:Content>{_note(facts)}</ram:Content></ram:IncludedNote></rsm:ExchangedDocument><rsm:SupplyChainTradeTransaction>"
        f"<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>1</ram:LineID></ram:AssociatedDocumentLineDocument>"
        f"<ram:SpecifiedTradeProduct><ram:Name>{escape(facts.title)}</ram:Name><ram:Description>{_note(facts)}</ram:Description></ram:SpecifiedTradeProduct>"
        f"<ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>{_number(billing.unit_price)}</ram:ChargeAmount>"
        f"</ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement><ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode=\"HUR\">"
        f"{hours_text(facts.minutes)}</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery><ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax>"
        f"<ram:TypeCode>VAT</ram:TypeCode><ram:CategoryCode>{kind}</ram:CategoryCode><ram:RateApplicablePercent>{billing.vat}</ram:RateApplicablePercent>"
        f"</ram:ApplicableTradeTax><ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>{_number(training)}</ram:LineTotalAmount>"
        f"</ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement></ram:IncludedSupplyChainTradeLineItem>"
        f"<ram:ApplicableHeaderTradeAgreement><ram:BuyerReference>{facts.ref}</ram:BuyerReference>"
        f"{party('SellerTradeParty', seller.name, seller.siret, seller.street, seller.town, seller.postcode)}"
        f"{party('BuyerTradeParty', buyer.name, buyer.siret, buyer.street, buyer.town, buyer.postcode)}</ram:ApplicableHeaderTradeAgreement>"
        f"<ram:ApplicableHeaderTradeDelivery><ram:ActualDeliverySupplyChainEvent><ram:OccurrenceDateTime>{day(facts.end)}</ram:OccurrenceDateTime>"
        f"</ram:ActualDeliverySupplyChainEvent></ram:ApplicableHeaderTradeDelivery><ram:ApplicableHeaderTradeSettlement>"
        f"<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode><ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>30</ram:TypeCode>"
        f"<ram:PayeePartyCreditorFinancialAccount><ram:IBANID>{billing.iban or seller.iban}</ram:IBANID></ram:PayeePartyCreditorFinancialAccount>"
        f"</ram:SpecifiedTradeSettlementPaymentMeans><ram:ApplicableTradeTax><ram:CalculatedAmount>{_number(vat)}</ram:CalculatedAmount><ram:TypeCode>VAT"
        f"</ram:TypeCode>{reason}<ram:BasisAmount>{_number(net)}</ram:BasisAmount><ram:CategoryCode>{kind}</ram:CategoryCode>{code}<ram:RateApplicablePercent>"
        f"{billing.vat}</ram:RateApplicablePercent></ram:ApplicableTradeTax><ram:BillingSpecifiedPeriod><ram:StartDateTime>{day(facts.start)}</ram:StartDateTime>"
        f"<ram:EndDateTime>{day(facts.end)}</ram:EndDateTime></ram:BillingSpecifiedPeriod><ram:SpecifiedTradePaymentTerms><ram:Description>30 jours"
        f"</ram:Description></ram:SpecifiedTradePaymentTerms><ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:LineTotalAmount>{_number(net)}"
        f"</ram:LineTotalAmount><ram:TaxBasisTotalAmount>{_number(net)}</ram:TaxBasisTotalAmount><ram:TaxTotalAmount currencyID=\"EUR\">{_number(vat)}"
        f"</ram:TaxTotalAmount><ram:GrandTotalAmount>{_number(total)}</ram:GrandTotalAmount><ram:DuePayableAmount>{_number(total)}</ram:DuePayableAmount>"
        f"</ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>"
    ).encode()  # fmt: skip


def facturx(page: bytes, facts: Facts) -> bytes:
    """``page`` with the CII of ``facts`` embedded (profile EN 16931)."""
    made: bytes = generate_from_binary(
        page, cii(facts), flavor="factur-x", level="en16931", check_xsd=True, check_schematron=False
    )
    return made
