"""From the space a PDF is drawn in to fractions of the page as it is seen."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from dossier.reading import Box

_SCALE = 1_000_000
"""Device units across the page when asking pdfium where a point lands: keeps six digits."""


@dataclass(frozen=True, slots=True)
class Placement:
    """The affine map from PDF user space to fractions of the page as shown (crop box and /Rotate applied)."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @classmethod
    def of(cls, page: pdfium.PdfPage) -> Placement:
        """The page upright as its /Rotate says."""

        def shown(x: float, y: float) -> tuple[float, float]:
            dx, dy = ctypes.c_int(), ctypes.c_int()
            raw.FPDF_PageToDevice(page.raw, 0, 0, _SCALE, _SCALE, 0, x, y, dx, dy)
            return dx.value / _SCALE, dy.value / _SCALE

        ox, oy = shown(0, 0)
        ux, uy = shown(1000, 0)
        vx, vy = shown(0, 1000)
        return cls((ux - ox) / 1000, (uy - oy) / 1000, (vx - ox) / 1000, (vy - oy) / 1000, ox, oy)

    def turned(self, degrees: int) -> Placement:
        """The same page turned clockwise by a multiple of 90 degrees, in fractions of the turned page."""
        if degrees == 90:  # (x, y) lands on (1 - y, x)
            return Placement(-self.b, self.a, -self.d, self.c, 1 - self.f, self.e)
        if degrees == 180:
            return Placement(-self.a, -self.b, -self.c, -self.d, 1 - self.e, 1 - self.f)
        if degrees == 270:
            return Placement(self.b, -self.a, self.d, -self.c, self.f, 1 - self.e)
        return self

    def after(self, a: float, b: float, c: float, d: float, e: float, f: float) -> Placement:
        """The map for a space that the PDF matrix ``a`` to ``f`` brings to this one's."""
        return Placement(
            self.a * a + self.c * b,
            self.b * a + self.d * b,
            self.a * c + self.c * d,
            self.b * c + self.d * d,
            *self.point(e, f),
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Around the four corners, wherever they land: a rectangle may be turned by any angle."""
        corners = [self.point(x, y) for x in (left, right) for y in (bottom, top)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))
