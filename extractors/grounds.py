"""What a PDF page shows behind its text where its objects don't say: a path filled with a gradient, whose
colour pdfium tells as white."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from dossier.reading import Box

_PAPER = 235
"""A channel under this is of a colour that white letters can be read on, or nearly."""

_MOST = 0.5
"""The share of a text's box that its ground has at least: letters of other text have less."""


class Grounds:
    """The page at 72 points an inch, drawn once and only where somebody asks."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page

    def coloured(self, box: Box) -> bool:
        """Whether most of what is seen in a box is not as white as paper."""
        high, wide = self._least.shape
        y0, y1 = int(box.y0 * high), int(box.y1 * high) + 1
        x0, x1 = int(box.x0 * wide), int(box.x1 * wide) + 1
        patch = self._least[max(0, y0) : y1, max(0, x0) : x1]
        return bool(patch.size) and float((patch < _PAPER).mean()) > _MOST

    @cached_property
    def _least(self) -> NDArray[np.uint8]:
        """Of each pixel the darkest channel."""
        picture: NDArray[np.uint8] = self._page.render(scale=1.0).to_numpy()[:, :, :3].min(axis=2)
        return picture
