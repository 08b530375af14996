"""Write what the night decided: payment file, report, failures, letters, and the two JSON files."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from dossier.decision import Decision
from dossier.json_form import decision_json, decision_of, document_json
from dossier.paris import PARIS
from dossier.reading import Document
from flows import SOFTWARE
from flows.at_work import AtWork, DoesNotAddUp
from flows.watching import Stage
from publishing.failures import write_failures
from publishing.letters import write_letters
from publishing.payments import write_payments
from publishing.report import write_report
from publishing.run import RunSummary
from records import decisions, ledger, policy, readings, shelf, snapshots
from records.models import DecisionRow, DocumentState, StoredDocument

ENDS = ("read", "refused", "duplicate", "container")


def release(night: AtWork) -> None:
    """Fix the night's batch, write its file, mark it released; in that order, so that a kill costs nothing.

    A batch that an earlier night fixed and did not release goes out first, under its own name. Writing again
    what stands there gives the same bytes. Where a desk is in use whose finance approves batches, the file is
    fetched there and none is written here.
    """
    path = night.settings.out / "payments.xml"
    batches = ledger.close_batch(night.holding)
    for batch in batches:
        write_payments(path, batch.name, batch.business_date, batch.paid, night.settings.debtor)
        ledger.mark_released(night.holding, batch.name)
    if not batches:
        write_payments(path, "SF", night.holding.business_date, (), night.settings.debtor)
    night.counts["payments"] = sum(len(batch.paid) for batch in batches)


def publish(night: AtWork) -> None:
    """Write everything but the payments: what stands on the claims of the requests file, and each
    document.
    """
    out, file = night.settings.out, night.file
    night.watcher.began(Stage.PUBLISH, None)
    rows = _rows(night)
    standing = [decision_of(row.data) for row in rows]
    ended = [(row, document) for row, document in readings.ended() if _listed(night, row)]
    _count(night, [row for row, _ in ended], standing)
    documents = [document for _, document in ended]
    orphans = frozenset(shelf.lay_out(snapshots.requests(), snapshots.claims()).orphans)
    finished = dt.datetime.now(PARIS).replace(microsecond=0)
    run = RunSummary(
        id=night.run_id,
        as_of=night.as_of,
        started_at=night.holding.started_at.astimezone(PARIS).replace(microsecond=0),
        finished_at=finished,
        software=SOFTWARE,
        rules=night.rules.digest,
        counts=dict(night.counts),
    )
    write_failures(out / "failures.csv", standing, documents, orphans)
    write_report(out / "report.html", run, standing, documents, file.requests, file.claims, orphans)
    _write_json(out / "documents.json", _document_lines(documents))
    _write_json(
        out / "decisions.json",
        [json.dumps(_decisions_json(night, run, standing), ensure_ascii=False, indent=1)],
    )
    _letters(night, rows)  # last: one that can't be written fails the run and hides nothing else
    night.watcher.ended(Stage.PUBLISH, {"documents": len(documents), "payments": night.counts["payments"]})


def _rows(night: AtWork) -> list[DecisionRow]:
    """The decisions that stand on the claims of the requests file, in the order of claims."""
    latest = decisions.latest_rows()
    return [latest[claim] for claim in sorted(claim.id for claim in night.file.claims) if claim in latest]


def _listed(night: AtWork, row: StoredDocument) -> bool:
    return (row.container.file if row.container else row.file) in night.listed


def _count(night: AtWork, rows: Sequence[StoredDocument], standing: Sequence[Decision]) -> None:
    """What became of each file that stands in the store and of each member. Raises `DoesNotAddUp`."""
    counts = night.counts
    unread = [
        row
        for row in StoredDocument.objects.filter(current=True, ended_at=None).select_related("container")
        if _listed(night, row)
    ]
    for name in ENDS:
        counts[name] = sum(row.state == DocumentState(name) for row in rows)
    roots = {row.file for row in (*rows, *unread) if row.container_id is None}
    counts["later"] = len(unread) + len(night.listed - roots)
    counts["members"] = sum(row.container_id is not None for row in (*rows, *unread))
    counts["documents"] = counts["files"] + counts["members"]
    night.add_up("documents", (*ENDS, "later"))
    for decision in standing:
        counts[decision.verdict.value] += 1
    if len(standing) + counts["waiting"] < counts["claims"]:
        raise DoesNotAddUp(f"{counts['claims']} claims, {len(standing)} decided, {counts['waiting']} waiting")
    counts["refused_input"] = len(night.file.refused)


def _letters(night: AtWork, rows: Iterable[DecisionRow]) -> None:
    """Each letter bears the day of its decision: written again it is the same, and stays as it is."""
    rules = policy.current()
    freely = rules is not None and not rules.rejections_validated
    by_day: dict[tuple[dt.date, bool], list[Decision]] = defaultdict(list)
    for row in rows:
        by_day[row.as_of, freely or bool(row.author)].append(decision_of(row.data))
    folder = night.settings.out / "letters"
    folder.mkdir(exist_ok=True)
    for (day, validated), decided in by_day.items():
        write_letters(folder, decided, night.file.requests, night.file.claims, day, validated=validated)


def _decisions_json(night: AtWork, run: RunSummary, standing: Sequence[Decision]) -> dict[str, Any]:
    return {
        "run": {
            "id": run.id,
            "as_of": run.as_of.isoformat(),
            "started_at": run.started_at.isoformat(),
            "finished_at": run.finished_at.isoformat() if run.finished_at else None,
            "software": run.software,
            "rules": run.rules,
            "counts": dict(run.counts),
        },
        "decisions": [decision_json(decision) for decision in standing],
        "refused_input": [
            {"table": row.table, "id": row.id, "place": row.place, "reason": row.problem}
            for row in night.file.refused
        ],
    }


def _document_lines(documents: Sequence[Document]) -> Iterator[str]:
    """The list, one document after the other: a night of many thousands is never one text in memory."""
    yield "["
    for number, document in enumerate(documents):
        yield (
            ("," if number else "")
            + "\n"
            + json.dumps(document_json(document, texts=False), ensure_ascii=False)
        )
    yield "\n]\n"


def _write_json(path: Path, pieces: Iterable[str]) -> None:
    """Whole or not at all: who reads the file never finds half of it."""
    unfinished = path.with_name(path.name + ".part")
    with unfinished.open("w", encoding="utf-8", errors="backslashreplace") as file:
        file.writelines(pieces)
    unfinished.replace(path)
