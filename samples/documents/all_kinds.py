"""Every kind of document with its layouts."""

from __future__ import annotations

from collections.abc import Mapping

from dossier.kinds import Kind
from samples.documents import (
    agreement,
    attendance,
    cerfa,
    certificate,
    course,
    invoice,
    public,
    temporary_work,
    undertakings,
)
from samples.drawn import Layout

LAYOUTS: dict[Kind, Mapping[str, Layout]] = {
    certificate.KIND: certificate.LAYOUTS,
    attendance.KIND: attendance.LAYOUTS,
    invoice.KIND: invoice.LAYOUTS,
    agreement.KIND: agreement.LAYOUTS,
    cerfa.KIND: cerfa.LAYOUTS,
    **temporary_work.KINDS,
    **course.KINDS,
    **public.KINDS,
    **undertakings.KINDS,
}
