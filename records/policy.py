"""The desk's policy on this database. Without one no desk is in use, and nothing waits for anybody."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from dossier.quantities import amount_text
from records.models import DeskPolicy

ROW = 1


@dataclass(frozen=True, slots=True)
class Policy:
    """What needs a person, or a second one. ``second_person_above``: euros; None: no amount needs one."""

    second_person_above: Decimal | None = Decimal("5000.00")
    second_person_for_overruled: bool = True
    second_person_for_accounts: bool = True
    rejections_validated: bool = True
    batches_approved: bool = True

    def as_json(self) -> dict[str, Any]:
        above = self.second_person_above
        return {**asdict(self), "second_person_above": None if above is None else amount_text(above)}


def current() -> Policy | None:
    """The policy, None where no desk is in use."""
    row = DeskPolicy.objects.filter(pk=ROW).first()
    if row is None:
        return None
    return Policy(
        second_person_above=row.second_person_above,
        second_person_for_overruled=row.second_person_for_overruled,
        second_person_for_accounts=row.second_person_for_accounts,
        rejections_validated=row.rejections_validated,
        batches_approved=row.batches_approved,
    )


def keep(policy: Policy) -> None:
    """Make ``policy`` the one that holds, in the caller's transaction."""
    DeskPolicy.objects.update_or_create(pk=ROW, defaults=asdict(policy))
