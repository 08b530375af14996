"""Django set up once for all tests, as the desk sets it up: the records alone are a part of that."""

from __future__ import annotations

import django
from django.conf import settings

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
