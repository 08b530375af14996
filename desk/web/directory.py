"""Signing in through the funder's own directory (OpenID Connect): who somebody is, never what they may do.

A person is known by the directory's own key for them, bound at their first sign-in to the account of the
address that the directory vouches for. Where there is none an account is made that sees nothing, until an
administrator gives it a role.
"""

from __future__ import annotations

from typing import Any

import jwt
import requests
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView

from desk.web import errors
from desk.web.models import DirectoryPerson
from records import audit

_FAMILIES = {"RS": "RSA", "PS": "RSA", "ES": "EC"}


class Directory(OIDCAuthenticationBackend):  # type: ignore[misc]  # the library has no types
    """Lets in the one active account of a person of the directory."""

    def retrieve_matching_jwk(self, token: str) -> jwt.PyJWK:
        """The key that the token names; where it names none, the only one that can have signed it.

        The library fails on a token without a key's name, which a directory of one key may leave out.
        """
        answer = requests.get(self.OIDC_OP_JWKS_ENDPOINT, timeout=settings.OIDC_TIMEOUT)
        answer.raise_for_status()
        header = jwt.get_unverified_header(token)
        named, family = header.get("kid"), _FAMILIES.get(str(header.get("alg"))[:2])
        found = [
            key
            for key in answer.json().get("keys", [])
            if key.get("kty") == family
            and key.get("use", "sig") == "sig"
            and key.get("alg", header["alg"]) == header["alg"]
            and (named is None or key.get("kid") == named)
        ]
        if len(found) != 1:
            raise SuspiciousOperation("no key of the directory, or more than one, for this token")
        return jwt.PyJWK(found[0], algorithm=header["alg"])

    def verify_token(self, token: str, **given: Any) -> dict[str, Any]:
        """The library checks signature and nonce; the issuer, whom it is for and its end are checked here."""
        payload: dict[str, Any] = super().verify_token(token, **given)
        audience = payload.get("aud")
        meant = audience if isinstance(audience, list) else [audience]
        ours = settings.OIDC_RP_CLIENT_ID
        if (
            payload.get("iss") != settings.DESK_OIDC_ISSUER
            or ours not in meant
            or payload.get("azp", ours) != ours
            or "exp" not in payload
        ):
            raise SuspiciousOperation("a token of another issuer, or for another site")
        return payload

    def get_or_create_user(self, access_token: str, id_token: str, payload: dict[str, Any]) -> User | None:
        claims: dict[str, Any] = self.get_userinfo(access_token, id_token, payload)
        subject = payload.get("sub")
        if not subject or claims.get("sub") != subject:
            raise SuspiciousOperation("the token and the person's record are of two people")
        with transaction.atomic():
            audit.lock()
            user = _account(str(subject), claims)
        return user if user is not None and user.is_active else None


def _account(subject: str, claims: dict[str, Any]) -> User | None:
    key = {"issuer": settings.DESK_OIDC_ISSUER, "subject": subject}
    known = DirectoryPerson.objects.filter(**key).select_related("user").first()
    if known is not None:
        return known.user
    address = str(claims.get("email") or "").strip()
    # an address that its holder typed in and nobody checked could be a colleague's
    if not address or claims.get("email_verified", True) is not True:
        return None
    found = list(User.objects.filter(email__iexact=address))
    user = found[0] if len(found) == 1 else None if found else _made(address)
    if user is None or DirectoryPerson.objects.filter(user=user).exists():
        return None  # an address that went to somebody else does not take their account along
    DirectoryPerson.objects.create(user=user, **key)
    audit.append("", "account.directory", user.get_username(), {"bound": True})
    return user


def _made(address: str) -> User | None:
    """An account without password and role, named by its address."""
    name = address.lower()
    if not settings.DESK_OIDC_ACCOUNTS or User.objects.filter(username__iexact=name).exists():
        return None
    user: User = User.objects.create_user(name, address)  # without a password: none is ever right
    audit.append("", "account.made", name, {"role": "", "by": "directory"})
    return user


class Answer(OIDCAuthenticationCallbackView):  # type: ignore[misc]  # the library has no types
    """Where the directory sends people back to."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        try:
            answer: HttpResponseBase = super().get(request)
        except SuspiciousOperation:
            return errors.not_asked_for(request)
        except (requests.RequestException, jwt.PyJWTError):
            messages.error(request, "L’annuaire ne répond pas comme prévu. Réessayez dans un moment.")
            return redirect("desk:sign-in")
        return answer

    def login_failure(self) -> HttpResponse:
        messages.error(self.request, "L’annuaire ne vous a pas ouvert le bureau. Voyez un administrateur.")
        return redirect("desk:sign-in")
