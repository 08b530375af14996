"""Names of people: last and first name told apart by capitals, civility, particles and order."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractors.french.first_names import is_first_name, may_be_first_name
from extractors.french.letters import fold
from extractors.french.no_names import LABEL_WORDS

_CIVILITY = re.compile(
    r"^\s*(?:(?:mme|mlle|madame|mademoiselle|monsieur|mrs?|m|mm)\b\.?\s*(?:/|ou)?\s*)+(?!')", re.IGNORECASE
)
_PARTICLES = {
    "de", "du", "des", "la", "le", "les", "d", "l", "da", "do", "dos", "di", "van", "von", "der", "den",
    "ben", "el", "al", "bin", "mc", "mac", "y", "e",
}  # fmt: skip
_JOINS = {"epouse", "ep", "nee", "ne", "veuve", "divorcee", "usage", "ou"}
_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|['’\-‐‑.](?=[^\W\d_]))*['’]?")


@dataclass(frozen=True, slots=True)
class PersonFound:
    """A person named at ``start:end``. ``sure``: capitals told the last name from the first.

    ``told``: they did, or a word that is hardly a last name did.
    """

    last: str
    first: str
    start: int
    end: int
    sure: bool
    civility: bool = False
    told: bool = False

    @property
    def whole(self) -> str:
        return f"{self.last} {self.first}".strip()


def _is_upper(token: str) -> bool:
    letters = [c for c in token if c.isalpha()]
    if len(letters) < 2:
        return len(letters) == 1 and letters[0].isupper() and ("'" in token or "’" in token)
    low = sum(not c.isupper() for c in letters)
    return letters[0].isupper() and letters[-1].isupper() and low <= len(letters) // 5


def _is_capital(token: str) -> bool:
    return token[:1].isupper()


_NOBODY = frozenset(
    {"aucun", "aucune", "neant", "tout", "toute", "tous", "toutes", "chaque", "nom", "prenom"}
    | {"sas", "sasu", "sarl", "eurl", "scop", "scic", "sa", "sci", "snc", "selarl", "gie", "etti", "ett"}
    | {"cqp", "cqpm", "cqpi", "cap", "bep", "bts", "deust", "caces", "sst", "ssiap", "haccp"}
)
"""Words that begin what stands where a name could, and name nobody."""


_CONSENTING = frozenset({"lu", "lue", "bon", "vu"})
_CONSENT = re.compile(r"(?:lue?\W{0,3}(?:\(?e\)?)?\s*(?:et|&)\s+approuve|bon pour|vu (?:et|pour))")
"""What is written where one signs: "Lu et approuvé", "Bon pour accord"."""


def person_of(text: str, last_first: bool | None = None) -> PersonFound | None:
    """The person whom ``text`` begins with, None when it begins with no name.

    ``last_first`` says the order where neither capitals nor a word that is only a first name do: True after
    "Nom et prénom", False in prose. A label that follows on the next line is not taken in.
    """
    civility = _CIVILITY.match(text)
    start = civility.end() if civility else len(text) - len(text.lstrip())
    tokens: list[tuple[str, int, int]] = []
    position = start
    while match := _TOKEN.match(text, position):
        token, plain = match[0], fold(match[0]).strip("'.")
        if not _is_capital(token) and plain not in _PARTICLES and plain not in _JOINS:
            break
        if plain in LABEL_WORDS and _is_capital(token):
            break
        if plain in _CONSENTING and _CONSENT.match(fold(text[match.start() : match.start() + 20])):
            break
        tokens.append((token, match.start(), match.end()))
        gap = re.match(r"[ \u00a0]+(?:\([eE]\)\s*)?|(?<=['’])", text[match.end() :])
        if gap is None and match.end() < len(text) and text[match.end()] == "(" and plain in ("ne", "nee"):
            gap = re.match(r"\([eE]\)\s+", text[match.end() :])
        if gap is None:
            break
        position = match.end() + gap.end()
    while tokens and not _is_capital(tokens[-1][0]):
        tokens.pop()
    if not tokens or len(tokens) > 9:
        return None
    last, first, sure = _told_apart([token for token, _, _ in tokens], bool(civility), last_first)
    if not last or sum(c.isalpha() for c in last) < 2 or fold(tokens[0][0]) in _NOBODY:
        return None
    told = sure or _first_names([token for token, _, _ in tokens]) is not None
    return PersonFound(last, first, tokens[0][1], tokens[-1][2], sure, bool(civility), told)


def _told_apart(tokens: list[str], civility: bool, last_first: bool | None) -> tuple[str, str, bool]:
    upper = [_is_upper(token) for token in tokens]
    if any(upper) and not all(upper):
        lead, trail = upper.index(True), len(upper) - 1 - upper[::-1].index(True)
        inside = tokens[lead : trail + 1]
        plain = [fold(t).strip("'.") for t in inside]
        whole = all(
            u or p in _PARTICLES or p in _JOINS for u, p in zip(upper[lead : trail + 1], plain, strict=True)
        )
        if whole:
            while (
                lead > 0
                and fold(tokens[lead - 1]).strip("'") in _PARTICLES
                and not _is_capital(tokens[lead - 1])
            ):
                lead -= 1
            last = tokens[lead : trail + 1]
            first = tokens[:lead] + tokens[trail + 1 :]
            return " ".join(last), " ".join(first), bool(first)
    if len(tokens) == 1:
        return tokens[0], "", upper[0]
    firsts = _first_names(tokens)
    if firsts is not None:
        first, last = (tokens[:firsts], tokens[firsts:]) if firsts > 0 else (tokens[firsts:], tokens[:firsts])
        return " ".join(last), " ".join(first), False
    by_last = last_first if last_first is not None else not civility and all(upper)
    if civility and may_be_first_name(tokens[0]) and not may_be_first_name(tokens[-1]):
        by_last = False  # "M. Laurent Gégout"
    by_last = by_last or fold(tokens[0]) in _ARTICLES
    if by_last:
        cut = 1
        while cut < len(tokens) and fold(tokens[cut - 1]).strip("'") in _PARTICLES:
            cut += 1
        return " ".join(tokens[:cut]), " ".join(tokens[cut:]), False
    return " ".join(tokens[1:]), tokens[0], False


_ARTICLES = frozenset(
    ("de", "du", "des", "la", "le", "les", "da", "do", "dos", "di", "van", "von", "der", "el")
)
"""Particles that nobody is called by alone."""


def _first_names(tokens: list[str]) -> int | None:
    """How many first names stand at the start, below zero at the end; None where the words don't tell.

    One end must be a first name that is hardly a last name, or two that may be both: "Jean Pierre Bachelet".
    """
    if len(tokens) > 2 and fold(tokens[0]) in _ARTICLES:
        return -1 if len(tokens) == 3 else None  # "De Oliveira Gérard"
    particle = next((at for at, token in enumerate(tokens) if at and token in _ARTICLES), None)
    if particle is not None and all(may_be_first_name(token) for token in tokens[:particle]):
        return particle  # "Gérard de Oliveira"
    first = [is_first_name(token) for token in tokens]
    either = [may_be_first_name(token) for token in tokens]
    start = first[0] or (len(tokens) > 2 and all(either[:2]) and not either[-1])
    end = first[-1] or (len(tokens) > 2 and all(either[-2:]) and not either[0])
    if start == end:
        return None
    row, least = (first, first[0]) if start else (first[::-1], first[-1])
    count = 1 if least else 2
    while count < len(tokens) - 1 and row[count]:
        count += 1
    return count if start else -count


def named_with_civility(text: str) -> tuple[PersonFound, ...]:
    """Every "M. X" and "Mme X" of a text, in reading order."""
    found = []
    for match in re.finditer(r"(?<![\w])(?:M|Mme|Mlle|Madame|Monsieur|Mr)\.?\s+(?=[^\W\d_])", text):
        person = person_of(text[match.start() :])
        if person is not None:
            found.append(
                PersonFound(
                    person.last,
                    person.first,
                    match.start() + person.start,
                    match.start() + person.end,
                    person.sure,
                    True,
                )
            )
    return tuple(found)


_OPENING = re.compile(
    r"(?:entre|pour|concern(?:e|ant)|objet|dossier|nom|prenom|avec|par|que|qui|de|du|des|et|a|au|le|la|les|l'|un"
    r"|une|cet?|cette|ces|son|sa|notre|nos|votre|vos|chez|sur|dans|en|fait|vu|suite|est|sont"
    r"|stagiaire|salariee?|alternante?|apprenante?|apprentie?|beneficiaire|candidate?|jeune|interimaire"
    r"|participante?|titulaire|demandeur|demandeuse|allocataire|assuree?|eleve|collabora(?:teur|trice)"
    r"|tut(?:eur|rice)|format(?:eur|rice)|direct(?:eur|rice)|gerante?|presidente?|responsable|president"
    r"|conseill(?:er|ere)|referente?|docteur|dr|maitre|agence|societe|entreprise|organisme|centre|mission"
    r"|cfa|greta|afpa|cqpm?|cqpi|titre|contrat|formation|soussignee?|representee?|signataire|employeur|client)"
    r"\b(?!-)"
)
"""Words that a capital opens a line with and that begin nobody's name."""


def people_in(text: str) -> tuple[PersonFound, ...]:
    """Everyone whom a text names with a civility or with sure capitals, in reading order."""
    found: list[PersonFound] = []
    for match in re.finditer(r"(?<![\w'’-])(?=[^\W\d_])", text):
        if found and match.start() < found[-1].end:
            continue
        opening = _OPENING.match(fold(text[match.start() : match.start() + 40]))
        capital = text[match.start()].isupper() and opening is None
        person = person_of(text[match.start() :]) if capital else None
        if person is None or not (person.civility or (person.sure and person.first)):
            continue
        start = match.start()
        found.append(replace(person, start=person.start + start, end=person.end + start))
    return tuple(found)


def ending_in_person(text: str, titled: bool = False) -> PersonFound | None:
    """The person whose name ends ``text``: in capitals that are sure or, ``titled``, after "Mme" or "M."."""
    for match in re.finditer(r"(?<![\w'’\-])(?=(?:Mme|M|Mlle|Madame|Monsieur)\b\.?\s|[^\W\d_a-z])", text):
        if len(text) - match.start() > 70:
            continue
        person = person_of(text[match.start() :])
        known = person is not None and (person.sure or (titled and person.civility))
        if person is not None and known and match.start() + person.end >= len(text) - 1:
            return replace(person, start=person.start + match.start(), end=person.end + match.start())
    return None
