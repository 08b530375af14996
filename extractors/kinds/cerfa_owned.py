"""Labels that name their party themselves, as lists and exports do: "Employeur – SIRET"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from dossier.reading import ReadBy
from extractors.french.letters import fold
from extractors.known_labels import concepts_of, levelled
from extractors.leaf import Leaf
from extractors.marks import Mark
from extractors.view import Run


class Party(StrEnum):
    """Whose value a label asks for."""

    EMPLOYER = "employer"
    TRAINEE = "trainee"
    TUTOR = "tutor"
    CONTRACT = "contract"
    TRAINING = "training"


_OWNED = re.compile(
    r"""^\W*(?:\d{1,2}[.)\s]\W*)?(?:l'|le\s|la\s)?(?:
      (?P<employer>employeur|entreprise)
    | (?P<trainee>(?:alternant|salarie|stagiaire|titulaire|beneficiaire|apprenant)(?:\W?e\)?)?)
    | (?P<tutor>tuteur|tutrice|tutorat)
    | (?P<contract>contrat)
    | (?P<training>organisme(?:\sde\sformation)?|formation|action|of|cfa|prestataire)
    )(?P<sign>\s*(?:\s[-–—]|[/|·•>›»:]|\s\.)\s*|\s+)(?=[a-z])""",
    re.VERBOSE,
)
"""A party and the sign that parts it from what is asked of it; a scan may have lost a dash."""

_ASKED: dict[Party, tuple[tuple[str, str], ...]] = {
    Party.EMPLOYER: (("name", r"nom|(?:denomination|raison)(?: sociale)?"),),
    Party.CONTRACT: (
        ("contract_kind", r"mode(?: contractuel)?|nature|type|forme"),
        ("signed_on", r"(?:date de )?(?:conclusion|signature)|(?:conclu|signe) le"),
        ("start", r"(?:date (?:de |d'))?(?:debut|prise d'effet|effet|embauche)\b.{0,30}"),
        ("end", r"(?:date de )?(?:fin|terme|expiration)\b.{0,60}"),
    ),
    Party.TRAINING: (
        ("name", r"nom|(?:denomination|raison)(?: sociale)?"),
        ("qualification", r"qualification|intitule|titre|diplome|certification"),
        (
            "general_hours",
            r"(?:dont )?(?:heures? |duree )?(?:d'|des )?enseignements? gen.{0,40}|heures generales",
        ),
        (
            "training_hours",
            r"(?:heures|duree|volume)(?: (?:totales?|horaire|en heures))?|(?:total|nombre) d'heures",
        ),
    ),
}
"""What words mean of one party that mean something else, or nothing, of the others."""


@dataclass(frozen=True, slots=True)
class Owned:
    """The party that a text opens with, and where what is asked of it begins."""

    party: Party
    at: int


def owned(run: Run) -> Owned | None:
    """The party named before a dash or a stroke at the beginning of a label; None for any other text."""
    match = _OWNED.match(fold(run.text))
    if match is None or not (match["sign"].strip() or run.passage.read_by is ReadBy.OCR):
        return None
    party = next(party for party in Party if match[party.value])
    return Owned(party, match.end())


def owned_marks(leaf: Leaf) -> Iterator[Mark]:
    """One mark for each cell that names a party and what it asks; a value after its colon or beside it."""
    cells = {id(block.runs[0]): block for block in leaf.view.blocks if 2 <= len(block.runs) <= 3}
    for run in leaf.view.runs:
        held = owned(run)
        if held is None:
            continue
        cell = cells.get(id(run))
        if cell is not None and ":" not in run.text and not _opens(cell.runs[1]):
            mark = _asked(cell.passage.text, held)
            if mark is not None:
                yield Mark(
                    mark[0], mark[1], run, held.at, len(run.text), len(run.text), False, 0.95, cell.box
                )
                continue
        colon = run.text.find(":", held.at)
        stop = colon if colon >= 0 else len(run.text)
        mark = _asked(run.text[:stop], held)
        if mark is not None:
            value_at = len(run.text) if colon < 0 else colon + 1
            while value_at < len(run.text) and run.text[value_at] in " .":
                value_at += 1
            box = run.passage.box(0, len(run.text[:stop].rstrip()))
            yield Mark(mark[0], mark[1], run, held.at, stop, value_at, colon >= 0, 0.95, box)


def _opens(run: Run) -> bool:
    """A line that begins another label: one of its own party, or with a capital."""
    return run.text[:1].isupper() or owned(run) is not None


def _asked(text: str, held: Owned) -> tuple[frozenset[str], str] | None:
    asked = fold(text)[held.at :].strip(" :.")
    for concept, pattern in _ASKED.get(held.party, ()):
        if re.fullmatch(pattern, asked):
            return frozenset({concept}), levelled(asked)
    concepts = concepts_of(levelled(asked))
    return (concepts, levelled(asked)) if concepts is not None else None
