"""Pages as pictures for people: upright and straight, as the boxes of what was read are measured on them."""

from __future__ import annotations

from PIL import Image

from extractors.frames import frames
from extractors.office import typeset
from extractors.opening import PICTURES, Format, Limits, check_size, sniff
from extractors.page import Picture
from extractors.pages import drawn, pages_of


def page_pictures(name: str, data: bytes, limits: Limits | None = None) -> list[Image.Image]:
    """Every page of a document in order, about 200 dpi, blank and unreadable ones as they came.

    Which way up a page of pixels is shows only in reading it, so it costs as much as reading. ``name`` is not
    believed. Raises `opening.Refused` as `pages_of` does.
    """
    limits = limits or Limits()
    check_size(data, limits)
    found = sniff(data)
    if found in (Format.DOCX, Format.ODT):
        data = typeset(data, found, limits)
    shown: list[Image.Image] = []
    for account, page in pages_of(data, limits):
        picture = page.colour if page is not None else _as_it_came(data, account.number, limits)
        shown.append(Image.fromarray(picture))
    return shown


def _as_it_came(data: bytes, number: int, limits: Limits) -> Picture:
    """A page with nothing to read, from 1."""
    if sniff(data) in PICTURES:
        return next(frame.picture for index, frame in enumerate(frames(data, limits), 1) if index == number)
    return drawn(data, number - 1, 0)
