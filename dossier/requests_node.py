"""One object of the requests file: its values by name, each refused with the place where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from dossier.paris import PARIS
from dossier.quantities import Minutes, NotANumber, decimal_of, minutes_of

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class WrongValueError(ValueError):
    """A value that can't be taken: ``place`` in the file, ``problem`` in a few words without the value."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(f"{place}: {problem}")
        self.place = place
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Node:
    """A JSON object and its place in the file; each accessor raises `WrongValueError` with its place."""

    data: dict[str, Any]
    place: str

    def at(self, name: str) -> str:
        return f"{self.place}.{name}"

    def value(self, name: str) -> Any:
        found = self.data.get(name)
        if found is None or found == "":
            raise WrongValueError(self.at(name), "missing")
        return found

    def has(self, name: str) -> bool:
        return self.data.get(name) not in (None, "", {}, [])

    def optional(self, name: str, take: Callable[[str], T]) -> T | None:
        return take(name) if self.has(name) else None

    def child(self, name: str) -> Node:
        return node(self.value(name), self.at(name))

    def children(self, name: str) -> Iterator[Node]:
        for index, item in enumerate(self.items(name)):
            yield node(item, f"{self.at(name)}[{index}]")

    def items(self, name: str) -> list[Any]:
        found = self.data.get(name)
        if found is None:
            return []
        if not isinstance(found, list):
            raise WrongValueError(self.at(name), "not a list")
        return found

    def text(self, name: str) -> str:
        found = self.value(name)
        if not isinstance(found, str) or not found.strip():
            raise WrongValueError(self.at(name), "not a text")
        return found.strip()

    def flag(self, name: str) -> bool:
        found = self.value(name)
        if not isinstance(found, bool):
            raise WrongValueError(self.at(name), "neither true nor false")
        return found

    def choice(self, name: str, kind: type[E]) -> E:
        return choice(self.text(name), kind, self.at(name))

    def one_of(self, name: str, allowed: frozenset[str]) -> str:
        found = self.text(name)
        if found not in allowed:
            raise WrongValueError(self.at(name), f"not one of {', '.join(sorted(allowed))}")
        return found

    def number(self, name: str) -> Decimal:
        found = self.value(name)
        if isinstance(found, bool) or not isinstance(found, str | int | Decimal):
            raise WrongValueError(self.at(name), "not a number")
        try:
            number = decimal_of(str(found))
        except NotANumber as error:
            raise WrongValueError(self.at(name), "not a number") from error
        if number < 0:
            raise WrongValueError(self.at(name), "below zero")
        return number

    def share(self, name: str) -> Decimal:
        number = self.number(name)
        if number > 1:
            raise WrongValueError(self.at(name), "a share above one")
        return number

    def hours(self, name: str) -> Minutes:
        return minutes_of(self.number(name))

    def count(self, name: str) -> int:
        number = self.number(name)
        if number != int(number):
            raise WrongValueError(self.at(name), "not a whole number")
        return int(number)

    def date(self, name: str) -> dt.date:
        try:
            return dt.date.fromisoformat(self.text(name))
        except ValueError as error:
            raise WrongValueError(self.at(name), "not a date (ISO 8601)") from error

    def moment(self, name: str) -> dt.datetime:
        """A local time of Paris without a zone; a time that names its zone is brought to it."""
        try:
            found = dt.datetime.fromisoformat(self.text(name))
        except ValueError as error:
            raise WrongValueError(self.at(name), "not a date and time (ISO 8601)") from error
        return found.astimezone(PARIS).replace(tzinfo=None) if found.tzinfo else found


def node(data: Any, place: str) -> Node:
    if not isinstance(data, dict):
        raise WrongValueError(place, "not an object")
    return Node(data, place)


def choice(text: Any, kind: type[E], place: str) -> E:
    try:
        return kind(text)
    except ValueError as error:
        raise WrongValueError(place, f"not one of {', '.join(kind)}") from error


def ordered(start: dt.date, end: dt.date, place: str) -> None:
    if end < start:
        raise WrongValueError(place, "ends before it starts")
