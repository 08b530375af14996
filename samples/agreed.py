"""The agreed requests and the claims in the JSON form that the contract fixes."""

from __future__ import annotations

from typing import Any

from dossier.quantities import amount_text, hours_text
from dossier.requests import Claim, ProContract, Request

Json = dict[str, Any]


def contract_json(contract: ProContract) -> Json:
    tutor = contract.tutor
    out: Json = {
        "kind": contract.kind,
        "start": contract.start.isoformat(),
        "end": contract.end.isoformat(),
        "signed_on": contract.signed_on.isoformat(),
        "months": contract.months,
        "weekly_hours": hours_text(contract.weekly_hours),
        "qualification": contract.qualification,
        "qualification_kind": contract.qualification_kind,
        "employers_group": contract.employers_group,
        "tutor": None
        if tutor is None
        else {
            "last_name": tutor.last_name,
            "first_name": tutor.first_name,
            "trained_on": tutor.trained_on.isoformat() if tutor.trained_on else None,
        },
    }
    if contract.renewal:
        out["renewal"] = {"of": contract.renewal.of, "motive": contract.renewal.motive}
    if contract.group:
        out["group"] = {
            "contracts": contract.group.contracts,
            "tutor_functions_funded": contract.group.tutor_functions_funded,
        }
    return out


def request_json(request: Request) -> Json:
    granted, training = request.granted, request.training
    return {
        "ref": request.ref,
        "scheme": request.scheme.value,
        "drf": request.drf
        and {
            "submitted_at": request.drf.submitted_at.isoformat(),
            "granted_at": request.drf.granted_at.isoformat(),
        },
        "contract_sent_at": request.contract_sent_at.isoformat() if request.contract_sent_at else None,
        "trainee": {
            "last_name": request.trainee.last_name,
            "first_name": request.trainee.first_name,
            "birth_date": request.trainee.birth_date.isoformat(),
            "status": request.trainee.status.value,
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
        "contract": contract_json(request.contract) if request.contract else None,
        "granted": {
            "hourly_rate": amount_text(granted.hourly_rate),
            "overrun_share": None if granted.overrun_share is None else amount_text(granted.overrun_share),
            "overrun_ceiling": None
            if granted.overrun_ceiling is None
            else amount_text(granted.overrun_ceiling),
            "total_ceiling": amount_text(granted.total_ceiling),
        },
        "payee": request.payee.value,
        "programmes": [name.value for name in request.programmes],
        "project_reference": request.project_reference,
        "comment": request.comment,
        "paid": [
            {
                "claim": past.claim,
                "paid_on": past.paid_on.isoformat(),
                "hours": hours_text(past.hours),
                "amount": amount_text(past.amount),
                "invoice_number": past.invoice_number,
            }
            for past in request.paid
        ],
    }


def claim_json(claim: Claim) -> Json:
    lines: list[Json] = []
    for line in claim.lines:
        entry: Json = {"kind": line.kind.value}
        if line.hours is not None:
            entry["hours"] = hours_text(line.hours)
        if line.amount is not None:
            entry["amount"] = amount_text(line.amount)
        if line.count is not None:
            entry["count"] = line.count
        if line.months is not None:
            entry["months"] = line.months
        lines.append(entry)
    return {
        "id": claim.id,
        "request": claim.request,
        "submitted_at": claim.submitted_at.isoformat(),
        "period": {"from": claim.period.start.isoformat(), "to": claim.period.end.isoformat()},
        "lines": lines,
    }
