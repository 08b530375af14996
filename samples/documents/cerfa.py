"""The contrat de professionnalisation (CERFA 12434): a boxed form and a plain table."""

from __future__ import annotations

import datetime as dt
import random

from dossier.kinds import Kind
from samples.drawn import Layout
from samples.facts import Facts, Work
from samples.paper import Signatory, sign_off
from samples.style import Style
from samples.surface import Surface, box, escaped
from samples.telling import Telling

KIND = Kind.CERFA


def _work(facts: Facts) -> Work:
    assert facts.work is not None  # noqa: S101
    return facts.work


def _signatories(facts: Facts) -> tuple[Signatory, ...]:
    """Employer and trainee: an unsigned contract lacks both."""
    return (
        Signatory(
            "Signature de l'employeur",
            facts.employer.manager,
            facts.signed,
            facts.employer if facts.stamped and facts.signed else None,
        ),
        Signatory("Signature du salarié", facts.trainee, facts.signed),
    )


class _Form:
    """A form whose values stand one character a box."""

    def __init__(self, s: Surface, comb: float) -> None:
        self.s, self.comb = s, comb

    def title(self, text: str) -> None:
        s = self.s
        s.gap(6)
        s.canvas.setFillGray(0.86)
        s.canvas.rect(s.left, s.y - 13, s.room, 14, stroke=0, fill=1)
        s.canvas.setFillGray(0)
        s.canvas.setFont(s.style.bold, 9)
        s.canvas.drawString(s.left + 5, s.y - 9.5, text)
        s.gap(28)

    def label(self, x: float, text: str) -> float:
        c = self.s.canvas
        c.setFont(self.s.style.font, 7.4)
        c.drawString(x, self.s.y, text)
        return float(x + c.stringWidth(text, self.s.style.font, 7.4) + 5)

    def boxes(self, x: float, text: str) -> float:
        """``text`` in boxes from ``x``; a space leaves a gap."""
        c, wide = self.s.canvas, self.comb
        c.setLineWidth(0.35)
        for char in text:
            if char != " ":
                c.rect(x, self.s.y - 3, wide, 12.5)
                c.setFont("Courier-Bold", 9)
                c.drawCentredString(x + wide / 2, self.s.y, char)
            x += wide if char != " " else wide * 0.55
        return float(x + 8)

    def value(self, x: float, text: str) -> None:
        self.s.canvas.setFont(self.s.style.bold, 8.6)
        self.s.canvas.drawString(x, self.s.y, text)

    def tick(self, x: float, text: str, on: bool) -> float:
        c = self.s.canvas
        c.rect(x, self.s.y - 1, 8, 8)
        if on:
            c.line(x + 1, self.s.y, x + 7, self.s.y + 6)
            c.line(x + 1, self.s.y + 6, x + 7, self.s.y)
        return self.label(x + 11, text)

    def down(self, high: float = 17) -> None:
        self.s.gap(high)


def _date(day: dt.date) -> str:
    return f"{day:%d} {day:%m} {day:%Y}"


def form(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """The boxed form, one page."""
    s, work = Surface(style, rng), _work(facts)
    f, left = _Form(s, rng.choice((9.2, 10.0, 10.6))), s.left
    middle = left + s.room * 0.55
    s.canvas.rect(left, s.y - 20, 46, 18)
    s.canvas.setFont("Helvetica-BoldOblique", 11)
    s.canvas.drawString(left + 6, s.y - 15, "cerfa")
    s.canvas.setFont("Helvetica", 6.5)
    s.canvas.drawString(left, s.y - 29, f"N° 12434*0{rng.choice((2, 3))}")
    s.write("CONTRAT DE PROFESSIONNALISATION", 15, "centre", True, after=0)
    s.write("Articles L. 6325-1 et suivants du code du travail", 7.5, "centre", after=12)
    tell.text("contract_kind", work.kind)
    x = f.label(left, "Mode contractuel :")
    x = f.tick(x, "CDD", work.kind == "cdd") + 12
    x = f.tick(x, "CDI", work.kind == "cdi") + 12
    f.tick(x, "Travail temporaire", False)
    f.boxes(f.label(middle + 50, "Type de contrat"), "1")
    f.down(6)
    f.title("L'EMPLOYEUR")
    f.value(f.label(left, "Dénomination :"), tell.text("employer_name", facts.employer.name))
    f.boxes(f.label(middle - 30, "N° SIRET"), tell.text("employer_siret", facts.employer.siret))
    f.down()
    f.value(f.label(left, "Adresse :"), facts.employer.address)
    f.down()
    f.boxes(f.label(left, "Effectif salarié"), str(facts.employer.headcount))
    f.boxes(f.label(left + 150, "Code IDCC"), "3248")
    f.boxes(f.label(middle, "Code NAF"), rng.choice(("2562B", "2511Z", "2841Z")))
    f.title("LE SALARIÉ")
    f.boxes(f.label(left, "Nom de naissance"), tell.text("trainee_last_name", facts.trainee.last))
    f.down()
    f.boxes(
        f.label(left, "Prénom"),
        tell.text("trainee_first_name", facts.trainee.first).upper()
        if rng.random() < 0.5
        else facts.trainee.first,
    )
    tell.date("birth_date", facts.trainee.birth)
    f.boxes(f.label(middle, "Date de naissance"), _date(facts.trainee.birth))
    f.down()
    x = f.label(left, "Travailleur handicapé")
    f.tick(f.tick(x, "oui", False) + 8, "non", True)
    f.boxes(f.label(middle, "Situation avant contrat"), str(rng.randint(1, 9)))
    f.title("LE TUTEUR")
    f.value(f.label(left, "Nom :"), tell.text("tutor_last_name", work.tutor.last))
    f.value(f.label(middle - 60, "Prénom :"), work.tutor.first)
    f.boxes(f.label(middle + 60, "Né(e) le"), _date(work.tutor.birth))
    f.title("LE CONTRAT")
    for where, label, name, day in (
        (left, "Date de conclusion", "signed_on", work.signed_on), (middle, "Début d'exécution", "start_date", work.start)):  # fmt: skip
        tell.date(name, day)
        f.boxes(f.label(where, label), _date(day))
    f.down()
    tell.date("end_date", work.end)
    f.boxes(f.label(left, "Date de fin du contrat ou de la période de professionnalisation"), _date(work.end))
    f.down()
    f.boxes(f.label(left, "Durée hebdomadaire (h)"), "35")
    f.value(f.label(middle, "Salaire brut mensuel :"), f"{rng.randint(1450, 1980)},00 €")
    f.title("LA FORMATION")
    f.value(f.label(left, "Organisme principal :"), tell.text("provider_name", facts.provider.name))
    f.down()
    f.boxes(f.label(left, "SIRET"), tell.text("provider_siret", facts.provider.siret))
    f.boxes(f.label(middle - 40, "N° d'activité"), tell.text("provider_nda", facts.provider.nda))
    f.down()
    f.value(
        f.label(left, "Diplôme, titre ou qualification visée :"),
        tell.text("qualification", work.qualification),
    )
    f.down()
    whole = facts.planned // 60
    general = work.general // 60
    tell.hours("training_hours", facts.planned)
    tell.hours("general_hours", work.general)
    f.boxes(
        f.label(left, "Durée totale des actions (heures)"),
        f"{whole:04d}" if rng.random() < 0.5 else str(whole),
    )
    f.down()
    f.boxes(
        f.label(left, "dont enseignements généraux, professionnels et technologiques (heures)"), str(general)
    )
    f.down()
    f.boxes(f.label(left, "Début de la formation"), _date(facts.start))
    f.boxes(f.label(middle, "Fin prévue"), _date(facts.end))
    f.down(20)
    f.label(left, f"Fait à {facts.employer.town}")
    f.down(8)
    sign_off(s, _signatories(facts))
    s.write("Cadre réservé à l'organisme : n° de dépôt ............ reçu le ............", 7.5)
    return s


def plain_table(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """The same contract as a payroll program prints it: sections of a table, no boxes."""
    s, work = Surface(style, rng), _work(facts)
    s.write("Contrat de professionnalisation", 16, "left", True, style.accent, after=0)
    s.write("cerfa n° 12434*03 – EJ20 – volet employeur", 8, after=8)
    kind = tell.text("contract_kind", work.kind)

    def section(title: str, rows: list[tuple[str, str]]) -> None:
        s.write(title, bold=True, after=2)
        s.table([[s.cell(a, 8), s.cell(escaped(b), 8.8, bold=True)] for a, b in rows], [s.room * 0.42, s.room * 0.58],
                [*s.grid(), ("TOPPADDING", (0, 0), (-1, -1), 1.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5)])  # fmt: skip
        s.gap(6)

    s.write(
        f"Nature : {box(kind == 'cdi')} CDI &nbsp; {box(kind == 'cdd')} CDD &nbsp; {box(False)} contrat de travail temporaire",
        after=6,
    )
    section("Employeur", [
        ("Raison sociale", tell.text("employer_name", facts.employer.name)), ("SIRET de l'établissement d'exécution", tell.text("employer_siret", facts.employer.siret)),
        ("Adresse", facts.employer.address), ("Effectif / IDCC", f"{facts.employer.headcount} / 3248")])  # fmt: skip
    section("Salarié", [
        ("Nom de naissance", tell.text("trainee_last_name", facts.trainee.last)), ("Prénom", tell.text("trainee_first_name", facts.trainee.first)),
        ("Date de naissance", tell.date("birth_date", facts.trainee.birth))])  # fmt: skip
    section("Tuteur", [("Nom", tell.text("tutor_last_name", work.tutor.last)), ("Prénom", work.tutor.first)])
    section("Contrat", [
        ("Date de conclusion", tell.date("signed_on", work.signed_on)), ("Date de début d'exécution", tell.date("start_date", work.start)),
        ("Date de fin (contrat ou période de professionnalisation)", tell.date("end_date", work.end)), ("Durée hebdomadaire", "35 h 00")])  # fmt: skip
    section("Formation", [
        ("Organisme de formation principal", tell.text("provider_name", facts.provider.name)), ("SIRET de l'organisme", tell.text("provider_siret", facts.provider.siret)),
        ("Numéro de déclaration d'activité", tell.text("provider_nda", facts.provider.nda)), ("Qualification visée (intitulé précis)", tell.text("qualification", work.qualification)),
        ("Durée totale des actions de formation", tell.hours("training_hours", facts.planned)),
        ("dont enseignements généraux, professionnels et technologiques", tell.hours("general_hours", work.general)),
        ("Cycle de formation", f"du {tell.day(facts.start)} au {tell.day(facts.end)}")])  # fmt: skip
    s.write(f"Fait à {escaped(facts.employer.town)}", after=2)
    sign_off(s, _signatories(facts))
    return s


LAYOUTS: dict[str, Layout] = {"form": form, "plain_table": plain_table}
