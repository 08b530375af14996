"""A small night to run: drawn dossiers, the command line in a process of its own, what it leaves behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from samples.generate import MIXES, filed, write
from samples.maker import Maker
from samples.scenarios import SCENARIOS

ROOT = Path(__file__).resolve().parents[2]
AS_OF = "2026-09-15"
SCENARIO_NAMES = ("certificate_alone", "second_instalment", "no_programme", "reserved_after_the_start")
TIMEOUT = 420.0


@dataclass(frozen=True)
class Ended:
    """A command that came to its end."""

    code: int
    out: str
    err: str


def draw(folder: Path, names: tuple[str, ...] = SCENARIO_NAMES, seed: int = 3) -> Path:
    """``requests.json`` and ``uploads/`` of a few dossiers, text PDFs all, under ``folder``."""
    dossiers = SCENARIOS.made(Maker(seed), names)
    write(folder, filed(dossiers, MIXES["text"]), dossiers)
    return folder


def environment(**more: str) -> dict[str, str]:
    """Ours without what a developer's shell may say of Prefect or of the night."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "SERVICEFAIT_", "DJANGO_"))}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def servicefait(*arguments: str | Path, cwd: Path | None = None, **more: str) -> Ended:
    """The command line, to its end. Its whole process group is killed when it takes too long."""
    command = [sys.executable, "-m", "servicefait", *map(str, arguments)]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(**more),
        cwd=cwd or ROOT,
        start_new_session=True,
    ) as process:
        try:
            out, err = process.communicate(timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    return Ended(process.returncode, out, err)


def run(night: Path, out: Path, *more: str | Path, uploads: str | None = None, **env: str) -> Ended:
    """One night over what `draw` made."""
    where = uploads or str(night / "uploads")
    return servicefait(
        "run",
        *("--requests", night / "requests.json", "--uploads", where, "--out", out, "--as-of", AS_OF),
        *more,
        **env,
    )


def left(out: Path) -> dict[str, Any]:
    """All that a night left for others, without what tells one run from another."""
    decisions = json.loads((out / "decisions.json").read_text(encoding="utf-8"))
    return {
        "decisions": decisions["decisions"],
        "refused": decisions["refused_input"],
        "documents": json.loads((out / "documents.json").read_text(encoding="utf-8")),
        "payments": {path.name: path.read_bytes() for path in out.glob("payments*.xml")},
        "failures": (out / "failures.csv").read_bytes(),
        "letters": {path.name: path.read_bytes() for path in (out / "letters").iterdir()},
        "unfinished": [path.name for path in out.glob("*.part")],
    }


@cache
def schema(name: str) -> Any:
    return json.loads((ROOT / "docs" / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
