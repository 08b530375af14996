"""A RIB, or any paper that tells whose account is where: its IBAN and its holder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from dossier.reading import Field
from extractors.candidate import GUESSED, LABELLED, Candidate, Reading, candidate, less_sure, settled, surer
from extractors.french.letters import fold, tight
from extractors.french.organisations import organisation_of
from extractors.kinds.bank_account import accounts, ribs, unread, unread_candidate
from extractors.known_labels import is_label
from extractors.leaf import Leaf
from extractors.seek import id_candidate, organisations, people

Leaves = Sequence[Leaf]

_MOST_MISREAD = 3
"""Characters of an IBAN that wear may have changed where the RIB beside it tells the whole."""


def read_bank(leaves: Leaves) -> Reading:
    """A RIB: its IBAN and whose account it is."""
    labelled = [c for c in organisations(leaves, "holder") if len(_BANKING.findall(fold(str(c.value)))) < 2]
    holders = list(_over_street(leaves)) or labelled or list(_persons(leaves)) or list(_above(leaves))
    found = {"iban": _iban(leaves), "holder_name": settled(holders)}
    return Reading({name: field for name, field in found.items() if field is not None})


def _iban(leaves: Leaves) -> Field | None:
    """The printed IBAN, proven by the RIB beside it where there is one; else the one the RIB makes."""
    found = [
        id_candidate(account.passage, account.found, LABELLED, 0 if account.found.valid else 1)
        for leaf in leaves
        for account in accounts(leaf)
    ]
    printed = settled(found or [unread_candidate(passage) for leaf in leaves for passage in unread(leaf)])
    made = settled(
        candidate(rib.iban, rib.passage, 0, len(rib.passage.text), 0.9, "made of the RIB")
        for leaf in leaves
        for rib in ribs(leaf)
    )
    if printed is None or made is None:
        return printed or made
    if printed.value is None:
        return made
    if printed.value == made.value:
        return surer(printed, 0.97, "the RIB makes the same")
    near = Levenshtein.distance(str(printed.value), str(made.value)) <= _MOST_MISREAD
    if near and "key" in printed.note:
        return less_sure(made, 0.85, "the IBAN is printed with a wrong key")
    return less_sure(printed, 0.5, "the RIB makes another")


def _persons(leaves: Leaves) -> Iterator[Candidate]:
    """An account of a person."""
    for person, passage, sure, _ in people(leaves, "holder"):
        yield candidate(passage.text[person.start : person.end], passage, person.start, person.end, sure)


_BANKING = re.compile(
    r"\b(?:banques?|credit|caisse|agence|bic|iban|rib|releves?|comptes?|domiciliation|code|cle|guichet|bancaires?)\b"
)
_TOWN = re.compile(r"\b\d{5}\s+[^\W\d_]{2}")
_STREET = re.compile(
    r"^\W*\d{1,4}(?:\s?(?:bis|ter))?[\s,]+[^\W\d_]|\b(?:rue|avenue|boulevard|place|route|zone|bp)\b"
)


def _over_street(leaves: Leaves) -> Iterator[Candidate]:
    """The line over the street that stands beside a label set in the middle of its cell."""
    for leaf in leaves:
        for mark in leaf.labels.of("holder"):
            for place in leaf.labels.values(mark):
                first = place.passage.words[0].box
                if place.manner != "right" or not _STREET.match(fold(place.passage.text)):
                    continue
                over = [
                    run
                    for run in leaf.view.in_column(first)
                    if abs(run.box.x0 - first.x0) < 0.01 and 0 < first.y1 - run.box.y1 < 2.5 * leaf.view.tall
                ]
                found = organisation_of(over[-1].text) if over else None
                if found is not None and mark.box.y0 - over[-1].box.y1 < leaf.view.tall:
                    yield candidate(found.name, over[-1].passage, found.start, found.end, 0.9)


def _above(leaves: Leaves) -> Iterator[Candidate]:
    """Who stands over an address, where no label says whose account it is: doubtful."""
    for leaf in leaves:
        for town in leaf.view.runs:
            if not _TOWN.search(town.text):
                continue
            over = [
                run
                for run in leaf.view.in_column(town.box)
                if run.box.y1 <= town.box.y1 and town.box.y0 - run.box.y1 < 4 * leaf.view.tall
            ]
            for run in reversed(over):
                found = organisation_of(run.text)
                folded = fold(run.text)
                if found is None or _STREET.search(folded) or _TOWN.search(run.text):
                    continue
                if not _BANKING.search(folded) and len(tight(found.name)) >= 3 and not is_label(found.name):
                    yield candidate(found.name, run.passage, found.start, found.end, GUESSED)
                break
