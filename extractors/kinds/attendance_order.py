"""Two places of one person on one day that no heading tells apart, in columns side by side or in rows one
under the other: morning, then afternoon."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from dossier.reading import HalfDay
from extractors.kinds.attendance_facts import Place
from extractors.kinds.attendance_words import Role, half_of_span

_BOTH = {HalfDay.AM, HalfDay.PM}


def halves_in_order(places: Iterable[Place], usual: Collection[HalfDay]) -> Mapping[Place, HalfDay]:
    """The halves of such places, where their times or the ``usual`` ones of the sheet are those of both."""
    rows: dict[object, list[Place]] = defaultdict(list)
    under: dict[object, list[Place]] = defaultdict(list)
    for place in places:
        facts = place.facts
        if facts.half is None and facts.day is not None and len(facts.spans) != 1:
            role = facts.role is Role.TRAINER
            whose = (facts.person, facts.day.date, role)
            rows[place.table, place.row, *whose].append(place)
            under[place.table, place.columns, *whose].append(place)
    found: dict[Place, HalfDay] = {}
    for held in rows.values():
        told = {half_of_span(span) for place in held for span in place.facts.spans} or set(usual)
        if len(held) == 2 and told >= _BOTH and not set(held[0].columns) & set(held[1].columns):
            first, second = sorted(held, key=lambda place: place.columns)
            found[first], found[second] = HalfDay.AM, HalfDay.PM
    for held in under.values():
        free = not any(place in found or place.facts.spans for place in held)
        if free and set(usual) >= _BOTH and len(held) == 2 and abs(held[0].row - held[1].row) == 1:
            first, second = sorted(held, key=lambda place: place.row)
            found[first], found[second] = HalfDay.AM, HalfDay.PM
    return found
