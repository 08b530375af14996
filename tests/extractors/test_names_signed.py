"""What is written or drawn where a name could stand, and is none; forms set in other ways."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dossier.reading import ReadBy
from extractors.french.organisations import organisation_of
from extractors.french.people import person_of
from extractors.kinds import agreement, cerfa, certificate, invoice, others, temporary_work
from extractors.leaf import Leaf
from extractors.page import Stroke
from extractors.seek import organisation_at
from extractors.titles import title_at
from tests.extractors.set_pages import leaf, placed, unsigned, white


@pytest.mark.parametrize("text", ["Lu et approuvé", "Bon pour accord", "Lu(e) et approuvé(e)"])
def test_words_of_consent_are_nobody(text: str) -> None:
    assert person_of(text) is None
    found = person_of(f"M. Marc-Antoine Nicolas {text}")
    assert found is not None and (found.last, found.first) == ("Nicolas", "Marc-Antoine")


def test_somebody_may_be_called_lu() -> None:
    found = person_of("LU Xun")
    assert found is not None and found.last == "LU"


def test_what_stands_beside_a_place_to_sign_is_not_who_signs() -> None:
    page = unsigned(
        "Contrat d'insertion professionnelle intérimaire",
        "Entre Escale Intérim, d'une part, et M. Bilal Lhuillier, salarié intérimaire né le 12 mai 1972,",
        "d'autre part, il est convenu ce qui suit.",
        "Fait en double exemplaire à Cergy, le 20 février 2026.",
        "Pour Escale Intérim | L'intérimaire Lu et approuvé",
    )
    assert temporary_work.read_cipi([page]).fields["trainee_last_name"].value == "Lhuillier"


def test_the_next_partys_place_is_nobody() -> None:
    page = unsigned(
        "Charte d'engagement", "Entre le jeune M. Marc Lanoë et la Mission locale.", "Le jeune | L'agence"
    )
    fields = others.read_charter([page]).fields
    assert fields["trainee_last_name"].value == "Lanoë"


@pytest.mark.parametrize("text", ["Le ou la salarié(e)", "FR76 3000 3008 3532 3886 4802 955"])
def test_no_house_is_called_so(text: str) -> None:
    assert organisation_of(text) is None


def test_a_stroke_before_a_name_is_not_the_name() -> None:
    run = leaf("I Usitech Formation", read_by=ReadBy.OCR).view.runs[0]
    made = organisation_at(run.passage, 0.9)
    assert made is not None and made.value == "Usitech Formation"


def test_centred_headings_do_not_part_a_form_in_columns() -> None:
    page = placed(
        (0.47, 0.10, "Employeur"),
        (0.06, 0.13, "Dénomination"),
        (0.47, 0.13, "SIRET"),
        (0.06, 0.15, "Engrenages Rochette"),
        (0.47, 0.15, "477 228 167 00037"),
        (0.47, 0.20, "Salarié(e)"),
        (0.06, 0.23, "Nom de naissance"),
        (0.26, 0.23, "Prénom"),
        (0.47, 0.23, "Né(e) le"),
        (0.06, 0.25, "LE GOFF"),
        (0.26, 0.25, "Gaëtan"),
        (0.47, 0.25, "02/11/2003"),
        (0.06, 0.28, "Nationalité"),
        (0.47, 0.28, "Demandeur d'emploi"),
        (0.48, 0.33, "Contrat"),
        (0.06, 0.36, "Conclu le"),
        (0.26, 0.36, "Début d'exécution"),
        (0.47, 0.36, "Fin du contrat"),
        (0.06, 0.38, "08/09/2025"),
        (0.26, 0.38, "15/09/2025"),
        (0.47, 0.38, "14/09/2026"),
        (0.06, 0.50, "Fait à Metz."),
        (0.07, 0.53, "L'employeur"),
        (0.51, 0.53, "Le ou la salarié(e)"),
    )
    fields = cerfa.read([Leaf(replace(page.page, see=white))]).fields
    names = ("employer_name", "trainee_last_name", "trainee_first_name")
    assert [fields[name].value for name in names] == ["Engrenages Rochette", "LE GOFF", "Gaëtan"]
    assert str(fields["start_date"].value) == "2025-09-15" and str(fields["end_date"].value) == "2026-09-14"


def test_the_rules_of_a_spreadsheet_end_no_address() -> None:
    lines = ("Électro-Bobinage Vial", "104 rue Ampère", "10000 Troyes")
    page = placed(
        (0.08, 0.06, "Novatech Apprentissage"),
        (0.08, 0.08, "64 rue de l'Industrie"),
        (0.08, 0.10, "50000 Saint-Lô"),
        (0.08, 0.12, "NDA 24502954468"),
        *((0.55, 0.18 + 0.02 * at, line) for at, line in enumerate(lines)),
        (0.08, 0.26, "Total HT"),
        (0.80, 0.26, "2 156,00 €"),
    ).page
    rules = tuple(Stroke(0.05, 0.056 + 0.02 * at, 0.95, 0.056 + 0.02 * at) for at in range(12))
    fields = invoice.read([Leaf(replace(page, strokes=rules, see=white))]).fields
    assert fields["customer_name"].value == "Électro-Bobinage Vial"


def test_how_a_course_is_followed_up_is_not_its_title() -> None:
    page = unsigned(
        "1 - Objet",
        "L'organisme réalise l'action Étanchéité des toitures au bénéfice de Mme Yasmine Sissoko.",
        "3 - Moyens et suivi",
        "Feuilles de présence signées par demi-journée, évaluation continue, certificat de réalisation.",
        "Fait à Lyon le 20/01/2025",
    )
    assert agreement.read([page]).fields["training_title"].value == "Étanchéité des toitures"


def test_a_certificates_trainee_is_who_works_somewhere_not_who_runs_the_house() -> None:
    page = unsigned(
        "Certificat de réalisation",
        "Mosaïque Apprentissages certifie que",
        "Alban Beauchêne",
        "de l'entreprise Horizon TT Jura",
        "a participé à la formation",
        "Vendeur conseil en magasin",
        "Délivré à Laval | Mme Émeline Guillemot, gérante",
    )
    fields = certificate.read([page]).fields
    assert (fields["trainee_last_name"].value, fields["trainee_first_name"].value) == ("Beauchêne", "Alban")


def test_a_title_whose_beginning_is_lost_is_doubtful() -> None:
    line = leaf("inoxydable perfectionnement", read_by=ReadBy.OCR).view.runs[0].passage
    made = title_at(line, 0.95)
    assert made is not None and made.confidence <= 0.5
