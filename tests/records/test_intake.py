"""Each file once, the same bytes as duplicates, archives whole or not at all."""

from __future__ import annotations

import pytest

from dossier.reading import Refusal, Status
from records import intake, readings
from records.intake import MemberFile, placement
from records.models import DocumentState, StoredDocument
from records.store import StoredFile
from tests.records.made import came, digest, held, read

pytestmark = pytest.mark.usefixtures("database")


def states() -> dict[str, str]:
    return dict(StoredDocument.objects.filter(current=True).values_list("file", "state"))


def test_the_same_listing_twice_registers_nothing_twice() -> None:
    night = held()
    came(night, R1__a="one", R1__b="two")
    came(night, R1__a="one", R1__b="two")
    assert states() == {"R1/a": "waiting", "R1/b": "waiting"}
    assert intake.known_etags() == {"R1/a": ("R1/a-one", 3), "R1/b": ("R1/b-two", 3)}


def test_the_same_bytes_are_a_duplicate_that_names_the_first() -> None:
    night = held()
    rows = came(night, R1__a="one", R2__copy="one")
    read(night, rows["R1/a"])
    document = {row.file: document for row, document in readings.ended()}["R2/copy"]
    assert (document.status, document.reason, document.pages) == (Status.DUPLICATE, "R1/a", 1)


def test_other_bytes_under_a_path_take_its_place() -> None:
    night = held()
    before = came(night, R1__a="one")["R1/a"]
    read(night, before)
    after = came(night, R1__a="other")["R1/a"]
    assert after.pk != before.pk
    assert [row.file for row in readings.waiting(night)] == ["R1/a"]
    assert StoredDocument.objects.get(pk=before.pk).current is False


def test_when_the_first_of_two_is_replaced_before_it_was_read_the_other_is_read() -> None:
    night = held()
    came(night, R1__a="one", R1__b="one")
    came(night, R1__a="other")
    assert [row.file for row in intake.unopened()] == ["R1/b"]


def test_an_archive_is_its_members_in_their_places() -> None:
    night = held()
    [archive] = intake.register(night, [(StoredFile("R1/C1/all.zip", 9, "e"), digest("zip"))])
    members = [
        MemberFile("b.pdf", digest("b"), 1),
        MemberFile("a.pdf", digest("a"), 1),
        MemberFile("a.pdf", digest("c"), 1),
    ]
    intake.open_as_container(night, archive, members)
    intake.open_as_container(night, archive, members)
    rows = StoredDocument.objects.filter(container=archive).order_by("place")
    assert [(row.file, row.place, row.state) for row in rows] == [
        ("R1/C1/all.zip!b.pdf", 0, "waiting"),
        ("R1/C1/all.zip!a.pdf", 1, "waiting"),
        ("R1/C1/all.zip!a.pdf#2", 2, "waiting"),
    ]
    assert {(row.request_ref, row.claim_ref) for row in rows} == {("R1", "C1")}


def test_an_archive_replaced_by_another_says_anew_where_its_members_lie() -> None:
    night = held()
    [first] = intake.register(night, [(StoredFile("all.zip", 9, "e1"), digest("v1"))])
    intake.open_as_container(night, first, [MemberFile("a", digest("a"), 1), MemberFile("b", digest("b"), 1)])
    [second] = intake.register(night, [(StoredFile("all.zip", 9, "e2"), digest("v2"))])
    intake.open_as_container(night, second, [MemberFile("b", digest("b"), 1)])
    [row] = StoredDocument.objects.filter(current=True, container=second)
    assert (row.file, row.place) == ("all.zip!b", 0)
    assert "all.zip!a" not in states()


def test_an_archive_sent_twice_has_its_members_in_both_places() -> None:
    night = held()
    rows = intake.register(
        night, [(StoredFile("R1/z.zip", 9, "e"), digest("z")), (StoredFile("R2/z.zip", 9, "e"), digest("z"))]
    )
    intake.open_as_container(night, rows[0], [MemberFile("a", digest("a"), 1)])
    [twin] = intake.unopened()
    intake.open_as_container(night, twin, [MemberFile("a", digest("a"), 1)])
    assert states() == {
        "R1/z.zip": "container",
        "R2/z.zip": "container",
        "R1/z.zip!a": "waiting",
        "R2/z.zip!a": "duplicate",
    }


def test_a_refused_file_keeps_its_reason() -> None:
    night = held()
    [row] = intake.register(night, [(StoredFile("R1/big", 9, "e"), digest("big"))])
    intake.refuse(night, row, Refusal.TOO_LARGE, "200 bytes")
    [(_, document)] = readings.ended()
    assert (document.status, document.reason) == (Status.REFUSED, "too_large: 200 bytes")


def test_unread_files_that_are_gone_are_waited_for_no_more_and_read_ones_stay() -> None:
    night = held()
    rows = came(night, R1__read="one", R1__gone="two", R1__twin="two")
    read(night, rows["R1/read"])
    assert intake.forget_unread(night, {"R1/twin"}) == 1
    assert states() == {"R1/read": "read", "R1/twin": "new"}


def test_members_of_an_archive_that_is_gone_are_waited_for_no_more() -> None:
    night = held()
    [archive] = intake.register(night, [(StoredFile("z.zip", 9, "e"), digest("z"))])
    intake.open_as_container(night, archive, [MemberFile("a", digest("a"), 1)])
    assert intake.forget_unread(night, set()) == 1
    assert list(readings.waiting(night)) == []
    assert StoredDocument.objects.get(file="z.zip").state == DocumentState.CONTAINER


@pytest.mark.parametrize(
    ("path", "request_ref", "claim"),
    [
        ("R1/C1/a.pdf", "R1", "C1"),
        ("R1/C1/deeper/a.pdf", "R1", "C1"),
        ("R1/a.pdf", "R1", ""),
        ("a.pdf", "", ""),
        ("R1/C1/all.zip!x/y.pdf", "R1", "C1"),
        ("all.zip!R1/C1/y.pdf", "", ""),
    ],
)
def test_the_path_says_where_a_file_belongs(path: str, request_ref: str, claim: str) -> None:
    assert (placement(path).request, placement(path).claim) == (request_ref, claim)


def test_a_folder_with_an_endless_name_is_no_request_and_no_accident() -> None:
    night = held()
    came(night, **{"R" * 255 + "__a": "one"})
    [row] = StoredDocument.objects.all()
    assert row.request_ref == "R" * 200


def test_members_with_endless_or_unspeakable_names_are_kept_apart() -> None:
    night = held()
    [archive] = intake.register(night, [(StoredFile("z.zip", 9, "e"), digest("z"))])
    names = ["x" * 60_000 + "1.pdf", "x" * 60_000 + "1.pdf", "nul\x00.pdf"]
    intake.open_as_container(
        night, archive, [MemberFile(name, digest(str(n)), 1) for n, name in enumerate(names)]
    )
    kept = StoredDocument.objects.filter(container=archive).order_by("place").values_list("file", flat=True)
    assert [len(name) for name in kept] == [202, 204, 14]
    assert kept[0].endswith("1.pdf")
    assert kept[1].endswith("1.pdf#2")
