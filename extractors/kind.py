"""What kind of document a page is, from its titles first, its text second, its structure third.

A title is a short line in the upper part, often larger, in capitals or alone. Other papers are mentioned in
running text, in lists of pieces and in tables ("la convention"): there a phrase weighs little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from dossier.kinds import Kind
from extractors.french.letters import fold, words_of
from extractors.kind_outline import outlined
from extractors.kind_words import BODY, FORMS, KEYS, NO_MISSION, SIGNED_BY, SPEAKS, TITLES
from extractors.leaf import Leaf
from extractors.patterns import Patterns
from extractors.view import Run

TITLED = 4.0
"""Weight from which a line is the page's own title."""


_LOWEST = 0.75
"""No title stands lower on the page than this."""


@dataclass(frozen=True, slots=True)
class KindFound:
    """The kind of a page. ``titled``: a title of its own says so, so a new part begins here."""

    kind: Kind
    confidence: float
    titled: bool
    title: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that may be a title, with what its place and looks make it weigh."""

    text: str
    words: str
    top: float
    looks: float


@dataclass(frozen=True, slots=True)
class Title:
    """A line that names a kind. ``weight`` from `TITLED` on makes it the page's own title."""

    kind: Kind
    weight: float
    text: str
    top: float


@lru_cache(maxsize=1)
def _titles() -> tuple[tuple[str, Kind], ...]:
    return tuple(
        (words_of(title), kind)
        for kind, titles in TITLES.items()
        for title in titles.split("|")
        if title.strip()
    )


@lru_cache(maxsize=1)
def _forms() -> Patterns:
    """The forms, and behind them the keys."""
    return Patterns([*(form for _, _, form in FORMS), *(rf"\b(?:{key})\b" for _, _, key in KEYS)])


@lru_cache(maxsize=1)
def _body() -> tuple[tuple[str, Kind], ...]:
    return tuple(
        (words_of(p), kind) for kind, phrases in BODY.items() for p in phrases.split("|") if p.strip()
    )


@lru_cache(maxsize=1)
def _speaks() -> Patterns:
    return Patterns(form for _, _, form in SPEAKS)


_SUBJECT = re.compile(r"^(?:objet|sujet|re|concerne) (?=\w)")
_DOSSIER = re.compile(r"(?:\b(?:dossier|ref|reference|n)\s)*\b[a-z]{2,5} (?:19|20)\d\d \d{3,}\b")
"""A dossier's number, whose letters name a scheme and no kind: "Dossier CIPI-2026-123456"."""
_SENTENCE = re.compile(
    r"\b(?:nous|vous|je|veuillez|ci joint\w*|est|sont|sera|seront|ont|doit|doivent|peut|selon|conformement"
    r"|prevue?s?|signe|signent|fournir|joindre)\b"
)
_BULLET = re.compile(r"^\s*(?:[-–—•▪◦*>✓]|[a-z\d]{1,2}[.)°])\s+\S")


def titles_of(leaf: Leaf) -> list[Title]:
    """Lines that name a kind, heaviest first; each kind's own lines may come more than once."""
    found: list[Title] = []
    for line in _lines(leaf):
        if line.top > _LOWEST:
            continue
        for kind, strength in _named(line.words, leaf.ocr):
            found.append(Title(kind, 10 * strength * line.looks, line.text, line.top))
        for kind, strength in _beside(line, leaf.ocr):
            found.append(Title(kind, 9 * strength * line.looks, line.text, line.top))
    return _unlisted(sorted(found, key=lambda title: -title.weight))


_APART = re.compile(r"\s+[–—|•·-]\s+")


def _beside(line: _Line, ocr: bool) -> Iterator[tuple[Kind, float]]:
    """An attendance sheet named beside its provider or scheme: "CIPI – fiche de présence"."""
    pieces = _APART.split(line.text)
    for piece in pieces if 1 < len(pieces) <= 4 else ():
        for kind, strength in _named(words_of(piece), ocr):
            if kind is Kind.ATTENDANCE_SHEET:
                yield kind, strength


def _unlisted(titles: list[Title]) -> list[Title]:
    """A list of pieces names many kinds in lines alike: none of them is the page's title."""
    best: dict[Kind, Title] = {}
    for title in titles:
        best.setdefault(title.kind, title)
    if not titles or len({t.kind for t in best.values() if t.weight > 0.5 * titles[0].weight}) < 3:
        return titles
    return [Title(t.kind, 0.35 * t.weight, t.text, t.top) for t in titles]


def _lines(leaf: Leaf) -> Iterator[_Line]:
    """Runs, blocks of two or three runs (a wrapped title), a heading with the line under it."""
    view = leaf.view
    follows: set[int] = set()
    for block in view.blocks:
        follows.update(id(run) for run in block.runs[1:] if len(block.runs) > 1)
        if 2 <= len(block.runs) <= 3 and len(block.passage.text) <= 120:
            yield _line(leaf, block.passage.text, block.runs[0], len(block.runs))
    for run in view.runs:
        if len(run.text) <= 130:
            yield _line(leaf, run.text, run, 1, id(run) in follows)
    for above, below in zip(view.rows[:14], view.rows[1:15], strict=False):
        if len(above) == 1 and len(below) == 1 and _heads(above[0], below[0], view.tall):
            yield _line(leaf, f"{above[0].text} {below[0].text}", above[0], 2)


def _heads(above: Run, below: Run, tall: float) -> bool:
    """A short line with another close under it, as title and subtitle stand."""
    return (
        len(above.text) <= 50
        and len(below.text) <= 70
        and ":" not in above.text
        and below.box.y0 - above.box.y1 < 2.2 * max(tall, above.height)
    )


_HEAD = 0.2
"""Of the page's height: above, a title may say after a colon what its paper is about."""


def _is_title(words: str) -> bool:
    return any(title == words for title, _ in _by_first_word().get(words.split(" ", 1)[0], ()))


def _line(leaf: Leaf, text: str, run: Run, lines: int, goes_on: bool = False) -> _Line:
    tall = leaf.view.tall
    words = _DOSSIER.sub("", words_of(text)).strip()
    subject = _SUBJECT.match(words)
    if subject is not None:
        words = words[subject.end() :]
    large = run.height / tall if tall else 1.0
    looks: float = min(2.2, max(0.8, large)) ** 1.2
    letters = [c for c in text if c.isalpha()]
    if letters and sum(c.isupper() for c in letters) > 0.8 * len(letters):
        looks *= 1.25
    elif letters and letters[0].islower() and not leaf.ocr:
        looks *= 0.3
    if run.box.y0 > 0.55:
        looks *= 0.2
    elif run.box.y0 > 0.35:
        looks *= 0.55
    if subject is not None:
        looks *= 1.6
    elif ":" in text.rstrip(" :"):
        before = text.split(":", 1)[0]
        head = words_of(before)
        if (" " in head or before.isupper()) and run.box.y0 < _HEAD and _is_title(head):
            words = head  # "Programme pédagogique : Soudage MAG", "PROGRAMME : Soudage MAG"
        else:
            looks *= 0.6
    if _SENTENCE.search(words):
        looks *= 0.4
    if words.startswith(("signature ", "visa ", "cachet ")):
        looks *= 0.2
    if _BULLET.match(text):
        looks *= 0.4
    if text.rstrip().endswith((",", ";")) or (goes_on and text.rstrip().endswith(".")):
        looks *= 0.4
    if goes_on and large < 1.15:
        looks *= 0.7
    if len(words.split()) > 14:
        looks *= 0.5
    if lines > 1:
        looks *= 0.95
    return _Line(text, words, run.box.y0, looks)


def _named(words: str, ocr: bool) -> Iterator[tuple[Kind, float]]:
    """The kinds whose title the line may be, and how well: likeness times the share of the line it covers."""
    if not words:
        return
    best: dict[Kind, float] = {}
    known = _known(words, ocr)
    if known is not None:
        best[known[0]] = known[1]
    for index, match in _forms().search(words):
        if index >= len(FORMS):
            kind, strength, _ = KEYS[index - len(FORMS)]
            cover = 0.95 if words.count(" ") < 12 else 0.5
        else:
            kind, strength, _ = FORMS[index]
            if kind is Kind.MISSION_CONTRACT and NO_MISSION.search(match[0]):
                continue
            cover = (match.end() - match.start()) / len(words)
            cover = max(cover, 0.5) if match.start() == 0 else 0.8 * cover
        best[kind] = max(best.get(kind, 0.0), strength * cover)
    yield from best.items()


def _known(words: str, ocr: bool) -> tuple[Kind, float] | None:
    """The kind whose listed title the line is. Of several the one that says most."""
    best: tuple[float, int, Kind, float] | None = None
    for title, kind, likeness in _worn(words) if ocr else _exact(words):
        begins = likeness < 1.0 or words.startswith(title) or words.endswith(title)
        cover = min(1.0, len(title) / len(words)) * (1.0 if begins else 0.8)
        if words.startswith(title) and len(title) >= 6:
            cover = max(cover, 0.5)
        score = likeness * (cover + 0.004 * len(title))
        if best is None or (score, len(title)) > best[:2]:
            best = (score, len(title), kind, likeness * cover)
    return (best[2], best[3]) if best is not None else None


@lru_cache(maxsize=1)
def _by_first_word() -> Mapping[str, tuple[tuple[str, Kind], ...]]:
    found: dict[str, list[tuple[str, Kind]]] = {}
    for title, kind in _titles():
        found.setdefault(title.split(" ", 1)[0], []).append((title, kind))
    return {word: tuple(titles) for word, titles in found.items()}


def _exact(words: str) -> Iterator[tuple[str, Kind, float]]:
    padded = f" {words} "
    for word in set(words.split()):
        for title, kind in _by_first_word().get(word, ()):
            if f" {title} " in padded:
                yield title, kind, 1.0


def _worn(words: str) -> Iterator[tuple[str, Kind, float]]:
    """Titles that OCR may have made the line of, a letter in seven wrong at most.

    Each of their words must be there: a short one that tells ("contrat CDPI") weighs little in the whole.
    """
    yield from _exact(words)
    if len(words) > 110:
        return
    for title, kind in _titles():
        if len(title) < 8 or len(title) > len(words) + 1:
            continue
        alike = fuzz.ratio if len(title) >= len(words) else fuzz.partial_ratio
        likeness = alike(title, words, score_cutoff=85) / 100
        if 0 < likeness < 1 and all(
            fuzz.partial_ratio(word, words) >= 75 for word in title.split() if len(word) > 2
        ):
            yield title, kind, likeness


def kind_of(leaf: Leaf) -> KindFound:
    """The kind of one page by itself."""
    best: dict[Kind, Title] = {}
    for title in titles_of(leaf):
        best.setdefault(title.kind, title)
    text = words_of(leaf.view.text)
    scores: dict[Kind, float] = dict.fromkeys(Kind, 0.0)
    for kind, title in best.items():
        scores[kind] += min(title.weight, 30.0)
    _said(leaf, text, scores)
    _structure(leaf, text, scores, best)
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    (kind, top), (_, second) = ranked[0], ranked[1]
    titled = kind in best and best[kind].weight >= TITLED
    if top < 3.0 or (not titled and top < 4.5):
        return KindFound(Kind.OTHER, 0.6 if top < 2.0 else 0.5, False)
    margin = (top - second) / top
    confidence = min(0.99, 0.55 + 0.5 * margin + (0.12 if titled else 0.0))
    if not titled:
        confidence = min(confidence, 0.5 + 0.05 * top)
    if kind is Kind.OTHER:
        confidence = min(confidence, 0.9)
    return KindFound(kind, confidence, titled, best[kind].text if kind in best else "")


def _said(leaf: Leaf, text: str, scores: dict[Kind, float]) -> None:
    """Phrases that speak for a kind; OCR may lose or win blanks in the longer ones."""
    padded = f" {text} "
    squeezed = text.replace(" ", "") if leaf.ocr else ""
    for phrase, kind in _body():
        if f" {phrase} " in padded or (
            leaf.ocr and len(phrase) >= 12 and phrase.replace(" ", "") in squeezed
        ):
            scores[kind] += 1.0 if len(phrase) >= 8 else 0.6
    for index, _ in _speaks().search(text):
        kind, weight, _ = SPEAKS[index]
        scores[kind] += weight


_SIGNED_FOR = (
    Kind.AFEST_PROTOCOL,
    Kind.CALENDAR,
    Kind.CERFA,
    Kind.CIPI_CONTRACT,
    Kind.COMMITMENT_CHARTER,
    Kind.MISSION_CONTRACT,
    Kind.PROGRAMME,
    Kind.TRAINING_AGREEMENT,
)
"""What the hours of an attendance sheet may belong to, so that its title names it, too."""

_TUTOR = re.compile(r"\btut(?:eur|rice|orat|orale?)s?\b")
_MONTHS = re.compile(r"\b(janv|fevr|mars|avr|mai|juin|juil|aout|sept|oct|nov|dec)\w* (?:20)?(\d\d)\b")
_DAY = re.compile(
    r"^\W*(?:(?:journee|seance|session|date|jour|le|du)\b[\s:]*(?:du\s|le\s)?)?"
    r"(?:(?:lun|mar|mer|jeu|ven|sam|dim)[a-z]*\b[.,]?\s*)?"
    r"(?P<day>\d{1,2}\s?[/.-]\s?\d{1,2}\b(?:\s?[/.-]\s?(?:20)?\d\d\b)?"
    r"|\d{1,2}(?:er)?\s(?:janv|fevr|mars|avr|mai|juin|juil|aout|sept|oct|nov|dec)[a-z]*)"
)
"""A day that a cell or a line begins with, as those of a sheet do; a sentence names its days further on."""


_DAILY = 3
"""Days and hours of a table that is signed from day to day, at least."""

_SIGNED_BY = re.compile(SIGNED_BY)
_HOURS = re.compile(r"\b\d{1,2} ?[h:] ?(?:\d\d)? ?(?:-|a|–|/) ?\d{1,2} ?[h:]")


def _structure(leaf: Leaf, text: str, scores: dict[Kind, float], titles: Mapping[Kind, Title]) -> None:
    """What phrases alone get wrong: tables of signatures, months, keys of a bank, who is certified."""
    heads = " ".join(words_of(title.text) for title in titles.values() if title.weight >= 2.0)
    if scores[Kind.CERTIFICATE] > 0 and _TUTOR.search(heads):
        scores[Kind.TUTOR_CERTIFICATE] += 8
    if scores[Kind.CERTIFICATE] > 0 and len(_TUTOR.findall(text)) >= 2:
        scores[Kind.TUTOR_CERTIFICATE] += 4
    if re.search(r"\b(?:a distance|foad|connexions?|e learning|plateforme)\b", heads):
        scores[Kind.DISTANCE_EVIDENCE] += 6 if scores[Kind.DISTANCE_EVIDENCE] else 0
    sheet = titles.get(Kind.ATTENDANCE_SHEET)
    for kind in _SIGNED_FOR if sheet is not None and sheet.weight >= TITLED else ():
        if kind in titles and sheet is not None and titles[kind].text == sheet.text:
            scores[kind] -= min(titles[kind].weight, 30.0)
    if re.search(r"\b(?:emargements?|emargees?)\b", heads):  # hours signed, whatever they were spent on
        scores[Kind.AFEST_PROTOCOL] = 0.0
    elif "afest" in heads:
        scores[Kind.AFEST_PROTOCOL] += 6
    if re.search(r"\b(?:cipi|cdpi)\b", heads) and re.search(r"\b(?:contrat|lettre)\b", heads):
        scores[Kind.CIPI_CONTRACT] += 6
    if re.search(r"\bmission jeunes\b", heads):
        scores[Kind.COMMITMENT_CHARTER] += 3
    if re.search(r"\brupture\b", heads):  # of a contract whose form the title names
        scores[Kind.CERFA] -= 8
    if re.search(r"\b(?:presences?|emargements?)\b", heads):
        scores[Kind.CALENDAR] -= 8
    months = len(set(_MONTHS.findall(text)))
    if months >= 3:
        scores[Kind.CALENDAR] += 2 + min(months, 12) * 0.5
    days = len({match["day"] for run in leaf.view.runs for match in _DAY.finditer(fold(run.text))})
    halves = r"|matin" if leaf.folded.count("€") < 3 else ""  # half-days that are billed are not signed for
    if days >= 3 and re.search(rf"\b(?:signatures?|emargements?|visas?{halves})\b", text):
        scores[Kind.ATTENDANCE_SHEET] += 2 + min(days, 10) * 0.2
        daily = scores[Kind.CERTIFICATE] >= TITLED and len(_HOURS.findall(leaf.folded)) >= _DAILY
        if daily and days >= _DAILY and _SIGNED_BY.search(text):
            scores[Kind.ATTENDANCE_SHEET] += 8  # "Attestation mensuelle d'assiduité" over half-days to sign
    if days < 3 and scores[Kind.TRAINING_AGREEMENT] < TITLED:
        scores[Kind.PROGRAMME] += outlined(leaf)
    if scores[Kind.OTHER] >= 2 and not any(title.weight >= 6 for title in titles.values()):
        scores[Kind.OTHER] += 3
    if len(leaf.view.words) > 90:
        scores[Kind.BANK_DETAILS] -= 6
    if scores[Kind.CERTIFICATION_RECORD] and "jury" not in text and "evaluation" not in text:
        scores[Kind.CERTIFICATION_RECORD] -= 2
