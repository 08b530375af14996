"""Papers of temporary work: the contract of a mission; the contrat type and lettre type of a CIPI or CDPI."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dossier.reading import Field
from extractors.candidate import LABELLED, NEAR, Candidate, Reading, candidate, settle, settled
from extractors.french.identifiers import references_in
from extractors.french.letters import fold, tight
from extractors.kinds.course_between import between
from extractors.kinds.course_facts import days_of, kept
from extractors.kinds.course_hours import hours_of_course
from extractors.kinds.course_parties import at_head, parties_of
from extractors.kinds.course_people import Named, trainees_of
from extractors.kinds.course_roles import Party
from extractors.kinds.course_sections import heading_over
from extractors.leaf import Leaf
from extractors.marks import Mark
from extractors.seek import PERSON_OF, identifiers, organisation_at, organisations, spoken_organisations
from extractors.signatures import Signing, above_closing, both_signed
from extractors.spelled import joined

Leaves = Sequence[Leaf]


def read_mission(leaves: Leaves) -> Reading:
    """A contrat de mission: who is sent by which agency to which company, when; signed by both."""
    leaves = joined(leaves)
    who = trainees_of(leaves)
    days = days_of(leaves)
    parties = tuple(parties_of(leaves))
    user = _user_company(leaves, parties)
    return Reading(
        kept(
            trainee_last_name=who.last,
            trainee_first_name=who.first,
            employer_name=_agency(leaves, parties, who, user),
            user_company=user,
            start_date=days.first,
            end_date=days.last,
            signed=both_signed(Signing(leaves).places),
        )
    )


def read_cipi(leaves: Leaves) -> Reading:
    """A contrat type or lettre type: who follows which hours when, employed by which agency; signed by both.

    ``form`` is "lettre" for the letter to who holds a CDI intérimaire, else "contrat".
    """
    leaves = joined(leaves)
    who = trainees_of(leaves)
    days = days_of(leaves, where=_of_the_course, barred=_MISSION)
    parties = tuple(parties_of(leaves))
    return Reading(
        kept(
            trainee_last_name=who.last,
            trainee_first_name=who.first,
            employer_name=_agency(leaves, parties, who, _user_company(leaves, parties)),
            start_date=days.first,
            end_date=days.last,
            hours=hours_of_course(leaves),
            signed=both_signed(Signing(leaves).places),
            request_ref=settled(identifiers(leaves, references_in, "request_ref")),
            form=_form(leaves),
        )
    )


def _of_the_course(leaf: Leaf, mark: Mark) -> bool:
    """Days of the mission that follows are not those of the course."""
    heading = heading_over(leaf, mark)
    words = f"{fold(heading.text) if heading is not None else ''} {_clause(leaf, mark)}"
    return _MISSION.search(words) is None and leaf.section_of(mark) != "section_client"


def _clause(leaf: Leaf, mark: Mark) -> str:
    """The folded words of the line about a label, with those before them where prose goes on from there."""
    run = mark.run
    over = [r for r in leaf.view.rows[run.row - 1] if leaf.view.follows(r, run)] if run.row else []
    before = f"{over[0].text} " if over and run.text[:1].islower() else ""
    lead = re.split(r"[.;]\s", fold(before + run.text[: mark.start]))[-1]
    return lead + re.split(r"[.;]\s", fold(run.text[mark.start :]))[0]


_MISSION = re.compile(r"\bmissions?\b(?!.*\bformation\b)")
"""Words that are about the mission after the course."""


# ---------------------------------------------------------------- houses


def _user_company(leaves: Leaves, parties: Sequence[Party]) -> Field | None:
    found = [party.name for party in parties if party.role == "user_company"]
    found += organisations(leaves, "user_company", where=_opens, standing=1 if found else 0)
    found += organisations(leaves, "name", where=_in_user)
    found += spoken_organisations(leaves, "user_company", standing=1 if found else 0)
    found += _before_its_role(leaves, standing=1 if found else 0)
    if not found:
        found += organisations(leaves, "customer", where=_opens)  # who hires of an agency is its client
    return settle(_unrolled(found))


_BEFORE_ROLE = re.compile(
    r"\b(?:la societe|l'entreprise|societe|aupres de|chez|au profit de|au sein de)\s+"
    r"(?P<name>[^,;:()]{2,60}?)\s*,\s*(?:entreprise|societe) utilisatrice\b"
)


def _before_its_role(leaves: Leaves, standing: int) -> Iterator[Candidate]:
    """ "… au profit de la société X, entreprise utilisatrice"."""
    for leaf in leaves:
        for passage in leaf.paragraphs:
            match = _BEFORE_ROLE.search(fold(passage.text))
            made = (
                organisation_at(passage.part(0, match.end("name")), NEAR, standing, match.start("name"))
                if match is not None
                else None
            )
            if made is not None:
                yield made


def _agency(leaves: Leaves, parties: Sequence[Party], who: Named, user: Field | None) -> Field | None:
    """The agency is the employer: at its label, in its section, in "Entre la société …", else at the head."""
    others = {tight(str(user.value)) if user is not None else ""}
    if who.last is not None and who.first is not None:
        others |= {tight(f"{who.first.value} {who.last.value}"), tight(f"{who.last.value} {who.first.value}")}
    found = [party.name for party in parties if party.role in ("agency", "customer")]
    found += organisations(leaves, "agency", "employer", where=_house)
    found += organisations(leaves, "agency", where=_branch, standing=1 if found else 0)
    found += organisations(leaves, "supplier", where=_not_user, standing=1 if found else 0)
    found += organisations(leaves, "name", where=_in_agency)
    found += spoken_organisations(leaves, "employer", standing=1 if found else 0)
    found += _sends(leaves, 0)
    found += _a_party(leaves, 1 if found else 0)
    found = [c for c in _unrolled(found) if tight(str(c.value)) not in others]
    if all(c.confidence < _NOISE for c in found):
        found += [c for c in at_head(leaves, 0) if tight(str(c.value)) not in others]
    return settle(found)


_NOISE = 0.5
"""What OCR is less sure of may be a hand's strokes under "L'agence"."""

_ROLE_WORDS = re.compile(r"^(?:de travail temporaire|utilisatrice|cliente|d'accueil)\s+")


def _unrolled(found: Sequence[Candidate]) -> list[Candidate]:
    """Names without the role that stands before them: "utilisatrice Ateliers du Léon"."""
    kept_names = []
    for c in found:
        name = str(c.value)
        lead = _ROLE_WORDS.match(fold(name))
        kept_names.append(replace(c, value=name[lead.end() :]) if lead is not None else c)
    return [c for c in kept_names if str(c.value)[:1].isupper() or str(c.value)[:1].isdigit()]


def _not_user(leaf: Leaf, mark: Mark) -> bool:
    before, after = mark.run.text[: mark.start].rstrip(), mark.run.text[mark.end :].lstrip()
    if before.endswith(",") or after.startswith(","):
        return False  # "X, entreprise de travail temporaire, 3 rue …" names X before it
    if PERSON_OF.search(fold(before)):
        return False
    if not above_closing(leaf, mark.box) or re.search(r"\b(?:signature|cachet|visa)", fold(mark.run.text)):
        return False
    return "utilisat" not in fold(mark.run.text) and leaf.section_of(mark) != "section_client"


def _branch(leaf: Leaf, mark: Mark) -> bool:
    """ "Agence" may ask for the place that a house's branch is named after."""
    return mark.label == "agence" and _not_user(leaf, mark)


def _house(leaf: Leaf, mark: Mark) -> bool:
    return mark.label != "agence" and _not_user(leaf, mark)


def _opens(leaf: Leaf, mark: Mark) -> bool:
    """Not "X, …, entreprise utilisatrice.", which names X before it."""
    before, after = mark.run.text[: mark.start].rstrip(), mark.run.text[mark.end :].lstrip()
    sentence = before.endswith(",") or after.startswith((".", ","))
    return not sentence and above_closing(leaf, mark.box)


def _in_user(leaf: Leaf, mark: Mark) -> bool:
    return leaf.section_of(mark) == "section_client"


def _in_agency(leaf: Leaf, mark: Mark) -> bool:
    return leaf.section_of(mark) in ("section_agency", "section_employer")


def _a_party(leaves: Leaves, standing: int) -> Iterator[Candidate]:
    """The house that a contract between it and somebody names, not the one that he is sent to."""
    for leaf in leaves:
        for one in between(leaf):
            if "utilisatrice" not in one.said and "cliente" not in one.said:
                yield replace(one.name, standing=standing)


def _sends(leaves: Leaves, standing: int) -> Iterator[Candidate]:
    """ "La société X met à la disposition de …", "X délègue auprès de …"."""
    for leaf in leaves:
        for passage in leaf.paragraphs:
            match = re.search(
                r"(?:^|[.;]\s|\b(?:la societe|l'agence|l'entreprise)\s+)(?P<name>[^.;:]{2,70}?)"
                r"\s+(?:met|delegue|detache|missionne)\b",
                fold(passage.text),
            )
            if match is not None:
                made = organisation_at(
                    passage.part(0, match.end("name")), LABELLED, standing, match.start("name")
                )
                if made is not None:
                    yield made


# ---------------------------------------------------------------- form


def _form(leaves: Leaves) -> Field | None:
    """By the first title; one that speaks of a letter goes before the contract that the letter is about."""
    found = []
    for leaf in leaves:
        for run in leaf.view.runs:
            match = _TITLE.search(fold(run.text)) if run.box.y0 < 0.45 else None
            if match is not None:
                form = "lettre" if match[0].startswith("lettre") else "contrat"
                found.append(candidate(form, run.passage, match.start(), match.end(), LABELLED))
    letters = [made for made in found if made.value == "lettre"]
    return settle((letters or found)[:1])


_TITLE = re.compile(
    r"\blettre[- ]type\b|\blettre (?:de mission formation|(?:de |d'|- ?)?(?:cipi|cdpi|insertion"
    r"|developpement))\b|\bcontrat[- ]type\b|(?<!titre du )(?<!cadre du )(?<!cadre d'un )"
    r"\bcontrat (?:d'insertion|de developpement|cipi|cdpi)"
)
