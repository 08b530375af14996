"""One process at work at a time; one that was taken for dead writes nothing more."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import threading

import pytest

from records import audit, decisions, intake, ledger, nights, readings
from records.models import Night, NightStatus
from records.nights import FenceLost, NightHeld
from tests.records.made import NIGHT, came, held, reading

pytestmark = pytest.mark.usefixtures("database")

LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def test_a_night_that_is_held_can_not_be_taken_whatever_its_date() -> None:
    held(owner="elsewhere/1/1")
    with pytest.raises(NightHeld):
        nights.take(NIGHT, "here/2/2")
    with pytest.raises(NightHeld):
        nights.take(NIGHT + dt.timedelta(days=1), "here/2/2")


def test_a_night_that_is_done_may_run_again() -> None:
    first = held(owner="elsewhere/1/1")
    nights.finish(first, NightStatus.DONE, {"claims": 3})
    again = nights.take(NIGHT, "here/2/2")
    assert again.night == first.night
    assert again.fence > first.fence
    assert Night.objects.get().status == NightStatus.RUNNING


def test_a_lease_that_ran_out_is_taken_over_and_the_old_holder_writes_nothing() -> None:
    old = held(owner="elsewhere/1/1")
    rows = list(came(old, a="one").values())
    readings.claim(old, rows)
    Night.objects.update(lease_until=LONG_AGO)
    new = nights.take(NIGHT, "here/2/2")
    before = audit.broken_at(), len(ledger.batches())
    for write in (
        lambda: readings.save(old, rows[0], reading()),
        lambda: readings.claim(old, rows),
        lambda: intake.open_as_document(old, rows[0]),
        lambda: ledger.close_batch(old),
        lambda: ledger.mark_released(old, "SF"),
        lambda: nights.finish(old, NightStatus.DONE, {}),
    ):
        with pytest.raises(FenceLost):
            write()
    assert (audit.broken_at(), len(ledger.batches())) == before
    assert [row.file for row in readings.claim(new, rows)] == ["a"]
    assert decisions.standings() == {}


def test_a_holder_on_this_machine_whose_process_is_gone_is_known_to_be_dead() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    owner = f"{nights.this_owner().split('/')[0]}/{child.pid}/{nights.process_started(child.pid)}"
    held(owner=owner)
    with pytest.raises(NightHeld):
        nights.take(NIGHT)
    child.kill()
    child.wait()
    assert nights.take(NIGHT).fence == 2


def test_another_process_with_a_dead_ones_number_is_not_taken_for_it() -> None:
    host = nights.this_owner().split("/")[0]
    assert nights.surely_dead(f"{host}/{os.getpid()}/12345")
    assert not nights.surely_dead(nights.this_owner())
    assert not nights.surely_dead("elsewhere/1/1")


def test_of_two_that_take_the_night_at_once_one_gets_it() -> None:
    got: list[str] = []
    lost: list[str] = []
    start = threading.Barrier(2)

    def take(owner: str) -> None:
        from records.setup import own_connection

        with own_connection():
            start.wait()
            try:
                nights.take(NIGHT, owner)
            except NightHeld:
                lost.append(owner)
            else:
                got.append(owner)

    threads = [threading.Thread(target=take, args=(f"elsewhere/{n}/{n}",)) for n in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(got) == len(lost) == 1


def test_the_lease_is_renewed_while_the_night_is_at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nights, "RENEWED_EVERY_SECONDS", 0.05)
    night = held()
    Night.objects.update(lease_until=LONG_AGO)
    renewed = threading.Event()
    with nights.kept_alive(night):
        for _ in range(200):
            if Night.objects.get().lease_until != LONG_AGO:
                renewed.set()
                break
            renewed.wait(0.05)
    assert renewed.is_set()
