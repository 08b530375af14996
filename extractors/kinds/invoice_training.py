"""What an invoice says of the training: trainee and period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dossier.reading import Field
from extractors import seek
from extractors.candidate import GUESSED, LABELLED, NEAR, Candidate, candidate, less_sure, settle
from extractors.french.dates import periods_in
from extractors.french.letters import fold, words_of
from extractors.french.no_names import names_nobody
from extractors.french.people import PersonFound, ending_in_person, person_of
from extractors.kinds.invoice_table import Head
from extractors.labels import Value as Place
from extractors.leaf import Leaf
from extractors.marks import Mark
from extractors.view import Passage, Run

# ---------------------------------------------------------------- trainee

_CALLED = re.compile(
    r"(?:\b(?:beneficiaire|stagiaire|participante?|apprenante?|alternante?|salariee?|interimaire"
    r"|candidate?)s?(?:\s*\([a-z]\))?\s*:?"
    r"|(?<=[a-z\",;)] )(?:suivie?|effectuee?|realisee?) par\s*:?"
    r"|\bau (?:benefice|profit) de|\ben faveur de|\babsences? de"
    r"|\bcontrat (?:de professionnalisation|d'apprentissage) de|(?<=\" )de"
    r"|\bpour le compte de|\bconcernant|\ba l'intention de"
    r"|\b(?:contrat|formation|parcours|alternance)(?: \w+){0,3} de\s*:"
    r"|\b(?:formation|parcours|inscription) de(?= (?:m|mme|mlle|madame|monsieur)\b))\s+(?=[a-z])"
    r"|\b(?:stagiaires?|participants?|beneficiaires?|salaries|personnes|apprenants?)\s*\(\s*(?=[a-z])"
)


@dataclass(frozen=True, slots=True)
class Trainee:
    last: Field | None
    first: Field | None
    whole: str


def trainee(leaves: Sequence[Leaf], houses: Sequence[str], table: Sequence[Head]) -> Trainee:
    """The person trained: at a label, in words that speak of a trainee, else a lone name in the lines.

    ``houses``: names of the companies on the page, which a lone name may look like. ``table``: heads of the
    lines.
    """
    taken = {word for house in houses for word in words_of(house).split()}
    found = [
        item
        for item in _people(leaves, table)
        if item[3] < 2 or not taken & set(words_of(item[0].whole).split())
    ]
    last = settle(
        candidate(p.last, text, p.start, p.end, sure, "", standing)
        for p, text, sure, standing in found
        if p.last
    )
    if last is None:
        return Trainee(None, None, "")
    chosen = next(p for p, _, _, _ in found if p.last == last.value)
    first = settle(
        candidate(p.first, text, p.start, p.end, sure, "", standing)
        for p, text, sure, standing in found
        if p.first and p.last == last.value
    )
    return Trainee(last, first, chosen.whole)


def _people(
    leaves: Sequence[Leaf], table: Sequence[Head]
) -> Iterator[tuple[PersonFound, Passage, float, int]]:
    for held in seek.places(leaves, ("trainee",)):
        if held[0].mark.label in ("assure", "titulaire"):
            continue
        for place in held:
            if _heads_columns(place, table):
                continue
            person = person_of(place.passage.text, seek.name_order(place.mark))
            if person is not None and not names_nobody(person.whole):
                least = LABELLED if person.sure else 0.8 if person.told else 0.7
                yield person, place.passage, min(seek.base(place), least), 0
                break
    for leaf in leaves:
        for mark in leaf.labels.of("trainee"):
            cell = _straddling(leaf, mark) if mark.end >= len(mark.run.text.rstrip(" :")) else None
            whole = person_of(cell.text, seek.name_order(mark)) if cell is not None else None
            if cell is not None and whole is not None and not names_nobody(whole.whole):
                yield whole, cell, NEAR if whole.sure else 0.7, 0
        for run in leaf.view.runs:
            yield from _in_capitals(run)
        for block in leaf.view.blocks:
            yield from _called(block.passage)
            yield from _does(block.passage)
    for leaf in leaves:
        for run in leaf.view.runs:
            for start in (0, *(m.end() for m in re.finditer(r"\s[-–—·|/]\s", run.text))):
                guess = person_of(run.text[start:])
                if (
                    guess is not None
                    and (guess.sure or (guess.civility and start > 0))
                    and guess.first
                    and len(guess.last) > 2
                    and not names_nobody(guess.whole)
                ):
                    rest = run.text[start + guess.end :]
                    if re.match(r"\s*(?:$|[·,|/(]|du \d)|\s+[-–—]", rest) and 0.05 < run.box.y0 < 0.88:
                        moved = replace(guess, start=guess.start + start, end=guess.end + start)
                        yield moved, run.passage, GUESSED, 2


_ALL_CAPITALS = re.compile(
    r"\W*(?:STAGIAIRE|B[EÉ]N[EÉ]FICIAIRE|SALARI[EÉ]E?|PARTICIPANTE?|APPRENANTE?|CANDIDATE?|ALTERNANTE?"
    r"|INT[EÉ]RIMAIRE)\s+(?P<who>[A-ZÀ-Ý'-]{2,}(?:\s[A-ZÀ-Ý'-]{2,}){1,2})\s*"
)


def _in_capitals(run: Run) -> Iterator[tuple[PersonFound, Passage, float, int]]:
    """ "STAGIAIRE MARTEL LISE", a line of a page all in capitals: the last name stands first, most likely."""
    match = _ALL_CAPITALS.fullmatch(run.text)
    person = person_of(match["who"], True) if match is not None else None
    if match is None or person is None or names_nobody(person.whole):
        return
    at = match.start("who")
    yield replace(person, start=person.start + at, end=person.end + at), run.passage, 0.75, 1


def _heads_columns(place: Place, table: Sequence[Head]) -> bool:
    """Beside a label in a table's head stands another column's head, not its value."""
    box = place.passage.box(0, len(place.passage.text))
    return place.manner == "right" and any(
        head.leaf.page.number == place.passage.page and head.box.y0 - 0.002 <= box.y0 < head.box.y1
        for head in table
    )


def _straddling(leaf: Leaf, mark: Mark) -> Passage | None:
    """A cell of two lines whose label stands level with the gap between them."""
    middle = (mark.box.y0 + mark.box.y1) / 2
    tall = leaf.view.tall
    near = [
        run
        for row in leaf.view.rows[max(0, mark.run.row - 2) : mark.run.row + 3]
        for run in row
        if run.row != mark.run.row
        and run.box.x0 >= mark.box.x1 - 0.004
        and abs((run.box.y0 + run.box.y1) / 2 - middle) < 1.3 * tall
    ]
    if not near:
        return None
    left = min(run.box.x0 for run in near)
    lines = sorted((run for run in near if run.box.x0 - left < 0.01), key=lambda run: run.box.y0)
    level = any(
        run.box.x0 > mark.box.x1 and run is not mark.run
        for run in leaf.view.rows[mark.run.row]
        if run.box.x0 < left + 0.05
    )
    if len(lines) != 2 or level or any(leaf.labels.in_run(run) for run in lines):
        return None
    return leaf.view.passage(word for run in lines for word in run.line.words)


def trainee_in(text: str) -> PersonFound | None:
    """The person whom words that speak of a trainee name in a text without a page."""
    for match in _CALLED.finditer(fold(text)):
        person = person_of(text[match.end() :])
        if person is not None and (person.sure or person.civility) and not names_nobody(person.whole):
            return replace(person, start=person.start + match.end(), end=person.end + match.end())
    return None


_DOES = re.compile(
    r"\s+(?:a|ont)\s(?:bien |effectivement )?(?:suivi|participe|beneficie|effectue|realise|assiste)\b"
    r"|,?\s+qui se (?:tien|derou)\w+|,?\s+nee?(?:\s?\(e\))?\s+le\b"
)


def _does(passage: Passage) -> Iterator[tuple[PersonFound, Passage, float, int]]:
    """ "Noé ÉCHARD a suivi 105 heures", "CAMARA Yves, né le …": who does what a trainee does, or was born."""
    for match in _DOES.finditer(fold(passage.text)):
        person = ending_in_person(passage.text[: match.start()])
        if person is not None and not names_nobody(person.whole):
            yield person, passage, NEAR, 0


def _called(passage: Passage) -> Iterator[tuple[PersonFound, Passage, float, int]]:
    for match in _CALLED.finditer(fold(passage.text)):
        person = person_of(passage.text[match.end() :])
        if person is None or names_nobody(person.whole):
            continue
        plain = person.sure or person.civility
        if plain or person.told or (person.first and re.search(r"\bpar\b", match[0])):
            moved = replace(person, start=person.start + match.end(), end=person.end + match.end())
            yield moved, passage, NEAR if plain else 0.8 if person.told else 0.75, 0


# ---------------------------------------------------------------- period


_NOT_BILLED = re.compile(r"convention|contrat de travail|mission|valid|devis|echeance|planning prev")


def period(leaves: Sequence[Leaf]) -> tuple[Field | None, Field | None]:
    """First and last day billed: at a label, in the lines, in a sentence."""
    spans: list[tuple[Candidate, Candidate]] = []
    for first, last in seek.spans(leaves, "period"):
        if last is not None:
            spans.append((first, last))
    for leaf in leaves:
        for block in leaf.view.blocks:
            text = block.passage.text
            for found in periods_in(text):
                if not _NOT_BILLED.search(fold(text[max(0, found.first.start - 40) : found.first.start])):
                    spans.append(
                        (
                            seek.date_candidate(block.passage, found.first, NEAR),
                            seek.date_candidate(block.passage, found.last, NEAR),
                        )
                    )
    start, end = settle(first for first, _ in spans), settle(last for _, last in spans)
    if (
        start is not None
        and end is not None
        and isinstance(start.value, type(end.value))
        and str(start.value) > str(end.value)
    ):
        return less_sure(start, 0.5, "ends before it starts"), less_sure(end, 0.5, "ends before it starts")
    return start, end
