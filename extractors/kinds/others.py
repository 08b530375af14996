"""Papers of which little is read: whom they name, whether they are signed; of bank details the account.

Programmes, calendars, undertakings, records of an evaluation, proofs of a situation count by being there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dossier.reading import Field
from extractors.candidate import GUESSED, LABELLED, Candidate, Reading, candidate, settled
from extractors.french.identifiers import ibans_in
from extractors.french.letters import fold, tight
from extractors.french.organisations import organisation_of
from extractors.french.people import person_of
from extractors.kinds.notice_people import people_named
from extractors.leaf import Leaf
from extractors.seek import id_candidate, identifiers, organisations, people
from extractors.signatures import signed

Leaves = Sequence[Leaf]


def read_named(leaves: Leaves) -> Reading:
    """A paper that may name its trainee: programme, calendar, proof of situation."""
    return _reading(**_trainee(leaves))


def read_signed(leaves: Leaves) -> Reading:
    """A paper that names its trainee and that each party signs: commitment, protocol, record."""
    return _reading(**_trainee(leaves), signed=signed(leaves))


def read_charter(leaves: Leaves) -> Reading:
    """A charter: the trainee is who undertakes, "je soussigné(e) …", where nothing else says who it is."""
    trainee = _trainee(leaves)
    if trainee["trainee_last_name"] is None:
        undersigned = list(_undersigned(leaves))
        trainee = {
            "trainee_last_name": settled(last for last, _ in undersigned),
            "trainee_first_name": settled(first for _, first in undersigned if first is not None),
        }
    return _reading(**trainee, signed=signed(leaves))


def read_bank(leaves: Leaves) -> Reading:
    """A RIB: its IBAN and whose account it is."""
    found = list(identifiers(leaves, ibans_in, "iban"))
    if not any(one.value is not None for one in found):
        found = list(_anywhere(leaves))
    holders = list(organisations(leaves, "holder")) or list(_persons(leaves)) or list(_above(leaves))
    return _reading(iban=settled(found), holder_name=settled(holders))


def _reading(**fields: Field | None) -> Reading:
    return Reading({name: field for name, field in fields.items() if field is not None})


def _trainee(leaves: Leaves) -> dict[str, Field | None]:
    named = people_named(leaves, "trainee")
    return {"trainee_last_name": named.last, "trainee_first_name": named.first}


def _anywhere(leaves: Leaves) -> Iterator[Candidate]:
    """An IBAN without its label: its check digits announce it."""
    for leaf in leaves:
        whole = leaf.whole()
        for found in ibans_in(whole.text):
            if found.valid:
                yield id_candidate(whole, found, 0.95)


def _persons(leaves: Leaves) -> Iterator[Candidate]:
    """An account of a person."""
    for person, passage, sure, _ in people(leaves, "holder"):
        yield candidate(passage.text[person.start : person.end], passage, person.start, person.end, sure)


def _undersigned(leaves: Leaves) -> Iterator[tuple[Candidate, Candidate | None]]:
    for leaf in leaves:
        for statement in leaf.said("soussigned"):
            lead = re.match(r"[\s:,]*", statement.passage.text[statement.value_at :])
            start = statement.value_at + (lead.end() if lead is not None else 0)
            person = person_of(statement.passage.text[start:])
            if person is None:
                continue
            begin, end = start + person.start, start + person.end
            sure = LABELLED if person.sure else 0.7
            last = candidate(person.last, statement.passage, begin, end, sure)
            yield last, candidate(person.first, statement.passage, begin, end, sure) if person.first else None


_BANKING = re.compile(
    r"\b(?:banques?|credit|caisse|agence|bic|iban|rib|releves?|comptes?|domiciliation|code|cle|guichet|bancaires?)\b"
)
_TOWN = re.compile(r"\b\d{5}\s+[^\W\d_]{2}")
_STREET = re.compile(
    r"^\W*\d{1,4}(?:\s?(?:bis|ter))?[\s,]+[^\W\d_]|\b(?:rue|avenue|boulevard|place|route|zone|bp)\b"
)


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
                if not _BANKING.search(folded) and len(tight(found.name)) >= 3:
                    yield candidate(found.name, run.passage, found.start, found.end, GUESSED)
                break
