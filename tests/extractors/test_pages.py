"""Which pages of a PDF are believed by their text layer, and what is seen of them."""

from __future__ import annotations

import io

import pikepdf
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from dossier.reading import PageState, ReadBy, Refusal
from extractors.opening import Limits, Refused
from tests.extractors.paper import (
    LINES,
    behind,
    certificate,
    found,
    lines,
    only,
    pdf,
    picture,
    read,
    saved,
    table,
    text,
    with_gradient,
)


def test_a_text_page_is_read_from_its_layer_with_its_rules() -> None:
    page = only(pdf(certificate))
    assert page.read_by is ReadBy.TEXT
    assert found(page) == 1.0
    assert sum(stroke.horizontal for stroke in page.strokes) == 5
    assert sum(not stroke.horizontal for stroke in page.strokes) == 4


def test_a_turned_text_page_comes_out_upright() -> None:
    with pikepdf.open(io.BytesIO(pdf(certificate))) as document:
        document.pages[0].rotate(90, relative=False)
        out = io.BytesIO()
        document.save(out)
    page = only(out.getvalue())
    assert (page.turned, round(page.width), round(page.height)) == (270, 595, 842)
    title = next(word for word in page.words if word.text == "CERTIFICAT")
    assert title.box.y0 < 0.12 and title.box.x0 < 0.2
    assert page.colour.shape[0] > page.colour.shape[1]
    assert sum(stroke.horizontal for stroke in page.strokes) == 5


def test_a_page_of_pixels_and_a_page_of_text_in_one_file() -> None:
    (_, first), (_, second) = read(pdf(certificate, behind(picture())))
    assert first is not None and second is not None
    assert (first.read_by, second.read_by) == (ReadBy.TEXT, ReadBy.OCR)
    assert found(second) > 0.9


def test_one_stray_letter_does_not_make_a_scan_a_text_page() -> None:
    scan = behind(picture())

    def stray(canvas: Canvas) -> None:
        scan(canvas)
        canvas.drawString(560, 20, "p")

    page = only(pdf(stray))
    assert page.read_by is ReadBy.OCR and found(page) > 0.9


def test_a_stamp_of_text_over_a_scan_does_not_make_it_a_text_page() -> None:
    scan = behind(picture())

    def stamped(canvas: Canvas) -> None:
        scan(canvas)
        lines(canvas, tuple(f"Reçu le 2{n} janvier 2026 par le service de gestion" for n in range(4)), 120)

    page = only(pdf(stamped))
    assert page.read_by is ReadBy.OCR and found(page) > 0.9


def test_somebody_elses_ocr_under_a_scan_is_not_believed() -> None:
    scan = behind(picture())
    wrong = tuple(line.replace("70", "10").replace("2026", "2028") for line in LINES)

    def layered(canvas: Canvas) -> None:
        scan(canvas)
        lines(canvas, wrong, mode=3)

    page = only(pdf(layered))
    assert page.read_by is ReadBy.OCR
    assert "2028" not in text(page) and "26/01/2026" in text(page)


def test_text_painted_over_by_a_picture_of_the_page_is_not_believed() -> None:
    scan = behind(picture())

    def under(canvas: Canvas) -> None:
        lines(canvas, tuple(line.replace("2026", "2028") for line in LINES))
        scan(canvas)

    page = only(pdf(under))
    assert page.read_by is ReadBy.OCR and "2028" not in text(page)


def test_text_on_a_full_page_letterhead_is_believed() -> None:
    """A picture may fill the page and show nothing that the words do not say."""
    pale = Image.new("L", (827, 1169), 245)

    def headed(canvas: Canvas) -> None:
        canvas.drawInlineImage(pale, 0, 0, 595, 842)
        certificate(canvas)

    page = only(pdf(headed))
    assert page.read_by is ReadBy.TEXT and found(page) == 1.0


def test_a_white_box_hides_what_stood_under_it() -> None:
    def replaced(canvas: Canvas) -> None:
        certificate(canvas)
        canvas.drawString(60, 250, "IBAN : FR76 3000 6000 0112 3456 7890 189")
        canvas.setFillColorRGB(1, 1, 1)
        canvas.rect(98, 244, 300, 18, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(100, 250, "FR14 2004 1010 0505 0001 3M02 606")

    page = only(pdf(replaced))
    assert page.read_by is ReadBy.TEXT
    assert "IBAN" in text(page) and "FR14 2004 1010" in text(page)
    assert "3000 6000" not in text(page)
    assert "not shown" in page.note


def test_a_tinted_row_painted_before_its_text_hides_nothing() -> None:
    def tinted(canvas: Canvas) -> None:
        certificate(canvas)
        canvas.setFillColorRGB(0.2, 0.3, 0.6)
        canvas.rect(60, 240, 300, 20, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(70, 246, "TOTAL GÉNÉRAL")

    page = only(pdf(tinted))
    assert "TOTAL GÉNÉRAL" in text(page) and page.note == ""


def test_a_rule_that_a_filled_box_is_painted_over_is_not_seen() -> None:
    def overpainted(canvas: Canvas) -> None:
        lines(canvas)
        table(canvas)
        canvas.setFillGray(0.9)
        canvas.rect(201, 391, 333, 28, fill=1, stroke=0)  # one heading over two columns
        canvas.setFillGray(0)

    page = only(pdf(overpainted))
    inner = [s for s in page.strokes if not s.horizontal and abs(s.x0 * 595 - 380) < 1]
    assert [(round(842 * (1 - s.y1)), round(842 * (1 - s.y0))) for s in inner] == [(300, 391)]
    sides = [s for s in page.strokes if not s.horizontal and abs(s.x0 * 595 - 200) < 0.5]
    assert [(round(842 * (1 - s.y1)), round(842 * (1 - s.y0))) for s in sides] == [(300, 420)]


def test_white_text_on_paper_is_not_seen() -> None:
    def anchored(canvas: Canvas) -> None:
        certificate(canvas)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(70, 246, "ancre-invisible")

    assert "ancre-invisible" not in text(only(pdf(anchored)))


def test_white_text_on_a_gradient_is_seen_and_on_a_white_box_is_not() -> None:
    """A path filled with a pattern tells pdfium the colour white; the page is looked at."""

    def banner(canvas: Canvas) -> None:
        certificate(canvas)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.rect(60, 200, 300, 30, stroke=0, fill=1)
        canvas.drawString(70, 210, "ancre-invisible")
        canvas.drawString(70, 250, "FACTURE")

    plain = pdf(banner)
    assert "ancre-invisible" not in text(only(plain)) and "FACTURE" not in text(only(plain))
    assert "FACTURE" in text(only(with_gradient(plain, 60, 240, 300, 30)))


def test_a_layer_of_other_letters_is_not_believed() -> None:
    """A font may map its letters to others: the page looks right, the layer is a cipher."""
    shifted = tuple("".join(chr(ord(c) + 2) if c.isalpha() else c for c in line.lower()) for line in LINES)

    def ciphered(canvas: Canvas) -> None:
        lines(canvas, tuple(line.encode("latin-1", "replace").decode("latin-1") for line in shifted))

    ((account, _),) = read(pdf(ciphered))
    assert "French" in account.note


def test_form_fields_are_words_and_fields() -> None:
    def form(canvas: Canvas) -> None:
        lines(canvas, LINES[:4])
        table(canvas)
        canvas.drawString(60, 250, "Date de début :")
        canvas.acroForm.textfield(name="debut", value="12/01/2026", x=200, y=245, width=120, height=20)
        canvas.acroForm.checkbox(name="cdd", checked=True, x=200, y=200, size=14)
        canvas.acroForm.checkbox(name="cdi", checked=False, x=300, y=200, size=14)

    page = only(pdf(form))
    assert {field.name: field.value for field in page.form} == {"debut": "12/01/2026", "cdd": "☒", "cdi": "☐"}
    date = next(word for word in page.words if word.text == "12/01/2026")
    assert (
        abs(date.box.x0 - 200 / 595) < 0.02
        and abs((date.box.y0 + date.box.y1) / 2 - (842 - 255) / 842) < 0.01
    )


def test_blank_pages_are_accounted_for() -> None:
    (_, first), (account, second) = read(pdf(certificate, lambda canvas: None))
    assert first is not None and second is None
    assert account.number == 2 and account.state is PageState.BLANK and account.read_by is None


def _encrypted() -> bytes:
    with pikepdf.open(io.BytesIO(pdf(certificate))) as document:
        out = io.BytesIO()
        document.save(out, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "limits", "refusal"),
    [
        (b"", Limits(), Refusal.EMPTY),
        (b"%PDF-1.4\nnothing more", Limits(), Refusal.BROKEN),
        (b"PK\x03\x04 no archive", Limits(), Refusal.NOT_A_DOCUMENT),
        (_encrypted(), Limits(), Refusal.ENCRYPTED),
        (pdf(certificate, certificate, certificate), Limits(pages=2), Refusal.TOO_MANY_PAGES),
        (pdf(certificate), Limits(file_bytes=100), Refusal.TOO_LARGE),
        (pdf(behind(picture(100))), Limits(pixels=10_000), Refusal.TOO_LARGE),
        (saved(picture(100), "PNG"), Limits(pixels=10_000), Refusal.TOO_LARGE),
        (saved(picture(100), "JPEG")[:2000], Limits(), Refusal.BROKEN),
    ],
)
def test_what_is_refused_says_why(data: bytes, limits: Limits, refusal: Refusal) -> None:
    with pytest.raises(Refused) as refused:
        read(data, limits)
    assert refused.value.refusal is refusal


def test_a_text_note_laid_on_the_page_is_read() -> None:
    source = pikepdf.open(io.BytesIO(pdf(lambda canvas: canvas.drawString(80, 700, "Attestation " * 6))))
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.FreeText,
        Rect=[80, 600, 300, 620],
        Contents="35 heures réalisées",
        DA="/Helv 10 Tf",
    )
    source.pages[0].Annots = pikepdf.Array([source.make_indirect(note)])
    made = io.BytesIO()
    source.save(made)
    page = only(made.getvalue())
    assert [field.value for field in page.form] == ["35 heures réalisées"]
    assert "35" in [word.text for word in page.words]


def test_fields_that_cannot_be_parsed_are_read_as_seen() -> None:
    def form(canvas: Canvas) -> None:
        canvas.drawString(80, 700, "Formulaire de demande de prise en charge pour le stagiaire")
        canvas.acroForm.textfield(name="debut", value="12/01/2026", x=80, y=600, width=120, height=20)

    source = pikepdf.open(io.BytesIO(pdf(form)))
    source.pages[0].Annots[0].F = pikepdf.String("no number")
    made = io.BytesIO()
    source.save(made)
    page = only(made.getvalue())
    assert page.read_by is ReadBy.OCR
    assert "parsed" in page.note


def test_words_on_their_side_are_whole() -> None:
    def headings(canvas: Canvas) -> None:
        certificate(canvas)
        canvas.rotate(90)
        at = 300.0
        for letter in "FOFANA Yasmine":  # one by one, as browsers print
            canvas.drawString(at, -580, letter)
            at += canvas.stringWidth(letter)

    words = {word.text: word.box for word in only(pdf(headings)).words}
    assert words["Yasmine"].y1 < words["FOFANA"].y0 and words["FOFANA"].x1 - words["FOFANA"].x0 < 0.03
