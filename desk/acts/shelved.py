"""The files of one claim: as read, and as they count with the corrections."""

from __future__ import annotations

from dataclasses import dataclass

from desk.acts.deed import Impossible
from dossier.reading import Document, Part
from records import near, overlays
from records.models import DocumentState, StoredDocument
from records.overlays import Corrected, Origin
from records.readings import reading_of


@dataclass(frozen=True, slots=True)
class PartAt:
    """A part of a document of the claim: the digest of its bytes, and the part's number in
    `Shelved.numbers`.
    """

    sha256: str
    number: int


@dataclass(frozen=True, slots=True)
class Shelved:
    """A file of a claim: as read, and as it counts with the corrections. ``numbers`` are the parts'."""

    document: int
    file: str
    sha256: str
    read: Document
    counts: Document
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A part of a claim's file, with its document as read and as corrected."""

    file: str
    read: Document
    corrected: Corrected
    place: int

    @property
    def part(self) -> Part:
        """The part as it counts."""
        return self.corrected.document.parts[self.place]

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Where each of its half-days was read."""
        return self.corrected.origins[self.place]

    def as_read(self, number: int) -> Part | None:
        """The part of that number as it was read, None for one that a correction made."""
        return self.read.parts[number - 1] if number <= len(self.read.parts) else None


def files_of(claim: str, request: str) -> list[tuple[StoredDocument, Document, Corrected]]:
    """The files of a claim, one for each content, in the order of their names."""
    laid_out, claims = near.own_files(request)
    if claim not in claims:
        raise Impossible("Cette demande n’est plus connue.")
    filed = laid_out.of_claim(claims[claim])
    rows = StoredDocument.objects.filter(current=True, file__in=[one.file for one in filed])
    by_file = {row.file: row for row in rows.select_related("first")}
    laid = overlays.standing([one.sha256 for one in filed])
    found = []
    for one in filed:
        row = by_file[one.file]
        read = reading_of(row.first if row.state == DocumentState.DUPLICATE and row.first else row)
        found.append((row, read, overlays.laid_over(read, laid.get(one.sha256, ()))))
    return found


def shelved(claim: str, request: str) -> tuple[Shelved, ...]:
    """`files_of`, to be shown."""
    return tuple(
        Shelved(row.pk, row.file, row.sha256, read, corrected.document, corrected.numbers)
        for row, read, corrected in files_of(claim, request)
    )


def part_of(claim: str, request: str, at: PartAt) -> Found:
    """A part of one of the claim's own files. Raises `Impossible` for any other."""
    for row, read, corrected in files_of(claim, request):
        if row.sha256 == at.sha256 and at.number in corrected.numbers:
            return Found(row.file, read, corrected, corrected.numbers.index(at.number))
    raise Impossible("Cette pièce n’est pas, ou n’est plus, de cette demande.")
