"""Lay what people ruled over what the rules say. Pure."""

from __future__ import annotations

from dataclasses import replace

from dossier.decision import Decision, Effect, Finding, Verdict
from dossier.quantities import ZERO, cents
from dossier.rulings import Rulings, finding_key
from validators.decide import verdict_of
from validators.due import total

ASKED = "desk.piece_asked"
REOPENED = "desk.reopened"
BY_A_PERSON = "Décision d’une personne du service"
SET_ASIDE = "Constat écarté par une personne. "

FIRM = frozenset({Effect.REJECT, Effect.REVIEW, Effect.MISSING})
"""Effects that can be set aside. A reduction follows from facts, which are corrected instead."""


def ruled(decision: Decision, rulings: Rulings) -> Decision:
    """``decision`` as people ruled on it; unchanged without a ruling that bears on it.

    A finding set aside informs and weighs no more. A piece asked for makes the claim incomplete, whatever
    else is to be looked at; a claim taken up again is a person's to decide, whatever the rules say.
    """
    if not rulings:
        return decision
    findings = [_set_aside(one) if overruled(one, rulings) else one for one in decision.findings]
    findings += [
        Finding(ASKED, Effect.MISSING, asked.wording, BY_A_PERSON, asked.kind.value)
        for asked in rulings.asked
    ]
    if rulings.reopened is not None:
        message = f"Demande rouverte par une personne : {rulings.reopened}"
        findings.append(Finding(REOPENED, Effect.REVIEW, message, BY_A_PERSON))
    if rulings.asked:
        verdict = Verdict.INCOMPLETE
    elif rulings.reopened is not None:
        verdict = Verdict.REVIEW
    else:
        verdict = verdict_of(findings, decision.lines)
    return with_verdict(replace(decision, findings=tuple(findings)), verdict)


def overruled(finding: Finding, rulings: Rulings) -> bool:
    """Whether a person set this very finding aside."""
    return finding.effect in FIRM and finding_key(finding) in rulings.overruled


def sets_aside(decision: Decision, rulings: Rulings) -> bool:
    """Whether ``decision``, as the rules gave it, holds a finding that a person set aside."""
    return any(overruled(finding, rulings) for finding in decision.findings)


def with_verdict(decision: Decision, verdict: Verdict) -> Decision:
    """The decision under another verdict, with the amount that goes with it: what its lines come to when it
    is paid or proposed, else nothing.
    """
    amount = cents(total(decision.lines)) if verdict in (Verdict.PAY, Verdict.REVIEW) else ZERO
    return replace(decision, verdict=verdict, amount=amount)


def _set_aside(finding: Finding) -> Finding:
    return replace(finding, effect=Effect.INFORM, message=SET_ASIDE + finding.message)
