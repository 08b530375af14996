"""Decisions and their findings, each version kept."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from records.models.acts import Act
from records.models.appended import AppendOnly
from records.models.nights import Night

MACHINE = ""
"""The ``author`` of an automatic decision."""


class DecisionRow(AppendOnly):
    """One version of the decision on one claim. ``data`` is the decision in its JSON form.

    ``inputs`` is the digest of all that an automatic decision rests on; the same inputs never decide twice.
    ``author`` is the person who decided, ``motive`` why; both empty for an automatic decision. ``act`` is
    what a person did that made it come about, also where the rules decided upon it.
    """

    claim = models.CharField(max_length=100)
    request_ref = models.CharField(max_length=100, db_index=True)
    version = models.PositiveIntegerField()
    verdict = models.CharField(max_length=10, db_index=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    data = models.JSONField()
    inputs = models.CharField(max_length=80, blank=True)
    rules = models.CharField(max_length=64, blank=True)
    software = models.CharField(max_length=40, blank=True)
    author = models.CharField(max_length=150, blank=True, default=MACHINE)
    motive = models.TextField(blank=True)
    as_of = models.DateField()
    night = models.ForeignKey(Night, null=True, on_delete=models.PROTECT, related_name="decisions")
    act = models.ForeignKey(Act, null=True, on_delete=models.PROTECT, related_name="decisions")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("claim", "version")
        constraints = [
            models.UniqueConstraint(fields=("claim", "version"), name="one_decision_per_version"),
            models.UniqueConstraint(
                fields=("claim", "inputs"), condition=Q(author=MACHINE), name="same_inputs_decide_once"
            ),
        ]


class FindingRow(AppendOnly):
    """One finding of a decision, to be searched; its evidence stands in the decision's ``data``."""

    decision = models.ForeignKey(DecisionRow, on_delete=models.PROTECT, related_name="findings")
    rule = models.CharField(max_length=60, db_index=True)
    effect = models.CharField(max_length=10)
    message = models.TextField()
    source = models.TextField(blank=True)
    expected = models.TextField(blank=True)
    found = models.TextField(blank=True)
