"""The provider's SIRET on a training agreement: his own, not the number of who buys the course."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from dossier.reading import Field
from extractors.candidate import NEAR, Candidate, settle
from extractors.french.identifiers import IdFound, sirets_in
from extractors.french.letters import fold, tight
from extractors.kinds.course_roles import Party
from extractors.leaf import Leaf
from extractors.marks import Mark
from extractors.seek import id_candidate, identifiers
from extractors.signatures import PROVIDER, Place, above_closing

Leaves = Sequence[Leaf]

_DOUBTED = 0.6
"""The most that a SIRET is worth where nothing ties it to the provider but that it is no one else's."""


def siret_of(
    leaves: Leaves,
    parties: Sequence[Party],
    provider: Field | None,
    customer: Field | None,
    places: Sequence[Place],
) -> Field | None:
    """The SIRET in the provider's own block, at its label, or at the legal notice; last in his stamp."""
    own = [party.siret for party in parties if party.role == "provider" and party.siret is not None]
    if own:
        return settle(own)
    others = {party.siret.value for party in parties if party.siret is not None and party.role != "provider"}
    labelled = identifiers(leaves, sirets_in, "siret", where=_of_no_customer)
    told = [c for c in labelled if c.value not in others]
    told = [c for c in told if not _nearer(leaves, c, customer, provider)] or [_doubted(c) for c in told]
    if provider is None and len({c.value for c in told}) > 1:
        told = [_doubted(c) for c in told]
    noted = [c for c in _beside_notice(leaves, provider) if not _nearer(leaves, c, customer, provider)]
    found = settle([*(replace(c, standing=1) for c in told[1:]), *told[:1], *noted])
    return found or settle(_in_stamps(leaves, places, others))


def _doubted(found: Candidate) -> Candidate:
    return replace(found, confidence=min(found.confidence, _DOUBTED))


_LINES = 12
"""Lines over a number in which the house stands that it may be of."""

_ASIDE = 40
"""How many lines of distance the page's whole width counts for."""


def _nearer(leaves: Leaves, found: Candidate, one: Field | None, other: Field | None) -> bool:
    """A number stands nearer under, or after, the name of one house than of the other."""
    if one is None or other is None:
        return False
    tall = next(leaf.view.tall for leaf in leaves if leaf.page.number == found.page)

    def away(house: Field) -> float:
        down = (found.box.y0 - house.box.y0) / tall
        if house.page != found.page or not -0.5 < down < 2 * _LINES:
            return 2.0 * _LINES
        return max(down, 0.0) + _ASIDE * abs(found.box.x0 - house.box.x0)

    return away(one) + 0.5 < away(other) and away(one) < _LINES


def _of_no_customer(leaf: Leaf, mark: Mark) -> bool:
    """In the text, and not under a label that names the other party, as the rows of a form follow."""
    asked = fold(mark.run.text[mark.start : max(mark.end, mark.value_at)])
    if not above_closing(leaf, mark.box) or _CUSTOMERS.search(asked):
        return False
    before = [
        m
        for m in leaf.labels.of("provider", "customer", "employer", "agency")
        if m.run.row < mark.run.row
        and abs(m.run.box.x0 - mark.run.box.x0) < _ONE_EDGE
        and above_closing(leaf, m.box)
    ]
    return not before or before[-1].says("provider")


_CUSTOMERS = re.compile(r"\b(?:client|entreprise|acheteur|beneficiaire|employeur|agence|ett|commanditaire)\b")
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
            sure = NEAR if PROVIDER in roles else _DOUBTED
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
                found = sirets_in(block.passage.text)
                mine = _after(block.passage.text, provider, found)
                if mine is not None:
                    yield id_candidate(block.passage, mine, NEAR if len(found) == 1 else NEAR - 0.1)


def _after(text: str, provider: Field | None, found: Sequence[IdFound]) -> IdFound | None:
    """The one number of a text; of several, the first after the provider's name."""
    if len(found) < 2:
        return found[0] if found else None
    at = fold(text).find(fold(str(provider.value))) if provider is not None else -1
    return next((one for one in found if one.start > at >= 0), None)
