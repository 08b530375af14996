"""The labels that are known, compared as letters and digits alone.

A blank lost or won by OCR costs nothing so; `nearest` finds the label that OCR may have made of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from extractors.french.letters import fold
from extractors.lexicon import LABELS

TOKEN = re.compile(r"[a-z0-9]+")
_LEVEL = {
    "no": "n", "nr": "n", "num": "n", "numero": "n", "nos": "n",
    "ens": "enseignements", "gen": "generaux", "prof": "professionnels", "techno": "technologiques",
    "naiss": "naissance", "nb": "nombre", "nbre": "nombre", "hre": "heure", "hres": "heures",
}  # fmt: skip
"""Words of labels that are written in several ways, and the one they are compared as."""


_SUBJECTS = (
    *(
        article + noun
        for noun in ("mission", "contrat", "formation", "stage", "action", "parcours")
        for article in ("", "votre ", "la ", "le ", "l'", "son ", "sa ")
    ),
    *("vous", "il", "elle", ""),
)
_VERBS = {
    "start": (
        *("commence", "commencez", "commencera", "commencerez", "débute", "débutez", "débutera"),
        *("démarre", "démarrez", "démarrera", "prend effet"),
    ),
    "end": (
        *("se termine", "se terminera", "prend fin", "prendra fin", "s'achève", "s'achèvera", "finit"),
        *("finira", "finissez", "terminez"),
    ),
}
"""What a label that is a sentence says of a day: "Vous commencez le", "Votre mission se termine le"."""


@lru_cache(maxsize=1)
def concepts_by_label() -> dict[str, frozenset[str]]:
    """What each label, levelled, announces."""
    found: dict[str, set[str]] = {}
    for concept, labels in LABELS.items():
        for label in labels.split("|"):
            found.setdefault(levelled(label), set()).add(concept)
    for concept, verbs in _VERBS.items():
        for subject, verb in product(_SUBJECTS, verbs):
            found.setdefault(levelled(f"{subject} {verb} le"), set()).add(concept)
    found.pop("", None)
    return {label: frozenset(concepts) for label, concepts in found.items()}


SMALL = frozenset(
    ("de", "du", "des", "d", "la", "le", "les", "l", "en", "a", "au", "aux", "et", "ou", "par", "pour", "sur")
)


def content(text: str) -> str:
    """A label's words without the small ones: "début exécution" asks for what "début d'exécution" does."""
    return "".join(level(token) for token in TOKEN.findall(fold(text)) if token not in SMALL)


@lru_cache(maxsize=1)
def concepts_by_content() -> dict[str, tuple[str, frozenset[str]]]:
    """The labels of several words and what they announce, by `content`; those of one word are left out."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for labels in LABELS.values():
        for label in labels.split("|"):
            words = [token for token in TOKEN.findall(fold(label)) if token not in SMALL]
            if len(words) >= 2:
                found.setdefault(content(label), (levelled(label), concepts_by_label()[levelled(label)]))
    return found


_HOURS_NAMED = re.compile(
    r"(?:duree|heures?|temps|volumehoraire|(?:nombre|nbre?|total|volume|cumul|quantite)(?:total)?(?:d|des|en)?heures?)"
)
_GOES = (
    r"(?:totale?s?|globale?s?|horaires?|heures?|de|la|le|les|du|des|d|l|en|par|au|aux|a|sur|formation|stages?"
    r"|actions?|stagiaires?|parcours|cours|beneficiaires?|participante?s?|apprenante?s?|salariee?s?|session"
    r"|periode|effectivement|reellement|integralement|bien|realite)*"
)
_ABSENT = r"(?:dabsences?|absences?|non(?:realise|suivi|effectue|justifie)e?s?|manquee?s|manquantes?)"
_PLANNED = (
    r"(?:prevu|previsionnel|convention|conventionne|contractuel|contractualise|contrat|programme|programmee?"
    r"|theorique|initial|estime|planifie|commande|inscrit|attendu|requis|prescrit|accorde|finance|vise)l?e?s?"
)
_DONE = (
    r"(?:realise|effectue|suivi|accompli|effectif|effective|reel|reelle|presence|assiduite|totalise|valide"
    r"|constate|atteste|execute)e?s?"
)
_HOURS_SORTS = tuple(
    (concept, re.compile(f"{_HOURS_NAMED.pattern}{_GOES}(?:{word}{_GOES})+"))
    for concept, word in (("hours_absent", _ABSENT), ("hours_planned", _PLANNED), ("hours_done", _DONE))
)


_ONE = (
    r"(?:salariee?|interimaire|travailleu(?:r|se)|stagiaire|beneficiaire|apprenante?|participante?|alternante?"
    r"|candidate?|apprentie?|titulaire|collabora(?:teur|trice)|personnel)(?:e|trice)?"
)
_SORT = (
    r"(?:(?:temporaire|interimaire|delegue|detache|concerne|forme|misadisposition|enformation|dustage"
    r"|enalternance|delaformation|delaction|designe|beneficiaire)e?s?)"
)
_NAMED = r"(?:noms?|prenoms?|identite)(?:(?:et|ou)?(?:pre)?noms?)?(?:du|dela|de|des)?(?:oudela)?(?:la|le|l)?"
_PEOPLE = re.compile(rf"{_NAMED}{_ONE}{_SORT}*s?|(?:la|le|l)?{_ONE}{_SORT}+")
"""Who is trained or sent, as nobody lists it: "Nom et prénom de l'intérimaire", "Le salarié temporaire"."""


_HOUSE_NAMED = re.compile(
    r"(?:nom|raisonsociale|denomination|nomouraisonsociale|nometadresse)(?:del|dela|du|de)?"
)
HOUSES = frozenset(("agency", "employer", "user_company", "provider", "customer"))
"""Whose name is asked for: "Nom de l'ETT", "Raison sociale de l'entreprise utilisatrice"."""


@lru_cache(maxsize=4096)
def concepts_of(label: str) -> frozenset[str] | None:
    """What a levelled label announces: one of the lexicon's, who is trained or sent, or hours with words that
    say of which sort.

    "Nom et prénom de l'intérimaire", "Durée totale conventionnée": nobody lists them all.
    """
    known = concepts_by_label().get(label)
    if known is None and _PEOPLE.fullmatch(label):
        return frozenset(("trainee",))
    house = _HOUSE_NAMED.match(label) if known is None else None
    told = concepts_by_label().get(label[house.end() :], frozenset()) & HOUSES if house is not None else None
    if told:
        return told
    if known is not None or not _HOURS_NAMED.match(label) or label.endswith(("sur", "par", "pour")):
        return known
    for concept, form in _HOURS_SORTS:
        if form.fullmatch(label):
            return frozenset((concept,))
    return None


HINT = re.compile(
    r"\(\s*(?:nom|prenom|raison sociale|denomination|intitule|libelle|titre|en heures|en toutes lettres"
    r"|dates?|jj|a preciser|preciser|qualite|fonction|en chiffres|ville|lieu)\b[^)]{0,140}\)"
    r"|\(\s*(?:nombre|duree|volume)\b[^)\d:]{0,140}\)"
)
"""What a form says in brackets of what is to be filled in, folded: "(raison sociale)", "(en heures)"."""


_HOURS_BEGIN = re.compile(r"duree|heure|temps|volume|nombre|nbre|total|cumul|quantite")
_FORM_BEGINS = re.compile(
    rf"{_HOURS_BEGIN.pattern}|nom|prenom|identite|raisonsociale|denomination|(?:la|le|l)?{_ONE}"
)


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    return frozenset(label[:stop] for label in concepts_by_label() for stop in range(1, len(label) + 1))


def may_begin(text: str) -> bool:
    """Whether what `concepts_of` knows may begin with this levelled text: of most lines nothing does."""
    return text in _beginnings() or _FORM_BEGINS.match(text) is not None


def beginnings(text: str) -> Iterator[int]:
    """How long what `concepts_of` knows may be at the beginning of a levelled text, longest first."""
    if _HOURS_BEGIN.match(text):
        yield from range(len(text) - 1, 0, -1)
        return
    known = _beginnings()
    longest = next((stop for stop in range(1, len(text)) if text[:stop] not in known), len(text))
    yield from range(longest - 1, 0, -1)


def is_label(text: str) -> bool:
    """Whether ``text`` is nothing but a label."""
    return concepts_of(levelled(text)) is not None


@lru_cache(maxsize=1)
def _long_labels() -> tuple[str, ...]:
    return tuple(label for label in concepts_by_label() if len(label) >= 6)


def level(token: str) -> str:
    """A word of a label, with every way to write "numéro" made one."""
    return _LEVEL.get(token, token)


def levelled(text: str) -> str:
    """Letters and digits of a label, with every way to write "numéro" made one."""
    return "".join(level(token) for token in TOKEN.findall(fold(text)))


def nearest(label: str) -> tuple[str, float] | None:
    """The label that OCR may have made ``label`` of: one letter in six wrong at most."""
    allowed = max(1, len(label) // 6)
    best = process.extractOne(label, _long_labels(), scorer=Levenshtein.distance, score_cutoff=allowed)
    if best is None or abs(len(best[0]) - len(label)) > allowed:
        return None
    return best[0], 1 - 0.5 * best[1] / max(len(label), 1)
