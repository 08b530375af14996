"""DOCX and ODT to PDF: set anew on A4 in reading order, so that everything after reads them as any PDF.

Line breaks are ours, not the word processor's: what matters is which words stand together, in which cell,
under which picture. Hidden text and deleted revisions are left out: nobody sees them on paper.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping

from lxml import etree
from PIL import Image as Pillow
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    Flowable,
    Image,
    LayoutError,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from dossier.reading import Refusal
from extractors.office_docx import docx_items
from extractors.office_items import Break, Drawing, Grid, Item, Package, Text
from extractors.office_odt import odt_items
from extractors.opening import Format, Limits, Refused

_MARGIN = 15 * mm
_WIDTH = A4[0] - 2 * _MARGIN - 12
_SCALE = 0.86
"""Our type is set a little smaller than theirs: a paper of one page stays one page."""
_MOST_CELLS = 4000

_STAND_INS = str.maketrans(
    {"☐": "[ ]", "□": "[ ]", "☒": "[X]", "☑": "[X]", "✓": "X", "✔": "X", "✗": "X", "✘": "X", "☎": "Tél.",
     "\u2009": "\u00a0", "\u2011": "-", "\u2010": "-", "\u2212": "-", "\u202f": "\u00a0",
     "ﬁ": "fi", "ﬂ": "fl"}
)  # fmt: skip
"""Signs that the standard PDF fonts lack."""


def typeset(data: bytes, found: Format, limits: Limits) -> bytes:
    """The PDF of a DOCX or ODT. Raises `Refused` (encrypted, broken, hostile; empty: not a document)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            package = Package(packed, limits)
            items = list(docx_items(package) if found is Format.DOCX else odt_items(package))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, OSError) as error:
        raise Refused(Refusal.BROKEN, f"this {found} can't be opened ({type(error).__name__})") from error
    except etree.XMLSyntaxError as error:
        raise Refused(Refusal.BROKEN, f"this {found} holds no well-formed text") from error
    if not any(_says_something(item) for item in items):
        raise Refused(Refusal.NOT_A_DOCUMENT, f"this {found} is empty")
    try:
        return _set(items, limits)
    except LayoutError:
        return _set(list(_flat(items)), limits)  # a cell higher than a page: its words matter, not its frame


def typeset_text(text: str, limits: Limits) -> bytes:
    """The PDF of a plain text; the same bytes for the same text."""
    return _set([Text(line) for line in text.splitlines()], limits)


def _says_something(item: Item) -> bool:
    if isinstance(item, Grid):
        return any(_says_something(inner) for row in item.rows for cell, _ in row for inner in cell)
    return not isinstance(item, Break) and (not isinstance(item, Text) or bool(item.text.strip()))


def _flat(items: list[Item]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Grid):
            for row in item.rows:
                texts = [i.text for cell, _ in row for i in cell if isinstance(i, Text) and i.text.strip()]
                yield Text("    ".join(texts))
                yield from (i for cell, _ in row for i in cell if isinstance(i, Drawing))
        else:
            yield item


# setting


def _set(items: list[Item], limits: Limits) -> bytes:
    out = io.BytesIO()
    paper = SimpleDocTemplate(
        out,
        invariant=1,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
    )
    paper.build([flowable for item in items for flowable in _flowables(item, _WIDTH, limits)])
    return out.getvalue()


def _flowables(item: Item, width: float, limits: Limits) -> Iterator[Flowable]:
    match item:
        case Break():
            yield PageBreak()
        case Text():
            yield _paragraph(item)
        case Drawing():
            yield from _picture(item, width, limits)
        case Grid():
            yield from _table(item, width, limits)


_ALIGN: Mapping[str, int] = {"center": TA_CENTER, "right": TA_RIGHT, "end": TA_RIGHT}


def _paragraph(item: Text) -> Flowable:
    size = max(6.0, min(30.0, item.size)) * _SCALE
    if not item.text.strip():
        return Spacer(1, 0.6 * size)
    style = ParagraphStyle(
        "text",
        fontName="Helvetica-Bold" if item.bold else "Helvetica",
        fontSize=size,
        leading=1.2 * size,
        spaceAfter=0.35 * size,
        alignment=_ALIGN.get(item.align, TA_LEFT),
        splitLongWords=0,
    )
    return Paragraph(_markup(item.text), style)


def _markup(text: str) -> str:
    plain = text.translate(_STAND_INS).encode("cp1252", "replace").decode("cp1252")
    plain = re.sub(r"[\x00-\x08\x0b-\x1f]", "", plain)
    escaped = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = re.sub(r"\t| {3,}", "\u00a0" * 6 + " ", escaped)
    return escaped.replace("\n", "<br/>")


def _picture(item: Drawing, width: float, limits: Limits) -> Iterator[Flowable]:
    try:
        with Pillow.open(io.BytesIO(item.data)) as opened:
            across, down = opened.size
            if across * down > limits.pixels or not across or not down:
                return
            picture = opened.convert("RGBA" if opened.mode in ("RGBA", "LA", "P") else "RGB")
    except (OSError, ValueError, SyntaxError, Pillow.DecompressionBombError):
        return  # a metafile or a broken picture: not shown, nothing is read from it
    held = io.BytesIO()
    picture.save(held, "PNG")
    shown = min(item.width or across * 0.75, width)
    high = shown * down / across
    most = A4[1] - 2 * _MARGIN - 24
    if high > most:
        shown, high = shown * most / high, most
    held.seek(0)
    yield Image(held, shown, high, hAlign="LEFT")


def _table(item: Grid, width: float, limits: Limits) -> Iterator[Flowable]:
    columns = max((sum(span for _, span in row) for row in item.rows), default=0)
    if not columns or columns * len(item.rows) > _MOST_CELLS:
        yield from (f for flat in _flat([item]) for f in _flowables(flat, width, limits))
        return
    across = width / columns
    cells: list[list[object]] = []
    spans: list[tuple[object, ...]] = []
    for down, row in enumerate(item.rows):
        line: list[object] = [""] * columns
        at = 0
        for held, span in row:
            inside = max(10.0, across * span - 6)
            line[at] = [f for one in held for f in _flowables(one, inside, limits)] or ""
            if span > 1:
                spans.append(("SPAN", (at, down), (at + span - 1, down)))
            at += span
        cells.append(line)
    style: list[tuple[object, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
    ]
    style += [("RIGHTPADDING", (0, 0), (-1, -1), 3), ("TOPPADDING", (0, 0), (-1, -1), 2), *spans]
    if item.ruled:
        style.append(("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0)))
    yield Table(cells, colWidths=[across] * columns, style=TableStyle(style), splitInRow=1)
    yield Spacer(1, 4)
