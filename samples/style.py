"""How a house prints: fonts that a bare machine has, colours, sizes, margins."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
BASE = (("Helvetica", "Helvetica-Bold"), ("Times-Roman", "Times-Bold"), ("Vera", "VeraBd"))
EXTRA = (("DejaVuSans", "DejaVuSans-Bold"), ("DejaVuSerif", "DejaVuSerif-Bold"))
MONO = ("DejaVuSansMono", "DejaVuSansMono-Bold")


@cache
def families() -> tuple[tuple[str, str], ...]:
    """Pairs (normal, bold) that can be used here: the standard ones and those of fonts-dejavu-core if present."""
    usable = [*BASE]
    for normal, bold in (("Vera", "VeraBd"), *EXTRA):
        folder = "" if normal == "Vera" else f"{DEJAVU}/"
        if folder and not all(Path(f"{folder}{name}.ttf").exists() for name in (normal, bold)):
            continue
        for name, weight in ((normal, 0), (bold, 1)):
            pdfmetrics.registerFont(TTFont(name, f"{folder}{name}.ttf"))
            addMapping(normal, weight, 0, name)
            addMapping(normal, weight, 1, name)
        if folder:
            usable.append((normal, bold))
    return tuple(usable)


ACCENTS = ("#1f3a5f", "#7a1f2b", "#245c3c", "#333333", "#5b3a8c", "#a85a10", "#0f6b78", "#44505c")


@dataclass(frozen=True, slots=True)
class Style:
    """``size`` in points; ``head`` chooses the letterhead; ``margin`` in points."""

    font: str
    bold: str
    size: float
    accent: Color
    head: int
    margin: float
    frame: float


def style(rng: random.Random) -> Style:
    font, bold = rng.choice(families())
    wide = font in ("Vera", "DejaVuSans", "DejaVuSerif")
    return Style(
        font=font,
        bold=bold,
        size=rng.choice((9.0, 9.5, 10.0)) - (0.8 if wide else 0),
        accent=HexColor(rng.choice(ACCENTS)),
        head=rng.randrange(5),
        margin=rng.choice((42.0, 50.0, 57.0)),
        frame=rng.choice((0.4, 0.6, 0.9)),
    )
