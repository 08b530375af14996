"""Tell a sick reader from sick documents: one that kills its child is refused, many are not to blame."""

from __future__ import annotations

from dossier.reading import Refusal
from records import readings
from records.nights import Holding

CHILD_LOST = frozenset({Refusal.CRASHED, Refusal.OUT_OF_MEMORY, Refusal.TIMEOUT})
FEWEST = 5
SHARE = 0.25


class TooManyCrashes(RuntimeError):
    """So many documents killed their reader that the reader, not the documents, must be ill."""


class Health:
    """Which documents killed their children, of those that one stage opened."""

    def __init__(self) -> None:
        self._lost: list[int] = []

    def told(self, document: int, refusal: str) -> None:
        """A document was refused, and this is the first word of why."""
        if refusal in CHILD_LOST:
            self._lost.append(document)

    def check(self, holding: Holding, opened: int) -> None:
        """Where too large a share of those ``opened`` was lost, nothing may be decided on that.

        They are put back for the next run. Raises `TooManyCrashes`.
        """
        lost, self._lost = self._lost, []
        if len(lost) >= FEWEST and len(lost) > SHARE * opened:
            readings.reopen(holding, lost)
            raise TooManyCrashes(f"{len(lost)} of {opened} documents killed their reader: it must be ill")
