"""Requests and claims as they last came in."""

from __future__ import annotations

from django.db import models


class RequestSnapshot(models.Model):
    """One agreed request; ``data`` is its form in the contract."""

    ref = models.CharField(max_length=100, unique=True)
    data = models.JSONField()
    updated_at = models.DateTimeField(auto_now=True)


class ClaimSnapshot(models.Model):
    """One claim; ``data`` is its form in the contract."""

    claim = models.CharField(max_length=100, unique=True)
    request_ref = models.CharField(max_length=100, db_index=True)
    submitted_at = models.DateTimeField()
    data = models.JSONField()
    updated_at = models.DateTimeField(auto_now=True)
