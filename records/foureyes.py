"""What two people must have seen before it is paid.

A payment that needs a second person is not decided yet: it stands as a review, with the amount proposed,
until somebody else agrees. So no batch can hold it, whatever runs in between.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from dossier.decision import Decision, Effect, Finding, Payee, Verdict
from dossier.requests import PayeeKind, Request
from records.models import Approval, ApprovalState, DecisionRow, PayeeAccount
from records.policy import Policy

SECOND_PERSON = "desk.second_person"
OURS = "Règle de la maison : deux personnes voient ce paiement"
AMOUNT, OVERRULED, ACCOUNT = "amount", "overruled", "account"
IN_FRENCH = {
    AMOUNT: "son montant dépasse le seuil fixé",
    OVERRULED: "un constat a été écarté",
    ACCOUNT: "les coordonnées bancaires du bénéficiaire ont changé",
}


def reasons(decision: Decision, policy: Policy | None, *, overruled: bool) -> tuple[str, ...]:
    """Why a payment needs a second person; none where it does not, or no desk is in use."""
    if policy is None or decision.verdict is not Verdict.PAY:
        return ()
    found = []
    if policy.second_person_above is not None and decision.amount > policy.second_person_above:
        found.append(AMOUNT)
    if policy.second_person_for_overruled and overruled:
        found.append(OVERRULED)
    if policy.second_person_for_accounts and not trusted(decision.payee):
        found.append(ACCOUNT)
    return tuple(found)


def held(decision: Decision, why: Iterable[str]) -> Decision:
    """The payment as it stands while it waits: a review of the same amount, with what it waits for."""
    said = ", ".join(IN_FRENCH[reason] for reason in why)
    message = f"Ce paiement attend l’accord d’une seconde personne : {said}."
    waiting = Finding(SECOND_PERSON, Effect.REVIEW, message, OURS)
    return dataclasses.replace(decision, verdict=Verdict.REVIEW, findings=(*decision.findings, waiting))


def agreed(decision: Decision) -> Decision:
    """The payment that `held` held."""
    findings = tuple(finding for finding in decision.findings if finding.rule != SECOND_PERSON)
    return dataclasses.replace(decision, verdict=Verdict.PAY, findings=findings)


def waiting(row: DecisionRow) -> Approval | None:
    """What the decision that stands waits for, None where it waits for nobody."""
    return Approval.objects.filter(decision=row, state=ApprovalState.WAITING).first()


def note_accounts(requests: Iterable[Request]) -> None:
    """Keep the accounts that requests give for their payees, in the caller's transaction.

    A payee's first account is trusted, for it is the one agreed to; another one that comes later is not,
    until two people paid on it.
    """
    known: dict[str, set[str]] = {}
    for siret, iban in PayeeAccount.objects.values_list("siret", "iban"):
        known.setdefault(siret, set()).add(iban)
    for request in requests:
        party = request.provider if request.payee is PayeeKind.PROVIDER else request.employer
        there = known.setdefault(party.siret, set())
        if party.iban not in there:
            PayeeAccount.objects.create(siret=party.siret, iban=party.iban, trusted=not there)
            there.add(party.iban)


def trusted(payee: Payee) -> bool:
    """Whether the account is the payee's first, or one that two people agreed to."""
    account = PayeeAccount.objects.filter(siret=payee.siret, iban=payee.iban).first()
    if account is None:
        return not PayeeAccount.objects.filter(siret=payee.siret).exists()
    return account.trusted


def trust(payee: Payee, by: str) -> None:
    """Two people agreed to pay on this account."""
    PayeeAccount.objects.update_or_create(
        siret=payee.siret, iban=payee.iban, defaults={"trusted": True, "trusted_by": by}
    )
