"""Read what waits, in batches; each document in a child process, each reading stored as it comes."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Sequence

from extractors.isolation import Job
from flows.at_work import AtWork, DoesNotAddUp
from flows.watching import Stage
from records import readings
from records.models import StoredDocument
from records.store import StoreError, TooLarge

log = logging.getLogger(__name__)

BYTES_A_PAGE = 100_000
PAGES_A_BATCH = 24
DOCUMENTS_A_BATCH = 24


def expected_pages(document: StoredDocument) -> int:
    """How many pages a file of this size is likely to cost; nobody opened it yet."""
    return 1 + document.size // BYTES_A_PAGE


def batches(waiting: Sequence[StoredDocument]) -> Iterator[list[StoredDocument]]:
    """What waits, the heaviest first so that no long document is left to run alone at the end.

    Members of one archive stay together: its bytes are fetched once a batch.
    """
    batch: list[StoredDocument] = []
    pages = 0
    for document in sorted(waiting, key=lambda d: (-expected_pages(d), d.container_id or 0, d.file)):
        weight = expected_pages(document)
        if batch and (pages + weight > PAGES_A_BATCH or len(batch) >= DOCUMENTS_A_BATCH):
            yield batch
            batch, pages = [], 0
        batch.append(document)
        pages += weight
    if batch:
        yield batch


def read_batch(night: AtWork, batch: Sequence[StoredDocument]) -> Counter[str]:
    """Claim a batch, read its documents, store each. Returns how many were read, refused, left for later.

    A document that can't be fetched is given back. Raises `DoesNotAddUp` when a claimed one got no end.
    """
    claimed = readings.claim(night.holding, batch)
    jobs: list[tuple[StoredDocument, Job]] = []
    counts: Counter[str] = Counter()
    fetched: dict[int, bytes] = {}
    for document in claimed:
        outer = document.container_id or document.pk
        try:
            data = fetched[outer] if outer in fetched else night.bytes_of(document)
        except (StoreError, TooLarge) as error:
            log.warning("not fetched this time: %s", error)
            readings.give_back(night.holding, document)
            counts["later"] += 1
            night.watcher.advanced(Stage.READ)
            continue
        if document.container_id is not None:
            fetched[outer] = data
        jobs.append((document, Job(document.file, data, document.place)))
    for place, reading in night.pool.read([job for _, job in jobs]):
        document = jobs[place][0]
        if reading["sha256"] not in ("", document.sha256):
            # the archive's members came in another order than when it was registered
            raise DoesNotAddUp(f"{document.file}: other bytes were read than were registered")
        readings.save(night.holding, document, reading)
        if reading["reason"]:
            night.health.told(document.pk, reading["reason"].partition(":")[0])
        counts[reading["status"]] += 1
        night.watcher.advanced(Stage.READ)
    if counts.total() != len(claimed):
        raise DoesNotAddUp(f"{len(claimed)} documents claimed, {counts.total()} came to an end")
    return counts
