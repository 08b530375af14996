"""What was agreed, what is claimed and what each piece says, side by side; what differs stands out.

This is for the eye alone: whether a difference counts is the rules' to say, in the findings above it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desk.web.shown import PartShown, said
from dossier.kinds import FIELDS
from dossier.reading import Value
from dossier.requests import Claim, LineKind, Request
from publishing.privacy import masked_iban
from publishing.wording import duration, short_date
from records.keys import key_of, siren_of, words_of


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    anchor: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Line:
    title: str
    agreed: str
    claimed: str
    cells: tuple[Cell | None, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Table:
    parts: tuple[PartShown, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Concept:
    """``same`` says whether a value read is one of those agreed or claimed."""

    title: str
    names: tuple[str, ...]
    agreed: str
    claimed: str
    same: Callable[[Value], bool]


def side_by_side(request: Request, claim: Claim, parts: Sequence[PartShown]) -> Table:
    """One line for each thing that a piece speaks of, one column for each piece that says any."""
    concepts = _concepts(request, claim)
    said = {part.anchor: sum(_cell(one, part) is not None for one in concepts) for part in parts}
    # the piece that says most stands first: a bank's slip would push the others out of sight
    shown = tuple(sorted((part for part in parts if said[part.anchor]), key=lambda one: -said[one.anchor]))
    lines = []
    for concept in concepts:
        cells = tuple(_cell(concept, part) for part in shown)
        if any(cells):
            differs = any(cell is not None and cell.differs for cell in cells)
            lines.append(Line(concept.title, concept.agreed, concept.claimed, cells, differs))
    return Table(shown, tuple(lines))


def _cell(concept: _Concept, part: PartShown) -> Cell | None:
    for name in concept.names:
        field = part.part.fields.get(name)
        if field is not None and field.value is not None:
            text = said(field.value, FIELDS[part.kind][name])
            return Cell(text, f"{part.anchor}-{name}", not concept.same(field.value))
    return None


def _concepts(request: Request, claim: Claim) -> tuple[_Concept, ...]:
    trainee, training, provider, employer = (
        request.trainee,
        request.training,
        request.provider,
        request.employer,
    )
    hours = next((line.hours for line in claim.lines if line.kind is LineKind.TRAINING_HOURS), None)
    contract = request.contract
    starts = {training.start, claim.period.start} | ({contract.start} if contract else set())
    ends = {training.end, claim.period.end} | ({contract.end} if contract else set())
    counts = {training.hours, hours}
    payee = employer.iban if request.payee.value == "employer" else provider.iban
    return (
        _Concept(
            "Nom du stagiaire", ("trainee_last_name",), trainee.last_name, "", _words(trainee.last_name)
        ),
        _Concept("Prénom", ("trainee_first_name",), trainee.first_name, "", _words(trainee.first_name)),
        _Concept(
            "Date de naissance",
            ("birth_date",),
            short_date(trainee.birth_date),
            "",
            lambda value: value == trainee.birth_date,
        ),
        _Concept("Employeur", ("employer_name",), employer.name, "", _words(employer.name)),
        _Concept("SIRET de l’employeur", ("employer_siret",), employer.siret, "", _siren(employer.siret)),
        _Concept("Organisme", ("provider_name", "supplier_name"), provider.name, "", _words(provider.name)),
        _Concept(
            "SIRET de l’organisme",
            ("provider_siret", "supplier_siret"),
            provider.siret,
            "",
            _siren(provider.siret),
        ),
        _Concept("Formation", ("training_title",), training.title, "", _words(training.title)),
        _Concept(
            "Début",
            ("start_date",),
            short_date(training.start),
            short_date(claim.period.start),
            lambda value: value in starts,
        ),
        _Concept(
            "Fin",
            ("end_date",),
            short_date(training.end),
            short_date(claim.period.end),
            lambda value: value in ends,
        ),
        _Concept(
            "Heures",
            ("hours", "total_hours", "training_hours"),
            duration(training.hours),
            duration(hours) if hours is not None else "",
            lambda value: value in counts,
        ),
        _Concept("Numéro de dossier", ("request_ref",), request.ref, "", _words(request.ref)),
        _Concept(
            "IBAN", ("iban",), masked_iban(payee), "", lambda value: key_of(str(value)) == key_of(payee)
        ),
    )


def _words(agreed: str) -> Callable[[Value], bool]:
    """The same words, or all of one within the other: a trade name beside the firm's, a second first name."""
    key, words = key_of(agreed), set(words_of(agreed))

    def same(value: Value) -> bool:
        read = set(words_of(str(value)))
        return key_of(str(value)) == key or (bool(read) and (read <= words or words <= read))

    return same


def _siren(agreed: str) -> Callable[[Value], bool]:
    return lambda value: bool(siren_of(str(value))) and siren_of(str(value)) == siren_of(agreed)
