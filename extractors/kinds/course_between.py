"""The parties of a contract by what stands in their own stretch of it: a number, a registration, a role.

"Entre X, …, d'une part, et Y, …, d'autre part" has a stretch for each; so has "De : X, SIRET …" over "À : Y,
SIRET …". Who is registered as a trainer is the provider, whatever the paper calls him.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.candidate import Candidate
from extractors.french.identifiers import sirets_in
from extractors.french.letters import fold, tight
from extractors.french.no_names import no_house
from extractors.french.organisations import opens_street
from extractors.french.people import PersonFound, person_of
from extractors.leaf import Leaf
from extractors.page import Word
from extractors.seek import id_candidate, organisation_at
from extractors.signatures import above_closing
from extractors.view import Passage, Run

Leaves = Sequence[Leaf]

_SIDES = r"(?:\s(?:les\s)?(?:parties\s)?soussigne\(?e?\)?s?\(?e?s?\)?)?"
_BEGINS = re.compile(
    rf"^\W*(?:(?:\w.{{0,70}}\s)?(?:conclue?|passee?|etablie?|signee?|convenue?)\s)?entre{_SIDES}(?:\b.{{0,24}})?\W*$"
    r"|^\W*(?:les )?(?:parties|soussigne\(?e?\)?s?)(?: soussignee?s| (?:contractantes|signataires))?\W*$"
)
_BEGINS_INLINE = re.compile(
    rf"^\W*(?:(?:\w.{{0,70}}\s)?(?:conclue?|passee?|etablie?|signee?|convenue?)\s)?entre{_SIDES}\s*:?\s+(?=\S)"
)
_ENDS = re.compile(
    r"^\W*(?:art(?:icle)?\b\.?\s|titre\b|preambule|(?:il|elles|ils) (?:est|a|ont|sont)\b|objet\b"
    r"|(?:il )?(?:est|a ete) (?:conclue?|convenue?|passee?|etablie?|arretee?|expose)"
    r"|en (?:execution|application)|ceci\b|ci-apres|nous\b|(?:les )?soussigne|dans le cadre)"
)
_ITEM = re.compile(r"^\W*(?:1|i|a)\s?[.),°/-]\s")
"""The first party of a numbered pair, or the first clause where parties stand already."""
_NEXT = re.compile(r"^\W*(?:et\b|d'autre part|d'une part|ainsi que\b|[-–•]\s|(?:2|ii|b)\s?[).,°/-]\s)\W*")
_CLOSES = re.compile(r"\bd'(?:une|autre) part\W*$")
_TURN = re.compile(
    r"(?:[),;.\"»]|\bd'une part)\s*,?\s*(?P<and>(?:et|ainsi que)\s*[:,]?\s+)"
    r"(?=(?:la |le |l'|les |madame |monsieur |mme |m\.? ?)?(?P<name>\w))"
)
REGISTERED = re.compile(
    r"declaration (?:d'activite|n°)|\bn\.?d\.?a\b|\bn\W{0,2}\s?da\b|prestataire de formation"
    r"|dispensateur de formation|organisme (?:de formation|formateur|declare)|organisme dispensateur"
    r"|activite declaree|declaree? (?:sous|aupres|a la)|enregistree? sous le n"
    r"|n° d'(?:enregistrement|activite)"
    r"|ci-apres\W.{0,20}\b(?:organisme|prestataire)\b"
)
_LEAD = re.compile(
    r"^\W*(?:(?:de|a|entre|et|pour|par|[12ab]|ii?)\s*[:.),°]\s*|(?:ainsi que|et)\s*[:,]?\s+"
    r"|d'(?:une|autre) part\W+)*"
    r"(?:la societe |l'(?:entreprise|agence) (?:de travail temporaire |d'interim |d'emploi |utilisatrice )?"
    r"|l'ett |l'association |l'organisme (?:de formation )?)?"
)
_LONGEST = 16
"""Lines after "entre" that are read for who the parties are."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a contract says of one house that is a party. ``registered``: as a trainer."""

    name: Candidate
    siret: Candidate | None
    registered: bool
    said: str
    """The stretch's words, folded."""


def stretches(leaves: Leaves) -> tuple[Stretch, ...]:
    """The two houses between "entre" and the first article; else every paragraph that begins with a name and
    bears a SIRET. Nothing where they are not two: who is alone has no opposite."""
    for find in (between, _with_number, _about_and):
        found = _told_once([made for leaf in leaves for made in find(leaf)])
        if len(found) == 2:
            return tuple(found)
    return ()


def _told_once(found: Sequence[Stretch]) -> list[Stretch]:
    """Houses named on a cover and again where the contract begins: what says most of each."""
    held: list[Stretch] = []
    for one in found:
        same = next((o for o in held if _same(o, one)), None)
        if same is None:
            held.append(one)
        elif len(one.said) > len(same.said):
            held[held.index(same)] = one
    return held


def _same(one: Stretch, other: Stretch) -> bool:
    """One house: by its number, or by a name that holds the other's: "Association X", "X"."""
    if one.siret is not None and other.siret is not None:
        return one.siret.value == other.siret.value
    a, b = tight(str(one.name.value)), tight(str(other.name.value))
    return a in b or b in a


def between(leaf: Leaf) -> tuple[Stretch, ...]:
    """The houses that a page names between "entre" and what is agreed; the people among them left out."""
    found = []
    for passage in [*_stretches(leaf)] or _agreeing(leaf):
        made = _stretch(passage)
        if made is not None:
            found.append(made)
    return tuple(found)


def people_between(leaf: Leaf) -> Iterator[tuple[PersonFound, Passage]]:
    """Those among the parties who are somebody and no house."""
    for passage in [*_stretches(leaf)] or _agreeing(leaf):
        start = _lead(passage)
        person = someone_at(passage.text, start)
        if person is not None:
            yield replace(person, start=person.start + start, end=person.end + start), passage


def _lead(passage: Passage) -> int:
    lead = _LEAD.match(fold(passage.text))
    return lead.end() if lead is not None else 0


def _stretch(passage: Passage) -> Stretch | None:
    folded, start = fold(passage.text), _lead(passage)
    if someone_at(passage.text, start) is not None:
        return None
    name = organisation_at(passage, 0.95, 0, start)
    if name is None or not str(name.value)[:1].isalnum() or str(name.value)[:1].islower():
        return None
    siret = next((id_candidate(passage, one, 0.97) for one in sirets_in(passage.text)), None)
    return Stretch(name, siret, REGISTERED.search(folded) is not None, folded)


_BORN = re.compile(r"\W*(?:nee?\b|ne\(e\)|demeurant|domicilie|salarie|interimaire)")
_ENDED = re.compile(r"\W*(?:ci-apres|d'autre part|$|\.)")


def someone_at(text: str, start: int) -> PersonFound | None:
    """The person whom a stretch begins with, told from a house by the civility or by what goes on."""
    person = person_of(text[start:])
    if person is None or not person.first:
        return None
    rest = fold(text[start + person.end :])
    told = person.civility or _BORN.match(rest) is not None or (person.sure and _ENDED.match(rest))
    return person if told else None


def _stretches(leaf: Leaf) -> Iterator[Passage]:
    """What stands from "entre" on, cut at "et", at "d'une part" and "d'autre part"."""
    words: list[list[Word]] = []
    first: int | None = None
    for run in leaf.view.runs:
        folded = fold(run.text)
        ended = _ENDS.match(folded) or (_ITEM.match(folded) and any(words))
        if first is not None and (ended or run.row - first > _LONGEST):
            first = None
        if first is None:
            inline = _BEGINS_INLINE.match(folded)
            named = inline is not None and ":" in inline[0] and run.text[inline.end()].isupper()
            if _BEGINS.match(folded) and not named:
                first = run.row
                words.append([])
            elif inline is not None:
                first = run.row
                words.append(list(run.passage.words_at(inline.end(), len(run.text))))
            continue
        if _NEXT.match(folded) and not opens_street(run.text):
            words.append([])
        words[-1].extend(run.line.words)
        if _CLOSES.search(folded):
            words.append([])
    for held in words:
        for passage in _turns(leaf, held) if held else ():
            if sum(char.isalpha() for char in passage.text) > 3 or sirets_in(passage.text):
                yield passage


_AGREE = re.compile(
    r"\b(?:conviennent|ont convenu|sont convenus|s'accordent|concluent|ont conclu|signent|ont signe)\b"
)
_ORDERS = re.compile(
    r"(?<!\ben )(?<!\bde )(?<!la )(?<!une )(?<!sa )(?<!tre )(?<!cette )"
    r"\b(?:confie|commande|passe commande|demande|achete|fait appel|s'adresse|recourt)\b"
    r"[^.;»\"]{0,30}?\b(?:a|aupres de)\s+"
    r"(?=(?:la societe |l'organisme |l'entreprise |l'association )?(?P<to>\w))"
)


def _agreeing(leaf: Leaf) -> Iterator[Passage]:
    """What a sentence without "entre" has of both: "X, …, et Y conviennent", "X, …, confie à Y, …"."""
    for passage in leaf.paragraphs:
        folded = fold(passage.text)
        agree, orders = _AGREE.search(folded), _ORDERS.search(folded)
        if agree is not None and " et " in folded[: agree.start()]:
            yield from _turns(leaf, passage.words_at(0, agree.start()))
        elif orders is not None and passage.text[orders.start("to")].isupper():
            yield passage.part(0, orders.end())
            yield passage.part(orders.end(), len(passage.text))


def orders(said: str) -> bool:
    """Whether a stretch says that its house orders something of the other."""
    return _ORDERS.search(f"{said} x") is not None


def _turns(leaf: Leaf, words: Sequence[Word]) -> Iterator[Passage]:
    """One stretch, or two where it turns to the other party within a line: "…, représentée par X, et Y"."""
    passage = leaf.view.passage(words)
    folded, start = fold(passage.text), 0
    for match in _TURN.finditer(folded):
        if not passage.text[match.start("name")].isupper() or re.search(
            r"\bpar\W*$", folded[: match.start()]
        ):
            continue
        yield passage.part(start, match.start("and"))
        start = match.end("and")
    if start == 0 and folded.count(" et ") == 1 and "," not in folded:
        middle = folded.index(" et ")
        if passage.text[middle + 4 : middle + 5].isupper():
            yield passage.part(0, middle)
            start = middle + 4
    if start < len(passage.text):
        yield passage.part(start, len(passage.text))


def _about_and(leaf: Leaf) -> Iterator[Stretch]:
    """What stands over and under a line that is nothing but "et"."""
    middle = next((run for run in leaf.view.runs if _AND.fullmatch(fold(run.text))), None)
    if middle is None or not above_closing(leaf, middle.box):
        return
    for rows, last in ((leaf.view.rows[: middle.row][::-1], -1), (leaf.view.rows[middle.row + 1 :], 1)):
        held: list[Run] = []
        edge = middle.box
        for row in rows[:_PARTY_LINES]:
            gap = row[0].box.y0 - edge.y1 if last > 0 else edge.y0 - row[0].box.y1
            if (
                len(row) > 1
                or _ENDS.match(fold(row[0].text))
                or no_house(row[0].text)
                or (held and gap > 1.2 * leaf.view.tall)
            ):
                break
            held.append(row[0])
            edge = row[0].box
        passage = leaf.view.passage(word for run in held[::last] for word in run.line.words)
        made = _stretch(passage) if held else None
        if made is not None:
            yield made


_AND = re.compile(r"\W*(?:et|ainsi que)\W*")
_PARTY_LINES = 6

_LABEL = re.compile(r"^\W*[a-z][a-z' ]{0,27}\s?:\s")


def _with_number(leaf: Leaf) -> Iterator[Stretch]:
    """Paragraphs that bear a SIRET, cut where a line opens with a label of its own: "De : ", "À : "."""
    for block in leaf.view.blocks:
        if not above_closing(leaf, block.box) or block.box.y1 > 0.75:
            continue
        words: list[list[Word]] = [[]]
        for run in block.runs:
            if _LABEL.match(fold(run.text)):
                words.append([])
            words[-1].extend(run.line.words)
        for held in words:
            passage = leaf.view.passage(held)
            made = _stretch(passage) if sirets_in(passage.text) else None
            if made is not None:
                yield made
