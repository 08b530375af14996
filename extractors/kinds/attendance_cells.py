"""What sort of thing one cell of an attendance sheet is, from its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from statistics import median

from dossier.quantities import Minutes
from dossier.reading import HalfDay, Mark, ReadBy
from extractors.candidate import worn
from extractors.french.letters import fold
from extractors.french.people import person_of
from extractors.kinds import attendance_words as words
from extractors.kinds.attendance_status import status_of
from extractors.kinds.attendance_ticks import is_box
from extractors.kinds.attendance_words import Column, Day, Role, Span
from extractors.known_labels import is_label
from extractors.layout import lines_of
from extractors.table import Cell
from extractors.view import clean


class Sort(Enum):
    BLANK = "blank"
    MONTH = "month"
    DAY = "day"
    HALF = "half"
    SPAN = "span"
    TIME = "time"
    DURATION = "duration"
    SLOT = "slot"
    WEEKDAY = "weekday"
    HEAD = "head"
    ROLE = "role"
    PERSON = "person"
    STATUS = "status"
    STAMP = "stamp"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Meaning:
    """A cell with all that its words say; what they do not say is empty or None."""

    cell: Cell
    text: str
    sort: Sort
    column: Column | None = None
    role: Role | None = None
    days: tuple[Day, ...] = ()
    half: HalfDay | None = None
    spans: tuple[Span, ...] = ()
    minutes: Minutes | None = None
    person: str = ""
    status: Mark | None = None
    sure: float = 1.0
    month: tuple[int, int] | None = None

    @property
    def day(self) -> Day | None:
        """The first day said, as surely as its words were read."""
        return replace(self.days[0], sure=min(self.days[0].sure, self.sure)) if self.days else None

    @property
    def announces(self) -> bool:
        """Whether it may stand in a heading: it says what is below it or beside it."""
        return self.sort in (Sort.HEAD, Sort.ROLE, Sort.HALF, Sort.DAY, Sort.SPAN, Sort.SLOT, Sort.WEEKDAY)


_SLOT = re.compile(r"^\W*(?:h|s|c|cours|seance|creneau|sequence|slot|unite|uc)\s?\.?\s?n?[°o]?\s?\d{1,2}\b")
_NUMBERED = re.compile(r"^\s*(?:n\s?[°º]\s*)?\d{1,2}(?:\s*[.):\-–]\s*|\s+)(?=[^\W\d_])")
_NEXT_LABEL = re.compile(
    r"\s(?:[-–—•·|]|(?:actions?|formation|intitule|entreprise|employeur|societe|organisme|stage|session|module|lieu"
    r"|dates?|periode|du \d|formateur|formatrice|parcours|dossier)\b)"
)
_WEEKDAY = re.compile(
    r"\W*(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:lun|mar|mer|jeu|ven|sam|dim)\.?)\W*"
)
_STATUS_BEHIND = re.compile(r"\s+(?:pr[ée]sente?|absente?|excus[ée]e?)\s*$", re.IGNORECASE)
_ADDRESS = re.compile(r"\S+@\S+")
_RUN_IN = re.compile(r"(?<=[^\W\d_])(?=[0-3]\d[/.][01]\d[/.]20\d\d)")
"""Where OCR ran a word and the date behind it together: "le05/10/2026"."""

_LONGEST = 6 * 60
"""Minutes that no half-day passes."""

_LEAST_NAME = 3
_SMALL = 0.92
"""Of the letters above them: letters so much smaller say something else."""
_LEAST_LABEL = 6
"""Letters of a label that no name begins with."""


def named(text: str) -> str:
    """The person whom a cell names as printed, without numbering or role; "" when it names none."""
    bare = re.sub(r"(?<=[^\W\d_]),\s+(?=[^\W\d_])", " ", _NUMBERED.sub("", text))
    bare = re.sub(r"^[^:]{3,40}:\s*", "", bare) if words.role_of(bare.partition(":")[0]) else bare
    bare = re.sub(r"\s*\([^)]*\)\s*$", "", bare)
    bare = _STATUS_BEHIND.sub("", bare)
    person = person_of(bare, last_first=True)
    if person is None or len(re.sub(r"\W", "", person.whole)) < _LEAST_NAME:
        return ""
    rest = bare[: person.start] + bare[person.end :]
    if sum(c.isalnum() for c in rest) > 0.4 * len(bare) and not person.sure:
        return ""
    return bare[person.start : person.end].strip()


def trainer_in(text: str) -> str:
    """The trainer whom a cell names after the word for it: "Animé par : DUHAMEL Sofiane"; "" for none."""
    end = words.trainer_until(text)
    rest = text[end:].strip(" :.–—-") if end else ""
    return named(rest) if len(rest.split()) >= 2 and _likely_name(rest) else ""


def told_first(text: str) -> str:
    """The trainee whom a line of several labels begins with: "Stagiaire : DIENG Léa Action : …"; else ""."""
    label, colon, value = text.partition(":")
    if not colon or words.role_of(label) is not Role.TRAINEE:
        return ""
    stop = _NEXT_LABEL.search(fold(value))
    return named(value[: stop.start()] if stop is not None else value)


def titled(text: str) -> str:
    """The person of a cell that says a role after the name: "Xavier BEAUCHÊNE Apprenant"; "" for others."""
    text = _ADDRESS.sub(" ", text)
    at = words.role_at(text)
    bare = text[:at].strip(" –—-·•|,(") if at > 0 else ""
    if len(bare.split()) < 2 or not _likely_name(bare) or _likely_name(text[at:].partition(" ")[2]):
        return ""  # "Organisme … Formateur Paul ROUX": the role is the label of what follows
    person = named(bare)
    return person if len(person) == len(bare) else ""


def _likely_name(text: str) -> bool:
    """Two capitalised words or more, or one wholly in capitals, and nothing that reads as something else."""
    tokens = re.findall(r"[^\W\d_][\w'’\-]*", text)
    if not tokens or len(tokens) > 8 or re.search(r"\d", _NUMBERED.sub("", text)):
        return False
    if len(tokens) > 1 and len(tokens[0]) >= _LEAST_LABEL and is_label(tokens[0]):
        return False  # "Organisme Les Ateliers"
    return len(tokens) >= 2 or (len(tokens[0]) >= _LEAST_NAME and tokens[0].isupper())


def _duration(text: str) -> Minutes | None:
    """A duration that fills its cell: ``3h30``, ``3,5``, ``7``."""
    folded = re.sub(r"^soit\s", "", fold(text).strip())
    if not re.fullmatch(r"[\d.,:\sh]+(?:eures?|rs)?\s*(?:\d{1,2}\s*(?:mn|min\w*)?)?", folded):
        return None
    found = words.minutes_in(text, labelled=True)
    return found if found is not None and 0 < found <= 14 * 60 else None


def meaning(cell: Cell, month: tuple[int, int] | None = None) -> Meaning:
    """What ``cell`` says. ``month`` (year, month) completes dates that stand without their year."""
    text = clean(cell.text).strip(" |")
    if _doubted(cell):
        text = _RUN_IN.sub(" ", text)
    sure = worn(1.0, ReadBy.OCR, _confidence(cell)) if _doubted(cell) else 1.0
    if is_box(text):
        return Meaning(cell, text, Sort.STATUS, status=status_of(text), sure=sure)
    if not re.search(r"[\w\-–—x×✗✘✓✔☑✅/]", text):
        return Meaning(cell, text, Sort.BLANK)
    days = words.days_in(text, month if _may_be_day(text) else None)
    rest = _without(text, days)
    spans, half = words.spans_in(rest), words.half_of(text)
    minutes = words.minutes_in(rest)
    if _doubted(cell) and half in (HalfDay.AM, HalfDay.PM) and (minutes or 0) > _LONGEST:
        minutes = None  # when it ends, of times of which the beginning was misread
    banner = words.month_in(text) if not days else None
    column, role = words.column_of(text), words.role_of(text)
    status = status_of(text) if len(text) < 60 else None
    who = _over_small_print(cell) or text
    person = named(who) if _likely_name(who) and half is None and not _WEEKDAY.fullmatch(fold(who)) else ""
    sort = Sort.TEXT
    if banner is not None:
        sort = Sort.MONTH
    elif words.has_stamp(text) and not spans and half is None:
        sort = Sort.STAMP
    elif days:
        sort = Sort.DAY
    elif _WEEKDAY.fullmatch(fold(text)):
        sort = Sort.WEEKDAY
    elif words.lists_people(text):
        sort = Sort.HEAD
    elif status is not None and column is not Column.SIGNATURE and len(text) < 40:
        sort = Sort.STATUS
    elif _SLOT.match(fold(text)) and len(text) < 40:
        sort = Sort.SLOT
    elif column is not None and (half is None or column not in (Column.HOURS, Column.TIMES)):
        sort = Sort.HEAD
    elif half is not None:
        sort = Sort.HALF
    elif spans:
        sort = Sort.SPAN
    elif role is not None:
        sort = Sort.ROLE
    elif re.fullmatch(r"\W*\d{1,2}\s?[h:]\s?(?:[0-5o]\d|o\d|\do)?\W*", fold(text)):
        sort = Sort.TIME
    elif _duration(text) is not None:
        sort, minutes = Sort.DURATION, _duration(text)
    elif person:
        sort = Sort.PERSON
    if sort in (Sort.HEAD, Sort.ROLE):
        person = named(text) if ":" in text or (sort is Sort.ROLE and "(" in text) else titled(text)
        person = person or _captioned(cell)
    return Meaning(cell, text, sort, column, role, days, half, spans, minutes, person, status, sure, banner)


def _over_small_print(cell: Cell) -> str:
    """The first line of a cell, where a whole name stands on it over for whom they work, in smaller letters
    or after a name whose capitals tell that it is whole."""
    lines = lines_of(cell.words) if len(cell.words) > 2 else []
    if len(lines) < 2 or lines[0].text.endswith("-"):
        return ""
    tall = [median(word.box.y1 - word.box.y0 for word in line.words) for line in lines]
    person = person_of(lines[0].text, last_first=True)
    if person is None or not person.first or person.end < len(lines[0].text.rstrip()):
        return ""
    return clean(lines[0].text) if person.sure or max(tall[1:]) < _SMALL * tall[0] else ""


def _captioned(cell: Cell) -> str:
    """The person on the line under the one that says a role: "Formateur" over "Paul ROUX"."""
    lines = cell.lines
    if len(lines) != 2 or words.role_of(lines[0]) is None or len(lines[0].split()) > 2:
        return ""
    person = named(lines[1])
    return person if " " in person and person == clean(lines[1]).strip() else ""


def _confidence(cell: Cell) -> float:
    """That of the least sure word with a digit; of the least sure of all where none has one."""
    numbers = [word.confidence for word in cell.words if any(c.isdigit() for c in word.text)]
    return min(numbers or [word.confidence for word in cell.words])


def name_sureness(cell: Cell) -> float:
    """How surely the letters of a name were read, 1 on a text layer."""
    letters = [word.confidence for word in cell.words if any(c.isalpha() for c in word.text)]
    return worn(1.0, ReadBy.OCR, min(letters)) if letters and _doubted(cell) else 1.0


def _doubted(cell: Cell) -> bool:
    return any(word.confidence < 1 for word in cell.words)


def _may_be_day(text: str) -> bool:
    folded = fold(text)
    return words.weekday_in(folded) is not None or bool(
        re.search(
            r"^\W*[lmjvsd]\W{0,2}\d{1,2}\W*$|\d\s?[/.-]\s?\d|\d(?:er)?\s+(?:janv|fevr|mars|avri|mai|juin|juil|aout|sept|octo|nove|dece)",
            folded,
        )
    )


def _without(text: str, days: Sequence[Day]) -> str:
    for day in days:
        text = text.replace(day.raw, " " * len(day.raw), 1)
    return text


def duration_of(text: str) -> Minutes | None:
    """The duration of a cell whose heading says that it is one."""
    found = words.minutes_in(text, labelled=True)
    return found if found is not None and 0 < found <= 14 * 60 else None
