"""The file of agreed requests and claims: JSON, or CSV exports of the same two tables (``docs/csv.md``).

What can't be taken is kept out with its place (``requests[3].training.hours: missing``) and the rest goes on;
only a file that is not the two tables at all raises `RequestsFileError`.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from dossier.quantities import Minutes, NotANumber, decimal_of, minutes_of
from dossier.requests import (
    Claim,
    ClaimLine,
    Employer,
    EmployersGroup,
    FundReservation,
    Grant,
    LineKind,
    PastPayment,
    PayeeKind,
    Period,
    Place,
    ProContract,
    ProgrammeName,
    Provider,
    Renewal,
    Request,
    Scheme,
    Trainee,
    TraineeStatus,
    Training,
    Tutor,
)
from dossier.requests_csv import TableError, read_tables

PARIS = ZoneInfo("Europe/Paris")
TABLES = ("requests", "claims")
CONTRACT_KINDS = frozenset({"cdd", "cdi"})
QUALIFICATION_KINDS = frozenset({"cqpm", "cqpi", "diploma", "title", "pathway"})

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class RequestsFileError(ValueError):
    """The file is not the two tables. The message is one line that names the file and the place in it."""


class WrongValueError(ValueError):
    """A value that can't be taken: ``place`` in the file, ``problem`` in a few words without the value."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(f"{place}: {problem}")
        self.place = place
        self.problem = problem


@dataclass(frozen=True, slots=True)
class RefusedInput:
    """A request or claim kept out. ``table`` is "requests" or "claims"; ``id`` its ref or id, if any."""

    table: str
    id: str
    place: str
    problem: str


@dataclass(frozen=True, slots=True)
class RequestsFile:
    """What was taken, in the file's order, and what was not."""

    requests: tuple[Request, ...]
    claims: tuple[Claim, ...]
    refused: tuple[RefusedInput, ...]


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


def training_of(at: Node) -> Training:
    start, end = at.date("start"), at.date("end")
    ordered(start, end, at.at("end"))
    return Training(
        title=at.text("title"),
        start=start,
        end=end,
        hours=at.hours("hours"),
        place=at.choice("place", Place),
        distance=at.flag("distance"),
    )


def tutor_of(at: Node) -> Tutor:
    return Tutor(at.text("last_name"), at.text("first_name"), at.optional("trained_on", at.date))


def renewal_of(at: Node) -> Renewal:
    return Renewal(of=at.text("of"), motive=at.text("motive"))


def group_of(at: Node) -> EmployersGroup:
    return EmployersGroup(at.count("contracts"), at.count("tutor_functions_funded"))


def contract_of(at: Node) -> ProContract:
    start, end = at.date("start"), at.date("end")
    ordered(start, end, at.at("end"))
    return ProContract(
        kind=at.one_of("kind", CONTRACT_KINDS),
        start=start,
        end=end,
        signed_on=at.date("signed_on"),
        months=at.count("months"),
        weekly_hours=at.hours("weekly_hours"),
        qualification=at.text("qualification"),
        qualification_kind=at.one_of("qualification_kind", QUALIFICATION_KINDS),
        employers_group=at.flag("employers_group"),
        tutor=tutor_of(at.child("tutor")) if at.has("tutor") else None,
        renewal=renewal_of(at.child("renewal")) if at.has("renewal") else None,
        group=group_of(at.child("group")) if at.has("group") else None,
    )


def reservation_of(at: Node) -> FundReservation:
    return FundReservation(submitted_at=at.moment("submitted_at"), granted_at=at.moment("granted_at"))


def trainee_of(at: Node) -> Trainee:
    return Trainee(
        last_name=at.text("last_name"),
        first_name=at.text("first_name"),
        birth_date=at.date("birth_date"),
        status=at.choice("status", TraineeStatus),
    )


def employer_of(at: Node) -> Employer:
    return Employer(at.text("name"), at.text("siret"), at.count("headcount"), at.text("iban"))


def provider_of(at: Node) -> Provider:
    return Provider(at.text("name"), at.text("siret"), at.text("nda"), at.text("iban"))


def grant_of(at: Node) -> Grant:
    return Grant(
        hourly_rate=at.number("hourly_rate"),
        overrun_share=at.optional("overrun_share", at.share),
        overrun_ceiling=at.optional("overrun_ceiling", at.number),
        total_ceiling=at.number("total_ceiling"),
    )


def payment_of(at: Node) -> PastPayment:
    return PastPayment(
        claim=at.text("claim"),
        paid_on=at.date("paid_on"),
        hours=at.hours("hours"),
        amount=at.number("amount"),
        invoice_number=at.optional("invoice_number", at.text),
    )


def request_of(at: Node) -> Request:
    """One agreed request. Raises `WrongValueError` with the place of the first value that can't be taken."""
    ref = at.text("ref")
    scheme = at.choice("scheme", Scheme)
    pro = scheme is Scheme.CONTRAT_PRO
    return Request(
        ref=ref,
        scheme=scheme,
        trainee=trainee_of(at.child("trainee")),
        employer=employer_of(at.child("employer")),
        provider=provider_of(at.child("provider")),
        training=training_of(at.child("training")),
        granted=grant_of(at.child("granted")),
        payee=at.choice("payee", PayeeKind),
        drf=None if pro and not at.has("drf") else reservation_of(at.child("drf")),
        contract_sent_at=at.optional("contract_sent_at", at.moment),
        contract=contract_of(at.child("contract")) if pro or at.has("contract") else None,
        programmes=tuple(
            choice(name, ProgrammeName, f"{at.at('programmes')}[{index}]")
            for index, name in enumerate(at.items("programmes"))
        ),
        project_reference=at.optional("project_reference", at.text),
        comment=at.optional("comment", at.text),
        paid=tuple(payment_of(payment) for payment in at.children("paid")),
    )


def line_of(at: Node) -> ClaimLine:
    kind = at.choice("kind", LineKind)
    match kind:
        case LineKind.TRAINING_HOURS | LineKind.TUTOR_TRAINING:
            return ClaimLine(kind, hours=at.hours("hours"))
        case LineKind.OVERRUN:
            return ClaimLine(kind, amount=at.number("amount"))
        case LineKind.CERTIFICATION:
            return ClaimLine(kind, count=at.count("count"))
        case LineKind.TUTORING:
            return ClaimLine(kind, months=at.count("months"))


def claim_of(at: Node) -> Claim:
    """One claim. A claim has at least one line and at most one of a kind. Raises `WrongValueError`."""
    period = at.child("period")
    start, end = period.date("from"), period.date("to")
    ordered(start, end, period.at("to"))
    lines = tuple(line_of(line) for line in at.children("lines"))
    if not lines:
        raise WrongValueError(at.at("lines"), "missing")
    kinds = [line.kind for line in lines]
    for index, kind in enumerate(kinds):
        if kind in kinds[:index]:
            raise WrongValueError(f"{at.at('lines')}[{index}]", "a second line of the same kind")
    return Claim(
        id=at.text("id"),
        request=at.text("request"),
        submitted_at=at.moment("submitted_at"),
        period=Period(start, end),
        lines=lines,
    )


def rows_of(data: object, table: str) -> list[Any]:
    if not isinstance(data, dict):
        raise RequestsFileError("the top is not an object with requests and claims")
    rows = data.get(table)
    if not isinstance(rows, list):
        raise RequestsFileError(f"{table}: {'missing' if rows is None else 'not a list'}")
    return rows


def taken(
    rows: list[Any], table: str, key: str, take: Callable[[Node], T], refused: list[RefusedInput]
) -> dict[str, T]:
    """Rows by key, in order. Of a key declared twice the first stays when both say the same; else none does,
    for nobody can say which is meant."""
    kept: dict[str, T] = {}
    first: dict[str, str] = {}
    barred: set[str] = set()
    for index, row in enumerate(rows):
        place = f"{table}[{index}]"
        name = row.get(key) if isinstance(row, dict) else None
        name = name if isinstance(name, str) else ""
        try:
            one = take(node(row, place))
        except WrongValueError as wrong:
            refused.append(RefusedInput(table, name, wrong.place, wrong.problem))
            if name in kept:  # the other one that bears this name can't be trusted either
                del kept[name]
                refused.append(RefusedInput(table, name, first[name], f"declared again at {place}"))
            barred.add(name)
            continue
        name = name.strip()
        if name in first or name in barred:
            refused.append(RefusedInput(table, name, place, "declared twice"))
            if name in kept and kept[name] != one:
                del kept[name]
                refused.append(RefusedInput(table, name, first[name], f"declared otherwise at {place}"))
            continue
        first[name] = place
        kept[name] = one
    return kept


def parse(data: object) -> RequestsFile:
    """The two tables as JSON gives them. Raises `RequestsFileError` when they are not there."""
    request_rows, claim_rows = rows_of(data, "requests"), rows_of(data, "claims")
    refused: list[RefusedInput] = []
    requests = taken(request_rows, "requests", "ref", request_of, refused)
    barred = {row.id for row in refused}

    def known(at: Node) -> Claim:
        claim = claim_of(at)
        if claim.request not in requests:
            why = "its request was refused" if claim.request in barred else "unknown request"
            raise WrongValueError(at.at("request"), why)
        return claim

    claims = taken(claim_rows, "claims", "id", known, refused)
    return RequestsFile(tuple(requests.values()), tuple(claims.values()), tuple(refused))


def read(path: Path) -> RequestsFile:
    """A JSON file, a folder with ``requests.csv`` and ``claims.csv``, or one of these beside the other.

    Raises `RequestsFileError` with the file and the place in it.
    """
    try:
        if path.is_dir() or path.suffix.lower() == ".csv":
            return parse(read_tables(path))
        return parse(json.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal))
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise RequestsFileError(f"{path}: {where}: not JSON: {error.msg}") from error
    except UnicodeDecodeError as error:
        raise RequestsFileError(f"{path}: byte {error.start}: not UTF-8") from error
    except OSError as error:
        raise RequestsFileError(f"{path}: can't be read: {error.strerror}") from error
    except TableError as error:
        raise RequestsFileError(str(error)) from error
    except RequestsFileError as error:
        raise RequestsFileError(f"{path}: {error}") from error
    except RecursionError as error:
        raise RequestsFileError(f"{path}: nested too deep") from error
