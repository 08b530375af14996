"""The register of scenarios: each invents one dossier, spoils at most one thing in it, and says what is due."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from samples.dossiers import Dossier
from samples.maker import Maker

Scenario = Callable[[Maker, str], Dossier]


class Register:
    """Scenarios by name, in the order in which they were written."""

    def __init__(self) -> None:
        self._known: dict[str, Scenario] = {}

    def __call__(self, scenario: Scenario) -> Scenario:
        self._known[scenario.__name__] = scenario
        return scenario

    def names(self) -> tuple[str, ...]:
        return tuple(self._known)

    def made(self, maker: Maker, names: Iterable[str]) -> list[Dossier]:
        """One dossier a name, in the order of ``names``."""
        return [self._known[name](maker, name) for name in names]


SCENARIOS = Register()
scenario = SCENARIOS
