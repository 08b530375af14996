"""Whom a paper about a course or a mission names: one person, or several where it lists them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dossier.reading import Field
from extractors.candidate import LABELLED, NEAR, Candidate, candidate, less_sure, settle
from extractors.french.letters import fold, tight, words_of
from extractors.french.no_names import names_nobody
from extractors.french.people import PersonFound, ending_in_person, named_with_civility, person_of
from extractors.kinds.course_between import people_between
from extractors.labels import Value as Place
from extractors.leaf import Leaf
from extractors.marks import Mark
from extractors.seek import base, name_order, next_line, places
from extractors.signatures import above_closing
from extractors.view import Passage, Run

Leaves = Sequence[Leaf]

_JOINT = re.compile(
    r"\s*(?:,|;|/|\bet\b|&|\s[-–]\s)\s*(?=(?:(?:mme|m|mlle|madame|monsieur|mr)\b\.?\s+)?[^\W\d_])"
)
_BEFORE_EMPLOYER = re.compile(
    r"\bsalariee?s?\s*(?:\(\s*e?s?\s*\))?\s+(?:de|du|d'|chez|interim)|\bne\s*\(\s*e\s*\)\s+le|\bnee?\s+le"
)
_OFFICE = re.compile(
    r"(?:soussigne[es]*|represente[es]* par|signe par|president[e]?|direct(?:eur|rice)|formateur|formatrice"
    r"|assiste de"
    r"|contact|gerant[e]?|pour|tuteur|tutrice|responsable"
    r"|(?:responsabilite|autorite|direction|conduite|encadrement|supervision|tutorat) de"
    r"|(?:encadree?|accueillie?|accompagnee?|suivie?|dispensee?|animee?|assuree?)(?:\(e\))? par)[\s,():e]*$"
)
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ '’.\-](?=[^\W\d_])|['’](?=\s))*")
_NOBODY = re.compile(
    r"^(?:le|la|les|l'|un|une|notre|votre|ce|cette|il|elle|vous|nous|je|entre|et|aux?|en|dans|fait|article)\b"
)


def _begins_with_an_article(person: PersonFound) -> bool:
    """A name that begins with an article, in capitals beside a first name: LE BERRE Céline, L'HERMITTE."""
    return person.sure and not names_nobody(person.whole)


@dataclass(frozen=True, slots=True)
class Named:
    """Last and first name, None where nobody was found; ``all`` who are named when several are."""

    last: Field | None
    first: Field | None
    all: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Seen:
    person: PersonFound
    passage: Passage
    sure: float
    standing: int


def trainees_of(leaves: Leaves, houses: Iterable[Field | None] = ()) -> Named:
    """Who follows the course: labels and sentence forms first, then who stands alone with a civility.

    ``houses``: the organisations that the paper names, whose names may look like a person's.
    """
    parts = list(_by_parts(leaves))
    named = [set(words_of(str(house.value)).split()) for house in houses if house is not None]
    seen = _people([*_by_label(leaves), *_said(leaves), *_before_employer(leaves)], named)
    if not parts and all(s.standing or not s.person.sure for s in seen):
        told = _people([*_in_sentence(leaves), *_a_party(leaves)], named)
        seen = [replace(s, standing=1) for s in seen] + told if told else seen
    if not any(s.standing == 0 for s in seen) and not parts:
        others = [*_alone(leaves), *_addressee(leaves), *_with_civility(leaves)]
        seen += _people(others or _at_other_label(leaves), named)
    top = min((s.standing for s in seen), default=0)
    several = _several([s for s in seen if s.standing == top])
    lasts = [last for last, _ in parts]
    firsts = [first for _, first in parts if first is not None]
    if not parts:
        firsts += _names(leaves, "first_name")  # "Nom du stagiaire" over "Prénom"
    for s in seen:
        last, first = _candidates(s)
        lasts.append(last)
        if first is not None:
            firsts.append(first)
    last_name, first_name = settle(_reconciled(lasts)), settle(firsts)
    if len(several) > 1 and not parts:
        note = "several people are named"
        last_name = less_sure(last_name, 0.3, note) if last_name is not None else None
        first_name = less_sure(first_name, 0.3, note) if first_name is not None else None
        return Named(last_name, first_name, several)
    return Named(last_name, first_name)


def _people(seen: Iterable[_Seen], houses: Sequence[set[str]]) -> list[_Seen]:
    """Those of whom not every word is one of a house's name."""
    return [s for s in seen if not any(set(words_of(s.person.whole).split()) <= house for house in houses)]


def _several(seen: Sequence[_Seen]) -> tuple[str, ...]:
    """Different people, as one passage lists them."""
    best: tuple[str, ...] = ()
    for passage in {id(s.passage): s.passage for s in seen}.values():
        names: dict[str, str] = {}
        for s in seen:
            if s.passage is passage:
                key = "".join(sorted(tight(s.person.whole)))
                names.setdefault(key, s.person.whole)
        if len(names) > len(best):
            best = tuple(names.values())
    return best


def _reconciled(lasts: list[Candidate]) -> list[Candidate]:
    """A last name that also takes in the first name gives way to one told apart."""
    sure = [c for c in lasts if isinstance(c.value, str) and c.confidence > 0.8]
    kept = []
    for c in lasts:
        longer = any(
            c is not s and isinstance(c.value, str) and isinstance(s.value, str)
            and c.confidence < s.confidence and tight(s.value) in tight(c.value)
            and tight(s.value) != tight(c.value)
            for s in sure
        )  # fmt: skip
        if not longer:
            kept.append(c)
    return kept


def _candidates(seen: _Seen) -> tuple[Candidate, Candidate | None]:
    person = seen.person
    sure = seen.sure if person.sure or not person.first else min(seen.sure, 0.75)
    note = "" if person.sure or not person.first else "which is the last name is not told by capitals"
    last = candidate(person.last, seen.passage, person.start, person.end, sure, note, seen.standing)
    if not person.first:
        return last, None
    return last, candidate(person.first, seen.passage, person.start, person.end, sure, note, seen.standing)


def _people_at(passage: Passage, start: int, last_first: bool | None) -> Iterator[PersonFound]:
    """The person who begins at ``start`` and those joined to them by commas or "et"."""
    text = passage.text
    lead = re.match(r"[\s:,.\-•]*(?:\d+\s+stagiaires?\s*:\s*|(?:nom|NOM|Nom)\s+(?=[A-ZÀ-Ý]))?", text[start:])
    at = start + (lead.end() if lead is not None else 0)
    for index in range(30):
        person = person_of(text[at:], last_first)
        if person is None or (_NOBODY.match(fold(text[at:])) and not _begins_with_an_article(person)):
            return
        if names_nobody(person.whole):
            return
        if index and not (person.sure or person.civility):
            return
        moved = replace(person, start=person.start + at, end=person.end + at)
        yield moved
        joint = _JOINT.match(fold(text), moved.end)
        if joint is None:
            return
        at = joint.end()


def _by_parts(leaves: Leaves) -> Iterator[tuple[Candidate, Candidate | None]]:
    """ "Nom" and "Prénom" apart, outside the sections of tutors and employers."""
    firsts = list(_names(leaves, "first_name"))
    for index, last in enumerate(_names(leaves, "last_name")):
        yield last, firsts[index] if index < len(firsts) else None


def _not_elsewhere(leaf: Leaf, mark: Mark) -> bool:
    return leaf.section_of(mark) not in ("section_tutor", "section_client")


def _names(leaves: Leaves, concept: str) -> Iterator[Candidate]:
    for held in places(leaves, (concept,), _not_elsewhere, wrap=False):
        place = held[0]
        match = _NAME.match(place.passage.text)
        if match is not None and 2 <= len(match[0]) <= 60 and not names_nobody(match[0]):
            yield candidate(match[0], place.passage, match.start(), match.end(), base(place))


SCRIBBLED = 4
"""Letters that OCR often makes of a signature under its caption."""


def in_prose(place: Place) -> bool:
    """A label that is a word of a sentence, "entre le jeune M. Marc Lanoë": its names have prose's order."""
    mark = place.mark
    before = mark.run.text[: mark.start]
    return place.manner == "inline" and not mark.colon and re.search(r"[^\W\d_]{2}", before) is not None


def _order(place: Place) -> bool | None:
    """Whether the last name comes first at a label: only where it asks for one, and in no sentence."""
    return False if in_prose(place) else name_order(place.mark)


def _by_label(leaves: Leaves) -> Iterator[_Seen]:
    apart = any(True for _ in places(leaves, ("last_name",), _not_elsewhere))
    first_apart = any(True for _ in _names(leaves, "first_name"))
    labelled = ((leaf, held) for leaf in leaves for held in places((leaf,), ("trainee",)))
    for leaf, held in labelled:
        for place in held:
            found = list(_people_at(place.passage, 0, _order(place)))
            short = leaf.ocr and bool(found) and len(found[0].last) <= SCRIBBLED
            closed = place.manner != "inline" and (short or not above_closing(leaf, place.mark.box))
            if not found or (apart and not found[0].sure) or (closed and not found[0].first):
                continue  # a word alone where he signs may be what OCR read of a hand's strokes
            plain = not (found[0].sure or found[0].civility)
            if plain and not found[0].first and not (place.manner == "inline" and place.mark.colon):
                continue
            doubt = place.manner == "below" and plain
            if len(found) == 1 and not found[0].first:
                found = [_with_first(found[0], place.passage.text)]
            if first_apart and not found[0].sure:
                found = [replace(p, last=p.whole, first="", sure=True) for p in found]
            for person in found:
                yield _Seen(person, place.passage, 0.6 if doubt else base(place), 1 if doubt else 0)
            break


def _with_first(person: PersonFound, text: str) -> PersonFound:
    """ "DURAND, Léa" and nothing more: the first name stands after a comma."""
    match = re.fullmatch(
        r"\s*,\s*(?P<first>[A-ZÀ-Ý][a-zà-ÿ]+(?:[- ][A-ZÀ-Ý][a-zà-ÿ]+)?)\W*", text[person.end :]
    )
    if match is None or not person.last.isupper():
        return person
    return replace(person, first=match["first"], end=person.end + match.end("first"), sure=True)


_OTHER_LABEL = re.compile(r"^\W*(?:\d{1,2}\W{1,3})?(?P<label>[a-z][^:.,;]{2,40}?)\s*:\s*(?=\w)")
_NO_TRAINEE = re.compile(
    r"\b(?:format(?:eur|rice)|anima(?:teur|trice)|intervenante?|testeur|testeuse|evalua(?:teur|trice)|jury"
    r"|examina(?:teur|trice)|direct(?:eur|rice|ion)|responsable|gerante?|presidente?|representante?|signataire"
    r"|contact|referente?|tut(?:eur|rice)|maitre|conseill\w+|interlocut\w+|correspondante?|suivi par"
    r"|organisme|entreprise|societe|centre|adresse|lieu|site|fait|signature|cachet|visa|pour|par|redact\w+|auteur|medecin"
    r"|coordina\w+|client|employeur|agence|titre|formation|stage|action|theme|module|intitule|parcours|objet"
    r"|salle|banque|qualification|groupe)\b"
)


def _at_other_label(leaves: Leaves) -> Iterator[_Seen]:
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
            found.append(_Seen(moved, run.passage, 0.85, 2))
    if len({tight(seen.person.whole) for seen in found}) == 1:
        yield from found


def _said(leaves: Leaves) -> Iterator[_Seen]:
    for leaf in leaves:
        for statement in leaf.said("trainee"):
            passage, start = statement.passage, statement.value_at
            if not re.search(r"\w", passage.text[start:]) or _ANNOUNCED.fullmatch(fold(passage.text[start:])):
                below = next_line(leaf, passage)
                if below is None:
                    continue
                passage, start = below, 0
            for person in _people_at(passage, start, None):
                if passage is not statement.passage and not person.first:
                    continue  # under "l'intérimaire" alone he signs
                if _HOUSE_GOES_ON.match(fold(passage.text[person.end :])):
                    continue
                if person.civility or person.sure or _goes_on(leaf, passage, person.end):
                    yield _Seen(person, passage, LABELLED, 0)


_HOUSE_GOES_ON = re.compile(
    r"\s*(?:\([^)]*\))?[\s,–-]*(?:\(?(?:siret|siren|rcs)\b|represente|sise?\b|dont le siege|au capital"
    r"|immatricule"
    r"|(?:entreprise|societe|agence|organisme)\b|\d{1,4},?\s(?:[a-z]|bis|ter))"
)
"""What a sentence goes on with after a house's name, be it written like somebody's: "Étape TT, SIRET …"."""

_ANNOUNCED = re.compile(
    r"\s*(?:(?:le|la|l')\s?)?(?:stagiaire|salariee?|beneficiaire|personne|participante?|apprenante?)\b[^.:]{0,40}:?\s*"
)
"""A sentence that leaves the name to the next line: "certifie que le stagiaire désigné ci-après :"."""

_DOES = re.compile(
    r"\s*,?\s*(?:employee?|salariee?|nee?\b|de la societe|de l'entreprise|travaillant|collabora(?:teur|trice)"
    r"|en (?:poste|fonction|activite|mission)\b"
    r"|a (?:bien |effectivement )?(?:suivi|participe|effectue|accompli|assiste|pris part))"
)
"""What a sentence goes on with after the name of somebody who was trained."""


def _goes_on(leaf: Leaf, passage: Passage, end: int) -> bool:
    """After the name, on its line or where that ends on the next, stands what somebody trained is or did."""
    if passage.text[end:].strip(" ,"):
        return _DOES.match(fold(passage.text[end:])) is not None
    below = next_line(leaf, passage)
    return below is not None and _DOES.match(fold(below.text)) is not None


def _before_employer(leaves: Leaves) -> Iterator[_Seen]:
    """ "X, salarié(e) de …", "X, né(e) le …": who stands right before."""
    for leaf in leaves:
        for passage in leaf.paragraphs:
            folded = fold(passage.text)
            for match in _BEFORE_EMPLOYER.finditer(folded):
                before = passage.text[: match.start()].rstrip(" ,–-(")
                person = ending_in_person(before)
                if person is not None:
                    yield _Seen(person, passage, NEAR, 0)
        for run in leaf.view.runs:
            over = _over(leaf, run) if re.match(_BEFORE_EMPLOYER, fold(run.text)) else None
            person = person_of(over.text) if over is not None else None
            if (
                over is not None
                and person is not None
                and person.sure
                and person.first
                and not over.text[person.end :].strip()
            ):
                yield _Seen(person, over.passage, NEAR, 0)


def _over(leaf: Leaf, run: Run) -> Run | None:
    """The line right over a run, in its column."""
    above = leaf.view.rows[run.row - 1] if run.row else ()
    near = (o for o in above if run.box.y0 - o.box.y1 < 2 * run.height)
    return next((o for o in near if o.box.x0 < run.box.x1 and o.box.x1 > run.box.x0), None)


_LEADS = re.compile(r"(?::|\bau profit de|\baccueille(?:ra)?|\bet|\bde|\bpour|\bavec|\ba)\s+(?=[^\W\d_])")
_GOES_ON = re.compile(
    r"\s*,?\s*(?:pour une mission|en qualite|salarie|demeurant|domicilie|interimaire|stagiaire|titulaire"
    r"|qui\b|\.|convien|ont convenu|ont conclu|conclu|s'engage|signent|ci-apres)"
)


def _in_sentence(leaves: Leaves) -> Iterator[_Seen]:
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
                end = match.end() + person.end
                if _GOES_ON.match(folded[end:]):
                    moved = replace(person, start=person.start + match.end(), end=end)
                    yield _Seen(moved, passage, 0.92, 0)


def _a_party(leaves: Leaves) -> Iterator[_Seen]:
    """Somebody among the parties that a contract names after "entre"."""
    for leaf in leaves:
        for person, passage in people_between(leaf):
            if not names_nobody(person.whole):
                yield _Seen(person, passage, NEAR, 0)


def _addressee(leaves: Leaves) -> Iterator[_Seen]:
    """A person's name over an address in the right half of the head: to whom a letter goes."""
    for leaf in leaves[:1]:
        for run in leaf.view.runs:
            person = person_of(run.text) if run.box.y0 < 0.35 and run.box.x0 > 0.4 else None
            if person is None or not person.sure or run.text[person.end :].strip(" ,."):
                continue
            below = [r for row in leaf.view.rows[run.row + 1 : run.row + 4] for r in row]
            if any(abs(r.box.x0 - run.box.x0) < 0.02 and re.search(r"\b\d{5}\s", r.text) for r in below):
                yield _Seen(person, run.passage, 0.9, 1)


def _alone(leaves: Leaves) -> Iterator[_Seen]:
    """A line that is nothing but a person with a civility, a comma at most after it."""
    for leaf in leaves:
        for run in leaf.view.runs:
            person = person_of(run.text) if run.box.y0 < 0.75 else None
            if person is not None and person.civility and not run.text[person.end :].strip(" ,."):
                yield _Seen(person, run.passage, 0.9, 1)


_RUNS = re.compile(
    r"\W{0,3}(?:(?:en|agissant en) (?:sa )?qualite de\s)?"
    r"(?:president|direct(?:eur|rice)|gerante?\b|representant|format(?:eur|rice)|responsable (?:d|de|du|ped))"
)
"""An office that follows the name of who signs for a house."""


def _with_civility(leaves: Leaves) -> Iterator[_Seen]:
    for leaf in leaves:
        for passage in leaf.paragraphs:
            folded = fold(passage.text)
            for person in named_with_civility(passage.text):
                before = re.sub(r"(?:m|mme|mlle|madame|monsieur|mr)\.?\s*$", "", folded[: person.start])
                rest = folded[person.end :]
                if _OFFICE.search(before) is None and not (
                    rest.lstrip().startswith("(") or _RUNS.match(rest)
                ):
                    yield _Seen(person, passage, 0.85, 2)
