"""Pictures of pages, kept in a folder under the digest of the bytes that they were drawn from.

Night and desk keep them in the same folder; without it nothing is lost, they are drawn again.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Sequence
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
        return (self._of(sha256) / "whole").exists()

    def keep(self, sha256: str, draw: Callable[[], Sequence[bytes]]) -> None:
        """Draw the document's pages (JPEG) unless they are; who comes meanwhile waits for that.

        What ``draw`` raises goes on, and leaves nothing that counts as drawn.
        """
        if self.whole(sha256):
            return
        folder = self._of(sha256)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if self.whole(sha256):
                return
            for number, content in enumerate(draw(), start=1):
                unfinished = folder / f"{number}.part"
                unfinished.write_bytes(content)
                unfinished.replace(folder / f"{number}.jpg")
            (folder / "whole").touch()

    def _of(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256
