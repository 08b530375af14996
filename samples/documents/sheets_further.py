"""Further attendance sheets: people across, halves down, rules without uprights, boxes, sequences of AFEST."""

from __future__ import annotations

import random

from samples.documents import sheets_common as common
from samples.documents.sheets_common import Signers
from samples.drawn import Layout
from samples.facts import Facts
from samples.paper import PALE
from samples.style import Style
from samples.surface import Rule, Surface, escaped, legal_footer
from samples.telling import Telling


def people_across(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """A line a half-day, a column a person, the trainer's column last."""
    s = Surface(style, rng, wide=True)
    s.footer = legal_footer(facts.provider, rng)
    people = sorted((facts.trainee, *facts.others[:4]), key=lambda p: p.last)
    s.write("FEUILLE D'ÉMARGEMENT", 15, "centre", True, after=5)
    common.heading(
        s,
        facts,
        tell,
        {"Organisme de formation": "provider", "Intitulé": "title", "Formateur": "trainer", "Lieu": "place"},
    )
    first = [120.0, 78.0]
    wide = (s.room - sum(first)) / (len(people) + 1)
    signers = Signers(facts, rng, tell, wide - 12, 18)
    head = [s.cell("Date", 8, bold=True), s.cell("Horaires", 8, bold=True)]
    head += [s.cell(escaped(p.last_first), 8, "centre", True) for p in people]
    head.append(s.cell("Formateur", 8, "centre", True))
    form = 1 if common.must_show_weekday(facts) else rng.choice((0, 1))
    times = rng.randrange(3)
    rows = []
    for slot in facts.slots:
        row: list[object] = [s.cell(f"{common.dated(slot, form)} {common.NAMES[slot.half][0].lower()}", 8)]
        row.append(s.cell(common.hours_of(slot, times), 8))
        row += [signers.cell(p, slot) for p in people]
        rows.append([*row, signers.trainer(slot.trainer_mark)])
    for at in range(0, len(rows), 13):
        if at:
            s.new_page()
        s.table([head, *rows[at : at + 13]], [*first, *[wide] * (len(people) + 1)], [*s.grid(), ("BACKGROUND", (0, 0), (-1, 0), PALE),
                ("TOPPADDING", (0, 1), (-1, -1), 2), ("BOTTOMPADDING", (0, 1), (-1, -1), 2)])  # fmt: skip
    return s


def halves_down(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """Two lines a person, morning and afternoon; a column a day; the trainer's two lines last."""
    s = Surface(style, rng, wide=True)
    people = sorted((facts.trainee, *facts.others[:3]), key=lambda p: p.last)
    days = list(common.by_day(facts.slots))
    form = 2 if common.must_show_weekday(facts) else rng.choice((0, 1))
    times = rng.randrange(3)
    for at in range(0, len(days), 5):
        if at:
            s.new_page()
        group = days[at : at + 5]
        s.write("Liste de présence", 14, "left", True, style.accent, after=4)
        common.heading(
            s, facts, tell, {"Dispensé par": "provider", "Formation": "title", "Formateur": "trainer"}, True
        )
        labels = [130.0, 76.0]
        wide = (s.room - sum(labels)) / len(group)
        signers = Signers(facts, rng, tell, wide - 14, 18)
        rows: list[list[object]] = [[s.cell("Stagiaire", 8, bold=True), s.cell(""), *[s.cell(common.dated(day[0], form), 8, "centre", True) for day in group]]]  # fmt: skip
        rules: list[Rule] = [
            *s.grid(),
            ("BACKGROUND", (0, 0), (-1, 0), PALE),
            ("TOPPADDING", (0, 1), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 1), (-1, -1), 2),
        ]
        halves = [
            (half, next(x for x in facts.slots if x.half is half))
            for half in dict.fromkeys(x.half for x in facts.slots)
        ]
        for who in (*people, None):
            for i, (half, example) in enumerate(halves):
                name = s.cell("Formateur" if who is None else escaped(who.last_first), 8.5, bold=who is None)
                shown = f"{common.NAMES[half][0]}<br/>{common.hours_of(example, times)}"
                row: list[object] = [name if i == 0 else s.cell(""), s.cell(shown, 7)]
                for day in group:
                    slot = next((x for x in day if x.half is half), None)
                    if slot is None:
                        row.append(s.cell(""))
                    else:
                        row.append(
                            signers.trainer(slot.trainer_mark) if who is None else signers.cell(who, slot)
                        )
                rows.append(row)
            if len(halves) == 2:
                rules.append(("SPAN", (0, len(rows) - 2), (0, len(rows) - 1)))
        s.table(rows, [*labels, *[wide] * len(group)], rules)
        s.gap(8)
    return s


def ruled(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """A line a half-day, level rules only; hours in a column."""
    s = Surface(style, rng)
    s.letterhead(facts.provider)
    s.write("Feuille de présence individuelle", 14, "left", True, after=6)
    common.heading(
        s, facts, tell,
        {"Stagiaire": "trainee", "Entreprise": "employer", "Organisme": "provider", "Formation": "title", "Formateur": "trainer"},
    )  # fmt: skip
    shares = (0.22, 0.16, 0.18, 0.1, 0.17, 0.17)
    signers = Signers(facts, rng, tell, s.room * 0.17 - 12, 17)
    head = [
        s.cell(t, 8, bold=True) for t in ("Date", "Période", "Horaires", "Heures", "Stagiaire", "Formateur")
    ]
    form = 1 if common.must_show_weekday(facts) else rng.choice((0, 1))
    rows = []
    for slot in facts.slots:
        row = [
            s.cell(t, 8.5)
            for t in (common.dated(slot, form), common.NAMES[slot.half][0], common.hours_of(slot, 0))
        ]
        row.append(s.cell(f"{slot.minutes / 60:.2f}".replace(".", ","), 8.5))
        rows.append([*row, signers.cell(facts.trainee, slot), signers.trainer(slot.trainer_mark)])
    for at in range(0, len(rows), 16):
        if at:
            s.new_page()
        s.table([head, *rows[at : at + 16]], [s.room * x for x in shares], [("LINEBELOW", (0, 0), (-1, -1), 0.5, style.accent),
                ("LINEABOVE", (0, 0), (-1, 0), 1.1, style.accent), ("TOPPADDING", (0, 1), (-1, -1), 3), ("BOTTOMPADDING", (0, 1), (-1, -1), 3)])  # fmt: skip
    common.total_line(s, facts, tell, "Total heures", always=rng.random() < 0.6)
    return s


def boxes(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """A box a half-day, two side by side (a day): date, times, two places to sign under their captions."""
    s = Surface(style, rng)
    s.footer = legal_footer(facts.provider, rng)
    s.write("ÉMARGEMENT PAR DEMI-JOURNÉE", 14, "centre", True, style.accent, after=5)
    common.heading(
        s, facts, tell,
        {"Nom et prénom du stagiaire": "trainee", "Organisme de formation": "provider", "Intitulé de la formation": "title", "Nom du formateur": "trainer"},
    )  # fmt: skip
    half = s.room / 2
    signers = Signers(facts, rng, tell, half / 2 - 14, 24)
    form = 1 if common.must_show_weekday(facts) else rng.choice((0, 2))
    times = rng.randrange(3)
    for day in common.by_day(facts.slots):
        heads: list[object] = []
        captions: list[object] = []
        places: list[object] = []
        for slot in day:
            text = f"{common.dated(slot, form)} – {common.NAMES[slot.half][0]}<br/>{common.hours_of(slot, times)}"
            heads += [s.cell(text, 8.5, bold=True), s.cell("")]
            captions += [s.cell("Signature du stagiaire", 7), s.cell("Signature du formateur", 7)]
            places += [signers.cell(facts.trainee, slot), signers.trainer(slot.trainer_mark)]
        spans = [("SPAN", (2 * i, 0), (2 * i + 1, 0)) for i in range(len(day))]
        s.need(84)
        s.table(
            [heads, captions, places],
            [half / 2] * (2 * len(day)),
            [*s.grid(), *spans, ("BACKGROUND", (0, 0), (-1, 0), PALE)],
        )
        s.gap(7)
    common.total_line(s, facts, tell, "Durée totale", always=rng.random() < 0.5)
    return s


def sequences(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """AFEST: numbered sequences with date, times, activity, time for thought, and two signatures."""
    s = Surface(style, rng, wide=True)
    s.write("FEUILLE D'ÉMARGEMENT – ACTION DE FORMATION EN SITUATION DE TRAVAIL", 12.5, "left", True, after=4)
    common.heading(
        s, facts, tell, {"Apprenant": "trainee", "Entreprise": "employer", "Organisme": "provider"}, True
    )
    common.heading(s, facts, tell, {"Action": "title", "Formateur AFEST": "trainer"}, True)
    shares = (0.06, 0.13, 0.13, 0.08, 0.2, 0.12, 0.14, 0.14)
    head = [
        s.cell(t, 8, "centre", True)
        for t in (
            "Séq.",
            "Date",
            "Horaires",
            "Durée",
            "Mise en situation",
            "Phase réflexive",
            "Signature de l'apprenant",
            "Signature du formateur",
        )
    ]
    signers = Signers(facts, rng, tell, s.room * 0.14 - 12, 18)
    form = 1 if common.must_show_weekday(facts) else 0
    rows = []
    for i, slot in enumerate(facts.slots):
        row = [
            s.cell(str(i + 1), 8, "centre"),
            s.cell(common.dated(slot, form), 8),
            s.cell(common.hours_of(slot, 0), 8),
        ]
        row.append(s.cell(f"{slot.minutes // 60}h{slot.minutes % 60:02d}", 8, "centre"))
        row += [
            s.cell(common.TOPICS[i % len(common.TOPICS)], 7),
            s.cell(rng.choice(("oui", "oui", "reportée")), 7),
        ]
        rows.append([*row, signers.cell(facts.trainee, slot), signers.trainer(slot.trainer_mark)])
    for at in range(0, len(rows), 12):
        if at:
            s.new_page()
        s.table([head, *rows[at : at + 12]], [s.room * x for x in shares], [*s.grid(), ("BACKGROUND", (0, 0), (-1, 0), PALE),
                ("TOPPADDING", (0, 1), (-1, -1), 2), ("BOTTOMPADDING", (0, 1), (-1, -1), 2)])  # fmt: skip
    common.total_line(s, facts, tell, "Total des heures", always=rng.random() < 0.6)
    return s


LAYOUTS: dict[str, Layout] = {
    "people_across": people_across,
    "halves_down": halves_down,
    "ruled": ruled,
    "boxes": boxes,
    "sequences": sequences,
}
