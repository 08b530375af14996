"""Two columns of running text, whose lines need not stand level, are laid out each by itself."""

from __future__ import annotations

from dossier.reading import Box
from extractors.gutter import gutter_of
from extractors.layout import lines_of
from extractors.page import Word

LEFT = (
    "Entre l'entreprise de travail temporaire",
    "dont le siège est dans la ville voisine",
    "et le salarié qui est mis à disposition",
    "de la scierie nommée dans cet acte même",
    "la mission commence au lendemain et prend",
    "fin avec la saison, sauf report du terme",
    "dans les conditions prévues par la loi",
)
RIGHT = (
    "poste de cariste, non cadre, qui ne figure",
    "pas sur la liste des postes dits à risque",
    "rémunération versée le douze de chaque mois",
    "période d'essai de deux jours travaillés",
    "protection sociale et caisse de retraite",
    "l'embauche du salarié par l'utilisateur à",
    "l'issue de la mission reste bien possible",
)


def words(texts: tuple[str, ...], x: float, y: float) -> list[Word]:
    found = []
    for index, text in enumerate(texts):
        left, top = x, y + 0.016 * index
        for token in text.split():
            found.append(Word(token, Box(left, top, left + 0.0085 * len(token), top + 0.009)))
            left += 0.0085 * len(token) + 0.006
    return found


def test_a_narrow_blank_parts_two_columns_of_prose() -> None:
    held = gutter_of(lines_of([*words(LEFT, 0.1, 0.2), *words(RIGHT, 0.5, 0.206)]))
    assert held is not None
    assert 0.45 < held.x < 0.5
    left, right, other = held.parts(words(LEFT, 0.1, 0.2))
    assert (len(right), len(other)) == (0, 0)
    assert len(left) == sum(len(text.split()) for text in LEFT)


def test_short_cells_and_figures_have_no_gutter() -> None:
    cells = tuple(f"Semaine {n}" for n in range(10, 18))
    days = tuple(f"{n}/03/2026 35 h 7 h 7 h 7 h 7 h {n}" for n in range(10, 18))
    assert gutter_of(lines_of([*words(cells, 0.1, 0.2), *words(days, 0.5, 0.2)])) is None
