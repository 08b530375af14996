"""Contracts, agreements and CERFA forms in layouts and wordings of our own making, unlike any sample's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from dossier.reading import Box, Field, ReadBy
from extractors.french.dates import dates_in, periods_in
from extractors.french.organisations import organisation_of
from extractors.kinds import agreement, cerfa, temporary_work
from extractors.leaf import Leaf
from extractors.page import Page, Word
from extractors.spelled import joined
from tests.extractors.set_pages import placed, white
from tests.extractors.set_pages import unsigned as leaf


def values(fields: Mapping[str, Field], *names: str) -> list[object]:
    return [fields[name].value if name in fields else None for name in names]


def test_a_mission_between_parties_in_prose_and_not_its_trial() -> None:
    page = leaf(
        "Entre les soussignés",
        "Domino Staff SAS, 12 rue des Lilas, 69003 Lyon, agissant en qualité d'employeur,",
        "et",
        "Madame LEBRUN Sophie, née le 12/03/1990, demeurant à Lyon,",
        "il est conclu un contrat de mission au profit de la société Métal Ouest, entreprise utilisatrice.",
        "La mission se déroulera entre le 03/02/2025 et le 28/02/2025, avec un essai jusqu'au 05/02/2025.",
        "Fait à Lyon, le 01/02/2025",
    )
    fields = temporary_work.read_mission([page]).fields
    assert values(fields, "trainee_last_name", "employer_name", "user_company") == [
        "LEBRUN",
        "Domino Staff SAS",
        "Métal Ouest",
    ]
    assert values(fields, "start_date", "end_date") == [dt.date(2025, 2, 3), dt.date(2025, 2, 28)]


def test_a_double_first_name_cut_by_the_end_of_the_line_is_one() -> None:
    page = leaf(
        "Entre l'entreprise de travail temporaire Tremplin Intérim, 34500 Béziers, et Mme Anne-",
        "Laure PÉREZ, née le 10/12/1991, il est convenu un contrat de mission :",
        "La mission débute le 23 juin 2026 et prend fin le 31 juillet 2026.",
    )
    fields = temporary_work.read_mission([page]).fields
    assert values(fields, "trainee_first_name", "trainee_last_name") == ["Anne-Laure", "PÉREZ"]


def test_a_letterhead_of_initials_over_the_name_of_the_house() -> None:
    page = leaf(
        ("RI | CONTRAT DE MISSION", 11.0, 0.05),
        "Ras Intérim Valence",
        "133 rue de l'Industrie, 68100 Mulhouse - SIRET 737 624 957 00012",
        "Salarié intérimaire : M. SISSOKO Samuel",
        "Entreprise utilisatrice : Peintures Lafitte",
    )
    assert values(temporary_work.read_mission([page]).fields, "employer_name") == ["Ras Intérim Valence"]


def test_one_label_for_two_days_and_labels_in_brackets() -> None:
    page = leaf(
        "Votre agence (employeur)",
        "Tandem Emploi",
        "Vous travaillez chez (entreprise utilisatrice)",
        "Biscuiterie du Port",
        "Début / fin de mission",
        "09/02/2026 / 03/03/2026",
    )
    fields = temporary_work.read_mission([page]).fields
    assert values(fields, "employer_name", "user_company") == ["Tandem Emploi", "Biscuiterie du Port"]
    assert values(fields, "start_date", "end_date") == [dt.date(2026, 2, 9), dt.date(2026, 3, 3)]


def test_labels_under_their_values() -> None:
    page = placed(
        (0.1, 0.1, "Temporis"), (0.1, 0.112, "employeur"),
        (0.5, 0.1, "Métal Ouest"), (0.5, 0.112, "entreprise utilisatrice"),
        (0.5, 0.16, "03/02/2025"), (0.5, 0.172, "date de début"),
        (0.7, 0.16, "28/02/2025"), (0.7, 0.172, "date de fin"),
    )  # fmt: skip
    fields = temporary_work.read_mission([Leaf(Page(**{**vars(page.page), "see": white}))]).fields
    assert values(fields, "employer_name", "user_company") == ["Temporis", "Métal Ouest"]
    assert values(fields, "start_date", "end_date") == [dt.date(2025, 2, 3), dt.date(2025, 2, 28)]


def test_the_course_is_not_the_mission_that_follows() -> None:
    page = leaf(
        "Employeur | Adéquat Emploi",
        "Bénéficiaire | DUPRÉ Marc",
        "Parcours | Du 03/02/2025 au 28/02/2025 – 140 heures",
        "Mission suivante | Du 10/03/2025 au 30/04/2025 – 70 heures",
        "Fait à Lyon le 20/01/2025",
    )
    fields = temporary_work.read_cipi([page]).fields
    assert values(fields, "start_date", "end_date", "hours") == [
        dt.date(2025, 2, 3),
        dt.date(2025, 2, 28),
        140 * 60,
    ]


def test_an_agreement_in_prose_with_its_price() -> None:
    page = leaf(
        "ENTRE LES SOUSSIGNÉS :",
        "Form'Alp, SARL, 38000 Grenoble, déclaration d'activité n° 82 38 00000 38, d'une part,",
        "ET Métal Ouest, SAS, 4 quai Sud, 44000 Nantes, d'autre part,",
        "Article 1 – La formation intitulée « Soudage TIG » se déroulera du 3 au 7 février 2025.",
        "Article 2 – Le prix ferme de l'action est de 1 050,00 € net de taxe, soit 30,00 € de l'heure.",
        "Fait à Grenoble le 20/01/2025",
    )
    fields = agreement.read([page]).fields
    assert values(fields, "provider_name", "customer_name") == ["Form'Alp", "Métal Ouest"]
    assert values(fields, "start_date", "end_date", "net_amount") == [
        dt.date(2025, 2, 3),
        dt.date(2025, 2, 7),
        Decimal("1050.00"),
    ]


def test_parties_at_labels_of_names_under_their_headings() -> None:
    page = leaf(
        "1. Organisme",
        "Nom | Siret | NDA",
        "Marelle Savoirs | 804 810 141 00072 | 53 24 00044 53",
        "2. Entreprise cliente",
        "Nom | Siret | Interlocuteur",
        "Actéa Emploi | 348 105 784 00026 | Amadou COËFFIC",
        "3. Prix",
        "Taux horaire | Prix total net | Acompte",
        "27,00 EUR | 3.402,00 EUR | Néant",
    )
    fields = agreement.read([page]).fields
    assert values(fields, "provider_name", "customer_name", "provider_siret", "net_amount") == [
        "Marelle Savoirs",
        "Actéa Emploi",
        "80481014100072",
        Decimal("3402.00"),
    ]


def test_a_form_with_labels_in_other_words() -> None:
    page = leaf(
        "I. Employeur",
        "Dénomination sociale : Métal Ouest",
        "II. Salarié",
        "NOM DUPRÉ Prénom Marc",
        "Date naiss. : 01/02/1998",
        "III. Tutorat",
        "Nom et prénom du tuteur PETIT Anne",
        "IV. Nature et durée",
        "Type | CDD",
        "Le contrat prend effet le 03/02/2025 et expire le 02/02/2026.",
        "V. Formation",
        "SIRET de l'organisme : 348 105 784 00026",
        "Heures de formation : 420 | dont ens. gén. : 84",
    )
    fields = cerfa.read([page]).fields
    names = values(fields, "trainee_last_name", "trainee_first_name", "tutor_last_name", "contract_kind")
    assert names == ["DUPRÉ", "Marc", "PETIT", "cdd"]
    assert values(fields, "birth_date", "start_date", "end_date") == [
        dt.date(1998, 2, 1),
        dt.date(2025, 2, 3),
        dt.date(2026, 2, 2),
    ]
    assert values(fields, "provider_siret", "general_hours") == ["34810578400026", 84 * 60]


def test_a_kind_of_contract_by_its_code_and_the_legend() -> None:
    page = leaf("CONTRAT", "Mode contractuel | 2 | 1 : CDI – 2 : CDD – 3 : travail temporaire")
    assert values(cerfa.read([page]).fields, "contract_kind") == ["cdd"]


def _cells(text: str, left: float, pitch: float = 0.02) -> list[Word]:
    return [
        Word(sign, Box(left + pitch * at, 0.1, left + pitch * at + 0.008, 0.112))
        for at, sign in enumerate(text)
        if sign != " "
    ]


def _joined(*words: Word) -> list[str]:
    page = Page(1, 595.0, 842.0, ReadBy.TEXT, words, (), white)
    (made,) = joined([Leaf(page)])
    return [run.text for row in made.view.rows for run in row]


def test_letters_in_cells_are_words_set_off_from_their_label() -> None:
    label = Word("Nom", Box(0.1, 0.1, 0.14, 0.112))
    assert _joined(label, *_cells("EL HADJI", 0.145)) == ["Nom", "EL HADJI"]


def test_two_figures_are_a_number_only_where_the_page_has_cells() -> None:
    assert _joined(*_cells("35", 0.1)) == ["3 5"] or _joined(*_cells("35", 0.1)) == ["3", "5"]
    assert "35" in _joined(*_cells("35", 0.1), *_cells("804810141", 0.4))


def test_dates_spelt_out_and_joined_by_signs() -> None:
    text = "du vingt-cinq avril deux mille vingt-cinq (25/04/2025) au deux mai deux mille vingt-cinq"
    (period,) = periods_in(text)
    assert (period.first.date, period.last.date) == (dt.date(2025, 4, 25), dt.date(2025, 5, 2))
    assert dates_in("premier mars deux mille vingt-six")[0].date == dt.date(2026, 3, 1)


def test_what_a_paper_is_called_is_no_house() -> None:
    for words in ("EXEMPLAIRE SALARIÉ", "Contrat d'insertion professionnelle", "Lieu de la formation"):
        assert organisation_of(words) is None
    found = organisation_of("SASU Vire Emploi 804 810 141 00072")
    assert found is not None
    assert found.name == "SASU Vire Emploi"


def test_labels_over_their_values_in_two_columns_that_are_not_level() -> None:
    page = placed(
        (0.07, 0.1, "Convention simplifiée de formation"),
        (0.52, 0.177, "Lieu"), (0.07, 0.19, "Action"), (0.52, 0.191, "Cergy"),
        (0.07, 0.204, "Soudure à l'arc en atelier"),
        (0.52, 0.231, "Montant net"), (0.07, 0.244, "Durée totale"), (0.52, 0.245, "2 079,00 €"),
        (0.07, 0.258, "77 heures"),
    )  # fmt: skip
    fields = agreement.read([page]).fields
    assert values(fields, "training_title", "hours", "net_amount") == [
        "Soudure à l'arc en atelier",
        77 * 60,
        Decimal("2079.00"),
    ]
