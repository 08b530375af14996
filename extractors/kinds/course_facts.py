"""What papers about a course or a mission have in common: days, hours, the day they were made."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from dossier.reading import Box, Field
from extractors.candidate import Candidate, less_sure, settled
from extractors.french.dates import WEEKDAY, dates_in, periods_in
from extractors.french.letters import fold
from extractors.leaf import Leaf
from extractors.marks import Mark
from extractors.seek import (
    Where,
    anywhere,
    base,
    date_candidate,
    dates,
    listed,
    places,
    spans,
    spoken_dates,
    spoken_spans,
)
from extractors.view import Passage

Leaves = Sequence[Leaf]


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day, each None where nothing says it."""

    first: Field | None
    last: Field | None


NOTHING_ELSE = re.compile(r"(?!)")
"""No words bar any days."""


def days_of(leaves: Leaves, where: Where = anywhere, barred: re.Pattern[str] = NOTHING_ELSE) -> Days:
    """The days of a course or mission: "du … au …" at its label or in its sentence, or two labelled dates.

    A first day after the last makes both doubtful. ``barred``: words before a date, in its own sentence or
    row, that make it another thing's.
    """

    def mine(leaf: Leaf, mark: Mark) -> bool:
        return where(leaf, mark) and not _anothers(leaf, mark) and not _asks_both(mark)

    begins = [c for c in spoken_dates(leaves, "start") if not _told_of_others(leaves, c, barred)]
    ends = [c for c in spoken_dates(leaves, "end") if not _told_of_others(leaves, c, barred)]
    firsts = _elsewhere(dates(leaves, "start", where=mine), ends)
    lasts = _elsewhere(dates(leaves, "end", where=mine), begins)
    for first, last in spans(leaves, "period", where=mine):
        if last is not None:
            firsts.append(first)
            lasts.append(last)
        elif not firsts:
            firsts.append(replace(first, standing=1))
    for first, last in (*_both_ends(leaves, where), *spoken_spans(leaves, "period")):
        firsts.append(first)
        lasts.append(last)
    if not firsts or not lasts:
        for one, two in _bare_periods(leaves, barred):
            firsts.append(one)
            lasts.append(two)
    if not firsts or not lasts:
        firsts += [replace(c, standing=1) for c in begins]
        lasts += [replace(c, standing=1) for c in ends]
    return ordered(Days(settled(firsts), settled(lasts)))


_BOTH = re.compile(r"\b(?:debut|commencement|premier|du)\b.*\b(?:fin|terme|dernier|au)\b")


def _asks_both(mark: Mark) -> bool:
    """ "Début / fin de mission": one label for two days."""
    asked = fold(mark.run.text[: mark.end])
    return _BOTH.search(asked) is not None and not re.search(r"[\d:]", asked)


def _both_ends(leaves: Leaves, where: Where) -> Iterator[tuple[Candidate, Candidate]]:
    """Two days, whatever stands between them, at a label that asks for the first and the last."""

    def mine(leaf: Leaf, mark: Mark) -> bool:
        return _asks_both(mark) and where(leaf, mark) and not _anothers(leaf, mark)

    for held in places(leaves, ("start", "end", "period"), mine):
        for place in held:
            found = dates_in(place.passage.text)
            if len(found) == 2:
                first, last = (date_candidate(place.passage, one, base(place)) for one in found)
                yield first, last
                break


def _told_of_others(leaves: Leaves, found: Candidate, barred: re.Pattern[str]) -> bool:
    """A day whose own sentence speaks of a trial, of leeway, of what is ``barred`` before it."""
    for leaf in leaves:
        if leaf.page.number != found.page:
            continue
        for block in leaf.view.blocks:
            if not _within(found.box, block.box):
                continue
            text = block.passage.text
            before = sentence(text[: text.find(found.raw)])
            left = " ".join(
                run.text for run in leaf.view.rows[block.runs[0].row] if run.box.x1 <= block.box.x0
            )
            before = f"{fold(left)} {before}"
            return _OTHER_DAYS.search(before) is not None or barred.search(before) is not None
    return False


def _within(inner: Box, outer: Box) -> bool:
    x, y = (inner.x0 + inner.x1) / 2, (inner.y0 + inner.y1) / 2
    return outer.x0 <= x <= outer.x1 and outer.y0 <= y <= outer.y1


def sentence(before: str) -> str:
    """The folded words of a sentence so far."""
    return re.split(r"[.;!?]\s+(?=\D)", fold(before))[-1]


_OTHER_DAYS = re.compile(
    r"\b(?:essai|souplesse|flexibilite|possibilite|au plus (?:tot|tard)|report\w*|amenagement|delai"
    r"|validite|depose|decret|arrete|accord du|loi)\b"
)


def _elsewhere(found: Iterable[Candidate], told: Sequence[Candidate]) -> list[Candidate]:
    """Days at a label, without those that a sentence makes the other end: "Terme. Elle commence le …"."""
    return [c for c in found if not any(c.page == t.page and c.box == t.box for t in told)]


_OTHERS_DAYS = re.compile(
    r"^[\W\d]*(?:souplesse|flexibilite|possibilite|(?:periode )?(?:d'?\s?)?essai|report|avancement"
    r"|amenagement|delai|validite)"
)


def _anothers(leaf: Leaf, mark: Mark) -> bool:
    """ "du … au …" that is the value of a label for something else, left of it or over it."""
    if _OTHERS_DAYS.match(fold(mark.run.text)):
        return True
    left = [run for run in leaf.view.rows[mark.run.row] if run.box.x1 <= mark.run.box.x0]
    over = [
        run
        for row in leaf.view.rows[max(0, mark.run.row - 2) : mark.run.row]
        for run in row
        if abs(run.box.x0 - mark.run.box.x0) < 0.02 and mark.run.box.y0 - run.box.y1 < 2.2 * leaf.view.tall
    ]
    return any(_of_others(run.text) for run in (*left[-1:], *over[-1:]))


def _of_others(text: str) -> bool:
    """The label asks for other days than those of the course or mission, a letter or two worn."""
    word = re.search(r"[a-z]{6,}", fold(text))
    worn = word is not None and fuzz.ratio(word[0], "souplesse") >= 75
    return worn or _OTHERS_DAYS.match(fold(text)) is not None


def ordered(days: Days) -> Days:
    if days.first is None or days.last is None:
        return days
    one, two = days.first.value, days.last.value
    if isinstance(one, dt.date) and isinstance(two, dt.date) and one > two:
        note = "the first day is after the last"
        return Days(less_sure(days.first, 0.5, note), less_sure(days.last, 0.5, note))
    return days


def _bare_periods(leaves: Leaves, barred: re.Pattern[str]) -> Iterator[tuple[Candidate, Candidate]]:
    """ "du … au …", in a paragraph or over the cells of a row, that no label and no known sentence announces.

    Two days that a dash or an arrow joins stand for a period as well, less surely.
    """
    for leaf in leaves:
        rows = (row for row in leaf.view.rows if len(row) > 1)
        passages = [block.passage for block in leaf.view.blocks]
        passages += [leaf.view.passage(word for run in row for word in run.line.words) for row in rows]
        for passage in passages:
            yield from _bare_list(passage)
            for period in periods_in(passage.text):
                before = sentence(passage.text[: period.first.start])
                if _OTHER_DAYS.search(before) or barred.search(before):
                    continue
                opens = re.search(rf"\b(?:du|entre le|de)\s*:?\s*(?:{WEEKDAY}\s*)?$", before)
                joint = passage.text[period.first.end : period.last.start].strip()
                if opens is None and joint in ("et", "/"):
                    continue
                standing, sure = (2, 0.9) if opens is not None else (3, 0.85)
                yield (
                    date_candidate(passage, period.first, sure, standing),
                    date_candidate(passage, period.last, sure, standing),
                )


_LIST = re.compile(rf"\b(?:les|dates?|jours|journees)\s*:?\s*(?:{WEEKDAY}\s*)?$")


def _bare_list(passage: Passage) -> Iterator[tuple[Candidate, Candidate]]:
    """First and last of the days that a sentence lists: "les 12, 13 et 14 mai 2025"."""
    found = dates_in(passage.text)
    if listed(passage.text, found) and _LIST.search(fold(passage.text[: found[0].start])):
        yield date_candidate(passage, found[0], 0.9, 2), date_candidate(passage, found[-1], 0.9, 2)


_MADE = re.compile(
    r"(?:\b(?:fait|etablie?|signee?|delivree?|certifiee?)\b[^.;]{0,60}?\ble\s*:?\s*|^\W*le\s*:?\s*"
    rf"|^[a-z][a-z' -]{{1,40}}, (?:le )?)(?:{WEEKDAY}\s*)?$"
)


def issued_of(leaves: Leaves) -> Field | None:
    """The day a paper was made: "Fait à …, le …", "Le : …", "Ville, le …"."""
    found = list(dates(leaves, "issued", where=_not_born))
    found += dates(leaves, "issue_date", where=_at_closing)
    for leaf in leaves:
        for run in leaf.view.runs:
            for date in dates_in(run.text):
                if _MADE.search(fold(run.text[: date.start])):
                    found.append(date_candidate(run.passage, date, 0.97))
                    break
    return settled(_unopposed(found))


def _at_closing(leaf: Leaf, mark: Mark) -> bool:
    """ "Date :" on the line that says where the paper was made."""
    return mark.label == "date" and leaf.closing is not None and leaf.closing.row == mark.run.row


def _not_born(leaf: Leaf, mark: Mark) -> bool:
    before = fold(mark.run.text[: mark.start])
    return not re.search(r"\b(?:ne|nee|\(e\)|deroule[es]*|du|signe[es]* electroniquement)\s*$", before)


def _unopposed(found: list[Candidate]) -> list[Candidate]:
    """The lowest on the page comes first where several days are named."""
    if len({c.value for c in found}) <= 1:
        return found
    lowest = max(found, key=lambda c: (c.page, c.box.y0))
    return [c if c.value == lowest.value else replace(c, standing=c.standing + 1) for c in found]


def kept(**fields: Field | None) -> dict[str, Field]:
    """The fields that were found."""
    return {name: found for name, found in fields.items() if found is not None}
