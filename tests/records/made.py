"""Small records for the tests: files of a store, readings, a night that is held."""

from __future__ import annotations

import datetime as dt
import hashlib

from dossier.json_form import Json, document_json
from dossier.kinds import Kind
from dossier.reading import (
    Box,
    Document,
    Field,
    PageAccount,
    PageState,
    Part,
    ReadBy,
    Status,
)
from records import intake, nights, readings
from records.models import StoredDocument
from records.nights import Holding
from records.store import StoredFile

NIGHT = dt.date(2026, 5, 4)
BOX = Box(0.1, 0.1, 0.4, 0.2)


def held(date: dt.date = NIGHT, owner: str = "here/1/1") -> Holding:
    """The night, taken by a process of that name."""
    return nights.take(date, owner)


def digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def came(holding: Holding, **files: str) -> dict[str, StoredDocument]:
    """Files registered and opened as plain documents; keys are paths with ``__`` for a slash."""
    paths = {name.replace("__", "/"): content for name, content in files.items()}
    listing = [
        (StoredFile(path, len(content), f"{path}-{content}"), digest(content))
        for path, content in paths.items()
    ]
    rows = intake.register(holding, listing)
    for row in rows:
        if row.state == "new":
            intake.open_as_document(holding, row)
    return {row.file: StoredDocument.objects.get(pk=row.pk) for row in rows}


def said(name: str, value: str) -> Field:
    return Field(value, value, 1, BOX, ReadBy.TEXT, 0.97)


def reading(kind: Kind = Kind.CERTIFICATE, fingerprint: str = "", **values: str) -> Json:
    """The reading of a page of ``kind`` that says these texts."""
    part = Part(
        (1,), kind, 0.98, {name: said(name, value) for name, value in values.items()}, fingerprint=fingerprint
    )
    account = PageAccount(1, PageState.READ, ReadBy.TEXT, 595, 842)
    return document_json(Document("as.told", "0" * 64, 1, Status.READ, None, (part,), (account,)))


def read(holding: Holding, document: StoredDocument, found: Json | None = None) -> None:
    """The document claimed and read."""
    readings.claim(holding, [document])
    readings.save(holding, document, found or reading())
