"""The file of agreed requests and claims: JSON, or CSV exports of the same two tables (``docs/csv.md``).

What can't be taken is kept out with its place (``requests[3].training.hours: missing``) and the rest goes on;
only a file that is not the two tables at all raises `RequestsFileError`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

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
    Trainee,
    TraineeStatus,
    Training,
    Tutor,
)
from dossier.requests_csv import TableError, read_tables
from dossier.requests_node import Node, WrongValueError, choice, node, ordered
from dossier.schemes import SCHEMES, Agreed

TABLES = ("requests", "claims")
CONTRACT_KINDS = frozenset({"cdd", "cdi"})
QUALIFICATION_KINDS = frozenset({"cqpm", "cqpi", "diploma", "title", "pathway"})

T = TypeVar("T")


class RequestsFileError(ValueError):
    """The file is not the two tables. The message is one line that names the file and the place in it."""


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


def needed_or_given(at: Node, name: str, needed: bool, take: Callable[[Node], T]) -> T | None:
    """A part that the scheme can't do without, or that another request holds all the same."""
    return take(at.child(name)) if needed or at.has(name) else None


def request_of(at: Node) -> Request:
    """One agreed request. Raises `WrongValueError` with the place of the first value that can't be taken."""
    ref = at.text("ref")
    scheme = SCHEMES[at.one_of("scheme", frozenset(SCHEMES))]
    return Request(
        ref=ref,
        scheme=scheme,
        trainee=trainee_of(at.child("trainee")),
        employer=employer_of(at.child("employer")),
        provider=provider_of(at.child("provider")),
        training=training_of(at.child("training")),
        granted=grant_of(at.child("granted")),
        payee=at.choice("payee", PayeeKind),
        drf=needed_or_given(at, "drf", scheme.agreed is Agreed.RESERVATION, reservation_of),
        contract_sent_at=at.optional("contract_sent_at", at.moment),
        contract=needed_or_given(at, "contract", scheme.agreed is Agreed.CONTRACT, contract_of),
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
