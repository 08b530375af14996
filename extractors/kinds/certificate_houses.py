"""Houses that a certificate names without a label: over its heading, as its maker, beside the trainee."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from dossier.reading import Field
from extractors.candidate import Candidate
from extractors.french.dates import dates_in
from extractors.french.letters import fold, tight
from extractors.french.people import person_of
from extractors.leaf import Leaf
from extractors.seek import organisation_at
from extractors.signatures import above_closing
from extractors.view import Run

Leaves = Sequence[Leaf]

_HEADING = re.compile(
    r"^\W*(?:certificat|attestation|diplome|releve|justificatif|objet|compte[- ]rendu|bulletin|annexe)\b"
)
_NO_HOUSE = re.compile(
    r"\d{4}|@|\bwww\b|:|\b(?:certificat|attestation|diplome|republique|ministere|code du travail|article|page"
    r"|date|fait|le|ref|reference|objet|exemplaire|original|copie|duplicata|madame|monsieur|service)\b|^\W*a\s"
)


def over_heading(leaves: Leaves, standing: int) -> Iterator[Candidate]:
    """The one line that stands over the heading of the paper, and is a house: whose paper it is."""
    for leaf in leaves[:1]:
        heading = next((run for run in leaf.view.runs if _HEADING.match(fold(run.text))), None)
        if heading is None or heading.box.y0 > 0.35:
            continue
        over = [run for run in leaf.view.runs if run.box.y1 <= heading.box.y0 + 0.002]
        houses = [run for run in over if _may_be_house(leaf, run)]
        if len(houses) == 1 and houses[0] is over[0]:
            made = organisation_at(houses[0].passage, 0.8, standing)
            if made is not None:
                person = person_of(str(made.value))
                named = person is not None and person.sure
                yield replace(made, confidence=0.6 if named else 0.8, note="over the heading of the paper")


def _may_be_house(leaf: Leaf, run: Run) -> bool:
    person = person_of(run.text)
    named = person is not None and person.civility
    said = _NO_HOUSE.search(fold(run.text)) is not None or dates_in(run.text) or leaf.labels.in_run(run)
    return not named and not said and run.text[:1].isupper() and 4 <= len(run.text.strip()) <= 80


_MADE_BY = re.compile(
    r"^\W*(?:(?:attestation|certificat|document)\s)?(?:etablie?|delivree?|emise?|redigee?|etabli\(e\))"
    r"(?:\s+(?:a\s[\w' -]{2,30}\s)?le\s\d[\w /.-]{5,17})?\s+par\s+"
)


def made_by(leaves: Leaves, standing: int) -> Iterator[Candidate]:
    """ "Établie par X", where X is no person."""
    for leaf in leaves:
        for run in leaf.view.runs:
            match = _MADE_BY.match(fold(run.text))
            person = person_of(run.text[match.end() :]) if match is not None else None
            if match is None or (person is not None and (person.sure or person.civility)):
                continue
            made = organisation_at(run.passage, 0.9, standing, match.end())
            if made is not None and str(made.value)[:1].isupper():
                yield made


_FOR = re.compile(r"^\W*pour (?:l'organisme|le centre|la societe)?(?: de formation)?\W*(?=\w)")


def signs_for(leaves: Leaves, standing: int, others: Collection[str]) -> Iterator[Candidate]:
    """The one house for which somebody signs below the closing line: "Pour X, la directrice".

    ``others``: folded names that the paper gives somebody else, letters and digits alone.
    """
    found = []
    for leaf in leaves:
        for run in leaf.view.runs:
            match = _FOR.match(fold(run.text)) if not above_closing(leaf, run.box) else None
            if match is None or not run.text[match.end() : match.end() + 1].isupper():
                continue
            made = organisation_at(run.passage, 0.8, standing, match.end())
            person = person_of(str(made.value)) if made is not None else None
            if made is not None and tight(str(made.value)) not in others:
                named = person is not None and person.sure and len(person.last) > 3
                found.append(replace(made, confidence=0.6 if named else 0.8, note="somebody signs for it"))
    if len({tight(str(made.value)) for made in found}) == 1:
        yield from found


_BRACKET = re.compile(
    r"^\W{0,2}\(\s*(?:(?:de )?(?:la |l')?(?:societe|entreprise|agence|ets)\s*:?\s*)?(?=[^()]*\))"
)
_NO_EMPLOYER = re.compile(
    r"\d{2}|\b(?:nee?|stagiaire|salariee?|president|direct(?:eur|rice)|gerant|formateur|formatrice|cdi|cdd|e|h|f"
    r"|alternante?|apprentie?|interimaire|tut(?:eur|rice)|responsable|matricule|epouse)\b"
)


def in_brackets(leaves: Leaves, last: Field, standing: int) -> Iterator[Candidate]:
    """The house in brackets right after the trainee's name: "Léa DURAND (société X)"."""
    name = tight(str(last.value))
    for leaf in leaves:
        for run in leaf.view.runs:
            at = run.text.find("(")
            while at >= 0:
                match = _BRACKET.match(fold(run.text[at:]))
                closed = run.text.find(")", at)
                before = run.text[:at]
                if (
                    match is not None
                    and closed > at
                    and name in tight(before[-len(str(last.value)) - 30 :])
                    and not re.search(r"(?<!\bM)[.;]\s", before[-30:])
                    and _NO_EMPLOYER.search(fold(run.text[at:closed])) is None
                ):
                    made = organisation_at(run.passage.part(0, closed), 0.9, standing, at + match.end())
                    if made is not None and str(made.value)[:1].isupper():
                        yield made
                at = run.text.find("(", at + 1)


_YOURS = re.compile(
    r"\bvotre (?:salariee?|collabora(?:teur|trice)|interimaire|agent|employee?|personnel|alternante?)\b"
)


def addressee(leaves: Leaves, provider: str, standing: int) -> Iterator[Candidate]:
    """To whom a letter about "votre salarié" goes: first line of the block set apart from the letterhead."""
    for leaf in leaves[:1]:
        yours = next((run for run in leaf.view.runs if _YOURS.search(fold(run.text))), None)
        if yours is None:
            continue
        aside = [run for run in leaf.view.runs if run.box.y1 < yours.box.y0 and run.box.x0 > 0.4]
        for run in aside:
            house = _may_be_house(leaf, run) and tight(run.text) != provider
            made = organisation_at(run.passage, 0.88, standing) if house else None
            if made is not None:
                yield replace(made, note="to whom the letter goes")
                break
