"""`servicefait serve` says in one line what keeps it from serving, and shows passwords once."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.flows.small_night import ROOT, environment, servicefait

NOBODY = "postgresql://me:secret@127.0.0.1:1/desk"


OUT = "{folder}/out"
WRONG: dict[str, tuple[list[str], dict[str, str], int, str]] = {
    "another kind of database": (
        ["--out", OUT, "--database", "mysql://me:secret@host/desk"], {}, 2,
        "--database: the database must be sqlite:///… or postgresql://…",
    ),
    "a database that is not there": (
        ["--out", OUT, "--database", NOBODY], {}, 1, "the database can't be used (OperationalError)",
    ),
    "a database in a folder that is not there": (
        ["--out", OUT, "--database", "sqlite:///{folder}/nowhere/desk.sqlite3"], {}, 1,
        "the database can't be used (OperationalError)",
    ),
    "a folder that can't be made": (
        ["--out", "{folder}/a-file/out"], {}, 2, "--out: {folder}/a-file/out: Not a directory",
    ),
    "a setting that is neither": (
        ["--out", OUT], {"SERVICEFAIT_DESK_SECOND_FACTOR": "maybe"}, 2,
        "SERVICEFAIT_DESK_SECOND_FACTOR: neither 1 nor 0",
    ),
    "a directory without an address": (
        ["--out", OUT], {"SERVICEFAIT_DESK_OIDC_CLIENT_ID": "desk"}, 2,
        "SERVICEFAIT_DESK_OIDC_ISSUER: missing, the directory can't be asked",
    ),
    "nobody let in": (
        ["--out", OUT], {"SERVICEFAIT_DESK_PASSWORDS": "0"}, 2,
        "SERVICEFAIT_DESK_PASSWORDS: 0 without a directory lets nobody in",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", list(WRONG))
def test_what_is_wrong_is_said_in_one_line(case: str, tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("")
    arguments, environment, code, said = WRONG[case]
    here = [one.format(folder=tmp_path) for one in arguments]
    ended = servicefait("serve", "--prepare", "--uploads", str(tmp_path), *here, **environment)
    assert (ended.code, ended.err) == (code, f"servicefait: {said.format(folder=tmp_path)}\n")
    assert "secret" not in ended.out


def test_nothing_is_left_to_say_of_the_settings_of_production(tmp_path: Path) -> None:
    """``manage.py check --deploy``, with nothing set but what must be."""
    settings = {
        "SERVICEFAIT_DESK_SECRET_KEY": "".join(chr(33 + 7 * n % 90) for n in range(60)),
        "SERVICEFAIT_DESK_HOSTS": "bureau.example.org",
        "SERVICEFAIT_OUT": str(tmp_path),
    }
    command = [sys.executable, str(ROOT / "manage.py"), "check", "--deploy", "--fail-level", "DEBUG"]
    ended = subprocess.run(
        command, env=environment(**settings), capture_output=True, text=True, timeout=240, check=False
    )
    assert (ended.returncode, ended.stdout) == (0, "System check identified no issues (1 silenced).\n")
    silent = {name: value for name, value in settings.items() if not name.endswith("SECRET_KEY")}
    without = subprocess.run(
        command, env=environment(**silent), capture_output=True, text=True, timeout=240, check=False
    )
    assert without.returncode and "SECRET_KEY" in without.stderr


def test_a_port_that_is_taken_is_said_before_any_password_is_shown(tmp_path: Path) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        port = str(held.getsockname()[1])
        ended = servicefait(
            "serve", "--out", str(tmp_path / "out"), "--uploads", str(tmp_path), "--port", port
        )
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == f"servicefait: port {port}: Address already in use\n"
