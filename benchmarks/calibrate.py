"""Fits `extractors.calibration.MAPS` on what ``benchmarks.accuracy --raw --keep`` wrote for building seeds.

    python -m benchmarks.calibrate OBSERVATIONS...

Prints the maps as they stand in the module. For each group of values (how read, of what sort): from the
lowest confidence on from which at most 0.3 % were wrong, confidences stay; what lies between `FREE` and it is
drawn together below 0.9. A group that is nowhere that good keeps less than 0.9 throughout. ``--raw`` leaves
the readers' own confidences, which no map has touched yet.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.accuracy import BUILDING, kept
from benchmarks.metrics import CELL, KIND, SURE, Observation, Outcome
from dossier.kinds import FIELDS, Kind
from dossier.reading import ReadBy
from extractors.calibration import Knots, group

WRONG = 0.003
"""The share of wrong values that sure ones may have."""

FREE = 0.85
"""Below this a confidence is left as it is."""

BELOW = 0.899
"""The most that a value keeps which must stay below `SURE`."""

FEWEST = 20
"""A threshold that fewer values stand above proves nothing."""


def fitted(values: Sequence[tuple[float, bool]]) -> Knots | None:
    """The map for one group, from (confidence, right) pairs; None where confidences mean what they say."""
    sure = [pair for pair in values if pair[0] >= SURE]
    if not sure or _share(sure) <= WRONG:
        return None
    for threshold in sorted({round(confidence, 3) for confidence, _ in sure}):
        held = [pair for pair in sure if pair[0] >= threshold]
        if len(held) < FEWEST:
            break
        if _share(held) <= WRONG:
            return (FREE, FREE), (round(threshold - 0.001, 3), BELOW), (threshold, threshold), (1.0, 1.0)
    return (FREE, FREE), (1.0, BELOW)


def _share(pairs: Sequence[tuple[float, bool]]) -> float:
    return sum(not right for _, right in pairs) / len(pairs)


def grouped(found: Iterable[Observation]) -> dict[tuple[ReadBy, str], list[tuple[float, bool]]]:
    """The values given, by group. Raises ValueError on observations of testing seeds."""
    by: dict[tuple[ReadBy, str], list[tuple[float, bool]]] = {}
    for one in found:
        if one.seed not in BUILDING:
            raise ValueError(f"seed {one.seed} is for testing: nothing is fitted on it")
        if one.outcome is Outcome.MISSING or one.field == KIND or one.field.startswith(CELL):
            continue
        key = group(ReadBy(one.read_by), FIELDS[Kind(one.kind)][one.field], one.field)
        by.setdefault(key, []).append((one.confidence, one.outcome is Outcome.EXACT))
    return by


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("observations", type=Path, nargs="+")
    given = ask.parse_args()
    for (read_by, sort), values in sorted(grouped(o for p in given.observations for o in kept(p)).items()):
        knots = fitted(values)
        sure = [pair for pair in values if pair[0] >= SURE]
        wrong = sum(not right for _, right in sure)
        print(f"    # {len(sure)} sure values, {wrong} wrong")
        print(f"    (ReadBy.{read_by.name}, {sort!r}): {knots},")


if __name__ == "__main__":
    main()
