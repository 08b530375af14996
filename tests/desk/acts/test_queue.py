"""The queue says why a claim waits and until when, and follows every decision."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal

import pytest

from desk import acts
from desk.acts import Filters, Impossible, NotAllowed, Overtaken, Sort, WaitsFor
from dossier.kinds import Kind
from dossier.reading import Box, Field, Part, ReadBy
from dossier.requests import Claim
from records import queue
from records.models import QueueCause, QueueEntry, StoredDocument
from tests.desk.acts.made import OFFICER, OTHER, READER, SUPERVISOR, World, decided
from tests.desk.acts.test_claims import rejected
from tests.desk.acts.test_pieces import LOW, certificate_of, doubtful


def some(world: World) -> None:
    """Three claims that wait: one to be looked at, two incomplete; one is paid."""
    world.comes("cipi", 1, pieces={"certificate": {"hours": LOW}})
    world.comes("cipi", 2, pieces={"programme": None}, claim={"submitted_at": "2026-03-31T10:00:00"})
    world.comes(
        "cipi",
        3,
        pieces={
            "programme": None,
            "mission_contract": None,
            "certificate": {"provider_name": "Élan Compétences"},
            "training_agreement": {"provider_name": "Élan Compétences"},
        },
        request={"provider": {"name": "Élan Compétences"}},
    )
    world.comes("cipi", 4)
    world.night()


def test_a_claim_that_waits_stands_there_with_its_deadlines(world: World) -> None:
    some(world)
    page = acts.queue()
    assert (page.total, page.pages) == (3, 1)
    first = page.entries[0]
    assert (first.claim, first.waits_for) == ("CIPI-2026-000002-1", WaitsFor.INCOMPLETE)
    assert (first.answer_by, first.pay_by) == (dt.date(2026, 5, 31), dt.date(2026, 5, 30))
    assert first.causes == ("pieces.programme",)
    assert (first.amount, first.employer, first.trainee) == (
        Decimal("1890.00"),
        "Cap Travail Temporaire",
        "DIALLO Aminata",
    )


def test_a_provider_is_to_be_paid_within_sixty_days_of_its_invoice(world: World) -> None:
    """L. 6332-5-1: the ceiling counts from the day the invoice was issued, not from the filing."""

    def pay_by(claim: Claim) -> dt.date:
        return next(entry.pay_by for entry in acts.queue().entries if entry.claim == claim.id)

    filed = {"submitted_at": "2025-10-20T10:00:00"}
    invoiced = world.comes("pro", 1, pieces={"programme": None}, claim=filed)
    silent = world.comes("pro", 2, pieces={"programme": None, "invoice": {"issue_date": None}}, claim=filed)
    late = world.comes(
        "pro", 3, pieces={"programme": None, "invoice": {"issue_date": "2025-11-02"}}, claim=filed
    )
    employer = world.comes("pro_employer", 4, pieces={"programme": None}, claim=filed)
    world.night()
    assert pay_by(invoiced) == dt.date(2025, 9, 22) + dt.timedelta(days=60)
    assert {pay_by(one) for one in (silent, late, employer)} == {dt.date(2025, 12, 19)}
    [row] = StoredDocument.objects.filter(file__endswith="invoice.pdf", claim_ref=invoiced.id)
    at = acts.PartAt(row.sha256, 1)
    acts.correct_value(OFFICER, invoiced.id, 1, at, "issue_date", "01/09/2025", "lu de près")
    assert pay_by(invoiced) == dt.date(2025, 9, 1) + dt.timedelta(days=60)


@pytest.mark.parametrize(
    ("day", "answer"),
    [("2025-12-31", "2026-02-28"), ("2026-01-15", "2026-03-15"), ("2025-11-30", "2026-01-30")],
)
def test_two_months_end_on_a_day_that_there_is(day: str, answer: str) -> None:
    assert queue.months_after(dt.date.fromisoformat(day), 2) == dt.date.fromisoformat(answer)


def test_the_queue_is_narrowed_sorted_and_counted(world: World) -> None:
    some(world)

    def found(**narrow: object) -> list[str]:
        return [entry.claim[-3] for entry in acts.queue(Filters(**narrow), Sort.CLAIM).entries]  # type: ignore[arg-type]

    assert found() == ["1", "2", "3"]
    assert found(waits_for=(WaitsFor.REVIEW,)) == ["1"]
    assert found(cause="pieces.programme") == ["2", "3"]
    assert found(search="elan") == found(provider="COMP elan") == ["3"]
    assert "3" in found(search="diallo 000003")
    assert found(search="lan") == []
    assert found(search="%' OR 1=1 --") == []
    assert found(employer="cap travail") == ["1", "2", "3"]
    assert found(overdue_on=dt.date(2026, 5, 31)) == ["2"]
    assert found(least=Decimal("99999")) == []
    assert found(assignee="-") == ["1", "2", "3"]
    acts.take(OFFICER, "CIPI-2026-000003-1")
    assert found(assignee="omar") == ["3"]
    assert [e.claim[-3] for e in acts.queue(sort=Sort.CLAIM, descending=True).entries] == ["3", "2", "1"]
    counted = dict(acts.counts_by_cause())
    assert (counted["pieces.programme"], counted["pieces.mission_contract"]) == (2, 1)
    assert dict(acts.counts_by_cause(Filters(assignee="omar"))).get("pieces.programme") == 1
    assert acts.counts_by_state()[WaitsFor.INCOMPLETE] == 2
    assert acts.queue(page=99).page == 1
    assert acts.next_claim(OFFICER, after="CIPI-2026-000002-1") in (
        "CIPI-2026-000001-1",
        "CIPI-2026-000003-1",
    )


def test_the_queue_made_anew_is_the_queue_that_was_kept(desk: World) -> None:
    some(desk)
    rejected(desk, 5)
    acts.take(OFFICER, "CIPI-2026-000001-1")
    acts.correct_value(
        OFFICER,
        "CIPI-2026-000001-1",
        1,
        certificate_of(desk.cases["CIPI-2026-000001-1"].claim),
        "hours",
        "60",
    )

    def rows() -> list[tuple[object, ...]]:
        fields = [f.name for f in QueueEntry._meta.fields if f.name != "id"]
        return list(QueueEntry.objects.order_by("claim").values_list(*fields))

    kept, causes = rows(), sorted(QueueCause.objects.values_list("entry__claim", "rule"))
    QueueEntry.objects.filter(claim__endswith="2-1").delete()
    QueueEntry.objects.update(amount=0, assignee="")
    assert queue.rebuild() == len(kept)
    assert rows() == kept
    assert sorted(QueueCause.objects.values_list("entry__claim", "rule")) == causes


def test_a_claim_that_is_done_leaves_the_queue_and_comes_back_with_its_person(desk: World) -> None:
    claim = doubtful(desk)
    acts.take(OFFICER, claim.id)
    done = acts.reject(OFFICER, claim.id, 1, ["Motif."])
    assert acts.queue().total == 0
    with pytest.raises(Impossible, match="file"):
        acts.take(OFFICER, claim.id)
    acts.undo(OFFICER, claim.id, 2, done.act)
    assert acts.queue().entries[0].assignee == "omar"


def an_orphan(world: World, name: str = "scan.pdf", **said: str) -> StoredDocument:
    box = Box(0, 0, 1, 1)
    fields = {n: Field(v, v, 1, box, ReadBy.TEXT, 0.9) for n, v in said.items()}
    return world.files(name, Part((1,), Kind.PROGRAMME, 0.95, fields))


def test_an_orphan_is_filed_and_decides_the_requests_claims(world: World) -> None:
    claim = world.comes("cipi", pieces={"programme": None})
    orphan = an_orphan(world)
    world.night()
    assert decided(claim).verdict == "incomplete"
    assert [(one.document, one.file) for one in acts.orphans()] == [(orphan.pk, "scan.pdf")]
    with pytest.raises(NotAllowed):
        acts.attach(READER, orphan.pk, claim.request)
    for request, of in (("CIPI-0", ""), (claim.request, "CIPI-2026-000009-1")):
        with pytest.raises(Impossible, match="n’existe pas"):
            acts.attach(OFFICER, orphan.pk, request, of)
    acts.attach(OFFICER, orphan.pk, claim.request, motive="nom lu sur la page")
    assert decided(claim).verdict == "pay"
    assert acts.orphans() == []
    assert world.night()["unchanged"] == 1
    with pytest.raises(Overtaken):
        acts.attach(OTHER, orphan.pk, claim.request)
    with pytest.raises(NotAllowed):
        acts.detach(OTHER, orphan.pk)
    acts.detach(OFFICER, orphan.pk)
    assert decided(claim).verdict == "incomplete"
    assert len(acts.orphans()) == 1


def test_a_night_does_not_match_again_what_a_person_filed(world: World) -> None:
    first, second = (
        world.comes("cipi", 1),
        world.comes("cipi", 2, request={"trainee": {"last_name": "MARTIN"}}),
    )
    orphan = an_orphan(world)
    world.night()
    acts.attach(SUPERVISOR, orphan.pk, second.request)
    StoredDocument.objects.filter(pk=orphan.pk).update(matched_ref=first.request)
    world.night()
    files = [one.file for one in acts.claim_file(second.id).files]
    assert "scan.pdf" in files
    assert "scan.pdf" not in [one.file for one in acts.claim_file(first.id).files]


def test_a_page_of_many(world: World) -> None:
    from tests.desk.acts.made import NIGHT

    draw = random.Random(7)
    QueueEntry.objects.bulk_create(
        QueueEntry(
            claim=f"C{number:03d}",
            request_ref="R",
            version=1,
            waits_for=WaitsFor.REVIEW,
            amount=draw.randrange(9999),
            submitted_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
            answer_by=NIGHT + dt.timedelta(days=draw.randrange(60)),
            pay_by=NIGHT,
        )
        for number in range(123)
    )
    pages = [acts.queue(sort=Sort.DEADLINE, page=number) for number in (1, 2, 3)]
    assert [len(page.entries) for page in pages] == [50, 50, 23]
    order = [(entry.answer_by, entry.claim) for page in pages for entry in page.entries]
    assert order == sorted(order)
    assert len(set(order)) == 123
