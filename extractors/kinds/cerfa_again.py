"""What stands in rows of boxes, read by the second engine: Tesseract takes their lines for letters.

The number of filled boxes must agree with the number of characters. Where lines of a row were lost, its whole
line is read instead, with less confidence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from unicodedata import normalize

import numpy as np

from dossier.reading import Box
from extractors.french.letters import fold
from extractors.kinds.cerfa_combs import Comb, combs
from extractors.layout import around
from extractors.leaf import Leaf
from extractors.lexicon import LABELS
from extractors.marks import Mark
from extractors.page import Picture, Word
from extractors.recogniser import recognised
from extractors.view import Passage, passage_of


class Combs:
    """The rows of boxes of one page, found once, and which label each belongs to."""

    def __init__(self, leaf: Leaf, marks: Sequence[Mark]) -> None:
        self._leaf = leaf
        self._marks = [mark for mark in marks if len(mark.label) > 2 and not mark.says("contract_kind")]
        self._combs = combs(leaf)
        self._owner: dict[int, Comb] = {}
        for comb in self._combs:
            mark = self._label_of(comb)
            if mark is not None:
                held = self._owner.get(id(mark))
                if held is None or comb.box.x0 < held.box.x0:
                    self._owner[id(mark)] = comb

    def at(self, mark: Mark, digits: bool) -> Passage | None:
        """What stands in the boxes after a label, or under it where none are beside it.

        None where there are none, or where some of their lines were lost and more stands beside them.
        """
        comb = self._owner.get(id(mark)) or self._under(mark)
        if comb is None or self._goes_on(comb):
            return None
        words = read_comb(self._leaf.page.grey, comb, digits)
        rest = self._rest(mark, comb) if digits else None
        if rest is not None and words:
            more = read_comb(self._leaf.page.grey, rest, digits)
            place = around((comb.box, rest.box))
            words = [
                Word(words[0].text + w.text, place, min(words[0].confidence, w.confidence)) for w in more
            ]
        page = self._leaf.page
        return passage_of(page.number, page.read_by, words) if words else None

    def line(self, mark: Mark, digits: bool) -> Passage | None:
        """The second engine's reading of what follows a label on its line, whatever it is written in.

        Nothing tells how many characters there should be: its confidence stays under 0.8.
        """
        page, view = self._leaf.page, self._leaf.view
        following = [other.box.x0 for other in self._marks if _beside(other, mark)]
        end = min(following, default=1.0) - 0.004
        held = [
            word
            for word in view.words
            if _level(word.box, mark.box) and mark.box.x0 - 0.003 < word.box.x0 < end
        ]
        if not held:
            return None
        place = around(word.box for word in held)
        height, width = page.grey.shape[:2]
        grow = 0.4 * view.tall
        y0, y1 = int((place.y0 - grow) * height), int((place.y1 + grow) * height) + 1
        x0, x1 = int(place.x0 * width) - 6, int(min(end, place.x1 + 0.012) * width) + 1
        seen = recognised([_cropped(page.grey, (x0, y0, x1, y1))])[0]
        text = _after_label(seen.text, mark)
        if digits:
            text = _LONE.sub(lambda match: match[0].translate(_AS_DIGIT), text)
            text = re.sub(r"(?<=\d) (?=\d)", "", text)
        if not text:
            return None
        return passage_of(page.number, page.read_by, [Word(text, place, min(0.78, seen.sureness))])

    def _goes_on(self, comb: Comb) -> bool:
        """Another row of boxes begins right after this one: lines were lost between them."""
        wide = comb.cells[0][2] - comb.cells[0][0]
        return any(
            other is not comb
            and min(other.box.y1, comb.box.y1) - max(other.box.y0, comb.box.y0)
            > 0.6 * (comb.box.y1 - comb.box.y0)
            and -wide < other.cells[0][0] - comb.cells[-1][2] < 2.8 * wide
            for other in self._combs
        )

    def _label_of(self, comb: Comb) -> Mark | None:
        """The nearest label left of a row of boxes on its line, no other words between them."""
        middle = (comb.box.y0 + comb.box.y1) / 2
        high = comb.box.y1 - comb.box.y0
        beside = [
            mark
            for mark in self._marks
            if mark.box.x0 < comb.box.x0 - 0.5 * high
            and mark.box.y0 - 0.4 * high < middle < mark.box.y1 + 0.4 * high
        ]
        mark = max(beside, key=lambda m: (m.box.x0, -abs(m.box.y0 - middle)), default=None)
        if mark is None or self._words_between(mark, comb):
            return None
        return mark

    def _words_between(self, mark: Mark, comb: Comb) -> bool:
        """Words that are no part of the label stand before the boxes: these belong to another label."""
        high = comb.box.y1 - comb.box.y0
        going_on = _words_of_labels(mark.concepts)
        label_end = mark.run.passage.box(mark.start, mark.end).x1
        return any(
            word.box.x0 > label_end - 0.2 * high
            and word.box.x1 < comb.box.x0 + 0.3 * high
            and abs(word.box.y0 + word.box.y1 - comb.box.y0 - comb.box.y1) < high
            and sum(char.isalpha() for char in word.text) > 2
            and not set(re.findall("[a-z]{3,}", fold(word.text))) <= going_on
            and word.confidence > 0.5
            for word in self._leaf.view.words
        )

    def _under(self, mark: Mark) -> Comb | None:
        """Boxes close under a label that nothing follows on its line."""
        taken = {id(comb) for comb in self._owner.values()}
        high = self._leaf.view.tall
        for comb in self._combs:
            gap = comb.box.y0 - mark.box.y1
            if (
                id(comb) not in taken
                and -0.5 * high < gap < 1.5 * high
                and abs(comb.box.x0 - mark.box.x0) < 0.03
            ):
                return comb
        return None

    def _rest(self, mark: Mark, comb: Comb) -> Comb | None:
        """The row's end on the next line, under the label, where it did not fit."""
        if comb.box.x1 < 0.8:
            return None
        high = comb.box.y1 - comb.box.y0
        taken = {id(held) for held in self._owner.values()}
        for other in self._combs:
            below = 0 < other.box.y0 - comb.box.y0 < 1.8 * high
            if below and id(other) not in taken and abs(other.box.x0 - mark.box.x0) < 0.02:
                return other
        return None


def _level(box: Box, other: Box) -> bool:
    """Whether two boxes stand on one line."""
    return min(box.y1, other.y1) - max(box.y0, other.y0) > 0.5 * min(box.y1 - box.y0, other.y1 - other.y0)


def _beside(other: Mark, mark: Mark) -> bool:
    return (
        _level(other.box, mark.box)
        and other.box.x0 > mark.run.passage.box(mark.start, mark.start + 1).x1 + 0.01
    )


def _after_label(text: str, mark: Mark) -> str:
    """What follows the label in a line that begins with it: after its colon, or after as many letters."""
    _, colon, after = text.partition(":")
    if colon and len(after.strip()) > 1:
        return after.strip(" .|[]")
    letters = sum(char.isalnum() for char in mark.label)
    for at, char in enumerate(text):
        letters -= char.isalnum()
        if letters < 0:
            return text[at:].strip(" .|[]")
    return ""


@cache
def _words_of_labels(concepts: frozenset[str]) -> frozenset[str]:
    """The words of all labels that announce the same: a label cut in two goes on with them."""
    labels = " ".join(LABELS.get(concept, "") for concept in concepts)
    return frozenset(re.findall("[a-z]{3,}", fold(labels))) | {"heures", "total"}


_AS_DIGIT = str.maketrans("OoQDθΘ日曰IlL|][", "00000000111111")
"""What the engine takes digits for, a barred zero above all."""

_LATIN = re.compile(r"(?:[^\W\d_]|['.\-])+")
_LONE = re.compile(r"(?<![a-zA-ZÀ-ÿ])[OoQDθΘ日曰Il|\]\[]+(?![a-zA-ZÀ-ÿ])")


def read_comb(grey: Picture, comb: Comb, digits: bool) -> list[Word]:
    """The words in a row of boxes, an empty box being a blank.

    Confidence is the engine's where it saw as many characters as boxes are filled, 0.3 at most where not.
    """
    if not any(comb.filled):
        return []
    if comb.toothed:
        comb = _trimmed(comb)
    x0, y0, x1, y1 = comb.pixels
    count = sum(comb.filled)
    whole, bare = _cropped(grey, (x0 - 3, y0 - 3, x1 + 3, y1 + 3)), _without_lines(grey, comb)
    best, sure = "", -1.0
    fitting: list[str] = []
    for crop in (bare, whole) if comb.toothed else (whole, bare):
        seen = recognised([crop])[0]
        text, score = normalize("NFKC", seen.text).replace(" ", ""), seen.sureness
        text = text.translate(_AS_DIGIT) if digits else text.strip("|[]")
        fits = len(text) == count and (text.isdigit() if digits else _LATIN.fullmatch(text) is not None)
        told = score if fits else min(score, 0.3)
        fitting += [text] if fits else []
        if text and told > sure:
            best, sure = text, told
        if sure > 0.9 and digits:
            break
    if len(set(fitting)) > 1:
        # no check digit and no calendar tells which of two names is right; the whole row keeps its accents
        best, sure = fitting[-1 if comb.toothed else 0], min(sure, 0.75)
    if not best:
        return []
    height, width = grey.shape[:2]
    if sure <= 0.3 or digits:
        return [Word(best, comb.box, max(0.0, sure))]
    words: list[Word] = []
    for first, last in _stretches(comb.filled):
        (a, top, _, _), (_, _, b, bottom) = comb.cells[first], comb.cells[last]
        size = last - first + 1
        words.append(Word(best[:size], Box(a / width, top / height, b / width, bottom / height), sure))
        best = best[size:]
    return words


def _trimmed(comb: Comb) -> Comb:
    """Without the empty boxes at its ends: the engine sees letters in their lines."""
    first, last = comb.filled.index(True), len(comb.filled) - comb.filled[::-1].index(True)
    cells = comb.cells[first:last]
    wide = (comb.box.x1 - comb.box.x0) / max(1, comb.cells[-1][2] - comb.cells[0][0])
    x0 = comb.box.x0 + (cells[0][0] - comb.cells[0][0]) * wide
    x1 = comb.box.x1 - (comb.cells[-1][2] - cells[-1][2]) * wide
    return replace(comb, cells=cells, filled=comb.filled[first:last], box=replace(comb.box, x0=x0, x1=x1))


def _cropped(grey: Picture, pixels: tuple[int, int, int, int]) -> Picture:
    x0, y0, x1, y1 = pixels
    return np.ascontiguousarray(grey[max(0, y0) : y1, max(0, x0) : x1])


def _without_lines(grey: Picture, comb: Comb) -> Picture:
    """The characters alone: the middles of the boxes side by side on white."""
    x0, y0, x1, y1 = comb.pixels
    paper = int(np.percentile(grey[y0:y1, x0:x1], 80))
    crop = np.full((y1 - y0 + 6, x1 - x0 + 6), paper, dtype=np.uint8)
    for a, top, b, bottom in comb.cells:
        inner = grey[top + 3 : bottom - 3, a + comb.edge : b - comb.edge + 1]
        at = a - x0 + 3 + comb.edge
        crop[top - y0 + 6 : top - y0 + 6 + inner.shape[0], at : at + inner.shape[1]] = inner
    return crop


def _stretches(filled: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last index of each stretch of filled boxes."""
    found: list[tuple[int, int]] = []
    for index, full in enumerate(filled):
        if full and found and found[-1][1] == index - 1:
            found[-1] = (found[-1][0], index)
        elif full:
            found.append((index, index))
    return found
