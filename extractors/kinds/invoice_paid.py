"""What the company that paid writes on its copy: "facture acquittée le …", and its signature beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dossier.reading import Box
from extractors.candidate import LABELLED, NEAR, Candidate, candidate
from extractors.french.dates import dates_in
from extractors.french.letters import fold
from extractors.leaf import Leaf
from extractors.seek import date_candidate
from extractors.view import Passage

_MENTION = re.compile(
    r"""\b(?: (?:acquitt|regl|pay)ee?(?:\s+(?:integralement|par\s+[a-z ]{3,24}|comptant))?
        | (?:pour|bon\s+pour)\s+acquit
        | (?:reglement|paiement|virement)\s+(?:effectue|recu|execute|emis|realise)
      )\b""",
    re.VERBOSE,
)
_WORN = re.compile(r"\bfacture\s+ac[a-z]{0,3}u[a-z0-9 ]{2,8}\b")
_NOT_THIS = re.compile(
    r"(?:a etre|sera|seront|doit etre|deja|acompte|non|en cas de|si elle n'est pas|integralement a)\s*$"
)
_UP_TO_DATE = re.compile(r"^[^\d]{0,40}?$")


@dataclass(frozen=True, slots=True)
class Mention:
    """Where the bill is said to be paid, and the day, if one can be read."""

    leaf: Leaf
    day: Candidate
    box: Box


def mentions(leaves: Sequence[Leaf]) -> Iterator[Mention]:
    """Each "acquittée le" and its like, with the date after it on its line or the next."""
    for leaf in leaves:
        for block in leaf.view.blocks:
            yield from _in_passage(leaf, block.passage)


def _in_passage(leaf: Leaf, passage: Passage) -> Iterator[Mention]:
    folded = fold(passage.text)
    patterns = (_MENTION, _WORN) if leaf.ocr else (_MENTION,)
    for pattern in patterns:
        for match in pattern.finditer(folded):
            if _NOT_THIS.search(folded[: match.start()]):
                continue
            tail = passage.text[match.end() :]
            dates = dates_in(tail)
            sure = LABELLED if pattern is _MENTION else NEAR - 0.1
            box = passage.box(match.start(), match.end())
            if dates and _UP_TO_DATE.match(fold(tail[: dates[0].start])):
                found = dates[0]
                start = match.end()
                base = min(sure, 0.7) if found.note else sure
                day = candidate(found.date, passage, start + found.start, start + found.end, base, found.note)
                yield Mention(leaf, day, box)
                return
            near = _next_line(leaf, box)
            if near is not None:
                yield Mention(leaf, near, box)
                return
            if "facture" in folded or "acquit" in match[0]:
                day = candidate(
                    None, passage, match.start(), match.end(), 0.5, "paid, and no day can be read"
                )
                yield Mention(leaf, day, box)
                return


def _next_line(leaf: Leaf, box: Box) -> Candidate | None:
    """The date in the run right of the mention or just under it."""
    tall = leaf.view.tall
    for run in leaf.view.runs:
        beside = abs(run.box.y0 - box.y0) < 0.6 * tall and 0 < run.box.x0 - box.x1 + 0.005 < 0.2
        under = -0.3 * tall < run.box.y0 - box.y1 < 1.6 * tall and run.box.x0 < box.x1 and run.box.x1 > box.x0
        if beside or under:
            dates = dates_in(run.text)
            if dates and not re.search(r"echeance|avant", fold(run.text)):
                return date_candidate(run.passage, dates[0], NEAR)
    return None
