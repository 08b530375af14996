"""Typed search: what a label or a sentence form announces, parsed as a date, hours, an amount, a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from dossier.reading import ReadBy
from extractors.candidate import LABELLED, NEAR, Candidate, candidate
from extractors.french.amounts import AmountFound, amounts_in
from extractors.french.dates import WEEKDAY, DateFound, dates_in, periods_in
from extractors.french.hours import HoursFound, hours_of
from extractors.french.identifiers import IdFound
from extractors.french.letters import fold
from extractors.french.organisations import organisation_of
from extractors.french.people import PersonFound, person_of
from extractors.known_labels import HINT, is_label
from extractors.labels import Value as Place
from extractors.leaf import Leaf
from extractors.marks import Mark
from extractors.view import Passage

Leaves = Sequence[Leaf]
Where = Callable[[Leaf, Mark], bool]


def anywhere(leaf: Leaf, mark: Mark) -> bool:
    return True


def places(
    leaves: Leaves, concepts: Iterable[str], where: Where = anywhere, wrap: bool = True
) -> Iterator[list[Place]]:
    """For each label of these concepts, the places where its value may stand."""
    names = tuple(concepts)
    for leaf in leaves:
        for mark in leaf.labels.of(*names):
            if where(leaf, mark):
                held = list(leaf.labels.values(mark, wrap))
                if held:
                    yield held


def base(place: Place) -> float:
    """How sure a place makes its value."""
    if place.manner in ("below", "above") or place.mark.score < 0.9:
        return NEAR
    return LABELLED


def _doubt(note: str, sure: float) -> float:
    return min(sure, 0.7) if note else sure


def date_candidate(passage: Passage, found: DateFound, sure: float, standing: int = 0) -> Candidate:
    note = found.note
    if not note and passage.read_by is ReadBy.OCR and re.search(r"[/|\\]\s?$", passage.text[: found.start]):
        note = "a stroke before it may be a digit"
    return candidate(found.date, passage, found.start, found.end, _doubt(note, sure), note, standing)


def dates(leaves: Leaves, *concepts: str, where: Where = anywhere, standing: int = 0) -> Iterator[Candidate]:
    """The first date at each label."""
    for held in places(leaves, concepts, where, wrap=False):
        for place in held:
            found = dates_in(place.passage.text)
            if found:
                yield date_candidate(place.passage, found[0], base(place), standing)
                break


def listed(text: str, found: Sequence[DateFound]) -> bool:
    """Days one after the other, commas and "et" between: the first and the last are the course's."""
    between = [text[a.end : b.start] for a, b in pairwise(found)]
    days = [one.date for one in found]
    ordered = all(a is not None and b is not None and a < b for a, b in pairwise(days))
    return len(found) > 1 and ordered and all(_JOINS.fullmatch(fold(gap)) for gap in between)


_JOINS = re.compile(rf"\s*(?:[,;/&+]|[-•]\s|puis|et)?\s*(?:et\s+)?(?:le\s+)?(?:{WEEKDAY}\s*)?")


def spans(
    leaves: Leaves, *concepts: str, where: Where = anywhere
) -> Iterator[tuple[Candidate, Candidate | None]]:
    """First and last day at each label; the last is None where one date stands alone."""
    for held in places(leaves, concepts, where):
        for place in held:
            text = place.passage.text
            found, periods = dates_in(text), periods_in(text)
            if listed(text, found):
                yield (
                    date_candidate(place.passage, found[0], base(place)),
                    date_candidate(place.passage, found[-1], base(place)),
                )
                break
            if periods:
                yield (
                    date_candidate(place.passage, periods[0].first, base(place)),
                    date_candidate(place.passage, periods[0].last, base(place)),
                )
                break
            if found:
                yield date_candidate(place.passage, found[0], base(place)), None
                break


def spoken_spans(leaves: Leaves, *concepts: str) -> Iterator[tuple[Candidate, Candidate]]:
    """Periods announced by a sentence form."""
    for leaf in leaves:
        for statement in leaf.said(*concepts):
            text = statement.passage.text
            for period in periods_in(text[statement.start :]):
                if period.first.start > statement.value_at - statement.start + 24:
                    break
                shift = statement.start
                first = DateFound(
                    period.first.date, period.first.start + shift, period.first.end + shift, period.first.note
                )
                last = DateFound(
                    period.last.date, period.last.start + shift, period.last.end + shift, period.last.note
                )
                yield (
                    date_candidate(statement.passage, first, LABELLED),
                    date_candidate(statement.passage, last, LABELLED),
                )
                break


def spoken_dates(leaves: Leaves, *concepts: str, reach: int = 14) -> Iterator[Candidate]:
    """The date that follows a sentence form within ``reach`` letters."""
    for leaf in leaves:
        for statement in leaf.said(*concepts):
            tail = statement.passage.text[statement.value_at :]
            found = dates_in(tail)
            if found and found[0].start <= reach:
                shift = statement.value_at
                moved = DateFound(found[0].date, found[0].start + shift, found[0].end + shift, found[0].note)
                yield date_candidate(statement.passage, moved, LABELLED)


def hours_candidate(
    passage: Passage, found: HoursFound, sure: float, standing: int = 0, shift: int = 0
) -> Candidate:
    note = "decimals may be minutes" if found.doubtful else ""
    return candidate(
        found.minutes, passage, found.start + shift, found.end + shift, _doubt(note, sure), note, standing
    )


def hours(leaves: Leaves, *concepts: str, where: Where = anywhere, standing: int = 0) -> Iterator[Candidate]:
    """The first duration at each label."""
    for held in places(leaves, concepts, where, wrap=False):
        for place in held:
            found = hours_of(place.passage.text)
            if found is not None and found.minutes > 0 and not _no_duration(place, found):
                yield hours_candidate(place.passage, found, base(place), standing)
                break


def _no_duration(place: Place, found: HoursFound) -> bool:
    """A number without a unit that is part of a date, of a word, comes after words, or refers to a note."""
    text = place.passage.text
    if not found.bare:
        return False
    if _raised(place, found):
        return True
    if any(d.start < found.end and found.start < d.end for d in dates_in(text)):
        return True
    if re.fullmatch(r"(?:19|20)\d\d", text[found.start : found.end]):
        return True
    return _BEFORE_BARE.fullmatch(fold(text[: found.start])) is None or text[found.end :][:1].isalpha()


def _raised(place: Place, found: HoursFound) -> bool:
    """Set small above the line of its label, as the number of a note is."""
    line = [word.box for word in place.mark.run.line.words]
    foot, tall = median(box.y1 for box in line), median(box.y1 - box.y0 for box in line)
    mine = place.passage.box(found.start, found.end)
    small = mine.y1 - mine.y0 < 0.9 * tall
    return small and foot - tall < mine.y1 < foot - 0.25 * tall


_BEFORE_BARE = re.compile(
    r"(?:[\W_]|soit|de|du|d|en|total|totale|duree|environ|env|nombre|nb|heures?|volume|a|x)*"
)
"""What may stand between a label and a number of hours without a unit."""


_IN_FIGURES = re.compile(r"(?:\s+(?:et\s+)?[\w-]+\s+minutes?)?\s*\((?P<in>\d[^)]{0,18})\)", re.IGNORECASE)
"""A duration in words is said again in figures."""


def spoken_hours(leaves: Leaves, *concepts: str, reach: int = 40, standing: int = 0) -> Iterator[Candidate]:
    """The duration that follows a sentence form."""
    for leaf in leaves:
        for statement in leaf.said(*concepts):
            tail = statement.passage.text[statement.value_at : statement.value_at + reach + 20]
            found = hours_of(tail)
            if found is not None and not found.bare and found.start <= reach:
                shift, sure = statement.value_at, LABELLED
                inside = _IN_FIGURES.match(statement.passage.text, shift + found.end)
                again = hours_of(inside["in"]) if inside is not None else None
                if inside is not None and again is not None and again.minutes != found.minutes:
                    near = (
                        abs(again.minutes - found.minutes) < 60
                    )  # "cent heures et trente minutes (100,5 h)"
                    found, shift, sure = again, inside.start("in"), LABELLED if near else 0.6
                yield hours_candidate(statement.passage, found, sure, standing, shift)


def amount_candidate(passage: Passage, found: AmountFound, sure: float, standing: int = 0) -> Candidate:
    return candidate(
        found.amount, passage, found.start, found.end, sure if found.marked else sure - 0.2, "", standing
    )


def any_amount(text: str, found: AmountFound) -> bool:
    return True


def amounts(
    leaves: Leaves,
    *concepts: str,
    where: Where = anywhere,
    standing: int = 0,
    fits: Callable[[str, AmountFound], bool] = any_amount,
) -> Iterator[Candidate]:
    """The first amount in euros or with decimals that ``fits`` at each label, skipping rates in percent."""
    for held in places(leaves, concepts, where, wrap=False):
        for place in held:
            text = re.sub(r"\d+(?:[.,]\d+)?\s*%", lambda m: " " * len(m[0]), place.passage.text)
            marked = [found for found in amounts_in(text) if found.marked and fits(text, found)]
            if marked:
                yield amount_candidate(place.passage, marked[0], base(place), standing)
                break


def identifiers(
    leaves: Leaves,
    find: Callable[[str], Sequence[IdFound]],
    *concepts: str,
    where: Where = anywhere,
    standing: int = 0,
) -> Iterator[Candidate]:
    """The first identifier of a form at each label; one with a wrong key is kept as printed and doubted."""
    for held in places(leaves, concepts, where):
        for place in held:
            found = find(place.passage.text)
            if found:
                yield id_candidate(place.passage, found[0], base(place), standing)
                break


def id_candidate(passage: Passage, found: IdFound, sure: float, standing: int = 0) -> Candidate:
    made = candidate(found.value, passage, found.start, found.end, sure, found.note, standing)
    if found.valid:
        return made
    worn_by = 0.85 if passage.read_by.value == "text" else 0.5
    return Candidate(
        made.value,
        made.raw,
        made.page,
        made.box,
        made.read_by,
        min(made.confidence, worn_by),
        made.note,
        standing,
    )


def organisations(
    leaves: Leaves, *concepts: str, where: Where = anywhere, standing: int = 0
) -> Iterator[Candidate]:
    for held in places(leaves, concepts, where):
        for place in held:
            made = organisation_at(place.passage, base(place), standing)
            if made is not None:
                yield made
                break


def past_hint(text: str, start: int) -> int:
    """Where a value begins that a form's hint may precede: "(raison sociale) : …"."""
    hint = re.compile(rf"[\s:]*{HINT.pattern}\s*:?\s*").match(fold(text), start)
    return hint.end() if hint is not None else start


def organisation_at(passage: Passage, sure: float, standing: int = 0, start: int = 0) -> Candidate | None:
    start = past_hint(passage.text, start)
    stroke = _STROKE.match(passage.text, start) if passage.read_by is ReadBy.OCR else None
    start = stroke.end() if stroke is not None else start
    found = organisation_of(passage.text[start:])
    if found is None or not re.search(r"[^\W\d_]{2}", found.name) or len(found.name) > 90:
        return None
    if re.match(rf"\W*le\s*:?\s*(?:{WEEKDAY}\s*)?\d", fold(passage.text[start + found.end :])):
        return None  # "Rennes, le 26 janvier 2026": a town
    if is_label(found.name) or re.search(r"\bt[eé]l[eé]copie\b|\d\d:\d\d", found.name, re.IGNORECASE):
        return None
    if passage.read_by is ReadBy.OCR and sum(char.isalpha() for char in found.name) < _LEAST:
        sure = min(sure, 0.45)  # a hand's strokes, more likely than a house
    if passage.read_by is ReadBy.OCR and found.name[:1].islower():
        sure = min(sure, 0.5)  # its beginning is lost
    if passage.read_by is ReadBy.OCR and _ENDS_IN_PERSON.search(found.name):
        made = candidate(
            found.name, passage, start + found.start, start + found.end, min(sure, 0.6), "", standing
        )
        return replace(made, note="a person's name may have run into it")
    return candidate(found.name, passage, start + found.start, start + found.end, sure, "", standing)


_STROKE = re.compile(r"[IlÎ|!\[]\s+(?=[A-ZÀ-Ý\d])")
"""What OCR makes of a logo's edge or a cell's rule before a name."""

_LEAST = 4
"""Letters of a house's name at least, where OCR reads them."""

_ENDS_IN_PERSON = re.compile(r"(?:^|\w\s+)[A-ZÀ-Ý][a-zà-ÿ]+(?:-[A-ZÀ-Ý][a-zà-ÿ]+)?\s+[A-ZÀ-Ý'\-]{4,}$")


def spoken_organisations(leaves: Leaves, *concepts: str, standing: int = 0) -> Iterator[Candidate]:
    for leaf in leaves:
        for statement in leaf.said(*concepts):
            text = statement.passage.text[: statement.until]
            rest = text[past_hint(text, statement.value_at) :].lstrip(" :")
            if text[: len(text) - len(rest)].endswith((" L'", " Le ", " La ", " Les ")):
                rest = text[
                    text.rindex(" L", 0, len(text) - len(rest)) + 1 :
                ]  # a capital article is the name's
            if PERSON_OF.search(fold(statement.before)):
                continue
            if not rest and statement.until == len(statement.passage.text):
                below = next_line(leaf, statement.passage)
                made = organisation_at(below, NEAR, standing) if below is not None else None
                if made is not None and str(made.value)[:1].isupper():
                    yield made
                continue
            if not rest[:1].isupper() and not rest[:1].isdigit():
                continue
            made = organisation_at(
                statement.passage.part(0, statement.until), LABELLED, standing, len(text) - len(rest)
            )
            if made is not None:
                yield made


PERSON_OF = re.compile(
    r"\b(?:tut(?:eur|rice)|referente?|contact|correspondante?|interlocut(?:eur|rice)|conseill(?:er|ere))\b[^.;:]{0,20}$"
)
"""Before "… de l'agence :", "… dans l'entreprise :" a person is announced, no house."""


def next_line(leaf: Leaf, passage: Passage) -> Passage | None:
    """The words right under a passage's last line, in its own column."""
    last = passage.words[-1].box
    left, right = min(word.box.x0 for word in passage.words), max(word.box.x1 for word in passage.words)
    later = [
        run
        for run in leaf.view.runs
        if run.box.y0 > last.y1 - 0.3 * leaf.view.tall
        and run.box.y0 - last.y1 < 2.5 * leaf.view.tall
        and run.box.x0 < right
        and run.box.x1 > left
    ]
    first = min(later, key=lambda run: (run.row, run.box.x0), default=None)
    return first.passage if first is not None else None


def name_order(mark: Mark) -> bool | None:
    """Whether a label asks for the last name first, None where it doesn't say."""
    return None if "nom" not in mark.label else mark.label.startswith("nom")


def people(
    leaves: Leaves, *concepts: str, where: Where = anywhere, last_first: bool = True
) -> Iterator[tuple[PersonFound, Passage, float, Place]]:
    """The person at each label."""
    for held in places(leaves, concepts, where):
        for place in held:
            person = person_of(place.passage.text, last_first)
            if person is not None:
                yield person, place.passage, base(place), place
                break
