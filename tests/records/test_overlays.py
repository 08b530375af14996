"""What people corrected, laid over what was read."""

from __future__ import annotations

from dossier.kinds import Kind
from dossier.reading import Document, Part, Status
from records.models import ActKind, Overlay
from records.overlays import laid_over


def test_the_words_of_pages_go_with_them() -> None:
    agreement = Part((1, 2), Kind.TRAINING_AGREEMENT, 0.9, {}, texts={1: "Convention", 2: "Programme"})
    other = Part((3,), Kind.OTHER, 0.6, {}, texts={3: "Conditions générales"})
    document = Document("a.pdf", "x", 3, Status.READ, None, (agreement, other), ())
    said = Overlay(kind=ActKind.CORRECT_PAGES, part=1, value={"pages": [1, 3], "rest": 3})
    held = {part.pages: part.texts for part in laid_over(document, [said]).document.parts}
    assert held == {
        (1, 3): {1: "Convention", 3: "Conditions générales"},
        (2,): {2: "Programme"},
    }
