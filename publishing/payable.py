"""Whether what was decided can be paid at all."""

from __future__ import annotations

import dataclasses

from dossier.decision import Decision, Effect, Finding, Verdict
from publishing.payments import unpayable

IMPOSSIBLE = "payment.impossible"
OURS = "Règle de la maison : un doute va vers une personne"


def payable(decision: Decision) -> Decision:
    """The decision, or where no transfer could be made of its payment, the same before a person."""
    if decision.verdict is not Verdict.PAY:
        return decision
    problem = unpayable(decision) if decision.amount > 0 else "le montant à payer est nul"
    if problem is None:
        return decision
    message = f"Le virement ne peut pas être émis : {problem}."
    finding = Finding(IMPOSSIBLE, Effect.REVIEW, message, OURS)
    return dataclasses.replace(decision, verdict=Verdict.REVIEW, findings=(*decision.findings, finding))
