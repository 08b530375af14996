"""Places to sign: a signature told from a stamp, from print and from nothing, on text pages and on scans."""

from __future__ import annotations

import random
from dataclasses import replace

import cv2
import numpy as np
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from dossier.reading import Box, ReadBy
from extractors.coloured import coloured_frames
from extractors.leaf import Leaf
from extractors.leaning import leaning_type
from extractors.pages import pages_of
from extractors.pen import Figure, Stamp
from extractors.signatures import (
    CUSTOMER,
    PROVIDER,
    Place,
    Signing,
    any_signed,
    any_stamped,
    below_text,
    both_signed,
    signed,
    stamped,
)
from samples import ink, wear
from samples.organisations import PROVIDERS, organisation
from samples.people import person
from tests.extractors.paper import Draw, pdf


def paper(left: str = "", right: str = "", electronic: str = "") -> Draw:
    """A paper that two sign side by side; each place holds the words "pen", "ring" and "frame"."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        canvas.drawString(
            60, 700, "Convention de formation entre les deux parties qui signent au bas de cette page."
        )
        canvas.drawString(
            60, 660, "La formation dure soixante-dix heures et se tient dans les locaux de l'organisme."
        )
        canvas.drawString(60, 420, "Fait à Rennes, le 26/01/2026")
        canvas.drawString(60, 395, "Pour l'organisme de formation")
        canvas.drawString(320, 395, "Pour l'entreprise")
        if electronic:
            canvas.drawString(320, 360, electronic)
        for x, marks in ((80, left), (340, right)):
            rng = random.Random(f"{x}{marks}")
            if "frame" in marks or "ring" in marks:
                while (form := random.Random(seed := rng.random())) and (
                    form.choice(ink.STAMP_COLOURS),
                    form.uniform(-9, 12),
                ):
                    if (form.random() < 0.35) == ("ring" in marks):
                        break
                ink.stamp(
                    canvas,
                    organisation(random.Random(3), PROVIDERS, trains=True),
                    random.Random(seed),
                    x,
                    300,
                )
            if "pen" in marks:
                ink.sign(canvas, ink.hand(person(rng), 0), rng, x + 40, 320, 110, 40)

    return draw


def leaves_of(draw: Draw, worn: bool) -> list[Leaf]:
    data = pdf(draw)
    if worn:
        rng = random.Random(5)
        pages = [Image.fromarray(wear.scanned(page, rng)) for page in wear.rendered(data, 200)]
        data = wear.as_pdf(pages, 200)
    return [Leaf(page) for _, page in pages_of(data) if page is not None]


@pytest.mark.parametrize("worn", [False, True])
@pytest.mark.parametrize(
    ("left", "right", "want"),
    [
        ("pen", "pen", True),
        ("pen", "", False),
        ("", "", False),
        ("pen frame", "pen", True),
        ("pen", "ring", False),
        ("pen", "frame", False),
    ],
)
def test_both_must_sign_and_a_stamp_is_no_signature(left: str, right: str, want: bool, worn: bool) -> None:
    found = both_signed(Signing(leaves_of(paper(left, right), worn)).places)
    assert found is not None
    assert found.value is want


def test_each_party_is_asked_by_its_role() -> None:
    leaves = leaves_of(paper("pen", ""), worn=False)
    provider, customer = signed(leaves, PROVIDER), signed(leaves, CUSTOMER)
    assert provider is not None and provider.value is True
    assert customer is not None and customer.value is False
    assert customer.confidence >= 0.9
    assert signed(leaves, "notaire") is None


@pytest.mark.parametrize("form", ["ring", "frame"])
def test_a_stamp_is_seen(form: str) -> None:
    found = stamped(leaves_of(paper(f"pen {form}", "pen"), worn=False), PROVIDER)
    assert found is not None and found.value is True
    other = stamped(leaves_of(paper(f"pen {form}", "pen"), worn=False), CUSTOMER)
    assert other is not None and other.value is False


def test_an_electronic_signature_is_one() -> None:
    leaves = leaves_of(paper("pen", "", "Signé électroniquement par Anne FORT le 26/01/2026"), worn=False)
    found = signed(leaves, CUSTOMER)
    assert found is not None and found.value is True
    assert "electronic" in found.note


def test_a_paper_without_places_says_nothing() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(
            60, 700, "Programme de formation : savoirs de base, lire, écrire, compter au travail."
        )

    assert signed(leaves_of(draw, worn=False)) is None


def agreed(*names: str, closing: str, below: str = "", top: float = 420) -> Draw:
    """An agreement that names its parties side by side, with a signature under each name but ``below``."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        for index in range(6):
            canvas.drawString(
                60,
                top + 300 - 20 * index,
                f"Article {index} : la formation se tient dans les locaux de l'organisme.",
            )
        canvas.drawString(60, top, closing)
        for x, name in zip((60, 320), names, strict=True):
            canvas.drawString(x, top - 25, name)
            if name != below:
                rng = random.Random(name)
                ink.sign(canvas, ink.hand(person(rng), 0), rng, x + 20, top - 90, 110, 40)

    return draw


@pytest.mark.parametrize(("blank", "want"), [("", True), ("Salarié", False)])
def test_parties_named_without_an_article_under_the_closing_line_sign_there(blank: str, want: bool) -> None:
    leaves = leaves_of(agreed("ETT", "Salarié", closing="Rennes, le 26 mars 2026", below=blank), worn=False)
    assert len(Signing(leaves).places) == 2
    found = both_signed(Signing(leaves).places)
    assert found is not None
    assert (found.value, found.confidence >= 0.9) == (want, True)


def test_a_paper_that_does_not_say_where_to_sign_is_looked_at_under_its_text() -> None:
    closing = "Les deux parties ont approuvé le programme et les conditions jointes, le 10 septembre 2026."
    leaves = leaves_of(agreed("Atelier du Savoir", "Scierie Vosgienne", closing=closing), worn=False)
    found = both_signed(Signing(leaves).places)
    assert found is not None
    assert found.value is True
    nobody = leaves_of(lambda canvas: canvas.drawString(60, 420, closing), worn=False)
    assert Signing(nobody).places == ()
    assert [(place.signed, place.confidence <= 0.8) for place in below_text(nobody[0])] == [(False, True)]


def test_boxes_to_sign_in_may_stand_well_over_the_closing_line() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        for index in range(8):
            canvas.drawString(
                60, 760 - 20 * index, "La mission se tient dans les locaux de la société cliente."
            )
        for x, who in ((60, "L'intérimaire"), (320, "L'entreprise de travail temporaire")):
            canvas.drawString(x, 500, who)
            rng = random.Random(who)
            ink.sign(canvas, ink.hand(person(rng), 0), rng, x + 20, 440, 110, 40)
        for index in range(5):
            canvas.drawString(
                330, 484 - 12 * index, ("TANDEM", "100 rue du Pont", "42000 Lens", "SIRET", "77 2")[index]
            )
        canvas.drawString(60, 410, "Fait à Saint-Étienne, le 03/09/2026")

    found = both_signed(Signing(leaves_of(draw, worn=False)).places)
    assert found is not None
    assert (found.value, found.confidence >= 0.9) == (True, True)


def stamped_paper(form: str, pen: bool) -> Draw:
    """A paper whose stamp holds lines of type, with or without a black pen over them."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        for index in range(6):
            canvas.drawString(
                60, 760 - 20 * index, "Le stagiaire a suivi la formation dans les locaux du centre."
            )
        canvas.drawString(60, 500, "Cachet et signature du responsable :")
        canvas.saveState()
        canvas.translate(90, 400)
        canvas.rotate({"frame": 6, "double": 9, "nearly level": 1.2, "bare": 6, "oval": 5}.get(form, 0))
        if form == "ring":
            canvas.circle(75, 37, 50)
        elif form == "oval":
            canvas.ellipse(-10, -20, 165, 90)
            canvas.ellipse(8, -4, 147, 74)
        elif form != "bare":
            canvas.roundRect(0, 0, 150, 75, 6)
        if form == "double":
            canvas.roundRect(3, 3, 144, 69, 5)
        canvas.setFont("Helvetica", 9)
        for index, text in enumerate(
            ("Atelier du Savoir", "35 rue des Tanneurs", "Téléphone 02 99 00 00 00")
        ):
            canvas.drawString(26, 56 - 16 * index, text)
        canvas.restoreState()
        if pen:
            hand = replace(ink.hand(person(random.Random(2)), 0), pen="#1b1b1b", weight=0.9)
            ink.sign(canvas, hand, random.Random(2), 120, 425, 90, 32)

    return draw


@pytest.mark.parametrize("pen", [True, False])
@pytest.mark.parametrize("form", ["frame", "nearly level", "ring", "oval", "bare"])
def test_a_black_pen_inside_a_stamp_is_a_signature_and_the_stamp_alone_is_none(form: str, pen: bool) -> None:
    places = Signing(leaves_of(stamped_paper(form, pen), worn=False)).places
    held, marked = any_signed(places), any_stamped(places)
    assert held is not None
    assert marked is not None
    assert (held.value, held.confidence >= 0.9) == (pen, True)
    assert (marked.value, marked.confidence >= 0.9) == (True, True)


def test_a_filled_mark_of_the_house_is_no_signature() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 500, "Cachet et signature du responsable :")
        path = canvas.beginPath()
        path.moveTo(90, 420)
        path.curveTo(105, 480, 130, 480, 145, 420)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)

    held = any_signed(Signing(leaves_of(draw, worn=False)).places)
    assert held is not None
    assert held.value is False


@pytest.mark.parametrize("pen", [True, False])
def test_a_scanned_stamp_that_leans_a_little_keeps_its_frame(pen: bool) -> None:
    places = Signing(leaves_of(stamped_paper("frame", pen), worn=True)).places
    held = any_signed(places)
    assert held is not None
    assert held.value is pen or held.confidence < 0.8  # then no rule takes it for a signature
    assert [stamp.form for place in places for stamp in place.stamps] == ["frame"]


def _over_a_rule(draw: Draw) -> Draw:
    """The paper with a rule over its foot, close under the stamp."""

    def both(canvas: Canvas) -> None:
        draw(canvas)
        canvas.line(40, 396, 550, 396)

    return both


def test_a_scanned_double_frame_close_to_a_rule_is_a_stamp() -> None:
    places = Signing(leaves_of(_over_a_rule(stamped_paper("double", True)), worn=True)).places
    assert [stamp.form for place in places for stamp in place.stamps] == ["frame"]


def _level_frame(frame: str, type_: str) -> Draw:
    """A level frame under the caption, with lines of type in it."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 500, "Cachet et signature du responsable :")
        canvas.setStrokeColor(frame)
        canvas.roundRect(90, 400, 150, 75, 6)
        canvas.setFillColor(type_)
        canvas.setFont("Helvetica", 9)
        for index, text in enumerate(
            ("Atelier du Savoir", "35 rue des Tanneurs", "Téléphone 02 99 00 00 00")
        ):
            canvas.drawString(116, 456 - 16 * index, text)

    return draw


@pytest.mark.parametrize(("frame", "type_", "want"), [("#3040b0", "#3040b0", 1), ("#3040b0", "#101010", 0)])
def test_a_level_frame_is_a_stamp_where_its_letters_have_its_colour(
    frame: str, type_: str, want: int
) -> None:
    data = pdf(_level_frame(frame, type_))
    held = [page for _, page in pages_of(data) if page is not None]
    scan = replace(held[0], read_by=ReadBy.OCR, traces=None)
    assert len(list(coloured_frames(scan, Box(0.02, 0.35, 0.98, 0.65)))) == want


def test_leaning_type_alone_may_be_a_stamp_and_level_type_is_none() -> None:
    mask = np.zeros((300, 500), np.uint8)
    for at, text in enumerate(("ATELIER DU SAVOIR", "35 RUE DES TANNEURS", "35000 RENNES")):
        cv2.putText(mask, text, (60, 100 + 44 * at), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 255, 2)
    turned = cv2.warpAffine(mask, cv2.getRotationMatrix2D((250, 150), 8, 1.0), (500, 300))
    assert list(leaning_type(mask, 8.0)) == []
    assert len(list(leaning_type(np.asarray(turned, np.uint8), 8.0))) == 1
    stamp = Stamp(Box(0.6, 0.5, 0.8, 0.6), "type")
    marked = any_stamped([Place(1, "Cachet", PROVIDER, stamp.box, (), (), (stamp,), on_scan=True)])
    assert marked is not None
    assert marked.value is True and marked.confidence <= 0.8


def test_a_long_leaning_line_on_a_scan_is_no_sure_signature() -> None:
    figure = Figure(Box(0.037, 0.58, 0.05, 0.627), wide=47.6, high=6.2, tall=6.1, area=43.0)
    place = Place(1, "Fait à Metz", "", Box(0, 0.5, 1, 0.8), (figure,), (), (), on_scan=True)
    assert place.confidence < 0.6
