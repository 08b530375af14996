"""Who is named beside a word that says what he is: "le jeune X", "X, candidate au titre", "Pour : X".

Papers whose sentences nobody foresaw still put the trainee beside such a word, above the place to sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.french.first_names import may_be_first_name
from extractors.french.letters import fold, tight
from extractors.french.people import PersonFound, people_in
from extractors.leaf import Leaf
from extractors.signatures import above_closing
from extractors.view import Passage

Leaves = Sequence[Leaf]

_TRAINEE = (
    r"(?:stagiaire|salariee?|alternante?|apprenante?|beneficiaire|candidate?|jeune|interimaire|participante?"
    r"|titulaire|demandeu(?:r|se) d'emploi|allocataire|assuree?|eleve|collabora(?:teur|trice)|apprentie?)"
)
_TUTOR = r"(?:tut(?:eur|rice)|maitre d'apprentissage)"
_MORE = r"(?:\s?[(/.·-]\s?(?:e|ne|trice|rice)\)?)?"
"""What may hang on a word: "candidat(e)", "tuteur/trice"."""

_TOPIC = re.compile(
    r"(?:^|\b)(?:pour|concerne|concernant|nom|au nom de|(?:dossier|situation|parcours|candidature|acquis"
    r"|presence|accueil|accompagnement|suivi|integration|formation|resultats?|profit|benefice|favor?eur"
    r"|travail|participation|entree|inscription|droits) (?:de|a)|relati(?:f|ve) a|entre|designe|autorise"
    r"|accueillir|recevoir|permet a|permettre a)\s*:?\s*$"
)
_OFFICE = re.compile(
    r"(?:soussigne[es]*|represente[es]* par|signe par|par|president[e]?|direct(?:eur|rice)|format(?:eur|rice)"
    r"|assiste de|gerant[e]?|responsable|contact|conseill(?:er|ere)|referent[e]?|jury|membres?|suivie? par"
    r"|evaluat(?:eur|rice)|medecin|docteur|pour le|pour la|pour l'|agence|societe|entreprise|organisme|centre"
    r"|association|chez|rue|avenue|place|boulevard)[\s,():e-]*$"
)
_HOLDS_OFFICE = re.compile(
    r"^\W{0,3}(?:en (?:sa )?qualite|president|represent|direct(?:eur|rice)|gerant|responsable"
    r"|format(?:eur|rice)|conseill|referent|charge|drh|membre|evaluat|medecin|rue\b|agissant)"
)


_TUTORS = re.compile(rf"\b{_TUTOR}[\s,:(]*$")

ALONE = 0.35
"""How sure it is that the only person named, beside no word for what he is, is the one meant: a guess."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A person, and by which kind of word he was known: ``standing`` 0 his role, 1 a topic, 2 none."""

    person: PersonFound
    passage: Passage
    sure: float
    standing: int


def beside_role(leaves: Leaves, role: str) -> tuple[Beside, ...]:
    """People named beside a word for ``role`` ("trainee", "tutor"); failing them, the only one named."""
    word = (_TUTOR if role == "tutor" else _TRAINEE) + _MORE
    before = re.compile(
        rf"\b{word}(?:\s(?:en|de|du|des|au|a|d'|mission|concernee?|designee?|suivie?|accompagnee?|nommee?"
        r"|interimaire|salariee?)\b[^.:;]{0,40})?\s*[:,–-]?\s*$"
    )
    after = re.compile(
        rf"^\s*[,(–-]?\s*(?:nee?\b[^,)]{{0,50}}[,)]\s*)?(?:en (?:sa )?qualite de )?"
        r"(?:ci-apres[^a-z]*(?:denommee?|designee?)?[^a-z]*)?"
        rf"(?:le |la |l'|en tant que |comme )?{word}\b"
    )
    found: list[Beside] = []
    others: list[Beside] = []
    for leaf in leaves:
        for passage, person in _people(leaf):
            folded = fold(passage.text)
            lead = _without_civility(folded[: person.start])
            rest = folded[person.end :]
            if before.search(lead) or after.match(rest):
                found.append(Beside(person, passage, 0.96, 0))
            elif _OFFICE.search(lead) or holds_office(rest) or (role == "trainee" and _TUTORS.search(lead)):
                continue
            elif role == "trainee" and _TOPIC.search(lead):
                found.append(Beside(person, passage, 0.92, 1))
            elif sum(char.isalpha() for char in person.last) > 2:  # "Volontaire RH" is a house
                others.append(Beside(person, passage, ALONE, 2))
    others = [one for one in others if _first_name(one.person)] or others  # "Soudure TIG" is a course
    if found or len({"".join(sorted(tight(b.person.whole))) for b in others}) != 1:
        return tuple(found)
    return tuple(others)


def _first_name(person: PersonFound) -> bool:
    return any(may_be_first_name(token) for token in person.first.split())


def holds_office(rest: str) -> bool:
    """Whether what follows a name says that he acts for a house: ", directeur de l'agence"."""
    return _HOLDS_OFFICE.match(fold(rest)) is not None


def _people(leaf: Leaf) -> Iterator[tuple[Passage, PersonFound]]:
    """Everybody whose capitals or civility are sure, above the place to sign."""
    for block in leaf.view.blocks:
        for person in people_in(block.passage.text):
            if above_closing(leaf, block.passage.box(person.start, person.end)):
                yield block.passage, person


def _without_civility(lead: str) -> str:
    return re.sub(r"(?:\b(?:m|mme|mlle|madame|monsieur|mr)\b\.?\s*(?:/|ou)?\s*)+$", "", lead)
