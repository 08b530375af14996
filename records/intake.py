"""Register what came in: each file once, each member of an archive once, the same bytes as duplicates.

All functions write in a transaction of their own under the night's fence, and say again what they said before
when they are called again with the same file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from dossier.reading import Refusal
from records.keys import storable
from records.models import DocumentState, StoredDocument
from records.models.documents import ENDED, UNREAD
from records.nights import Holding, writing
from records.store import StoredFile


@dataclass(frozen=True, slots=True)
class Placement:
    """What a path says of a file: the request and the claim it was filed for, empty where it says nothing."""

    request: str
    claim: str


@dataclass(frozen=True, slots=True)
class MemberFile:
    """A document found in an archive or mail: its name in there, its digest, its size in bytes."""

    name: str
    sha256: str
    size: int


LONGEST_FOLDER = 200
LONGEST_MEMBER = 200
LONGEST_PATH = 1500
"""In bytes of UTF-8: what an index of PostgreSQL takes, with a member's name behind it."""


def placement(path: str) -> Placement:
    """``<request>/<claim>/…``, ``<request>/<name>``, or a name alone at the root. A member lies where its
    archive does. A folder's name too long for a reference is cut, and then is that of no request.
    """
    folders = path.split("!", 1)[0].split("/")[:-1]
    request, claim = ([*folders, "", ""])[:2]
    return Placement(request[:LONGEST_FOLDER], claim[:LONGEST_FOLDER])


def known_etags() -> dict[str, tuple[str, int]]:
    """Etag and size by path of what stands in the store already: these bytes need not be fetched again."""
    rows = StoredDocument.objects.filter(current=True, container=None)
    return {file: (etag, size) for file, etag, size in rows.values_list("file", "etag", "size")}


def register(holding: Holding, files: Iterable[tuple[StoredFile, str]]) -> list[StoredDocument]:
    """Files of the store with their digests, each as new, as a duplicate, or as it is already known."""
    with writing(holding):
        return [_place(file.path, sha256, file.size, file.etag) for file, sha256 in files]


def forget_unread(holding: Holding, listed: Collection[str]) -> int:
    """Files that were registered, never read, and stand in the store no more. Returns how many.

    What was read stays: it was handed in, and what was decided rests on it.
    """
    count = 0
    with writing(holding):
        while gone := _unread_roots() - set(listed):
            lost = StoredDocument.objects.filter(
                Q(file__in=gone, container=None) | Q(container__file__in=gone)
            )
            lost = lost.filter(current=True, state__in=UNREAD)
            keys = list(lost.values_list("pk", flat=True))
            _reopen_twins(
                keys
            )  # the same bytes elsewhere come to be read instead, or turn out to be gone too
            count += StoredDocument.objects.filter(pk__in=keys).update(current=False)
    return count


def _unread_roots() -> set[str]:
    """The files of the store that are unread, or hold a member that is."""
    rows = StoredDocument.objects.filter(current=True, state__in=UNREAD)
    return {outer or file for file, outer in rows.values_list("file", "container__file")}


def refuse(holding: Holding, document: StoredDocument, refusal: Refusal, detail: str) -> None:
    """The end of a file that is not taken, with its reason."""
    with writing(holding):
        _end(document, DocumentState.REFUSED, f"{refusal.value}: {detail}" if detail else refusal.value)


def open_as_document(holding: Holding, document: StoredDocument) -> None:
    """The file is one document, to be read."""
    with writing(holding):
        StoredDocument.objects.filter(pk=document.pk, state=DocumentState.NEW).update(
            state=DocumentState.WAITING
        )


def open_as_container(holding: Holding, document: StoredDocument, members: Sequence[MemberFile]) -> None:
    """The file is an archive or mail. Its members are registered with it, all or none."""
    with writing(holding):
        _reopen_twins(
            [document.pk]
        )  # an archive with the same bytes has members of its own, in its own place
        for number, (member, name) in enumerate(zip(members, _own_names(members), strict=True)):
            path = f"{document.file}!{name}"
            row = _place(path, member.sha256, member.size, "", document, number)
            StoredDocument.objects.filter(pk=row.pk, state=DocumentState.NEW).update(
                state=DocumentState.WAITING
            )
        _end(document, DocumentState.CONTAINER, "")


def unopened() -> Iterable[StoredDocument]:
    """Files registered and not opened yet, in the order of their paths."""
    return StoredDocument.objects.filter(current=True, state=DocumentState.NEW).order_by("file")


def _place(
    path: str,
    sha256: str,
    size: int,
    etag: str,
    container: StoredDocument | None = None,
    number: int | None = None,
) -> StoredDocument:
    where = placement(path)
    document, made = StoredDocument.objects.get_or_create(
        file=path,
        sha256=sha256,
        defaults={
            "size": size,
            "etag": etag,
            "container": container,
            "place": number,
            "request_ref": where.request,
            "claim_ref": where.claim,
        },
    )
    # other bytes stood under this path before, and so did what was inside them
    before = list(StoredDocument.objects.filter(file=path, current=True).exclude(pk=document.pk))
    _reopen_twins([row.pk for row in before if row.state not in ENDED])
    replaced = [row.pk for row in before]
    StoredDocument.objects.filter(Q(pk__in=replaced) | Q(container__in=replaced)).update(current=False)
    StoredDocument.objects.filter(pk=document.pk).update(
        current=True, etag=etag, container=container, place=number
    )
    if not made:
        StoredDocument.objects.filter(container=document).update(current=True)
        return document
    first = (
        StoredDocument.objects.filter(sha256=sha256, first=None)
        .exclude(pk=document.pk)
        .order_by("pk")
        .first()
    )
    if first is not None and first.state != DocumentState.CONTAINER:
        document.first = first
        document.save(update_fields=["first"])
        _end(document, DocumentState.DUPLICATE, first.file)
    return document


def _reopen_twins(never_read: list[int]) -> None:
    """What was set aside as the same bytes as a file that will not be read itself comes to be opened
    instead.
    """
    StoredDocument.objects.filter(first__in=never_read, state=DocumentState.DUPLICATE).update(
        first=None, state=DocumentState.NEW, reason="", ended_at=None
    )


def _own_names(members: Sequence[MemberFile]) -> list[str]:
    """The members' names, numbered where an archive holds several files of one name, endless ones cut."""
    seen: Counter[str] = Counter()
    names = []
    for member in members:
        name = storable(member.name)
        if len(name) > LONGEST_MEMBER:
            name = f"{name[:150]}…{name[-45:]}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return names


def _end(document: StoredDocument, state: DocumentState, reason: str) -> None:
    now = timezone.now()
    StoredDocument.objects.filter(pk=document.pk).update(state=state, reason=reason, ended_at=now)
    document.state, document.reason, document.ended_at = state, reason, now
