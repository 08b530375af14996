"""What one line of print says as a value of a field: the forms of `extractors.french`, by the field's
type."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from dossier.kinds import Type
from dossier.reading import Value
from extractors.french.amounts import amounts_in
from extractors.french.dates import dates_in
from extractors.french.hours import hours_of
from extractors.french.identifiers import IdFound, ibans_in, ndas_in, references_in, sirets_in
from extractors.french.letters import tight


@dataclass(frozen=True, slots=True)
class Printed:
    """A value. ``well_formed``: nothing about its print is doubtful, and its check digits, if any, hold."""

    value: Value
    well_formed: bool


Reader = Callable[[str], tuple[Printed, ...]]


def printed_as(type_: Type | None, name: str) -> Reader | None:
    """The reader for a field of that type and name; None where the form of a value can't be told from its
    print (names, titles, ticks)."""
    if type_ is Type.TEXT:
        for end, identifiers in _IDENTIFIERS.items():
            if name == end or name.endswith("_" + end):
                return identifiers
        return None
    return _BY_TYPE.get(type_) if type_ is not None else None


def checked(name: str) -> bool:
    """Whether a field's value carries check digits, so that a misread one shows."""
    return name.endswith(("siret", "iban"))


def same(one: Value | None, other: Value | None) -> bool:
    """Equal as values; identifiers whatever their blanks, dashes and capitals."""
    if isinstance(one, str) and isinstance(other, str):
        return tight(one) == tight(other)
    return type(one) is type(other) and one == other


def _parted(text: str) -> str:
    """With the blanks that the second engine leaves out between words and numbers put back."""
    return re.sub(r"(?<=[^\W\d_]{3})(?=\d)|(?<=\b[DLdl][EUeu])(?=\d)|(?<=\b[Aa][Uu])(?=\d)", " ", text)


def _dates(text: str) -> tuple[Printed, ...]:
    return tuple(
        Printed(found.date, not found.note) for found in dates_in(_parted(text)) if found.date is not None
    )


def _hours(text: str) -> tuple[Printed, ...]:
    found = hours_of(_parted(text))
    if found is None:
        return ()
    readings = (Printed(found.minutes, not found.doubtful),)
    return readings if found.other is None else (*readings, Printed(found.other, False))


def _amounts(text: str) -> tuple[Printed, ...]:
    return tuple(Printed(found.amount, found.marked) for found in amounts_in(_parted(text)))


def _identifiers(find: Callable[[str], tuple[IdFound, ...]], blanks: bool) -> Reader:
    def read(text: str) -> tuple[Printed, ...]:
        found = find(_parted(text)) or (find(re.sub(r"\s", "", text)) if blanks else ())
        return tuple(Printed(one.value, one.valid) for one in found)

    return read


_IDENTIFIERS = {
    "siret": _identifiers(sirets_in, blanks=True),
    "nda": _identifiers(ndas_in, blanks=True),
    "iban": _identifiers(ibans_in, blanks=True),
    "number": _identifiers(references_in, blanks=True),
    "request_ref": _identifiers(references_in, blanks=True),
}

_BY_TYPE: dict[Type, Reader] = {Type.DATE: _dates, Type.HOURS: _hours, Type.AMOUNT: _amounts}
