"""Requests and claims as they came in, kept so that what was decided of them can be shown for ever."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from dossier.paris import PARIS
from dossier.requests import Claim, Request
from dossier.requests_file import claim_of, request_of
from dossier.requests_json import Json, claim_json, request_json
from dossier.requests_node import node
from records import foureyes
from records.models import ClaimSnapshot, RequestSnapshot


def request_from(data: Json) -> Request:
    return request_of(node(data, "snapshot"))


def claim_from(data: Json) -> Claim:
    return claim_of(node(data, "snapshot"))


def save(requests: Collection[Request], claims: Iterable[Claim]) -> None:
    """Keep requests and claims as they are now. In the caller's transaction."""
    known = dict(RequestSnapshot.objects.values_list("ref", "data"))
    foureyes.note_accounts(requests)
    for request in requests:
        data = request_json(request)
        if known.get(request.ref) != data:
            RequestSnapshot.objects.update_or_create(ref=request.ref, defaults={"data": data})
    known = dict(ClaimSnapshot.objects.values_list("claim", "data"))
    for claim in claims:
        data = claim_json(claim)
        if known.get(claim.id) != data:
            ClaimSnapshot.objects.update_or_create(
                claim=claim.id,
                defaults={
                    "request_ref": claim.request,
                    "submitted_at": claim.submitted_at.replace(tzinfo=PARIS),
                    "data": data,
                },
            )


def requests() -> dict[str, Request]:
    """All requests ever taken in, by reference."""
    return {row.ref: request_from(row.data) for row in RequestSnapshot.objects.order_by("ref")}


def claims() -> dict[str, Claim]:
    """All claims ever taken in, by id."""
    return {row.claim: claim_from(row.data) for row in ClaimSnapshot.objects.order_by("claim")}
