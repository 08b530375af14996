"""Printed boxes of an attendance sheet: which of "☒ présent ☐ absent" is ticked."""

from __future__ import annotations

import re

from extractors.french.letters import fold

_TICKED = "☑☒✓✔✅🗹■●◉⬛"
_OPEN = "☐□▢◻⬜○◯❏❑"
_BOX = re.compile(rf"[{_TICKED}{_OPEN}]|[\[(]\s?[xX×✓✔✗ _]?\s?[\])]")


_ANSWER = re.compile(r"\b(?:presente?|absente?|oui|non)\b(?! (?:presente?|signee?|just|inj|excus))")


def is_box(text: str) -> bool:
    """Whether ``text`` is one box and nothing else, ticked or open."""
    return _BOX.fullmatch(text.strip()) is not None


def is_ticked(text: str) -> bool:
    """Whether ``text`` is a ticked box, or the tick alone."""
    return text.strip() in ("x", "X", "✗", "✘", "×") or (is_box(text) and _is_ticked(text))


def has_boxes(text: str) -> bool:
    """Whether boxes to tick are printed in ``text``: an open one, or several."""
    found = _BOX.findall(text)
    return len(found) > 1 or any(not _is_ticked(box) for box in found)


def undecided(text: str) -> bool:
    """Whether both answers stand in ``text`` and its boxes do not choose: one of them was not read."""
    answers = len(_ANSWER.findall(fold(text)))
    boxes = _BOX.findall(text)
    return answers > 1 and len(boxes) < answers and sum(_is_ticked(box) for box in boxes) != 1


def ticked(text: str) -> str:
    """What stands at the ticked boxes of ``text``, "" where none is; ``text`` itself where it has no boxes.

    The words of a box stand behind it, or before it where the text begins with words.
    """
    if not has_boxes(text):
        return text
    found = list(_BOX.finditer(text))
    before = bool(re.search(r"\w", text[: found[0].start()]))
    said = []
    for at, box in enumerate(found):
        if not _is_ticked(box[0]):
            continue
        if before:
            said.append(text[found[at - 1].end() if at else 0 : box.start()])
        else:
            said.append(text[box.end() : found[at + 1].start() if at + 1 < len(found) else len(text)])
    return " ".join(" ".join(said).split())


def _is_ticked(box: str) -> bool:
    return box in _TICKED or any(c in "xX×✓✔✗" for c in box)
