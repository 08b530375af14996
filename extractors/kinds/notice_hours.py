"""The hours that a short paper states: at a label, in a sentence, under a table as its total.

A table of connections or modules has durations in a column. Its heading is no label of one value, and its sum
confirms the total, or stands in for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dossier.quantities import Minutes
from dossier.reading import Field
from extractors.candidate import NEAR, Candidate, candidate, less_sure, settled, surer
from extractors.french.hours import HoursFound, hours_in, hours_of
from extractors.french.letters import fold
from extractors.leaf import Leaf
from extractors.marks import Mark
from extractors.seek import base, hours_candidate, spoken_hours
from extractors.view import Run

Leaves = Sequence[Leaf]

_CONCEPTS = ("hours_done", "hours", "hours_planned")


@dataclass(frozen=True, slots=True)
class Column:
    """Durations one under the other: at least two, the table's total left out."""

    runs: tuple[Run, ...]
    minutes: Minutes


def stated_hours(leaves: Leaves) -> Field | None:
    """The duration that the paper states as a whole, checked against its table's sum where it has one."""
    columns = [column for leaf in leaves for column in _columns(leaf)]
    found = settled([*_labelled(leaves), *spoken_hours(leaves, "hours")])
    found = found or settled(_wholes(leaves)) or settled(_only(leaves))
    whole = Minutes(sum(column.minutes for column in columns))
    if found is None:
        return settled(_summed(columns, whole))
    if not columns or found.value is None:
        return found
    if found.value == whole:
        return surer(found, 0.98, "the table adds up to it")
    if len(columns) == 1:
        return less_sure(found, 0.85, "the table adds up to something else")
    return found


_WHOLE = re.compile(
    r"^\W*(?:(?:temps|duree|volume|cumul|nombre d'heures|heures)\b.{0,30}\btotale?s?|total|cumul)\b"
)


def _wholes(leaves: Leaves) -> Iterator[Candidate]:
    """A duration at the end of a line that begins as a total does, whatever it calls what it adds up."""
    for leaf in leaves:
        for row in leaf.view.rows:
            if not _WHOLE.match(fold(" ".join(run.text for run in row))):
                continue
            held = [(run, one) for run in row for one in hours_in(run.text) if one.minutes > 0]
            if held:
                run, one = held[-1]
                yield hours_candidate(run.passage, one, NEAR)


def _only(leaves: Leaves) -> Iterator[Candidate]:
    """The durations of the running text, when nothing announces one: they serve if they all say the same."""
    for leaf in leaves:
        for passage in leaf.paragraphs:
            for one in hours_in(passage.text):
                if one.minutes >= 60 and not (one.minutes < 1440 and is_time(passage.text, one)):
                    yield hours_candidate(passage, one, NEAR)


def is_time(text: str, one: HoursFound) -> bool:
    """A time of day: "de 9 h 00 à 12 h 30"."""
    return (
        re.search(r"(?:\bde|\ba|\bà|->|-)\s*$", text[: one.start]) is not None
        and re.match(r"\s*(?:a|à|-|et)\s*\d", text[one.end :]) is not None
    )


def _summed(columns: Sequence[Column], whole: Minutes) -> Iterator[Candidate]:
    if columns:
        first = columns[0].runs[0]
        yield candidate(whole, first.passage, 0, len(first.text), 0.8, "sum of the table")


def _labelled(leaves: Leaves) -> Iterator[Candidate]:
    for leaf in leaves:
        for standing, concept in enumerate(_CONCEPTS):
            for mark in leaf.labels.of(concept):
                made = _at(leaf, mark, standing)
                if made is not None:
                    yield made


def _at(leaf: Leaf, mark: Mark, standing: int) -> Candidate | None:
    if mark.label.startswith("total"):
        for run in leaf.view.rows[mark.run.row]:
            if run.box.x0 >= mark.box.x1 - 0.004 or run is mark.run:
                found = hours_in(run.text[mark.end :] if run is mark.run else run.text)
                if found:
                    shift = mark.end if run is mark.run else 0
                    return hours_candidate(run.passage, found[-1], 0.97, standing, shift)
    for value in leaf.labels.values(mark, wrap=False):
        if value.manner == "below" and column_under(leaf, mark.run) is not None:
            return None
        one = hours_of(value.passage.text)
        if one is None or one.minutes <= 0:
            continue
        if one.bare and len(value.passage.text) - (one.end - one.start) > 3:
            continue
        bare = one.bare and not ("heure" in mark.label or "duree" in mark.label)
        if bare:
            return hours_candidate(value.passage, one, 0.7, standing + len(_CONCEPTS))
        return hours_candidate(value.passage, one, base(value), standing)
    return None


def _columns(leaf: Leaf) -> Iterator[Column]:
    for mark in leaf.labels.of(*_CONCEPTS):
        if not mark.label.startswith("total"):
            column = column_under(leaf, mark.run)
            if column is not None:
                yield column


def column_under(leaf: Leaf, head: Run) -> Column | None:
    """The durations in the column that ``head`` heads, to the first line that has none or is the total's."""
    runs: list[Run] = []
    total = 0
    bottom = head.box.y1
    for row in leaf.view.rows[head.row + 1 :]:
        under = [run for run in row if run.box.x0 < head.box.x1 + 0.02 and run.box.x1 > head.box.x0 - 0.02]
        if not under:
            continue
        if row[0].box.y0 - bottom > 4 * leaf.view.tall or any(
            mark.label.startswith("total") for run in row for mark in leaf.labels.in_run(run)
        ):
            break
        found = _duration(under[0])
        if found is None:
            break
        runs.append(under[0])
        total += found.minutes
        bottom = under[0].box.y1
    return Column(tuple(runs), Minutes(total)) if len(runs) > 1 else None


def _duration(run: Run) -> HoursFound | None:
    found = hours_of(run.text)
    if found is None or found.start > 3 or len(run.text) - found.end > 4:
        return None
    return found
