"""Who bills whom, and which amount is the bill's, where no plain label says so."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from dossier.reading import ReadBy, Value
from extractors.candidate import Reading
from extractors.french.amounts import amounts_in
from extractors.kinds.invoice import read
from extractors.kinds.invoice_labels import says
from extractors.leaf import Leaf
from tests.extractors.set_pages import leaf, placed


def value(made: Reading, name: str) -> Value | None:
    return made.fields[name].value if name in made.fields else None


def of(*pages: Leaf) -> Reading:
    return read(list(pages))


def test_who_owes_and_to_whom_is_told_by_the_sentence() -> None:
    made = of(
        leaf(
            "NOTE D'HONORAIRES N° 041/2026",
            "La société Bois Verdon, 14 rue des Iris à Gap (05000), DOIT à Formalp, immatriculée sous le",
            "SIRET 50021111500017, pour la formation « Soudage » au profit de Madame TISSOT Lise :",
            "Total de la présente facture, net de toute taxe : 735,00 €.",
        )
    )
    assert (value(made, "supplier_name"), value(made, "customer_name")) == ("Formalp", "Bois Verdon")
    assert value(made, "trainee_last_name") == "TISSOT"


def test_the_address_that_faces_the_senders_is_the_customers_with_some_doubt() -> None:
    made = of(
        placed(
            (0.08, 0.05, "Tandem Savoie"),
            (0.08, 0.066, "27 boulevard Carnot"),
            (0.08, 0.082, "73000 Chambéry"),
            (0.6, 0.06, "Forges du Guiers"),
            (0.6, 0.076, "130 allée des Tilleuls"),
            (0.6, 0.092, "38480 Le Pont"),
            (0.08, 0.2, "FACTURE N° 2026-117"),
        )
    )
    assert (value(made, "supplier_name"), value(made, "customer_name")) == (
        "Tandem Savoie",
        "Forges du Guiers",
    )
    assert made.fields["customer_name"].confidence <= 0.8


def test_a_customers_code_is_no_name_and_facture_a_needs_no_colon() -> None:
    made = of(leaf("FACTURE N° 2026-117", "Code client : CU2601-02167", "Facturé à Transports Ribot"))
    assert value(made, "customer_name") == "Transports Ribot"


def test_a_column_of_bare_labels_gives_number_and_day_and_a_period_is_no_day() -> None:
    made = of(
        placed(
            (0.08, 0.06, "Formalp"),
            (0.08, 0.075, "FACTURE"),
            (0.08, 0.2, "PIÈCE"),
            (0.08, 0.214, "20260502-94"),
            (0.08, 0.25, "ÉDITÉE LE"),
            (0.4, 0.247, "entre le 18 avril 2026 et le 25 avril 2026"),
            (0.08, 0.264, "2 mai 2026"),
        )
    )
    assert (value(made, "number"), value(made, "issue_date")) == ("20260502-94", dt.date(2026, 5, 2))


def test_the_price_may_stand_before_the_quantity() -> None:
    made = of(
        leaf(
            "FACTURE N° 2026-117",
            "Désignation | P.U. HT | Qté | Total HT",
            "Soudage | 31,00 | 70 | 2 170,00",
            "Total HT | | | 2 170,00",
        )
    )
    assert (value(made, "hours"), value(made, "unit_price")) == (70 * 60, Decimal("31.00"))


def test_a_bill_for_a_deposit_is_not_the_price_of_the_training() -> None:
    made = of(
        leaf(
            "Facture – acompte n° AC241768",
            "Prix de la formation (convention) | | 4 233,60 €",
            "Acompte facturé, net de taxe | | 1 058,40 €",
            "Total de la présente facture : 1 058,40 €",
            "Exonération de TVA – article 261-4-4° a du CGI.",
        )
    )
    assert (value(made, "net_amount"), value(made, "total_amount")) == (Decimal("1058.40"),) * 2


@pytest.mark.parametrize(
    "line",
    [
        "STAGIAIRE TISSOT LISE",
        "Formation « Soudage » de Lise TISSOT, qui se tiendra en mai",
        "Concerne : contrat de professionnalisation de TISSOT Lise – dossier CP-2026-286053",
        "Motif : trop-perçu sur les absences de Madame Lise TISSOT",
    ],
)
def test_the_trainee_is_told_in_other_words(line: str) -> None:
    assert value(of(leaf("FACTURE N° 2026-117", line)), "trainee_last_name") == "TISSOT"


def test_two_labels_of_a_scan_each_with_its_value_are_not_one() -> None:
    page = placed(
        (0.08, 0.06, "FACTURE NO 000118"),
        (0.6, 0.1, "DATE"),
        (0.76, 0.1, "01/07/2026"),
        (0.6, 0.113, "ECHEANCE"),
        (0.76, 0.113, "31/07/2026"),
        read_by=ReadBy.OCR,
    )
    assert value(of(page), "issue_date") == dt.date(2026, 7, 1)


def test_amounts_whose_comma_was_set_apart_and_labels_of_credits() -> None:
    assert amounts_in("4480 ,00")[0].amount == Decimal("4480.00")
    assert says("Total TTC porté au crédit de votre compte")[0] == {"gross"}
    assert says("Montant hors taxes remboursé")[0] == {"net"}
    assert says("TVA à 20 % y afférente")[0] == {"vat"}
    assert says("TOTAL NET (exonéré de TVA) EN EUROS")[0] == {"net", "gross"}


def test_a_sum_that_follows_from_hours_and_their_price() -> None:
    page = leaf("FACTURE n° 98", "21 heures à 30,00 € HT de l'heure, soit 630,00 € net de taxe.")
    assert value(of(page), "total_amount") == Decimal("630.00")
    page = leaf("FACTURE n° 98", "Prix de base, soit 30,00 € HT par heure.")
    assert value(of(page), "net_amount") is None
