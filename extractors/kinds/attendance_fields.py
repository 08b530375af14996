"""What an attendance sheet says beside its half-days: trainee, title, provider, trainer, total, reference."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from dossier.quantities import Minutes
from dossier.reading import Box, Field, ReadBy
from extractors import seek
from extractors.candidate import GUESSED, NEAR, Candidate, candidate, settle, settled, worn
from extractors.french.hours import HoursFound, hours_in, hours_of
from extractors.french.identifiers import references_in
from extractors.french.letters import fold
from extractors.french.people import person_of
from extractors.kinds.attendance_facts import Named
from extractors.kinds.attendance_head import houses, titles
from extractors.kinds.attendance_houses import declared, spoken_trainers
from extractors.kinds.attendance_houses import stated as stated_houses
from extractors.kinds.attendance_line import houses_on_line, person_on_line, titles_on_line
from extractors.labels import Value
from extractors.leaf import Leaf
from extractors.marks import Mark
from extractors.page import Word
from extractors.seek import identifiers
from extractors.titles import spoken_titles, title_at
from extractors.view import Passage

_ELECTRONIC = re.compile(
    r"emargement (?:numerique|electronique)|signature (?:electronique|numerique)|horodat|preuve n"
    r"|e-?emargement|certificat de preuve"
)
_TOTAL = re.compile(r"\b(?:total|totaux|cumul|somme)")
_PARTIAL = re.compile(
    r"\bsous[- ]?tota"
    r"|\b(?:total|totaux|cumul)\w* (?:(?:d'heures|des heures|heures) )?(?:du|de la|par|de cette)"
    r" (?:mois|semaine|jour|journee|page|matin|demi)|\breport\b"
)
_SUMMED = re.compile(r"\b(?:total\w*|totaux|cumul\w*|somme|volume horaire)\b")
_WHOLE = re.compile(r"\b(?:general|globa|formation|action|parcours|stage|session)")
_SPOKEN = 3
"""The standing of trainers whom sentences name."""

_NEXT_LABEL = re.compile(r"\s+[•·|/–—-]\s+[^:•·|]{1,30}\s?:(?:\s|$)")
_OF_PERSON = re.compile(r"\s[A-ZÀ-Ý][a-zà-ÿ'’]+(?:\s[a-zà-ÿ'’]+){0,3}\s?:\s*")
"""A label, perhaps: one where a name follows it."""
_FIRST_NAME = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ'’]+(?:[ -][A-ZÀ-Ý][a-zà-ÿ'’]+){0,2}")
_DATED = re.compile(r"\d{1,2}[/.]\d|\b(?:19|20)\d\d\b|\bn\s?°|\b(?:date|groupe|semaine)\b")
_GOES_ON = re.compile(r"[a-zà-ÿ(]|[–-]\s")


class Questions:
    """Asks the leaves of one part for its fields. Labels inside the signed tables are not asked."""

    def __init__(self, leaves: seek.Leaves, signed: Sequence[Sequence[Box]]) -> None:
        self.leaves = leaves
        self._signed = {id(leaf): boxes for leaf, boxes in zip(leaves, signed, strict=True)}

    def _free(self, leaf: Leaf, mark: Mark) -> bool:
        x, y = (mark.box.x0 + mark.box.x1) / 2, (mark.box.y0 + mark.box.y1) / 2
        return not any(b.x0 <= x <= b.x1 and b.y0 <= y <= b.y1 for b in self._signed[id(leaf)])

    def trainees(self) -> Mapping[int, Named]:
        """Whom each page is about, as named above its table, by page number; nobody where none is named.

        A page that names nobody goes on with whom the one before it names.
        """
        found = list(seek.people(self.leaves, "trainee", "last_name", where=self._free))
        told: dict[int, Named] = {}
        for sure in (True, False):
            for person, passage, base, place in found:
                if person.sure is sure:
                    read = worn(base, passage.read_by, passage.sureness(person.start, person.end))
                    name = passage.text[person.start : person.end]
                    one = Named(name, read if person.first else min(read, 0.85), sure)
                    apart = place.mark.says("last_name") and not place.mark.says("trainee")
                    if apart and name == name.upper():
                        one = self._with_first(passage, name, read) or one
                    told.setdefault(passage.page, one)
        for leaf in self.leaves:
            soussigned = declared(leaf) if leaf.page.number not in told else ""
            if soussigned:
                told[leaf.page.number] = Named(soussigned, NEAR, whole=True)
        if not told:
            for leaf in self.leaves:
                on_line = person_on_line(leaf)
                if on_line.name:
                    told[leaf.page.number] = on_line
        last = next((told[leaf.page.number] for leaf in self.leaves if leaf.page.number in told), Named())
        by_page = {}
        for leaf in self.leaves:
            last = by_page[leaf.page.number] = told.get(leaf.page.number, last)
        return by_page

    def _with_first(self, passage: Passage, name: str, read: float) -> Named | None:
        """A last name told apart, with the first name that has a label of its own on the page."""
        leaves = [leaf for leaf in self.leaves if leaf.page.number == passage.page]
        for held in seek.places(leaves, ("first_name",), self._free, wrap=False):
            first = held[0].passage
            match = _FIRST_NAME.match(first.text)
            if match is not None and fold(match[0]) not in fold(name):
                sure = worn(NEAR, first.read_by, first.sureness(match.start(), match.end()))
                return Named(f"{name} {match[0]}", min(read, sure), whole=True)
        return None

    def fields(
        self,
        trainers: Sequence[Candidate],
        totals: Sequence[Candidate],
        sums: Collection[Minutes],
        names: Collection[str],
    ) -> dict[str, Field]:
        """The fields found. ``trainers``, ``totals``: in the tables; ``sums``: what half-days come to;
        ``names``: who signs."""
        lone = totals if len({total.value for total in totals}) == 1 else ()  # several are weeks or months
        stated = [*self._totals(sums), *lone, *self._lengths(sums)]
        labelled = list(self._labelled_titles())
        provider = settle(self._providers(titled=bool(labelled)))
        named = [*self._trainers(), *trainers]
        if not any(one.standing < _SPOKEN for one in named):
            named.extend(one for leaf in self.leaves for one in spoken_trainers(leaf))
        trainer = settle(named)
        said = [str(one.value) for one in (provider, trainer) if one is not None]
        found: dict[str, Field | None] = {
            "training_title": settle(labelled or self._titles([*said, *names])),
            "provider_name": provider,
            "trainer_name": trainer,
            "total_hours": settled(stated or self._borne_out(sums)),
            "request_ref": settled(identifiers(self.leaves, references_in, "request_ref", where=self._free)),
            "electronic": self._electronic(),
        }
        return {name: value for name, value in found.items() if value is not None}

    # ------------------------------------------------------------ title

    def _titles(self, taken: Collection[str]) -> list[Candidate]:
        """Titles in sentences; where there are none, the line that may be one."""
        found = list(spoken_titles(self.leaves, "title", standing=2))
        found.extend(made for leaf in self.leaves for made in titles_on_line(leaf))
        for leaf, signed in zip(self.leaves, self._signed.values(), strict=True):
            if not found:
                found.extend(titles(leaf, min((box.y0 for box in signed), default=1.0), taken))
        return found

    def _labelled_titles(self) -> Iterator[Candidate]:
        for standing, concept in enumerate(("title", "qualification", "period")):
            for held in seek.places(self.leaves, (concept,), self._free):
                place = held[0]
                if concept == "period" and (
                    place.mark.label != "session" or re.search(r"\d{2}[/.]\d{2}", place.passage.text)
                ):
                    continue  # "Session : <title>" of electronic sheets
                made = self._title(place, standing)
                if made is not None:
                    yield made
        for place in self._beside_session():
            made = self._title(place, 2)
            if made is not None:
                yield made

    def _beside_session(self) -> Iterator[Value]:
        """What stands right of "Session" on its line, in words alone: elsewhere that label has days."""
        for leaf in self.leaves:
            for mark in leaf.labels.of("period"):
                whole = mark.label == "session" and mark.value_at >= len(mark.run.text)
                if not whole or not self._free(leaf, mark):
                    continue
                right = [run for run in leaf.view.rows[mark.run.row] if run.box.x0 >= mark.box.x1]
                if right and " " in right[0].text and not _DATED.search(fold(right[0].text)):
                    yield Value(mark, right[0].passage, "right")

    def _title(self, place: Value, standing: int) -> Candidate | None:
        passage = self._continued(place)
        stop = _NEXT_LABEL.search(passage.text)
        if stop is not None:
            passage = passage.part(0, stop.start())
        for label in _OF_PERSON.finditer(passage.text):
            person = person_of(passage.text[label.end() :])
            if person is not None and person.sure:
                passage = passage.part(0, label.start())
                break
        return None if _is_person(passage.text) else title_at(passage, seek.base(place), standing)

    def _continued(self, place: Value) -> Passage:
        """The value with the lines under it that go on in small letters or after a dash."""
        leaf = next(leaf for leaf in self.leaves if leaf.page.number == place.passage.page)
        held = place.passage.words
        runs = [run for run in leaf.view.runs if any(word in run.line.words for word in held)]
        words: list[Word] = []
        for run in runs:
            line = run.line.words
            at = max(line.index(word) for word in held if word in line)
            dash = [] if any(c.isalnum() for word in line[at + 1 :] for c in word.text) else line[at + 1 :]
            words += [word for word in held if word in line]
            words += dash  # that a title breaks after, and that values leave out at their end
            if line[at + 1 :] and not dash:
                return place.passage  # another label follows on the line
        last = runs[-1]
        for row in leaf.view.rows[last.row + 1 : last.row + 3]:
            below = next((run for run in row if leaf.view.follows(last, run, [place.mark.run, last])), None)
            if below is None or not _GOES_ON.match(below.text) or leaf.labels.opens(below):
                break
            words.extend(below.line.words)
            last = below
        return leaf.view.passage(words)

    # ------------------------------------------------------------ provider

    def _providers(self, titled: bool) -> Iterator[Candidate]:
        labelled = list(seek.organisations(self.leaves, "provider", where=self._free))
        labelled = [one for one in labelled if not _is_person(str(one.value))]
        yield from labelled
        if not labelled:
            yield from seek.spoken_organisations(self.leaves, "provider", standing=1)
            for leaf in self.leaves:
                yield from stated_houses(leaf)
                yield from houses(leaf, titled)
                yield from houses_on_line(leaf)

    # ------------------------------------------------------------ trainer, total

    def _trainers(self) -> Iterator[Candidate]:
        for _, passage, sure, _ in seek.people(self.leaves, "trainer", where=self._free, last_first=False):
            person = person_of(passage.text, last_first=False)
            if person is not None:
                name = _without_label(passage.text[person.start : person.end])
                made = candidate(name, passage, person.start, person.start + len(name), sure)
                if " " not in name:
                    yield replace(made, standing=4, confidence=min(made.confidence, GUESSED))
                else:
                    doubted = replace(made, standing=1, confidence=min(made.confidence, 0.85))
                    yield made if person.sure else doubted

    def _totals(self, sums: Collection[Minutes]) -> Iterator[Candidate]:
        """The sheet's own total: no month's, week's or day's, and not under the head of a column."""

        def totalled(leaf: Leaf, mark: Mark) -> bool:
            said = fold(mark.run.text)
            return bool(_TOTAL.search(said)) and not _PARTIAL.search(said)

        for held in seek.places(self.leaves, ("hours", "hours_done", "hours_planned"), totalled):
            for place in held:
                found = hours_of(place.passage.text)
                if found is not None and self._one_of_several(place) and found.minutes not in sums:
                    continue
                if found is not None and found.minutes > 0 and not self._heads_a_column(place):
                    standing = 0 if _WHOLE.search(fold(place.mark.run.text)) else 1
                    yield seek.hours_candidate(place.passage, found, seek.base(place), standing)
                    break

    def _lengths(self, sums: Collection[Minutes]) -> Iterator[Candidate]:
        """The length of the training, where it is what the sheet's half-days come to."""
        for held in seek.places(self.leaves, ("hours",), self._free):
            for place in held:
                found = hours_of(place.passage.text)
                if found is not None and found.minutes in sums:
                    yield seek.hours_candidate(place.passage, found, seek.base(place), 2)

    def _borne_out(self, sums: Collection[Minutes]) -> Iterator[Candidate]:
        """A total in words of any kind, a week's or a month's too, that the half-days come to."""
        for leaf in self.leaves:
            for row in leaf.view.rows:
                text = fold(" ".join(run.text for run in row))
                if _SUMMED.search(text) is None:
                    continue
                for run in row:
                    for found in hours_in(run.text) or filter(None, (_figure(run.text),)):
                        if found.minutes in sums:
                            yield seek.hours_candidate(run.passage, found, NEAR, 1)

    def _one_of_several(self, place: Value) -> bool:
        """Whether a row of totals has one for each of several columns."""
        leaf = next(leaf for leaf in self.leaves if leaf.page.number == place.passage.page)
        row = leaf.view.rows[place.mark.run.row]
        return sum(run.box.x0 > place.mark.box.x1 and _figure(run.text) is not None for run in row) > 1

    def _heads_a_column(self, place: Value) -> bool:
        leaf = next(leaf for leaf in self.leaves if leaf.page.number == place.passage.page)
        several = len(leaf.view.rows[place.mark.run.row]) > 2
        return place.manner == "below" and (several or not self._free(leaf, place.mark))

    def _electronic(self) -> Field | None:
        for leaf in self.leaves:
            for run in leaf.view.runs:
                if _ELECTRONIC.search(fold(run.text)):
                    sure = 0.95 if leaf.page.read_by is ReadBy.TEXT else 0.8
                    return Field(True, run.text, leaf.page.number, run.box, leaf.page.read_by, sure)
        return None


def _figure(text: str) -> HoursFound | None:
    """The hours of a cell that is a figure alone, or behind its label."""
    match = re.fullmatch(r"(?:[^:\d]*:)?\s*(\d{1,4}(?:[.,]\d{1,2})?)\s*", text)
    return hours_of(match[1]) if match is not None else None


def _is_person(text: str) -> bool:
    """Whether what stands at a house's label is a person's name: the value of another label."""
    person = person_of(text)
    return person is not None and person.sure and person.end - person.start >= len(text) - 2


def _without_label(name: str) -> str:
    """First name and last name in capitals, without the word that OCR ran into them ("… Lieu :")."""
    tokens = name.split()
    upper = [at for at, token in enumerate(tokens) if len(token) > 1 and token == token.upper()]
    if not upper or upper[0] == 0:
        return name
    return " ".join(tokens[: upper[-1] + 1])
