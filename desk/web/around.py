"""What stands around every page: the menu that the account's role opens."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from desk.acts import Right
from desk.web.guards import has, next_step, person

_MENU = (
    ("desk:queue", "File d’attente", Right.SEE),
    ("desk:approvals", "Approbations", Right.SEE),
    ("desk:batches", "Paiements", Right.SEE),
    ("desk:letters", "Courriers", Right.SEE),
    ("desk:orphans", "Orphelins", Right.SEE),
    ("desk:accounts", "Comptes", Right.ADMINISTER),
    ("desk:help", "Aide", Right.SEE),
)


def around(request: HttpRequest) -> dict[str, Any]:
    """``menu``: address, name, whether it is this page. Nothing for who is not all the way in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or next_step(request) is not None:
        return {"menu": (), "rights": frozenset()}
    person_ = person(request)
    rights = frozenset(right.value for right in Right if has(person_, right))
    here = request.resolver_match.view_name if request.resolver_match else ""
    menu = [(name, title, name == here) for name, title, right in _MENU if right.value in rights]
    own_password = settings.DESK_PASSWORDS and person_.has_usable_password()
    return {"menu": menu, "rights": rights, "own_password": own_password}
