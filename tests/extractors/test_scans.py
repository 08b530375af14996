"""Pages of pixels in every direction and wear, read by the real Tesseract."""

from __future__ import annotations

import cv2
import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from dossier.reading import PageState, ReadBy
from extractors.page import Page, Picture
from extractors.photo import find_sheet
from extractors.pictures import page_pictures
from extractors.scans import straight
from samples.wear import as_tiff, faxed, photographed, scanned, skewed
from tests.extractors.paper import Grey, behind, found, only, pdf, picture, read, saved, seeded


@pytest.fixture(scope="module")
def sheet() -> Grey:
    return picture()


def _level(page: Page) -> None:
    """The title stands above the closing line, both at the left."""
    title = next(word for word in page.words if word.text == "CERTIFICAT")
    closing = next(word for word in page.words if word.text.startswith("Rennes"))
    assert title.box.y0 < 0.15 < closing.box.y0 and title.box.x0 < 0.2


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_page_in_any_direction_comes_out_upright(sheet: Grey, degrees: int) -> None:
    turned = np.ascontiguousarray(np.rot90(sheet, degrees // 90))  # anticlockwise
    page = only(saved(turned, "PNG", dpi=(200, 200)))
    assert page.turned == degrees
    assert (round(page.width), round(page.height)) == (595, 842)
    assert found(page) > 0.9
    _level(page)


def test_a_lean_is_taken_out_and_rules_are_level(sheet: Grey) -> None:
    page = only(saved(skewed(sheet, 1.7), "PNG", dpi=(200, 200)))
    assert found(page) > 0.9
    long = [s for s in page.strokes if s.horizontal and s.x1 - s.x0 > 0.7]
    assert len(long) == 5
    assert sum(not s.horizontal and s.y1 - s.y0 > 0.12 for s in page.strokes) == 4


def test_letters_are_no_rules(sheet: Grey) -> None:
    page = only(saved(sheet, "PNG", dpi=(200, 200)))
    assert all(0.49 < s.y0 < 0.66 for s in page.strokes)


@pytest.mark.parametrize("bad", [False, True])
def test_scans_good_and_bad_are_read(sheet: Grey, bad: bool) -> None:
    page = only(saved(scanned(sheet, seeded(3), bad), "JPEG", dpi=(200, 200), quality=70))
    assert page.read_by is ReadBy.OCR and found(page) > 0.85


def test_a_photograph_is_straightened_and_its_light_evened(sheet: Grey) -> None:
    page = only(saved(photographed(sheet, seeded(5)), "JPEG", quality=80))
    assert "photographed sheet straightened" in page.note
    assert (round(page.width), round(page.height)) == (595, 842)
    assert found(page) > 0.85
    assert float(np.median(page.grey)) > 240


def test_a_sheet_whose_far_corner_lies_in_the_shade_is_found_whole() -> None:
    corners = np.array([[0.04, 0.04], [0.95, 0.02], [0.95, 0.96], [0.07, 0.95]], np.float32)
    ground = np.full((900, 660, 3), (128, 120, 116), np.float32)
    cv2.fillPoly(ground, [np.round(corners * (660, 900)).astype(np.int32)], (245, 240, 222))
    light = np.add.outer(np.linspace(1.0, 0.62, 900), np.linspace(0.0, -0.12, 660))
    photograph = np.asarray(np.clip(ground * light[..., None], 0, 255), np.uint8)
    found = find_sheet(photograph)
    assert found is not None and float(np.abs(found - corners).max()) < 0.01


def test_a_photograph_set_on_a_white_page_is_found(sheet: Grey) -> None:
    """Its margin is lighter than the sheet and hides the ground beside it."""
    image = photographed(sheet, seeded(8))

    def inset(canvas: Canvas) -> None:
        canvas.drawInlineImage(image, 0, 12, 595, 818)

    page = only(pdf(inset))
    assert "photographed sheet straightened" in page.note and found(page) > 0.85


def test_a_fax_and_a_scan_in_one_tiff(sheet: Grey) -> None:
    pages = [page for _, page in read(as_tiff([faxed(sheet, seeded(2)), faxed(sheet, seeded(4))], 200))]
    assert len(pages) == 2
    assert all(page is not None and found(page) > 0.75 for page in pages)


def test_a_fax_with_other_pixels_across_than_down(sheet: Grey) -> None:
    flat = Image.fromarray(sheet).resize((sheet.shape[1], sheet.shape[0] // 2))
    page = only(saved(flat, "TIFF", dpi=(200, 100)))
    assert (round(page.width), round(page.height)) == (595, 842)
    assert found(page) > 0.6


def test_heic_from_a_telephone(sheet: Grey) -> None:
    pillow_heif.register_heif_opener()
    small = Image.fromarray(sheet).resize((1100, 1556), Image.Resampling.LANCZOS)  # its encoder is slow
    assert found(only(saved(small, "HEIF", quality=60))) > 0.85


def test_a_picture_turned_by_its_exif(sheet: Grey) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise by 90 degrees when shown
    turned = Image.fromarray(sheet).rotate(90, expand=True)
    page = only(saved(turned, "JPEG", exif=exif, dpi=(200, 200)))
    assert page.turned == 0
    _level(page)


def _noisy(level: int, spread: float, size: tuple[int, int] = (2339, 1654)) -> Grey:
    noise = np.random.default_rng(1).normal(level, spread, size)
    return np.clip(noise, 0, 255).astype(np.uint8)


@pytest.mark.parametrize(
    ("page", "state"),
    [
        (_noisy(246, 4), PageState.BLANK),
        (_noisy(20, 8), PageState.UNREADABLE),
        (np.full((2339, 1654), 255, np.uint8), PageState.BLANK),
        (np.zeros((2339, 1654), np.uint8), PageState.UNREADABLE),
    ],
)
def test_blank_and_black_are_told_apart(page: Grey, state: PageState) -> None:
    ((account, got),) = read(pdf(behind(page)))
    assert got is None and account.state is state and account.read_by is None


def test_a_blank_sheet_with_specks_and_a_dark_edge_is_blank() -> None:
    paper = _noisy(246, 3)
    paper[:, :12] = 60
    for x, y in ((300, 400), (900, 1500), (1200, 300)):
        paper[y : y + 3, x : x + 3] = 40
    ((account, got),) = read(saved(paper, "PNG", dpi=(200, 200)))
    assert got is None and account.state is PageState.BLANK


def test_scribbles_without_a_word_are_unreadable_not_blank() -> None:
    image = Image.fromarray(_noisy(246, 3))
    pen = ImageDraw.Draw(image)
    rng = seeded(7)
    for _ in range(30):
        x, y = rng.randrange(200, 1400), rng.randrange(200, 2100)
        pen.arc(
            (x, y, x + rng.randrange(20, 160), y + rng.randrange(20, 160)), 0, rng.randrange(60, 330), 20, 4
        )
    ((account, got),) = read(saved(image, "PNG", dpi=(200, 200)))
    assert got is None and account.state is PageState.UNREADABLE


def test_one_line_of_text_is_no_blank_page() -> None:
    image = Image.new("L", (1654, 2339), 255)
    ImageDraw.Draw(image).text((300, 300), "ANNEXE PÉDAGOGIQUE DE LA CONVENTION", 0, font_size=40)
    ((account, _),) = read(saved(image, "PNG", dpi=(200, 200)))
    assert account.state is PageState.READ


def test_straightening_keeps_a_page_that_is_straight(sheet: Grey) -> None:
    made = straight(np.asarray(sheet, dtype=np.uint8), (595.0, 842.0))
    assert made.turned == 0 and made.notes == () and made.picture.shape == sheet.shape


def test_pictures_for_people_are_upright_and_complete(sheet: Grey) -> None:
    upside: Picture = np.ascontiguousarray(np.rot90(sheet, 2))
    shown = page_pictures("any name", pdf(behind(upside), behind(np.full_like(sheet, 255))))
    assert [image.mode for image in shown] == ["RGB", "RGB"]
    upper = np.asarray(shown[0].convert("L"))[: shown[0].height // 2]
    lower = np.asarray(shown[0].convert("L"))[shown[0].height // 2 :]
    assert (upper < 128).sum() > (lower < 128).sum()
