"""What is written as JSON reads back as the same thing."""

import datetime as dt
import json
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.decision import (
    Check,
    DecidedLine,
    Decision,
    Effect,
    Evidence,
    Finding,
    HoursTable,
    Outcome,
    Payee,
    Verdict,
)
from dossier.json_form import decision_json, decision_of, document_json, document_of
from dossier.kinds import FIELDS, Kind, Type
from dossier.quantities import Minutes
from dossier.reading import (
    Box,
    Disagreement,
    Document,
    Field,
    HalfDay,
    Mark,
    PageAccount,
    PageState,
    Part,
    ReadBy,
    Session,
    Status,
    Value,
)
from dossier.requests import LineKind, PayeeKind

text = st.text(max_size=20)
fraction = st.integers(0, 1000).map(lambda n: n / 1000)
boxes = st.builds(Box, fraction, fraction, fraction, fraction)
dates = st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1))
minutes = st.integers(0, 60_000).map(Minutes)
amounts = st.decimals(-100_000, 100_000, places=2)

VALUES: dict[Type, st.SearchStrategy[Value]] = {
    Type.TEXT: text,
    Type.DATE: dates,
    Type.HOURS: minutes,
    Type.AMOUNT: amounts,
    Type.FLAG: st.booleans(),
}


def fields_of(type_: Type) -> st.SearchStrategy[Field]:
    return st.builds(
        Field,
        st.none() | VALUES[type_],
        text,
        st.integers(1, 9),
        boxes,
        st.sampled_from(ReadBy),
        fraction,
        text,
    )


sessions = st.builds(
    Session,
    trainee=text,
    date=st.none() | dates,
    half_day=st.sampled_from(HalfDay),
    minutes=st.none() | minutes,
    trainee_mark=st.sampled_from(Mark),
    trainer_mark=st.sampled_from(Mark),
    page=st.integers(1, 9),
    box=boxes,
    read_by=st.sampled_from(ReadBy),
    confidence=fraction,
    raw_date=text,
    weekday=st.none() | st.integers(0, 6),
    start=st.none() | st.times(),
    end=st.none() | st.times(),
    ink=text,
)


@st.composite
def parts(draw: st.DrawFn) -> Part:
    kind = draw(st.sampled_from(Kind))
    names = draw(st.sets(st.sampled_from(sorted(FIELDS[kind])), max_size=5)) if FIELDS[kind] else set()
    return Part(
        pages=tuple(draw(st.lists(st.integers(1, 9), max_size=3))),
        kind=kind,
        confidence=draw(fraction),
        fields={name: draw(fields_of(FIELDS[kind][name])) for name in sorted(names)},
        sessions=tuple(draw(st.lists(sessions, max_size=2))),
        names=tuple(draw(st.lists(text, max_size=2))),
        disagreements=tuple(draw(st.lists(st.builds(Disagreement, text, text, text), max_size=2))),
        fingerprint=draw(text),
        texts=draw(st.dictionaries(st.integers(1, 9), text, max_size=2)),
    )


documents = st.builds(
    Document,
    text,
    text,
    st.integers(0, 9),
    st.sampled_from(Status),
    st.none() | text,
    st.lists(parts(), max_size=2).map(tuple),
    st.lists(
        st.builds(
            PageAccount,
            st.integers(1, 9),
            st.sampled_from(PageState),
            st.none() | st.sampled_from(ReadBy),
            st.integers(0, 3000),
            st.integers(0, 3000),
            st.sampled_from([0, 90, 180, 270]),
            text,
        ),
        max_size=2,
    ).map(tuple),
)


@given(documents)
@settings(max_examples=60)
def test_a_document_survives_its_json(document: Document) -> None:
    assert document_of(json.loads(json.dumps(document_json(document)))) == document


evidence = st.builds(Evidence, text, st.integers(1, 9), boxes, text, fraction)
money = st.decimals(0, 100_000, places=2)
decisions = st.builds(
    Decision,
    request=text,
    claim=text,
    verdict=st.sampled_from(Verdict),
    hours=st.builds(HoursTable, minutes, minutes, minutes, minutes, minutes),
    lines=st.lists(st.builds(DecidedLine, st.sampled_from(LineKind), money, money), max_size=2).map(tuple),
    amount=money,
    payee=st.builds(Payee, st.sampled_from(PayeeKind), text, text, text),
    findings=st.lists(
        st.builds(
            Finding,
            text,
            st.sampled_from(Effect),
            text,
            text,
            text,
            text,
            st.lists(evidence, max_size=2).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    checks=st.lists(
        st.builds(
            Check,
            text,
            st.sampled_from(Outcome),
            text,
            st.sampled_from(Effect),
            text,
            text,
            st.lists(evidence, max_size=2).map(tuple),
            text,
        ),
        max_size=2,
    ).map(tuple),
)


@given(decisions)
@settings(max_examples=60)
def test_a_decision_survives_its_json(decision: Decision) -> None:
    assert decision_of(json.loads(json.dumps(decision_json(decision)))) == decision


def test_money_never_becomes_a_float() -> None:
    hours = HoursTable(*(Minutes(60) for _ in range(5)))
    decision = Decision(
        "R",
        "R-1",
        Verdict.PAY,
        hours,
        (DecidedLine(LineKind.TRAINING_HOURS, Decimal("0.10"), Decimal("0.10")),),
        Decimal("0.10"),
        Payee(PayeeKind.EMPLOYER, "E", "1", "FR"),
        (),
    )
    assert decision_json(decision)["amount"] == "0.10"


@given(documents)
@settings(max_examples=20)
def test_the_words_of_pages_stay_out_of_the_contracts_form(document: Document) -> None:
    assert all("texts" not in part for part in document_json(document, texts=False)["parts"])
