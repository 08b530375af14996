"""Contracts of a mission, letters and certificates: forms of two columns, heads over values, sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest

from dossier.reading import Box, Field, ReadBy
from extractors.captions import captions_of
from extractors.french.hours import hours_of
from extractors.french.organisations import organisation_of
from extractors.french.people import person_of
from extractors.kinds import cerfa, certificate, temporary_work
from extractors.kinds.cerfa_ticks import contract_kinds
from extractors.known_labels import concepts_of, levelled
from extractors.leaf import Leaf
from extractors.received import received
from tests.extractors.set_pages import placed, white
from tests.extractors.set_pages import unsigned as leaf


def values(fields: Mapping[str, Field], *names: str) -> list[object]:
    return [fields[name].value if name in fields else None for name in names]


def laid(*runs: tuple[float, float, str]) -> Leaf:
    """Runs in their places on white paper, signed by nobody."""
    return Leaf(replace(placed(*runs).page, see=white))


def form(*lines: tuple[str, str], top: float = 0.08) -> Leaf:
    return laid(
        *(
            cell
            for index, (label, value) in enumerate(lines)
            for cell in ((0.08, top + 0.024 * index, label), (0.42, top + 0.024 * index, value))
        )
    )


def test_a_form_of_two_columns_has_no_value_in_its_next_label() -> None:
    page = form(
        ("Agence", "12 rue des Tanneurs, 63000 Clermont-Ferrand"),
        ("Matricule de l'agent", "55120"),
        ("Société utilisatrice", "Fonderie du Lac"),
        ("Poste", "vendeur"),
        ("Motif", "Emploi saisonnier au titre de l'article L. 1251-6"),
        ("Début de mission", "30/04/2026"),
        ("Fin de mission", "10/06/2026"),
    )
    fields = temporary_work.read_mission([page]).fields
    assert values(fields, "employer_name", "user_company") == [None, "Fonderie du Lac"]


@pytest.mark.parametrize(
    "label",
    [
        "Nom et prénom de l'intérimaire",
        "Nom, prénom du salarié délégué",
        "Salarié temporaire",
        "Identité du travailleur temporaire",
    ],
)
def test_who_is_sent_whatever_he_is_called(label: str) -> None:
    assert concepts_of(levelled(label)) == frozenset(("trainee",))


@pytest.mark.parametrize(
    ("label", "concept"),
    [
        ("Vous commencez le", "start"),
        ("Votre mission se termine le", "end"),
        ("Le contrat prend effet le", "start"),
        ("La formation s'achève le", "end"),
    ],
)
def test_a_label_that_is_a_sentence_of_a_day(label: str, concept: str) -> None:
    assert concept in (concepts_of(levelled(label)) or ())


def test_one_agency_delegates_somebody_to_a_house() -> None:
    page = leaf(
        "La société Relais Emploi délègue M. Karim BENALI auprès de Charcuterie du Pont, 3 place du",
        "Marché, 35500 Vitré, du mercredi 11 mars 2026 au jeudi 16 avril 2026 inclus.",
        "Caisse de retraite complémentaire : AGIRC-ARRCO. Prévoyance : AG2R.",
    )
    fields = temporary_work.read_mission([page]).fields
    assert values(fields, "trainee_last_name", "employer_name", "user_company") == [
        "BENALI",
        "Relais Emploi",
        "Charcuterie du Pont",
    ]


@pytest.mark.parametrize(
    ("said", "agency"),
    [
        (
            "Article 1. Escale Intérim engage Mme Léa DURAND dans le cadre d'un contrat de type CIPI.",
            "Escale Intérim",
        ),
        (
            "L'agence Escale Intérim, 3 rue du Port, recrute M. Paul DURAND pour la formation qui suit.",
            "Escale Intérim",
        ),
        (
            "Dans le cadre de votre contrat à durée indéterminée conclu avec Rebond ETTI, vous suivez :",
            "Rebond ETTI",
        ),
    ],
)
def test_an_agency_that_engages(said: str, agency: str) -> None:
    fields = temporary_work.read_cipi(
        [leaf("Contrat de travail CIPI", said, "du 03/02/2026 au 12/02/2026")]
    ).fields
    assert values(fields, "employer_name") == [agency]
    assert "trainee_last_name" not in fields or fields["trainee_last_name"].value == "DURAND"


def test_a_house_in_capitals_is_nobody() -> None:
    assert person_of("Rebond ETTI") is None
    assert person_of("Mission Ouest TT") is None
    assert person_of("Paul ETTORI") is not None


def test_the_capitals_of_a_contract_tell_the_order_under_its_captions() -> None:
    page = leaf(
        "Entre l'agence susnommée et Mme DELMOTTE Dalila, il est conclu un contrat de mission.",
        "La mission débute le 26/02/2026 et prend fin le 24/03/2026.",
        "Fait à Dax, le 25 février 2026",
        "L'intérimaire",
        "Mme Dalila Delmotte",
    )
    assert values(temporary_work.read_mission([page]).fields, "trainee_last_name", "trainee_first_name") == [
        "DELMOTTE",
        "Dalila",
    ]


def test_the_hours_of_a_course_named_in_quotation_marks() -> None:
    for said in (
        "Ce qui est prévu : une formation « Aide-coffreur bancheur » de 81 heures, assurée par Iris.",
        "Le salarié suit l'action « Peinture ». La durée de la formation est de 81 heures.",
    ):
        assert values(
            temporary_work.read_cipi([leaf("Contrat de formation CIPI", said)]).fields, "hours"
        ) == [4860]


def test_a_value_in_its_turn_under_heads_of_which_one_is_unknown() -> None:
    page = laid(
        *((0.16, 0.24, "Période"), (0.475, 0.24, "Contenu"), (0.8, 0.24, "Durée")),
        *(
            (0.09, 0.264, "07/04/2026 au 07/05/2026"),
            (0.36, 0.264, "Formation : Façadier peintre"),
            (0.73, 0.264, "154 h"),
        ),
        (0.36, 0.28, "Atelier des Gestes"),
        *((0.09, 0.3, "À l'issue"), (0.36, 0.3, "Mission en entreprise"), (0.73, 0.3, "selon contrat")),
    )
    assert values(temporary_work.read_cipi([page]).fields, "hours") == [9240]


def test_a_head_over_several_figures_has_no_one_value() -> None:
    page = laid(
        *((0.31, 0.24, "Séquence"), (0.65, 0.24, "Heures"), (0.81, 0.24, "Prix")),
        *((0.09, 0.264, "Apports"), (0.72, 0.264, "30"), (0.84, 0.264, "450,00 €")),
        *((0.09, 0.288, "Pratique"), (0.72, 0.288, "47"), (0.84, 0.288, "705,00 €")),
    )
    assert values(temporary_work.read_cipi([page]).fields, "hours") == [None]


def test_a_number_of_a_note_is_no_duration() -> None:
    page = leaf(
        "CERTIFICAT DE RÉALISATION",
        "Mme Maëva TCHOUMI a suivi l'action Propreté en milieu industriel du 20/01/2026 au 02/02/2026",
        "pour une durée de (nombre d'heures réalisées ou, en cas d'apprentissage, de mois réalisés) 70",
        "heures 2",
    )
    assert values(certificate.read([page]).fields, "hours") == [4200]


def test_minutes_in_words_on_the_next_line() -> None:
    assert hours_of("cent cinquante heures et trente minutes") is not None
    page = leaf(
        "Certificat de réalisation",
        "a bien suivi la formation Soudeur, du 30 mars 2026 au 30 avril 2026, pour un volume horaire"
        " réalisé de cent cinquante heures",
        "trente minutes (150,5 h).",
    )
    assert values(certificate.read([page]).fields, "hours") == [9030]


def test_hours_in_a_cell_of_their_own_beside_the_days() -> None:
    page = laid(
        (0.1, 0.1, "Certificat de réalisation"),
        (0.1, 0.2, "LENORMAND Axelle a suivi l'action de formation"),
        *((0.12, 0.3, "du 22/01/2026 au 05/02/2026"), (0.4, 0.3, "73 h 30"), (0.55, 0.3, "présentiel")),
    )
    assert values(certificate.read([page]).fields, "hours") == [4410]


def test_words_that_point_to_the_title_below_are_none() -> None:
    page = laid(
        (0.3, 0.1, "CERTIFICAT DE RÉALISATION"),
        (0.1, 0.19, "Anne Roy, gérante de Tremplin du Val, déclare que Mme Ingrid YILDIZ (Groupe Solstice"),
        (0.1, 0.206, "Intérim) a suivi l'action de formation ci-dessous :"),
        (0.3, 0.24, "Plaquiste : cloisons et doublages"),
        (0.1, 0.28, "Session du 19/02/2026 au 05/03/2026."),
    )
    fields = certificate.read([page]).fields
    assert values(fields, "training_title", "employer_name") == [
        "Plaquiste : cloisons et doublages",
        "Groupe Solstice Intérim",
    ]


def test_a_long_hint_of_a_form_before_a_house() -> None:
    page = leaf(
        "CERTIFICAT DE RÉALISATION",
        "Je soussignée Anne Roy, représentant légal du dispensateur de l'action concourant au développement",
        "des compétences (raison sociale du dispensateur de formation ou de l'employeur en interne)",
        "Envol Pédagogie atteste que :",
        "Mme/M. (prénom et nom du bénéficiaire) Maëva TCHOUMI",
    )
    assert values(certificate.read([page]).fields, "provider_name") == ["Envol Pédagogie"]


def test_an_association_that_is_called_so() -> None:
    called, spoken = organisation_of("Association La Fabrique"), organisation_of("l'association La Fabrique")
    assert called is not None and called.name == "Association La Fabrique"
    assert spoken is not None and spoken.name == "La Fabrique"


def test_the_day_of_a_signature_is_no_place_to_sign() -> None:
    page = laid(
        (0.1, 0.3, "Signature le"),
        (0.1, 0.32, "06/01/2026"),
        *((0.1, 0.4, "L'employeur"), (0.5, 0.4, "Le salarié")),
    )
    assert all("Signature le" not in run.text for group in captions_of(page) for run in group)


def test_days_under_heads_of_a_mission() -> None:
    page = laid(
        *((0.08, 0.2, "MISSION DU"), (0.26, 0.2, "AU"), (0.44, 0.2, "QUALIFICATION")),
        *((0.08, 0.212, "24/02/2026"), (0.26, 0.212, "26/03/2026"), (0.44, 0.212, "aide-coffreur")),
    )
    assert values(temporary_work.read_mission([page]).fields, "start_date", "end_date") == [
        dt.date(2026, 2, 24),
        dt.date(2026, 3, 26),
    ]


@pytest.mark.parametrize(
    ("label", "concept"),
    [
        ("Nom de l'ETT", "agency"),
        ("Raison sociale de l'entreprise utilisatrice", "user_company"),
        ("Dénomination de l'agence d'emploi", "agency"),
    ],
)
def test_whose_name_a_label_asks_for(label: str, concept: str) -> None:
    assert concept in (concepts_of(levelled(label)) or ())


@pytest.mark.parametrize(
    ("line", "kind"),
    [("CDD ou CDI : CDD", "cdd"), ("Contrat CDI/CDD : CDI", "cdi"), ("CDD ou CDI ? CDI", "cdi")],
)
def test_a_kind_of_contract_after_the_label_that_names_both(line: str, kind: str) -> None:
    assert [found.value for found in contract_kinds(leaf(line, "L'employeur"))] == [kind]


def test_a_worn_kind_of_contract_is_doubted() -> None:
    page = Leaf(replace(leaf("CDD ou CDI : CPD").page, read_by=ReadBy.OCR))
    assert [(found.value, found.confidence < 0.8) for found in contract_kinds(page)] == [("cdd", True)]


def test_a_stamp_of_arrival_is_nobodys_who_signs() -> None:
    page = placed((0.35, 0.583, "REÇU LE"), (0.36, 0.596, "22/04/2026"), (0.3, 0.8, "Ateliers du Val"))
    assert received(page, Box(0.34, 0.57, 0.5, 0.62))
    assert not received(page, Box(0.28, 0.78, 0.5, 0.84))


def test_a_block_of_a_cerfa_named_beside_its_lines() -> None:
    page = laid(
        *((0.07, 0.124, "Employeur"), (0.22, 0.124, "Dénomination : Compresseurs du Midi")),
        (0.22, 0.137, "SIRET : 535 141 956 00057"),
        *((0.07, 0.19, "Salarié(e)"), (0.22, 0.19, "Nom de naissance : SANOGO")),
        (0.22, 0.204, "Prénom : Jérémy"),
        *((0.07, 0.256, "Tuteur"), (0.22, 0.256, "Nom : HÉNAFF")),
        *((0.07, 0.36, "Formation"), (0.22, 0.36, "Organisme de formation : Institut du Jura")),
    )
    assert values(cerfa.read([page]).fields, "employer_name", "trainee_last_name", "tutor_last_name") == [
        "Compresseurs du Midi",
        "SANOGO",
        "HÉNAFF",
    ]


def test_a_title_that_goes_on_after_a_comma() -> None:
    page = leaf("CERTIFICAT", "Intitulé de l'action : Génie civil, parcours durable")
    assert values(certificate.read([page]).fields, "training_title") == ["Génie civil, parcours durable"]


def test_no_house_is_called_by_a_civility() -> None:
    assert organisation_of("M. Tanguy") is None
    assert organisation_of("Mme Anne Roy") is None


def test_what_puts_into_practice_sends_nobody() -> None:
    page = leaf(
        "CONTRAT DE MISSION",
        "Employeur : Kiwi Intérim",
        "Justification : accroissement d'activité. La mission fait suite à une formation",
        "et met en pratique les compétences acquises.",
    )
    assert values(temporary_work.read_mission([page]).fields, "employer_name") == ["Kiwi Intérim"]


def test_a_last_day_on_the_next_line_of_its_cell() -> None:
    for joint in ("au", "-"):
        page = laid(
            *((0.1, 0.2, "Période"), (0.4, 0.2, "Contenu"), (0.75, 0.2, "Durée")),
            *(
                (0.1, 0.225, f"28/01/2026 {joint}"),
                (0.4, 0.225, "Formation : Cariste"),
                (0.75, 0.225, "91 h"),
            ),
            (0.1, 0.241, "13/02/2026"),
        )
        assert values(temporary_work.read_cipi([page]).fields, "start_date", "end_date") == [
            dt.date(2026, 1, 28),
            dt.date(2026, 2, 13),
        ]


def test_the_head_of_a_public_school_certifies() -> None:
    page = leaf(
        "ÉDUCATION NATIONALE",
        "CERTIFICAT DE RÉALISATION",
        "Je soussignée Mme Jade El Haddad, proviseure ordonnatrice du GRETA des Hautes Vallées",
        "certifie que Mme Maud DROUET a suivi l'action de développement des compétences",
        "Agent de service hospitalier",
    )
    fields = certificate.read([page]).fields
    assert values(fields, "provider_name", "training_title") == [
        "GRETA des Hautes Vallées",
        "Agent de service hospitalier",
    ]


def test_whom_a_form_asks_for_after_two_civilities() -> None:
    for line in (
        "M./Mme (nom et prénom du stagiaire) DROUET Maud",
        "Mme/M. (prénom et nom du bénéficiaire) Maud DROUET",
    ):
        page = Leaf(replace(leaf("CERTIFICAT DE RÉALISATION", line).page, read_by=ReadBy.OCR, see=white))
        assert values(certificate.read([page]).fields, "trainee_last_name") == ["DROUET"]


def test_a_short_value_under_its_label_on_a_scan_is_no_part_of_it() -> None:
    page = Leaf(replace(leaf("Nature du contrat", "CDD").page, read_by=ReadBy.OCR))
    close = Leaf(
        replace(placed((0.1, 0.3, "Nature du contrat"), (0.1, 0.313, "CDD")).page, read_by=ReadBy.OCR)
    )
    for one in (page, close):
        assert [found.value for found in contract_kinds(one)] == ["cdd"]


def test_what_a_house_is_by_law_is_not_its_name() -> None:
    found = organisation_of("Alliance Technique Association loi 1901")
    assert found is not None and found.name == "Alliance Technique"
