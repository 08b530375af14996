"""Values found from their labels: after it on the line, in the next cell, below it.

Labels are compared as letters and digits alone, so a blank lost or won by OCR costs nothing; on OCR pages
longer labels may differ by a few letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from dossier.reading import Box, ReadBy
from extractors.french.letters import fold
from extractors.lexicon import INLINE, LABELS
from extractors.view import Passage, Run, View

_TOKEN = re.compile(r"[a-z0-9]+")
_LEVEL = {"no": "n", "nr": "n", "num": "n", "numero": "n", "nos": "n"}
_LONGEST = 12
_BESIDE = 0.3
"""The least share of a line's height that a label beside two lines, midway between them, has of each."""

_WEAK = frozenset(("du", "au", "le", "doit", "n", "total", "nature", "jusquau", "acompterdu", "eu", "of"))
"""Labels that are everyday words: without a colon they open no cell of their own."""

_ANYWHERE = frozenset(("siret", "nda", "iban", "bic", "siren", "paid", "due_date", "request_ref"))
"""What may be announced in the middle of a line without a colon."""

_SEPARATORS = re.compile(r"(?:^|[|:;,(\[/·•✂]|\s[-–—])[\s\W_]*$")


@dataclass(frozen=True, slots=True)
class Mark:
    """A label on the page: ``start:end`` in its run's text, ``value_at`` where its value would begin.

    ``score`` is 1 for an exact label, less for one that OCR wore or that goes on with unknown words;
    ``begun`` ones go on so without a colon.
    """

    concepts: frozenset[str]
    label: str
    run: Run
    start: int
    end: int
    value_at: int
    colon: bool
    score: float
    box: Box
    begun: bool = False

    def says(self, *concepts: str) -> bool:
        return not self.concepts.isdisjoint(concepts)


@dataclass(frozen=True, slots=True)
class Value:
    """What stands where a label's value should: ``manner`` is "inline", "right" or "below"."""

    mark: Mark
    passage: Passage
    manner: str


@lru_cache(maxsize=1)
def _index() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for concept, labels in LABELS.items():
        for label in labels.split("|"):
            found.setdefault(levelled(label), set()).add(concept)
    found.pop("", None)
    return {label: frozenset(concepts) for label, concepts in found.items()}


def is_label(text: str) -> bool:
    """Whether ``text`` is nothing but a label."""
    return levelled(text) in _index()


@lru_cache(maxsize=1)
def _long_labels() -> tuple[str, ...]:
    return tuple(label for label in _index() if len(label) >= 6)


def levelled(text: str) -> str:
    """Letters and digits of a label, with every way to write "numéro" made one."""
    return "".join(_LEVEL.get(token, token) for token in _TOKEN.findall(fold(text)))


def _nearest(label: str) -> tuple[str, float] | None:
    """The label that OCR may have made ``label`` of: one letter in six wrong at most."""
    allowed = max(1, len(label) // 6)
    best = process.extractOne(label, _long_labels(), scorer=Levenshtein.distance, score_cutoff=allowed)
    if best is None or abs(len(best[0]) - len(label)) > allowed:
        return None
    return best[0], 1 - 0.5 * best[1] / max(len(label), 1)


class Labels:
    """All labels of one page, and the values they announce."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._fuzzy = view.page.read_by is ReadBy.OCR
        self._reach = 3.0 if self._fuzzy else 2.2  # OCR's boxes hug the letters
        self._by_run: dict[int, tuple[Mark, ...]] = {}
        for run in view.runs:
            self._by_run[id(run)] = tuple(self._marks_of(run))
        self._add_stacked()
        self._drop_begun_values()

    @property
    def marks(self) -> Iterator[Mark]:
        for run in self.view.runs:
            yield from self._by_run[id(run)]

    def of(self, *concepts: str) -> Iterator[Mark]:
        return (mark for mark in self.marks if mark.says(*concepts))

    def in_run(self, run: Run) -> tuple[Mark, ...]:
        return self._by_run.get(id(run), ())

    def opens(self, run: Run) -> bool:
        """Whether the run begins with a label."""
        return any(
            (mark.colon or mark.label not in _WEAK) and not run.text[: mark.start].strip(' -•·"')
            for mark in self.in_run(run)
        )

    # ------------------------------------------------------------ finding labels

    def _marks_of(self, run: Run) -> Iterator[Mark]:
        folded = fold(run.text)
        tokens = list(_TOKEN.finditer(folded))
        index = 0
        while index < len(tokens):
            begins = bool(_SEPARATORS.search(folded[: tokens[index].start()])) or index == 0
            mark = self._longest(run, folded, tokens, index, begins)
            if mark is None:
                index += 1
                continue
            yield mark
            while index < len(tokens) and tokens[index].start() < mark.end:
                index += 1

    def _longest(
        self, run: Run, folded: str, tokens: list[re.Match[str]], index: int, begins: bool
    ) -> Mark | None:
        known = _index()
        best: Mark | None = None
        joined = ""
        for last in range(index, min(index + _LONGEST, len(tokens))):
            token = tokens[last][0]
            joined += _LEVEL.get(token, token)
            label, score = joined, 1.0
            if joined not in known:
                near = _nearest(joined) if self._fuzzy and len(joined) >= 6 else None
                if near is None or (token.isdigit() and not near[0].endswith(token)):
                    continue  # "net à payer 2 646,00": the figure is the value's, not a letter gone wrong
                label, score = near
                if best is not None and label == best.label:
                    continue
            mark = self._mark(run, folded, tokens[index].start(), tokens[last].end(), label, score, begins)
            if mark is not None and (best is None or mark.score >= best.score - 0.05):
                best = mark
        if begins and best is None:
            best = self._going_on(run, folded, tokens, index)
        return best

    def _mark(
        self, run: Run, folded: str, start: int, end: int, label: str, score: float, begins: bool
    ) -> Mark | None:
        concepts = _index()[label]
        rest = folded[end:]
        after = re.match(
            r"\s*(?:\([^)]{1,30}\)|[*¹²³])?\s*(?:n°|n\b)?\s*[°º]?\s*(?P<colon>[:=])?[\s.…_]*", rest
        )
        assert after is not None  # noqa: S101 (every part is optional)
        colon = bool(after["colon"])
        ends = not rest[after.end() :].strip()
        if not begins and not colon and (len(label) < 3 or not concepts & _ANYWHERE):
            return None
        quoted = rest.lstrip().startswith('"')
        if not colon and not ends and not quoted and not concepts & INLINE:
            return None
        if not colon and not ends and concepts & INLINE and not self._valued(rest, concepts, begins):
            return None
        box = run.passage.box(start, end)
        return Mark(concepts, label, run, start, end, end + after.end(), colon, score, box)

    @staticmethod
    def _valued(rest: str, concepts: frozenset[str], begins: bool) -> bool:
        """A label without a colon is one only when a value of its kind comes next."""
        near = rest[:24]
        if re.match(r"\W*(?:de )?\d{1,2} ?(?:ans?|mois|semaines?)\b", near):
            return False
        if concepts & {"iban"}:
            return bool(re.match(r"\W*[a-z]{2}\s?\d", near))
        if concepts & {"bic"}:
            return bool(re.match(r"\W*[a-z]{4}", near))
        if concepts & {"request_ref", "number"}:
            return bool(re.match(r"[\s:°#n]*(?=[a-z0-9/_.-]*\d)[a-z0-9]", near))
        if concepts & {
            "start",
            "end",
            "birth",
            "issued",
            "period",
            "valid_from",
            "valid_to",
            "issue_date",
            "due_date",
        }:
            return bool(
                re.match(
                    r"\W*(?:le |du |au |a [a-z' -]{2,20},? le )?\W*\d|\s*(?:le |a )?[a-z' -]{2,30},? le \d",
                    rest[:44],
                )
            )
        return bool(re.match(r"[\s\W]*(?:\([^)]*\)|n°|de|a|est|eur|euros|en|\d+ ?%|,)*[\s\W]*\d", rest[:34]))

    def _going_on(self, run: Run, folded: str, tokens: list[re.Match[str]], index: int) -> Mark | None:
        """A known label that goes on with words of its own before the colon, or before the cell's end."""
        start = tokens[index].start()
        colon = folded.find(":", start)
        stop = colon if 0 <= colon - start <= 70 else len(folded.rstrip())
        if stop - start > 70 or (colon < 0 and len(tokens) - index > 8):
            return None
        whole = levelled(folded[start:stop])
        for length in range(len(whole) - 1, 6, -1):
            concepts = _index().get(whole[:length])
            if concepts is None or not self._ends_word(folded[start:stop], length):
                continue
            extra = len(whole) - length
            if extra > 1.5 * length or (colon < 0 and extra > 0.8 * length):
                return None
            value_at = stop + 1 if colon >= 0 and stop == colon else len(folded)
            while value_at < len(folded) and folded[value_at] in " .":
                value_at += 1
            return Mark(
                concepts,
                whole[:length],
                run,
                start,
                stop,
                value_at,
                stop == colon,
                0.85,
                run.passage.box(start, stop),
                stop != colon,
            )
        return None

    @staticmethod
    def _ends_word(text: str, length: int) -> bool:
        held = 0
        for token in _TOKEN.findall(text):
            held += len(_LEVEL.get(token, token))
            if held == length:
                return True
        return False

    def _add_stacked(self) -> None:
        """Labels wrapped over lines of one cell: the mark stands on the first run and covers them all."""
        for block in self.view.blocks:
            if not 2 <= len(block.runs) <= 4 or len(block.passage.text) > 110:
                continue
            if any(":" in run.text[:-1] for run in block.runs) or any(
                ":" in run.text for run in block.runs[:-1]
            ):
                continue
            text = block.passage.text
            concepts = _index().get(levelled(text))
            if concepts is None and self._fuzzy:
                near = _nearest(levelled(text))
                concepts = _index()[near[0]] if near is not None else None
            if concepts is None:
                continue
            first = block.runs[0]
            mark = Mark(
                concepts,
                levelled(text),
                first,
                0,
                len(first.text),
                len(first.text),
                text.endswith(":"),
                1.0,
                block.box,
            )
            self._by_run[id(first)] = (mark,)
            for run in block.runs[1:]:
                self._by_run[id(run)] = (
                    Mark(frozenset({"other"}), "", run, 0, len(run.text), len(run.text), False, 1.0, run.box),
                )

    def _drop_begun_values(self) -> None:
        """What stands beside or right under a label is its value even where it begins like one: "Centre de
        formation du Port"."""
        for above, row in zip(((), *self.view.rows), self.view.rows, strict=False):
            for left, run in pairwise(row):
                if self._names(left):
                    self._drop_begun(run)
            for run in row:
                if any(self._names(head) and self._heads(head, run) for head in above):
                    self._drop_begun(run)

    def _heads(self, above: Run, below: Run) -> bool:
        """Close over it, on its left edge or set a little in, nothing ruled between."""
        near = below.box.y0 - above.box.y1 < self._reach * self.view.tall
        aligned = -0.01 < below.box.x0 - above.box.x0 < 0.03
        return near and aligned and not self.view.ruled_between(above.box, below.box)

    def _names(self, run: Run) -> bool:
        """Nothing but a label."""
        return any(mark.score > 0.9 and mark.value_at >= len(run.text) for mark in self.in_run(run))

    def _drop_begun(self, run: Run) -> None:
        self._by_run[id(run)] = tuple(mark for mark in self.in_run(run) if mark.colon or not mark.begun)

    # ------------------------------------------------------------ finding values

    def values(self, mark: Mark, wrap: bool = True) -> Iterator[Value]:
        """Where the mark's value may stand, likeliest first."""
        inline = self._inline(mark)
        if inline is not None:
            yield Value(mark, self._wrapped(mark, inline, wrap), "inline")
            return
        right = self._right(mark)
        if right is not None:
            yield Value(mark, self._cell(mark, right, wrap), "right")
        below = self._below(mark)
        if below is not None:
            yield Value(mark, self._cell(mark, below, wrap), "below")

    def _next_mark(self, mark: Mark) -> Mark | None:
        later = [
            other
            for other in self.in_run(mark.run)
            if other.start >= mark.end and (other.colon or not other.begun)
        ]
        return min(later, key=lambda other: other.start, default=None)

    def _inline(self, mark: Mark) -> Passage | None:
        following = self._next_mark(mark)
        stop = following.start if following is not None else len(mark.run.text)
        text = mark.run.text[mark.value_at : stop]
        trimmed = text.rstrip(" -–—·•|,;✂(")
        if not re.search(r"\w", trimmed):
            return None
        return mark.run.passage.part(mark.value_at, mark.value_at + len(trimmed))

    def _wrapped(self, mark: Mark, value: Passage, wrap: bool) -> Passage:
        """An inline value that reaches its column's end goes on on the next line."""
        if not wrap or self._next_mark(mark) is not None:
            return value
        words = list(value.words)
        above = mark.run
        for run in self._after(mark.run):
            if len(words) > 60 or not self.view.follows(above, run, [mark.run]) or self.opens(run):
                break
            if not self._full(above, run, words[-1].text):
                break
            words.extend(run.line.words)
            above = run
        return self.view.passage(words)

    def _full(self, above: Run, below: Run, last: str) -> bool:
        """The line above ends because the next word would not have fitted, or visibly goes on."""
        if last in (
            "-",
            "–",
            "&",
            "et",
            "de",
            "du",
            "à",
            "la",
            "le",
            "des",
            "en",
            "«",
            "d'",
            "l'",
        ) or last.endswith((",", "-")):
            return True
        if below.text[:1] in "»":
            return True
        widest = max(
            (run.box.x1 for run in self.view.in_column(above.box) if run.box.x0 < above.box.x1),
            default=above.box.x1,
        )
        first = below.line.words[0].box
        return above.box.x1 + (first.x1 - first.x0) + 0.4 * self.view.tall / self.view.aspect > widest - 0.002

    def _after(self, run: Run) -> Iterator[Run]:
        for row in self.view.rows[run.row + 1 : run.row + 6]:
            for other in row:
                if other.box.x0 < run.box.x1 and other.box.x1 > run.box.x0:
                    yield other
                    break

    def _right(self, mark: Mark) -> Run | None:
        """The next cell on the line; a stacked label's cell may stand beside any of its lines."""
        low, high = mark.box.y0, mark.box.y1
        beside = [
            run
            for row in self.view.rows[max(0, mark.run.row - 1) : mark.run.row + 5]
            for run in row
            if run.box.x0 >= mark.box.x1 - 0.004
            and re.search(r"\w", run.text)
            and min(run.box.y1, high) - max(run.box.y0, low)
            > _BESIDE * min(run.box.y1 - run.box.y0, high - low)
        ]
        if not beside:
            return None
        nearest = min(beside, key=lambda run: (run.box.x0, run.box.y0))
        if self.in_run(nearest) and self.opens(nearest):
            return None
        if mark.value_at < len(mark.run.text.rstrip(" :.")) and nearest.row == mark.run.row:
            return None
        return nearest

    def _below(self, mark: Mark) -> Run | None:
        """The first run under the label, in its column, close and not a label itself."""
        bottom = mark.box.y1
        for row in self.view.rows[mark.run.row + 1 : mark.run.row + 8]:
            for run in row:
                if (
                    run.box.y0 < bottom - 0.3 * self.view.tall
                    or run.box.y0 - bottom > self._reach * self.view.tall
                ):
                    continue
                inside = min(run.box.x1, mark.box.x1) - max(run.box.x0, mark.box.x0)
                if inside > 0.3 * min(run.box.x1 - run.box.x0, mark.box.x1 - mark.box.x0):
                    return None if self.in_run(run) and self.opens(run) else run
        return None

    def _cell(self, mark: Mark, run: Run, wrap: bool) -> Passage:
        """A cell's whole text: the run and the lines that go on under it."""
        words = list(run.line.words)
        marks = [mark for mark in self.in_run(run) if mark.colon or mark.label not in _WEAK]
        if marks:
            cut = min(mark.start for mark in marks)
            text = run.text[:cut].rstrip(" -–—·•|,;(")
            return run.passage.part(0, len(text)) if text else run.passage
        above = run
        if wrap:
            for other in self._after(run):
                if len(words) > 60 or not self.view.follows(above, other, [run]) or self.opens(other):
                    break
                if self._labelled_row(mark, other) or not self._same_cell(run, other):
                    break
                words.extend(other.line.words)
                above = other
        return self.view.passage(words)

    def _labelled_row(self, mark: Mark, run: Run) -> bool:
        """A label stands left of the run on its line or half a line off, in the mark's own column."""
        return any(
            other is not run
            and other is not mark.run
            and mark.box.x0 - 0.02 < other.box.x0
            and other.box.x1 <= run.box.x0 + 0.002
            and self.in_run(other)
            and (
                other.row == run.row
                or min(run.box.y1, other.box.y1) - max(run.box.y0, other.box.y0)
                > _BESIDE * (other.box.y1 - other.box.y0)
            )
            for row in self.view.rows[max(0, run.row - 1) : run.row + 2]
            for other in row
        )

    def _same_cell(self, first: Run, other: Run) -> bool:
        left = [o for o in self.view.rows[other.row] if o.box.x1 <= other.box.x0 + 0.002]
        beside = [o for o in self.view.rows[first.row] if o.box.x1 <= first.box.x0 + 0.002]
        return not (left and beside) or bool(self.view.page.strokes)
