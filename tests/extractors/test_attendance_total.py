"""The total that a sheet states: the whole one, no part of it."""

from __future__ import annotations

import pytest

from dossier.quantities import Minutes
from extractors.kinds.attendance_fields import Questions
from tests.extractors.set_pages import Line, leaf


def total(*lines: Line) -> Minutes | None:
    said = Questions([leaf(*lines)], [()]).fields((), (), (), ()).get("total_hours")
    return said.value if said is not None else None  # type: ignore[return-value]  # hours are minutes


@pytest.mark.parametrize(
    "lines",
    [
        ("Sous-total du mois : 7", "Sous-total du mois : 28", "Total général des heures : 35 heures"),
        ("Total de la semaine : 7 h", "Total des heures de la formation : 35 h"),
        ("Nombre total d'heures : 35", "Total du mois : 7 h"),
    ],
)
def test_the_whole_counts_and_its_parts_do_not(lines: tuple[Line, ...]) -> None:
    assert total(*lines) == Minutes(35 * 60)


def test_the_head_of_a_column_is_no_total() -> None:
    assert total("Date | Matin | Total heures", "30/01/2026 | 4 | 7", "02/02/2026 | 4 | 7") is None
