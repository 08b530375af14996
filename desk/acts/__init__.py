"""What a person does at the desk: each act in one transaction with its entry on the audit chain.

Every act on a claim takes ``user`` (an account: ``username``, ``is_active``, ``has_perm``), the claim's id,
and ``seen``: the version of the decision that stood on the person's screen. It then applies the rules again
at once and returns `Done`, with the version that stands now. All raise, and then change nothing:

- `NotAllowed`: the account has not the right, or has a hand in what it would approve;
- `Overtaken` (records.decisions): the claim was decided anew since ``seen``;
- `AlreadyPaid` (records.ledger): the payment is released or its batch approved;
- `Impossible`: the act has no object; ``str(error)`` is a French sentence for the person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

from dossier.case import Piece
from dossier.decision import Decision
from dossier.kinds import Kind
from dossier.reading import Document, HalfDay, Mark
from dossier.requests import Claim, Request, Scheme
from publishing.payments import Debtor
from records.decisions import Overtaken
from records.ledger import AlreadyPaid


class Person(Protocol):
    """An account: Django's user is one."""

    @property
    def is_active(self) -> bool: ...
    def get_username(self) -> str: ...
    def has_perm(self, perm: str, obj: Any = None) -> bool: ...


class Right(StrEnum):
    """A right; ``records.<value>`` is Django's name of its permission."""

    SEE = "see"  # reader and all others
    INSTRUCT = "instruct"  # officer, supervisor: correct, mark, overrule, attach, ask, reject, pay, reopen
    APPROVE = "approve"  # supervisor: be the second person
    ASSIGN = "assign"  # supervisor: give a claim to somebody, act on another's claim, undo another's act
    APPROVE_BATCH = "approve_batch"  # finance: approve a payment batch, fetch its file
    ADMINISTER = "administer"  # administrator: policy and accounts


class NotAllowed(PermissionError):
    """The account may not do this; the message is a French sentence."""


class Impossible(ValueError):
    """The act has no object as things stand; the message is a French sentence."""


def may(user: Person, right: Right, claim: str | None = None) -> bool:
    """Whether ``user`` has the right, and on this claim: nobody approves what they had a hand in, and an
    officer leaves a claim assigned to another alone.
    """
    raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Done:
    """What an act did. ``version`` is the decision that stands now. ``waits``: a second person must agree."""

    act: int
    version: int
    decision: Decision
    waits: bool


# -- pieces: what was read stays, the correction is laid over it -----------------------------------------------


@dataclass(frozen=True, slots=True)
class PartAt:
    """A part of a document of the claim: the digest of its bytes, and the part's number in `Shelved.parts`."""

    sha256: str
    number: int


def correct_value(
    user: Person, claim: str, seen: int, part: PartAt, name: str, value: str, motive: str = ""
) -> Done:
    """Lay ``value`` over a field of a part, or add the field; the same value as read confirms it.

    ``value`` as a form sends it: text; a date ``2026-05-04`` or ``04/05/2026``; hours ``66,5`` or ``66h30``;
    an amount ``1 890,00``; a flag ``true`` or ``false``; empty: the piece does not say it.
    """
    raise NotImplementedError


def correct_kind(user: Person, claim: str, seen: int, part: PartAt, kind: Kind, motive: str = "") -> Done:
    """The part is of another kind. Fields that both kinds have stay, the others are laid aside."""
    raise NotImplementedError


def correct_pages(
    user: Person, claim: str, seen: int, part: PartAt, pages: Sequence[int], motive: str = ""
) -> Done:
    """The part covers these pages of its file (from 1). Pages taken leave the part they were in; pages let go
    make a new part of kind ``other``.
    """
    raise NotImplementedError


def mark_half_day(
    user: Person, claim: str, seen: int, part: PartAt, session: int, proven: bool, motive: str = ""
) -> Done:
    """The half-day (its place in the part's ``sessions``, from 0) is proven, signed by both, or is not."""
    raise NotImplementedError


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
    """Correct what is given of a half-day; the rest stays as read."""
    raise NotImplementedError


# -- the claim -------------------------------------------------------------------------------------------------


def overrule(user: Person, claim: str, seen: int, rule: str, motive: str) -> Done:
    """Set the finding of ``rule`` aside, as it now reads, with a motive. A second person must agree.

    `Impossible` for a reduction: its facts are corrected instead. Another finding of the same rule, from
    other facts, stands again.
    """
    raise NotImplementedError


def ask_for_piece(user: Person, claim: str, seen: int, kind: Kind, wording: str) -> Done:
    """Ask for a piece: the claim is incomplete until something new comes, and a letter goes out."""
    raise NotImplementedError


def reject(user: Person, claim: str, seen: int, motives: Sequence[str] = ()) -> Done:
    """Reject, each motive a sentence of the letter. Without motives: validate the rejection that stands."""
    raise NotImplementedError


def pay(user: Person, claim: str, seen: int, motive: str = "") -> Done:
    """Approve the amount proposed. Waits for a second person where the policy says so.

    `Impossible` while a finding rejects, or says that a piece is missing: it is overruled or settled first.
    """
    raise NotImplementedError


def reopen(user: Person, claim: str, seen: int, motive: str) -> Done:
    """Take a decided claim up again: it stands in review until a person decides."""
    raise NotImplementedError


def approve(user: Person, claim: str, seen: int, motive: str = "") -> Done:
    """The second person agrees: the payment is prepared for the next batch."""
    raise NotImplementedError


def send_back(user: Person, claim: str, seen: int, motive: str) -> Done:
    """The second person does not agree: the claim goes back to review."""
    raise NotImplementedError


def undo(user: Person, claim: str, seen: int, act: int, motive: str = "") -> Done:
    """Undo an act, one's own or as supervisor another's, until the payment is released."""
    raise NotImplementedError


def take(user: Person, claim: str, assignee: str | None = None) -> None:
    """Assign a claim of the queue to oneself, or as supervisor to ``assignee`` (a username)."""
    raise NotImplementedError


def let_go(user: Person, claim: str) -> None:
    """The claim is nobody's again."""
    raise NotImplementedError


# -- orphans ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Orphan:
    """A file that belongs to no request known. ``document`` is its key."""

    document: int
    file: str
    first_seen: dt.datetime
    reading: Document


def orphans() -> list[Orphan]:
    """Files that belong to no known request, oldest first."""
    raise NotImplementedError


def attach(user: Person, document: int, request: str, claim: str = "", motive: str = "") -> None:
    """File an orphan under a request, or one of its claims; these are decided again.

    Raises `Overtaken` where somebody attached it meanwhile.
    """
    raise NotImplementedError


def detach(user: Person, document: int, motive: str = "") -> None:
    """Undo `attach`."""
    raise NotImplementedError


# -- payment batches -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BatchShown:
    """A payment batch. ``seal`` is the digest of what it pays: what the person saw, and approves."""

    name: str
    business_date: dt.date
    state: str  # "waiting", "approved", "released"
    payments: int
    total: Decimal
    seal: str
    approved_by: str
    released_at: dt.datetime | None


def batches() -> list[BatchShown]:
    """All batches, those that wait first, then the newest."""
    raise NotImplementedError


def batch_payments(name: str) -> list[Decision]:
    """The decisions that a batch pays. Raises `Impossible` where there is no such batch."""
    raise NotImplementedError


def approve_batch(user: Person, name: str, seal: str) -> None:
    """Finance approves the batch as a whole, as it was seen; `Overtaken` when a payment left it since."""
    raise NotImplementedError


def withdraw_approval(user: Person, name: str, motive: str) -> None:
    """Undo `approve_batch`, until the file was fetched."""
    raise NotImplementedError


def send_back_payment(user: Person, name: str, claim: str, motive: str) -> None:
    """Finance takes one payment out of a batch that waits; the claim goes back to review."""
    raise NotImplementedError


def fetch_batch(user: Person, name: str, debtor: Debtor) -> bytes:
    """The payment file of an approved batch, the same bytes each time; the first fetching releases it."""
    raise NotImplementedError


# -- what pages show -------------------------------------------------------------------------------------------


class WaitsFor(StrEnum):
    """Why a claim stands in the queue."""

    REVIEW = "review"
    INCOMPLETE = "incomplete"
    APPROVAL = "approval"  # a second person
    VALIDATION = "validation"  # a rejection that no person validated


class Sort(StrEnum):
    DEADLINE = "deadline"
    AGE = "age"
    AMOUNT = "amount"
    CLAIM = "claim"
    EMPLOYER = "employer"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the queue is narrowed to; empty: everything. ``assignee``: a username, ``"-"`` for nobody's."""

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
    entries: tuple[Entry, ...]
    total: int
    page: int
    pages: int


def queue(
    filters: Filters = Filters(), sort: Sort = Sort.DEADLINE, *, descending: bool = False, page: int = 1
) -> QueuePage:
    """One page of 50."""
    raise NotImplementedError


def counts_by_cause(filters: Filters = Filters()) -> list[tuple[str, int]]:
    """Rule id and number of claims, the most frequent first."""
    raise NotImplementedError


def next_claim(user: Person, after: str | None = None, filters: Filters = Filters()) -> str | None:
    """The most urgent claim that is nobody's or the user's own, and not ``after``; None when all is done."""
    raise NotImplementedError


@dataclass(frozen=True, slots=True)
class CorrectionShown:
    """What a person laid over a value: both beside each other. ``read`` and ``corrected`` in their JSON form."""

    act: int
    by: str
    at: dt.datetime
    motive: str
    sha256: str
    part: int
    name: str  # a field's name, "kind", "pages", "sessions.<n>"
    read: Any
    corrected: Any


@dataclass(frozen=True, slots=True)
class ActShown:
    """One act of a person, or one decision, on a claim's history. ``undoable`` by somebody with the right."""

    act: int | None
    version: int | None
    kind: str  # an act's kind, or "decided" for a decision of the machine
    by: str
    at: dt.datetime
    motive: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    undone: bool
    undoable: bool


@dataclass(frozen=True, slots=True)
class Shelved:
    """A file of a claim: as read, and as it counts with the corrections. ``numbers`` are the parts' numbers."""

    document: int
    file: str
    sha256: str
    read: Document
    counts: Document
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ClaimFile:
    """All that the claim's page shows. ``waits`` says why a second person is needed, empty when none is."""

    request: Request
    claim: Claim
    version: int
    decision: Decision
    decided_by: str
    motive: str
    decided_at: dt.datetime
    files: tuple[Shelved, ...]
    pieces: tuple[Piece, ...]
    corrections: tuple[CorrectionShown, ...]
    history: tuple[ActShown, ...]
    assignee: str
    waits: tuple[str, ...]
    instructed_by: tuple[str, ...]
    released: bool
    entry: Entry | None


def claim_file(claim: str) -> ClaimFile:
    """Raises `KeyError` for a claim that is not known or was never decided."""
    raise NotImplementedError


# -- policy and roles ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Policy:
    """What needs a second person. None of it holds on a database where no desk was set up."""

    second_person_above: Decimal | None = Decimal("5000.00")
    second_person_for_overruled: bool = True
    second_person_for_accounts: bool = True
    rejections_validated: bool = True
    batches_approved: bool = True


def set_up(user: str, policy: Policy | None = None) -> None:
    """Begin to use the desk on this database: its policy (default: all on), roles as Django groups."""
    raise NotImplementedError


def policy() -> Policy | None:
    """None where no desk is in use."""
    raise NotImplementedError


def change_policy(user: Person, new: Policy) -> None:
    """By an administrator; an act of its own on the chain."""
    raise NotImplementedError


ROLES: Mapping[str, Iterable[Right]] = {
    "reader": (Right.SEE,),
    "officer": (Right.SEE, Right.INSTRUCT),
    "supervisor": (Right.SEE, Right.INSTRUCT, Right.APPROVE, Right.ASSIGN),
    "finance": (Right.SEE, Right.APPROVE_BATCH),
    "administrator": (Right.SEE, Right.ADMINISTER),
}
"""Django groups and their rights, made by `set_up`."""

__all__ = ["AlreadyPaid", "Overtaken"]
