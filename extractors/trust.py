"""Whether a PDF page's text layer says what the page shows, or the page must be read by OCR."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import pypdfium2.raw as raw

from extractors.drawn import Drawn, Sort
from extractors.french.letters import fold
from extractors.page import Picture, Word

_MOST_UNMAPPED = 0.10
"""Share of characters without a letter above which a layer is not believed; bullets of symbol fonts stay
below."""

LOOK_DPI = 100
"""What `shows_other` is to be given."""

_FEW = 12
"""With fewer words, anything else on the page makes one look at it."""

_COMMON = frozenset({  # everyday words of papers, folded
    "a", "au", "aux", "avec", "ce", "cette", "dans", "date", "de", "des", "du", "en", "entre", "est",
    "et", "etre", "fait", "il", "je", "la", "le", "les", "lui", "mois", "ne", "nom", "non", "ou", "oui",
    "par", "pas", "pour", "prenom", "que", "qui", "sa", "se", "selon", "ses", "si", "son", "soussigne",
    "sous", "sur", "total", "un", "une", "vous", "article", "formation", "heure", "heures", "jour",
    "jours", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "matin", "apres", "midi", "signature",
    "stagiaire", "montant", "facture", "euros", "adresse", "ville", "siret", "page", "numero", "duree",
    "debut", "fin", "tva", "client", "contrat", "entreprise", "societe", "employeur"
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a text layer may not be what the page shows. ``look``: only a look at the page can tell."""

    why: str
    look: bool = False


def doubt_of(words: Sequence[Word], unmapped: float, drawn: Sequence[Drawn]) -> Doubt | None:
    """What speaks against a text layer, without looking at the page; None for one that is believed.

    ``words`` are those that are not known to be hidden.
    """
    if not words:
        return Doubt("no text layer")
    if unmapped > _MOST_UNMAPPED:
        return Doubt("characters without a letter in the text layer")
    if not reads_as_french(words):
        return Doubt("the text layer does not read as French")
    pictures = [_visible_area(item) for item in drawn if item.sort is Sort.IMAGE]
    if max(pictures, default=0.0) > 0.25 or sum(pictures) > 0.5:
        return Doubt("a picture covers much of the page", look=True)
    if len(words) < _FEW and sum(pictures) > 0.02:
        return Doubt("few words beside a picture", look=True)
    segments = sum(raw.FPDFPath_CountSegments(item.handle) for item in drawn if item.sort is Sort.PATH)
    if segments > (600 if len(words) < _FEW else 6000):
        return Doubt("much is drawn as outlines", look=True)
    return None


def _visible_area(item: Drawn) -> float:
    box = item.box()
    if box is None:
        return 0.0
    wide = min(1.0, box.x1) - max(0.0, box.x0)
    high = min(1.0, box.y1) - max(0.0, box.y0)
    return max(0.0, wide) * max(0.0, high)


def reads_as_french(words: Sequence[Word]) -> bool:
    """Whether the letters of a layer make words: some everyday ones, or at least the vowels of a language.

    A layer whose font maps letters to others, or to signs, has neither.
    """
    texts = [fold(word.text).strip(" .,;:()'\"-") for word in words]
    letters = [text for text in texts if text.isalpha()]
    solid = sum(len(text) for text in texts)
    if len(texts) >= 20 and solid and sum(char.isalnum() for text in texts for char in text) < 0.5 * solid:
        return False
    if len(letters) < 8:
        return True
    if sum(text in _COMMON for text in letters) >= 0.06 * len(letters):
        return True
    joined = "".join(letters)
    vowels = sum(char in "aeiouy" for char in joined) / len(joined)
    return 0.3 <= vowels <= 0.6


def shows_other(grey: Picture, words: Sequence[Word]) -> str:
    """Looks at the page, in grey at about 100 dpi: what it shows that the words are not, or "".

    Marks of the size of letters outside the words' boxes are text that the layer lacks; words over bare paper
    are not on the page. Signatures, logos and rules are too large or too few to count.
    """
    height, width = grey.shape
    said = np.zeros((height, width), np.uint8)
    bare = 0
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 21, 25)
    for word in words:
        x0, x1 = round(word.box.x0 * width), round(word.box.x1 * width)
        y0, y1 = round(word.box.y0 * height), round(word.box.y1 * height)
        place = ink[max(0, y0) : y1 + 1, max(0, x0) : x1 + 1]
        bare += not place.any()
        said[max(0, y0 - 2) : y1 + 3, max(0, x0 - 2) : x1 + 3] = 255
    if bare > 0.3 * len(words):
        return "words of the text layer are not on the page"
    inside = outside = 0
    for contour in cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        x, y, wide, high = cv2.boundingRect(contour)
        if not (5 <= high <= 24 and 2 <= wide <= 60):
            continue
        if said[min(height - 1, y + high // 2), min(width - 1, x + wide // 2)]:
            inside += 1
        else:
            outside += 1
    if outside > 40 and outside > 0.6 * inside:
        return "the page shows text that the text layer lacks"
    return ""
