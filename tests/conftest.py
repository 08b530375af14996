"""Django set up once for all tests, as the desk sets it up: the records alone are a part of that."""

from __future__ import annotations

import os
from collections.abc import Iterator

import django
import hypothesis
import pytest
from django.conf import settings

# how long an example takes is the machine's affair: on a busy one it says nothing of our code
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")

if not settings.configured:
    from desk import settings as desk_settings

    given = {name: value for name, value in vars(desk_settings).items() if name.isupper() and name != "OUT"}
    # no HTTPS on a test's own server, and a hash that costs nothing: what production has is tested by itself
    given |= {
        "SECRET_KEY": "for tests alone, known to everybody",
        "SECURE_SSL_REDIRECT": False,
        "SESSION_COOKIE_SECURE": False,
        "CSRF_COOKIE_SECURE": False,
        "SECURE_HSTS_SECONDS": 0,
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "ALLOWED_HOSTS": ["testserver", "127.0.0.1", "localhost"],
    }
    settings.configure(**given)
    django.setup()


@pytest.fixture(autouse=True)
def _environment_as_it_was() -> Iterator[None]:
    """A command run within a test tells the flow its arguments through the environment: not the next test."""
    before = dict(os.environ)
    yield
    for name in os.environ.keys() - before.keys():
        del os.environ[name]
    os.environ.update(before)
