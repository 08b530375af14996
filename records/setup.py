"""Bring up Django for this room alone, from one database URL, and bring the tables up to date."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from records.database import database_settings

_SETTINGS: dict[str, Any] = {
    "INSTALLED_APPS": ["records"],
    "USE_TZ": True,
    "TIME_ZONE": "Europe/Paris",
    "LANGUAGE_CODE": "fr",
    "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
}


def base_settings(database_url: str) -> dict[str, Any]:
    """The settings that the records need; a web project adds its own to them."""
    return {**_SETTINGS, "DATABASES": {"default": database_settings(database_url)}}


def prepare() -> None:
    """Make the tables' modules importable, with no database yet. Does nothing in a project that is set up."""
    if not settings.configured and not os.environ.get("DJANGO_SETTINGS_MODULE"):
        settings.configure(**_SETTINGS)
        django.setup()


def configure(database_url: str) -> None:
    """Open the database at ``database_url`` and create or migrate its tables.

    A second call turns this process to another database: its open connections are closed first. Raises
    `records.database.DatabaseUrlError`, and Django's database errors where it can't be reached.
    """
    prepare()
    wanted = base_settings(database_url)
    if wanted["DATABASES"] != settings.DATABASES:
        connections.close_all()
        settings.DATABASES = wanted["DATABASES"]
        connections.settings = connections.configure_settings(wanted["DATABASES"])
        with suppress(AttributeError):  # a process that asked nothing yet has none
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
