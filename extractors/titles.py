"""Titles of trainings: at a label, after a sentence that announces them, or on the lines below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dossier.reading import ReadBy
from extractors.candidate import LABELLED, NEAR, Candidate, candidate
from extractors.french.letters import fold
from extractors.known_labels import HINT
from extractors.leaf import Leaf
from extractors.seek import Where, anywhere, base, next_line, past_hint, places
from extractors.view import Passage

Leaves = Sequence[Leaf]


def texts(leaves: Leaves, *concepts: str, where: Where = anywhere, standing: int = 0) -> Iterator[Candidate]:
    """The words at each label, quotes taken off."""
    for held in places(leaves, concepts, where):
        made = (title_at(place.passage, base(place), standing) for place in held)
        first = next((one for one in made if one is not None), None)
        if first is not None:
            yield first


_TITLE_STOP = re.compile(
    r"""\s*(?: \bqui\ss'?est | \bqui\s(?:se|a|ont)\b | ,?\sde\snature\b | ,?\sentre\sle\b
      | ,?\sa\scompter\sdu\b | \bayant\seu\slieu | \bs'est\sderoul
      | \b(?:du|le)\s+\d{1,2}(?:er)?[\s/.\-]+[\da-z]
      | \bpour\sune\sduree | [-,;–.]?\s*\b(?:d'une\s)?duree\b | \bd'une\sduree | \baupres\sde
      | \bau\s(?:profit|benefice)\sd | \bheures\seffect | \b\d\d[/.-]\d\d[/.-]\d{4}
      | \b\d{1,2}(?:er)?\s[a-z]{3,9}\.?\s20\d\d\b | \bobjectifs?\s*: | \bnature\sde\sl'action
      | \baction\sde\sformation\s*(?:/|\d\s|$)
      | ;\s | \.\s+[a-z] | \s[✘✗❏☐☑☒✔✓□■▢]
      | \s-\s(?:entreprise|lieu|salarie|stagiaire|n°|dossier|session|formateur)\b
      | ,\s(?:dispensee?|organisee?|realisee?|par)\b
      | \s(?:dates?|debut|periode|duree|nombre|volume|employeur|entreprise|organisme|nature|lieu)\b
        [\w\s']{0,25}:
      | \s(?:dispensee?|organisee?|realisee?)\s(?:du|le|les|par|a|en|entre)\b )""",
    re.VERBOSE,
)


_CUT = 0.5
"""The most that a title is worth on a page of pixels that begins in small letters."""

_CLAUSE = re.compile(r"art(?:icle|\.)\s*\d|a defaut d|en cas d|entre les soussignes")
"""What opens a clause of an agreement, and no title of a training."""


def title_at(passage: Passage, sure: float, standing: int = 0, start: int = 0) -> Candidate | None:
    """A title that begins at ``start``: what the quotes hold, else up to where the sentence goes on."""
    start = past_hint(passage.text, start)
    text = passage.text[start:]
    folded = fold(text)
    quoted = re.match(
        r'\s*[:\-]?\s*(?:formation|action|stage)?\s*[«"“]\s*(?P<in>[^»"”]{3,200}?)\s*[»"”]',
        text,
        re.IGNORECASE,
    )
    if quoted is not None:
        begin, end = quoted.span("in")
    else:
        lead = re.match(r"[\s:.\-–—«\"]*(?:(?:Titre|Intitulé)\s+(?=[A-ZÀ-Ý]))?", text)
        begin = lead.end() if lead else 0
        stops = (_TITLE_STOP.search(folded, begin + 3), HINT.search(folded, begin + 3))
        end = min((stop.start() for stop in stops if stop is not None), default=len(text))
    title = text[begin:end].strip(' .,;:–—-«»"/|·•')
    if len(re.sub(r"[\W\d_]", "", title)) < 3 or len(title) > 200 or _CLAUSE.match(fold(title)):
        return None
    at = text.find(title, begin)
    if passage.read_by is ReadBy.OCR and title[:1].islower():
        sure = min(sure, _CUT)  # its beginning is lost
    return candidate(title, passage, start + at, start + at + len(title), sure, "", standing)


def spoken_titles(leaves: Leaves, *concepts: str, standing: int = 0) -> Iterator[Candidate]:
    for leaf in leaves:
        for statement in leaf.said(*concepts):
            if statement.passage.text[: statement.value_at].rstrip()[-1:] in ("»", "”"):
                continue  # "« l'organisme de formation »" closes here
            tail = statement.passage.text[statement.start :]
            opening = re.search(r'[«"“]', tail[: statement.value_at - statement.start + 3])
            at = statement.start + opening.start() if opening is not None else statement.value_at
            made = title_at(statement.passage, LABELLED, standing, at)
            if made is None and not re.search(r"\w", statement.passage.text[at:]):
                made = _title_below(leaf, statement.passage, standing)
            if made is not None:
                yield made


def _title_below(leaf: Leaf, passage: Passage, standing: int) -> Candidate | None:
    """The title that stands on lines of its own under a sentence that announces it."""
    line = next_line(leaf, passage)
    if line is None or any(run.passage is line and leaf.labels.in_run(run) for run in leaf.view.runs):
        return None
    block = next((b.passage for b in leaf.view.blocks if b.passage.words[0] is line.words[0]), line)
    return title_at(block, NEAR, standing)
