"""Durations in every spelling that French pages use, to whole minutes (domain notes, section 8)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from dossier.quantities import Minutes
from extractors.french.letters import fold
from extractors.french.numbers import NUMBER_WORDS, number_in_words, plain_decimal

MOST_HOURS = 5000
"""No training lasts longer: a larger number is something else."""

_UNIT = r"(?:heures?|hrs?|h)(?![a-z])"
_NUMBER = r"\d{1,3}(?:[ .]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,3})?"

_WITH_UNIT = re.compile(
    rf"""(?<![\d.,/:])(?:
      (?P<days>\d{{1,3}})\s*(?:jours?|j|uc|seances?|demi-journees?)\s*(?:x|de|a|\*)\s*(?P<each>{_NUMBER})\s*{_UNIT}
    | (?P<hours>\d{{1,4}})\s*{_UNIT}\s*(?:et\s*)?(?P<minutes>[0-5]\d)(?!\s*[.,/:]?\d)\s*(?:minutes?|mn|min)?
    | (?P<hours1>\d{{1,4}})\s*{_UNIT}\s*(?:et\s*)?(?P<minutes1>\d{{1,2}})\s*(?:minutes?|mn|min)(?![a-z])
    | (?P<glued>\d{{1,4}})h(?P<gluedmin>[0-5]\d)(?!\d)\s*(?:minutes?|mn|min)?
    | (?P<number>{_NUMBER})\s*(?:\([a-z][a-z' -]{{2,40}}\)|\(?s?\)?)\s*{_UNIT}
    | (?P<only>\d{{1,5}})\s*(?:minutes|minute|min|mn)(?![a-z])
    | (?P<clock>\d{{1,4}}):(?P<clockmin>[0-5]\d)(?!\d)\s*(?:{_UNIT}|\(\s*hh?\s?[:h]\s?mm\s*\))
    )""",
    re.VERBOSE,
)
_IN_WORDS = re.compile(
    rf"(?<![a-z])(?P<words>{NUMBER_WORDS})\s+heures?(?![a-z])"
    rf"(?:\s+(?:et\s+)?(?P<minutes>{NUMBER_WORDS})\s+minutes?(?![a-z]))?"
)
_BARE = re.compile(
    rf"(?<![\d.,/])(?:(?P<clock>\d{{1,4}}):(?P<clockmin>[0-5]\d)|(?P<number>{_NUMBER}))(?![\d/])"
)

_DOUBTFUL = {"10", "15", "20", "30", "40", "45"}
"""Two decimals that may just as well be minutes: 7,30 is 7 h 18 or 7 h 30."""


@dataclass(frozen=True, slots=True)
class HoursFound:
    """A duration at ``start:end`` of the text. ``other`` is the second reading of a doubtful one."""

    minutes: Minutes
    start: int
    end: int
    other: Minutes | None = None
    bare: bool = False

    @property
    def doubtful(self) -> bool:
        return self.other is not None


def _minutes(hours: Decimal, minutes: int = 0) -> Minutes | None:
    if hours < 0 or hours > MOST_HOURS:
        return None
    return Minutes(int((hours * 60).quantize(Decimal(1), rounding=ROUND_HALF_UP)) + minutes)


def _of_number(text: str) -> tuple[Minutes | None, Minutes | None]:
    """A number of hours and, when its decimals may be minutes, the second reading."""
    number = plain_decimal(text)
    value = _minutes(number) if number is not None else None
    whole, _, decimals = re.sub(r"\s", "", text).replace(",", ".").rpartition(".")
    if value is not None and decimals in _DOUBTFUL and whole.isdigit():
        return value, _minutes(Decimal(whole), int(decimals))
    return value, None


def hours_in(text: str) -> tuple[HoursFound, ...]:
    """Durations with their unit, in reading order. Times of day look the same: the caller's label tells."""
    folded = fold(text)
    found: list[HoursFound] = []
    for match in _WITH_UNIT.finditer(folded):
        value, other = _of_match(match)
        if value is not None:
            found.append(HoursFound(value, match.start(), match.end(), other))
    for match in _IN_WORDS.finditer(folded):
        number = number_in_words(match["words"])
        more = number_in_words(match["minutes"]) if match["minutes"] is not None else 0
        value = _minutes(Decimal(number), more or 0) if number is not None else None
        if value is not None and not any(f.start < match.end() and match.start() < f.end for f in found):
            found.append(HoursFound(value, match.start(), match.end()))
    return tuple(sorted(found, key=lambda f: f.start))


def _of_match(match: re.Match[str]) -> tuple[Minutes | None, Minutes | None]:
    groups = {name: text for name, text in match.groupdict().items() if text is not None}
    if "days" in groups:
        each, other = _of_number(groups["each"])
        return (Minutes(each * int(groups["days"])) if each is not None else None), other
    for name, part in (
        ("hours", "minutes"),
        ("hours1", "minutes1"),
        ("glued", "gluedmin"),
        ("clock", "clockmin"),
    ):
        if name in groups:
            return _minutes(Decimal(groups[name]), int(groups[part])), None
    if "only" in groups:
        return Minutes(int(groups["only"])), None
    return _of_number(groups["number"])


_MONEY = re.compile(r"\s?(?:€|eur(?:os?)?\b)")


def hours_of(text: str) -> HoursFound | None:
    """The first duration of a text whose label already says that it is one: the unit may be missing, but
    euros are none."""
    with_unit = hours_in(text)
    if with_unit:
        return with_unit[0]
    folded = fold(text)
    match = _BARE.search(folded)
    if match is None or _MONEY.match(folded, match.end()) is not None:
        return None
    value, other = _of_match(match)
    return HoursFound(value, match.start(), match.end(), other, bare=True) if value is not None else None
