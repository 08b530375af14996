"""Agreements, contracts and undertakings in wordings and places that no list foresaw."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from dossier.reading import Field
from extractors.kinds import agreement, cerfa, notices, others, temporary_work
from extractors.kinds.course_facts import days_of
from extractors.kinds.course_hours import hours_of_course
from tests.extractors.set_pages import unsigned as leaf


def value(found: Field | None) -> object:
    return found.value if found is not None else None


def test_hours_of_which_some_are_practice() -> None:
    page = leaf("Durée de la formation : 140 heures, dont 28 heures de pratique")
    assert value(hours_of_course([page])) == 140 * 60


def test_days_that_a_contract_may_move_are_not_its_own() -> None:
    page = leaf(
        "Date de début | Date de fin | Souplesse",
        "22/11/2024 | 08/01/2025 | du 05/01/2025 au 13/01/2025",
    )
    days = days_of([page])
    assert (value(days.first), value(days.last)) == (dt.date(2024, 11, 22), dt.date(2025, 1, 8))


def test_a_price_and_a_duration_at_labels_of_other_words() -> None:
    fields = agreement.read(
        [
            leaf(
                "Durée par stagiaire | 126 h",
                "Coût horaire | 29,90 €",
                "Prix global de l'action | 3 767,40 €",
            )
        ]
    ).fields
    assert fields["net_amount"].value == Decimal("3767.40")
    assert fields["hours"].value == 126 * 60


def test_a_party_named_at_a_label_without_a_colon() -> None:
    fields = agreement.read(
        [
            leaf(
                "Entreprise signataire",
                "Raison sociale SA Synapse Industrie",
                "Adresse 23 avenue de l'Europe",
                "N° SIRET 804 810 141 00072",
            )
        ]
    ).fields
    assert fields["customer_name"].value == "SA Synapse Industrie"


def test_the_user_company_at_its_name_and_not_after_its_role() -> None:
    form = leaf("ENTREPRISE UTILISATRICE", "Raison sociale | SIRET", "Logis'Est | 95284574100018")
    assert temporary_work.read_mission([form]).fields["user_company"].value == "Logis'Est"
    prose = leaf("64100 Bayonne, entreprise utilisatrice. | Protection sociale. Caisse complémentaire")
    assert "user_company" not in temporary_work.read_mission([prose]).fields


def test_a_tutor_in_the_agency_is_no_agency() -> None:
    page = leaf(
        "L'entreprise de travail temporaire",
        "Dénomination : Sud Emploi",
        "Tuteur dans l'agence : Luc Fauchère",
    )
    assert temporary_work.read_cipi([page]).fields["employer_name"].value == "Sud Emploi"


def test_a_charter_is_signed_by_who_undertakes() -> None:
    page = leaf(
        "Je soussigné(e) Wilfried Castagnet, suivi(e) par la Mission locale, m'engage", "L'agence Sud ETTI"
    )
    assert others.read_charter([page]).fields["trainee_last_name"].value == "Castagnet"


def test_a_block_over_both_columns_of_a_form() -> None:
    page = leaf(
        "Employeur | | | Titulaire du contrat",
        "Raison sociale : Forges | | | Nom de naissance : PETIT",
        "Contrat | | | Tuteur en entreprise",
        "Conclu le 06/08/2025 | | | Nom : ROUX",
        "Formation",
        "Organisme principal : Campus | | | Durée totale : 182 h",
    )
    fields = cerfa.read([page]).fields
    assert fields["trainee_last_name"].value == "PETIT"
    assert fields["tutor_last_name"].value == "ROUX"
    assert fields["training_hours"].value == 182 * 60


def test_parties_of_whom_one_is_registered_as_a_trainer() -> None:
    page = leaf(
        "CONVENTION DE FORMATION",
        "ENTRE",
        "La société Atelier du Lac, dont le siège est situé 139 route de Paris, 80000 Amiens,",
        "SIRET 732 829 320 00074, déclarée comme prestataire de formation sous le n° 44806165980,",
        "d'une part,",
        "ET",
        "Froid Savoyard, EURL, 4 avenue de l'Europe, SIRET 956 006 290 00087, ci-après le bénéficiaire,",
        "d'autre part,",
        "1. OBJET",
        "La première séance a lieu le vendredi 16 mai 2025 et la dernière le vendredi 6 juin 2025. Le",
        "volume est de cent cinq heures (105 h).",
    )
    fields = agreement.read([page]).fields
    assert fields["provider_name"].value == "Atelier du Lac"
    assert fields["provider_siret"].value == "73282932000074"
    assert fields["customer_name"].value == "Froid Savoyard"
    assert (fields["start_date"].value, fields["end_date"].value) == (
        dt.date(2025, 5, 16),
        dt.date(2025, 6, 6),
    )
    assert fields["hours"].value == 105 * 60


def test_the_hours_of_a_tables_last_row() -> None:
    page = leaf("Séquence | Heures | Prix", "Théorie | 30 | 450,00 €", "Total | 77 | 1 155,00 €")
    assert value(hours_of_course([page])) == 77 * 60


def test_a_heading_over_several_amounts_is_no_price() -> None:
    page = leaf(
        "Séquence | Prix", "Théorie | 112,50 €", "Pratique | 202,50 €", "Total de l'action | 315,00 €"
    )
    assert agreement.read([page]).fields["net_amount"].value == Decimal("315.00")


def test_a_worn_label_for_moved_days() -> None:
    page = leaf(
        "Date de début | Date de fin | Sauplesse", "23/06/2025 | 11/08/2025 | du 08/08/2025 au 16/08/2025"
    )
    days = days_of([page])
    assert (value(days.first), value(days.last)) == (dt.date(2025, 6, 23), dt.date(2025, 8, 11))


def test_hours_in_words_and_again_in_figures() -> None:
    page = leaf("Le volume est de cent soixante-quinze heures et trente minutes (175,5 h) en tout.")
    assert value(hours_of_course([page])) == 175 * 60 + 30


def test_the_day_a_paper_was_made_is_no_day_of_training() -> None:
    lines = ["Certificat de formation au tutorat", *["Le tuteur accueille, transmet, évalue."] * 6]
    page = leaf(*lines, "Inès RENAULD a suivi la formation de tuteur achevée le", "Lyon, le 08/12/2025")
    assert "trained_on" not in notices.read_tutor([page]).fields
