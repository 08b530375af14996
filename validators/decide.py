"""From a case to its decision: every rule is asked, and the verdict follows from what they say.

Pure: the same case and the same parameters give the same decision, to the byte, in whatever order the pieces
came.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import validators.rules as rules
from dossier.case import Case
from dossier.decision import (
    Check,
    DecidedLine,
    Decision,
    Effect,
    Evidence,
    Finding,
    HoursTable,
    Outcome,
    Payee,
    Verdict,
)
from dossier.quantities import ZERO, cents
from dossier.requests import PayeeKind, Request
from validators.answers import Answer
from validators.due import lines_due, total
from validators.facts import Facts, facts_of, reference_day
from validators.parameters import Parameters
from validators.registry import RULES, Rule

UNCERTAIN = rules.trust.UNCERTAIN


def decide(case: Case, parameters: Parameters) -> Decision:
    """What is decided of the claim.

    For a review the amount is the one proposed, and nothing of it is to be released; a rejection and an
    incomplete file have none. Raises nothing for a case that the input reader took.
    """
    facts = facts_of(case, parameters)
    asked = [(rule, answer) for rule in RULES.all() if (answer := rule.ask(facts)) is not None]
    findings = findings_of(facts, asked)
    lines = lines_due(facts)
    verdict = verdict_of(findings, lines)
    released = verdict in (Verdict.PAY, Verdict.REVIEW)
    return Decision(
        request=case.request.ref,
        claim=case.claim.id,
        verdict=verdict,
        hours=HoursTable(
            granted=case.request.training.hours,
            already_paid=facts.already_paid,
            declared=facts.declared,
            evidenced=facts.proven.best,
            payable=facts.payable_hours,
        ),
        lines=lines,
        amount=cents(total(lines)) if released else ZERO,
        payee=payee_of(case.request),
        findings=findings,
        checks=tuple(check_of(facts, rule, answer) for rule, answer in asked),
    )


def verdict_of(findings: Iterable[Finding], lines: Iterable[DecidedLine]) -> Verdict:
    """The first that applies: any reject, any review, any missing; all of it reduced to nothing; else pay.

    Nothing to pay that no finding accounts for is a person's to look at, never a rejection without a motive.
    """
    effects = {finding.effect for finding in findings}
    for effect, verdict in (
        (Effect.REJECT, Verdict.REJECT),
        (Effect.REVIEW, Verdict.REVIEW),
        (Effect.MISSING, Verdict.INCOMPLETE),
    ):
        if effect in effects:
            return verdict
    if total(lines) > 0:
        return Verdict.PAY
    return Verdict.REJECT if Effect.REDUCE in effects else Verdict.REVIEW


def effect_of(facts: Facts, rule: Rule) -> Effect:
    """The effect that a dated parameter ``effect.<rule>`` sets for the scheme, else the rule's own."""
    case = facts.case
    found = facts.parameters.find(case.request.scheme, f"effect.{rule.id}", reference_day(case))
    return Effect(str(found.value)) if found is not None else rule.effect


def findings_of(facts: Facts, asked: Iterable[tuple[Rule, Answer]]) -> tuple[Finding, ...]:
    """One finding for each rule that is broken or that decides and can't be told, in the order of the rules.

    Where a finding rests on doubtful readings a person looks at it, and `reading.uncertain` names them.
    """
    found: list[Finding] = []
    doubts: list[Evidence] = []
    own: tuple[Rule, Answer] | None = None
    for rule, answer in asked:
        if rule.id == UNCERTAIN:
            own = (rule, answer)
        elif answer.outcome is Outcome.BROKEN:
            effect = answer.effect or effect_of(facts, rule)
            if answer.doubtful and effect is not Effect.INFORM:
                effect = Effect.REVIEW
                doubts += answer.doubtful
            found.append(finding(rule, effect, answer))
        elif answer.outcome is Outcome.CANNOT_TELL and answer.decides:
            found.append(finding(rule, Effect.REVIEW, answer))
            doubts += answer.evidence
    if own is not None and (uncertain := uncertain_finding(facts, own, doubts)) is not None:
        found.append(uncertain)
    return tuple(found)


def finding(rule: Rule, effect: Effect, answer: Answer) -> Finding:
    return Finding(
        rule.id, effect, answer.message, rule.source, answer.expected, answer.found, answer.evidence
    )


def uncertain_finding(facts: Facts, own: tuple[Rule, Answer], doubts: list[Evidence]) -> Finding | None:
    """What the rule itself found of the hours, and the doubtful readings that other findings rest on."""
    rule, answer = own
    every = tuple(dict.fromkeys((*answer.evidence, *doubts)))
    if answer.outcome is Outcome.BROKEN:
        return finding(rule, effect_of(facts, rule), replace(answer, evidence=every))
    if not every:
        return None
    message = (
        f"Des valeurs qui décident se lisent mal : {rules.trust.values_named(every)}. Les lire sur la pièce."
    )
    least = min(one.confidence for one in every)
    said = replace(answer, message=message, found=f"{least:.2f}", evidence=every)
    return finding(rule, effect_of(facts, rule), said)


def check_of(facts: Facts, rule: Rule, answer: Answer) -> Check:
    return Check(
        rule=rule.id,
        outcome=answer.outcome,
        source=rule.source,
        effect=answer.effect or effect_of(facts, rule),
        expected=answer.expected,
        found=answer.found,
        evidence=answer.evidence,
        parameter=answer.parameter,
    )


def payee_of(request: Request) -> Payee:
    """Who is paid, with the account on file, never one that a piece shows."""
    if request.payee is PayeeKind.PROVIDER:
        return Payee(request.payee, request.provider.name, request.provider.siret, request.provider.iban)
    return Payee(request.payee, request.employer.name, request.employer.siret, request.employer.iban)
