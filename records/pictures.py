"""Pictures of pages, kept in a folder under the digest of the bytes that they were drawn from.

Night and desk keep them in the same folder; without it nothing is lost, they are drawn again.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Pictures:
    """The folder of all pictures. Personal data, like the uploads."""

    folder: Path

    def page(self, sha256: str, number: int) -> Path:
        """Where the picture of a page (from 1) stands, once it is drawn."""
        return self._of(sha256) / f"{number}.jpg"

    def whole(self, sha256: str) -> bool:
        """Whether all pages of the document are drawn."""
        return self._whole(sha256).exists()

    def looked_at(self, sha256: str) -> bool:
        """Whether all pages are drawn; that they were asked for now is kept with them."""
        try:
            os.utime(self._whole(sha256))
        except FileNotFoundError:
            return False
        return True

    def forget(self, wanted: Container[str], before: float) -> int:
        """Remove the pages of documents, the ``wanted`` ones apart, that nobody looked at since ``before``
        (seconds of the epoch); how many documents that were. Their bytes can be drawn again."""
        forgotten = 0
        for whole in self.folder.glob("*/*/whole"):
            sha256 = whole.parent.name
            if sha256 in wanted or whole.stat().st_mtime >= before:
                continue
            with self._locked(sha256):
                if whole.stat().st_mtime >= before:
                    continue
                whole.unlink()  # first: what is left of a removal that is broken off counts as not drawn
                for page in whole.parent.glob("*.jpg"):
                    page.unlink()
            forgotten += 1
        return forgotten

    def keep(self, sha256: str, draw: Callable[[], Sequence[bytes]]) -> None:
        """Draw the document's pages (JPEG) unless they are; who comes meanwhile waits for that.

        What ``draw`` raises goes on, and leaves nothing that counts as drawn.
        """
        if self.looked_at(sha256):
            return
        folder = self._of(sha256)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._locked(sha256):
            if self.whole(sha256):
                return
            for number, content in enumerate(draw(), start=1):
                unfinished = folder / f"{number}.part"
                unfinished.write_bytes(content)
                unfinished.replace(folder / f"{number}.jpg")
            self._whole(sha256).touch()

    @contextmanager
    def _locked(self, sha256: str) -> Iterator[None]:
        with (self._of(sha256) / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _whole(self, sha256: str) -> Path:
        return self._of(sha256) / "whole"

    def _of(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256
