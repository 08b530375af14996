"""Draws pages for the desk, in child processes with limits (`extractors.isolation`)."""

from __future__ import annotations

import atexit
import io
import threading

from PIL import Image

from extractors.isolation import Failed, Isolation, Job

_QUALITY = 82
_LONGEST = 1800
"""Pixels of a page's longer side: small print stays readable at twice a screen's width."""

_opening = threading.Lock()
_pools: list[Isolation] = []


def pages_drawn(name: str, data: bytes, place: int | None) -> list[bytes] | None:
    """A document's pages as JPEG, upright; ``place`` is a member's in its archive. None where it has none."""
    return drawn_by(_pool(), Job(name, data, place))


def drawn_by(pool: Isolation, job: Job) -> list[bytes] | None:
    """`pages_drawn` on a pool that is open."""
    pictures = pool.pictures(job)
    return None if isinstance(pictures, Failed) else [_smaller(png) for png in pictures]


def _pool() -> Isolation:
    """One child at a time, opened with the first picture of this process."""
    with _opening:
        if not _pools:
            pool = Isolation(1)
            pool.__enter__()
            atexit.register(pool.__exit__, None, None, None)
            _pools.append(pool)
        return _pools[0]


def _smaller(png: bytes) -> bytes:
    # our own child drew it: these bytes are no uploader's
    with Image.open(io.BytesIO(png)) as picture:
        page = picture.convert("RGB")
    page.thumbnail((_LONGEST, _LONGEST), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    page.save(file, "JPEG", quality=_QUALITY, optimize=True)
    return file.getvalue()
