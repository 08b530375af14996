"""A document is read by one, once, and what it says can be found again."""

from __future__ import annotations

import datetime as dt

import pytest

from dossier.kinds import Kind
from records import readings
from records.models import ReadField, StoredDocument
from tests.records.made import came, held, read, reading

pytestmark = pytest.mark.usefixtures("database")


def test_of_two_claimants_one_gets_the_document() -> None:
    night = held()
    rows = list(came(night, a="one", b="two").values())
    assert len(readings.claim(night, rows)) == 2
    assert readings.claim(night, rows) == []


def test_what_a_dead_holder_claimed_falls_to_the_next() -> None:
    rows = list(came(night := held(), a="one").values())
    readings.claim(night, rows)
    again = held()
    assert len(readings.claim(again, rows)) == 1
    assert StoredDocument.objects.get().attempts == 2


def test_a_reading_is_stored_once_and_searchable() -> None:
    night = held()
    [row] = came(night, R1__c="one").values()
    found = reading(Kind.INVOICE, number="FA-2025/0766", supplier_name="Éta&Blissement")
    read(night, row, found)
    readings.save(night, row, reading(Kind.INVOICE, number="another"))
    assert ReadField.objects.get(name="number").key == "fa20250766"
    [(_, document)] = readings.ended()
    assert document.file == "R1/c"
    assert document.parts[0].fields["number"].value == "FA-2025/0766"


def test_a_given_back_document_waits_again_and_was_not_attempted() -> None:
    night = held()
    [row] = came(night, a="one").values()
    [claimed] = readings.claim(night, [row])
    readings.give_back(night, claimed)
    again = StoredDocument.objects.get()
    assert (again.state, again.attempts, again.lease_until) == ("waiting", 0, None)
    assert [document.file for document in readings.waiting(night)] == ["a"]


def test_what_no_database_takes_in_a_text_does_not_end_the_night() -> None:
    night = held()
    [row] = came(night, a="one").values()
    found = reading(Kind.CERTIFICATE, trainee_last_name="DI\x00ALLO", provider_name="half \ud800 a pair")
    read(night, row, found)
    [(_, document)] = readings.ended()
    assert document.parts[0].fields["trainee_last_name"].value == "DI\N{REPLACEMENT CHARACTER}ALLO"


def test_a_claim_that_is_not_answered_runs_out() -> None:
    night = held()
    [row] = came(night, a="one").values()
    readings.claim(night, [row])
    StoredDocument.objects.update(lease_until=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    assert [document.file for document in readings.waiting(night)] == ["a"]


def test_what_a_sick_reader_lost_is_read_again() -> None:
    night = held()
    rows = came(night, a="one", b="two")
    for row in rows.values():
        read(night, row, {**reading(), "status": "refused", "reason": "crashed: Error", "parts": []})
    assert readings.reopen(night, [rows["a"].pk]) == 1
    assert [(row.file, row.state, row.ended_at) for row in StoredDocument.objects.filter(ended_at=None)] == [
        ("a", "new", None)
    ]
