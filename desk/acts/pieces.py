"""Correct what was read. The reading stays; the correction is laid over it, with who made it and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from desk.acts.deed import Deed, Done, Impossible, decide_again, deed, done
from desk.acts.people import Person, Right
from desk.acts.shelved import Found, PartAt, part_of
from desk.acts.values import hours_from, value_from
from dossier.json_form import session_json, value_json
from dossier.kinds import FIELDS, Kind
from dossier.reading import HalfDay, Mark
from records import acts
from records.keys import LONGEST, key_of
from records.models import ActKind, Overlay

NOT_SIGNED = frozenset({Mark.BLANK, Mark.ABSENT, Mark.CROSSED, Mark.DASH})


def correct_value(
    user: Person, claim: str, seen: int, part: PartAt, name: str, value: str, motive: str = ""
) -> Done:
    """Lay ``value`` over a field of a part, or add the field; the same value as read confirms it.

    ``value`` as a form sends it: text; a date ``2026-05-04`` or ``04/05/2026``; hours ``66,5`` or ``66h30``;
    an amount ``1 890,00``; a flag ``true`` or ``false``; empty: the piece does not say it.
    """
    with deed(user, Right.INSTRUCT, claim, seen) as under_way:
        under_way.must_be_open()
        found = part_of(claim, under_way.request, part)
        type_ = FIELDS[found.part.kind].get(name)
        if type_ is None:
            raise Impossible("Ce champ n’existe pas sur une pièce de cette nature.")
        said = value_from(value, type_)
        stood = found.part.fields.get(name)
        whole = found.as_read(part.number)
        read = whole.fields.get(name) if whole is not None and name in FIELDS[whole.kind] else None
        if said is None and stood is None:
            raise Impossible("Cette pièce ne porte déjà pas cette valeur.")
        before = {
            "kind": found.part.kind.value,
            "read": value_json(read.value, FIELDS[whole.kind][name]) if read and whole else None,
            "was_read": read is not None,
            "read_by": read.read_by.value if read else None,
            "confidence": read.confidence if read else None,
            "stood": value_json(stood.value, type_) if stood else None,
        }
        return _laid_over(
            under_way,
            ActKind.CORRECT_VALUE,
            part,
            found,
            name=name,
            value={"value": said},
            before=before,
            key=key_of(said) if isinstance(said, str) else "",
            motive=motive,
        )


def correct_kind(user: Person, claim: str, seen: int, part: PartAt, kind: Kind, motive: str = "") -> Done:
    """The part is of another kind. Fields that both kinds have stay, the others are laid aside."""
    with deed(user, Right.INSTRUCT, claim, seen) as under_way:
        under_way.must_be_open()
        found = part_of(claim, under_way.request, part)
        if found.part.kind is kind and found.part.confidence == 1.0:
            raise Impossible("Cette pièce est déjà de cette nature.")
        before = {"kind": found.part.kind.value, "confidence": found.part.confidence}
        value = {"kind": kind.value}
        return _laid_over(
            under_way,
            ActKind.CORRECT_KIND,
            part,
            found,
            name="kind",
            value=value,
            before=before,
            motive=motive,
        )


def correct_pages(
    user: Person, claim: str, seen: int, part: PartAt, pages: Sequence[int], motive: str = ""
) -> Done:
    """The part covers these pages of its file (from 1). Pages taken leave the part they were in; pages let go
    make a new part of kind ``other``.
    """
    with deed(user, Right.INSTRUCT, claim, seen) as under_way:
        under_way.must_be_open()
        found = part_of(claim, under_way.request, part)
        wanted = list(dict.fromkeys(pages))
        if not wanted or not all(1 <= page <= found.read.pages for page in wanted):
            raise Impossible(f"Indiquez des pages de 1 à {found.read.pages}.")
        if tuple(wanted) == found.part.pages:
            raise Impossible("Cette pièce a déjà ces pages.")
        value = {"pages": wanted, "rest": _free_number(part.sha256, found)}
        before = {"pages": list(found.part.pages)}
        return _laid_over(
            under_way,
            ActKind.CORRECT_PAGES,
            part,
            found,
            name="pages",
            value=value,
            before=before,
            motive=motive,
        )


def mark_half_day(
    user: Person, claim: str, seen: int, part: PartAt, session: int, proven: bool, motive: str = ""
) -> Done:
    """The half-day (its place in the part's ``sessions``, from 0) is proven, signed by both, or is not."""
    with deed(user, Right.INSTRUCT, claim, seen) as under_way:
        found = part_of(claim, under_way.request, part)
        marked: dict[str, Any] = {}
        if proven:
            marked = {"trainee_mark": Mark.SIGNED.value, "trainer_mark": Mark.SIGNED.value}
        elif 0 <= session < len(found.part.sessions):
            mark = found.part.sessions[session].trainee_mark
            marked = {"trainee_mark": (mark if mark in NOT_SIGNED else Mark.BLANK).value}
        return _half_day(under_way, part, found, session, marked, motive)


def correct_half_day(
    user: Person,
    claim: str,
    seen: int,
    part: PartAt,
    session: int,
    *,
    date: dt.date | None = None,
    half_day: HalfDay | None = None,
    hours: str | None = None,
    trainee: str | None = None,
    trainee_mark: Mark | None = None,
    trainer_mark: Mark | None = None,
    motive: str = "",
) -> Done:
    """Correct what is given of a half-day; the rest stays as read, and counts as seen by a person."""
    given = {
        "date": date.isoformat() if date else None,
        "half_day": half_day.value if half_day else None,
        "hours": hours_from(hours) if hours else None,
        "trainee": trainee.strip() if trainee else None,
        "trainee_mark": trainee_mark.value if trainee_mark else None,
        "trainer_mark": trainer_mark.value if trainer_mark else None,
    }
    with deed(user, Right.INSTRUCT, claim, seen) as under_way:
        found = part_of(claim, under_way.request, part)
        value = {name: said for name, said in given.items() if said is not None}
        return _half_day(under_way, part, found, session, value, motive)


def _half_day(
    under_way: Deed, part: PartAt, found: Found, place: int, value: dict[str, Any], motive: str
) -> Done:
    under_way.must_be_open()
    if not 0 <= place < len(found.part.sessions):
        raise Impossible("Cette demi-journée n’est pas sur cette feuille.")
    origin = found.origins[place]
    stood = session_json(found.part.sessions[place])
    whole = found.as_read(origin[0])
    read = session_json(whole.sessions[origin[1]]) if whole else {}
    before = {
        "kind": found.part.kind.value,
        "read": {name: read.get(name) for name in value},
        "read_by": stood["read_by"],
        "confidence": read.get("confidence"),
        "stood": {name: stood[name] for name in value},
    }
    at = PartAt(part.sha256, origin[0])
    name = f"sessions.{origin[1]}"
    return _laid_over(
        under_way,
        ActKind.CORRECT_HALF_DAY,
        at,
        found,
        name=name,
        value=value,
        before=before,
        motive=motive,
    )


def _laid_over(
    under_way: Deed,
    kind: ActKind,
    part: PartAt,
    found: Found,
    *,
    name: str,
    value: dict[str, Any],
    before: dict[str, Any],
    motive: str,
    key: str = "",
) -> Done:
    """Write the act and what it lays over the reading, then let the rules look again."""
    act = acts.write(
        under_way.user,
        kind,
        claim=under_way.claim,
        request=under_way.request,
        target={"sha256": part.sha256, "part": part.number, "name": name, "file": found.file},
        before=before,
        after=value,
        motive=motive,
        seen=under_way.seen,
    )
    Overlay.objects.create(
        act=act,
        kind=kind,
        sha256=part.sha256,
        part=part.number,
        name=name,
        key=key[:LONGEST],
        claim=under_way.claim,
        request_ref=under_way.request,
        value=act.after,
    )
    decide_again(act, under_way.request, under_way.claim)
    return done(act, under_way.claim)


def _free_number(sha256: str, found: Found) -> int:
    """A part's number that no correction of this file ever used, undone ones included."""
    rows = Overlay.objects.filter(sha256=sha256, kind=ActKind.CORRECT_PAGES)
    used: list[int] = [row.value["rest"] for row in rows]
    return 1 + max([len(found.read.parts), *used])
