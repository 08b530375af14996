"""Single documents with the turns that papers take: marks on sheets, hours in halves, VAT, names of use.

One seed, kind and layout give the same paper again, whatever else is drawn.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from decimal import Decimal

from dossier.kinds import Kind
from dossier.quantities import Minutes
from dossier.reading import HalfDay, Mark
from samples.dossiers import Piece
from samples.facts import Extra, Facts, Slot
from samples.filing import Filing, Mix
from samples.maker import Maker, sample_facts
from samples.people import LAST

MARKS = (Mark.BLANK, Mark.BLANK, Mark.ABSENT, Mark.CROSSED, Mark.DASH)
MARRED = Mix(0.0, 0.0, 0.0, marred=0.35)


def piece(seed: int, kind: Kind, layout: str, channel: str) -> tuple[bytes, str, str, dict[str, object]]:
    """A document as a file of its own: its bytes, suffix, channel and truth.

    A photo holds one page: longer papers are scanned instead.
    """
    rng = random.Random(f"{seed}|{kind.value}|{layout}|varied")
    facts = turned(rng, replace(sample_facts(rng, kind), cdii=layout.startswith("letter")), kind)
    holder = Maker(rng.randrange(10_000)).temporary("paper")
    data, suffix, came, parts = Filing(holder, MARRED, f"|{channel}").made(
        Piece(kind, facts, layout=layout, channel=channel)
    )
    return data, suffix, came, parts[0]


def turned(rng: random.Random, facts: Facts, kind: Kind) -> Facts:
    """``facts`` with some of the turns that this kind of paper takes."""
    trainee = facts.trainee
    if rng.random() < 0.12 and kind is Kind.CERTIFICATE:
        trainee = replace(trainee, married=rng.choice([name for name in LAST if name != trainee.last]))
    facts = replace(facts, trainee=trainee, signed=rng.random() > 0.2, stamped=rng.random() > 0.25)
    match kind:
        case Kind.ATTENDANCE_SHEET:
            return _sheet(rng, facts)
        case Kind.CERTIFICATE | Kind.INVOICE if rng.random() < 0.3 and facts.minutes is not None:
            done = Minutes(facts.minutes - rng.choice((30, 90, 210, 15)))
            facts = replace(facts, minutes=done)
    return _bill(rng, facts) if kind is Kind.INVOICE else facts


def _sheet(rng: random.Random, facts: Facts) -> Facts:
    """Fewer days; some half-days blank, absent, crossed; now and then the trainer forgot, or an hour less."""
    slots = facts.slots[: rng.choice((6, 8, 10, 14, 20))]
    share = rng.choice((0.0, 0.0, 0.1, 0.25))
    out: list[Slot] = []
    for slot in slots:
        mark = rng.choice(MARKS) if rng.random() < share else Mark.SIGNED
        trainer = Mark.BLANK if rng.random() < share / 3 else Mark.SIGNED
        end = slot.end
        if rng.random() < share / 3 and slot.half is HalfDay.PM:
            end = dt.time(end.hour - 1, end.minute)
        out.append(replace(slot, mark=mark, trainer_mark=trainer, end=end))
    return replace(facts, slots=tuple(out), start=out[0].date, end=out[-1].date)


def _bill(rng: random.Random, facts: Facts) -> Facts:
    billing = facts.billing
    if billing is None:
        return facts
    extras = []
    if rng.random() < 0.25:
        label = rng.choice(("Frais de dossier", "Supports pédagogiques", "Frais de déplacement du formateur"))
        extras.append(Extra(label, Decimal(rng.choice(("45.00", "120.50", "80.00")))))
    nature = rng.choice(("invoice",) * 8 + ("credit_note", "deposit"))
    return replace(
        facts,
        billing=replace(
            billing,
            vat=Decimal(20) if rng.random() < 0.35 else Decimal(0),
            nature=nature,
            extras=() if nature == "credit_note" else tuple(extras),
            paid_signed=rng.random() > 0.25,
        ),
    )
