"""A night killed anywhere and run again ends as one that was never killed, and pays nothing twice."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.flows.small_night import AS_OF, ROOT, TIMEOUT, draw, environment, left

POINTS = [
    ("records.intake.register", 1, "after"),
    ("records.readings.save", 5, "before"),
    ("records.decisions.record", 2, "after"),
    ("records.ledger.close_batch", 1, "after"),
    ("records.ledger.mark_released", 1, "before"),
    ("records.ledger.mark_released", 1, "after"),
    ("flows.publishing._write_json", 2, "before"),
]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw(tmp_path_factory.mktemp("drawn"))


@pytest.fixture(scope="module")
def whole(drawn: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a night leaves that nothing happened to."""
    out = tmp_path_factory.mktemp("whole")
    assert night(drawn, out) == 0
    return left(out)


def night(drawn: Path, out: Path, *point: object) -> int:
    settings = {
        "SERVICEFAIT_REQUESTS": str(drawn / "requests.json"),
        "SERVICEFAIT_UPLOADS": str(drawn / "uploads"),
        "SERVICEFAIT_OUT": str(out),
        "SERVICEFAIT_WORKERS": "2",
    }
    command = [sys.executable, "-m", "tests.flows.killed_night", AS_OF, *map(str, point)]
    done = subprocess.run(
        command,
        env=environment(**settings),
        cwd=ROOT,
        timeout=TIMEOUT,
        check=False,
        stdout=subprocess.DEVNULL,
    )
    return done.returncode


@pytest.mark.parametrize(("where", "call", "when"), POINTS)
def test_killed_there_and_run_again_it_ends_the_same(
    where: str, call: int, when: str, drawn: Path, whole: dict[str, Any], tmp_path: Path
) -> None:
    assert night(drawn, tmp_path, where, call, when) == -signal.SIGKILL
    assert night(drawn, tmp_path) == 0
    assert left(tmp_path) == whole
    with sqlite3.connect(tmp_path / "servicefait.sqlite3") as database:
        paid = [d["claim"] for d in whole["decisions"] if d["verdict"] == "pay"]
        rows = database.execute(
            "select claim, state from records_paymentinstruction order by claim"
        ).fetchall()
        assert rows == [(claim, "released") for claim in sorted(paid)]
        [(versions,)] = database.execute("select max(version) from records_decisionrow").fetchall()
        assert versions == 1


def test_the_whole_night_pays_and_refuses(whole: dict[str, Any]) -> None:
    """What the comparisons above compare is not nothing."""
    assert {"pay", "incomplete"} <= {decision["verdict"] for decision in whole["decisions"]}
    assert list(whole["payments"]) == ["payments.xml"]
    assert whole["letters"]
    assert all(document["status"] == "read" for document in whole["documents"])
