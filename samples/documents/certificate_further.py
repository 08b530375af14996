"""Further certificates: labels under dotted lines, ticks as strokes, hours in parts, signatures in a table's cell."""

from __future__ import annotations

import random

from samples.documents.certificate import KEEP, NATURES
from samples.drawn import Layout
from samples.facts import Facts
from samples.ink import hand as hand_of
from samples.ink import sign
from samples.paper import fait
from samples.style import Style
from samples.surface import Surface, escaped, legal_footer
from samples.telling import MONTHS, Telling


def _period(facts: Facts, tell: Telling, rng: random.Random) -> str:
    """The period as people write it, the month once where it is the same."""
    first, last = facts.start, facts.end
    if rng.random() < 0.4 and (first.year, first.month) == (last.year, last.month) and first != last:
        tell.date("start_date", first)
        tell.date("end_date", last)
        return f"du {first.day} au {last.day} {MONTHS[last.month - 1]} {last.year}"
    return f"du {tell.date('start_date', first)} au {tell.date('end_date', last)}"


def _close(s: Surface, facts: Facts, tell: Telling, x: float) -> None:
    s.need(90)
    if tell.flag("stamped", facts.stamped):
        s.stamp(facts.provider, x + s.rng.uniform(0, 50), 76)
    if tell.flag("signed", facts.signed):
        s.signature(facts.provider.manager, x + s.rng.uniform(-10, 60), 116, 46)
    s.gap(88)


def shortened(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """Centred lines, hours done "sur" hours foreseen, the natures as squares ticked with strokes."""
    s = Surface(style, rng)
    s.footer = legal_footer(facts.provider, rng)
    s.letterhead(facts.provider)
    s.write("Certificat de réalisation", 20, "centre", False, style.accent, after=2)
    s.write("art. R. 6332-26 du code du travail et arrêté du 21 décembre 2018", 7.5, "centre", after=18)
    s.write(
        f"Le représentant légal de <b>{escaped(tell.text('provider_name', facts.provider.name))}</b> atteste que",
        align="centre",
        after=8,
    )
    civil = rng.choice(("M.", "Mme", "Mme / M."))
    s.write(
        f"{civil} <b>{escaped(tell.person(facts.trainee, first=True, order=1))}</b>", 12, "centre", after=6
    )
    s.write(
        f"salarié(e) de l'entreprise <b>{escaped(tell.text('employer_name', facts.employer.name))}</b> à "
        f"{escaped(facts.employer.town.upper())}",
        align="centre",
        after=6,
    )
    s.write(
        f"a suivi l'action « {escaped(tell.text('training_title', facts.title))} »", align="centre", after=10
    )
    c = s.canvas
    for i, nature in enumerate(NATURES):
        c.rect(s.left + 60, s.y - 9, 9, 9)
        if i == 0:
            c.line(s.left + 61, s.y - 5, s.left + 64, s.y - 9)
            c.line(s.left + 64, s.y - 9, s.left + 70, s.y + 1)
        s.write(nature, x=s.left + 76, after=3)
    s.gap(6)
    done = "" if facts.minutes is None else tell.hours("hours", facts.minutes)
    length = f"pour une durée totale de <b>{done}</b>" if done else ""
    if done and rng.random() < 0.5:
        length += f" (sur {tell.duration(facts.planned)} prévues)"
    s.write(f"qui s'est déroulée {_period(facts, tell, rng)} {length}.", align="centre", after=14)
    s.write(KEEP, 7.4, "justify", after=12)
    s.write(fait(rng, facts.provider.town, tell.date("issued_on", facts.issued_on)), align="centre", after=6)
    s.write(
        f"{escaped(facts.provider.manager.first_last)}, {facts.provider.quality}", align="centre", after=2
    )
    _close(s, facts, tell, s.left + s.room * 0.35)
    return s


def dotted(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """A form filled in: values on dotted lines, what they are in small print beneath."""
    s = Surface(style, rng)
    s.write("CERTIFICAT DE RÉALISATION", 14, "left", True, after=14)

    def line(before: str, value: str, beneath: str) -> None:
        s.write(f"{before} <b>{escaped(value)}</b>", after=0)
        s.canvas.setDash(1, 2)
        s.canvas.line(s.left, s.y - 1, s.right, s.y - 1)
        s.canvas.setDash()
        s.write(f"({beneath})", 6.5, "centre", after=7)

    boss = facts.provider.manager
    line("Je soussigné(e)", boss.first_last, "prénom et nom")
    line(
        "représentant légal de",
        tell.text("provider_name", facts.provider.name),
        "raison sociale du dispensateur de formation",
    )
    s.write("atteste que :", bold=True, after=6)
    line(
        "Mme / M.",
        tell.person(facts.trainee, first=True, order=rng.randrange(2)),
        "nom et prénom du bénéficiaire",
    )
    line(
        "salarié(e) de l'entreprise",
        tell.text("employer_name", facts.employer.name),
        "raison sociale de l'entreprise",
    )
    line("a suivi l'action", tell.text("training_title", facts.title), "intitulé de l'action")
    line("qui s'est déroulée", _period(facts, tell, rng), "dates de début et de fin")
    if facts.minutes is not None:
        line("pour une durée de", tell.hours("hours", facts.minutes), "nombre d'heures réalisées")
    s.gap(4)
    s.write(KEEP, 7.2, "justify", after=12)
    s.write(
        f"Fait à : {escaped(facts.provider.town)}, le : {tell.date('issued_on', facts.issued_on)}", after=4
    )
    s.write("Cachet et signature du responsable du dispensateur de formation", 8, after=2)
    _close(s, facts, tell, s.left + 30)
    return s


def in_parts(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """Hours at the house, at a distance, and in all, in a table; the trainee signs too, in the cell beside."""
    s = Surface(style, rng)
    s.letterhead(facts.provider)
    s.band("CERTIFICAT DE RÉALISATION")
    s.gap(8)
    pairs = [
        ("Bénéficiaire", tell.person(facts.trainee, first=True)),
        ("Salarié(e) de", tell.text("employer_name", facts.employer.name)),
        ("Organisme dispensateur", f"{tell.text('provider_name', facts.provider.name)}"),
        ("Action de formation", tell.text("training_title", facts.title)),
        ("Réalisée", _period(facts, tell, rng)),
    ]
    for label, value in pairs:
        s.write(f"{label} : <b>{escaped(value)}</b>", after=5)
    if facts.minutes is not None:
        away = 60 * rng.randint(2, 12)
        rows = [
            [s.cell(x, bold=True) for x in ("Modalité", "Heures réalisées")],
            [
                s.cell("En présentiel"),
                s.cell(tell.duration(type(facts.minutes)(facts.minutes - away)), align="right"),
            ],
            [s.cell("À distance"), s.cell(tell.duration(type(facts.minutes)(away)), align="right")],
            [
                s.cell("Total", bold=True),
                s.cell(tell.hours("hours", facts.minutes), align="right", bold=True),
            ],
        ]
        s.table(rows, [s.room * 0.4, s.room * 0.25], s.grid())
    s.gap(10)
    s.write(KEEP, 7.2, "justify", after=12)
    s.write(fait(rng, facts.provider.town, tell.date("issued_on", facts.issued_on)), after=8)
    s.need(110)
    half, top = s.room / 2, s.y
    s.canvas.rect(s.left, top - 96, half, 96)
    s.canvas.rect(s.left + half, top - 96, half, 96)
    s.write("Le stagiaire", 8.5, bold=True, x=s.left + 4, width=half - 8, after=0)
    s.y = top
    s.write(
        "Pour l'organisme de formation (cachet et signature)",
        8.5,
        bold=True,
        x=s.left + half + 4,
        width=half - 8,
        after=0,
    )
    if rng.random() < 0.7:
        sign(s.canvas, hand_of(facts.trainee, 0), rng, s.left + 30, top - 74, 110, 40)
    s.y = top - 16
    _close(s, facts, tell, s.left + half + 16)
    return s


def side_column(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """Who trains in a shaded column at the right, the statement at its left, hours in days too."""
    s = Surface(style, rng)
    wide = s.room * 0.66
    c = s.canvas
    c.setFillGray(0.93)
    c.rect(s.left + wide + 12, 60, s.room - wide + 30, s.height - 120, stroke=0, fill=1)
    c.setFillGray(0)
    top, x, room = s.y, s.left + wide + 20, s.room - wide - 16
    for label, value in (
        ("Dispensateur", tell.text("provider_name", facts.provider.name)), ("Adresse", facts.provider.address),
        ("SIRET", facts.provider.siret), ("Déclaration d'activité", facts.provider.nda), ("Certification", "Qualiopi – actions de formation"),
    ):  # fmt: skip
        s.write(label, 7, colour=style.accent, x=x, width=room, after=0)
        s.write(escaped(value), 8.2, x=x, width=room, after=7)
    s.y = top
    s.write("Certificat de réalisation", 17, bold=True, x=s.left, width=wide, after=16)
    rows = [
        ("Stagiaire", tell.person(facts.trainee, first=True)), ("Employeur", tell.text("employer_name", facts.employer.name)),
        ("Intitulé de l'action", tell.text("training_title", facts.title)), ("Période", _period(facts, tell, rng)),
    ]  # fmt: skip
    if facts.minutes is not None:
        days = max(1, round(facts.minutes / 420))
        rows.append(("Durée réalisée", f"{days} jours, soit {tell.hours('hours', facts.minutes)}"))
    for label, value in rows:
        s.write(label, 8, colour=style.accent, x=s.left, width=wide, after=0)
        s.write(escaped(value), 11, bold=True, x=s.left, width=wide, after=9)
    s.write(KEEP, 7.2, "justify", x=s.left, width=wide, after=12)
    s.write(
        fait(rng, facts.provider.town, tell.date("issued_on", facts.issued_on)), x=s.left, width=wide, after=6
    )
    s.write(
        f"{escaped(facts.provider.manager.first_last)} – {facts.provider.quality}",
        x=s.left,
        width=wide,
        after=2,
    )
    _close(s, facts, tell, s.left + 40)
    return s


LAYOUTS: dict[str, Layout] = {
    "shortened": shortened,
    "dotted": dotted,
    "in_parts": in_parts,
    "side_column": side_column,
}
