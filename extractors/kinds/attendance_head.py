"""What the head of an attendance sheet says without a label: the training's title, the house that gives it.

Both stand above the table. The house has its number, its address or its town beside it or below it, or stands
in the very first line; the title is a line by itself that says nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from extractors import seek
from extractors.candidate import GUESSED, Candidate, candidate
from extractors.french.dates import dates_in
from extractors.french.letters import fold, tight
from extractors.french.people import person_of
from extractors.kind import TITLED, titles_of
from extractors.kinds import attendance_words as words
from extractors.kinds.attendance_houses import PROVIDES
from extractors.known_labels import is_label
from extractors.leaf import Leaf
from extractors.view import Run

_LOWEST = 0.3
"""Fraction of the page below which nothing is its head."""

_NUMBERED, _ADDRESSED = 0.85, 0.8
"""How sure a house is that stands beside its number, and one beside its address."""

_ALONE = 0.75
"""How sure the one line is that may be the title."""

_IN_TOWN = 0.7
"""And one that is called a house of training and stands beside a town."""

_PARTICLES = ("de", "du", "des", "la", "le", "van", "von", "den", "der", "el", "da", "d'")
_TOWN = re.compile(r"[A-ZÀ-Ý][\w'’-]+(?: (?:[A-ZÀ-Ý][\w'’-]+|(?:de|la|le|les|en|sur|du)(?= [A-ZÀ-Ý]))){0,3}")
_PART = re.compile(r"\s+[·•|–—-]\s+|\s*\|\s*|,\s+(?=\d{1,4}(?:\s?(?:bis|ter))?,?\s+[^\W\d_]|\d{5}\b)")
"""What parts a house from its number, its address or its town; a comma does before an address alone."""
_ID = re.compile(r"\b(?:siret|siren|nda|declaration d'activite|n° d'activite|d'activite)\b")
_ADDRESS = re.compile(
    r"\b\d{5}\b|^\W*\d{1,4}(?:\s?(?:bis|ter))?,?\s+(?:rue|avenue|av\b|bd\b|boulevard|place|quai|impasse|allees?|chemin"
    r"|route|za\b|zi\b|zac\b|cours|square|passage|faubourg|esplanade|parc|zone|lieu[- ]dit|hameau|residence)"
)
_NO_HOUSE = re.compile(
    r"^(?:service|direction|departement|pole formation|page|lieu|session|date|dispositif|semaine|annee|mois"
    r"|client|stagiaire|formation|export|genere|edite|document|dossier|ref)\b|@|www\.|\btel\b|\d{2}[/.]\d{2}|\d{2}[h:]\d{2}"
)
_OF_TRAINING = re.compile(r"formations? (?:du|de|des|d'|en|et|pour|plus)\b[^\d@:]*$")
"""A house may be called after what it does: "Formation du Ponant"."""
_NO_TITLE = re.compile(
    r"@|www\.|https?:|\btel\b|\bsiret\b|\bnda\b|\bcapital\b|\bpages?\b|\bdispositif\b|\bsemaine\b|\bannee\b"
    r"|\d{1,2}\s?[h:]\s?\d{2}|\bemarg|\bpresen[ct]|\bsignature|\bmatin\b|\bapres[- ]midi\b|\bfeuille\b"
    r"|\bliste\b|\bdossier\b|\bsession (?:n|du|de|\d)|\bsignee?s?\b|\bheures?\b"
)


def houses(leaf: Leaf, titled: bool) -> Iterator[Candidate]:
    """Houses in the head of a page; ``standing`` ranks what stands beside them.

    ``titled``: a label says the training's title, so a name and a town under the paper's title are a house's.
    """
    head = [run for run in leaf.view.runs if run.box.y0 < _LOWEST]
    named = _title_rows(leaf)
    below_one: list[Run] = []
    for run in head:
        parts = _parts(run)
        start, name = parts[0]
        if run in below_one or run in named or _labelled(leaf, run) or not _may_be_house(name):
            continue
        beside = fold(" ".join(text for _, text in parts[1:]))
        under = _below(head, run)
        below = fold(under.text) if under is not None else ""
        if _ID.search(beside) or _ID.match(below):
            sure, standing = _NUMBERED, 2
        elif _ADDRESS.search(beside) or _ADDRESS.search(below):
            sure, standing = _ADDRESSED, 3
        elif len(parts) == 2 and _TOWN.fullmatch(parts[1][1]) and _is_called(name):
            sure, standing = _IN_TOWN, 4
        elif (
            (titled and len(parts) == 2 and _TOWN.fullmatch(parts[1][1]) and _under(run, named))
            or run.row <= min((title.row for title in named), default=0)
            or _beside(run, named)
        ):
            sure, standing = GUESSED, 5
        else:
            continue
        if under is not None and standing in (2, 3) and ":" not in under.text:
            below_one.append(under)  # its address
        made = seek.organisation_at(run.passage.part(start, start + len(name)), sure, standing)
        if made is not None and (standing == 2 or not _is_person(str(made.value))):
            yield made


def _is_called(name: str) -> bool:
    """Whether a name has a word that houses of training have, and no figure."""
    return PROVIDES.search(fold(name)) is not None and not any(c.isdigit() for c in name)


def _under(run: Run, named: list[Run]) -> bool:
    return any(0 < run.row - one.row <= 1 for one in named)


def _beside(run: Run, named: list[Run]) -> bool:
    """Whether a line stands left or right of the paper's title, as in a head of three cells."""
    return any(
        abs(run.box.y0 + run.box.y1 - one.box.y0 - one.box.y1) < 3 * one.height
        and (run.box.x1 < one.box.x0 or run.box.x0 > one.box.x1)
        for one in named
    )


def titles(leaf: Leaf, foot: float, taken: Collection[str]) -> Iterator[Candidate]:
    """The line above the table, whose top is at ``foot``, that may be the training's title.

    ``taken``: names and houses that are none. Of several lines the largest, and no more than guessed.
    """
    named = _title_rows(leaf)
    others = {tight(one) for one in taken}
    lines = [
        run
        for run in leaf.view.runs
        if run.box.y1 < min(foot, 2 * _LOWEST)
        and not any(run is one for one in named)
        and not _labelled(leaf, run)
        and _may_be_title(run.text)
        and not any(one and one in tight(run.text) for one in others)
        and not _over_address(leaf, run)
    ]
    if not lines:
        return
    tallest = max(run.height for run in lines)
    best = [run for run in lines if run.height > 0.95 * tallest]
    sure = _ALONE if len(lines) == 1 else GUESSED
    if len(best) == 1 or named:
        near = min(best, key=lambda run: min((abs(run.row - one.row) for one in named), default=0))
        yield candidate(near.text.strip(), near.passage, 0, len(near.text), sure, "", 4)


def _over_address(leaf: Leaf, run: Run) -> bool:
    under = _below(leaf.view.runs, run)
    below = fold(under.text) if under is not None else ":"
    return ":" not in below and _ADDRESS.search(below) is not None


def _title_rows(leaf: Leaf) -> list[Run]:
    """Lines that name what kind of paper this is."""
    texts = {tight(title.text) for title in titles_of(leaf) if title.weight >= TITLED}
    return [run for run in leaf.view.runs if tight(run.text) in texts]


def _labelled(leaf: Leaf, run: Run) -> bool:
    """Whether a line has a label of its own, or is the value right of one."""
    if is_label(run.text) or (":" in run.text and leaf.labels.in_run(run)):
        return True
    row = leaf.view.rows[run.row]
    before = [one for one in row if one.box.x1 <= run.box.x0]
    return bool(before) and (before[-1].text.rstrip().endswith(":") or is_label(before[-1].text))


def _parts(run: Run) -> list[tuple[int, str]]:
    """The parts of a line between dashes, dots and bars, with where each begins."""
    found, at = [], 0
    for match in _PART.finditer(run.text):
        found.append((at, run.text[at : match.start()]))
        at = match.end()
    return [*found, (at, run.text[at:])]


def _below(runs: Sequence[Run], run: Run) -> Run | None:
    """The line right under another, where it begins at its left or shares its middle."""
    near = [
        one
        for one in runs
        if 0 < one.row - run.row <= 1
        and one.box.y0 - run.box.y1 < 1.5 * run.height
        and (
            abs(one.box.x0 - run.box.x0) < 0.01
            or abs(one.box.x1 - run.box.x1) < 0.01
            or abs(one.box.x0 + one.box.x1 - run.box.x0 - run.box.x1) < 0.02
        )
    ]
    return near[0] if near else None


def _may_be_house(text: str) -> bool:
    folded = fold(text).strip()
    letters = sum(c.isalpha() for c in text)
    digits = sum(c.isdigit() for c in text)
    if letters < 4 or digits > 3 or len(text) > 60 or ":" in text or not text.strip()[:1].isupper():
        return False
    if _NO_HOUSE.search(folded) and not _OF_TRAINING.match(folded):
        return False
    return not (_ADDRESS.search(folded) or is_label(text) or dates_in(text))


def _may_be_title(text: str) -> bool:
    folded = fold(text).strip()
    letters = sum(c.isalpha() for c in text)
    if letters < 8 or len(text) > 120 or len(text.split()) < 2 or not text.strip()[:1].isupper():
        return False
    if _NO_TITLE.search(folded) or _ADDRESS.search(folded) or is_label(text) or dates_in(text):
        return False
    if _is_person(text):
        return False
    return words.role_of(text) is None and words.half_of(text) is None and not words.days_in(text)


def _is_person(text: str) -> bool:
    """Whether a line is a person's name: capitalised words alone, particles aside."""
    person = person_of(text)
    small = [word for word in text.split() if word[:1].islower() and word not in _PARTICLES]
    return person is not None and person.sure and not small and len(text.split()) <= 5
