"""Every page stands behind a login and a right; every form behind its session's token."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from desk.acts import ROLES, Right
from tests.desk.acts.test_claims import OTHER_TITLE
from tests.desk.web.desk_made import PASSWORD, Desk

As = Callable[[str], Client]
CLAIM = "CIPI-2026-000001-1"

OPEN = {"sign-in", "sign-out"}
"""Pages that who is not signed in may ask for."""
SIGNING_IN = {"change-password", "second-factor", "set-up-second-factor", "second-factor-picture"}
ARGUMENTS = {
    "claim": CLAIM, "document": 1, "page": 1, "name": "SF-20260504-1", "key": 1, "what": "role",
    "act": "payer",
}  # fmt: skip
RIGHTS = {
    "approve-batch": Right.APPROVE_BATCH,
    "withdraw-approval": Right.APPROVE_BATCH,
    "send-back-payment": Right.APPROVE_BATCH,
    "fetch-batch": Right.APPROVE_BATCH,
    "attach": Right.INSTRUCT,
    "detach": Right.INSTRUCT,
    "accounts": Right.ADMINISTER,
    "new-account": Right.ADMINISTER,
    "change-account": Right.ADMINISTER,
    "change-policy": Right.ADMINISTER,
    "act": Right.INSTRUCT,
    "take": Right.INSTRUCT,
    "let-go": Right.INSTRUCT,
}
ACTS = {
    "valeur": Right.INSTRUCT,
    "nature": Right.INSTRUCT,
    "pages": Right.INSTRUCT,
    "prouver": Right.INSTRUCT,
    "demi-journee": Right.INSTRUCT,
    "ecarter": Right.INSTRUCT,
    "demander": Right.INSTRUCT,
    "rejeter": Right.INSTRUCT,
    "payer": Right.INSTRUCT,
    "reprendre": Right.INSTRUCT,
    "approuver": Right.APPROVE,
    "renvoyer": Right.APPROVE,
}
FORMS = {
    "seen": "1", "value": "70", "name": "hours", "part": "1", "sha256": "0" * 64, "motive": "parce que",
    "rule": "identity.title", "kind": "invoice", "wording": "la facture", "motives": "non", "pages": "1",
    "session": "0", "proven": "oui", "act": "1", "seal": "x", "role": "supervisor", "username": "x",
}  # fmt: skip


def addresses() -> list[tuple[str, str]]:
    """Every page of the desk by name, with an address."""
    found = []
    for pattern in get_resolver("desk.urls").url_patterns[0].url_patterns:
        assert isinstance(pattern, URLPattern)
        wanted = {name: ARGUMENTS[name] for name in pattern.pattern.converters}
        found.append((pattern.name, reverse(f"desk:{pattern.name}", kwargs=wanted)))
    return found


def asked(client: Client, address: str) -> set[int]:
    return {client.get(address).status_code, client.post(address, FORMS).status_code}


def there(desk: Desk) -> None:
    desk.comes("cipi", pieces=OTHER_TITLE)
    desk.night()


def test_a_page_asked_for_without_login_leads_to_the_sign_in(desk: Desk) -> None:
    there(desk)
    for name, address in addresses():
        if name in OPEN:
            continue
        answers = [Client().get(address), Client().post(address, FORMS)]
        assert {answer.status_code for answer in answers} in ({302}, {302, 405}), name
        for answer in answers:
            if answer.status_code == 302:
                assert answer.headers["Location"].startswith(reverse("desk:sign-in")), name


def test_a_page_is_refused_to_each_role_that_has_not_its_right(desk: Desk, as_: As) -> None:
    there(desk)
    for role, rights in ROLES.items():
        client = as_(role)
        for name, address in addresses():
            if name not in OPEN | SIGNING_IN and RIGHTS.get(name, Right.SEE) not in rights:
                codes = asked(client, address)
                assert 403 in codes and codes <= {403, 405}, (role, name)


@pytest.mark.parametrize(
    ("role", "names"),
    [
        ("reader", ["queue", "claim", "approvals", "batches", "letters", "orphans", "help"]),
        ("administrator", ["queue", "accounts", "help"]),
        ("finance", ["queue", "batches", "claim"]),
    ],
)
def test_a_page_opens_to_who_has_its_right(desk: Desk, as_: As, role: str, names: list[str]) -> None:
    there(desk)
    pages = dict(addresses())
    assert [as_(role).get(pages[name]).status_code for name in names] == [200] * len(names)


def test_an_account_without_a_role_sees_nothing(desk: Desk, as_: As) -> None:
    from django.contrib.auth.models import User

    there(desk)
    User.objects.create_user("nobody", password=PASSWORD)
    for name, address in addresses():
        if name not in OPEN | SIGNING_IN:
            assert asked(as_("nobody"), address) <= {403, 405}, name


def test_each_act_is_refused_without_its_right_and_changes_nothing(desk: Desk, as_: As) -> None:
    from records.models import Act, DecisionRow

    there(desk)
    acts, decisions = Act.objects.count(), DecisionRow.objects.count()
    for role, rights in ROLES.items():
        for act, right in ACTS.items():
            if right not in rights:
                answer = as_(role).post(reverse("desk:act", args=[act, CLAIM]), FORMS)
                assert answer.status_code == 403, (role, act)
    assert (Act.objects.count(), DecisionRow.objects.count()) == (acts, decisions)


def test_a_form_of_another_site_does_nothing(desk: Desk) -> None:
    from records.models import Act

    there(desk)
    client = Client(enforce_csrf_checks=True)
    client.force_login(desk.account("supervisor"), "django.contrib.auth.backends.ModelBackend")
    before = Act.objects.count()
    for act in [*ACTS, "annuler"]:
        answer = client.post(reverse("desk:act", args=[act, CLAIM]), FORMS)
        assert answer.status_code == 403
        assert "ne vient pas de votre session" in answer.content.decode()
    assert Act.objects.count() == before


def test_an_act_is_never_done_by_a_link(desk: Desk, as_: As) -> None:
    there(desk)
    assert as_("supervisor").get(reverse("desk:act", args=["payer", CLAIM])).status_code == 405


def test_an_officer_leaves_a_colleague_s_claim_alone(desk: Desk, as_: As) -> None:
    from records.models import DecisionRow

    there(desk)
    desk.another("colleague", "officer")
    assert as_("colleague").post(reverse("desk:take", args=[CLAIM])).status_code == 302
    answer = as_("officer").post(
        reverse("desk:act", args=["rejeter", CLAIM]), {"seen": "1", "motives": "non"}
    )
    assert answer.status_code == 403
    assert "suivie par colleague" in answer.content.decode()
    assert DecisionRow.objects.filter(claim=CLAIM).count() == 1
    page = as_("officer").get(reverse("desk:claim", args=[CLAIM])).content.decode()
    assert "/actes/" not in page


GUESSED = (
    "/demandes/CIPI-2026-999999-1", "/pages/999/1", "/pages/1/99", "/courriers/nothing.pdf",
    "/courriers/..%2f..%2fetc%2fpasswd", "/courriers/%2e%2e%2fservicefait.sqlite3", "/paiements/SF-1",
    "/actes/detruire/" + CLAIM, "/admin/", "/static/../settings.py", "/demandes/",
)  # fmt: skip


def test_a_guessed_address_leads_nowhere(desk: Desk, as_: As) -> None:
    there(desk)
    client = as_("supervisor")
    for path in GUESSED:
        answer = client.post(path) if "/actes/" in path else client.get(path)
        assert answer.status_code == 404, path


def test_a_letter_is_given_by_its_name_alone(desk: Desk, as_: As) -> None:
    from django.conf import settings

    settings.DESK_LETTERS.mkdir()
    (settings.DESK_LETTERS / "CIPI-2026-000001-1-rejet.pdf").write_bytes(b"%PDF-1.4")
    (settings.DESK_LETTERS / "link.pdf").symlink_to("/etc/passwd")
    answer = as_("reader").get("/courriers/CIPI-2026-000001-1-rejet.pdf")
    assert (answer.status_code, b"".join(answer)) == (200, b"%PDF-1.4")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert as_("reader").get("/courriers/link.pdf").status_code == 404
    assert "link.pdf" not in as_("reader").get("/courriers").content.decode()


def test_pages_of_pieces_are_pictures_whatever_was_uploaded(desk: Desk, as_: As) -> None:
    there(desk)
    answer = as_("reader").get(reverse("desk:picture", args=[1, 1]))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert b"".join(answer).startswith(b"\xff\xd8")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_piece_whose_bytes_were_replaced_has_no_pictures(desk: Desk, as_: As) -> None:
    there(desk)
    for path in desk.uploads.rglob("*"):
        if path.is_file():
            path.write_text("other bytes")
    assert as_("reader").get(reverse("desk:picture", args=[1, 1])).status_code == 503


def test_what_every_answer_says_of_itself(desk: Desk, as_: As) -> None:
    there(desk)
    answer = as_("officer").get(reverse("desk:claim", args=[CLAIM]))
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "script-src 'self'" in policy
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    text = answer.content.decode()
    assert "<style" not in text and " style=" not in text and " onclick=" not in text
