"""Bring up Django for this room alone, from one database URL, and bring the tables up to date."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from records.database import database_settings

APPS = ["records"]


def base_settings(database_url: str) -> dict[str, Any]:
    """The settings that the records need; a web project adds its own to them."""
    return {
        "DATABASES": {"default": database_settings(database_url)},
        "INSTALLED_APPS": list(APPS),
        "USE_TZ": True,
        "TIME_ZONE": "Europe/Paris",
        "LANGUAGE_CODE": "fr",
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
    }


def configure(database_url: str) -> None:
    """Open the database at ``database_url`` and create or migrate its tables.

    A second call turns this process to another database: its open connections are closed first. Raises
    `records.database.DatabaseUrlError`, and Django's database errors where it can't be reached.
    """
    wanted = base_settings(database_url)
    if not settings.configured:
        settings.configure(**wanted)
        django.setup()
    elif wanted["DATABASES"] != settings.DATABASES:
        connections.close_all()
        settings.DATABASES = wanted["DATABASES"]
        connections.settings = connections.configure_settings(wanted["DATABASES"])
        del connections["default"]
    logging.getLogger("django.db.backends").setLevel(logging.WARNING)
    call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def own_connection() -> Iterator[None]:
    """For the work of one thread: its connections are closed at the end, not when the thread is collected."""
    try:
        yield
    finally:
        connections.close_all()
