"""DOCX and ODT become pages of words, in reading order, as they would be seen on paper."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document as Docx
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from odf.opendocument import OpenDocumentText
from odf.table import Table, TableCell, TableColumn, TableRow
from odf.text import H, P
from PIL import Image

from dossier.kinds import Kind
from dossier.reading import ReadBy, Refusal, Status
from extractors.leaf import Leaf
from extractors.office import typeset
from extractors.opening import Format, Limits, Refused
from extractors.pages import pages_of
from extractors.reading import read

SENTENCES = (
    "Le présent certificat atteste que la personne nommée ci-dessous a suivi l'action dans les conditions "
    "prévues par la convention, sans prejudice des délais imposés par les textes en vigueur."
)


def saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def letter() -> bytes:
    document = Docx()
    document.sections[0].header.paragraphs[0].text = "Organisme Alpha"
    document.add_heading("Certificat de réalisation", level=1)
    document.add_paragraph(SENTENCES)
    table = document.add_table(rows=0, cols=2)
    for label, value in (("Stagiaire", "DURAND Zoé"), ("Durée", "70 heures")):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
    hidden = document.add_paragraph().add_run("invisible sur papier")
    hidden.font.hidden = True
    picture = io.BytesIO()
    Image.new("RGB", (200, 80), "black").save(picture, "PNG")
    picture.seek(0)
    document.add_picture(picture)
    return saved(document)


def leaves(data: bytes, found: Format) -> list[Leaf]:
    return [Leaf(page) for _, page in pages_of(typeset(data, found, Limits())) if page is not None]


def test_a_docx_keeps_its_order_and_leaves_hidden_text_out() -> None:
    (leaf,) = leaves(letter(), Format.DOCX)
    text = leaf.view.text
    places = [text.index(words) for words in ("Organisme Alpha", "Certificat de", "Le présent", "DURAND Zoé")]
    assert places == sorted(places)
    assert "invisible" not in text


def test_a_docx_keeps_its_pictures_for_those_who_look_for_ink() -> None:
    (leaf,) = leaves(letter(), Format.DOCX)
    assert (leaf.page.grey < 40).mean() > 0.01


def test_a_table_keeps_label_and_value_on_one_line() -> None:
    (leaf,) = leaves(letter(), Format.DOCX)
    assert any([run.text for run in row] == ["Durée", "70 heures"] for row in leaf.view.rows)


def test_a_page_break_is_a_page() -> None:
    document = Docx()
    document.add_paragraph(SENTENCES).add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph(SENTENCES.upper())
    assert len(leaves(saved(document), Format.DOCX)) == 2


def test_deleted_revisions_are_not_there() -> None:
    document = Docx()
    paragraph = document.add_paragraph(SENTENCES)
    paragraph.add_run("biffé")
    deleted = OxmlElement("w:del")
    deleted.append(paragraph.runs[-1]._r)
    paragraph._p.append(deleted)
    assert "biffé" not in leaves(saved(document), Format.DOCX)[0].view.text


def test_a_cell_higher_than_a_page_loses_its_frame_and_no_word() -> None:
    document = Docx()
    cell = document.add_table(rows=1, cols=2).rows[0].cells[1]
    for number in range(200):
        cell.add_paragraph(f"ligne {number} de la cellule")
    words = {word.text for leaf in leaves(saved(document), Format.DOCX) for word in leaf.view.words}
    assert {str(number) for number in range(200)} <= words


def test_an_odt_with_heading_list_and_table() -> None:
    document = OpenDocumentText()
    document.text.addElement(H(outlinelevel=1, text="Programme de formation"))
    document.text.addElement(P(text=SENTENCES))
    table = Table()
    table.addElement(TableColumn(numbercolumnsrepeated=2))
    row = TableRow()
    for text in ("Durée", "35 heures"):
        cell = TableCell()
        cell.addElement(P(text=text))
        row.addElement(cell)
    table.addElement(row)
    document.text.addElement(table)
    (leaf,) = leaves(saved(document), Format.ODT)
    assert leaf.view.rows[0][0].text == "Programme de formation"
    assert any([run.text for run in row] == ["Durée", "35 heures"] for row in leaf.view.rows)


def test_the_reading_says_what_a_docx_is() -> None:
    document = read("certificat.docx", letter())
    assert document.status is Status.READ
    assert [(part.kind, part.pages) for part in document.parts] == [(Kind.CERTIFICATE, (1,))]
    assert document.accounts[0].read_by is ReadBy.TEXT


def test_an_empty_docx_is_no_document() -> None:
    with pytest.raises(Refused) as caught:
        typeset(saved(Docx()), Format.DOCX, Limits())
    assert caught.value.refusal is Refusal.NOT_A_DOCUMENT


def test_a_docx_that_swells_is_hostile() -> None:
    held = io.BytesIO(letter())
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/media/big.png", b"\0" * 3_000_000)
    bad = held.getvalue()
    assert typeset(bad, Format.DOCX, Limits())  # what nothing refers to is never unpacked
    with pytest.raises(Refused) as caught:
        typeset(bad, Format.DOCX, Limits(unpacked_bytes=500))
    assert caught.value.refusal is Refusal.HOSTILE


def test_entities_are_not_resolved() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("[Content_Types].xml", "<a/>")
        packed.writestr(
            "word/document.xml",
            '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document '
            'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
            f"<w:t>&e; {SENTENCES}</w:t></w:r></w:p></w:body></w:document>",
        )
    document = read("a.docx", held.getvalue())
    assert "root:" not in str(document)
