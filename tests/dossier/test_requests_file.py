"""The requests file: what is taken, what is kept out and with which place."""

from __future__ import annotations

import copy
import csv
import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dossier.quantities import Minutes
from dossier.requests import LineKind
from dossier.requests_file import RequestsFileError, parse, read
from dossier.schemes import SCHEMES

REQUEST: dict[str, Any] = {
    "ref": "CIPI-2026-004512",
    "scheme": "cipi",
    "drf": {"submitted_at": "2026-03-02T09:14:00", "granted_at": "2026-03-03T15:00:00"},
    "contract_sent_at": "2026-03-20T10:00:00",
    "trainee": {
        "last_name": "DIALLO",
        "first_name": "Aminata",
        "birth_date": "1999-04-12",
        "status": "interimaire",
    },
    "employer": {"name": "Ouest Intérim", "siret": "41234567800015", "headcount": 120, "iban": "FR76X"},
    "provider": {"name": "Alpha Formation", "siret": "1", "nda": "53350812335", "iban": "FR76Y"},
    "training": {
        "title": "CACES R489 cat. 3",
        "start": "2026-03-16",
        "end": "2026-04-24",
        "hours": "140.00",
        "place": "provider",
        "distance": False,
    },
    "contract": None,
    "granted": {
        "hourly_rate": "27.00",
        "overrun_share": "0.30",
        "overrun_ceiling": "1500.00",
        "total_ceiling": "5280.00",
    },
    "payee": "employer",
    "programmes": [],
    "project_reference": None,
    "comment": None,
    "paid": [
        {
            "claim": "CIPI-2026-004512-1",
            "paid_on": "2026-04-20",
            "hours": "70.00",
            "amount": "1890.00",
            "invoice_number": None,
        }
    ],
}
CLAIM: dict[str, Any] = {
    "id": "CIPI-2026-004512-2",
    "request": "CIPI-2026-004512",
    "submitted_at": "2026-05-02T18:20:00",
    "period": {"from": "2026-04-06", "to": "2026-04-24"},
    "lines": [{"kind": "training_hours", "hours": "70.50"}, {"kind": "overrun", "amount": "420.00"}],
}


def data() -> dict[str, Any]:
    return {"requests": [copy.deepcopy(REQUEST)], "claims": [copy.deepcopy(CLAIM)]}


def places(content: dict[str, Any]) -> list[tuple[str, str]]:
    return [(refused.place, refused.problem) for refused in parse(content).refused]


def test_takes_the_contracts_example() -> None:
    got = parse(data())
    (request,), (claim,) = got.requests, got.claims
    assert got.refused == ()
    assert request.scheme is SCHEMES["cipi"]
    assert request.training.hours == Minutes(8400)
    assert request.granted.overrun_share == Decimal("0.30")
    assert request.paid[0].amount == Decimal("1890.00")
    assert request.drf and request.drf.granted_at.isoformat() == "2026-03-03T15:00:00"
    assert claim.period.end == dt.date(2026, 4, 24)
    assert [(line.kind, line.hours, line.amount) for line in claim.lines] == [
        (LineKind.TRAINING_HOURS, Minutes(4230), None),
        (LineKind.OVERRUN, None, Decimal("420.00")),
    ]


def change(content: dict[str, Any], path: str, value: object) -> None:
    *above, last = path.split(".")
    for name in above:
        content = content[int(name)] if name.isdigit() else content[name]
    if value is None:
        del content[last]
    else:
        content[last] = value


@pytest.mark.parametrize(
    ("path", "value", "place", "problem"),
    [
        ("requests.0.training.hours", None, "requests[0].training.hours", "missing"),
        ("requests.0.training.hours", "beaucoup", "requests[0].training.hours", "not a number"),
        ("requests.0.training.hours", "NaN", "requests[0].training.hours", "not a number"),
        ("requests.0.training.hours", "-1.00", "requests[0].training.hours", "below zero"),
        (
            "requests.0.granted.overrun_share",
            "30.00",
            "requests[0].granted.overrun_share",
            "a share above one",
        ),
        (
            "requests.0.trainee.birth_date",
            "31/02/1999",
            "requests[0].trainee.birth_date",
            "not a date (ISO 8601)",
        ),
        ("requests.0.training.end", "2026-03-01", "requests[0].training.end", "ends before it starts"),
        ("requests.0.training.distance", "no", "requests[0].training.distance", "neither true nor false"),
        ("requests.0.employer", "Ouest", "requests[0].employer", "not an object"),
        ("requests.0.programmes", ["sport"], "requests[0].programmes[0]", "not one of"),
        ("requests.0.paid.0.amount", None, "requests[0].paid[0].amount", "missing"),
        ("requests.0.drf", None, "requests[0].drf", "missing"),
        ("claims.0.lines.1.amount", None, "claims[0].lines[1].amount", "missing"),
        ("claims.0.lines", [], "claims[0].lines", "missing"),
        ("claims.0.period.to", "2026-04-31", "claims[0].period.to", "not a date (ISO 8601)"),
        ("claims.0.request", "CIPI-2026-000000", "claims[0].request", "unknown request"),
    ],
)
def test_names_the_place_of_what_it_refuses(path: str, value: object, place: str, problem: str) -> None:
    content = data()
    change(content, path, value)
    refused = places(content)
    assert refused[0][0] == place
    assert refused[0][1].startswith(problem)


def test_a_refused_request_keeps_its_claims_out_and_lets_the_others_through() -> None:
    content = data()
    other, its_claim = copy.deepcopy(REQUEST), copy.deepcopy(CLAIM)
    other["ref"], its_claim["id"], its_claim["request"] = (
        "CIPI-2026-000001",
        "CIPI-2026-000001-1",
        "CIPI-2026-000001",
    )
    content["requests"].append(other)
    content["claims"].append(its_claim)
    del content["requests"][0]["payee"]
    got = parse(content)
    assert [request.ref for request in got.requests] == ["CIPI-2026-000001"]
    assert [claim.id for claim in got.claims] == ["CIPI-2026-000001-1"]
    assert [(r.table, r.id, r.place, r.problem) for r in got.refused] == [
        ("requests", "CIPI-2026-004512", "requests[0].payee", "missing"),
        ("claims", "CIPI-2026-004512-2", "claims[0].request", "its request was refused"),
    ]


def test_a_claim_declared_twice_alike_stays_once() -> None:
    content = data()
    content["claims"].append(copy.deepcopy(CLAIM))
    got = parse(content)
    assert len(got.claims) == 1
    assert [(r.place, r.problem) for r in got.refused] == [("claims[1]", "declared twice")]


def test_a_claim_declared_twice_otherwise_is_kept_out_whole() -> None:
    content = data()
    second = copy.deepcopy(CLAIM)
    second["lines"][0]["hours"] = "140.00"
    content["claims"] += [second, copy.deepcopy(CLAIM)]
    got = parse(content)
    assert got.claims == ()
    assert {r.place for r in got.refused} == {"claims[0]", "claims[1]", "claims[2]"}


def test_a_request_declared_again_unreadably_is_kept_out() -> None:
    content = data()
    second = copy.deepcopy(REQUEST)
    del second["granted"]
    content["requests"].append(second)
    got = parse(content)
    assert got.requests == ()
    assert {r.place for r in got.refused} == {"requests[1].granted", "requests[0]", "claims[0].request"}


@pytest.mark.parametrize("content", [[], {}, {"requests": []}, {"requests": {}, "claims": []}, None, "x"])
def test_what_is_not_the_two_tables_raises(content: object) -> None:
    with pytest.raises(RequestsFileError):
        parse(content)


def test_a_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "requests.json"
    path.write_text('{"requests": [\n  {"ref": }\n]}')
    with pytest.raises(RequestsFileError, match=r"requests\.json: line 2, column 11: not JSON"):
        read(path)


def test_a_time_with_its_zone_is_brought_to_paris() -> None:
    content = data()
    content["requests"][0]["drf"]["submitted_at"] = "2026-03-02T08:14:00+00:00"
    drf = parse(content).requests[0].drf
    assert drf and drf.submitted_at.isoformat() == "2026-03-02T09:14:00"


def flat(tree: dict[str, Any], above: str = "") -> dict[str, str]:
    """An object as a spreadsheet's row: dotted names, lists as JSON."""
    row: dict[str, str] = {}
    for name, value in tree.items():
        if isinstance(value, dict):
            row |= flat(value, f"{above}{name}.")
        elif value is None:
            row[f"{above}{name}"] = ""
        elif isinstance(value, list):
            row[f"{above}{name}"] = json.dumps(value)
        else:
            row[f"{above}{name}"] = str(value).lower() if isinstance(value, bool) else str(value)
    return row


def write_csv(path: Path, rows: list[dict[str, str]], delimiter: str) -> None:
    header = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", newline="", encoding="utf-8-sig") as out:
        writer = csv.DictWriter(out, header, delimiter=delimiter, restval="")
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_exports_say_the_same_as_json(tmp_path: Path, delimiter: str) -> None:
    write_csv(tmp_path / "requests.csv", [flat(REQUEST)], delimiter)
    write_csv(tmp_path / "claims.csv", [flat(CLAIM)], delimiter)
    assert read(tmp_path) == parse(data())
    assert read(tmp_path / "requests.csv") == parse(data())


def test_csv_lists_may_stand_in_numbered_columns(tmp_path: Path) -> None:
    claim = flat(CLAIM)
    del claim["lines"]
    for index, line in enumerate(CLAIM["lines"]):
        claim |= {f"lines.{index}.{name}": value for name, value in line.items()}
    request = flat(REQUEST) | {"programmes": "handicap;mission_jeunes"}
    write_csv(tmp_path / "requests.csv", [request], ",")
    write_csv(tmp_path / "claims.csv", [claim], ",")
    got = read(tmp_path)
    assert got.claims == parse(data()).claims
    assert got.requests[0].programmes == ("handicap", "mission_jeunes")


def test_csv_problems_name_file_and_line(tmp_path: Path) -> None:
    write_csv(tmp_path / "requests.csv", [flat(REQUEST)], ",")
    with pytest.raises(RequestsFileError, match=r"claims\.csv: not there"):
        read(tmp_path)
    (tmp_path / "claims.csv").write_text("id,request\na,b,c\n")
    with pytest.raises(RequestsFileError, match=r"claims\.csv: line 2: 3 cells for 2 columns"):
        read(tmp_path)
