"""Invoices: whose they are, and whether they add up."""

from __future__ import annotations

from decimal import Decimal

from dossier.case import Piece
from dossier.decision import Effect, Evidence
from dossier.quantities import amount_text
from dossier.schemes import Billed
from validators.answers import Answer, cannot_tell, duration, euros, holds
from validators.doubt import Wrong, judged
from validators.facts import Facts
from validators.facts_pieces import Read, amount, evidence_of_piece, flag, hours, text, value
from validators.identifiers import good_iban, good_nda, good_siret, siren_of
from validators.names import same_organisation
from validators.registry import ALL, rule

SECTION = "Facture"
CSF = "Code du travail, art. R6332-26 (contrôle de service fait)"
VAT = "CGI, art. 261-4-4° a (exonération), 278 et 296 (taux)"
JUDGED = "Choix de la maison"


def needed(facts: Facts) -> bool:
    """The claim rests on an invoice: where the scheme pays hours on one, or for an overrun."""
    billed = facts.request.scheme.billed is Billed.HOURS
    return facts.asks_overrun or (billed and facts.asks_hours)


@rule(
    "invoice.supplier",
    Effect.REVIEW,
    title="La facture est de l’organisme du dossier",
    source=CSF,
    family=ALL,
    section=SECTION,
)
def supplier(facts: Facts) -> Answer | None:
    agreed = facts.request.provider
    expected = f"{agreed.name}, SIREN {siren_of(agreed.siret)}"
    wrong: list[Wrong] = []
    unknown: list[Evidence] = []
    right: list[Evidence] = []
    for piece in facts.invoices.serving:
        number, name = text(piece, "supplier_siret"), text(piece, "supplier_name")
        same_name = bool(name and name.value and same_organisation(name.value, agreed.name))
        if number is not None and siren_of(number.value or ""):
            same = siren_of(number.value or "") == siren_of(agreed.siret)
            # a number read badly beside the right name is a misreading, not another supplier
            if same or (same_name and number.confidence < facts.threshold):
                right.append(number.evidence)
            else:
                wrong.append(Wrong(f"SIRET {number.value}", number.evidence))
        elif same_name and name is not None:
            right.append(name.evidence)
        elif name is not None and name.value:
            wrong.append(Wrong(name.value, name.evidence))
        else:
            unknown.append(evidence_of_piece(piece))
    if wrong:
        message = f"La facture est d’un autre fournisseur que {expected} : {{found}}. Vérifier qui a formé."
        return judged(facts, wrong, message, expected)
    if unknown:
        return cannot_tell(
            f"Le fournisseur ne peut pas être lu sur la facture. Vérifier que c’est {expected}.",
            unknown,
            decides=needed(facts),
            expected=expected,
        )
    return holds(expected, evidence=right) if right else None


@rule(
    "invoice.identifiers",
    Effect.REVIEW,
    title="SIRET, NDA et IBAN bien formés",
    source="INSEE, clé du SIRET ; ISO 13616 (IBAN) ; choix de la maison",
    family=ALL,
    section=SECTION,
)
def identifiers(facts: Facts) -> Answer | None:
    checks = (
        ("supplier_siret", "SIRET", good_siret),
        ("supplier_nda", "NDA", good_nda),
        ("iban", "IBAN", good_iban),
    )
    reads = [
        (label, good(read.value), read)
        for piece in facts.invoices.serving
        for name, label, good in checks
        if (read := text(piece, name)) and read.value
    ]
    if not reads:
        return None
    wrong = [Wrong(f"{label} {read.value}", read.evidence) for label, good, read in reads if not good]
    if not wrong:
        return holds("des numéros bien formés", evidence=[read.evidence for _, _, read in reads])
    return judged(
        facts,
        wrong,
        "Un numéro de la facture est mal formé (clé de contrôle) : {found}. Vérifier la facture.",
        "des numéros bien formés",
    )


def sum_wrong(piece: Piece, tolerance: Decimal) -> tuple[str, tuple[Evidence, ...]] | None:
    """The first sum on the invoice that does not come out, with the amounts it is made of."""
    net, vat, gross, lines = (
        amount(piece, name) for name in ("net_amount", "vat_amount", "total_amount", "lines_amount")
    )

    def said(*reads: Read[Decimal] | None) -> tuple[Evidence, ...]:
        return tuple(read.evidence for read in reads if read is not None)

    if net and gross and net.value is not None and gross.value is not None:
        tax = value(vat)
        if vat is None or tax is not None:
            together = net.value + (tax or 0)
            if abs(together - gross.value) > tolerance:
                what = (
                    f"HT {euros(net.value)} et TVA {euros(tax or Decimal(0))} ne font pas TTC "
                    f"{euros(gross.value)}"
                )
                return what, said(net, vat, gross)
    if lines and net and lines.value is not None and net.value is not None:
        # a total of lines with tax is one too
        goal = [net.value, *([gross.value] if gross and gross.value is not None else [])]
        if min(abs(lines.value - one) for one in goal) > tolerance:
            return f"les lignes font {euros(lines.value)} et le total HT est {euros(net.value)}", said(
                lines, net
            )
        return None
    return product_wrong(piece, tolerance)


def product_wrong(piece: Piece, tolerance: Decimal) -> tuple[str, tuple[Evidence, ...]] | None:
    """Hours times price against the net amount, on an invoice whose lines were not read apart."""
    billed, price, net = hours(piece, "hours"), amount(piece, "unit_price"), amount(piece, "net_amount")
    if not (billed and price and net) or billed.value is None or price.value is None or net.value is None:
        return None
    product = Decimal(billed.value) * price.value / 60
    other = value(amount(piece, "not_training_amount")) or Decimal(0)
    # a price per day or a flat price is no price per hour
    if not net.value / 4 < product < net.value * 4 or abs(product + other - net.value) <= tolerance:
        return None
    what = (
        f"{duration(billed.value)} à {euros(price.value)} font {euros(product)} et le total HT est "
        f"{euros(net.value)}"
    )
    return what, (billed.evidence, price.evidence, net.evidence)


@rule(
    "invoice.arithmetic",
    Effect.REVIEW,
    title="Les sommes de la facture sont justes",
    source=JUDGED,
    family=ALL,
    section=SECTION,
)
def arithmetic(facts: Facts) -> Answer | None:
    if not facts.invoices.serving:
        return None
    tolerance = facts.value("tolerance.amount")
    for piece in facts.invoices.serving:
        found = sum_wrong(piece, tolerance.decimal)
        if found is not None:
            what, evidence = found
            weakest = min(evidence, key=lambda one: one.confidence)
            return judged(
                facts,
                [Wrong(what, weakest)],
                "Les sommes de la facture ne sont pas justes : {found}. Demander un avoir et une nouvelle "
                "facture, "
                "ou vérifier la lecture.",
                "des sommes justes",
                parameter=tolerance,
            )
    return holds("des sommes justes", evidence=facts.invoices.evidence("net_amount"), parameter=tolerance)


@rule(
    "invoice.vat",
    Effect.REVIEW,
    title="TVA exonérée ou cohérente",
    source=VAT,
    family=ALL,
    section=SECTION,
)
def vat(facts: Facts) -> Answer | None:
    told = False
    rates = facts.value("vat.rates")
    for piece in facts.invoices.serving:
        tax, net = amount(piece, "vat_amount"), amount(piece, "net_amount")
        exempt = value(flag(piece, "vat_exempt"))
        if tax is None or tax.value is None:
            told = told or exempt is not None
            continue
        told = True
        if tax.value <= 0:
            continue
        if exempt:
            message = "La facture se dit exonérée de TVA et en facture : {found}. Vérifier la facture."
            return judged(facts, [Wrong(euros(tax.value), tax.evidence)], message, "pas de TVA")
        if net is None or not net.value:
            continue
        allowed = [net.value * Decimal(rate) / 100 for rate in rates.value]
        # the tax is rounded on each line: a cent a line
        if min(abs(tax.value - one) for one in allowed) > max(facts.cent_tolerance, Decimal("0.05")):
            share = tax.value / net.value * 100
            found = (
                f"{euros(tax.value)} sur {euros(net.value)}, soit {amount_text(share).replace('.', ',')} %"
            )
            weaker = min((tax, net), key=lambda read: read.confidence)
            message = "La TVA facturée ne correspond à aucun taux : {found}. Vérifier la facture."
            expected = " ou ".join(f"{rate} %" for rate in rates.value)
            return judged(facts, [Wrong(found, weaker.evidence)], message, expected, parameter=rates)
    return holds("TVA exonérée ou cohérente", parameter=rates) if told else None
