"""What a word processor's document holds, in reading order, and the package it comes in."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass

from lxml import etree

from dossier.reading import Refusal
from extractors.opening import Limits, Refused

USUAL = 11.0
"""Size of type in points where the document says nothing."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph: its text, its size in points, its weight, its place between the margins."""

    text: str
    size: float = USUAL
    bold: bool = False
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture set in the text; ``width`` in points where the document says so."""

    data: bytes
    width: float | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of cells, each holding what stands in it, and how many columns it spans."""

    rows: tuple[tuple[tuple[tuple[Item, ...], int], ...], ...]
    ruled: bool = True


@dataclass(frozen=True, slots=True)
class Break:
    """A new page begins here."""


Item = Text | Drawing | Grid | Break


class Package:
    """The members of an office file, unpacked within the limits; XML without entities."""

    def __init__(self, packed: zipfile.ZipFile, limits: Limits) -> None:
        self._packed = packed
        self._left = limits.unpacked_bytes
        self.names = frozenset(packed.namelist())

    def read(self, name: str) -> bytes:
        """Raises `Refused` beyond the limits or for a password, KeyError for a member that is not there."""
        held = bytearray()
        try:
            with self._packed.open(name) as opened:
                while chunk := opened.read(1 << 20):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise Refused(Refusal.HOSTILE, "unpacks to more bytes than allowed")
                    held += chunk
        except RuntimeError as error:
            raise Refused(Refusal.ENCRYPTED, "a password is needed to open this document") from error
        return bytes(held)

    def xml(self, name: str) -> etree._Element:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        return etree.fromstring(self.read(name), parser)
