"""What hands add to paper: signatures, initials, strokes, stamps. Vector strokes, never twice the same."""

from __future__ import annotations

import io
import math
import random
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageDraw
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

from dossier.reading import Mark
from samples.organisations import Organisation
from samples.people import Person

Points = list[tuple[float, float]]
PENS = ("#16226b", "#0f1a8a", "#1b1b1b", "#111133", "#2a2a2a")


@dataclass(frozen=True, slots=True)
class Hand:
    """A person's way of signing: a few strokes of control points in the unit square, a pen, a width."""

    strokes: tuple[tuple[tuple[float, float], ...], ...]
    pen: str
    weight: float


def hand(who: Person, house: int) -> Hand:
    """The hand of ``who``; the same person keeps the same hand through a dossier."""
    rng = random.Random(f"{who.last}|{who.first}|{house}")
    manner = rng.randrange(4)
    loops = rng.randint(4, 9)
    main: Points = []
    for i in range(loops * 3 + 1):
        x = i / (loops * 3)
        swing = rng.uniform(0.2, 0.5) * (1.2 - x)
        y = 0.5 + (swing if i % 2 else -swing) * rng.uniform(0.5, 1.1)
        main.append((x * rng.uniform(0.86, 0.98) + rng.uniform(-0.08, 0.05), y))
    strokes = [tuple(main)]
    if manner in (0, 2):  # a flourish beneath
        strokes.append(tuple((i / 3, 0.12 + rng.uniform(-0.1, 0.12)) for i in range(4)))
    if manner in (1, 2):  # a tall first letter
        strokes.append(tuple((0.05 + rng.uniform(-0.04, 0.16), v) for v in (0.05, 0.9, 1.0, 0.35)))
    if manner == 3:  # a ring round it
        ring = [
            (0.5 + 0.46 * math.cos(a * math.tau / 9), 0.5 + 0.4 * math.sin(a * math.tau / 9))
            for a in range(10)
        ]
        strokes.append(tuple(ring))
    return Hand(tuple(strokes), rng.choice(PENS), rng.uniform(0.7, 1.3))


def _moved(points: tuple[tuple[float, float], ...], rng: random.Random, shake: float) -> Points:
    return [(x + rng.gauss(0, shake), y + rng.gauss(0, shake)) for x, y in points]


def sign(canvas: Any, hand_: Hand, rng: random.Random, x: float, y: float, w: float, h: float) -> None:
    """One signature of this hand in the box, each time a little different."""
    canvas.saveState()
    canvas.setStrokeColor(HexColor(hand_.pen))
    canvas.setLineWidth(hand_.weight * rng.uniform(0.85, 1.15))
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    canvas.translate(x + w * rng.uniform(0, 0.08), y + h * rng.uniform(-0.05, 0.08))
    canvas.rotate(rng.uniform(-5, 6))
    scale = rng.uniform(0.82, 1.0)
    for stroke in hand_.strokes:
        points = [(px * w * scale, py * h * scale) for px, py in _moved(stroke, rng, 0.025)]
        path = canvas.beginPath()
        path.moveTo(*points[0])
        for i in range(1, len(points) - 2, 3):
            path.curveTo(*points[i], *points[i + 1], *points[i + 2])
        canvas.drawPath(path, stroke=1, fill=0)
    canvas.restoreState()


def sign_picture(hand_: Hand, seed: str) -> bytes:
    """The signature as a transparent PNG, as electronic sheets paste it (300 x 110)."""
    rng = random.Random(seed)
    picture = Image.new("RGBA", (600, 220), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    colour = (*(int(hand_.pen[i : i + 2], 16) for i in (1, 3, 5)), 255)
    for stroke in hand_.strokes:
        points = [(30 + px * 540, 200 - py * 180) for px, py in _moved(stroke, rng, 0.02)]
        curve: Points = []
        for i in range(0, len(points) - 3, 3):
            a, b, c, d = points[i : i + 4]
            for t in (k / 14 for k in range(15)):
                u = 1 - t
                weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
                curve.append(
                    (
                        sum(k * p[0] for k, p in zip(weights, (a, b, c, d), strict=True)),
                        sum(k * p[1] for k, p in zip(weights, (a, b, c, d), strict=True)),
                    )
                )
        pen.line(curve, fill=colour, width=6, joint="curve")
    out = io.BytesIO()
    picture.resize((300, 110)).save(out, "PNG")
    return out.getvalue()


class Cell(Flowable):  # type: ignore[misc]
    """A cell of a sheet: signed, blank, "ABS", crossed or a dash, in a box of the given size in points."""

    def __init__(
        self, mark: Mark, hand_: Hand, rng: random.Random, w: float, h: float, picture: bytes = b""
    ) -> None:
        super().__init__()
        self.mark, self.hand, self.rng, self.w, self.h, self.picture = mark, hand_, rng, w, h, picture

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.w, self.h

    def draw(self) -> None:
        c, w, h, rng = self.canv, self.w, self.h, self.rng
        match self.mark:
            case Mark.SIGNED if self.picture:
                c.drawImage(
                    ImageReader(io.BytesIO(self.picture)), 0, 0, w, h, mask="auto", preserveAspectRatio=True
                )
            case Mark.SIGNED:
                sign(c, self.hand, rng, w * 0.04, h * 0.08, w * 0.88, h * 0.82)
            case Mark.ABSENT:
                c.setFont("Helvetica-Bold" if rng.random() < 0.5 else "Helvetica", 8)
                c.drawCentredString(w / 2, h * 0.32, rng.choice(("ABS", "Absent", "ABS", "abs.")))
            case Mark.CROSSED:
                c.setLineWidth(1.1)
                c.line(w * 0.12, h * 0.1, w * 0.88, h * 0.9)
                c.line(w * 0.12, h * 0.9, w * 0.88, h * 0.1)
            case Mark.DASH:
                c.setLineWidth(1)
                c.line(w * 0.3, h * 0.5, w * 0.7, h * 0.5 + rng.uniform(-1, 1))
            case _:
                pass


STAMP_COLOURS = ("#1d3fa0", "#5a2a91", "#a3202c", "#222222", "#0d5a8c")


def stamp(canvas: Any, who: Organisation, rng: random.Random, x: float, y: float) -> None:
    """The company's rubber stamp, its lower left corner about (x, y), about 120 by 60 points."""
    colour = HexColor(rng.choice(STAMP_COLOURS))
    canvas.saveState()
    canvas.translate(x + 60, y + 32)
    canvas.rotate(rng.uniform(-9, 12))
    canvas.setStrokeColor(colour)
    canvas.setFillColor(Color(colour.red, colour.green, colour.blue, alpha=0.85))
    canvas.setLineWidth(1.3)
    lines = [who.name, who.street, f"{who.postcode} {who.town}", f"SIRET {who.siret}"]
    if rng.random() < 0.35:
        canvas.circle(0, 0, 36)
        canvas.circle(0, 0, 32)
        lines = [who.name[:20], who.town, f"SIREN {who.siret[:9]}"]
        size = 5.2
    else:
        canvas.roundRect(-64, -27, 128, 54, rng.choice((0, 5)))
        size = 6.6
    for i, text in enumerate(lines):
        canvas.setFont("Helvetica-Bold" if i == 0 else "Helvetica", size + (1.2 if i == 0 else 0))
        width = canvas.stringWidth(text, "Helvetica-Bold", size + 1.2)
        if width > 120:
            canvas.setFont("Helvetica-Bold", size * 110 / width)
        canvas.drawCentredString(0, 14 - i * 10.5 if size > 6 else 8 - i * 9, text)
    canvas.restoreState()
