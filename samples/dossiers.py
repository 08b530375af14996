"""A dossier under construction: the agreed request, the claim, the pieces to draw, and what is due."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random
from typing import Any

from dossier.decision import Verdict
from dossier.kinds import Kind
from dossier.quantities import Minutes, amount_text, hours_text, price_of
from dossier.reading import Mark
from dossier.requests import Claim, Request
from samples.facts import Facts

Rules = Sequence[Sequence[str]]


@dataclass(slots=True)
class Piece:
    """A paper to draw. ``channel``, ``layout``, ``name`` and ``level`` (request or claim) are by lot when None.

    ``form``: pdf, docx, ubl, cii, facturx.
    """

    kind: Kind
    facts: Facts
    layout: str | None = None
    channel: str | None = None
    name: str | None = None
    level: str | None = None
    form: str = "pdf"


@dataclass(slots=True)
class Raw:
    """Bytes that are put as they are and that nobody can read."""

    name: str
    data: bytes


@dataclass(slots=True)
class Expected:
    verdict: Verdict
    amount: Decimal
    minutes: Minutes | None
    rules: Rules = ()
    accept: Sequence[str] = ()


@dataclass(slots=True)
class Dossier:
    """``pack``: apart (each piece its file), one_pdf, zip, eml, root_invoice. ``twice``: a piece's bytes put twice.

    ``black``: the kind of the piece that was scanned all black. ``broken``: how that piece's file is spoilt.
    """

    scenario: str
    rng: Random
    request: Request
    claim: Claim
    facts: Facts
    pieces: list[Piece] = field(default_factory=list)
    raws: list[Raw] = field(default_factory=list)
    pack: str = "apart"
    twice: Kind | None = None
    black: Kind | None = None
    broken: tuple[Kind, str] | None = None
    expected: Expected | None = None

    def piece(self, kind: Kind) -> Piece:
        return next(piece for piece in self.pieces if piece.kind is kind)

    def change(self, kind: Kind, **values: Any) -> Dossier:
        """Replaces values of the facts that this piece, and it alone, says."""
        piece = self.piece(kind)
        piece.facts = replace(piece.facts, **values)
        return self

    def drop(self, *kinds: Kind) -> Dossier:
        self.pieces = [piece for piece in self.pieces if piece.kind not in kinds]
        return self

    def add(self, kind: Kind, facts: Facts, **how: Any) -> Dossier:
        self.pieces.append(Piece(kind, facts, **how))
        return self

    def marked(self, mark: Mark, *which: int) -> Minutes:
        """Puts ``mark`` in the trainee's cell of these half-days of the sheet; the minutes that stay signed."""
        return self._marked(lambda slot: replace(slot, mark=mark), which)

    def trainer_marked(self, mark: Mark, *which: int) -> Minutes:
        return self._marked(lambda slot: replace(slot, trainer_mark=mark), which)

    def _marked(self, change: Callable[[Any], Any], which: Sequence[int]) -> Minutes:
        sheet = self.piece(Kind.ATTENDANCE_SHEET)
        slots = tuple(change(slot) if i in which else slot for i, slot in enumerate(sheet.facts.slots))
        sheet.facts = replace(sheet.facts, slots=slots)
        return Minutes(sum(slot.minutes for slot in slots if slot.mark is Mark.SIGNED))

    def base(self, minutes: Minutes) -> Decimal:
        return price_of(minutes, self.request.granted.hourly_rate)

    def pays(
        self, minutes: Minutes, more: Decimal = Decimal(0), rules: Rules = (), accept: Sequence[str] = ()
    ) -> Dossier:
        """Paid: ``minutes`` at the granted rate, and ``more`` euros beside."""
        self.expected = Expected(Verdict.PAY, self.base(minutes) + more, minutes, rules, accept)
        return self

    def stops(self, verdict: Verdict, *rules: Sequence[str], accept: Sequence[str] = ()) -> Dossier:
        self.expected = Expected(verdict, Decimal(0), None, rules, accept)
        return self

    def incomplete(self, *rules: Sequence[str], accept: Sequence[str] = ()) -> Dossier:
        return self.stops(Verdict.INCOMPLETE, *rules, accept=accept)

    def review(self, *rules: Sequence[str], accept: Sequence[str] = ()) -> Dossier:
        return self.stops(Verdict.REVIEW, *rules, accept=accept)

    def reject(self, *rules: Sequence[str]) -> Dossier:
        return self.stops(Verdict.REJECT, *rules)

    def truth(self) -> dict[str, Any]:
        """The claim in the public truth file's form."""
        expected = self.expected
        if expected is None:
            raise ValueError(f"scenario {self.scenario} says nothing of its outcome")
        return {
            "claim": self.claim.id,
            "request": self.request.ref,
            "scenario": self.scenario,
            "verdict": expected.verdict.value,
            "accept": list(expected.accept),
            "amount": amount_text(expected.amount),
            "payable_hours": None if expected.minutes is None else hours_text(expected.minutes),
            "rules": [list(alternatives) for alternatives in expected.rules],
        }
