"""The line that closes a paper: where and when it was made. What stands beneath is for those who sign."""

from __future__ import annotations

import re

from extractors.french.dates import WEEKDAY
from extractors.french.letters import fold
from extractors.view import Run, View

_MADE = re.compile(
    r"^\W*(?:(?:document|attestation|certificat|contrat|convention|lettre|avenant)\s)?(?:fait|etablie?|signee?|delivree?|emise?)\b\s*(?:en\b|a\b|le\b|:|,)"
    r"|^\W*certifiee? (?:exacte?|conforme|sincere)\b.{0,30}\ble\b"
)
_SERVES = re.compile(r"^\W*(?:(?:fait )?pour (?:servir et |faire )?valoir )")
"""What a paper serves for, said last of all: "Pour valoir ce que de droit, …"."""
_TOWN_DATE = re.compile(rf"^[a-z][a-z' -]{{2,34}}, (?:le )?(?:{WEEKDAY} )?\d{{1,2}}(?:er)?[ /.-]")


def closing_line(view: View) -> Run | None:
    """The lowest line that says where and when the paper was made, below the head of its letter."""
    first = view.page.number == 1  # no later page begins with the head of a letter
    low = max(5.0, 0.4 * len(view.rows)) if first else 0.25 * len(view.rows)
    held = [
        run
        for run in view.runs
        if (run.box.y0 > 0.25 or (run.box.y0 > 0.12 and run.row > low))
        and (says_made(run) or _TOWN_DATE.match(fold(run.text)))
    ]
    held = held or [run for run in view.runs if _SERVES.match(fold(run.text))]
    return max(held, key=lambda run: run.box.y0, default=None)


def says_made(run: Run) -> bool:
    """Whether a line begins with "fait à", "signé le" and their like."""
    return bool(_MADE.match(fold(run.text)))
