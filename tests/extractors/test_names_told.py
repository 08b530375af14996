"""Who a name is where capitals don't tell, and what is no name: on bills, agreements, contracts and forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from dossier.kinds import Kind
from dossier.reading import Field, ReadBy
from extractors.french.no_names import names_nobody, no_house
from extractors.french.organisations import organisation_of
from extractors.french.people import person_of
from extractors.kind import kind_of
from extractors.kinds import agreement, cerfa, invoice, temporary_work
from extractors.leaf import Leaf
from extractors.parts import grouped, page_of
from tests.extractors.set_pages import leaf, placed, unsigned, white


def values(fields: Mapping[str, Field], *names: str) -> list[object]:
    return [fields[name].value if name in fields else None for name in names]


def blank(*runs: tuple[float, float, str], read_by: ReadBy = ReadBy.TEXT) -> Leaf:
    return Leaf(replace(placed(*runs, read_by=read_by).page, see=white))


@pytest.mark.parametrize(
    ("text", "last", "first"),
    [
        ("Jean-Pierre Bachelet", "Bachelet", "Jean-Pierre"),
        ("Bachelet Jean-Pierre", "Bachelet", "Jean-Pierre"),
        ("Marie Claire Dupont", "Dupont", "Marie Claire"),
        ("TISSOT LISE", "TISSOT", "LISE"),
        ("Nora Martin", "Martin", "Nora"),
        ("Martin Nora", "Martin", "Nora"),
        ("Jean Martin", "Martin", "Jean"),
        ("De Oliveira Gérard", "De Oliveira", "Gérard"),
        ("Gérard de Oliveira", "de Oliveira", "Gérard"),
    ],
)
def test_a_first_name_tells_the_order_whatever_the_label_says(text: str, last: str, first: str) -> None:
    for last_first in (True, False, None):
        found = person_of(text, last_first)
        assert found is not None
        assert (found.last, found.first, found.told, found.sure) == (last, first, True, False)


def test_two_words_that_may_be_either_leave_the_order_to_the_label() -> None:
    by_label, in_prose = person_of("Laurent Thomas", True), person_of("Laurent Thomas", False)
    assert by_label is not None and in_prose is not None
    assert (by_label.last, in_prose.last, by_label.told) == ("Laurent", "Thomas", False)


@pytest.mark.parametrize("label", ["Période : du 1er mars", "Formation Excel", "Adresse", "SIRET 123"])
def test_a_name_ends_where_the_next_label_begins(label: str) -> None:
    found = person_of(f"M. Valentin Colas {label}")
    assert found is not None and (found.last, found.first) == ("Colas", "Valentin")
    assert person_of(label) is None


def test_labels_roles_and_other_papers_are_nobodys_name() -> None:
    assert names_nobody("Stagiaire Durée") and not names_nobody("Bachelet Jean-Pierre")
    for text in (
        "Annule la facture n° 000367",
        "Rectifie la facture 12",
        "L'entreprise cliente",
        "CQPM Contrôleur en métrologie dimensionnelle",
        "et",
        "Facture n° 12",
    ):
        assert no_house(text), text
        assert organisation_of(text) is None
    assert organisation_of("Mme Pauline BOURGOIN") is None
    for text in ("Entreprise Martin", "Centre Horizon", "Le Client Heureux"):
        assert not no_house(text), text


def test_a_bill_whose_letterhead_stands_beside_its_title() -> None:
    page = placed(
        (0.1, 0.05, "Facture"),
        (0.6, 0.05, "111 rue des Tanneurs"),
        (0.1, 0.15, "Numéro de facture"),
        (0.4, 0.15, "Bénéficiaire"),
        (0.1, 0.17, "FC00684"),
        (0.4, 0.17, "Jonathan Pichon"),
        (0.1, 0.93, "Cap Horizon – Organisme de formation déclaré sous le n° 84 29 34705 29"),
    )
    fields = invoice.read([page]).fields
    assert values(fields, "number", "trainee_last_name", "supplier_nda") == [
        "FC00684",
        "Pichon",
        "84293470529",
    ]
    assert fields["trainee_last_name"].confidence <= 0.8


def test_a_bill_laid_out_as_a_form_is_its_organisms() -> None:
    page = placed(
        (0.4, 0.06, "FACTURE 2025-541"),
        (0.1, 0.11, "Organisme"),
        (0.3, 0.11, "Cap Horizon"),
        (0.1, 0.13, "Client"),
        (0.3, 0.13, "Laiterie du Port"),
        (0.1, 0.15, "Stagiaire"),
        (0.3, 0.15, "DUFRESNE Walid"),
    )
    fields = invoice.read([page]).fields
    assert values(fields, "supplier_name", "customer_name") == ["Cap Horizon", "Laiterie du Port"]
    assert fields["supplier_name"].confidence <= 0.85


def test_a_credit_notes_supplier_is_not_the_bill_that_it_annuls() -> None:
    page = leaf(
        "AVOIR",
        "N° AV2026-033",
        "Annule la facture n° 000367",
        "Langues du Port",
        "28 rue Jules-Ferry",
        "76000 Rouen",
        "SIRET 752 829 119 00037",
    )
    assert values(invoice.read([page]).fields, "supplier_name") == ["Langues du Port"]


PROVIDER = "Cap Horizon, organisme de formation, 28 allée du Port, 66000 Perpignan, déclaration d'activité"


@pytest.mark.parametrize(
    "lines",
    [
        (
            "Entre les soussignés :",
            f"1. {PROVIDER} n° 32 66 33239 66,",
            "2. Métallerie Faure, 91 rue du Stade, 38000 Grenoble, représentée par Paul Roy,",
            "est conclue la convention suivante.",
        ),
        (
            "Entre les soussignés",
            f"a) {PROVIDER} n° 32663323966",
            "b) Métallerie Faure, 91 rue du Stade, 38000 Grenoble",
            "il est convenu ce qui suit",
        ),
        (
            f"{PROVIDER} n° 32663323966",
            "et",
            "Métallerie Faure, 91 rue du Stade, 38000 Grenoble",
            "conviennent de ce qui suit",
        ),
    ],
)
def test_parties_of_an_agreement_without_labels(lines: tuple[str, ...]) -> None:
    page = unsigned("CONVENTION DE FORMATION", *lines, "Article 1 – Objet", "Formation : Excel")
    fields = agreement.read([page]).fields
    assert values(fields, "provider_name", "customer_name") == ["Cap Horizon", "Métallerie Faure"]


def test_two_names_asked_for_under_headings_that_a_scan_lost() -> None:
    page = blank(
        (0.1, 0.05, "Convention de formation"),
        (0.1, 0.12, "Raison sociale"), (0.4, 0.12, "Métiers du Port"),
        (0.1, 0.14, "N° SIRET"), (0.4, 0.14, "32779774200019"),
        (0.1, 0.16, "N° de déclaration d'activité"), (0.4, 0.16, "75833686583"),
        (0.1, 0.22, "Raison sociale"), (0.4, 0.22, "Fromagerie Arnal"),
        (0.1, 0.24, "Représenté par"), (0.4, 0.24, "Catherine Paquet"),
    )  # fmt: skip
    fields = agreement.read([page]).fields
    assert values(fields, "provider_name", "customer_name") == ["Métiers du Port", "Fromagerie Arnal"]
    assert fields["customer_name"].confidence <= 0.85


def test_a_heading_says_in_brackets_which_party_it_is_of() -> None:
    page = unsigned(
        "CONTRAT DE MISSION",
        "L'employeur (entreprise de travail temporaire)", "Alpha Intérim", "3 place du Marché",
        "SIRET 32165498700021",
        "Le client (entreprise utilisatrice)", "Métal Ouest", "5 rue du Port", "SIRET 42165498700021",
    )  # fmt: skip
    fields = temporary_work.read_mission([page]).fields
    assert values(fields, "employer_name", "user_company") == ["Alpha Intérim", "Métal Ouest"]


def test_an_agency_at_a_label_with_its_article_and_its_client() -> None:
    page = blank(
        (0.1, 0.05, "CONTRAT DE MISSION"),
        (0.1, 0.10, "L'entreprise de travail temporaire"), (0.5, 0.10, "Alpha Intérim"),
        (0.1, 0.12, "Le client"), (0.5, 0.12, "Métal Ouest"),
        (0.1, 0.14, "Le salarié"), (0.5, 0.14, "Mme Jeanne Roux, née le 19/09/1997"),
    )  # fmt: skip
    fields = temporary_work.read_mission([page]).fields
    assert values(fields, "employer_name", "user_company", "trainee_last_name") == [
        "Alpha Intérim",
        "Métal Ouest",
        "Roux",
    ]


def test_labels_in_capitals_before_names_that_are_not() -> None:
    page = unsigned(
        "CONTRAT DE MISSION TEMPORAIRE",
        "EMPLOYEUR Alpha Insertion",
        "UTILISATEUR Transports Delcourt",
        "SALARIÉ – NOM EL KHATIB",
    )
    fields = temporary_work.read_mission([page]).fields
    assert values(fields, "employer_name", "user_company", "trainee_last_name") == [
        "Alpha Insertion",
        "Transports Delcourt",
        "EL KHATIB",
    ]


def test_hours_under_a_label_of_one_line_and_the_tutors_block_of_a_form() -> None:
    page = unsigned(
        "Contrat de professionnalisation",
        "SALARIÉ(E)",
        "Nom de naissance | Prénom",
        "KEITA | Florence",
        "TUTEUR(TRICE)",
        "Nom | Prénom",
        "POULAIN | Marion",
        "FORMATION",
        "Durée totale des actions d'évaluation, d'accompagnement et des enseignements",
        "420 heures",
        "dont enseignements généraux, professionnels et technologiques",
        "280 heures",
    )
    fields = cerfa.read([page]).fields
    assert values(fields, "trainee_last_name", "tutor_last_name", "training_hours", "general_hours") == [
        "KEITA",
        "POULAIN",
        420 * 60,
        280 * 60,
    ]


def test_a_title_ends_before_the_hint_under_its_line() -> None:
    page = unsigned(
        "CONVENTION DE FORMATION", "Intitulé : Techniques de vente (intitulé de l'action)", "Durée : 7 heures"
    )
    assert values(agreement.read([page]).fields, "training_title") == ["Techniques de vente"]


def test_a_programme_says_after_a_colon_what_it_is_about() -> None:
    page = leaf(
        ("Programme pédagogique : Soudage MAG", 16.0),
        "Jour 1 | Accueil, tour de table, positionnement. Présentation du déroulement.",
        "Jour 2 | Apports théoriques, consignes.",
        "Objectifs : être autonome.",
        "Méthodes pédagogiques : alternance.",
    )
    assert kind_of(page).kind is Kind.PROGRAMME


def test_a_bare_page_number_on_the_first_line_joins_the_pages_of_a_form() -> None:
    pages = [
        placed((0.07, 0.047, "Contrat de professionnalisation – cerfa 12434"), (0.91, 0.047, f"{number}/2"),
               (0.07, 0.1, "Employeur : Alpha"), number=number)
        for number in (1, 2)
    ]  # fmt: skip
    assert [page_of(page) for page in pages] == [(1, 2), (2, 2)]
    assert len(grouped(pages)) == 1


@pytest.mark.parametrize(
    "lines",
    [
        ("Formation Excel – stagiaire Roux Jeanne", "21 h"),
        ("Formation CACES R489 - M. Karim Roux - du 03/02/2025 au 05/02/2025",),
        ("Participant", "Karim Roux"),
    ],
)
def test_a_trainee_told_by_a_first_name_or_a_civility(lines: tuple[str, ...]) -> None:
    fields = invoice.read([leaf("FACTURE n° 98", *lines)]).fields
    assert values(fields, "number", "trainee_last_name") == ["98", "Roux"]
    assert fields["trainee_last_name"].confidence <= 0.8


def test_who_is_sent_is_no_part_of_the_house_that_he_is_sent_to() -> None:
    page = unsigned(
        "CONTRAT DE MISSION",
        "Nous mettons à la disposition de la société Métal Ouest M. Karim Benali",
        "en qualité de soudeur du 03/02/2025 au 14/02/2025.",
    )
    fields = temporary_work.read_mission([page]).fields
    assert values(fields, "user_company", "trainee_last_name") == ["Métal Ouest", "Benali"]


def test_a_house_benefits_where_the_trainee_is_asked_for_elsewhere() -> None:
    page = blank(
        (0.1, 0.05, "CONVENTION DE FORMATION"),
        (0.1, 0.10, "Dispensateur"), (0.4, 0.10, "Cap Horizon"),
        (0.1, 0.12, "Bénéficiaire"), (0.4, 0.12, "Boulangerie Martin SARL"),
        (0.1, 0.14, "Participant"), (0.4, 0.14, "Jeanne Roux"),
    )  # fmt: skip
    fields = agreement.read([page]).fields
    assert values(fields, "provider_name", "customer_name", "trainee_last_name") == [
        "Cap Horizon",
        "Boulangerie Martin SARL",
        "Roux",
    ]
    assert fields["customer_name"].confidence <= 0.75


@pytest.mark.parametrize(
    ("said", "minutes"), [("de 70 heures", 70 * 60), ("de 35 heures par semaine", None), ("de base", None)]
)
def test_a_course_of_so_many_hours(said: str, minutes: int | None) -> None:
    page = unsigned(
        "LETTRE DE MISSION FORMATION", f"Vous suivrez une formation {said} du 3 au 14 février 2025."
    )
    assert values(temporary_work.read_cipi([page]).fields, "hours") == [minutes]


def test_a_name_goes_on_alone_under_a_full_line_of_prose() -> None:
    first = "représentante légale du dispensateur de l'action concourant au développement des compétences Cap"
    page = placed(
        (0.1, 0.2, first), (0.1, 0.217, "Formation"), (0.1, 0.25, "atteste que M. Karim Mansouri a suivi")
    )  # fmt: skip
    assert any(passage.text.endswith("compétences Cap Formation") for passage in page.paragraphs)
