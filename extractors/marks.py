"""Labels within one run of words: where each begins and ends, and where its value would begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dossier.reading import Box
from extractors.french.letters import fold
from extractors.known_labels import TOKEN, concepts_of, is_label, level, levelled, nearest
from extractors.lexicon import INLINE
from extractors.view import Run

_LONGEST = 12

_ANYWHERE = frozenset(("siret", "nda", "iban", "bic", "siren", "paid", "due_date", "request_ref"))
"""What may be announced in the middle of a line without a colon."""

_SEPARATORS = re.compile(r"(?:^|[|:;,(\[/·•✂]|\s[-–—])[\s\W_]*$")


_AFTER = re.compile(
    r"\s*(?:\(?\s*(?:\d{1,2}(?:[.,]\d{1,2})?\s*)?%\s*\)?)?\s*(?:\([^)]{1,30}\)|[*¹²³])?\s*(?:n°|n\b)?\s*[°º]?\s*(?P<leader>[.…_·]{3,}|(?:[.…_·]\s){3,})?[\s.…_·]*"
    r"(?P<colon>[:=→➔➜►▶>])?[\s.…_·]*(?P<dash>(?<=\s)-\s+(?=[^\W_]))?"
)
"""What may stand between a label and its value: a rate, a hint in brackets, dots, a colon, an arrow."""

_ENDING = re.compile(r"(?:\((?:e|s|es|ne|trice|rice|ve)|[a-z][·•.](?:e|s|es|ne|trice|rice|ve))$")
"""A second ending that makes a word mean men and women: "salarié(e)", "apprenant·e"."""


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


def marks_of(run: Run, fuzzy: bool) -> Iterator[Mark]:
    """The labels of a run of text, left to right; ``fuzzy`` takes in what OCR spelled nearly so."""
    folded = fold(run.text)
    tokens = list(TOKEN.finditer(folded))
    index = 0
    while index < len(tokens):
        begins = bool(_SEPARATORS.search(folded[: tokens[index].start()])) or index == 0
        mark = _longest(fuzzy, run, folded, tokens, index, begins)
        if mark is None:
            index += 1
            continue
        yield mark
        while index < len(tokens) and tokens[index].start() < mark.end:
            index += 1


def _longest(
    fuzzy: bool, run: Run, folded: str, tokens: list[re.Match[str]], index: int, begins: bool
) -> Mark | None:
    best: Mark | None = None
    joined = neutral = ""
    for last in range(index, min(index + _LONGEST, len(tokens))):
        token = tokens[last][0]
        joined += level(token)
        neutral += "" if _ENDING.search(folded[: tokens[last].end()]) else level(token)
        label, score = joined, 1.0
        if concepts_of(joined) is None and concepts_of(neutral) is not None:
            label = neutral
        elif concepts_of(joined) is None:
            near = nearest(joined) if fuzzy and len(joined) >= 6 else None
            if near is None or (token.isdigit() and not near[0].endswith(token)):
                continue  # "net à payer 2 646,00": the figure is the value's, not a letter gone wrong
            label, score = near
            if best is not None and label == best.label:
                continue
        mark = _mark(run, folded, tokens[index].start(), tokens[last].end(), label, score, begins)
        if mark is not None and (best is None or mark.score >= best.score - 0.05):
            best = mark
    if begins and best is None:
        best = _going_on(run, folded, tokens, index)
    return best


def _mark(run: Run, folded: str, start: int, end: int, label: str, score: float, begins: bool) -> Mark | None:
    concepts = concepts_of(label)
    assert concepts is not None  # noqa: S101 (only labels that are known come here)
    rest = folded[end:]
    after = _AFTER.match(rest)
    assert after is not None  # noqa: S101 (every part is optional)
    colon = bool(after["colon"] or after["leader"])
    if after["dash"] and not colon:
        colon = not folded[:start].strip() and len(label) >= 4 and not is_label(rest[after.end() :])
    ends = not rest[after.end() :].strip()
    if not begins and not colon and (len(label) < 3 or not concepts & _ANYWHERE):
        return None
    quoted = rest.lstrip().startswith('"')
    if not colon and not ends and not quoted and not concepts & INLINE:
        return None
    if not colon and not ends and concepts & INLINE and not _valued(rest, concepts):
        return None
    box = run.passage.box(start, end)
    return Mark(concepts, label, run, start, end, end + after.end(), colon, score, box)


def _valued(rest: str, concepts: frozenset[str]) -> bool:
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


def _going_on(run: Run, folded: str, tokens: list[re.Match[str]], index: int) -> Mark | None:
    """A known label that goes on with words of its own before the colon, or before the cell's end."""
    start = tokens[index].start()
    colon = folded.find(":", start)
    stop = colon if 0 <= colon - start <= 70 else len(folded.rstrip())
    if stop - start > 70 or (colon < 0 and len(tokens) - index > 8):
        return None
    whole = levelled(folded[start:stop])
    for length in range(len(whole) - 1, 6, -1):
        concepts = concepts_of(whole[:length])
        if concepts is None or not _ends_word(folded[start:stop], length):
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


def _ends_word(text: str, length: int) -> bool:
    held = 0
    for token in TOKEN.findall(text):
        held += len(level(token))
        if held == length:
            return True
    return False
