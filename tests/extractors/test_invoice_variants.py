"""Bills in other words and other places than ours: what each says is what must be read."""

from __future__ import annotations

import pytest

from dossier.json_form import value_json
from dossier.kinds import FIELDS, Kind
from extractors.kinds.invoice import read
from extractors.leaf import Leaf
from tests.extractors.set_pages import leaf, placed

SAID: dict[str, object] = {
    "number": "F2026-118",
    "issue_date": "2026-02-03",
    "supplier_name": "Atelier du Savoir",
    "supplier_siret": "44721136800066",
    "supplier_nda": "76692062981",
    "customer_name": "Dupont et Fils",
    "request_ref": "CIPI-2026-004512",
    "trainee_last_name": "BENALI",
    "hours": "70.00",
    "unit_price": "30.00",
    "net_amount": "2100.00",
    "total_amount": "2100.00",
    "currency": "EUR",
    "credit_note": False,
}

HEAD = (
    "Atelier du Savoir",
    "3 rue du Port",
    "35000 Rennes",
    "SIRET 447 211 368 00066 – NDA 76 69 20629 81",
)
CUSTOMER = (
    "Client : Dupont et Fils",
    "12 avenue Foch, 29200 Brest",
)
EXEMPT = "TVA non applicable, art. 261-4-4° a du CGI"

LINES: dict[str, tuple[str, ...]] = {
    "colon": (
        *HEAD,
        "FACTURE N° F2026-118 du 03/02/2026",
        *CUSTOMER,
        "Dossier : CIPI-2026-004512",
        "Stagiaire : BENALI Karim",
        "Désignation | Heures | Prix horaire | Montant",
        "Conduite de chariots | 70,00 | 30,00 € | 2 100,00 €",
        "Total HT : 2 100,00 €",
        "Net à payer : 2 100,00 €",
        EXEMPT,
    ),
    "dots": (
        *HEAD,
        "FACTURE",
        "NUMERO ............ : F2026-118",
        "DATE .............. : 03/02/2026",
        *CUSTOMER,
        "VOTRE DOSSIER ..... : CIPI-2026-004512",
        "STAGIAIRE ......... : BENALI Karim",
        "NOMBRE D'HEURES ... : 70,00",
        "PRIX DE L'HEURE ... : 30,00 EUR",
        "MONTANT HT ........ : 2100,00 EUR",
        "NET A PAYER ....... : 2100,00 EUR",
        EXEMPT,
    ),
    "arrows": (
        *HEAD,
        "Facture F2026-118 – 3 février 2026",
        *CUSTOMER,
        "Dossier OPCO → CIPI-2026-004512",
        "Bénéficiaire → Karim BENALI",
        "Durée facturée → 70 h",
        "Taux horaire → 30,00 €",
        "Total hors taxe → 2 100,00 €",
        "Total à payer → 2 100,00 €",
        EXEMPT,
    ),
    "period": (
        *HEAD,
        "Facture n° F2026-118",
        "Émise le : 3 février 2026",
        *CUSTOMER,
        "Réf. financeur : CIPI-2026-004512",
        "Apprenant·e : BENALI Karim, session du 12 au 23 janvier 2026",
        "Formation | Nb heures | Coût horaire | Total",
        "Conduite de chariots | 70 | 30,00 | 2 100,00",
        "Total net de taxes | 2 100,00 €",
        "Somme à régler | 2 100,00 €",
        EXEMPT,
    ),
    "vat": (
        *HEAD,
        "FACTURE N° F2026-118",
        "Date : 03/02/2026",
        *CUSTOMER,
        "N° de dossier : CIPI-2026-004512",
        "Stagiaire : BENALI Karim",
        "Désignation | Qté | PU HT | Total HT",
        "Heures de formation | 70 h | 30,00 € | 2 100,00 €",
        "Base HT | Taux | Montant TVA | Total TTC",
        "2 100,00 € | 20 % | 420,00 € | 2 520,00 €",
    ),
    "vat_line": (
        *HEAD,
        "FACTURE N° F2026-118",
        "Date : 03/02/2026",
        *CUSTOMER,
        "N° de dossier : CIPI-2026-004512",
        "Stagiaire : BENALI Karim",
        "70 heures x 30,00 € = 2 100,00 €",
        "Total HT 2 100,00 € – TVA (20 %) 420,00 € – Total TTC 2 520,00 €",
    ),
    "avoir": (
        *HEAD,
        "AVOIR N° AV2026-7 sur facture F2026-118",
        "Date : 03/02/2026",
        *CUSTOMER,
        "Dossier : CIPI-2026-004512",
        "Stagiaire : BENALI Karim",
        "Annulation de la formation Conduite de chariots | -2 100,00 €",
        "Total HT | -2 100,00 €",
        "Net en votre faveur | -2 100,00 €",
        EXEMPT,
    ),
    "note_credit": (
        *HEAD,
        "NOTE DE CRÉDIT",
        "Numéro : AV2026-7",
        "Date : 03/02/2026",
        "Facture d'origine : F2026-118",
        *CUSTOMER,
        "Dossier : CIPI-2026-004512",
        "Stagiaire : BENALI Karim",
        "Annulation de 70 heures de formation facturées 30,00 € l'heure",
        "Total HT | -2 100,00 €",
        "Total à rembourser | -2 100,00 €",
        EXEMPT,
    ),
    "several_lines": (
        *HEAD,
        "FACTURE N° F2026-118",
        "Date de facturation : 03/02/2026",
        *CUSTOMER,
        "Dossier de prise en charge : CIPI-2026-004512",
        "Participant : Karim BENALI",
        "Semaine | Heures | Tarif | Montant",
        "Semaine 3 | 35,00 | 30,00 | 1 050,00",
        "Semaine 4 | 35,00 | 30,00 | 1 050,00",
        "Total | 70,00 |  | 2 100,00",
        "Montant total dû : 2 100,00 €",
        EXEMPT,
    ),
    "headrow": (
        *HEAD,
        "Facture | Date | Dossier",
        "F2026-118 | 03/02/2026 | CIPI-2026-004512",
        "Client | Stagiaire",
        "Dupont et Fils | BENALI Karim",
        "12 avenue Foch |",
        "29200 Brest |",
        "Heures | Prix horaire | Net à payer",
        "70,00 | 30,00 € | 2 100,00 €",
        EXEMPT,
    ),
    "contact": (
        *HEAD,
        "Votre interlocutrice : Mme Léa MARTIN",
        "FACTURE F2026-118",
        "Le 03/02/2026",
        *CUSTOMER,
        "À l'attention de M. Paul DURAND",
        "Objet : formation de Mme/M. BENALI Karim",
        "Référence de votre accord : CIPI-2026-004512",
        "Formation dispensée par Jean LEROUX",
        "70 h × 30,00 € = 2 100,00 €",
        "À payer : 2 100,00 €",
        EXEMPT,
        "Indemnité forfaitaire de recouvrement : 40,00 €",
    ),
    "opco": (
        *HEAD,
        "FACTURE N° F2026-118",
        "Date facture : 03/02/2026",
        "Facturé à : OPCO 2i",
        "55 rue de Châteaudun, 75009 Paris",
        "Pour le compte de : Dupont et Fils",
        "N° DRF : CIPI-2026-004512",
        "Salarié : BENALI Karim",
        "Heures réalisées : 70,00",
        "Coût horaire : 30,00 €",
        "Total HT : 2 100,00 €",
        "Total TTC : 2 100,00 €",
        EXEMPT,
    ),
    "eur_code": (
        *HEAD,
        "Invoice / Facture : F2026-118",
        "Date : 2026-02-03",
        *CUSTOMER,
        "Réf. : CIPI-2026-004512",
        "Stagiaire(s) : BENALI Karim",
        "Quantité (h) | P.U. (EUR) | Montant (EUR)",
        "70,00 | 30,00 | 2 100,00",
        "TOTAL NET DE TAXE (EUR) : 2 100,00",
        "À RÉGLER (EUR) : 2 100,00",
        EXEMPT,
    ),
}

PLACES = (
    (0.1, 0.05, "Atelier du Savoir"),
    (0.1, 0.066, "3 rue du Port, 35000 Rennes"),
    (0.1, 0.082, "SIRET 447 211 368 00066 – NDA 76 69 20629 81"),
    (0.1, 0.13, "FACTURE"),
    (0.1, 0.17, "F2026-118"),
    (0.35, 0.17, "03/02/2026"),
    (0.6, 0.17, "CIPI-2026-004512"),
    (0.1, 0.184, "numéro"),
    (0.35, 0.184, "date d'émission"),
    (0.6, 0.184, "n° de dossier"),
    (0.1, 0.23, "Dupont et Fils"),
    (0.1, 0.246, "12 avenue Foch"),
    (0.1, 0.262, "29200 Brest"),
    (0.1, 0.277, "client"),
    (0.6, 0.23, "BENALI Karim"),
    (0.6, 0.244, "stagiaire"),
    (0.1, 0.33, "70 h"),
    (0.35, 0.33, "30,00 €"),
    (0.6, 0.33, "2 100,00 €"),
    (0.1, 0.344, "heures facturées"),
    (0.35, 0.344, "prix horaire"),
    (0.6, 0.344, "net à payer"),
    (0.1, 0.5, "TVA non applicable, art. 261-4-4° a du CGI"),
)

OTHERS: dict[str, dict[str, object]] = {
    "vat": {
        "total_amount": "2520.00",
        "vat_amount": "420.00",
    },
    "vat_line": {
        "total_amount": "2520.00",
        "vat_amount": "420.00",
    },
    "avoir": {
        "credit_note": True,
        "hours": None,
        "net_amount": "-2100.00",
        "number": "AV2026-7",
        "total_amount": "-2100.00",
        "unit_price": None,
    },
    "note_credit": {
        "credit_note": True,
        "net_amount": "-2100.00",
        "number": "AV2026-7",
        "total_amount": "-2100.00",
    },
    "opco": {
        "customer_name": "OPCO 2i",
    },
}
"""What a bill says otherwise; None: nothing that is asked for."""


def _check(page: Leaf, other: dict[str, object]) -> None:
    fields = read([page]).fields
    wanted = {name: value for name, value in {**SAID, **other}.items() if value is not None}
    said = {
        name: value_json(fields[name].value, FIELDS[Kind.INVOICE][name]) for name in wanted if name in fields
    }
    assert said == wanted


@pytest.mark.parametrize("layout", sorted(LINES))
def test_lines(layout: str) -> None:
    _check(leaf(*LINES[layout]), OTHERS.get(layout, {}))


def test_captions() -> None:
    _check(placed(*PLACES), {})


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("Facture valant titre de recette n° TR2500158", "TR2500158"),
        ("Facture de formation professionnelle n° 2026/0118", "2026/0118"),
    ],
)
def test_a_number_after_more_words_of_the_title(title: str, number: str) -> None:
    assert read([leaf(*HEAD, title, *CUSTOMER)]).fields["number"].value == number


def test_the_number_of_another_bill_is_not_its_own() -> None:
    found = read([leaf(*HEAD, "Facture rectificative de la facture n° 2026/0118", *CUSTOMER)]).fields
    assert "number" not in found or found["number"].confidence < 0.9


def test_a_department_of_the_house_is_not_the_house() -> None:
    page = leaf("Centre du Grand Sud", "Direction administrative et financière", *HEAD[1:], *CUSTOMER)
    assert read([page]).fields["supplier_name"].value == "Centre du Grand Sud"


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("LIBELLE | QTE(H) | PU HT | MONTANT HT", "FRAIS PEDAGOGIQUES | 77,00 | 28,00 | 2 156,00"),
        (
            "Description | Quantité | Prix unitaire | Montant",
            "CQPM Monteur en équipements | 77,00 | 28,00 | 2 156,00 €",
        ),
    ],
)
def test_hours_of_a_line_whose_words_sound_like_goods(head: str, line: str) -> None:
    found = read([leaf(*HEAD, "FACTURE N° F2026-118", *CUSTOMER, head, line, "TOTAL HT : 2 156,00 €")]).fields
    assert found["hours"].value == 77 * 60


def test_a_value_in_a_cell_that_opens_with_the_colon() -> None:
    page = leaf(*HEAD, "FACTURE N° F2026-118", *CUSTOMER, "STAGIAIRE | : PACAUD Manon")
    assert read([page]).fields["trainee_last_name"].value == "PACAUD"
