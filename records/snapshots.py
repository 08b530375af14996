"""Requests and claims as they came in, kept so that what was decided of them can be shown for ever."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from dossier.quantities import hours_text
from dossier.requests import Claim, ClaimLine, ProContract, Request
from dossier.requests_file import claim_of, node, request_of
from records import foureyes
from records.models import ClaimSnapshot, RequestSnapshot

PARIS = ZoneInfo("Europe/Paris")
Json = dict[str, Any]


def _moment(at: dt.datetime | None) -> str | None:
    return at.isoformat() if at else None


def _number(number: Decimal | None) -> str | None:
    return format(number, "f") if number is not None else None


def _contract_json(contract: ProContract) -> Json:
    tutor, renewal, group = contract.tutor, contract.renewal, contract.group
    return {
        "kind": contract.kind,
        "start": contract.start.isoformat(),
        "end": contract.end.isoformat(),
        "signed_on": contract.signed_on.isoformat(),
        "months": contract.months,
        "weekly_hours": hours_text(contract.weekly_hours),
        "qualification": contract.qualification,
        "qualification_kind": contract.qualification_kind,
        "employers_group": contract.employers_group,
        "tutor": tutor
        and {
            "last_name": tutor.last_name,
            "first_name": tutor.first_name,
            "trained_on": tutor.trained_on.isoformat() if tutor.trained_on else None,
        },
        "renewal": renewal and {"of": renewal.of, "motive": renewal.motive},
        "group": group
        and {"contracts": group.contracts, "tutor_functions_funded": group.tutor_functions_funded},
    }


def request_json(request: Request) -> Json:
    """The request in the contract's form; `request_from` undoes it."""
    trainee, training, granted, drf = request.trainee, request.training, request.granted, request.drf
    return {
        "ref": request.ref,
        "scheme": request.scheme.value,
        "drf": drf and {"submitted_at": _moment(drf.submitted_at), "granted_at": _moment(drf.granted_at)},
        "contract_sent_at": _moment(request.contract_sent_at),
        "trainee": {
            "last_name": trainee.last_name,
            "first_name": trainee.first_name,
            "birth_date": trainee.birth_date.isoformat(),
            "status": trainee.status.value,
        },
        "employer": {
            "name": request.employer.name,
            "siret": request.employer.siret,
            "headcount": request.employer.headcount,
            "iban": request.employer.iban,
        },
        "provider": {
            "name": request.provider.name,
            "siret": request.provider.siret,
            "nda": request.provider.nda,
            "iban": request.provider.iban,
        },
        "training": {
            "title": training.title,
            "start": training.start.isoformat(),
            "end": training.end.isoformat(),
            "hours": hours_text(training.hours),
            "place": training.place.value,
            "distance": training.distance,
        },
        "contract": _contract_json(request.contract) if request.contract else None,
        "granted": {
            "hourly_rate": _number(granted.hourly_rate),
            "overrun_share": _number(granted.overrun_share),
            "overrun_ceiling": _number(granted.overrun_ceiling),
            "total_ceiling": _number(granted.total_ceiling),
        },
        "payee": request.payee.value,
        "programmes": [programme.value for programme in request.programmes],
        "project_reference": request.project_reference,
        "comment": request.comment,
        "paid": [
            {
                "claim": payment.claim,
                "paid_on": payment.paid_on.isoformat(),
                "hours": hours_text(payment.hours),
                "amount": _number(payment.amount),
                "invoice_number": payment.invoice_number,
            }
            for payment in request.paid
        ],
    }


def _line_json(line: ClaimLine) -> Json:
    quantities: Json = {
        "hours": hours_text(line.hours) if line.hours is not None else None,
        "amount": _number(line.amount),
        "count": line.count,
        "months": line.months,
    }
    return {
        "kind": line.kind.value,
        **{name: value for name, value in quantities.items() if value is not None},
    }


def claim_json(claim: Claim) -> Json:
    """The claim in the contract's form; `claim_from` undoes it."""
    return {
        "id": claim.id,
        "request": claim.request,
        "submitted_at": _moment(claim.submitted_at),
        "period": {"from": claim.period.start.isoformat(), "to": claim.period.end.isoformat()},
        "lines": [_line_json(line) for line in claim.lines],
    }


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
