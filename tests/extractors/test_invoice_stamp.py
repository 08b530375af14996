"""The day in a turned stamp of a scan, read by the second engine itself."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from dossier.reading import Box, ReadBy
from extractors.kinds.invoice_stamp import stamped_days
from extractors.leaf import Leaf
from extractors.page import Page, Word


def stamped(text: str, slant: float) -> Leaf:
    """A scanned page with one framed stamp of two lines, turned by ``slant`` degrees."""
    stamp = Image.new("L", (520, 260), 255)
    pen = ImageDraw.Draw(stamp)
    pen.rectangle((20, 40, 500, 220), outline=40, width=4)
    for row, line in enumerate(text.split("|")):
        pen.text((50, 70 + 60 * row), line, fill=30, font=ImageFont.load_default(38))
    turned = stamp.rotate(slant, expand=True, fillcolor=255)
    sheet = Image.new("L", (1654, 2339), 255)
    sheet.paste(turned, (420, 1300))
    colour = np.stack([np.asarray(sheet)] * 3, axis=-1)
    worn = (Word("FAUTE~", Box(0.30, 0.60, 0.36, 0.62), 0.2), Word("2O/", Box(0.31, 0.63, 0.34, 0.65), 0.3))
    return Leaf(Page(1, 595, 842, ReadBy.OCR, worn, (), lambda: colour))


@pytest.mark.parametrize("slant", [14.0, -9.0])
def test_a_turned_stamp_is_set_level_and_read_with_doubt(slant: float) -> None:
    ((day, box),) = stamped_days(stamped("FACTURE ACQUITTEE|LE 20/11/2026", slant), ())
    assert (day.value, day.confidence < 0.9) == (dt.date(2026, 11, 20), True)
    assert box.x0 < 0.35 and box.x1 > 0.45


def test_a_stamp_that_says_something_else_pays_nothing() -> None:
    assert list(stamped_days(stamped("COURRIER RECU|LE 20/11/2026", 14.0), ())) == []
