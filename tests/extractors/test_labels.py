"""Labels on worn pages: letters may be wrong, figures after them are the value's."""

from __future__ import annotations

import numpy as np
import pytest

from dossier.reading import Box, ReadBy
from extractors.layout import lines_of
from extractors.leaf import Leaf
from extractors.page import Page, Word
from tests.extractors.set_pages import leaf, placed


def worn(*lines: str) -> Leaf:
    """An OCR page with these lines, its words a letter's width each."""
    words = []
    for row, line in enumerate(lines):
        x = 0.1
        for text in line.split(" "):
            wide = 0.012 * len(text)
            words.append(Word(text, Box(x, 0.1 + 0.03 * row, x + wide, 0.115 + 0.03 * row), 0.95))
            x += wide + 0.008
    return Leaf(Page(1, 595, 842, ReadBy.OCR, tuple(words), (), lambda: np.full((10, 10, 3), 255, np.uint8)))


@pytest.mark.parametrize(
    "line", ["Net à payer 2 646,00 €", "Total hors taxes 2 646,00 €", "Nef à payer 2 646,00 €"]
)
def test_a_worn_label_leaves_the_first_figure_to_its_value(line: str) -> None:
    leaf = worn(line)
    (mark,) = leaf.labels.of("net", "gross")
    (value,) = leaf.labels.values(mark)
    assert value.passage.text == "2 646,00 €"


@pytest.mark.parametrize(
    "lines",
    [
        ("Titulaire du compte", "Centre de formation du Pont"),
        ("Titulaire du compte : Centre de formation du Pont",),
    ],
)
def test_a_value_may_begin_like_a_label(lines: tuple[str, ...]) -> None:
    leaf = worn(*lines)
    mark = next(leaf.labels.of("holder"))
    (value,) = leaf.labels.values(mark)
    assert value.passage.text == "Centre de formation du Pont"


@pytest.mark.parametrize(
    "line",
    [
        "STAGIAIRE ........ : Karim BENALI",
        "Stagiaire ............ Karim BENALI",
        "Stagiaire → Karim BENALI",
        "Stagiaire – Karim BENALI",
        "Salarié·e (nom et prénom) : Karim BENALI",
        "Le (la) salarié(e) : Karim BENALI",
    ],
)
def test_what_parts_a_label_from_its_value(line: str) -> None:
    page = leaf(line)
    mark = next(page.labels.of("trainee"))
    assert [value.passage.text for value in page.labels.values(mark)] == ["Karim BENALI"]


@pytest.mark.parametrize(
    ("label", "concept"),
    [
        ("Heures effectivement réalisées", "hours_done"),
        ("Durée réellement effectuée par le stagiaire", "hours_done"),
        ("Nbre total d'heures de présence", "hours_done"),
        ("Durée totale conventionnée", "hours_planned"),
        ("Nombre d'heures de formation inscrites au programme", "hours_planned"),
        ("Heures de formation non suivies", "hours_absent"),
    ],
)
def test_words_tell_of_which_sort_the_hours_are(label: str, concept: str) -> None:
    (mark,) = leaf(f"{label} : 63 h 30").labels.marks
    assert mark.concepts == {concept}


def test_labels_under_their_values_are_captions() -> None:
    page = placed(
        (0.1, 0.10, "BENALI Karim"),
        (0.5, 0.10, "Dupont et Fils"),
        (0.5, 0.116, "3 rue du Port"),
        (0.1, 0.116, "nom et prénom du stagiaire"),
        (0.5, 0.132, "entreprise"),
        (0.1, 0.20, "63 h 30"),
        (0.1, 0.216, "durée réalisée"),
    )
    said = {
        mark.label: [value.passage.text for value in page.labels.values(mark)] for mark in page.labels.marks
    }
    assert said == {
        "nometprenomdustagiaire": ["BENALI Karim"],
        "entreprise": ["Dupont et Fils 3 rue du Port"],
        "dureerealisee": ["63 h 30"],
    }


def test_labels_over_their_values_caption_nothing() -> None:
    page = placed(
        (0.1, 0.10, "Certificat de réalisation"),
        (0.1, 0.12, "Stagiaire"),
        (0.1, 0.136, "BENALI Karim"),
        (0.1, 0.16, "Entreprise"),
        (0.1, 0.176, "Dupont et Fils"),
    )
    said = [value.passage.text for mark in page.labels.marks for value in page.labels.values(mark)]
    assert said == ["BENALI Karim", "Dupont et Fils"]


@pytest.mark.parametrize(
    ("line", "concept", "value"),
    [
        ("Organisme : Les Ateliers + Formation : Soudage *+ Stagiaire : Julie", "provider", "Les Ateliers"),
        ("Organisme : Les Ateliers + Formation : Soudage *+ Stagiaire : Julie", "title", "Soudage"),
        ("Stagiaire : PETIT Léa + Formateur référent : Paul ROUX", "trainee", "PETIT Léa"),
        ("Organisme : Les Ateliers + Formation! Savoirs de base : lire", "title", "Savoirs de base : lire"),
    ],
)
def test_a_point_set_midway_parts_labels_whatever_ocr_made_of_it(line: str, concept: str, value: str) -> None:
    leaf = worn(line)
    (mark,) = leaf.labels.of(concept)
    (found,) = leaf.labels.values(mark)
    assert found.passage.text == value


def test_colons_stay_on_lines_that_lean() -> None:
    words = [
        Word("Apprenant", Box(0.05, 0.1143, 0.105, 0.1276), 0.9),
        Word(":", Box(0.109, 0.1179, 0.110, 0.1245), 0.9),
        Word("PETIT", Box(0.115, 0.1112, 0.156, 0.1245), 0.9),
        Word("Léa", Box(0.159, 0.1106, 0.198, 0.1239), 0.9),
        *(Word("Organisme", Box(x, 0.1100, x + 0.07, 0.1233), 0.9) for x in (0.3, 0.4, 0.5)),
    ]
    (line,) = lines_of(words)
    assert line.text.startswith("Apprenant : PETIT Léa")
