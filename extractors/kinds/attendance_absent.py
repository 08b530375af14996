"""Absences written by hand where a signature should be: "abs", "Absent", "excusé".

Ink alone takes them for a signature, which would pay hours that were not done. A mark narrower than the same
person's other ones, or one like a cross, is read by the second engine: it reads such a word well, and makes
no word of a signature.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from statistics import median

from dossier.reading import Mark
from extractors.french.letters import fold
from extractors.ink import Shown
from extractors.kinds.attendance_again import lines_of_cell
from extractors.kinds.attendance_status import says_none
from extractors.leaf import Leaf
from extractors.recogniser import recognised
from extractors.table import Cell

_NARROW = 0.78
"""A mark narrower than this share of the person's usual one is looked at."""

_FEW = 3
"""So few marks of a person tell nothing usual: all are looked at."""

_MOST = 80
"""Marks of one part looked at, at most: about two seconds."""

_WORD = re.compile(r"abs|^.?bs$|absen|excus|malad|conge|arret|^non")

Signed = tuple[str, Leaf, Cell, Shown]
"""Whose mark, on which page, in which cell, and what ink alone makes of it."""


def _urgency(one: Signed) -> tuple[bool, float]:
    return not one[3].ink.crosslike, one[3].ink.wide


def absent(signed: Iterable[Signed]) -> dict[tuple[int, Cell], tuple[Mark, float]]:
    """Cells, by page number, in which an absence is written, that are crossed, or that say that there was no
    such half-day, with how surely."""
    by_person: dict[str, list[Signed]] = defaultdict(list)
    for one in signed:
        if one[3].mark is Mark.SIGNED:
            by_person[one[0]].append(one)
    everyone = [one[3].ink.wide for held in by_person.values() for one in held]
    doubtful: list[Signed] = []
    for held in by_person.values():
        few = len(held) < _FEW
        usual = median(everyone) if few else median(one[3].ink.wide for one in held)
        narrow = _NARROW * usual
        doubtful.extend(o for o in held if few or o[3].ink.crosslike or o[3].ink.wide < narrow)
    found: dict[tuple[int, Cell], tuple[Mark, float]] = {}
    for _, leaf, cell, shown in sorted(doubtful, key=_urgency)[:_MOST]:
        crops = [crop for crop, _ in lines_of_cell(leaf.page, cell.box)]
        for seen in recognised(crops[:2]):
            letters = re.sub(r"[^a-z]", "", fold(seen.text))
            sure = min(0.9, seen.sureness)
            if says_none(seen.text) and seen.sureness >= 0.5:
                found[leaf.page.number, cell] = (Mark.BLANK, sure)
            elif len(letters) <= 9 and _WORD.search(letters) and seen.sureness >= 0.5:
                found[leaf.page.number, cell] = (Mark.ABSENT, sure)
            elif letters == "x" and shown.ink.crosslike and seen.sureness >= 0.8:
                found[leaf.page.number, cell] = (Mark.CROSSED, sure)
    return found
