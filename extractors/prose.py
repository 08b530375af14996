"""Sentence forms: spaCy's tokens and Matcher on a blank French pipeline, no model.

A sentence form is a label inside running text: "a suivi l'action …", "pour une durée de …", "mis à la disposition
de l'entreprise utilisatrice …". Patterns are written over folded tokens; on OCR pages longer words may be a letter off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import spacy
from spacy.matcher import Matcher
from spacy.tokens import Doc

from dossier.reading import ReadBy
from extractors.french.letters import fold
from extractors.view import Passage, View

FORMS: dict[str, tuple[str, ...]] = {
    "trainee": (
        "atteste|certifie|attestons|certifions|attestent|confirme|declare (par les presentes)? que :?",
        "accueillera|accueille|beneficiaire :",
        "reconnait|reconnaissons a",
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
        "employe|employee|employee ( e )? par|chez (la|l ')? (societe|entreprise)?",
        "entre la|l (')? societe|entreprise|agence",
        "en contrat avec (la societe)?",
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
        "gerant|gerante|president|presidente|directeur|directrice|responsable (pedagogique)? (de formation)? de",
        "formation|action (est)? (dispensee|organisee|assuree|realisee) par",
        "aupres de (l ' organisme)? (de formation)?",
    ),
    "title": (
        "a|ont (bien)? suivi (avec assiduite)? (l|la) (')? action|formation (de formation)? (intitulee|suivante)? :?",
        "a|ont (bien)? participe (avec assiduite)? a (l|la) (')? action|formation (de formation)? (intitulee|suivante)? :?",
        "action|formation|stage (de formation)? intitule|intitulee|denommee :?",
        "formation|action|module|stage :? \"",
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
    ),
    "user_company": (
        "entreprise|societe utilisatrice",
        "mis|mise ( e )? a (la)? disposition de|aupres (de|du)? (l ')? (la)? (societe|entreprise)? (utilisatrice)?",
        "aupres de l ' entreprise|societe utilisatrice",
    ),
    "start": ("mission|contrat|elle|il|formation|action debute|debutera|commence|commencera|prend (effet)? le|au", "a compter du", "debute le"),
    "end": ("prend|prendra fin le", "se termine|terminera|acheve|achevera le", "jusqu ' au", "et s ' acheve|acheve le", "pour terme le", "arrive|arrivera a echeance le", "expire|expirera le"),
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
def _language() -> spacy.language.Language:
    return spacy.blank("fr")


def _specs(wording: str, fuzzy: bool) -> Iterator[list[dict[str, object]]]:
    """The token patterns of one wording: every choice of its optional groups."""
    pieces = re.findall(r"\([^)]+\)\??|\S+", _spaced(wording))
    patterns: list[list[dict[str, object]]] = [[]]
    for piece in pieces:
        if piece.startswith("(") and len(piece) > 1:
            options = [_words(option, fuzzy) for option in _options(piece.strip("()?"))]
            patterns = [p + option for p in patterns for option in ([], *options)]
        elif piece.endswith("?") and len(piece) > 1:
            patterns = [p + option for p in patterns for option in ([], _words(piece[:-1], fuzzy))]
        else:
            patterns = [p + _words(piece, fuzzy) for p in patterns]
    for p in patterns:
        if p:
            yield p


def _spaced(wording: str) -> str:
    """Shields the printed parentheses of "salarié(e)": written ``( e )?`` they mean the tokens themselves."""
    return wording.replace("( e )?", "<paren>?")


def _options(group: str) -> list[str]:
    """``x y|z`` inside a group: phrases when one holds a blank, else words."""
    return group.split("|")


def _words(text: str, fuzzy: bool) -> list[dict[str, object]]:
    if text == "<paren>":
        return [{"LOWER": "("}, {"LOWER": "e"}, {"LOWER": ")"}]
    specs: list[dict[str, object]] = []
    for word in text.split():
        choices = word.split("|")
        if fuzzy and len(min(choices, key=len)) >= 5:
            specs.append({"LOWER": {"FUZZY1": {"IN": choices}}})
        else:
            specs.append({"LOWER": {"IN": choices}})
    return specs


@lru_cache(maxsize=2)
def _matcher(fuzzy: bool) -> Matcher:
    matcher = Matcher(_language().vocab)
    for concept, wordings in FORMS.items():
        matcher.add(concept, [spec for wording in wordings for spec in _specs(wording, fuzzy)], greedy="LONGEST")
    return matcher


def statements(passage: Passage) -> tuple[Statement, ...]:
    """The sentence forms of one paragraph, in reading order."""
    folded = fold(passage.text)
    spans = [match.span() for match in re.finditer(r"[a-z0-9]+|[^\w\s]", folded)]
    if not spans:
        return ()
    doc = Doc(_language().vocab, words=[folded[a:b] for a, b in spans])
    found = [
        (_language().vocab.strings[key], spans[first][0], spans[last - 1][1])
        for key, first, last in _matcher(passage.read_by is ReadBy.OCR)(doc)
    ]
    found.sort(key=lambda item: (item[1], -item[2]))
    result: list[Statement] = []
    for concept, start, end in found:
        until = min((s for _, s, _ in found if s > end), default=len(passage.text))
        result.append(Statement(concept, passage, start, end, until))
    return tuple(result)


def paragraphs(view: View) -> tuple[Passage, ...]:
    """The blocks of a page that read as running text."""
    return tuple(block.passage for block in view.blocks if len(block.passage.words) >= 4)
