"""prefect.yaml says what we mean: Prefect drops a key it does not know without a word."""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from flows.nightly import business_date, final_state, nightly

ROOT = Path(__file__).resolve().parents[2]
KNOWN = {
    "name", "version", "tags", "description", "schedules", "flow_name", "entrypoint", "parameters",
    "enforce_parameter_schema", "work_pool", "concurrency_limit", "paused", "build", "push",
    "pull", "triggers",
}  # fmt: skip
PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture(scope="module")
def said() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def deployment(said: dict[str, Any]) -> dict[str, Any]:
    [only] = said["deployments"]
    found: dict[str, Any] = only
    return found


def test_no_key_is_one_that_prefect_drops(said: dict[str, Any], deployment: dict[str, Any]) -> None:
    assert set(said) == {"name", "pull", "deployments"}
    assert set(deployment) <= KNOWN
    assert set(deployment["concurrency_limit"]) == {"limit", "collision_strategy", "grace_period_seconds"}
    [schedule] = deployment["schedules"]
    assert set(schedule) == {"slug", "cron", "timezone"}


def test_one_night_at_a_time_at_two_in_paris_waiting_for_the_one_before(deployment: dict[str, Any]) -> None:
    [schedule] = deployment["schedules"]
    assert (schedule["cron"], schedule["timezone"]) == ("0 2 * * *", "Europe/Paris")
    assert schedule["slug"]
    limit = deployment["concurrency_limit"]
    assert (limit["limit"], limit["collision_strategy"]) == (1, "ENQUEUE")


def test_the_entry_point_is_the_flow_and_takes_the_parameters(deployment: dict[str, Any]) -> None:
    module, _, name = deployment["entrypoint"].rpartition(".")
    assert getattr(importlib.import_module(module), name) is nightly
    assert set(deployment["parameters"]) <= set(inspect.signature(nightly.fn).parameters)
    assert nightly.retries == 0


@pytest.mark.parametrize(
    ("started", "date"),
    [
        ("2026-05-04T02:00:00+02:00", "2026-05-04"),
        ("2026-01-15T01:00:00+00:00", "2026-01-15"),
        # 2:00 does not exist in that night: Prefect's versions start an hour early or an hour late
        ("2027-03-28T01:00:00+01:00", "2027-03-28"),
        ("2027-03-28T03:00:00+02:00", "2027-03-28"),
        # and in this one twice
        ("2026-10-25T02:00:00+02:00", "2026-10-25"),
        ("2026-10-25T02:00:00+01:00", "2026-10-25"),
        # by the day in Paris, not in Greenwich
        ("2026-07-01T22:30:00+00:00", "2026-07-02"),
    ],
)
def test_a_night_is_keyed_by_the_paris_date_of_its_scheduled_start(started: str, date: str) -> None:
    assert business_date(dt.datetime.fromisoformat(started)).isoformat() == date


def test_what_waits_for_somebody_shows_in_the_state_and_fails_nothing() -> None:
    clean = final_state({"documents": 10, "claims": 2})
    assert (clean.name, clean.is_completed()) == ("Completed", True)
    waiting = final_state({"documents": 10, "claims": 2, "refused": 1, "waiting": 1})
    assert (waiting.name, waiting.is_completed()) == ("CompletedWithExceptions", True)
    assert "refused 1, waiting 1" in (waiting.message or "")
