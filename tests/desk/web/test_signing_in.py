"""Signing in: guesses are counted, a second factor is asked for, a session ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse
from django_otp.oath import totp

from tests.desk.web.desk_made import PASSWORD, Desk

As = Callable[[str], Client]
SIGN_IN = "/connexion"


def signed_in(name: str = "officer") -> Client:
    client = Client()
    assert client.post(SIGN_IN, {"username": name, "password": PASSWORD}).status_code == 302
    return client


def test_after_five_guesses_the_right_password_is_refused_too(desk: Desk) -> None:
    for _ in range(5):
        Client().post(SIGN_IN, {"username": "officer", "password": "guess"})
    answer = Client().post(SIGN_IN, {"username": "officer", "password": PASSWORD})
    assert answer.status_code == 429
    assert "fermée un quart d’heure" in answer.content.decode()
    assert signed_in("supervisor").get("/").status_code == 200


def test_an_unknown_name_and_a_wrong_password_are_told_the_same(desk: Desk) -> None:
    answers = [
        Client().post(SIGN_IN, {"username": name, "password": "guess"}).content.decode()
        for name in ("officer", "nobody")
    ]
    same = [text.replace("officer", "").replace("nobody", "") for text in answers]
    tokens = [text.split('name="csrfmiddlewaretoken" value="')[1][:64] for text in answers]
    assert same[0].replace(tokens[0], "") == same[1].replace(tokens[1], "")


def test_a_second_factor_is_set_up_before_anything_is_seen(desk: Desk) -> None:
    from django_otp.plugins.otp_totp.models import TOTPDevice

    with override_settings(DESK_SECOND_FACTOR=True):
        client = signed_in()
        answer = client.get("/")
        assert answer.headers["Location"].startswith(reverse("desk:set-up-second-factor"))
        assert client.get("/pages/1/1").status_code == 302
        page = client.get("/connexion/appareil").content.decode()
        assert client.get("/connexion/appareil/image").headers["Content-Type"] == "image/svg+xml"
        device = TOTPDevice.objects.get(user__username="officer")
        assert client.post("/connexion/appareil", {"code": "000000"}).status_code == 200
        device.throttle_reset()
        code = f"{totp(device.bin_key):06d}"
        assert client.post("/connexion/appareil", {"code": code}).status_code == 302
        assert client.get("/").status_code == 200
        assert "Clé" in page
        # the key is never shown again, and a code is never taken twice
        assert client.get("/connexion/appareil/image").status_code == 404
        other = signed_in()
        assert other.get("/").headers["Location"].startswith(reverse("desk:second-factor"))
        assert other.post("/connexion/code", {"code": code}).status_code == 200
        assert other.get("/").status_code == 302


def test_who_has_a_second_factor_is_asked_for_it_even_where_it_is_free(desk: Desk) -> None:
    from django_otp.plugins.otp_totp.models import TOTPDevice

    TOTPDevice.objects.create(user=desk.account("officer"), confirmed=True)
    assert signed_in().get("/").headers["Location"].startswith(reverse("desk:second-factor"))


@pytest.mark.parametrize(("key", "ago"), [("last-seen-at", 31 * 60), ("signed-in-at", 10 * 3600 + 60)])
def test_a_session_ends_for_rest_and_at_the_end_of_the_day(desk: Desk, key: str, ago: int) -> None:
    client = signed_in()
    assert client.get("/").status_code == 200
    session = client.session
    session[key] -= ago
    session.save()
    assert client.get("/").headers["Location"].startswith(SIGN_IN)
    assert "a pris fin" in client.get(SIGN_IN).content.decode()


def test_where_to_go_after_signing_in_is_within_this_site(desk: Desk) -> None:
    client = Client()
    form = {"username": "officer", "password": PASSWORD, "next": "https://elsewhere.example/"}
    assert client.post(SIGN_IN, form).headers["Location"] == "/"


def test_a_closed_account_is_out_at_once(desk: Desk, as_: As) -> None:
    officer = signed_in()
    answer = as_("administrator").post(f"/comptes/{desk.account('officer').pk}/fermer")
    assert answer.status_code == 302
    assert officer.get("/").status_code == 302


def test_a_password_that_somebody_else_made_is_changed_before_all_else(desk: Desk, as_: As) -> None:
    from records.models import AuditEntry

    admin = as_("administrator")
    page = admin.post(f"/comptes/{desk.account('officer').pk}/mot-de-passe").content.decode()
    given = page.split("montré une seule fois : <code>")[1].split("</code>")[0]
    client = Client()
    client.post(SIGN_IN, {"username": "officer", "password": given})
    change = reverse("desk:change-password")
    assert client.get("/").headers["Location"].startswith(change)
    assert client.post("/actes/payer/x", {"seen": "1"}).headers["Location"] == change

    def changed(old: str, new: str, again: str) -> tuple[int, str]:
        form = {"old_password": old, "new_password1": new, "new_password2": again}
        answer = client.post(change, form)
        return answer.status_code, answer.content.decode()

    own = "cheval pile agrafe batterie"
    for old, new, again in (("guess", own, own), (given, own, own + "x"), (given, "court", "court")):
        code, text = changed(old, new, again)
        assert code == 200 and 'role="alert"' in text and "aria-invalid" in text
    assert client.get("/").status_code == 302
    assert changed(given, own, own)[0] == 302
    assert client.get("/").status_code == 200
    assert Client().post(SIGN_IN, {"username": "officer", "password": given}).status_code == 200
    # and whenever one likes
    assert changed(own, own + " encore", own + " encore")[0] == 302
    told = list(AuditEntry.objects.filter(action="account.password").values_list("actor", flat=True))
    assert told == ["administrator", "officer", "officer"]


def test_accounts_are_made_changed_and_told_on_the_chain(desk: Desk, as_: As) -> None:
    from records import audit
    from records.models import AuditEntry

    admin = as_("administrator")
    form = {"username": "nouvelle", "role": "officer", "name": "Nouvelle", "email": "n@financeur.example"}
    page = admin.post("/comptes/nouveau", form).content.decode()
    password = page.split("montré une seule fois : <code>")[1].split("</code>")[0]
    client = Client()
    assert client.post(SIGN_IN, {"username": "nouvelle", "password": password}).status_code == 302
    assert password not in admin.get("/comptes").content.decode()
    key = desk.account("nouvelle").pk
    assert admin.post(f"/comptes/{key}/role", {"role": "finance"}).status_code == 302
    assert not desk.account("nouvelle").has_perm("records.instruct")
    own = desk.account("administrator").pk
    assert admin.post(f"/comptes/{own}/role", {"role": "officer"}).status_code == 422
    assert admin.post(f"/comptes/{key}/role", {"role": "king"}).status_code == 422
    actions = list(AuditEntry.objects.filter(subject="nouvelle").values_list("action", flat=True))
    assert actions == ["account.made", "account.role"]
    assert audit.broken_at() is None


def test_passwords_are_hashed_by_scrypt_and_must_be_long() -> None:
    from desk import settings as production

    assert production.PASSWORD_HASHERS[0].endswith("ScryptPasswordHasher")
    lengths = [
        one["OPTIONS"]["min_length"] for one in production.AUTH_PASSWORD_VALIDATORS if "OPTIONS" in one
    ]
    assert lengths == [12]
    assert settings.AXES_FAILURE_LIMIT == 5
