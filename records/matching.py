"""To which agreed request does an unassigned file belong? What it says decides, and only when it says one
thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dossier.reading import Document, Part
from dossier.requests import Request
from records.keys import key_of, siren_of, words_of

PROVIDER_NAMES = ("provider_name", "supplier_name")
PROVIDER_NUMBERS = ("provider_siret", "supplier_siret")


def request_named(document: Document, requests: Mapping[str, Request]) -> str | None:
    """The reference of the one request that ``document`` speaks of, or None.

    A request number printed on it goes first. Without one: the requests whose trainee it names by last name,
    and by first name or together with the agreed provider. Several that fit are none.
    """
    by_number = {key_of(ref): ref for ref in requests}
    printed = {key_of(text) for part in document.parts for text in _texts(part, "request_ref")}
    if printed:
        named = {by_number[number] for number in printed if number in by_number}
        return named.pop() if len(named) == 1 and len(printed) == 1 else None
    fitting = {ref for part in document.parts for ref in _by_trainee(part, requests.values())}
    return fitting.pop() if len(fitting) == 1 else None


def _by_trainee(part: Part, requests: Iterable[Request]) -> Iterator[str]:
    last = {words_of(text) for text in _texts(part, "trainee_last_name")}
    first = {words_of(text) for text in _texts(part, "trainee_first_name")}
    whole = {frozenset(words_of(name)) for name in part.names}
    # a sheet names people in its cells alone, last and first name in one
    whole |= {frozenset(words_of(session.trainee)) for session in part.sessions}
    for request in requests:
        surname, given = words_of(request.trainee.last_name), words_of(request.trainee.first_name)
        if frozenset(surname + given) in whole or (
            surname in last and (given in first if first else _same_provider(part, request))
        ):
            yield request.ref


def _same_provider(part: Part, request: Request) -> bool:
    numbers = {siren_of(text) for name in PROVIDER_NUMBERS for text in _texts(part, name)} - {""}
    if numbers:
        return numbers == {siren_of(request.provider.siret)}
    names = {key_of(text) for name in PROVIDER_NAMES for text in _texts(part, name)}
    return key_of(request.provider.name) in names


def _texts(part: Part, name: str) -> Iterator[str]:
    field = part.fields.get(name)
    if field is not None and isinstance(field.value, str) and field.value:
        yield field.value
