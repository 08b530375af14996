"""Who may do what: rights as Django permissions, roles as groups, and what no role gives.

Checked by the acts themselves, not by pages alone: nobody approves what they had a hand in, and a claim
assigned to one officer is left alone by the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Protocol

from records import acts, foureyes, near, queue
from records.models import DecisionRow


class Person(Protocol):
    """An account: Django's user is one."""

    @property
    def is_active(self) -> bool: ...

    def get_username(self) -> str: ...

    def has_perm(self, perm: str, obj: Any = None) -> bool: ...


class Right(StrEnum):
    """A right; ``records.<value>`` is Django's name of its permission."""

    SEE = "see"
    INSTRUCT = "instruct"  # correct, mark, overrule, attach, ask, reject, pay, reopen
    APPROVE = "approve"  # be the second person
    ASSIGN = "assign"  # give a claim to somebody, act on another's, undo another's act
    APPROVE_BATCH = "approve_batch"  # approve a payment batch, fetch its file
    ADMINISTER = "administer"  # the desk's policy and accounts


ROLES: Mapping[str, tuple[Right, ...]] = {
    "reader": (Right.SEE,),
    "officer": (Right.SEE, Right.INSTRUCT),
    "supervisor": (Right.SEE, Right.INSTRUCT, Right.APPROVE, Right.ASSIGN),
    "finance": (Right.SEE, Right.APPROVE_BATCH),
    "administrator": (Right.SEE, Right.ADMINISTER),
}
"""Django groups and their rights. Who administers neither instructs nor pays."""


class NotAllowed(PermissionError):
    """The account may not do this; the message is a French sentence."""


def may(user: Person, right: Right, claim: str | None = None) -> bool:
    """Whether ``user`` has the right, and on this claim: nobody approves what they had a hand in, and an
    officer leaves a claim assigned to another alone.
    """
    return why_not(user, right, claim) is None


def need(user: Person, right: Right, claim: str | None = None) -> None:
    """Raises `NotAllowed` where `may` is false."""
    problem = why_not(user, right, claim)
    if problem is not None:
        raise NotAllowed(problem)


def why_not(user: Person, right: Right, claim: str | None = None) -> str | None:
    """Why `may` is false, in French; None where it is true."""
    if not user.is_active or not user.has_perm(f"records.{right}"):
        return "Votre compte n’a pas ce droit."
    if claim is None:
        return None
    if right is Right.INSTRUCT:
        assignee = queue.assignee_of(claim)
        if assignee not in ("", user.get_username()) and not may(user, Right.ASSIGN):
            return f"Cette demande est suivie par {assignee}."
    if right is Right.APPROVE and user.get_username() in hands_on(claim):
        return "Vous avez instruit cette demande : une autre personne l’approuve."
    return None


def hands_on(claim: str) -> tuple[str, ...]:
    """Who had a hand in what the claim now comes to: by acts on it or on its files, or by instructing what
    waits.
    """
    found = set(acts.instructors(claim, near.digests_of(claim)))
    row = DecisionRow.objects.filter(claim=claim).order_by("-version").first()
    waiting = foureyes.waiting(row) if row is not None else None
    if waiting is not None:
        found |= set(waiting.instructed_by)
    return tuple(sorted(found))


def set_up_roles() -> None:
    """Make the groups and give them their rights, as often as one likes. Needs ``django.contrib.auth``."""
    from django.apps import apps

    group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, rights in ROLES.items():
        made, _ = group.objects.get_or_create(name=name)
        held = permission.objects.filter(
            content_type__app_label="records", codename__in=[right.value for right in rights]
        )
        if held.count() != len(rights):
            raise LookupError("the permissions are not there yet: migrate first")
        made.permissions.set(held)
