"""Address blocks of an invoice: their lines, the name over the street, and what tells whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dossier.reading import Box, ReadBy
from extractors.candidate import LABELLED, NEAR, Candidate
from extractors.french.identifiers import sirets_in
from extractors.french.letters import fold, tight
from extractors.layout import around
from extractors.leaf import Leaf
from extractors.seek import organisation_at
from extractors.view import Passage, Run, View, clean

_STREET = re.compile(
    r"""(?:^|[,\s-])\d{1,4}\s*(?:bis|ter|quater|[a-d](?=[\s,]))?[\s,]+(?:rue|avenue|av|ave|bd|bld|boulevard|place|pl|chemin
      |ch|route|rte|impasse|imp|allees?|cours|quai|zone|zac|za|zi|parc|square|passage|rond|esplanade
      |faubourg|fg|voie|sentier|lotissement|residence|villa|mail|promenade|montee|cite
      |chaussee|traverse|ruelle|venelle)\b
      | ^(?:zone|zac|za|zi|bp|cs|lieu[- ]dit|immeuble|batiment|bat|tour
        |parc\sd'activites?|centre\sd'affaires)\b""",
    re.VERBOSE,
)
_TOWN = re.compile(r"(?:^|[\s,–-])(?:f-?)?(?P<code>\d{5})\s+(?:cedex\s+)?[a-z][a-z' -]{1,}")
NDA_WORDS = re.compile(
    r"(?:declaration|decl\.?) (?:d'|d )?activite|\bnda\b|d'existence|agrement formation"
    r"|\bn° ?(?:d'activite|da\b|de declaration)|prefet de (?:la )?region|n° existence"
    r"|prestataire de formation|organisme de formation (?:enregistre|n°)"
)
_HOUSE = re.compile(
    r"\btel\b|telephone|(?<!\d)0\d(?:[ .]?\d\d){4}(?!\d)|@|www\.|\bcapital\b"
    r"|\brcs\b|\bnaf\b|\bape\b|qualiopi|tva intra|\bfax\b|mobile"
)
_FUNDER = re.compile(
    r"\bopco\b|\bakto\b|\bafdas\b|uniformation|constructys|\bocapiat\b|\batlas\b|opcommerce|\bfpett\b"
    r"|\bopcaim\b|\badefim\b"
    r"|operateur de competences|fonds (?:professionnel|d'assurance)|france travail|transitions pro"
)
_SUPPLIER_ROLE = re.compile(
    r"^\W*(?:emet[a-z]{0,5}|fournisseur|vendeur|prestataire|organisme de formation|emis par|emise par|de"
    r"|de la part de|notre adresse|dispensateur)\W*$"
)
_CUSTOMER_ROLE = re.compile(
    r"^\W*(?:dest[a-z]{2,8}|client|clients?e?|adresse de facturation|facture a|facturer a|facturee? a"
    r"|adressee? a|doit|a|pour|acheteur|payeur|"
    r"a l'attention de|a l'attention du|votre entreprise|commanditaire|financeur|debiteur|facturation"
    r"|entreprise cliente|tiers payeur|client facture)\W*$"
)
_ROLE_LEAD = re.compile(
    r"^\W*(?P<role>emetteur|fournisseur|vendeur|prestataire|client|destinataire|facturee? a|facturer a"
    r"|adressee? a|doit|acheteur|payeur|commanditaire)\s*[:\-–]?\s+(?=\w)"
)
_NO_NAME = re.compile(
    r"^\W*(?:(?:siret|siren|nda|tel|fax|mail|courriel|iban|bic|tva|code|ref|date|facture|avoir|devis|page"
    r"|echeance|adresse|telephone|service|dossier|numero|objet|nos?|rcs|capital|contact|fait|total|client"
    r"|direction|departement|agence comptable|comptabilite"
    r"|interlocuteur|email|site|montant|stagiaire|declaration|prestataire de formation|decl|note d'honoraires"
    r"|memoire d'honoraires|bon de commande)\b"
    r"|n°|www|votre|pro ?forma|a l'attention|formation\s*[:\"]|exoner|au capital|organisme de formation"
    r"|(?:sas|sasu|sarl|eurl|sa|scop|sci)\W*(?:$|au capital|\d)|le \d|net )"
)


_REFERENCE = re.compile(r"\W*(?=(?:\D*\d){4})[a-z]{0,6}[-/. ]?\d[\w./-]*")
"""A customer's code or a number, which no house is called."""

_PLEADS = re.compile(r"\bdoi(?:t|vent)\s+a\b")
"""A sentence that names both houses: "X, 3 rue du Port, doit à Y …"."""

OPEN_ENDED = "another line of its size follows"
"""A name that may go on, or be followed by a trade or a person: nothing tells."""


@dataclass(frozen=True, slots=True)
class Card:
    """An address block: its lines, the name above the street, and what tells whose it is.

    ``role`` above zero speaks for the supplier, below for the customer.
    """

    leaf: Leaf
    runs: tuple[Run, ...]
    name: Candidate | None
    role: float
    said: str
    siret: str = ""
    payer: bool = False

    @property
    def box(self) -> Box:
        return around(run.box for run in self.runs)

    def holds(self, box: Box, page: int) -> bool:
        held = self.box
        return (
            page == self.runs[0].passage.page
            and held.x0 - 0.01 <= box.x0 <= held.x1 + 0.01
            and held.y0 - 0.004 <= box.y0 <= held.y1
        )


def cards(
    leaves: Sequence[Leaf], employers: Iterable[str], paid: Sequence[tuple[int, Box]] = ()
) -> tuple[Card, ...]:
    """All address blocks, top to bottom. ``employers``: names of the trainee's employer.

    ``paid``: by page, where the bill is said to be paid: an address stamped there is the payer's.
    """
    known = {tight(name) for name in employers if name}
    found: list[Card] = []
    for leaf in leaves:
        used: set[int] = set()
        stamps = [box for page, box in paid if page == leaf.page.number]
        for run in leaf.view.runs:
            if id(run) not in used and _is_address(run):
                card = _grown(leaf, run, known)
                used.update(id(held) for held in card.runs)
                found.append(_as_payers(card) if any(_stamped(card, box) for box in stamps) else card)
    return tuple(found)


_STAMP_ABOVE, _STAMP_UNDER = 0.055, 0.16
"""Fractions of the page around the paid mention where the payer's stamp stands."""


def _stamped(card: Card, mention: Box) -> bool:
    box = card.box
    near = mention.y0 - _STAMP_ABOVE < box.y0 < mention.y1 + _STAMP_UNDER
    return near and not NDA_WORDS.search(card.said)


def _as_payers(card: Card) -> Card:
    """A stamp is turned and its lines may run into one another: its SIRET counts, its name does not."""
    return replace(card, role=-2.0, name=None, payer=True)


def _is_address(run: Run) -> bool:
    folded = fold(run.text)
    return (
        len(folded) < 260
        and not _PLEADS.search(folded)
        and bool(
            _STREET.search(folded)
            or (_TOWN.search(folded) and not re.search(r"\ble \d|iban", folded))
            or _is_legal(run)
        )
    )


def _is_legal(run: Run) -> bool:
    """A line of legal mentions: a name, its SIRET, its activity number."""
    folded = fold(run.text)
    named = re.search(r"\w.{0,60}\bsiret\b", folded) is not None
    return named and bool(NDA_WORDS.search(folded)) and bool(sirets_in(run.text))


def role_of(leaf: Leaf, run: Run) -> str:
    """The words of a run that are nothing but a role, as a scan may have worn them; "" for any others."""
    folded = fold(run.text)
    if _SUPPLIER_ROLE.match(folded) or _CUSTOMER_ROLE.match(folded):
        return folded
    for mark in leaf.labels.in_run(run) if leaf.ocr else ():
        if mark.score > 0.8 and not mark.begun and mark.value_at >= len(run.text):
            if mark.says("supplier"):
                return "emetteur"
            if mark.says("customer"):
                return "client"
    return ""


def _grown(leaf: Leaf, seed: Run, employers: set[str]) -> Card:
    view = leaf.view
    opens_with_street = re.match(r"\W*\d", seed.text) is not None
    above = [] if _is_legal(seed) and not opens_with_street else list(_neighbours(view, seed, up=True))
    below = list(_neighbours(view, seed, up=False))
    role_above = ""
    names: list[Run] = []
    for run in above:
        folded = role_of(leaf, run)
        if folded:
            role_above = folded
            break
        names.insert(0, run)
    runs = (*names, seed, *below)
    inside = next((m for run in names[:1] if (m := _ROLE_LEAD.match(fold(run.text)))), None)
    if not names:
        inside = _ROLE_LEAD.match(fold(seed.text))
    name = _name(view, names, seed)
    said = " ".join(fold(run.text) for run in runs)
    if inside is not None:
        role_above = inside["role"]
    role = _role(runs, role_above, name, said, employers)
    if not NDA_WORDS.search(said) and _goes_on_as_supplier(view, runs):
        role += 2.0
    sirets = sirets_in(" ".join(run.text for run in runs))
    return Card(leaf, runs, name, role, said, sirets[0].value if len({s.value for s in sirets}) == 1 else "")


_COLUMN = 0.25
"""Of the page's height: how far under an address its house's other numbers may stand."""


def _goes_on_as_supplier(view: View, runs: Sequence[Run]) -> bool:
    """Under the address, on its left edge, stands what only who bills prints: its activity, its account."""
    box = around(run.box for run in runs)
    return any(
        abs(run.box.x0 - box.x0) < 0.01
        and 0 < run.box.y0 - box.y1 < _COLUMN
        and bool(NDA_WORDS.search(fold(run.text)) or re.match(r"\W*iban\b", fold(run.text)))
        for run in view.runs
    )


def _neighbours(view: View, seed: Run, up: bool) -> Iterator[Run]:
    """Lines that go on from ``seed`` in its column, until a gap, a rule or something that is no address."""
    edge, last = seed.box.x0, seed
    rows = view.rows[: seed.row][::-1] if up else view.rows[seed.row + 1 :]
    step = 1.3 * view.tall / view.aspect
    middle = (seed.box.x0 + seed.box.x1) / 2
    right = seed.box.x1
    gridded = _gridded(view, seed)
    for row in rows[:9]:
        aligned = [
            run
            for run in row
            if abs(run.box.x0 - edge) < step
            or abs((run.box.x0 + run.box.x1) / 2 - middle) < 0.5 * step
            or abs(run.box.x1 - right) < 0.4 * step
        ]
        gap_to = row[0].box
        gap = last.box.y0 - gap_to.y1 if up else gap_to.y0 - last.box.y1
        if not aligned:
            if gap > 1.7 * view.tall:
                return
            continue
        run = aligned[0]
        gap = last.box.y0 - run.box.y1 if up else run.box.y0 - last.box.y1
        if gap > 1.7 * max(view.tall, run.height):
            return
        upper, lower = (run, last) if up else (last, run)
        ruled = not gridded and view.ruled_between(upper.box, lower.box)
        folded = fold(run.text)
        if ruled and not (_SUPPLIER_ROLE.match(folded) or _CUSTOMER_ROLE.match(folded)):
            return
        if re.match(
            r"\W*(?:facture|avoir|devis|objet|date|echeance|designation|stagiaire|beneficiaire"
            r"|votre dossier|ref)\b",
            folded,
        ) and not _CUSTOMER_ROLE.match(folded):
            return
        if not up and _CUSTOMER_ROLE.match(folded):
            return
        yield run
        last = run


def _gridded(view: View, seed: Run) -> bool:
    """A rule parts the street from its town, as in a spreadsheet's cells: rules end no address here."""
    street = _STREET.search(fold(seed.text)) is not None
    for row in view.rows[seed.row + 1 : seed.row + 2] if street else ():
        for run in row:
            if abs(run.box.x0 - seed.box.x0) < 0.01 and _TOWN.search(fold(run.text)):
                return view.ruled_between(seed.box, run.box)
    return False


def _name(view: View, names: Sequence[Run], seed: Run) -> Candidate | None:
    """The organisation above the street, or before it on the same line."""
    lines = [run for run in names if not _NO_NAME.match(fold(run.text)) or _ROLE_LEAD.match(fold(run.text))]
    lines = [run for run in lines if not _STREET.search(fold(run.text)) and len(tight(run.text)) > 1]
    if not lines:
        folded = fold(seed.text)
        before = _STREET.search(folded) or _TOWN.search(folded) or re.search(r"\W\s*siret\b", folded)
        if before is None or before.start() < 3:
            return None
        lead = _ROLE_LEAD.match(fold(seed.text))
        sure = (
            NEAR if _STREET.search(folded) or "siret" in folded else 0.7
        )  # a hamlet stands before a town too
        made = organisation_at(seed.passage, sure, 0, lead.end() if lead else 0)
        return made if made is not None and not _NO_NAME.match(fold(str(made.value))) else None
    tallest = max(run.height for run in lines)
    if len(tight(lines[0].text)) <= 3 and len(lines) > 1:
        lines = lines[1:]
    held = _large(lines, seed, view)
    if not held:
        held = [
            next(
                (run for run in lines if run.height > 1.25 * seed.height and run.height >= 0.9 * tallest),
                lines[0],
            )
        ]
    first = held[0]
    for run in lines[lines.index(held[-1]) + 1 :]:
        if not _wraps(held[-1], run):
            break
        held.append(run)
    lead = _ROLE_LEAD.match(fold(first.text))
    passage = without_monogram(view.passage(word for run in held for word in run.line.words))
    rest = lines[lines.index(held[-1]) + 1 :]
    alike = any(abs(run.height - first.height) < 0.06 * first.height for run in rest)
    made = organisation_at(passage, LABELLED, 0, lead.end() if lead else 0)
    if made is None or not alike:
        return made
    return replace(made, confidence=min(made.confidence, 0.8), note=OPEN_ENDED)


def no_name(text: str) -> bool:
    """The text is a label, a title, an address or a number: no organisation's name."""
    folded = fold(text)
    return bool(
        _NO_NAME.match(folded)
        or _REFERENCE.fullmatch(folded)
        or _CUSTOMER_ROLE.match(folded)
        or _SUPPLIER_ROLE.match(folded)
        or _STREET.search(folded)
    )


def whole_name(view: View, first: Run, among: Sequence[Run]) -> tuple[Run, ...]:
    """A prominent name with the lines above and below that go on with it: one size, larger than the text."""
    slack = 1.4 if view.page.read_by is ReadBy.OCR else 1.08
    held = [first]
    for run in sorted(among, key=lambda r: r.box.y0):
        if run is first or len(held) > 2:
            continue
        small, large = sorted((run.height, first.height))
        upper, lower = (run, held[0]) if run.box.y0 < first.box.y0 else (held[-1], run)
        prominent = small > 1.12 * view.tall or _wraps(upper, lower)
        gap = lower.box.y0 - upper.box.y1
        near = abs(lower.box.x0 - upper.box.x0) < 0.015 and -0.3 * small < gap < 1.1 * small
        if large <= slack * small and prominent and near and not view.ruled_between(upper.box, lower.box):
            held = sorted([*held, run], key=lambda r: r.box.y0)
    return tuple(held)


def _large(lines: Sequence[Run], seed: Run, view: View) -> list[Run]:
    """The lines that stand out from the address by one size: a large name may take two."""
    out = [run for run in lines if run.height > 1.4 * seed.height]
    if not out:
        return []
    slack = 0.7 if view.page.read_by is ReadBy.OCR else 0.88  # an accent makes OCR's boxes taller
    tallest = max(run.height for run in out)
    held = [run for run in out if run.height > slack * tallest]
    start = lines.index(held[0])
    return [run for at, run in enumerate(held) if lines.index(run) == start + at]


def without_monogram(passage: Passage) -> Passage:
    """Without the initials that a logo sets before a name: "FO Formalis Ouest"."""
    first, *rest = (clean(word.text) for word in passage.words)
    initials = "".join(word[0] for word in rest if word[:1].isupper())
    if len(first) <= 3 and first.isupper() and first.isalpha() and initials.startswith(first):
        return passage.part(len(first) + 1, len(passage.text))
    return passage


def _wraps(above: Run, below: Run) -> bool:
    """Whether a name goes on on the next line: same size, and it visibly had to."""
    small, large = sorted((above.height, below.height))
    if large > 1.12 * small:
        return False
    ends_open = re.search(r"(?:[&,'-]|\b(?:et|de|du|des|la|le|les|pour|en))$", fold(above.text))
    return bool(ends_open) or below.text[:1].islower() or bool(re.match(r"&|[A-Z]{2,4}$", below.text))


def _role(runs: Sequence[Run], role: str, name: Candidate | None, said: str, employers: set[str]) -> float:
    weight = 0.0
    box = around(run.box for run in runs)
    if role:
        weight += 3.0 if _SUPPLIER_ROLE.match(role) else -3.0
        if role in ("de", "a", "pour"):
            weight *= 0.8
    if NDA_WORDS.search(said):
        weight += 3.0
    if box.y0 > 0.82:
        weight += 3.0
    if "iban" in said:
        weight += 1.5
    if _HOUSE.search(said):
        weight += 1.0
    if name is not None:
        called = fold(str(name.value))
        if _FUNDER.search(called):
            weight -= 3.0
        if tight(called) in employers:
            weight -= 2.0
    if box.y0 < 0.11 or (box.x0 < 0.4 and box.y0 < 0.3):
        weight += 0.7
    elif box.x0 > 0.42 and box.y0 < 0.5:
        weight -= 1.0
    return weight
