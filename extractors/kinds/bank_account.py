"""Account numbers on a page: IBANs in one piece, broken over lines or cells, and the French RIB beside them.

A RIB (bank, branch, account, key) and the IBAN made of it say the same thing with two keys: each proves the
other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors import seek
from extractors.candidate import Candidate, candidate
from extractors.french.identifiers import IdFound, ibans_in
from extractors.french.letters import fold
from extractors.leaf import Leaf
from extractors.view import Passage, Run

_OPEN = re.compile(r"(?:^|[\s:])(?P<head>[a-z]{2}\s?\d\s?\d(?:\s?[a-z0-9]){0,32})$")
_GROUPS = re.compile(r"[A-Za-z0-9]{1,5}(?: [A-Za-z0-9]{1,5})*")
_MOST_PIECES = 30
"""One cell a character is the finest that forms draw."""


@dataclass(frozen=True, slots=True)
class Account:
    """An IBAN and where it stands."""

    passage: Passage
    found: IdFound


def accounts(leaf: Leaf) -> Iterator[Account]:
    """Each IBAN of the page once, best announced first; one with a wrong key only where no other has its
    place."""
    held: dict[str, Account] = {}
    for passage in (*_blocks(leaf), *_labelled(leaf), *_in_pieces(leaf)):
        for found in ibans_in(passage.text):
            held.setdefault(found.value, Account(passage, found))
    whole = [account for account in held.values() if account.found.valid]
    for account in held.values():
        if account.found.valid or not any(_share(account, other) for other in whole):
            yield account


def _share(one: Account, other: Account) -> bool:
    """Made of the same print, cut otherwise: the one whose key holds is meant."""
    mine = one.passage.words_at(one.found.start, one.found.end)
    theirs = other.passage.words_at(other.found.start, other.found.end)
    return any(word is held for word in mine for held in theirs)


def _blocks(leaf: Leaf) -> Iterator[Passage]:
    yield from (block.passage for block in leaf.view.blocks)


def _labelled(leaf: Leaf) -> Iterator[Passage]:
    for held in seek.places((leaf,), ("iban",)):
        yield from (place.passage for place in held)


def unread(leaf: Leaf) -> Iterator[Passage]:
    """On a scan, the cells that an IBAN's label announces and that make none: for the second engine."""
    if not leaf.ocr:
        return
    view = leaf.view
    for mark in leaf.labels.of("iban"):
        level = [run for run in view.rows[mark.run.row] if run.box.x0 >= mark.box.x1 - 0.004]
        below = next(iter(view.rows[mark.run.row + 1 : mark.run.row + 2]), ())
        near = [run for run in below if run.box.y0 - mark.box.y1 < 3 * view.tall and run.box.x1 > mark.box.x0]
        for runs in (level, near):
            if sum(char.isdigit() for run in runs for char in run.text) >= _FEWEST_DIGITS:
                yield view.passage(word for run in runs for word in run.line.words)
                break


def unread_candidate(passage: Passage) -> Candidate:
    """A place without a value."""
    return candidate(None, passage, 0, len(passage.text), 0.5, "an IBAN that can't be read")


_FEWEST_DIGITS = 10
"""That an IBAN worn by OCR keeps at least."""


# ---------------------------------------------------------------- in pieces


def _in_pieces(leaf: Leaf) -> Iterator[Passage]:
    """An IBAN that cells or a narrow column break: on to the right while cells go on, then downwards.

    Only its key proves that the pieces belong together.
    """
    for run in leaf.view.runs:
        if not _opens(leaf, run):
            continue
        for right_first in (True, False):
            pieces = [run]
            while len(pieces) < _MOST_PIECES:
                after = _next(leaf, pieces, right_first)
                if after is None:
                    break
                pieces.append(after)
                passage = leaf.view.passage(word for piece in pieces for word in piece.line.words)
                found = ibans_in(passage.text)
                if found:
                    if found[0].valid:
                        yield passage
                    break


def _opens(leaf: Leaf, run: Run) -> bool:
    """Whether the run ends in the beginning of an IBAN: two letters and a key, which cells may part too."""
    folded = fold(run.text)
    if _OPEN.search(folded):
        return True
    if not re.fullmatch(r"[a-z]{1,2}", folded):
        return False
    row = leaf.view.rows[run.row]
    said = "".join(fold(other.text) for other in row[row.index(run) : row.index(run) + 4])
    return re.match(r"[a-z]{2}\d\d", said.replace(" ", "")) is not None


def _next(leaf: Leaf, pieces: Sequence[Run], right_first: bool) -> Run | None:
    last, first = pieces[-1], pieces[0]
    row = leaf.view.rows[last.row]
    right = next((run for run in row[row.index(last) + 1 :][:1] if _GROUPS.fullmatch(run.text)), None)
    if right is not None and right_first:
        return right
    for row in leaf.view.rows[last.row + 1 : last.row + 4]:
        for run in row:
            if (
                min(abs(run.box.x0 - first.box.x0), abs(run.box.x0 - _starts(first))) < 0.03
                and run.box.y0 - last.box.y1 < 1.6 * leaf.view.tall
                and _GROUPS.fullmatch(run.text)
            ):
                return run
    return right


def _starts(run: Run) -> float:
    """Where the IBAN begins in the run that opens it."""
    match = _OPEN.search(fold(run.text))
    return run.passage.box(match.start("head"), match.end("head")).x0 if match is not None else run.box.x0


# ---------------------------------------------------------------- the RIB

_IN_LIST = re.compile(
    r"banque\W{1,4}(?P<bank>\d{5})\b.{0,80}?guichet\W{1,4}(?P<branch>\d{5})\b"
    r".{0,80}?compte\W{1,4}(?P<account>[0-9a-z]{11})\b.{0,80}?cle(?: rib)?\W{1,4}(?P<key>\d{2})\b",
    re.DOTALL,
)
_BBAN = re.compile(r"\d{10}[0-9A-Z]{11}\d{2}")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WEIGHTS = {letter: 1 + (index if index < 18 else index + 1) % 9 for index, letter in enumerate(_LETTERS)}


def ribs(leaf: Leaf) -> Iterator[Rib]:
    """The RIBs printed on the page whose key holds: in the cells of one line, or as a list of labels."""
    if "guichet" not in leaf.folded:
        return
    for row in leaf.view.rows:
        for start in range(len(row)):
            for end in range(start + 1, len(row) + 1):
                passage = leaf.view.passage(word for run in row[start:end] for word in run.line.words)
                bban = passage.text.replace(" ", "").upper()
                if len(bban) > 23:
                    break
                if _BBAN.fullmatch(bban) and _holds(bban):
                    yield Rib(french_iban(bban), passage)
    whole = leaf.whole()
    match = _IN_LIST.search(fold(whole.text))
    if match is not None:
        bban = "".join(match.group("bank", "branch", "account", "key")).upper()
        if _holds(bban):
            yield Rib(french_iban(bban), whole.part(match.start("bank"), match.end("key")))


@dataclass(frozen=True, slots=True)
class Rib:
    """The IBAN that a printed RIB makes, and the RIB's place."""

    iban: str
    passage: Passage


def _holds(bban: str) -> bool:
    return rib_key(bban[:5], bban[5:10], bban[10:21]) == int(bban[21:])


def rib_key(bank: str, branch: str, account: str) -> int:
    """The two digits that close a RIB: 97 less the weighed rest; letters count as the banks' table has it."""
    digits = "".join(str(_WEIGHTS.get(char, char)) for char in account.upper())
    return 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(digits)) % 97


def french_iban(bban: str) -> str:
    """The French IBAN of a RIB's 23 characters."""
    moved = "".join(str(int(char, 36)) for char in f"{bban}FR00")
    return f"FR{98 - int(moved) % 97:02d}{bban}"
