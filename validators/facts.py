"""All facts that rules ask of a case, derived once from its readings. Rules look, they never read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from dossier.case import Case, Piece
from dossier.decision import Evidence
from dossier.kinds import Kind
from dossier.quantities import Minutes
from dossier.requests import Claim, ClaimLine, LineKind, Period, Request
from dossier.schemes import ProvenBy
from validators.facts_certificate import Certificates, certificates_of, touches
from validators.facts_invoice import Invoices, invoices_of
from validators.facts_pieces import Pieces, Read, date, hours, pieces_of
from validators.facts_sheets import (
    Bounds,
    Half,
    Why,
    Window,
    bounds_of,
    contradictions,
    halves_of,
    rows_of,
    settled,
    unnamed_of,
)
from validators.parameters import InForce, Parameters

UNREAD_HALF_DAY = Minutes(5 * 60)
"""The longest half-day imagined for one whose duration could not be read: a bound, never paid."""
NOTHING = Minutes(0)


@dataclass(frozen=True, slots=True)
class Facts:
    """``proven`` are the minutes done in the claim's period by the best reading, and their bounds.

    ``shown`` are the minutes of sheets and distance evidence together, None where no such piece is there.
    ``first_day`` is the first day of training that is proven, with where it is read; ``later_instalment``
    says that an earlier claim was paid, so that this one does not show the training's start. ``silent`` are
    the sheets on which no half-day at all was read: they may prove anything up to what is declared.
    """

    case: Case
    parameters: Parameters
    pieces: Pieces
    halves: tuple[Half, ...]
    contradicted: tuple[Half, ...]
    ambiguous: tuple[Piece, ...]
    strangers: tuple[Piece, ...]
    silent: tuple[Piece, ...]
    sheets: Bounds
    shown: Bounds | None
    distance: Read[Minutes] | None
    certificates: Certificates
    invoices: Invoices
    window: Window
    first_day: Read[dt.date] | None
    last_day: dt.date | None
    terminated_on: Read[dt.date] | None
    proven: Bounds
    proven_from: tuple[Evidence, ...]

    @property
    def request(self) -> Request:
        return self.case.request

    @property
    def claim(self) -> Claim:
        return self.case.claim

    @property
    def day(self) -> dt.date:
        return reference_day(self.case)

    def value(self, key: str, on: dt.date | None = None) -> InForce:
        """The parameter in force on the dossier's reference day. Raises `NoValueError`."""
        return self.parameters.at(self.request.scheme, key, on or self.day)

    def line(self, kind: LineKind) -> ClaimLine | None:
        return line_of(self.claim, kind)

    @property
    def declared(self) -> Minutes:
        return declared_of(self.claim)

    @property
    def already_paid(self) -> Minutes:
        return Minutes(sum(past.hours for past in self.request.paid if past.claim != self.claim.id))

    @property
    def paid_beside_hours(self) -> Decimal:
        """Euros of earlier payments above their hours at the granted rate: overrun, flat amounts."""
        rate = self.request.granted.hourly_rate
        past = [payment for payment in self.request.paid if payment.claim != self.claim.id]
        return sum(
            (max(Decimal(0), payment.amount - Decimal(payment.hours) * rate / 60) for payment in past),
            Decimal(0),
        )

    @property
    def remaining(self) -> Minutes:
        return Minutes(max(0, self.request.training.hours - self.already_paid))

    @property
    def later_instalment(self) -> bool:
        return any(past.claim != self.claim.id for past in self.request.paid)

    @property
    def counted(self) -> tuple[Half, ...]:
        return tuple(half for half in self.halves if half.counts)

    @property
    def sheets_alone(self) -> bool:
        """Hours are proven by signed sheets alone: a certificate tells, and proves nothing."""
        return self.request.scheme.proven_by is ProvenBy.SHEETS

    @property
    def tolerance(self) -> int:
        return self.value("tolerance.hours").whole

    @property
    def cent_tolerance(self) -> Decimal:
        return self.value("tolerance.amount").decimal

    @property
    def threshold(self) -> float:
        """The confidence below which a reading decides nothing."""
        return float(self.value("reading.deciding_confidence").decimal)

    @property
    def asks_hours(self) -> bool:
        return self.line(LineKind.TRAINING_HOURS) is not None

    @property
    def asks_overrun(self) -> bool:
        """The claim has an overrun line and an overrun was agreed."""
        return self.line(LineKind.OVERRUN) is not None and self.request.granted.overrun_share is not None

    @property
    def has_proof(self) -> bool:
        """A piece that proves hours is there, whatever it says; `pieces.attendance_proof` asks else."""
        if self.shown is not None or self.strangers or self.ambiguous or self.silent:
            return True
        return not self.sheets_alone and bool(self.certificates.pieces)

    @property
    def payable_hours(self) -> Minutes:
        return self.payable(self.proven.best)

    def payable(self, proven: Minutes) -> Minutes:
        """Of ``proven`` minutes, those paid: no more than declared, nor than what is left of the grant."""
        enough = proven + self.tolerance >= self.declared and proven > 0
        return Minutes(min(self.declared if enough else proven, self.remaining))


def line_of(claim: Claim, kind: LineKind) -> ClaimLine | None:
    return next((line for line in claim.lines if line.kind is kind), None)


def declared_of(claim: Claim) -> Minutes:
    """The hours of training that the claim asks payment for."""
    line = line_of(claim, LineKind.TRAINING_HOURS)
    return line.hours if line and line.hours is not None else NOTHING


def reference_day(case: Case) -> dt.date:
    """The day whose rules apply: the DRF's filing, the contract's signature, else the training's start."""
    request = case.request
    if request.drf is not None:
        return request.drf.submitted_at.date()
    return request.contract.signed_on if request.contract is not None else request.training.start


def agreed_period(case: Case, parameters: Parameters, first: dt.date | None) -> Period:
    """The days in which the training may lie.

    Temporary work: the agreed period, shifted when it began later, its end by at most the shift that a new
    DRF is not needed for; a later instalment does not show the start, so its end may be shifted as much.
    Contrat de professionnalisation: the contract's own days.
    """
    request = case.request
    if request.contract is not None:
        return Period(request.contract.start, request.contract.end)
    training = request.training
    longest = parameters.find(request.scheme, "filing.max_shift_days", reference_day(case))
    if request.drf is None or longest is None:
        return Period(training.start, training.end)
    latest_start = request.drf.granted_at.date() + dt.timedelta(days=longest.whole)
    allowed = max(dt.timedelta(), latest_start - training.start)
    later = any(past.claim != case.claim.id for past in request.paid)
    shifted = later or (first is not None and first > training.start)
    return Period(training.start, training.end + allowed if shifted else training.end)


def proven_bounds(sheets: Bounds | None, certificates: Certificates, sure: bool) -> Bounds:
    """The lowest of certificate and sheets; a doubtful certificate could say anything below."""
    said = certificates.minutes
    if said is None:
        return Bounds(NOTHING, NOTHING, NOTHING) if sheets is None else sheets
    least = certificates.least if sure else NOTHING
    most = certificates.most if sure else Minutes(max(said * 2, certificates.most))
    if sheets is None:
        return Bounds(said, least, most)
    high = Minutes(min(most, sheets.high)) if sure else sheets.high
    return Bounds(Minutes(min(said, sheets.best)), Minutes(min(least, sheets.low)), high)


def with_silent(bounds: Bounds, declared: Minutes, alone: bool) -> Bounds:
    """Sheets that were not read may prove up to what is declared; ``alone``, nothing is proven without
    them."""
    low = NOTHING if alone else bounds.low
    return Bounds(bounds.best, low, Minutes(max(bounds.high, declared)))


def with_distance(sheets: Bounds | None, distance: Minutes | None, sure: bool, apart: bool) -> Bounds | None:
    """Sheets and distance evidence: added where their days are apart, else the larger of the two."""
    if distance is None:
        return sheets
    low = distance if sure else NOTHING
    if sheets is None:
        return Bounds(distance, low, distance if sure else Minutes(distance * 2))
    pairs = ((sheets.best, distance), (sheets.low, low), (sheets.high, distance))
    return Bounds(*(Minutes(sum(pair) if apart else max(pair)) for pair in pairs))


def terminated(pieces: Pieces) -> Read[dt.date] | None:
    found = [date(piece, "terminated_on") for piece in pieces.of(Kind.TERMINATION)]
    known = [read for read in found if read is not None and read.value is not None]
    return min(known, key=lambda read: read.value or dt.date.max, default=None)


def first_proven(halves: list[Half], certificates: Certificates) -> Read[dt.date] | None:
    signed = [h for h in halves if h.session.trainee_signed and h.session.date is not None]
    if signed:
        first = min(signed, key=lambda h: (h.session.date or dt.date.max, not h.sure, h.piece.file))
        return Read(first.session.date, first.evidence)
    return certificates.first


def facts_of(case: Case, parameters: Parameters) -> Facts:
    """The facts of a case. Pure: the same case and parameters give the same facts, in whatever order pieces
    come.
    """
    request, claim = case.request, case.claim
    scheme, trainee = request.scheme, request.trainee
    threshold = parameters.at(scheme, "reading.deciding_confidence", reference_day(case)).decimal
    pieces = pieces_of(case)
    already = Minutes(sum(past.hours for past in request.paid if past.claim != claim.id))
    certificates = certificates_of(pieces, trainee, claim.period, already, float(threshold))

    halves: list[Half] = []
    ambiguous, strangers, silent = [], [], []
    held = Period(request.training.start, request.training.end)
    for sheet in pieces.of(Kind.ATTENDANCE_SHEET):
        rows, unclear = rows_of(sheet, trainee)
        halves += halves_of(sheet, [*rows, *unnamed_of(sheet, rows)], float(threshold), held)
        if unclear:
            ambiguous.append(sheet)
        if sheet.part.sessions and not rows:
            strangers.append(sheet)
        if not sheet.part.sessions:
            silent.append(sheet)

    first = first_proven(halves, certificates)
    ended = terminated(pieces)
    window = Window(
        agreed_period(case, parameters, first.value if first else None),
        claim.period,
        ended.value if ended else None,
    )
    settled_halves = settled(halves, window)
    sheets = bounds_of(settled_halves, UNREAD_HALF_DAY)

    far = distance_of(pieces, claim.period) if request.training.distance else None
    days = {half.session.date for half in settled_halves if half.counts}
    combined = with_distance(
        sheets if halves else None,
        far.value if far else None,
        bool(far and far.confidence >= threshold),
        apart_from(pieces, days),
    )
    sure = certificates.confidence >= threshold and not certificates.unsettled
    proven = proven_bounds(combined, certificates, sure)
    if scheme.proven_by is ProvenBy.SHEETS and combined is None:
        proven = Bounds(NOTHING, NOTHING, NOTHING)
    if silent:
        proven = with_silent(proven, declared_of(claim), alone=combined is None)
        combined = with_silent(combined, declared_of(claim), alone=False) if combined else None
    counted = [half for half in settled_halves if half.why is Why.COUNTED and half.session.date]
    last_read = certificates.last.value if certificates.last else None
    last = max((half.session.date for half in counted if half.session.date), default=last_read)
    return Facts(
        case=case,
        parameters=parameters,
        pieces=pieces,
        halves=settled_halves,
        contradicted=tuple(contradictions(settled_halves)),
        ambiguous=tuple(ambiguous),
        strangers=tuple(strangers),
        silent=tuple(silent),
        sheets=sheets,
        shown=combined,
        distance=far,
        certificates=certificates,
        invoices=invoices_of(pieces, request, claim),
        window=window,
        first_day=first,
        last_day=last,
        terminated_on=ended,
        proven=proven,
        proven_from=(
            *certificates.evidence,
            *(half.evidence for half in counted),
            *((far.evidence,) if far else ()),
        ),
    )


def distance_of(pieces: Pieces, period: Period) -> Read[Minutes] | None:
    """Hours of the distance evidence that meets the claim's period; the same hours filed twice count once."""
    found = [
        read
        for piece in pieces.of(Kind.DISTANCE_EVIDENCE)
        if touches(piece, period) and (read := hours(piece, "hours")) and read.value is not None
    ]
    return max(found, key=lambda read: (read.value or 0, read.confidence), default=None)


def apart_from(pieces: Pieces, days: set[dt.date | None]) -> bool:
    """Whether the distance evidence covers none of the days on the sheets."""
    for piece in pieces.of(Kind.DISTANCE_EVIDENCE):
        start, end = (piece.part.fields.get(name) for name in ("start_date", "end_date"))
        if start is None or end is None:
            return False
        first, last = start.value, end.value
        if not isinstance(first, dt.date) or not isinstance(last, dt.date):
            return False
        if any(day is not None and first <= day <= last for day in days):
            return False
    return True
