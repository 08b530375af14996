"""The sums that the report opens with. Each whole is the sum of its shares, to the cent and to the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dossier.decision import Decision, Effect, Verdict
from dossier.kinds import Kind
from dossier.quantities import ZERO, Minutes
from dossier.reading import Document, PageState, ReadBy, Status


@dataclass(frozen=True, slots=True)
class Money:
    """Where the declared euros went: declared = released + reduced + in_review + awaiting + rejected.

    ``reduced`` is what paid claims lost; the last three are whole declared amounts of claims not paid.
    ``proposed`` is what would be paid of ``in_review`` if its claims were accepted as computed.
    """

    declared: Decimal
    released: Decimal
    reduced: Decimal
    in_review: Decimal
    awaiting: Decimal
    rejected: Decimal
    proposed: Decimal

    @property
    def withheld(self) -> Decimal:
        return self.declared - self.released


@dataclass(frozen=True, slots=True)
class Hours:
    declared: Minutes
    evidenced: Minutes
    payable: Minutes


@dataclass(frozen=True, slots=True)
class Pages:
    """Every page that came: received = sum of states + unopened (refused files, duplicates)."""

    received: int
    states: Mapping[PageState, int]
    unopened: int
    readers: Mapping[ReadBy, int]


def declared_amount(decision: Decision) -> Decimal:
    return sum((line.declared for line in decision.lines), ZERO)


def is_reduced(decision: Decision) -> bool:
    """A claim that is paid, and not wholly."""
    return decision.verdict is Verdict.PAY and (
        decision.amount < declared_amount(decision)
        or any(finding.effect is Effect.REDUCE for finding in decision.findings)
    )


def failed(decision: Decision) -> bool:
    """The claim did not pass whole: rejected, to examine, incomplete, or paid less than declared."""
    return decision.verdict is not Verdict.PAY or is_reduced(decision)


def verdicts(decisions: Sequence[Decision]) -> dict[Verdict, int]:
    counted = Counter(decision.verdict for decision in decisions)
    return {verdict: counted[verdict] for verdict in Verdict}


def money(decisions: Sequence[Decision]) -> Money:
    declared = {
        verdict: sum((declared_amount(d) for d in decisions if d.verdict is verdict), ZERO)
        for verdict in Verdict
    }
    released = sum((d.amount for d in decisions if d.verdict is Verdict.PAY), ZERO)
    return Money(
        declared=sum(declared.values(), ZERO),
        released=released,
        reduced=declared[Verdict.PAY] - released,
        in_review=declared[Verdict.REVIEW],
        awaiting=declared[Verdict.INCOMPLETE],
        rejected=declared[Verdict.REJECT],
        proposed=sum((d.amount for d in decisions if d.verdict is Verdict.REVIEW), ZERO),
    )


def hours(decisions: Sequence[Decision]) -> Hours:
    """Over all claims; ``payable`` over those that are paid alone."""
    return Hours(
        declared=Minutes(sum(d.hours.declared for d in decisions)),
        evidenced=Minutes(sum(d.hours.evidenced for d in decisions)),
        payable=Minutes(sum(d.hours.payable for d in decisions if d.verdict is Verdict.PAY)),
    )


def causes(decisions: Sequence[Decision]) -> list[tuple[str, int]]:
    """Rules broken and in how many claims, the most frequent first; what only informs is left out."""
    counted = Counter(
        rule
        for decision in decisions
        for rule in {f.rule for f in decision.findings if f.effect is not Effect.INFORM}
    )
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def statuses(documents: Sequence[Document]) -> dict[Status, int]:
    counted = Counter(document.status for document in documents)
    return {status: counted[status] for status in Status}


def kinds(documents: Sequence[Document]) -> list[tuple[Kind, int]]:
    """Parts read, by kind, the most frequent first."""
    counted = Counter(part.kind for document in documents for part in document.parts)
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def pages(documents: Sequence[Document]) -> Pages:
    accounts = [account for document in documents for account in document.accounts]
    states = Counter(account.state for account in accounts)
    readers = Counter(account.read_by for account in accounts if account.read_by is not None)
    received = sum(max(document.pages, len(document.accounts)) for document in documents)
    return Pages(
        received=received,
        states={state: states[state] for state in PageState},
        unopened=received - len(accounts),
        readers={reader: readers[reader] for reader in ReadBy},
    )
