"""The day an invoice was issued: at its label, beside its number, under its title, after the town."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from dossier.reading import Field
from extractors import seek
from extractors.candidate import GUESSED, LABELLED, NEAR, Candidate, settle, settled
from extractors.french.dates import DateFound, dates_in, periods_in
from extractors.french.letters import fold
from extractors.kinds.invoice_title import Title
from extractors.leaf import Leaf
from extractors.marks import Mark
from extractors.view import Run

_DATE_GOES_ON = re.compile(
    r"\bdate\b(?: d[eu']?| de la| d')?\s*(?:facture|facturation|emission|document|edition|creation|avoir"
    r"|piece)?\s*$"
)
_OTHER_DAY = re.compile(
    r"echeance|avant|regl|pay|acquitt|jusqu|\bfin\b|debut|limite|expir|valable|convention|acompte|vers[ea]|recu"
)
_PLACE_AND_DAY = re.compile(
    r"^(?!(?:entre|du|depuis|jusqu\w*)\b|le\s+\d)[^\W\d_][\w' .-]{1,40}?"
    r"(?:,?\s+le\s+|,\s+)(?:(?:lun|mar|mercre|jeu|vendre|same)di\s+|dimanche\s+)?(?=\d{1,2}[\s./-]|1er)"
)
_SAYS_ISSUED = re.compile(
    r"(?:etabli|edite|delivre|emis)ee?s?le|datede?l?(?:etablissement|edition|delivrance)"
)
"""Labels of the day a paper was made out; "le" and "signé le" are too little for a bill."""


def issue_date(leaves: Sequence[Leaf], found: Sequence[Title], known: Field | None) -> Field | None:
    """The day of issue: at its label, beside the number, after the town."""
    return settled(_issue_dates(leaves, found, known))


def _issue_dates(leaves: Sequence[Leaf], found: Sequence[Title], known: Field | None) -> Iterator[Candidate]:
    def own(leaf: Leaf, mark: Mark) -> bool:
        said = fold(mark.run.text[mark.start : mark.end])
        if _heads_days(leaf, mark):
            return False
        return mark.label != "date" or mark.score == 1 or bool(_DATE_GOES_ON.search(said))

    yield from seek.dates(leaves, "issue_date", where=own)
    for held in seek.places(leaves, ("issued",), _made_out, wrap=False):
        for place in held:
            found_days = dates_in(place.passage.text)
            if found_days and not periods_in(place.passage.text):
                yield seek.date_candidate(place.passage, found_days[0], seek.base(place), 0)
                break
    for leaf in leaves:
        for run in leaf.view.runs:
            dates = dates_in(run.text)
            if not dates:
                continue
            folded = fold(run.text)
            if _beside_number(run, folded, dates[0], found, known):
                yield seek.date_candidate(run.passage, dates[0], LABELLED)
            elif (_lone_day(folded, dates[0]) and _under_head(run, found, known)) or (
                _PLACE_AND_DAY.match(folded)
                and dates[0].start < 48
                and run.box.y0 < 0.55
                and not _OTHER_DAY.search(folded)
                and not periods_in(run.text)
            ):
                yield seek.date_candidate(run.passage, dates[0], NEAR, 1)


def _made_out(leaf: Leaf, mark: Mark) -> bool:
    return _SAYS_ISSUED.fullmatch(mark.label) is not None


def _heads_days(leaf: Leaf, mark: Mark) -> bool:
    """A column of days stands under the label: those of the lines, not the bill's."""
    if mark.value_at < len(mark.run.text.rstrip()):
        return False
    rows = leaf.view.rows[mark.run.row + 1 : mark.run.row + 4]
    under = [run for row in rows for run in row if run.box.x0 < mark.box.x1 and run.box.x1 > mark.box.x0]
    return len(under) > 1 and all(dates_in(run.text) for run in under[:2])


def _lone_day(folded: str, date: DateFound) -> bool:
    """The run is nothing but a day, "du", "le" or "en date du" before it."""
    before, after = folded[: date.start].strip(" :,-"), folded[date.end :].strip(" .,")
    return not after and re.fullmatch(r"|du|le|en date du|date", before) is not None


def _under_head(run: Run, found: Sequence[Title], known: Field | None) -> bool:
    """Right under the document's title or its number, in their column."""
    heads = [(t.passage.page, t.run.box, t.run.height) for t in found]
    if known is not None:
        heads.append((known.page, known.box, run.height))
    return any(
        page == run.passage.page
        and 0 < run.box.y0 - box.y0 < 2.2 * max(height, run.height) + (box.y1 - box.y0)
        and run.box.x0 < box.x1
        and run.box.x1 > box.x0
        for page, box, height in heads
    )


_OTHER_PAPER = re.compile(
    r"echeance|avant|acquitt|paye|regl|(?:sur|de) (?:la |notre |votre )?facture|annul|relati|concern"
    r"|formation|periode|\bau\b"
)
"""Before a date: it is not the day this document was issued."""


def _beside_number(
    run: Run, folded: str, date: DateFound, found: Sequence[Title], known: Field | None
) -> bool:
    """The run gives the document's number (or is its title), and the date follows."""
    before = folded[: date.start]
    if _OTHER_PAPER.search(before):
        return False
    if any(title.run is run and title.nature == found[0].nature for title in found):
        return True
    if known is None or not known.raw or known.page != run.passage.page:
        return False
    level = min(run.box.y1, known.box.y1) - max(run.box.y0, known.box.y0) > 0.5 * (run.box.y1 - run.box.y0)
    if level and run.box.x0 >= known.box.x1 and not re.search(r"\w{3}", before):
        return True
    return fold(known.raw) in before and len(before) < len(known.raw) + 24


def only_date(leaves: Sequence[Leaf], taken: set[dt.date]) -> Field | None:
    """The one date of the head that nothing else explains: a guess."""
    held: list[Candidate] = []
    for leaf in leaves[:1]:
        for run in leaf.view.runs:
            if run.box.y0 < 0.4 and not re.search(r"\bau\b", fold(run.text)):
                held += [
                    seek.date_candidate(run.passage, found, GUESSED)
                    for found in dates_in(run.text)
                    if found.date is not None and found.date not in taken
                ]
    return settle(held) if len({c.value for c in held}) == 1 else None
