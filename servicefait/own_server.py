"""A Prefect server of one process's own, for a run in the foreground: nothing to start, nothing left behind.

Prefect's own temporary server outlives a client that is killed. This one holds the reading end of a pipe
whose writing end only its parent has: when the parent ends, however it ends, the pipe closes and the server
goes, with the folder it kept its state in. Works without a network; telemetry is off.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

START_SECONDS = 240.0
"""How long a server may take to come up: the first start on a busy machine makes its tables for half a
minute.
"""

_QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    "PREFECT_UI_ENABLED": "false",
    # nothing is scheduled, nothing triggers and nothing is cleaned up in the life of one run
    "PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_CANCELLATION_CLEANUP_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_FOREMAN_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false",
    "PREFECT__SERVER_EPHEMERAL": "1",
}


class ServerDidNotStart(RuntimeError):
    """The temporary server did not come up; the message says what it wrote last."""


class OwnServer:
    """A server that is coming up. ``ready`` waits for it and turns this process to it."""

    def __init__(self, process: subprocess.Popen[bytes], environment: dict[str, str], log: Path) -> None:
        self._process = process
        self._environment = environment
        self._log = log

    def ready(self, log_level: str = "CRITICAL") -> str:
        """Wait until the server answers, and set the environment. Returns its address.

        To be called before Prefect is imported, for Prefect looks at its settings once. Raises
        `ServerDidNotStart`.
        """
        url = f"http://127.0.0.1:{_port(self._process, self._log)}/api"
        _wait_until_up(self._process, url, self._log)
        for name in [name for name in os.environ if name.startswith("PREFECT_")]:
            del os.environ[name]
        os.environ.update(self._environment, PREFECT_API_URL=url, PREFECT_LOGGING_LEVEL=log_level)
        return url


@contextlib.contextmanager
def own_server() -> Iterator[OwnServer]:
    """Start a server for the block. What the block does before it asks for `ready` costs no waiting."""
    home = tempfile.mkdtemp(prefix="servicefait-prefect-")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    direct = _without_proxy()
    environment = {**kept, **_QUIET, "PREFECT_HOME": home, "NO_PROXY": direct, "no_proxy": direct}
    path = os.pathsep.join(filter(None, [_root(), kept.get("PYTHONPATH", "")]))
    log = Path(home, "server.log")
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "servicefait.own_server", home],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=written,
            env={**environment, "PYTHONPATH": path},
            start_new_session=True,  # the terminal's Ctrl-C is for us: the run's end is still to be reported
        )
    before = dict(os.environ)
    try:
        yield OwnServer(process, environment, log)
    finally:
        os.environ.clear()
        os.environ.update(before)
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        shutil.rmtree(home, ignore_errors=True)


def _without_proxy() -> str:
    """A proxy for the outside must not be asked for a server on this machine."""
    given = os.environ.get("NO_PROXY") or os.environ.get("no_proxy") or ""
    return ",".join(dict.fromkeys([*filter(None, given.split(",")), "127.0.0.1", "localhost"]))


def _root() -> str:
    return str(Path(__file__).resolve().parent.parent)


def _port(server: subprocess.Popen[bytes], log: Path) -> int:
    """The port that the server took, which it writes as its first line."""
    line = server.stdout.readline() if server.stdout is not None else b""
    if not line.strip().isdigit():
        raise ServerDidNotStart(_last_words(log))
    return int(line)


def _wait_until_up(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            with opener.open(f"{url}/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise ServerDidNotStart(_last_words(log))


def _last_words(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines() if log.exists() else []
    return f"Prefect's temporary server did not start: {lines[-1] if lines else 'it said nothing'}"


# From here on, in the server's process.


def _end_with_parent(home: str) -> None:
    """Read until the parent's end of the pipe closes, then go without a word."""
    with contextlib.suppress(OSError):
        while sys.stdin.buffer.read(4096):
            pass
    shutil.rmtree(home, ignore_errors=True)
    os._exit(0)


def _serve(home: str) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, args=(home,), name="parent-watch", daemon=True).start()
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.bind(("127.0.0.1", 0))
    sys.stdout.write(f"{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    import uvicorn
    from prefect.server.api.server import create_app

    config = uvicorn.Config(create_app(), log_level="error", lifespan="on", access_log=False)
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    _serve(sys.argv[1])
