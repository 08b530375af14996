"""The audit chain: who did what, each entry bound to the one before."""

from __future__ import annotations

from django.db import models

from records.models.appended import AppendOnly


class AuditEntry(AppendOnly):
    """One act. ``details`` holds references, amounts and digests, no personal data."""

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=150)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=200, db_index=True)
    details = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("number",)


class AuditHead(models.Model):
    """The single row that says where the chain ends: what is cut off at the end shows, and writers queue on
    it.
    """

    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)
