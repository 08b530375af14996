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

from servicefait.ending import CommandFailed

_SECRET = "desk-secret"  # noqa: S105  # a file's name


def prepare_desk(database: str | None, out: Path, uploads: str) -> None:
    """Tables, roles and the rules of two people, before the first night: its payments wait for approval."""
    out.mkdir(parents=True, exist_ok=True)
    _settle(database, out, uploads)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    from desk import acts

    if acts.policy() is None:
        acts.set_up("servicefait")
    acts.set_up_roles()


def serve_desk(database: str | None, out: Path, uploads: str, port: int) -> None:
    """Make what is missing, say the address, serve until interrupted. Raises `CommandFailed`."""
    prepare_desk(database, out, uploads)
    console = Console(highlight=False)
    if (made := _accounts()) is not None:
        console.print(made)
        console.print("These passwords are shown this once.")
    console.print(f"The desk: http://127.0.0.1:{port}/  (Ctrl+C ends it)")
    _serve(port)


def _settle(database: str | None, out: Path, uploads: str) -> None:
    """The environment that `desk.settings` reads; what is set there already stays."""
    # before the flows, which would set Django up for the records alone
    os.environ["DJANGO_SETTINGS_MODULE"] = "desk.settings"
    from flows.settings import EXAMPLE_DEBTOR, PREFIX, database_in

    settings = {
        "DATABASE": database or database_in(out),
        "OUT": str(out.absolute()),
        "UPLOADS": uploads if "://" in uploads else str(Path(uploads).absolute()),
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


def _serve(port: int) -> None:
    from django.core.servers.basehttp import ThreadedWSGIServer

    from desk.wsgi import application

    try:
        server: WSGIServer = ThreadedWSGIServer(("127.0.0.1", port), _Quiet)
    except OSError as error:
        raise CommandFailed(f"port {port}: {error.strerror}") from error
    server.set_app(application)
    with server:
        server.serve_forever()


class _Quiet(WSGIRequestHandler):
    """Addresses hold claims' numbers: none is written to a terminal."""

    def log_message(self, *_: object) -> None:
        return
