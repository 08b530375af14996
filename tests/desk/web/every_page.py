"""Every page the desk can answer with, those that say no among them, and what axe finds on each."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from django.test import override_settings
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser

from tests.desk.web.browsing import PASSWORD, Visit

NOT_A_PAGE = {
    "next": "leads to a claim",
    "take": "leads back", "let-go": "leads back",
    "keep-view": "leads back", "forget-view": "leads back",
    "sign-out": "leads to the sign-in",
    "picture": "a picture", "second-factor-picture": "a picture",
    "letter": "a file",
}  # fmt: skip
"""Addresses that never answer with a page of their own, and what they do."""


@dataclass
class Seen:
    """What axe found on each page, and which addresses of the desk answered with one."""

    found: dict[tuple[str, str, int], list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def page(self, who: str, visit: Visit, title: str = "") -> None:
        """Ask axe of the page as it stands; ``title``: what the page must be, in its own heading."""
        path = unquote(urlsplit(visit.page.url).path)
        if title:
            assert title in visit.text("main"), (who, path, visit.text("main")[:200])
        with contextlib.suppress(Resolver404):
            self.names.add(str(resolve(path).url_name))
        width = (visit.page.viewport_size or {"width": 0})["width"]
        self.found[who, f"{path} {title}", width] = visit.violations()


def answers_to_wrong_forms(people: dict[str, Visit], seen: Seen) -> None:
    """Pages that say why something was not done: among them that a form is stale."""
    sarah, fatou, anne = people["sarah"], people["fatou"], people["anne"]
    sarah.go("/")
    claim = str(sarah.page.locator("#file tbody th a").first.get_attribute("href")).removeprefix("/demandes/")
    sarah.send(f"/actes/rejeter/{claim}", seen="0", motives="Un motif saisi")
    seen.page("sarah", sarah, "décidée à nouveau pendant que vous la regardiez")
    for path in ("/orphelins/999999/rattacher", "/orphelins/999999/detacher"):
        sarah.go("/orphelins")
        sarah.send(path, dossier="CIPI-1999-000000")
        assert sarah.page.locator("[role=alert]").count()
        seen.page("sarah", sarah)
    fatou.go("/paiements")
    fatou.follow("tbody th a")
    batch = urlsplit(fatou.page.url).path
    for path in ("approuver", "retirer", "renvoyer/inconnue"):
        fatou.go(batch)
        fatou.send(f"{batch}/{path}", seal="x", motive="Un motif")
        assert fatou.page.locator("[role=alert]").count(), path
        seen.page("fatou", fatou)
    with override_settings(DESK_DEBTOR=None):
        fatou.go(batch)
        fatou.send(f"{batch}/fichier")
        seen.page("fatou", fatou, "n’est pas réglé")
    for path, form, title in (
        ("nouveau", {"username": "omar", "role": "reader"}, "est pris"),
        ("regles", {"second_person_above": "beaucoup"}, "n’est pas un nombre"),
        (f"{_key('anne')}/role", {"role": "reader"}, "son propre compte"),
        (f"{_key('odile')}/mot-de-passe", {}, "montré une seule fois"),
    ):
        anne.go("/comptes")
        anne.send(f"/comptes/{path}", **form)
        seen.page("anne", anne, title)


def errors(people: dict[str, Visit], seen: Seen) -> None:
    lise = people["lise"]
    lise.go("/comptes")
    seen.page("lise", lise, "Accès refusé")
    lise.go("/nulle-part")
    seen.page("lise", lise, "Page introuvable")
    lise.go("/")
    lise.send("/vues/garder", csrfmiddlewaretoken="x")
    seen.page("lise", lise, "Formulaire refusé")
    lise.go("/")
    lise.send("/vues/garder", **{f"f{number}": "x" for number in range(600)})
    seen.page("lise", lise, "Demande incomprise")
    with override_settings(DESK_LETTERS=None):
        lise.go("/courriers")
        seen.page("lise", lise, "Une erreur est survenue")


def signing_in(browser: Browser, address: str, look: str, seen: Seen) -> None:
    """All that stands before the desk: password, a wrong one, one of one's own, second factor, locked out."""
    stranger = Visit.of(browser, address, color_scheme=look)
    stranger.go("/connexion")
    seen.page("", stranger)
    for _ in range(5):
        stranger.go("/connexion")
        stranger.page.fill("#id_username", f"personne-{look}")
        stranger.page.fill("#id_password", "faux")
        with stranger.page.expect_navigation():
            stranger.press("Enter")
        seen.page("", stranger)
    assert "Connexion fermée" in stranger.text()
    with override_settings(
        DESK_OIDC=True, DESK_PASSWORDS=False, ROOT_URLCONF="tests.desk.web.test_directory"
    ):
        stranger.go("/connexion")
        seen.page("", stranger, "annuaire")
    stranger.page.context.close()
    from desk.web.accounts import make_account

    name = f"nouvelle-{look}"
    password = make_account(name, "officer")
    new = Visit.of(browser, address, color_scheme=look)
    new.sign_in(name, password)
    seen.page(name, new, "quelqu’un d’autre")
    for one in ("#id_old_password", "#id_new_password1", "#id_new_password2"):
        new.page.fill(one, "court")
    with new.page.expect_navigation():
        new.press("Enter")
    seen.page(name, new, "incorrect")
    new.page.fill("#id_old_password", password)
    for one in ("#id_new_password1", "#id_new_password2"):
        new.page.fill(one, PASSWORD + " à moi")
    with new.page.expect_navigation():
        new.press("Enter")
    seen.page(name, new, "Régler le second facteur")
    new.page.fill("#id_code", "000000")
    with new.page.expect_navigation():
        new.press("Enter")
    seen.page(name, new, "n’est pas le bon")
    new.page.wait_for_timeout(2000)  # after a wrong code the next one waits a second
    new.set_up_second_factor()
    new.page.context.close()
    again = Visit.of(browser, address, color_scheme=look)
    again.sign_in(name, PASSWORD + " à moi")
    seen.page(name, again, "Saisissez le code")
    again.page.fill("#id_code", "000000")
    with again.page.expect_navigation():
        again.press("Enter")
    seen.page(name, again, "n’est pas le bon")
    assert [stranger.complaints, new.complaints, again.complaints] == [[], [], []]
    again.page.context.close()


def _key(name: str) -> int:
    from django.contrib.auth.models import User

    return int(User.objects.get(username=name).pk)
