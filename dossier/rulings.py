"""What people ruled on a claim: findings set aside, pieces asked for, a claim taken up again.

Rulings are laid over what the rules say, and bear on every later decision of the claim until they are undone.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from dossier.decision import Finding
from dossier.kinds import Kind


@dataclass(frozen=True, slots=True)
class Asked:
    """A piece that a person asked for. ``wording`` is French, for whoever is to send it."""

    kind: Kind
    wording: str


@dataclass(frozen=True, slots=True)
class Rulings:
    """``overruled`` are `finding_key`s; ``reopened`` is why a claim was taken up again, None where it was
    not.
    """

    overruled: frozenset[str] = frozenset()
    asked: tuple[Asked, ...] = ()
    reopened: str | None = None

    def __bool__(self) -> bool:
        return bool(self.overruled or self.asked or self.reopened is not None)


NONE = Rulings()


def finding_key(finding: Finding) -> str:
    """A digest of what a finding says: another finding of the same rule, from other facts, has another."""
    said = "\x00".join((finding.rule, finding.message, finding.expected, finding.found))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
