"""The queue as people look at it: narrowed, sorted, a page at a time, counted by cause.

Asks only the queue's own rows, which are kept with each decision: no page reads a dossier.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.db.models import Count, F, OrderBy, Q, QuerySet

from desk.acts.people import Person
from dossier.schemes import Scheme
from records.keys import words_of
from records.models import QueueCause, QueueEntry, WaitsFor

PAGE = 50
NOBODY = "-"


class Sort(StrEnum):
    DEADLINE = "deadline"
    AGE = "age"
    AMOUNT = "amount"
    CLAIM = "claim"
    EMPLOYER = "employer"
    PROVIDER = "provider"


_COLUMNS = {
    Sort.DEADLINE: "answer_by",
    Sort.AGE: "submitted_at",
    Sort.AMOUNT: "amount",
    Sort.CLAIM: "claim",
    Sort.EMPLOYER: "employer",
    Sort.PROVIDER: "provider",
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the queue is narrowed to; empty: everything. ``assignee``: a username, ``"-"`` for nobody's.

    ``employer``, ``provider`` and ``search`` are words, found without case and accents wherever they begin;
    ``overdue_on``: claims whose answer is due by that day; ``least`` and ``most``: euros.
    """

    waits_for: tuple[WaitsFor, ...] = ()
    cause: str = ""
    scheme: Scheme | None = None
    employer: str = ""
    provider: str = ""
    assignee: str = ""
    search: str = ""
    overdue_on: dt.date | None = None
    least: Decimal | None = None
    most: Decimal | None = None


EVERYTHING = Filters()


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim of the queue. ``causes`` are rule ids, the weightiest first; ``answer_by``: two months."""

    claim: str
    request: str
    version: int
    waits_for: WaitsFor
    causes: tuple[str, ...]
    amount: Decimal
    submitted_at: dt.datetime
    answer_by: dt.date
    pay_by: dt.date
    scheme: str
    employer: str
    provider: str
    trainee: str
    assignee: str


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page; ``page`` from 1, ``total`` claims on ``pages`` pages."""

    entries: tuple[Entry, ...]
    total: int
    page: int
    pages: int


def queue(
    filters: Filters = EVERYTHING,
    sort: Sort = Sort.DEADLINE,
    *,
    descending: bool = False,
    page: int = 1,
) -> QueuePage:
    """One page of 50. A page beyond the last is the last."""
    rows = _narrowed(filters)
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    number = min(max(1, page), pages)
    start = (number - 1) * PAGE
    shown = rows.order_by(*_order(sort, descending))[start : start + PAGE]
    return QueuePage(tuple(entry_of(row) for row in shown), total, number, pages)


def counts_by_cause(filters: Filters = EVERYTHING) -> list[tuple[str, int]]:
    """Rule id and number of claims, the most frequent first."""
    causes = QueueCause.objects.all()
    if filters != EVERYTHING:
        causes = causes.filter(entry__in=_narrowed(filters).values("pk"))
    counted = causes.values_list("rule").annotate(claims=Count("pk")).order_by("-claims", "rule")
    return [(rule, count) for rule, count in counted]


def counts_by_state(filters: Filters = EVERYTHING) -> dict[WaitsFor, int]:
    """How many claims wait for what."""
    counted = _narrowed(filters).values_list("waits_for").annotate(claims=Count("pk")).order_by()
    found = {WaitsFor(state): count for state, count in counted}
    return {state: found.get(state, 0) for state in WaitsFor}


def next_claim(user: Person, after: str | None = None, filters: Filters = EVERYTHING) -> str | None:
    """The most urgent claim that is nobody's or the user's own, and not ``after``; None when all is done."""
    free = _narrowed(filters).filter(assignee__in=("", user.get_username())).exclude(claim=after or "")
    return free.order_by("answer_by", "claim").values_list("claim", flat=True).first()


def entry_of(row: QueueEntry) -> Entry:
    return Entry(
        claim=row.claim,
        request=row.request_ref,
        version=row.version,
        waits_for=WaitsFor(row.waits_for),
        causes=tuple(row.causes),
        amount=row.amount,
        submitted_at=row.submitted_at,
        answer_by=row.answer_by,
        pay_by=row.pay_by,
        scheme=row.scheme,
        employer=row.employer,
        provider=row.provider,
        trainee=row.trainee,
        assignee=row.assignee,
    )


def _narrowed(filters: Filters) -> QuerySet[QueueEntry]:
    rows = QueueEntry.objects.all()
    if filters.waits_for:
        rows = rows.filter(waits_for__in=filters.waits_for)
    if filters.cause:
        rows = rows.filter(pk__in=QueueCause.objects.filter(rule=filters.cause).values("entry"))
    if filters.scheme is not None:
        rows = rows.filter(scheme=filters.scheme.id)
    if filters.assignee:
        rows = rows.filter(assignee="" if filters.assignee == NOBODY else filters.assignee)
    if filters.overdue_on is not None:
        rows = rows.filter(answer_by__lte=filters.overdue_on)
    if filters.least is not None:
        rows = rows.filter(amount__gte=filters.least)
    if filters.most is not None:
        rows = rows.filter(amount__lte=filters.most)
    return rows.filter(
        _holding("words", filters.search),
        _holding("employer_words", filters.employer),
        _holding("provider_words", filters.provider),
    )


def _holding(column: str, text: str) -> Q:
    """All words of ``text``, each at the start of a word of the column."""
    found = Q()
    for word in words_of(text):
        found &= Q(**{f"{column}__contains": f" {word}"})
    return found


def _order(sort: Sort, descending: bool) -> Iterable[OrderBy | str]:
    column = F(_COLUMNS[sort])
    claim = F("claim")
    return (
        column.desc() if descending else column.asc(),
        claim.desc() if descending else claim.asc(),
    )
