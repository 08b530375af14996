"""The convention de formation: provider and customer, course, price; signed by both."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from dossier.reading import Field
from extractors.candidate import NEAR, Candidate, Reading, settle
from extractors.french.identifiers import sirets_in
from extractors.french.letters import fold, tight
from extractors.french.no_names import names_nobody
from extractors.french.people import person_of
from extractors.kinds.agreement_price import hours_by_price, price_of
from extractors.kinds.course_between import Stretch, stretches
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
from extractors.seek import id_candidate, identifiers, organisations
from extractors.signatures import PROVIDER, TRAINEE, Place, Signing, above_closing, both_signed
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
        provider_siret=_siret(leaves, parties, provider, places),
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


_STAMPED = 0.6
"""The most that the provider's SIRET is worth in a stamp that does not stand in a place of the provider's."""


def _siret(
    leaves: Leaves, parties: Sequence[Party], provider: Field | None, places: Sequence[Place]
) -> Field | None:
    """The SIRET in the provider's own block, at its label, or at the legal notice; last in his stamp."""
    own = [party.siret for party in parties if party.role == "provider" and party.siret is not None]
    if own:
        return settle(own)
    others = {party.siret.value for party in parties if party.siret is not None and party.role != "provider"}
    told = [
        c for c in identifiers(leaves, sirets_in, "siret", where=_of_no_customer) if c.value not in others
    ]
    noted = list(_beside_notice(leaves, provider))
    found = settle([*(replace(c, standing=1) for c in told[1:]), *told[:1], *noted])
    return found or settle(_in_stamps(leaves, places, others))


def _of_no_customer(leaf: Leaf, mark: Mark) -> bool:
    """In the text, and not under a label that names the other party, as the rows of a form follow."""
    if not above_closing(leaf, mark.box):
        return False
    before = [
        m
        for m in leaf.labels.of("provider", "customer", "employer", "agency")
        if m.run.row < mark.run.row and abs(m.run.box.x0 - mark.run.box.x0) < _ONE_EDGE and _a_party(leaf, m)
    ]
    return not before or before[-1].says("provider")


_ONE_EDGE = 0.02


def _in_stamps(leaves: Leaves, places: Sequence[Place], others: Collection[object]) -> Iterator[Candidate]:
    """SIRETs under the closing line but those in the other party's place to sign."""
    for leaf in leaves:
        for mark in leaf.labels.of("siret"):
            if above_closing(leaf, mark.box):
                continue
            middle = (mark.box.x0 + mark.box.x1) / 2
            roles = {p.role for p in places if p.page == leaf.page.number and p.box.x0 <= middle <= p.box.x1}
            if roles - {PROVIDER, ""}:
                continue
            sure = NEAR if PROVIDER in roles else _STAMPED
            for value in leaf.labels.values(mark):
                found = sirets_in(value.passage.text)
                if found and found[0].value not in others:
                    yield id_candidate(value.passage, found[0], sure)
                    break


def _beside_notice(leaves: Leaves, provider: Field | None) -> Iterator[Candidate]:
    """A SIRET on a line that names the provider or its registration as a trainer."""
    name = tight(str(provider.value)) if provider is not None else ""
    for leaf in leaves:
        for block in leaf.view.blocks:
            folded = tight(block.passage.text)
            if "declarationdactivite" in folded or (name and folded.startswith(name)):
                for found in sirets_in(block.passage.text)[:1]:
                    yield id_candidate(block.passage, found, NEAR)
