"""A contrat de professionnalisation as a table whose blocks are named in one tall cell on the left."""

from __future__ import annotations

from dossier.reading import ReadBy
from extractors.kinds.cerfa import read
from extractors.leaf import Leaf
from tests.extractors.ruled_pages import Sheet, level, upright


def test_a_block_begins_with_the_tall_cell_that_names_it_in_its_middle() -> None:
    sheet = Sheet(ReadBy.TEXT)
    sheet.say(200, 40, "Contrat de professionnalisation - cerfa n° 12434")
    rows = [
        ("Dénomination", "Visserie Montagnac"), ("N° SIRET de l'établissement", "63455845600055"),
        ("Adresse", "64000 Pau"), ("Effectif salarié", "75"),
        ("Nom", "CHARPENTIER"), ("Prénom", "Marie"), ("Date de naissance", "19/05/2002"),
        ("Nationalité", "1"),
        ("Nom", "QUÉMÉNEUR"), ("Prénom", "Kévin"),
    ]  # fmt: skip
    sheet.table(160, 60, [180, 180], rows)
    for first, last, name in ((0, 4, "L'EMPLOYEUR"), (4, 8, "LE SALARIÉ"), (8, 10, "LE TUTEUR")):
        top, bottom = 60 + 24 * first, 60 + 24 * last
        sheet.strokes += [level(top, 60, 160), level(bottom, 60, 160), upright(60, top, bottom)]
        sheet.say(65, (top + bottom) / 2 - 4, name)
    fields = read([Leaf(sheet.page(1))]).fields
    said = {name: field.value for name, field in fields.items() if field.value is not None}
    assert said["employer_name"] == "Visserie Montagnac"
    assert (said["trainee_last_name"], said["trainee_first_name"]) == ("CHARPENTIER", "Marie")
    assert said["tutor_last_name"] == "QUÉMÉNEUR"
