"""A session ends: ten hours after signing in, whatever is done, and half an hour after the last page."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase

SINCE, SEEN = "signed-in-at", "last-seen-at"
_EACH = 60
"""Seconds between two notes of a last sight: one write a minute, not one a page."""


class SessionLimits:
    """Signs out who comes back too late. After the sessions' and the accounts' own middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            now = int(time.time())
            since = request.session.setdefault(SINCE, now)
            seen = request.session.get(SEEN, now)
            if now - since > settings.SESSION_COOKIE_AGE or now - seen > settings.DESK_IDLE:
                logout(request)
                request.session[ENDED] = True
            elif now - seen >= _EACH or SEEN not in request.session:
                request.session[SEEN] = now
        return self._get_response(request)


ENDED = "ended-for-rest"


def told_once(request: HttpRequest) -> None:
    """Say to who signs in again why they have to."""
    if request.session.pop(ENDED, False):
        messages.info(request, "Votre session a pris fin après une période sans activité.")
