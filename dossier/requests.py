"""The agreed requests and the claims made on them, in the words of the contract."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from dossier.quantities import Minutes
from dossier.schemes import Scheme


class TraineeStatus(StrEnum):
    INTERIMAIRE = "interimaire"
    CDII = "cdii"
    JOBSEEKER = "jobseeker"
    MINIMUM_INCOME = "minimum_income"
    DISABLED = "disabled"
    YOUTH_WITHOUT_BAC = "youth_without_bac"
    EMPLOYEE = "employee"


class Place(StrEnum):
    PROVIDER = "provider"
    CLIENT_COMPANY = "client_company"
    AFEST = "afest"


class PayeeKind(StrEnum):
    EMPLOYER = "employer"
    PROVIDER = "provider"


class ProgrammeName(StrEnum):
    LANGUE_ET_COMPETENCES = "langue_et_competences"
    MISSION_JEUNES = "mission_jeunes"
    HANDICAP = "handicap"


class LineKind(StrEnum):
    TRAINING_HOURS = "training_hours"
    OVERRUN = "overrun"
    CERTIFICATION = "certification"
    TUTORING = "tutoring"
    TUTOR_TRAINING = "tutor_training"


@dataclass(frozen=True, slots=True)
class FundReservation:
    """The DRF (demande de réservation de financements); local time Europe/Paris."""

    submitted_at: dt.datetime
    granted_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Trainee:
    last_name: str
    first_name: str
    birth_date: dt.date
    status: TraineeStatus


@dataclass(frozen=True, slots=True)
class Employer:
    name: str
    siret: str
    headcount: int
    iban: str


@dataclass(frozen=True, slots=True)
class Provider:
    name: str
    siret: str
    nda: str
    iban: str


@dataclass(frozen=True, slots=True)
class Training:
    title: str
    start: dt.date
    end: dt.date
    hours: Minutes
    place: Place
    distance: bool


@dataclass(frozen=True, slots=True)
class Tutor:
    last_name: str
    first_name: str
    trained_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Renewal:
    of: str
    motive: str


@dataclass(frozen=True, slots=True)
class EmployersGroup:
    contracts: int
    tutor_functions_funded: int


@dataclass(frozen=True, slots=True)
class ProContract:
    """The contrat de professionnalisation; for a CDI the dates and months are those of the action."""

    kind: str
    start: dt.date
    end: dt.date
    signed_on: dt.date
    months: int
    weekly_hours: Minutes
    qualification: str
    qualification_kind: str
    employers_group: bool
    tutor: Tutor | None = None
    renewal: Renewal | None = None
    group: EmployersGroup | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """What the funder agreed to. Rate and ceilings in euros; a share is a fraction of one."""

    hourly_rate: Decimal
    overrun_share: Decimal | None
    overrun_ceiling: Decimal | None
    total_ceiling: Decimal


@dataclass(frozen=True, slots=True)
class PastPayment:
    claim: str
    paid_on: dt.date
    hours: Minutes
    amount: Decimal
    invoice_number: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One agreed request for funding."""

    ref: str
    scheme: Scheme
    trainee: Trainee
    employer: Employer
    provider: Provider
    training: Training
    granted: Grant
    payee: PayeeKind
    drf: FundReservation | None = None
    contract_sent_at: dt.datetime | None = None
    contract: ProContract | None = None
    programmes: tuple[ProgrammeName, ...] = ()
    project_reference: str | None = None
    comment: str | None = None
    paid: tuple[PastPayment, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    start: dt.date
    end: dt.date


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A line of a claim; exactly the quantity of its kind is set."""

    kind: LineKind
    hours: Minutes | None = None
    amount: Decimal | None = None
    count: int | None = None
    months: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    id: str
    request: str
    submitted_at: dt.datetime
    period: Period
    lines: tuple[ClaimLine, ...]
