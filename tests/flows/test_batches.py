"""Batches hold every document once, the heaviest first; a night whose books do not balance fails."""

from __future__ import annotations

from collections import Counter

import pytest

from flows import reading
from flows.at_work import AtWork, DoesNotAddUp
from records.models import StoredDocument


def documents(*sizes: int) -> list[StoredDocument]:
    return [StoredDocument(pk=n, file=f"{n:04d}.pdf", size=size) for n, size in enumerate(sizes, start=1)]


def test_every_document_is_in_one_batch() -> None:
    waiting = documents(*(size * 997 for size in range(300)))
    made = list(reading.batches(waiting))
    assert sorted(d.file for batch in made for d in batch) == [d.file for d in waiting]
    assert all(len(batch) <= reading.DOCUMENTS_A_BATCH for batch in made)


def test_a_batch_is_no_heavier_than_it_should_be_unless_one_document_is() -> None:
    huge = 50 * reading.PAGES_A_BATCH * reading.BYTES_A_PAGE
    made = list(reading.batches(documents(huge, *[4 * reading.BYTES_A_PAGE] * 20)))
    assert len(made[0]) == 1
    for batch in made[1:]:
        assert sum(map(reading.expected_pages, batch)) <= reading.PAGES_A_BATCH


def test_nothing_waits_nothing_is_read() -> None:
    assert list(reading.batches([])) == []


def test_books_that_do_not_balance_fail_the_night() -> None:
    night = AtWork.__new__(AtWork)
    night.counts = Counter(files=3, read=2, refused=1)
    night.add_up("files", ("read", "refused"))
    night.counts["files"] = 4
    with pytest.raises(DoesNotAddUp, match="files 4, but read 2, refused 1"):
        night.add_up("files", ("read", "refused"))
