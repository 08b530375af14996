"""Every page stands behind a login, a second factor where one is asked for, and a right."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.auth.models import AbstractBaseUser, User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django_otp import user_has_device

from desk.acts import Right
from desk.web.models import GivenPassword

OWN_FIRST = "desk:change-password"
DIRECTORY = "desk.web.directory.Directory"
NO_ROLE = "Votre compte n’a pas encore de rôle : un administrateur doit vous en donner un."

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def person(request: HttpRequest) -> User:
    """The account that asks, behind `needs`."""
    return cast(User, request.user)


def has(user: User, right: Right) -> bool:
    """Whether the account's role gives it the right."""
    return user.has_perm(f"records.{right.value}")


def needs(right: Right) -> Callable[[View[P]], View[P]]:
    """For a page that ``right`` opens: 302 to the sign-in without a login, 403 without the right."""

    def guarded(view: View[P]) -> View[P]:
        @wraps(view)
        def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if (step := next_step(request)) is not None:
                return redirect(f"{reverse(step)}?next={request.get_full_path()}" if _safe(request) else step)
            if not has(person(request), right):
                raise PermissionDenied("" if _has_role(person(request)) else NO_ROLE)
            return view(request, *args, **kwargs)

        return answer

    return guarded


def signed_in(view: View[P]) -> View[P]:
    """For the pages between the password and the second factor."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return answer


def next_step(request: HttpRequest) -> str | None:
    """What still stands between the login and the desk: the page that takes it, or None."""
    user = person(request)
    if not _by_directory(request) and GivenPassword.objects.filter(user=user).exists():
        return OWN_FIRST
    if user.is_verified() or (settings.DESK_OIDC_SECOND_FACTOR and _by_directory(request)):  # type: ignore[attr-defined]  # set by OTPMiddleware
        return None
    if user_has_device(cast(AbstractBaseUser, user)):
        return "desk:second-factor"
    return "desk:set-up-second-factor" if settings.DESK_SECOND_FACTOR else None


def _by_directory(request: HttpRequest) -> bool:
    return bool(request.session.get(BACKEND_SESSION_KEY) == DIRECTORY)


def _has_role(user: User) -> bool:
    return user.groups.exists()


def _safe(request: HttpRequest) -> bool:
    return request.method in ("GET", "HEAD")
