"""`servicefait serve`: the desk on this machine, on the results of a run, ready to be tried.

For production see docs/deploy.md: there a WSGI server runs ``desk.wsgi`` behind HTTPS.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from rich.console import Console
from rich.table import Table

from servicefait.ending import CommandFailed, WrongArgument

_SECRET = "desk-secret"  # noqa: S105  # a file's name


def prepare_desk(database: str | None, out: Path, uploads: str) -> None:
    """Tables, roles and the rules of two people, before the first night: its payments wait for approval.

    Raises `WrongArgument` and `CommandFailed`.
    """
    _check(database, out)
    _settle(database, out, uploads)
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import call_command
    from django.db import Error as DatabaseError

    try:
        django.setup()
        call_command("migrate", verbosity=0, interactive=False)
        from desk import acts

        if acts.policy() is None:
            acts.set_up("servicefait")
        acts.set_up_roles()
    except ImproperlyConfigured as error:
        raise WrongArgument(str(error)) from error
    except DatabaseError as error:
        raise CommandFailed(f"the database can't be used ({type(error).__name__})") from error


def serve_desk(database: str | None, out: Path, uploads: str, port: int) -> None:
    """Make what is missing, say the address, serve until interrupted. Raises `WrongArgument`,
    `CommandFailed`.
    """
    server = _listening(port)  # before passwords are shown once
    with server:
        prepare_desk(database, out, uploads)
        console = Console(highlight=False)
        if (made := _accounts()) is not None:
            console.print(made)
            console.print("These passwords are shown this once.")
        console.print(f"The desk: http://127.0.0.1:{port}/  (Ctrl+C ends it)")
        from desk.wsgi import application

        server.set_app(application)
        server.serve_forever()


def _check(database: str | None, out: Path) -> None:
    from records.database import DatabaseUrlError, database_settings

    try:
        if database:
            database_settings(database)
    except DatabaseUrlError as error:
        raise WrongArgument(f"--database: {error}") from error
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongArgument(f"--out: {out}: {error.strerror}") from error
    if not os.access(out, os.W_OK):
        raise WrongArgument(f"--out: {out}: can't be written to")


def _settle(database: str | None, out: Path, uploads: str) -> None:
    """The environment that `desk.settings` reads. What the command line names goes before what is set there;
    of the rest, what is set stays.
    """
    # before the flows, which would set Django up for the records alone
    os.environ["DJANGO_SETTINGS_MODULE"] = "desk.settings"
    from flows.settings import EXAMPLE_DEBTOR, PREFIX, database_in

    named = {
        "OUT": str(out.absolute()),
        "UPLOADS": uploads if "://" in uploads else str(Path(uploads).absolute()),
        **({"DATABASE": database} if database else {}),
    }
    os.environ.update({PREFIX + name: value for name, value in named.items()})
    settings = {
        "DATABASE": database_in(out),
        "DESK_SECRET_KEY": _secret(out / _SECRET),
        "DESK_HOSTS": "127.0.0.1,localhost",
        "DESK_HTTPS": "0",
        "DESK_SECOND_FACTOR": "0",
        "DEBTOR_NAME": EXAMPLE_DEBTOR.name,
        "DEBTOR_IBAN": EXAMPLE_DEBTOR.iban,
    }
    for name, value in settings.items():
        os.environ.setdefault(PREFIX + name, value)


def _secret(path: Path) -> str:
    """The key that signs sessions: made once, readable by its owner alone."""
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()


def _accounts() -> Table | None:
    """One account for each role where there are none yet; their passwords."""
    from django.contrib.auth.models import User

    from desk.web.accounts import make_account
    from desk.web.wording import ROLES

    if User.objects.exists():
        return None
    table = Table(box=None, pad_edge=False)
    for title in ("account", "password", "role"):
        table.add_column(title)
    for role, title in ROLES.items():
        table.add_row(role, make_account(role, role, title, to_be_changed=False), title)
    # two who instruct, so that four eyes can be tried
    second = make_account("officer2", "officer", "Instructeur", to_be_changed=False)
    table.add_row("officer2", second, ROLES["officer"])
    return table


def _listening(port: int) -> WSGIServer:
    from django.core.servers.basehttp import ThreadedWSGIServer

    try:
        return ThreadedWSGIServer(("127.0.0.1", port), _Quiet)
    except OSError as error:
        raise CommandFailed(f"port {port}: {error.strerror}") from error


class _Quiet(WSGIRequestHandler):
    """Addresses hold claims' numbers: none is written to a terminal."""

    def log_message(self, *_: object) -> None:
        return
