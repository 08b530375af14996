"""What deciding costs a claim, with many past decisions in the database.

    python -m benchmarks.deciding --out OUT --requests REQUESTS.json [--as-of DATE] [--past 100000]

``OUT`` is the folder of a run with its own SQLite file, which is copied. Apart: the rules alone on
a case that is put together, putting it together, and finding how the claim stands.
"""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from dossier import requests_file
from records import setup
from validators import parameters

T = TypeVar("T")


class Clock:
    """CPU milliseconds of one kind of work, one figure a claim."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.taken: list[float] = []

    def of(self, work: Callable[[], T]) -> T:
        before = time.process_time()
        done = work()
        self.taken.append(1000 * (time.process_time() - before))
        return done

    def told(self) -> str:
        slow = statistics.quantiles(self.taken, n=20)[-1]
        return f"{self.name:34} median {statistics.median(self.taken):7.2f} ms   95 % {slow:7.2f} ms"


def fill(past: int) -> int:
    """Adds decisions of other claims until there are ``past`` in all; how many there are."""
    from records.models import DecisionRow

    model = DecisionRow.objects.first()
    if model is None:
        raise SystemExit("nothing was decided in this folder: run a night on it first")
    there = DecisionRow.objects.count()
    rows = (
        DecisionRow(
            claim=f"PAST-{number}",
            request_ref=f"PAST-{number // 2}",
            version=1,
            verdict=model.verdict,
            amount=model.amount,
            data=model.data,
            inputs=f"{number:064d}",
            as_of=model.as_of,
        )
        for number in range(past - there)
    )
    DecisionRow.objects.bulk_create(rows, batch_size=500)
    return DecisionRow.objects.count()


def measured(requests: Path, as_of: dt.date, rounds: int) -> list[Clock]:
    from records import decisions, shelf
    from records.cases import Cases, in_order
    from validators.decide import decide

    file, rules = requests_file.read(requests), parameters.load()
    asked = {request.ref: request for request in file.requests}
    claims = {claim.id: claim for claim in file.claims}
    cases = Cases(shelf.lay_out(asked, claims), asked, frozenset(), rules.digest, as_of)
    alone, together, standing = (
        Clock("the rules alone"),
        Clock("putting the case together"),
        Clock("how it stands"),
    )
    for _ in range(rounds):
        for claim in in_order(file.claims):
            standing.of(lambda of=claim.id: decisions.standings(of))  # type: ignore[misc]
            case = together.of(lambda of=claim: cases.of(of))  # type: ignore[misc]
            alone.of(lambda of=case: decide(of, rules))  # type: ignore[misc]
    return [alone, together, standing]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--requests", type=Path, required=True)
    ask.add_argument("--as-of", type=dt.date.fromisoformat, default=dt.date(2026, 9, 15))
    ask.add_argument("--past", type=int, default=100_000)
    ask.add_argument("--rounds", type=int, default=3)
    given = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "copy.sqlite3"
        shutil.copy(given.out / "servicefait.sqlite3", database)
        setup.configure(f"sqlite:///{database}")
        print(f"{fill(given.past)} decisions in the database")
        for clock in measured(given.requests, given.as_of, given.rounds):
            print(clock.told())


if __name__ == "__main__":
    main()
