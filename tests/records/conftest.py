"""Databases for the tests: SQLite, and a PostgreSQL cluster that the tests start themselves."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from records import setup

setup.prepare()

_NUMBERS = count(1)


def _programs() -> Path | None:
    """The newest PostgreSQL among Debian's, or the one on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parent.parent.name))
    if found:
        return found[-1].parent
    there = shutil.which("initdb")
    return Path(there).parent if there else None


def _as_postgres(*command: str) -> list[str]:
    """PostgreSQL refuses to run as root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else list(command)


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """A cluster of our own on a free port; the URL of its databases without their name."""
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL here: setup/system.sh tests installs it")
    home = Path(tempfile.mkdtemp(prefix="servicefait-pg-"))
    data = home / "data"
    try:
        if os.geteuid() == 0:
            shutil.chown(home, "postgres")
        home.chmod(0o700)
        run = {"check": True, "capture_output": True, "cwd": "/"}
        subprocess.run(
            _as_postgres(str(programs / "initdb"), "-D", str(data), "-A", "trust", "-U", "night", "-N"), **run
        )  # type: ignore[call-overload]
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home} -c fsync=off"
        control = str(programs / "pg_ctl")
        start = _as_postgres(
            control, "-D", str(data), "-w", "-t", "60", "-l", str(home / "log"), "-o", options, "start"
        )
        # its own output goes to the log: a pipe would stay open as long as the server
        subprocess.run(start, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
        yield f"postgresql://night@127.0.0.1:{port}/"
    finally:
        if (data / "postmaster.pid").exists():
            stop = _as_postgres(str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
            subprocess.run(stop, check=False, capture_output=True, cwd="/")
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def _sqlite_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "made.sqlite3"
    setup.configure(f"sqlite:///{path}")
    _close()
    return path


@pytest.fixture(scope="session")
def _postgresql_made(cluster: str) -> str:
    """A migrated database, from which each test's is copied."""
    _ask(cluster, "CREATE DATABASE made")
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
        _ask(cluster, f"CREATE DATABASE {name} TEMPLATE {made}")
        url = cluster + name
    setup.configure(url)
    yield url
    _close()


def _ask(cluster: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(cluster + "postgres", autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[arg-type]


def _close() -> None:
    from django.db import connections

    connections.close_all()
