"""What people did at the desk, and what of it is laid over readings and findings."""

from __future__ import annotations

from django.db import models

from records.models.appended import AppendOnly
from records.models.documents import StoredDocument


class ActKind(models.TextChoices):
    CORRECT_VALUE = "correct_value"
    CORRECT_KIND = "correct_kind"
    CORRECT_PAGES = "correct_pages"
    CORRECT_HALF_DAY = "correct_half_day"
    OVERRULE = "overrule"
    ASK = "ask"
    REOPEN = "reopen"
    ATTACH = "attach"
    REJECT = "reject"
    PAY = "pay"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    UNDO = "undo"
    ASSIGN = "assign"
    APPROVE_BATCH = "approve_batch"
    WITHDRAW_APPROVAL = "withdraw_approval"
    FETCH_BATCH = "fetch_batch"
    CHANGE_POLICY = "change_policy"


LAID_OVER = (
    ActKind.CORRECT_VALUE,
    ActKind.CORRECT_KIND,
    ActKind.CORRECT_PAGES,
    ActKind.CORRECT_HALF_DAY,
    ActKind.OVERRULE,
    ActKind.ASK,
    ActKind.REOPEN,
    ActKind.ATTACH,
)
"""Acts that last: they bear on every later decision until they are undone."""

DECIDING = (ActKind.REJECT, ActKind.PAY, ActKind.APPROVE, ActKind.SEND_BACK)
"""Acts that are a decision of their own."""


class Act(AppendOnly):
    """One act of one person. The audit chain holds ``digest``, which covers all of it but its key.

    ``target`` says on what (a part, a rule, a batch), ``before`` and ``after`` what it changed; ``seen`` is
    the version of the decision that the person had before them. ``salt`` keeps the digest from giving away
    what it covers.
    """

    at = models.DateTimeField()
    actor = models.CharField(max_length=150, db_index=True)
    kind = models.CharField(max_length=20, choices=ActKind.choices)
    claim = models.CharField(max_length=100, blank=True, db_index=True)
    request_ref = models.CharField(max_length=100, blank=True, db_index=True)
    target = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    motive = models.TextField(blank=True)
    seen = models.PositiveIntegerField(null=True)
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("id",)
        default_permissions = ()
        permissions = (
            ("see", "See the queue and the claims"),
            ("instruct", "Correct, mark, overrule, attach, ask, reject, pay, reopen"),
            ("approve", "Be the second person"),
            ("assign", "Assign claims, act on another's, undo another's act"),
            ("approve_batch", "Approve payment batches and fetch their files"),
            ("administer", "Change the desk's policy and accounts"),
        )


class Overlay(models.Model):
    """What an act lays over readings or findings, as long as it is ``active``; the act's undoing ends it.

    On a reading: the bytes' ``sha256``, the part's number as read (or given by an earlier overlay) and the
    field's name. On a claim: the claim. On a file: the document, filed under ``request_ref`` and ``claim``.
    ``key`` is the value without case, accents and punctuation, to be searched.
    """

    act = models.OneToOneField(Act, primary_key=True, on_delete=models.PROTECT, related_name="overlay")
    kind = models.CharField(max_length=20, choices=ActKind.choices)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    part = models.PositiveIntegerField(null=True)
    name = models.CharField(max_length=60, blank=True)
    key = models.CharField(max_length=200, blank=True)
    document = models.ForeignKey(StoredDocument, null=True, on_delete=models.PROTECT, related_name="+")
    request_ref = models.CharField(max_length=100, blank=True, db_index=True)
    claim = models.CharField(max_length=100, blank=True, db_index=True)
    value = models.JSONField(default=dict)
    active = models.BooleanField(default=True, db_index=True)

    class Meta:
        ordering = ("act_id",)
        default_permissions = ()
        indexes = (models.Index(fields=("name", "key"), name="overlay_search"),)
