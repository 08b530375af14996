"""The certificat de réalisation (ministry model, free variants, attestations worth one): who did what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dossier.reading import Field
from extractors.candidate import LABELLED, Candidate, Reading, candidate, less_sure, settle, settled
from extractors.french.identifiers import references_in
from extractors.french.letters import fold, tight
from extractors.french.organisations import organisation_of
from extractors.french.people import ending_in_person, person_of
from extractors.kinds.certificate_hours import done_and_planned
from extractors.kinds.certificate_houses import addressee, in_brackets, made_by, over_heading, signs_for
from extractors.kinds.course_facts import days_of, issued_of, kept
from extractors.kinds.course_parties import (
    alone_in_head,
    at_address,
    at_head,
    beside_civility,
    beside_registration,
    said_again,
    under_person,
)
from extractors.kinds.course_people import Named, trainees_of
from extractors.kinds.course_title import title_of
from extractors.leaf import Leaf
from extractors.marks import Mark
from extractors.seek import (
    identifiers,
    organisation_at,
    organisations,
    spoken_organisations,
)
from extractors.signatures import Signing, above_closing, any_signed, any_stamped, below_text

Leaves = Sequence[Leaf]


def read(leaves: Leaves) -> Reading:
    """The fields of `dossier.kinds.FIELDS` for a certificate; ``names`` where it names several trainees."""
    who = trainees_of(leaves)
    employer = _employer(leaves, who)
    provider = _provider(leaves, employer)
    if employer is None:
        house = tight(str(provider.value)) if provider is not None else ""
        employer = settle(addressee(leaves, house, 0))
    days = days_of(leaves)
    done, planned = done_and_planned(leaves)
    last = days.last or _same_day(days.first, done)
    places = Signing(leaves).places or (below_text(leaves[-1]) if leaves else ())
    several = None
    if who.all and who.last is not None:
        several = replace(
            who.last, value=" ; ".join(who.all), confidence=0.9, note="several people are named"
        )
    fields = kept(
        trainee_last_name=who.last,
        trainee_first_name=who.first,
        employer_name=employer,
        provider_name=provider,
        training_title=title_of(leaves),
        start_date=days.first,
        end_date=last,
        hours=done,
        planned_hours=planned,
        issued_on=issued_of(leaves),
        signed=any_signed(places),
        stamped=any_stamped(places),
        trainees=several,
        request_ref=settled(identifiers(leaves, references_in, "request_ref")),
    )
    return Reading(fields, who.all)


_ONE_DAY = 8 * 60
"""Minutes: no more are taught in a day."""


def _same_day(first: Field | None, done: Field | None) -> Field | None:
    """The last day of a course whose one day is named, and whose hours fit in a day."""
    if first is None or done is None or not isinstance(done.value, int) or done.value > _ONE_DAY:
        return None
    return less_sure(first, 0.85, "one day is named, and the hours fit in it")


# ---------------------------------------------------------------- parties


def _employer(leaves: Leaves, who: Named) -> Field | None:
    found = list(organisations(leaves, "employer", "agency", where=_no_section))
    found += spoken_organisations(leaves, "employer", standing=1 if found else 0)
    found += _of_company(leaves)
    found = [c for c in found if not _goes_on(c)]
    if not found and who.last is not None:
        found = list(in_brackets(leaves, who.last, 0))
    if not found:
        found = list(beside_civility(leaves))
    if not found and who.last is not None and not who.all:
        found = list(under_person(leaves, who.last))
    return settle(c for c in found if not _goes_on(c))


def _goes_on(found: Candidate) -> bool:
    """No house but the sentence that goes on."""
    return str(found.value)[:1].islower()


def _no_section(leaf: Leaf, mark: Mark) -> bool:
    return mark.label != "formation" and not (mark.begun and mark.label.startswith("salarie"))


_OF_COMPANY = re.compile(r"^\W*(?:de|chez|pour) (?:l'entreprise|la societe|l'agence)\s+")
_HE_OF_COMPANY = re.compile(
    r",\s*(?:de|employee? (?:de|par)|chez|travaillant (?:pour|chez)) (?:l'entreprise|la societe|l'agence)\s+"
)


_SIGNS = re.compile(r"\bsoussignee?s?\W*(?:(?:mme|mlle|mr?|madame|monsieur)\b\W*)?$")


def _of_company(leaves: Leaves) -> Iterator[Candidate]:
    """A line that begins "de l'entreprise …", or words right after the person: "X, de la société …"."""
    for leaf in leaves:
        for passage in leaf.paragraphs:
            folded = fold(passage.text)
            for match in _HE_OF_COMPANY.finditer(folded):
                said = ending_in_person(passage.text[: match.start()], titled=True)
                made = organisation_at(passage, LABELLED, 0, match.end()) if said is not None else None
                if made is not None and said is not None and not _SIGNS.search(folded[: said.start]):
                    yield made
        for run in leaf.view.runs:
            begun = _OF_COMPANY.match(fold(run.text))
            if begun is not None:
                made = organisation_at(run.passage, LABELLED, 0, begun.end())
                if made is not None:
                    yield made


def _provider(leaves: Leaves, *others: Field | None) -> Field | None:
    found = list(organisations(leaves, "provider", where=_not_a_heading))
    found += organisations(leaves, "name", where=_in_its_section)
    said = list(spoken_organisations(leaves, "provider"))
    signing = [c for c in said if _below_closing(leaves, c)]  # "présidente" and the stamp beside it
    found += [*(c for c in said if c not in signing), *_introduced(leaves)]
    found = [_lower_later(leaves, c) for c in found if not _is_role(c)]
    if found:
        return settle([*found, *at_address(leaves, 1)])
    named = {tight(str(other.value)) for other in others if other is not None}
    held = [*at_address(leaves, 0), *said_again(leaves, 1, named), *at_head(leaves, 1)]
    held += [*beside_registration(leaves, 1), *made_by(leaves, 0), *_certifier(leaves)]
    held = [c for c in held if not _is_role(c)] or [c for c in signing if not _is_role(c)]
    held = held or list(organisations(leaves, "section_provider", where=_heads))
    held = [c for c in held if not _is_role(c)] or [*over_heading(leaves, 2), *signs_for(leaves, 2, named)]
    return settle(held or alone_in_head(leaves, 3, named))


def _heads(leaf: Leaf, mark: Mark) -> bool:
    """A heading that is nothing but the label, over the house."""
    return mark.value_at >= len(mark.run.text) and above_closing(leaf, mark.box)


def _not_a_heading(leaf: Leaf, mark: Mark) -> bool:
    """Not the heading of a section whose first line has a label of its own."""
    heads = any(run is mark.run for _, run in leaf.headings)
    below = [run for row in leaf.view.rows[mark.run.row + 1 : mark.run.row + 2] for run in row]
    aligned = [run for run in below if run.box.x0 < mark.box.x1 and run.box.x1 > mark.box.x0]
    return not (heads and any(mark.says("name") for run in aligned for mark in leaf.labels.in_run(run)))


def _in_its_section(leaf: Leaf, mark: Mark) -> bool:
    return leaf.section_of(mark) == "section_provider"


def _lower_later(leaves: Leaves, found: Candidate) -> Candidate:
    """What stands among the places to sign counts after what the body says."""
    return replace(found, standing=found.standing + 1) if _below_closing(leaves, found) else found


def _below_closing(leaves: Leaves, found: Candidate) -> bool:
    return any(leaf.page.number == found.page and not above_closing(leaf, found.box) for leaf in leaves)


def _is_role(found: Candidate) -> bool:
    """A role, or the sentence that goes on, where a house should be named."""
    return bool(_ROLE.match(fold(str(found.value)))) or _goes_on(found)


_ROLE = re.compile(
    r"(?:(?:il|elle|ceci|cela|on)\b|formation$|developpement des|organisme|dispensateur|atteste|certifie"
    r"|soussigne|je |nous |stagiaire|attestation|certificat|(?:le |la |l')(?:responsable|representant|direct"
    r"|gerant|president|organisme|dispensateur|stagiaire|salari|action))"
)


_INTRODUCED = re.compile(
    r"^\W*(?:nous,? )?(?:soussignee?s?,? )?(?P<name>[^.;:]{3,60}?),\s*"
    r"(?:(?:un |notre )?(?:organisme|centre|prestataire|dispensateur|certifions|attestons)\b"
    r"|sise?\b|situee?\b|siret\b|represente|enregistre|immatricule|dont le)"
)
_ATTESTS = re.compile(r"\s+(?:atteste|certifie|attestons|certifions|declare)\b")


def _introduced(leaves: Leaves) -> Iterator[Candidate]:
    """ "X, organisme de formation enregistré …, atteste que": who attests, and is a house."""
    for leaf in leaves:
        for passage in leaf.paragraphs:
            folded = fold(passage.text)
            attests = _ATTESTS.search(folded)
            match = _INTRODUCED.match(folded) if attests is not None else None
            if match is None or re.search(r"soussigne|responsable", match["name"]):
                continue
            person = person_of(passage.text[match.start("name") :])
            if person is not None and person.sure and person.end >= len(match["name"]) - 1:
                continue
            made = organisation_at(passage, 0.94, 0, match.start("name"))
            if made is not None:
                yield made


def _certifier(leaves: Leaves) -> Iterator[Candidate]:
    """ "X atteste que": who attests where it is a house."""
    for leaf in leaves:
        for run in leaf.view.runs:
            match = re.search(r"\s+(?:atteste|certifie)\b", fold(run.text))
            if match is not None and run.text[:1].isupper():
                found = organisation_of(run.text[: match.start()])
                if found is not None and not re.search(r"soussigne|represent|responsable", fold(found.name)):
                    yield candidate(found.name, run.passage, found.start, found.end, 0.7, "", 2)
