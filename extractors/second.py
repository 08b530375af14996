"""A second reading, by another engine, of the values on OCR pages that decide money.

Two engines that fail differently and agree are what a high confidence means; where they differ, a person
looks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from dossier.kinds import FIELDS, Kind, Type
from dossier.reading import Box, Field, ReadBy, Session, Value
from extractors.candidate import OCR_BEST, Reading, joined
from extractors.french.letters import tight
from extractors.layout import around, lines_of
from extractors.page import Page, Picture, Word
from extractors.printed import checked, printed_as, same
from extractors.recogniser import Seen, recognised

SURE = 0.95
"""The second engine's mean probability from which its word counts against a doubtful first one."""

_SURE_IBAN = 0.85
"""The same for an IBAN whose key holds: one misreading in 97 passes, and cells around it lower the mean."""

DOUBTFUL = 0.75
"""Confidence of the first reading below which the second's value may be taken."""

TAKEN = 0.8
DISAGREED = 0.6
UNCONFIRMED = 0.93
"""Most that a value keeps: taken from the second alone, told otherwise by it, not made out by it."""

_CHECKED = 0.95
"""From here on, an identifier whose check digits hold needs no second look."""

_SESSION_DOUBTFUL = 0.9

_MOST_LINES = 3
"""Over which a narrow column may break an account number."""

Recognise = Callable[[Sequence[Picture]], tuple[Seen, ...]]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A value to be read again: its field's name, its place, and that of each of its lines."""

    name: str
    page: int
    box: Box
    lines: tuple[Box, ...]


def confirmed(
    reading: Reading, pages: Mapping[int, Page], kind: Kind, recognise: Recognise = recognised
) -> Reading:
    """``reading`` with dates, hours, amounts and identifiers of OCR pages read again from their place.

    Agreement lifts the doubt that OCR left, up to 0.97. Disagreement leaves at most 0.6 and a note that names
    both, or, where the first was doubtful and the second is sure, the second's value at 0.8 at most. Doubtful
    dates of attendance sessions are read again too. ``pages`` holds the pages of the part by their number.
    """
    asked = [ask for name in reading.fields if (ask := _asked(name, reading.fields[name], pages, kind))]
    fields = dict(reading.fields)
    for ask in asked:
        page, type_ = pages[ask.page], FIELDS[kind][ask.name]
        seen = _joined(recognise([_crop(page, line) for line in ask.lines]))
        fields[ask.name] = _judged(fields[ask.name], type_, ask.name, seen, _sureness(page, ask.box))
    return replace(reading, fields=fields, sessions=_sessions(reading.sessions, pages, recognise))


def _asked(name: str, field: Field, pages: Mapping[int, Page], kind: Kind) -> _Asked | None:
    """Whether a field is worth a second look: of a type that decides, on an OCR page, on one line, and what
    its place says is its value (a sum of lines is not)."""
    page = pages.get(field.page)
    type_ = FIELDS[kind].get(name)
    printed = printed_as(type_, name) if type_ is not None else None
    if page is None or page.read_by is not ReadBy.OCR or field.read_by is not ReadBy.OCR or printed is None:
        return None
    if field.value is not None:
        own = [one for one in printed(field.raw) if same(field.value, one.value)]
        if not own or (checked(name) and own[0].well_formed and field.confidence >= _CHECKED):
            return None
    box = field.box
    if not 0 < box.y1 - box.y0 < 0.05 or not 0 < box.x1 - box.x0 < 0.8:
        return None
    lines = tuple(line.box for line in lines_of(_within(page, box)))
    if len(lines) > (_MOST_LINES if name.endswith("iban") else 1):
        return None
    return _Asked(name, field.page, box, lines if len(lines) > 1 else (box,))


def _joined(seen: Sequence[Seen]) -> Seen:
    """What several lines say, as sure as the least sure of them."""
    return Seen(" ".join(one.text for one in seen), min(one.sureness for one in seen))


def _within(page: Page, box: Box) -> list[Word]:
    return [
        word
        for word in page.words
        if box.x0 - 1e-6 <= (word.box.x0 + word.box.x1) / 2 <= box.x1 + 1e-6
        and box.y0 - 1e-6 <= (word.box.y0 + word.box.y1) / 2 <= box.y1 + 1e-6
    ]


def _sureness(page: Page, box: Box) -> float:
    return min((word.confidence for word in _within(page, box)), default=1.0)


def _crop(page: Page, box: Box) -> Picture:
    """The line of a value with some paper around, from the upright page, up to its neighbours on the line."""
    height, width = page.grey.shape
    tall = (box.y1 - box.y0) * height
    beside = [w.box for w in page.words if w.box.y0 < (box.y0 + box.y1) / 2 < w.box.y1]
    before = max((b.x1 for b in beside if b.x1 <= box.x0 + 1e-6), default=0.0)
    after = min((b.x0 for b in beside if b.x0 >= box.x1 - 1e-6), default=1.0)
    x0 = round(max(box.x0 * width - 0.4 * tall, (before + box.x0) / 2 * width))
    x1 = round(min(box.x1 * width + 0.4 * tall, (after + box.x1) / 2 * width))
    y0, y1 = round(box.y0 * height - 0.2 * tall), round(box.y1 * height + 0.2 * tall)
    return page.grey[max(0, y0) : y1 + 1, max(0, x0) : x1 + 1]


def _judged(field: Field, type_: Type, name: str, seen: Seen, sureness: float) -> Field:
    printed = printed_as(type_, name)
    found = printed(seen.text) if printed is not None else ()
    if field.value is not None and any(same(field.value, one.value) for one in found):
        return replace(
            field,
            confidence=_lifted(field, sureness),
            note=joined(field.note, "a second engine reads the same"),
        )
    if not found or _runs_on(field.value, seen.text):
        return replace(field, confidence=min(field.confidence, UNCONFIRMED))
    other = found[0]
    note = joined(field.note, f"one engine reads {_shown(field.value)}, another {_shown(other.value)}")
    first_doubtful = field.value is None or field.confidence < DOUBTFUL
    enough = _SURE_IBAN if name.endswith("iban") else SURE
    if len(found) == 1 and other.well_formed and seen.sureness >= enough and first_doubtful:
        return replace(
            field, value=other.value, raw=seen.text, confidence=min(TAKEN, seen.sureness), note=note
        )
    return replace(field, confidence=min(field.confidence, DISAGREED), note=note)


def _runs_on(value: Value | None, text: str) -> bool:
    """Whether the second engine reads an identifier with a letter of its neighbour at one end: no
    disagreement."""
    if not isinstance(value, str):
        return False
    inner, whole = tight(value), tight(text)
    return inner in whole and len(whole) - len(inner) <= 2


def _lifted(field: Field, sureness: float) -> float:
    """What the confidence would be had the first engine been sure; other doubts (a rival value) stay."""
    if "another" in field.note or "not " in field.note:
        return field.confidence
    without_doubt = field.confidence / (0.45 + 0.55 * max(0.4, min(1.0, sureness)))
    return max(field.confidence, min(OCR_BEST, without_doubt))


def _shown(value: Value | None) -> str:
    return "nothing" if value is None else str(value)


def _sessions(
    sessions: Sequence[Session], pages: Mapping[int, Page], recognise: Recognise
) -> tuple[Session, ...]:
    """Dates of doubtful sessions read again, each printed date once."""
    places: dict[tuple[int, Box], list[int]] = {}
    for index, session in enumerate(sessions):
        page = pages.get(session.page)
        if page is None or session.read_by is not ReadBy.OCR or not session.raw_date:
            continue
        if session.date is not None and session.confidence >= _SESSION_DOUBTFUL:
            continue
        box = _printed_at(page, session.raw_date, session.box)
        if box is not None:
            places.setdefault((session.page, box), []).append(index)
    made = list(sessions)
    for (number, box), indices in places.items():
        seen = recognise([_crop(pages[number], box)])[0]
        sure = _sureness(pages[number], box)
        for index in indices:
            made[index] = _dated(made[index], seen, sure)
    return tuple(made)


def _printed_at(page: Page, raw: str, near: Box) -> Box | None:
    """Where ``raw`` stands on the page, in the row or the column of ``near``; None when it can't be found."""
    wanted = "".join(raw.split())
    best: tuple[float, Box] | None = None
    for line in lines_of(page.words):
        for start in range(len(line.words)):
            text = ""
            for end in range(start, min(len(line.words), start + 6)):
                text += line.words[end].text
                if len(text) >= len(wanted):
                    break
            if text.strip(".,;:") != wanted.strip(".,;:"):
                continue
            box = around(word.box for word in line.words[start : end + 1])
            in_row = box.y0 < near.y1 and box.y1 > near.y0
            in_column = box.x0 < near.x1 and box.x1 > near.x0
            away = abs(box.x0 - near.x0) if in_row else abs(box.y0 - near.y0)
            if (in_row or in_column) and (best is None or away < best[0]):
                best = away, box
    return best[1] if best is not None else None


def _dated(session: Session, seen: Seen, sureness: float) -> Session:
    """``session`` with its printed date told by the second engine too. A weekday printed beside it must
    fit."""
    read_dates = printed_as(Type.DATE, "")
    found = [one for one in read_dates(seen.text) if isinstance(one.value, dt.date)] if read_dates else []
    if not found:
        return session
    if session.date is not None and any(one.value == session.date for one in found):
        lifted = session.confidence / (0.45 + 0.55 * max(0.4, min(1.0, sureness)))
        return replace(session, confidence=round(max(session.confidence, min(OCR_BEST, lifted)), 3))
    other = found[0].value
    fits = isinstance(other, dt.date) and session.weekday in (None, other.weekday())
    first_doubtful = session.date is None or (
        session.confidence < DOUBTFUL or session.weekday not in (None, session.date.weekday())
    )
    if len(found) == 1 and fits and found[0].well_formed and seen.sureness >= SURE and first_doubtful:
        assert isinstance(other, dt.date)  # noqa: S101  `fits` says so
        base = session.confidence if session.confidence else TAKEN
        return replace(session, date=other, confidence=round(min(TAKEN, max(base, 0.5)), 3))
    return replace(session, confidence=min(session.confidence, DISAGREED))
