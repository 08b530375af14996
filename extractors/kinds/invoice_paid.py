"""What the company that paid writes on its copy: "facture acquittée le …", and its signature beside it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dossier.reading import Box, Field
from extractors.candidate import LABELLED, NEAR, Candidate, candidate
from extractors.french.dates import dates_in
from extractors.french.letters import fold
from extractors.kinds.invoice_stamp import WHERE, stamped_days
from extractors.leaf import Leaf
from extractors.pen import drawn_by_hand
from extractors.seek import date_candidate
from extractors.view import Passage

_MENTION = re.compile(
    r"""\b(?: (?:acquitt|regl|pay)ee?(?:\s+(?:integralement|par\s+[a-z ]{3,24}|comptant))?
        | (?:pour|bon\s+pour)\s+acquit
        | (?:reglement|paiement|virement)\s+(?:effectue|recu|execute|emis|realise)
      )\b""",
    re.VERBOSE,
)
_WORN = re.compile(
    r"\bfac[a-z]{2,5}\s+ac[a-z]{0,2}[uiv][a-z0-9 ]{2,8}?e{1,2}\b|\bacq[a-z]{0,2}it[a-z]{1,3}\b"
)
_NOT_THIS = re.compile(
    r"(?:a etre|sera|seront|doit etre|deja|acompte|non|en cas de|si elle n'est pas|integralement a)\s*$"
)
_UP_TO_DATE = re.compile(r"^[^\d]{0,40}?$")


@dataclass(frozen=True, slots=True)
class Mention:
    """Where the bill is said to be paid, and the day, if one can be read."""

    leaf: Leaf
    day: Candidate
    box: Box


def mentions(leaves: Sequence[Leaf]) -> Iterator[Mention]:
    """Each "acquittée le" and its like, with the date after it on its line or the next."""
    for leaf in leaves:
        held = [mention for block in leaf.view.blocks for mention in _in_passage(leaf, block.passage)]
        yield from held
        if not any(mention.day.value is not None for mention in held):
            printed = _type(leaf, WHERE)
            yield from (Mention(leaf, day, box) for day, box in stamped_days(leaf, printed))


def _in_passage(leaf: Leaf, passage: Passage) -> Iterator[Mention]:
    folded = fold(passage.text)
    patterns = (_MENTION, _WORN) if leaf.ocr else (_MENTION,)
    for pattern in patterns:
        for match in pattern.finditer(folded):
            if _NOT_THIS.search(folded[: match.start()]):
                continue
            tail = passage.text[match.end() :]
            dates = dates_in(tail)
            sure = LABELLED if pattern is _MENTION else NEAR - 0.1
            box = passage.box(match.start(), match.end())
            if dates and _UP_TO_DATE.match(fold(tail[: dates[0].start])):
                found = dates[0]
                start = match.end()
                base = min(sure, 0.7) if found.note else sure
                day = candidate(found.date, passage, start + found.start, start + found.end, base, found.note)
                yield Mention(leaf, day, box)
                return
            split = _split_by_ocr(tail) if leaf.ocr else None
            if split is not None:
                day = candidate(
                    split[0], passage, match.end(), match.end() + split[1], 0.8, "digits were apart"
                )
                yield Mention(leaf, day, box)
                return
            near = _next_line(leaf, box) or _in_stamp(leaf, box)
            if near is not None:
                yield Mention(leaf, near, box)
                return
            if "facture" in folded or "acquit" in match[0]:
                day = candidate(
                    None, passage, match.start(), match.end(), 0.5, "paid, and no day can be read"
                )
                yield Mention(leaf, replace(day, box=_to_day(box)) if leaf.ocr else day, box)
                return


_DAY_WIDE = 0.26
"""Of the page's width: what a day written by hand takes up after the mention."""


def _to_day(mention: Box) -> Box:
    """The mention and the paper right of it, where the day should stand: for the second engine."""
    return Box(mention.x0, mention.y0, min(0.98, mention.x1 + _DAY_WIDE), mention.y1)


def _split_by_ocr(tail: str) -> tuple[dt.date, int] | None:
    """A date whose digits OCR set apart ("06/1 2/2025"), and how far it reaches."""
    match = re.match(r"[^\d]{0,30}(?P<date>\d[\d\s/.-]{7,13}\d)(?!\d)", tail)
    if match is None:
        return None
    found = dates_in(re.sub(r"\s", "", match["date"]))
    return (found[0].date, match.end()) if len(found) == 1 and found[0].date is not None else None


def _next_line(leaf: Leaf, box: Box) -> Candidate | None:
    """The date in the run right of the mention or just under it."""
    tall = leaf.view.tall
    for run in leaf.view.runs:
        beside = abs(run.box.y0 - box.y0) < 0.6 * tall and 0 < run.box.x0 - box.x1 + 0.005 < 0.2
        under = -0.3 * tall < run.box.y0 - box.y1 < 1.6 * tall and run.box.x0 < box.x1 and run.box.x1 > box.x0
        if beside or under:
            dates = dates_in(run.text)
            if dates and not re.search(r"echeance|avant", fold(run.text)):
                return date_candidate(run.passage, dates[0], NEAR)
    return None


_STAMP_WORDS = re.compile(r"factures?|acquitt\w+|paye\w*|regl\w+|le|par|virement|cheque|date|du|pour|acquit")
_ACROSS, _ALONG = 45.0, 14.0
"""Millimetres around the mention, sideways and up or down, that a turned stamp takes up."""


def _in_stamp(leaf: Leaf, box: Box) -> Candidate | None:
    """The one date that a turned stamp holds beside the mention: its words fall apart over level lines."""
    wide, high = leaf.page.width * 25.4 / 72, leaf.page.height * 25.4 / 72
    held: list[Candidate] = []
    for run in leaf.view.runs:
        if abs(run.box.y0 - box.y0) > _ALONG / high:
            continue
        if run.box.x1 < box.x0 - _ACROSS / wide or run.box.x0 > box.x1 + _ACROSS / wide:
            continue
        folded = fold(run.text)
        for found in dates_in(run.text):
            rest = re.findall(r"[a-z]+", folded[: found.start] + " " + folded[found.end :])
            if found.date is not None and all(_STAMP_WORDS.fullmatch(word) for word in rest):
                held.append(
                    candidate(found.date, run.passage, found.start, found.end, 0.75, "a turned stamp")
                )
    return held[0] if len({made.value for made in held}) == 1 else None


# ---------------------------------------------------------------- the signature beside it

_ABOVE, _UNDER, _ASIDE = 16.0, 42.0, 60.0
"""Millimetres around the mention where who paid signs."""


def signed(found: Sequence[Mention]) -> Field | None:
    """Whether a hand signed beside the mention. None where no bill is said to be paid."""
    if not found:
        return None
    held = [_signed_beside(mention) for mention in found]
    return max(held, key=lambda made: (bool(made.value), made.confidence))


def _signed_beside(mention: Mention) -> Field:
    leaf = mention.leaf
    wide, high = leaf.page.width * 25.4 / 72, leaf.page.height * 25.4 / 72
    region = Box(
        max(0.01, mention.box.x0 - _ASIDE / wide),
        max(0.01, mention.box.y0 - _ABOVE / high),
        min(0.99, mention.box.x1 + _ASIDE / wide),
        min(0.97, mention.box.y1 + _UNDER / high),
    )
    drawn = drawn_by_hand(leaf.page, region, _type(leaf, region))
    read_by = leaf.page.read_by
    raw, page = mention.day.raw, leaf.page.number
    figures = [figure for figure in drawn.figures if not _frames(leaf, figure.box, mention.box)]
    if figures:
        best = max(figures, key=lambda f: f.tall * (1 - 0.7 * f.inside))
        sure = 0.96 if best.tall >= 4.5 and best.wide >= 8 else 0.85
        if all(f.inside > 0.85 or _holds(f.box, mention.box) for f in figures):
            sure = 0.7  # letters of a stamp that ran together look the same
        return Field(True, raw, page, best.box, read_by, min(sure, 0.94) if leaf.ocr else sure)
    if drawn.faint:
        return Field(False, raw, page, region, read_by, 0.6, "faint strokes beside the mention")
    stamped = drawn.stamps or drawn.figures
    note = "a stamp and no signature" if stamped else "nothing written beside the mention"
    return Field(False, raw, page, region, read_by, 0.9 if leaf.ocr else 0.96, note)


def _frames(leaf: Leaf, figure: Box, mention: Box) -> bool:
    """The figure is what the page draws with straight lines around the mention: its stamp's turned frame."""
    drawn = leaf.page.traces
    return (
        drawn is not None
        and _holds(figure, mention)
        and any(
            max(
                abs(edge.x0 - figure.x0),
                abs(edge.y0 - figure.y0),
                abs(edge.x1 - figure.x1),
                abs(edge.y1 - figure.y1),
            )
            < 0.01
            for edge in drawn.edges
        )
    )


def _holds(outer: Box, inner: Box) -> bool:
    return outer.x0 <= inner.x0 and outer.y0 <= inner.y0 and inner.x1 <= outer.x1 and inner.y1 <= outer.y1


def _type(leaf: Leaf, region: Box) -> list[Box]:
    """Boxes of print. On a scan a word counts when it reads as one: a signature read as letters does not."""
    held = []
    for word in leaf.view.words:
        if word.box.y1 < region.y0 or word.box.y0 > region.y1:
            continue
        worn = word.confidence < 0.55 or sum(c.isalnum() for c in word.text) < 2
        if not leaf.ocr or not (worn or word.box.y1 - word.box.y0 > 1.9 * leaf.view.tall):
            held.append(word.box)
    return held
