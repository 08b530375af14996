"""The night: what came in during the day is read, decided and published.

Reads the requests file, the store of uploads and our tables; writes our tables and the folder of results
(`flows.settings` says where these are). Each stage is a task; reading is a task for each batch of documents,
a few in flight, all on one pool of children. A task that fails fails the night: what was done stays done, and
the next run goes on from there. Nothing here is retried by Prefect, nothing is cached by it, and no payment
rests on what it remembers.
"""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Any, cast
from uuid import UUID

from prefect import flow, get_run_logger, runtime, task
from prefect.artifacts import create_progress_artifact, create_table_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture, as_completed
from prefect.states import Completed
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from dossier.paris import PARIS
from flows import deciding, intake, picturing, publishing, reading
from flows.at_work import AtWork, DoesNotAddUp, at_work
from flows.settings import Settings
from flows.watching import Stage
from records import readings
from records.models import StoredDocument
from records.setup import own_connection

IN_FLIGHT = 3
"""Batches at a time: while one waits for its last document the others keep the children busy."""

EXPECTED = ("refused", "later", "waiting", "stumbled", "refused_input")
"""What may be above zero in a night that went well, and should still be seen."""


_RUNNER = cast(TaskRunner[PrefectFuture[Any]], ThreadPoolTaskRunner(max_workers=IN_FLIGHT))


@flow(
    name="nightly",
    description="Intake, read, decide, publish: one night of the contrôle de service fait.",
    retries=0,
    persist_result=False,
    task_runner=_RUNNER,
)
def nightly(as_of: dt.date | None = None) -> State[dict[str, int]]:
    """One night. ``as_of`` is its day; without it the Paris date of the scheduled start, never the
    clock's.
    """
    date = as_of or business_date(runtime.flow_run.scheduled_start_time)
    with at_work(Settings.of(os.environ), date, date) as night:
        take_in(night)
        read_all(night)
        decide(night)
        release(night)
        publish(night)
        draw(night)
        counts = dict(night.counts)
    if runtime.deployment.id:
        create_table_artifact(key="night", table=[counts], description=f"Night of {date.isoformat()}")
    return final_state(counts)


def business_date(scheduled: dt.datetime) -> dt.date:
    """The night's date: that of its scheduled start in Paris, whether it starts then, late, or again."""
    return scheduled.astimezone(PARIS).date()


def final_state(counts: dict[str, int]) -> State[dict[str, int]]:
    """Completed, under another name where something waits for a person or for the next night."""
    seen = [f"{name} {counts[name]}" for name in EXPECTED if counts.get(name)]
    done = f"{counts.get('documents', 0)} documents, {counts.get('claims', 0)} claims"
    if seen:
        return Completed(name="CompletedWithExceptions", message=f"{done}; {', '.join(seen)}", data=counts)
    return Completed(message=done, data=counts)


@task(name="intake", retries=0, persist_result=False, cache_policy=NO_CACHE)
def take_in(night: AtWork) -> None:
    """Reads the store's listing and what is new in it; registers files and members of archives.

    Fails when the store can't be listed. A file that can't be fetched waits for the next night.
    """
    intake.take_in(night)
    get_run_logger().info("%d files, %d new", night.counts["files"], night.counts["new"])


def read_all(night: AtWork) -> None:
    """Every document that waits, in batches, `IN_FLIGHT` at a time.

    The first batch that fails fails the night, and so does a reader that too many documents kill.
    """
    waiting = readings.waiting(night.holding)
    night.watcher.began(Stage.READ, len(waiting))
    progress = Progress(len(waiting))
    todo = reading.batches(waiting)
    total: Counter[str] = Counter()
    running: list[PrefectFuture[Counter[str]]] = []
    while True:
        running += [read_batch.submit(night, batch) for batch in islice(todo, IN_FLIGHT - len(running))]
        if not running:
            break
        done = next(as_completed(running))
        running.remove(done)
        total += done.result()
        progress.reached(total.total())
    if total.total() != len(waiting):
        raise DoesNotAddUp(f"{len(waiting)} documents waited, {total.total()} came to an end")
    night.health.check(night.holding, total.total())
    night.watcher.ended(Stage.READ, total)


@task(name="read", retries=0, persist_result=False, cache_policy=NO_CACHE)
def read_batch(night: AtWork, batch: Sequence[StoredDocument]) -> Counter[str]:
    """Reads a batch of documents from the store, each in a child of its own; stores each reading.

    A document that can't be read is refused with its reason and costs nothing but itself.
    """
    with own_connection():
        return reading.read_batch(night, batch)


@task(name="decide", retries=0, persist_result=False, cache_policy=NO_CACHE)
def decide(night: AtWork) -> None:
    """Reads readings, requests and claims; stores decisions, findings, prepared payments.

    A claim with an unread document waits; one that a rule fails on goes to a person.
    """
    deciding.decide_all(night)
    get_run_logger().info("%d claims, %d decided", night.counts["claims"], night.counts["decided"])


@task(name="release", retries=0, persist_result=False, cache_policy=NO_CACHE)
def release(night: AtWork) -> None:
    """Reads prepared payments; fixes the batch, writes ``payments.xml``, marks it released.

    Never retried by Prefect: the next run writes the same batch again, byte for byte.
    """
    publishing.release(night)


@task(name="publish", retries=0, persist_result=False, cache_policy=NO_CACHE)
def publish(night: AtWork) -> None:
    """Reads what stands; writes report, failures, letters, ``decisions.json``, ``documents.json``."""
    publishing.publish(night)


@task(name="draw", retries=0, persist_result=False, cache_policy=NO_CACHE)
def draw(night: AtWork) -> None:
    """Reads the queue and the store; writes pictures of pages to the folder that the desk looks into, and
    removes those that nobody needs any more.

    Draws nothing where no desk is in use. What can't be drawn is left: the desk tries again when it is asked.
    """
    waiting = picturing.waiting()
    progress = Progress(len(waiting), "drawing")
    picturing.draw_all(night, waiting, progress.reached)
    forgotten = picturing.forget_all_but(night, waiting)
    get_run_logger().info(
        "%d documents drawn for the desk, pages of %d forgotten", night.counts["drawn"], forgotten
    )


class Progress:
    """How far a stage is, shown to operators by Prefect; in the foreground there is nobody to show it to."""

    def __init__(self, total: int, key: str = "reading") -> None:
        self._total = total
        shown = runtime.deployment.id and total
        made = create_progress_artifact(0.0, key=key) if shown else None
        self._artifact = cast(UUID | None, made)  # made at once outside an event loop

    def reached(self, done: int) -> None:
        if self._artifact is not None:
            update_progress_artifact(self._artifact, min(100.0, 100 * done / self._total))
