"""`servicefait read`: what one file says, and a picture of each page with boxes on what was read."""

from __future__ import annotations

import io
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dossier.json_form import document_json, document_of, value_json
from dossier.kinds import FIELDS
from dossier.reading import Box, Document, Part
from extractors.isolation import Failed, Isolation, Job
from publishing.wording import KINDS
from servicefait.ending import CommandFailed, WrongArgument

SURE, FAIR = 0.9, 0.6
COLOURS = {"sure": (24, 128, 56), "fair": (202, 108, 0), "doubtful": (190, 24, 24)}


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing read on a page."""

    page: int
    box: Box
    confidence: float


def read_file(file: Path, to: Path) -> None:
    """Print what ``file`` says; write ``<name>.json`` and ``<name>-page-1.png`` … to the folder ``to``.

    An archive or mail is read member by member. Raises `WrongArgument` where the file can't be read from
    disk, `CommandFailed` where nothing in it is a document.
    """
    try:
        data = file.read_bytes()
        to.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongArgument(f"{error.filename}: {error.strerror}") from error
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=132)
    with Isolation(1) as pool:
        read = 0
        for job, shown in _jobs(pool, file, data):
            [(_, reading)] = pool.read([job])
            document = document_of({**reading, "file": shown})
            stem = shown.replace("!", "-").replace("/", "-")
            _write(to, stem, document, pool.pictures(job))
            _print(console, document)
            read += document.status == "read"
    console.print(f"[dim]{to}: JSON, and a picture of each page[/]")
    if not read:
        raise CommandFailed(f"{file}: nothing in it could be read as a document")


def _jobs(pool: Isolation, file: Path, data: bytes) -> Iterator[tuple[Job, str]]:
    [(_, found)] = pool.members([Job(file.name, data)])
    if isinstance(found, Failed):
        raise CommandFailed(f"{file}: {found.refusal.value}: {found.detail}")
    for place, one in enumerate(found):
        if one.itself:
            yield Job(file.name, data), file.name
        else:
            yield Job(file.name, data, place), f"{file.name}!{one.name}"


def _write(to: Path, stem: str, document: Document, pictures: tuple[bytes, ...] | Failed) -> None:
    text = json.dumps(document_json(document, texts=False), ensure_ascii=False, indent=1)
    (to / f"{stem}.json").write_text(text, encoding="utf-8", errors="backslashreplace")
    if isinstance(pictures, Failed):
        return
    seen: dict[int, list[Seen]] = defaultdict(list)
    for part in document.parts:
        for one in _seen(part):
            seen[one.page].append(one)
    for number, png in enumerate(pictures, start=1):
        picture = Image.open(io.BytesIO(png)).convert("RGB")
        pen = ImageDraw.Draw(picture)
        for one in seen[number]:
            sides = (one.box.x0, one.box.y0, one.box.x1, one.box.y1)
            scaled = [side * length for side, length in zip(sides, picture.size * 2, strict=True)]
            pen.rectangle(
                (
                    min(scaled[0], scaled[2]),
                    min(scaled[1], scaled[3]),
                    max(scaled[0], scaled[2]),
                    max(scaled[1], scaled[3]),
                ),
                outline=COLOURS[_sureness(one.confidence)],
                width=3,
            )
        picture.save(to / f"{stem}-page-{number}.png")


def _seen(part: Part) -> Iterator[Seen]:
    for field in part.fields.values():
        yield Seen(field.page, field.box, field.confidence)
    for session in part.sessions:
        yield Seen(session.page, session.box, session.confidence)


def _sureness(confidence: float) -> str:
    return "sure" if confidence >= SURE else "fair" if confidence >= FAIR else "doubtful"


def _print(console: Console, document: Document) -> None:
    console.print(f"[bold]{escape(document.file)}[/]  {document.status.value}, {document.pages} pages")
    if document.reason:
        console.print(f"  {escape(document.reason)}")
    for account in document.accounts:
        by = account.read_by.value if account.read_by else account.state.value
        turned = f", turned by {account.turned}°" if account.turned else ""
        note = f", {account.note}" if account.note else ""
        console.print(f"  [dim]page {account.number}: {by}{turned}{escape(note)}[/]")
    for part in document.parts:
        pages = ", ".join(str(page) for page in part.pages)
        console.print(
            f"\n[bold]{KINDS[part.kind]}[/] ({part.kind.value}), page {pages}, {part.confidence:.0%} sure"
        )
        console.print(_fields(part))
        if part.sessions:
            console.print(_sessions(part))
    console.print()


def _fields(part: Part) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in ("field", "value", "sure", "page", "by", "as printed"):
        table.add_column(title, justify="right" if title in ("sure", "page") else "left")
    types = FIELDS[part.kind]
    for name, field in part.fields.items():
        value = value_json(field.value, types[name])
        tone = {"sure": "green", "fair": "yellow", "doubtful": "red"}[_sureness(field.confidence)]
        told = escape(" ".join(f"{field.raw} {f'({field.note})' if field.note else ''}".split()))
        table.add_row(
            name,
            "–" if value is None else escape(str(value)),
            f"[{tone}]{field.confidence:.0%}[/]",
            str(field.page),
            field.read_by.value,
            told,
        )
    return table


def _sessions(part: Part) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in ("trainee", "date", "half-day", "hours", "trainee's mark", "trainer's mark", "sure", "page"):
        table.add_column(title)
    for session in part.sessions:
        table.add_row(
            escape(session.trainee),
            session.date.isoformat() if session.date else escape(session.raw_date) or "–",
            session.half_day.value,
            "–" if session.minutes is None else f"{session.minutes // 60} h {session.minutes % 60:02d}",
            session.trainee_mark.value,
            session.trainer_mark.value,
            f"{session.confidence:.0%}",
            str(session.page),
        )
    return table
