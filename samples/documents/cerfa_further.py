"""The CERFA 12434 with its labels above the values, long combs ruled inside one frame, in two columns."""

from __future__ import annotations

import datetime as dt
import random

from samples.documents.cerfa import _signatories, _work
from samples.drawn import Layout
from samples.facts import Facts
from samples.paper import sign_off
from samples.style import Style
from samples.surface import Surface
from samples.telling import Telling


class _Column:
    """Labels above values, one below another, in a column of the form."""

    def __init__(self, s: Surface, x: float, wide: float) -> None:
        self.s, self.x, self.wide, self.y = s, x, wide, s.y

    def head(self, text: str) -> None:
        c = self.s.canvas
        c.setFont(self.s.style.bold, 9)
        c.drawString(self.x, self.y, text)
        c.line(self.x, self.y - 3, self.x + self.wide, self.y - 3)
        self.y -= 16

    def label(self, text: str) -> None:
        self.s.canvas.setFont(self.s.style.font, 7)
        self.s.canvas.drawString(self.x, self.y, text)
        self.y -= 11

    def value(self, label: str, text: str) -> None:
        self.label(label)
        self.s.canvas.setFont("Courier", 9)
        self.s.canvas.drawString(self.x + 3, self.y, text)
        self.y -= 16

    def comb(self, label: str, *groups: str) -> None:
        """Characters in frames of their own, ruled inside; one frame a group."""
        self.label(label)
        c, x, wide = self.s.canvas, self.x, 10.6
        c.setLineWidth(0.4)
        for group in groups:
            c.rect(x, self.y - 3, wide * len(group), 12)
            for i, char in enumerate(group):
                if i:
                    c.line(x + i * wide, self.y - 3, x + i * wide, self.y + 1)
                c.setFont("Courier", 9)
                c.drawCentredString(x + (i + 0.5) * wide, self.y, char)
            x += wide * len(group) + 5
        self.y -= 17

    def day(self, label: str, day: dt.date) -> None:
        self.comb(label, f"{day:%d}", f"{day:%m}", f"{day:%Y}")

    def ticks(self, label: str, *choices: tuple[str, bool]) -> None:
        self.label(label)
        c, x = self.s.canvas, self.x
        for text, on in choices:
            c.circle(x + 4, self.y + 2.5, 3.6)
            if on:
                c.circle(x + 4, self.y + 2.5, 2, stroke=0, fill=1)
            c.setFont(self.s.style.font, 8)
            c.drawString(x + 11, self.y, text)
            x += 22 + float(c.stringWidth(text, self.s.style.font, 8))
        self.y -= 16


def labels_above(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """Two columns: employer and employee left, contract and training right."""
    s, work = Surface(style, rng), _work(facts)
    s.write("CONTRAT DE PROFESSIONNALISATION", 13, "centre", True, after=1)
    s.write("(article L. 6325-1 du code du travail) – cerfa N° 12434*04", 8, "centre", after=14)
    half = s.room / 2 - 10
    left, right = _Column(s, s.left, half), _Column(s, s.left + half + 20, half)
    left.head("L'EMPLOYEUR")
    left.value("Nom ou dénomination", tell.text("employer_name", facts.employer.name))
    left.comb(
        "N° SIRET de l'établissement d'exécution du contrat",
        *_grouped(tell.text("employer_siret", facts.employer.siret)),
    )
    left.value("Adresse", facts.employer.address)
    left.comb("Effectif de l'entreprise", f"{facts.employer.headcount:04d}")
    left.head("LE SALARIÉ")
    left.value("Nom de naissance", tell.text("trainee_last_name", facts.trainee.last))
    left.value("Prénom", tell.text("trainee_first_name", facts.trainee.first))
    tell.date("birth_date", facts.trainee.birth)
    left.day("Date de naissance", facts.trainee.birth)
    left.ticks("Reconnaissance travailleur handicapé", ("oui", False), ("non", True))
    left.head("LE TUTEUR")
    left.value("Nom de naissance du tuteur", tell.text("tutor_last_name", work.tutor.last))
    left.value("Prénom du tuteur", work.tutor.first)
    left.day("Date de naissance du tuteur", work.tutor.birth)
    right.head("LE CONTRAT")
    kind = tell.text("contract_kind", work.kind)
    right.ticks(
        "Nature du contrat", ("CDI", kind == "cdi"), ("CDD", kind == "cdd"), ("Travail temporaire", False)
    )
    for name, label, day in (
        ("signed_on", "Date de conclusion", work.signed_on), ("start_date", "Date de début d'exécution du contrat", work.start),
        ("end_date", "Date de fin du contrat ou de la période de professionnalisation", work.end),
    ):  # fmt: skip
        tell.date(name, day)
        right.day(label, day)
    right.comb("Durée hebdomadaire de travail", "35", "00")
    right.head("LA FORMATION")
    right.value(
        "Dénomination de l'organisme de formation principal", tell.text("provider_name", facts.provider.name)
    )
    right.comb("N° SIRET de l'organisme", *_grouped(tell.text("provider_siret", facts.provider.siret)))
    right.comb("N° de déclaration d'activité de l'organisme", tell.text("provider_nda", facts.provider.nda))
    right.value(
        "Intitulé précis du diplôme, du titre ou de la qualification visée",
        tell.text("qualification", work.qualification),
    )
    tell.hours("training_hours", facts.planned)
    tell.hours("general_hours", work.general)
    right.comb(
        "Durée totale des actions d'évaluation, d'accompagnement et des enseignements (heures)",
        f"{facts.planned // 60:04d}",
    )
    right.comb(
        "dont durée des enseignements généraux, professionnels et technologiques (heures)",
        f"{work.general // 60:04d}",
    )
    right.day("Date de début du cycle de formation", facts.start)
    right.day("Date prévue de fin des épreuves ou examens", facts.end)
    s.y = min(left.y, right.y) - 8
    s.write(f"Fait à {facts.employer.town}", 8.5, after=6)
    sign_off(s, _signatories(facts))
    return s


def _grouped(siret: str) -> tuple[str, ...]:
    return siret[:3], siret[3:6], siret[6:9], siret[9:]


LAYOUTS: dict[str, Layout] = {"labels_above": labels_above}
