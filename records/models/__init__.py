"""The tables. One module a subject; Django finds them all here."""

from records.models.audit import AuditEntry, AuditHead
from records.models.decisions import DecisionRow, FindingRow
from records.models.documents import DocumentState, ReadField, ReadPart, StoredDocument
from records.models.nights import Night, NightStatus
from records.models.payments import BatchState, InstructionState, PaymentBatch, PaymentInstruction
from records.models.snapshots import ClaimSnapshot, RequestSnapshot

__all__ = [
    "AuditEntry",
    "AuditHead",
    "BatchState",
    "ClaimSnapshot",
    "DecisionRow",
    "DocumentState",
    "FindingRow",
    "InstructionState",
    "Night",
    "NightStatus",
    "PaymentBatch",
    "PaymentInstruction",
    "ReadField",
    "ReadPart",
    "RequestSnapshot",
    "StoredDocument",
]
