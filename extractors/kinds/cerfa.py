"""The contrat de professionnalisation (CERFA 12434, EJ20): parties, dates, hours, qualification.

Every value is looked for inside its own block of the form (`cerfa_blocks`): the same labels stand in several.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from dossier.reading import Field
from extractors.candidate import LABELLED, NEAR, Candidate, Reading, candidate, settled
from extractors.french.dates import dates_in, periods_in
from extractors.french.hours import hours_of
from extractors.french.identifiers import IdFound, ndas_in, sirets_in
from extractors.french.people import person_of
from extractors.kinds.cerfa_again import Combs
from extractors.kinds.cerfa_blocks import Block, Blocks
from extractors.kinds.cerfa_boxes import unboxed
from extractors.kinds.cerfa_general import asks_general_hours, general_hours
from extractors.kinds.cerfa_marks import marks_of
from extractors.kinds.cerfa_ticks import contract_kinds
from extractors.leaf import Leaf
from extractors.marks import Mark
from extractors.seek import (
    base,
    date_candidate,
    hours_candidate,
    id_candidate,
    organisation_at,
    spoken_dates,
    spoken_organisations,
)
from extractors.signatures import Signing, both_signed
from extractors.titles import title_at
from extractors.view import Passage, Run, passage_of


def read(leaves: Sequence[Leaf]) -> Reading:
    """The fields of one form of one or more pages. Says nothing of a value that stands in no known block."""
    form = _Form(leaves)
    found: dict[str, Field | None] = {
        "employer_name": settled(
            form.organisations(Block.EMPLOYER, "name", "employer", "agency", "last_name", "trainee")
        ),
        "employer_siret": settled(form.identifiers(Block.EMPLOYER, sirets_in, "siret")),
        "trainee_last_name": settled(form.last_names(Block.TRAINEE, "last_name", "trainee")),
        "trainee_first_name": settled(form.first_names()),
        "birth_date": settled(form.dates((Block.TRAINEE,), "birth")),
        "contract_kind": settled(c for leaf in leaves for c in contract_kinds(leaf)),
        "start_date": settled(
            chain(form.dates((Block.CONTRACT,), "start", "period"), form.spoken_days("start"))
        ),
        "end_date": settled(
            chain(form.dates((Block.CONTRACT,), "end", "period", last=True), form.spoken_days("end"))
        ),
        "training_hours": settled(form.hours("training_hours", "hours", "hours_planned")),
        "general_hours": settled(form.hours("general_hours")) or settled(general_hours(leaves)),
        "qualification": settled(form.titles()),
        "tutor_last_name": settled(form.last_names(Block.TUTOR, "last_name", "tutor", "trainee")),
        "provider_name": settled(
            chain(form.organisations(Block.TRAINING, "provider", "name"), form.spoken_provider())
        ),
        "provider_siret": settled(form.identifiers(Block.TRAINING, sirets_in, "siret")),
        "provider_nda": settled(form.identifiers(Block.TRAINING, ndas_in, "nda")),
        "signed_on": settled(form.signed_on()),
        "signed": both_signed(Signing(leaves).of()),
    }
    return Reading({name: field for name, field in found.items() if field is not None})


_NUMBERS = ("siret", "nda", "birth", "start", "end", "signed_on", "hours", "training_hours", "general_hours")
"""What is written in digits alone."""


@dataclass(frozen=True, slots=True)
class _Place:
    """What stands at a label inside its block: the passages where its value may be, likeliest first."""

    leaf: Leaf
    mark: Mark
    found: tuple[tuple[Passage, float], ...]
    combs: Combs | None

    @property
    def passages(self) -> Iterator[tuple[Passage, float]]:
        """Likeliest first; last, on a page of pixels, the label's line as the second engine reads it."""
        yield from self.found
        if self.combs is not None:
            again = self.combs.line(self.mark, self.mark.says(*_NUMBERS))
            if again is not None:
                yield again, NEAR


class _Form:
    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self.leaves = leaves
        self.blocks = Blocks(leaves)
        self._marks = {leaf.page.number: marks_of(leaf) for leaf in leaves}
        self._combs = {
            leaf.page.number: Combs(leaf, self._marks[leaf.page.number]) for leaf in leaves if leaf.ocr
        }

    def places(self, blocks: Sequence[Block], *concepts: str, wrap: bool = True) -> Iterator[_Place]:
        """The labels of these concepts in these blocks, with their values' places."""
        for leaf in self.leaves:
            for mark in self._marks[leaf.page.number]:
                if not mark.says(*concepts):
                    continue
                if self.blocks.of(leaf, mark) not in blocks:
                    continue
                held = self._boxed(leaf, mark) or tuple(
                    (unboxed(leaf, mark, value.passage), base(value))
                    for value in leaf.labels.values(mark, wrap)
                    if not self._is_label(leaf, value.passage)
                    and self.blocks.in_column(leaf, mark.box, value.passage.words[0].box)
                )
                held = held or _named_like_a_label(leaf, mark)
                yield _Place(leaf, mark, held, self._combs.get(leaf.page.number))

    def _is_label(self, leaf: Leaf, passage: Passage) -> bool:
        """The words under a label may be the next label, worn or unusual."""
        first = passage.words[0]
        return any(
            mark.score < 0.85 and mark.start == 0 and mark.run.line.words[0] is first
            for mark in self._marks[leaf.page.number]
        )

    def _boxed(self, leaf: Leaf, mark: Mark) -> tuple[tuple[Passage, float], ...]:
        """What the second engine reads in the boxes after a label of a page of pixels."""
        held = self._combs.get(leaf.page.number)
        passage = held.at(mark, mark.says(*_NUMBERS)) if held is not None else None
        return ((passage, LABELLED),) if passage is not None else ()

    def dates(self, blocks: Sequence[Block], *concepts: str, last: bool = False) -> Iterator[Candidate]:
        """The first date at each label; of a period, its first or its last day."""
        for place in self.places(blocks, *concepts):
            for passage, sure in place.passages:
                periods, found = periods_in(passage.text), dates_in(passage.text)
                if periods and place.mark.says("period"):
                    yield date_candidate(passage, periods[0].last if last else periods[0].first, sure)
                    break
                if found and not (place.mark.says("period") and not place.mark.says("start", "end")):
                    yield date_candidate(passage, found[0], sure)
                    break

    def hours(self, concept: str, *weaker: str) -> Iterator[Candidate]:
        for standing, name in enumerate((concept, *weaker)):
            for place in self.places((Block.TRAINING,), name):
                for passage, sure in chain(place.found, _right_of(place), place.passages):
                    found = hours_of(passage.text)
                    if found is None or found.minutes <= 0 or found.start >= 24:
                        continue
                    if not found.bare or not re.search(r"[^\W\d_]", passage.text[: found.start]):
                        yield hours_candidate(passage, found, sure, standing)
                        break

    def identifiers(
        self, block: Block, find: Callable[[str], Sequence[IdFound]], *concepts: str
    ) -> Iterator[Candidate]:
        for place in self.places((block,), *concepts):
            for passage, sure in place.passages:
                found = find(passage.text)
                if found:
                    yield id_candidate(passage, found[0], sure)
                    break

    def organisations(self, block: Block, *concepts: str) -> Iterator[Candidate]:
        for place in self.places((block,), *concepts):
            for passage, sure in place.passages:
                made = organisation_at(passage, sure, 0 if place.mark.says("name", "provider") else 1)
                if made is not None:
                    yield made
                    break

    def last_names(self, block: Block, *concepts: str) -> Iterator[Candidate]:
        """The last name at "Nom", or that of the whole name at "Nom et prénom", "Tuteur"."""
        for place in self.places((block,), *concepts):
            alone = place.mark.says("last_name")
            for passage, sure in place.passages:
                made = _name(passage, sure) if alone else _person(passage, sure)[0]
                if made is not None:
                    yield replace(made, standing=0 if alone else 1)
                    break

    def first_names(self) -> Iterator[Candidate]:
        for place in self.places((Block.TRAINEE,), "first_name", "trainee"):
            alone = place.mark.says("first_name")
            for passage, sure in place.passages:
                made = _name(passage, sure) if alone else _person(passage, sure)[1]
                if made is not None:
                    yield replace(made, standing=0 if alone else 1)
                    break

    def _in(self, found: Candidate, block: Block) -> bool:
        leaf = next(leaf for leaf in self.leaves if leaf.page.number == found.page)
        return self.blocks.at(leaf, found.box) is block

    def spoken_days(self, concept: str) -> Iterator[Candidate]:
        """ "Le contrat prend effet le … et expire le …"."""
        for found in spoken_dates(self.leaves, concept):
            if self._in(found, Block.CONTRACT):
                yield replace(found, standing=1)

    def spoken_provider(self) -> Iterator[Candidate]:
        """ "… dispensée par l'organisme X"."""
        for found in spoken_organisations(self.leaves, "provider", standing=1):
            if self._in(found, Block.TRAINING):
                yield found

    def titles(self) -> Iterator[Candidate]:
        """What is prepared for: some forms ask it of the contract, some of the training."""
        asked = (((Block.TRAINING, Block.CONTRACT), "qualification"), ((Block.TRAINING,), "title"))
        for standing, (blocks, concept) in enumerate(asked):
            for place in self.places(blocks, concept):
                for passage, sure in place.passages:
                    made = title_at(_continued(place, _on_line(place, passage)), sure, standing)
                    if made is not None:
                        yield made
                        break

    def signed_on(self) -> Iterator[Candidate]:
        """The date of conclusion; failing that, the day it was "fait à"."""
        yield from self.dates(tuple(Block), "signed_on")
        for made in self.dates((Block.FOOT, Block.TRAINING, Block.CONTRACT), "issued"):
            yield replace(made, standing=1)


def _named_like_a_label(leaf: Leaf, mark: Mark) -> tuple[tuple[Passage, float], ...]:
    """The cell right of "label :" though it begins with a label's words: "Centre de formation du Pont"."""
    right = [run for run in leaf.view.rows[mark.run.row] if run.box.x0 >= mark.box.x1 and ":" not in run.text]
    if not right or not (mark.colon or mark.end >= len(mark.run.text.rstrip())):
        return ()
    return ((min(right, key=lambda run: run.box.x0).passage, NEAR),)


def _continued(place: _Place, passage: Passage) -> Passage:
    """A value and the lines that go on under it in its label's column, dotted lines between or not."""
    leaf, words = place.leaf, list(passage.words)
    while len(words) < 40:
        last = words[-1].box
        high = last.y1 - last.y0
        left = min(place.mark.box.x0, passage.words[0].box.x0)
        below = [
            run
            for run in leaf.view.runs
            if 0 < run.box.y0 - last.y0 < 2.0 * high
            and run.box.y0 > last.y0 + 0.7 * high
            and left - 0.01 < run.box.x0 < passage.words[0].box.x0 + 0.01
            and abs(run.height - high) < 0.2 * high
        ]
        if len(below) != 1 or leaf.labels.in_run(below[0]) or not _is_prose(below[0].text):
            break
        if asks_general_hours(below[0].text):
            break
        if _labelled(leaf, place.mark, below[0]):
            break
        words.extend(below[0].line.words)
    return passage_of(passage.page, passage.read_by, words)


def _labelled(leaf: Leaf, mark: Mark, run: Run) -> bool:
    """Another label stands left of a line, in the first one's column."""
    return any(
        other.box.x1 <= run.box.x0 and abs(other.box.x0 - mark.box.x0) < 0.03 and leaf.labels.in_run(other)
        for other in leaf.view.rows[run.row]
    )


def _is_prose(text: str) -> bool:
    return ":" not in text and re.search(r"[^\W\d_]{2}", text) is not None


def _on_line(place: _Place, passage: Passage) -> Passage:
    """On a page of pixels, all words right of the label on its line: its lines may lean and have been cut."""
    view, box = place.leaf.view, place.mark.box
    if not place.leaf.ocr or not passage.words or passage.words[0].box.y0 > box.y1:
        return passage
    high = view.tall
    end = min(
        (m.box.x0 for m in place.leaf.labels.in_run(place.mark.run) if m.start > place.mark.start),
        default=1.0,
    )
    words = [
        word
        for word in view.words
        if max(box.x1 - 0.004, passage.words[0].box.x0 - 0.004) <= word.box.x0 < end
        and abs(word.box.y0 + word.box.y1 - box.y0 - box.y1) < 1.2 * high
    ]
    if len(words) <= len(passage.words):
        return passage
    return passage_of(passage.page, passage.read_by, sorted(words, key=lambda word: word.box.x0))


def _right_of(place: _Place) -> Iterator[tuple[Passage, float]]:
    """On a page of pixels, what stands further right on the label's line, past a piece of a broken label."""
    if not place.leaf.ocr:
        return
    for run in place.leaf.view.rows[place.mark.run.row]:
        if run.box.x0 > place.mark.box.x1 and not place.leaf.labels.in_run(run):
            yield run.passage, NEAR


_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ '.\-](?=[^\W\d_])|'(?=\s))*")


def _name(passage: Passage, sure: float) -> Candidate | None:
    """A last or first name that stands alone at its label."""
    match = _NAME.search(passage.text)
    if match is None or match.start() > 3 or len(match[0]) < 2 or len(match[0]) > 60:
        return None
    return candidate(match[0], passage, match.start(), match.end(), sure)


def _person(passage: Passage, sure: float) -> tuple[Candidate | None, Candidate | None]:
    """Last and first name of a whole name."""
    person = person_of(passage.text, True)
    if person is None:
        return None, None
    sure = sure if person.sure else min(sure, 0.75)
    last = candidate(person.last, passage, person.start, person.end, sure)
    first = candidate(person.first, passage, person.start, person.end, sure) if person.first else None
    return last, first
