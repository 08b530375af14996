"""Who signed: the places of a document where somebody signs, and what hands left there.

A place is announced by a caption ("Signature", "Pour l'organisme", "Le salarié") beneath the closing line
("Fait à …"). Its column is looked at as a picture, on a text page as on a scan. A stamp alone is not a
signature; an electronic signature ("Signé électroniquement par …") is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dossier.reading import Box, Field, ReadBy
from extractors.captions import captions_of
from extractors.french.letters import fold
from extractors.layout import around, meet
from extractors.leaf import Leaf
from extractors.pen import Drawn, Figure, Stamp, drawn_by_hand
from extractors.received import received
from extractors.typed import signed_in_type
from extractors.view import Run

PROVIDER, CUSTOMER, TRAINEE = "provider", "customer", "trainee"

_ROLES = (
    (
        TRAINEE,
        r"stagiaire|salariee?\b|interimaire|beneficiaire\b|apprenant|alternante?\b|participante?\b|titulaire"
        r"|candidate?\b",
    ),
    (
        PROVIDER,
        r"organisme|prestataire|dispensateur|centre de formation|formateur|formatrice|directeur pedagogique"
        r"|responsable pedagogique",
    ),
    (
        CUSTOMER,
        r"entreprise|employeur|client|cocontractant|commanditaire|societe|agence|travail temporaire|\bett\b"
        r"|tuteur|utilisatrice",
    ),
)

_ELECTRONIC = re.compile(
    r"signee? (?:electroniquement|numeriquement|en ligne)"
    r"|signature (?:electronique|numerique) (?:de|par|le|qualifiee|avancee|apposee|validee)"
    r"|(?:docusign|yousign|universign|adobe sign|certificat de signature|digitally signed)"
)
_STAMP_LIKE = 20.0
"""Millimetres: a figure this tall may be a stamp."""

_TALLER_THAN_LETTERS = 6.0
"""Millimetres: no letter of a stamp is so tall."""

_ANY_INK = 0.55
"""How sure a signature is where the ink may as well be a stamp's: a person looks."""

_STAMPED = 3
"""Words that lean: so many together are a stamp's."""

_LINE = 0.16
"""How high a signature is at least for its width; a lower one on a scan may be a ruled line."""

_BARE = 0.75
"""Millimetres of ink across, on the whole of its width, that a signature has at least; a line has less."""

_LONG = 35.0
"""Millimetres: so flat a figure as long as this is a line whatever ink it has."""

_PEN_AND_OUTLINE = 12
"""Things drawn in a stamp: more are its letters."""

_TYPE_ALONE = 0.8
"""How sure a stamp is at most that shows on a scan by its leaning letters alone."""

_UNANNOUNCED = 0.8
"""How sure at most the want of a signature is where nothing says that one belongs there."""

_PRINTED_OCR = 0.55
"""The least confidence of an OCR word that counts as type: a signature read as letters stays below."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place to sign and what stands there. ``role`` is provider, customer, trainee or "". ``askew``: type
    leans there as a stamp's does. ``letters``: the stamp's type
    may be among the figures. ``announced`` unless it is only the stretch under the text."""

    page: int
    caption: str
    role: str
    box: Box
    figures: tuple[Figure, ...]
    faint: tuple[Figure, ...]
    stamps: tuple[Stamp, ...]
    electronic: str = ""
    stamp_text: bool = False
    askew: bool = False
    letters: bool = True
    on_scan: bool = False
    announced: bool = True

    @property
    def signed(self) -> bool:
        return bool(self.figures or self.electronic)

    @property
    def stamped(self) -> bool:
        return bool(self.stamps) or self.stamp_text or self.askew

    @property
    def confidence(self) -> float:
        """How sure `signed` is; no signature is missed for sure where no word says that one belongs there."""
        return self._seen if self.announced or self.signed else min(self._seen, _UNANNOUNCED)

    @property
    def _seen(self) -> float:
        if self.electronic:
            return 0.96
        if self.figures:
            likely = [f for f in self.figures if f.tall < _STAMP_LIKE]
            if not likely:
                return 0.65  # taller than people sign: a stamp whose outline was not made out
            best = max(likely, key=lambda f: f.tall * (1 - 0.7 * f.inside))
            bare = best.area < _BARE * best.wide or best.wide > _LONG
            if self.on_scan and best.tall < _LINE * best.wide and bare:
                return _ANY_INK  # a leaning line, of a frame that was not made out
            sure = 0.97 if best.tall >= 4.5 and best.wide >= 8 else 0.9 if best.tall >= 3.8 else 0.8
            if best.pieced:
                sure = min(sure, 0.85)
            if self.letters and all(f.inside > 0.85 for f in self.figures):
                # letters of a stamp that ran together look the same, but for their height; those of a text
                # layer are known, and what is left is ink
                known = self.stamp_text and not self.on_scan
                sure = min(sure, 0.72 if known or best.tall >= _TALLER_THAN_LETTERS else _ANY_INK)
            if self.on_scan and self.stamp_text and best.tall < 4.5:
                sure = min(sure, _ANY_INK)  # a word that a stamp struck through, or of its own
            return min(sure, 0.95) if self.on_scan else sure
        if self.faint:
            return 0.6
        return 0.92 if self.on_scan else 0.97


class Signing:
    """All places to sign of a document. One that announces none has a place only where it is signed."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self.leaves = leaves
        self.places: tuple[Place, ...] = tuple(place for leaf in leaves for place in _places(leaf))
        if not self.places and leaves:
            self.places = tuple(place for place in below_text(leaves[-1]) if place.signed)

    def of(self, *labels: str) -> tuple[Place, ...]:
        """Places of these roles, or whose caption holds one of these words; all without labels."""
        wanted = [fold(label) for label in labels]
        return tuple(
            p for p in self.places if not wanted or any(w == p.role or w in fold(p.caption) for w in wanted)
        )


def signed(leaves: Sequence[Leaf], *labels: str) -> Field | None:
    """Whether every place to sign (of these roles or captions) carries a signature.

    ``labels``: PROVIDER, CUSTOMER, TRAINEE or words of the caption; without labels all places count. None
    where the document has no such place.
    """
    return all_signed(Signing(leaves).of(*labels))


def stamped(leaves: Sequence[Leaf], *labels: str) -> Field | None:
    """Whether a stamp stands at one of the places to sign. None where the document has no such place."""
    return any_stamped(Signing(leaves).of(*labels))


def all_signed(places: Sequence[Place]) -> Field | None:
    """True when each place is signed, as sure as the least sure; False as sure as the surest blank."""
    if not places:
        return None
    blank = [p for p in places if not p.signed]
    if blank:
        surest = max(blank, key=lambda p: p.confidence)
        return _flag(False, surest, surest.confidence, f"nothing written at {surest.caption[:40]!r}")
    least = min(places, key=lambda p: p.confidence)
    return _flag(True, least, least.confidence, "signed electronically" if least.electronic else "")


def both_signed(places: Sequence[Place]) -> Field | None:
    """`all_signed` of a paper that two parties sign: fewer than two places seen make a yes doubtful."""
    found = all_signed(places)
    if found is None or not found.value or len(places) >= 2:
        return found
    middles = [(f.box.x0 + f.box.x1) / 2 for f in places[0].figures if f.wide >= 6]
    if middles and max(middles) - min(middles) > 0.28:
        return replace(
            found, confidence=min(found.confidence, 0.8), note="two signatures, one place told apart"
        )
    return replace(found, confidence=0.5, note="one place to sign was seen where two are needed")


def any_signed(places: Sequence[Place]) -> Field | None:
    """True when one of the places is signed."""
    if not places:
        return None
    held = [p for p in places if p.signed]
    if held:
        best = max(held, key=lambda p: p.confidence)
        return _flag(True, best, best.confidence, "signed electronically" if best.electronic else "")
    least = min(places, key=lambda p: p.confidence)
    note = "a stamp and no signature" if any(p.stamped for p in places) else "nothing written"
    return _flag(False, least, least.confidence, note)


def any_stamped(places: Sequence[Place]) -> Field | None:
    if not places:
        return None
    for place in places:
        if place.stamps:
            form = place.stamps[0].form
            sure = _TYPE_ALONE if form == "type" else 0.93 if place.on_scan else 0.97
            return _flag(True, place, sure, f"a {form}")
    for place in places:
        if place.askew:
            return _flag(True, place, 0.93, "type that stands askew")
    for place in places:
        if place.stamp_text:
            return _flag(True, place, 0.8, "an address block without a frame")
    return _flag(False, places[0], 0.8 if places[0].on_scan else 0.93, "no stamp seen")


def _flag(value: bool, place: Place, confidence: float, note: str) -> Field:
    box = place.box
    if value and place.figures:
        box = around(f.box for f in place.figures)
    read_by = ReadBy.OCR if place.on_scan else ReadBy.TEXT
    return Field(value, place.caption, place.page, box, read_by, confidence, note)


# ---------------------------------------------------------------- finding the places


def _places(leaf: Leaf) -> tuple[Place, ...]:
    groups = captions_of(leaf)
    if not groups:
        return ()
    closing = leaf.closing
    top = min(run.box.y0 for group in groups for run in group)
    if closing is not None and 0 < top - closing.box.y0 < 0.08:
        top = closing.box.y0
    return _looked_at(leaf, groups, top)


def below_text(leaf: Leaf) -> tuple[Place, ...]:
    """The stretch under the last paragraph of a page, for a paper signed without a word that says where."""
    long = [
        run
        for run in leaf.view.runs
        if len(run.text) > 45 and run.box.x1 - run.box.x0 > 0.38 and run.box.y1 < 0.86
    ]
    if not long:
        return ()
    last = max(long, key=lambda run: run.box.y1)
    places = _looked_at(leaf, [[last]], last.box.y0, whole=True)
    return tuple(replace(place, announced=False) for place in places)


def _looked_at(leaf: Leaf, groups: list[list[Run]], top: float, whole: bool = False) -> tuple[Place, ...]:
    page = leaf.page
    lead = 3 / 25.4 * 72 / page.height
    band = Box(0.02, max(0.0, top - lead), 0.98, 0.965)
    drawn = drawn_by_hand(page, band, _printed(leaf, band))
    zones = [band] if whole else _zones(leaf, groups, band)
    electronic = [
        run for run in leaf.view.runs if run.box.y0 > band.y0 and _ELECTRONIC.search(fold(run.text))
    ]
    electronic += signed_in_type(leaf, band.y0)
    return tuple(
        _place(leaf, group, zone, zones, drawn, electronic) for group, zone in zip(groups, zones, strict=True)
    )


def _place(
    leaf: Leaf, group: list[Run], zone: Box, zones: Sequence[Box], drawn: Drawn, electronic: Sequence[Run]
) -> Place:
    def mine(box: Box) -> bool:
        return _nearest(box, zones, leaf) == zone

    caption = " / ".join(run.text for run in group)
    said = next((run.text for run in electronic if mine(run.box)), "")
    return Place(
        page=leaf.page.number,
        caption=caption,
        role=_role(caption),
        box=zone,
        figures=tuple(f for f in drawn.figures if mine(f.box)),
        faint=tuple(f for f in drawn.faint if mine(f.box)),
        stamps=tuple(s for s in drawn.stamps if mine(s.box) and not received(leaf, s.box)),
        electronic=said,
        stamp_text=any(mine(run.box) for run in _addresses(leaf, group, zone)),
        askew=sum(mine(box) and not received(leaf, box) for box in _askew(leaf)) >= _STAMPED,
        letters=_may_hold_letters(leaf, [stamp.box for stamp in drawn.stamps if mine(stamp.box)]),
        on_scan=leaf.ocr,
    )


def _may_hold_letters(leaf: Leaf, stamps: Sequence[Box]) -> bool:
    """Whether a stamp's letters may be drawn or pictured, and not only be type, which is known."""
    traces = leaf.page.traces
    if traces is None:
        return True
    inside = [box for box in traces.boxes if any(meet(box, stamp) for stamp in stamps)]
    return len(inside) > _PEN_AND_OUTLINE or any(box in traces.pictures for box in inside)


def _askew(leaf: Leaf) -> tuple[Box, ...]:
    return () if leaf.page.traces is None else leaf.page.traces.askew


_ADDRESS = re.compile(r"\bsire[tn]\b|\b\d{5} [a-z]{3}")


def _addresses(leaf: Leaf, group: list[Run], zone: Box) -> Iterator[Run]:
    """Narrow blocks with a SIRET or a postcode under a caption: what a stamp prints, framed or not."""
    top = min(run.box.y0 for run in group)
    for block in leaf.view.blocks:
        box = block.box
        if box.y0 < top or box.y0 > min(zone.y1, 0.87) or box.x1 - box.x0 > 0.34:
            continue
        lines = [run for run in block.runs if run not in group]
        row = around(other.box for run in lines for other in leaf.view.rows[run.row]) if lines else box
        alone = row.x1 - row.x0 < 0.45 or len(lines) >= 3
        if lines and alone and _ADDRESS.search(fold(block.passage.text)):
            yield lines[-1]


def _nearest(box: Box, zones: Sequence[Box], leaf: Leaf) -> Box | None:
    """The zone that holds the box's middle, else the one it lies nearest to, within 15 mm."""
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2

    def away(zone: Box) -> float:
        aside = max(zone.x0 - x, 0.0, x - zone.x1) * leaf.page.width
        apart = max(zone.y0 - y, 0.0, y - zone.y1) * leaf.page.height
        return (aside + apart) * 25.4 / 72

    best = min(zones, key=away)
    return best if away(best) <= 15 else None


def _role(caption: str) -> str:
    folded = fold(caption)
    for role, pattern in _ROLES:
        if re.search(pattern, folded):
            return role
    return ""


def above_closing(leaf: Leaf, box: Box) -> bool:
    """Whether a box stands in the body of the paper and not among the places to sign."""
    closing = leaf.closing
    return closing is None or box.y0 < closing.box.y0


def _zones(leaf: Leaf, groups: list[list[Run]], band: Box) -> list[Box]:
    """Each place's column: up to the next place beside it, down to the next place below it."""
    zones = []
    boxes = [around(run.box for run in group) for group in groups]
    reach = 5 * leaf.view.tall
    for box in boxes:
        beside = [other for other in boxes if other is not box and abs(other.y0 - box.y0) < reach]
        right = min((_edge(leaf, box, o) for o in beside if o.x0 > box.x0 + 0.05), default=band.x1)
        left = max((_edge(leaf, o, box) for o in beside if o.x0 < box.x0 - 0.05), default=band.x0)
        under = [o.y0 for o in boxes if o.y0 >= box.y0 + reach and o.x0 < right and o.x1 > left]
        bottom = min([*under, box.y1 + 65 / 25.4 * 72 / leaf.page.height, band.y1])
        zones.append(Box(left, box.y0 - 0.006, right, bottom))
    return zones


def _edge(leaf: Leaf, left: Box, right: Box) -> float:
    """Where the place of the caption on the right begins: at a rule between the two, else at the caption."""
    middle = (right.y0 + right.y1) / 2
    rules = (s for s in leaf.page.strokes if not s.horizontal and s.y0 <= middle <= s.y1)
    return max((s.x0 for s in rules if left.x1 < s.x0 < right.x0), default=right.x0 - 0.012)


def _printed(leaf: Leaf, band: Box) -> list[Box]:
    """Boxes of type. On a scan a short word alone may be a signature read as letters: it is left out."""
    tall = leaf.view.tall
    held = []
    for run in leaf.view.runs:
        if run.box.y1 < band.y0 or run.box.y0 > band.y1:
            continue
        if leaf.ocr and sum(c.isalnum() for c in run.text) < 6:
            continue
        for word in run.line.words:
            doubtful = word.confidence < _PRINTED_OCR or not any(c.isalnum() for c in word.text)
            if not leaf.ocr or not (doubtful or word.box.y1 - word.box.y0 > 1.9 * tall):
                held.append(word.box)
    return held
