"""Short papers about a person: disability notice, distance evidence, end of contract, tutor's training.

They come as rows of labels or as a sentence; both are asked, and what they say must agree to be sure.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dossier.reading import Field
from extractors.candidate import NEAR, Candidate, Reading, candidate, settled
from extractors.french.dates import dates_in, periods_in
from extractors.french.letters import fold
from extractors.kinds.notice_hours import stated_hours
from extractors.kinds.notice_people import people_named, undersigned
from extractors.leaf import Leaf
from extractors.seek import date_candidate, dates, spans, spoken_dates, spoken_spans
from extractors.signatures import above_closing

Leaves = Sequence[Leaf]


def read_disability(leaves: Leaves) -> Reading:
    """An opinion or decision of the CDAPH: whose, valid from when to when."""
    first, last = _period(leaves, ("valid", "period"), ("valid_from", "period"))
    if not first:
        first = [
            *dates(leaves, "valid_from"),
            *(replace(c, standing=1) for c in spoken_dates(leaves, "start")),
        ]
    if not last:
        last = [*dates(leaves, "valid_to"), *(replace(c, standing=1) for c in spoken_dates(leaves, "end"))]
    start = settled(first)
    if not last and start is not None and isinstance(start.value, dt.date):
        last = list(_after_years(leaves, start.value))
    return _reading(**_trainee(leaves), valid_from=start, valid_to=settled(last))


def read_distance(leaves: Leaves) -> Reading:
    """A log of connections or an attestation of assiduity: whose, how long, from when to when.

    Where no period is stated, it runs from the first to the last day of the log.
    """
    first, last = _period(leaves, ("period",), ("period",))
    if not first and not last:
        first, last = _only_period(leaves)
    first = first or list(dates(leaves, "start"))
    last = last or list(dates(leaves, "end"))
    logged = sorted(_logged(leaves), key=lambda c: str(c.value))
    if logged:
        first, last = first or logged[:1], last or logged[-1:]
    return _reading(
        **_trainee(leaves), hours=stated_hours(leaves), start_date=settled(first), end_date=settled(last)
    )


def read_termination(leaves: Leaves) -> Reading:
    """An attestation that a contract ended early: whose, and on which day."""
    found = [*dates(leaves, "terminated"), *spoken_dates(leaves, "terminated", reach=24)]
    found = found or list(_told(leaves, _ENDED)) or list(_last_employed(leaves))
    named = _trainee(leaves)
    if named["trainee_last_name"] is None and any("demission" in leaf.folded for leaf in leaves):
        who = list(undersigned(leaves))
        named["trainee_last_name"] = settled(last for last, _ in who)
        named["trainee_first_name"] = settled(first for _, first in who if first is not None)
    return _reading(**named, terminated_on=settled(found))


_EMPLOYED = re.compile(r"\b(?:employee?|travaillee?|embauchee?|salariee?|occupe)\b[^.;]{0,110}$")


def _last_employed(leaves: Leaves) -> Iterator[Candidate]:
    """The end of the period for which a certificate of employment says somebody was employed."""
    for leaf in leaves:
        whole = leaf.whole()
        for period in periods_in(whole.text):
            if _EMPLOYED.search(fold(whole.text[: period.first.start])):
                yield date_candidate(whole, period.last, 0.85)


def read_tutor(leaves: Leaves) -> Reading:
    """A certificate that a tutor was trained: who, when, how long."""
    named = people_named(leaves, "tutor")
    found = [*dates(leaves, "trained_on"), *spoken_dates(leaves, "trained_on", reach=24)]
    found = found or _period(leaves, ("period",), ("period",))[1] or list(dates(leaves, "end", "period"))
    found = found or list(_told(leaves, _TRAINED)) or _only_period(leaves)[1]
    found = [c for c in found if _in_the_body(leaves, c)]
    return _reading(tutor_last_name=named.last, trained_on=settled(found), hours=stated_hours(leaves))


def _in_the_body(leaves: Leaves, found: Candidate) -> bool:
    """Not the day on which the paper was made, which stands in for a date that OCR lost."""
    return all(above_closing(leaf, found.box) for leaf in leaves if leaf.page.number == found.page)


def _reading(**fields: Field | None) -> Reading:
    return Reading({name: field for name, field in fields.items() if field is not None})


def _trainee(leaves: Leaves) -> dict[str, Field | None]:
    named = people_named(leaves, "trainee")
    return {"trainee_last_name": named.last, "trainee_first_name": named.first}


def _period(
    leaves: Leaves, said: Sequence[str], labelled: Sequence[str]
) -> tuple[list[Candidate], list[Candidate]]:
    """First and last days of the periods said in sentences and at labels."""
    pairs = [*spoken_spans(leaves, *said), *spans(leaves, *labelled)]
    whole = [(first, last) for first, last in pairs if last is not None]
    return [first for first, _ in whole], [last for _, last in whole]


def _only_period(leaves: Leaves) -> tuple[list[Candidate], list[Candidate]]:
    """The periods of the running text, when nothing announces one: they serve if they all say the same."""
    found = [(leaf.whole(), period) for leaf in leaves for period in periods_in(leaf.whole().text)]
    return (
        [date_candidate(passage, period.first, NEAR) for passage, period in found],
        [date_candidate(passage, period.last, NEAR) for passage, period in found],
    )


_ENDED = re.compile(
    r"(?:romp\w+|rupture|resili\w+|(?:pris|prend|mis|met) fin|cess[eé]\w*"
    r"|dernier jour (?:de travail|travaille|de presence|effectif)|quitt\w+)"
    r"(?:(?:(?!conclu|signe|debut|embauch|fait a)[^;]){0,110}?)(?:\ble|\bau|\bdu|\ben date du|:) (?=\d)"
)
_TRAINED = re.compile(
    r"\b(?:achev|termin|suivi|realis|dispens|valid|form|obtenu|particip|assist|pris part)\w*"
    r"(?:(?!\bne(?:e|\(e\))? le|naissance|fait a|delivre|etabli|expire|jusqu)[^;]){0,110}?"
    r"(?: le| en date du| :)(?: (?:lun|mar|mercre|jeu|vendre|same)di)? (?=\d)"
)
"""What comes before the date of the event, up to the date itself."""


def _told(leaves: Leaves, event: re.Pattern[str]) -> Iterator[Candidate]:
    """The date of an event in the words of the page, whatever lines and blocks they were cut into."""
    for leaf in leaves:
        whole = leaf.whole()
        for match in event.finditer(fold(whole.text)):
            found = dates_in(whole.text[match.end() : match.end() + 24])
            if found and found[0].start == 0:
                at = replace(found[0], start=match.end(), end=match.end() + found[0].end)
                yield date_candidate(whole, at, NEAR)


_YEARS = re.compile(r"(?:duree|periode) (?:\w+ )?de (?P<n>\d{1,2}) ?(?:\(\w+\) )?ans?\b")


def _after_years(leaves: Leaves, start: dt.date) -> Iterator[Candidate]:
    """The last day of "pour une durée de 5 ans" from ``start``: computed, so never quite sure."""
    for leaf in leaves:
        for passage in leaf.paragraphs:
            match = _YEARS.search(fold(passage.text))
            if match is None:
                continue
            end = start.replace(day=min(start.day, 28), year=start.year + int(match["n"]))
            end += dt.timedelta(days=start.day - min(start.day, 28) - 1)
            yield candidate(end, passage, match.start(), match.end(), 0.85, "computed from a number of years")


def _logged(leaves: Leaves) -> Iterator[Candidate]:
    """The days that begin the lines of a log."""
    for leaf in leaves:
        for row in leaf.view.rows:
            found = dates_in(row[0].text) if len(row) > 1 else ()
            if found and found[0].start <= 10 and found[0].date is not None:
                yield candidate(
                    found[0].date,
                    row[0].passage,
                    found[0].start,
                    found[0].end,
                    0.8,
                    "first or last day of a log",
                )
