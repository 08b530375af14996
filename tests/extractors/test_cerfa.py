"""The contrat de professionnalisation: blocks, boxes, ticks, read on text pages and on scans."""

from __future__ import annotations

import datetime as dt
import random

import numpy as np
import pytest
from PIL import Image

from dossier.json_form import value_json
from dossier.kinds import FIELDS, Kind
from dossier.reading import Box, ReadBy
from extractors.candidate import Reading
from extractors.kinds.cerfa import read
from extractors.kinds.cerfa_again import read_comb
from extractors.kinds.cerfa_blocks import Block, Blocks
from extractors.kinds.cerfa_boxes import unboxed
from extractors.kinds.cerfa_combs import combs
from extractors.kinds.cerfa_marks import marks_of
from extractors.kinds.cerfa_ticks import contract_kinds
from extractors.leaf import Leaf
from extractors.page import Page, Picture, Word
from extractors.pages import pages_of
from samples.documents.cerfa import LAYOUTS
from samples.drawn import Drawn, draw
from samples.maker import sample_facts
from samples.style import style
from samples.wear import as_pdf, rendered, scanned
from tests.extractors.set_pages import leaf, unsigned


def drawn(seed: int, layout: str) -> Drawn:
    rng = random.Random(seed)
    return draw(Kind.CERFA, LAYOUTS, sample_facts(rng, Kind.CERFA), style(rng), rng, layout)


def of_pdf(data: bytes) -> Reading:
    return read([Leaf(page) for _, page in pages_of(data) if page is not None])


def said(reading: Reading) -> dict[str, object]:
    return {
        name: value_json(field.value, FIELDS[Kind.CERFA][name])
        for name, field in reading.fields.items()
        if field.value is not None
    }


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
@pytest.mark.parametrize("seed", [1, 2, 5])
def test_reads_all_of_a_text_page(layout: str, seed: int) -> None:
    made = drawn(seed, layout)
    found = said(of_pdf(made.pdf))
    for name, want in made.fields.items():
        assert str(found.get(name)).lower() == str(want).lower(), name


def test_reads_boxed_numbers_of_a_scan_and_is_never_sure_of_a_wrong_one() -> None:
    made = drawn(3, "form")
    page = scanned(rendered(made.pdf, 200)[0], random.Random(3))
    reading = of_pdf(as_pdf([Image.fromarray(page)], 200))
    found = said(reading)
    for name in ("employer_siret", "provider_siret", "provider_nda", "birth_date", "start_date", "end_date"):
        assert found.get(name) == made.fields[name], name
    for name, field in reading.fields.items():
        if name in made.fields and field.confidence >= 0.9:
            assert str(found[name]).lower() == str(made.fields[name]).lower(), name


def test_the_same_label_is_told_apart_by_its_block() -> None:
    page = unsigned(
        "Contrat de professionnalisation",
        "1. Employeur",
        "Raison sociale : Forges Réunies",
        "N° SIRET : 732 829 320 00074",
        "2. Salarié",
        "Nom : PETIT | Prénom : Léa",
        "Date de naissance : 04/05/2003",
        "3. Tuteur",
        "Nom : GRAND | Prénom : Luc",
        "Date de naissance : 01/01/1970",
        "4. Contrat",
        "Date de début d'exécution : 01/09/2025",
        "Date de fin : 31/08/2026",
        "5. Formation",
        "Organisme de formation principal : Atelier Savoir",
        "Durée totale des actions de formation : 400 heures",
        "Début de la formation : 15/09/2025",
    )
    found = said(read([page]))
    assert found["trainee_last_name"] == "PETIT"
    assert found["tutor_last_name"] == "GRAND"
    assert found["birth_date"] == "2003-05-04"
    assert found["start_date"] == "2025-09-01"
    assert found["end_date"] == "2026-08-31"
    assert found["employer_siret"] == "73282932000074"
    assert "provider_siret" not in found


def test_blocks_without_headings_are_known_by_their_labels() -> None:
    page = leaf(
        "Type d'employeur : 12",
        "Nom de naissance : PETIT",
        "Situation avant ce contrat : 2",
        "Nom : GRAND",
        "Date de conclusion : 01/09/2025",
        "Nombre d'organismes de formation intervenant : 1",
    )
    blocks = Blocks([page])
    found = {mark.label: blocks.of(page, mark) for mark in marks_of(page)}
    assert found["nomdenaissance"] is Block.TRAINEE
    assert found["nom"] is Block.TUTOR
    assert found["datedeconclusion"] is Block.CONTRACT


def _row(text: str, y: float = 0.1, x: float = 0.3, step: float = 0.02) -> list[Word]:
    return [
        Word(char, Box(x + i * step, y, x + i * step + 0.01, y + 0.012))
        for i, char in enumerate(text)
        if char != " "
    ]


def _never() -> Picture:
    raise AssertionError("a text page need not be drawn here")


def test_single_characters_become_words_and_an_empty_box_a_blank() -> None:
    label = [Word("Nom", Box(0.1, 0.1, 0.14, 0.112)), Word(":", Box(0.145, 0.1, 0.15, 0.112))]
    page = Leaf(Page(1, 595.0, 842.0, ReadBy.TEXT, (*label, *_row("LE ROY")), (), _never))
    (mark,) = page.labels.of("last_name")
    value = next(page.labels.values(mark))
    assert unboxed(page, mark, value.passage).text == "LE ROY"


def _ticked_page(ticked: int) -> Leaf:
    picture = np.full((1170, 827, 3), 255, dtype=np.uint8)
    words = []
    for index, text in enumerate(("CDI", "CDD")):
        x = 200 + 120 * index
        picture[100, x : x + 15] = picture[114, x : x + 15] = 0
        picture[100:115, x] = picture[100:115, x + 14] = 0
        if index == ticked:
            for step in range(2, 13):
                picture[100 + step, x + step] = picture[100 + step, x + 14 - step] = 0
                picture[100 + step, x + step + 1] = 0
        words.append(Word(text, Box((x + 20) / 827, 100 / 1170, (x + 50) / 827, 115 / 1170)))
    return Leaf(Page(1, 595.0, 842.0, ReadBy.TEXT, tuple(words), (), lambda: picture))


@pytest.mark.parametrize(("ticked", "kind"), [(0, "cdi"), (1, "cdd")])
def test_the_drawn_square_with_ink_is_ticked(ticked: int, kind: str) -> None:
    (found,) = contract_kinds(_ticked_page(ticked))
    assert found.value == kind


def test_no_tick_is_guessed_where_all_squares_are_empty() -> None:
    assert not list(contract_kinds(_ticked_page(2)))


def test_a_row_of_boxes_is_found_read_and_counted() -> None:
    made = drawn(7, "form")
    page = rendered(made.pdf, 200)[0]
    colour = np.repeat(page[:, :, None], 3, axis=2)
    text = next(page for _, page in pages_of(made.pdf) if page is not None)
    boxed = Leaf(Page(1, text.width, text.height, ReadBy.OCR, text.words, (), lambda: colour))
    found = {
        "".join(word.text for word in read_comb(page, comb, True))
        for comb in combs(boxed)
        if sum(comb.filled) == 14
    }
    assert found == {made.fields["employer_siret"], made.fields["provider_siret"]}


def test_a_date_of_conclusion_comes_before_the_day_it_was_made() -> None:
    page = leaf(
        "Contrat",
        "Date de conclusion : 02/09/2025",
        "Date de début d'exécution : 08/09/2025",
        "Fait à Lille, le 05/09/2025",
    )
    assert read([page]).fields["signed_on"].value == dt.date(2025, 9, 2)


def test_labels_that_name_their_party_need_no_headings() -> None:
    page = unsigned(
        "Contrat de professionnalisation",
        "Employeur – raison sociale | Menuiserie Ferrand",
        "Employeur – SIRET | 50021111500017",
        "Salarié – nom | JOUANNET",
        "Salarié – prénom | Lise",
        "Salarié – né le | 03-12-2005",
        "Tuteur – nom | PORTAL",
        "Contrat – conclusion | 29-09-2026",
        "Contrat – prise d'effet | 07-10-2026",
        "Contrat – fin de l'action | 06-08-2027",
        "Organisme – dénomination | Institut du Lac",
        "Formation – heures totales | 406",
        "Formation – début | 14-10-2026",
    )
    made = said(read([page]))
    assert made["trainee_last_name"] == "JOUANNET"
    assert (made["employer_name"], made["tutor_last_name"]) == ("Menuiserie Ferrand", "PORTAL")
    assert (made["start_date"], made["end_date"]) == ("2026-10-07", "2027-08-06")
    assert (made["signed_on"], made["provider_name"]) == ("2026-09-29", "Institut du Lac")
    assert made["training_hours"] == "406.00"


def test_a_contract_in_prose_says_each_party_on_a_line_and_hours_in_a_sentence() -> None:
    page = unsigned(
        "Contrat de professionnalisation",
        "Employeur : Câblerie Thomassin, 10 allée des Érables, 18000 Bourges - SIRET 588 488 163 00068",
        "Salariée : Mme Amélie KERNEIS, née le 26 septembre 1995",
        "Article 3 - Durée totale des actions : 301 heures, dont 60 heures d'enseignements généraux,",
        "professionnels et technologiques.",
        "Article 4 - Tutorat. Tuteur : Clément SAÏDI, chef d'atelier.",
    )
    found = said(read([page]))
    assert (found["employer_name"], found["trainee_last_name"]) == ("Câblerie Thomassin", "KERNEIS")
    assert found["training_hours"] == "301.00"
    assert found.get("general_hours") in (None, "60.00")  # not the 4 of the next article
