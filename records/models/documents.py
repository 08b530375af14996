"""Files as they came, and what was read in them."""

from __future__ import annotations

from django.db import models


class DocumentState(models.TextChoices):
    """From the first sight of a file to its end. The last four are ends."""

    NEW = "new"  # bytes seen, not opened
    WAITING = "waiting"  # one document, to be read
    READ = "read"
    REFUSED = "refused"
    DUPLICATE = "duplicate"  # the same bytes came before: `first` has the reading
    CONTAINER = "container"  # an archive or mail: its members are documents


UNREAD = (DocumentState.NEW, DocumentState.WAITING)
ENDED = (DocumentState.READ, DocumentState.REFUSED, DocumentState.DUPLICATE, DocumentState.CONTAINER)


class StoredDocument(models.Model):
    """One file, or one member of an archive or mail (``archive.zip!member.pdf``).

    ``file`` is its path in the store, letter for letter. Other bytes under the same path make another row,
    and ``current`` says which stands there now. ``place`` is a member's place in its archive, from 0.
    ``request_ref`` and ``claim_ref`` are what the path says; ``matched_ref`` is the request that an
    unassigned file itself speaks of. ``attempts`` counts readings begun, so a file that takes the machine
    down counts too.
    """

    file = models.CharField(max_length=2000)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    etag = models.TextField(blank=True)
    container = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="members")
    place = models.PositiveIntegerField(null=True)
    first = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="twins")
    request_ref = models.CharField(max_length=200, blank=True, db_index=True)
    claim_ref = models.CharField(max_length=200, blank=True, db_index=True)
    matched_ref = models.CharField(max_length=200, blank=True, db_index=True)
    state = models.CharField(max_length=10, choices=DocumentState.choices, default=DocumentState.NEW)
    reason = models.TextField(blank=True)
    pages = models.PositiveIntegerField(default=0)
    reading = models.JSONField(null=True)
    current = models.BooleanField(default=True)
    first_seen = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    fence = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ("file",)
        constraints = [models.UniqueConstraint(fields=("file", "sha256"), name="one_row_per_file_and_bytes")]
        indexes = [models.Index(fields=("current", "state"), name="document_queue")]


class ReadPart(models.Model):
    """One part of a document, to be searched; the whole reading stands in the document's ``reading``."""

    document = models.ForeignKey(StoredDocument, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=30, db_index=True)
    confidence = models.FloatField()
    fingerprint = models.CharField(max_length=128, blank=True, db_index=True)
    first_page = models.PositiveIntegerField()

    class Meta:
        ordering = ("document_id", "number")
        constraints = [models.UniqueConstraint(fields=("document", "number"), name="one_row_per_part")]


class ReadField(models.Model):
    """One field of a part, with its evidence. ``key`` is the value without case, accents and punctuation."""

    part = models.ForeignKey(ReadPart, on_delete=models.CASCADE, related_name="fields")
    name = models.CharField(max_length=40)
    value = models.TextField(blank=True)
    key = models.CharField(max_length=200, blank=True)
    confidence = models.FloatField()
    page = models.PositiveIntegerField()
    x0 = models.FloatField()
    y0 = models.FloatField()
    x1 = models.FloatField()
    y1 = models.FloatField()
    read_by = models.CharField(max_length=4)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("part", "name"), name="one_row_per_field")]
        indexes = [models.Index(fields=("name", "key"), name="field_search")]
