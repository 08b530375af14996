"""One file to one document: pages, parts, fields, each with its evidence, every page accounted for.

Knows no request: what is read here is read without the answer in hand.
"""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import cv2

from dossier.kinds import Kind
from dossier.reading import (
    Document,
    Field,
    PageAccount,
    PageState,
    Part,
    ReadBy,
    Refusal,
    Status,
)
from extractors import einvoice
from extractors.altered import altered_after_signing
from extractors.calibration import calibrated
from extractors.candidate import Reading, joined
from extractors.french.letters import words_of
from extractors.kinds.registry import READERS
from extractors.leaf import Leaf
from extractors.members import members
from extractors.office import typeset
from extractors.opening import Format, Limits, Refused, ToolMissing, check_size, sniff
from extractors.page import Page
from extractors.pages import pages_of
from extractors.parts import Group, grouped
from extractors.second import confirmed

FAILED = 0.3
"""Confidence of a part whose reader failed: a person looks at it."""

_STANDARD = Limits()
_FEWEST_WORDS = 12
"""Fewer words than these are no fingerprint: two empty forms would be taken for one."""


@dataclass(frozen=True, slots=True)
class Read:
    """A file read through. ``notes`` says of a page, by its number, what went wrong there."""

    parts: tuple[Part, ...]
    notes: Mapping[int, str]


def read(name: str, data: bytes, limits: Limits = _STANDARD) -> Document:
    """The document that a plain file is. Archives and mails are for `members.members` to open first.

    A file that can't be read at all comes back refused with its reason. Raises MemoryError, and
    `opening.ToolMissing` for want of a program: neither is the file's fault.
    """
    digest = hashlib.sha256(data).hexdigest()
    try:
        check_size(data, limits)
        found = sniff(data)
        if found is Format.XML:
            return _invoice(name, digest, data)
        accounts, leaves = _opened(data, found, limits)
    except Refused as refused:
        return Document(name, digest, 0, Status.REFUSED, f"{refused.refusal.value}: {refused.detail}")
    got = _read(leaves, data if found is Format.PDF else None)
    noted = tuple(_noted(account, got.notes) for account in accounts)
    return Document(name, digest, len(noted), Status.READ, None, got.parts, noted)


def _opened(data: bytes, found: Format, limits: Limits) -> tuple[list[PageAccount], list[Leaf]]:
    accounts: list[PageAccount] = []
    leaves: list[Leaf] = []
    try:
        for account, page in _pages(data, found, limits):
            accounts.append(account)
            if page is not None:
                leaves.append(Leaf(page))
    except (Refused, MemoryError, ToolMissing):
        raise
    except Exception as error:  # a decoder's fault on hostile bytes: the file is broken, the batch is not
        if _for_want_of_memory(error):
            raise MemoryError from error
        raise Refused(
            Refusal.BROKEN, f"page {len(accounts) + 1} can't be opened ({type(error).__name__})"
        ) from error
    return accounts, leaves


def _for_want_of_memory(error: Exception) -> bool:
    """OpenCV and the system have names of their own for it."""
    if isinstance(error, cv2.error):
        return getattr(error, "code", None) == cv2.Error.StsNoMem
    return isinstance(error, OSError) and error.errno == errno.ENOMEM


def _pages(data: bytes, found: Format, limits: Limits) -> Iterator[tuple[PageAccount, Page | None]]:
    if found in (Format.ZIP, Format.EML):
        for _ in members("", data, limits):  # says why it can't be opened, if so
            pass
        raise Refused(Refusal.NOT_A_DOCUMENT, "an archive or a mail: its members are the documents")
    if found in (Format.DOCX, Format.ODT):
        data = typeset(data, found, limits)
    return pages_of(data, limits)


def _noted(account: PageAccount, notes: Mapping[int, str]) -> PageAccount:
    said = notes.get(account.number, "")
    return replace(account, note=joined(account.note, said)) if said else account


def _read(leaves: Sequence[Leaf], pdf: bytes | None) -> Read:
    """The parts of the pages. ``pdf`` are the bytes of a PDF, which may carry an e-invoice."""
    notes: dict[int, str] = {}
    parts: list[Part] = []
    for group in _groups(leaves, notes):
        reading, failed = _fields(group)
        reading, alone = _confirmed(reading, group)
        if failed or alone:
            notes.update((leaf.page.number, joined(failed, alone)) for leaf in group.leaves)
        parts.append(_part(group, reading, min(group.confidence, FAILED) if failed else group.confidence))
    if pdf is not None:
        parts = _with_einvoice(parts, pdf, notes)
        if altered_after_signing(pdf):
            parts = [replace(part, altered=True) for part in parts]
    return Read(tuple(parts), notes)


def _groups(leaves: Sequence[Leaf], notes: dict[int, str]) -> tuple[Group, ...]:
    try:
        return grouped(leaves)
    except MemoryError:
        raise
    except Exception as error:  # nobody can say what these pages are: one part, for a person
        notes.update((leaf.page.number, f"kind not told ({type(error).__name__})") for leaf in leaves)
        return (Group(tuple(leaves), Kind.OTHER, 0.0),)


def _fields(group: Group) -> tuple[Reading, str]:
    """What the kind's reader finds, and a note where it failed."""
    reader = READERS.get(group.kind)
    if reader is None:
        return Reading({}), ""
    try:
        return reader(group.leaves), ""
    except (MemoryError, ToolMissing):
        raise
    except Exception as error:  # one kind's reader must not lose the file
        return Reading({}), f"reader of {group.kind.value} failed ({type(error).__name__})"


def _confirmed(reading: Reading, group: Group) -> tuple[Reading, str]:
    """Values of OCR pages that decide money, read again by another engine, and a note where it failed."""
    pages = {leaf.page.number: leaf.page for leaf in group.leaves if leaf.ocr}
    if not pages:
        return reading, ""
    try:
        return confirmed(reading, pages, group.kind), ""
    except (MemoryError, ToolMissing):
        raise
    except Exception as error:  # what was read once stays, as doubtful as it was
        return reading, f"no second reading ({type(error).__name__})"


def _part(group: Group, reading: Reading, confidence: float) -> Part:
    return Part(
        pages=tuple(leaf.page.number for leaf in group.leaves),
        kind=group.kind,
        confidence=confidence,
        fields=calibrated(reading.fields, group.kind),
        sessions=reading.sessions,
        names=reading.names,
        fingerprint=fingerprint(group.leaves),
        texts={leaf.page.number: _text(leaf) for leaf in group.leaves},
    )


def _text(leaf: Leaf) -> str:
    return "\n".join(block.passage.text for block in leaf.view.blocks)


def fingerprint(leaves: Sequence[Leaf]) -> str:
    """A digest of the words read, in order, without case, accents, punctuation; "" for too few words."""
    words = " ".join(words_of(leaf.view.text) for leaf in leaves).split()
    if len(words) < _FEWEST_WORDS:
        return ""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()


def _invoice(name: str, digest: str, data: bytes) -> Document:
    """An XML invoice: one page that nobody sees. Raises `Refused` when the XML is no invoice."""
    reading = einvoice.read_xml(data)
    said = " ".join(f"{key} {_words(field)}" for key, field in sorted(reading.fields.items()))
    part = Part(
        (1,),
        Kind.INVOICE,
        0.99,
        reading.fields,
        reading.sessions,
        reading.names,
        fingerprint=hashlib.sha256(said.encode()).hexdigest(),
    )
    account = PageAccount(1, PageState.READ, ReadBy.XML, 0, 0)
    return Document(name, digest, 1, Status.READ, None, (part,), (account,))


def _words(field: Field) -> str:
    return words_of(str(field.value))


def _with_einvoice(parts: list[Part], pdf: bytes, notes: dict[int, str]) -> list[Part]:
    """The invoice of a Factur-X PDF with what its XML says otherwise than its page."""
    places = [place for place, part in enumerate(parts) if part.kind is Kind.INVOICE]
    if not places:
        return parts
    first = parts[places[0]]
    try:
        xml = einvoice.embedded(pdf)
        if xml is not None:
            page = Reading(first.fields, first.names, first.sessions)
            differing = einvoice.compared(page, einvoice.read_xml(xml))
            parts[places[0]] = replace(first, disagreements=differing)
    except (MemoryError, ToolMissing):
        raise
    except Refused as refused:
        notes[first.pages[0]] = f"embedded e-invoice not read: {refused.detail}"
    except Exception as error:
        notes[first.pages[0]] = f"embedded e-invoice not read ({type(error).__name__})"
    return parts
