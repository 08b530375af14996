"""The kinds of documents and, for each, the fields that the contract names with the type of their value."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a part of a file is. The values are the contract's."""

    CERTIFICATE = "certificate"
    ATTENDANCE_SHEET = "attendance_sheet"
    INVOICE = "invoice"
    CERFA = "cerfa_contrat_pro"
    TRAINING_AGREEMENT = "training_agreement"
    MISSION_CONTRACT = "mission_contract"
    CIPI_CONTRACT = "cipi_contract"
    DISABILITY_NOTICE = "disability_notice"
    DISTANCE_EVIDENCE = "distance_evidence"
    TERMINATION = "termination"
    TUTOR_CERTIFICATE = "tutor_certificate"
    PROGRAMME = "programme"
    CALENDAR = "calendar"
    COMMITMENT_CHARTER = "commitment_charter"
    PARTIES_COMMITMENT = "parties_commitment"
    AFEST_PROTOCOL = "afest_protocol"
    CERTIFICATION_RECORD = "certification_record"
    SITUATION_PROOF = "situation_proof"
    BANK_DETAILS = "bank_details"
    OTHER = "other"


class Type(StrEnum):
    """The type of a field's value, and so its Python type and its JSON form."""

    TEXT = "text"  # str: a name, a title, an identifier, as printed
    DATE = "date"  # datetime.date, ISO 8601 in JSON
    HOURS = "hours"  # Minutes, decimal hours in JSON
    AMOUNT = "amount"  # Decimal euros (also a unit price), decimal string in JSON
    FLAG = "flag"  # bool


_T, _D, _H, _A, _F = Type.TEXT, Type.DATE, Type.HOURS, Type.AMOUNT, Type.FLAG

_PERSON = {"trainee_last_name": _T, "trainee_first_name": _T}

FIELDS: dict[Kind, dict[str, Type]] = {
    Kind.CERTIFICATE: {
        **_PERSON,
        "employer_name": _T,
        "provider_name": _T,
        "training_title": _T,
        "start_date": _D,
        "end_date": _D,
        "hours": _H,
        "issued_on": _D,
        "signed": _F,
        "stamped": _F,
        # ours: planned hours told apart from those done; how many trainees one certificate names
        "planned_hours": _H,
        "trainees": _T,
        "request_ref": _T,
    },
    Kind.ATTENDANCE_SHEET: {
        "training_title": _T,
        "provider_name": _T,
        "trainer_name": _T,
        "total_hours": _H,
        "request_ref": _T,
        "electronic": _F,
    },
    Kind.INVOICE: {
        "number": _T,
        "issue_date": _D,
        "supplier_name": _T,
        "supplier_siret": _T,
        "supplier_nda": _T,
        "customer_name": _T,
        "request_ref": _T,
        "trainee_last_name": _T,
        "trainee_first_name": _T,
        "hours": _H,
        "unit_price": _A,
        "net_amount": _A,
        "vat_amount": _A,
        "total_amount": _A,
        "currency": _T,
        "iban": _T,
        "paid_on": _D,
        "signed": _F,
        "credit_note": _F,
        # ours: "invoice", "quote", "pro_forma", "order"; the period billed; lines that are no training
        "nature": _T,
        "start_date": _D,
        "end_date": _D,
        "not_training_amount": _A,
        "lines_amount": _A,
        "vat_exempt": _F,
    },
    Kind.CERFA: {
        "employer_name": _T,
        "employer_siret": _T,
        **_PERSON,
        "birth_date": _D,
        "contract_kind": _T,
        "start_date": _D,
        "end_date": _D,
        "training_hours": _H,
        "general_hours": _H,
        "qualification": _T,
        "tutor_last_name": _T,
        "provider_name": _T,
        "provider_siret": _T,
        "provider_nda": _T,
        "signed_on": _D,
        "signed": _F,
    },
    Kind.TRAINING_AGREEMENT: {
        "provider_name": _T,
        "provider_siret": _T,
        "customer_name": _T,
        **_PERSON,
        "training_title": _T,
        "start_date": _D,
        "end_date": _D,
        "hours": _H,
        "net_amount": _A,
        "signed": _F,
    },
    Kind.MISSION_CONTRACT: {
        **_PERSON,
        "employer_name": _T,
        "user_company": _T,
        "start_date": _D,
        "end_date": _D,
        "signed": _F,
    },
    Kind.CIPI_CONTRACT: {
        **_PERSON,
        "employer_name": _T,
        "start_date": _D,
        "end_date": _D,
        "hours": _H,
        "signed": _F,
        "request_ref": _T,
        # ours: "contrat" (interimaire) or "lettre" (cdii)
        "form": _T,
    },
    Kind.DISABILITY_NOTICE: {**_PERSON, "valid_from": _D, "valid_to": _D},
    Kind.DISTANCE_EVIDENCE: {**_PERSON, "hours": _H, "start_date": _D, "end_date": _D},
    Kind.TERMINATION: {**_PERSON, "terminated_on": _D},
    Kind.TUTOR_CERTIFICATE: {"tutor_last_name": _T, "trained_on": _D, "hours": _H},
    Kind.PROGRAMME: dict(_PERSON),
    Kind.CALENDAR: dict(_PERSON),
    Kind.COMMITMENT_CHARTER: {**_PERSON, "signed": _F},
    Kind.PARTIES_COMMITMENT: {**_PERSON, "signed": _F},
    Kind.AFEST_PROTOCOL: {**_PERSON, "signed": _F},
    Kind.CERTIFICATION_RECORD: {**_PERSON, "signed": _F},
    Kind.SITUATION_PROOF: dict(_PERSON),
    Kind.BANK_DETAILS: {"iban": _T, "holder_name": _T},
    Kind.OTHER: {},
}
"""Fields by kind. A field that the contract does not name is ours and stands under "ours" above."""
