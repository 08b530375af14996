"""The look of a letter: A4, an embedded typeface, the parts that every letter is built from.

The typeface stands in the package (`fonts`, DejaVu Sans Condensed): it has every letter of every European
name, and the same letter gives the same bytes on every machine (docs/decisions/0008).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

_FONTS = Path(__file__).parent / "fonts"
_REGULAR, _BOLD = "DejaVuSansCondensed", "DejaVuSansCondensed-Bold"

_INK, _SOFT, _LINE = HexColor(0x1B2330), HexColor(0x545E6E), HexColor(0xC9D0D9)
_BAND, _TINT = HexColor(0x14304F), HexColor(0xF1F4F8)
_ALERT, _ALERT_TINT = HexColor(0x8C1D15), HexColor(0xFBE9E7)

_WIDTH, _HEIGHT = A4
_SIDE = 22 * mm
_TEXT_WIDTH = _WIDTH - 2 * _SIDE
_ADDRESSEE_LEFT, _ADDRESSEE_TOP = 110 * mm, 45 * mm  # the window of a French DL envelope


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes. ``lines`` are printed under the name (address, telephone, mail)."""

    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One reason as its receiver reads it."""

    reason: str
    read: str
    expected: str
    where: str


@dataclass(frozen=True, slots=True)
class Section:
    """A paragraph or more under an optional heading, and an optional table of reasons."""

    paragraphs: tuple[str, ...]
    heading: str = ""
    rows: tuple[Row, ...] = ()
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """All that a letter says, in French plain text. ``draft``: the banner of one that may not go out yet."""

    subject: str
    reference: str
    addressee: tuple[str, ...]
    place_and_date: str
    references: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    closing: str
    draft: str = ""


@cache
def _glyphs() -> frozenset[int]:
    """Register the typeface once; the code points that it can draw."""
    for name in (_REGULAR, _BOLD):
        pdfmetrics.registerFont(TTFont(name, str(_FONTS / f"{name}.ttf")))
    pdfmetrics.registerFontFamily(_REGULAR, normal=_REGULAR, bold=_BOLD, italic=_REGULAR, boldItalic=_BOLD)
    faces = [pdfmetrics.getFont(name).face.charToGlyph for name in (_REGULAR, _BOLD)]
    return frozenset(faces[0]) & frozenset(faces[1])


def _drawable(text: str) -> str:
    """Composed text in letters that the typeface has; what it has not is said to be there by "?"."""
    glyphs = _glyphs()
    composed = unicodedata.normalize("NFC", text)
    plain = "".join(" " if unicodedata.category(c) in ("Cc", "Cf") else c for c in composed)
    return "".join(c if ord(c) in glyphs else "?" for c in plain)


def _style(
    size: float = 9.6,
    leading: float = 13.4,
    bold: bool = False,
    color: Color = _INK,
    after: float = 0.0,
    alignment: int = 0,
) -> ParagraphStyle:
    return ParagraphStyle(
        name="",
        fontName=_BOLD if bold else _REGULAR,
        fontSize=size,
        leading=leading,
        textColor=color,
        spaceAfter=after,
        alignment=alignment,
        splitLongWords=True,
    )


def _paragraph(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph("<br/>".join(escape(_drawable(line)) for line in text.split("\n")), style)


def render(letter: Letter, sender: Sender) -> bytes:
    """The letter as PDF: the same letter, the same bytes. Language and title are set for screen readers."""
    _, pages = _build(letter, sender, 0)
    content, _ = _build(letter, sender, pages)
    return content


def _build(letter: Letter, sender: Sender, pages: int) -> tuple[bytes, int]:
    """The PDF whose foot says that it has so many pages, and how many it has."""
    _glyphs()
    out = BytesIO()
    document = BaseDocTemplate(
        out,
        pagesize=A4,
        title=_drawable(letter.subject),
        author=_drawable(sender.name),
        subject=_drawable(letter.reference),
        creator="servicefait",
        lang="fr-FR",
        displayDocTitle=True,
        invariant=1,
    )
    top, bottom = 20 * mm, 24 * mm
    first = Frame(_SIDE, bottom, _TEXT_WIDTH, _HEIGHT - 82 * mm - bottom, 0, 0, 0, 0)
    later = Frame(_SIDE, bottom, _TEXT_WIDTH, _HEIGHT - top - bottom, 0, 0, 0, 0)

    def open_first(canvas: Canvas, _: BaseDocTemplate) -> None:
        _draw_head(canvas, letter, sender)
        _draw_foot(canvas, letter, 1, pages)

    def open_later(canvas: Canvas, its: BaseDocTemplate) -> None:
        _draw_foot(canvas, letter, its.page, pages)

    document.addPageTemplates(
        [
            PageTemplate("first", [first], onPage=open_first, autoNextPageTemplate="later"),
            PageTemplate("later", [later], onPage=open_later),
        ]
    )
    document.build(_story(letter, sender))
    return out.getvalue(), document.page


def _story(letter: Letter, sender: Sender) -> list[Flowable]:
    story: list[Flowable] = []
    if letter.draft:
        story += [_banner(letter.draft), Spacer(0, 4 * mm)]
    label, value = _style(8.6, 12, color=_SOFT), _style(8.6, 12)
    references = Table(
        [[_paragraph(name, label), _paragraph(said, value)] for name, said in letter.references],
        colWidths=[32 * mm, _TEXT_WIDTH - 32 * mm],
        style=TableStyle(
            [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0),
             ("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 1)]
        ),
    )  # fmt: skip
    story += [references, Spacer(0, 4 * mm)]
    story += [_paragraph(f"Objet : {letter.subject}", _style(11, 15, bold=True, color=_BAND, after=10))]
    story += [_paragraph("Madame, Monsieur,", _style(after=7))]
    for section in letter.sections:
        story += _section(section)
    ending = [_paragraph(letter.closing, _style(after=16)), _paragraph(sender.name, _style(bold=True))]
    return [*story, KeepTogether(ending)]


def _section(section: Section) -> list[Flowable]:
    heading = [_paragraph(section.heading, _style(10, 14, bold=True, color=_BAND, after=4))]
    body: list[Flowable] = [
        _paragraph(text, _style(bold=section.emphasis, after=7)) for text in section.paragraphs
    ]
    if section.rows:
        return [*(heading if section.heading else []), *body, _reasons(section.rows), Spacer(0, 5 * mm)]
    return [KeepTogether([*(heading if section.heading else []), *body]), Spacer(0, 1 * mm)]


def _reasons(rows: Sequence[Row]) -> Table:
    head, cell, strong = (
        _style(8, 10.5, bold=True, color=_BAND),
        _style(8.5, 11.4),
        _style(8.5, 11.4, bold=True),
    )
    titles = ("Pièce ou constat", "Ce que nous avons lu", "Ce qui est attendu", "Où")
    shares = (0.36, 0.21, 0.21, 0.22)
    return Table(
        [
            [_paragraph(title, head) for title in titles],
            *(
                [
                    _paragraph(row.reason, cell),
                    _paragraph(row.read or "–", cell),
                    _paragraph(row.expected or "–", strong),
                    _paragraph(row.where or "–", _style(8, 10.8, color=_SOFT)),
                ]
                for row in rows
            ),
        ],
        colWidths=[share * _TEXT_WIDTH for share in shares],
        repeatRows=1,
        splitInRow=1,
        style=TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("BACKGROUND", (0, 0), (-1, 0), _TINT),
                ("LINEABOVE", (0, 0), (-1, 0), 0.8, _BAND),
                ("LINEBELOW", (0, 0), (-1, -1), 0.5, _LINE),
                ("LEFTPADDING", (0, 0), (-1, -1), 5),
                ("RIGHTPADDING", (0, 0), (-1, -1), 5),
                ("TOPPADDING", (0, 0), (-1, -1), 4),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
            ]
        ),
    )


def _banner(text: str) -> Table:
    return Table(
        [[_paragraph(text, _style(9.4, 13, bold=True, color=_ALERT))]],
        colWidths=[_TEXT_WIDTH],
        style=TableStyle(
            [("BACKGROUND", (0, 0), (-1, -1), _ALERT_TINT), ("LINEBEFORE", (0, 0), (0, -1), 2.5, _ALERT),
             ("LEFTPADDING", (0, 0), (-1, -1), 9), ("TOPPADDING", (0, 0), (-1, -1), 5),
             ("BOTTOMPADDING", (0, 0), (-1, -1), 6)]
        ),
    )  # fmt: skip


def _draw_head(canvas: Canvas, letter: Letter, sender: Sender) -> None:
    """Sender at the top left, receiver where the envelope's window is, place and date below."""
    canvas.setFillColor(_BAND)
    canvas.rect(0, _HEIGHT - 5 * mm, _WIDTH, 5 * mm, stroke=0, fill=1)
    _draw_block(canvas, sender.name, sender.lines, _SIDE, 18 * mm, 78 * mm)
    _draw_block(canvas, letter.addressee[0], letter.addressee[1:], _ADDRESSEE_LEFT, _ADDRESSEE_TOP, 78 * mm)
    date = _paragraph(letter.place_and_date, _style(9.4, 13, alignment=TA_RIGHT))
    date.wrapOn(canvas, _TEXT_WIDTH, 20 * mm)
    date.drawOn(canvas, _SIDE, _HEIGHT - 76 * mm)


def _draw_block(
    canvas: Canvas, name: str, lines: Sequence[str], left: float, top: float, width: float
) -> None:
    y = _HEIGHT - top
    for paragraph in (
        _paragraph(name, _style(10, 13.4, bold=True)),
        *(_paragraph(line, _style(9.2, 12.6)) for line in lines),
    ):
        _, height = paragraph.wrapOn(canvas, width, 40 * mm)
        y -= height
        paragraph.drawOn(canvas, left, y)


def _draw_foot(canvas: Canvas, letter: Letter, page: int, pages: int) -> None:
    canvas.setStrokeColor(_LINE)
    canvas.setLineWidth(0.5)
    canvas.line(_SIDE, 17 * mm, _WIDTH - _SIDE, 17 * mm)
    canvas.setFont(_REGULAR, 7.8)
    canvas.setFillColor(_SOFT)
    canvas.drawString(_SIDE, 12.5 * mm, _drawable(letter.reference))
    folio = f"Page {page}/{pages}"
    canvas.drawRightString(_WIDTH - _SIDE, 12.5 * mm, folio)
    if letter.draft:
        right = _WIDTH - _SIDE - pdfmetrics.stringWidth(folio, _REGULAR, 7.8) - 4 * mm
        canvas.setFillColor(_ALERT)
        canvas.setFont(_BOLD, 7.8)
        canvas.drawRightString(right, 12.5 * mm, "PROJET – À VALIDER")
