"""Lay what people corrected over what was read. What was read stays as it is; a case is made of both.

Corrections hang on the bytes of a file, so they hold wherever the same bytes were filed, and no night reads
or decides over them. A half-day is named by where it was read: the number of its part and its place there.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dossier.json_form import value_of
from dossier.kinds import FIELDS, Kind
from dossier.quantities import minutes_of
from dossier.reading import WHOLE_PAGE, Document, Field, HalfDay, Mark, Part, ReadBy, Session
from records.models import ActKind, Overlay

ON_READINGS = (
    ActKind.CORRECT_VALUE,
    ActKind.CORRECT_KIND,
    ActKind.CORRECT_PAGES,
    ActKind.CORRECT_HALF_DAY,
)
SURE = 1.0
BY_A_PERSON = "corrected by a person"
Origin = tuple[int, int]
"""Where a half-day was read: the number of its part, its place among that part's half-days."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A document with its corrections. ``numbers`` are its parts' numbers; ``origins`` say, part by part,
    where each half-day was read.
    """

    document: Document
    numbers: tuple[int, ...]
    origins: tuple[tuple[Origin, ...], ...]


@dataclass(slots=True)
class _Part:
    """A part while corrections are laid over it."""

    part: Part
    sessions: list[tuple[Origin, Session]] = field(default_factory=list)

    def whole(self) -> Part:
        return dataclasses.replace(self.part, sessions=tuple(session for _, session in self.sessions))


def standing(digests: Iterable[str] | None = None) -> dict[str, list[Overlay]]:
    """The corrections that stand, by the digest of the bytes, oldest first; all or those of ``digests``."""
    rows = Overlay.objects.filter(active=True, kind__in=ON_READINGS).order_by("act_id")
    if digests is not None:
        rows = rows.filter(sha256__in=list(digests))
    found: dict[str, list[Overlay]] = defaultdict(list)
    for row in rows:
        found[row.sha256].append(row)
    return dict(found)


def laid_over(document: Document, overlays: Iterable[Overlay]) -> Corrected:
    """``document`` with its corrections, in the order in which they were made.

    A correction that no longer has an object (its part or field went with a later one) changes nothing.
    """
    parts = {
        number: _Part(part, [((number, place), session) for place, session in enumerate(part.sessions)])
        for number, part in enumerate(document.parts, start=1)
    }
    for overlay in overlays:
        match overlay.kind:
            case ActKind.CORRECT_VALUE:
                _value(parts, overlay)
            case ActKind.CORRECT_KIND:
                _kind(parts, overlay)
            case ActKind.CORRECT_PAGES:
                _pages(parts, overlay)
            case ActKind.CORRECT_HALF_DAY:
                _half_day(parts, overlay)
    ordered = sorted(parts.items())
    return Corrected(
        document=dataclasses.replace(document, parts=tuple(part.whole() for _, part in ordered)),
        numbers=tuple(number for number, _ in ordered),
        origins=tuple(tuple(origin for origin, _ in part.sessions) for _, part in ordered),
    )


def _value(parts: dict[int, _Part], overlay: Overlay) -> None:
    held = parts.get(overlay.part or 0)
    types = FIELDS[held.part.kind] if held else {}
    if held is None or overlay.name not in types:
        return
    fields = dict(held.part.fields)
    read = fields.pop(overlay.name, None)
    said = overlay.value["value"]
    if said is not None:
        fields[overlay.name] = Field(
            value=value_of(said, types[overlay.name]),
            raw=str(said),
            page=read.page if read else held.part.pages[0],
            box=read.box if read else WHOLE_PAGE,
            read_by=read.read_by if read else ReadBy.TEXT,
            confidence=SURE,
            note=BY_A_PERSON,
        )
    # what page and e-invoice disagreed on is settled by who looked
    settled = tuple(one for one in held.part.disagreements if one.name != overlay.name)
    held.part = dataclasses.replace(held.part, fields=fields, disagreements=settled)


def _kind(parts: dict[int, _Part], overlay: Overlay) -> None:
    held = parts.get(overlay.part or 0)
    if held is not None:
        held.part = _as_kind(held.part, Kind(overlay.value["kind"]))


def _as_kind(part: Part, kind: Kind) -> Part:
    before, after = FIELDS[part.kind], FIELDS[kind]
    kept = {name: one for name, one in part.fields.items() if after.get(name) is before[name]}
    return dataclasses.replace(part, kind=kind, confidence=SURE, fields=kept)


def _pages(parts: dict[int, _Part], overlay: Overlay) -> None:
    held = parts.get(overlay.part or 0)
    if held is None:
        return
    pages: list[int] = overlay.value["pages"]
    let_go = tuple(page for page in held.part.pages if page not in pages)
    if let_go:
        rest = _Part(Part(let_go, Kind.OTHER, SURE, {}))
        parts[overlay.value["rest"]] = rest
        _move(held, rest, let_go)
    for number, other in list(parts.items()):
        taken = tuple(page for page in other.part.pages if page in pages)
        if other is held or not taken:
            continue
        _move(other, held, taken)
        left = tuple(page for page in other.part.pages if page not in pages)
        other.part = dataclasses.replace(other.part, pages=left)
        if not left:
            del parts[number]
    held.part = dataclasses.replace(held.part, pages=tuple(pages))


def _move(giver: _Part, taker: _Part, pages: tuple[int, ...]) -> None:
    """What stands on ``pages`` goes with them: half-days always, values where the taker's kind has them and
    it lacks them.
    """
    types, own = FIELDS[taker.part.kind], FIELDS[giver.part.kind]
    going = {name: one for name, one in giver.part.fields.items() if one.page in pages}
    staying = {name: one for name, one in giver.part.fields.items() if name not in going}
    fitting = {name: one for name, one in going.items() if types.get(name) is own[name]}
    given = {page: text for page, text in giver.part.texts.items() if page in pages}
    kept = {page: text for page, text in giver.part.texts.items() if page not in pages}
    taker.part = dataclasses.replace(
        taker.part, fields={**fitting, **taker.part.fields}, texts={**taker.part.texts, **given}
    )
    giver.part = dataclasses.replace(giver.part, fields=staying, texts=kept)
    taker.sessions += [one for one in giver.sessions if one[1].page in pages]
    giver.sessions = [one for one in giver.sessions if one[1].page not in pages]


def _half_day(parts: dict[int, _Part], overlay: Overlay) -> None:
    origin = (overlay.part or 0, int(overlay.name.partition(".")[2]))
    for held in parts.values():
        held.sessions = [
            (where, with_half_day(session, overlay.value) if where == origin else session)
            for where, session in held.sessions
        ]


def with_half_day(session: Session, value: Mapping[str, Any]) -> Session:
    """The half-day with what ``value`` says otherwise, in the names of its JSON form; seen by a person."""
    changes: dict[str, Any] = {}
    if "date" in value:
        changes["date"] = dt.date.fromisoformat(value["date"])
    if "half_day" in value:
        changes["half_day"] = HalfDay(value["half_day"])
    if "hours" in value:
        changes["minutes"] = minutes_of(value["hours"])
    if "trainee" in value:
        changes["trainee"] = value["trainee"]
    for name in ("trainee_mark", "trainer_mark"):
        if name in value:
            changes[name] = Mark(value[name])
    return dataclasses.replace(session, confidence=SURE, **changes)
