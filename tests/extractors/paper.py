"""Papers drawn for the tests of pages: a French certificate as PDF, its picture, and what wears it."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

import numpy as np
import pikepdf
from numpy.typing import NDArray
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from dossier.reading import PageAccount
from extractors.opening import Limits
from extractors.page import Page
from extractors.pages import pages_of
from samples.wear import rendered

Grey = NDArray[np.uint8]

LINES = (
    "CERTIFICAT DE RÉALISATION",
    "Je soussignée Hélène Marchand, représentante légale de l'organisme",
    "Atelier du Savoir, atteste que Monsieur Karim BENALI, salarié de",
    "l'entreprise Dupont et Fils, a suivi l'action de formation intitulée",
    "Conduite en sécurité des chariots élévateurs",
    "qui s'est déroulée du 12/01/2026 au 23/01/2026",
    "pour une durée de 70 heures effectivement suivies.",
    "Cette attestation est remise pour servir et valoir ce que de droit.",
    "Les feuilles d'émargement signées sont conservées par l'organisme.",
    "Montant de la formation : 1 890,00 euros, exonéré de taxe.",
    "Fait à Rennes, le 26/01/2026, en deux exemplaires originaux.",
)

Draw = Callable[[Canvas], None]


def lines(canvas: Canvas, texts: tuple[str, ...] = LINES, top: float = 760, mode: int | None = None) -> None:
    """Text from the top left, 26 points a line; ``mode`` is PDF's text render mode."""
    for index, text in enumerate(texts):
        made = canvas.beginText(60, top - 26 * index)
        made.setFont("Helvetica", 12)
        if mode is not None:
            made.setTextRenderMode(mode)
        made.textLine(text)
        canvas.drawText(made)


def table(canvas: Canvas) -> None:
    """A ruled table of three columns and four rows under the lines."""
    for row in range(5):
        canvas.line(60, 420 - 30 * row, 535, 420 - 30 * row)
    for x in (60, 200, 380, 535):
        canvas.line(x, 420, x, 300)


def pdf(*draws: Draw, size: tuple[float, float] = (595, 842)) -> bytes:
    """One page a drawing."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    for draw in draws:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def certificate(canvas: Canvas) -> None:
    lines(canvas)
    table(canvas)


def picture(dpi: int = 200) -> Grey:
    """The certificate's page in grey."""
    return rendered(pdf(certificate), dpi)[0]


def behind(page: Grey) -> Draw:
    """A full-page picture."""

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.fromarray(page)), 0, 0, 595, 842)

    return draw


def saved(page: Grey | Image.Image, form: str, **how: object) -> bytes:
    out = io.BytesIO()
    image = page if isinstance(page, Image.Image) else Image.fromarray(page)
    image.save(out, form, **how)
    return out.getvalue()


def read(data: bytes, limits: Limits | None = None) -> list[tuple[PageAccount, Page | None]]:
    return list(pages_of(data, limits or Limits()))


def only(data: bytes) -> Page:
    """The one page of a file, which must have been read."""
    ((account, page),) = read(data)
    assert page is not None, account
    return page


def text(page: Page) -> str:
    return " ".join(word.text for word in page.words)


def found(page: Page) -> float:
    """The share of the certificate's words that stand on the page."""
    wanted = " ".join(LINES).split()
    read_words = {word.text.strip(".,;:") for word in page.words}
    return sum(word.strip(".,;:") in read_words for word in wanted) / len(wanted)


def seeded(seed: int = 1) -> random.Random:
    return random.Random(seed)


def with_gradient(data: bytes, x: int, y: int, wide: int, high: int) -> bytes:
    """A first page with a rectangle behind its text that is filled with a pattern, dark all over."""
    with pikepdf.open(io.BytesIO(data)) as document:
        page = document.pages[0]
        shading = pikepdf.Dictionary(
            ShadingType=2,
            ColorSpace=pikepdf.Name.DeviceRGB,
            Coords=[x, y, x + wide, y],
            Function=pikepdf.Dictionary(
                FunctionType=2, Domain=[0, 1], C0=[0.8, 0, 0], C1=[0.2, 0.2, 0.2], N=1
            ),
            Extend=[True, True],
        )
        pattern = pikepdf.Dictionary(Type=pikepdf.Name.Pattern, PatternType=2, Shading=shading)
        page.Resources[pikepdf.Name.Pattern] = pikepdf.Dictionary(P1=document.make_indirect(pattern))
        drawn = f"q /Pattern cs /P1 scn {x} {y} {wide} {high} re f Q\n".encode()
        page.contents_add(document.make_stream(drawn), prepend=True)
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()
