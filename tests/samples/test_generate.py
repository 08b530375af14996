"""The sample dossiers are coherent input: what we draw is what we say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dossier.decision import Verdict
from dossier.kinds import FIELDS, Kind
from dossier.requests_file import read
from samples import generate
from samples.filing import Mix
from samples.maker import Maker
from samples.scenarios import SCENARIOS

TEXT = Mix(0.0, 0.0, 0.0)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("full")
    dossiers = SCENARIOS.made(Maker(3), SCENARIOS.names())
    generate.write(to, generate.filed(dossiers, TEXT), dossiers)
    return to


def test_every_request_and_claim_is_taken(folder: Path) -> None:
    agreed = read(folder / "requests.json")
    assert not agreed.refused
    assert len(agreed.claims) == len(SCENARIOS.names())


def test_truth_speaks_of_each_file_once(folder: Path) -> None:
    truth = json.loads((folder / "truth.json").read_text())
    named = {entry["file"].split("!")[0] for entry in truth["documents"]}
    there = {
        str(path.relative_to(folder / "uploads"))
        for path in (folder / "uploads").rglob("*")
        if path.is_file()
    }
    assert named == there


def test_truth_uses_the_words_of_the_contract(folder: Path) -> None:
    truth = json.loads((folder / "truth.json").read_text())
    for entry in truth["documents"]:
        for part in entry["parts"]:
            assert set(part["fields"]) <= set(FIELDS[Kind(part["kind"])]), entry["file"]
    verdicts = {claim["verdict"] for claim in truth["claims"]}
    assert verdicts == {verdict.value for verdict in Verdict}


def test_the_demo_shows_every_verdict_and_channel(tmp_path: Path) -> None:
    dossiers = SCENARIOS.made(Maker(1), generate.DEMO)
    generate.write(tmp_path, generate.filed(dossiers, generate.MIXES["mixed"]), dossiers)
    truth = json.loads((tmp_path / "truth.json").read_text())
    assert {claim["verdict"] for claim in truth["claims"]} == {verdict.value for verdict in Verdict}
    assert {"native", "scan", "photo"} <= {entry["channel"] for entry in truth["documents"]}


def test_a_seed_gives_the_same_dossiers_again() -> None:
    once, again = (SCENARIOS.made(Maker(7), ("sheets_alone", "provider_paid")) for _ in range(2))
    assert [d.claim for d in once] == [d.claim for d in again]
    assert [u.data for u in generate.filed(once, TEXT)] == [u.data for u in generate.filed(again, TEXT)]
    other = SCENARIOS.made(Maker(8), ("sheets_alone",))
    assert other[0].request.trainee != once[0].request.trainee
