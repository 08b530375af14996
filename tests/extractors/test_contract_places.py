"""Contracts whose labels and places to sign stand as forms set them: small, in brackets, in a row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import numpy as np

from dossier.kinds import Kind
from dossier.reading import Field, ReadBy
from extractors.kind import kind_of
from extractors.kinds import agreement, temporary_work
from extractors.leaf import Leaf
from extractors.page import Picture, Stroke, Word
from extractors.signatures import Signing
from tests.extractors.set_pages import leaf, placed, unsigned


def values(fields: Mapping[str, Field], *names: str) -> list[object]:
    return [fields[name].value if name in fields else None for name in names]


def small(page: Leaf, *labels: str) -> Leaf:
    """The page with these words in letters of two thirds the height."""

    def set_small(word: Word) -> Word:
        box = word.box
        top = box.y1 - (box.y1 - box.y0) * 2 / 3
        return replace(word, box=replace(box, y0=top)) if word.text in labels else word

    return Leaf(replace(page.page, words=tuple(set_small(word) for word in page.page.words)))


def test_a_label_in_smaller_letters_needs_no_colon() -> None:
    page = unsigned(
        "AGENCE Besançon | CONTRAT 17",
        "EMPLOYEUR Tandem Emploi | SIRET 24701018400056",
        "SALARIÉ – NOM DUTRÔNE | PRÉNOM Léa",
        "UTILISATEUR Biscuiterie du Port",
    )
    labels = ("AGENCE", "EMPLOYEUR", "SALARIÉ", "NOM", "PRÉNOM", "UTILISATEUR", "SIRET", "CONTRAT")
    fields = temporary_work.read_mission([small(page, *labels)]).fields
    assert values(fields, "employer_name", "user_company") == ["Tandem Emploi", "Biscuiterie du Port"]
    assert values(fields, "trainee_last_name", "trainee_first_name") == ["DUTRÔNE", "Léa"]
    assert "employer_name" not in temporary_work.read_mission([leaf("Employeur Tandem Emploi")]).fields


def test_labels_that_ask_and_say_in_brackets_who_it_is() -> None:
    page = unsigned(
        "Qui forme ? | Atelier Nord, 59000 Lille",
        "Pour le compte de qui ? | Métal Ouest, 44000 Nantes",
        "À quoi ? | Soudage TIG",
        "Combien de temps ? | 35 heures",
        "À quel prix ? | 1 050,00 EUR hors taxe",
    )
    fields = agreement.read([page]).fields
    assert values(fields, "provider_name", "customer_name", "training_title", "net_amount") == [
        "Atelier Nord",
        "Métal Ouest",
        "Soudage TIG",
        Decimal("1050.00"),
    ]
    assert values(fields, "hours") == [35 * 60]
    mission = unsigned(
        "2 Client (utilisateur) | Biscuiterie du Port – 3 quai Sud, 44000 Nantes",
        "3 Durée de la mission | du lundi 3 mars 2025 au vendredi 28 mars 2025 inclus",
        "4 Période d'essai | 3 jours travaillés, jusqu'au 05/03/2025",
    )
    fields = temporary_work.read_mission([mission]).fields
    assert values(fields, "user_company", "end_date") == ["Biscuiterie du Port", dt.date(2025, 3, 28)]


def test_a_letter_says_where_and_when_but_not_who_is_in_charge() -> None:
    page = unsigned(
        "Monsieur Alban ROCHEFORT",
        "Nous vous confions une mission auprès de notre client utilisateur Métal Ouest, sur son site.",
        "Cette mission, motivée, débutera le trois mars deux mille vingt-cinq (03/03/2025) pour",
        "s'achever le vingt-huit mars deux mille vingt-cinq (28/03/2025).",
        "Vous travaillerez sous la responsabilité de Monsieur Noé DA COSTA. Votre salaire est de 12 euros.",
    )
    fields = temporary_work.read_mission([page]).fields
    assert values(fields, "user_company", "trainee_last_name") == ["Métal Ouest", "ROCHEFORT"]
    assert values(fields, "start_date", "end_date") == [dt.date(2025, 3, 3), dt.date(2025, 3, 28)]


def test_hours_after_two_days_and_not_those_of_the_mission() -> None:
    page = unsigned(
        "Votre parcours comprendra une période de formation, assurée par Atelier Nord :",
        "début 22-08-2025, fin 18-09-2025, 140h00 ; puis une mission chez Métal Ouest :",
        "début 23-09-2025, fin 20-10-2025, 70h00 au minimum.",
    )
    fields = temporary_work.read_cipi([page]).fields
    assert values(fields, "start_date", "end_date", "hours") == [
        dt.date(2025, 8, 22),
        dt.date(2025, 9, 18),
        140 * 60,
    ]


def test_three_parties_side_by_side_and_values_under_the_middle_of_their_labels() -> None:
    page = placed(
        (0.14, 0.10, "L'organisme"), (0.41, 0.10, "L'agence d'emploi, cliente"),
        (0.70, 0.10, "L'entreprise utilisatrice"),
        (0.10, 0.125, "Atelier Nord"), (0.40, 0.125, "Tandem Emploi"), (0.70, 0.125, "Biscuiterie du Port"),
        (0.10, 0.14, "SIRET 804 810 141 00072"), (0.40, 0.14, "SIRET 348 105 784 00026"),
        (0.70, 0.14, "SIRET 247 010 184 00056"),
        (0.14, 0.30, "Intitulé du stage"), (0.50, 0.30, "Du"), (0.66, 0.30, "Au"), (0.80, 0.30, "Coût HT"),
        (0.12, 0.32, "Opérateur en soudage"), (0.47, 0.32, "03/02/2025"), (0.63, 0.32, "07/02/2025"),
        (0.79, 0.32, "1050.00 €"),
        (0.10, 0.36, "Annulation à moins de cinq jours : une indemnité de 200,00 € est due par stagiaire."),
    )  # fmt: skip
    fields = agreement.read([Leaf(replace(page.page, see=blank))]).fields
    assert values(fields, "provider_name", "customer_name", "training_title", "net_amount") == [
        "Atelier Nord",
        "Tandem Emploi",
        "Opérateur en soudage",
        Decimal("1050.00"),
    ]


def blank() -> Picture:
    return np.full((1170, 827, 3), 255, np.uint8)


def test_a_price_with_tax_is_not_the_price_without() -> None:
    fields = agreement.read([unsigned("TVA 20 % : 448,00 €", "Total TTC : 2 688,00 €")]).fields
    assert "net_amount" not in fields


def test_kinds_by_what_the_title_says_and_not_by_the_dossier_number() -> None:
    letter = leaf("Lettre valant convention de formation professionnelle", "Dossier CIPI-2025-123456")
    assert kind_of(letter).kind is Kind.TRAINING_AGREEMENT
    terms = leaf(
        "CONDITIONS PARTICULIÈRES DE LA CONVENTION N° 726",
        "Articles L. 6353-1 à L. 6353-2 du code du travail",
        "CONDITIONS GÉNÉRALES",
    )
    assert kind_of(terms).kind is Kind.TRAINING_AGREEMENT
    assert kind_of(leaf("CDPI – fiche contractuelle", "Nom | DURAND")).kind is Kind.CIPI_CONTRACT


def test_a_day_of_signing_is_no_place_to_sign_and_a_rule_parts_places() -> None:
    page = placed(
        (0.1, 0.35, "Date de signature"), (0.1, 0.37, "03/02/2025"),
        (0.18, 0.44, "Pour l'organisme, le 02/06/2025"), (0.62, 0.44, "Pour l'entreprise, le 03/06/2025"),
        (0.10, 0.50, "Karine GABORIT"), (0.52, 0.50, "Maxime FLÉCHARD"),
    )  # fmt: skip
    ruled = Leaf(replace(page.page, see=blank, strokes=(Stroke(0.5, 0.43, 0.5, 0.55),)))
    places = Signing([ruled]).places
    assert [place.role for place in places] == ["provider", "customer"]
    assert places[0].box.x1 == 0.5 == places[1].box.x0


def test_strokes_of_a_hand_read_as_letters_name_nobody_for_sure() -> None:
    lines = (("Fait à Reims, le 10/01/2024", 11.0, 0.6), "L'intérimaire", "KES", "L'agence", "AS")
    page = leaf(*lines, read_by=ReadBy.OCR)
    fields = temporary_work.read_mission([Leaf(replace(page.page, see=blank))]).fields
    assert "trainee_last_name" not in fields
    assert "employer_name" not in fields or fields["employer_name"].confidence < 0.5


def test_labels_of_two_days_in_one_block_stay_apart() -> None:
    page = leaf(
        "Premier jour de formation | 25 juin 2024",
        "Dernier jour de formation | 15 juillet 2024",
        "Durée individuelle | 105 heures",
    )
    fields = agreement.read([Leaf(replace(page.page, see=blank))]).fields
    assert values(fields, "start_date", "end_date") == [dt.date(2024, 6, 25), dt.date(2024, 7, 15)]


def test_a_label_over_the_heading_of_who_is_sent_names_nobody() -> None:
    page = placed(
        (0.1, 0.10, "CONTRAT DE MISSION"),
        (0.1, 0.13, "SIRET"),
        (0.4, 0.13, "247 010 184 00056"),
        (0.1, 0.148, "Salarié intérimaire"),
        (0.1, 0.166, "Nom"),
        (0.4, 0.166, "BENALI"),
        (0.1, 0.184, "Prénom"),
        (0.4, 0.184, "Karim"),
    )
    fields = temporary_work.read_mission([page]).fields
    assert values(fields, "trainee_last_name", "trainee_first_name") == ["BENALI", "Karim"]
    assert fields["trainee_last_name"].confidence > 0.9
