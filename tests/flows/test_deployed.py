"""prefect.yaml on a real server: runs appear at the right hours, and a worker runs a night that decides.

What goes wrong here is silent elsewhere: a server that makes no runs looks well (docs/decisions/0002).
"""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.flows.small_night import AS_OF, ROOT, draw, environment

PARIS = ZoneInfo("Europe/Paris")
PREFECT = [sys.executable, "-m", "prefect"]
PATIENCE = 300.0


@dataclass(frozen=True)
class Server:
    """A Prefect server of the tests' own, and the environment of what talks to it."""

    url: str
    environment: dict[str, str]

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """What the API answers. As Prefect's own client: again while it says 503 (its SQLite is busy)."""
        request = urllib.request.Request(  # noqa: S310  our own server
            f"{self.url}{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        end = time.monotonic() + PATIENCE
        while True:
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
                    return json.load(answer)
            except urllib.error.HTTPError as refused:
                if refused.code != HTTPStatus.SERVICE_UNAVAILABLE or time.monotonic() > end:
                    raise
            time.sleep(0.5)

    def prefect(self, *arguments: str) -> str:
        done = subprocess.run(
            [*PREFECT, "--no-prompt", *arguments],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def until(said: Callable[[], Any]) -> Any:
    """What ``said`` answers once it answers anything."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if found := said():
                return found
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.5)
    raise TimeoutError


def started(command: list[str], env: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as written:
        return subprocess.Popen(
            command, env=env, cwd=ROOT, stdout=written, stderr=subprocess.STDOUT, start_new_session=True
        )


def stop(process: subprocess.Popen[bytes]) -> None:
    """The process and all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw(tmp_path_factory.mktemp("night"), ("certificate_alone", "no_programme"))


@pytest.fixture(scope="module")
def server(night: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("prefect")
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}/api"
    env = environment(
        PREFECT_HOME=str(home),
        PREFECT_API_URL=url,
        PREFECT_SERVER_ANALYTICS_ENABLED="false",
        PREFECT_UI_ENABLED="false",
        DO_NOT_TRACK="1",
        NO_PROXY="127.0.0.1,localhost",
        SERVICEFAIT_HOME=str(ROOT),
        SERVICEFAIT_REQUESTS=str(night / "requests.json"),
        SERVICEFAIT_UPLOADS=str(night / "uploads"),
        SERVICEFAIT_OUT=str(night / "out"),
    )
    process = started(
        [*PREFECT, "server", "start", "--host", "127.0.0.1", "--port", str(port)], env, home / "server.log"
    )
    made = Server(url, env)
    try:
        until(lambda: made.ask("/health"))
        made.prefect("work-pool", "create", "night", "--type", "process")
        made.prefect("deploy", "--all")
        yield made
    finally:
        stop(process)


@pytest.fixture(scope="module")
def deployment(server: Server) -> dict[str, Any]:
    [found] = server.ask("/deployments/filter", {})
    only: dict[str, Any] = found
    return only


def test_it_is_deployed_as_written(deployment: dict[str, Any]) -> None:
    assert deployment["entrypoint"] == "flows.nightly.nightly"
    limit = deployment["global_concurrency_limit"]
    assert limit["limit"] == 1
    assert deployment["concurrency_options"]["collision_strategy"] == "ENQUEUE"
    assert set(deployment["parameter_openapi_schema"]["properties"]) == {"as_of"}


def test_runs_appear_at_two_in_the_morning_in_paris(server: Server, deployment: dict[str, Any]) -> None:
    asked = {"deployments": {"id": {"any_": [deployment["id"]]}}}
    runs = until(lambda: server.ask("/flow_runs/filter", asked))
    starts = [
        dt.datetime.fromisoformat(run["expected_start_time"].replace("Z", "+00:00")).astimezone(PARIS)
        for run in runs
    ]
    assert len(starts) >= 3
    assert len({start.date() for start in starts}) == len(starts)
    # in the one night of spring that has no two o'clock, Prefect's versions start an hour early or late
    ordinary = [start for start in starts if (start.month, start.weekday()) != (3, 6)]
    assert {(start.hour, start.minute) for start in ordinary} == {(2, 0)}


def test_deployed_twice_there_is_still_one_schedule(server: Server, deployment: dict[str, Any]) -> None:
    server.prefect("deploy", "--all")
    [again] = server.ask("/deployments/filter", {})
    assert again["id"] == deployment["id"]
    assert [schedule["id"] for schedule in again["schedules"]] == [
        schedule["id"] for schedule in deployment["schedules"]
    ]


def test_a_worker_runs_the_night_and_its_decisions_are_there(
    server: Server, deployment: dict[str, Any], night: Path, tmp_path: Path
) -> None:
    asked = {"parameters": {"as_of": AS_OF}, "idempotency_key": "the night"}
    run = server.ask(f"/deployments/{deployment['id']}/create_flow_run", asked)
    worker = started(
        [*PREFECT, "worker", "start", "--pool", "night", "--install-policy", "never"],
        server.environment,
        tmp_path / "worker.log",
    )
    try:
        ended = until(lambda: _ended(server, run["id"]))
    finally:
        stop(worker)
    assert ended["type"] == "COMPLETED", ended["message"]
    decisions = json.loads((night / "out" / "decisions.json").read_text(encoding="utf-8"))
    assert decisions["run"]["as_of"] == AS_OF
    claims = json.loads((night / "requests.json").read_text(encoding="utf-8"))["claims"]
    assert sorted(d["claim"] for d in decisions["decisions"]) == sorted(claim["id"] for claim in claims)
    keys = {artifact["key"] for artifact in server.ask("/artifacts/filter", {})}
    assert {"night", "reading"} <= keys


def _ended(server: Server, run: str) -> dict[str, Any] | None:
    state: dict[str, Any] = server.ask(f"/flow_runs/{run}")["state"]
    return state if state["type"] in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED") else None
