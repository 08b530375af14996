"""Values found from their labels: after it on the line, in the next cell, below it.

Labels are compared as letters and digits alone, so a blank lost or won by OCR costs nothing; on OCR pages
longer labels may differ by a few letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from dossier.reading import ReadBy
from extractors.french.letters import fold
from extractors.known_labels import concepts_of, levelled, nearest
from extractors.lexicon import INLINE
from extractors.marks import Mark, begun_label, marks_of
from extractors.midway import lines_midway
from extractors.under import captions, in_line, lines_over, set_as, under_its_own
from extractors.view import Passage, Run, View

_ASKS = re.compile(r"\W*(?:\d{1,2}\W{1,3})?[^\W\d_][^:.,;»\d]{2,38}\s?:\s")
_BESIDE = 0.3
"""The least share of a line's height that a label beside two lines, midway between them, has of each."""

_IN_CELLS = 4.0
"""Heights of a line: how far under a label its value may begin in the cell below."""

_WEAK = frozenset(("du", "au", "le", "doit", "n", "total", "nature", "jusquau", "acompterdu", "eu", "of"))
"""Labels that are everyday words: without a colon they open no cell of their own."""

_BETWEEN = " -–—·•|,;✂(+*"
"""What parts a value from the label after it; "+" and "*" are what OCR makes of a point set midway."""


_GOES_ON = frozenset(("-", "–", "&", "et", "de", "du", "à", "la", "le", "des", "en", "«", "d'", "l'"))
"""Words that no value ends with: it goes on on the next line."""

_ITEM = re.compile(r"[ \-•·\"]*(?:\d{1,2}\s?[.)/°][ \-•·\"]*)?")
"""What may stand before the label that a line opens with: "5. Statut : …"."""

_FIGURES = re.compile(r"\W*\d[\d.,]*\s*(?:h|heures?|€|euros?|jours?)?\W*", re.IGNORECASE)
_NUMBER = re.compile(r"\d|heure|mois|premier|mille|\.\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Value:
    """What stands where a label's value should: ``manner`` is "inline", "right", "below" or "above"."""

    mark: Mark
    passage: Passage
    manner: str


class Labels:
    """All labels of one page, and the values they announce."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._fuzzy = view.page.read_by is ReadBy.OCR
        self._reach = 3.0 if self._fuzzy else 2.2  # OCR's boxes hug the letters
        self._by_run: dict[int, tuple[Mark, ...]] = {}
        for run in view.runs:
            self._by_run[id(run)] = tuple(marks_of(run, self._fuzzy))
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
            (mark.colon or mark.label not in _WEAK) and _ITEM.fullmatch(run.text, 0, mark.start)
            for mark in self.in_run(run)
        )

    def _add_stacked(self) -> None:
        """Labels wrapped over lines of one cell: the mark stands on the first run and covers them all."""
        for block in self.view.blocks:
            if not 2 <= len(block.runs) <= 4 or len(block.passage.text) > 110:
                continue
            if any(":" in run.text[:-1] for run in block.runs) or any(
                ":" in run.text for run in block.runs[:-1]
            ):
                continue
            if any(_FIGURES.fullmatch(run.text) for run in block.runs[1:]):
                continue  # a label over its value
            if all(concepts_of(levelled(run.text)) and self._beside(run) for run in block.runs):
                continue  # labels of their own, each with its value: "Date | 1/07", "Échéance | 31/07"
            text = block.passage.text
            concepts = self._stacked(text, block.runs)
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

    def _beside(self, run: Run) -> bool:
        """Something stands right of the run on its line."""
        return any(other.box.x0 >= run.box.x1 for other in self.view.rows[run.row])

    def _stacked(self, text: str, runs: Sequence[Run]) -> frozenset[str] | None:
        """What the lines of one cell announce together, with or without the unit in brackets after them."""
        plain = re.sub(r"\s*\([^()]{1,30}\)\s*:?\s*$", "", text)
        for wording in (text, plain):
            concepts = concepts_of(levelled(wording))
            if concepts is not None:
                return concepts
        near = nearest(levelled(text)) if self._fuzzy else None
        if near is not None:
            return concepts_of(near[0])
        several = any(run.text[:1].isupper() and self._asks(run) for run in runs[1:])
        begun = None if several or re.search(r"\d", plain) else begun_label(fold(plain), text.endswith(":"))
        return begun[1] if begun is not None and begun[1] & INLINE else None

    def _asks(self, run: Run) -> bool:
        """The run begins with a label that asks for a day or a number: no line of another label."""
        return any(mark.start == 0 and mark.concepts & INLINE for mark in self.in_run(run))

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

    def alone(self, run: Run) -> bool:
        """Whether the run is a known label as a whole, a short one with no words of a sentence."""
        return any(
            mark.start == 0 and mark.label and mark.score > 0.9 and mark.value_at >= len(run.text)
            and mark.label not in _WEAK and not mark.colon
            for mark in self.in_run(run)
        )  # fmt: skip

    def _names(self, run: Run) -> bool:
        """Nothing but a label."""
        return any(
            mark.score > 0.9 and mark.value_at >= len(run.text) and not run.text[: mark.start].strip(' -•·"')
            for mark in self.in_run(run)
        )

    def _drop_begun(self, run: Run) -> None:
        self._by_run[id(run)] = tuple(
            mark for mark in self.in_run(run) if mark.colon or not mark.begun or self._over_figures(mark)
        )

    def _over_figures(self, mark: Mark) -> bool:
        """A heading of figures in a row of them: "Taux horaire | Prix total net" over two amounts."""
        if not mark.concepts & INLINE or re.search(r"\d", mark.run.text):
            return False
        below = self.view.rows[mark.run.row + 1] if mark.run.row + 1 < len(self.view.rows) else ()
        near = [run for run in below if run.box.x0 < mark.run.box.x1 and run.box.x1 > mark.run.box.x0]
        return bool(near) and re.search(r"\d", near[0].text) is not None

    @cached_property
    def _captions(self) -> dict[int, Run]:
        return captions(self.view, self.marks, self._names, self._labelled)

    def _labelled(self, run: Run) -> bool:
        return bool(self.in_run(run)) and self.opens(run)

    # ------------------------------------------------------------ finding values

    def values(self, mark: Mark, wrap: bool = True) -> Iterator[Value]:
        """Where the mark's value may stand, likeliest first."""
        inline = self._inline(mark)
        if inline is not None:
            yield Value(mark, self._wrapped(mark, inline, wrap), "inline")
            return
        over = self._captions.get(id(mark.run))
        if over is not None:
            lines = lines_over(self.view, over, self._labelled) if wrap else [over]
            yield Value(mark, self.view.passage(word for run in lines for word in run.line.words), "above")
            return
        right, below = self._right(mark), self._below(mark)
        if right is not None and mark.concepts & INLINE and not _NUMBER.search(right.text):
            right = None  # what is in figures does not stand in words alone: that is the next label
        if right is not None and not (below is not None and self._elsewhere(mark, right, below)):
            whole = lines_midway(self.view, mark.box, right) if wrap else ()
            if whole:
                yield Value(mark, self.view.passage(w for run in whole for w in run.line.words), "right")
            yield Value(mark, self._cell(mark, right, wrap), "right")
        if below is not None:
            yield Value(mark, self._cell(mark, below, wrap), "below")

    def _elsewhere(self, mark: Mark, right: Run, below: Run) -> bool:
        beside = self._heads_beside(mark.run, right, below)
        return beside or under_its_own(self.view, right, below, mark, self.in_run)

    def _next_mark(self, mark: Mark) -> Mark | None:
        later = [
            other
            for other in self.in_run(mark.run)
            if other.start >= max(mark.end, mark.value_at if mark.colon else 0)
            and (other.colon or not other.begun)
        ]
        if later and later[0].label in ("du", "le") and mark.colon and later[0].start <= mark.value_at + 1:
            later = later[1:]  # "Dates : du …": the small word is the value's
        return min(later, key=lambda other: other.start, default=None)

    def _inline(self, mark: Mark) -> Passage | None:
        following = self._next_mark(mark)
        stop = following.start if following is not None else len(mark.run.text)
        first = mark.start if mark.label == "du" and not mark.colon else mark.value_at
        text = mark.run.text[first:stop]
        trimmed = text.rstrip(_BETWEEN)
        if not re.search(r"\w", trimmed[mark.value_at - first :]):
            return None
        return mark.run.passage.part(first, first + len(trimmed))

    def _wrapped(self, mark: Mark, value: Passage, wrap: bool) -> Passage:
        """An inline value that reaches its column's end goes on on the next line."""
        if not wrap or self._next_mark(mark) is not None:
            return value
        words = list(value.words)
        above = mark.run
        for run in self._after(mark.run):
            if len(words) > 60 or not self.view.follows(above, run, [mark.run]) or self.opens(run):
                break
            if self._next_asked(mark, run) or not self._full(above, run, words[-1].text):
                break
            words.extend(run.line.words)
            above = run
        return self.view.passage(words)

    def _next_asked(self, mark: Mark, run: Run) -> bool:
        """Under a label with its colon, on its left edge, words with a colon of their own: the next label."""
        edge = abs(run.box.x0 - mark.run.box.x0) < 0.006
        return edge and mark.colon and mark.start < 5 and _ASKS.match(run.text) is not None

    def _full(self, above: Run, below: Run, last: str) -> bool:
        """The line above ends because the next word would not have fitted, or visibly goes on."""
        if last in _GOES_ON or last.endswith((",", "-")):
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
        if self._fuzzy and mark.concepts & INLINE:  # past a piece of a broken label
            beside = [r for r in beside if self.in_run(r) or _NUMBER.search(r.text)] or beside
        nearest = min(beside, key=lambda run: (run.box.x0, run.box.y0))
        if self._no_value(mark, nearest):
            return None
        if mark.value_at < len(mark.run.text.rstrip(" :.")) and nearest.row == mark.run.row:
            return None
        return nearest

    def _below(self, mark: Mark) -> Run | None:
        """The first run under the label, in its column, close and not a label itself."""
        bottom = mark.box.y1
        for row in self.view.rows[mark.run.row + 1 : mark.run.row + 8]:
            for run in row:
                away = (run.box.y0 - bottom) / self.view.tall
                celled = self._reach < away <= _IN_CELLS and self.view.ruled_between(mark.box, run.box)
                if not (-0.3 <= away <= self._reach or celled):
                    continue
                inside = min(run.box.x1, mark.box.x1) - max(run.box.x0, mark.box.x0)
                set_in = -0.01 < run.box.x0 - mark.box.x0 < 0.02
                if set_in or inside > 0.3 * min(run.box.x1 - run.box.x0, mark.box.x1 - mark.box.x0):
                    return None if self._no_value(mark, run) else run
        return self._in_turn(mark)

    def _in_turn(self, mark: Mark) -> Run | None:
        """Labels set in the middle of their cells over as many values: each has the one in its turn."""
        rows = self.view.rows
        heads = rows[mark.run.row]
        below = rows[mark.run.row + 1] if mark.run.row + 1 < len(rows) else ()
        if len(heads) < 2 or len(heads) != len(below) or not all(self._names(head) for head in heads):
            return None
        if below[0].box.y0 - mark.box.y1 > self._reach * self.view.tall:
            return None
        run = below[heads.index(mark.run)]
        return None if self._no_value(mark, run) else run

    def _no_value(self, mark: Mark, run: Run) -> bool:
        """A label of its own; an everyday word, "Au", is one where figures are asked for."""
        figures = bool(mark.concepts & INLINE)
        return bool(self.in_run(run)) and (self.opens(run) or (figures and self._names(run)))

    def _cell(self, mark: Mark, run: Run, wrap: bool) -> Passage:
        """A cell's whole text, no colon at its beginning: the run and the lines that go on under it."""
        words = list(run.line.words[run.text.startswith(": ") :])
        marks = [mark for mark in self.in_run(run) if mark.colon or mark.label not in _WEAK]
        if marks:
            cut = min(mark.start for mark in marks)
            text = run.text[:cut].rstrip(_BETWEEN)
            return run.passage.part(0, len(text)) if text else run.passage
        above = run
        heads = self.view.ruled_between(
            mark.box, run.box
        )  # all of the cell under it is its value: "Jalon" over "Emploi"
        if wrap:
            for other in self._after(run):
                if len(words) > 60 or not self.view.follows(above, other, [run]):
                    break
                if self.opens(other) and not (heads and self.alone(other)):
                    break
                if self._labelled_row(mark, other) or not self._same_cell(run, other):
                    break
                if not self._fuzzy and set_as(mark.run, run, other):
                    break
                words.extend(other.line.words)
                above = other
        return self.view.passage(words)

    def _heads_beside(self, run: Run, right: Run, below: Run) -> bool:
        """Two labels stand side by side on the line, and what is right of the run heads a column too."""
        labels = any(self._names(a) and self._names(b) for a, b in pairwise(self.view.rows[run.row]))
        return (
            labels
            and right.row == run.row
            and not re.search(r"\d", right.text)
            and any(in_line(other, right) for other in self.view.rows[below.row])
        )

    def _labelled_row(self, mark: Mark, run: Run) -> bool:
        """A label stands left of the run on its line or half a line off, in the mark's own column."""
        return any(
            other is not run
            and other is not mark.run
            and mark.box.x0 - 0.02 < other.box.x0
            and other.box.x1 <= run.box.x0 + 0.002
            and (self.in_run(other) or self._next_label(mark, other))
            and (
                other.row == run.row
                or min(run.box.y1, other.box.y1) - max(run.box.y0, other.box.y0)
                > _BESIDE * (other.box.y1 - other.box.y0)
            )
            for row in self.view.rows[max(0, run.row - 1) : run.row + 2]
            for other in row
        )

    def _next_label(self, mark: Mark, other: Run) -> bool:
        """On the label's own left edge begins something that is no known label: the next row's."""
        return abs(other.box.x0 - mark.box.x0) < 0.005 and other.text[:1].isupper()

    def _same_cell(self, first: Run, other: Run) -> bool:
        left = [o for o in self.view.rows[other.row] if o.box.x1 <= other.box.x0 + 0.002]
        beside = [o for o in self.view.rows[first.row] if o.box.x1 <= first.box.x0 + 0.002]
        return not (left and beside) or bool(self.view.page.strokes)
