"""Prefect's server for a run in the foreground ends with its parent, however that ends."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.flows.small_night import ROOT, environment

PARENT = """
import os, sys, time
from servicefait.own_server import own_server
with own_server() as server:
    url = server.ready()
    print(url, os.environ["PREFECT_HOME"], flush=True)
    if sys.argv[1] == "wait":
        time.sleep(300)
"""


def answers(url: str) -> bool:
    import urllib.request

    try:
        with urllib.request.urlopen(f"{url}/health", timeout=5) as answer:  # noqa: S310  our own server
            return bool(answer.status == 200)
    except OSError:
        return False


def gone(url: str, home: str) -> bool:
    for _ in range(150):
        if not answers(url) and not Path(home).exists():
            return True
        time.sleep(0.1)
    return False


def started(how: str) -> tuple[subprocess.Popen[str], str, str]:
    # a proxy for the outside must not be asked for the server on this machine
    surroundings = environment(
        HTTP_PROXY="http://127.0.0.1:9", http_proxy="http://127.0.0.1:9", TMPDIR=tempfile.gettempdir()
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, how], stdout=subprocess.PIPE, text=True, env=surroundings, cwd=ROOT
    )
    assert parent.stdout is not None
    url, home = parent.stdout.readline().split()
    return parent, url, home


def test_it_goes_when_its_parent_is_killed() -> None:
    parent, url, home = started("wait")
    try:
        assert answers(url)
        assert home != str(Path.home() / ".prefect")
    finally:
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    assert gone(url, home)


def test_it_goes_when_its_parent_is_done() -> None:
    parent, url, home = started("leave")
    assert parent.wait(timeout=120) == 0
    assert gone(url, home)
