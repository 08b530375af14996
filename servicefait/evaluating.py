"""`servicefait evaluate`: how exactly was read and decided, from what staff corrected at the desk.

A value counts as looked at when a person worked on a claim whose file holds it, and as right when nobody
corrected it: what a person passed over is taken as read. So these are production's figures, not a test set's,
and an upper bound; the values that staff touched are counted apart.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console
from rich.table import Table

from dossier.paris import PARIS
from servicefait.auditing import open_database

if TYPE_CHECKING:
    from dossier.reading import Document, Part
    from records.models import Overlay

KIND = "kind"
HALF_DAY = {
    "date": "sessions.date",
    "half_day": "sessions.half_day",
    "hours": "sessions.hours",
    "trainee": "sessions.trainee",
    "trainee_mark": "sessions.trainee_signed",
    "trainer_mark": "sessions.trainer_signed",
}
Key = tuple[str, str, str]
"""Kind of document, field, channel (text, ocr, xml)."""


@dataclass(slots=True)
class Counted:
    """Values of one kind, field and channel: looked at, of these corrected, confirmed as read by hand, and
    those that were there and not read.
    """

    seen: int = 0
    corrected: int = 0
    confirmed: int = 0
    missed: int = 0

    def add(self, other: Counted) -> None:
        self.seen += other.seen
        self.corrected += other.corrected
        self.confirmed += other.confirmed
        self.missed += other.missed

    @property
    def exact(self) -> float | None:
        """The share of the values there that were read right; None where there were none."""
        there = self.seen + self.missed
        return (self.seen - self.corrected) / there if there else None


@dataclass(slots=True)
class Overturned:
    """Automatic decisions of a month, and those that a person turned into another."""

    decided: int = 0
    overturned: int = 0

    @property
    def share(self) -> float | None:
        return self.overturned / self.decided if self.decided else None


@dataclass(slots=True)
class Evaluation:
    """By month (``2026-05``): of the reading, that in which a person last worked on the claim; of decisions,
    the night's.
    """

    reading: dict[str, dict[Key, Counted]] = field(default_factory=dict)
    decisions: dict[str, Overturned] = field(default_factory=dict)

    def whole(self) -> dict[Key, Counted]:
        """The reading of all months together."""
        total: dict[Key, Counted] = defaultdict(Counted)
        for month in self.reading.values():
            for key, counted in month.items():
                total[key].add(counted)
        return dict(total)


def evaluate_desk(database: str, as_json: bool) -> None:
    """Print the evaluation, as tables or as JSON. Writes nothing."""
    open_database(database)
    found = evaluation()
    console = Console(highlight=False, soft_wrap=as_json)
    if as_json:
        console.print_json(json.dumps(as_data(found), ensure_ascii=False))
        return
    if not console.is_terminal:
        console = Console(highlight=False, width=110)
    if not found.reading and not found.decisions:
        console.print("nothing to evaluate: nobody worked at the desk and no night decided")
        return
    console.print(_fields(found.whole()))
    console.print(_months(found))


def evaluation() -> Evaluation:
    """Read what was read, what was corrected and what was decided."""
    result = Evaluation()
    for month, counts in _looked_at():
        into = result.reading.setdefault(month, {})
        for key, counted in counts.items():
            into.setdefault(key, Counted()).add(counted)
    for month, overturned in _automatic():
        share = result.decisions.setdefault(month, Overturned())
        share.decided += 1
        share.overturned += overturned
    return result


def _looked_at() -> Iterator[tuple[str, dict[Key, Counted]]]:
    """Each document of the claims that a person worked on, once, with the month."""
    from desk.acts.shelved import files_of
    from records import overlays
    from records.models import Act
    from records.models.acts import DECIDING, LAID_OVER

    last: dict[str, tuple[str, str]] = {}
    done = Act.objects.filter(kind__in=(*LAID_OVER, *DECIDING), undone_by=None).exclude(claim="")
    for claim, request, at in done.order_by("pk").values_list("claim", "request_ref", "at"):
        last[claim] = (request, at.astimezone(PARIS).strftime("%Y-%m"))
    seen: set[str] = set()
    for claim, (request, month) in last.items():
        for row, read, _ in files_of(claim, request):
            if row.sha256 not in seen:
                seen.add(row.sha256)
                yield month, counted(read, overlays.standing([row.sha256]).get(row.sha256, []))


def counted(read: Document, overlays: list[Overlay]) -> dict[Key, Counted]:
    """The values of one document. Of a part of another kind than was read, only the kind is counted."""
    from records.models import ActKind

    kinds: dict[int, str] = {}
    values: dict[int, dict[str, Any]] = defaultdict(dict)
    for row in overlays:  # oldest first: the last word on a value is the one that counts
        if row.part is None:
            continue
        if row.kind == ActKind.CORRECT_KIND:
            kinds[row.part] = row.value["kind"]
        elif row.kind == ActKind.CORRECT_VALUE:
            values[row.part][row.name] = row.value["value"]
        elif row.kind == ActKind.CORRECT_HALF_DAY:
            values[row.part].setdefault(row.name, {}).update(row.value)
    found: dict[Key, Counted] = defaultdict(Counted)
    for number, part in enumerate(read.parts, start=1):
        whole = found[part.kind.value, KIND, _channel(part)]
        whole.seen += 1
        if kinds.get(number, part.kind.value) != part.kind.value:
            whole.corrected += 1
            continue
        whole.confirmed += number in kinds
        _fields_of(part, values.get(number, {}), found)
        _half_days_of(part, values.get(number, {}), found)
    return dict(found)


def _fields_of(part: Part, corrected: Mapping[str, Any], found: dict[Key, Counted]) -> None:
    from dossier.json_form import value_json
    from dossier.kinds import FIELDS

    types = FIELDS[part.kind]
    for name, one in part.fields.items():
        here = found[part.kind.value, name, one.read_by.value]
        if one.value is None:
            here.missed += corrected.get(name) is not None
            continue
        here.seen += 1
        if name in corrected:
            same = corrected[name] == value_json(one.value, types[name])
            here.confirmed += same
            here.corrected += not same
    for name in corrected.keys() - part.fields.keys():
        if not name.startswith("sessions.") and corrected[name] is not None:
            found[part.kind.value, name, _channel(part)].missed += 1


def _half_days_of(part: Part, corrected: Mapping[str, Any], found: dict[Key, Counted]) -> None:
    from dossier.json_form import session_json

    for place, session in enumerate(part.sessions):
        said = session_json(session)
        laid = corrected.get(f"sessions.{place}", {})
        for name, shown in HALF_DAY.items():
            here = found[part.kind.value, shown, session.read_by.value]
            here.seen += 1
            if name in laid:
                here.confirmed += laid[name] == said[name]
                here.corrected += laid[name] != said[name]


def _channel(part: Part) -> str:
    """How most of the part's values came off the page."""
    ways = [one.read_by.value for one in part.fields.values()]
    ways += [session.read_by.value for session in part.sessions]
    return max(sorted(set(ways)), key=ways.count, default="text")


def _automatic() -> Iterator[tuple[str, bool]]:
    """Each claim that a night decided alone, the month, and whether a person turned it into another.

    A review is not counted: there the machine asked.
    """
    from records.models import DecisionRow
    from records.models.decisions import MACHINE

    rows: dict[str, list[tuple[str, Any, str, Any, bool]]] = defaultdict(list)
    fields = ("claim", "author", "verdict", "amount", "act", "night__business_date")
    for claim, author, verdict, amount, act, night in DecisionRow.objects.order_by(
        "claim", "version"
    ).values_list(*fields):
        rows[claim].append((verdict, amount, author, night, act is not None))
    for versions in rows.values():
        own = [at for at, row in enumerate(versions) if row[2] == MACHINE and row[3] is not None]
        alone = [at for at in own if versions[at][0] != "review"]
        if not alone:
            continue
        at = alone[-1]
        after = [row for row in versions[at + 1 :] if row[4]]
        month = versions[at][3].strftime("%Y-%m")
        yield month, bool(after) and after[-1][:2] != versions[at][:2]


def as_data(found: Evaluation) -> dict[str, Any]:
    """The evaluation as JSON holds it; shares are fractions of one, null where there was nothing."""
    return {
        "reading": [
            {
                "month": month,
                "kind": kind,
                "field": name,
                "read_by": channel,
                "seen": counted.seen,
                "corrected": counted.corrected,
                "confirmed": counted.confirmed,
                "missed": counted.missed,
                "exact": _rounded(counted.exact),
            }
            for month, counts in sorted(found.reading.items())
            for (kind, name, channel), counted in sorted(counts.items())
        ],
        "decisions": [
            {
                "month": month,
                "automatic": share.decided,
                "overturned": share.overturned,
                "share": _rounded(share.share),
            }
            for month, share in sorted(found.decisions.items())
        ],
    }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


def _fields(total: Mapping[Key, Counted]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title="read, as staff left it", title_justify="left")
    for title in ("kind", "field", "read by"):
        table.add_column(title, no_wrap=True)
    for title in ("seen", "corrected", "confirmed", "missed", "exact"):
        table.add_column(title, justify="right")
    for (kind, name, channel), one in sorted(total.items()):
        figures = (
            str(one.seen),
            str(one.corrected),
            str(one.confirmed),
            str(one.missed),
            _percent(one.exact),
        )
        table.add_row(kind, name, channel, *figures)
    return table


def _months(found: Evaluation) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title="by month", title_justify="left")
    for title in ("month", "values seen", "exact", "automatic decisions", "overturned", "share"):
        table.add_column(title, justify="left" if title == "month" else "right")
    for month in sorted(found.reading.keys() | found.decisions.keys()):
        total = Counted()
        for counted in found.reading.get(month, {}).values():
            total.add(counted)
        share = found.decisions.get(month, Overturned())
        table.add_row(
            month,
            str(total.seen),
            _percent(total.exact),
            str(share.decided),
            str(share.overturned),
            _percent(share.share),
        )
    return table
