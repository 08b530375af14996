"""Sentence forms: spaCy's PhraseMatcher over our own tokens, no model.

A sentence form is a label inside running text: "a suivi l'action …", "pour une durée de …", "mis à la disposition
de l'entreprise utilisatrice …". Forms are written over folded tokens; on OCR pages longer words may be a letter off.
Each is spelt out into all its phrases: a Matcher with choices and optional words costs thirty times as much a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from dossier.reading import ReadBy
from extractors.french.letters import fold
from extractors.known_labels import HINT
from extractors.view import Passage, Run, View

FORMS: dict[str, tuple[str, ...]] = {
    "trainee": (
        "atteste|certifie|attestons|certifions|attestent|confirme|confirmons|declare (par la presente|par les presentes)? que :?",
        "accueillera|accueille|beneficiaire :",
        "reconnait|reconnaissons a",
        "votre salarie|salariee|collaborateur|collaboratrice|interimaire ,?",
        "personne designee , ",
        "resultats de",
        "conclu avec|entre",
        "le contrat de professionnalisation de|liant",
        "delivree|delivre a",
    ),
    "soussigned": ("je|nous soussigne|soussignee|soussignes ( e )? ,?",),
    "employer": (
        "salarie|salariee ( e )? (de) (l ')? (la)? entreprise|societe",
        "salarie|salariee ( e )? (de|chez|du)",
        "salaries|salariees de|chez|du (l ')? (la)? (societe|entreprise)?",
        "employe|employee|employee ( e )? par|chez (la|l ')? (societe|entreprise)?",
        "entre la|l (')? societe|entreprise|agence (de travail temporaire)?",
        "(au sein de)? notre agence|societe|entreprise",
        "en contrat avec (la societe)?",
        "collaborateur|collaboratrice|interimaire de|du|chez",
        "mis|mise ( e )? a (la)? disposition par",
        "inscrit|inscrite|envoye|envoyee|presente|presentee par",
        "a la demande de",
        "en poste|fonction|activite|mission chez|aupres (de)?",
        "travaillant|travaille chez|pour",
        "pour le compte de (la|l ')? (societe|entreprise)?",
        "agence",
        "stagiaire de l ' entreprise",
    ),
    "provider": (
        "dispensateur de l ' action concourant au developpement des competences",
        "representant|representante legal|legale (de|du) (l ')? (organisme)? (de formation)?",
        "representant|representante legal|legale du dispensateur de formation",
        "representant|representante legal|legale du dispensateur de l ' action concourant au developpement des competences",
        "de l ' organisme (de formation)?",
        "(l ')? organisme (de formation)? (dispensateur)?",
        "gerant|gerante|president|presidente|directeur|directrice|responsable (pedagogique)? (de formation)? de|du",
        "gerant|gerante|president|presidente|directeur|directrice|responsable (pedagogique)? (de formation)? d '",
        "dispensee|dispense|organisee|organise par",
        "formation|action (est)? (dispensee|organisee|assuree|realisee) par",
        "aupres de (l ' organisme)? (de formation)?",
    ),
    "title": (
        "a|ont (bien)? suivi (avec assiduite)? (l|la) (')? action|formation (de formation)? (intitulee|suivante)? :?",
        "a|ont (bien)? suivi|effectue (avec assiduite)? le stage|module|parcours|cursus (de formation)? (intitule|suivant)? :?",
        "a|ont (bien)? participe|assiste (avec assiduite)? au stage|module|parcours|cursus (de formation)? (intitule|suivant)? :?",
        "a|ont (bien)? participe (avec assiduite)? a (l|la) (')? action|formation (de formation)? (intitulee|suivante)? :?",
        "action|formation|stage (de formation)? intitule|intitulee|denommee :?",
        "action|formation|stage s ' intitule :?", "action|formation|stage a pour intitule|titre :?",
        "sur le theme|sujet :?",
        "ayant pour theme|sujet|intitule :?",
        "inscrit|inscrite a|au (notre|la|votre)? formation|stage :?",
        "formation|action|module|stage :? \"",
        "l ' action|formation (de formation)? suivante :",
        "a|ont (bien)? suivi :",
        "a|ont (bien)? participe|assiste a :",
        "la formation suivante :",
        "travaux (suivants)? de la formation",
    ),
    "period": (
        "deroule|deroulee|derouleront|deroulera (du|le|entre)?",
        "realisee|organisee|suivie|dispensee|effectuee du|le",
        "a distance , du",
        "au titre du cipi|cdpi , du",
        "pour la periode du",
        "valable du|le",
    ),
    "hours": (
        "pour une duree (totale|effective|globale|reelle)? (effective|de formation)? de :?",
        "d ' une duree (totale|effective|globale|reelle)? de :?",
        "soit une duree (totale|effective|globale|reelle)? de :?",
        "soit|pendant|durant (un total de)?",
        "duree (totale|effective)? (de la formation)? : ",
        "a effectue|suivi|realise (un total de)?",
        "volume (horaire)? (total)? est|sera de",
        "(la)? duree (totale)? est|sera (fixee)? (de|a)",
        "formation|action|stage|parcours comprend|comporte|totalise|represente|dure|compte (un total de)?",
        "suit|suivra|suivez|suivrez (un total de)?",
    ),
    "user_company": (
        "entreprise|societe utilisatrice",
        "mis|mise ( e )? a (la)? disposition de|aupres (de|du)? (l ')? (la)? (societe|entreprise)? (utilisatrice)?",
        "aupres de l ' entreprise|societe utilisatrice",
        "aupres de notre client|cliente (utilisateur|utilisatrice)?",
        "chez notre client|cliente (utilisateur|utilisatrice)?",
        "met|mettra|mettons a (la)? disposition de (la|l ')? (societe|entreprise)? (utilisatrice)?",
        "delegue|detache|missionne (aupres de|chez) (la|l ')? (societe|entreprise)? (utilisatrice)?",
    ),
    "start": ("debute|debutera|debutent|commence|commencera|demarre|demarrera le", "mission|contrat|elle|il|formation|action debute|debutera|commence|commencera|prend (effet)? le|au", "a compter du", "debute le", "premiere seance|journee|session (a|aura)? (lieu)? le", "premier jour :? le"),
    "end": ("la derniere (seance|journee|session)? (a|aura)? (lieu)? le", "dernier jour :? le", "prend|prendra fin le", "se termine|terminera|acheve|achevera le", "jusqu ' au", "et s ' acheve|acheve le", "pour terme le", "s ' achever|terminer le", "finir|finira|terminer le",  "terme (est)? (fixe)? au|le", "finit|finira|cesse|cessera le", "arrive|arrivera a echeance le", "expire|expirera le"),
    "valid": ("accordee|attribuee|reconnue|valable|prononcee|valide pour la periode du", "accordee|attribuee|valable|reconnue|valide du", "pour la periode du", "est reconnue du"),
    "terminated": (
        "rompu|resilie (d ' un commun accord)? (par anticipation|de maniere anticipee)? (a|le|en) (la)? (date)? (du|de)?",
        "a pris fin (par anticipation|de maniere anticipee)? (le|au|a la date du|en date du)?",
        "rupture (anticipee)? (du contrat)? (est)? (intervenue|effective|fixee) (le|au|a compter du|a la date du)",
        "rupture (anticipee)? (du contrat)? (en date du|au|le|du)",
        "mis fin (au contrat)? (le|au|a compter du|a la date du)",
        "avec effet|effective au|le|du",
        "a ete rompu|resilie|rompue (d ' un commun accord)? (par anticipation)? (le|au|a compter du|a la date du|en date du)",
        "cesse|cessera|cesse de produire effet le|au|du",
        "prend fin (par anticipation)? le|au",
    ),
    "trained_on": ("achevee|terminee|suivie|realisee|dispensee|validee (le|en|au)",),
    "tutor": ("exerce|exercera|assure les|la fonctions|fonction de tuteur",),
    "price": ("la somme de", "pour un montant (total)? (net|de|ht)? de", "au prix de", "montant|prix|cout (total)? (net|ht)? (de la formation|de l ' action)? (est)? (fixe|s ' eleve|de|a) (a|de)?", "s ' eleve a"),
    "paid": ("facture (acquittee|payee|reglee) le :?", "acquittee|acquitte|payee|reglee le :?", "bon pour acquit le"),
    "born": ("ne|nee ( e )? le",),
    "issued": ("fait|etabli|delivre|etablie|delivree (a)? (le)? :?",),
}  # fmt: skip
"""What a form announces → its wordings. ``a|b`` one of the words; ``(x y)?`` perhaps; a bare ``(x|y)`` perhaps too."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence form and what follows it: ``rest`` runs to the paragraph's end, ``until`` to the next form."""

    concept: str
    passage: Passage
    start: int
    value_at: int
    until: int

    @property
    def before(self) -> str:
        return self.passage.text[: self.start]


@lru_cache(maxsize=1)
def _vocab() -> Vocab:
    """An empty vocabulary is enough: our tokens come folded, and a French tokenizer takes seconds to make."""
    return Vocab()


def _phrases(wording: str) -> Iterator[tuple[str, ...]]:
    """The words of one wording, for every choice of its words and optional groups."""
    pieces = re.findall(r"\([^)]+\)\??|\S+", _spaced(wording))
    for chosen in product(*(list(_choices(piece)) for piece in pieces)):
        words = tuple(word for part in chosen for word in part)
        if words:
            yield words


def _spaced(wording: str) -> str:
    """Shields the printed parentheses of "salarié(e)": written ``( e )?`` they mean the tokens themselves."""
    return wording.replace("( e )?", "<paren>?")


def _choices(piece: str) -> Iterator[tuple[str, ...]]:
    """What may stand for a piece of a wording: nothing, for one that is optional."""
    if piece.startswith("(") and len(piece) > 1:
        yield ()
        for option in piece.strip("()?").split("|"):
            yield from _words(option)
    elif piece.endswith("?") and len(piece) > 1:
        yield ()
        yield from _words(piece[:-1])
    else:
        yield from _words(piece)


def _words(text: str) -> Iterator[tuple[str, ...]]:
    if text == "<paren>":
        yield ("(", "e", ")")
    else:
        yield from product(*(word.split("|") for word in text.split()))


@lru_cache(maxsize=1)
def _spelt() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Every phrase, by what it announces."""
    return {
        concept: tuple(dict.fromkeys(words for wording in wordings for words in _phrases(wording)))
        for concept, wordings in FORMS.items()
    }


@lru_cache(maxsize=1)
def _matcher() -> PhraseMatcher:
    vocab = _vocab()
    matcher = PhraseMatcher(vocab, attr="ORTH")
    for concept, phrases in _spelt().items():
        matcher.add(concept, [Doc(vocab, words=list(words)) for words in phrases])
    return matcher


@lru_cache(maxsize=1)
def _known() -> tuple[frozenset[str], tuple[str, ...]]:
    """The words of all phrases, and those long enough to be recognised with a letter off."""
    words = {word for phrases in _spelt().values() for phrase in phrases for word in phrase}
    return frozenset(words), tuple(sorted(word for word in words if len(word) >= 5))


@lru_cache(maxsize=4096)
def _mended(token: str) -> str:
    """A word of a form that OCR may have made ``token`` of, else the token; another ending is another word."""
    known, long = _known()
    if len(token) < 4 or token in known:
        return token
    nearest = process.extractOne(token, long, scorer=Levenshtein.distance, score_cutoff=1)
    if nearest is None or nearest[0][:-1] == token[: len(nearest[0]) - 1]:
        return token
    return nearest[0]


def statements(passage: Passage) -> tuple[Statement, ...]:
    """The sentence forms of one paragraph, in reading order."""
    folded = fold(passage.text)
    shown = HINT.sub(lambda hint: " " * len(hint[0]), folded) if "(" in folded else folded
    spans = [match.span() for match in re.finditer(r"[a-z0-9]+|[^\w\s]", shown)]
    if not spans:
        return ()
    words = [folded[a:b] for a, b in spans]
    if passage.read_by is ReadBy.OCR:
        words = [_mended(word) for word in words]
    found = [
        (concept, spans[first][0], spans[last - 1][1])
        for concept, first, last in _longest(_matcher()(Doc(_vocab(), words=words)))
    ]
    found.sort(key=lambda item: (item[1], -item[2]))
    result: list[Statement] = []
    for concept, start, end in found:
        until = min((s for _, s, _ in found if s > end), default=len(passage.text))
        result.append(Statement(concept, passage, start, end, until))
    return tuple(result)


def _longest(matches: Iterable[tuple[int, int, int]]) -> Iterator[tuple[str, int, int]]:
    """Of phrases that announce the same and overlap, the longest; of those as long, the first."""
    taken: dict[int, list[tuple[int, int]]] = {}
    for key, first, last in sorted(matches, key=lambda match: (match[1] - match[2], match[1])):
        held = taken.setdefault(key, [])
        if all(last <= a or b <= first for a, b in held):
            held.append((first, last))
            yield _vocab().strings[key], first, last


def _wraps(before: Run, run: Run, after: Run | None, right: float) -> bool:
    """Whether a line of one word is the end of the one before it, which is full, in a sentence that goes on."""
    full = before.box.x1 > right - _FULL and len(before.text.split()) > 3
    open_ended = before.text.rstrip()[-1:] not in ".:;" and ":" not in run.text
    return full and open_ended and after is not None and after.text[:1].islower()


_FULL = 0.1
"""The share of the page's width that a full line leaves on the right of its block at most."""


def paragraphs(view: View, label: Callable[[Run], bool]) -> tuple[Passage, ...]:
    """The blocks of a page that read as running text, cut where a line is nothing but a ``label``."""
    found: list[Passage] = []
    for block, later in zip(view.blocks, (*view.blocks[1:], None), strict=True):
        held: list[list[Run]] = [[]]
        below = (*block.runs[1:], later.runs[0] if later is not None else None)
        for run, after in zip(block.runs, below, strict=True):
            ends = run.text.endswith(".") or (held[-1] and _wraps(held[-1][-1], run, after, block.box.x1))
            if label(run) and not (run.text[:1].islower() and held[-1]) and not ends:
                held.append([])
            else:
                held[-1].append(run)
        passages = [block.passage] if len(held) == 1 else [view.block(runs).passage for runs in held if runs]
        found.extend(passage for passage in passages if len(passage.words) >= 4)
    return tuple(found)
