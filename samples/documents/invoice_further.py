"""Further invoices: a form of boxes, an invoice to the funder for a company's account, trainees in a table of their own."""

from __future__ import annotations

import random

from samples.documents.invoice import Teller, customer
from samples.drawn import Layout
from samples.facts import Facts
from samples.paper import PALE
from samples.style import Style
from samples.surface import Surface, escaped, legal_footer
from samples.telling import Telling


def boxed_form(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """Everything in boxes, label small above value, two a line."""
    s = Surface(style, rng)
    t = Teller(s, facts, rng, tell)
    name, siret, nda = t.supplier()
    s.write(t.title, 18, "right", True, style.accent, after=10)
    net, vat, total = t.amounts()
    pairs = [
        ("Facture n°" if t.billing.nature != "credit_note" else "Avoir n°", t.number()), ("Date de facture", tell.date("issue_date", facts.issued_on)),
        ("Émetteur", name), ("Destinataire", t.customer()), ("N° SIRET de l'émetteur", siret), ("Adresse du destinataire", escaped(customer(facts).address)),
        ("N° de déclaration d'activité", nda), ("N° de dossier de prise en charge", tell.text("request_ref", facts.ref)),
        ("Intitulé de la formation", escaped(facts.title)), ("Nom et prénom du stagiaire", escaped(tell.person(facts.trainee))),
        ("Dates", t.period()), ("Nombre d'heures réalisées", t.hours(True)), ("Coût horaire HT", tell.money("unit_price", t.billing.unit_price)),
        ("Coût pédagogique HT", tell.euros(t.training)), *t.extras(), ("Montant total HT", net), (t.vat_label(), vat), ("Montant total TTC", total),
    ]  # fmt: skip
    cells = [s.cell(f"<font size=6.5>{a}</font><br/><b>{b}</b>") for a, b in pairs]
    if len(cells) % 2:
        cells.append(s.cell(""))
    s.table([cells[i : i + 2] for i in range(0, len(cells), 2)], [s.room / 2] * 2, s.grid())
    s.gap(12)
    t.small_print()
    return s


def for_account(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """Trainees in a table of their own, totals in words at the left, "net de taxes" or with VAT, references in a row."""
    s = Surface(style, rng)
    t = Teller(s, facts, rng, tell)
    name, siret, nda = t.supplier()
    s.letterhead(facts.provider)
    s.table([[s.cell(f"<b>{t.title}</b><br/>Numéro : {t.number()}<br/>Date de la facture : {tell.date('issue_date', facts.issued_on)}"),
              s.cell(f"Facturé à :<br/><b>{t.customer()}</b><br/>{escaped(customer(facts).street)}<br/>{customer(facts).postcode} {escaped(customer(facts).town)}")]],
            [s.room * 0.5] * 2, [("BOX", (0, 0), (-1, -1), 0.6, style.accent), ("VALIGN", (0, 0), (-1, -1), "TOP")])  # fmt: skip
    s.gap(10)
    s.write(f"Vos références : {tell.text('request_ref', facts.ref)}", after=8)
    s.write(f"Objet : formation {escaped(facts.title)}, {t.period()}", bold=True, after=6)
    head = [s.cell(x, 8, bold=True) for x in ("Stagiaire", "Heures présence", "Tarif horaire", "Total")]
    row = [s.cell(escaped(tell.person(facts.trainee)), 8.5), s.cell(t.hours(True), 8.5, "right"),
           s.cell(tell.money("unit_price", t.billing.unit_price), 8.5, "right"), s.cell(tell.euros(t.training), 8.5, "right")]  # fmt: skip
    more = [
        [s.cell(label, 8.5), s.cell(""), s.cell(""), s.cell(value, 8.5, "right")]
        for label, value in t.extras()
    ]
    s.table([head, row, *more], [s.room * x for x in (0.46, 0.18, 0.18, 0.18)], [("LINEBELOW", (0, 0), (-1, -1), 0.4, style.accent), ("BACKGROUND", (0, 0), (-1, 0), PALE)])  # fmt: skip
    s.gap(14)
    net, vat, total = t.amounts()
    s.write(f"Montant HT : {net}", after=2)
    s.write(f"{t.vat_label()} : {vat}", after=2)
    s.write(f"<b>NET À PAYER : {total}</b>", 12, after=14)
    t.small_print()
    s.footer = (
        f"{name} – SIRET {siret} – NDA {nda} – "
        + legal_footer(facts.provider, rng).split(" – ", 1)[1].split("SIRET")[0]
    )
    return s


LAYOUTS: dict[str, Layout] = {"boxed_form": boxed_form, "for_account": for_account}
