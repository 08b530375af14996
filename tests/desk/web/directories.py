"""A directory that speaks OpenID Connect, the desk as `servicefait serve` starts it, and who uses both."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import requests

from tests.flows.small_night import environment

CLIENT = "bureau-service-fait"
_PATIENCE = 240  # seconds: the machine of a whole test run is a slow one


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        return port


@contextmanager
def process(log: Path, *arguments: str, **more: str) -> Iterator[None]:
    """A Python program in a process of its own, ended at the end; what it says goes to ``log``."""
    with log.open("w") as said:
        started = subprocess.Popen(
            [sys.executable, "-m", *arguments], stdout=said, stderr=said, env=environment(**more)
        )
        try:
            yield
        finally:
            started.terminate()
            started.wait(30)


@contextmanager
def directory(folder: Path) -> Iterator[str]:
    """A provider of OpenID Connect; its address."""
    port = free_port()
    with process(folder / "directory.log", "oidc_provider_mock", "--port", str(port)):
        _answers(f"http://127.0.0.1:{port}/jwks", folder / "directory.log")
        yield f"http://127.0.0.1:{port}"


@contextmanager
def desk_with(folder: Path, provider: str, name: str, **more: str) -> Iterator[str]:
    """The desk on the database in ``folder``, joined to a directory; its address. Its words: ``name``.log."""
    port = free_port()
    settings = {
        "CLIENT_ID": CLIENT,
        "CLIENT_SECRET": "known to both, and to nobody else",
        "ISSUER": provider,
        "AUTHORIZATION": f"{provider}/oauth2/authorize",
        "TOKEN": f"{provider}/oauth2/token",
        "USER": f"{provider}/userinfo",
        "JWKS": f"{provider}/jwks",
    }
    given = {f"SERVICEFAIT_DESK_OIDC_{key}": value for key, value in settings.items()} | more
    where = ("--out", str(folder), "--uploads", str(folder), "--port", str(port))
    log = folder / f"{name}.log"
    with process(log, "servicefait", "serve", *where, COLUMNS="200", **given):
        _answers(f"http://127.0.0.1:{port}/connexion", log)
        yield f"http://127.0.0.1:{port}"


def passwords(log: Path) -> dict[str, str]:
    """What `servicefait serve` printed once."""
    return dict(re.findall(r"^(\w+) +(\S{20}) ", log.read_text(), re.MULTILINE))


def _answers(address: str, log: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            requests.get(address, timeout=20).raise_for_status()
            return
        except requests.RequestException:
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.2)


@dataclass
class Browser:
    """One person's browser, at the desk and at the directory."""

    desk: str
    session: requests.Session = field(default_factory=requests.Session)

    def get(self, path: str) -> requests.Response:
        return self.session.get(self.desk + path, timeout=60)

    def post(self, path: str, **form: str) -> requests.Response:
        if "csrftoken" not in self.session.cookies:
            self.session.cookies.set("csrftoken", "a" * 32, domain="127.0.0.1", path="/")
        token = self.session.cookies["csrftoken"]
        return self.session.post(
            self.desk + path,
            data={**form, "csrfmiddlewaretoken": token},
            headers={"Referer": self.desk + "/"},
            timeout=60,
        )

    def sign_in(self, name: str, password: str) -> requests.Response:
        self.get("/connexion")
        return self.post("/connexion", username=name, password=password)

    def asks(self, then: str = "") -> str:
        """Where the desk sends who chooses the directory."""
        path = "/annuaire/authenticate/" + (f"?{urlencode({'next': then})}" if then else "")
        answer = self.session.get(self.desk + path, allow_redirects=False, timeout=60)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def recognised(self, at: str, subject: str) -> str:
        """The directory knows who they are, and says where to go back to."""
        answer = self.session.post(at, data={"sub": subject}, allow_redirects=False, timeout=60)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def through(
        self, subject: str, then: str = "", tampered: Callable[[str], str] = str
    ) -> requests.Response:
        """All the way: from the desk to the directory and back."""
        return self.session.get(self.recognised(tampered(self.asks(then)), subject), timeout=60)


def with_query(address: str, **changed: str) -> str:
    """The address with other values in its query."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(query=urlencode({**dict(parse_qsl(parts.query)), **changed})))
