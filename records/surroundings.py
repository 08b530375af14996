"""What other dossiers say that bears on one claim: sessions elsewhere, invoices seen before, pieces used
twice.

All of it follows from what was read and from what was paid, never from what else is decided in the same
night: two claims that share an invoice see each other, whichever is looked at first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from dossier.case import OtherInvoice, OtherSession, OtherSheet, OtherUse, Surroundings
from dossier.kinds import Kind
from dossier.reading import Part
from dossier.requests import Claim, Request
from records.keys import key_of, siren_of, words_of
from records.shelf import Filed, Shelf

SAME_NAME = 85.0
"""Likeness of two names of one person, out of 100, words in any order: a letter misread in a word or two."""


@dataclass(frozen=True, slots=True)
class Billed:
    """An invoice somewhere: who says so, its supplier and number, and whether its claim was paid."""

    request: str
    claim: str | None
    siren: str
    supplier: str
    paid: bool


class Neighbours:
    """An index over all dossiers, made once for a night; `of` answers for one claim."""

    def __init__(self, shelf: Shelf, requests: Mapping[str, Request], paid: frozenset[str]) -> None:
        self._shelf = shelf
        self._requests = requests
        self._paid = paid | {payment.claim for request in requests.values() for payment in request.paid}
        self._invoices: dict[str, list[Billed]] = defaultdict(list)
        self._uses: dict[str, list[Filed]] = defaultdict(list)
        self._people: dict[tuple[object, str], list[str]] = defaultdict(list)
        for request in requests.values():
            self._people[person_of(request)].append(request.ref)
            for payment in request.paid:
                if payment.invoice_number:
                    self._invoices[key_of(payment.invoice_number)].append(_billed(request, payment.claim))
        for files in shelf.by_request.values():
            for filed in files:
                self._index(filed)

    def _index(self, filed: Filed) -> None:
        self._uses[filed.sha256].append(filed)
        for part in filed.document.parts:
            if part.fingerprint:
                self._uses[part.fingerprint].append(filed)
            number = _text(part, "number") if part.kind is Kind.INVOICE else ""
            if number:
                claim = filed.claim or None
                self._invoices[key_of(number)].append(
                    Billed(
                        filed.request,
                        claim,
                        siren_of(_text(part, "supplier_siret")),
                        key_of(_text(part, "supplier_name")),
                        claim in self._paid,
                    )
                )

    def of(self, claim: Claim, files: Iterable[Filed]) -> Surroundings:
        """What bears on ``claim``, whose own files are ``files``."""
        own = tuple(files)
        return Surroundings(
            sessions=tuple(self._sessions(self._requests[claim.request])),
            unread_sheets=tuple(self._unread_sheets(self._requests[claim.request])),
            invoices=tuple(dict.fromkeys(self._other_invoices(claim, own))),
            uses=tuple(dict.fromkeys(self._other_uses(claim, own))),
            paid=self._paid,
            renewed=self._renewed(self._requests[claim.request]),
        )

    def _renewed(self, request: Request) -> Request | None:
        renewal = request.contract.renewal if request.contract else None
        return self._requests.get(renewal.of) if renewal else None

    def _sessions(self, request: Request) -> Iterator[OtherSession]:
        """Signed half-days of the same person in the pieces of that person's other requests.

        A group's sheet filed for another person is not looked at: it shows the same course, not a second
        place.
        """
        name = " ".join(_name(request))
        for other, filed, part in self._elsewhere(request):
            for session in part.sessions:
                likeness = fuzz.token_sort_ratio(name, " ".join(words_of(session.trainee)))
                if session.trainee_signed and likeness >= SAME_NAME:
                    yield OtherSession(other.ref, filed.file, session)

    def _unread_sheets(self, request: Request) -> Iterator[OtherSheet]:
        """Sheets of that person's other requests that are known for sheets and show no half-day."""
        for other, filed, part in self._elsewhere(request):
            if part.kind is Kind.ATTENDANCE_SHEET and not part.sessions:
                training = other.training
                yield OtherSheet(other.ref, filed.file, training.start, training.end)

    def _elsewhere(self, request: Request) -> Iterator[tuple[Request, Filed, Part]]:
        """What is filed for the same person's other requests."""
        for ref in self._people[person_of(request)]:
            if ref != request.ref:
                for filed in self._shelf.by_request.get(ref, ()):
                    for part in filed.document.parts:
                        yield self._requests[ref], filed, part

    def _other_invoices(self, claim: Claim, own: tuple[Filed, ...]) -> Iterator[OtherInvoice]:
        for part in (part for filed in own for part in filed.document.parts):
            number = _text(part, "number") if part.kind is Kind.INVOICE else ""
            siren, supplier = siren_of(_text(part, "supplier_siret")), key_of(_text(part, "supplier_name"))
            for other in self._invoices.get(key_of(number), ()) if number else ():
                elsewhere = other.request != claim.request or other.claim not in (None, claim.id)
                same = siren == other.siren if siren and other.siren else supplier == other.supplier
                if elsewhere and same:
                    yield OtherInvoice(other.request, other.claim, siren or other.siren, number, other.paid)

    def _other_uses(self, claim: Claim, own: tuple[Filed, ...]) -> Iterator[OtherUse]:
        for filed in own:
            marks = [filed.sha256, *(part.fingerprint for part in filed.document.parts if part.fingerprint)]
            for mark in marks:
                for other in self._uses.get(mark, ()):
                    if other.request != claim.request:
                        yield OtherUse(other.request, other.file, filed.file)


def _billed(request: Request, claim: str) -> Billed:
    provider = request.provider
    return Billed(request.ref, claim, siren_of(provider.siret), key_of(provider.name), paid=True)


def _name(request: Request) -> tuple[str, ...]:
    return words_of(f"{request.trainee.last_name} {request.trainee.first_name}")


def person_of(request: Request) -> tuple[object, str]:
    """By what two requests are known to be of one person."""
    return (request.trainee.birth_date, " ".join(sorted(_name(request))))


def _text(part: Part, name: str) -> str:
    field = part.fields.get(name)
    return field.value if field is not None and isinstance(field.value, str) else ""
