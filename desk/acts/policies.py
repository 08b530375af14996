"""Begin to use the desk on a database, and change what it asks for."""

from __future__ import annotations

from django.db import transaction

from desk.acts.people import Person, Right, need, set_up_roles
from records import acts, audit, foureyes, queue, snapshots
from records import policy as kept
from records.models import ActKind
from records.policy import Policy


def policy() -> Policy | None:
    """None where no desk is in use."""
    return kept.current()


def set_up(user: str, policy: Policy | None = None) -> None:
    """Begin to use the desk on this database: its policy (default: all on), roles as Django groups, queue.

    May be called again: a policy that is there stays, unless another one is given. ``user`` is who sets it
    up, as the chain names them.
    """
    adopt(user, policy)
    set_up_roles()


def adopt(user: str, policy: Policy | None = None) -> None:
    """`set_up` without the roles."""
    with transaction.atomic():
        audit.lock()
        there = kept.current()
        if there is None or (policy is not None and policy != there):
            _change(user, there, policy or Policy())
            foureyes.note_accounts(snapshots.requests().values())
        queue.rebuild()


def change_policy(user: Person, new: Policy) -> None:
    """By an administrator; an act of its own on the chain. The queue follows."""
    need(user, Right.ADMINISTER)
    with transaction.atomic():
        audit.lock()
        there = kept.current()
        if there == new:
            return
        _change(user.get_username(), there, new)
        queue.rebuild()


def _change(user: str, there: Policy | None, new: Policy) -> None:
    acts.write(
        user,
        ActKind.CHANGE_POLICY,
        before=there.as_json() if there is not None else {},
        after=new.as_json(),
        subject="policy",
    )
    kept.keep(new)
