"""Which reader reads which kind. A kind without one is recognised and says nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dossier.kinds import Kind
from extractors.candidate import Reading
from extractors.kinds import attendance, cerfa, certificate, invoice, notices
from extractors.leaf import Leaf

Reader = Callable[[Sequence[Leaf]], Reading]

READERS: Mapping[Kind, Reader] = {
    Kind.ATTENDANCE_SHEET: attendance.read,
    Kind.CERFA: cerfa.read,
    Kind.CERTIFICATE: certificate.read,
    Kind.DISABILITY_NOTICE: notices.read_disability,
    Kind.DISTANCE_EVIDENCE: notices.read_distance,
    Kind.INVOICE: invoice.read,
    Kind.TERMINATION: notices.read_termination,
    Kind.TUTOR_CERTIFICATE: notices.read_tutor,
}
