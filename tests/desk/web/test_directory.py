"""Signing in through the funder's directory: a real provider and a real desk, each a process, over HTTP."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from django.core.exceptions import SuspiciousOperation
from django.test import Client, override_settings
from django.urls import include, path, reverse

from desk import urls
from tests.desk.web.desk_made import Desk
from tests.desk.web.directories import CLIENT, Browser, desk_with, directory, free_port, passwords, with_query

urlpatterns = [*urls.urlpatterns, path("annuaire/", include("mozilla_django_oidc.urls"))]


@dataclass(frozen=True)
class House:
    folder: Path
    provider: str
    desk: str
    passwords: dict[str, str]

    def person(self, subject: str, **claims: object) -> str:
        """Somebody of the directory."""
        requests.put(f"{self.provider}/users/{subject}", json=claims, timeout=60).raise_for_status()
        return subject

    def new(self) -> Browser:
        return Browser(self.desk)

    def administrator(self) -> Browser:
        browser = self.new()
        assert browser.sign_in("administrator", self.passwords["administrator"]).status_code == 200
        return browser


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    with directory(folder) as provider, desk_with(folder, provider, "desk") as desk:
        yield House(folder, provider, desk, passwords(folder / "desk.log"))


def key_of(page: str, account: str) -> str:
    """The account's key, as the form of its role says it."""
    row = page.split(f'scope="row">{account}')[1]
    found = re.search(r"/comptes/(\d+)/role", row)
    assert found is not None
    return found[1]


def test_who_the_directory_knows_sees_nothing_until_a_role_is_given(house: House) -> None:
    nadia = house.person("n-1", email="Nadia@financeur.example", email_verified=True)
    browser = house.new()
    asked = browser.asks()
    query = parse_qs(urlsplit(asked).query)
    assert query["code_challenge_method"] == ["S256"] and query["state"] and query["nonce"]
    first = browser.through(nadia)
    assert first.status_code == 403
    assert "pas encore de rôle" in first.text
    for page in ("/", "/comptes", "/pages/1/1", "/paiements", "/aide"):
        assert browser.get(page).status_code == 403, page
    admin = house.administrator()
    accounts = admin.get("/comptes").text
    assert "nadia@financeur.example" in accounts and "de l’annuaire" in accounts
    key = key_of(accounts, "nadia@financeur.example")
    assert admin.post(f"/comptes/{key}/role", role="officer").status_code == 200
    assert browser.get("/").status_code == 200
    # known by the directory's key from now on, whatever address it says
    house.person("n-1", email="nadia.martin@financeur.example", email_verified=True)
    again = house.new().through(nadia, then="/aide")
    assert (again.status_code, urlsplit(again.url).path) == (200, "/aide")
    assert admin.get("/comptes").text.count("de l’annuaire") == 1
    # the role taken back, and the account closed
    assert admin.post(f"/comptes/{key}/role", role="").status_code == 200
    assert browser.get("/").status_code == 403
    assert admin.post(f"/comptes/{key}/fermer").status_code == 200
    assert urlsplit(browser.get("/").url).path == "/connexion"
    assert "pas ouvert le bureau" in house.new().through(nadia).text


def test_an_account_that_was_made_before_is_found_by_its_address_and_by_one_person_alone(
    house: House,
) -> None:
    admin = house.administrator()
    made = {"username": "paul", "name": "Paul", "email": "paul@financeur.example", "role": "officer"}
    assert admin.post("/comptes/nouveau", **made).status_code == 200
    unsure = house.person("p-0", email="paul@financeur.example", email_verified=False)
    assert "pas ouvert le bureau" in house.new().through(unsure).text
    paul = house.person("p-1", email="paul@financeur.example", email_verified=True)
    signed_in = house.new().through(paul)
    assert signed_in.status_code == 200 and ">paul<" in signed_in.text
    # the address went to somebody else: not the account
    other = house.person("p-2", email="paul@financeur.example", email_verified=True)
    assert "pas ouvert le bureau" in house.new().through(other).text
    without = house.person("p-3", name="sans adresse")
    assert "pas ouvert le bureau" in house.new().through(without).text


def test_an_answer_that_was_not_asked_for_is_refused(house: House) -> None:
    sofia = house.person("s-1", email="sofia@financeur.example", email_verified=True)
    browser = house.new()
    back = browser.recognised(browser.asks(), sofia)
    wrong = browser.session.get(with_query(back, state="x" * 32), timeout=60)
    assert wrong.status_code == 400 and "Connexion refusée" in wrong.text
    # somebody else's answer, put into this browser to sign it in as them
    stranger = house.new()
    assert urlsplit(stranger.session.get(back, timeout=60).url).path == "/connexion"
    assert urlsplit(stranger.get("/").url).path == "/connexion"
    # its own, once and not twice
    assert browser.session.get(back, timeout=60).status_code == 403
    assert browser.session.get(back, timeout=60).status_code == 400
    nonce = house.new().through(sofia, tampered=lambda address: with_query(address, nonce="another"))
    assert nonce.status_code == 400 and "Connexion refusée" in nonce.text
    # a code that was given to another site
    elsewhere = house.new().through(sofia, tampered=lambda at: with_query(at, client_id="another-site"))
    assert urlsplit(elsewhere.url).path == "/connexion" and "ne répond pas comme prévu" in elsewhere.text
    refused = house.new()
    denied = refused.session.post(refused.asks(), data={"action": "deny"}, timeout=60)
    assert urlsplit(denied.url).path == "/connexion" and "pas ouvert le bureau" in denied.text


def test_refusals_of_the_directory_lock_nobody_out(house: House) -> None:
    for number in range(7):
        unsure = house.person(f"u-{number}", email=f"u{number}@financeur.example", email_verified=False)
        assert "pas ouvert le bureau" in house.new().through(unsure).text
    sure = house.person("u-sure", email="sure@financeur.example", email_verified=True)
    assert house.new().through(sure).status_code == 403
    assert house.administrator().get("/").status_code == 200


def test_passwords_and_the_second_factor_are_as_the_settings_say(house: House) -> None:
    strict = {"SERVICEFAIT_DESK_PASSWORDS": "0", "SERVICEFAIT_DESK_SECOND_FACTOR": "1"}
    vera = house.person("v-1", email="vera@financeur.example", email_verified=True)
    with desk_with(house.folder, house.provider, "strict", **strict) as desk:
        browser = Browser(desk)
        page = browser.get("/connexion").text
        assert 'type="password"' not in page and "/annuaire/authenticate/" in page
        answer = browser.post("/connexion", username="officer", password=house.passwords["officer"])
        assert answer.status_code == 403 and "par l’annuaire" in answer.text
        # the directory asks for no second factor here: the desk asks for its own
        assert urlsplit(browser.through(vera).url).path == "/connexion/appareil"
    trusting = {**strict, "SERVICEFAIT_DESK_OIDC_SECOND_FACTOR": "1", "SERVICEFAIT_DESK_OIDC_ACCOUNTS": "0"}
    with desk_with(house.folder, house.provider, "trusting", **trusting) as desk:
        assert Browser(desk).through(vera).status_code == 403
        # and where accounts are made by hand alone, none is made
        walter = house.person("w-1", email="walter@financeur.example", email_verified=True)
        assert "pas ouvert le bureau" in Browser(desk).through(walter).text


def test_every_act_of_the_directory_is_on_the_chain(house: House) -> None:
    from records import audit, setup
    from records.models import AuditEntry

    house.new().through(house.person("c-1", email="chloe@financeur.example", email_verified=True))
    setup.configure(f"sqlite:///{house.folder / 'servicefait.sqlite3'}")
    told = list(AuditEntry.objects.filter(subject="chloe@financeur.example").values_list("action", flat=True))
    assert told == ["account.made", "account.directory"]
    assert audit.broken_at() is None


SECRET = "a secret of both sides, long enough for a signature"
ISSUER = "https://annuaire.example"
SIGNED = {
    "DESK_OIDC": True,
    "DESK_OIDC_ISSUER": ISSUER,
    "OIDC_RP_CLIENT_ID": CLIENT,
    "OIDC_RP_CLIENT_SECRET": SECRET,
    "OIDC_RP_SIGN_ALGO": "HS256",
}


def token(**other: object) -> str:
    good = {"iss": ISSUER, "aud": CLIENT, "sub": "1", "nonce": "n", "exp": int(time.time()) + 60}
    claims = {name: value for name, value in {**good, **other}.items() if value is not None}
    return jwt.encode(claims, str(claims.pop("secret", SECRET)), "HS256")


@override_settings(**SIGNED)
@pytest.mark.parametrize(
    "forged",
    [
        {"iss": "https://elsewhere.example"}, {"iss": None}, {"aud": "another-site"}, {"aud": None},
        {"aud": [CLIENT, "another-site"], "azp": "another-site"}, {"exp": None}, {"exp": 1_000_000_000},
        {"nonce": "another"}, {"nonce": None}, {"secret": "another secret, as long as the other one is"},
    ],
)  # fmt: skip
def test_a_token_of_elsewhere_or_of_yesterday_is_refused(forged: dict[str, object]) -> None:
    from desk.web.directory import Directory

    assert Directory().verify_token(token(), nonce="n")["sub"] == "1"
    assert Directory().verify_token(token(aud=[CLIENT, "another"], azp=CLIENT), nonce="n")["sub"] == "1"
    with pytest.raises((SuspiciousOperation, jwt.PyJWTError)):
        Directory().verify_token(token(**forged), nonce="n")


def test_a_directory_that_does_not_answer_is_told_in_words(desk: Desk) -> None:
    nobody = f"http://127.0.0.1:{free_port()}"
    backends = ["axes.backends.AxesStandaloneBackend", "desk.web.directory.Directory"]
    settings = {
        **SIGNED,
        "ROOT_URLCONF": __name__,
        "AUTHENTICATION_BACKENDS": backends,
        "OIDC_OP_AUTHORIZATION_ENDPOINT": f"{nobody}/authorize",
        "OIDC_OP_TOKEN_ENDPOINT": f"{nobody}/token",
    }
    with override_settings(**settings):
        client = Client()
        asked = client.get(reverse("oidc_authentication_init")).headers["Location"]
        state = parse_qs(urlsplit(asked).query)["state"][0]
        answer = client.get("/annuaire/callback/", {"code": "x", "state": state}, follow=True)
        assert answer.redirect_chain[-1][0] == "/connexion"
        assert "ne répond pas comme prévu" in answer.content.decode()
