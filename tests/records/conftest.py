"""Databases for the tests: SQLite, and a PostgreSQL cluster that the tests start themselves."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from records import setup
from tests.records.servers import NoPostgreSQL, ask, postgresql

setup.prepare()

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    try:
        with postgresql() as url:
            yield url
    except NoPostgreSQL as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def _sqlite_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "made.sqlite3"
    setup.configure(f"sqlite:///{path}")
    _close()
    return path


@pytest.fixture(scope="session")
def _postgresql_made(cluster: str) -> str:
    """A migrated database, from which each test's is copied."""
    ask(cluster, "CREATE DATABASE made")
    setup.configure(cluster + "made")
    _close()
    return "made"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database with our tables, to which this process is turned."""
    if request.param == "sqlite":
        path = tmp_path / "night.sqlite3"
        shutil.copy(request.getfixturevalue("_sqlite_made"), path)
        url = f"sqlite:///{path}"
    else:
        cluster, made = request.getfixturevalue("cluster"), request.getfixturevalue("_postgresql_made")
        name = f"night_{next(_NUMBERS)}"
        ask(cluster, f"CREATE DATABASE {name} TEMPLATE {made}")
        url = cluster + name
    setup.configure(url)
    yield url
    _close()


def _close() -> None:
    from django.db import connections

    connections.close_all()
