"""Parties and people of contracts that say them in a sentence of their own, and what is none of them."""

from __future__ import annotations

import pytest

from extractors.french.people import person_of
from extractors.kinds import agreement, certificate, others, temporary_work
from extractors.leaf import Leaf
from extractors.signatures import Signing
from tests.extractors.set_pages import unsigned

_COURSE = "Formation : soudage à l'arc, 70 heures, du 12/01/2026 au 23/01/2026."


@pytest.mark.parametrize(
    ("lines", "agency", "last"),
    [
        (
            ("Conclu entre Cap TT (Nantes), SIRET 73282932000074, et DURAND Camille, né le 4 mai 1990.",),
            "Cap TT",
            "DURAND",
        ),
        (
            (
                "L'entreprise de travail temporaire Cap Emploi, 3 rue du Port, 44000 Nantes,",
                "et GÉGOUT Laurent, demeurant à Nantes,",
                "conviennent de ce qui suit.",
            ),
            "Cap Emploi",
            "GÉGOUT",
        ),
        (
            ("Cap Emploi (SIRET 73282932000074) et DURAND Léa conviennent de ce qui suit.",),
            "Cap Emploi",
            "DURAND",
        ),
        (
            (
                "L'agence d'emploi Cap Emploi, représentée par Mme Anne Roy,",
                "et Monsieur Thomas Gégout, titulaire d'un CDI intérimaire, ont convenu de ce qui suit.",
            ),
            "Cap Emploi",
            "Gégout",
        ),
    ],
)
def test_an_agency_and_somebody_agree(lines: tuple[str, ...], agency: str, last: str) -> None:
    page = unsigned("CIPI", *lines, _COURSE)
    fields = temporary_work.read_cipi([page]).fields
    assert fields["employer_name"].value == agency
    assert fields["trainee_last_name"].value == last


def test_capitals_in_the_text_tell_more_than_the_name_under_the_place_to_sign() -> None:
    page = unsigned(
        "Cap Emploi",
        "3 rue du Port – 44000 Nantes",
        "Contrat de mission",
        "Le présent contrat est conclu le 2 février 2026 avec MICHELET Habib.",
        "Mission du 3 février 2026 au 27 février 2026.",
        "Pour l'agence | Le salarié",
        "Mme Anne Roy | M. Habib Michelet",
    )
    assert temporary_work.read_mission([page]).fields["trainee_last_name"].value == "MICHELET"


@pytest.mark.parametrize(
    ("text", "last", "last_first"),
    [
        ("M. Laurent Gégout", "Gégout", True),
        ("M. Laurent Gégout", "Gégout", None),
        ("Mme Gégout Laurent", "Gégout", True),
        ("Laurent Gégout", "Laurent", True),
    ],
)
def test_after_a_civility_a_likely_first_name_is_one(text: str, last: str, last_first: bool | None) -> None:
    found = person_of(text, last_first)
    assert found is not None and found.last == last and not found.sure


@pytest.mark.parametrize("label", ["Participant", "Stagiaire", "Apprenant"])
def test_a_label_that_asks_for_no_last_name_has_the_order_of_prose(label: str) -> None:
    page = unsigned("CERTIFICAT DE RÉALISATION", f"{label} : Habib Michelet", "Formation : soudage")
    assert certificate.read([page]).fields["trainee_last_name"].value == "Michelet"


@pytest.mark.parametrize(
    "lines",
    [
        (
            "La société Fonderie Lemaire, SIRET 552 100 554 00013, confie à l'organisme Atelier du Geste,",
            "SIRET 732 829 320 00074, déclaré sous le numéro 53 35 08123 35, la formation de Léa DURAND.",
        ),
        (
            "Fonderie Lemaire (SIRET 552 100 554 00013), fait appel à Atelier du Geste",
            "(SIRET 732 829 320 00074) pour la formation de Léa DURAND.",
        ),
    ],
)
def test_who_orders_is_the_customer(lines: tuple[str, ...]) -> None:
    fields = agreement.read([unsigned("CONVENTION", *lines, _COURSE)]).fields
    assert fields["provider_name"].value == "Atelier du Geste"
    assert fields["customer_name"].value == "Fonderie Lemaire"
    assert fields["provider_siret"].value == "73282932000074"


def test_an_order_that_is_no_verb_parts_no_houses() -> None:
    page = unsigned(
        "Cap Emploi",
        "118 avenue Jean-Jaurès, 49000 Angers – SIRET 73282932000074",
        "Dossier CIPI-2026-036665",
        "Nous vous confirmons votre départ en formation de régleur en commande numérique auprès de",
        "Horizon Conseil du 30/03/2026 au 17/04/2026, pour une durée de 91 heures.",
    )
    assert temporary_work.read_cipi([page]).fields["employer_name"].value == "Cap Emploi"


def _captions(*lines: str) -> list[str]:
    made = ("Fait à Albi, le 27/02/2026", 11.0, 0.6)
    return [place.caption for place in Signing([unsigned("Contrat", made, *lines)]).places]


@pytest.mark.parametrize("said", ["Le Directeur", "La Direction", "Pour la direction"])
def test_a_stamps_words_under_two_captions_are_no_third_place(said: str) -> None:
    places = _captions("L'employeur | Le salarié", "Cap Emploi", "3 rue", said)
    assert places == ["L'employeur", "Le salarié"]


def test_a_director_beside_the_others_has_a_place() -> None:
    places = _captions("Le stagiaire | Le formateur | Le directeur")
    assert places == ["Le stagiaire", "Le formateur", "Le directeur"]


@pytest.mark.parametrize("course", ["Soudure TIG – Atelier du Geste", "CQPI Soudeur industriel"])
def test_a_courses_capitals_are_no_second_person(course: str) -> None:
    page = unsigned(
        "Calendrier de l'alternance", "Adrien ABADIE – Pompes Dardenne", course, "janvier | 5, 6, 7"
    )
    assert others.read_named([page]).fields["trainee_last_name"].value == "ABADIE"


def test_a_certificates_brackets_after_a_civility_and_its_maker_after_a_day() -> None:
    page: Leaf = unsigned(
        "Certificat de réalisation",
        "Participant : M. Laurent Gégout (Cap Emploi)",
        "Formation : soudage à l'arc",
        "Délivré le 26/01/2026 par Atelier du Geste",
    )
    fields = certificate.read([page]).fields
    assert fields["employer_name"].value == "Cap Emploi"
    assert fields["provider_name"].value == "Atelier du Geste"
