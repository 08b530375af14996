"""A document that kills, hangs or fills its child costs only itself."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import forkserver
from pathlib import Path

import pytest

from dossier.reading import Refusal
from extractors.isolation import Failed, Isolation, Job, Limits, Opened
from extractors.opening import ToolMissing

FAULTS = {what: f"tests.extractors.faults.{what}" for what in ("read", "members", "pictures")}
LIMITS = Limits(
    seconds=1.0, seconds_a_mega=0.0, most_seconds=2.0, memory=3 << 30, written=4 << 20, alarm_after=1.0
)


@pytest.fixture(scope="module")
def isolation() -> Iterator[Isolation]:
    with Isolation(2, LIMITS, FAULTS) as opened:
        yield opened


def reasons(isolation: Isolation, *orders: str) -> list[str | None]:
    jobs = [Job(f"{place}.pdf", order.encode()) for place, order in enumerate(orders)]
    found: dict[int, str | None] = {}
    for place, document in isolation.read(jobs):
        assert document["file"] == jobs[place].name
        found[place] = document["reason"]
    return [found[place] for place in range(len(orders))]


@pytest.mark.parametrize(
    ("fault", "refusal"),
    [
        ("segfault", Refusal.CRASHED),
        ("exits", Refusal.CRASHED),
        ("killed", Refusal.OUT_OF_MEMORY),
        ("eats", Refusal.OUT_OF_MEMORY),
        ("hangs", Refusal.TIMEOUT),
        ("raises", Refusal.CRASHED),
    ],
)
def test_one_bad_file_among_good_ones(isolation: Isolation, fault: str, refusal: Refusal) -> None:
    before = isolation.spent.second_chances
    first, bad, last = reasons(isolation, "good", fault, "good")
    assert first is None
    assert last is None
    assert bad is not None
    assert bad.startswith(f"{refusal.value}: ")
    assert bad.endswith(", twice")
    assert isolation.spent.second_chances == before + 1


def test_a_child_that_hears_no_signal_is_killed_all_the_same(isolation: Isolation) -> None:
    began = time.monotonic()
    deaf, good = reasons(isolation, "hangs deaf", "good")
    assert deaf is not None
    assert deaf.startswith("timeout")
    assert good is None
    assert time.monotonic() - began < 20


def test_every_fault_at_once_and_every_document_answered(isolation: Isolation) -> None:
    orders = ["good", "segfault", "good", "raises", "killed", "good", "eats", "refuses", "good"]
    found = reasons(isolation, *orders)
    assert [reason is None for reason in found] == [order == "good" for order in orders]


def test_a_refusal_gets_no_second_chance(isolation: Isolation) -> None:
    before = isolation.spent.second_chances
    assert reasons(isolation, "refuses") == ["encrypted: a password is needed"]
    assert isolation.spent.second_chances == before


def test_a_second_chance_is_a_chance(isolation: Isolation, tmp_path: Path) -> None:
    before = isolation.spent.second_chances
    assert reasons(isolation, f"once {tmp_path / 'died'}", "good") == [None, None]
    assert isolation.spent.second_chances == before + 1


def test_what_a_file_says_does_not_come_out_in_a_reason(isolation: Isolation) -> None:
    (reason,) = reasons(isolation, "raises")
    assert reason == "crashed: ValueError, twice"


def test_a_missing_program_is_no_documents_fault(isolation: Isolation) -> None:
    with pytest.raises(ToolMissing):
        reasons(isolation, "lacks")
    assert reasons(isolation, "good") == [None]


def test_children_see_no_password_of_ours(isolation: Isolation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    with Isolation(1, LIMITS, FAULTS) as opened:
        (seen,) = reasons(opened, "environment")
    assert seen is not None
    names = seen.split()
    assert "AWS_SECRET_ACCESS_KEY" not in names
    assert {"PATH", "OMP_THREAD_LIMIT", "TMPDIR"} <= set(names)


def test_work_is_done_elsewhere_and_counted(isolation: Isolation) -> None:
    (process,) = reasons(isolation, "process")
    assert process is not None
    assert int(process) != os.getpid()
    assert 10 << 20 < isolation.spent.peak_memory < 1 << 30


def test_a_child_can_not_fill_the_disk(isolation: Isolation, tmp_path: Path) -> None:
    (reason,) = reasons(isolation, f"writes {tmp_path / 'big'}")
    assert reason is not None
    assert reason.startswith("crashed")
    assert (tmp_path / "big").stat().st_size <= 8 << 20


def test_members_come_with_name_digest_and_size(isolation: Isolation) -> None:
    found = dict(
        isolation.members([Job("a.zip", b"archive"), Job("b.pdf", b"plain"), Job("c.zip", b"refuses")])
    )
    first = hashlib.sha256(b"first").hexdigest()
    assert found[0] == (
        Opened("a.zip!a", first, 5, False),
        Opened("a.zip!b", hashlib.sha256(b"raises").hexdigest(), 6, False),
    )
    assert found[1] == (Opened("b.pdf", hashlib.sha256(b"plain").hexdigest(), 5, True),)
    assert found[2] == Failed(Refusal.ENCRYPTED, "a password is needed")


def test_a_member_is_read_from_inside_its_archive(isolation: Isolation) -> None:
    jobs = [Job("a.zip", b"archive", 0), Job("a.zip", b"archive", 1)]
    found = dict(isolation.read(jobs))
    assert (found[0]["file"], found[0]["reason"]) == ("a.zip!a", None)
    assert found[1]["reason"] == "crashed: ValueError, twice"


def test_pictures_are_drawn_in_a_child(isolation: Isolation) -> None:
    (picture,) = isolation.pictures(Job("a.pdf", b"good"))  # type: ignore[misc]  # a Failed can't be unpacked
    assert picture.startswith(b"\x89PNG")
    assert isolation.pictures(Job("a.pdf", b"refuses")) == Failed(Refusal.ENCRYPTED, "a password is needed")


def _starts_nothing(fds: object) -> None:
    raise OSError(errno.EAGAIN, "Resource temporarily unavailable")


def test_jobs_of_a_pool_that_can_start_no_process_go_to_a_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a machine out of memory, processes or open files does to it: pebble's threads end, silently."""
    one_each = replace(LIMITS, jobs_a_child=1, seconds=30.0, most_seconds=30.0, alarm_after=30.0)
    with Isolation(1, one_each, FAULTS) as isolation, ThreadPoolExecutor() as asking:
        assert reasons(isolation, "first") == [None]
        broken = isolation._pool
        assert broken is not None
        answers = asking.submit(reasons, isolation, "takes 2", "second", "third")
        time.sleep(1.0)
        with monkeypatch.context() as fault:
            fault.setattr(forkserver, "connect_to_new_process", _starts_nothing)
            until = time.monotonic() + 60
            while broken.active:
                assert time.monotonic() < until
                time.sleep(0.05)
        assert answers.result(timeout=120) == [None, None, None]


def test_a_pool_that_is_not_open_says_so() -> None:
    with pytest.raises(RuntimeError):
        list(Isolation(1, LIMITS, FAULTS).read([Job("a", b"good")]))


def test_what_a_run_killed_hard_left_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left = tmp_path / f"servicefait-children-{gone.pid}-abc"
    held = tmp_path / f"servicefait-children-{os.getpid()}-def"
    for folder in (left, held):
        folder.mkdir()
        (folder / "page.pgm").write_bytes(b"P5 1 1 255 x")
    with Isolation(1):
        assert not left.exists()
        assert held.exists()
    assert [path.name for path in tmp_path.iterdir()] == [held.name]
