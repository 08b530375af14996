"""People whom no known label announces: in a sentence, over an address, alone with a civility."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.candidate import NEAR
from extractors.french.letters import fold, tight
from extractors.french.no_names import names_nobody
from extractors.french.people import PersonFound, named_with_civility, person_of
from extractors.kinds.course_between import people_between
from extractors.leaf import Leaf
from extractors.signatures import above_closing
from extractors.view import Passage

Leaves = Sequence[Leaf]


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody named in ``passage``; ``standing`` ranks what says that he is the trainee, 0 is best."""

    person: PersonFound
    passage: Passage
    sure: float
    standing: int


_OFFICE = re.compile(
    r"(?:soussigne[es]*|represente[es]* par|signe par|president[e]?|direct(?:eur|rice)|formateur|formatrice"
    r"|assiste de"
    r"|contact|gerant[e]?|pour|tuteur|tutrice|responsable"
    r"|(?:responsabilite|autorite|direction|conduite|encadrement|supervision|tutorat) de"
    r"|(?:encadree?|accueillie?|accompagnee?|suivie?|dispensee?|animee?|assuree?)(?:\(e\))? par)[\s,():e]*$"
)


_OTHER_LABEL = re.compile(r"^\W*(?:\d{1,2}\W{1,3})?(?P<label>[a-z][^:.,;]{2,40}?)\s*:\s*(?=\w)")
_NO_TRAINEE = re.compile(
    r"\b(?:format(?:eur|rice)|anima(?:teur|trice)|intervenante?|testeur|testeuse|evalua(?:teur|trice)|jury"
    r"|examina(?:teur|trice)|direct(?:eur|rice|ion)|responsable|gerante?|presidente?|representante?|signataire"
    r"|contact|referente?|tut(?:eur|rice)|maitre|conseill\w+|interlocut\w+|correspondante?|suivi par"
    r"|organisme|entreprise|societe|centre|adresse|lieu|site|fait|signature|cachet|visa|pour|par|redact\w+|auteur|medecin"
    r"|coordina\w+|client|employeur|agence|titre|formation|stage|action|theme|module|intitule|parcours|objet"
    r"|salle|banque|qualification|groupe)\b"
)


def at_other_label(leaves: Leaves) -> Iterator[Seen]:
    """The one person whose capitals are sure at a label that nobody listed: "Conducteur : DURAND Léa"."""
    found = []
    for leaf in leaves:
        for run in leaf.view.runs:
            match = _OTHER_LABEL.match(fold(run.text)) if ":" in run.text else None
            if match is None or _NO_TRAINEE.search(match["label"]) or not above_closing(leaf, run.box):
                continue
            person = person_of(run.text[match.end() :], True)
            if person is None or not person.sure or re.match(r"\s*\w", run.text[match.end() + person.end :]):
                continue
            moved = replace(person, start=person.start + match.end(), end=person.end + match.end())
            found.append(Seen(moved, run.passage, 0.85, 2))
    if len({tight(seen.person.whole) for seen in found}) == 1:
        yield from found


_LEADS = re.compile(
    r"(?::|\bau profit de|\baccueille(?:ra)?|\bet|\bde|\bpour|\bavec|\ba"
    r"|\b(?:delegue|detache|engage|embauche|recrute|emploie|affecte|envoie|place|mandate)(?:ra)?)\s+(?=[^\W\d_])"
)
_GOES_ON = re.compile(
    r"\s*,?\s*(?:pour une mission|en qualite|salarie|demeurant|domicilie|interimaire|stagiaire|titulaire"
    r"|aupres|chez\b|dans le cadre|au sein|a compter|comme\b|pour occuper|il est (?:conclu|convenu)"
    r"|qui\b|\.|convien|ont convenu|ont conclu|conclu|s'engage|signent|ci-apres)"
)


def in_sentence(leaves: Leaves) -> Iterator[Seen]:
    """A person whose capitals are sure, where a sentence speaks of a mission, a worker, a trainee next."""
    for leaf in leaves:
        for passage in leaf.paragraphs:
            folded = fold(passage.text)
            for match in _LEADS.finditer(folded):
                person = person_of(passage.text[match.end() :])
                if passage.text[match.start()].isupper() or _OFFICE.search(folded[: match.end()]):
                    continue  # "DE" is part of a name
                if person is None or not person.sure or sum(c.isalpha() for c in person.last) < 3:
                    continue
                if not (person.first or person.civility) or names_nobody(person.whole):
                    continue  # a word in capitals may be anything: "retraite : AGIRC-ARRCO."
                end = match.end() + person.end
                if _GOES_ON.match(folded[end:]):
                    moved = replace(person, start=person.start + match.end(), end=end)
                    yield Seen(moved, passage, 0.92, 0)


def a_party(leaves: Leaves) -> Iterator[Seen]:
    """Somebody among the parties that a contract names after "entre"."""
    for leaf in leaves:
        for person, passage in people_between(leaf):
            if not names_nobody(person.whole):
                yield Seen(person, passage, NEAR, 0)


def addressee(leaves: Leaves) -> Iterator[Seen]:
    """A person's name over an address in the right half of the head: to whom a letter goes."""
    for leaf in leaves[:1]:
        for run in leaf.view.runs:
            person = person_of(run.text) if run.box.y0 < 0.35 and run.box.x0 > 0.4 else None
            if person is None or not person.sure or run.text[person.end :].strip(" ,."):
                continue
            below = [r for row in leaf.view.rows[run.row + 1 : run.row + 4] for r in row]
            if any(abs(r.box.x0 - run.box.x0) < 0.02 and re.search(r"\b\d{5}\s", r.text) for r in below):
                yield Seen(person, run.passage, 0.9, 1)


def alone(leaves: Leaves) -> Iterator[Seen]:
    """A line that is nothing but a person with a civility, a comma at most after it."""
    for leaf in leaves:
        for run in leaf.view.runs:
            person = person_of(run.text) if run.box.y0 < 0.75 else None
            if person is not None and person.civility and not run.text[person.end :].strip(" ,."):
                yield Seen(person, run.passage, 0.9, 1)


_RUNS = re.compile(
    r"\W{0,3}(?:(?:en|agissant en) (?:sa )?qualite de\s)?"
    r"(?:president|direct(?:eur|rice)|gerante?\b|representant|format(?:eur|rice)|responsable (?:d|de|du|ped))"
)
"""An office that follows the name of who signs for a house."""


def with_civility(leaves: Leaves) -> Iterator[Seen]:
    for leaf in leaves:
        for passage in leaf.paragraphs:
            folded = fold(passage.text)
            for person in named_with_civility(passage.text):
                before = re.sub(r"(?:m|mme|mlle|madame|monsieur|mr)\.?\s*$", "", folded[: person.start])
                rest = folded[person.end :]
                if _OFFICE.search(before) is None and not (
                    rest.lstrip().startswith("(") or _RUNS.match(rest)
                ):
                    yield Seen(person, passage, 0.85, 2)
