"""Invoices of training providers, and what is no invoice: quote, pro forma, credit note, deposit."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal

from reportlab.lib.colors import black
from reportlab.platypus import Table

from dossier.kinds import Kind
from dossier.quantities import cents, price_of
from samples import ink
from samples.drawn import Layout
from samples.facts import Facts
from samples.identifiers import spaced
from samples.organisations import Organisation
from samples.paper import PALE
from samples.style import Style
from samples.surface import Surface, escaped, legal_footer
from samples.telling import Telling

KIND = Kind.INVOICE
NAMES = {
    "invoice": "FACTURE",
    "quote": "DEVIS",
    "pro_forma": "FACTURE PRO FORMA",
    "credit_note": "AVOIR",
    "deposit": "FACTURE D'ACOMPTE",
}
EXEMPT = (
    "Exonération de TVA – art. 261-4-4° a du CGI",
    "TVA non applicable : formation exonérée, article 261.4.4° a du code général des impôts",
)


def customer(facts: Facts) -> Organisation:
    """Whom the invoice is addressed to: the funder in direct payment, else the employer."""
    return facts.billing.to if facts.billing and facts.billing.to else facts.employer


def figures(facts: Facts) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """Training, net, VAT and total in euros, as they are printed."""
    billing = facts.billing
    assert billing is not None and facts.minutes is not None  # noqa: S101
    sign = -1 if billing.nature == "credit_note" else 1
    training = sign * price_of(facts.minutes, billing.unit_price)
    net = training + sum((extra.amount for extra in billing.extras), Decimal(0))
    if billing.net_shown is not None:
        net = billing.net_shown
    vat = cents(net * billing.vat / 100)
    return training, net, vat, net + vat


class Teller:
    """The parts that every design of invoice has, told as they are written."""

    def __init__(self, s: Surface, facts: Facts, rng: random.Random, tell: Telling) -> None:
        billing = facts.billing
        assert billing is not None and facts.minutes is not None  # noqa: S101
        self.s, self.facts, self.rng, self.tell, self.billing, self.minutes = (
            s,
            facts,
            rng,
            tell,
            billing,
            facts.minutes,
        )
        self.training, self.net, self.vat, self.total = figures(facts)
        tell.flag("credit_note", billing.nature == "credit_note")
        tell.text("currency", "EUR")
        self.siret = billing.siret or facts.provider.siret
        self.title = NAMES[billing.nature]

    def number(self) -> str:
        return self.tell.text("number", self.billing.number)

    def supplier(self) -> tuple[str, str, str]:
        """Name, SIRET, NDA, as shown."""
        siret = self.tell.text(
            "supplier_siret",
            self.siret,
            spaced(self.siret, 3, 3, 3, 5) if self.rng.random() < 0.5 else self.siret,
        )
        nda = self.facts.provider.nda
        nda = self.tell.text("supplier_nda", nda, spaced(nda, 2, 2, 5, 2) if self.rng.random() < 0.4 else nda)
        return escaped(self.tell.text("supplier_name", self.facts.provider.name)), siret, nda

    def customer(self) -> str:
        return escaped(self.tell.text("customer_name", customer(self.facts).name))

    def period(self) -> str:
        return f"du {self.facts.start:%d/%m/%Y} au {self.facts.end:%d/%m/%Y}"

    def hours(self, unit: bool = False) -> str:
        sign = "-" if self.billing.nature == "credit_note" else ""
        shown = sign + self.tell.hours("hours", self.minutes, unit)
        if sign:
            plain = self.tell.fields["hours"]
            self.tell.fields["hours"] = [plain, f"-{plain}"]
        return shown

    def amounts(self) -> tuple[str, str, str]:
        net, total = self.tell.money("net_amount", self.net), self.tell.money("total_amount", self.total)
        vat = self.tell.money("vat_amount", self.vat) if self.billing.vat else self.tell.euros(Decimal(0))
        if self.billing.nature == "credit_note":
            for name, value in (("net_amount", self.net), ("total_amount", self.total)):
                self.tell.fields[name] = [str(value), str(-value)]
        return net, vat, total

    def extras(self) -> list[tuple[str, str]]:
        return [(escaped(extra.label), self.tell.euros(extra.amount)) for extra in self.billing.extras]

    def vat_label(self) -> str:
        return f"TVA {self.billing.vat.normalize():f} %".replace(".", ",") if self.billing.vat else "TVA"

    def small_print(self) -> None:
        s, iban = self.s, self.billing.iban or self.facts.provider.iban
        if not self.billing.vat:
            s.write(self.rng.choice(EXEMPT), 7.6, after=3)
        due = self.facts.issued_on + dt.timedelta(days=30)
        s.write(f"Échéance : {due:%d/%m/%Y} – règlement par virement", 8, after=2)
        shown = spaced(iban, 4) if self.rng.random() < 0.7 else iban
        s.write(f"IBAN : <b>{self.tell.text('iban', iban, shown)}</b>", 8.5, after=4)
        s.write(
            "Pas d'escompte. Retard : trois fois le taux légal, indemnité forfaitaire de recouvrement de 40 €.",
            6.8,
            after=4,
        )
        self.paid()

    def paid(self) -> None:
        """What the company that paid writes on its copy: the mention, the date, its signature and stamp."""
        day = self.billing.paid_on
        if day is None:
            return
        s = self.s
        s.need(80)
        s.gap(8)
        words = self.rng.choice(
            (
                "Facture acquittée le",
                "FACTURE ACQUITTÉE LE",
                "Acquittée le",
                "Facture acquittée par virement le",
            )
        )
        s.write(
            f"<b>{words} {self.tell.date('paid_on', day)}</b>",
            11,
            colour=s.style.accent,
            x=s.left + 40,
            after=2,
        )
        if self.tell.flag("signed", self.billing.paid_signed):
            ink.stamp(s.canvas, self.facts.employer, self.rng, s.left + 150, s.y - 64)
            s.signature(self.facts.employer.manager, s.left + 60)
        s.gap(66)


def classic(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """Head left, customer right, a ruled table, totals in a box at the right."""
    s = Surface(style, rng)
    t = Teller(s, facts, rng, tell)
    name, siret, nda = t.supplier()
    s.letterhead(facts.provider)
    s.write(f"{name}<br/>SIRET : {siret}<br/>N° de déclaration d'activité : {nda}", 8, after=6)
    s.write(f"<b>{t.customer()}</b><br/>{escaped(customer(facts).street)}<br/>{customer(facts).postcode} {escaped(customer(facts).town)}",
            x=s.left + s.room * 0.55, width=s.room * 0.45, after=12)  # fmt: skip
    s.write(f"{t.title} N° {t.number()}", 14, bold=True, colour=style.accent, after=2)
    s.write(f"Date : {tell.date('issue_date', facts.issued_on)}", after=2)
    s.write(f"Dossier de prise en charge : {tell.text('request_ref', facts.ref)}", after=10)
    head = [s.cell(x, bold=True) for x in ("Désignation", "Heures", "Prix horaire HT", "Montant HT")]
    body = [[
        s.cell(f"{escaped(facts.title)}<br/>{escaped(tell.person(facts.trainee))}<br/>{t.period()}"),
        s.cell(t.hours(), align="right"), s.cell(tell.money("unit_price", t.billing.unit_price), align="right"),
        s.cell(tell.euros(t.training), align="right"),
    ]]  # fmt: skip
    body += [
        [s.cell(label), s.cell(""), s.cell(""), s.cell(value, align="right")] for label, value in t.extras()
    ]
    s.table(
        [head, *body],
        [s.room * x for x in (0.52, 0.12, 0.18, 0.18)],
        [*s.grid(), ("BACKGROUND", (0, 0), (-1, 0), PALE)],
    )
    s.gap(8)
    net, vat, total = t.amounts()
    cells = [[s.cell("Total HT"), s.cell(net, align="right")], [s.cell(t.vat_label()), s.cell(vat, align="right")],
             [s.cell("Total TTC", bold=True), s.cell(total, align="right", bold=True)]]  # fmt: skip
    box = Table(cells, colWidths=[90, 90], style=s.grid())
    s.place(box, s.right - 180, 180)
    s.gap(14)
    t.small_print()
    s.footer = legal_footer(facts.provider, rng)
    return s


def bands(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """Coloured bands, no vertical rule, the amount to pay in large."""
    s = Surface(style, rng)
    t = Teller(s, facts, rng, tell)
    name, siret, nda = t.supplier()
    s.table(
        [
            [
                s.cell(f"<b>{name}</b>", 15, colour=style.accent),
                s.cell(f"<b>{t.title}</b><br/>{t.number()}", 12, "right"),
            ]
        ],
        [s.room * 0.6, s.room * 0.4],
    )
    s.line()
    left = f"<b>De</b><br/>{name}<br/>{escaped(facts.provider.address)}<br/>SIRET {siret}<br/>NDA {nda}"
    right = f"<b>À</b><br/>{t.customer()}<br/>{escaped(customer(facts).address)}<br/>SIRET {customer(facts).siret}"
    s.table([[s.cell(left), s.cell(right)]], [s.room / 2] * 2, [("VALIGN", (0, 0), (-1, -1), "TOP")])
    s.gap(8)
    s.write(
        f"Émise le {tell.date('issue_date', facts.issued_on)} &nbsp;|&nbsp; Réf. financeur {tell.text('request_ref', facts.ref)}",
        after=8,
    )
    s.band("PRESTATION DE FORMATION")
    for label, value in (
        ("Action", escaped(facts.title)), ("Stagiaire", escaped(tell.person(facts.trainee, order=rng.randrange(2)))), ("Période", t.period()),
        ("Durée facturée", t.hours(True)), ("Tarif horaire", tell.money("unit_price", t.billing.unit_price)),
        ("Montant", tell.euros(t.training)), *t.extras(),
    ):  # fmt: skip
        s.table(
            [[s.cell(label, colour=style.accent), s.cell(value, align="right")]],
            [s.room * 0.3, s.room * 0.7],
            [("LINEBELOW", (0, 0), (-1, -1), 0.3, style.accent)],
        )
    s.gap(10)
    net, vat, total = t.amounts()
    s.write(f"Total hors taxes {net} &nbsp;&nbsp; {t.vat_label()} {vat}", align="right", after=3)
    s.write(f"Net à payer {total}", 14, "right", True, style.accent, after=14)
    t.small_print()
    return s


def ledger(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """An accounting program's print: boxes of references across, many columns, VAT table at the bottom."""
    s = Surface(style, rng)
    t = Teller(s, facts, rng, tell)
    name, siret, nda = t.supplier()
    s.write(f"{name}", 12, bold=True, after=0)
    s.write(
        f"{escaped(facts.provider.address)} - Siret {siret} - Déclaration d'activité {nda}", 7.5, after=14
    )
    refs = [("Pièce", t.title), ("Numéro", t.number()), ("Date", tell.date("issue_date", facts.issued_on)), ("Code client", f"C{customer(facts).siret[4:9]}"),
            ("N° dossier OPCO", tell.text("request_ref", facts.ref))]  # fmt: skip
    s.table(
        [[s.cell(a, 7) for a, _ in refs], [s.cell(b, 8.5, bold=True) for _, b in refs]],
        [s.room / 5] * 5,
        s.grid(),
    )
    s.gap(10)
    s.write(f"Client : <b>{t.customer()}</b> - {escaped(customer(facts).address)}", after=10)
    head = ("Code", "Libellé", "Qté", "Unité", "P.U. HT", "Total HT")
    rows = [[s.cell(x, 8, bold=True) for x in head]]
    rows.append([s.cell("FORM"), s.cell(f"Formation {escaped(facts.title)} {t.period()}"), s.cell(t.hours()), s.cell("heure"),
                 s.cell(tell.money("unit_price", t.billing.unit_price)), s.cell(tell.euros(t.training), align="right")])  # fmt: skip
    rows.append(
        [s.cell("STAG"), s.cell(f"Participant : {escaped(tell.person(facts.trainee))}"), *[s.cell("")] * 4]
    )
    rows += [
        [s.cell("DIV"), s.cell(label), s.cell("1"), s.cell("u"), s.cell(value), s.cell(value, align="right")]
        for label, value in t.extras()
    ]
    s.table(rows, [s.room * x for x in (0.09, 0.43, 0.09, 0.09, 0.14, 0.16)], [("BOX", (0, 0), (-1, -1), 0.6, style.accent),
            ("LINEBELOW", (0, 0), (-1, 0), 0.6, style.accent), ("LINEAFTER", (0, 0), (-2, -1), 0.3, style.accent)])  # fmt: skip
    s.gap(16)
    net, vat, total = t.amounts()
    s.table([[s.cell(x, 8, bold=True) for x in ("Base HT", "Taux", "Montant TVA", "Net à payer TTC")],
             [s.cell(net), s.cell(t.vat_label().removeprefix("TVA ").replace("TVA", "exo.")), s.cell(vat), s.cell(total, bold=True)]],
            [s.room / 4] * 4, s.grid())  # fmt: skip
    s.gap(10)
    t.small_print()
    return s


def letter(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """A small provider's invoice typed like a letter."""
    s = Surface(style, rng)
    t = Teller(s, facts, rng, tell)
    name, siret, nda = t.supplier()
    s.letterhead(facts.provider)
    s.write(
        f"À l'attention de<br/><b>{t.customer()}</b><br/>{escaped(customer(facts).address)}",
        x=s.left + s.room * 0.5,
        width=s.room * 0.5,
        after=16,
    )
    s.write(
        f"{escaped(facts.provider.town)}, le {tell.date('issue_date', facts.issued_on)}",
        align="right",
        after=12,
    )
    s.write(f"Objet : {t.title.lower()} n° {t.number()}", bold=True, after=4)
    s.write(f"Votre référence : {tell.text('request_ref', facts.ref)}", after=12)
    net, vat, total = t.amounts()
    s.write(
        f"Pour la formation « {escaped(facts.title)} » suivie par {escaped(tell.person(facts.trainee))} {t.period()}, soit "
        f"{t.hours(True)} à {tell.money('unit_price', t.billing.unit_price)} de l'heure : {tell.euros(t.training)}.", align="justify", after=8,
    )  # fmt: skip
    for label, value in t.extras():
        s.write(f"{label} : {value}", after=4)
    s.write(f"Montant hors taxes : {net}", after=3)
    s.write(f"{t.vat_label()} : {vat}", after=3)
    s.write(f"<b>Total à régler : {total}</b>", 11, after=14)
    t.small_print()
    s.gap(8)
    s.write(f"{name} – SIRET {siret} – numéro d'existence {nda}", 7.5)
    return s


def two_columns(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """A coloured column with references at the left, the bill at its right."""
    s = Surface(style, rng)
    t = Teller(s, facts, rng, tell)
    name, siret, nda = t.supplier()
    c, side = s.canvas, 150.0
    c.setFillColor(PALE)
    c.rect(0, 0, side, s.height, stroke=0, fill=1)
    c.setFillColor(black)
    top = s.y
    for label, value in (
        ("Émetteur", f"{name}<br/>{escaped(facts.provider.street)}<br/>{facts.provider.postcode} {escaped(facts.provider.town)}"), ("SIRET", siret),
        ("N° d'activité", nda), (t.title.capitalize(), t.number()), ("Date d'émission", tell.date("issue_date", facts.issued_on)),
        ("Dossier", tell.text("request_ref", facts.ref)), ("Client", f"{t.customer()}<br/>{escaped(customer(facts).address)}"),
    ):  # fmt: skip
        s.write(label, 7.5, colour=style.accent, x=14, width=side - 24, after=0)
        s.write(value, 8.5, bold=True, x=14, width=side - 24, after=8)
    s.y = top
    s.left = side + 18
    s.right = s.width - 36
    s.write(t.title, 20, colour=style.accent, after=18)
    s.write(f"{escaped(facts.title)}", 11, bold=True, after=3)
    s.write(f"{escaped(tell.person(facts.trainee))} – {t.period()}", after=10)
    rows = [[s.cell("Heures réalisées"), s.cell(t.hours(True), align="right")], [s.cell("Prix de l'heure"), s.cell(tell.money("unit_price", t.billing.unit_price), align="right")],
            [s.cell("Sous-total formation"), s.cell(tell.euros(t.training), align="right")]]  # fmt: skip
    rows += [[s.cell(label), s.cell(value, align="right")] for label, value in t.extras()]
    net, vat, total = t.amounts()
    rows += [[s.cell("Total HT"), s.cell(net, align="right")], [s.cell(t.vat_label()), s.cell(vat, align="right")],
             [s.cell("À payer", bold=True), s.cell(total, align="right", bold=True)]]  # fmt: skip
    s.table(
        rows,
        [s.room * 0.6, s.room * 0.4],
        [
            ("LINEABOVE", (0, -3), (-1, -3), 0.8, style.accent),
            ("LINEABOVE", (0, -1), (-1, -1), 0.8, style.accent),
        ],
    )
    s.gap(16)
    t.small_print()
    return s


LAYOUTS: dict[str, Layout] = {
    "classic": classic,
    "bands": bands,
    "ledger": ledger,
    "letter": letter,
    "two_columns": two_columns,
}
