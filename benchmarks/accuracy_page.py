"""The accuracy page and its reliability diagram, from observations. Pure: no clock, no file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from benchmarks.metrics import CELL, KIND, SURE, Observation, Outcome

CHANNELS = ("native", "scan", "photo", "fax")
BINS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.99)
"""Lower edges: fine where decisions are taken."""


def share(part: int, whole: int, places: int = 1) -> str:
    return f"{100 * part / whole:.{places}f}" if whole else "–"


def written(found: Sequence[Observation], command: str, seeds: str, day: dt.date) -> tuple[str, str]:
    """The page in Markdown and the diagram in SVG."""
    fields = [one for one in found if one.field != KIND and not one.field.startswith(CELL)]
    held = [
        "# How right the readings are\n",
        f"Measured on {day.isoformat()} with `{command}` (`make accuracy` runs the small size).\n"
        f"Seeds {seeds}; papers are drawn by our own generator (`samples/`), so the figures say what our\n"
        "layouts and wear can tell: other hands' papers will do otherwise. Figures are percent of the\n"
        "values that the papers print. *Exact*: as the truth has it; *missing*: nothing was given;\n"
        "*wrong*: something else was; *surely wrong*: something else, with a confidence of "
        f"{SURE} or more,\nso that nobody looks. "
        "What can't be read never counts as a match.\n",
        "## By channel\n",
        _table("channel", _kept(CHANNELS, found, lambda one: one.channel), found),
        "## By kind and channel\n",
        _kinds(found),
        "## By kind and field\n",
        _fields(fields),
        "## Attendance cells\n",
        _cells(found),
        "## What a confidence means\n",
        "Of the values given with a confidence in a bin, how many are exact. Below the diagonal the readers\n"
        "are too sure, above it too modest.\n",
        "![Reliability diagram](accuracy-reliability.svg)\n",
        _bins(fields),
        "Confidences are calibrated on building seeds ([0010](decisions/0010-confidence-in-one-place.md)).\n"
        "What sentence forms and a trained spaCy pipeline add to the rules, by field, stands in\n"
        "[0009](decisions/0009-sentence-forms-and-no-trained-pipeline.md), with its command.\n",
    ]
    return "\n".join(held), diagram(fields)


def _kept(
    order: Iterable[str], found: Iterable[Observation], name: Callable[[Observation], str]
) -> list[tuple[str, list[Observation]]]:
    by: dict[str, list[Observation]] = {}
    for one in found:
        by.setdefault(name(one), []).append(one)
    return [(key, by[key]) for key in order if key in by]


def counted(found: Sequence[Observation]) -> tuple[int, int, int, int, int]:
    """How many, exact, missing, wrong, surely wrong."""
    return (
        len(found),
        sum(one.outcome is Outcome.EXACT for one in found),
        sum(one.outcome is Outcome.MISSING for one in found),
        sum(one.outcome is Outcome.WRONG for one in found),
        sum(one.surely_wrong for one in found),
    )


def _four(found: Sequence[Observation]) -> str:
    whole, exact, missing, wrong, surely = counted(found)
    return (
        f"{whole} | {share(exact, whole)} | {share(missing, whole)} | {share(wrong, whole)} | "
        f"{share(surely, whole, 2)}"
    )


def _split(
    found: Iterable[Observation],
) -> tuple[list[Observation], list[Observation], list[Observation]]:
    """Kinds, cells and fields."""
    held = list(found)
    kinds = [one for one in held if one.field == KIND]
    cells = [one for one in held if one.field.startswith(CELL)]
    return kinds, cells, [one for one in held if one.field != KIND and not one.field.startswith(CELL)]


def _table(
    head: str,
    rows: Iterable[tuple[str, list[Observation]]],
    found: Sequence[Observation],
) -> str:
    lines = [
        f"| {head} | papers | kind right | fields | exact | missing | wrong | surely wrong | cells exact |",
        "| --- |" + " ---: |" * 8,
    ]
    for name, held in [*rows, ("**all**", list(found))]:
        kinds, cells, values = _split(held)
        right = sum(one.outcome is Outcome.EXACT for one in kinds)
        good = sum(one.outcome is Outcome.EXACT for one in cells)
        lines.append(
            f"| {name} | {len(kinds)} | {share(right, len(kinds))} | {_four(values)} | "
            f"{share(good, len(cells))} |"
        )
    return "\n".join(lines) + "\n"


def _kinds(found: Sequence[Observation]) -> str:
    names = sorted({one.kind for one in found})
    rows = []
    for kind in names:
        held = [one for one in found if one.kind == kind]
        rows += [(f"{kind}, {name}", few) for name, few in _kept(CHANNELS, held, lambda one: one.channel)]
    return _table("kind and channel", rows, found)


def _fields(fields: Sequence[Observation]) -> str:
    lines = [
        "| kind | field | channel | n | exact | missing | wrong | surely wrong |",
        "| --- | --- | --- |" + " ---: |" * 5,
    ]
    for kind, name in sorted({(one.kind, one.field) for one in fields}):
        held = [one for one in fields if (one.kind, one.field) == (kind, name)]
        for channel, few in _kept(CHANNELS, held, lambda one: one.channel):
            lines.append(f"| {kind} | {name} | {channel} | {_four(few)} |")
    return "\n".join(lines) + "\n"


def _cells(found: Sequence[Observation]) -> str:
    lines = [
        "| what | channel | n | exact | missing | wrong | surely wrong |",
        "| --- | --- |" + " ---: |" * 5,
    ]
    cells = [one for one in found if one.field.startswith(CELL)]
    for name in dict.fromkeys(one.field for one in cells):
        held = [one for one in cells if one.field == name]
        for channel, few in _kept(CHANNELS, held, lambda one: one.channel):
            lines.append(f"| {name.removeprefix(CELL)} | {channel} | {_four(few)} |")
    lines += ["", "| layout | channel | n | exact |", "| --- | --- | ---: | ---: |"]
    for layout in sorted({one.layout for one in cells}):
        held = [one for one in cells if one.layout == layout]
        for channel, few in _kept(CHANNELS, held, lambda one: one.channel):
            whole, exact, *_ = counted(few)
            lines.append(f"| {layout} | {channel} | {whole} | {share(exact, whole)} |")
    return "\n".join(lines) + "\n"


def binned(fields: Iterable[Observation]) -> list[tuple[float, float, list[Observation]]]:
    """Lower edge, upper edge, and the values that were given with a confidence in between."""
    given = [one for one in fields if one.outcome is not Outcome.MISSING]
    found = []
    for low, high in zip(BINS, (*BINS[1:], 1.01), strict=True):
        found.append((low, min(high, 1.0), [one for one in given if low <= one.confidence < high]))
    return found


def _bins(fields: Sequence[Observation]) -> str:
    lines = [
        "| confidence | text: given | exact | OCR: given | exact |",
        "| --- |" + " ---: |" * 4,
    ]
    for low, high, held in binned(fields):
        row = f"| {low:.2f} to {high:.2f} "
        for how in ("text", "ocr"):
            few = [one for one in held if one.read_by == how]
            row += f"| {len(few)} | {share(counted(few)[1], len(few))} "
        lines.append(row + "|")
    sure = [one for one in fields if one.confidence >= SURE and one.outcome is not Outcome.MISSING]
    wrong = sum(one.outcome is Outcome.WRONG for one in sure)
    lines += [
        "",
        f"Of {len(sure)} values given with {SURE} or more, {wrong} are wrong "
        f"({share(wrong, len(sure), 2)} %); "
        f"they are {share(wrong, len(fields), 2)} % of all values (wanted: at most 0.3 %).",
    ]
    return "\n".join(lines) + "\n"


SIDE, EDGE = 320, 44
COLOURS = {"text": "#1f5fa8", "ocr": "#b5541c"}


def diagram(fields: Sequence[Observation]) -> str:
    """Confidence against share of exact values; a dot's area follows how many values it stands for."""

    def at(x: float, y: float) -> tuple[float, float]:
        return EDGE + x * SIDE, EDGE / 2 + (1 - y) * SIDE

    wide, high = SIDE + EDGE * 1.5, SIDE + EDGE * 1.5
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {high:.0f}" width="{wide:.0f}" '
        f'height="{high:.0f}" font-family="sans-serif" font-size="11" role="img" '
        'aria-label="Reliability diagram: confidence against the share of exact values">',
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    for step in range(0, 11, 2):
        x, y = at(step / 10, step / 10)
        left, top = at(0, 1)
        right, low = at(1, 0)
        out.append(f'<line x1="{x:.0f}" y1="{top:.0f}" x2="{x:.0f}" y2="{low:.0f}" stroke="#e2e2e2"/>')
        out.append(f'<line x1="{left:.0f}" y1="{y:.0f}" x2="{right:.0f}" y2="{y:.0f}" stroke="#e2e2e2"/>')
        out.append(f'<text x="{x:.0f}" y="{low + 14:.0f}" text-anchor="middle">{step / 10:.1f}</text>')
        out.append(f'<text x="{left - 5:.0f}" y="{y + 4:.0f}" text-anchor="end">{step / 10:.1f}</text>')
    (x0, y0), (x1, y1) = at(0, 0), at(1, 1)
    out.append(
        f'<line x1="{x0:.0f}" y1="{y0:.0f}" x2="{x1:.0f}" y2="{y1:.0f}" stroke="#888" '
        'stroke-dasharray="4 3"/>'
    )
    for how, colour in COLOURS.items():
        for _, _, held in binned(fields):
            few = [one for one in held if one.read_by == how]
            if not few:
                continue
            middle = sum(one.confidence for one in few) / len(few)
            x, y = at(middle, counted(few)[1] / len(few))
            radius = min(11.0, 2 + len(few) ** 0.5 / 4)
            out.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour}" fill-opacity="0.7"/>'
            )
    for i, (how, colour) in enumerate(COLOURS.items()):
        out.append(f'<circle cx="{EDGE + 14}" cy="{EDGE / 2 + 14 + 16 * i}" r="5" fill="{colour}"/>')
        out.append(f'<text x="{EDGE + 24}" y="{EDGE / 2 + 18 + 16 * i}">{how}</text>')
    out.append(f'<text x="{EDGE + SIDE / 2}" y="{high - 6:.0f}" text-anchor="middle">confidence given</text>')
    return "\n".join([*out, "</svg>", ""])
