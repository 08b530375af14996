"""The convention de formation: provider and customer, course, price; signed by both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dossier.reading import Field
from extractors.candidate import Candidate, Reading, settle
from extractors.french.letters import fold, tight
from extractors.french.no_names import names_nobody
from extractors.french.people import person_of
from extractors.kinds.agreement_price import hours_by_price, price_of
from extractors.kinds.agreement_siret import siret_of
from extractors.kinds.course_between import Stretch, orders, stretches
from extractors.kinds.course_facts import days_of, kept
from extractors.kinds.course_hours import hours_of_course
from extractors.kinds.course_parties import (
    addressed,
    at_address,
    at_numbered_head,
    beside_registration,
    parties_of,
)
from extractors.kinds.course_people import trainees_of
from extractors.kinds.course_roles import Party
from extractors.kinds.course_sections import unheaded
from extractors.kinds.course_title import title_of
from extractors.leaf import Leaf
from extractors.marks import Mark
from extractors.seek import organisations
from extractors.signatures import TRAINEE, Place, Signing, above_closing, both_signed
from extractors.spelled import joined

Leaves = Sequence[Leaf]


def read(leaves: Leaves) -> Reading:
    """The fields of `dossier.kinds.FIELDS` for a training agreement; ``names`` where it names several.

    ``signed`` is True when provider and customer both signed; a trainee's place does not count.
    """
    leaves = joined(leaves)
    days = days_of(leaves)
    parties = _told_apart(leaves, tuple(parties_of(leaves)))
    provider = _party(leaves, parties, "provider", ("provider",))
    customer = _party(leaves, parties, "customer", ("customer", "employer", "agency"), provider)
    hours = hours_of_course(leaves)
    price = price_of(leaves, hours)
    who = trainees_of(leaves, (provider, customer))
    places = _needed(Signing(leaves).places)
    fields = kept(
        provider_name=provider,
        provider_siret=siret_of(leaves, parties, provider, customer, places),
        customer_name=customer,
        trainee_last_name=who.last,
        trainee_first_name=who.first,
        training_title=title_of(leaves),
        start_date=days.first,
        end_date=days.last,
        hours=hours_by_price(leaves, hours, price),
        net_amount=price,
        signed=both_signed(places),
    )
    return Reading(fields, who.all)


def _needed(places: Sequence[Place]) -> tuple[Place, ...]:
    """The places of provider and customer."""
    needed = tuple(place for place in places if place.role != TRAINEE)
    return needed if len(needed) >= 2 else tuple(places)


def _party(
    leaves: Leaves,
    parties: Sequence[Party],
    role: str,
    labels: Sequence[str],
    other: Field | None = None,
) -> Field | None:
    """The house of a role; nobody makes an agreement with the ``other`` party's own name."""
    roles = ("provider",) if role == "provider" else ("customer", "agency", "user_company")
    found = [party.name for party in parties if party.role in roles]
    named = list(organisations(leaves, *labels, where=_a_party))
    found += [c for c in named if not any(_same(c, f) for f in found)] if found else named
    if not found and role == "provider":
        found = list(at_address(leaves, 1)) or list(beside_registration(leaves, 2))
        found = found or list(at_numbered_head(leaves, 3))
    if not found and role == "customer":
        found = list(addressed(leaves, 1)) or list(_who_benefits(leaves))
    name = tight(str(other.value)) if other is not None else ""
    return settle(c for c in found if tight(str(c.value)) != name)


_BENEFITS = 0.75
"""The most that a customer at "Bénéficiaire" is worth: some papers ask there for the trainee's employer."""


def _who_benefits(leaves: Leaves) -> Iterator[Candidate]:
    """A house at "Bénéficiaire", on a paper that asks for its trainee elsewhere."""
    asked = [mark for leaf in leaves for mark in leaf.labels.of("trainee") if _a_party(leaf, mark)]
    if all("beneficiaire" in mark.label for mark in asked):
        return
    for made in organisations(
        leaves, "trainee", where=lambda leaf, mark: mark.label.endswith("beneficiaire")
    ):
        person = person_of(str(made.value))
        if person is None or names_nobody(person.whole) or not (person.sure or person.told):
            yield replace(made, confidence=min(made.confidence, _BENEFITS))


def _told_apart(leaves: Leaves, parties: tuple[Party, ...]) -> tuple[Party, ...]:
    """The parties; where one is missing or both have one role, those that stand after "entre"."""
    roles = {party.role for party in parties}
    if "provider" in roles and roles - {"provider"}:
        return parties
    found = stretches(leaves)
    if len(found) != 2:
        return unheaded(leaves) or parties
    first, sure = _provider_among(leaves, found)
    return tuple(
        Party(
            "provider" if index == first else "customer",
            replace(one.name, confidence=min(one.name.confidence, sure)),
            one.siret,
        )
        for index, one in enumerate(found)
    )


_TRAINS = (
    r"\W{0,3}(?:dispense|organise|assure|anime|realise|delivre"
    r"|s'engage a (?:organis|dispens|realis|assur|anim))"
)
_BUYS = (
    r"\W{0,3}(?:confie|commande|inscrit|beneficie|s'engage a (?:verse|paye|regle|acquitte)|a depose|regle)"
)
_TRAINER = re.compile(
    r"\b(?:formations?|competences|institut|academie|ecole|cfa|greta|afpa|pedagogi\w+|savoirs?|campus|centre)\b"
)


def _provider_among(leaves: Leaves, found: Sequence[Stretch]) -> tuple[int, float]:
    """Which of two parties trains, and how sure that is: who is registered, who does it, who is so named."""
    text = " ".join(passage.text for leaf in leaves for passage in leaf.paragraphs)
    folded = fold(text)
    names = [re.escape(fold(str(one.name.value))) for one in found]
    for told, sure in (
        ([one.registered for one in found], 1.0),
        ([orders(one.said) for one in reversed(found)], 0.95),
        ([re.search(name + _TRAINS, folded) is not None for name in names], 0.9),
        ([re.search(name + _BUYS, folded) is not None for name in reversed(names)], 0.9),
        ([_TRAINER.search(fold(str(one.name.value))) is not None for one in found], 0.85),
    ):
        if sum(told) == 1:
            return told.index(True), sure
    return 0, 0.6


def _same(one: Candidate, two: Candidate) -> bool:
    a, b = tight(str(one.value)), tight(str(two.value))
    return a.startswith(b) or b.startswith(a)


def _a_party(leaf: Leaf, mark: Mark) -> bool:
    """A label in a form, not a place to sign and not a heading of articles."""
    return above_closing(leaf, mark.box) and not re.match(r"\W*pour\b[^?]*$", fold(mark.run.text))
