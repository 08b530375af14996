"""The attendance sheet (feuille d'émargement) in all its layouts."""

from __future__ import annotations

from dossier.kinds import Kind
from samples.documents import sheets_collective, sheets_individual
from samples.drawn import Layout

KIND = Kind.ATTENDANCE_SHEET
COLLECTIVE: dict[str, Layout] = {
    "grid": sheets_collective.grid,
    "daily": sheets_collective.daily,
    "by_half_day": sheets_collective.by_half_day,
}
INDIVIDUAL: dict[str, Layout] = {
    "weekly": sheets_individual.weekly,
    "start_end": sheets_individual.start_end,
    "monthly": sheets_individual.monthly,
    "electronic": sheets_individual.electronic,
    "lines": sheets_individual.lines,
}
LAYOUTS: dict[str, Layout] = {**COLLECTIVE, **INDIVIDUAL}
