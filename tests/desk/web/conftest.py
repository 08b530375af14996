"""A desk in use on a real database, with an account for each role, and clients that are signed in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings

from tests.desk.web.desk_made import Desk
from tests.records.conftest import _close, _sqlite_made

__all__ = ["_sqlite_made"]


@pytest.fixture
def desk(_sqlite_made: Path, tmp_path: Path) -> Iterator[Desk]:
    """An empty desk in use: its policy, its roles, an account named after each role."""
    from records import setup

    shutil.copy(_sqlite_made, tmp_path / "desk.sqlite3")
    setup.configure(f"sqlite:///{tmp_path / 'desk.sqlite3'}")
    folders = {
        "DESK_UPLOADS": str(tmp_path / "uploads"),
        "DESK_PICTURE_FOLDER": tmp_path / "pictures",
        "DESK_LETTERS": tmp_path / "letters",
        "DESK_PICTURES": "tests.desk.web.desk_made.pages_drawn",
        "DESK_SECOND_FACTOR": False,
    }
    (tmp_path / "uploads").mkdir()
    with override_settings(**folders):
        made = Desk(uploads=tmp_path / "uploads")
        made.open()
        yield made
    _close()


@pytest.fixture
def as_(desk: Desk) -> Callable[[str], Client]:
    """A client that is signed in as the account of that name."""

    def client(name: str) -> Client:
        signed_in = Client(enforce_csrf_checks=False)
        signed_in.force_login(desk.account(name), settings.AUTHENTICATION_BACKENDS[-1])
        return signed_in

    return client
