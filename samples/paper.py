"""Ordinary papers (contracts, notices, attestations) in six designs of the page, whatever they say."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from reportlab.lib.colors import HexColor, black

from samples import ink
from samples.drawn import Layout
from samples.facts import Facts
from samples.organisations import Organisation
from samples.people import Person
from samples.style import Style
from samples.surface import Surface, escaped
from samples.telling import Telling

PALE = HexColor("#eef1f5")


@dataclass(frozen=True, slots=True)
class Signatory:
    """A place to sign. ``who`` signs there if ``signed``; ``house`` stamps there if given."""

    caption: str
    who: Person
    signed: bool
    house: Organisation | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What a paper says. All values come through a `Telling`, so all of it must be drawn.

    ``blocks``: parties, each a heading and its lines. ``rows``: label and value. ``closing``: place and date.
    """

    head: Organisation | None
    title: str
    subtitle: str = ""
    lead: str = ""
    blocks: tuple[tuple[str, tuple[str, ...]], ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    articles: tuple[tuple[str, str], ...] = ()
    bullets: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    closing: str = ""
    signatories: tuple[Signatory, ...] = ()
    footer: str = ""
    addressee: tuple[str, ...] = field(default=())


def fait(rng: random.Random, town: str, day: str) -> str:
    """The closing line in one of its usual forms. ``day`` is already written."""
    town = escaped(town)
    return rng.choice(
        (
            f"Fait à {town}, le {day}",
            f"Fait à : {town} &nbsp;&nbsp;&nbsp; Le : {day}",
            f"{town}, le {day}",
            f"Établi à {town} le {day}, en deux exemplaires.",
        )
    )


def _opening(s: Surface, content: Content, align: str) -> None:
    if content.head:
        s.letterhead(content.head)
    s.footer = content.footer
    for line in content.addressee:
        s.write(escaped(line), x=s.left + s.room * 0.56, width=s.room * 0.44, after=1)
    s.gap(8)
    s.write(
        escaped(content.title), 14.5, align, True, s.style.accent if align != "centre" else black, after=3
    )
    if content.subtitle:
        s.write(escaped(content.subtitle), 8.2, align)
    s.gap(8)


def _tail(s: Surface, content: Content) -> None:
    if content.table:
        head, *body = content.table
        wide = s.room / len(head)
        rows = [[s.cell(escaped(t), bold=True) for t in head]]
        rows += [[s.cell(escaped(t)) for t in row] for row in body]
        s.table(rows, [wide] * len(head), [*s.grid(), ("BACKGROUND", (0, 0), (-1, 0), PALE)])
        s.gap(8)
    for bullet in content.bullets:
        s.write(f"• {escaped(bullet)}", x=s.left + 10, width=s.room - 10, after=2)
    for heading, text in content.articles:
        s.write(escaped(heading), bold=True, after=1)
        s.write(escaped(text), align="justify", after=5)
    s.gap(6)
    if content.closing:
        s.write(content.closing, after=8)
    sign_off(s, content.signatories)


def sign_off(s: Surface, places: tuple[Signatory, ...]) -> None:
    """The signatures side by side, framed or not."""
    if not places:
        return
    s.need(100)
    wide = s.room / len(places)
    framed = s.rng.random() < 0.5
    top = s.y
    for i, place in enumerate(places):
        x = s.left + i * wide
        s.y = top - 3
        s.write(escaped(place.caption), s.style.size - 0.5, bold=True, x=x + 4, width=wide - 8, after=0)
        s.write(escaped(place.who.first_last), s.style.size - 0.5, x=x + 4, width=wide - 8)
        base = top - 92
        if place.house:
            ink.stamp(s.canvas, place.house, s.rng, x + max(4.0, wide * 0.3 - 20), base + 4)
        if place.signed:
            w = min(120.0, wide * 0.6)
            ink.sign(
                s.canvas, ink.hand(place.who, 0), s.rng, x + wide * s.rng.uniform(0.06, 0.3), base + 10, w, 40
            )
        if framed:
            s.canvas.rect(x + 1, base - 2, wide - 3, 94)
    s.y = top - 98


def _rows_table(s: Surface, content: Content) -> None:
    if not content.rows:
        return
    rows = [[s.cell(escaped(a), bold=True), s.cell(escaped(b))] for a, b in content.rows]
    shade = [("BACKGROUND", (0, 0), (0, -1), PALE)] if s.rng.random() < 0.6 else []
    share = s.rng.choice((0.32, 0.38))
    s.table(rows, [s.room * share, s.room * (1 - share)], [*s.grid(), *shade])
    s.gap(8)


def tabular(content: Content, style: Style, rng: random.Random) -> Surface:
    """Parties in a framed table of columns, values in a two-column table."""
    s = Surface(style, rng)
    _opening(s, content, "centre")
    if content.blocks:
        wide = s.room / len(content.blocks)
        cells = [
            [
                s.cell(f"<b>{escaped(h)}</b><br/>" + "<br/>".join(escaped(t) for t in lines))
                for h, lines in content.blocks
            ]
        ]
        s.table(cells, [wide] * len(content.blocks), [*s.grid(), ("VALIGN", (0, 0), (-1, -1), "TOP")])
        s.gap(8)
    if content.lead:
        s.write(content.lead, align="justify", after=6)
    _rows_table(s, content)
    _tail(s, content)
    return s


def plain(content: Content, style: Style, rng: random.Random) -> Surface:
    """Everything as running lines, "label : value"."""
    s = Surface(style, rng)
    _opening(s, content, "left")
    for i, (heading, lines) in enumerate(content.blocks):
        s.write(("Entre " if i == 0 else "Et ") + f"<b>{escaped(lines[0])}</b>" + (f", {escaped(', '.join(lines[1:]))}" if lines[1:] else "")
                + f", ci-après « {escaped(heading.lower())} »,", align="justify")  # fmt: skip
    if content.lead:
        s.write(content.lead, align="justify", after=6)
    for label, value in content.rows:
        s.write(f"{escaped(label)} : <b>{escaped(value)}</b>", after=3)
    s.gap(6)
    _tail(s, content)
    return s


def sections(content: Content, style: Style, rng: random.Random) -> Surface:
    """Coloured bands; labels in a column, values on dotted lines."""
    s = Surface(style, rng)
    _opening(s, content, "right")
    for heading, lines in content.blocks:
        s.band(escaped(heading.upper()))
        for line in lines:
            s.write(escaped(line), after=1)
        s.gap(5)
    if content.lead:
        s.write(content.lead, align="justify", after=6)
    if content.rows:
        s.band(rng.choice(("INFORMATIONS", "OBJET", "DÉTAIL")))
    for label, value in content.rows:
        s.write(escaped(label), s.style.size - 1, after=0)
        s.canvas.setDash(1, 2)
        s.write(escaped(value), bold=True, x=s.left + 14, width=s.room - 14, after=0)
        s.canvas.line(s.left + 14, s.y - 2, s.right, s.y - 2)
        s.canvas.setDash()
        s.gap(6)
    _tail(s, content)
    return s


def boxed(content: Content, style: Style, rng: random.Random) -> Surface:
    """A frame round the page, values in a grid of two columns of boxes, label small above value."""
    s = Surface(style, rng)
    s.canvas.rect(s.left - 12, 36, s.room + 24, s.height - 72)
    s.y -= 6
    _opening(s, content, "centre")
    for heading, lines in content.blocks:
        s.write(f"<b>{escaped(heading)} :</b> {escaped(' – '.join(lines))}", after=4)
    if content.lead:
        s.write(content.lead, align="justify", after=6)
    if content.rows:
        small = s.style.size - 2
        cells = [
            s.cell(f"<font size={small}>{escaped(a)}</font><br/><b>{escaped(b)}</b>") for a, b in content.rows
        ]
        if len(cells) % 2:
            cells.append(s.cell(""))
        s.table([cells[i : i + 2] for i in range(0, len(cells), 2)], [s.room / 2] * 2, s.grid())
        s.gap(8)
    _tail(s, content)
    return s


def columns(content: Content, style: Style, rng: random.Random) -> Surface:
    """Two columns of text under the title: parties left, values right; no frame at all."""
    s = Surface(style, rng)
    _opening(s, content, "left")
    s.line()
    if content.lead:
        s.write(content.lead, after=8)
    half, top = s.room / 2 - 10, s.y
    for heading, lines in content.blocks:
        s.write(escaped(heading), bold=True, colour=s.style.accent, width=half, after=1)
        for line in lines:
            s.write(escaped(line), width=half, after=0)
        s.gap(7)
    low, s.y = s.y, top
    x, wide = (s.left + half + 20, half) if content.blocks else (s.left, s.room)
    for label, value in content.rows:
        s.table([[s.cell(escaped(label), colour=s.style.accent), s.cell(escaped(value), bold=True)]],
                [wide * 0.4, wide * 0.6]) if not content.blocks else None  # fmt: skip
        if content.blocks:
            s.write(escaped(label), s.style.size - 0.8, colour=s.style.accent, x=x, width=wide, after=0)
            s.write(escaped(value), bold=True, x=x, width=wide, after=4)
    s.y = min(low, s.y) - 8
    _tail(s, content)
    return s


Design = Callable[[Content, Style, random.Random], Surface]
DESIGNS: dict[str, Design] = {
    "tabular": tabular,
    "plain": plain,
    "sections": sections,
    "boxed": boxed,
    "columns": columns,
}


Wording = Callable[[Facts, random.Random, Telling], Content]


def layouts(*wordings: Wording) -> dict[str, Layout]:
    """Every wording in every design; the names of the layouts say both."""

    def made(wording: Wording, design: Design) -> Layout:
        return lambda facts, style, rng, tell: design(wording(facts, rng, tell), style, rng)

    return {
        f"{wording.__name__}-{name}": made(wording, design)
        for wording in wordings
        for name, design in DESIGNS.items()
    }
