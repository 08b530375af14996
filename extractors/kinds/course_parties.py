"""The houses that a paper names: parties of a contract, at the head or foot of the page, under a name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from dossier.reading import Box, Field
from extractors.candidate import LABELLED, NEAR, Candidate, candidate
from extractors.french.identifiers import IdFound, sirets_in
from extractors.french.letters import fold, tight
from extractors.french.organisations import organisation_of
from extractors.french.people import person_of
from extractors.kinds.course_between import REGISTERED
from extractors.kinds.course_roles import (
    AGENCY,
    CUSTOMER,
    HEADING,
    PROVIDER,
    USER,
    Party,
    heading_role,
    role_in,
    role_of,
)
from extractors.kinds.course_sections import sectioned
from extractors.leaf import Leaf
from extractors.seek import id_candidate, organisation_at
from extractors.signatures import above_closing
from extractors.view import Passage, Run

Leaves = Sequence[Leaf]

_NUMBERS = re.compile(r"\b(?:siret|declaration d'activite|nda|enregistree sous)\b")


def at_address(leaves: Leaves, standing: int) -> Iterator[Candidate]:
    """The house that a legal footer begins with: "X – 3 rue …, 35000 Rennes – SIRET … – Déclaration …"."""
    for leaf in leaves:
        for index, row in enumerate(leaf.view.rows):
            text = " ".join(run.text for run in row)
            folded = fold(text)
            below = fold(" ".join(r.text for under in leaf.view.rows[index + 1 : index + 2] for r in under))
            if not _NUMBERS.search(folded + " " + below) or not re.search(r"\b\d{5}\b", folded):
                continue
            if not re.search(r"activite|\bnda\b|enregistrement", folded + " " + below):
                continue
            found = organisation_of(text)
            if found is None or re.match(r"\d{1,4}\s*(?:bis|ter)?,?\s[a-z]", fold(found.name)):
                continue
            if found.start < 16 and found.end < 0.7 * len(text):
                yield candidate(
                    found.name, row[0].passage, 0, len(found.name), 0.93, "at its legal notice", standing
                )


def beside_registration(leaves: Leaves, standing: int) -> Iterator[Candidate]:
    """The house whose name stands alone in the head of a page that bears a trainer's registration there."""
    for leaf in leaves[:1]:
        top = [run for run in leaf.view.runs if run.box.y1 < 0.2]
        if not any(REGISTERED.search(fold(run.text)) for run in top):
            continue
        for run in top:
            folded = fold(run.text)
            if _NO_HOUSE.search(folded) or leaf.labels.in_run(run):
                continue
            made = organisation_at(run.passage, 0.85, standing)
            if made is not None and len(str(made.value)) > 0.8 * len(run.text.strip()):
                yield replace(made, note="in the head, with the trainer's registration")


def said_again(leaves: Leaves, standing: int, others: Collection[str]) -> Iterator[Candidate]:
    """A line in the head or foot of a page that its stamp or signature says again: whose paper it is.

    ``others``: folded names that the paper gives somebody else, letters and digits alone.
    """
    for leaf in leaves[:1]:
        for run in leaf.view.runs:
            name, in_head = tight(run.text), run.box.y0 < _HEAD_ENDS
            if not in_head and above_closing(leaf, run.box):
                continue
            if len(name) < 5 or name in others or _NO_HOUSE.search(fold(run.text)):
                continue
            if _HEADS_PAPER.search(fold(run.text)) or leaf.labels.in_run(run) or re.search(r"\d", run.text):
                continue
            if any(other is not run and tight(other.text).startswith(name) for other in leaf.view.runs):
                made = organisation_at(run.passage, 0.88 if in_head else 0.75, standing)
                person = person_of(run.text)
                if made is not None and not (person is not None and person.sure):
                    yield replace(made, note="in the head or foot, and said again")


def alone_in_head(leaves: Leaves, standing: int, others: Collection[str]) -> Iterator[Candidate]:
    """The only line at the very top of a page that is no heading, no label, no name of a person."""
    for leaf in leaves[:1]:
        top = [
            run
            for run in leaf.view.runs
            if run.box.y0 < _TOP_ENDS and not _HEADS_PAPER.search(fold(run.text))
        ]
        if len(top) != 1 or _NO_HOUSE.search(fold(top[0].text)) or leaf.labels.in_run(top[0]):
            continue
        person = person_of(top[0].text)
        if tight(top[0].text) in others or (person is not None and person.sure):
            continue
        made = organisation_at(top[0].passage, 0.75, standing)
        if made is not None:
            yield replace(made, note="alone in the head")


_HEAD_ENDS, _TOP_ENDS = 0.2, 0.09
_HEADS_PAPER = re.compile(r"\b(?:certificat|attestation|diplome|realisation|assiduite|presence|ministere)\b")
_NO_HOUSE = re.compile(
    r"\d{5}|\bsiret\b|activite|\b(?:convention|contrat|article|code du travail|page|date|fait|entre)\b"
    r"|^\W*\d{1,4}\W.*\b(?:rue|avenue|place|boulevard|allee|chemin|quai|cours|impasse)\b|@|\bwww\b"
)


_INITIALS = 3
"""Letters that a house's mark may have over its name."""


def head_of(leaf: Leaf) -> Run | None:
    """The first line of a letterhead: the highest line over an address or a SIRET, in its column."""
    runs = [run for run in leaf.view.runs if run.box.y1 < 0.25]
    for run in runs:
        folded = fold(run.text)
        if re.search(r"\b\d{5}\s+[a-z]", folded) or "siret" in folded:
            above = [
                r for r in runs if r.row < run.row and min(r.box.x1, run.box.x1) > max(r.box.x0, run.box.x0)
            ]
            named = [r for r in above if not _PLACE.search(fold(r.text))]
            full = [r for r in named if len(tight(r.text)) > _INITIALS and not _NO_HOUSE.search(fold(r.text))]
            full = full or named
            if above and full:
                return min(full, key=lambda r: r.row)
            aside = [r for r in runs if r.row <= run.row + 1 and r not in above and r is not run]
            aside = [
                r for r in aside if not _PLACE.search(fold(r.text)) and re.search(r"[^\W\d_]{3}", r.text)
            ]
            if above and len(aside) == 1:
                return aside[0]
    return None


_PLACE = re.compile(
    r"^\W*\d{1,4}(?:\s(?:bis|ter))?\W.*[a-z]|\b\d{5}\s+[a-z]|\bsire[nt]\b|^[\d\s]+$|@|\bwww\b|\btel\b"
)
"""A line of an address, a number, a way to write or call."""


def addressed(leaves: Leaves, standing: int) -> Iterator[Candidate]:
    """The house that a letter goes to: first line of the block over a postcode that bears no number."""
    for leaf in leaves[:1]:
        for run in leaf.view.runs:
            if not (0.08 < run.box.y0 < 0.4 and re.match(r"\W*\d{5}\s+[a-z]", fold(run.text))):
                continue
            block = [run]
            for row in reversed(leaf.view.rows[max(0, run.row - 6) : run.row]):
                over = [r for r in row if abs(r.box.x0 - run.box.x0) < 0.02]
                if not over or block[-1].box.y0 - over[0].box.y1 > 1.6 * leaf.view.tall:
                    break
                block.append(over[0])
            top = block[-1]
            if len(block) < 3 or any("siret" in fold(r.text) for r in block) or leaf.labels.in_run(top):
                continue
            person = person_of(top.text)
            if person is not None and (person.civility or person.sure):
                continue
            made = organisation_at(top.passage, 0.88, standing)
            if made is not None:
                yield replace(made, note="to whom the letter goes")


def at_head(leaves: Leaves, standing: int) -> Iterator[Candidate]:
    """The house at the head of the letter."""
    for leaf in leaves[:1]:
        run = head_of(leaf)
        made = organisation_at(run.passage, 0.88, standing) if run is not None else None
        if made is not None:
            person = person_of(str(made.value))
            named = person is not None and person.sure and len(person.last) > 3
            sure = min(made.confidence, 0.6) if named else made.confidence
            yield replace(made, confidence=sure, note="at the head of the letter")


def at_numbered_head(leaves: Leaves, standing: int) -> Iterator[Candidate]:
    """The house at the head of the letter where its SIRET or SIREN stands in the head too."""
    for made in at_head(leaves, standing):
        head = [run for run in leaves[0].view.runs if run.box.y1 < 0.25]
        if any(sirets_in(run.text) for run in head):
            yield replace(made, confidence=min(made.confidence, 0.85))


def beside_civility(leaves: Leaves) -> Iterator[Candidate]:
    """The line right under a person's name that stands alone on its own line."""
    for leaf in leaves:
        rows = leaf.view.rows
        for index, row in enumerate(rows[:-1]):
            if len(row) != 1 or row[0].box.y0 > 0.6:
                continue
            person = person_of(row[0].text)
            if person is None or not person.civility or row[0].text[person.end :].strip(" ,."):
                continue
            below = rows[index + 1]
            if len(below) == 1 and len(below[0].text) < 60 and not re.search(r"\d{5}", below[0].text):
                made = organisation_at(below[0].passage, 0.88, 1)
                if made is not None:
                    yield made


def _on(line: Box, inside: Box) -> bool:
    """The middle of one box lies in the other."""
    x, y = (inside.x0 + inside.x1) / 2, (inside.y0 + inside.y1) / 2
    return line.x0 <= x <= line.x1 and line.y0 <= y <= line.y1


def under_person(leaves: Leaves, last: Field) -> Iterator[Candidate]:
    """The line under a line that is nothing but the person whose last name was read there."""
    for leaf in leaves:
        runs = leaf.view.runs if leaf.page.number == last.page else ()
        for run in runs:
            person = person_of(run.text) if _on(run.box, last.box) else None
            if person is None or run.text[person.end :].strip(" ,."):
                continue
            below = [
                r
                for r in runs
                if r.row > run.row
                and r.box.y0 - run.box.y1 < 5 * leaf.view.tall
                and min(r.box.x1, run.box.x1) > max(r.box.x0, run.box.x0)
            ]
            first = min(below, key=lambda r: r.row, default=None)
            if first is not None and first.text[:1].isupper() and not re.search(r"\d", first.text):
                made = organisation_at(first.passage, 0.78, 2)
                if made is not None:
                    yield replace(made, note="under the trainee's name, without a label")


# ---------------------------------------------------------------- the parties of a contract

_CALLED = re.compile(
    r"(?:,|\()?\s*(?:ci[- ]apres|denommee?|designee?)[\s,]*"
    r"(?:(?:denommee?|designee?|appelee?|la|le|ci[- ]apres)\s+)*[:\s]*"
    rf"[\"']?\s*(?:l'|le |la )?(?P<role>{USER}|{AGENCY}|{PROVIDER}|{CUSTOMER})\b"
)
_INLINE = re.compile(
    rf"^\W*(?:\d\s?[.)/-]\s*)?(?:l'|le |la )?(?P<role>{USER}|{AGENCY}|{PROVIDER}|{CUSTOMER})"
    r"(?:\s*[:.]|\s[-–])\s+(?=\S)"
)
_OPENING = re.compile(
    r"^[\s,;.]*(?:d'une part|d'autre part)?[\s,;:.]*(?:entre(?: les soussigne[es]*)?\s*:?|et)?[\s,:]*"
    r"(?:\d\s?[).°/-]\s*)?(?:la societe |l'entreprise |l'organisme (?:de formation )?)?"
)


def parties_of(leaves: Leaves) -> Iterator[Party]:
    """Parties as a contract introduces them: "X, …, ci-après « l'organisme »", or a heading over a name."""
    for leaf in leaves:
        yield from _called(leaf)
        yield from _headed(leaf)
        yield from sectioned(leaf)


def _called(leaf: Leaf) -> Iterator[Party]:
    for block in leaf.view.blocks:
        passage = block.passage
        folded = fold(passage.text)
        start = 0
        for match in _CALLED.finditer(folded):
            opening = _OPENING.match(folded[start : match.start()])
            at = start + (opening.end() if opening is not None else 0)
            party = _party_at(passage, at, match.start(), role_of(match["role"]))
            if party is not None:
                yield party
            after = re.match(r"\s*(?:\(\w+\))?\s*(?:contractante?)?\s*[\"')]?[\s,;.]*", folded[match.end() :])
            start = match.end() + (after.end() if after is not None else 0)


def _party_at(passage: Passage, start: int, stop: int, role: str) -> Party | None:
    part = passage.part(0, stop)
    made = organisation_at(part, LABELLED, 0, start)
    if made is None or not re.match(r"[^\W\d_]", str(made.value)) or not str(made.value)[:1].isupper():
        return None
    siret = next(
        (id_candidate(passage, _moved(f, start), LABELLED) for f in sirets_in(passage.text[start:stop])), None
    )
    return Party(role, made, siret)


def _moved(found: IdFound, by: int) -> IdFound:
    return replace(found, start=found.start + by, end=found.end + by)


def _headed(leaf: Leaf) -> Iterator[Party]:
    for run in leaf.view.runs:
        folded = fold(run.text)
        inline = _INLINE.match(folded)
        if inline is not None:
            party = _party_at(run.passage, inline.end(), len(run.text), role_of(inline["role"]))
            if party is not None:
                yield party
            continue
        heading = HEADING.match(folded)
        if heading is None or not above_closing(leaf, run.box) or _labels(leaf, run):
            continue
        lines = _under(leaf, run)
        if not lines:
            continue
        line, at = _name_line(lines)
        made = organisation_at(line.passage, NEAR if heading["colon"] else NEAR - 0.02, 0, at)
        if made is None or not str(made.value)[:1].isupper():
            continue
        siret = next(
            (id_candidate(line.passage, found, LABELLED) for line in lines for found in sirets_in(line.text)),
            None,
        )
        if siret is None and len(lines) < 2:
            continue  # a caption over a place to sign
        yield Party(role_in(heading), made, siret)


def _labels(leaf: Leaf, run: Run) -> bool:
    """A heading's words right before a value are its label: nothing of it stands underneath."""
    row = leaf.view.rows[run.row]
    beside = row[row.index(run) + 1 :]
    if any(sirets_in(line.text) for line in _under(leaf, run)):
        return False
    if not beside or heading_role(beside[0].text) or leaf.labels.alone(beside[0]):
        return False
    return beside[0].box.x0 - run.box.x1 < 0.2


_NAMING = re.compile(
    r"^\W*(?:raison sociale|denomination(?: sociale)?"
    r"|nom(?: ou raison sociale| de l'(?:entreprise|organisme))?)\s*:?\s*(?=\S)"
)


def _name_line(lines: Sequence[Run]) -> tuple[Run, int]:
    """The line that bears the party's name, and where the name begins: after its label where it has one."""
    for line in lines:
        label = _NAMING.match(fold(line.text))
        if label is not None:
            return line, label.end()
    return lines[0], 0


def _under(leaf: Leaf, heading: Run) -> list[Run]:
    """The lines under a heading in its column, down to a gap or the next heading."""
    lines: list[Run] = []
    bottom = heading.box.y1
    for row in leaf.view.rows[heading.row + 1 : heading.row + 8]:
        mine = [r for r in row if r.box.x0 < heading.box.x1 and r.box.x1 > heading.box.x0]
        if not mine:
            continue
        run = mine[0]
        if (
            run.box.y0 - bottom > (2.8 if leaf.ocr else 1.6) * leaf.view.tall
            or HEADING.match(fold(run.text))
            or len(run.text) > 110
        ):
            break
        lines.append(run)
        bottom = run.box.y1
    return lines
