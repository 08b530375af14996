"""The schemes that requests are made under, each a file of this folder: what it is called, whose rules and
parameters it takes, what its requests hold and what proves its hours.

A new scheme is a file here, its parameters (`validators/parameters/<group>/`) and, where the law has some
that no other scheme knows, its own rules: see docs/decisions/0014-schemes-as-data.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from dossier.kinds import Kind

IDENTIFIER = re.compile(r"[a-z][a-z_]{1,11}")
"""Of a scheme: the queue's column holds twelve characters."""


class Agreed(StrEnum):
    """What a request can't be without, beside what all have."""

    RESERVATION = "reservation"
    CONTRACT = "contract"
    NOTHING_MORE = "nothing_more"


class ProvenBy(StrEnum):
    """What proves hours: a certificate or signed sheets, or signed sheets alone."""

    CERTIFICATE_OR_SHEETS = "certificate_or_sheets"
    SHEETS = "sheets"


class Billed(StrEnum):
    """What an invoice is needed for: every hour, or the cost above the agreed rate alone."""

    HOURS = "hours"
    OVERRUN = "overrun"


class SchemeError(ValueError):
    """A scheme's file says something that can't be taken. Names the file and the place in it."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """One scheme. ``title`` and ``short`` are French, for people; ``families`` are the groups of rules that
    hold for it beside everybody's, ``also`` and ``without`` single rules more or less; ``parameters`` the
    groups of parameters in the order in which they are asked, before those of all.
    """

    id: str
    title: str
    short: str
    families: frozenset[str]
    also: frozenset[str]
    without: frozenset[str]
    parameters: tuple[str, ...]
    agreed: Agreed
    proven_by: ProvenBy
    billed: Billed
    must_be_signed: tuple[Kind, ...]

    def __str__(self) -> str:
        return self.id


def scheme_of(id: str, content: Any, place: str) -> Scheme:
    """A scheme from what its file says. Raises `SchemeError`."""
    wanted = {one.name for one in fields(Scheme)} - {"id"}
    if not IDENTIFIER.fullmatch(id):
        raise SchemeError(f"{place}: a scheme's name has 2 to 12 small letters or underscores")
    if not isinstance(content, dict) or set(content) != wanted:
        raise SchemeError(f"{place}: needs exactly {', '.join(sorted(wanted))}")
    for name in ("families", "also", "without", "parameters", "must_be_signed"):
        if not isinstance(content[name], list) or not all(isinstance(one, str) for one in content[name]):
            raise SchemeError(f"{place}: {name}: not a list of names")
    try:
        return Scheme(
            id=id,
            title=str(content["title"]),
            short=str(content["short"]),
            families=frozenset(content["families"]),
            also=frozenset(content["also"]),
            without=frozenset(content["without"]),
            parameters=tuple(content["parameters"]),
            agreed=Agreed(content["agreed"]),
            proven_by=ProvenBy(content["proven_by"]),
            billed=Billed(content["billed"]),
            must_be_signed=tuple(Kind(kind) for kind in content["must_be_signed"]),
        )
    except ValueError as error:
        raise SchemeError(f"{place}: {error}") from error


def load(folder: Path | None = None) -> Mapping[str, Scheme]:
    """The schemes of ``folder`` by id, by default those shipped. Raises `SchemeError`."""
    found = {}
    for path in sorted((folder or Path(__file__).parent).glob("*.yaml")):
        try:
            content = yaml.safe_load(path.read_text(encoding="utf-8"))
        except yaml.YAMLError as error:
            raise SchemeError(f"{path}: not YAML") from error
        found[path.stem] = scheme_of(path.stem, content, str(path))
    return found


SCHEMES = load()
