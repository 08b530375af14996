"""The queue of documents to read, and what was read in them.

A document is claimed by one statement that names the state it must be in, so that two claimants never get the
same one; a claim that is not answered runs out, or falls with the night that made it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from dossier.json_form import Json, document_json, document_of, value_json
from dossier.kinds import FIELDS
from dossier.reading import Document, Part, Status
from records.keys import key_of, storable
from records.models import DocumentState, ReadField, ReadPart, StoredDocument
from records.nights import Holding, writing

LEASE = dt.timedelta(minutes=30)
_END = {Status.READ: DocumentState.READ, Status.REFUSED: DocumentState.REFUSED}


def waiting(holding: Holding) -> list[StoredDocument]:
    """What is to be read and not being read for this night, in the order of paths."""
    return list(_free(holding).defer("reading").order_by("file"))


def claim(holding: Holding, documents: Iterable[StoredDocument]) -> list[StoredDocument]:
    """Those of ``documents`` that were still free and are now this night's to read."""
    with writing(holding):
        return [
            document
            for document in documents
            if _free(holding)
            .filter(pk=document.pk)
            .update(
                fence=holding.fence,
                lease_until=timezone.now() + LEASE,
                attempts=F("attempts") + 1,
            )
        ]


def give_back(holding: Holding, document: StoredDocument) -> None:
    """The document could not be fetched now; the next night tries again."""
    with writing(holding):
        StoredDocument.objects.filter(pk=document.pk, state=DocumentState.WAITING).update(
            lease_until=None, fence=0, attempts=F("attempts") - 1
        )


def save(holding: Holding, document: StoredDocument, reading: Json) -> None:
    """Keep what was read: the reading whole, its parts and fields as rows, in one transaction.

    ``reading`` is `document_json`'s form; the file's name in it is the store's path, whatever the reader was
    told.
    """
    read = document_of(storable({**reading, "file": document.file, "sha256": document.sha256}))
    with writing(holding):
        ended = StoredDocument.objects.filter(
            pk=document.pk, state=DocumentState.WAITING, fence=holding.fence
        ).update(
            state=_END[read.status],
            reason=read.reason or "",
            pages=read.pages,
            reading=document_json(read),
            ended_at=timezone.now(),
            lease_until=None,
        )
        if not ended:
            return  # read already under this fence, or the claim went to another
        for number, part in enumerate(read.parts, start=1):
            _save_part(document, number, part)


def reopen(holding: Holding, keys: Iterable[int]) -> int:
    """Refused documents that are to be read again, for it was not their fault. Returns how many."""
    with writing(holding):
        rows = StoredDocument.objects.filter(pk__in=list(keys), state=DocumentState.REFUSED)
        again = {"reason": "", "reading": None, "ended_at": None, "lease_until": None, "fence": 0}
        # a file may turn out to be an archive, a member is a document
        members = rows.exclude(container=None).update(state=DocumentState.WAITING, **again)
        return members + rows.update(state=DocumentState.NEW, **again)


def _save_part(document: StoredDocument, number: int, part: Part) -> None:
    row = ReadPart.objects.create(
        document=document,
        number=number,
        kind=part.kind.value,
        confidence=part.confidence,
        fingerprint=part.fingerprint,
        first_page=min(part.pages, default=1),
    )
    types = FIELDS[part.kind]
    ReadField.objects.bulk_create(
        ReadField(
            part=row,
            name=name,
            value=_text(value_json(field.value, types[name])),
            key=key_of(_text(value_json(field.value, types[name]))),
            confidence=field.confidence,
            page=field.page,
            x0=field.box.x0,
            y0=field.box.y0,
            x1=field.box.x1,
            y1=field.box.y1,
            read_by=field.read_by.value,
        )
        for name, field in part.fields.items()
    )


def _text(value: str | bool | None) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value or ""


def _free(holding: Holding) -> QuerySet[StoredDocument]:
    now = timezone.now()
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now) | ~Q(fence=holding.fence)
    return StoredDocument.objects.filter(free, current=True, state=DocumentState.WAITING)


def reading_of(row: StoredDocument) -> Document:
    """What the contract says of a document: its own reading, or that it is a duplicate, a refusal, an
    archive.
    """
    if row.state == DocumentState.DUPLICATE and row.first is not None:
        return Document(row.file, row.sha256, row.first.pages, Status.DUPLICATE, row.first.file)
    if row.reading is not None:
        return document_of(row.reading)
    if row.state == DocumentState.CONTAINER:
        return Document(row.file, row.sha256, 0, Status.READ, None)
    return Document(row.file, row.sha256, 0, Status.REFUSED, row.reason)


def ended(rows: Sequence[StoredDocument] | None = None) -> Iterator[tuple[StoredDocument, Document]]:
    """Each file that stands in the store and came to an end, in the order of paths."""
    if rows is None:
        rows = list(
            StoredDocument.objects.filter(current=True, ended_at__isnull=False)
            .select_related("first")
            .order_by("file")
        )
    for row in rows:
        yield row, reading_of(row)
