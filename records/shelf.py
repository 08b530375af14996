"""All that was read, laid out by request: what a claim's pieces are, and what other dossiers hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q

from dossier.case import Piece, Unread
from dossier.reading import Document, PageState, Status
from dossier.requests import Claim, Request
from records import acts, overlays
from records.matching import request_named
from records.models import ActKind, DocumentState, Overlay, StoredDocument
from records.models.documents import ENDED, UNREAD
from records.nights import Holding, writing
from records.readings import reading_of


@dataclass(frozen=True, slots=True)
class Filed:
    """A file that came to an end, where it was filed, and what was read in it (its twin's reading, if it is
    one), with what people corrected laid over it.

    ``request`` and ``claim`` are empty where the path says none; ``request`` may come from what the file
    says, or from a person.
    """

    file: str
    sha256: str
    request: str
    claim: str
    document: Document


@dataclass(frozen=True, slots=True)
class Shelf:
    """Files by request, and the claims that still wait for a file of theirs. ``orphans`` belong to none
    known. ``seen`` is the last act of a person that it knows of.
    """

    by_request: Mapping[str, tuple[Filed, ...]]
    unfinished: frozenset[tuple[str, str]]
    orphans: tuple[str, ...]
    seen: int = 0

    def of_claim(self, claim: Claim) -> tuple[Filed, ...]:
        """The claim's own files and those of its request, one for each content."""
        found: dict[str, Filed] = {}
        for filed in self.by_request.get(claim.request, ()):
            if filed.claim in ("", claim.id):
                found.setdefault(filed.sha256, filed)
        return tuple(found.values())

    def waits(self, claim: Claim) -> bool:
        """True when a file of the claim or of its request has not come to an end."""
        return not self.unfinished.isdisjoint({(claim.request, ""), (claim.request, claim.id)})

    def outside(self, request: str) -> Iterator[Filed]:
        """Everything filed for other requests."""
        for ref, files in self.by_request.items():
            if ref != request:
                yield from files


def pieces_of(files: Iterable[Filed]) -> tuple[Piece, ...]:
    """The parts in ``files``, in their order."""
    return tuple(Piece(filed.file, filed.sha256, part) for filed in files for part in filed.document.parts)


def unread_of(files: Iterable[Filed]) -> tuple[Unread, ...]:
    """What in ``files`` could not be read: refused files, unreadable pages, and files of blank pages
    alone.
    """
    found = []
    for filed in files:
        document = filed.document
        if document.status is Status.REFUSED:
            found.append(Unread(filed.file, None, Status.REFUSED, document.reason or ""))
        blank_too = not document.parts
        found += [
            Unread(filed.file, account.number, account.state, account.note)
            for account in document.accounts
            if account.state is PageState.UNREADABLE or (blank_too and account.state is PageState.BLANK)
        ]
    return tuple(found)


def match_unassigned(holding: Holding, requests: Mapping[str, Request]) -> int:
    """Note for each unassigned file the request that it speaks of. Returns how many were matched anew.

    What a person filed is not matched.
    """
    count = 0
    corrections, filed = overlays.standing(), _filed_by_people()
    for row in _ended_rows():
        if row.request_ref in requests or row.pk in filed or row.state == DocumentState.CONTAINER:
            continue
        ref = request_named(_content(row, corrections), requests) or ""
        if ref != row.matched_ref:
            with writing(holding):
                StoredDocument.objects.filter(pk=row.pk).update(matched_ref=ref)
            count += bool(ref)
    return count


def lay_out(requests: Mapping[str, Request], claims: Mapping[str, Claim], near: Q | None = None) -> Shelf:
    """Everything that stands in the store now, or of it the files that ``near`` names."""
    seen = acts.last()
    corrections, filed = overlays.standing(), _filed_by_people()
    by_request: dict[str, list[Filed]] = defaultdict(list)
    orphans = []
    for row in _ended_rows(near):
        if row.state == DocumentState.CONTAINER:
            continue
        request, claim = _place_of(row, requests, filed)
        if request not in requests or (claim and claim not in claims):
            orphans.append(row.file)
        else:
            content = _content(row, corrections)
            by_request[request].append(Filed(row.file, row.sha256, request, claim, content))
    unfinished = StoredDocument.objects.filter(current=True, state__in=UNREAD)
    return Shelf(
        {ref: tuple(files) for ref, files in by_request.items()},
        frozenset(unfinished.values_list("request_ref", "claim_ref")),
        tuple(orphans),
        seen,
    )


def _filed_by_people() -> dict[int, tuple[str, str]]:
    """Request and claim by document, of files that a person attached."""
    rows = Overlay.objects.filter(active=True, kind=ActKind.ATTACH).order_by("act_id")
    return {
        document: (request, claim)
        for document, request, claim in rows.values_list("document_id", "request_ref", "claim")
        if document is not None
    }


def _place_of(
    row: StoredDocument, requests: Mapping[str, Request], filed: Mapping[int, tuple[str, str]]
) -> tuple[str, str]:
    """The request and claim that a file belongs to: what a person said, its path, what it says itself."""
    if row.pk in filed:
        return filed[row.pk]
    request = row.request_ref if row.request_ref in requests else row.matched_ref
    return request, row.claim_ref if request == row.request_ref else ""


def _ended_rows(near: Q | None = None) -> list[StoredDocument]:
    rows = StoredDocument.objects.filter(current=True, state__in=ENDED)
    if near is not None:
        rows = rows.filter(near)
    return list(rows.select_related("first").order_by("file"))


def _content(row: StoredDocument, corrections: Mapping[str, list[Overlay]]) -> Document:
    read = reading_of(row.first if row.state == DocumentState.DUPLICATE and row.first else row)
    laid = corrections.get(row.sha256)
    return overlays.laid_over(read, laid).document if laid else read
