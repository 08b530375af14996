"""One night from the command line on all that can lie in a store; again; killed; and the commands after."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.flows.small_night import AS_OF, ROOT, Ended, draw, environment, left, run, schema, servicefait


def a_page(*lines: str) -> bytes:
    """A text PDF of one page."""
    file = io.BytesIO()
    canvas = Canvas(file, invariant=1)
    for number, line in enumerate(lines):
        canvas.drawString(60, 780 - 18 * number, line)
    canvas.save()
    return file.getvalue()


def an_archive(*members: Path) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for member in members:
            packed.write(member, member.name)
    return file.getvalue()


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Drawn dossiers, and beside them a duplicate, an archive, what can't be read, and files at the root."""
    folder = draw(
        tmp_path_factory.mktemp("night"), ("certificate_alone", "no_programme", "second_instalment")
    )
    uploads = folder / "uploads"
    data = json.loads((folder / "requests.json").read_text(encoding="utf-8"))
    first, second = data["claims"][0], data["claims"][1]
    own = uploads / first["request"] / first["id"]
    files = sorted(path for path in own.iterdir() if path.suffix == ".pdf")
    shutil.copy(files[0], own / "encore une fois.pdf")
    (own / "tout.zip").write_bytes(an_archive(files[1]))
    files[1].unlink()
    (own / "vide.pdf").write_bytes(b"")
    (own / "photo.jpg").write_bytes(b"\xff\xd8\xff not a picture")
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))["documents"]
    [certificate] = [
        document["file"]
        for document in truth
        if document["file"].startswith(second["request"]) and document["parts"][0]["kind"] == "certificate"
    ]
    shutil.move(uploads / certificate, uploads / "de quel dossier.pdf")
    (uploads / "personne.pdf").write_bytes(
        a_page("Une page qui ne nomme personne", "ni aucun dossier", *["mot"] * 20)
    )
    data["claims"] += [{**first, "id": "NOWHERE-1", "request": "NOWHERE"}, {"id": "BROKEN-1"}]
    (folder / "requests.json").write_text(json.dumps(data), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("out")


@pytest.fixture(scope="module")
def ended(night: Path, out: Path) -> Ended:
    return run(night, out)


@pytest.fixture(scope="module")
def results(ended: Ended, out: Path) -> dict[str, Any]:
    assert ended.code == 0, ended.err
    return left(out)


@pytest.fixture(scope="module")
def by_file(results: dict[str, Any]) -> dict[str, Any]:
    return {document["file"]: document for document in results["documents"]}


def named(by_file: dict[str, Any], ending: str) -> dict[str, Any]:
    [only] = [document for file, document in by_file.items() if file.endswith(ending)]
    found: dict[str, Any] = only
    return found


def test_what_it_writes_has_the_promised_form(results: dict[str, Any], out: Path) -> None:
    for name in ("decisions", "documents"):
        content = json.loads((out / f"{name}.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator(schema(name)).validate(content)
    assert (out / "report.html").stat().st_size > 1000
    assert results["failures"]
    assert results["unfinished"] == []


def test_the_run_says_who_it_was(ended: Ended, out: Path) -> None:
    said = json.loads((out / "decisions.json").read_text(encoding="utf-8"))["run"]
    assert said["as_of"] == AS_OF
    assert said["started_at"] <= said["finished_at"]
    assert len(said["rules"]) == 64


def test_every_claim_taken_is_decided_and_the_others_are_named(results: dict[str, Any], night: Path) -> None:
    claims = [c["id"] for c in json.loads((night / "requests.json").read_text(encoding="utf-8"))["claims"]]
    decided = [decision["claim"] for decision in results["decisions"]]
    assert sorted(decided) == sorted(set(claims) - {"NOWHERE-1", "BROKEN-1"})
    places = {row["place"]: row["reason"] for row in results["refused"]}
    assert places["claims[3].request"] == "unknown request"
    assert any(place.startswith("claims[4]") for place in places)


def test_every_file_has_one_entry_and_an_end(
    by_file: dict[str, Any], results: dict[str, Any], night: Path
) -> None:
    store = night / "uploads"
    uploaded = {path.relative_to(store).as_posix() for path in store.rglob("*") if path.is_file()}
    assert len(by_file) == len(results["documents"])
    assert {file.split("!")[0] for file in by_file} == uploaded
    assert sum("!" in file for file in by_file) == 1


def test_the_same_bytes_are_a_duplicate_of_the_first(by_file: dict[str, Any]) -> None:
    copy = [d for d in by_file.values() if d["status"] == "duplicate"]
    assert len(copy) == 1
    assert by_file[copy[0]["reason"]]["sha256"] == copy[0]["sha256"]


def test_what_is_no_document_is_refused_with_its_reason(by_file: dict[str, Any]) -> None:
    assert named(by_file, "vide.pdf")["reason"].startswith("empty")
    assert named(by_file, "photo.jpg")["status"] == "refused"


def test_a_file_at_the_root_belongs_to_whom_it_names_or_to_nobody(
    results: dict[str, Any], night: Path
) -> None:
    failures = results["failures"].decode("utf-8-sig")
    orphans = [line for line in failures.splitlines() if "document.orphan" in line]
    assert [line.split(";")[2] for line in orphans] == ["personne.pdf"]
    second = json.loads((night / "requests.json").read_text(encoding="utf-8"))["claims"][1]
    [decision] = [d for d in results["decisions"] if d["claim"] == second["id"]]
    rested_on = {e["file"] for check in decision["checks"] for e in check["evidence"]}
    assert "de quel dossier.pdf" in rested_on


def test_no_account_of_anybody_stands_in_what_people_read(results: dict[str, Any], out: Path) -> None:
    report = (out / "report.html").read_text(encoding="utf-8")
    for decision in results["decisions"]:
        assert decision["payee"]["iban"] not in report


def test_it_ends_with_a_table_and_the_paths(ended: Ended, results: dict[str, Any], out: Path) -> None:
    for decision in results["decisions"]:
        assert decision["claim"] in ended.out
    assert str(out / "decisions.json") in ended.out
    assert "claims[3].request: unknown request" in ended.out
    assert "\x1b[" not in ended.out + ended.err
    assert "reading" in ended.err


def test_again_it_decides_nothing_and_pays_nothing_twice(
    results: dict[str, Any], night: Path, out: Path
) -> None:
    again = run(night, out)
    assert again.code == 0, again.err
    assert left(out) == results
    counts = json.loads((out / "decisions.json").read_text(encoding="utf-8"))["run"]["counts"]
    assert counts.get("decided", 0) == 0
    assert counts["unchanged"] + counts.get("closed", 0) == len(results["decisions"])


def test_why_a_claim_was_decided_so(results: dict[str, Any], out: Path) -> None:
    decision = results["decisions"][0]
    said = servicefait("explain", decision["claim"], "--out", out)
    assert said.code == 0, said.err
    text = " ".join(said.out.split())
    assert decision["request"] in text
    assert "Règles examinées" in text
    for outcome in {check["outcome"] for check in decision["checks"]}:
        assert {"holds": "respectée", "broken": "non respectée", "cannot_tell": "ne peut être"}[
            outcome
        ] in text
    assert decision["payee"]["iban"] not in said.out
    unknown = servicefait("explain", "NOBODY", "--out", out)
    assert (unknown.code, unknown.err.count("\n")) == (2, 1)


def test_the_chain_of_acts_holds(results: dict[str, Any], out: Path) -> None:
    said = servicefait("audit", "verify", "--out", out)
    assert said.code == 0
    assert "the chain holds" in said.out


def test_a_replay_of_the_same_day_changes_nothing(results: dict[str, Any], out: Path) -> None:
    before = {path.name: path.read_bytes() for path in out.glob("*.json")}
    said = servicefait("replay", "--as-of", AS_OF, "--out", out)
    assert said.code == 0, said.err
    assert f"{len(results['decisions'])} claims decided again as of {AS_OF}, 0 otherwise" in said.out
    assert {path.name: path.read_bytes() for path in out.glob("*.json")} == before


def test_what_one_file_says_is_shown_on_its_pages(night: Path, tmp_path: Path) -> None:
    [archive] = night.rglob("tout.zip")
    said = servicefait("read", archive, "--to", tmp_path)
    assert said.code == 0, said.err
    [picture] = tmp_path.glob("*-page-1.png")
    assert picture.read_bytes().startswith(b"\x89PNG")
    [data] = tmp_path.glob("*.json")
    document = json.loads(data.read_text(encoding="utf-8"))
    assert document["file"].startswith("tout.zip!")
    for part in document["parts"]:
        assert part["kind"] in said.out


def test_killed_in_the_middle_nothing_is_left_running_and_the_next_run_ends_the_same(
    results: dict[str, Any], night: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    command = [
        sys.executable, "-m", "servicefait", "run", "--requests", str(night / "requests.json"),
        "--uploads", str(night / "uploads"), "--out", str(out), "--as-of", AS_OF,
    ]  # fmt: skip
    marked = environment(SERVICEFAIT_TEST_MARK=str(tmp_path))
    process = subprocess.Popen(
        command, cwd=ROOT, env=marked, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("servicefait: reading"):
            break
    time.sleep(1.0)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert _gone(str(tmp_path)), "a process of the killed run goes on"
    again = run(night, out)
    assert again.code == 0, again.err
    assert left(out) == results


def _gone(mark: str) -> bool:
    """No process bears the mark in its environment any more, within a minute."""
    for _ in range(120):
        if not any(mark.encode() in _environment_of(pid) for pid in os.listdir("/proc") if pid.isdigit()):  # noqa: PTH208
            return True
        time.sleep(0.5)
    return False


def _environment_of(pid: str) -> bytes:
    try:
        return Path("/proc", pid, "environ").read_bytes()
    except OSError:
        return b""
