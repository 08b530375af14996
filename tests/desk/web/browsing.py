"""A night of drawn dossiers, the desk served on it, and a real Chromium to look at it with."""

from __future__ import annotations

import io
import os
import shutil
import threading
import time
from base64 import b32decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.flows.small_night import servicefait

_PATIENCE = 90_000
"""Milliseconds for what the page must come to: the machine of a whole test run is a slow one."""

expect.set_options(timeout=_PATIENCE)

ROOT = Path(__file__).parents[3]
IMAGES = ROOT / "docs" / "guide" / "images"
WANTED = "SERVICEFAIT_GUIDE_IMAGES"
"""Set it, and the pictures of the guide are taken again."""

DOSSIERS = (
    "certificate_alone", "sheets_alone", "provider_paid", "no_programme", "certificate_of_another_trainee",
    "reserved_after_the_start", "certificate_not_signed", "half_days_not_signed",
)  # fmt: skip
PASSWORD = "un mot de passe de test"
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


def night(folder: Path) -> None:
    """Draw a few dossiers, all text, and run a night on them with the desk in use."""
    from samples.dossiers import Dossier
    from samples.filing import Mix
    from samples.generate import filed, write
    from samples.maker import Maker
    from samples.scenarios import SCENARIOS

    dossiers: list[Dossier] = SCENARIOS.made(Maker(11), DOSSIERS)
    write(folder / "in", filed(dossiers, Mix(0.0, 0.0, 0.0)), dossiers)
    uploads, out = str(folder / "in" / "uploads"), str(folder / "out")
    requests = str(folder / "in" / "requests.json")
    for arguments in (
        ["serve", "--prepare", "--out", out, "--uploads", uploads],
        ["run", "--requests", requests, "--uploads", uploads, "--out", out, "--as-of", "2026-09-15"],
    ):
        ended = servicefait(*arguments)
        assert ended.code == 0, ended.err


@contextmanager
def served() -> Iterator[str]:
    """The desk's own WSGI application on a port of this machine."""
    from django.core.servers.basehttp import ThreadedWSGIServer
    from django.core.wsgi import get_wsgi_application

    from servicefait.serving import _Quiet

    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium. Skips where there is none, as the tests on PostgreSQL do."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=FLAGS.split())
        yield browser
        browser.close()


@dataclass
class Visit:
    """One person at the desk. What the browser complains of is kept in ``complaints``."""

    page: Page
    address: str
    complaints: list[str]
    key: str = ""

    @classmethod
    def of(cls, browser: Browser, address: str, **look: Any) -> Visit:
        context = browser.new_context(
            **{"viewport": {"width": 1280, "height": 800}, "locale": "fr-FR", **look}
        )
        context.set_default_timeout(_PATIENCE)
        visit = cls(context.new_page(), address, [])
        visit.page.on("console", lambda said: _heard(visit, said))
        visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        return visit

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    def sign_in(self, name: str, password: str = PASSWORD) -> None:
        self.go("/")
        self.page.fill("#id_username", name)
        self.page.fill("#id_password", password)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def set_up_second_factor(self) -> None:
        """As an authenticator application does: from the key on the page to a code of now."""
        text = self.page.inner_text(".key code").replace(" ", "")
        self.key = b32decode(text + "=" * (-len(text) % 8)).hex()
        self.page.fill("#id_code", code(self.key))
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("#resultats")

    def enter(self, name: str) -> Visit:
        self.sign_in(name)
        self.set_up_second_factor()
        return self

    def follow(self, link: str) -> None:
        """Click a link and be on its page: keys pressed sooner would go to the page before."""
        with self.page.expect_navigation():
            self.page.click(link)

    def press(self, *keys: str) -> None:
        self.page.wait_for_load_state()  # until then nobody listens to the keys
        for key in keys:
            self.page.keyboard.press(key)

    def text(self, selector: str = "main") -> str:
        return " ".join(self.page.inner_text(selector).split())

    def told(self, text: str) -> None:
        """The desk says ``text`` of what was just asked, and the page is there whole."""
        expect(self.page.locator(".message").first).to_contain_text(text)
        self.page.wait_for_load_state()

    def send(self, path: str, **form: str) -> None:
        """Send a form to an address, with this session's own token: what no form of ours would ask for."""
        script = """([path, fields]) => {
            const form = document.createElement("form");
            form.method = "post"; form.action = path;
            const token = document.querySelector("[name=csrfmiddlewaretoken]");
            for (const [name, value] of Object.entries({csrfmiddlewaretoken: token.value, ...fields})) {
                const input = document.createElement("input");
                input.name = name; input.value = value; form.append(input);
            }
            document.body.append(form);
            form.submit();
        }"""
        with self.page.expect_navigation():
            self.page.evaluate(script, [path, form])

    def violations(self) -> list[str]:
        """What axe-core finds against WCAG on the page as it stands."""
        found = Axe().run(self.page).response["violations"]
        return [f"{one['id']}: {one['help']}: {one['nodes'][0]['target']}" for one in found]

    def picture(self, name: str) -> None:
        """A picture for the guide, when they are asked for."""
        if not os.environ.get(WANTED):
            return
        from PIL import Image

        self.page.wait_for_timeout(300)
        IMAGES.mkdir(parents=True, exist_ok=True)
        shot = Image.open(io.BytesIO(self.page.screenshot()))
        shot.convert("P", palette=Image.Palette.ADAPTIVE, colors=128).save(
            IMAGES / f"{name}.png", optimize=True
        )


def _heard(visit: Visit, said: Any) -> None:
    # an answer that is no 200 is the server's to give, and is told here too
    # taking a picture puts a style into the page, which our policy rightly blocks
    ours = "inline style" not in said.text or not os.environ.get(WANTED)
    if said.type in ("error", "warning") and "Failed to load resource" not in said.text and ours:
        visit.complaints.append(said.text)


def code(key: str) -> str:
    from django_otp.oath import totp

    return f"{totp(bytes.fromhex(key)):06d}"


def wait_for_next_code() -> None:
    """A code is taken once: wait until the next one stands."""
    time.sleep(30 - time.time() % 30 + 0.1)
