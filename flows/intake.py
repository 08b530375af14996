"""What came in: list the store, register what is new, open what may be an archive."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

from dossier.reading import Refusal
from extractors.isolation import Failed, Job, Opened
from flows.at_work import AtWork
from flows.watching import Stage
from records import intake
from records.intake import MemberFile
from records.models import StoredDocument
from records.store import StoredFile, StoreError, TooLarge

log = logging.getLogger(__name__)

REGISTERED_TOGETHER = 50
OPENED_BYTES = 64 << 20
OPENED_FILES = 32


def take_in(night: AtWork) -> None:
    """Register each file of the store once, and each document that an archive or mail holds.

    A file that can't be fetched now stays for the next night. Raises `StoreError` when the store can't be
    listed.
    """
    listing = list(night.store.list())
    night.listed = frozenset(file.path for file in listing)
    intake.forget_unread(night.holding, night.listed)
    fresh = _fresh(listing)
    night.watcher.began(Stage.INTAKE, len(fresh))
    _register(night, fresh)
    tried: set[int] = set()
    # opening an archive can bring back files that were set aside as the same bytes as it
    while waiting := [row for row in intake.unopened() if row.pk not in tried]:
        tried.update(row.pk for row in waiting)
        for group in _groups(night, waiting):
            _open(night, group)
    night.health.check(night.holding, len(tried))
    night.counts["files"] = len(listing)
    night.counts["new"] = len(fresh)
    night.watcher.ended(Stage.INTAKE, {"files": len(listing), "new": len(fresh)})


def _fresh(listing: Iterable[StoredFile]) -> list[StoredFile]:
    """What is not registered with this etag and size: the rest need not be fetched again.

    A path longer than any database keeps stays out, and is counted with what is left for later.
    """
    known = intake.known_etags()
    fresh = [file for file in listing if known.get(file.path) != (file.etag, file.size)]
    endless = [file for file in fresh if len(file.path.encode()) > intake.LONGEST_PATH]
    if endless:
        log.warning("%d files have paths that are too long to be kept", len(endless))
    return [file for file in fresh if file not in endless]


def _register(night: AtWork, fresh: list[StoredFile]) -> None:
    for start in range(0, len(fresh), REGISTERED_TOGETHER):
        group = fresh[start : start + REGISTERED_TOGETHER]
        digests = []
        for file in group:
            try:
                digests.append((file, night.store.digest(file.path)))
            except StoreError as error:
                log.warning("not fetched this time: %s", error)
                night.counts["not_fetched"] += 1
        intake.register(night.holding, digests)
        night.watcher.advanced(Stage.INTAKE, len(group))


def _groups(night: AtWork, waiting: list[StoredDocument]) -> Iterator[list[tuple[StoredDocument, bytes]]]:
    """Files with their bytes, not too many bytes at a time. One that is too large is refused at once."""
    group: list[tuple[StoredDocument, bytes]] = []
    held = 0
    for document in waiting:
        try:
            data = night.bytes_of(document)
        except TooLarge:
            intake.refuse(night.holding, document, Refusal.TOO_LARGE, f"{document.size} bytes")
            continue
        except StoreError as error:
            log.warning("not fetched this time: %s", error)
            continue
        if group and (held + len(data) > OPENED_BYTES or len(group) >= OPENED_FILES):
            yield group
            group, held = [], 0
        group.append((document, data))
        held += len(data)
    if group:
        yield group


def _open(night: AtWork, group: list[tuple[StoredDocument, bytes]]) -> None:
    jobs = [Job(document.file, data) for document, data in group]
    for place, answer in night.pool.members(jobs):
        document = group[place][0]
        if isinstance(answer, Failed):
            intake.refuse(night.holding, document, answer.refusal, answer.detail)
            night.health.told(document.pk, answer.refusal)
        elif _plain(answer):
            intake.open_as_document(night.holding, document)
        elif not answer:
            intake.refuse(night.holding, document, Refusal.EMPTY, "no document inside")
        else:
            inside = len(document.file) + 1  # a member's name begins with its archive's
            members = [MemberFile(one.name[inside:], one.sha256, one.size) for one in answer]
            intake.open_as_container(night.holding, document, members)


def _plain(found: tuple[Opened, ...]) -> bool:
    return len(found) == 1 and found[0].itself
