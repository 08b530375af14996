"""Where a night finds its requests and uploads and where it leaves its results: settings of the process.

They come from the environment and never travel as parameters of a run, which Prefect keeps in clear.
docs/deploy.md lists them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from publishing.payments import Debtor

PREFIX = "SERVICEFAIT_"
NAMES = {
    "REQUESTS": "the agreed requests and the claims: a JSON file, or a folder with both CSV files",
    "UPLOADS": "the store of uploads: a folder or s3://bucket/prefix",
    "OUT": "the folder for decisions, payments, report and letters",
    "DATABASE": "sqlite:///… or postgresql://…; without it a SQLite file in OUT",
    "WORKERS": "documents read at a time; without it one for each processor",
    "PARAMETERS": "a folder of dated parameters in place of those of the package",
    "DESK_PICTURE_FOLDER": "pictures of pages for the desk; without it the folder pictures in OUT",
    "DEBTOR_NAME": "whose account pays, as the payment file names it",
    "DEBTOR_IBAN": "the account that pays",
    "DEBTOR_BIC": "its bank, where the bank wants it",
}
"""The settings by their name without the prefix, and what each is for."""

DATABASE_FILE = "servicefait.sqlite3"

EXAMPLE_DEBTOR = Debtor("FINANCEUR D'EXEMPLE", "FR7630006000011234567890189", "")
"""The IBAN of textbooks: no bank holds it, so a payment file made with it can't go out by mistake."""


class SettingsError(ValueError):
    """A setting is missing or can't be used; the message is one line that names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One process's settings. ``uploads`` is a folder or an ``s3://`` address."""

    requests: Path
    uploads: str
    out: Path
    database: str
    workers: int
    parameters: Path | None = None
    debtor: Debtor = EXAMPLE_DEBTOR
    picture_folder: Path | None = None

    @property
    def pictures(self) -> Path:
        """The folder of the pictures of pages, which the desk looks into."""
        return self.picture_folder or self.out / "pictures"

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Settings:
        """Raises `SettingsError`."""
        out = Path(_needed(environment, "OUT")).absolute()
        folder = environment.get(PREFIX + "PARAMETERS", "")
        pictures = environment.get(PREFIX + "DESK_PICTURE_FOLDER", "")
        name, iban = (environment.get(PREFIX + key, "") for key in ("DEBTOR_NAME", "DEBTOR_IBAN"))
        if bool(name) != bool(iban):
            raise SettingsError(f"{PREFIX}DEBTOR_NAME and {PREFIX}DEBTOR_IBAN go together")
        return cls(
            requests=Path(_needed(environment, "REQUESTS")),
            uploads=_needed(environment, "UPLOADS"),
            out=out,
            database=environment.get(PREFIX + "DATABASE") or database_in(out),
            workers=_workers(environment.get(PREFIX + "WORKERS", "")),
            parameters=Path(folder) if folder else None,
            debtor=Debtor(name, iban, environment.get(PREFIX + "DEBTOR_BIC", "")) if name else EXAMPLE_DEBTOR,
            picture_folder=Path(pictures) if pictures else None,
        )


def database_in(out: Path) -> str:
    """The database that a run keeps when none is named."""
    return f"sqlite:///{out.absolute() / DATABASE_FILE}"


def processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _needed(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(PREFIX + name, "")
    if not value:
        raise SettingsError(f"{PREFIX}{name} is not set: {NAMES[name]}")
    return value


def _workers(text: str) -> int:
    if not text:
        return processors()
    if not text.isdigit() or not 1 <= int(text) <= 256:
        raise SettingsError(f"{PREFIX}WORKERS: {text!r} is no number from 1 to 256")
    return int(text)
