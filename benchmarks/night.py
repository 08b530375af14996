"""What a night costs: wall and CPU time by kind of process, and the most memory that a reading child takes.

    python -m benchmarks.night [--set FOLDER] [--as-of DATE] [--workers 2] [--out FOLDER]

``--set`` is a folder with ``requests.json`` and ``uploads/``; without it two nights of our own scenarios
are drawn. Runs ``servicefait run`` as a user does and looks at its processes ten times a second.
"Orchestration" is an upper bound: Prefect's server, and all of the run's own process, which also keeps the
database, decides and publishes.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
MEGA = 1 << 20


@dataclass(slots=True)
class Seen:
    """A process of the run: its kind, CPU seconds and peak memory in bytes so far."""

    kind: str
    cpu: float = 0.0
    peak: int = 0


@dataclass(slots=True)
class Night:
    wall: float = 0.0
    processes: dict[tuple[int, str], Seen] = field(default_factory=dict)

    def of(self, kind: str) -> list[Seen]:
        return [seen for seen in self.processes.values() if seen.kind == kind]


def kind_of(command: str, root: bool) -> str:
    if "tesseract" in command.split(" ", 1)[0]:
        return "tesseract"
    if "forkserver" in command:
        return "reading"
    if "prefect" in command or "own_server" in command or "uvicorn" in command:
        return "server"
    return "run" if root else "other"


def descendants(root: int) -> set[int]:
    children: dict[int, list[int]] = defaultdict(list)
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            stat = read(entry / "stat")
            if stat:
                children[int(stat.rpartition(")")[2].split()[1])].append(int(entry.name))
    found, todo = {root}, [root]
    while todo:
        for child in children[todo.pop()]:
            if child not in found:
                found.add(child)
                todo.append(child)
    return found


def read(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""


def look(night: Night, root: int) -> None:
    """Note every process of the run as it stands now; what it takes after the last look is not seen."""
    for pid in descendants(root):
        stat = read(Path(f"/proc/{pid}/stat"))
        status = read(Path(f"/proc/{pid}/status"))
        command = read(Path(f"/proc/{pid}/cmdline")).replace("\0", " ")
        if not stat or not command:
            continue
        fields = stat.rpartition(")")[2].split()
        seen = night.processes.setdefault((pid, fields[19]), Seen(kind_of(command, pid == root)))
        seen.cpu = (int(fields[11]) + int(fields[12])) / TICK
        for line in status.splitlines():
            if line.startswith("VmHWM:"):
                seen.peak = max(seen.peak, int(line.split()[1]) * 1024)


def measured(arguments: list[str]) -> Night:
    night = Night()
    began = time.monotonic()
    with subprocess.Popen([sys.executable, "-m", "servicefait", "run", *arguments]) as running:
        while running.poll() is None:
            look(night, running.pid)
            time.sleep(0.1)
    night.wall = time.monotonic() - began
    if running.returncode:
        raise SystemExit(f"the run ended with {running.returncode}")
    return night


def told(night: Night) -> None:
    total = sum(seen.cpu for seen in night.processes.values())
    print(f"\nwall {night.wall:.0f} s, CPU seen {total:.0f} s")
    for kind, name in (
        ("reading", "reading children"),
        ("tesseract", "Tesseract"),
        ("run", "the run's own process"),
        ("server", "Prefect's server"),
        ("other", "others"),
    ):
        held = night.of(kind)
        cpu, peak = sum(seen.cpu for seen in held), max((seen.peak for seen in held), default=0)
        print(
            f"  {name:24}{cpu:8.1f} s {100 * cpu / max(total, 0.01):5.1f} %   "
            f"at most {peak / MEGA:6.0f} MiB each"
        )
    besides = sum(seen.cpu for kind in ("run", "server", "other") for seen in night.of(kind))
    print(f"  orchestration at most {100 * besides / max(total, 0.01):.1f} % of the CPU")


def drawn() -> Path:
    from samples import generate
    from samples.maker import Maker
    from samples.scenarios import SCENARIOS

    folder = Path(tempfile.mkdtemp(prefix="night-"))
    dossiers = [d for seed in (11, 12) for d in SCENARIOS.made(Maker(seed), SCENARIOS.names())]
    generate.write(folder, generate.filed(dossiers, generate.MIXES["mixed"]), dossiers)
    return folder


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--set", type=Path, help="a folder with requests.json and uploads/")
    ask.add_argument("--as-of", default="2026-09-15")
    ask.add_argument("--workers", default="2")
    ask.add_argument("--out", type=Path, help="where the run writes (default: a new folder)")
    given = ask.parse_args()
    inputs = given.set or drawn()
    out = given.out or Path(tempfile.mkdtemp(prefix="night-out-"))
    uploads = inputs / "uploads"
    print(f"{sum(path.is_file() for path in uploads.rglob('*'))} files in {uploads}")
    arguments = ["--requests", str(inputs / "requests.json"), "--uploads", str(uploads), "--out", str(out)]
    told(measured([*arguments, "--as-of", given.as_of, "--workers", given.workers]))


if __name__ == "__main__":
    main()
