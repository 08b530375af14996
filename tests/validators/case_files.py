"""Cases written in YAML for people to read: a base dossier, what is different in it, what is decided.

``bases.yaml`` holds dossiers in which every rule holds. ``cases/<rule>.yaml`` lists cases of one rule:

    - name: the notice expired before the contract
      base: cipi
      request: {programmes: [handicap]}              # laid over the base's
      pieces: {disability_notice: {valid_to: 2026-01-31}}
      expect: {outcome: broken, effect: missing, verdict: incomplete}

A piece or a field of null is taken away. A field may be ``{value: …, confidence: 0.6}``; a second piece of a
kind is ``certificate#2``. A sheet's ``sessions`` are days, ``cells`` change half-days ("2026-03-17 am") and
``more`` adds some; a piece's ``text`` is what its page prints. ``around`` holds what other dossiers say,
``unread`` what could not be read.
"""

from __future__ import annotations

import copy
import datetime as dt
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from dossier.case import Case, OtherInvoice, OtherSession, OtherSheet, OtherUse, Piece, Surroundings, Unread
from dossier.json_form import value_of
from dossier.kinds import FIELDS, Kind
from dossier.quantities import minutes_of
from dossier.reading import Box, Disagreement, Field, HalfDay, Mark, PageState, Part, ReadBy, Session, Status
from dossier.requests import Claim, Request
from dossier.requests_file import parse
from validators.parameters import Entry, Parameters, load

HERE = Path(__file__).parent
SURE = 0.97
AS_OF = dt.date(2026, 5, 4)
OF_PART = frozenset(
    {"sessions", "cells", "more", "names", "confidence", "disagreements", "file", "bytes", "altered", "text"}
)


@dataclass(frozen=True)
class CaseFile:
    """One case of one rule. ``expect`` is what the case says of the answer and the decision."""

    rule: str
    name: str
    case: Case
    parameters: Parameters
    expect: dict[str, Any]


def as_text(value: Any) -> Any:
    """YAML's dates and times as the contract writes them."""
    if isinstance(value, dict):
        return {key: as_text(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_text(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def over(base: Any, change: Any) -> Any:
    """``change`` laid over ``base``, maps key by key."""
    if not isinstance(base, dict) or not isinstance(change, dict):
        return copy.deepcopy(change)
    merged = dict(base)
    for key, value in change.items():
        merged[key] = over(base.get(key), value)
    return merged


@lru_cache(maxsize=1)
def bases() -> dict[str, Any]:
    content: dict[str, Any] = as_text(yaml.safe_load((HERE / "bases.yaml").read_text(encoding="utf-8")))
    return content


def agreed(request: dict[str, Any], claim: dict[str, Any]) -> tuple[Request, Claim]:
    """The request and the claim, read as the product reads them."""
    read = parse({"requests": [request], "claims": [claim]})
    assert not read.refused, read.refused
    return read.requests[0], read.claims[0]


def field_of(kind: Kind, name: str, given: Any, place: int) -> Field:
    confidence = SURE
    if isinstance(given, dict):
        confidence, given = given.get("confidence", SURE), given.get("value")
    box = Box(0.1, round(0.02 * place, 2), 0.4, round(0.02 * place + 0.01, 2))
    value = None if given is None else value_of(given, FIELDS[kind][name])
    return Field(value, "" if given is None else str(given), 1, box, ReadBy.TEXT, confidence)


def session_of(person: str, day: str, half: str, given: dict[str, Any], place: int) -> Session:
    hours = given.get("hours", "3.50" if half != "day" else "7.00")
    return Session(
        trainee=given.get("who", person),
        date=dt.date.fromisoformat(day) if day else None,
        half_day=HalfDay(half),
        minutes=None if hours is None else minutes_of(str(hours)),
        trainee_mark=Mark(given.get("trainee", "signed")),
        trainer_mark=Mark(given.get("trainer", "signed")),
        page=given.get("page", 1),
        box=Box(0.5, round(0.01 * place, 2), 0.6, round(0.01 * place + 0.01, 2)),
        read_by=ReadBy.OCR,
        confidence=given.get("confidence", SURE),
        weekday=given.get("weekday"),
        ink=given.get("ink", ""),
    )


def sessions_of(person: str, given: dict[str, Any]) -> tuple[Session, ...]:
    cells, found = dict(given.get("cells", {})), []
    for day in given.get("sessions", []):
        for half in ("am", "pm"):
            found.append(session_of(person, day, half, cells.pop(f"{day} {half}", {}), len(found)))
    assert not cells, f"no such half-day: {cells}"
    for one in given.get("more", []):
        found.append(session_of(person, one.get("day", ""), one.get("half", "am"), one, len(found)))
    return tuple(found)


def piece_of(name: str, given: dict[str, Any], person: str) -> Piece:
    kind = Kind(name.split("#")[0])
    fields = {key: value for key, value in given.items() if key not in OF_PART}
    part = Part(
        pages=(1,),
        kind=kind,
        confidence=given.get("confidence", SURE),
        fields={key: field_of(kind, key, value, n) for n, (key, value) in enumerate(sorted(fields.items()))},
        sessions=sessions_of(person, given),
        names=tuple(given.get("names", ())),
        altered=given.get("altered", False),
        texts={1: given.get("text", "")},
        disagreements=tuple(Disagreement(**one) for one in given.get("disagreements", ())),
    )
    file = given.get("file", f"{name}.pdf")
    return Piece(file, given.get("bytes", file), part)


def pieces_of(given: dict[str, Any], person: str) -> tuple[Piece, ...]:
    there = {name: fields for name, fields in given.items() if fields is not None}
    absent = {name: {key for key, value in fields.items() if value is None} for name, fields in there.items()}
    kept = {n: {k: v for k, v in fields.items() if k not in absent[n]} for n, fields in there.items()}
    return tuple(piece_of(name, fields, person) for name, fields in kept.items())


def day_of(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def around_of(
    given: dict[str, Any], person: str, request: dict[str, Any], claim: dict[str, Any]
) -> Surroundings:
    renewed = over(request, given["renewed"]) if "renewed" in given else None
    return Surroundings(
        sessions=tuple(
            OtherSession(one["request"], "autre.pdf", session_of(person, one["day"], one["half"], {}, 1))
            for one in given.get("sessions", ())
        ),
        unread_sheets=tuple(
            OtherSheet(one["request"], "autre.pdf", day_of(one["start"]), day_of(one["end"]))
            for one in given.get("unread_sheets", ())
        ),
        invoices=tuple(OtherInvoice(**one) for one in given.get("invoices", ())),
        uses=tuple(OtherUse(**one) for one in given.get("uses", ())),
        paid=frozenset(given.get("paid", ())),
        renewed=agreed(renewed, {**claim, "request": renewed["ref"]})[0] if renewed else None,
    )


def unread_of(given: dict[str, Any]) -> Unread:
    state = given.get("state", "unreadable")
    known = Status(state) if state == Status.REFUSED else PageState(state)
    return Unread(given["file"], given.get("page", 1), known, given.get("reason", ""))


def made(given: dict[str, Any]) -> Case:
    """The case that one entry of a file describes."""
    base = bases()[given["base"]]
    request, claim = (over(base[part], given.get(part, {})) for part in ("request", "claim"))
    person = f"{request['trainee']['last_name']} {request['trainee']['first_name']}"
    renewed = {**request, "contract": {**(request["contract"] or {}), "renewal": None}}
    agreed_request, agreed_claim = agreed(request, claim)
    return Case(
        request=agreed_request,
        claim=agreed_claim,
        pieces=pieces_of(over(base["pieces"], given.get("pieces", {})), person),
        unread=tuple(unread_of(one) for one in given.get("unread", ())),
        surroundings=around_of(given.get("around", {}), person, renewed, claim),
        as_of=AS_OF,
    )


@lru_cache(maxsize=1)
def shipped() -> Parameters:
    return load()


def with_values(values: dict[str, Any]) -> Parameters:
    """The shipped parameters with other values, for all schemes and days."""
    entries = dict(shipped().entries)
    for key, value in values.items():
        for group in {group for group, _ in entries}:
            entries.pop((group, key), None)
        since = dt.date(2000, 1, 1)
        entries["all", key] = Entry("all", key, key, "", since, ((since, value, "essai"),))
    return replace(shipped(), entries=entries)


def cases_of(path: Path) -> list[CaseFile]:
    content = as_text(yaml.safe_load(path.read_text(encoding="utf-8")))
    return [
        CaseFile(path.stem, one["name"], made(one), with_values(one.get("parameters", {})), one["expect"])
        for one in content
    ]


def all_cases() -> list[CaseFile]:
    return [case for path in sorted((HERE / "cases").glob("*.yaml")) for case in cases_of(path)]


def base_case(name: str) -> Case:
    return made({"base": name})
