"""Signing in through the funder's own directory (OpenID Connect): who somebody is, never what they may do.

An account is made by the desk's administrator and found by the e-mail address that the directory vouches for.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from mozilla_django_oidc.auth import OIDCAuthenticationBackend


class Directory(OIDCAuthenticationBackend):  # type: ignore[misc]  # the library has no types
    """Lets in the one active account of a vouched address."""

    def verify_claims(self, claims: dict[str, Any]) -> bool:
        # an address that its holder typed in and nobody checked could be a colleague's
        return bool(claims.get("email")) and claims.get("email_verified", True) is True

    def filter_users_by_claims(self, claims: dict[str, Any]) -> QuerySet[User]:
        found = User.objects.filter(email__iexact=claims["email"], is_active=True)
        return found if len(found) == 1 else User.objects.none()
