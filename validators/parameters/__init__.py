"""Dated parameters: each value with the day it holds from, its reference, its unit and the day it was last
checked.

A file ``<group>/<matter>.yaml`` holds names, a name holds ``title``, ``unit``, ``last_checked`` and
``values``: a map from a date to ``value`` and ``reference``. A value of ``null`` says that the table has none
from that day on. A scheme asks the groups that it names, in their order, then `EVERYBODY`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from dossier.schemes import Scheme

EVERYBODY = "all"
KEYS = frozenset({"title", "unit", "last_checked", "values"})


class ParametersError(ValueError):
    """A parameters file says something that can't be taken. Names the file and the place in it."""


class NoValueError(LookupError):
    """No value is in force: the name is unknown for the scheme, or the day lies before its first date."""


@dataclass(frozen=True, slots=True)
class InForce:
    """A value on a day. ``key`` is ``matter.name``; ``since`` the day from which it holds."""

    key: str
    value: Any
    since: dt.date
    unit: str
    reference: str

    def __str__(self) -> str:
        return f"{self.key} since {self.since.isoformat()}"

    @property
    def decimal(self) -> Decimal:
        return Decimal(str(self.value))

    @property
    def whole(self) -> int:
        return int(self.value)

    @property
    def texts(self) -> frozenset[str]:
        return frozenset(str(item) for item in self.value)


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of one group: its values by the day from which each holds, in order."""

    group: str
    key: str
    title: str
    unit: str
    last_checked: dt.date
    values: tuple[tuple[dt.date, Any, str], ...]

    def at(self, day: dt.date) -> InForce | None:
        found = None
        for since, value, reference in self.values:
            if since <= day and value is not None:
                found = InForce(self.key, value, since, self.unit, reference)
            elif since <= day:
                found = None
        return found


@dataclass(frozen=True, slots=True)
class Parameters:
    """All parameters, and a digest of them that stays the same as long as they say the same."""

    entries: Mapping[tuple[str, str], Entry]
    digest: str = field(default="")

    def find(self, scheme: Scheme, key: str, day: dt.date) -> InForce | None:
        """The value of ``matter.name`` on that day, or None where there is none."""
        for group in (*scheme.parameters, EVERYBODY):
            entry = self.entries.get((group, key))
            if entry is not None:
                return entry.at(day)
        return None

    def at(self, scheme: Scheme, key: str, day: dt.date) -> InForce:
        """As `find`. Raises `NoValueError` where there is none."""
        found = self.find(scheme, key, day)
        if found is None:
            raise NoValueError(f"{key}: no value for {scheme.id} on {day.isoformat()}")
        return found


def load(folder: Path | None = None) -> Parameters:
    """The parameters of ``folder``, by default those shipped with the package. Raises `ParametersError`."""
    folder = folder or Path(__file__).parent
    entries: dict[tuple[str, str], Entry] = {}
    for path in sorted(folder.glob("*/*.yaml")):
        try:
            content = yaml.safe_load(path.read_text(encoding="utf-8"))
        except yaml.YAMLError as error:
            raise ParametersError(f"{path}: not YAML") from error
        if not isinstance(content, dict):
            raise ParametersError(f"{path}: not a map of names")
        for name, body in content.items():
            key = f"{path.stem}.{name}"
            entries[path.parent.name, key] = entry_of(path, key, body)
    return Parameters(entries, digest_of(entries))


def entry_of(path: Path, key: str, body: Any) -> Entry:
    place = f"{path}: {key}"
    if not isinstance(body, dict) or set(body) != KEYS:
        raise ParametersError(f"{place}: needs exactly {', '.join(sorted(KEYS))}")
    if not isinstance(body["last_checked"], dt.date) or not isinstance(body["values"], dict):
        raise ParametersError(f"{place}: last_checked is a date, values a map of dates")
    values = []
    for since, dated in body["values"].items():
        if not isinstance(since, dt.date) or not isinstance(dated, dict) or "value" not in dated:
            raise ParametersError(f"{place}: values: a date with value and reference")
        if not dated.get("reference"):
            raise ParametersError(f"{place}: {since}: no reference")
        if isinstance(dated["value"], float):
            raise ParametersError(f"{place}: {since}: decimal numbers are written between quotes")
        values.append((since, dated["value"], str(dated["reference"])))
    values.sort(key=lambda value: value[0])
    return Entry(
        path.parent.name, key, str(body["title"]), str(body["unit"]), body["last_checked"], tuple(values)
    )


STALE_AFTER = dt.timedelta(days=365)


def unchecked(parameters: Parameters, day: dt.date) -> tuple[Entry, ...]:
    """The entries that nobody compared with their sources in the year before ``day``: to be warned of."""
    return tuple(
        entry for _, entry in sorted(parameters.entries.items()) if day - entry.last_checked > STALE_AFTER
    )


def digest_of(entries: Mapping[tuple[str, str], Entry]) -> str:
    """A sha256 of what the parameters say, whatever the order, layout or comments of the files."""
    plain = sorted(
        [group, key, entry.unit, [[since.isoformat(), value, ref] for since, value, ref in entry.values]]
        for (group, key), entry in entries.items()
    )
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
