"""What two people must have seen: the desk's policy, decisions that wait, accounts that changed."""

from __future__ import annotations

from decimal import Decimal

from django.db import models

from records.models.decisions import DecisionRow


class DeskPolicy(models.Model):
    """The one row that says a desk is in use on this database, and what it asks for.

    Without it nothing waits for anybody: a night decides, pays and writes as the contract says.
    """

    second_person_above = models.DecimalField(
        max_digits=12, decimal_places=2, null=True, default=Decimal("5000.00")
    )
    second_person_for_overruled = models.BooleanField(default=True)
    second_person_for_accounts = models.BooleanField(default=True)
    rejections_validated = models.BooleanField(default=True)
    batches_approved = models.BooleanField(default=True)

    class Meta:
        default_permissions = ()


class ApprovalState(models.TextChoices):
    WAITING = "waiting"
    APPROVED = "approved"
    SENT_BACK = "sent_back"


class Approval(models.Model):
    """A payment that waits for a second person. It waits as long as ``decision`` is the claim's last.

    ``reasons`` say why ("amount", "overruled", "account"); ``instructed_by`` are those who had a hand in it.
    """

    decision = models.OneToOneField(DecisionRow, on_delete=models.PROTECT, related_name="approval")
    claim = models.CharField(max_length=100, db_index=True)
    reasons = models.JSONField(default=list)
    instructed_by = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=ApprovalState.choices, default=ApprovalState.WAITING)
    by = models.CharField(max_length=150, blank=True)

    class Meta:
        default_permissions = ()


class PayeeAccount(models.Model):
    """An account that a request gave for a payee. The first of a payee is trusted, a later one when two
    people agreed.
    """

    siret = models.CharField(max_length=100)
    iban = models.CharField(max_length=100)
    trusted = models.BooleanField(default=False)
    trusted_by = models.CharField(max_length=150, blank=True)
    first_seen = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("siret", "iban"), name="one_row_per_account"),)
