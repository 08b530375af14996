"""Words whose letters are set apart, told from letters in the boxes of a form and from short words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dossier.reading import Box
from extractors.page import Word
from extractors.spaced import closed_up, with_capitals

_WIDE = {"I": 0.003, "M": 0.012, "'": 0.002}


def letters(text: str, apart: float) -> list[Word]:
    """Letters of their own widths with one gap between them; a blank is twice as wide again."""
    x, made = 0.1, []
    for char in text:
        if char == " ":
            x += 2 * apart
            continue
        wide = _WIDE.get(char, 0.008)
        made.append(Word(char, Box(x, 0.1, x + wide, 0.115)))
        x += wide + apart
    return made


def boxed(text: str) -> list[Word]:
    return [
        Word(char, Box(at - _WIDE.get(char, 0.008) / 2, 0.1, at + _WIDE.get(char, 0.008) / 2, 0.115))
        for at, char in ((0.1 + 0.013 * index, char) for index, char in enumerate(text))
    ]


@pytest.mark.parametrize("text", ["FACTURE", "FACTURE D'AVOIR", "ATTESTATION DE FIN DE STAGE"])
def test_letters_set_apart_are_words(text: str) -> None:
    assert " ".join(word.text for word in closed_up(letters(text, 0.003), 0.7)) == text


@pytest.mark.parametrize("apart", [0.003, 0.006, 0.008])
def test_a_wide_blank_parts_words_and_ends_no_stretch(apart: float) -> None:
    words = letters("CONVENTION DE FORMATION", apart)
    assert " ".join(word.text for word in closed_up(words, 0.7)) == "CONVENTION DE FORMATION"


def test_a_larger_first_letter_belongs_to_letters_set_apart() -> None:
    words = letters("Programme de formation", 0.003)
    first = replace(words[0], box=replace(words[0].box, y0=0.095, y1=0.125))
    assert " ".join(w.text for w in closed_up([first, *words[1:]], 0.7)) == "Programme de formation"


def test_letters_that_touch_stay_together_among_letters_set_apart() -> None:
    words = letters("Formation Artois", 0.004)
    touching = Word("rmat", Box(words[2].box.x0, 0.1, words[5].box.x1, 0.115))
    assert " ".join(w.text for w in closed_up([*words[:2], touching, *words[6:]], 0.7)) == "Formation Artois"


def test_letters_in_wide_boxes_stay_apart() -> None:
    wide = [replace(w, box=replace(w.box, y0=0.106)) for w in boxed("MARTINIQUAIS")]
    assert len(list(closed_up(wide, 0.7))) == 12


def test_letters_in_boxes_stay_apart() -> None:
    assert [word.text for word in closed_up(boxed("MARTIN"), 0.7)] == list("MARTIN")


def test_letters_after_a_label_stay_apart() -> None:
    label = Word("Nom:", Box(0.06, 0.1, 0.095, 0.115))
    assert len(list(closed_up([label, *letters("MARTIN", 0.003)], 0.7))) == 7


def test_short_words_are_left_alone() -> None:
    words = [
        Word(text, Box(0.1 + 0.05 * at, 0.1, 0.14 + 0.05 * at, 0.115)) for at, text in enumerate("a à y")
    ]
    assert list(closed_up(words, 0.7)) == words


def test_a_large_first_letter_leads_its_word() -> None:
    parts = [
        Word("C", Box(0.1, 0.1, 0.12, 0.12)),
        Word("Savoirs", Box(0.8, 0.1, 0.9, 0.12)),
        Word("ertificat", Box(0.12, 0.1, 0.2, 0.12)),
        Word("A", Box(0.3, 0.1, 0.32, 0.12)),
        Word("suivre", Box(0.326, 0.1, 0.4, 0.12)),
    ]
    assert [word.text for word in with_capitals(parts, 0.7)] == ["Certificat", "Savoirs", "A", "suivre"]
