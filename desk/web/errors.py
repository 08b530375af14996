"""What people are told when a page can't be given. None of it repeats what was asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def _told(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    return render(request, "desk/error.html", {"title": title, "text": text}, status=status)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _told(
        request, 403, "Accès refusé", str(exception) or "Votre rôle ne donne pas accès à cette page."
    )


def not_there(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _told(request, 404, "Page introuvable", "Cette adresse ne mène à rien, ou plus à rien.")


def wrong(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _told(request, 400, "Demande incomprise", "Ce qui a été envoyé n’a pas pu être compris.")


def broke(request: HttpRequest) -> HttpResponse:
    return _told(request, 500, "Erreur", "Une erreur est survenue ; rien n’a été enregistré.")


def not_asked_for(request: HttpRequest) -> HttpResponse:
    """An answer of the directory to a question that this session did not ask, or asked already."""
    text = "La réponse de l’annuaire n’est pas celle que votre session attendait. Recommencez la connexion."
    return _told(request, 400, "Connexion refusée", text)


def not_from_here(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that none of our pages gave to this session."""
    text = "Ce formulaire ne vient pas de votre session. Rechargez la page, puis recommencez."
    return _told(request, 403, "Formulaire refusé", text)
