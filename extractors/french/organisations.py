"""Names of organisations: cut out of what stands around them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.french.letters import fold
from extractors.french.no_names import no_house
from extractors.french.people import person_of

_LEAD = re.compile(
    r"^\s*(?:[-:•·,]\s*|\d\s*[).]\s*|(?:raison sociale|denomination(?: sociale)?)\s*:?\s+(?=\S)"
    r"|(?:la\s+|l'|le\s+)?"
    r"(?:societe|entreprise|organisme(?: de formation)?|association|etablissement|agence|ste)"
    r"\s+(?!de\b|du\b|d'|[a-z]+(?:elle|[ao]ise|ale|enne|ique|ive|aine|ante)\s+[a-z])|l'(?=organisme )"
    r"|(?:aupres|chez)\s+(?:de\s+)?)+"
)
"""What introduces a name. "Société" before an adjective is part of one: "Société Nouvelle Perrin"."""

_COMMON = re.compile(r"(?:[Ll]e )?(?:centre|organisme|institut|cabinet)(?: de formation)? (?=[A-ZÀ-Ý])")
"""A word that says what a house is, without a capital: "Le centre de formation Atelier du Savoir"."""

_TAIL = re.compile(
    r"""\s*(?:
      [,;|()]
    | \s\d{5}\s(?=[a-z]{2})
    | \s[-·•:]\s
    | \s/\s(?=\d)
    | \bet\s(?:m|mme|mlle|monsieur|madame)\b\.?\s
    | \s(?:m\.|mme|mlle|monsieur|madame)\s(?=[a-z])
    | \ben\squalite\b
    | \s(?:du|le)\s\d
    | \s(?:met|vous|nous|suit|certifie|atteste)\s
    | \b(?:siret|siren|rcs|nda|n°|tva|naf|ape)\b
    | \s\d{3}\s?\d{3}\s?\d{3}\b
    | \b(?:represente|ci-apres|dont|sis|sise|domicilie|situe|immatricule|enregistre|inscrit|declare|ayant)
    | \sa\s(?:m|mme|mlle|monsieur|madame)\b
    | \squi(?:\s|$)
    | \set\s(?:anime|dispense|organise|realise|assure|facture)e?s?\spar\s
    | \s(?:a\s)?conclu(?:t|ent)?\s
    | \b(?:atteste|certifie|entreprise\sde\stravail|entreprise\sutilisatrice)
    | \bn\s?°
    | \ba\s+[a-z' -]+$
    | \bau\s+capital\b
    | \btel\b\.?
    )""",
    re.VERBOSE,
)
_ADDRESS = re.compile(
    r"\s*\b\d{1,4}\s*(?:bis|ter|quater)?,?\s+(?:rue|avenue|av|bd|boulevard|place|chemin|route|impasse|allee|allees|cours|quai|zone|za|zi|parc|square|passage|rond)\b"
)
_NO_NAME = re.compile(
    r"\W*(?:n\s?°|(?:n\s?°\s*)?(?:siret|siren|rcs|nda|tva|naf|ape|iban|bic)\b|(?:tel|telephone|fax|telecopie|mail|e-?mail)\b"
    r"|declaration d'activite|enregistree? sous|f-?\d{5}\s+[a-z]|\d{5}\s+[a-z])"
)
"""What stands under a name on a letterhead, and is none."""


def opens_street(text: str) -> bool:
    """The text begins with a house's number and a street: "111 rue Nicolas Appert"."""
    return _ADDRESS.match(fold(text)) is not None


_CITY = re.compile(r"\s+à\s+[A-ZÉÈÎ][\w' -]*$")


@dataclass(frozen=True, slots=True)
class OrganisationFound:
    """A name at ``start:end`` of the text."""

    name: str
    start: int
    end: int


def organisation_of(text: str) -> OrganisationFound | None:
    """The organisation that ``text`` begins with: up to its address, its numbers, its city, its role."""
    folded = fold(text)
    if _NO_NAME.match(folded) or no_house(text) or _ADDRESS.match(folded):
        return None
    person = person_of(text)
    if person is not None and person.civility and person.first:
        return None
    lead = _LEAD.match(folded)
    start = lead.end() if lead else len(text) - len(text.lstrip())
    common = _COMMON.match(text, start)
    start = common.end() if common is not None else start
    end = len(text)
    for pattern in (_TAIL, _ADDRESS):
        match = pattern.search(folded, start + 1)
        if match is not None:
            end = min(end, match.start())
    for joint in re.finditer(r"\s+et\s+(?=[^\W\d_])", folded[start:end]):
        person = person_of(text[start + joint.end() :])
        if person is not None and person.sure and person.first and sum(c.isalpha() for c in person.last) > 3:
            end = start + joint.start()
            break
    city = _CITY.search(text[start:end])
    if city is not None and city.start() > 0:
        end = start + city.start()
    name = text[start:end].strip(' .:;,-–—·"«»')
    trailing = re.search(r"\s+(?:a|de|du|la|le|et|par|pour)$", fold(name))
    if trailing is not None:
        name = name[: trailing.start()]
    if sum(c.isalnum() for c in name) < 2 or not re.search(r"[^\W\d_]", name) or _is_number(name):
        return None
    begin = text.find(name, start)
    return OrganisationFound(name, begin, begin + len(name))


def _is_number(name: str) -> bool:
    """An account or another long number: no house is called "FR76 3000 3008 3532 …"."""
    digits = sum(char.isdigit() for char in name)
    return digits >= _MANY and digits > 2 * sum(char.isalpha() for char in name)


_MANY = 9
"""Digits from which a name that has few letters is a number."""
