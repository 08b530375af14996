"""Where one document ends and the next begins inside one file."""

from __future__ import annotations

from dossier.kinds import Kind
from extractors.parts import grouped, page_of
from tests.extractors.set_pages import Line, leaf

AGREEMENT: tuple[Line, ...] = (
    ("CONVENTION DE FORMATION", 16),
    "Entre les soussignés : Nova Formation et Start People",
    "Article 1 : objet. Article 2 : dispositions financières. Article 3 : dédit ou abandon.",
)
FURTHER: tuple[Line, ...] = (
    "Article 4 : les parties conviennent que toute inexécution partielle donnera lieu à remboursement",
    "Article 5 : le tribunal compétent est celui du siège de l'organisme, après tentative de conciliation",
)
SIGNATURES: tuple[Line, ...] = ("Fait à Nantes en deux exemplaires", "Pour l'organisme | Pour l'entreprise")
INVOICE: tuple[Line, ...] = (("FACTURE N° F-12", 15), "Formation nacelles 35 h", "Net à payer 945,00 €")
CONDITIONS: tuple[Line, ...] = (
    ("CONDITIONS GENERALES DE VENTE", 12),
    "1. Toute commande vaut acceptation. 2. Les prix s'entendent hors taxes. 3. Pénalités de retard au taux",
)
PROGRAMME: tuple[Line, ...] = (
    ("PROGRAMME DE FORMATION", 16),
    "Objectifs pédagogiques : conduire. Prérequis : aucun. Contenu : théorie, pratique, évaluation finale",
)
LETTER: tuple[Line, ...] = (
    "Électro Services, 12 rue des Tanneurs, 69007 Lyon",
    "Madame, Monsieur,",
    "Suite à notre échange téléphonique, je vous confirme que la visite des locaux aura lieu mardi prochain.",
    "Nous vous prions d'agréer l'expression de nos salutations distinguées.",
)


def sheet(day: str, title: str = "Conduite de nacelles") -> tuple[Line, ...]:
    return (
        ("FEUILLE D'ÉMARGEMENT", 15),
        f"Formation : {title}",
        "Organisme : Nova Formation – Formateur : Jean CARON",
        f"{day} matin | Signature du stagiaire | Signature du formateur",
    )


def parts(*pages: tuple[Line, ...]) -> list[tuple[Kind, tuple[int, ...]]]:
    leaves = [leaf(*lines, number=number) for number, lines in enumerate(pages, start=1)]
    return [(group.kind, tuple(one.page.number for one in group.leaves)) for group in grouped(leaves)]


def test_documents_in_any_order() -> None:
    assert parts(INVOICE, AGREEMENT, PROGRAMME, sheet("12/01")) == [
        (Kind.INVOICE, (1,)),
        (Kind.TRAINING_AGREEMENT, (2,)),
        (Kind.PROGRAMME, (3,)),
        (Kind.ATTENDANCE_SHEET, (4,)),
    ]


def test_a_contract_goes_on_without_a_title_to_its_signatures() -> None:
    assert parts(AGREEMENT, FURTHER, SIGNATURES, PROGRAMME) == [
        (Kind.TRAINING_AGREEMENT, (1, 2, 3)),
        (Kind.PROGRAMME, (4,)),
    ]


def test_conditions_belong_to_the_paper_they_are_printed_behind() -> None:
    assert parts(INVOICE, CONDITIONS, AGREEMENT) == [(Kind.INVOICE, (1, 2)), (Kind.TRAINING_AGREEMENT, (3,))]


def test_conditions_alone_are_other() -> None:
    assert parts(CONDITIONS) == [(Kind.OTHER, (1,))]


def test_sheets_of_one_training_are_one_part() -> None:
    assert parts(sheet("12/01"), sheet("13/01"), sheet("14/01")) == [(Kind.ATTENDANCE_SHEET, (1, 2, 3))]


def test_sheets_of_two_trainings_are_two() -> None:
    other: tuple[Line, ...] = (
        ("FEUILLE D'ÉMARGEMENT", 15),
        "Formation : Anglais professionnel",
        "Organisme : Clé des Langues – Formateur : Mary SMITH",
        "12/01 matin | Signature du stagiaire | Signature du formateur",
    )
    assert len(parts(sheet("12/01"), other)) == 2


def test_two_invoices_are_two_parts() -> None:
    other: tuple[Line, ...] = (("FACTURE N° F-13", 15), *INVOICE[1:])
    assert parts(INVOICE, other) == [(Kind.INVOICE, (1,)), (Kind.INVOICE, (2,))]


def test_a_page_that_says_two_of_two_goes_on_though_titled() -> None:
    first: tuple[Line, ...] = (*INVOICE, ("Page 1/2", 9, 0.95))
    second: tuple[Line, ...] = (*INVOICE, ("Page 2/2", 9, 0.95))
    assert parts(first, second, first) == [(Kind.INVOICE, (1, 2)), (Kind.INVOICE, (3,))]


def test_a_running_heading_is_no_new_title() -> None:
    running: Line = ("Convention de formation", 9, 0.03)
    first: tuple[Line, ...] = (running, *AGREEMENT, ("dernière ligne de la page", 11, 0.85))
    assert parts(first, (running, *FURTHER)) == [(Kind.TRAINING_AGREEMENT, (1, 2))]


def test_a_letter_goes_on_nothing() -> None:
    assert parts(PROGRAMME, LETTER) == [(Kind.PROGRAMME, (1,)), (Kind.OTHER, (2,))]


def bill(number: str, *lines: Line) -> tuple[Line, ...]:
    return (("FACTURE", 15), f"Facture n° {number}", "Désignation | Qté | Montant HT", *lines)


def test_pages_of_one_bill_bear_its_number_and_those_of_two_do_not() -> None:
    first = leaf(*bill("F26974", "Soudage | 3,50 | 104,65"))
    rest = leaf(*bill("F26974", "Nacelles | 3,50 | 104,65", "Net à payer 209,30 €"), number=2)
    other = leaf(*bill("F26975", "Nacelles | 3,50 | 104,65", "Net à payer 104,65 €"), number=2)
    assert [len(group.leaves) for group in grouped((first, rest))] == [2]
    assert [len(group.leaves) for group in grouped((first, other))] == [1, 1]
    whole = leaf(*bill("F26974", "Soudage | 3,50 | 104,65", "Net à payer 104,65 €"))
    assert [len(group.leaves) for group in grouped((whole, rest))] == [1, 1]


def test_a_cell_may_say_which_page_it_is() -> None:
    assert page_of(leaf("Facture n° | Date | Page", "F26974 | 01/10/2026 | 2/2")) == (2, 2)


def test_what_pages_say_of_themselves() -> None:
    assert page_of(leaf("Texte", ("Page 2 sur 4", 9, 0.95))) == (2, 4)
    assert page_of(leaf("Texte", ("2/4", 9, 0.95))) == (2, 4)
    assert page_of(leaf("Note obtenue 2/4", "Texte")) is None
    assert page_of(leaf("Groupe 1/2", "page 5/3")) is None


def test_no_page_no_part() -> None:
    assert grouped([]) == ()
