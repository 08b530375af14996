"""The page under the pen: a canvas with a cursor, letterheads, paragraphs, tables, signature blocks."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import black, white
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Table

from samples import ink
from samples.organisations import Organisation
from samples.people import Person
from samples.style import Style

ALIGN = {"left": 0, "centre": 1, "right": 2, "justify": 4}
Rule = tuple[Any, ...]


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def box(ticked: bool) -> str:
    """A tick box as markup for a paragraph."""
    sign = "\u2718" if ticked else "\u274f"
    return f'<font name="ZapfDingbats">{sign}</font>'


class Surface:
    """Pages of one document. ``y`` is the cursor, in points from the bottom; all text flows from it downwards."""

    def __init__(self, style: Style, rng: random.Random, wide: bool = False) -> None:
        self.style, self.rng = style, rng
        self.width, self.height = landscape(A4) if wide else A4
        self._bytes = io.BytesIO()
        self.canvas = Canvas(self._bytes, pagesize=(self.width, self.height), invariant=1)
        self.left, self.right = style.margin, self.width - style.margin
        self.y = self.height - style.margin
        self.pages = 1
        self.footer = ""

    @property
    def room(self) -> float:
        return self.right - self.left

    def new_page(self) -> None:
        self._close()
        self.canvas.showPage()
        self.pages += 1
        self.y = self.height - self.style.margin

    def _close(self) -> None:
        if self.footer:
            self._foot(self.footer)

    def _foot(self, text: str) -> None:
        flow = self._flow(text, 6.8, "centre", False, None)
        _, high = flow.wrapOn(self.canvas, self.room, 100)
        flow.drawOn(self.canvas, self.left, max(16.0, 34 - high))

    def finish(self) -> bytes:
        self._close()
        self.canvas.save()
        return self._bytes.getvalue()

    def need(self, high: float) -> None:
        if self.y - high < 48:
            self.new_page()

    def gap(self, high: float) -> None:
        self.y -= high

    def _flow(self, text: str, size: float | None, align: str, bold: bool, colour: Any) -> Paragraph:
        points = size or self.style.size
        return Paragraph(
            text,
            ParagraphStyle(
                "p",
                fontName=self.style.bold if bold else self.style.font,
                fontSize=points,
                leading=points * 1.32,
                alignment=ALIGN[align],
                textColor=colour or black,
            ),
        )

    def cell(
        self,
        text: str,
        size: float | None = None,
        align: str = "left",
        bold: bool = False,
        colour: Any = None,
    ) -> Paragraph:
        """A paragraph for a table's cell. ``text`` may hold markup; escape what comes from a value."""
        return self._flow(text, size, align, bold, colour)

    def write(
        self,
        text: str,
        size: float | None = None,
        align: str = "left",
        bold: bool = False,
        colour: Any = None,
        x: float | None = None,
        width: float | None = None,
        after: float = 4,
    ) -> None:
        self.place(self._flow(text, size, align, bold, colour), x, width)
        self.gap(after)

    def place(self, flow: Flowable, x: float | None = None, width: float | None = None) -> float:
        """Draws ``flow`` under the cursor and moves the cursor below it; its height in points."""
        wide, high = flow.wrapOn(self.canvas, width or self.room, self.height)
        self.need(high)
        flow.drawOn(self.canvas, self.left if x is None else x, self.y - high)
        self.y -= high
        del wide
        return float(high)

    def table(
        self,
        rows: Sequence[Sequence[Any]],
        widths: Sequence[float],
        rules: Sequence[Rule] = (),
        heights: Any = None,
    ) -> None:
        """A table that breaks over pages by rows, its first ``repeat`` rows not repeated."""
        flow = Table(
            [list(r) for r in rows],
            colWidths=list(widths),
            rowHeights=heights,
            style=[("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *rules],
        )
        flow.hAlign = "LEFT"
        self.place(flow, width=sum(widths))

    def grid(self) -> list[Rule]:
        return [("GRID", (0, 0), (-1, -1), self.style.frame, black)]

    def band(self, text: str) -> None:
        """A section's heading, white on the house's colour."""
        self.need(40)
        self.table(
            [[self.cell(text, bold=True, colour=white)]],
            [self.room],
            [("BACKGROUND", (0, 0), (-1, -1), self.style.accent), ("TOPPADDING", (0, 0), (-1, -1), 2)],
        )
        self.gap(4)

    def line(self) -> None:
        self.canvas.setStrokeColor(self.style.accent)
        self.canvas.setLineWidth(0.8)
        self.canvas.line(self.left, self.y, self.right, self.y)
        self.canvas.setStrokeColor(black)
        self.gap(8)

    def logo(self, who: Organisation, x: float, y: float, side: float) -> None:
        c, initials = self.canvas, "".join(w[0] for w in who.name.split() if w[0].isupper())[:2]
        c.saveState()
        c.setFillColor(self.style.accent)
        match len(who.name) % 3:
            case 0:
                c.circle(x + side / 2, y + side / 2, side / 2, stroke=0, fill=1)
            case 1:
                c.rect(x, y, side, side, stroke=0, fill=1)
            case _:
                c.roundRect(x, y + side * 0.2, side * 1.3, side * 0.6, 6, stroke=0, fill=1)
                x += side * 0.15
        c.setFillColor(white)
        c.setFont(self.style.bold, side * 0.42)
        c.drawCentredString(x + side / 2, y + side * 0.36, initials)
        c.restoreState()

    def letterhead(self, who: Organisation, name: str | None = None) -> None:
        """The house's head in one of five fashions. ``name``: what is printed for its name."""
        shown = escaped(name or who.name)
        where = escaped(who.address)
        top = self.y
        match self.style.head:
            case 0:
                self.logo(who, self.left, top - 38, 36)
                self.write(shown, 13, bold=True, x=self.left + 56, after=0)
                self.write(where, 8, x=self.left + 56)
                self.y = min(self.y, top - 44)
            case 1:
                self.write(shown, 16, "centre", True, self.style.accent, after=0)
                self.write(where, 8, "centre")
                self.line()
            case 2:
                self.write(shown, 12, "right", True, after=0)
                self.write(escaped(who.street), 8, "right", after=0)
                self.write(f"{who.postcode} {escaped(who.town)}", 8, "right")
                self.logo(who, self.left, top - 40, 38)
                self.y = min(self.y, top - 46)
            case 3:
                self.band(f"{shown} &nbsp;&nbsp; <font size=8>{where}</font>")
            case _:
                self.write(shown, 11, bold=True, after=0)
                self.write(escaped(who.street), 8.5, after=0)
                self.write(f"{who.postcode} {escaped(who.town)}", 8.5)
        self.gap(10)

    def signature(self, who: Person, x: float, w: float = 110, h: float = 38) -> None:
        """A signature under the cursor, which stays where it is."""
        ink.sign(self.canvas, ink.hand(who, 0), self.rng, x, self.y - h - 4, w, h)

    def stamp(self, who: Organisation, x: float, below: float = 66) -> None:
        ink.stamp(self.canvas, who, self.rng, x, self.y - below)


def legal_footer(who: Organisation, rng: random.Random) -> str:
    """The small print of a training provider."""
    shown = f"{who.nda[:2]} {who.nda[2:4]} {who.nda[4:9]} {who.nda[9:]}" if rng.random() < 0.5 else who.nda
    return (
        f"{escaped(who.name)} – {escaped(who.address)} – SIRET {who.siret} – Déclaration d'activité enregistrée sous "
        f"le numéro {shown} auprès du préfet de région. Cet enregistrement ne vaut pas agrément de l'État."
    )
