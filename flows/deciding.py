"""Decide each claim that has news and whose documents have all come to an end."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

from django.db import transaction

from dossier.case import Case
from dossier.decision import DecidedLine, Decision, Effect, Finding, HoursTable, Payee, Verdict
from dossier.quantities import ZERO, Minutes
from dossier.requests import Claim, PayeeKind
from flows import SOFTWARE
from flows.at_work import AtWork
from flows.watching import Stage
from publishing.payable import payable
from records import decisions, ledger, shelf, snapshots
from records.cases import Cases, in_order
from records.decisions import Origin
from validators.decide import decide
from validators.ruled import ruled, sets_aside

log = logging.getLogger(__name__)

OURS = "Règle de la maison : un doute va vers une personne"


def decide_all(night: AtWork) -> None:
    """Put each claim's case together, decide it, store decision, findings and payment in one transaction.

    A claim whose facts are those of its last decision, or that is paid or closed by a person, is left alone.
    A claim that the rules fail on is put before a person, and tried again the next night.
    """
    cases, laid_out = _cases(night)
    standing = decisions.standings()
    origin = Origin(night.rules.digest, SOFTWARE, night.as_of)
    claims = in_order(night.file.claims)
    night.counts["claims"] = len(claims)
    night.watcher.began(Stage.DECIDE, len(claims))
    for claim in claims:
        night.counts[_decide_one(night, cases, laid_out, claim, standing.get(claim.id), origin)] += 1
        night.watcher.advanced(Stage.DECIDE)
    night.add_up("claims", ("decided", "unchanged", "closed", "waiting", "stumbled"))
    night.watcher.ended(Stage.DECIDE, {"claims": len(claims), "decided": night.counts["decided"]})


def _cases(night: AtWork) -> tuple[Cases, shelf.Shelf]:
    file = night.file
    with transaction.atomic():
        snapshots.save(file.requests, file.claims)
    # claims of other days stand around too: their invoices and sessions bear on these
    requests = snapshots.requests() | {request.ref: request for request in file.requests}
    claims = snapshots.claims() | {claim.id: claim for claim in file.claims}
    night.counts["matched"] = shelf.match_unassigned(night.holding, requests)
    laid_out = shelf.lay_out(requests, claims)
    return Cases(laid_out, requests, ledger.settled(), night.rules.digest, night.as_of), laid_out


def _decide_one(
    night: AtWork,
    cases: Cases,
    laid_out: shelf.Shelf,
    claim: Claim,
    standing: decisions.Standing | None,
    origin: Origin,
) -> str:
    """What became of the claim, in the word that counts it."""
    if standing is not None and standing.closed:
        return "closed"
    if laid_out.waits(claim):
        return "waiting"
    case = cases.of(claim)
    inputs = cases.inputs_of(case)
    if decisions.same_inputs(standing, inputs):
        return "unchanged"
    rulings = cases.rulings_of(claim)
    try:
        found = decide(case, night.rules)
        decision = payable(ruled(found, rulings))
    except Exception as error:
        # one claim that a rule fails on must not keep the others from their money
        log.error("claim %s could not be decided: %s", claim.id, place_of(error))
        unlike_any = f"stumbled-{night.holding.fence}"
        decisions.record(night.holding, for_a_person(case), unlike_any, origin, seen=cases.seen)
        return "stumbled"
    row = decisions.record(
        night.holding,
        decision,
        inputs,
        origin,
        seen=cases.seen,
        overruled=sets_aside(found, rulings),
    )
    return "decided" if row is not None else "unchanged"


def place_of(error: Exception) -> str:
    """What went wrong and where in the code; never the message, which may quote the dossier."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(frame.filename).name}, line {frame.lineno}"


def for_a_person(case: Case) -> Decision:
    """A claim that the rules could not be applied to: nothing is proposed, somebody looks."""
    request, claim = case.request, case.claim
    party = request.employer if request.payee is PayeeKind.EMPLOYER else request.provider
    declared = Minutes(sum(line.hours or 0 for line in claim.lines))
    none = Minutes(0)
    message = "Le contrôle automatique de cette demande a échoué : elle est à examiner par une personne."
    return Decision(
        request=request.ref,
        claim=claim.id,
        verdict=Verdict.REVIEW,
        hours=HoursTable(request.training.hours, none, declared, none, none),
        lines=tuple(DecidedLine(line.kind, ZERO, ZERO) for line in claim.lines),
        amount=ZERO,
        payee=Payee(request.payee, party.name, party.siret, party.iban),
        findings=(Finding("control.failed", Effect.REVIEW, message, OURS),),
    )
