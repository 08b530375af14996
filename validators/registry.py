"""The registry of rules. A rule is registered with the function that checks it; none without."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dossier.decision import Effect
from dossier.schemes import Scheme
from validators.answers import Answer, cannot_tell
from validators.facts import Facts
from validators.parameters import NoValueError

CheckFunction = Callable[[Facts], Answer | None]

TEMPORARY = "temporary_work"
PRO = "professionalisation"
ALL = "all"
"""Families of rules: a scheme names those that hold for it, beside `ALL` that hold for every one."""
SECTIONS = (
    "Dépôt de la demande",
    "Pièces",
    "Identité",
    "Heures",
    "Certificat de réalisation",
    "Facture",
    "Montants",
    "Contrat de professionnalisation",
    "Tutorat",
    "Projet de transition professionnelle",
    "Confiance",
)
"""The sections, in the order in which rules are asked and findings stand."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of control. ``check`` is a pure function of facts; None where the rule has no object in the
    case.
    """

    id: str
    title: str
    effect: Effect
    source: str
    family: str
    section: str
    check: CheckFunction

    def holds_for(self, scheme: Scheme) -> bool:
        if self.id in scheme.without:
            return False
        return self.family == ALL or self.family in scheme.families or self.id in scheme.also

    def ask(self, facts: Facts) -> Answer | None:
        """The rule's answer. Without a parameter in force on the day it can't be told."""
        if not self.holds_for(facts.request.scheme):
            return None
        try:
            return self.check(facts)
        except NoValueError as missing:
            return cannot_tell(f"Aucune valeur en vigueur à la date retenue ({missing}).")


class TwiceRegisteredError(ValueError):
    """Two rules bear one id."""


class Registry:
    """Rules by id, in the order of `SECTIONS` and, within one, in that in which they were registered."""

    def __init__(self) -> None:
        self._rules: dict[str, Rule] = {}

    def rule(
        self,
        id: str,
        effect: Effect,
        *,
        title: str,
        source: str,
        family: str = ALL,
        section: str,
    ) -> Callable[[CheckFunction], CheckFunction]:
        def register(check: CheckFunction) -> CheckFunction:
            if id in self._rules:
                raise TwiceRegisteredError(id)
            self._rules[id] = Rule(id, title, effect, source, family, section, check)
            return check

        return register

    def __getitem__(self, id: str) -> Rule:
        return self._rules[id]

    def all(self) -> tuple[Rule, ...]:
        return tuple(sorted(self._rules.values(), key=lambda rule: SECTIONS.index(rule.section)))


RULES = Registry()
rule = RULES.rule
