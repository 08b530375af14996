"""Temporary work (CIPI, CDPI): what happens to hours, filing and pieces."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from dossier.kinds import Kind
from dossier.quantities import Minutes, cents
from dossier.reading import Mark
from dossier.requests import (
    ClaimLine,
    LineKind,
    PastPayment,
    Period,
    Place,
    ProgrammeName,
    TraineeStatus,
)
from dossier.schemes import SCHEMES
from samples import plan
from samples.dossiers import Dossier
from samples.facts import Facts
from samples.maker import Maker
from samples.scenarios import scenario


def minutes_of(dossier: Dossier) -> Minutes:
    """The minutes that were done, all of them signed."""
    return Minutes(sum(slot.minutes for slot in dossier.facts.slots))


def refiled(dossier: Dossier, submitted: dt.datetime, granted: dt.datetime | None = None) -> Dossier:
    """The same request with another day of filing (and of grant)."""
    drf = dossier.request.drf
    assert drf is not None  # noqa: S101  temporary work has one
    dossier.request = replace(
        dossier.request, drf=replace(drf, submitted_at=submitted, granted_at=granted or drf.granted_at)
    )
    return dossier


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(11, 15))


# ---------------------------------------------------------------------- as agreed


@scenario
def certificate_alone(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name)
    return dossier.pays(minutes_of(dossier))


@scenario
def sheets_alone(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name, proof="sheets")
    return dossier.pays(minutes_of(dossier))


@scenario
def certificate_and_sheets(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name, proof="both")
    return dossier.pays(minutes_of(dossier))


@scenario
def permanent_temporary_worker(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name, status=TraineeStatus.CDII)
    return dossier.pays(minutes_of(dossier))


@scenario
def longer_scheme(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name, scheme=SCHEMES["cdpi"])
    return dossier.pays(minutes_of(dossier))


@scenario
def overrun_paid(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name, price="34.00", overrun=True)
    return dossier.pays(minutes_of(dossier), overrun_share(dossier))


def overrun_share(dossier: Dossier) -> Decimal:
    """The share of the overrun that the request grants, in euros."""
    line = next(line for line in dossier.claim.lines if line.kind is LineKind.OVERRUN)
    share = dossier.request.granted.overrun_share
    assert line.amount is not None and share is not None  # noqa: S101
    return cents(line.amount * share)


@scenario
def overrun_of_an_old_reservation(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name, price="33.00", overrun=True, start=dt.date(2024, 4, 8))
    return dossier.pays(minutes_of(dossier), overrun_share(dossier))


@scenario
def second_instalment(make: Maker, name: str) -> Dossier:
    """Half was claimed and paid before; the sheets are those of the second half."""
    dossier = make.temporary(name, proof="sheets", hours=70)
    slots = dossier.facts.slots
    half, rest = slots[: len(slots) // 2], slots[len(slots) // 2 :]
    before, now = (Minutes(sum(slot.minutes for slot in some)) for some in (half, rest))
    ref = dossier.request.ref
    past = PastPayment(f"{ref}-1", half[-1].date + dt.timedelta(days=20), before, dossier.base(before))
    dossier.request = replace(dossier.request, paid=(past,))
    dossier.claim = replace(
        dossier.claim,
        id=f"{ref}-2",
        period=Period(rest[0].date, rest[-1].date),
        lines=(ClaimLine(LineKind.TRAINING_HOURS, hours=now),),
    )
    dossier.change(Kind.ATTENDANCE_SHEET, slots=rest, start=rest[0].date, minutes=now)
    return dossier.pays(now)


@scenario
def started_a_week_late(make: Maker, name: str) -> Dossier:
    """The whole training began seven days after its agreed start: no new reservation is needed."""
    dossier = make.temporary(name, start=dt.date(2026, 3, 9), hours=70)
    moved = dt.timedelta(days=7)
    slots = tuple(replace(slot, date=slot.date + moved) for slot in dossier.facts.slots)
    start, end = slots[0].date, slots[-1].date
    dossier.change(Kind.CERTIFICATE, slots=slots, start=start, end=end, issued_on=plan.next_open(end))
    mission = plan.next_open(end + dt.timedelta(days=2))
    dossier.change(
        Kind.MISSION_CONTRACT, start=mission, end=mission + dt.timedelta(days=30), issued_on=mission
    )
    dossier.claim = replace(
        dossier.claim, period=Period(start, end), submitted_at=noon(plan.next_open(end, 4))
    )
    return dossier.pays(minutes_of(dossier))


# ---------------------------------------------------------------------- hours


@scenario
def declared_above_certificate(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name)
    done = Minutes(minutes_of(dossier) - 14 * 60)
    return dossier.change(Kind.CERTIFICATE, minutes=done).pays(done, rules=[["hours.evidenced"]])


@scenario
def half_days_not_signed(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name, proof="sheets")
    return dossier.pays(dossier.marked(Mark.BLANK, 3, 8), rules=[["hours.sheet_unsigned"]])


@scenario
def marked_absent(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name, proof="sheets")
    return dossier.pays(dossier.marked(Mark.ABSENT, 4, 5), rules=[["hours.sheet_unsigned"]])


@scenario
def crossed_out(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name, proof="sheets")
    return dossier.pays(dossier.marked(Mark.CROSSED, 6), rules=[["hours.sheet_unsigned"]])


@scenario
def trainer_did_not_sign(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name, proof="sheets")
    dossier.trainer_marked(Mark.BLANK, 2, 3)
    return dossier.incomplete(["hours.trainer_unsigned"], accept=["review"])


@scenario
def nothing_signed(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name, proof="sheets", hours=70)
    dossier.marked(Mark.BLANK, *range(len(dossier.facts.slots)))
    return dossier.reject(["hours.none"])


@scenario
def certificate_claims_more(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name, proof="both")
    dossier.marked(Mark.BLANK, 1, 4, 7)
    return dossier.review(["hours.certificate_exceeds_sheets"])


@scenario
def total_does_not_add_up(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name, proof="sheets")
    dossier.change(Kind.ATTENDANCE_SHEET, total=Minutes(minutes_of(dossier) + 7 * 60))
    return dossier.review(["hours.sheet_total"])


@scenario
def session_on_a_sunday(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name, proof="sheets", start=dt.date(2026, 3, 2), hours=70)
    sheet = dossier.piece(Kind.ATTENDANCE_SHEET)
    sunday = dt.date(2026, 3, 8)
    slots = sheet.facts.slots
    moved = tuple(replace(slot, date=sunday) if slot.date == slots[-1].date else slot for slot in slots)
    sheet.facts = replace(sheet.facts, slots=tuple(sorted(moved, key=lambda slot: (slot.date, slot.start))))
    return dossier.review(["hours.closed_day"])


@scenario
def weekday_of_another_date(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name, proof="sheets")
    sheet = dossier.piece(Kind.ATTENDANCE_SHEET)
    sheet.layout = "grid"
    slots = sheet.facts.slots
    day = slots[4].date
    wrong = (day.weekday() + 1) % 5
    sheet.facts = replace(
        sheet.facts, slots=tuple(replace(slot, weekday=wrong) if slot.date == day else slot for slot in slots)
    )
    return dossier.review(["hours.weekday"])


@scenario
def grant_is_used_up(make: Maker, name: str) -> Dossier:
    """More is declared and proven than is left of the grant."""
    dossier = make.temporary(name, hours=84)
    past = PastPayment(
        f"{dossier.request.ref}-0", dossier.facts.start, Minutes(14 * 60), dossier.base(Minutes(14 * 60))
    )
    dossier.request = replace(dossier.request, paid=(past,))
    return dossier.pays(Minutes(minutes_of(dossier) - 14 * 60), rules=[["hours.grant"]])


# ---------------------------------------------------------------------- filing


@scenario
def reserved_after_the_start(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name, start=dt.date(2026, 4, 13))
    late = noon(dt.date(2026, 4, 15))
    return refiled(dossier, late, late + dt.timedelta(days=1)).reject(["drf.before_start"])


@scenario
def reserved_too_early(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name, start=dt.date(2026, 4, 13))
    early = noon(dt.date(2026, 3, 3))
    dossier = refiled(dossier, early, noon(dt.date(2026, 3, 17)))
    dossier.request = replace(dossier.request, contract_sent_at=noon(dt.date(2026, 3, 24)))
    return dossier.review(["drf.not_too_early"])


@scenario
def reserved_the_day_before(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name, start=dt.date(2026, 4, 14))
    dossier = refiled(dossier, noon(dt.date(2026, 4, 13)), noon(dt.date(2026, 4, 13)) + dt.timedelta(hours=3))
    return dossier.review(["drf.not_too_late"])


@scenario
def contract_sent_too_late(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name)
    assert dossier.request.drf is not None  # noqa: S101
    sent = dossier.request.drf.granted_at + dt.timedelta(days=37)
    dossier.request = replace(dossier.request, contract_sent_at=sent)
    return dossier.review(["contract.sent_in_time"])


@scenario
def started_too_long_after_the_grant(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name, start=dt.date(2026, 3, 2), hours=70)
    moved = dt.timedelta(days=35)
    start, end = dossier.facts.start + moved, dossier.facts.end + moved
    dossier.change(Kind.CERTIFICATE, start=start, end=end, issued_on=plan.next_open(end))
    dossier.claim = replace(
        dossier.claim, period=Period(start, end), submitted_at=noon(plan.next_open(end, 3))
    )
    return dossier.reject(["drf.start_shift"])


# ---------------------------------------------------------------------- pieces


def without(make: Maker, name: str, kind: Kind, rule: str) -> Dossier:
    return make.temporary(name).drop(kind).incomplete([rule])


@scenario
def no_programme(make: Maker, name: str) -> Dossier:
    return without(make, name, Kind.PROGRAMME, "pieces.programme")


@scenario
def no_agreement(make: Maker, name: str) -> Dossier:
    return without(make, name, Kind.TRAINING_AGREEMENT, "pieces.training_agreement")


@scenario
def no_mission_contract(make: Maker, name: str) -> Dossier:
    return without(make, name, Kind.MISSION_CONTRACT, "pieces.mission_contract")


@scenario
def no_proof_of_attendance(make: Maker, name: str) -> Dossier:
    return without(make, name, Kind.CERTIFICATE, "pieces.attendance_proof")


@scenario
def overrun_without_invoice(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name, price="31.00", overrun=True)
    return dossier.drop(Kind.INVOICE).incomplete(["pieces.overrun_invoice"])


@scenario
def agreement_not_signed(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name).change(Kind.TRAINING_AGREEMENT, signed=False)
    return dossier.incomplete(["pieces.unsigned", "pieces.training_agreement"])


@scenario
def youth_programme(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name, programmes=(ProgrammeName.MISSION_JEUNES,))
    dossier.add(Kind.COMMITMENT_CHARTER, dossier.facts)
    return dossier.pays(minutes_of(dossier))


@scenario
def youth_programme_without_charter(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name, programmes=(ProgrammeName.MISSION_JEUNES,))
    return dossier.incomplete(["pieces.commitment_charter"])


def with_notice(dossier: Dossier, until: dt.date) -> Dossier:
    facts: Facts = replace(dossier.facts, valid_from=until - dt.timedelta(days=1826), valid_to=until)
    return dossier.add(Kind.DISABILITY_NOTICE, facts)


@scenario
def disability_notice_in_force(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name, programmes=(ProgrammeName.HANDICAP,))
    return with_notice(dossier, dossier.facts.end + dt.timedelta(days=400)).pays(minutes_of(dossier))


@scenario
def disability_notice_expired(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name, programmes=(ProgrammeName.HANDICAP,))
    return with_notice(dossier, dossier.facts.start - dt.timedelta(days=120)).incomplete(
        ["pieces.disability_notice"]
    )


@scenario
def language_programme_without_reference(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name, programmes=(ProgrammeName.LANGUE_ET_COMPETENCES,))
    return dossier.review(["programme.project_reference"])


@scenario
def in_the_client_company(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name, place=Place.CLIENT_COMPANY)
    return dossier.add(Kind.PARTIES_COMMITMENT, dossier.facts).pays(minutes_of(dossier))


@scenario
def at_the_workplace(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name, place=Place.AFEST)
    return dossier.add(Kind.AFEST_PROTOCOL, dossier.facts).pays(minutes_of(dossier))


@scenario
def at_the_workplace_without_protocol(make: Maker, name: str) -> Dossier:
    return make.temporary(name, place=Place.AFEST).incomplete(["pieces.afest_protocol"])
