"""``manage.py first_administrator NAME``: the account that makes all others; its password is printed once.

Where the directory is the only way in it takes ``--email`` and prints no password.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from desk.web.accounts import make_account
from records import audit


class Command(BaseCommand):
    help = "Make an administrator's account, where there is none yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--email", default="", help="as the directory vouches for it")

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.filter(groups__name="administrator", is_active=True).exists():
            raise CommandError("there is an administrator: accounts are made at the desk")
        name, email = options["name"], options["email"]
        if not settings.DESK_PASSWORDS and not email:
            raise CommandError("without passwords the directory must find the account: give --email")
        if User.objects.filter(username__iexact=name).exists():
            raise CommandError("this name is taken")
        with transaction.atomic():
            password = make_account(name, "administrator", email=email)
            audit.append("", "account.made", name, {"role": "administrator"})
        if password:
            self.stdout.write(password)
