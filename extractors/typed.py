"""Signatures set in type: initials or a name in a hand's larger letters, where somebody signs a text page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossier.reading import Box
from extractors.french.letters import fold
from extractors.layout import meet
from extractors.leaf import Leaf
from extractors.view import Run

_LARGER = 1.3
"""Of the page's usual height of a word: print under a caption is no larger than other print."""

_STAMPED = 2
"""Leaning words besides its own that stand around one of a stamp."""

_INITIALS = re.compile(r"^[A-ZÀ-Ý](?:[.\- ]{0,2}[A-ZÀ-Ý]){1,3}\.?$")
_NAME = re.compile(r"^(?:[A-ZÀ-Ý][.\w'’-]*\s){0,2}[A-ZÀ-Ý][\w'’-]+$")


def signed_in_type(leaf: Leaf, top: float) -> Iterator[Run]:
    """Lines below ``top`` in larger letters that are the name or the initials of somebody the page names."""
    if leaf.ocr:
        return
    traces = leaf.page.traces
    frames, askew = ((), ()) if traces is None else (traces.frames, traces.askew)
    for run in leaf.view.runs:
        if run.box.y0 < top or run.height < _LARGER * leaf.view.tall or len(run.text) > 30:
            continue
        around = Box(run.box.x0, run.box.y0 - 0.02, run.box.x1, run.box.y1 + 0.02)
        leaning = sum(meet(around, box) for box in askew) - len(run.line.words)
        if leaning >= _STAMPED or any(meet(run.box, box) for box in frames):
            continue
        text = run.text.strip()
        if _INITIALS.match(text):
            if _has_initials(leaf, re.sub(r"[^a-z]", "", fold(text))):
                yield run
        elif _NAME.match(text) and not text.isupper() and _is_named(leaf, run):
            yield run


def _has_initials(leaf: Leaf, letters: str) -> bool:
    """Words side by side on the page begin with these letters, in this order or the other."""
    for run in leaf.view.runs:
        firsts = "".join(fold(word.text)[:1] for word in run.line.words if word.text[:1].isupper())
        if letters in firsts or letters[::-1] in firsts:
            return True
    return False


def _is_named(leaf: Leaf, run: Run) -> bool:
    last = fold(run.line.words[-1].text)
    return any(
        other is not run and re.search(rf"\b{re.escape(last)}\b", fold(other.text))
        for other in leaf.view.runs
    )
