"""What all attendance sheets share: how a half-day is written, who signs it, how it is told."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

from dossier.quantities import Minutes
from dossier.reading import HalfDay, Mark
from samples import ink
from samples.facts import Facts, Slot
from samples.people import Person
from samples.surface import Surface, escaped
from samples.telling import DAYS, Telling, clock, long_date

NAMES = {
    HalfDay.AM: ("Matin", "MATIN", "Mat."),
    HalfDay.PM: ("Après-midi", "APRÈS-MIDI", "A-M"),
    HalfDay.DAY: ("Journée",) * 3,
}
TOPICS = (
    "Accueil, sécurité et consignes", "Réglementation et responsabilités", "Technologie du matériel", "Prise de poste",
    "Mise en situation encadrée", "Lecture de plans", "Contrôle et autocontrôle", "Exercices pratiques", "Évaluation",
)  # fmt: skip


class Signers:
    """Draws each person's mark in a cell and tells the half-day, in one gesture."""

    def __init__(self, facts: Facts, rng: random.Random, tell: Telling, w: float, h: float) -> None:
        self.facts, self.rng, self.tell, self.w, self.h = facts, rng, tell, w, h
        self.house = rng.randrange(1000)
        self.absent = random.Random(f"{facts.ref}|others")

    def mark_of(self, who: Person, slot: Slot) -> Mark:
        """The trainee's own mark; the others of a collective sheet miss a half-day now and then."""
        if who == self.facts.trainee:
            return slot.mark
        return Mark.SIGNED if self.absent.random() > 0.06 else self.absent.choice((Mark.BLANK, Mark.ABSENT))

    def cell(self, who: Person, slot: Slot, trainer: Mark | None = None) -> ink.Cell:
        """The cell of ``who`` for ``slot``; ``trainer``: the trainer's mark that counts for it."""
        mark = self.mark_of(who, slot)
        signed_by = slot.trainer_mark if trainer is None else trainer
        self.tell.session(who, slot, mark is Mark.SIGNED, signed_by is Mark.SIGNED)
        return self.drawn(who, mark)

    def trainer(self, mark: Mark) -> ink.Cell:
        return self.drawn(self.facts.trainer, mark)

    def drawn(self, who: Person, mark: Mark) -> ink.Cell:
        return ink.Cell(mark, ink.hand(who, self.house), self.rng, self.w, self.h)


def by_day(slots: tuple[Slot, ...]) -> Iterator[tuple[Slot, ...]]:
    for _, day in itertools.groupby(slots, key=lambda slot: slot.date):
        yield tuple(day)


def by_week(slots: tuple[Slot, ...]) -> Iterator[tuple[Slot, ...]]:
    for _, week in itertools.groupby(slots, key=lambda slot: slot.date.isocalendar()[:2]):
        yield tuple(week)


def weekday(slot: Slot) -> str:
    return DAYS[slot.weekday_shown]


def dated(slot: Slot, form: int) -> str:
    """The date of ``slot``: 0 numbers, 1 weekday and numbers, 2 weekday and words, 3 short with year."""
    if form == 1:
        return f"{weekday(slot)} {slot.date:%d/%m/%Y}"
    if form == 2:
        return f"{weekday(slot)} {long_date(slot.date)}"
    return f"{slot.date:%d/%m/%y}" if form == 3 else f"{slot.date:%d/%m/%Y}"


def hours_of(slot: Slot, form: int) -> str:
    """The times of ``slot``."""
    joint = ("-", " – ", " à ")[form % 3]
    return f"{clock(slot.start, form)}{joint}{clock(slot.end, form)}"


def must_show_weekday(facts: Facts) -> bool:
    return any(slot.weekday is not None for slot in facts.slots)


def total(facts: Facts) -> Minutes | None:
    """The total to write: the given one, else the sum when nothing is missing (else none is written)."""
    if facts.total is not None:
        return facts.total
    if any(slot.mark is not Mark.SIGNED for slot in facts.slots):
        return None
    return Minutes(sum(slot.minutes for slot in facts.slots))


def total_line(s: Surface, facts: Facts, tell: Telling, label: str, always: bool = False) -> None:
    """The total under the sheet: where a scenario set one or the layout has one."""
    minutes = total(facts)
    if minutes is not None and (always or facts.total is not None):
        s.gap(4)
        s.write(f"{label} : <b>{tell.hours('total_hours', minutes)}</b>", after=4)


def heading(s: Surface, facts: Facts, tell: Telling, labels: dict[str, str], inline: bool = False) -> None:
    """Provider, title, trainer and the rest, each after its label; ``inline`` on one line, else one below another."""
    lines = []
    for label, what in labels.items():
        match what:
            case "provider":
                shown = tell.text("provider_name", facts.provider.name)
            case "title":
                shown = tell.text("training_title", facts.title)
            case "trainer":
                shown = tell.text("trainer_name", facts.trainer.first_last)
            case "trainee":
                shown = facts.trainee.last_first
            case "employer":
                shown = facts.employer.name
            case "place":
                shown = facts.provider.town
            case "ref":
                shown = facts.ref
            case "period":
                shown = f"du {facts.slots[0].date:%d/%m/%Y} au {facts.slots[-1].date:%d/%m/%Y}"
            case _:
                shown = what
        lines.append(f"{label} : <b>{escaped(shown)}</b>" if label else f"<b>{escaped(shown)}</b>")
    if inline:
        s.write(" &nbsp;•&nbsp; ".join(lines), after=5)
    else:
        for line in lines:
            s.write(line, after=2)
    s.gap(5)
