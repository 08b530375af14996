"""What every answer says of itself: what is personal is kept nowhere, and no browser feature is needed."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from desk.acts import NotAllowed
from desk.web import errors


class Manners:
    """A page is kept by no cache unless it said otherwise itself, as pictures do; none is listed anywhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Robots-Tag", "noindex")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What an act refuses by right is a 403 on whatever page it was asked."""
        return errors.not_allowed(request, exception) if isinstance(exception, NotAllowed) else None
