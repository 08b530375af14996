"""The frame of every act on a claim: lock, right, version; then the act; then the rules again.

Who acts comes one by one, before and after the night's own writes: the lock is the audit chain's head. What a
person saw must be what stands, else nothing is written.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from desk.acts.people import Person, Right, need
from dossier.decision import Decision, Effect, Finding, Verdict
from dossier.json_form import decision_of
from dossier.requests import Claim
from publishing.payable import payable
from records import acts, audit, decisions, foureyes, ledger, near
from records.cases import Cases, in_order
from records.decisions import FINAL, Origin, Overtaken
from records.ledger import AlreadyPaid
from records.models import Act, DecisionRow
from records.models.decisions import MACHINE
from records.shelf import Shelf
from validators import parameters
from validators.decide import decide
from validators.parameters import Parameters
from validators.ruled import ruled, sets_aside, with_verdict

PARAMETERS = "SERVICEFAIT_PARAMETERS"
SOFTWARE = metadata.version("servicefait")
FILE_WAITING = "desk.file_waiting"
OURS = "Règle de la maison : rien n’est payé tant qu’un fichier reste à lire"


class Impossible(ValueError):
    """The act has no object as things stand; the message is a French sentence."""


@dataclass(frozen=True, slots=True)
class Done:
    """What an act did. ``version`` is the decision that stands now. ``waits``: a second person must agree."""

    act: int
    version: int
    decision: Decision
    waits: bool


@dataclass(frozen=True, slots=True)
class Deed:
    """An act under way: who, on which claim, and what stands there."""

    user: str
    claim: str
    request: str
    row: DecisionRow
    decision: Decision

    @property
    def seen(self) -> int:
        return self.row.version

    @property
    def closed(self) -> bool:
        """A person decided for good."""
        return self.row.author != MACHINE and self.decision.verdict in FINAL

    def must_be_open(self) -> None:
        if self.closed:
            raise Impossible("Cette demande est déjà décidée : rouvrez-la, ou annulez la décision.")


@contextmanager
def deed(user: Person, right: Right, claim: str, seen: int) -> Iterator[Deed]:
    """One transaction of one act. Raises `NotAllowed`, `Overtaken`, `AlreadyPaid`, `Impossible`."""
    need(user, right)
    with transaction.atomic():
        audit.lock()
        row = DecisionRow.objects.filter(claim=claim).order_by("-version").first()
        if row is None:
            raise Impossible("Cette demande n’existe pas, ou n’a pas encore été examinée.")
        need(user, right, claim)
        if row.version != seen:
            raise Overtaken(f"claim {claim} stands at version {row.version}")
        if ledger.settled(claim):
            raise AlreadyPaid(f"claim {claim} is paid")
        yield Deed(user.get_username(), claim, row.request_ref, row, decision_of(row.data))


def done(act: Act, claim: str) -> Done:
    """What stands after an act."""
    row = DecisionRow.objects.filter(claim=claim).latest("version")
    return Done(act.pk, row.version, decision_of(row.data), foureyes.waiting(row) is not None)


def current_rules() -> Parameters:
    """The dated parameters in force here: the package's, or those of the setting ``PARAMETERS``."""
    return _rules(os.environ.get(PARAMETERS, ""))


@lru_cache(maxsize=4)
def _rules(folder: str) -> Parameters:
    return parameters.load(Path(folder) if folder else None)


def decide_again(act: Act, request: str, acted: str = "") -> None:
    """Apply the rules again to the claims of a request, in the act's transaction.

    ``acted`` gets a new version in any case, the others where the act changed their facts. Raises
    `Impossible` where the rules fail on what the act said.
    """
    rules = current_rules()
    today = timezone.localdate()
    cases, laid_out, claims = near.around(request, rules.digest, today)
    for claim in in_order(claims):
        standing = decisions.standings(claim.id).get(claim.id)
        if claim.id != acted and (standing is None or standing.closed or laid_out.waits(claim)):
            continue
        case = cases.of(claim)
        inputs = cases.inputs_of(case)
        if claim.id != acted and decisions.same_inputs(standing, inputs):
            continue
        decision, overruled = _decided(cases, laid_out, claim, rules)
        digests = [filed.sha256 for filed in laid_out.of_claim(claim)]
        decisions.record_upon(
            act,
            decision,
            inputs,
            Origin(rules.digest, SOFTWARE, today),
            overruled=overruled,
            hands=acts.instructors(claim.id, digests),
        )


def _decided(cases: Cases, laid_out: Shelf, claim: Claim, rules: Parameters) -> tuple[Decision, bool]:
    rulings = cases.rulings_of(claim)
    try:
        found = decide(cases.of(claim), rules)
        decision = payable(ruled(found, rulings))
    except Exception as error:
        # whatever a rule trips over was put in by the act: better refused than half applied
        raise Impossible("Les règles ne peuvent pas être appliquées à cette valeur.") from error
    if laid_out.waits(claim) and decision.verdict is Verdict.PAY:
        message = "Un fichier de cette demande n’a pas encore été lu : il le sera cette nuit."
        waiting = Finding(FILE_WAITING, Effect.REVIEW, message, OURS)
        decision = with_verdict(
            dataclasses.replace(decision, findings=(*decision.findings, waiting)), Verdict.REVIEW
        )
    return decision, sets_aside(found, rulings)
