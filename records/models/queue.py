"""The queue of exceptions: one row a claim that waits for a person, kept with each decision."""

from __future__ import annotations

from django.db import models


class WaitsFor(models.TextChoices):
    """Why a claim stands in the queue."""

    REVIEW = "review"
    INCOMPLETE = "incomplete"
    APPROVAL = "approval"
    VALIDATION = "validation"


class QueueEntry(models.Model):
    """All that the queue's page shows of a claim, so that no page reads a dossier.

    ``causes`` are rule ids, the weightiest first. ``answer_by``: two months from the filing; ``pay_by``: 60
    days from the provider's invoice, else from the filing. ``words`` is what is searched: references and
    names, without case and accents, a blank before each word; ``employer_words`` and ``provider_words`` those
    of one party.
    """

    claim = models.CharField(max_length=100, unique=True)
    request_ref = models.CharField(max_length=100)
    version = models.PositiveIntegerField()
    waits_for = models.CharField(max_length=10, choices=WaitsFor.choices)
    causes = models.JSONField(default=list)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    submitted_at = models.DateTimeField()
    answer_by = models.DateField()
    pay_by = models.DateField()
    scheme = models.CharField(max_length=12, blank=True)
    employer = models.CharField(max_length=200, blank=True)
    provider = models.CharField(max_length=200, blank=True)
    trainee = models.CharField(max_length=200, blank=True)
    assignee = models.CharField(max_length=150, blank=True)
    words = models.TextField(blank=True)
    employer_words = models.TextField(blank=True)
    provider_words = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        indexes = (
            models.Index(fields=("answer_by", "claim"), name="queue_by_deadline"),
            models.Index(fields=("submitted_at", "claim"), name="queue_by_age"),
            models.Index(fields=("amount", "claim"), name="queue_by_amount"),
            models.Index(fields=("employer", "claim"), name="queue_by_employer"),
            models.Index(fields=("provider", "claim"), name="queue_by_provider"),
            models.Index(fields=("assignee", "answer_by"), name="queue_by_assignee"),
            models.Index(fields=("waits_for", "answer_by"), name="queue_by_state"),
        )


class QueueCause(models.Model):
    """One rule that keeps one claim in the queue, to be counted and filtered."""

    entry = models.ForeignKey(QueueEntry, on_delete=models.CASCADE, related_name="rules")
    rule = models.CharField(max_length=60)

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("rule", "entry"), name="one_row_per_cause"),)
