"""Names right after a label without a colon: what makes the words before them a label, and no sentence."""

from __future__ import annotations

import re

from extractors.french.letters import fold
from extractors.french.people import person_of
from extractors.known_labels import HOUSES, SMALL, TOKEN

_LONG_ROLES = frozenset(("agency", "user_company", "provider"))
_CAPITALS = re.compile(
    r"\s+[A-ZÀ-Ý][\w'’.&-]*(?:\s(?:[A-ZÀ-Ý0-9&][\w'’.&-]*|de|du|des|la|le|les|et|à|en))*\s*"
    r"(?P<about>\([^)]{2,40}\),|,\s*(?:\d|SIRE[TN]|RCS|représenté|sise?\b|dont le|au capital|immatricul))?"
)
_LEAST_ROLE, _LEAST_SAID = 19, 12
"""Letters of a role before a house's name, at least; and where its address or numbers come next."""


def house_next(before: str, after: str, label: str, concepts: frozenset[str]) -> bool:
    """A form's words filled in: "2. L'entreprise de travail temporaire Domino Staff à Lyon", no sentence."""
    opens = re.fullmatch(r"\W*(?:\d{1,2}\W{1,3})?(?:l'|la |le )?", before) is not None
    named = _CAPITALS.match(after) if opens and concepts & _LONG_ROLES else None
    if named is None or not (named["about"] or named.end() == len(after)):
        return False
    return len(label) >= (_LEAST_SAID if named["about"] else _LEAST_ROLE)


_NAMING = HOUSES | {"supplier", "trainee", "tutor", "title", "qualification"}


def capitals_end(label: str, after: str, concepts: frozenset[str]) -> bool:
    """A label all in capitals before a name that isn't: "EMPLOYEUR Vitalia Insertion"."""
    shouted = sum(char.isalpha() for char in label) > _SHORT and label.isupper()
    named = re.match(r"\s+[A-ZÀ-Ý][a-zà-ÿ'’]", after) is not None and len(after) < 60
    return shouted and named and bool(concepts & _NAMING) and not after.rstrip().endswith((".", ";", ","))


_SHORT = 7
"""Letters of a word in capitals that may be the beginning of a house's own name: "CENTRE Horizon"."""


def names_next(after: str, label: str, concepts: frozenset[str]) -> bool:
    """A label of names without a colon, a capital right after it: "Nom de naissance DURAND"."""
    least = 3 if concepts & {"last_name", "first_name"} else 10
    named = concepts & {"last_name", "first_name", "name", "trainee", "tutor", "qualification"}
    first = TOKEN.match(fold(after).lstrip())
    return (
        bool(named)
        and len(label) >= least
        and first is not None
        and first[0] not in SMALL
        and len(after) < 70
        and not after.rstrip().endswith((".", ";", ","))
        and re.match(r"\s+[A-ZÀ-Ý]", after) is not None
    )


def person_next(after: str, label: str, concepts: frozenset[str]) -> bool:
    """A word for who somebody is, and nothing but a name whose capitals tell that it is one, in one cell:
    "Stagiaire MARQUÈS Sami"."""
    if not concepts & {"trainee", "trainer", "tutor"} or len(label) < _ROLE or not 4 < len(after) < _NAMED:
        return False
    person = person_of(after) if re.match(r"\s+[A-ZÀ-Ý]", after) else None
    return person is not None and person.sure and bool(person.first) and person.end == len(after.rstrip())


_ROLE, _NAMED = 5, 50
"""Letters of a word for who somebody is, at least; of a name after it, at most."""
