"""Certificates: every layout of ours, hours done told from hours foreseen, one trainee told from several."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random

import numpy as np
import pytest

from dossier.json_form import value_json
from dossier.kinds import FIELDS, Kind
from dossier.quantities import Minutes
from dossier.reading import Box, ReadBy
from extractors.kinds.certificate import read
from extractors.leaf import Leaf
from extractors.page import Page, Word
from extractors.pages import pages_of
from samples.documents import certificate
from samples.drawn import draw
from samples.maker import sample_facts
from samples.style import style
from tests.extractors.set_pages import Line, leaf, placed


def seen(*lines: Line, read_by: ReadBy = ReadBy.TEXT) -> Leaf:
    """The page of these lines on white paper: nobody signed it."""
    return on_white(leaf(*lines, read_by=read_by).page)


def at_places(*runs: tuple[float, float, str]) -> Leaf:
    return on_white(placed(*runs).page)


def on_white(page: Page) -> Leaf:
    white = np.full((2339, 1653, 3), 255, np.uint8)
    return Leaf(Page(1, page.width, page.height, page.read_by, page.words, (), lambda: white))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("layout", sorted(certificate.LAYOUTS))
def test_reads_what_was_drawn(layout: str, seed: int) -> None:
    rng = random.Random(f"{layout}|{seed}")
    facts = sample_facts(rng, Kind.CERTIFICATE)
    made = draw(Kind.CERTIFICATE, certificate.LAYOUTS, facts, style(rng), rng, layout)
    fields = read([Leaf(page) for _, page in pages_of(made.pdf) if page is not None]).fields
    for name, want in made.fields.items():
        assert name in fields, name
        assert value_json(fields[name].value, FIELDS[Kind.CERTIFICATE][name]) == want, name


FORM = (
    "Certificat de réalisation",
    "Organisme de formation | Atelier du Savoir",
    "Bénéficiaire | BENALI Karim",
    "Entreprise | Dupont et Fils",
    "Intitulé | Conduite de chariots",
    "Dates | du 12/01/2026 au 23/01/2026",
)


def test_hours_foreseen_are_not_hours_done() -> None:
    fields = read([seen(*FORM, "Durée prévue | 70 heures", "Durée réalisée | 63 h 30")]).fields
    assert fields["hours"].value == Minutes(63 * 60 + 30)
    assert fields["planned_hours"].value == Minutes(70 * 60)


def test_hours_foreseen_alone_prove_nothing() -> None:
    fields = read([seen(*FORM, "Durée prévue | 70 heures")]).fields
    assert fields["planned_hours"].value == Minutes(70 * 60)
    assert "hours" not in fields


def test_how_long_papers_are_kept_is_no_duration_of_the_course() -> None:
    fields = read(
        [seen(*FORM, "Les pièces sont conservées pendant une durée de 3 ans à compter du paiement.")]
    ).fields
    assert "hours" not in fields


def test_several_trainees_are_all_named() -> None:
    lines = [line.replace("BENALI Karim", "BENALI Karim, ROUX Léa") for line in FORM]
    reading = read([seen(*lines, "Durée réalisée | 70 heures")])
    assert reading.names == ("BENALI Karim", "ROUX Léa")
    assert reading.fields["trainees"].value == "BENALI Karim ; ROUX Léa"
    assert reading.fields["trainee_last_name"].confidence < 0.5


def test_a_day_that_no_calendar_has_stays_unread() -> None:
    lines = [line.replace("23/01/2026", "31/02/2026") for line in FORM]
    end = read([seen(*lines)]).fields["end_date"]
    assert end.value is None
    assert "31/02/2026" in end.note


def test_first_day_after_the_last_is_doubtful() -> None:
    lines = [line.replace("23/01/2026", "09/01/2026") for line in FORM]
    fields = read([seen(*lines)]).fields
    assert fields["start_date"].value == dt.date(2026, 1, 12)
    assert fields["start_date"].confidence <= 0.5
    assert fields["end_date"].confidence <= 0.5


def test_the_ministry_model_word_for_word() -> None:
    fields = read(
        [
            seen(
                "CERTIFICAT DE REALISATION",
                "Je soussigné(e) Hélène MARCHAND",
                "représentant légal du dispensateur de l'action concourant au développement des compétences",
                "Atelier du Savoir",
                "atteste que :",
                "Mme/M. Karim BENALI",
                "salarié(e) de l'entreprise Dupont et Fils",
                "a suivi l'action Conduite de chariots",
                "qui s'est déroulée du 12/01/2026 au 23/01/2026",
                "pour une durée de 70 heures",
                "Fait à : Rennes",
                "Le : 26/01/2026",
                "Cachet et signature du responsable du dispensateur de formation",
            )
        ]
    ).fields
    told = {name: field.value for name, field in fields.items()}
    assert told["provider_name"] == "Atelier du Savoir"
    assert (told["trainee_last_name"], told["trainee_first_name"]) == ("BENALI", "Karim")
    assert told["employer_name"] == "Dupont et Fils"
    assert told["training_title"] == "Conduite de chariots"
    assert told["hours"] == Minutes(4200)
    assert told["issued_on"] == dt.date(2026, 1, 26)
    assert told["signed"] is False
    assert told["stamped"] is False


def test_a_diploma_that_names_without_labels() -> None:
    fields = read(
        [
            seen(
                "Attestation de formation",
                "décernée à",
                "Clément MARCHAND",
                "Ateliers Perrin",
                "pour avoir suivi du mardi 13 janvier 2026 au vendredi 16 janvier 2026",
                "la formation Conduite de chariots élévateurs",
                "d'une durée de 28 heures",
            )
        ]
    ).fields
    said = {name: fields[name].value for name in ("trainee_last_name", "training_title", "employer_name")}
    assert said == {
        "trainee_last_name": "MARCHAND",
        "training_title": "Conduite de chariots élévateurs",
        "employer_name": "Ateliers Perrin",
    }
    assert (fields["start_date"].value, fields["end_date"].value) == (
        dt.date(2026, 1, 13),
        dt.date(2026, 1, 16),
    )
    assert fields["employer_name"].confidence < 0.8, "nothing says that it employs"


def test_the_person_stands_under_the_sentence_in_its_own_column() -> None:
    lines = (
        (0.40, 0.13, "L'organisme Atelier du Savoir certifie que"),
        (0.07, 0.15, "Atelier du Savoir"),
        (0.40, 0.17, "MARCHAND Clément"),
        (0.40, 0.21, "a suivi la formation"),
        (0.40, 0.24, "Conduite de chariots"),
    )
    fields = read([at_places(*lines)]).fields
    assert fields["trainee_last_name"].value == "MARCHAND"


def test_the_company_said_right_after_the_person_employs() -> None:
    said = "certifie que M. Brice MARCHAND, de la société Ateliers Perrin, a effectué la totalité du stage"
    fields = read([seen("Attestation", f"L'organisme Atelier du Savoir {said} intitulé Conduite.")]).fields
    assert fields["employer_name"].value == "Ateliers Perrin"


def test_the_company_is_that_of_the_person_of_whom_it_is_certified() -> None:
    said = "Je soussignée, Mme Lise Martin, de la société Atelier du Savoir, certifie que Mme Anne Petit"
    lines = (f"{said}, de la société Ateliers Perrin,", "a participé à la formation « Conduite ».")
    fields = read([seen("Certificat de réalisation", *lines)]).fields
    assert fields["employer_name"].value == "Ateliers Perrin"


def test_what_stands_under_the_nature_of_an_action_is_no_label_of_its_title() -> None:
    lines = (
        (0.08, 0.10, "Formation"), (0.08, 0.12, "Anglais professionnel"),
        (0.08, 0.20, "Type d'action"), (0.52, 0.20, "Organisme"),
        (0.08, 0.22, "Action de formation"), (0.52, 0.22, "Atelier du Savoir"),
    )  # fmt: skip
    assert read([at_places(*lines)]).fields["training_title"].value == "Anglais professionnel"


def test_a_sentence_that_runs_over_wide_set_lines_of_a_scan() -> None:
    lines = (
        (
            0.12,
            0.300,
            "Je soussigné(e) Isabelle POIRIER, présidente de Novalys Campus, organisme déclaré sous le 32",
        ),
        (
            0.12,
            0.322,
            "59 35 50 639, atteste par la présente que Fatima Charpentier, employé(e) par Ateliers Perrin,",
        ),
        (0.12, 0.344, "a participé à la formation Conduite de chariots organisée du 19/08/2024 au"),
        (
            0.12,
            0.366,
            "20/08/2024 à Dunkerque. Cette formation, d'une durée effective de 12 heures, a été suivie.",
        ),
    )
    fields = read([on_white(placed(*lines, read_by=ReadBy.OCR).page)]).fields
    assert fields["trainee_last_name"].value == "Charpentier"
    assert fields["trainee_last_name"].confidence < 0.8, "capitals do not tell the last name"
    assert fields["training_title"].value == "Conduite de chariots"
    assert fields["employer_name"].value == "Ateliers Perrin"
    assert (fields["start_date"].value, fields["end_date"].value) == (
        dt.date(2024, 8, 19),
        dt.date(2024, 8, 20),
    )


def test_a_heading_over_lines_with_labels_heads_and_names_nobody() -> None:
    lines = (
        "Organisme", "Raison sociale | Centre Technique Perrin", "SIRET | 53350812300015",
        "Bénéficiaire", "Nom | MARCHAND", "Prénom | Léa", "Entreprise | Dupont et Fils",
    )  # fmt: skip
    fields = read([seen(*lines)]).fields
    assert fields["provider_name"].value == "Centre Technique Perrin"
    assert fields["employer_name"].value == "Dupont et Fils"


def test_a_legal_form_begins_no_persons_name() -> None:
    fields = read([seen("SAS Duval Formation", "Certificat de réalisation", *FORM[3:])]).fields
    assert "trainee_last_name" not in fields


@pytest.mark.parametrize("name", ["LE BERRE Céline", "L'HERMITTE Clément", "DE LA TOUR Inès"])
def test_a_name_may_begin_with_an_article(name: str) -> None:
    fields = read([seen(*(line.replace("BENALI Karim", name) for line in FORM))]).fields
    assert f"{fields['trainee_last_name'].value} {fields['trainee_first_name'].value}" == name


def test_the_number_of_a_note_is_no_duration() -> None:
    page = leaf(*FORM, ("Pour une durée de ............", 11.0, 0.42)).page
    last = page.words[-1].box
    note = Word("2", Box(last.x1 + 0.004, last.y0 - 0.0035, last.x1 + 0.012, last.y1 - 0.0055))
    page = dataclasses.replace(page, words=(*page.words, note))
    assert "hours" not in read([on_white(page)]).fields
