"""Help: the keys, and what each word of the desk means."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from desk.acts import Right
from desk.web.guards import needs

KEYS = (
    (
        "Partout",
        (("f", "la file d’attente"), ("n", "demande suivante"), ("/", "chercher"), ("?", "cette aide")),
    ),
    (
        "Dans la file",
        (
            ("j", "ligne suivante"),
            ("k", "ligne précédente"),
            ("Entrée", "ouvrir la demande"),
            ("m", "m’attribuer la demande"),
        ),
    ),
    (
        "Sur une demande",
        (
            ("p", "payer ce qui est proposé"),
            ("x", "rejeter"),
            ("d", "demander une pièce"),
            ("r", "reprendre une demande décidée"),
            ("a", "approuver (seconde personne)"),
            ("e", "écarter le premier constat"),
            ("m", "m’attribuer la demande"),
            ("j", "valeur suivante, montrée sur la page"),
            ("k", "valeur précédente"),
            ("c", "corriger la valeur"),
            ("o", "demi-journée prouvée, ou non"),
            ("Échap", "fermer le formulaire"),
        ),
    ),
    (
        "Les pages",
        (
            ("+", "agrandir"),
            ("-", "réduire"),
            ("0", "ajuster"),
            ("t", "tourner"),
            ("v", "page suivante"),
            ("b", "page précédente"),
        ),
    ),
)


@require_GET
@needs(Right.SEE)
def help_page(request: HttpRequest) -> HttpResponseBase:
    return render(request, "desk/help.html", {"keys": KEYS})
