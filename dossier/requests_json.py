"""Agreed requests and claims in the JSON form that the contract fixes; `dossier.requests_file` reads it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from dossier.quantities import hours_text
from dossier.requests import Claim, ClaimLine, ProContract, Request

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
    """The request in the contract's form; `dossier.requests_file.request_of` undoes it."""
    trainee, training, granted, drf = request.trainee, request.training, request.granted, request.drf
    return {
        "ref": request.ref,
        "scheme": request.scheme.id,
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
    """The claim in the contract's form; `dossier.requests_file.claim_of` undoes it."""
    return {
        "id": claim.id,
        "request": claim.request,
        "submitted_at": _moment(claim.submitted_at),
        "period": {"from": claim.period.start.isoformat(), "to": claim.period.end.isoformat()},
        "lines": [_line_json(line) for line in claim.lines],
    }
