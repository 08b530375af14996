"""A paper as a DOCX, as small providers send it: same content, a word processor's looks."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

from docx import Document
from docx.shared import Mm

from samples import ink
from samples.paper import Content

STILL = (2026, 1, 5, 9, 0, 0)
"""The time stamp of every member of an archive, so that the same seed makes the same bytes."""


def _plain(markup: str) -> str:
    text = re.sub(r"<br/>", "\n", markup.replace("&nbsp;", " "))
    return re.sub(r"<[^>]+>", "", text).replace("&amp;", "&").replace("&lt;", "<")


def docx(content: Content) -> bytes:
    """``content`` as a document; signatures are pasted pictures."""
    document = Document()
    if content.head:
        document.add_paragraph(f"{content.head.name}\n{content.head.address}")
    document.add_heading(content.title, level=1)
    for text in (content.subtitle, _plain(content.lead)):
        if text:
            document.add_paragraph(text)
    for heading, lines in content.blocks:
        document.add_heading(heading, level=2)
        for line in lines:
            document.add_paragraph(line)
    if content.rows:
        table = document.add_table(rows=0, cols=2, style="Table Grid")
        for label, value in content.rows:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = label, value
    for heading, text in content.articles:
        document.add_heading(heading, level=3)
        document.add_paragraph(text)
    if content.closing:
        document.add_paragraph(_plain(content.closing))
    for place in content.signatories:
        document.add_paragraph(f"{place.caption}\n{place.who.first_last}")
        if place.signed:
            picture = ink.sign_picture(ink.hand(place.who, 3), place.who.last)
            document.add_picture(io.BytesIO(picture), width=Mm(45))
    properties = document.core_properties
    properties.created = properties.modified = dt.datetime(2026, 1, 5, 9, 0)  # noqa: DTZ001
    out = io.BytesIO()
    document.save(out)
    return still(out.getvalue())


def still(archive: bytes) -> bytes:
    """The same ZIP with every member at one fixed time."""
    source, out = zipfile.ZipFile(io.BytesIO(archive)), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, STILL), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
