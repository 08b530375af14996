"""Whether two spellings name the same person, organisation or training.

Case, accents, order, hyphens, particles and birth or married names are tolerated. A letter misread is
tolerated in long words only. Another first name with the same family name is another person.
"""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

LONG_WORD = 6
"""Words of this many letters may differ by one letter, those of twice as many by two."""

CIVILITIES = frozenset({"m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle"})
PARTICLES = frozenset({"de", "du", "des", "d", "la", "le", "les", "l"})
ALIAS = re.compile(
    r"\b(?:n[ée]+e?|[ée]pouse|[ée]poux|veuve|nom d'usage|nom de naissance|dite?|ep)\b\.?", re.I
)
LEGAL_FORMS = frozenset(
    [
        "sa",
        "sas",
        "sasu",
        "sarl",
        "eurl",
        "scop",
        "scic",
        "sci",
        "snc",
        "sca",
        "gie",
        "asso",
        "association",
        "ste",
        "societe",
        "groupe",
        "agence",
        "ets",
    ]
)
DIGIT_LOOKALIKES = str.maketrans(
    {"o": "0", "q": "0", "i": "1", "l": "1", "s": "5", "b": "8", "g": "9", "z": "2"}
)
_TELLING = 8
"""Digits of a reference that tell it from all others."""

TITLE_LIKENESS = 85.0
"""Least likeness, out of 100, of two wordings of one title (our judgement; docs/rules.md)."""


def plain(text: str) -> str:
    """Lower case, without accents, ligatures or punctuation, one space between words."""
    text = text.replace("’", "'").replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c)).lower().replace("'", "")
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text).split())


def words(text: str) -> list[str]:
    return plain(text).split()


def same_word(a: str, b: str) -> bool:
    """Equal, or one letter misread in a long word (two in a very long one)."""
    if a == b:
        return True
    shorter = min(len(a), len(b))
    allowed = 2 if shorter >= 2 * LONG_WORD else 1 if shorter >= LONG_WORD else 0
    return allowed > 0 and OSA.distance(a, b, score_cutoff=allowed) <= allowed


def joined(parts: list[str]) -> str:
    return "".join(parts)


def same_words(a: list[str], b: list[str]) -> bool:
    """The same words in any order, each alike; or the same letters once spaces are left out."""
    if not a or not b:
        return False
    if joined(a) == joined(b):
        return True
    if len(a) != len(b):
        return False
    left = list(b)
    for word in sorted(a, key=len, reverse=True):
        match = next((other for other in left if same_word(word, other)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def person_words(text: str) -> list[str]:
    return [word for word in words(text) if word not in CIVILITIES]


def family_names(text: str) -> list[list[str]]:
    """The family names that a text gives: ``"DURAND épouse LE GOFF"`` has two."""
    pieces = [piece for piece in ALIAS.split(text.replace("(", " ").replace(")", " ")) if plain(piece)]
    return [person_words(piece) for piece in pieces]


def without_particles(parts: list[str]) -> list[str]:
    return [word for word in parts if word not in PARTICLES]


def same_family_name(found: str, last_name: str) -> bool:
    """One of the names found is the agreed one, or holds it beside a birth or married name.

    A double name and one of its halves agree, for a married name is often hyphenated to the birth name.
    """
    agreed = [person_words(last_name), *([w] for w in halves(last_name))]
    for name in family_names(found):
        for mine in agreed:
            if same_words(name, mine) or same_words(without_particles(name), without_particles(mine)):
                return True
        for half in halves(found):
            if same_words([half], person_words(last_name)):
                return True
        if contains(name, person_words(last_name)):
            return True
    return False


def halves(text: str) -> list[str]:
    """The halves of a hyphenated family name, particles and short words left out."""
    return (
        [plain(half).replace(" ", "") for half in text.split("-") if len(plain(half)) > 2]
        if "-" in text
        else []
    )


def contains(longer: list[str], shorter: list[str]) -> bool:
    """``shorter`` stands in ``longer`` word by word, in order and side by side."""
    size = len(shorter)
    if not size or size > len(longer):
        return False
    return any(
        all(same_word(a, b) for a, b in zip(longer[i : i + size], shorter, strict=True))
        for i in range(len(longer) - size + 1)
    )


def same_first_name(found: str, first_name: str) -> bool:
    """The same first name; a compound one may be cut to its first half or be abbreviated to initials."""
    mine, other = person_words(first_name), person_words(found)
    if same_words(mine, other):
        return True
    if not mine or not other:
        return False
    if len(mine) > 1 and len(other) == 1:
        return same_word(other[0], mine[0])
    if len(other) > len(mine):  # further first names, as on an identity card
        return same_words(other[: len(mine)], mine)
    return False


def same_person(last: str, first: str, last_name: str, first_name: str) -> bool:
    """A family name and a first name, as read, against the agreed ones. ``first`` may be empty: not
    printed.
    """
    if first and plain(first):
        if same_family_name(last, last_name) and same_first_name(first, first_name):
            return True
        return same_full_name(f"{last} {first}", last_name, first_name)
    return same_family_name(last, last_name) or same_full_name(last, last_name, first_name)


def same_full_name(found: str, last_name: str, first_name: str) -> bool:
    """A name in one piece, in either order, against the agreed one."""
    mine = person_words(last_name) + person_words(first_name)
    for name in [person_words(found), *family_names(found)]:
        if same_words(name, mine):
            return True
    return any(
        same_family_name(" ".join(last), last_name) and same_first_name(" ".join(first), first_name)
        for last, first in splits(found)
    )


def splits(found: str) -> list[tuple[list[str], list[str]]]:
    """All ways to cut a name in two, either part being the family name. Hyphens are kept for halves."""
    tokens = [token for token in found.split() if plain(token) and plain(token) not in CIVILITIES]
    cuts = []
    for i in range(1, len(tokens)):
        cuts += [(tokens[:i], tokens[i:]), (tokens[i:], tokens[:i])]
    return cuts


def organisation_words(text: str) -> list[str]:
    return [word for word in words(text.replace("&", " et ")) if word not in LEGAL_FORMS and word != "et"]


def same_organisation(found: str, agreed: str) -> bool:
    """The same words but for legal forms. What follows a comma, a dash or a bracket may be an address."""
    mine = organisation_words(agreed)
    candidates = [found, re.split(r"[,;(\n]| [-–—] ", found)[0]]
    return any(same_words(organisation_words(text), mine) for text in candidates)


def codes(text: str) -> set[str]:
    """The words of a title that hold a digit (``R489``, ``1A``, ``A2``), letters like digits brought to
    them.
    """
    return {word.translate(DIGIT_LOOKALIKES) for word in words(text) if any(c.isdigit() for c in word)}


def same_title(found: str, agreed: str) -> bool:
    """Close wording, the same codes and levels, or one title cut short or standing within the other."""
    a, b = plain(found), plain(agreed)
    if not a or not b:
        return False
    if a.replace(" ", "") == b.replace(" ", ""):
        return True
    shorter, longer = sorted((a, b), key=len)
    mine, other = codes(found), codes(agreed)
    if not (mine <= other or other <= mine):
        return False
    cut = len(shorter) >= 12 and len(shorter) >= 0.4 * len(longer)
    within = cut and fuzz.partial_ratio(shorter, longer) >= 92
    return bool(within or fuzz.token_sort_ratio(a, b) >= TITLE_LIKENESS or fuzz.ratio(a, b) >= TITLE_LIKENESS)


def same_reference(found: str, agreed: str) -> bool:
    """A reference number, letters and digits that OCR confuses set aside; a claim's number holds its
    request's. A digit before the agreed ones, behind the same letters, is a stroke of a letter or a dash.
    """
    a, b = (plain(text).replace(" ", "").translate(DIGIT_LOOKALIKES) for text in (found, agreed))
    if a and (a == b or (a.startswith(b) and len(a) - len(b) <= 3)):
        return True
    letters, digits = (re.sub(kind, "", plain(found)) for kind in (r"[^a-z]", r"[^0-9]"))
    own_letters, own = (re.sub(kind, "", plain(agreed)) for kind in (r"[^a-z]", r"[^0-9]"))
    return letters == own_letters and len(own) >= _TELLING and digits[1:] == own
