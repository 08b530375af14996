"""What must be true of every decision, tried on dossiers made at random."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.case import Case, Piece
from dossier.decision import Effect, Verdict
from dossier.json_form import decision_json
from dossier.quantities import Minutes, price_of
from dossier.reading import HalfDay, Mark, Session
from dossier.requests import LineKind, PastPayment
from tests.validators.case_files import bases, made, shipped
from validators.decide import decide
from validators.due import ceiling_left, overrun_of
from validators.facts import facts_of

HALF_DAYS = st.tuples(
    st.dates(dt.date(2026, 3, 9), dt.date(2026, 4, 3)),
    st.sampled_from([HalfDay.AM, HalfDay.PM]),
    st.sampled_from([0, 120, 180, 210, 240, 330]),
    st.sampled_from(list(Mark)),
    st.sampled_from([0.3, 0.6, 0.97]),
)
CONFIDENCES = st.sampled_from([0.1, 0.5, 0.79, 0.8, 0.97])
quick = settings(max_examples=60)


def sheet_of(case: Case, rows: list[tuple[dt.date, HalfDay, int, Mark, float]], file: str) -> Piece:
    piece = next(one for one in case.pieces if one.part.sessions)
    model = piece.part.sessions[0]
    sessions = tuple(
        replace(
            model,
            date=day,
            half_day=half,
            minutes=Minutes(minutes),
            trainee_mark=mark,
            trainer_mark=Mark.SIGNED,
            confidence=confidence,
        )
        for day, half, minutes, mark, confidence in rows
    )
    return replace(piece, file=file, sha256=file, part=replace(piece.part, sessions=sessions))


def with_sheets(case: Case, *sheets: Piece) -> Case:
    others = tuple(piece for piece in case.pieces if not piece.part.sessions)
    return replace(case, pieces=others + sheets)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A dossier of any base with its quantities, payments and confidences changed."""
    base = made({"base": draw(st.sampled_from(sorted(bases())))})
    quantities = {
        "hours": Minutes(draw(st.integers(1, 200 * 60))),
        "amount": Decimal(draw(st.integers(1, 300000))) / 100,
        "count": draw(st.integers(1, 3)),
        "months": draw(st.integers(1, 14)),
    }
    lines = tuple(
        replace(
            line, **{name: value for name, value in quantities.items() if getattr(line, name) is not None}
        )
        for line in base.claim.lines
    )
    paid = draw(st.integers(0, 3)) and (
        PastPayment(
            "earlier",
            dt.date(2026, 3, 1),
            Minutes(draw(st.integers(0, 6000))),
            Decimal(draw(st.integers(0, 3000))),
        ),
    )
    granted = replace(base.request.granted, total_ceiling=Decimal(draw(st.integers(0, 5000))))
    request = replace(base.request, paid=paid or (), granted=granted)
    pieces = []
    for piece in base.pieces:
        fields = {
            name: replace(field, confidence=draw(CONFIDENCES)) if draw(st.booleans()) else field
            for name, field in piece.part.fields.items()
        }
        if draw(st.integers(0, 9)):
            pieces.append(replace(piece, part=replace(piece.part, fields=fields)))
    return replace(base, request=request, claim=replace(base.claim, lines=lines), pieces=tuple(pieces))


@given(cases())
@quick
def test_payable_stays_within_declared_granted_and_ceilings(case: Case) -> None:
    decision = decide(case, shipped())
    facts = facts_of(case, shipped())
    hours = decision.hours
    assert 0 <= hours.payable <= hours.declared
    assert hours.payable + hours.already_paid <= max(hours.granted, hours.already_paid)
    assert hours.payable <= hours.evidenced + facts.tolerance
    assert sum(line.payable for line in decision.lines) <= ceiling_left(facts)
    overrun = overrun_of(facts)
    for line in decision.lines:
        assert Decimal(0) <= line.payable <= line.declared
        if line.kind is LineKind.OVERRUN and overrun is not None and overrun.left is not None:
            assert line.payable <= overrun.left


@given(cases())
@quick
def test_amounts_add_up_to_the_cent(case: Case) -> None:
    decision = decide(case, shipped())
    total = sum((line.payable for line in decision.lines), Decimal(0))
    for amount in (decision.amount, *(line.payable for line in decision.lines)):
        assert amount == amount.quantize(Decimal("0.01"))
    if decision.verdict in (Verdict.PAY, Verdict.REVIEW):
        assert decision.amount == total
    else:
        assert decision.amount == 0
    hours = next((line for line in decision.lines if line.kind is LineKind.TRAINING_HOURS), None)
    if hours is not None and total < ceiling_left(facts_of(case, shipped())):
        assert hours.payable == price_of(decision.hours.payable, case.request.granted.hourly_rate)


@given(cases())
@quick
def test_the_verdict_follows_from_the_findings(case: Case) -> None:
    decision = decide(case, shipped())
    effects = {finding.effect for finding in decision.findings}
    if decision.verdict is Verdict.PAY:
        assert effects <= {Effect.REDUCE, Effect.INFORM}
        assert decision.amount > 0
    if decision.verdict is Verdict.INCOMPLETE:
        assert Effect.MISSING in effects and not effects & {Effect.REJECT, Effect.REVIEW}
    if decision.verdict is Verdict.REVIEW:
        assert Effect.REVIEW in effects and Effect.REJECT not in effects


@given(cases(), st.randoms(use_true_random=False))
@quick
def test_the_order_of_pieces_changes_nothing(case: Case, chance: object) -> None:
    shuffled = list(case.pieces)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert decide(replace(case, pieces=tuple(shuffled)), shipped()) == decide(case, shipped())


@given(st.lists(HALF_DAYS, max_size=12), st.lists(HALF_DAYS, max_size=12))
@quick
def test_the_order_of_half_days_changes_nothing(one: list, other: list) -> None:
    case = made({"base": "cipi_sheets"})
    a, b = sheet_of(case, one, "a.pdf"), sheet_of(case, other, "b.pdf")
    turned = [
        replace(piece, part=replace(piece.part, sessions=piece.part.sessions[::-1])) for piece in (b, a)
    ]
    first, second = (decide(with_sheets(case, *sheets), shipped()) for sheets in ((a, b), turned))
    assert (first.hours, first.verdict, first.lines) == (second.hours, second.verdict, second.lines)


def counted(case: Case) -> dict[tuple[dt.date | None, HalfDay], Session]:
    return {
        (half.session.date, half.session.half_day): half.session for half in facts_of(case, shipped()).counted
    }


@given(st.lists(HALF_DAYS, max_size=10), st.lists(HALF_DAYS, max_size=10))
@quick
def test_another_sheet_takes_no_other_half_day_away(rows: list, more: list) -> None:
    """What one sheet proves stays proven when a sheet of other half-days is added.

    An earlier first day may be among them: it moves the period in which the training may lie, so the new rows
    start where the first ones do.
    """
    case = made({"base": "cipi_sheets"})
    first = min((row[0] for row in rows), default=dt.date(2026, 3, 16))
    more = [row for row in more if row[0] >= first]
    taken = {(row[0], row[1]) for row in rows}
    others = [row for row in more if (row[0], row[1]) not in taken]
    before = counted(with_sheets(case, sheet_of(case, rows, "a.pdf")))
    after = counted(with_sheets(case, sheet_of(case, rows, "a.pdf"), sheet_of(case, others, "b.pdf")))
    in_agreed = {slot for slot in before if slot[0] and slot[0] <= case.request.training.end}
    assert in_agreed <= set(after)


@given(cases())
@settings(max_examples=30)
def test_a_reading_below_the_threshold_never_rejects_alone(case: Case) -> None:
    """A rejection rests on a sure reading, or on none at all: on what was agreed."""
    threshold = facts_of(case, shipped()).threshold
    for finding in decide(case, shipped()).findings:
        if finding.effect is Effect.REJECT and finding.evidence:
            assert any(one.confidence >= threshold for one in finding.evidence), finding


@given(cases())
@settings(max_examples=25)
def test_the_same_case_gives_the_same_bytes(case: Case) -> None:
    one, other = (json.dumps(decision_json(decide(case, shipped())), sort_keys=True) for _ in range(2))
    assert one == other


@quick
@given(cases(), st.booleans())
def test_each_verdict_but_pay_has_a_finding_that_says_why(case: Case, silent: bool) -> None:
    if silent:
        case = replace(
            case, pieces=tuple(replace(one, part=replace(one.part, sessions=())) for one in case.pieces)
        )
    decision = decide(case, shipped())
    effects = {finding.effect for finding in decision.findings}
    why = {
        Verdict.REJECT: {Effect.REJECT, Effect.REDUCE},
        Verdict.REVIEW: {Effect.REVIEW},
        Verdict.INCOMPLETE: {Effect.MISSING},
    }
    assert decision.verdict is Verdict.PAY or effects & why[decision.verdict]
