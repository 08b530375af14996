"""What an invoice is and what it calls itself: its nature, number and the dossier it bills."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from dossier.reading import Field, ReadBy
from extractors import seek
from extractors.candidate import LABELLED, NEAR, Candidate, candidate, less_sure, settle
from extractors.french.dates import dates_in
from extractors.french.letters import fold
from extractors.french.organisations import opens_street
from extractors.labels import Value
from extractors.leaf import Leaf
from extractors.marks import Mark
from extractors.view import Passage, Run

INVOICE, QUOTE, PRO_FORMA, ORDER = "invoice", "quote", "pro_forma", "order"

_OPENS = re.compile(r"^\W*(?:objet\W+|document\W+|piece\W+|nature\W+)?(?:votre |notre )?")
_NATURES = (
    (re.compile(r"(?:facture\s+)?pro\s?-?\s?forma\b|facture\s+pro$"), PRO_FORMA, False),
    (re.compile(r"(?:facture\s+d'|facture\s+)?avoir\b|note de credit\b"), INVOICE, True),
    (re.compile(r"devis\b|proposition (?:commerciale|financiere|tarifaire)\b|offre de prix\b"), QUOTE, False),
    (re.compile(r"(?:bon|bulletin|confirmation|accuse)s? de commande\b|commande\b"), ORDER, False),
    (
        re.compile(
            r"facture\b(?:\s+(?:d'acompte|de solde|intermediaire|finale|definitive|de formation))?"
            r"|(?:note|memoire) d'honoraires\b"
        ),
        INVOICE,
        False,
    ),
)
_CELLS = re.compile(r"\s[|·•–—-]\s")
"""What parts a line that says several things."""

_NO_TITLE = re.compile(
    r"factures?\s+(?:acquitt|paye|regl|a\b|au nom|adress|concern|d'origine|initiale|rectifi|annul|etabli)"
)
_DISOWNED = re.compile(
    r"(?:ne (?:vaut|constitue|tient) (?:pas|lieu)[\w\s]{0,12} facture|n'est pas une facture)"
)


@dataclass(frozen=True, slots=True)
class Title:
    """The run that names the document, and what it makes of it."""

    run: Run
    passage: Passage
    nature: str
    credit_note: bool
    end: int


def titles(leaves: Sequence[Leaf]) -> tuple[Title, ...]:
    """Runs that open with the name of a commercial document, the most prominent first."""
    found = [title for leaf in leaves for run in leaf.view.runs if (title := _title(leaf, run)) is not None]
    return tuple(sorted(found, key=lambda t: (-round(t.run.height, 3), t.passage.page, t.run.box.y0)))


_GOES_ON = re.compile(r"(?:d'\s?)?(?:avoir|acompte)\b|pro ?-?forma\b|rectificative\b")


def _whole(leaf: Leaf, run: Run) -> Passage:
    """A title that a wide gap cuts in two: "FACTURE   D'AVOIR"."""
    beside = next((other for other in leaf.view.rows[run.row] if other.box.x0 > run.box.x0), None)
    if beside is None or len(run.text) > 16 or not _GOES_ON.match(fold(beside.text)):
        return run.passage
    return leaf.view.passage([*run.line.words, *beside.line.words])


def _title(leaf: Leaf, run: Run) -> Title | None:
    passage = _whole(leaf, run)
    folded = fold(passage.text)
    if len(_CELLS.split(folded)[0]) > 90:
        return None
    lead = _OPENS.match(folded)
    start = lead.end() if lead else 0
    rest = folded[start:]
    if leaf.ocr:
        rest = _mended(rest)
    if _NO_TITLE.match(rest):
        return None
    for pattern, nature, credit in _NATURES:
        match = pattern.match(rest)
        if match is not None:
            return Title(run, passage, nature, credit, start + match.end())
    return None


def _mended(rest: str) -> str:
    """A first word that OCR wore by one letter counts as the word it nearly is."""
    match = re.match(r"[a-z]{5,9}", rest)
    if match is None:
        return rest
    for word in ("facture", "devis", "avoir", "commande"):
        if len(word) == len(match[0]) and Levenshtein.distance(word, match[0]) == 1:
            return word + rest[len(word) :]
    return rest


def nature_of(leaves: Sequence[Leaf], found: Sequence[Title]) -> dict[str, Field]:
    """``nature`` and ``credit_note``, from the most prominent title and from what disowns it."""
    if not found:
        return _untitled(leaves)
    head = found[0]
    nature, credit, sure = head.nature, head.credit_note, 0.95
    peers = [t for t in found if t.run.height >= 0.72 * head.run.height or t.run.box.y0 < 0.3]
    if nature == INVOICE and not credit:
        other = next((t for t in peers if t.nature == PRO_FORMA), None)
        if other is not None:
            head, nature = other, PRO_FORMA
        elif any(_DISOWNED.search(leaf.folded) for leaf in leaves):
            nature, sure = PRO_FORMA, 0.8
    if {(t.nature, t.credit_note) for t in peers} - {(nature, credit), (INVOICE, False)}:
        sure = min(sure, 0.85)
    if nature == INVOICE and not credit and any(_GIVES_BACK.search(leaf.folded) for leaf in leaves):
        sure = min(sure, 0.6)
    passage = head.passage
    made = candidate(nature, passage, 0, len(passage.text), sure)
    note = Candidate(credit, made.raw, made.page, made.box, made.read_by, made.confidence)
    settled_nature, settled_note = settle([made]), settle([note])
    assert settled_nature is not None and settled_note is not None  # noqa: S101 (one candidate with a value)
    return {"nature": settled_nature, "credit_note": settled_note}


_GIVES_BACK = re.compile(
    r"\b(?:total|montant|net) de l'avoir|\bcet avoir\b|\bpresent avoir\b|facture d'origine|net a deduire"
)
"""What a credit note says below its title."""

_NUMBERED = re.compile(
    r"\b(?:facture (?:n|:)|n° ?(?:de )?(?:la )?facture|numero de (?:la )?facture|date de facturation)"
    r"|^\W*doit\s*:|\bn° ?fact?[\s-]?\d"
)


def _untitled(leaves: Sequence[Leaf]) -> dict[str, Field]:
    """A bill without a title, told by the label of its number: an invoice, where nothing is given back."""
    for leaf in leaves[:1]:
        match = _NUMBERED.search(leaf.folded)
        run = next((run for run in leaf.view.runs if _NUMBERED.search(fold(run.text))), None)
        if match is None or run is None or any(_GIVES_BACK.search(other.folded) for other in leaves):
            continue
        nature = settle([candidate(INVOICE, run.passage, 0, len(run.text), 0.85)])
        credit = settle([candidate(False, run.passage, 0, len(run.text), 0.85)])
        assert nature is not None and credit is not None  # noqa: S101 (one candidate with a value)
        return {"nature": nature, "credit_note": credit}
    return {}


# ---------------------------------------------------------------- references

_REFERENCE = re.compile(
    r"""(?P<ref>
        (?=[a-z0-9./_\-\s]*\d)
        (?:[a-z]{1,6}\s(?=\d))?
        [a-z0-9]+ (?: (?:[-/_.]\s?|\s[-/_](?=[a-z0-9])|\s/\s(?=\d)) (?=[a-z0-9]) [a-z0-9]+ )*
    )""",
    re.VERBOSE,
)
_BEFORE_REFERENCE = re.compile(r"^[\s:°º#.\-–—«\"(]*(?:(?:n|no|num|numero|ref|reference)\b\s*[°º.:]*\s*)?")
_NO_REFERENCE = re.compile(r"^(?:\d{1,2}|le|du|page)$")
_SAYS_NUMBER = re.compile(r"[\s:(]*(?:n\s?[°º]|no\b|num|numero)\s*[.:]*\s*")


def reference_at(text: str) -> tuple[int, int] | None:
    """The span of the reference that ``text`` begins with: letters, digits and the signs that join them."""
    folded = fold(text)
    lead = _BEFORE_REFERENCE.match(folded)
    match = _REFERENCE.match(folded, lead.end() if lead else 0)
    if match is None:
        return None
    start, end = match.span("ref")
    for found in dates_in(text):
        if start < found.start < end and re.match(r"\W", folded[found.start - 1]):
            end = found.start
        elif found.start == start and found.end >= end:
            return None
    ref = folded[start:end].rstrip(" -/_.")
    short = _NO_REFERENCE.match(ref) and not (ref.isdigit() and _SAYS_NUMBER.fullmatch(folded, 0, start))
    if not any(char.isdigit() for char in ref) or short or opens_street(text[start:]):
        return None
    return start, start + len(ref)


def _reference(passage: Passage, sure: float, standing: int, at: int = 0) -> Candidate | None:
    span = reference_at(passage.text[at:])
    if span is None:
        return None
    start, end = at + span[0], at + span[1]
    value = re.sub(r"\s*([-/_.])\s*", r"\1", passage.text[start:end])
    note = "joined over a blank" if value != passage.text[start:end] else ""
    return candidate(value, passage, start, end, min(sure, 0.85) if note else sure, note, standing)


_OTHER_INVOICE = re.compile(
    r"origine|initial|concern|annul|rectifi|correspond|acompte|relatif|sur facture|client"
)


def number(leaves: Sequence[Leaf], found: Sequence[Title], credit_note: bool) -> Field | None:
    """The document's own number: in its title, at a label, or beside the title."""
    return settle(_numbers(leaves, found, credit_note))


def bill_number(leaf: Leaf) -> str | None:
    """The number that one page of a bill bears, if it is read with some certainty."""
    named = titles((leaf,))
    found = number((leaf,), named, bool(named) and named[0].credit_note)
    return str(found.value) if found is not None and found.confidence >= _BILL_SURE else None


_BILL_SURE = 0.7


def _numbers(leaves: Sequence[Leaf], found: Sequence[Title], credit_note: bool) -> Iterator[Candidate]:
    for title in found:
        made = _reference(title.passage, LABELLED, 0, _at_number(title))
        if made is not None and title.credit_note == credit_note:
            yield made
        elif not title.passage.text[title.end :].strip(" :n°N"):
            yield from _under_title(leaves, title, 0 if title.credit_note == credit_note else 2)
    for held in seek.places(leaves, ("number",), wrap=False):
        mark = held[0].mark
        standing = _number_standing(mark, found, credit_note)
        for place in held:
            if standing is None and not _OF_A_BILL.match(fold(place.passage.text)):
                continue
            told = 1 if standing is None else standing
            made = _reference(place.passage, seek.base(place), told) or _dated(place, told)
            if made is not None:
                yield made
                break


_AFTER_WORDS = re.compile(
    r"(?:\s(?!de|d'|du|sur|relative|concernant|annul\w+|origine|initiale|rectif\w+)[a-z']+){1,3}"
    r"(?:\s(?:de|d')\s?[a-z]+){0,2}\s(?:n\s?°|no\b|numero)\s*(?=\w)"
)


def _at_number(title: Title) -> int:
    """Where a title's number may begin: past words of the title's own, "valant titre de recette n°"."""
    own = _AFTER_WORDS.match(fold(title.passage.text), title.end)
    return own.end() if own is not None else title.end


_OF_A_BILL = re.compile(r"\W*(?:fact?(?:ure)?|inv|fv)[\s/_-]?\d")
"""What a bill's number begins with, wherever it stands: "n° FACT9671/0324"."""

_DATED = re.compile(r"\W*(?P<ref>\d{1,4}-\d{1,2}-\d{2,4})\W*")


def _dated(place: Value, standing: int) -> Candidate | None:
    """A number made like a day, "12-05-2026", alone at a label that says it is the bill's number."""
    match = _DATED.fullmatch(place.passage.text)
    if match is None or standing or not re.search(r"facture|avoir|devis|forma", place.mark.label):
        return None
    return candidate(match["ref"], place.passage, *match.span("ref"), 0.85, "it may be a day", standing)


def _under_title(leaves: Sequence[Leaf], title: Title, standing: int) -> Iterator[Candidate]:
    """A reference that stands alone beside or under a title without one."""
    box, tall = title.run.box, title.run.box.y1 - title.run.box.y0
    for leaf in leaves:
        if leaf.page.number != title.passage.page:
            continue
        for run in leaf.view.runs:
            under = 0 <= run.box.y0 - box.y0 < 2.4 * max(tall, leaf.view.tall) and run is not title.run
            aligned = (
                abs(run.box.x0 - box.x0) < 0.02
                or abs(run.box.x1 - box.x1) < 0.02
                or (run.row == title.run.row and 0 < run.box.x0 - box.x1 < 0.1)
            )
            if not under or not aligned:
                continue
            made = _reference(run.passage, NEAR, standing)
            if made is None or not re.search(r"\d{3}", made.raw) or len(made.raw) < 0.4 * len(run.text):
                continue
            if not re.fullmatch(r"[\d\s.]{9,}", made.raw):  # a SIRET, a telephone
                yield made
                return


def _number_standing(mark: Mark, found: Sequence[Title], credit_note: bool) -> int | None:
    said = fold(mark.run.text[: mark.end])
    if _OTHER_INVOICE.search(said):
        return None
    if re.search(r"facture|avoir|devis|forma|honoraires|commande", mark.label):
        return 1 if credit_note and "avoir" not in mark.label else 0
    near = any(
        title.passage.page == mark.run.passage.page and -0.05 < mark.box.y0 - title.run.box.y0 < 0.12
        for title in found
    )
    if mark.label in ("n", "ndepiece", "npiece", "piece", "piecen", "ndocument"):
        alone = mark.colon or mark.end >= len(mark.run.text.rstrip())
        return 0 if near else 1 if mark.box.y0 < 0.45 and alone else None
    return 2 if mark.box.y0 < 0.5 else None


# ---------------------------------------------------------------- dossier

_FUNDED = re.compile(
    r"dossier|prise en charge|\bdrf\b|financ|opco|accord|\breservation\b|\bapc\b|\bdpc\b|subrogation"
)
SERIAL = re.compile(r"(?<![\w])(?P<ref>[a-z]{2,10}\s?[-/]\s?\d{2,4}\s?[-/]\s?\d{3,8})(?![\w])")


def request_ref(leaves: Sequence[Leaf], own_number: Field | None) -> Field | None:
    """The funder's number of the dossier: at its label, else a serial number beside a funder's words."""
    own = "" if own_number is None else str(own_number.value).upper()
    held = [c for c in _references(leaves) if str(c.value).upper() != own]
    found = settle(held)
    if found is not None and not re.search(r"\d{3}", str(found.value)):
        return less_sure(found, 0.5, "too short for a dossier")
    if found is not None and re.fullmatch(r"[A-Za-z]+[-/](?:19|20)\d\d", str(found.value)):
        return less_sure(found, 0.5, "letters and a year: its number is missing")
    return _lettered(found) if found is not None and found.read_by is ReadBy.OCR else found


_FIGURE_AMONG = re.compile(r"(?P<letters>[A-Z][A-Z01]{1,5})(?=[-/]\d)")


def _lettered(found: Field) -> Field:
    """The letters that open a serial number, of which OCR made figures: "CIP1-2026-…"."""
    match = _FIGURE_AMONG.match(str(found.value))
    if match is None or match["letters"].isalpha() or re.search(r"I1|1I|O0|0O|[01]{2}", match["letters"]):
        return found  # a stroke too many is no figure for a letter
    letters = match["letters"].replace("1", "I").replace("0", "O")
    value = letters + str(found.value)[match.end() :]
    return less_sure(replace(found, value=value), 0.8, "a figure stood among its letters")


def _references(leaves: Sequence[Leaf]) -> Iterator[Candidate]:
    for held in seek.places(leaves, ("request_ref",), wrap=False):
        weak = re.search(r"client|reference|ref$|conv", held[0].mark.label) is not None
        for place in held:
            if held[0].mark.run.text.rstrip().endswith("-"):
                leaf = next(leaf for leaf in leaves if leaf.page.number == place.passage.page)
                place = next(iter(leaf.labels.values(place.mark)), place)
            made = _reference(
                place.passage, seek.base(place), 1 if weak and "dossier" not in held[0].mark.label else 0
            )
            if made is not None:
                made = _continued(leaves, made)
                serial = SERIAL.search(fold(place.passage.text)) if made.note == "" else None
                yield made if serial is None else _serial(place.passage, serial, seek.base(place), 0)
                break
    for leaf in leaves:
        for run in leaf.view.runs:
            folded = fold(run.text)
            for match in SERIAL.finditer(folded):
                if _FUNDED.search(folded[: match.start()]):
                    yield _serial(run.passage, match, NEAR, 0)
                elif _LONG_SERIAL.fullmatch(match["ref"]) and not _OTHER_PAPER.search(
                    folded[: match.start()]
                ):
                    yield _serial(run.passage, match, 0.88, 2)


_LONG_SERIAL = re.compile(r"[a-z]{2,6}[-/]\d{4}[-/]\d{5,8}")
"""Letters, a year and a long number: what a funder makes of its dossiers, and no house of its few bills."""

_OTHER_PAPER = re.compile(r"\b(?:facture|avoir|devis|commande|convention|iban|siret)\b[^.;]{0,30}$")


def _continued(leaves: Sequence[Leaf], made: Candidate) -> Candidate:
    """A reference that a narrow cell breaks: digits alone right under its start go on with it."""
    for leaf in leaves:
        if leaf.page.number != made.page:
            continue
        for run in leaf.view.runs:
            gap = run.box.y0 - made.box.y1
            under = (
                abs(run.box.x0 - made.box.x0) < 0.012 and -0.3 * leaf.view.tall < gap < 0.8 * leaf.view.tall
            )
            if under and re.fullmatch(r"-?\d{1,6}", run.text) and len(str(made.value)) >= 8:
                value = f"{made.value}{run.text}"
                note = "goes on on the next line"
                sure = min(made.confidence, 0.85)
                return replace(made, value=value, raw=f"{made.raw} {run.text}", confidence=sure, note=note)
    return made


def _serial(passage: Passage, match: re.Match[str], sure: float, standing: int) -> Candidate:
    start, end = match.span("ref")
    if re.fullmatch(r"\s\d{1,4}\s*", passage.text[end:]):
        end = len(passage.text.rstrip())  # its last figures were set apart
    printed = passage.text[start:end]
    value = re.sub(r"\s", "", printed)
    note = "joined over a blank" if value != printed else ""
    return candidate(value, passage, start, end, min(sure, 0.85) if note else sure, note, standing)
