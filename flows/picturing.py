"""Draw the pages of what waits at the desk, once all else is published: a claim then opens at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from extractors.isolation import Job
from flows.at_work import AtWork
from flows.drawing import drawn_by
from flows.watching import Stage
from records import policy, shelf, snapshots
from records.models import QueueEntry, StoredDocument
from records.pictures import Pictures
from records.setup import own_connection
from records.store import StoreError, TooLarge

MOST_SECONDS = 3 * 3600
"""The night ends by morning whatever waits; what is left is drawn when it is looked at."""


KEPT_SECONDS = 30 * 24 * 3600
"""How long pages stay that no claim in the queue needs, from when somebody last looked at them."""


class _Undrawn(RuntimeError):
    """The document has no pictures, or not now."""


def waiting() -> list[StoredDocument]:
    """The documents of claims that stand in the queue, the most urgent first, then orphans; each content
    once. Nothing where no desk is in use.
    """
    if policy.current() is None:
        return []
    claims = snapshots.claims()
    laid_out = shelf.lay_out(snapshots.requests(), claims)
    names: dict[str, str] = {}
    for claim in QueueEntry.objects.order_by("answer_by", "claim").values_list("claim", flat=True):
        if claim in claims:
            for filed in laid_out.of_claim(claims[claim]):
                names.setdefault(filed.sha256, filed.file)
    files = [*names.values(), *laid_out.orphans]
    rows = StoredDocument.objects.filter(current=True).select_related("container")
    by_file = {row.file: row for row in rows.iterator(chunk_size=500)}
    once = {by_file[file].sha256: by_file[file] for file in files if file in by_file}
    return list(once.values())


def draw_all(night: AtWork, documents: Iterable[StoredDocument], told: Callable[[int], None]) -> None:
    """Draw what is not drawn yet; ``told`` after each how many are done."""
    pictures = Pictures(night.settings.pictures)
    todo = [row for row in documents if not pictures.whole(row.sha256)]
    if not todo:
        return
    night.watcher.began(Stage.DRAW, len(todo))
    until = time.monotonic() + MOST_SECONDS
    counting = threading.Lock()
    done = 0

    def one(row: StoredDocument) -> None:
        nonlocal done
        drawn = time.monotonic() < until and _drawn(night, pictures, row)
        with counting:
            done += 1
            night.counts["drawn"] += drawn
            night.watcher.advanced(Stage.DRAW)
            told(done)

    with ThreadPoolExecutor(night.settings.workers) as hands:
        list(hands.map(one, todo))
    night.watcher.ended(Stage.DRAW, {"drawn": night.counts["drawn"]})


def forget_all_but(night: AtWork, documents: Iterable[StoredDocument]) -> int:
    """Remove pages that nobody looked at for long: they are personal data, and can be drawn again."""
    wanted = {row.sha256 for row in documents}
    return Pictures(night.settings.pictures).forget(wanted, time.time() - KEPT_SECONDS)


def _drawn(night: AtWork, pictures: Pictures, row: StoredDocument) -> bool:
    def pages() -> list[bytes]:
        outer = row.container or row
        found = drawn_by(night.pool, Job(outer.file, night.bytes_of(row), row.place))
        if found is None:
            raise _Undrawn
        return found

    with own_connection():
        try:
            pictures.keep(row.sha256, pages)
        except (_Undrawn, StoreError, TooLarge, OSError):
            return False
    return True
