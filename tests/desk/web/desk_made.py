"""Dossiers of a desk, with files behind them and accounts to work on them."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

from records.models import StoredDocument
from records.nights import Holding
from tests.desk.acts.made import World

PASSWORD = "un mot de passe de test"


@dataclass
class Desk(World):
    """`World`, with the bytes of its files in a folder and accounts named after their roles."""

    uploads: Path = field(default_factory=Path)

    def open(self) -> None:
        from django.contrib.auth.models import Group, User

        from desk import acts

        acts.set_up("mise en service")
        for role in ("reader", "officer", "supervisor", "finance", "administrator"):
            user = User.objects.create_user(role, f"{role}@financeur.example", PASSWORD)
            user.groups.set([Group.objects.get(name=role)])

    def account(self, name: str) -> Any:
        from django.contrib.auth.models import User

        return User.objects.get(username=name)

    def another(self, name: str, role: str) -> Any:
        from django.contrib.auth.models import Group, User

        user = User.objects.create_user(name, password=PASSWORD)
        user.groups.set([Group.objects.get(name=role)])
        return user

    def files(self, path: str, *parts: Any, pages: int = 1, holding: Holding | None = None) -> StoredDocument:
        row = super().files(path, *parts, pages=pages, holding=holding)
        where = self.uploads / path
        where.parent.mkdir(parents=True, exist_ok=True)
        where.write_text(path + repr(parts))
        return row


def pages_drawn(name: str, data: bytes, place: int | None) -> list[bytes] | None:
    """Blank sheets: these dossiers have no pages to draw."""
    if data.startswith(b"refused"):
        return None
    file = io.BytesIO()
    Image.new("RGB", (595, 842), "white").save(file, "JPEG")
    return [file.getvalue()] * 3
