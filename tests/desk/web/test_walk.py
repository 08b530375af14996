"""A person's day at the desk, in a real browser, on a real night: and axe on every page of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from django.urls import get_resolver
from playwright.sync_api import Browser, expect

from tests.desk.web.browsing import PASSWORD, Visit, chromium, night, served
from tests.desk.web.desk_made import Desk
from tests.desk.web.every_page import NOT_A_PAGE, Seen, answers_to_wrong_forms, errors, signing_in

# Playwright holds an event loop in this thread, where nothing of ours runs
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

ROLES = {
    "lise": "reader", "omar": "officer", "odile": "officer", "sarah": "supervisor", "fatou": "finance",
    "anne": "administrator",
}  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    from django.contrib.auth.models import Group, User
    from django.db import connections

    from publishing.payments import Debtor
    from records import setup

    folder = tmp_path_factory.mktemp("night")
    night(folder)
    setup.configure(f"sqlite:///{folder / 'out' / 'servicefait.sqlite3'}")
    for name, role in ROLES.items():
        User.objects.create_user(name, f"{name}@financeur.example", PASSWORD).groups.set(
            [Group.objects.get(name=role)]
        )
    Desk(uploads=folder / "in" / "uploads").files("recu-sans-dossier.pdf")
    settings = {
        "DESK_UPLOADS": str(folder / "in" / "uploads"),
        "DESK_PICTURE_FOLDER": folder / "out" / "pictures",
        "DESK_LETTERS": folder / "out" / "letters",
        "DESK_DEBTOR": Debtor("FINANCEUR D'EXEMPLE", "FR7630006000011234567890189", ""),
        "DESK_SECOND_FACTOR": True,
    }
    with override_settings(**settings), served() as at:
        yield at
    connections.close_all()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def people(browser: Browser, address: str) -> dict[str, Visit]:
    """Everybody, each signed in with a second factor of their own."""
    return {name: Visit.of(browser, address).enter(name) for name in ROLES if name != "omar"}


def test_the_night_drew_the_pages_of_what_waits(address: str) -> None:
    from django.conf import settings

    from records import near
    from records.models import DecisionRow, QueueEntry
    from records.pictures import Pictures

    pictures = Pictures(settings.DESK_PICTURE_FOLDER)
    waiting = set(QueueEntry.objects.values_list("claim", flat=True))
    decided = set(DecisionRow.objects.values_list("claim", flat=True))
    drawn = {claim: [pictures.whole(one) for one in near.digests_of(claim)] for claim in decided}
    assert waiting and decided - waiting
    assert all(all(drawn[claim]) and drawn[claim] for claim in waiting)
    assert not any(any(drawn[claim]) for claim in decided - waiting)


def test_a_half_day_is_marked_by_one_key(people: dict[str, Visit]) -> None:
    from records.models import FindingRow

    odile = people["odile"]
    unsigned = FindingRow.objects.filter(rule="hours.sheet_unsigned").select_related("decision")
    odile.go(f"/demandes/{unsigned[0].decision.claim}")
    row = odile.page.locator("tr.value.unproven:has(button[value=oui])").first
    row.locator("th a").click()
    place = row.get_attribute("id")
    odile.press("o")
    odile.told("Enregistré")
    marked = odile.page.locator(f"#{place}")
    assert "corrigé par odile" in marked.inner_text() and marked.locator("button[value=non]").count() == 1
    assert odile.complaints == []


def test_a_day_at_the_desk(browser: Browser, address: str, people: dict[str, Visit], tmp_path: Path) -> None:
    omar = Visit.of(browser, address)
    omar.go("/")
    omar.picture("connexion")
    omar.sign_in("omar")
    omar.picture("second-facteur")
    omar.set_up_second_factor()
    omar.picture("file")

    # search finds, and the address keeps what was asked
    omar.press("/")
    omar.page.keyboard.type("certificat")
    omar.page.wait_for_url("**/?*texte=certificat*")
    omar.go("/")

    # the next claim, by one key
    omar.press("n")
    omar.page.wait_for_url("**/demandes/**")

    # an hour corrected, and the decision that follows
    omar.go("/?etat=review&cause=identity.trainee&dispositif=cipi")
    omar.follow("#file tbody th a")
    claim = omar.page.url.rsplit("/", 1)[1]
    expect(omar.page.locator(".sheet img").first).to_have_js_property("complete", True)
    expect(omar.page.locator(".sheet img").first).not_to_have_js_property("naturalWidth", 0)
    omar.picture("demande")
    # it opens on what the weightiest finding speaks of, ready to be put right
    assert "Nom du stagiaire" in omar.text(".value.here")
    # at once: whoever types on after the key types into the value
    assert omar.page.evaluate(ONE_KEY, "c") == "value"
    omar.press("Escape")
    before = omar.text(".summary .strong dd")
    hours = omar.page.locator(
        "article:has(h3:text-is('Certificat de réalisation')) tr:has(th:text-is('Heures'))"
    )
    hours.locator(".where a").click()
    assert omar.page.locator(".sheet a.here").count() == 1
    omar.picture("valeur")
    hours.locator("summary").click()
    hours.locator("input[name=value]").fill("35h30")
    omar.picture("corriger")
    omar.press("Enter")
    omar.told("version 2")
    assert omar.text(".summary .strong dd") != before
    assert "35 h 30" in hours.inner_text().replace("\xa0", " ")
    assert "corrigé par omar" in hours.inner_text()
    omar.picture("corrige")

    # and back from the box to its value
    box = hours.get_attribute("id")
    omar.page.locator(f'.sheet a[data-to="{box}"]').dispatch_event("click")
    assert omar.page.evaluate("document.activeElement.id") == box

    # the pages: larger, turned, as they were
    wide = omar.page.locator(".sheet").first.bounding_box()
    omar.press("+")
    assert omar.page.locator(".sheet").first.bounding_box()["width"] > wide["width"] * 1.2
    omar.press("t")
    turned = omar.page.locator(".sheet").first.bounding_box()
    assert turned["width"] > turned["height"]
    omar.press("t", "t", "t", "0")
    assert abs(omar.page.locator(".sheet").first.bounding_box()["width"] - wide["width"]) < 2

    # the correction undone, and done again
    omar.page.locator(".history button").first.click()
    omar.told("version 3")
    assert omar.text(".summary .strong dd") == before

    # a finding overruled: a second person must agree
    for version in range(4, 10):
        if not omar.page.locator(".findings summary").count():
            break
        omar.press("e")
        omar.page.keyboard.type("Erreur de plume reconnue par l’organisme")
        omar.picture("ecarter")
        omar.page.locator("details[open] button.main").click()
        omar.told(f"version {version}")
    if omar.page.locator("details[data-key=p]").count():
        omar.press("p", "Enter")
    omar.told("seconde personne")
    assert not omar.page.locator("details[data-key=a]").count()

    sarah = people["sarah"]
    sarah.go("/approbations")
    sarah.picture("approbations")
    sarah.follow(f"a.button[href$='{claim}']")
    sarah.picture("approuver")
    sarah.press("a", "Enter")
    sarah.told("Enregistré")
    assert "À payer" in sarah.text("h1")

    # a piece asked for
    omar.go("/?etat=incomplete")
    omar.follow("#file tbody th a")
    omar.press("d")
    omar.page.select_option("select[name=kind] >> nth=0", "programme")
    omar.page.fill("#d-wording", "Le programme de la formation, daté.")
    omar.picture("demander")
    omar.page.click("details[open] button.main")
    omar.told("incomplète")

    # the batch of the night approved as a whole, and its file fetched
    fatou = people["fatou"]
    fatou.go("/paiements")
    fatou.picture("lots")
    fatou.follow("tbody th a")
    fatou.picture("lot")
    fatou.press("a", "Enter")
    fatou.told("approuvé")
    with fatou.page.expect_download() as fetched:
        fatou.page.click("button:has-text('Télécharger')")
    fetched.value.save_as(tmp_path / "payments.xml")
    assert "pain.001.001.09" in (tmp_path / "payments.xml").read_text()
    fatou.page.reload()
    assert "Libéré" in fatou.text("h1")
    assert [visit.complaints for visit in (omar, sarah, fatou)] == [[], [], []]

    from records import audit

    assert audit.broken_at() is None


def test_most_exceptions_take_three_keys(people: dict[str, Visit]) -> None:
    odile = people["odile"]
    # a rejection validated: next, x, Enter
    odile.go("/?etat=validation")
    odile.press("n")
    odile.page.wait_for_url("**/demandes/**")
    odile.press("x", "Enter")
    odile.told("rejet")
    assert odile.complaints == []


ONE_KEY = """key => {
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: key, bubbles: true}));
    return document.activeElement.name;
}"""
"""Press a key, and say which field has the focus before anything else may happen."""

PICTURED = {"anne": "comptes", "lise": "courriers", "sarah": "orphelins"}
PAGES = {
    "lise": ("/", "/approbations", "/paiements", "/courriers", "/orphelins", "/aide"),
    "sarah": ("/", "/?texte=rien-de-tel", "/orphelins", "/demandes/inconnue"),
    "fatou": ("/paiements",),
    "anne": ("/comptes", "/connexion/mot-de-passe"),
}


@pytest.mark.parametrize("look", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(
    browser: Browser, address: str, people: dict[str, Visit], look: str
) -> None:
    seen = Seen()
    for name, paths in PAGES.items():
        visit = people[name]
        visit.page.emulate_media(color_scheme=look)  # type: ignore[arg-type]
        for width in (1280, 390):
            visit.page.set_viewport_size({"width": width, "height": 800})
            for path in paths:
                visit.go(path)
                seen.page(name, visit)
            if name == "lise":
                visit.go("/paiements")
                visit.follow("tbody th a")
                seen.page(name, visit)
        visit.page.set_viewport_size({"width": 1280, "height": 800})
    sarah = people["sarah"]
    sarah.go("/")
    for claim in [link.get_attribute("href") for link in sarah.page.locator("#file tbody th a").all()]:
        sarah.go(str(claim))
        sarah.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        seen.page("sarah", sarah)
    answers_to_wrong_forms(people, seen)
    errors(people, seen)
    signing_in(browser, address, look, seen)
    assert {place: said for place, said in seen.found.items() if said} == {}
    every = {pattern.name for pattern in get_resolver("desk.urls").url_patterns[0].url_patterns}
    assert every - seen.names - set(NOT_A_PAGE) == set()
    if look == "light":
        for name, picture in PICTURED.items():
            people[name].go(f"/{picture}")
            people[name].picture(picture)


def test_at_twice_the_size_and_on_a_telephone_nothing_is_cut_off(people: dict[str, Visit]) -> None:
    """WCAG 1.4.4 and 1.4.10: at 200 % of 1280 pixels, and at 390, no page scrolls sideways."""
    sarah = people["sarah"]
    sarah.go("/")
    claim = sarah.page.locator("#file tbody th a").first.get_attribute("href")
    for width in (640, 390):
        sarah.page.set_viewport_size({"width": width, "height": 800})
        for path in ("/", str(claim), "/approbations", "/paiements", "/courriers", "/orphelins", "/aide"):
            sarah.go(path)
            assert sarah.page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
    sarah.page.set_viewport_size({"width": 1280, "height": 800})
