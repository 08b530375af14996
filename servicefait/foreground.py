"""`servicefait run`: the scheduled flow, here and now, with a Prefect server that ends with it."""

from __future__ import annotations

import datetime as dt
import logging
import os
from pathlib import Path

from dossier import requests_file
from dossier.paris import today
from dossier.requests_file import RequestsFile, RequestsFileError
from flows.settings import PREFIX, Settings, SettingsError
from servicefait.ending import CommandFailed, WrongArgument, place_of
from servicefait.own_server import ServerDidNotStart, own_server
from servicefait.progress import progress_of
from servicefait.summary import show_summary


def run_night(
    requests: Path,
    uploads: str,
    out: Path,
    as_of: dt.date | None,
    database: str | None,
    workers: int | None,
    verbose: bool,
) -> None:
    """Run one night and show what it decided. Raises `WrongArgument` and `CommandFailed`."""
    file = _checked(requests, uploads, out)
    settings = _settings(requests, uploads, out, database, workers)
    _check_database(settings)
    day = as_of or today()
    if not verbose:
        logging.getLogger("prefect").setLevel(logging.CRITICAL)
    try:
        _run(settings, day, verbose)
    except (WrongArgument, CommandFailed, KeyboardInterrupt):
        raise
    except BaseException as error:
        if verbose:
            raise CommandFailed(f"the run failed: {place_of(error)}: {error}") from error
        raise CommandFailed(_reason(error)) from error
    show_summary(settings, file)


def _checked(requests: Path, uploads: str, out: Path) -> RequestsFile:
    try:
        file = requests_file.read(requests)
    except RequestsFileError as error:
        raise WrongArgument(str(error)) from error
    if not uploads.startswith("s3://") and not Path(uploads.removeprefix("file://")).is_dir():
        raise WrongArgument(f"--uploads: {uploads}: no such folder")
    if uploads.startswith("s3://") and not uploads.removeprefix("s3://").split("/")[0]:
        raise WrongArgument(f"--uploads: {uploads}: no bucket named")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongArgument(f"--out: {out}: {error.strerror}") from error
    if not os.access(out, os.W_OK):
        raise WrongArgument(f"--out: {out}: can't be written to")
    return file


def _settings(requests: Path, uploads: str, out: Path, database: str | None, workers: int | None) -> Settings:
    """The arguments as settings, which the flow takes from the environment wherever it runs."""
    given = {
        "REQUESTS": str(requests.absolute()),
        "UPLOADS": uploads if "://" in uploads else str(Path(uploads).absolute()),
        "OUT": str(out.absolute()),
        "DATABASE": database or "",
        "WORKERS": str(workers or ""),
    }
    os.environ.update({PREFIX + name: value for name, value in given.items()})
    try:
        return Settings.of(os.environ)
    except SettingsError as error:
        raise WrongArgument(str(error)) from error


def _check_database(settings: Settings) -> None:
    from records.database import DatabaseUrlError, database_settings

    try:
        database_settings(settings.database)
    except DatabaseUrlError as error:
        raise WrongArgument(f"--database: {error}") from error


def _run(settings: Settings, day: dt.date, verbose: bool) -> None:
    with own_server() as server, progress_of() as watcher:
        watcher.say("starting")
        # while the server comes up: everything but Prefect is loaded, our tables are made
        import flows.at_work
        import flows.deciding
        import flows.publishing  # noqa: F401
        from flows.watching import watched_by
        from records import setup

        setup.configure(settings.database)
        server.ready("INFO" if verbose else "CRITICAL")
        from flows.nightly import nightly

        with watched_by(watcher):
            nightly(as_of=day)


def _reason(error: BaseException) -> str:
    """One line on why the run failed: in our own words where the error is one that an operator can act on."""
    from django.db import Error as DatabaseError

    from extractors.opening import ToolMissing
    from flows.at_work import DoesNotAddUp
    from flows.health import TooManyCrashes
    from publishing.payments import OtherBatch, Unpayable
    from records.nights import FenceLost, NightHeld
    from records.store import StoreError
    from validators.parameters import ParametersError

    ours = (
        StoreError,
        NightHeld,
        FenceLost,
        DoesNotAddUp,
        TooManyCrashes,
        Unpayable,
        OtherBatch,
        ParametersError,
    )
    if isinstance(error, (*ours, ToolMissing, ServerDidNotStart)):
        return f"the run failed: {error}"
    if isinstance(error, DatabaseError):
        return f"the run failed: the database can't be used ({type(error).__name__})"
    return f"the run failed: {place_of(error)}; --verbose says more"
