"""The night: one run a business date, held by one process at a time."""

from __future__ import annotations

from django.db import models


class NightStatus(models.TextChoices):
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Night(models.Model):
    """``fence`` grows with each taking of any night: what an earlier holder still writes is refused by it.

    ``owner`` names host, process and its start, so that a holder that died on this host is known to be dead
    before its lease runs out.
    """

    business_date = models.DateField(unique=True)
    fence = models.PositiveIntegerField(default=0)
    owner = models.CharField(max_length=200, blank=True)
    lease_until = models.DateTimeField(null=True)
    status = models.CharField(max_length=10, choices=NightStatus.choices, default=NightStatus.RUNNING)
    counts = models.JSONField(default=dict)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("business_date",)
