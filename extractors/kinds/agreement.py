"""The convention de formation: provider and customer, course, price; signed by both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dossier.reading import Field
from extractors.candidate import LABELLED, NEAR, Candidate, Reading, settle, settled
from extractors.french.amounts import amounts_in
from extractors.french.identifiers import sirets_in
from extractors.french.letters import fold, tight
from extractors.french.no_names import names_nobody
from extractors.french.people import person_of
from extractors.kinds.course_between import Stretch, stretches
from extractors.kinds.course_facts import days_of, kept
from extractors.kinds.course_hours import hours_of_course
from extractors.kinds.course_parties import addressed, at_address, beside_registration, parties_of
from extractors.kinds.course_people import trainees_of
from extractors.kinds.course_roles import Party
from extractors.kinds.course_sections import unheaded
from extractors.kinds.course_title import title_of
from extractors.leaf import Leaf
from extractors.marks import Mark
from extractors.seek import amount_candidate, amounts, id_candidate, identifiers, organisations
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
    who = trainees_of(leaves, (provider, customer))
    fields = kept(
        provider_name=provider,
        provider_siret=_siret(leaves, parties, provider),
        customer_name=customer,
        trainee_last_name=who.last,
        trainee_first_name=who.first,
        training_title=title_of(leaves),
        start_date=days.first,
        end_date=days.last,
        hours=hours_of_course(leaves),
        net_amount=_price(leaves),
        signed=both_signed(_needed(Signing(leaves).places)),
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


def _siret(leaves: Leaves, parties: Sequence[Party], provider: Field | None) -> Field | None:
    """The SIRET in the provider's own block, at its label, or at the legal notice."""
    own = [party.siret for party in parties if party.role == "provider" and party.siret is not None]
    if own:
        return settle(own)
    labelled = list(identifiers(leaves, sirets_in, "siret"))
    others = {party.siret.value for party in parties if party.siret is not None and party.role != "provider"}
    labelled = [c for c in labelled if c.value not in others]
    noted = list(_beside_notice(leaves, provider))
    return settle([*(replace(c, standing=1) for c in labelled[1:]), *labelled[:1], *noted])


def _beside_notice(leaves: Leaves, provider: Field | None) -> Iterator[Candidate]:
    """A SIRET on a line that names the provider or its registration as a trainer."""
    name = tight(str(provider.value)) if provider is not None else ""
    for leaf in leaves:
        for block in leaf.view.blocks:
            folded = tight(block.passage.text)
            if "declarationdactivite" in folded or (name and folded.startswith(name)):
                for found in sirets_in(block.passage.text)[:1]:
                    yield id_candidate(block.passage, found, NEAR)


# ---------------------------------------------------------------- price

_RATE = re.compile(
    r"^\s*(?:€|eur(?:os?)?)?\s*(?:ht)?\s*(?:/|par|de l'|l')\s*(?:h|heure|jour|stagiaire|personne)\b"
)


def _price(leaves: Leaves) -> Field | None:
    """The whole price without tax."""
    found = [c for c in amounts(leaves, "net", where=_of_one) if not _is_rate(leaves, c)]
    if not found:
        found = list(_said_price(leaves)) or list(_captioned_price(leaves))
    if not found and not any(c.value for c in amounts(leaves, "vat")):
        found = list(amounts(leaves, "gross", standing=1))
    if not found:
        found = list(_costs(leaves)) or list(_priced(leaves))
    return settled(found)


_PRICE = re.compile(r"\b(?:prix|cout|montant|tarif|somme|total|participation)\b")


def _priced(leaves: Leaves) -> Iterator[Candidate]:
    """An amount that its own sentence calls the price, and no rate: "Le prix ferme de l'action est de …"."""
    for leaf in leaves:
        for passage in leaf.paragraphs:
            for found in amounts_in(passage.text):
                before = re.split(r"[.;!?]\s+(?=\D)", fold(passage.text[: found.start]))[-1]
                named = list(_PRICE.finditer(before))
                after = fold(passage.text[found.end :])
                if not found.marked or not named or _RATE.match(after):
                    continue
                if not _NO_WHOLE.search(before[named[-1].start() :]) and not re.match(
                    r"\s*(?:ttc|de tva)", after
                ):
                    yield amount_candidate(passage, found, 0.92)


_CAPTION = re.compile(r"^\W*(?:(?:prix|cout|montant|total)\b.{0,24}|ht|net|hors taxes?)\W*$")


def _captioned_price(leaves: Leaves) -> Iterator[Candidate]:
    """An amount alone in its cell over words that call it the price: "1 575,00 €" over "HT"."""
    for leaf in leaves:
        for run in leaf.view.runs:
            found = amounts_in(run.text)
            if len(found) != 1 or not found[0].marked or len(run.text) > _CELL:
                continue
            below = [
                r
                for row in leaf.view.rows[run.row + 1 : run.row + 3]
                for r in row
                if r.box.x0 < run.box.x1 and r.box.x1 > run.box.x0
            ]
            if below and _CAPTION.match(fold(below[0].text)):
                yield amount_candidate(run.passage, found[0], NEAR)


def _of_one(leaf: Leaf, mark: Mark) -> bool:
    """A label of one amount: a heading over a column of several tells the price of none of them."""
    if mark.colon or mark.end < len(mark.run.text.rstrip()):
        return True
    under = [run for run in leaf.view.in_column(mark.box) if run.box.y0 > mark.box.y1]
    cells = (run for run in under[:4] if len(run.text) <= _CELL)
    return sum(any(one.marked for one in amounts_in(run.text)) for run in cells) < 2


_CELL = 20
"""Letters of an amount's cell at most: a sentence under a table is none."""

_COST = re.compile(r"^\W*(?:prix|cout|montant|tarif|total|participation financiere)\b")
_NO_WHOLE = re.compile(
    r"\b(?:horaire|unitaire|par heure|de l'heure|par jour|journalier|heure stagiaire|tva|ttc|acompte|repas"
    r"|hebergement|frais annexes|reste a charge)\b|/\s?(?:h|jour)\b"
)


def _costs(leaves: Leaves) -> Iterator[Candidate]:
    """An amount on a line that begins as a cost does, whatever words go on from there: no rate, no tax."""
    for leaf in leaves:
        for row in leaf.view.rows:
            text = " ".join(fold(run.text) for run in row)
            if not _COST.match(text) or _NO_WHOLE.search(text):
                continue
            for run in row:
                marked = [one for one in amounts_in(run.text) if one.marked]
                if marked:
                    yield amount_candidate(run.passage, marked[0], 0.9)
                    break


def _is_rate(leaves: Leaves, found: Candidate) -> bool:
    for leaf in leaves:
        if leaf.page.number == found.page:
            for run in leaf.view.runs:
                at = run.text.find(found.raw)
                if at >= 0 and run.box.y0 <= (found.box.y0 + found.box.y1) / 2 <= run.box.y1:
                    return bool(_RATE.match(fold(run.text[at + len(found.raw) :])))
    return False


def _said_price(leaves: Leaves) -> Iterator[Candidate]:
    for leaf in leaves:
        for statement in leaf.said("price"):
            text = statement.passage.text
            tail = text[statement.value_at : statement.value_at + 60]
            for found in amounts_in(tail):
                if found.marked and found.start < 30 and not _RATE.match(fold(tail[found.end :])):
                    moved = replace(
                        found, start=found.start + statement.value_at, end=found.end + statement.value_at
                    )
                    yield amount_candidate(statement.passage, moved, LABELLED)
                    break
