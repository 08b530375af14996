"""Django's settings of the desk, from the environment. docs/deploy.md lists the names.

Everything that is not set is set for production: HTTPS alone, a second factor, no debugging. Without a secret
key nothing starts.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from publishing.payments import Debtor
from records.setup import base_settings


def _given(name: str, default: str = "") -> str:
    return os.environ.get(f"SERVICEFAIT_{name}", "") or default


def _flag(name: str, default: bool) -> bool:
    text = _given(name).lower()
    if text in ("", "1", "yes", "true", "0", "no", "false"):
        return default if text == "" else text in ("1", "yes", "true")
    raise ImproperlyConfigured(f"SERVICEFAIT_{name}: neither 1 nor 0")


def _list(name: str, default: str = "") -> list[str]:
    return [one.strip() for one in _given(name, default).split(",") if one.strip()]


OUT = Path(_given("OUT", "out"))
globals().update(base_settings(_given("DATABASE", f"sqlite:///{OUT.absolute() / 'servicefait.sqlite3'}")))

DEBUG = False
SECRET_KEY = _given("DESK_SECRET_KEY")
SECRET_KEY_FALLBACKS = _list("DESK_SECRET_KEY_OLD")
ALLOWED_HOSTS = _list("DESK_HOSTS", "127.0.0.1,localhost")
ROOT_URLCONF = "desk.urls"
WSGI_APPLICATION = "desk.wsgi.application"

INSTALLED_APPS = [
    "records",
    "desk.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "axes",
    "csp",
    "django_htmx",
    "mozilla_django_oidc",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "desk.web.manners.Manners",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "desk.web.sessions.SessionLimits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "desk.web.around.around",
            ],
            "builtins": ["desk.web.templatetags.words"],
        },
    }
]

LANGUAGES = [("fr", "Français")]
USE_I18N = True
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
"""Served from the packages as they are: nothing is to be built or collected."""

# -- who comes in --------------------------------------------------------------------------------------------

LOGIN_URL = "desk:sign-in"
LOGIN_REDIRECT_URL = "desk:queue"
LOGOUT_REDIRECT_URL = "desk:sign-in"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
DESK_SECOND_FACTOR = _flag("DESK_SECOND_FACTOR", True)
"""Whether everybody needs one; without it only those who set one up are asked for it."""
OTP_TOTP_ISSUER = "Service fait"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = ["username"]
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
"""It wants addresses counted too: behind a proxy a whole house comes from one, and would be shut out."""
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "desk.web.signin.locked_out"
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = ["username"]
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 10 * 3600
"""Seconds from signing in, whatever is done; `DESK_IDLE` of them without a page end it sooner."""
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
DESK_IDLE = 30 * 60

DESK_OIDC = bool(_given("DESK_OIDC_CLIENT_ID"))
DESK_OIDC_ISSUER = _given("DESK_OIDC_ISSUER")
OIDC_RP_CLIENT_ID = _given("DESK_OIDC_CLIENT_ID")
OIDC_RP_CLIENT_SECRET = _given("DESK_OIDC_CLIENT_SECRET")
OIDC_RP_SIGN_ALGO = _given("DESK_OIDC_SIGN_ALGO", "RS256")
OIDC_RP_SCOPES = "openid email"
OIDC_OP_AUTHORIZATION_ENDPOINT = _given("DESK_OIDC_AUTHORIZATION")
OIDC_OP_TOKEN_ENDPOINT = _given("DESK_OIDC_TOKEN")
OIDC_OP_USER_ENDPOINT = _given("DESK_OIDC_USER")
OIDC_OP_JWKS_ENDPOINT = _given("DESK_OIDC_JWKS")
OIDC_USE_PKCE = True
OIDC_TIMEOUT = 10
OIDC_CALLBACK_CLASS = "desk.web.directory.Answer"
OIDC_STORE_ACCESS_TOKEN = OIDC_STORE_ID_TOKEN = False
DESK_OIDC_SECOND_FACTOR = _flag("DESK_OIDC_SECOND_FACTOR", False)
"""Whether the directory itself asks for a second factor, so that the desk does not ask again."""
DESK_OIDC_ACCOUNTS = _flag("DESK_OIDC_ACCOUNTS", True)
"""Whether who has no account yet gets one at the first sign-in: without a role, it sees nothing."""
DESK_PASSWORDS = _flag("DESK_PASSWORDS", True)
"""Whether the desk's own passwords are taken; without them the directory is the only way in."""
if DESK_OIDC:
    for _name in ("ISSUER", "AUTHORIZATION", "TOKEN", "USER", "JWKS"):
        if not _given(f"DESK_OIDC_{_name}"):
            raise ImproperlyConfigured(
                f"SERVICEFAIT_DESK_OIDC_{_name}: missing, the directory can't be asked"
            )
    AUTHENTICATION_BACKENDS.append("desk.web.directory.Directory")
if not DESK_PASSWORDS:
    if not DESK_OIDC:
        raise ImproperlyConfigured("SERVICEFAIT_DESK_PASSWORDS: 0 without a directory lets nobody in")
    AUTHENTICATION_BACKENDS.remove("django.contrib.auth.backends.ModelBackend")

# -- what goes out -------------------------------------------------------------------------------------------

_HTTPS = _flag("DESK_HTTPS", True)
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SECURE_HSTS_SECONDS = 365 * 86400 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _HTTPS
if _flag("DESK_BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # a directory's answer comes from another site
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "desk.web.errors.not_from_here"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# -- what the pages show -------------------------------------------------------------------------------------

DESK_UPLOADS = _given("UPLOADS")
"""The store of uploads, for the pictures of pages."""
DESK_PICTURES = _given("DESK_PICTURES", "flows.drawing.pages_drawn")
"""What draws a document's pages, by its dotted path: ``(name, bytes, place in its archive) -> PNG pages or
None``. It runs in a process of its own (docs/decisions/0011)."""
DESK_PICTURE_FOLDER = Path(_given("DESK_PICTURE_FOLDER", str(OUT / "pictures")))
DESK_LETTERS = OUT / "letters"
DESK_DEBTOR = (
    Debtor(_given("DEBTOR_NAME"), _given("DEBTOR_IBAN"), _given("DEBTOR_BIC"))
    if _given("DEBTOR_NAME") and _given("DEBTOR_IBAN")
    else None
)

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "axes": {"handlers": ["console"], "level": "CRITICAL", "propagate": False},
    },
}
"""Nothing below a warning, for what asks names claims and people."""
