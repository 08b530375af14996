"""Servers that the tests start and end themselves: PostgreSQL, and S3 by moto, each in its own process."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


class NoPostgreSQL(RuntimeError):
    """PostgreSQL is not installed."""


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


@contextmanager
def postgresql() -> Iterator[str]:
    """A cluster of our own on a free port; the URL of its databases without their name."""
    programs = _programs()
    if programs is None:
        raise NoPostgreSQL("no PostgreSQL here: setup/system.sh tests installs it")
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


@contextmanager
def s3_server() -> Iterator[str]:
    """moto's server, over HTTP; its address."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{address}/moto-api/", timeout=2).close()  # noqa: S310  our own server
                break
            except OSError:
                assert server.poll() is None, "moto's server ended"
                time.sleep(0.1)
        yield address
    finally:
        server.kill()
        server.wait()


def s3_environment(address: str) -> dict[str, str]:
    """What boto3 takes from the environment to reach it."""
    return {
        "AWS_ENDPOINT_URL": address,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "eu-west-3",
    }


def ask(cluster: str, statement: str) -> None:
    """One statement to a cluster, outside a transaction."""
    import psycopg

    with psycopg.connect(cluster + "postgres", autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[arg-type]
