"""Attendance sheets on which a group signs: grids of half-days, daily sheets, lists by half-day."""

from __future__ import annotations

import random

from samples.documents import sheets_common as common
from samples.documents.sheets_common import Signers
from samples.facts import Facts
from samples.paper import PALE
from samples.style import Style
from samples.surface import Rule, Surface, escaped, legal_footer
from samples.telling import Telling


def grid(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """Landscape: people down, half-days across under their date, the trainer's row last; three days a page."""
    s = Surface(style, rng, wide=True)
    s.footer = legal_footer(facts.provider, rng)
    people = sorted((facts.trainee, *facts.others), key=lambda p: p.last)
    days = list(common.by_day(facts.slots))
    form = 2 if common.must_show_weekday(facts) else rng.choice((0, 1))
    times = rng.randrange(3)
    every = rng.choice((3, 4))
    for first in range(0, len(days), every):
        if first:
            s.new_page()
        group = days[first : first + every]
        s.write(rng.choice(("ÉMARGEMENTS", "LISTE D'ÉMARGEMENT")), 14, "left", True, style.accent, after=4)
        common.heading(
            s,
            facts,
            tell,
            {"Organisme": "provider", "Stage": "title", "Animé par": "trainer", "À": "place"},
            True,
        )
        slots = [slot for day in group for slot in day]
        name_w = 130.0
        wide = (s.room - name_w) / (every * 2)
        signers = Signers(facts, rng, tell, wide - 6, 24)
        top, sub, spans = [s.cell("Participant(e)", bold=True)], [s.cell("")], 1
        rules: list[Rule] = [*s.grid(), ("SPAN", (0, 0), (0, 1)), ("BACKGROUND", (0, 0), (-1, 1), PALE)]
        rules += [("LEFTPADDING", (1, 0), (-1, -1), 3), ("RIGHTPADDING", (1, 0), (-1, -1), 3)]
        for day in group:
            top += [s.cell(common.dated(day[0], form), 8.5, "centre", True), *([s.cell("")] * (len(day) - 1))]
            rules.append(("SPAN", (spans, 0), (spans + len(day) - 1, 0)))
            spans += len(day)
            sub += [
                s.cell(f"{common.NAMES[x.half][0]}<br/>{common.hours_of(x, times)}", 7, "centre") for x in day
            ]
        body = [[s.cell(escaped(p.last_first)), *[signers.cell(p, slot) for slot in slots]] for p in people]
        last = [
            s.cell("Signature de l'intervenant", bold=True),
            *[signers.trainer(slot.trainer_mark) for slot in slots],
        ]
        s.table([top, sub, *body, last], [name_w, *[wide] * len(slots)], rules)
        s.gap(6)
    common.total_line(s, facts, tell, "Total des heures de la formation")
    return s


def daily(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """Portrait, a sheet a day (two where the group is small): number, name, company, morning, afternoon."""
    s = Surface(style, rng)
    people = sorted((facts.trainee, *facts.others), key=lambda p: p.last)
    per_page = 2 if len(people) <= 5 else 1
    form = 2 if common.must_show_weekday(facts) else rng.choice((0, 2))
    times = rng.randrange(3)
    signers = Signers(facts, rng, tell, 96, 22)
    title = rng.choice(("FEUILLE DE PRÉSENCE", "Présences du jour", "ÉTAT DE PRÉSENCE"))
    for i, day in enumerate(common.by_day(facts.slots)):
        if i and i % per_page == 0:
            s.new_page()
        s.write(title, 13, "centre", True, after=3)
        common.heading(
            s,
            facts,
            tell,
            {"Dispensateur": "provider", "Intitulé de l'action": "title", "Formateur": "trainer"},
        )
        s.write(f"Journée du <b>{common.dated(day[0], form)}</b>", after=5)
        head = [s.cell(t, bold=True) for t in ("N°", "NOM Prénom")]
        head += [
            s.cell(f"{common.NAMES[x.half][0]} ({common.hours_of(x, times)})<br/>signature", 8, bold=True)
            for x in day
        ]
        rows = [
            [s.cell(str(n + 1)), s.cell(escaped(p.last_first)), *[signers.cell(p, slot) for slot in day]]
            for n, p in enumerate(people)
        ]
        trainer = [
            s.cell(""),
            s.cell("Le formateur", bold=True),
            *[signers.trainer(slot.trainer_mark) for slot in day],
        ]
        s.table([head, *rows, trainer], [26, 170, *[124] * len(day)], s.grid())
        s.gap(24)
    common.total_line(s, facts, tell, "Total des heures de la formation")
    return s


def by_half_day(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """A table a half-day, one below another: names left, signatures right, the trainer signs beneath each."""
    s = Surface(style, rng)
    s.letterhead(facts.provider)
    people = sorted((facts.trainee, *facts.others), key=lambda p: p.last)
    s.write("Relevé des signatures par demi-journée", 13, "left", True, after=6)
    common.heading(
        s,
        facts,
        tell,
        {
            "Organisme de formation": "provider",
            "Action de formation": "title",
            "Intervenant": "trainer",
            "Dates": "period",
        },
    )
    signers = Signers(facts, rng, tell, 120, 21)
    form = 2 if common.must_show_weekday(facts) else rng.choice((1, 2))
    for slot in facts.slots:
        s.need(26.0 * (len(people) + 2) + 20)
        s.write(
            f"{common.dated(slot, form).capitalize()} – {common.NAMES[slot.half][0].lower()} – de "
            f"{common.hours_of(slot, 2)} – {tell.duration(slot.minutes)}",
            bold=True, after=2,
        )  # fmt: skip
        rows = [[s.cell(escaped(p.last_first)), signers.cell(p, slot)] for p in people]
        rows.append([s.cell("Intervenant : signature", bold=True), signers.trainer(slot.trainer_mark)])
        s.table(rows, [220, 150], [*s.grid(), ("BACKGROUND", (0, -1), (0, -1), PALE)])
        s.gap(10)
    common.total_line(s, facts, tell, "Total des heures de la formation")
    return s
