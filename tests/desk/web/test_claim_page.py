"""The claim's page: acts and their answers, stale forms, hostile names and values."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from tests.desk.acts.test_claims import OTHER_TITLE
from tests.desk.web.desk_made import Desk

As = Callable[[str], Client]
CLAIM = "CIPI-2026-000001-1"
PAGE = f"/demandes/{CLAIM}"
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


def act(client: Client, act: str, seen: int = 1, **form: str):
    return client.post(reverse("desk:act", args=[act, CLAIM]), {"seen": str(seen), **form})


def certificate(client: Client) -> dict[str, str]:
    """What the form of the certificate's hours sends."""
    text = client.get(PAGE).content.decode()
    article = text.split("Certificat de réalisation</h3>")[1]
    return {name: article.split(f'name="{name}" value="')[1].split('"')[0] for name in ("sha256", "part")}


def test_a_value_is_corrected_and_the_decision_is_the_new_one(desk: Desk, as_: As) -> None:
    desk.comes("cipi", pieces=OTHER_TITLE)
    desk.night()
    officer = as_("officer")
    answer = act(officer, "valeur", name="hours", value="66h30", motive="lu", **certificate(officer))
    assert answer.status_code == 302
    page = officer.get(PAGE).content.decode()
    assert "version 2" in page and "66\xa0h\xa030" in page and "corrigé par officer" in page
    assert "70\xa0h" in page or "70,00" in page


def test_of_two_officers_on_one_claim_the_second_is_told_and_nothing_is_overwritten(
    desk: Desk, as_: As
) -> None:
    from records.models import DecisionRow

    desk.comes("cipi", pieces=OTHER_TITLE)
    desk.night()
    desk.another("second", "officer")
    part = certificate(as_("officer"))
    assert act(as_("officer"), "valeur", name="hours", value="60", **part).status_code == 302
    answer = act(as_("second"), "valeur", name="hours", value="35", motive="vu sur la page", **part)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "décidée à nouveau pendant que vous la regardiez" in text
    assert "vu sur la page" in text and "35" in text
    assert DecisionRow.objects.filter(claim=CLAIM).count() == 2
    assert "corrigé par officer" in text and "corrigé par second" not in text


def test_what_can_t_be_done_is_told_and_gives_back_what_was_typed(desk: Desk, as_: As) -> None:
    desk.comes("cipi", pieces=OTHER_TITLE)
    desk.night()
    officer = as_("officer")
    part = certificate(officer)
    for name, form in {
        "valeur": {"name": "hours", "value": "beaucoup", "motive": "mon motif", **part},
        "pages": {"pages": "un", "motive": "mon motif", **part},
        "ecarter": {"rule": "identity.title", "motive": " "},
        "demander": {"kind": "chose", "wording": "mon motif"},
    }.items():
        answer = act(officer, name, **form)
        assert answer.status_code == 422, name
        assert 'role="alert"' in answer.content.decode()
        if "mon motif" in form.values():
            assert "mon motif" in answer.content.decode(), name
    assert officer.post(reverse("desk:act", args=["payer", CLAIM]), {"seen": "x"}).status_code == 422


def test_hostile_names_and_values_are_shown_as_text(desk: Desk, as_: As) -> None:
    desk.comes(
        "cipi",
        pieces={"certificate": {"training_title": HOSTILE, "trainee_last_name": HOSTILE}},
        request={"comment": HOSTILE},
    )
    from dossier.kinds import Kind
    from dossier.reading import Part

    desk.files(f"CIPI-2026-000001/{CLAIM}/{HOSTILE.replace('/', '')}.pdf", Part((1,), Kind.OTHER, 0.9, {}))
    desk.files(f"{HOSTILE.replace('/', '')}.pdf", Part((1,), Kind.OTHER, 0.9, {}))
    desk.night()
    officer = as_("officer")
    act(officer, "demander", kind="invoice", wording=HOSTILE)
    act(officer, "reprendre", seen=2, motive=HOSTILE)
    for path in (PAGE, "/", "/orphelins", f"/?texte={HOSTILE}", f"/?cause={HOSTILE}"):
        text = officer.get(path).content.decode()
        assert "<script>alert" not in text and "<img src=x" not in text, path
    assert "&lt;script&gt;" in officer.get(PAGE).content.decode()


def test_account_numbers_are_masked(desk: Desk, as_: As) -> None:
    desk.comes("cipi", pieces=OTHER_TITLE)
    desk.night()
    text = as_("reader").get(PAGE).content.decode()
    assert "FR7630006000000000000000167" not in text and "FR76 •••• 0167" in text


def test_a_reader_sees_no_form_of_an_act(desk: Desk, as_: As) -> None:
    desk.comes("cipi", pieces=OTHER_TITLE)
    desk.night()
    assert "/actes/" not in as_("reader").get(PAGE).content.decode()
    assert "/actes/payer/" in as_("officer").get(PAGE).content.decode()


def test_a_rejection_is_read_as_the_letter_says_it_and_reworded_before_it_goes_out(
    desk: Desk, as_: As
) -> None:
    from tests.desk.acts.test_claims import LATE

    desk.comes("cipi", request=LATE)
    desk.night()
    officer = as_("officer")
    text = officer.get(PAGE).content.decode()
    letter = text.split('id="h-lettre"')[1].split("</section>")[0]
    assert "Objet : rejet de votre demande de paiement" in letter and "Voies de contestation" in letter
    name = text.split('name="motif-')[1].split('"')[0]
    answer = act(officer, "rejeter", motives="", **{f"motif-{name}": "Une phrase plus juste."})
    assert answer.status_code == 302
    now = officer.get(PAGE).content.decode()
    assert "Une phrase plus juste." in now.split('id="h-lettre"')[1].split("</section>")[0]
    assert "La lettre" in as_("reader").get(PAGE).content.decode()


def test_an_orphan_is_attached_to_a_claim(desk: Desk, as_: As) -> None:
    from dossier.kinds import Kind
    from dossier.reading import Part

    desk.comes("cipi", pieces=OTHER_TITLE)
    row = desk.files("facture.pdf", Part((1,), Kind.OTHER, 0.9, {}))
    desk.night()
    officer = as_("officer")
    assert "facture.pdf" in officer.get("/orphelins").content.decode()
    wrong = officer.post(f"/orphelins/{row.pk}/rattacher", {"dossier": "CIPI-1999-000000"})
    assert wrong.status_code == 422
    assert officer.post(f"/orphelins/{row.pk}/rattacher", {"dossier": CLAIM}).status_code == 302
    assert f"/orphelins/{row.pk}/rattacher" not in officer.get("/orphelins").content.decode()
    assert "facture.pdf" in officer.get(PAGE).content.decode()


def test_an_attached_file_is_detached_by_who_attached_it(desk: Desk, as_: As) -> None:
    from dossier.kinds import Kind
    from dossier.reading import Part

    desk.comes("cipi", pieces=OTHER_TITLE)
    row = desk.files("facture.pdf", Part((1,), Kind.OTHER, 0.9, {}))
    desk.night()
    officer = as_("officer")
    detach = f"/orphelins/{row.pk}/detacher"
    never = officer.post(detach)
    assert never.status_code == 409 and "n’est pas, ou n’est plus, rattaché" in never.content.decode()
    officer.post(f"/orphelins/{row.pk}/rattacher", {"dossier": CLAIM, "motive": "nom du stagiaire"})
    page = officer.get("/orphelins").content.decode()
    assert (
        detach in page
        and "nom du stagiaire" in page
        and detach not in as_("reader").get("/orphelins").content.decode()
    )
    desk.another("colleague", "officer")
    assert as_("colleague").post(detach).status_code == 403
    assert officer.post(detach, {"motive": "homonyme"}).status_code == 302
    assert "facture.pdf" not in officer.get(PAGE).content.decode()
    assert f"/orphelins/{row.pk}/rattacher" in officer.get("/orphelins").content.decode()


def test_nothing_is_attached_to_what_is_paid_nor_taken_from_it(desk: Desk, as_: As) -> None:
    from dossier.kinds import Kind
    from dossier.reading import Part

    claim = desk.comes("cipi")
    one, two = (desk.files(f"{name}.pdf", Part((1,), Kind.OTHER, 0.9, {})) for name in ("un", "deux"))
    desk.night()
    officer = as_("officer")
    assert officer.post(f"/orphelins/{one.pk}/rattacher", {"dossier": claim.id}).status_code == 302
    desk.batch()
    finance = as_("finance")
    from desk import acts

    [batch] = acts.batches()
    assert finance.post(f"/paiements/{batch.name}/approuver", {"seal": batch.seal}).status_code == 302
    for path in (f"/orphelins/{two.pk}/rattacher", f"/orphelins/{one.pk}/detacher"):
        answer = officer.post(path, {"dossier": claim.id})
        assert answer.status_code == 409 and "payée" in answer.content.decode(), path


def test_the_signatures_of_a_half_day_are_corrected(desk: Desk, as_: As) -> None:
    from tests.desk.acts.made import decided

    desk.comes("cipi_sheets")
    desk.night()
    before = decided(CLAIM).hours.evidenced
    officer = as_("officer")
    text = officer.get(PAGE).content.decode()
    form = text.split("/actes/demi-journee/")[1]
    given = {
        name: form.split(f'name="{name}" value="')[1].split('"')[0] for name in ("sha256", "part", "session")
    }
    assert "comme lu : signé" in form
    answer = act(
        officer, "demi-journee", trainee_mark="absent", trainer_mark="", motive="case barrée", **given
    )
    assert answer.status_code == 302
    assert decided(CLAIM).hours.evidenced < before
    row = officer.get(PAGE).content.decode().split("corrigé par officer")[1]
    assert "absent" in row[:400]
    assert act(officer, "demi-journee", 2, trainee_mark="paid", **given).status_code == 422


def test_filters_sorts_and_views_of_the_queue(desk: Desk, as_: As) -> None:
    from desk.web.models import SavedView

    desk.comes("cipi", 1, pieces=OTHER_TITLE)
    desk.comes("cipi", 2, pieces={"programme": None})
    desk.night()
    officer = as_("officer")

    def shown(query: str) -> list[str]:
        text = officer.get(f"/?{query}").content.decode()
        return [claim for claim in (CLAIM, "CIPI-2026-000002-1") if f"/demandes/{claim}" in text]

    assert len(shown("")) == 2
    assert shown("etat=review") == [CLAIM]
    assert shown("cause=pieces.programme") == ["CIPI-2026-000002-1"]
    assert shown("texte=000002") == ["CIPI-2026-000002-1"]
    assert shown("qui=moi") == []
    assert shown("min=999999") == []
    # what can't be understood is left out, and breaks nothing
    assert len(shown("etat=x&dispositif=y&tri=z&page=-4&min=NaN&sens=down&unknown=1")) == 2
    officer.post(f"/prendre/{CLAIM}")
    assert shown("qui=moi") == [CLAIM]
    officer.post("/vues/garder", {"nom": "Mes urgences", "query": "etat=review&page=3&evil=1"})
    view = SavedView.objects.get()
    assert (view.name, view.query) == ("Mes urgences", "etat=review")
    assert as_("reader").post(f"/vues/{view.pk}/oublier").status_code == 404
    assert "Mes urgences" not in as_("reader").get("/").content.decode()
    assert officer.post(f"/vues/{view.pk}/oublier").status_code == 302


def test_the_next_claim_is_the_most_urgent_that_is_free(desk: Desk, as_: As) -> None:
    desk.comes("cipi", 1, pieces=OTHER_TITLE)
    desk.comes("cipi", 2, pieces=OTHER_TITLE)
    desk.night()
    officer = as_("officer")
    assert officer.get("/suivante").headers["Location"] == PAGE
    assert officer.get(f"/suivante?apres={CLAIM}").headers["Location"] == "/demandes/CIPI-2026-000002-1"
    desk.another("colleague", "officer")
    as_("colleague").post(f"/prendre/{CLAIM}")
    assert officer.get("/suivante").headers["Location"] == "/demandes/CIPI-2026-000002-1"
    assert officer.get("/suivante?etat=incomplete").headers["Location"] == "/"


def test_every_field_has_a_french_title() -> None:
    from desk.web.field_titles import TITLES
    from dossier.kinds import FIELDS

    assert {name for fields in FIELDS.values() for name in fields} <= set(TITLES)
