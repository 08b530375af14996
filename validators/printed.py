"""Whether a piece prints an agreed name anywhere, where its reader took another for it.

Layouts are endless and a label may be misunderstood: a page that prints the very name agreed is no page of
somebody else's. This finds names alone; hours, dates and amounts are never looked for so. What a person read
on the piece stands whatever else it prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dossier.case import Piece
from dossier.requests import Trainee
from validators.names import contains, organisation_words, person_words, words

BY_EYE = 1.0
"""The confidence of what a person read: no reader gives it."""

TELLING = 6
"""Letters of an organisation's or training's name, at least: fewer stand on many pages by chance."""


def by_eye(piece: Piece, *names: str) -> bool:
    """Whether a person said what one of these fields is."""
    return any((read := piece.part.fields.get(name)) and read.confidence >= BY_EYE for name in names)


def printed_instead(piece: Piece, name: str, field: str) -> bool:
    """The piece prints the agreed organisation's name, whatever else was read as ``field``."""
    return not by_eye(piece, field) and prints_organisation(piece, name)


def title_instead(piece: Piece, titles: Iterable[str], field: str) -> bool:
    """The piece prints one of the agreed titles, whatever else was read as ``field``."""
    return not by_eye(piece, field) and any(prints_title(piece, title) for title in titles)


def lines(piece: Piece) -> Iterator[str]:
    for text in piece.part.texts.values():
        yield from text.splitlines()


def prints_person(piece: Piece, trainee: Trainee) -> bool:
    """First and last name side by side, in either order; both are needed."""
    last, first = person_words(trainee.last_name), person_words(trainee.first_name)
    return bool(last and first) and any(
        contains(person_words(line), order) for line in lines(piece) for order in (last + first, first + last)
    )


def prints_organisation(piece: Piece, name: str) -> bool:
    return _prints(organisation_words(name), (organisation_words(line) for line in lines(piece)))


def prints_title(piece: Piece, title: str) -> bool:
    return _prints(words(title), (words(line) for line in lines(piece)))


def _prints(name: Sequence[str], printed: Iterator[list[str]]) -> bool:
    telling = sum(map(len, name)) >= TELLING
    return telling and any(contains(line, list(name)) for line in printed)
