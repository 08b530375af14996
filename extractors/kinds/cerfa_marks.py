"""The labels of a form, those that OCR wore out included, known by a few words that no other label has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.french.letters import fold
from extractors.kinds.cerfa_owned import owned_marks
from extractors.leaf import Leaf
from extractors.marks import Mark
from extractors.view import Run

_GENERAL = (
    r"enseignements? gen|prof\w+ et techno|\bet technologiques|^\W*generaux\b|^\W*dont (?:duree des )?ense"
)
_WORN: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (concept, re.compile(pattern))
    for concept, pattern in (
        ("general_hours", _GENERAL),
        ("training_hours", r"duree totale des act|d'evaluation, d'acc"),
        ("siret", r"\bsiret\b"),
        ("nda", r"declaration d'act|^n\S{0,2} d'activ"),
        ("signed_on", r"date de conclu|conclu le\b"),
        ("start", r"debut d'exec|date de debut d'"),
        ("end", r"^date de fin\b|fin du contrat|ou de la periode de p"),
        ("birth", r"date de? naiss|^ne\(?e?\)? le\b|de naissance :|^date de\W*$"),
        ("last_name", r"^nom de naiss|^nom\b(?! et| ou|bre)"),
        ("first_name", r"^prenoms?\b"),
        ("provider", r"organisme de formation princ|organisme principal|denomination de l'org"),
        ("name", r"^(?:nom et prenom ou )?denomination(?! de l'org)|^raison sociale"),
        ("qualification", r"^intitule pre|(?<!type de )qualification vis"),
    )
)
_VALUE = re.compile(r"[A-ZÀ-Ý0-9\[|{«]")


def marks_of(leaf: Leaf) -> tuple[Mark, ...]:
    """All labels of a page; worn or unusual ones where nothing better was found in the same place."""
    named = list(owned_marks(leaf))
    told = {id(mark.run) for mark in named}
    found = [*named, *(mark for mark in leaf.labels.marks if id(mark.run) not in told)]
    cells = {id(block.runs[0]): block for block in leaf.view.blocks if 2 <= len(block.runs) <= 3}
    for run in leaf.view.runs:
        for mark in _worn(run, [mark for mark in found if mark.run is run]):
            cell = cells.get(id(run))
            whole = (
                cell is not None
                and not mark.colon
                and mark.end >= len(run.text.rstrip())
                and not any(other.text[:1].isupper() or other.text[:1].isdigit() for other in cell.runs[1:])
            )
            # a label that wraps in its cell: the value may stand beside any of its lines
            found.append(replace(mark, box=cell.box) if cell is not None and whole else mark)
    return tuple(found)


def _worn(run: Run, known: list[Mark]) -> Iterator[Mark]:
    folded = fold(run.text)
    for concept, pattern in _WORN:
        match = pattern.search(folded)
        if match is None or any(mark.start < match.end() and match.start() < mark.end for mark in known):
            continue
        colon = folded.find(":", match.end())
        if 0 <= colon - match.end() < 60:
            value_at = colon + 1
        else:
            plain = re.sub(r"\([^)]*\)", lambda aside: " " * len(aside[0]), run.text)
            value = _VALUE.search(plain, match.end())
            value_at = value.start() if value is not None else len(run.text)
        while value_at < len(run.text) and run.text[value_at] in " .":
            value_at += 1
        end = max(match.end(), len(run.text[:value_at].rstrip(" :.")))
        box = run.passage.box(match.start(), end)
        yield Mark(frozenset({concept}), match[0], run, match.start(), end, value_at, colon >= 0, 0.8, box)
