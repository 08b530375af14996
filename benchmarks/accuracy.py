"""How right the readings are on papers that our own generator draws, by kind, field and channel.

    python -m benchmarks.accuracy [--full] [--seeds 100-101] [--page docs/accuracy.md]
                                  [--keep FILE] [--again FILE] [--misses]

Seeds 1 to 99 are for building (layouts looked at, models trained, confidences fitted), 100 and up for
testing; the page says which were used. Every layout of the kinds that decide money is drawn, of the others
some by lot; each paper comes as a text PDF and worn (small: in one way by lot, ``--full``: scan, fax, photo).
``--keep`` writes every observation to a file, ``--again`` makes the page from such a file without reading
anything.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path

os.environ.setdefault("OMP_THREAD_LIMIT", "1")

from benchmarks.accuracy_page import written
from benchmarks.metrics import Observation, Outcome, Paper, observed
from dossier.json_form import part_json
from dossier.kinds import Kind
from extractors import calibration
from extractors.reading import read
from samples.documents.all_kinds import LAYOUTS, all_layouts
from samples.varied import piece

DECIDING = (Kind.CERTIFICATE, Kind.ATTENDANCE_SHEET, Kind.INVOICE, Kind.CERFA)
WORN = ("scan", "photo", "fax")
BUILDING = range(1, 100)


@dataclass(frozen=True, slots=True)
class Task:
    """One paper to draw and read."""

    seed: int
    kind: Kind
    layout: str
    channel: str
    raw: bool = False


def tasks(seeds: Iterable[int], full: bool, kinds: Iterable[Kind] = tuple(LAYOUTS)) -> list[Task]:
    """The papers of a run; the same arguments give the same papers."""
    chosen = list(kinds)
    found: list[Task] = []
    for seed in seeds:
        rng = random.Random(f"{seed}|accuracy")
        for kind in LAYOUTS:
            names = sorted(all_layouts(kind))
            if kind not in DECIDING:
                names = sorted(rng.sample(names, 3 if full else 1))
            for name in names:
                ways = WORN if full else (WORN[rng.randrange(len(WORN))],)
                if kind in chosen:
                    found += [Task(seed, kind, name, way) for way in ("native", *ways)]
    return found


def outcome(task: Task) -> list[Observation]:
    """Draws and reads one paper. A reading that fails is one that read nothing."""
    data, suffix, channel, truth = piece(task.seed, task.kind, task.layout, task.channel)
    with untouched() if task.raw else nullcontext():
        document = read(f"paper{suffix}", data)
    return observed(
        Paper(task.layout, task.seed, channel), [truth], [part_json(part) for part in document.parts]
    )


@contextmanager
def untouched() -> Iterator[None]:
    """The readers' own confidences, without the maps that were fitted on them."""
    maps = calibration.MAPS
    calibration.MAPS = {}
    try:
        yield
    finally:
        calibration.MAPS = maps


def outcomes(work: list[Task], workers: int) -> Iterator[list[Observation]]:
    if workers == 1:
        yield from map(outcome, work)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(outcome, work, chunksize=2)


def span(text: str) -> range:
    """``100-103`` or ``100``."""
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def kept(path: Path) -> list[Observation]:
    """The observations of an earlier run."""
    with path.open(encoding="utf-8") as lines:
        return [
            Observation(**{**held, "outcome": Outcome(held["outcome"])}) for held in map(json.loads, lines)
        ]


def keep(path: Path, observations: Iterable[Observation]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for one in observations:
            file.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--full", action="store_true", help="several seeds, all four channels (an hour or so)")
    ask.add_argument("--seeds", type=span, help="for example 100-103; default 100, with --full 100-103")
    ask.add_argument("--kinds", help="only these, with commas between")
    ask.add_argument("--layouts", help="only these, with commas between")
    ask.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    ask.add_argument("--page", type=Path, help="where to write the page; its diagram stands beside it")
    ask.add_argument("--raw", action="store_true", help="the readers' own confidences, uncalibrated")
    ask.add_argument("--keep", type=Path, help="write the observations here")
    ask.add_argument("--again", type=Path, help="take the observations from here, read nothing")
    ask.add_argument("--misses", action="store_true", help="print what was not exact")
    given = ask.parse_args()
    began = time.monotonic()
    seeds = given.seeds or (range(100, 104) if given.full else range(100, 101))
    if given.again:
        found = kept(given.again)
        seeds = range(min(one.seed for one in found), max(one.seed for one in found) + 1)
    else:
        kinds = [Kind(name) for name in given.kinds.split(",")] if given.kinds else list(LAYOUTS)
        layouts = given.layouts.split(",") if given.layouts else None
        work = [t for t in tasks(seeds, given.full, kinds) if layouts is None or t.layout in layouts]
        found = _read([replace(task, raw=given.raw) for task in work], given.workers)
    if given.keep:
        keep(given.keep, found)
    if given.misses:
        _misses(found)
    command = "python -m benchmarks.accuracy" + (" --full" if given.full else "")
    command += f" --seeds {seeds[0]}-{seeds[-1]}"
    use = "building" if seeds[-1] in BUILDING else "testing"
    page, diagram = written(found, command, f"{seeds[0]} to {seeds[-1]} ({use})", dt.date.today())  # noqa: DTZ011
    if given.page:
        given.page.parent.mkdir(parents=True, exist_ok=True)
        given.page.write_text(page, encoding="utf-8")
        given.page.with_name(given.page.stem + "-reliability.svg").write_text(diagram, encoding="utf-8")
    else:
        print(page)
    print(f"{len(found)} values, {time.monotonic() - began:.0f} s", file=sys.stderr)


def _read(work: list[Task], workers: int) -> list[Observation]:
    found: list[Observation] = []
    for done, one in enumerate(outcomes(work, workers), 1):
        found += one
        if sys.stderr.isatty() or done % 25 == 0:
            print(f"\r{done} of {len(work)} papers", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return found


def _misses(found: Iterable[Observation]) -> None:
    for one in found:
        if one.outcome is not Outcome.EXACT:
            print(
                f"{one.kind} {one.layout} {one.seed} {one.channel} {one.field}: {one.outcome.value} "
                f"{one.confidence:.2f} {one.told}"
            )


if __name__ == "__main__":
    main()
