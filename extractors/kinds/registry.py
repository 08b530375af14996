"""Which reader reads which kind. A kind without one is recognised and says nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dossier.kinds import Kind
from extractors.candidate import Reading
from extractors.enlarged import with_small_print
from extractors.kinds import (
    agreement,
    attendance,
    bank_details,
    cerfa,
    certificate,
    invoice,
    notices,
    others,
    temporary_work,
)
from extractors.leaf import Leaf

Reader = Callable[[Sequence[Leaf]], Reading]

READERS: Mapping[Kind, Reader] = {
    Kind.AFEST_PROTOCOL: others.read_signed,
    Kind.ATTENDANCE_SHEET: attendance.read,
    Kind.BANK_DETAILS: bank_details.read_bank,
    Kind.CALENDAR: others.read_named,
    Kind.CERFA: with_small_print(
        cerfa.read,
        *("employer_name", "trainee_last_name", "trainee_first_name", "start_date", "end_date"),
        *("training_hours", "qualification", "tutor_last_name", "provider_name"),
    ),
    Kind.CERTIFICATE: certificate.read,
    Kind.CERTIFICATION_RECORD: others.read_signed,
    Kind.CIPI_CONTRACT: with_small_print(
        temporary_work.read_cipi, "trainee_last_name", "employer_name", "start_date", "end_date", "hours"
    ),
    Kind.COMMITMENT_CHARTER: others.read_charter,
    Kind.DISABILITY_NOTICE: notices.read_disability,
    Kind.DISTANCE_EVIDENCE: notices.read_distance,
    Kind.INVOICE: invoice.read,
    Kind.MISSION_CONTRACT: with_small_print(
        temporary_work.read_mission,
        *("trainee_last_name", "employer_name", "user_company", "start_date", "end_date"),
    ),
    Kind.PARTIES_COMMITMENT: others.read_signed,
    Kind.PROGRAMME: others.read_named,
    Kind.SITUATION_PROOF: others.read_named,
    Kind.TERMINATION: notices.read_termination,
    Kind.TRAINING_AGREEMENT: with_small_print(
        agreement.read,
        *("provider_name", "customer_name", "training_title", "start_date", "end_date"),
        *("hours", "net_amount"),
    ),
    Kind.TUTOR_CERTIFICATE: notices.read_tutor,
}
