"""What each place to sign shows, from its words, its time stamp and its ink."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dossier.reading import Box, Mark
from extractors.french.letters import fold
from extractors.ink import Inked, Shown, judged
from extractors.kinds import attendance_words as words
from extractors.kinds.attendance_absent import Signed, absent
from extractors.kinds.attendance_facts import Place
from extractors.kinds.attendance_status import says_signed, status_of
from extractors.kinds.attendance_words import Column, Role
from extractors.layout import around
from extractors.leaf import Leaf
from extractors.table import Cell, Table

_SURE_WORD = re.compile(
    r"abs|excus|non sign|maladie|arret|conge|ferie|presente?\b|signee?\b|defaill|dispens|entreprise"
)
"""Statuses that OCR may be believed on; a lone letter may just as well be a signature."""


_NARROW = 27.0
"""Points: a signature cell found narrower on a scan was cut by a line that is none."""


_INITIALS = 3
"""So few letters are initials or a code."""

_TYPED = 0.75
"""How sure a signature is that a text page sets in type."""


_WORN_DASH = 0.85
"""How sure a dash is at most on a page of pixels, where it may be what is left of a signature."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a place shows and how surely; ``digest`` of a hand signature on a page of pixels."""

    mark: Mark
    confidence: float
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The places of one page with the tables that hold them."""

    leaf: Leaf
    tables: tuple[Table, ...]
    places: tuple[Place, ...]
    signed: tuple[Box, ...]


def seen(sheets: Sequence[Sheet]) -> Mapping[Place, Seen]:
    """What every place of the sheets shows. Ink is judged against all cells of all sheets of the part."""
    inked: list[tuple[int, Cell]] = []
    inks = []
    digests: dict[tuple[int, Cell], str] = {}
    for number, sheet in enumerate(sheets):
        cells = _drawn(sheet)
        if not cells:
            continue
        reader = _reader(sheet, cells)
        for cell, ink in zip(cells, reader.of([cell.box for cell in cells]), strict=True):
            inked.append((number, cell))
            inks.append(ink)
            if sheet.leaf.ocr:
                digests[number, cell] = reader.digest(cell.box)
    shown = dict(zip(inked, judged(inks), strict=True))
    found: dict[Place, Seen] = {}
    for number, sheet in enumerate(sheets):
        for place in sheet.places:
            told = _of(place, number, sheet.leaf.ocr, shown, digests)
            found[place] = told if _roomy(place, sheet.leaf) else _doubted(told)
    for place, (mark, sure) in _written_absent(sheets, shown, found).items():
        found[place] = Seen(mark, sure)
    return found


def _written_absent(
    sheets: Sequence[Sheet], shown: Mapping[tuple[int, Cell], Shown], found: Mapping[Place, Seen]
) -> Mapping[Place, tuple[Mark, float]]:
    """Places of trainees on pages of pixels that ink alone signs and in which an absence is written."""
    asked: dict[Place, tuple[int, Cell]] = {}
    signed: list[Signed] = []
    for number, sheet in enumerate(sheets):
        for place in sheet.places if sheet.leaf.ocr else ():
            drawn = [cell for cell, kind in place.marks if kind is Column.SIGNATURE]
            alone = place.facts.role is not Role.TRAINER and len(drawn) == len(place.marks)
            if alone and found[place].mark is Mark.SIGNED:
                for cell in drawn:
                    asked[place] = (sheet.leaf.page.number, cell)
                    signed.append((place.facts.person, sheet.leaf, cell, shown[number, cell]))
    written = absent(signed)
    return {place: written[key] for place, key in asked.items() if key in written}


def _drawn(sheet: Sheet) -> list[Cell]:
    """The signature cells, each once, that ink has a say in."""
    cells = [cell for place in sheet.places for cell, kind in place.marks if kind is Column.SIGNATURE]
    return list(dict.fromkeys(cells))


def _reader(sheet: Sheet, cells: Sequence[Cell]) -> Inked:
    signed = set(cells)
    printed: list[Box] = []
    for table in sheet.tables:
        for cell in table.cells:
            if cell not in signed or not sheet.leaf.ocr:
                printed.extend(word.box for word in cell.words)
            else:
                printed.extend(word.box for word in cell.words if _believed(word.text, word.confidence))
    walls = [cell.box for table in sheet.tables for cell in table.cells]
    region = around(table.box for table in sheet.tables)
    return Inked(sheet.leaf.page, region, printed, walls)


def _believed(text: str, confidence: float) -> bool:
    """A printed word that OCR read in a signature cell, not what it made of a signature."""
    known = words.role_of(text) is not None or words.column_of(text) is Column.SIGNATURE
    return confidence > 0.6 and (known or bool(_SURE_WORD.search(fold(text)) or re.search(r"\d[/:]\d", text)))


def _uncaptioned(cell: Cell) -> str:
    """The text of a cell without the caption that says whose place it is: before a colon, or a line."""
    text = cell.text
    caption, colon, rest = text.partition(":")
    if colon and words.role_of(caption) is not None and not any(c.isdigit() for c in caption):
        return rest.strip()
    lines = cell.lines
    if len(lines) > 1 and words.role_of(lines[0]) is not None:
        return " ".join(lines[1:])
    return text


def _of(
    place: Place,
    number: int,
    ocr: bool,
    shown: Mapping[tuple[int, Cell], Shown],
    digests: Mapping[tuple[int, Cell], str],
) -> Seen:
    stamped, said, ink, digest = False, None, None, ""
    column = typed = False
    for cell, kind in place.marks:
        text = _uncaptioned(cell).removeprefix(place.facts.person).strip()
        stamped = stamped or words.has_stamp(text)
        status = status_of(text) if text else None
        if status is not None and ocr and kind is Column.SIGNATURE and not _SURE_WORD.search(fold(text)):
            status = None
        if kind is Column.STAMP and status is Mark.SIGNED:
            status = None
        said = status if said in (None, Mark.SIGNED) and status is not None else said
        if kind is Column.SIGNATURE:
            column = True
            typed = typed or (not ocr and _typed(text, status, place.facts.person))
            if (number, cell) in shown and (ink is None or shown[number, cell].mark is Mark.SIGNED):
                ink, digest = shown[number, cell], digests.get((number, cell), "")
    seen = _weighed(stamped, said, ink, column, digest, ocr)
    if typed and said in (None, Mark.SIGNED) and not stamped and seen.mark is not Mark.SIGNED:
        return Seen(Mark.SIGNED, _TYPED)
    return seen


def _typed(text: str, status: Mark | None, person: str) -> bool:
    """Whether a text page says "Signé" where people sign, or sets the person's initials or a name there."""
    if status is not None:
        return status is Mark.SIGNED and says_signed(text)
    letters = re.sub(r"[\W\d_]", "", fold(text))
    initials = sorted(word[0] for word in re.findall(r"[^\W\d_]+", fold(person)))
    if len(letters) <= _INITIALS and person and not set(letters) <= set(initials):
        return False  # some other code
    return words.role_of(text) is None and _lettered(text)


def _lettered(text: str) -> bool:
    """Letters and nothing else: initials or a name in place of a signature, as signing tools set them."""
    letters = re.sub(r"[\s.'’-]", "", text)
    return letters.isalpha() and 2 <= len(letters) <= 30


def _roomy(place: Place, leaf: Leaf) -> bool:
    """Whether the place is as wide as any that people sign in; a slice of one may miss its signature."""
    widest = max(cell.box.x1 - cell.box.x0 for cell, _ in place.marks)
    return not leaf.ocr or widest * leaf.page.width >= _NARROW


def _doubted(mark: Seen) -> Seen:
    return Seen(mark.mark, min(mark.confidence, 0.7), mark.digest)


def _weighed(
    stamped: bool, said: Mark | None, ink: Shown | None, column: bool, digest: str, ocr: bool
) -> Seen:
    best = 0.95 if ocr else 0.98
    signed = ink is not None and ink.mark is Mark.SIGNED
    if said is not None and said is not Mark.SIGNED:
        if stamped:
            return Seen(Mark.UNKNOWN, 0.4)
        return Seen(said, 0.6 if signed and ink is not None and ink.confidence > 0.8 else best)
    if stamped:
        return Seen(Mark.SIGNED, best, digest if signed else "")
    if said is Mark.SIGNED:
        if signed:
            return Seen(Mark.SIGNED, best, digest)
        return Seen(Mark.UNKNOWN, 0.5) if column else Seen(Mark.SIGNED, 0.75)
    if ink is None:
        return Seen(Mark.BLANK, 0.7)
    sure = min(ink.confidence, _WORN_DASH) if ocr and ink.mark is Mark.DASH else ink.confidence
    return Seen(ink.mark, sure, digest if signed else "")
