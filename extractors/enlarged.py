"""Pages of pixels read once more, enlarged, where what a paper of their kind says was not found.

Captions in small print are lost to OCR at the size that suits the text: a form then has values and no labels.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import cv2
import numpy as np

from dossier.reading import Field, ReadBy
from extractors import ocr
from extractors.candidate import Reading, less_sure
from extractors.french.letters import tight
from extractors.leaf import Leaf

Reader = Callable[[Sequence[Leaf]], Reading]

_TIMES = 1.5
_SECONDS = 20.0
"""The most that one page's second reading may take."""
_PAGES = 2
"""Pages of a part that are read again at most: the first ones."""
_LATE = 0.9
"""The most that a value is worth that only the enlarged page shows."""
_WEAK, _STRONG, _TAKEN = 0.75, 0.85, 0.8
"""A reading so weak gives way to another so strong, at so much; else two that differ are in doubt."""
_DIFFER = 0.6


def with_small_print(reader: Reader, *needed: str) -> Reader:
    """``reader``, that reads pages of pixels enlarged as well where one of the ``needed`` fields is missing.

    What both readings say stays as sure as the surer one; what they say differently is in doubt.
    """

    def read(leaves: Sequence[Leaf]) -> Reading:
        first = reader(leaves)
        if all(_known(first, name) for name in needed) or not any(leaf.ocr for leaf in leaves):
            return first
        try:
            again = reader([_enlarged(leaf) if at < _PAGES else leaf for at, leaf in enumerate(leaves)])
        except ocr.OcrTimeout:
            return first
        return _merged(first, again)

    return read


def _known(reading: Reading, name: str) -> bool:
    return name in reading.fields and reading.fields[name].value is not None


def _enlarged(leaf: Leaf) -> Leaf:
    if leaf.page.read_by is not ReadBy.OCR:
        return leaf
    grey = cv2.resize(leaf.page.grey, None, fx=_TIMES, fy=_TIMES, interpolation=cv2.INTER_CUBIC)
    return Leaf(replace(leaf.page, words=ocr.read(np.asarray(grey, dtype=np.uint8), _SECONDS).words))


def _merged(first: Reading, again: Reading) -> Reading:
    fields = dict(first.fields)
    for name, late in again.fields.items():
        held = fields.get(name)
        fields[name] = late if held is None else _settled(held, late)
        if held is None or held.value is None:
            fields[name] = replace(late, confidence=min(late.confidence, _LATE))
    return replace(first, fields=fields, names=first.names or again.names)


def _settled(held: Field, late: Field) -> Field:
    """Of two readings of one field, the surer; as doubtful as their difference makes it."""
    if late.value is None or _plain(held) == _plain(late):
        return max(held, late, key=lambda one: (one.value is not None, one.confidence))
    if held.confidence < _WEAK and late.confidence >= _STRONG:
        return less_sure(late, _TAKEN, "read so when enlarged")
    best = max(held, late, key=lambda one: one.confidence)
    return less_sure(best, _DIFFER, "read otherwise when enlarged")


def _plain(field: Field) -> object:
    return tight(field.value) if isinstance(field.value, str) else field.value
