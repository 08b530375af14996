"""What a page says around its tables: the day and half above each, the usual times, the month."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dossier.quantities import Minutes
from dossier.reading import Box, HalfDay, ReadBy
from extractors.candidate import worn
from extractors.french.dates import dates_in
from extractors.french.hours import hours_in
from extractors.french.letters import fold
from extractors.kinds import attendance_words as words
from extractors.kinds.attendance_cells import named, titled, told_first
from extractors.kinds.attendance_facts import Facts
from extractors.kinds.attendance_words import Role, Span
from extractors.leaf import Leaf
from extractors.table import Table
from extractors.view import Run, View

_SLOT_LENGTH = re.compile(
    r"(?:(?:cours|uc|seances?|creneaux?|unites?(?: de cours)?|slots?|sequences?)\W{0,4}(?:x|\*|de|=|:)\s*)"
    r"(\d{1,2}(?:[.,]\d{1,2})?\s*h(?:eures?)?(?:\s?\d{2})?)"
)


_LENGTH = re.compile(r"\bduree\s*:?\s*(?=\d)")

_HEAD = 2
"""A table of so few rows may be the head of the page, which says the usual times."""

_YEAR = re.compile(r"(?<![\d/.,-])20[1-4]\d(?![\d/.,-])")
_YEARLY = re.compile(r"\b(?:annee|semaine|emargements?|presences?|session|stage|mois)\b")
_WEEK = re.compile(r"\b(?:semaine|sem\.?|s)\s?(?:n\s?°\s?)?(\d{1,2})\b")


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the tables of one page."""

    above: tuple[Facts, ...]
    times: Mapping[HalfDay, tuple[Span, ...]]
    slot: Minutes | None
    month: tuple[int, int] | None
    monday: dt.date | None = None
    """Of the one week that the page is about."""


def around(leaf: Leaf, tables: Sequence[Table], month: tuple[int, int] | None) -> Around:
    """``month``: that of the part's first date."""
    free = [run for run in leaf.view.runs if not _within(run.box, tables)]
    found_month = _month(leaf) or month
    above = [_above(leaf.view, free, table, tables, found_month) for table in tables]
    if len(tables) > 1:
        above = _each_own(above, [_gap(free, table, tables) for table in tables])
    outside = [run for run in leaf.view.runs if not _within(run.box, [t for t in tables if t.rows > _HEAD])]
    return Around(tuple(above), _times(outside), _slot_length(leaf), found_month, _monday(leaf))


def _within(box: Box, tables: Sequence[Table]) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return any(t.box.x0 <= x <= t.box.x1 and t.box.y0 <= y <= t.box.y1 for t in tables)


def _month(leaf: Leaf) -> tuple[int, int] | None:
    """Year and month of the first date of the period that the page names, else of any banner of a month."""
    for run in leaf.view.runs:
        found = [d.date for d in dates_in(run.text) if d.date is not None]
        if found and re.search(r"\b(?:du|periode|dates?|semaine|mois|session)\b", fold(run.text)):
            return found[0].year, found[0].month
    for run in leaf.view.runs:
        banner = words.month_in(run.text)
        if banner is not None:
            return banner
    dated = [d.date for run in leaf.view.runs for d in dates_in(run.text) if d.date is not None]
    return (dated[0].year, dated[0].month) if dated else _week(leaf)


def _monday(leaf: Leaf) -> dt.date | None:
    """The Monday of the week that the page names by its days or its number; None where it names several."""
    found = set()
    for row in leaf.view.rows:
        text = " ".join(run.text for run in row)
        said = fold(text)
        if not re.search(r"\bsem(?:aine|\.)|\bs\d{1,2}\b|\bdu\b.*\bau\b", said):
            continue
        days = [one.date for one in dates_in(text) if one.date is not None]
        if days and (days[-1] - days[0]).days in range(7) and (len(days) > 1 or "semaine" in said):
            found.add(days[0] - dt.timedelta(days=days[0].weekday()))
        year, week = _YEAR.search(said), _WEEK.search(said)
        if not days and year is not None and week is not None and 1 <= int(week[1]) <= 52:
            found.add(dt.date.fromisocalendar(int(year[0]), int(week[1]), 1))
    return found.pop() if len(found) == 1 else None


def _week(leaf: Leaf) -> tuple[int, int] | None:
    """The month in which the named week begins, "Année 2026 – Semaine 40"; month 0 with a year alone."""
    for row in leaf.view.rows:
        said = fold(" ".join(run.text for run in row))
        year = _YEAR.search(said)
        if year is None or not _YEARLY.search(said):
            continue
        week = _WEEK.search(said)
        number = int(week[1]) if week is not None else 0
        if not 1 <= number <= 52:
            return int(year[0]), 0
        return int(year[0]), dt.date.fromisocalendar(int(year[0]), number, 1).month
    return None


def _above(
    view: View, free: Sequence[Run], table: Table, tables: Sequence[Table], month: tuple[int, int] | None
) -> Facts:
    """The day, half and times said between the table above and this one, the nearest line first."""
    gap = _gap(free, table, tables)
    own = [run for run in gap if _over(run, table)] if _has_beside(table, tables) else gap
    facts = _said_over(view, own, table, month)
    if facts.day is None and own != gap:
        facts = facts.under(Facts(day=_said_over(view, gap, table, month).day))
    return facts


def _has_beside(table: Table, tables: Sequence[Table]) -> bool:
    """Whether another table stands beside this one: what is over that one is not of this."""
    box = table.box
    return any(
        min(t.box.y1, box.y1) - max(t.box.y0, box.y0) > 0.5 * (box.y1 - box.y0)
        and (t.box.x0 >= box.x1 - 0.005 or t.box.x1 <= box.x0 + 0.005)
        for t in tables
    )


def _over(run: Run, table: Table) -> bool:
    return table.box.x0 - 0.02 < run.box.x0 < table.box.x1 - 0.01


def _said_over(view: View, gap: Sequence[Run], table: Table, month: tuple[int, int] | None) -> Facts:
    facts = Facts()
    lines: dict[int, list[Run]] = {}
    for run in gap:
        lines.setdefault(run.row, []).append(run)
    ordered = sorted(lines, reverse=True)
    if ordered and table.box.y0 - lines[ordered[0]][0].box.y1 < 1.5 * view.tall:
        facts = _whose(lines[ordered[0]][0])
    usual = {half for row in ordered for run in lines[row] if (half := _half_alone(run, month)) is not None}
    for row in ordered:
        if facts.day is not None:
            break
        if len(usual) > 1 and any(_half_alone(run, month) is not None for run in lines[row]):
            continue  # the usual times of both halves, one under the other
        if len(lines[row]) > 1 and lines[row][0].passage.read_by is ReadBy.OCR:  # one line, read in pieces
            facts = facts.under(said(" ".join(run.text for run in lines[row]), month))
        for run in lines[row]:
            facts = facts.under(said(run.text, month))
    return facts


def _half_alone(run: Run, month: tuple[int, int] | None) -> HalfDay | None:
    """The half-day that a line names with its times, where it names no day."""
    told = said(run.text, month)
    return told.half if told.day is None and told.spans and told.half is not HalfDay.DAY else None


def _gap(free: Sequence[Run], table: Table, tables: Sequence[Table]) -> list[Run]:
    """The lines between a table and the one above it."""
    floor = max((t.box.y1 for t in tables if t.box.y1 <= table.box.y0 + 0.005), default=0.0)
    return [run for run in free if floor - 0.003 <= (run.box.y0 + run.box.y1) / 2 <= table.box.y0 + 0.004]


def _each_own(above: Sequence[Facts], gaps: Sequence[Sequence[Run]]) -> list[Facts]:
    """The facts with the trainee whom the lines over each table name, where several tables name several."""
    names = [_named_in(gap) for gap in gaps]
    if len({name for name, _ in names} - {""}) < 2:
        return list(above)
    return [
        replace(facts, person=name, role=Role.TRAINEE, named=min(0.85, sure), once=True)
        if name and not facts.person
        else facts
        for facts, (name, sure) in zip(above, names, strict=True)
    ]


def _named_in(gap: Sequence[Run]) -> tuple[str, float]:
    """The trainee of a line that says so, else of a last line that is a name; and how well it was read."""
    for run in gap:
        person = told_first(run.text)
        if person:
            return person, run.line.confidence
    last = gap[-1] if gap else None
    person = named(last.text) if last is not None and ":" not in last.text else ""
    if last is None or " " not in person or person != last.text.strip():
        return "", 0.0
    return person, last.line.confidence


def _whose(run: Run) -> Facts:
    """The person whom the line right above a table names with a role: the table is theirs."""
    role = words.role_of(run.text)
    person = titled(run.text) or (named(run.text) if role is Role.TRAINEE and ":" in run.text else "")
    if not person:
        return Facts()
    sure = run.line.confidence if run.passage.read_by is ReadBy.OCR else 1.0
    return Facts(person=person, role=role, named=worn(1.0, run.passage.read_by, sure), once=True)


def said(text: str, month: tuple[int, int] | None) -> Facts:
    """The one day that a line says, with its half, times and length; without it, a half with its times."""
    folded = fold(text)
    if words.NO_DAY.search(folded):
        return Facts()
    named = (
        words.weekday_in(folded) is not None
        or re.match(r"\W*(?:date|jour(?:nee)?|seance)\b", folded) is not None
    )
    days = words.days_in(text, month if named else None)
    rest = text.replace(days[0].raw, " ") if len(days) == 1 else text
    spans, half = words.spans_in(rest), words.half_of(rest)
    if len(days) != 1:
        length = _LENGTH.search(folded) if half is not None else None
        minutes = words.minutes_in(text[length.end() :]) if length is not None else None
        return Facts(half=half, spans=spans if half is not None else (), minutes=minutes)
    return Facts(day=days[0], half=half, spans=spans, minutes=words.minutes_in(rest))


def _times(free: Sequence[Run]) -> dict[HalfDay, tuple[Span, ...]]:
    """The usual times of each half-day, where the page says them once."""
    found: dict[HalfDay, set[Span]] = {}
    for run in free:
        if dates_in(run.text) and words.half_of(run.text) is not None:
            continue  # a line of one half-day, not the usual times
        for span in words.spans_in(run.text):
            found.setdefault(words.half_of_span(span), set()).add(span)
    return {half: tuple(spans) for half, spans in found.items() if len(spans) == 1}


def _slot_length(leaf: Leaf) -> Minutes | None:
    match = _SLOT_LENGTH.search(fold(leaf.view.text))
    found = hours_in(match[1]) if match else ()
    return found[0].minutes if found else None
