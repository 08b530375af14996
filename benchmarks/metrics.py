"""What of the truth was read: exact, missing or wrong, field by field and cell by cell. Pure.

A value that nobody could read is never equal to anything, not even to another that nobody could read. Truth
and reading are compared in the contract's JSON form; a truth that is a list accepts any of its values.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from dossier.kinds import FIELDS, Kind, Type

SURE = 0.9
"""A value given with this confidence or more is one that nobody looks at."""

KIND = "(kind)"
CELL = "(cell) "
"""How observations of a part's kind and of a half-day's five things are named among fields."""

CELLS = ("date", "half_day", "hours", "trainee_signed", "trainer_signed")

_WORDED = frozenset({"training_title", "qualification"})
"""Compared as wordings: nine letters in ten alike are enough."""

_CODES = frozenset(
    {
        "supplier_siret", "supplier_nda", "employer_siret", "provider_siret", "provider_nda", "iban",
        "number", "request_ref", "contract_kind", "currency",
    }
)  # fmt: skip
"""Compared letter by letter, blanks and dots aside."""


class Outcome(StrEnum):
    EXACT = "exact"
    MISSING = "missing"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing that a document says and what became of it. ``confidence``: 0 where nothing was read."""

    kind: str
    layout: str
    seed: int
    channel: str
    field: str
    outcome: Outcome
    confidence: float
    read_by: str = ""
    told: str = ""

    @property
    def surely_wrong(self) -> bool:
        return self.outcome is Outcome.WRONG and self.confidence >= SURE


def plain(text: object) -> str:
    """A name without accents, case, punctuation; "" for what is no text."""
    if not isinstance(text, str):
        return ""
    spread = unicodedata.normalize("NFKD", text.replace("’", "'").replace("œ", "oe").replace("Œ", "OE"))
    letters = "".join(c for c in spread if not unicodedata.combining(c)).lower()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", letters).split())


def number(value: object) -> Decimal | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        read = Decimal(str(value))
    except InvalidOperation:
        return None
    return read if read.is_finite() else None


def day(value: object) -> dt.date | None:
    if not isinstance(value, str):
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None


def same(name: str, type_: Type, truth: object, read: object) -> bool:
    """Whether both can be read and say the same."""
    if isinstance(truth, list):
        return any(same(name, type_, one, read) for one in truth)
    if truth is None or read is None:
        return False
    match type_:
        case Type.FLAG:
            return isinstance(read, bool) and isinstance(truth, bool) and read is truth
        case Type.DATE:
            return day(truth) is not None and day(truth) == day(read)
        case Type.HOURS | Type.AMOUNT:
            wanted, got = number(truth), number(read)
            return wanted is not None and got is not None and abs(wanted - got) <= Decimal("0.005")
        case Type.TEXT:
            return _same_text(name, truth, read)


def _same_text(name: str, truth: object, read: object) -> bool:
    if name in _CODES:
        wanted, got = (
            re.sub(r"[\s.]", "", one).upper() if isinstance(one, str) else "" for one in (truth, read)
        )
        return bool(wanted) and wanted == got
    wanted, got = plain(truth), plain(read)
    if not wanted or not got:
        return False
    if name in _WORDED:
        return difflib.SequenceMatcher(None, wanted, got, autojunk=False).ratio() >= 0.9
    return wanted.replace(" ", "") == got.replace(" ", "")


def same_person(truth: object, read: object) -> bool:
    """Names of a line on a sheet, in either order."""
    wanted, got = plain(truth), plain(read)
    if not wanted or not got:
        return False
    return sorted(wanted.split()) == sorted(got.split()) or wanted.replace(" ", "") == got.replace(" ", "")


@dataclass(frozen=True, slots=True)
class Paper:
    """Where an observation comes from."""

    layout: str
    seed: int
    channel: str


def paired(truth: Sequence[Mapping[str, Any]], read: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """For each true part the read one that covers its pages best and is of its kind; {} for none."""
    ranked = []
    for i, wanted in enumerate(truth):
        for j, got in enumerate(read):
            ours, theirs = set(wanted["pages"]), set(got.get("pages") or ())
            shared = len(ours & theirs) / len(ours | theirs) if ours | theirs else 0.0
            alike = 0.5 if got.get("kind") == wanted["kind"] else 0.0
            if shared + alike > 0:
                ranked.append((-(shared + alike), i, j))
    found: dict[int, int] = {}
    for _, i, j in sorted(ranked):
        if i not in found and j not in found.values():
            found[i] = j
    return [read[found[i]] if i in found else {} for i in range(len(truth))]


def observed(
    paper: Paper, truth: Sequence[Mapping[str, Any]], read: Sequence[Mapping[str, Any]]
) -> list[Observation]:
    """All that the parts of one file say, ``read`` being the parts of the output in the contract's form."""
    found: list[Observation] = []
    for wanted, got in zip(truth, paired(truth, read), strict=True):
        found += _part(paper, wanted, got)
    return found


def _part(paper: Paper, wanted: Mapping[str, Any], got: Mapping[str, Any]) -> Iterable[Observation]:
    def seen(
        name: str, outcome: Outcome, confidence: float, read_by: str = "", told: str = ""
    ) -> Observation:
        return Observation(
            wanted["kind"], paper.layout, paper.seed, paper.channel, name, outcome, confidence, read_by, told
        )

    right = got.get("kind") == wanted["kind"]
    outcome = Outcome.EXACT if right else Outcome.WRONG if got else Outcome.MISSING
    yield seen(KIND, outcome, _confidence(got), told=str(got.get("kind", "")))
    types = FIELDS[Kind(wanted["kind"])]
    for name, truth in wanted["fields"].items():
        field = (got.get("fields") or {}).get(name) if right else None
        field = field if isinstance(field, Mapping) else {}
        value = field.get("value")
        if value is None:
            yield seen(name, Outcome.MISSING, 0.0)
            continue
        exact = same(name, types[name], truth, value)
        told = "" if exact else f"{value!r} for {truth!r}"
        yield seen(
            name,
            Outcome.EXACT if exact else Outcome.WRONG,
            _confidence(field),
            str(field.get("read_by", "")),
            told,
        )
    if wanted["sessions"]:
        for name, one, confidence in cells(wanted["sessions"], got.get("sessions") or () if right else ()):
            yield seen(CELL + name, one, confidence)


def _confidence(held: Mapping[str, Any]) -> float:
    value = number(held.get("confidence"))
    return float(value) if value is not None else 0.0


def cells(
    truth: Sequence[Mapping[str, Any]], read: Sequence[Mapping[str, Any]]
) -> list[tuple[str, Outcome, float]]:
    """The five things that each printed half-day says, half-days being told by person, date and half."""
    pairs = _sessions(truth, read)
    found: list[tuple[str, Outcome, float]] = []
    for wanted, best in zip(truth, pairs, strict=True):
        if best is None:
            found += [(name, Outcome.MISSING, 0.0) for name in CELLS]
            continue
        for name in CELLS:
            exact = _same_cell(name, wanted[name], best.get(name))
            outcome = Outcome.EXACT if exact else Outcome.MISSING if best.get(name) is None else Outcome.WRONG
            found.append((name, outcome, _confidence(best)))
    return found


def _sessions(
    truth: Sequence[Mapping[str, Any]], read: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any] | None]:
    """For each half-day the one read for that person, date and half; of what is left, for person and date."""
    left = list(range(len(read)))
    found: list[Mapping[str, Any] | None] = [None] * len(truth)
    for exactly in (True, False):
        for place, wanted in enumerate(truth):
            if found[place] is not None:
                continue
            for index in left:
                got = read[index]
                if exactly and got.get("half_day") != wanted["half_day"]:
                    continue
                if _same_cell("date", wanted["date"], got.get("date")) and same_person(
                    wanted["trainee"], got.get("trainee")
                ):
                    found[place] = got
                    left.remove(index)
                    break
    return found


def _same_cell(name: str, truth: object, read: object) -> bool:
    if name == "hours":
        return same(name, Type.HOURS, truth, read)
    if name == "date":
        return same(name, Type.DATE, truth, read)
    if name == "half_day":
        return isinstance(read, str) and read == truth
    return same(name, Type.FLAG, truth, read)
