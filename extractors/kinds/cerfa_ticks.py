"""Which option of a line is ticked: by a printed glyph, a form's check box, the ink in a drawn square."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from dossier.reading import Box, ReadBy
from extractors.candidate import Candidate, candidate
from extractors.french.letters import fold
from extractors.leaf import Leaf
from extractors.view import Passage, Run

_KINDS = re.compile(
    r"\b(?P<cdd>c\.?d\.?d\b\.?(?:i(?=x))?|(?:contrat\sa\s)?duree\sdeterminee)|\b(?P<cdi>c\.?d\.?i\b\.?|(?:contrat\sa\s)?duree\sindeterminee)"
    r"|\b(?P<interim>(?:contrat\sde\s)?travail\stemporaire|interim\b)"
)
_WORN = re.compile(r"^\W*[a-z€(]?d(?P<last>[di])\b")
_TICKED = frozenset("☒☑✓✔✗✘⊠■●◉🗹🗷✅◼⬛\uf0fe\uf0fd\uf052\uf0a4\uf0fc\uf0a7")
_EMPTY = frozenset("☐□❏❑◻⬜○◯▢❍❒\uf06f\uf0a8\uf071\uf0a1")
_WRITTEN = re.compile(r"[\[(|]\s?(?P<in>[xX✓✗*]?)\s?[\])|]\s*$")
_BARE_X = re.compile(r"(?:^|\s)[xX]\s*$")

_CORE_INK = 0.07
"""Share of dark pixels in the middle of a square from which something stands in it."""


@dataclass(frozen=True, slots=True)
class Option:
    """A word that may be ticked, with where it stands."""

    kind: str
    run: Run
    start: int
    end: int

    @property
    def box(self) -> Box:
        return self.run.passage.box(self.start, self.end)


def contract_kinds(leaf: Leaf) -> Iterator[Candidate]:
    """CDD or CDI on this page: the ticked one of several options, or what stands alone at its label."""
    coded = list(_coded(leaf)) or list(_asked(leaf))
    if coded:
        yield from coded
        return
    lines = [line for line in _lines(_options(leaf)) if len({option.kind for option in line}) > 1]
    for line in lines:
        found = _ticked(leaf, line)
        if found is not None:
            option, sure, note = found
            yield _kind(option, sure, note)
    if lines:
        return
    for mark in leaf.labels.of("contract_kind"):
        for value in leaf.labels.values(mark, wrap=False):
            found_kinds = list(_KINDS.finditer(fold(value.passage.text)))
            if len({match.lastgroup for match in found_kinds}) == 1:
                match = found_kinds[0]
                made = candidate(_value(match.lastgroup), value.passage, match.start(), match.end(), 0.97)
                yield made
                break
            worn = _WORN.match(fold(value.passage.text)) if leaf.ocr else None
            if worn is not None:
                read = "cdd" if worn["last"] == "d" else "cdi"
                yield candidate(read, value.passage, 0, worn.end(), 0.8, "one letter worn")
                break


_LEGEND = re.compile(r"\b(?P<code>\d)\s?[:=–-]\s?(?:(?P<cdd>c\.?d\.?d\b)|(?P<cdi>c\.?d\.?i\b))")


def _coded(leaf: Leaf) -> Iterator[Candidate]:
    """A code in a cell whose legend stands beside it: "Mode contractuel 2 – 1 : CDI – 2 : CDD"."""
    for mark in leaf.labels.of("contract_kind"):
        row = leaf.view.rows[mark.run.row]
        legend = {
            match["code"]: "cdd" if match["cdd"] else "cdi"
            for run in row
            for match in _LEGEND.finditer(fold(run.text))
        }
        for run in row if len(legend) == 2 else ():
            if run.box.x1 <= mark.box.x0 + 0.002:
                continue
            form = r"(?<!\d)(?P<code>\d)\s*$" if run is mark.run else r"^\W*(?P<code>\d)\b(?!\s?[:=–-])"
            code = re.search(form, run.text)
            if code is not None and code["code"] in legend:
                yield candidate(legend[code["code"]], run.passage, code.start("code"), code.end("code"), 0.94)
                return


_ASKED = re.compile(r"^\W*(?:\w+\W{1,3}){0,3}?cd[di]\s?(?:ou|/)\s?cd[di]\b\s*(?:\([^)]*\)\s*)?[:?]?\s*")


def _asked(leaf: Leaf) -> Iterator[Candidate]:
    """What stands after "CDD ou CDI :", a label and no two options."""
    for run in leaf.view.runs:
        label = _ASKED.match(fold(run.text))
        if label is None or not (label[0].rstrip().endswith((":", "?")) or label.end() == len(run.text)):
            continue
        beside = [other for other in leaf.view.rows[run.row] if other.box.x0 >= run.box.x1]
        value = run.passage if label.end() < len(run.text) else beside[0].passage if beside else None
        at = label.end() if label.end() < len(run.text) else 0
        if value is None:
            continue
        text = fold(value.text[at:])
        kinds = list(_KINDS.finditer(text))
        worn = _WORN_KIND.match(text) if leaf.ocr and not kinds else None
        if len({match.lastgroup for match in kinds}) == 1:
            match, read, sure = kinds[0], _value(kinds[0].lastgroup), 0.97
        elif worn is not None:
            match, read, sure = worn, "cdd" if worn["last"] in "d0o" else "cdi", 0.75
        else:
            continue
        note = "one letter worn" if match is worn else ""
        yield candidate(read, value, at + match.start(), at + match.end(), sure, note)


_WORN_KIND = re.compile(r"\W*(?:[a-z€(]d|c[a-z0])(?P<last>[dio0l1])\b")


def _value(kind: str | None) -> str | None:
    return kind if kind in ("cdd", "cdi") else None


def _kind(option: Option, sure: float, note: str) -> Candidate:
    passage: Passage = option.run.passage
    return candidate(_value(option.kind), passage, option.start, option.end, sure, note)


def _options(leaf: Leaf) -> list[Option]:
    found = []
    for run in leaf.view.runs:
        for match in _KINDS.finditer(fold(run.text)):
            if match.lastgroup is not None:
                found.append(Option(match.lastgroup, run, match.start(), match.end()))
    return found


def _lines(options: Sequence[Option]) -> list[list[Option]]:
    """Options side by side, or one under the other."""
    lines: list[list[Option]] = []
    for option in options:
        if (
            lines
            and option.run.row - lines[-1][-1].run.row <= 1
            and option.kind not in {o.kind for o in lines[-1]}
        ):
            lines[-1].append(option)
        else:
            lines.append([option])
    return lines


def _ticked(leaf: Leaf, line: Sequence[Option]) -> tuple[Option, float, str] | None:
    by_glyph = [(option, _glyph(leaf, option)) for option in line]
    ticked = [option for option, state in by_glyph if state is True]
    if len(ticked) == 1 and leaf.page.read_by is not ReadBy.OCR:
        return ticked[0], 0.98, "ticked"
    by_form = [option for option in line if _form_ticked(leaf, option)]
    if len(by_form) == 1:
        return by_form[0], 0.98, "check box of the form"
    return _by_ink(leaf, line)


def _glyph(leaf: Leaf, option: Option) -> bool | None:
    """True ticked, False an empty box, None nothing printed that says so, just before the option."""
    before = option.run.text[: option.start].rstrip()
    if not before:
        left = [run for run in leaf.view.rows[option.run.row] if run.box.x1 <= option.run.box.x0]
        if left:
            nearest = max(left, key=lambda run: run.box.x1)
            if (option.run.box.x0 - nearest.box.x1) * leaf.view.aspect < 2 * leaf.view.tall:
                before = nearest.text.rstrip()
    if not before:
        return None
    if before[-1] in _TICKED:
        return True
    if before[-1] in _EMPTY:
        return False
    written = _WRITTEN.search(before)
    if written is not None:
        return bool(written["in"])
    return True if _BARE_X.search(before) else None


def _form_ticked(leaf: Leaf, option: Option) -> bool:
    """A check box of the form that is on, just left of the option."""
    box, high = option.box, option.box.y1 - option.box.y0
    for field in leaf.page.form:
        if field.value.strip("/").lower() in ("", "off", "no", "non", "false", "0"):
            continue
        level = abs(field.box.y0 + field.box.y1 - box.y0 - box.y1) < 1.4 * high
        gap = (box.x0 - field.box.x1) * leaf.view.aspect
        if (
            level
            and -0.5 * high < gap < 2 * high
            and (field.box.x1 - field.box.x0) * leaf.view.aspect < 3 * high
        ):
            return True
    return False


def _by_ink(leaf: Leaf, line: Sequence[Option]) -> tuple[Option, float, str] | None:
    """The option whose square holds clearly more ink than the others'."""
    for left in (True, False):
        inks = sorted(((_core(leaf, option, left), index) for index, option in enumerate(line)), reverse=True)
        (most, index), (next_most, _) = inks[0], inks[1]
        if most < _CORE_INK:
            continue
        if next_most < 0.35 * most:
            return line[index], 0.97 if next_most < 0.2 * most else 0.8, "ink in its square"
        if next_most < 0.6 * most:
            written = [option for option in line if _glyph(leaf, option)]
            sure = 0.85 if written == [line[index]] else 0.6
            return line[index], sure, "somewhat more ink in its square"
    return None


def _core(leaf: Leaf, option: Option, left: bool) -> float:
    """Share of dark pixels in the middle of the square beside an option; 0 where no square or tick stands."""
    grey = leaf.page.grey
    tall, wide = grey.shape[:2]
    box = option.box
    high = (box.y1 - box.y0) * tall
    y0, y1 = int(box.y0 * tall - 0.35 * high), int(box.y1 * tall + 0.35 * high) + 1
    if left:
        x0, x1 = int(box.x0 * wide - 2.1 * high), int(box.x0 * wide - 0.1 * high) + 1
    else:
        x0, x1 = int(box.x1 * wide + 0.1 * high), int(box.x1 * wide + 2.1 * high) + 1
    y0, x0 = max(0, y0), max(0, x0)
    patch = grey[y0:y1, x0:x1]
    if patch.size < 30:
        return 0.0
    paper = float(np.percentile(patch, 85))
    dark = np.asarray(patch < paper - max(45.0, 0.3 * paper), dtype=np.uint8)
    joined = cv2.dilate(dark, np.ones((2, 2), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    best, core = 0.0, 0.0
    for index in range(1, count):
        left_at, top, w, h = (int(value) for value in stats[index][:4])
        if min(w, h) < 0.4 * high or max(w, h) > 2.6 * min(w, h) or w * h <= best:
            continue
        best = float(w * h)
        inner = dark[
            top + int(0.25 * h) : top + h - int(0.25 * h),
            left_at + int(0.25 * w) : left_at + w - int(0.25 * w),
        ]
        core = float(inner.mean()) if inner.size else 0.0
    return core
