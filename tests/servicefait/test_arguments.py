"""What is wrong with an argument or the requests file: exit code 2 and one line that names the place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from servicefait.cli import main
from tests.flows.small_night import draw

Captured = pytest.CaptureFixture[str]


def ended(capsys: Captured, *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    return int(str(end.value.code)), capsys.readouterr().err


def a_run(tmp_path: Path, **changed: str) -> list[str]:
    given = {
        "requests": str(tmp_path / "requests.json"),
        "uploads": str(tmp_path / "uploads"),
        "out": str(tmp_path / "out"),
        **changed,
    }
    return ["run", *(word for name, value in given.items() for word in (f"--{name}", value))]


@pytest.fixture
def night(tmp_path: Path) -> Path:
    return draw(tmp_path, ("certificate_alone",))


def test_a_requests_file_that_is_not_there(tmp_path: Path, capsys: Captured) -> None:
    code, said = ended(capsys, *a_run(tmp_path))
    assert code == 2
    assert said == f"servicefait: {tmp_path}/requests.json: can't be read: No such file or directory\n"


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ('{"requests": [', "line 1, column 15: not JSON"),
        ("[]", "the top is not an object"),
        ('{"requests": []}', "claims: missing"),
        ('{"requests": {}, "claims": []}', "requests: not a list"),
        (b"\xff\xfe{", "byte 0: not UTF-8"),
    ],
)
def test_a_requests_file_that_is_none(
    content: str | bytes, place: str, tmp_path: Path, capsys: Captured
) -> None:
    path = tmp_path / "requests.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    code, said = ended(capsys, *a_run(tmp_path))
    assert code == 2
    assert said.startswith(f"servicefait: {path}: {place}")
    assert said.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"uploads": "/nowhere/at/all"}, "--uploads: /nowhere/at/all: no such folder"),
        ({"uploads": "s3://"}, "--uploads: s3://: no bucket named"),
        ({"as-of": "31/02/2026"}, "--as-of: '31/02/2026' is no date"),
        ({"as-of": "2026-02-31"}, "--as-of: '2026-02-31' is no date"),
        ({"workers": "0"}, "--workers"),
        ({"workers": "many"}, "--workers"),
        ({"database": "mysql://me:secret@host/db"}, "--database: the database must be"),
        ({"out": "/proc/nowhere"}, "--out: /proc/nowhere"),
    ],
)
def test_an_argument_that_is_wrong_is_named(
    changed: dict[str, str], named: str, night: Path, capsys: Captured
) -> None:
    code, said = ended(capsys, *a_run(night, **changed))
    assert (code, said.count("\n")) == (2, 1)
    assert named in said
    assert "secret" not in said


def test_an_argument_that_is_missing_or_unknown_is_named(capsys: Captured) -> None:
    assert ended(capsys, "run", "--out", "x") == (2, "servicefait: Missing option '--requests'.\n")
    assert ended(capsys, "walk") == (2, "servicefait: No such command 'walk'.\n")


def test_commands_on_a_folder_that_no_run_wrote_to_make_nothing_there(
    tmp_path: Path, capsys: Captured
) -> None:
    for command in (["explain", "X"], ["audit", "verify"], ["replay", "--as-of", "2026-01-01"]):
        code, said = ended(capsys, *command, "--out", str(tmp_path))
        assert code == 2
        assert "no run wrote to this folder" in said
    assert list(tmp_path.iterdir()) == []


def test_help_teaches_every_command(capsys: Captured) -> None:
    for command, words in {
        "run": ("--as-of", "Exit code 0", "s3://", "Run it again whenever you like"),
        "explain": ("in French", "CLAIM"),
        "read": ("picture of each page", "--to"),
        "replay": ("Writes nothing", "--parameters"),
    }.items():
        with pytest.raises(SystemExit) as end:
            main([command, "--help"])
        assert end.value.code in (0, None)
        text = " ".join(capsys.readouterr().out.split())
        assert all(word in text for word in words), command


def test_csv_tables_are_taken_as_requests_too(night: Path, capsys: Captured) -> None:
    """Only the folder's form is wrong here: a table without its columns."""
    tables = night / "tables"
    tables.mkdir()
    (tables / "requests.csv").write_text("ref\n", encoding="utf-8")
    (tables / "claims.csv").write_text("id\n", encoding="utf-8")
    data = json.loads((night / "requests.json").read_text(encoding="utf-8"))
    assert data["claims"]
    code, said = ended(capsys, *a_run(night, requests=str(tables), uploads="/nowhere/at/all"))
    assert code == 2
    assert "--uploads" in said or "csv" in said
