"""One URL to what Django needs to reach the database."""

from __future__ import annotations

import re
from typing import Any

import dj_database_url

BUSY_SECONDS = 60
"""How long a writer waits for another on SQLite, which has one writer at a time."""

_DRIVER = re.compile(r"^([a-z]+)\+[a-z0-9]+://")
_ENGINES = frozenset({"django.db.backends.sqlite3", "django.db.backends.postgresql"})


class DatabaseUrlError(ValueError):
    """The URL is not one of a SQLite or PostgreSQL database. The message never holds the URL: it has a
    password.
    """


def database_settings(url: str) -> dict[str, Any]:
    """Django's settings of the database at ``url``.

    Takes ``sqlite:///relative/path``, ``sqlite:////absolute/path``, ``postgresql://…`` and the SQLAlchemy
    spelling ``postgresql+psycopg://…``. SQLite is opened with a write-ahead log, and every transaction takes
    the write lock at its start: one that read first and wrote later could fail however long it waited.
    """
    plain = _DRIVER.sub(r"\1://", url.strip())
    try:
        parsed: dict[str, Any] = dict(dj_database_url.parse(plain))
    except (ValueError, KeyError) as error:
        raise DatabaseUrlError("the database URL can't be understood") from error
    if parsed.get("ENGINE") not in _ENGINES:
        raise DatabaseUrlError("the database must be sqlite:///… or postgresql://…")
    if parsed["ENGINE"].endswith("sqlite3"):
        if parsed["NAME"] in ("", ":memory:"):
            raise DatabaseUrlError("a database in memory does not last: name a file, sqlite:///path")
        parsed["OPTIONS"] = {
            **parsed.get("OPTIONS", {}),
            "timeout": BUSY_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }
    return parsed
