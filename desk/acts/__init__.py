"""What a person does at the desk: each act in one transaction with its entry on the audit chain.

Every act on a claim takes ``user`` (an account: ``is_active``, ``get_username``, ``has_perm``), the claim's
id, and ``seen``: the version of the decision that stood on the person's screen. It then applies the rules
again at once and returns `Done`, with the version that stands now. All raise, and then change nothing:

- `NotAllowed`: the account has not the right, or had a hand in what it would approve;
- `Overtaken`: the claim was decided anew since ``seen``;
- `AlreadyPaid`: the payment is released or its batch approved;
- `Impossible`: the act has no object; ``str(error)`` is a French sentence for the person.
"""

from desk.acts.batches import (
    BatchShown,
    approve_batch,
    batch_payments,
    batches,
    fetch_batch,
    send_back_payment,
    withdraw_approval,
)
from desk.acts.claimfile import ActShown, ClaimFile, CorrectionShown, claim_file
from desk.acts.claims import approve, ask_for_piece, overrule, pay, reject, reopen, send_back
from desk.acts.deed import Done, Impossible
from desk.acts.filing import Attached, Orphan, attach, attached, detach, let_go, orphans, take
from desk.acts.people import ROLES, NotAllowed, Person, Right, may, set_up_roles, why_not
from desk.acts.pieces import correct_half_day, correct_kind, correct_pages, correct_value, mark_half_day
from desk.acts.policies import change_policy, policy, set_up
from desk.acts.queueing import (
    Entry,
    Filters,
    QueuePage,
    Sort,
    counts_by_cause,
    counts_by_state,
    next_claim,
    queue,
)
from desk.acts.shelved import PartAt, Shelved
from desk.acts.undoing import undo
from records.decisions import Overtaken
from records.ledger import AlreadyPaid
from records.models import WaitsFor
from records.policy import Policy

__all__ = [
    "ROLES",
    "ActShown",
    "AlreadyPaid",
    "Attached",
    "BatchShown",
    "ClaimFile",
    "CorrectionShown",
    "Done",
    "Entry",
    "Filters",
    "Impossible",
    "NotAllowed",
    "Orphan",
    "Overtaken",
    "PartAt",
    "Person",
    "Policy",
    "QueuePage",
    "Right",
    "Shelved",
    "Sort",
    "WaitsFor",
    "approve",
    "approve_batch",
    "ask_for_piece",
    "attach",
    "attached",
    "batch_payments",
    "batches",
    "change_policy",
    "claim_file",
    "correct_half_day",
    "correct_kind",
    "correct_pages",
    "correct_value",
    "counts_by_cause",
    "counts_by_state",
    "detach",
    "fetch_batch",
    "let_go",
    "mark_half_day",
    "may",
    "next_claim",
    "orphans",
    "overrule",
    "pay",
    "policy",
    "queue",
    "reject",
    "reopen",
    "send_back",
    "send_back_payment",
    "set_up",
    "set_up_roles",
    "take",
    "undo",
    "why_not",
    "withdraw_approval",
]
