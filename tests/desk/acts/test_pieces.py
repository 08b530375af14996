"""What people correct is laid over what was read, and no night undoes it."""

from __future__ import annotations

import pytest

from desk import acts
from desk.acts import AlreadyPaid, Impossible, NotAllowed, Overtaken, PartAt
from dossier.kinds import Kind
from dossier.reading import Part
from records import audit, near
from records.cases import Cases
from records.models import Act, AuditEntry, DecisionRow, StoredDocument
from tests.desk.acts.made import OFFICER, OTHER, READER, SUPERVISOR, World, decided, seen, standing

LOW = {"value": "7.00", "confidence": 0.4}


def certificate_of(claim) -> PartAt:
    [row] = StoredDocument.objects.filter(file=f"{claim.request}/{claim.id}/certificate.pdf")
    return PartAt(row.sha256, 1)


def doubtful(world: World, number: int = 1):
    """A claim that a person must look at: the hours on its certificate were read badly."""
    claim = world.comes("cipi", number, pieces={"certificate": {"hours": LOW}})
    world.night()
    assert decided(claim).verdict == "review"
    return claim


def test_a_dossier_in_which_every_rule_holds_is_paid_by_the_night(world: World) -> None:
    claim = world.comes()
    world.night()
    assert decided(claim).verdict == "pay"


def test_a_corrected_hour_decides_at_once_and_what_was_read_stays(world: World) -> None:
    claim = doubtful(world)
    done = acts.correct_value(
        OFFICER, claim.id, 1, certificate_of(claim), "hours", "70h00", "lu sur la pièce"
    )
    assert (done.version, done.decision.verdict, str(done.decision.amount)) == (2, "pay", "1890.00")
    file = acts.claim_file(claim.id)
    [shelf] = [one for one in file.files if one.file.endswith("certificate.pdf")]
    assert shelf.read.parts[0].fields["hours"].value == 7 * 60
    assert shelf.counts.parts[0].fields["hours"].value == 70 * 60
    [correction] = file.corrections
    assert (correction.by, correction.read, correction.corrected) == ("omar", "7.00", "70.00")
    kept = StoredDocument.objects.get(sha256=shelf.sha256).reading
    assert kept["parts"][0]["fields"]["hours"]["value"] == "7.00"


def test_no_night_decides_over_a_correction(world: World) -> None:
    claim = doubtful(world)
    acts.correct_value(OFFICER, claim.id, 1, certificate_of(claim), "hours", "70")
    assert world.night()["unchanged"] == 1
    assert (seen(claim), decided(claim).verdict) == (2, "pay")
    world.files(f"{claim.request}/{claim.id}/more.pdf", Part((1,), Kind.OTHER, 0.9, {}))
    world.night()
    assert (seen(claim), decided(claim).verdict) == (3, "pay")


def test_a_night_that_began_before_an_act_writes_nothing_over_it(world: World) -> None:
    from flows.deciding import _cases, _decide_one
    from records import decisions
    from records.decisions import Origin

    claim = doubtful(world)
    world.files(f"{claim.request}/{claim.id}/more.pdf", Part((1,), Kind.OTHER, 0.9, {}))
    world.nights += 1
    night = world.at_work()
    cases, laid_out = _cases(night)
    before = decisions.standings()[claim.id]
    acts.correct_value(OFFICER, claim.id, 1, certificate_of(claim), "hours", "70")
    origin = Origin(night.rules.digest, "x", night.as_of)
    assert _decide_one(night, cases, laid_out, claim, before, origin) == "unchanged"
    assert (seen(claim), decided(claim).verdict) == (2, "pay")


def test_a_stale_form_is_refused_and_changes_nothing(world: World) -> None:
    claim = doubtful(world)
    acts.correct_value(OFFICER, claim.id, 1, certificate_of(claim), "hours", "70")
    before = [model.objects.count() for model in (AuditEntry, DecisionRow, Act)]
    with pytest.raises(Overtaken):
        acts.correct_value(OTHER, claim.id, 1, certificate_of(claim), "hours", "35")
    assert [model.objects.count() for model in (AuditEntry, DecisionRow, Act)] == before


def test_another_claims_piece_is_out_of_reach(world: World) -> None:
    claim, other = doubtful(world), doubtful(world, 2)
    with pytest.raises(Impossible):
        acts.correct_value(OFFICER, claim.id, 1, certificate_of(other), "hours", "70")
    with pytest.raises(Impossible):
        acts.correct_value(OFFICER, claim.id, 1, PartAt(certificate_of(claim).sha256, 2), "hours", "70")


def test_who_may_not_does_not(world: World) -> None:
    claim = doubtful(world)
    with pytest.raises(NotAllowed):
        acts.correct_value(READER, claim.id, 1, certificate_of(claim), "hours", "70")
    acts.take(OTHER, claim.id)
    with pytest.raises(NotAllowed, match="odile"):
        acts.correct_value(OFFICER, claim.id, 1, certificate_of(claim), "hours", "70")
    acts.correct_value(SUPERVISOR, claim.id, 1, certificate_of(claim), "hours", "70")


@pytest.mark.parametrize("typed", ["70", "70,0", "70.00", "70h", "70 h 00", " 70\u00a0"])
def test_hours_are_taken_as_people_type_them(world: World, typed: str) -> None:
    claim = doubtful(world)
    done = acts.correct_value(OFFICER, claim.id, 1, certificate_of(claim), "hours", typed)
    assert str(done.decision.amount) == "1890.00"


@pytest.mark.parametrize("typed", ["soixante", "-3", "1e99", "7h75", "NaN"])
def test_what_is_no_duration_is_refused_in_words(world: World, typed: str) -> None:
    claim = doubtful(world)
    with pytest.raises(Impossible):
        acts.correct_value(OFFICER, claim.id, 1, certificate_of(claim), "hours", typed)
    assert Act.objects.count() == 0


def test_another_kind_keeps_what_both_have_and_can_be_taken_back(world: World) -> None:
    claim = world.comes()
    world.night()
    done = acts.correct_kind(OFFICER, claim.id, 1, certificate_of(claim), Kind.OTHER)
    assert done.decision.verdict == "incomplete"
    back = acts.undo(OFFICER, claim.id, 2, done.act)
    assert (back.decision.verdict, back.version) == ("pay", 3)
    assert decided(claim).hours.evidenced == 70 * 60
    assert world.night()["unchanged"] == 1


def test_a_part_that_was_cut_wrong_is_put_right(world: World) -> None:
    case = world.cases[world.comes(pieces={"certificate": None, "programme": None}).id]
    claim = case.claim
    [whole] = [piece.part for piece in case.pieces if piece.part.kind is Kind.TRAINING_AGREEMENT]
    from tests.validators.case_files import base_case

    [paper] = [p.part for p in base_case("cipi").pieces if p.part.kind is Kind.CERTIFICATE]
    paged = {name: _on(field, 2) for name, field in paper.fields.items()}
    both = Part((1, 2), Kind.TRAINING_AGREEMENT, 0.9, {**paged_agreement(whole), **fitting(paged)})
    row = world.files(f"{claim.request}/{claim.id}/both.pdf", both, pages=2)
    world.night()
    assert decided(claim).verdict in ("incomplete", "review")
    at = PartAt(row.sha256, 1)
    with pytest.raises(Impossible):
        acts.correct_pages(OFFICER, claim.id, 1, at, [1, 3])
    cut = acts.correct_pages(OFFICER, claim.id, 1, at, [1])
    [shelf] = [one for one in acts.claim_file(claim.id).files if one.file.endswith("both.pdf")]
    assert [(part.pages, part.kind) for part in shelf.counts.parts] == [
        ((1,), Kind.TRAINING_AGREEMENT),
        ((2,), Kind.OTHER),
    ]
    assert shelf.numbers == (1, 2)
    named = acts.correct_kind(OFFICER, claim.id, cut.version, PartAt(row.sha256, 2), Kind.CERTIFICATE)
    given = acts.correct_value(OFFICER, claim.id, named.version, PartAt(row.sha256, 2), "hours", "70")
    assert decided(claim).hours.evidenced == 70 * 60
    # what made the part is undone: what was laid over it has no object, and comes back with it
    undone = acts.undo(OFFICER, claim.id, given.version, cut.act)
    assert len(acts.claim_file(claim.id).files) and decided(claim).hours.evidenced == 0
    acts.correct_pages(OFFICER, claim.id, undone.version, at, [1])
    [shelf] = [one for one in acts.claim_file(claim.id).files if one.file.endswith("both.pdf")]
    assert shelf.numbers == (1, 3)


def _on(field, page: int):
    import dataclasses

    return dataclasses.replace(field, page=page)


def paged_agreement(part: Part):
    return {name: _on(field, 1) for name, field in part.fields.items()}


def fitting(fields):
    from dossier.kinds import FIELDS

    known = FIELDS[Kind.TRAINING_AGREEMENT]
    return {n: f for n, f in fields.items() if n in known and n in ("start_date", "end_date")}


def test_a_half_day_is_marked_proven_or_not(world: World) -> None:
    claim = world.comes(
        "cipi_sheets", pieces={"attendance_sheet": {"cells": {"2026-03-20 pm": {"trainee": "blank"}}}}
    )
    world.night()
    assert str(decided(claim).amount) == "1795.50"
    [row] = StoredDocument.objects.filter(file__endswith="attendance_sheet.pdf")
    at = PartAt(row.sha256, 1)
    proven = acts.mark_half_day(OFFICER, claim.id, 1, at, 9, True, "signature visible sur l’original")
    assert str(proven.decision.amount) == "1890.00"
    less = acts.mark_half_day(OFFICER, claim.id, 2, at, 0, False, "signature d’un autre")
    assert str(less.decision.amount) == "1795.50"
    with pytest.raises(Impossible):
        acts.mark_half_day(OFFICER, claim.id, 3, at, 20, True)
    assert (
        acts.correct_half_day(
            OFFICER,
            claim.id,
            3,
            at,
            0,
            hours="3h30",
            trainee_mark=None,
            half_day=None,
            trainee="DIALLO Aminata",
        ).version
        == 4
    )
    undone = acts.undo(OFFICER, claim.id, 4, proven.act)
    assert str(undone.decision.amount) == "1701.00"


def test_nothing_is_corrected_once_it_is_paid(world: World) -> None:
    claim = world.comes()
    world.night()
    world.batch()
    with pytest.raises(AlreadyPaid):
        acts.correct_value(OFFICER, claim.id, 1, certificate_of(claim), "hours", "35")


def test_an_act_on_a_shared_piece_decides_the_other_claims_too(world: World) -> None:
    first = world.comes("cipi", pieces={"certificate": {"hours": LOW}})
    case = world.cases[first.id]
    import dataclasses

    second = dataclasses.replace(first, id="CIPI-2026-000001-2")
    world.cases[second.id] = dataclasses.replace(case, claim=second)
    [row] = StoredDocument.objects.filter(file__endswith="certificate.pdf")
    StoredDocument.objects.filter(file__startswith=first.request).update(claim_ref="")
    world.night()
    assert decided(second).verdict == "review"
    acts.correct_value(OFFICER, first.id, 1, PartAt(row.sha256, 1), "hours", "70")
    assert seen(second) == 2
    with pytest.raises(Overtaken):
        acts.overrule(OTHER, second.id, 1, "reading.uncertain", "vu")


def test_what_bears_on_one_request_is_what_the_whole_store_says_of_it(world: World) -> None:
    from records import ledger, shelf, snapshots
    from tests.desk.acts.made import NIGHT

    for number in range(1, 5):
        world.comes("overrun", number)  # one trainee, one invoice number: each bears on the others
    paid = {"claim": "X-1", "paid_on": "2026-04-20", "hours": "1.00", "amount": "27.00"}
    world.comes("cipi", 5, request={"paid": [{**paid, "invoice_number": "fa 2026 0101"}]})
    world.night()
    requests, claims = snapshots.requests(), snapshots.claims()
    whole = Cases(shelf.lay_out(requests, claims), requests, ledger.settled(), "rules", NIGHT)
    for claim in claims.values():
        cases, _, own = near.around(claim.request, "rules", NIGHT)
        assert claim in own
        assert cases.of(claim).surroundings.invoices == whole.of(claim).surroundings.invoices
        assert cases.inputs_of(cases.of(claim)) == whole.inputs_of(whole.of(claim))
    assert len(whole.of(claims["CIPI-2026-000001-1"]).surroundings.invoices) >= 4


def test_every_act_stands_on_the_chain_and_an_altered_one_shows(world: World) -> None:
    from records import acts as written

    claim = doubtful(world)
    acts.correct_value(OFFICER, claim.id, 1, certificate_of(claim), "hours", "70", "lu")
    act = Act.objects.get()
    [entry] = AuditEntry.objects.filter(action="act.correct_value")
    assert (entry.actor, entry.subject, entry.details["digest"]) == ("omar", claim.id, act.digest)
    assert "70.00" not in str(entry.details)
    assert (audit.broken_at(), written.altered()) == (None, None)
    Act.objects.filter(pk=act.pk).update(motive="autre chose")
    assert (audit.broken_at(), written.altered()) == (None, act.pk)
    Act.objects.filter(pk=act.pk).update(motive="lu", digest="0" * 64)
    assert written.altered() == act.pk


def test_an_act_that_fails_leaves_nothing_behind(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from desk.acts import pieces

    claim = doubtful(world)
    count = AuditEntry.objects.count()

    def fails(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(pieces, "decide_again", fails)
    with pytest.raises(OSError, match="disk"):
        acts.correct_value(OFFICER, claim.id, 1, certificate_of(claim), "hours", "70")
    assert (AuditEntry.objects.count(), Act.objects.count(), standing(claim).version) == (count, 0, 1)
