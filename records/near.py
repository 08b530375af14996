"""All that bears on the claims of one request, without laying out everything that was ever read.

The cases made of it are those that a night makes of the whole: the same facts, the same digest of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q

from dossier.kinds import Kind
from dossier.requests import Claim, Request
from records import ledger, shelf, snapshots
from records.cases import Cases
from records.keys import key_of
from records.models import (
    ActKind,
    ClaimSnapshot,
    Overlay,
    ReadField,
    ReadPart,
    RequestSnapshot,
    StoredDocument,
)
from records.shelf import Shelf
from records.surroundings import person_of


class UnknownRequest(KeyError):
    """No request of that reference ever came in."""


def around(ref: str, rules: str, as_of: dt.date) -> tuple[Cases, Shelf, list[Claim]]:
    """The cases of a request's claims, the files that bear on them, and these claims.

    ``rules`` is the digest of the parameters. Raises `UnknownRequest`.
    """
    requests = _requests_near(ref)
    mine, _ = own_files(ref)
    # of requests that only have payments in their list no file is needed
    person = person_of(requests[ref])
    same = {other for other, request in requests.items() if person_of(request) == person}
    outside = _like(mine, ref)
    requests |= _requests_of(outside)
    near = _filed_for(same) | Q(pk__in=outside)
    laid_out = shelf.lay_out(requests, _claims_of(set(requests)), near)
    cases = Cases(laid_out, requests, ledger.settled(), rules, as_of)
    return cases, laid_out, [claim for claim in _claims_of({ref}).values() if claim.request == ref]


def _requests_near(ref: str) -> dict[str, Request]:
    """The request, those of the same person, the one it renews, and those with payments in their list."""
    row = RequestSnapshot.objects.filter(ref=ref).first()
    if row is None:
        raise UnknownRequest(ref)
    request = snapshots.request_from(row.data)
    born = request.trainee.birth_date.isoformat()
    near = Q(data__trainee__birth_date=born) | ~Q(data__paid=[])
    if request.contract is not None and request.contract.renewal is not None:
        near |= Q(ref=request.contract.renewal.of)
    person = person_of(request)
    found = {ref: request}
    for other in RequestSnapshot.objects.filter(near).exclude(ref=ref):
        one = snapshots.request_from(other.data)
        if one.paid or person_of(one) == person or _renews(request, one.ref):
            found[one.ref] = one
    return found


def _renews(request: Request, ref: str) -> bool:
    renewal = request.contract.renewal if request.contract else None
    return renewal is not None and renewal.of == ref


def _claims_of(refs: Iterable[str]) -> dict[str, Claim]:
    rows = ClaimSnapshot.objects.filter(request_ref__in=list(refs)).order_by("claim")
    return {row.claim: snapshots.claim_from(row.data) for row in rows}


def _filed_for(refs: set[str]) -> Q:
    # where the path came to name a known request, what the file says counts no more
    astray = Q(request_ref__in=RequestSnapshot.objects.values("ref"))
    spoken = Q(matched_ref__in=refs) & ~astray
    return Q(request_ref__in=refs) | spoken | Q(pk__in=_attached_to(refs))


def _attached_to(refs: set[str]) -> list[int]:
    rows = Overlay.objects.filter(active=True, kind=ActKind.ATTACH, request_ref__in=refs)
    return [key for key in rows.values_list("document_id", flat=True) if key is not None]


def _like(mine: Shelf, ref: str) -> list[int]:
    """Documents elsewhere with the same bytes or content as those of the request, or the same invoice
    number.
    """
    files = mine.by_request.get(ref, ())
    digests = {filed.sha256 for filed in files}
    parts = [part for filed in files for part in filed.document.parts]
    prints = {part.fingerprint for part in parts if part.fingerprint}
    numbers = {
        key_of(field.value)
        for part in parts
        if part.kind is Kind.INVOICE
        and (field := part.fields.get("number")) is not None
        and isinstance(field.value, str)
        and field.value
    }
    alike = set(ReadPart.objects.filter(fingerprint__in=prints).values_list("document__sha256", flat=True))
    billed = ReadField.objects.filter(name="number", key__in=numbers)
    alike |= set(billed.values_list("part__document__sha256", flat=True))
    corrected = Overlay.objects.filter(active=True, name="number", key__in=numbers)
    alike |= set(corrected.values_list("sha256", flat=True))
    rows = StoredDocument.objects.filter(current=True, sha256__in=digests | alike)
    return list(rows.values_list("pk", flat=True))


def _requests_of(documents: list[int]) -> dict[str, Request]:
    """The requests that these documents were filed for."""
    rows = StoredDocument.objects.filter(pk__in=documents)
    refs = {ref for pair in rows.values_list("request_ref", "matched_ref") for ref in pair if ref}
    filed = Overlay.objects.filter(active=True, kind=ActKind.ATTACH, document__in=documents)
    refs |= set(filed.values_list("request_ref", flat=True))
    known = RequestSnapshot.objects.filter(ref__in=refs)
    return {row.ref: snapshots.request_from(row.data) for row in known}


def own_files(ref: str) -> tuple[Shelf, dict[str, Claim]]:
    """The files of a request alone, with its claims. Raises `UnknownRequest`."""
    row = RequestSnapshot.objects.filter(ref=ref).first()
    if row is None:
        raise UnknownRequest(ref)
    claims = _claims_of({ref})
    return shelf.lay_out({ref: snapshots.request_from(row.data)}, claims, _filed_for({ref})), claims


def digests_of(claim: str) -> tuple[str, ...]:
    """The digests of all files that serve a claim or another of its request."""
    ref = ClaimSnapshot.objects.filter(claim=claim).values_list("request_ref", flat=True).first()
    if not ref:
        return ()
    return tuple(
        StoredDocument.objects.filter(_filed_for({ref}), current=True).values_list("sha256", flat=True)
    )
