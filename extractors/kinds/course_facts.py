"""What papers about a course or a mission have in common: days, hours, the day they were made."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dossier.reading import Field
from extractors.candidate import NEAR, Candidate, less_sure, settle, settled
from extractors.french.dates import dates_in, periods_in
from extractors.french.hours import hours_in
from extractors.french.letters import fold
from extractors.labels import Mark
from extractors.leaf import Leaf
from extractors.seek import (
    Where,
    anywhere,
    date_candidate,
    dates,
    hours,
    hours_candidate,
    spans,
    spoken_dates,
    spoken_hours,
    spoken_spans,
)

Leaves = Sequence[Leaf]


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day, each None where nothing says it."""

    first: Field | None
    last: Field | None


def days_of(leaves: Leaves, where: Where = anywhere) -> Days:
    """The days of a course or mission: "du … au …" at its label or in its sentence, or two labelled dates.

    A first day after the last makes both doubtful.
    """
    firsts: list[Candidate] = list(dates(leaves, "start", where=where))
    lasts: list[Candidate] = list(dates(leaves, "end", where=where))
    for first, last in spans(leaves, "period", where=where):
        if last is not None:
            firsts.append(first)
            lasts.append(last)
        elif not firsts:
            firsts.append(replace(first, standing=1))
    for first, last in spoken_spans(leaves, "period"):
        firsts.append(first)
        lasts.append(last)
    if not firsts or not lasts:
        firsts += [replace(c, standing=1) for c in spoken_dates(leaves, "start")]
        lasts += [replace(c, standing=1) for c in spoken_dates(leaves, "end")]
    if not firsts or not lasts:
        for one, two in _bare_periods(leaves):
            firsts.append(one)
            lasts.append(two)
    return ordered(Days(settled(firsts), settled(lasts)))


def ordered(days: Days) -> Days:
    if days.first is None or days.last is None:
        return days
    one, two = days.first.value, days.last.value
    if isinstance(one, dt.date) and isinstance(two, dt.date) and one > two:
        note = "the first day is after the last"
        return Days(less_sure(days.first, 0.5, note), less_sure(days.last, 0.5, note))
    return days


def _bare_periods(leaves: Leaves) -> Iterator[tuple[Candidate, Candidate]]:
    """ "du … au …" that no label and no known sentence announces."""
    for leaf in leaves:
        for block in leaf.view.blocks:
            for period in periods_in(block.passage.text):
                before = fold(block.passage.text[: period.first.start])
                opens = re.search(r"(?:du|entre le)\s*:?\s*$", before)
                if opens and not re.search(r"\b(?:arrete|decret|accord|loi)\s+du\s*$", before):
                    yield (
                        date_candidate(block.passage, period.first, 0.9, 2),
                        date_candidate(block.passage, period.last, 0.9, 2),
                    )


_MADE = re.compile(
    r"(?:\b(?:fait|etablie?|signee?|delivree?)\b[^.;]{0,60}?\ble\s*:?\s*|^\W*le\s*:?\s*"
    r"|^[a-z][a-z' -]{1,40}, (?:le )?)$"
)


def issued_of(leaves: Leaves) -> Field | None:
    """The day a paper was made: "Fait à …, le …", "Le : …", "Ville, le …"."""
    found = list(dates(leaves, "issued", where=_not_born))
    for leaf in leaves:
        for run in leaf.view.runs:
            for date in dates_in(run.text):
                if _MADE.search(fold(run.text[: date.start])):
                    found.append(date_candidate(run.passage, date, 0.97))
                    break
    return settled(_unopposed(found))


def _not_born(leaf: Leaf, mark: Mark) -> bool:
    before = fold(mark.run.text[: mark.start])
    return not re.search(r"\b(?:ne|nee|\(e\)|deroule[es]*|du|signe[es]* electroniquement)\s*$", before)


def _unopposed(found: list[Candidate]) -> list[Candidate]:
    """The lowest on the page comes first where several days are named."""
    if len({c.value for c in found}) <= 1:
        return found
    lowest = max(found, key=lambda c: (c.page, c.box.y0))
    return [c if c.value == lowest.value else replace(c, standing=c.standing + 1) for c in found]


def hours_of_course(leaves: Leaves) -> Field | None:
    """How long a course is agreed to last."""
    found = [
        *hours(leaves, "hours_planned"),
        *(
            c
            for c in hours(leaves, "hours", "training_hours", where=whole_course)
            if not OTHER_HOURS.search(words_around(leaves, c))
        ),
        *(c for c in spoken_hours(leaves, "hours") if not OTHER_HOURS.search(words_around(leaves, c))),
    ]
    if not found:
        found = [*short_hours(leaves), *beside_days(leaves)]
    return settle(found)


def short_hours(leaves: Leaves) -> Iterator[Candidate]:
    """ "…, pour 77 heures"."""
    for leaf in leaves:
        for passage in leaf.paragraphs:
            for match in re.finditer(r"\b(?:pour|soit)\s+(?=\d{1,4}\s?h)", fold(passage.text)):
                found = hours_in(passage.text[match.end() : match.end() + 20])
                if found and found[0].start == 0:
                    yield hours_candidate(passage, found[0], NEAR, 0, match.end())


OTHER_HOURS = re.compile(
    r"\b(?:conservation|absen|hebdomadaire|par jour|par semaine|dont|a distance|mission|au moins|chez|minimum"
    r"|minimale)\w*"
)
"""Words beside a duration that is not that of the whole course."""


def whole_course(leaf: Leaf, mark: Mark) -> bool:
    return not OTHER_HOURS.search(fold(mark.run.text)) and leaf.section_of(mark) != "section_client"


def words_around(leaves: Leaves, found: Candidate) -> str:
    """The folded words of the line that a candidate stands on."""
    for leaf in leaves:
        if leaf.page.number == found.page:
            for run in leaf.view.runs:
                if run.box.y0 <= (found.box.y0 + found.box.y1) / 2 <= run.box.y1 and found.raw in run.text:
                    at = run.text.find(found.raw)
                    return fold(run.text[max(0, at - 40) : at + len(found.raw) + 25])
    return ""


def beside_days(leaves: Leaves) -> Iterator[Candidate]:
    """A duration with its unit on the line of the days: "du … au … – 70 h"."""
    for leaf in leaves:
        for run in leaf.view.runs:
            folded = fold(run.text)
            if (
                not re.search(r"\bdu\b.{4,40}\bau\b", folded)
                and "realis" not in folded
                and "suivi" not in folded
            ):
                continue
            for found in hours_in(run.text):
                yield hours_candidate(run.passage, found, NEAR)
                break


def kept(**fields: Field | None) -> dict[str, Field]:
    """The fields that were found."""
    return {name: found for name, found in fields.items() if found is not None}
