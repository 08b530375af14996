"""Dates as French pages print them. An impossible one, 31/02, is found and has no value."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from extractors.french.letters import fold
from extractors.french.numbers import NUMBER_WORDS, number_in_words

_MONTHS = {
    "janvier": 1, "janv": 1, "jan": 1, "fevrier": 2, "fevr": 2, "fev": 2, "mars": 3, "avril": 4, "avr": 4,
    "mai": 5, "juin": 6, "juillet": 7, "juil": 7, "aout": 8, "septembre": 9, "sept": 9, "octobre": 10,
    "oct": 10, "novembre": 11, "nov": 11, "decembre": 12, "dec": 12,
}  # fmt: skip
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_D = r"[0-9oOlIiSsBZzQ|]"
"""A digit, or a letter that OCR puts in its place."""

_AS_DIGIT = str.maketrans({"o": "0", "q": "0", "l": "1", "i": "1", "|": "1", "s": "5", "b": "8", "z": "2"})

_NUMERIC = re.compile(
    rf"(?<![\w])(?P<d>{_D}{{1,2}})\s?(?P<sep>[/.\-])\s?(?P<m>{_D}{{1,2}})\s?(?P=sep)\s?(?P<y>{_D}{{4}}|{_D}{{2}})(?![\w])"
)
_ISO = re.compile(
    r"(?<![\d/-])(?P<y>(?:19|20)\d{2})(?P<sep>[-/.])(?P<m>0\d|1[0-2])(?P=sep)(?P<d>[0-3]\d)(?![\d/-])"
)
_WORDS = re.compile(
    rf"(?<![\w])(?P<d>{_D}{{1,2}})\s?(?:er)?\s*(?P<m>{_MONTH})\s*(?P<y>(?:19|20|2o|zo|z0){_D}{{2}})(?![\w])"
)
_MISREAD = re.compile(
    rf"(?<![\w])(?P<d>{_D}{{1,2}})\s?(?:er)?\s+(?P<m>(?=[^\s\d]*[a-z]{{2}})[a-z\d|!]{{4,10}})\.?\s+(?P<y>20\d\d)(?![\w])"
)
"""A day, a word and a year: the word may be a month of which OCR misread a letter."""
_LONG_MONTHS = tuple(
    month for month in _MONTHS if len(month) > 3 and month not in ("janv", "fevr", "juil", "sept")
)

_WORDS_SHORT = re.compile(
    rf"(?<![\w/.,-])(?P<d>{_D}{{1,2}})\s?(?:er)?\s+(?P<m>{_MONTH})\s*'?(?P<y>[1-4]\d)"
    r"(?=\s*(?:$|[),;|\]\-]|\.(?!\d)|(?:au|et|a|inclus|par)\b))"
)
"""\"21 août 26\": a year of two figures, where nothing after makes the figures an hour or another day."""
_BLANKS = re.compile(r"(?<![\w])(?P<d>\d{2}) (?P<m>\d{2}) (?P<y>(?:19|20)\d{2})(?![\w])")
_BOXED = re.compile(rf"(?<![\w])(?P<all>{_D}(?:\s{_D}){{7}})(?![\w])")
_PACKED = re.compile(r"(?<![\w])(?P<all>[0-3]\d[01]\d(?:19|20)\d{2})(?![\w])")
WEEKDAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:lun|mar|mer|jeu|ven|sam|dim)\.?)"
_SHORT = re.compile(
    rf"""(?<![\w/.,-])(?P<d>0?[1-9]|[12]\d|3[01])(?P<er>er)?(?:\s+(?P<m>{_MONTH})|(?P<sep>[/.])(?P<n>0?[1-9]|1[0-2]))?
      (?:\s+(?P<au>au)|\s*(?:->|→|-)|\s+(?:-|a|et(?:\s+le)?)(?=\s))\s*:?\s*(?:{WEEKDAY}\s*)?(?=\d{{1,2}}(?:er)?\s?[a-z/.])""",
    re.VERBOSE,
)
"""The first day of "12 au 23 janvier 2026", "12/01 au 23/01/2026": its month and year are the last one's."""

_SOME = re.compile(
    rf"(?<![\w/.,-])(?P<days>(?:(?:0?[1-9]|[12]\d|3[01])(?:er)?\s*(?:,|et|&|puis)\s*)+)"
    rf"(?=(?:0?[1-9]|[12]\d|3[01])(?:er)?\s+{_MONTH}\s+(?:19|20)\d\d)"
)
"""Days of one month before the last of them, "12, 13 et " of "les 12, 13 et 14 mai 2025"."""

_ANNOUNCED = re.compile(rf"(?:^|\b(?:du|les?|de|entre)|[:|(])\s*(?:{WEEKDAY}\s*)?$")

_SPELT = re.compile(
    rf"(?<![\w])(?P<d>premier|{NUMBER_WORDS})\s+(?P<m>{_MONTH})\s+(?P<y>deux\smille(?:[\s-]{NUMBER_WORDS})?)(?![\w])"
)
"""The twenty-fifth of April of the year two thousand and twenty-five, as notaries write it."""


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date at ``start:end`` of the text. ``note`` says why it is None or doubtful."""

    date: dt.date | None
    start: int
    end: int
    note: str = ""

    @property
    def doubtful(self) -> bool:
        return bool(self.note)


@dataclass(frozen=True, slots=True)
class PeriodFound:
    """From one date to another, as one stretch of text."""

    first: DateFound
    last: DateFound


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else (2000 + year if year < 70 else 1900 + year)


def _date(day: str, month: str, year: str, start: int, end: int) -> DateFound | None:
    d, m, y = (part.translate(_AS_DIGIT) for part in (day, month, year))
    if not (d.isdigit() and m.isdigit() and y.isdigit()):
        return None
    note = "letters read as digits" if (d, m, y) != (day, month, year) else ""
    if note and sum(c.isdigit() for c in day + month + year) < len(day + month + year) - 3:
        return None
    try:
        value = dt.date(_year(y), int(m), int(d))
    except ValueError:
        if int(m) > 31 or int(d) > 39:
            return None
        return DateFound(None, start, end, f"{d}/{m}/{y} is no date")
    if not 1900 <= value.year <= 2100:
        return DateFound(None, start, end, f"{d}/{m}/{y} is no likely date")
    return DateFound(value, start, end, note)


def _first_of(match: re.Match[str], last: dt.date) -> DateFound | None:
    """The first day of a period that names the year, or the month too, with its last day alone."""
    month = match["n"] or (str(_MONTHS[match["m"].rstrip(".")]) if match["m"] else str(last.month))
    year = last.year - (int(month) > last.month)  # "du 22 décembre au 9 janvier 2026"
    end = max(match.end("d"), match.end("er"), match.end("m"), match.end("n"))
    return _date(match["d"], month, str(year), match.start("d"), end)


def _misread(match: re.Match[str]) -> DateFound | None:
    """The date whose month is one letter, or two of a long one, from what was read; it is doubtful."""
    word = match["m"]
    near = [m for m in _LONG_MONTHS if Levenshtein.distance(word, m) <= (2 if len(m) > 6 else 1)]
    if len(near) != 1:
        return None
    made = _date(match["d"], str(_MONTHS[near[0]]), match["y"], match.start(), match.end())
    return replace(made, note="the month's letters are not all read") if made is not None else None


def dates_in(text: str) -> tuple[DateFound, ...]:
    """All dates in reading order, none overlapping another."""
    folded = fold(text)
    found: list[DateFound] = []

    def add(date: DateFound | None) -> None:
        if date is not None and not any(date.start < f.end and f.start < date.end for f in found):
            found.append(date)

    for match in _ISO.finditer(folded):
        add(_date(match["d"], match["m"], match["y"], match.start(), match.end()))
    for match in _WORDS.finditer(folded):
        month = str(_MONTHS[match["m"].rstrip(".")])
        add(_date(match["d"], month, match["y"], match.start(), match.end()))
    for match in _MISREAD.finditer(folded) if " 20" in folded else ():
        add(_misread(match))
    for match in _WORDS_SHORT.finditer(folded):
        add(_date(match["d"], str(_MONTHS[match["m"].rstrip(".")]), match["y"], match.start(), match.end()))
    for match in _SPELT.finditer(folded) if "deux mille" in folded else ():
        day = 1 if match["d"] == "premier" else number_in_words(match["d"])
        month = str(_MONTHS[match["m"].rstrip(".")])
        add(_date(str(day), month, str(number_in_words(match["y"])), match.start(), match.end()))
    for match in _NUMERIC.finditer(folded):
        add(_date(match["d"], match["m"], match["y"], match.start(), match.end()))
    for match in _SHORT.finditer(folded):
        last = next((f for f in found if f.start == match.end()), None)
        announced = match["au"] or _ANNOUNCED.search(folded[: match.start()])
        if last is not None and last.date is not None and announced:
            add(_first_of(match, last.date))
    for match in _SOME.finditer(folded):
        last = next((f for f in found if f.start == match.end()), None)
        if last is None or last.date is None or not _ANNOUNCED.search(folded[: match.start()]):
            continue
        for one in re.finditer(r"\d{1,2}", match["days"]):
            at = match.start() + one.start()
            add(_date(one[0], str(last.date.month), str(last.date.year), at, at + len(one[0])))
    for match in _BLANKS.finditer(folded):
        add(_date(match["d"], match["m"], match["y"], match.start(), match.end()))
    for pattern in (_BOXED, _PACKED):
        for match in pattern.finditer(folded):
            packed = re.sub(r"\s", "", match["all"])
            boxed = _date(packed[:2], packed[2:4], packed[4:], match.start(), match.end())
            if boxed is not None and boxed.date is not None:
                add(boxed)
    return tuple(sorted(found, key=lambda f: f.start))


_BETWEEN = re.compile(
    r"^[\s:,;|)(]*(?:inclus[\s,)]*)?(?:(?:et )?jusqu'?\s?au|au|a|->|=>|-|→|➔|/|et)[\s:|]*"
    rf"(?:le\s*)?(?:{WEEKDAY}\s*)?$"
)


def periods_in(text: str) -> tuple[PeriodFound, ...]:
    """Pairs of dates joined by "au", "à", a dash: ``du 3 au 5 mars 2025``."""
    dates = dates_in(text)
    folded = fold(text)
    found: list[PeriodFound] = []
    for first, last in pairwise(dates):
        if _BETWEEN.match(folded[first.end : last.start]):
            found.append(PeriodFound(first, last))
    return tuple(found)
