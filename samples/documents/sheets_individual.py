"""Attendance sheets of one trainee: weekly, by start and end, monthly with hours, electronic."""

from __future__ import annotations

import datetime as dt
import hashlib
import random

from dossier.reading import HalfDay, Mark
from samples import ink
from samples.documents import sheets_common as common
from samples.documents.sheets_common import Signers
from samples.facts import Facts
from samples.identifiers import spaced
from samples.paper import PALE
from samples.style import Style
from samples.surface import Surface, escaped
from samples.telling import DAYS, MONTHS, Telling, clock

HALVES = (HalfDay.AM, HalfDay.PM)


def weekly(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """A block a week: days across, for each half-day its times, the trainee's and the trainer's signature down."""
    s = Surface(style, rng, wide=True)
    s.letterhead(facts.provider)
    s.write("Suivi hebdomadaire de présence", 14, "centre", True, after=4)
    common.heading(
        s,
        facts,
        tell,
        {
            "Organisme": "provider",
            "Formation": "title",
            "Stagiaire": "trainee",
            "Formateur référent": "trainer",
        },
        True,
    )
    label = 92.0
    wide = (s.room - label) / 5
    signers = Signers(facts, rng, tell, wide - 10, 20)
    times = rng.randrange(3)
    for week in common.by_week(facts.slots):
        s.need(190)
        days = [None] * 6
        per_day = {i: [x for x in week if x.date.weekday() == i] for i in range(len(days))}
        used = [i for i in range(6) if per_day[i]]
        s.write(f"Semaine {week[0].date.isocalendar()[1]}", bold=True, colour=style.accent, after=2)
        head = [s.cell("")]
        for i in used:
            slot = per_day[i][0]
            head.append(
                s.cell(f"{common.weekday(slot).capitalize()}<br/>{slot.date:%d/%m/%Y}", 8.5, "centre", True)
            )
        rows = [head]
        for which in HALVES:
            found = [next((x for x in per_day[i] if x.half is which), None) for i in used]
            name = common.NAMES[which][0]
            rows.append(
                [
                    s.cell(f"{name} – horaires", 8),
                    *[s.cell(common.hours_of(x, times) if x else "", 8, "centre") for x in found],
                ]
            )
            rows.append(
                [
                    s.cell("Signature stagiaire", 8),
                    *[signers.cell(facts.trainee, x) if x else s.cell("") for x in found],
                ]
            )
            rows.append(
                [
                    s.cell("Signature formateur", 8),
                    *[signers.trainer(x.trainer_mark) if x else s.cell("") for x in found],
                ]
            )
        s.table(
            rows,
            [label, *[wide] * len(used)],
            [*s.grid(), ("BACKGROUND", (0, 0), (-1, 0), PALE), ("BACKGROUND", (0, 0), (0, -1), PALE)],
        )
        s.gap(8)
    common.total_line(s, facts, tell, "Total des heures de présence", always=rng.random() < 0.6)
    return s


def start_end(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """A line a half-day: date, start, end, length, what was done, two signatures."""
    s = Surface(style, rng)
    s.write(escaped(facts.provider.name), 12, bold=True, colour=style.accent, after=0)
    s.write(f"SIRET {facts.provider.siret} – NDA {facts.provider.nda}", 7.5, after=10)
    s.write("RELEVÉ INDIVIDUEL DE PRÉSENCE", 13, "centre", True, after=6)
    cells = [
        [s.cell("Bénéficiaire"), s.cell(f"<b>{escaped(facts.trainee.last_first)}</b>"), s.cell("Entreprise"), s.cell(escaped(facts.employer.name))],
        [s.cell("Action"), s.cell(escaped(tell.text("training_title", facts.title))), s.cell("Dossier"), s.cell(facts.ref)],
        [s.cell("Organisme"), s.cell(escaped(tell.text("provider_name", facts.provider.name))), s.cell("Formateur"), s.cell(escaped(tell.text("trainer_name", facts.trainer.first_last)))],
    ]  # fmt: skip
    s.table(cells, [s.room * x for x in (0.14, 0.44, 0.14, 0.28)], s.grid())
    s.gap(8)
    with_topic = rng.random() < 0.6
    shares = (0.2, 0.09, 0.09, 0.11, 0.21, 0.15, 0.15) if with_topic else (0.25, 0.11, 0.11, 0.13, 0.2, 0.2)
    signers = Signers(facts, rng, tell, s.room * shares[-1] - 10, 17)
    head = [
        "Date",
        "Début",
        "Fin",
        "Durée",
        *(["Contenu"] if with_topic else []),
        "Signature<br/>stagiaire",
        "Signature<br/>formateur",
    ]
    rows = [[s.cell(t, 8.5, "centre", True) for t in head]]
    style_of_time = rng.randrange(2)
    form = 1 if common.must_show_weekday(facts) else rng.choice((0, 1))
    for i, slot in enumerate(facts.slots):
        row = [s.cell(common.dated(slot, form), 8.5)]
        row += [s.cell(clock(t, style_of_time), 8.5, "centre") for t in (slot.start, slot.end)]
        row.append(s.cell(tell.duration(slot.minutes, unit=tell.durations == 2), 8.5, "centre"))
        if with_topic:
            row.append(s.cell(common.TOPICS[i % len(common.TOPICS)], 7))
        rows.append([*row, signers.cell(facts.trainee, slot), signers.trainer(slot.trainer_mark)])
    for first in range(1, len(rows), 20):
        if first > 1:
            s.new_page()
        s.table([rows[0], *rows[first : first + 20]], [s.room * x for x in shares], [*s.grid(), ("BACKGROUND", (0, 0), (-1, 0), PALE),
                ("TOPPADDING", (0, 1), (-1, -1), 2), ("BOTTOMPADDING", (0, 1), (-1, -1), 2)])  # fmt: skip
    common.total_line(s, facts, tell, "TOTAL", always=rng.random() < 0.7)
    return s


def monthly(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """A line a day with decimal hours "3,5 | 3,5 | 7", two signatures of the trainee and the trainer's visas."""
    s = Surface(style, rng)
    s.letterhead(facts.provider)
    s.write("ATTESTATION MENSUELLE DE PRÉSENCE ÉMARGÉE", 12.5, "left", True, after=5)
    common.heading(
        s,
        facts,
        tell,
        {
            "Salarié(e) en formation": "trainee",
            "Entreprise": "employer",
            "Organisme": "provider",
            "Parcours": "title",
            "Intervenant(e)": "trainer",
        },
    )
    shares = (0.22, 0.08, 0.08, 0.08, 0.135, 0.135, 0.135, 0.135)
    signers = Signers(facts, rng, tell, s.room * 0.135 - 10, 18)
    head = [
        "Date",
        "Matin",
        "A-midi",
        "Total",
        "Stagiaire<br/>matin",
        "Stagiaire<br/>après-midi",
        "Formateur<br/>matin",
        "Formateur<br/>après-midi",
    ]
    form = 1 if common.must_show_weekday(facts) else rng.choice((0, 1))
    months: dict[tuple[int, int], list[list[object]]] = {}
    sums: dict[tuple[int, int], int] = {}

    def number(minutes: int) -> str:
        return f"{minutes / 60:.2f}".rstrip("0").rstrip(".").replace(".", ",")

    for day in common.by_day(facts.slots):
        key = (day[0].date.year, day[0].date.month)
        found = [next((x for x in day if x.half is which), None) for which in HALVES]
        row: list[object] = [s.cell(common.dated(day[0], form), 8.5)]
        row += [s.cell(number(x.minutes) if x else "–", 8.5, "centre") for x in found]
        row.append(s.cell(number(sum(x.minutes for x in day)), 8.5, "centre", True))
        row += [signers.cell(facts.trainee, x) if x else s.cell("") for x in found]
        row += [signers.trainer(x.trainer_mark) if x else s.cell("") for x in found]
        months.setdefault(key, []).append(row)
        sums[key] = sums.get(key, 0) + sum(x.minutes for x in day if x.mark is Mark.SIGNED)
    for i, ((year, month), rows) in enumerate(months.items()):
        s.need(80)
        s.write(f"{MONTHS[month - 1].capitalize()} {year}", bold=True, after=2)
        s.table([[s.cell(t, 7.5, "centre", True) for t in head], *rows], [s.room * x for x in shares], [*s.grid(),
                ("TOPPADDING", (0, 1), (-1, -1), 2), ("BOTTOMPADDING", (0, 1), (-1, -1), 2), ("BACKGROUND", (0, 0), (-1, 0), PALE)])  # fmt: skip
        if len(months) > 1 and facts.total is None and common.total(facts) is not None:
            s.write(f"Sous-total du mois : {number(sums[year, month])}", 8, "right", after=6)
        s.gap(4 if i else 2)
    common.total_line(s, facts, tell, "Total général des heures", always=True)
    return s


def electronic(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """The export of a signing platform: pasted pictures, time stamps, a digest in the footer."""
    s = Surface(style, rng)
    seal = hashlib.sha256(facts.ref.encode()).hexdigest()
    s.footer = f"Document généré par SignaPrésence – empreinte {seal[:32]} – horodatage conforme eIDAS (niveau simple)"
    s.write("Rapport d'émargement numérique", 15, "left", True, style.accent, after=2)
    s.write(
        f"Édité le {facts.issued_on:%d/%m/%Y} à 18:0{rng.randrange(10)} – session {spaced(seal[:8].upper(), 4)}",
        7.5,
        after=8,
    )
    common.heading(
        s,
        facts,
        tell,
        {
            "Organisme de formation": "provider",
            "Formation": "title",
            "Apprenant": "trainee",
            "Entreprise": "employer",
            "Formateur": "trainer",
        },
    )
    shares = (0.3, 0.12, 0.29, 0.29)
    rows = [[s.cell(t, 8, bold=True) for t in ("Créneau", "Durée", "Apprenant", "Formateur")]]
    wide, high = s.room * 0.29 - 12, 17.0
    pictures = {p.last: ink.sign_picture(ink.hand(p, 7), p.last) for p in (facts.trainee, facts.trainer)}

    def signed(last: str, mark: Mark, day: dt.date, at: dt.time) -> object:
        if mark is Mark.SIGNED:
            stamp = (
                f"Signé le {day:%d/%m/%Y} à {at.hour:02d}:{rng.randint(1, 14):02d}:{rng.randrange(60):02d}"
            )
            picture = ink.Cell(mark, ink.hand(facts.trainee, 7), rng, wide * 0.6, high, pictures[last])
            return [picture, s.cell(stamp, 6.2)]
        return s.cell({Mark.ABSENT: "Absent", Mark.DASH: "–", Mark.CROSSED: "Non signé"}.get(mark, ""), 8)

    for slot in facts.slots:
        tell.session(facts.trainee, slot, slot.mark is Mark.SIGNED, slot.trainer_mark is Mark.SIGNED)
        half = common.NAMES[slot.half][0]
        shown = f"{DAYS[slot.weekday_shown][:3]}. " if common.must_show_weekday(facts) else ""
        rows.append(
            [
                s.cell(
                    f"{shown}{slot.date:%d/%m/%Y} – {half}<br/>{clock(slot.start, 1)} → {clock(slot.end, 1)}".replace(
                        "→", "-"
                    ),
                    8,
                ),
                s.cell(f"{slot.minutes // 60}h{slot.minutes % 60:02d}", 8),
                signed(facts.trainee.last, slot.mark, slot.date, slot.start),
                signed(facts.trainer.last, slot.trainer_mark, slot.date, slot.start),
            ]
        )
    for first in range(1, len(rows), 16):
        if first > 1:
            s.new_page()
        s.table([rows[0], *rows[first : first + 16]], [s.room * x for x in shares], [
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, style.accent), ("BACKGROUND", (0, 0), (-1, 0), PALE),
            ("TOPPADDING", (0, 1), (-1, -1), 2), ("BOTTOMPADDING", (0, 1), (-1, -1), 3)])  # fmt: skip
    common.total_line(s, facts, tell, "Temps total signé", always=True)
    return s


def lines(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """A line a day: times of the morning, signatures, times of the afternoon, signatures."""
    s = Surface(style, rng, wide=True)
    s.write("FICHE D'ÉMARGEMENT INDIVIDUELLE", 14, "left", True, after=4)
    common.heading(
        s,
        facts,
        tell,
        {"Nom du stagiaire": "trainee", "Société": "employer", "N° de prise en charge": "ref"},
        True,
    )
    common.heading(
        s,
        facts,
        tell,
        {"Formation suivie": "title", "assurée par": "provider", "Intervenant": "trainer"},
        True,
    )
    shares = (0.16, 0.13, 0.145, 0.145, 0.13, 0.145, 0.145)
    signers = Signers(facts, rng, tell, s.room * 0.145 - 10, 20)
    head = ["Jour", "Matin", "Le stagiaire", "Le formateur", "Après-midi", "Le stagiaire", "Le formateur"]
    form, times = (1 if common.must_show_weekday(facts) else rng.choice((0, 1))), rng.randrange(3)
    body = []
    for day in common.by_day(facts.slots):
        row: list[object] = [s.cell(common.dated(day[0], form), 8.5)]
        for which in HALVES:
            slot = next((x for x in day if x.half is which), None)
            if slot:
                row += [
                    s.cell(common.hours_of(slot, times), 8.5, "centre"),
                    signers.cell(facts.trainee, slot),
                    signers.trainer(slot.trainer_mark),
                ]
            else:
                row += [s.cell(""), s.cell(""), s.cell("")]
        body.append(row)
    for first in range(0, len(body), 13):
        if first:
            s.new_page()
        s.table([[s.cell(t, 8.5, "centre", True) for t in head], *body[first : first + 13]], [s.room * x for x in shares],
                [*s.grid(), ("TOPPADDING", (0, 1), (-1, -1), 2), ("BOTTOMPADDING", (0, 1), (-1, -1), 2)])  # fmt: skip
    common.total_line(s, facts, tell, "Nombre total d'heures", always=rng.random() < 0.5)
    return s
