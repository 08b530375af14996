"""Papers of which little is read: whom they name, whether they are signed.

Programmes, calendars, undertakings, records of an evaluation, proofs of a situation count by being there.
"""

from __future__ import annotations

from collections.abc import Sequence

from dossier.reading import Field
from extractors.candidate import Reading, settled
from extractors.kinds.notice_people import people_named, undersigned
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
    who = list(undersigned(leaves))
    trainee = {
        "trainee_last_name": settled(last for last, _ in who),
        "trainee_first_name": settled(first for _, first in who if first is not None),
    }
    if trainee["trainee_last_name"] is None:
        trainee = _trainee(leaves)
    return _reading(**trainee, signed=signed(leaves))


def _reading(**fields: Field | None) -> Reading:
    return Reading({name: field for name, field in fields.items() if field is not None})


def _trainee(leaves: Leaves) -> dict[str, Field | None]:
    named = people_named(leaves, "trainee")
    return {"trainee_last_name": named.last, "trainee_first_name": named.first}
