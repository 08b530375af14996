"""What staff correct is what production is measured by."""

from __future__ import annotations

import json

import pytest

from desk import acts
from dossier.kinds import Kind
from records.models import StoredDocument
from servicefait import evaluating
from tests.desk.acts.made import OFFICER, SUPERVISOR, World, seen
from tests.desk.acts.test_pieces import certificate_of, doubtful


def of(found: evaluating.Evaluation, kind: str, field: str) -> evaluating.Counted:
    total = evaluating.Counted()
    for (one, name, _), counted in found.whole().items():
        if (one, name) == (kind, field):
            total.add(counted)
    return total


def test_nobody_worked_nothing_is_said_of_the_reading(world: World) -> None:
    world.comes()
    world.night()
    found = evaluating.evaluation()
    assert found.reading == {}
    assert [(m, d.decided, d.overturned) for m, d in found.decisions.items()] == [("2026-05", 1, 0)]


def test_values_are_counted_by_kind_field_and_channel(world: World) -> None:
    claim = doubtful(world)
    at = certificate_of(claim)
    acts.correct_value(OFFICER, claim.id, 1, at, "hours", "70")
    acts.correct_value(OFFICER, claim.id, 2, at, "trainee_last_name", "DIALLO")
    acts.correct_value(OFFICER, claim.id, 3, at, "request_ref", "CIPI-2026-000001")
    found = evaluating.evaluation()
    hours = of(found, "certificate", "hours")
    assert (hours.seen, hours.corrected, hours.exact) == (1, 1, 0.0)
    name = of(found, "certificate", "trainee_last_name")
    assert (name.seen, name.corrected, name.confirmed, name.exact) == (1, 0, 1, 1.0)
    missed = of(found, "certificate", "request_ref")
    assert (missed.seen, missed.missed, missed.exact) == (0, 1, 0.0)
    untouched = of(found, "mission_contract", "user_company")
    assert (untouched.seen, untouched.corrected, untouched.exact) == (1, 0, 1.0)
    [act] = [one.act for one in acts.claim_file(claim.id).corrections if one.name == "hours"]
    acts.undo(OFFICER, claim.id, 4, act)
    assert of(evaluating.evaluation(), "certificate", "hours").corrected == 0


def test_a_part_of_another_kind_counts_as_that_alone(world: World) -> None:
    claim = doubtful(world)
    acts.correct_kind(OFFICER, claim.id, 1, certificate_of(claim), Kind.OTHER)
    found = evaluating.evaluation()
    kind = of(found, "certificate", "kind")
    assert (kind.seen, kind.corrected) == (1, 1)
    assert of(found, "certificate", "hours").seen == 0


def test_half_days_are_counted_by_what_they_say(world: World) -> None:
    claim = world.comes("cipi_sheets")
    world.night()
    [row] = StoredDocument.objects.filter(file__endswith="attendance_sheet.pdf")
    at = acts.PartAt(row.sha256, 1)
    acts.mark_half_day(OFFICER, claim.id, 1, at, 0, False)
    acts.mark_half_day(OFFICER, claim.id, 2, at, 1, True)
    found = evaluating.evaluation()
    signed = of(found, "attendance_sheet", "sessions.trainee_signed")
    assert (signed.seen, signed.corrected, signed.confirmed) == (20, 1, 1)
    assert {key[2] for key in found.whole() if key[1] == "sessions.hours"} == {"ocr"}


def test_what_staff_turned_into_another_decision_is_overturned(world: World) -> None:
    claims = [world.comes("cipi", number) for number in (1, 2, 3)]
    asked = doubtful(world, 4)
    acts.reject(OFFICER, claims[0].id, 1, ["Formation non suivie."])
    again = acts.reopen(OFFICER, claims[1].id, 1, "à revoir")
    acts.pay(SUPERVISOR, claims[1].id, again.version)
    acts.reject(OFFICER, asked.id, seen(asked), ["Formation non suivie."])
    [(month, share)] = evaluating.evaluation().decisions.items()
    assert (month, share.decided, share.overturned, round(share.share or 0, 2)) == ("2026-05", 3, 1, 0.33)


def test_the_command_prints_tables_and_json(
    world: World, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    claim = doubtful(world)
    acts.correct_value(OFFICER, claim.id, 1, certificate_of(claim), "hours", "70")
    evaluating.evaluate_desk(database, False)
    said = capsys.readouterr().out
    assert "certificate" in said
    assert "by month" in said
    evaluating.evaluate_desk(database, True)
    data = json.loads(capsys.readouterr().out)
    [hours] = [one for one in data["reading"] if (one["kind"], one["field"]) == ("certificate", "hours")]
    assert hours | {"month": ""} == {
        "month": "",
        "kind": "certificate",
        "field": "hours",
        "read_by": "text",
        "seen": 1,
        "corrected": 1,
        "confirmed": 0,
        "missed": 0,
        "exact": 0.0,
    }
