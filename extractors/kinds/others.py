"""Papers of which little is read: whom they name, whether they are signed.

Programmes, calendars, undertakings, records of an evaluation, proofs of a situation count by being there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dossier.reading import Field
from extractors.candidate import LABELLED, Candidate, Reading, candidate, settled
from extractors.french.people import person_of
from extractors.kinds.notice_people import people_named
from extractors.kinds.notice_roles import holds_office
from extractors.leaf import Leaf
from extractors.signatures import signed

Leaves = Sequence[Leaf]


def read_named(leaves: Leaves) -> Reading:
    """A paper that may name its trainee: programme, calendar, proof of situation."""
    return _reading(**_trainee(leaves))


def read_signed(leaves: Leaves) -> Reading:
    """A paper that names its trainee and that each party signs: commitment, protocol, record."""
    return _reading(**_trainee(leaves), signed=signed(leaves))


def read_charter(leaves: Leaves) -> Reading:
    """A charter: the trainee is who undertakes, "je soussigné(e) …", and else who is named as such."""
    undersigned = list(_undersigned(leaves))
    trainee = {
        "trainee_last_name": settled(last for last, _ in undersigned),
        "trainee_first_name": settled(first for _, first in undersigned if first is not None),
    }
    if trainee["trainee_last_name"] is None:
        trainee = _trainee(leaves)
    return _reading(**trainee, signed=signed(leaves))


def _reading(**fields: Field | None) -> Reading:
    return Reading({name: field for name, field in fields.items() if field is not None})


def _trainee(leaves: Leaves) -> dict[str, Field | None]:
    named = people_named(leaves, "trainee")
    return {"trainee_last_name": named.last, "trainee_first_name": named.first}


def _undersigned(leaves: Leaves) -> Iterator[tuple[Candidate, Candidate | None]]:
    for leaf in leaves:
        for statement in leaf.said("soussigned"):
            lead = re.match(r"[\s:,]*", statement.passage.text[statement.value_at :])
            start = statement.value_at + (lead.end() if lead is not None else 0)
            person = person_of(statement.passage.text[start:])
            if person is None or holds_office(statement.passage.text[start + person.end :]):
                continue
            begin, end = start + person.start, start + person.end
            sure = LABELLED if person.sure else 0.7
            last = candidate(person.last, statement.passage, begin, end, sure)
            yield last, candidate(person.first, statement.passage, begin, end, sure) if person.first else None
