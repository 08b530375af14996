"""Labels within one run of words: where each begins and ends, and where its value would begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dossier.reading import Box
from extractors.french.dates import WEEKDAY
from extractors.french.letters import fold
from extractors.known_labels import (
    HOUSES,
    TOKEN,
    beginnings,
    concepts_by_content,
    concepts_of,
    content,
    is_label,
    level,
    levelled,
    may_begin,
    nearest,
)
from extractors.lexicon import INLINE
from extractors.names_after import capitals_end, house_next, names_next, person_next
from extractors.paired import paired
from extractors.view import Run

_LONGEST = 12

_ANYWHERE = frozenset(("siret", "nda", "iban", "bic", "siren", "paid", "due_date", "request_ref"))
"""What may be announced in the middle of a line without a colon."""

_SEPARATORS = re.compile(r"[|:;,(\[/·•✂]|\s[-–—+*]")
"""What is between two words of which the second may begin a label."""


_BETWEEN = (
    r"\s*(?:\(?\s*(?:\d{{1,2}}(?:[.,]\d{{1,2}})?\s*)?%\s*\)?)?\s*(?:\([^)]{{1,140}}\)|[*¹²³])?\s*(?:n°|n\b)?\s*[°º]?"
    r"\s*(?P<leader>[.…_·]{{3,}}|(?:[.…_·]\s){{3,}})?[\s.…_·]*"
    r"(?P<colon>[{signs}])?[\s.…_·]*(?P<dash>(?<=\s)-\s+(?=[^\W_]))?"
)
"""Between a label and its value: a rate, a hint in brackets, dots, a colon, an arrow, a dash; "Quand ?"."""

_AFTER = re.compile(_BETWEEN.format(signs=":=→➔➜►▶>?"))
_AFTER_WORN = re.compile(_BETWEEN.format(signs=":=→➔➜►▶>?!"))  # OCR takes a colon for an exclamation mark

_ENDINGS = frozenset(("e", "s", "es", "ne", "trice", "rice", "ve"))
_ENDED = re.compile(r".\(|[a-z][·•.]")
"""Second endings that make a word mean men and women, and what is before: "salarié(e)", "apprenant·e"."""


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


_NUMBERED = re.compile(r"(?:(?:[1-9]|[ivx]{1,4}|[a-f])\W{1,3})?(?:(?:votre|notre|vos|nos|le|la|les)\s|l')?$")
"""What may stand before the label that a line begins with: "2 Nom", "Votre agence"."""

_IN_BRACKETS = re.compile(
    r"^(?:\d{1,2}\W{1,3})?(?:(?P<words>[^\d:(]{3,40})"
    r"\((?:l'|le |la )?(?P<in>[^():]{2,40})\)\s*(?P<colon>:?)\s*$"
    r"|\W*(?:(?:mme|mlle|mr|m)\b[./ ]*(?:ou )?){2}\((?P<whom>[^():]{2,40})\)\s*:?\s*(?=\w))"
)


def marks_of(run: Run, fuzzy: bool) -> Iterator[Mark]:
    """The labels of a run of text, left to right; ``fuzzy`` takes in what OCR spelled nearly so."""
    folded = fold(run.text)
    tokens = list(TOKEN.finditer(folded))
    index = 0
    found = told = named = False
    pair = paired(folded)
    if pair is not None:
        start, end, found, told = pair.start, pair.end, True, pair.colon
        box = run.passage.box(start, end)
        yield Mark(pair.concepts, "siret", run, start, end, pair.value_at, told, 0.95, box)
        index = sum(token.start() < pair.value_at for token in tokens)
    while index < len(tokens):
        begins = index == 0 or bool(
            _SEPARATORS.search(folded, tokens[index - 1].end(), tokens[index].start())
        )
        mark = _longest(
            fuzzy, run, folded, tokens, index, begins or (named and _first_name(tokens[index][0]))
        )
        if mark is None and not begins and index < 4 and _NUMBERED.match(folded[: tokens[index].start()]):
            mark = _longest(fuzzy, run, folded, tokens, index, True)
            mark = None if mark is None or mark.says("hours") or mark.begun else mark
        hint = mark is not None and mark.begun and folded[: mark.start].endswith("(")
        if mark is None or (mark.begun and told) or (hint and ")" in folded[mark.start : mark.end]):
            index += 1
            continue
        yield mark
        found, told = True, mark.colon
        named = mark.says("last_name")
        done = max(mark.end, mark.value_at) if mark.colon else mark.end
        while index < len(tokens) and tokens[index].start() < done:
            index += 1
    if not found:
        yield from _in_brackets(run, folded)
        yield from _in_other_words(run, folded)


def _in_other_words(run: Run, folded: str) -> Iterator[Mark]:
    """A cell, or what stands before a colon, of a label's words and no others but small ones."""
    colon = folded.find(":")
    stop = colon if colon >= 0 else len(folded.rstrip())
    if stop > 70 or re.search(r"\d", folded[:stop]):
        return
    known = concepts_by_content().get(content(_UNIT.sub("", folded[:stop])))
    if known is not None:
        value_at = (
            len(folded)
            if colon < 0
            else colon + 1 + len(folded[colon + 1 :]) - len(folded[colon + 1 :].lstrip(" ."))
        )
        yield Mark(known[1], known[0], run, 0, stop, value_at, colon >= 0, 0.92, run.passage.box(0, stop))


_UNIT = re.compile(r"\s*\([^()]{1,30}\)\s*$")


def _first_name(token: str) -> bool:
    """ "Nom DURAND Prénom Léa": the second label of a line without colons."""
    return token in ("prenom", "prenoms")


def _in_brackets(run: Run, folded: str) -> Iterator[Mark]:
    """Words of a form's own with the label after them: "Vous travaillez chez (entreprise utilisatrice)"."""
    match = _IN_BRACKETS.match(folded)
    label = levelled(match["in"] or match["whom"]) if match is not None else ""
    concepts = concepts_of(label)
    if match is not None and concepts is not None and len(label) > 4:
        end = match.end()
        yield Mark(concepts, label, run, 0, end, end, bool(match["colon"]), 0.95, run.box)


def _longest(
    fuzzy: bool, run: Run, folded: str, tokens: list[re.Match[str]], index: int, begins: bool
) -> Mark | None:
    best: Mark | None = None
    joined = neutral = ""
    for last in range(index, min(index + _LONGEST, len(tokens))):
        token = tokens[last][0]
        joined += level(token)
        neutral += (
            "" if token in _ENDINGS and _ENDED.match(folded, tokens[last].start() - 2) else level(token)
        )
        if not fuzzy and not may_begin(joined) and not may_begin(neutral):
            break
        label, score = joined, 1.0
        if concepts_of(joined) is None and concepts_of(neutral) is not None:
            label = neutral
        elif concepts_of(joined) is None:
            near = nearest(joined) if fuzzy and len(joined) >= 6 else None
            figures = (t[0] for t in tokens[index : last + 1] if t[0].isdigit())
            if near is None or any(figure not in near[0] for figure in figures):
                continue  # "net à payer 2 646,00": the figure is the value's, not a letter gone wrong
            if last > index and joined[len(level(tokens[index][0])) :] == near[0]:
                continue  # "Léa + Formateur référent": the label begins a word later
            label, score = near
            if best is not None and label == best.label:
                continue
        mark = _mark(run, folded, tokens[index].start(), tokens[last].end(), label, score, begins, fuzzy)
        if mark is not None and (best is None or mark.score >= best.score - 0.05):
            best = mark
    if begins and best is None:
        best = _going_on(run, folded, tokens, index)
    return best


def _mark(
    run: Run, folded: str, start: int, end: int, label: str, score: float, begins: bool, fuzzy: bool
) -> Mark | None:
    concepts = concepts_of(label)
    assert concepts is not None  # noqa: S101 (only labels that are known come here)
    rest = folded[end:]
    if concepts & {"start", "end"} and rest.lstrip().startswith(")") and "(" in folded[:start]:
        return None  # a hint for two values: "Dates (début / fin) :"
    if "(" in folded[start:end] and folded.count("(", start, end) != folded.count(")", start, end):
        return None
    after = _AFTER_WORN.match(rest) if fuzzy else _AFTER.match(rest)
    assert after is not None  # noqa: S101 (every part is optional)
    colon = bool(after["colon"] or after["leader"])
    if after["dash"] and not colon:
        colon = not folded[:start].strip() and len(label) >= 4 and not is_label(rest[after.end() :])
    ends = not rest[after.end() :].strip()
    if not begins and not colon and (len(label) < 3 or not concepts & _ANYWHERE):
        return None
    quoted = (not fuzzy and score == 1.0 and begins and _set_smaller(run, start, end)) or (
        rest.lstrip().startswith('"')
    )
    quoted = quoted or house_next(folded[:start], run.text[end:], label, concepts)
    quoted = quoted or (not folded[:start].strip() and capitals_end(run.text[:end], run.text[end:], concepts))
    quoted = quoted or (
        score == 1.0
        and (not folded[:start].strip() or _first_name(label))
        and (names_next(run.text[end:], label, concepts) or person_next(run.text[end:], label, concepts))
    )
    if not colon and not ends and not quoted and not concepts & INLINE:
        return None
    if not colon and not ends and concepts & INLINE and not _valued(rest, concepts):
        return None
    box = run.passage.box(start, end)
    return Mark(concepts | _role_in(rest), label, run, start, end, end + after.end(), colon, score, box)


def _role_in(rest: str) -> frozenset[str]:
    """Which house the brackets after a label say it is: "Client (utilisateur)"."""
    match = re.match(r"\s*\(\s*(?:l'|le |la )?([^():]{2,40})\)", rest)
    told = concepts_of(levelled(match[1])) if match is not None else None
    return told if told is not None and told <= HOUSES else frozenset()


_SMALLER = 0.88
"""A label set in letters this much smaller than what comes right after it needs no colon."""


def _set_smaller(run: Run, start: int, end: int) -> bool:
    """The label's letters are smaller than those of the word after it: a form's caption before its value."""
    label, after = run.passage.words_at(start, end), run.passage.words_at(end, len(run.text))
    if not label or not after or after[0] is label[-1] or not re.search(r"\w", after[0].text):
        return False
    tallest = max(word.box.y1 - word.box.y0 for word in label)
    return tallest < _SMALLER * (after[0].box.y1 - after[0].box.y0)


def _valued(rest: str, concepts: frozenset[str]) -> bool:
    """A label without a colon is one only when a value of its kind comes next."""
    rest = re.sub(r"^\s*\([^)\d]{1,140}\)", "", rest)  # a form's hint
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
                rf"\W*(?:le |du |au |a [a-z' -]{{2,20}},? le )?(?:{WEEKDAY}\s)?\W*\d"
                r"|\s*(?:le |a )?[a-z' -]{2,30},? le \d",
                rest[:44],
            )
        )
    return bool(re.match(r"[\s\W]*(?:\([^)]*\)|n°|de|a|est|eur|euros|en|\d+ ?%|,)*[\s\W]*\d", rest[:34]))


def _going_on(run: Run, folded: str, tokens: list[re.Match[str]], index: int) -> Mark | None:
    """A known label that goes on with words of its own before the colon, or before the cell's end."""
    start = tokens[index].start()
    colon = folded.find(":", start)
    stop = colon if 0 <= colon - start <= 70 else len(folded.rstrip())
    if stop - start > 90 or (colon < 0 and len(tokens) - index > 10):
        return None
    begun = begun_label(folded[start:stop], colon >= 0)
    if begun is not None:
        label, concepts = begun
        figure = re.search(r"\d", folded[start:stop]) if colon < 0 and concepts & _OWNED else None
        if figure is not None and figure.start() > len(label):
            cut = len(folded[: start + figure.start()].rstrip())
            box = run.passage.box(start, cut)
            return Mark(concepts, label, run, start, cut, start + figure.start(), False, 0.85, box)
        value_at = stop + 1 if colon >= 0 and stop == colon else len(folded)
        while value_at < len(folded) and folded[value_at] in " .":
            value_at += 1
        return Mark(
            concepts,
            label,
            run,
            start,
            stop,
            value_at,
            stop == colon,
            0.85,
            run.passage.box(start, stop),
            stop != colon and not concepts & _OWNED,
        )
    return None


def begun_label(text: str, colon: bool) -> tuple[str, frozenset[str]] | None:
    """The longest known label that a folded text begins with, and what it announces.

    The words that go on are few, or say whose number or day it is: "SIRET de l'organisme".
    """
    whole = levelled(text)
    for length in beginnings(whole):
        if length < 3:
            break
        concepts = concepts_of(whole[:length])
        rest = _after_word(text, length) if concepts is not None else None
        if concepts is None or rest is None:
            continue
        extra = len(whole) - length
        if (
            _OF_WHOM.match(rest)
            and (concepts & _OWNED or colon or whole.startswith("intitule"))
            and length >= 3
            and extra <= 60
        ):
            return whole[:length], concepts
        if _QUALIFIED.match(rest) and concepts & INLINE:
            return whole[:length], concepts
        if length <= 6:
            continue
        if extra > 1.5 * length or (not colon and extra > 0.8 * length):
            return None
        return whole[:length], concepts
    return None


_OWNED = frozenset(("siret", "nda", "birth", "start", "end", "signed_on", "general_hours", "training_hours"))
"""Numbers and days whose owner a label may name; their values are known by their form."""

_QUALIFIED = re.compile(
    r"\W*(?:par (?:stagiaire|participant|personne|apprenant|beneficiaire|salarie)|(?:en )?heures?|h)\W*$"
)
"""Words after a label that say for whom, or in what, its number counts."""

_OF_WHOM = re.compile(
    r"\W*(?:de|du|des|d'|l'|au|a|en|prevue?|effective|contractuelle?"
    r"|of|cfa|client|organisme|prestataire|fournisseur|employeur|entreprise|acheteur|beneficiaire)\b"
)


def _after_word(text: str, length: int) -> str | None:
    """What follows the first ``length`` letters and digits of a text, None in the middle of a word."""
    held = 0
    for token in TOKEN.finditer(text):
        held += len(level(token[0]))
        if held == length:
            return text[token.end() :]
    return None
