"""The tables. One module a subject; Django finds them all here."""

from records.models.acts import Act, ActKind, Overlay
from records.models.audit import AuditEntry, AuditHead
from records.models.decisions import DecisionRow, FindingRow
from records.models.documents import DocumentState, ReadField, ReadPart, StoredDocument
from records.models.foureyes import Approval, ApprovalState, DeskPolicy, PayeeAccount
from records.models.nights import Night, NightStatus
from records.models.payments import BatchState, InstructionState, PaymentBatch, PaymentInstruction
from records.models.queue import QueueCause, QueueEntry, WaitsFor
from records.models.snapshots import ClaimSnapshot, RequestSnapshot

__all__ = [
    "Act",
    "ActKind",
    "Approval",
    "ApprovalState",
    "AuditEntry",
    "AuditHead",
    "BatchState",
    "ClaimSnapshot",
    "DecisionRow",
    "DeskPolicy",
    "DocumentState",
    "FindingRow",
    "InstructionState",
    "Night",
    "NightStatus",
    "Overlay",
    "PayeeAccount",
    "PaymentBatch",
    "PaymentInstruction",
    "QueueCause",
    "QueueEntry",
    "ReadField",
    "ReadPart",
    "RequestSnapshot",
    "StoredDocument",
    "WaitsFor",
]
