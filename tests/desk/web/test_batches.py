"""Batches at the desk's pages: approved, approval taken back, a payment sent back, the file fetched."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client, override_settings

from desk import acts
from publishing.payments import Debtor
from tests.desk.acts.made import decided
from tests.desk.web.desk_made import Desk

As = Callable[[str], Client]
DEBTOR = Debtor("FINANCEUR D'EXEMPLE", "FR7630006000011234567890189", "")


@pytest.fixture
def batch(desk: Desk) -> str:
    """A batch of two payments that waits; its address."""
    for number in (1, 2):
        desk.comes("cipi", number)
    desk.night()
    desk.batch()
    return f"/paiements/{acts.batches()[0].name}"


def seal_of(client: Client, batch: str) -> str:
    return client.get(batch).content.decode().split('name="seal" value="')[1].split('"')[0]


def test_an_approval_is_taken_back_and_given_again(batch: str, as_: As) -> None:
    from records.models import Act

    finance = as_("finance")
    assert finance.post(f"{batch}/approuver", {"seal": seal_of(finance, batch)}).status_code == 302
    assert "Retirer l’approbation" in finance.get(batch).content.decode()
    answer = finance.post(f"{batch}/retirer", {"motive": "le solde ne suffit pas"}, follow=True)
    text = answer.content.decode()
    assert "L’approbation du lot" in text and "est retirée" in text and "À approuver" in text
    assert Act.objects.filter(kind="withdraw_approval").get().motive == "le solde ne suffit pas"
    with override_settings(DESK_DEBTOR=DEBTOR):
        assert finance.post(f"{batch}/fichier").status_code == 422
        assert finance.post(f"{batch}/approuver", {"seal": seal_of(finance, batch)}).status_code == 302
        fetched = finance.post(f"{batch}/fichier")
        assert (fetched.status_code, fetched.headers["Content-Type"]) == (200, "application/xml")
        assert finance.post(f"{batch}/retirer", {"motive": "trop tard"}).status_code == 422


def test_a_payment_goes_back_to_instruction_and_leaves_the_batch(batch: str, as_: As) -> None:
    finance, claim = as_("finance"), "CIPI-2026-000002-1"
    seen = seal_of(finance, batch)
    silent = finance.post(f"{batch}/renvoyer/{claim}", {"motive": " "})
    assert silent.status_code == 422 and "Indiquez un motif" in silent.content.decode()
    text = finance.post(
        f"{batch}/renvoyer/{claim}", {"motive": "bénéficiaire en liquidation"}, follow=True
    ).content.decode()
    assert f"La demande {claim} sort du lot" in text and f"/demandes/{claim}" not in text.split("<h1>")[1]
    assert decided(claim).verdict == "review"
    officer = as_("officer").get(f"/demandes/{claim}").content.decode()
    assert "Renvoyée par la comptabilité : bénéficiaire en liquidation" in officer
    # what was seen before is not what would be approved now
    assert finance.post(f"{batch}/approuver", {"seal": seen}).status_code == 409
    assert finance.post(f"{batch}/renvoyer/{claim}", {"motive": "encore"}).status_code == 422
