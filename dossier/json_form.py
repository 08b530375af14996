"""The JSON form of readings and decisions, both ways, as the contract fixes it.

What is written can be read back without loss: `document_of` undoes `document_json`, `decision_of` undoes
`decision_json`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast

from dossier.decision import (
    Check,
    DecidedLine,
    Decision,
    Effect,
    Evidence,
    Finding,
    HoursTable,
    Outcome,
    Payee,
    Verdict,
)
from dossier.kinds import FIELDS, Kind, Type
from dossier.quantities import Minutes, amount_text, hours_text, minutes_of
from dossier.reading import (
    Box,
    Disagreement,
    Document,
    Field,
    HalfDay,
    Mark,
    PageAccount,
    PageState,
    Part,
    ReadBy,
    Session,
    Status,
    Value,
)
from dossier.requests import LineKind, PayeeKind

Json = dict[str, Any]


def value_json(value: Value | None, type_: Type) -> str | bool | None:
    """A field's value as JSON holds it: dates ISO 8601, hours and amounts decimal strings."""
    if value is None:
        return None
    match type_:
        case Type.FLAG:
            return bool(value)
        case Type.DATE:
            return cast(dt.date, value).isoformat()
        case Type.HOURS:
            return hours_text(cast(Minutes, value))
        case Type.AMOUNT:
            return amount_text(cast(Decimal, value))
        case Type.TEXT:
            return str(value)


def value_of(value: str | bool | None, type_: Type) -> Value | None:
    """The Python value that `value_json` wrote. Raises ValueError on what it can't have written."""
    if value is None:
        return None
    if type_ is Type.FLAG:
        return bool(value)
    text = str(value)
    match type_:
        case Type.DATE:
            return dt.date.fromisoformat(text)
        case Type.HOURS:
            return minutes_of(text)
        case Type.AMOUNT:
            return Decimal(text)
        case _:
            return text


def box_json(box: Box) -> list[float]:
    return [round(side, 4) for side in (box.x0, box.y0, box.x1, box.y1)]


def box_of(sides: list[float]) -> Box:
    return Box(*sides)


def field_json(field: Field, type_: Type) -> Json:
    return {
        "value": value_json(field.value, type_),
        "confidence": round(field.confidence, 3),
        "page": field.page,
        "bbox": box_json(field.box),
        "read_by": field.read_by.value,
        "raw": field.raw,
        "note": field.note,
    }


def field_of(data: Mapping[str, Any], type_: Type) -> Field:
    return Field(
        value=value_of(data["value"], type_),
        raw=data["raw"],
        page=data["page"],
        box=box_of(data["bbox"]),
        read_by=ReadBy(data["read_by"]),
        confidence=data["confidence"],
        note=data["note"],
    )


def session_json(session: Session) -> Json:
    return {
        "trainee": session.trainee,
        "date": session.date.isoformat() if session.date else None,
        "half_day": session.half_day.value,
        "hours": hours_text(session.minutes) if session.minutes is not None else None,
        "trainee_signed": session.trainee_signed,
        "trainer_signed": session.trainer_signed,
        "trainee_mark": session.trainee_mark.value,
        "trainer_mark": session.trainer_mark.value,
        "page": session.page,
        "bbox": box_json(session.box),
        "read_by": session.read_by.value,
        "confidence": round(session.confidence, 3),
        "raw_date": session.raw_date,
        "weekday": session.weekday,
        "start": session.start.isoformat() if session.start else None,
        "end": session.end.isoformat() if session.end else None,
        "ink": session.ink,
    }


def session_of(data: Mapping[str, Any]) -> Session:
    return Session(
        trainee=data["trainee"],
        date=dt.date.fromisoformat(data["date"]) if data["date"] else None,
        half_day=HalfDay(data["half_day"]),
        minutes=minutes_of(data["hours"]) if data["hours"] is not None else None,
        trainee_mark=Mark(data["trainee_mark"]),
        trainer_mark=Mark(data["trainer_mark"]),
        page=data["page"],
        box=box_of(data["bbox"]),
        read_by=ReadBy(data["read_by"]),
        confidence=data["confidence"],
        raw_date=data["raw_date"],
        weekday=data["weekday"],
        start=dt.time.fromisoformat(data["start"]) if data["start"] else None,
        end=dt.time.fromisoformat(data["end"]) if data["end"] else None,
        ink=data["ink"],
    )


def part_json(part: Part, *, texts: bool = True) -> Json:
    types = FIELDS[part.kind]
    kept = {"texts": {str(page): text for page, text in part.texts.items()}} if texts else {}
    return {
        "pages": list(part.pages),
        "kind": part.kind.value,
        "confidence": round(part.confidence, 3),
        "fields": {name: field_json(field, types[name]) for name, field in part.fields.items()},
        "sessions": [session_json(session) for session in part.sessions],
        "names": list(part.names),
        "disagreements": [
            {"name": d.name, "on_page": d.on_page, "in_xml": d.in_xml} for d in part.disagreements
        ],
        "fingerprint": part.fingerprint,
        "altered": part.altered,
        **kept,
    }


def part_of(data: Mapping[str, Any]) -> Part:
    kind = Kind(data["kind"])
    types = FIELDS[kind]
    return Part(
        pages=tuple(data["pages"]),
        kind=kind,
        confidence=data["confidence"],
        fields={name: field_of(field, types[name]) for name, field in data["fields"].items()},
        sessions=tuple(session_of(session) for session in data["sessions"]),
        names=tuple(data["names"]),
        disagreements=tuple(Disagreement(**d) for d in data["disagreements"]),
        fingerprint=data["fingerprint"],
        altered=data.get("altered", False),
        texts={int(page): text for page, text in data.get("texts", {}).items()},
    )


def document_json(document: Document, *, texts: bool = True) -> Json:
    """Without ``texts`` it is the contract's form, which leaves the words of the pages out."""
    return {
        "file": document.file,
        "sha256": document.sha256,
        "pages": document.pages,
        "status": document.status.value,
        "reason": document.reason,
        "parts": [part_json(part, texts=texts) for part in document.parts],
        "page_accounts": [
            {
                "page": account.number,
                "state": account.state.value,
                "read_by": account.read_by.value if account.read_by else None,
                "width": account.width,
                "height": account.height,
                "turned": account.turned,
                "note": account.note,
            }
            for account in document.accounts
        ],
    }


def document_of(data: Mapping[str, Any]) -> Document:
    return Document(
        file=data["file"],
        sha256=data["sha256"],
        pages=data["pages"],
        status=Status(data["status"]),
        reason=data["reason"],
        parts=tuple(part_of(part) for part in data["parts"]),
        accounts=tuple(
            PageAccount(
                number=account["page"],
                state=PageState(account["state"]),
                read_by=ReadBy(account["read_by"]) if account["read_by"] else None,
                width=account["width"],
                height=account["height"],
                turned=account["turned"],
                note=account["note"],
            )
            for account in data["page_accounts"]
        ),
    )


def evidence_json(evidence: Evidence) -> Json:
    return {
        "file": evidence.file,
        "page": evidence.page,
        "bbox": box_json(evidence.box),
        "text": evidence.text,
        "confidence": round(evidence.confidence, 3),
    }


def evidence_of(data: Mapping[str, Any]) -> Evidence:
    return Evidence(data["file"], data["page"], box_of(data["bbox"]), data["text"], data["confidence"])


def finding_json(finding: Finding) -> Json:
    return {
        "rule": finding.rule,
        "effect": finding.effect.value,
        "message": finding.message,
        "source": finding.source,
        "expected": finding.expected,
        "found": finding.found,
        "evidence": [evidence_json(evidence) for evidence in finding.evidence],
    }


def finding_of(data: Mapping[str, Any]) -> Finding:
    return Finding(
        rule=data["rule"],
        effect=Effect(data["effect"]),
        message=data["message"],
        source=data["source"],
        expected=data["expected"],
        found=data["found"],
        evidence=tuple(evidence_of(evidence) for evidence in data["evidence"]),
    )


def check_json(check: Check) -> Json:
    return {
        "rule": check.rule,
        "outcome": check.outcome.value,
        "effect": check.effect.value,
        "source": check.source,
        "expected": check.expected,
        "found": check.found,
        "parameter": check.parameter,
        "evidence": [evidence_json(evidence) for evidence in check.evidence],
    }


def check_of(data: Mapping[str, Any]) -> Check:
    return Check(
        rule=data["rule"],
        outcome=Outcome(data["outcome"]),
        effect=Effect(data["effect"]),
        source=data["source"],
        expected=data["expected"],
        found=data["found"],
        parameter=data["parameter"],
        evidence=tuple(evidence_of(evidence) for evidence in data["evidence"]),
    )


def decision_json(decision: Decision) -> Json:
    hours = decision.hours
    return {
        "request": decision.request,
        "claim": decision.claim,
        "verdict": decision.verdict.value,
        "hours": {
            "granted": hours_text(hours.granted),
            "already_paid": hours_text(hours.already_paid),
            "declared": hours_text(hours.declared),
            "evidenced": hours_text(hours.evidenced),
            "payable": hours_text(hours.payable),
        },
        "lines": [
            {
                "kind": line.kind.value,
                "declared": amount_text(line.declared),
                "payable": amount_text(line.payable),
            }
            for line in decision.lines
        ],
        "amount": amount_text(decision.amount),
        "payee": {
            "kind": decision.payee.kind.value,
            "name": decision.payee.name,
            "siret": decision.payee.siret,
            "iban": decision.payee.iban,
        },
        "findings": [finding_json(finding) for finding in decision.findings],
        "checks": [check_json(check) for check in decision.checks],
    }


def decision_of(data: Mapping[str, Any]) -> Decision:
    hours = data["hours"]
    payee = data["payee"]
    return Decision(
        request=data["request"],
        claim=data["claim"],
        verdict=Verdict(data["verdict"]),
        hours=HoursTable(**{name: minutes_of(text) for name, text in hours.items()}),
        lines=tuple(
            DecidedLine(LineKind(line["kind"]), Decimal(line["declared"]), Decimal(line["payable"]))
            for line in data["lines"]
        ),
        amount=Decimal(data["amount"]),
        payee=Payee(PayeeKind(payee["kind"]), payee["name"], payee["siret"], payee["iban"]),
        findings=tuple(finding_of(finding) for finding in data["findings"]),
        checks=tuple(check_of(check) for check in data["checks"]),
    )
