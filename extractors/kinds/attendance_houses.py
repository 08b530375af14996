"""The house that gives the training, and who trains, where sentences and legal lines of the sheet say so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors import seek
from extractors.candidate import LABELLED, NEAR, Candidate, candidate
from extractors.french.letters import fold
from extractors.french.people import person_of
from extractors.kinds import attendance_words as words
from extractors.leaf import Leaf

_FOOTER = re.compile(
    r"(?:^|[.!?]\s+)(?P<name>[^.!?:;|]{3,60}?)\s+[–—-]\s+(?:\d{1,4}\b|tel\b|siret\b|siege\b|[^.;]{3,60}\b\d{5}\b)"
)
_LEGAL = re.compile(r"\bsiret\b|declaration d'activite|\bnda\b|n° d'activite")
PROVIDES = re.compile(
    r"\b(?:formations?|competences?|apprentissage|campus|savoirs?|academie|ecole|institut|centre|prevention"
    r"|cfa|greta|afpa|afpi|conseil)\b"
)
"""Words that names of houses of training have."""
_DEPARTMENT = re.compile(
    r"^(?:service|direction|departement|pole formation|cellule|formation|stage|action)\b"
)
_SAID = re.compile(
    r"(?:^|[|·•–—]\s*)(?:organisme|organisme de formation|of|prestataire|centre|dispensateur)"
    r"\s*:\s*(?P<name>[^|·•:–—]{3,60})"
)
_NAMED = re.compile(r"[\s,:(–—-]*(?P<name>[^\W\d_][^,;:()|·•–—\d]{4,38})")

_BRACKETED = re.compile(r"[^()]{0,40}\((?P<name>[^()\d]{5,40})\)")

_DECLARED = re.compile(
    r"\bsoussignee?\b\W*(?:\(e\))?\W*(?P<name>[^.;:]{4,60}?),?\s+(?:declare|atteste|certifie|reconnais)\w*\b"
    r"[^.;:]{0,30}\b(?:suivi|participe|assiste|ete present)"
)

_SPOKEN = 0.85
"""How sure a trainer is whom a sentence names after the word for one."""


def stated(leaf: Leaf) -> Iterator[Candidate]:
    """The house of a legal line, of a letterhead over its number, or said among others on one line."""
    yield from _in_footer(leaf)
    yield from _in_heading(leaf)
    for run in leaf.view.runs:
        match = _SAID.search(fold(run.text)) if ":" in run.text else None
        if match is not None:
            made = seek.organisation_at(run.passage.part(*match.span("name")), LABELLED, 0)
            if made is not None and may_be_name(made.raw):
                yield made


def spoken_trainers(leaf: Leaf) -> Iterator[Candidate]:
    """The trainer of "Le formateur, X, certifie …", of "(X)" after "Signature du formateur …"."""
    for run in leaf.view.runs:
        at = words.trainer_until(run.text)
        while at and not run.text.endswith("-"):
            rest = run.text[at:]
            for match in filter(None, (_NAMED.match(rest), _BRACKETED.match(rest))):
                person = person_of(match["name"], last_first=False)
                if person is None or not person.sure:
                    continue
                start, end = (at + match.start("name") + one for one in (person.start, person.end))
                name = run.text[start:end]
                if " " in name and words.role_of(name) is None:
                    yield candidate(name, run.passage, start, end, _SPOKEN, "", 3)
                    break
            following = words.trainer_until(rest)
            at = at + following if following else 0


def declared(leaf: Leaf) -> str:
    """The trainee of "Je soussigné X déclare avoir suivi …", as printed; "" where nobody declares so."""
    for block in leaf.view.blocks:
        match = _DECLARED.search(fold(block.passage.text))
        if match is not None:
            text = block.passage.text[slice(*match.span("name"))]
            person = person_of(text)
            if person is not None and person.sure:
                return text[person.start : person.end]
    return ""


def _in_footer(leaf: Leaf) -> Iterator[Candidate]:
    """A legal line: name – address – SIRET – déclaration d'activité."""
    for block in leaf.view.blocks:
        folded = fold(block.passage.text)
        if not _LEGAL.search(folded):
            continue
        match = _FOOTER.search(folded)
        if match is not None:
            made = seek.organisation_at(block.passage.part(match.start("name"), match.end("name")), NEAR, 1)
            if made is not None and may_be_name(made.raw):
                yield made


def _in_heading(leaf: Leaf) -> Iterator[Candidate]:
    """A letterhead: the line above a SIRET or an address, at the top of the page."""
    top = [run for run in leaf.view.runs if run.box.y0 < 0.2]
    for run in top:
        if not re.match(r"\W*(?:siret|n° (?:d'activite|de declaration)|nda)\b", fold(run.text)):
            continue
        above = [r for r in top if r.row < run.row and r.box.x1 > run.box.x0 - 0.02 and r.box.x0 < run.box.x1]
        for other in sorted(above, key=lambda r: -r.row)[:3]:
            if re.search(r"\d", other.text) or ":" in other.text:
                continue
            made = seek.organisation_at(other.passage, NEAR, 2)
            if made is not None and may_be_name(made.raw):
                yield made
            break
    for run in top:
        match = re.search(r"\s[–—-]\s(?P<name>[^–—:]{3,50})$", run.text)
        if (
            match is None
            or not match["name"].strip()[:1].isupper()
            or ":" in run.text[: match.start()]
            or _DEPARTMENT.match(fold(match["name"]))
            or not PROVIDES.search(fold(match["name"]))
        ):
            continue
        name = match["name"].strip()
        yield candidate(name, run.passage, match.start("name"), match.end("name"), 0.85, "", 2)


def may_be_name(text: str) -> bool:
    """Whether a line may be an organisation's name: begins with a capital, is no fragment, no number."""
    letters = sum(c.isalpha() for c in text)
    return text[:1].isupper() and letters >= 4 and sum(c.isdigit() for c in text) <= 2
