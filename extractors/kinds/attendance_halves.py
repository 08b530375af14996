"""Letters that stand for halves of a day, told by the ones beside them: M and A, AM and PM, M and AM."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from dossier.reading import HalfDay
from extractors.french.letters import tight
from extractors.table import Cell, Table

_MORNING = frozenset({"m", "mat", "matin"})
_AFTERNOON = frozenset({"a", "ap", "apm", "aprem", "apresmidi", "pm", "s"})
_KNOWN = _MORNING | _AFTERNOON | {"am"}

_WORDS = 2
"""So few words are letters of a half-day, broken over two lines perhaps."""

_MOST = 0.6
"""The least share of a row or column that such letters are."""


def halves_of(table: Table) -> Mapping[Cell, HalfDay]:
    """The cells whose letters stand for a half-day, by the other ones of their row or column.

    "AM" is the morning beside "PM", the afternoon beside "M". Single letters, which may also say who was
    absent, stand for halves where the two take turns.
    """
    said = {id(cell): tight(cell.text) if len(cell.words) <= _WORDS else "-" for cell in table.cells}
    if len({text for text in said.values() if text in _KNOWN}) < 2:
        return {}
    found: dict[Cell, HalfDay] = {}
    for col in range(table.columns):
        found.update(_line([cell for cell in table.cells if cell.col == col and cell.colspan == 1], said))
    for row in range(table.rows):
        found.update(_line([cell for cell in table.cells if cell.row == row and cell.rowspan == 1], said))
    return found


def _line(cells: Sequence[Cell], said: Mapping[int, str]) -> dict[Cell, HalfDay]:
    filled = [cell for cell in cells if cell.words]
    letters = {cell: said[id(cell)] for cell in filled if said[id(cell)] in _KNOWN}
    texts = set(letters.values())
    if len(texts) < 2 or len(letters) < _MOST * (len(filled) - 1):
        return {}
    mornings = _MORNING if texts & _MORNING else frozenset({"am"})
    if not texts & mornings or texts <= mornings:
        return {}
    halves = {cell: HalfDay.AM if text in mornings else HalfDay.PM for cell, text in letters.items()}
    turns = all(one is not other for one, other in itertools.pairwise(halves.values()))
    return halves if turns or all(len(text) > 1 for text in texts) else {}
