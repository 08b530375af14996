"""Roles as Django's groups, with Django's own users."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

PROGRAM = """
import sys
from django.conf import settings
from records.setup import base_settings
made = base_settings("sqlite:///" + sys.argv[1])
made["INSTALLED_APPS"] = ["django.contrib.contenttypes", "django.contrib.auth", "records"]
settings.configure(**made)
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.contrib.auth.models import Group, User
from desk import acts
acts.set_up("mise en service")
acts.set_up("encore")
for role in acts.ROLES:
    user = User.objects.create_user(role, password="x")
    user.groups.add(Group.objects.get(name=role))
    print(role, *[right.value for right in acts.Right if acts.may(User.objects.get(username=role), right)])
gone = User.objects.get(username="supervisor")
gone.is_active = False
gone.save()
gone = User.objects.get(username="supervisor")
print("inactive", *[right for right in acts.Right if acts.may(gone, right)])
print(acts.policy() == acts.Policy())
"""


def test_each_role_has_its_rights_and_no_other(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "desk.sqlite3")],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert ended.stderr == ""
    assert ended.stdout.splitlines() == [
        "reader see",
        "officer see instruct",
        "supervisor see instruct approve assign",
        "finance see approve_batch",
        "administrator see administer",
        "inactive",
        "True",
    ]
