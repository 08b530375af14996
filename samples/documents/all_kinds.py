"""Every kind of document with its layouts."""

from __future__ import annotations

from collections.abc import Mapping

from dossier.kinds import Kind
from samples.documents import (
    agreement,
    attendance,
    cerfa,
    cerfa_further,
    certificate,
    certificate_further,
    course,
    invoice,
    invoice_further,
    public,
    sheets_further,
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

FURTHER: dict[Kind, Mapping[str, Layout]] = {
    certificate.KIND: certificate_further.LAYOUTS,
    attendance.KIND: sheets_further.LAYOUTS,
    invoice.KIND: invoice_further.LAYOUTS,
    cerfa.KIND: cerfa_further.LAYOUTS,
}
"""Layouts that single papers are drawn in, beside those that dossiers draw by lot."""


def all_layouts(kind: Kind) -> Mapping[str, Layout]:
    return {**LAYOUTS[kind], **FURTHER.get(kind, {})}
