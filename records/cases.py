"""Put together what one claim is decided on, and say whether anything of it is new."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping

from dossier.case import Case
from dossier.decision import Verdict
from dossier.json_form import decision_of, part_json, session_json
from dossier.requests import Claim, PastPayment, Request
from dossier.requests_json import claim_json, request_json
from dossier.rulings import NONE, Rulings
from records import rulings
from records.models import InstructionState, PaymentInstruction
from records.shelf import Filed, Shelf, pieces_of, unread_of
from records.surroundings import Neighbours


def in_order(claims: Iterable[Claim]) -> list[Claim]:
    """Claims in the order in which they are decided: those of one request as they were submitted."""
    return sorted(claims, key=lambda claim: (claim.request, claim.submitted_at, claim.id))


class Cases:
    """The cases of one night. ``as_of`` is its day; ``paid`` are the claims paid before it began to
    decide.
    """

    def __init__(
        self,
        shelf: Shelf,
        requests: Mapping[str, Request],
        paid: frozenset[str],
        rules: str,
        as_of: dt.date,
    ) -> None:
        self._shelf = shelf
        self._requests = requests
        self._neighbours = Neighbours(shelf, requests, paid)
        self._rules = rules
        self._as_of = as_of
        self._rulings = rulings.standing()
        self.seen = shelf.seen
        """The last act of a person that these cases rest on."""

    def of(self, claim: Claim) -> Case:
        """The facts of ``claim``: its pieces, its request with what our ledger paid on it, what lies
        around.
        """
        files = self._shelf.of_claim(claim)
        return Case(
            request=with_own_payments(self._requests[claim.request], claim),
            claim=claim,
            pieces=pieces_of(files),
            unread=unread_of(files),
            surroundings=self._neighbours.of(claim, files),
            as_of=self._as_of,
        )

    def rulings_of(self, claim: Claim) -> Rulings:
        """What people ruled on ``claim``, to be laid over what the rules say."""
        overlays = self._rulings.get(claim.id)
        if not overlays:
            return NONE
        return rulings.rulings_of(overlays, {f.file: f.sha256 for f in self._shelf.of_claim(claim)})

    def inputs_of(self, case: Case) -> str:
        """Digest of all that came in and bears on ``case``; the same when nothing is new.

        The day is not in it, nor what was paid since, which are no news of this claim; the parameters are.
        """
        files: tuple[Filed, ...] = self._shelf.of_claim(case.claim)
        around = case.surroundings
        facts: dict[str, object] = {
            "request": request_json(self._requests[case.claim.request]),
            "claim": claim_json(case.claim),
            "files": sorted((filed.file, filed.sha256) for filed in files),
            "pieces": [[piece.file, part_json(piece.part)] for piece in case.pieces],
            "unread": [[unread.file, unread.page, unread.state.value] for unread in case.unread],
            "sessions": [[other.request, session_json(other.session)] for other in around.sessions],
            "unread_sheets": sorted([other.request, other.file] for other in around.unread_sheets),
            "invoices": sorted(
                [other.request, other.claim or "", other.supplier_siren, other.number]
                for other in around.invoices
            ),
            "uses": sorted(dataclasses.astuple(other) for other in around.uses),
            "renewed": request_json(around.renewed) if around.renewed else None,
            "rules": self._rules,
        }
        ruled = self.rulings_of(case.claim)
        if ruled:
            facts["rulings"] = [
                sorted(ruled.overruled),
                [[asked.kind.value, asked.wording] for asked in ruled.asked],
                ruled.reopened,
            ]
        text = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def with_own_payments(request: Request, claim: Claim) -> Request:
    """``request`` with the payments of its other claims that stand in our ledger and not yet in its list."""
    listed = {payment.claim for payment in request.paid}
    ours = tuple(
        payment for payment in _own_payments(request.ref) if payment.claim not in listed | {claim.id}
    )
    return dataclasses.replace(request, paid=request.paid + ours) if ours else request


def _own_payments(ref: str) -> Iterator[PastPayment]:
    rows = PaymentInstruction.objects.filter(request_ref=ref).exclude(state=InstructionState.WITHDRAWN)
    for row in rows.select_related("decision").order_by("claim"):
        decision = decision_of(row.decision.data)
        if decision.verdict is Verdict.PAY:
            yield PastPayment(
                claim=row.claim,
                paid_on=row.decision.as_of,
                hours=decision.hours.payable,
                amount=row.amount,
            )
