"""``manage.py first_administrator``: one account, its password once, and never a second one."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from tests.desk.web.desk_made import Desk


@pytest.fixture
def fresh(desk: Desk) -> Desk:
    """A desk in use of which nobody is administrator yet."""
    desk.account("administrator").delete()
    return desk


def made(*arguments: str) -> str:
    said = io.StringIO()
    call_command("first_administrator", *arguments, stdout=said)
    return said.getvalue().strip()


def test_the_first_administrator_signs_in_and_makes_the_others(fresh: Desk) -> None:
    from records import audit
    from records.models import AuditEntry

    password = made("anne")
    client = Client()
    assert client.post("/connexion", {"username": "anne", "password": password}).status_code == 302
    own = {
        "old_password": password,
        "new_password1": "cheval pile agrafe",
        "new_password2": "cheval pile agrafe",
    }
    assert client.post("/connexion/mot-de-passe", own).status_code == 302
    assert client.get("/comptes").status_code == 200
    new = client.post("/comptes/nouveau", {"username": "omar", "role": "officer"})
    assert "montré une seule fois" in new.content.decode()
    assert AuditEntry.objects.filter(action="account.made").values_list("subject", flat=True)[0] == "anne"
    assert audit.broken_at() is None


def test_there_is_one_first_administrator(fresh: Desk) -> None:
    with pytest.raises(CommandError, match="taken"):
        made("Officer")
    made("anne")
    with pytest.raises(CommandError, match="there is an administrator"):
        made("marc")


def test_where_the_directory_is_the_only_way_in_an_address_is_needed(fresh: Desk) -> None:
    with override_settings(DESK_PASSWORDS=False):
        with pytest.raises(CommandError, match="--email"):
            made("anne")
        assert made("anne", "--email", "anne@financeur.example") == ""
    account = fresh.account("anne")
    assert (account.email, account.has_usable_password()) == ("anne@financeur.example", False)
