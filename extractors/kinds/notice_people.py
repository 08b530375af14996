"""The person whom a short paper is about, from its labels or from its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dossier.reading import Field, ReadBy
from extractors.candidate import LABELLED, Candidate, candidate, settle
from extractors.french.letters import fold
from extractors.french.no_names import names_nobody
from extractors.french.people import PersonFound, named_with_civility, person_of
from extractors.kinds.course_people import SCRIBBLED, in_prose
from extractors.kinds.notice_roles import beside_role, holds_office
from extractors.labels import Value as Place
from extractors.leaf import Leaf
from extractors.marks import Mark
from extractors.seek import base, name_order, places
from extractors.signatures import above_closing
from extractors.view import Passage

Leaves = Sequence[Leaf]


@dataclass(frozen=True, slots=True)
class Named:
    """Last and first name, each None where it was not found."""

    last: Field | None
    first: Field | None


def people_named(leaves: Leaves, role: str) -> Named:
    """The ``role`` ("trainee", "tutor") of a paper about one person.

    What a label or a sentence form announces comes first; a person named with a civility, not as who signs or
    certifies, serves where nothing does.
    """
    concepts = ("trainee", "tutor") if role == "tutor" else ("trainee",)
    pairs = list(_by_parts(leaves))
    pairs += [_candidates(p, passage, sure, 0) for p, passage, sure in _by_label(leaves, concepts)]
    pairs += [_candidates(p, passage, LABELLED, 0) for p, passage in _said(leaves)]
    if not pairs:
        pairs = [
            _candidates(one.person, one.passage, one.sure, one.standing) for one in beside_role(leaves, role)
        ]
    if not any(last.standing < 2 for last, _ in pairs):
        pairs += [_candidates(p, passage, 0.85, 1) for p, passage in _with_civility(leaves)]
    return Named(settle(last for last, _ in pairs), settle(first for _, first in pairs if first is not None))


Pair = tuple[Candidate, Candidate | None]


def _candidates(person: PersonFound, passage: Passage, sure: float, standing: int) -> Pair:
    sure = sure if person.sure or not person.first else min(sure, 0.75)
    last = candidate(person.last, passage, person.start, person.end, sure, "", standing)
    if not person.first:
        return last, None
    return last, candidate(person.first, passage, person.start, person.end, sure, "", standing)


_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ '.\-](?=[^\W\d_])|'(?=\s))*")


def _by_parts(leaves: Leaves) -> Iterator[Pair]:
    """ "Nom" and "Prénom" apart."""
    firsts = list(_names(leaves, "first_name"))
    for last in _names(leaves, "last_name"):
        yield last, firsts[0] if firsts else None


def _names(leaves: Leaves, concept: str) -> Iterator[Candidate]:
    for held in places(leaves, (concept,), wrap=False):
        place = held[0]
        match = _NAME.match(place.passage.text)
        if match is not None and 2 <= len(match[0]) <= 60:
            yield candidate(match[0], place.passage, match.start(), match.end(), base(place))


def _by_label(leaves: Leaves, concepts: Sequence[str]) -> Iterator[tuple[PersonFound, Passage, float]]:
    first_apart = any(True for _ in places(leaves, ("first_name",)))
    for person, passage, sure in _at_labels(leaves, concepts):
        if first_apart and not person.sure:
            person = PersonFound(person.whole, "", person.start, person.end, True, person.civility)
        yield person, passage, sure


def _at_labels(leaves: Leaves, concepts: Sequence[str]) -> Iterator[tuple[PersonFound, Passage, float]]:
    """The person at each label, in the first place whose words are a name and not the start of a sentence."""
    for held in places(leaves, concepts, _no_caption):
        for place in held:
            text = place.passage.text
            person = person_of(text, None if in_prose(place) else name_order(place.mark))
            if person is None or names_nobody(person.whole) or _scribbled(place, person):
                continue
            if not (person.sure or _ends(text[person.end :])):
                continue
            yield person, place.passage, base(place)
            break


def _scribbled(place: Place, person: PersonFound) -> bool:
    """A short word alone under a bare label of a page of pixels may be a hand's strokes."""
    bare = place.manner != "inline" and not place.mark.colon and not person.first
    return bare and place.passage.read_by is ReadBy.OCR and len(person.last) <= SCRIBBLED


def _no_caption(leaf: Leaf, mark: Mark) -> bool:
    """ "Le jeune", "Le salarié" under the closing line say where to sign, not who is meant."""
    return mark.colon or above_closing(leaf, mark.box)


def _ends(rest: str) -> bool:
    """What follows a name that capitals do not tell: nothing, or something set apart."""
    return re.match(r"\s*(?:$|[,;(:–-]|n[ée]+\b|\d)", rest) is not None


def _said(leaves: Leaves) -> Iterator[tuple[PersonFound, Passage]]:
    for leaf in leaves:
        for statement in leaf.said("trainee"):
            found = _person_at(statement.passage, statement.value_at)
            if found is not None:
                yield found, statement.passage


def _person_at(passage: Passage, start: int) -> PersonFound | None:
    lead = re.match(r"[\s:,]*", passage.text[start:])
    start += lead.end() if lead is not None else 0
    person = person_of(passage.text[start:])
    if person is None or not (person.civility or person.sure):
        return None
    return PersonFound(
        person.last, person.first, person.start + start, person.end + start, person.sure, person.civility
    )


_OFFICE = re.compile(
    r"(?:soussigne[es]*|represente[es]* par|signe par|president[e]?|directeur|directrice|formateur|formatrice"
    r"|assiste de)[\s,():e]*$"
)


_BRACKET = re.compile(
    r"\s*\((?!(?:(?:de )?(?:la |l')?(?:societe|entreprise|agence|ets|etablissements?|salariee?|interimaire)\b"
    r"|[^()]*\),? (?:a|ont) ))"
)
"""What tells of whoever signs or judges, "(président)", but not whom a trainee works for."""


def _with_civility(leaves: Leaves) -> Iterator[tuple[PersonFound, Passage]]:
    for leaf in leaves:
        for passage in leaf.paragraphs:
            folded = fold(passage.text)
            for person in named_with_civility(passage.text):
                before = re.sub(r"(?:m|mme|mlle|madame|monsieur|mr)\.?\s*$", "", folded[: person.start])
                if _OFFICE.search(before) is None and not _BRACKET.match(folded[person.end :]):
                    yield person, passage


def undersigned(leaves: Leaves) -> Iterator[Pair]:
    """Who speaks as "je soussigné(e) …" for himself, in no office."""
    for leaf in leaves:
        for statement in leaf.said("soussigned"):
            lead = re.match(r"[\s:,]*", statement.passage.text[statement.value_at :])
            start = statement.value_at + (lead.end() if lead is not None else 0)
            person = person_of(statement.passage.text[start:])
            if person is None or holds_office(statement.passage.text[start + person.end :]):
                continue
            begin, end = start + person.start, start + person.end
            sure = LABELLED if person.sure else 0.7
            last = candidate(person.last, statement.passage, begin, end, sure)
            yield last, candidate(person.first, statement.passage, begin, end, sure) if person.first else None
