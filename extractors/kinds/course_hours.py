"""How long the course of an agreement or contract is: by label, row, sentence or beside its days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dossier.reading import Field
from extractors.candidate import NEAR, Candidate, settle
from extractors.french.dates import dates_in
from extractors.french.hours import hours_in, hours_of
from extractors.french.letters import fold
from extractors.kinds.course_facts import sentence
from extractors.kinds.course_sections import heading_over
from extractors.leaf import Leaf
from extractors.marks import Mark
from extractors.seek import (
    hours,
    hours_candidate,
    spoken_hours,
)

Leaves = Sequence[Leaf]


def hours_of_course(leaves: Leaves) -> Field | None:
    """How long a course is agreed to last."""
    found = [
        *hours(leaves, "hours_planned"),
        *(
            c
            for c in hours(leaves, "hours", "training_hours", where=whole_course)
            if not _of_something_else(leaves, c)
        ),
        *(c for c in spoken_hours(leaves, "hours") if not _of_something_else(leaves, c)),
    ]
    if not found:
        found = [*short_hours(leaves), *beside_days(leaves), *_after_days(leaves)]
    if not found:
        found = list(_durations(leaves)) or list(_totals(leaves)) or list(_of_the_row(leaves))
    found = found or list(_alone(leaves))
    return settle(found)


def _of_the_row(leaves: Leaves) -> Iterator[Candidate]:
    """A duration alone in a cell of the row that "Formation" heads, beside one for the mission."""
    for leaf in leaves:
        for row in leaf.view.rows:
            if not re.match(
                r"\W*(?:la |l')?(?:formation|action|stage|parcours|module)\W*$", fold(row[0].text)
            ):
                continue
            for run in row[1:]:
                found = [one for one in hours_in(run.text) if not one.bare]
                if len(found) == 1 and found[0].end - found[0].start >= len(run.text.strip()) - 2:
                    yield hours_candidate(run.passage, found[0], 0.9)


def _totals(leaves: Leaves) -> Iterator[Candidate]:
    """The hours in the last row of a table, "Total …", under the heading of their column."""
    for leaf in leaves:
        heads = [mark for mark in leaf.labels.of("hours", "training_hours") if "total" not in mark.label]
        for row in leaf.view.rows:
            if not re.match(r"\W*total\b", fold(row[0].text)):
                continue
            for run in row[1:]:
                under = any(
                    mark.run.row < row[0].row
                    and run.box.x0 < mark.box.x1 + 0.02
                    and run.box.x1 > mark.box.x0 - 0.02
                    for mark in heads
                )
                found = hours_of(run.text) if under else None
                if found is not None and found.end - found.start >= len(run.text.strip()) - 2:
                    yield hours_candidate(run.passage, found, 0.9)
                    break


_DURATION = re.compile(r"^\W*(?:duree|nombre d'heures|volume horaire|total des heures|heures)\b")


def _durations(leaves: Leaves) -> Iterator[Candidate]:
    """A duration with its unit on a line that begins with "Durée …", whatever words go on from there."""
    for leaf in leaves:
        for row in leaf.view.rows:
            text = " ".join(fold(run.text) for run in row)
            if not _DURATION.match(text) or OTHER_HOURS.search(text):
                continue
            for run in row:
                found = [one for one in hours_in(run.text) if not one.bare]
                if found:
                    yield hours_candidate(run.passage, found[0], 0.9)
                    break


_CLOCK = 24 * 60
"""Minutes: what is no longer, and has no word for its unit, may be a time of the day."""


def _alone(leaves: Leaves) -> Iterator[Candidate]:
    """The one duration of the paper that is of nothing else: "formation Soudage de 70 h, dispensée par …"."""
    shown: list[Candidate] = []
    for leaf in leaves:
        for passage in leaf.paragraphs:
            for found in hours_in(passage.text):
                said = fold(passage.text[found.start : found.end])
                if found.bare or not ("heure" in said or found.minutes > _CLOCK):
                    continue
                before, after = sentence(passage.text[: found.start]), fold(passage.text[found.end :])
                if not OTHER_HOURS.search(before) and not _AFTER.match(after):
                    shown.append(hours_candidate(passage, found, _ONLY_ONE))
    if len({c.value for c in shown}) == 1:
        yield from shown


_ONLY_ONE = 0.75
"""How sure a duration is that nothing announces but that it stands unopposed."""


def _of_something_else(leaves: Leaves, found: Candidate) -> bool:
    before, after = _words_beside(leaves, found)
    return bool(OTHER_HOURS.search(before) or _AFTER.match(after))


_SHORTLY = re.compile(
    r"\b(?:(?:pour|soit|totalisant|representant)\s+(?:un total de |au total )?"
    r"|(?:formation|action|stage|parcours|module)\s(?:de\s|d'une duree (?:totale )?de\s))"
    r"(?=\d{1,4}(?:[.,]\d{1,2})?\s?h)"
)


def short_hours(leaves: Leaves) -> Iterator[Candidate]:
    """ "…, pour 77 heures"."""
    for leaf in leaves:
        for passage in leaf.paragraphs:
            for match in _SHORTLY.finditer(fold(passage.text)):
                found = hours_in(passage.text[match.end() : match.end() + 20])
                if (
                    not found
                    or found[0].start
                    or _AFTER.match(fold(passage.text), match.end() + found[0].end)
                ):
                    continue
                yield hours_candidate(passage, found[0], NEAR, 0, match.end())


OTHER_HOURS = re.compile(
    r"\b(?:conservation|absen|hebdomadaire|par jour|par semaine|dont|a distance|mission|au moins|chez|minimum"
    r"|minimale)\w*"
)
"""Words before a duration that is not that of the whole course."""

_AFTER = re.compile(
    r"\s*(?:de |d'|en )?(?:heures?\s+)?"
    r"(?:absen|hebdomadaire|par (?:jour|semaine)|a distance|au moins|chez|minimum|minimale)\w*"
)
"""What comes right after such a duration."""


def whole_course(leaf: Leaf, mark: Mark) -> bool:
    label = fold(mark.run.text[: max(mark.end, mark.value_at)])
    heading = heading_over(leaf, mark)
    of_mission = heading is not None and re.search(r"\bmissions?\b(?!.*\bformation\b)", fold(heading.text))
    return not OTHER_HOURS.search(label) and not of_mission and leaf.section_of(mark) != "section_client"


def words_around(leaves: Leaves, found: Candidate) -> str:
    """The folded words of the line that a candidate stands on."""
    before, after = _words_beside(leaves, found)
    return before + fold(found.raw) + after


def _words_beside(leaves: Leaves, found: Candidate) -> tuple[str, str]:
    """The folded words before and after a candidate on its line."""
    for leaf in leaves:
        if leaf.page.number == found.page:
            for run in leaf.view.runs:
                if run.box.y0 <= (found.box.y0 + found.box.y1) / 2 <= run.box.y1 and found.raw in run.text:
                    at = run.text.find(found.raw)
                    end = at + len(found.raw)
                    return fold(run.text[max(0, at - 40) : at]), fold(run.text[end : end + 25])
    return "", ""


def beside_days(leaves: Leaves) -> Iterator[Candidate]:
    """A duration with its unit on the line of the days: "du … au … – 70 h"."""
    for leaf in leaves:
        for run in leaf.view.runs:
            folded = fold(run.text)
            if not re.search(r"\bdu\b.{4,40}\bau\b|realis|suivi", folded):
                continue
            for found in hours_in(run.text):
                yield hours_candidate(run.passage, found, NEAR)
                break


def _after_days(leaves: Leaves) -> Iterator[Candidate]:
    """A duration right after the second of two days, not those of a mission: "début …, fin …, 140 h"."""
    for leaf in leaves:
        for block in leaf.view.blocks:
            text = block.passage.text
            for first, last in pairwise(dates_in(text)):
                tail = text[last.end : last.end + 24]
                found = next((one for one in hours_in(tail) if not one.bare), None)
                if found is None or last.start - first.end > 24 or re.search(r"[.;!?]", tail[: found.start]):
                    continue
                if not OTHER_HOURS.search(sentence(text[: first.start])) and not _AFTER.match(
                    fold(text[last.end + found.end :])
                ):
                    yield hours_candidate(block.passage, found, NEAR, 0, last.end)
