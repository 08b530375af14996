"""Payment instructions and the batches in which they are released."""

from __future__ import annotations

from django.db import models

from records.models.decisions import DecisionRow


class InstructionState(models.TextChoices):
    PREPARED = "prepared"
    WITHDRAWN = "withdrawn"
    RELEASED = "released"


class BatchState(models.TextChoices):
    """``closed``: its instructions are fixed. ``released``: its payment file was written."""

    CLOSED = "closed"
    RELEASED = "released"


class PaymentBatch(models.Model):
    """The payments of one business date; a second batch of the same date only when more came after the
    first.

    ``to_approve`` is fixed when it is made: its file waits for finance. ``file_digest`` is that of the file
    as it was first fetched.
    """

    name = models.CharField(max_length=35, unique=True)
    business_date = models.DateField()
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.CLOSED)
    created_at = models.DateTimeField(auto_now_add=True)
    to_approve = models.BooleanField(default=False)
    approved_by = models.CharField(max_length=150, blank=True)
    approved_at = models.DateTimeField(null=True)
    file_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("business_date", "number")
        constraints = [
            models.UniqueConstraint(fields=("business_date", "number"), name="one_batch_per_number"),
            models.CheckConstraint(
                condition=~models.Q(state="released")
                | models.Q(to_approve=False)
                | ~models.Q(approved_by=""),
                name="what_is_to_be_approved_is_released_approved",
            ),
        ]


class PaymentInstruction(models.Model):
    """The one payment that a claim can ever have: ``key`` follows from the claim alone.

    No date, run or amount enters the key: a changed amount meets the row that is there, and can't make
    another.
    """

    key = models.CharField(max_length=64, unique=True)
    claim = models.CharField(max_length=100, unique=True)
    request_ref = models.CharField(max_length=100, db_index=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    decision = models.ForeignKey(DecisionRow, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(PaymentBatch, null=True, on_delete=models.PROTECT, related_name="instructions")
    state = models.CharField(
        max_length=10, choices=InstructionState.choices, default=InstructionState.PREPARED
    )
    prepared_at = models.DateTimeField(auto_now_add=True)
    released_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("claim",)
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="a_payment_is_above_zero"),
            models.CheckConstraint(
                condition=~models.Q(state="released") | models.Q(batch__isnull=False),
                name="what_is_released_has_a_batch",
            ),
        ]
